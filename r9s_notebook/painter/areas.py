"""What the bucket and the magic wand find in the image."""

from __future__ import annotations

from PIL import Image

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import Mask, region
from r9s_notebook.imaging.region import HALF
from r9s_notebook.translation import Message


def poured(image: Image.Image, mask: Mask, x: float, y: float, tolerance: float, *, erase: bool = False) -> Mask | None:
    """The bucket's area: the similar colour around a place, as far as the next painted edge; None where it has no room.

    Args:
        image: The image.
        mask: What is painted on it: the area lies outside it or, with ``erase``, in it.
        x: Image pixels from the left.
        y: Image pixels from the top.
        tolerance: How different colours may be, 0 to 255.
        erase: The paint that hangs together, to take it away.

    Raises:
        MaskError: The place is outside the image.
    """
    _check_place(image, x, y)
    room = mask if erase else mask.invert()
    return region(image, x, y, tolerance, within=room) if room.pixels[int(y), int(x)] >= HALF else None


def selected(image: Image.Image, x: float, y: float, tolerance: float, *, everywhere: bool = False) -> Mask:
    """The magic wand's area: the similar colour around a place, or ``everywhere``, whatever is painted.

    Raises:
        MaskError: The place is outside the image.
    """
    _check_place(image, x, y)
    return region(image, x, y, tolerance, contiguous=not everywhere)


def _check_place(image: Image.Image, x: float, y: float) -> None:
    """Refuses a place outside the image.

    Raises:
        MaskError: It is.
    """
    if not (0 <= x < image.width and 0 <= y < image.height):
        about = {"place": f"{x:g}, {y:g}", "size": f"{image.width}x{image.height}"}
        raise MaskError(Message("{place} is outside the image, which is {size} pixels.", **about))
