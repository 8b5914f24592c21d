"""The region of similar colour around a point: what a magic wand selects, and what a bucket's paint runs into."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging.codec import as_image
from r9s_notebook.imaging.connected import CELLS_AT_ONCE, Bools, area_at
from r9s_notebook.imaging.mask import Mask

HALF = 128
"""A pixel is painted from this strength on."""


def region(
    image: Any, x: float, y: float, tolerance: float = 32, *, contiguous: bool = True, within: Mask | None = None
) -> Mask:
    """The pixels that look like the one at ``(x, y)``.

    ``mask | region(image, x, y)`` is what the magic wand does. The bucket pours as far as the next paint,
    ``mask | region(image, x, y, within=~mask)``, and takes away no more than paint, ``mask - region(image, x, y,
    within=mask)``.

    Args:
        image: The picture, in any form that ``as_image`` takes; None for one of a single colour as large as ``within``,
            which then is all that bounds the region.
        x: Image pixels from the left.
        y: Image pixels from the top.
        tolerance: How far any channel may be from the point's, in steps of 255: 0 is the same colour, 255 everything.
        contiguous: Only those connected with the point through their sides; otherwise all of them.
        within: Nothing outside this mask, and no way through there. A soft edge belongs to it whole, but where it is
            weaker than half the region goes no further.

    Raises:
        ImageError: Not a picture.
        MaskError: The point is not in the picture or not ``within``, ``within`` is of another size, or the tolerance is
            not from 0 to 255.
    """
    (width, height), picture = _looked_at(image, within)
    if not (0 <= x < width and 0 <= y < height):
        raise MaskError(f"The point ({x:g}, {y:g}) is outside the picture of {width}x{height}. Choose one inside it.")
    if not 0 <= tolerance <= 255:
        raise MaskError(f"A tolerance is 0 (the same colour) to 255 (everything); this is {tolerance:g}.")
    column, row = int(x), int(y)
    strength = None if within is None else within.pixels
    if strength is not None and strength[row, column] < HALF:
        raise MaskError(f"The point ({x:g}, {y:g}) is not in the mask that the region is to stay within.")

    alike = np.ones((height, width), dtype=bool) if picture is None else _alike(picture, row, column, int(tolerance))
    if strength is not None:
        soft = alike & (strength > 0) & (strength < HALF)
        alike &= strength >= HALF
        if soft.any():
            strong = area_at(alike, row, column) if contiguous else alike
            alike = strong | soft
    return Mask.from_array(area_at(alike, row, column) if contiguous else alike)


def _looked_at(image: Any, within: Mask | None) -> tuple[tuple[int, int], Image.Image | None]:
    """The size, and the picture if there is one; one that ``as_image`` has made is not copied again."""
    if image is None:
        if within is None:
            raise MaskError("A region needs a picture to look at, or a mask to stay within.")
        return within.size, None
    made = type(image) is Image.Image and image.mode in ("RGB", "RGBA") and not image.info
    picture: Image.Image = image if made else as_image(image)
    if within is not None:
        within.check_size(picture.size)
    return picture.size, picture


def _alike(picture: Image.Image, row: int, column: int, tolerance: int) -> Bools:
    width, height = picture.size
    alike = np.empty((height, width), dtype=bool)
    rows = max(1, CELLS_AT_ONCE // width)
    values: Any = picture.getpixel((column, row))
    limits = [(max(value - tolerance, 0), min(value + tolerance, 255)) for value in values]
    for top in range(0, height, rows):
        band = picture.crop((0, top, width, min(top + rows, height)))
        here = alike[top : top + rows]
        here[:] = True
        for channel, (low, high) in zip(band.split(), limits, strict=True):
            # One comparison for both limits: below the low one, unsigned numbers wrap around to large ones.
            here &= np.asarray(channel) - np.uint8(low) <= high - low
    return alike
