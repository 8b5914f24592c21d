"""What an edit did outside its mask, how to keep it from doing so, and whether two files show the same.

Services have been seen to answer an edit with status 200 and a picture that is new everywhere (vercel/ai#14360).
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageChops

from r9s_notebook.errors import ImageError
from r9s_notebook.imaging.codec import as_image, open_image
from r9s_notebook.imaging.mask import Mask, same_shape
from r9s_notebook.translation import Message, joined

TOLERANCE = 24
"""Steps of 255 that a channel may differ by without counting as changed: lossy recompression stays below it."""
MARGIN = 8
"""Pixels around the mask that are not judged: models blend their edit into its surroundings."""


@dataclass(frozen=True, slots=True)
class OutsideChange:
    """How much of what should have been kept has changed.

    Attributes:
        asked: Width and height of the picture that was edited.
        came: Width and height of the answer. Where it is the picture scaled, both are compared at the smaller size.
        changed: Part of the kept pixels that changed visibly, 0 to 1.
        mean_difference: Mean difference of the kept pixels' channels, 0 to 1.
        kept: Part of the picture that should have been kept, 0 to 1; 0 where nothing was judged.
    """

    asked: tuple[int, int]
    came: tuple[int, int]
    changed: float = 0.0
    mean_difference: float = 0.0
    kept: float = 0.0

    @property
    def resized(self) -> bool:
        """The answer has another size than the picture."""
        return self.came != self.asked

    @property
    def reframed(self) -> bool:
        """The answer has another shape: something was cut off, added or stretched, and no two pixels correspond."""
        return not same_shape(self.asked, self.came)

    @property
    def mask_ignored(self) -> bool:
        """Most of what should have been kept is new: the service did not use the mask."""
        return self.changed > 0.5

    @property
    def noticeable(self) -> bool:
        """Enough changed outside the mask to tell the user and to offer ``keep_outside``."""
        return self.changed > 0.02

    def __str__(self) -> str:
        return str(self.told)

    @property
    def told(self) -> Message:
        """All of it in sentences."""
        came, asked = (f"{width}x{height}" for width, height in (self.came, self.asked))
        if self.reframed:
            return Message(
                "The edit came back as {came} pixels, and its image has {asked}: another frame, in which what is "
                "outside a mask can be neither judged nor put back.",
                came=came,
                asked=asked,
            )
        size = Message("The edit came back as {came} pixels, and its image has {asked}.", came=came, asked=asked)
        share = f"{self.changed * 100:.0f}"
        if self.mask_ignored:
            outside = Message("The service ignored the mask: {share}% of what was to be kept has changed.", share=share)
        elif self.noticeable:
            outside = Message("Outside the mask, {share}% of the picture has changed.", share=share)
        else:
            outside = Message("Outside the mask, nothing noticeable has changed.")
        if not self.resized:
            return outside
        return joined(size, outside) if self.kept else size


def outside_change(
    before: Any, after: Any, mask: Mask, *, tolerance: int = TOLERANCE, margin: int = MARGIN
) -> OutsideChange:
    """Compares two pictures where the mask says "keep".

    Args:
        before: The picture that was edited, in any form that ``as_image`` takes.
        after: The service's answer; of another shape, nothing of it is judged.
        mask: The mask that was sent.
        tolerance: Steps of 255 that a channel may differ by without counting as changed.
        margin: Pixels around the mask that are not judged.

    Raises:
        ImageError: One of them is not a picture.
        MaskError: The mask is not of the first picture's size.
    """
    first, second = as_image(before), as_image(after)
    mask.check_size(first.size)
    if not same_shape(first.size, second.size):
        return OutsideChange(first.size, second.size)
    # At the smaller size: what scaling has blurred, the service has not changed.
    size = min(first.size, second.size)
    difference = ImageChops.difference(_on_grey(_at_size(first, size)), _on_grey(_at_size(second, size)))
    red, green, blue = difference.split()
    largest = np.asarray(ImageChops.lighter(ImageChops.lighter(red, green), blue))
    kept = mask.scaled(size).grow(margin).pixels == 0
    count = int(np.count_nonzero(kept))
    if count == 0:
        return OutsideChange(first.size, second.size)
    changed = int(np.count_nonzero(kept & (largest > tolerance)))
    # Pillow's histogram under a mask sums each channel without copying it.
    sums = difference.histogram(Image.fromarray(kept.astype(np.uint8) * np.uint8(255)))
    total = sum(index % 256 * number for index, number in enumerate(sums))
    return OutsideChange(first.size, second.size, changed / count, total / (3 * 255 * count), count / kept.size)


def keep_outside(before: Any, after: Any, mask: Mask) -> Image.Image:
    """The edit inside the mask and the first picture, pixel for pixel, outside it; soft mask pixels are blended.

    Args:
        before: The picture that was edited.
        after: The service's answer; another size is scaled to the first one's.
        mask: The mask that was sent, of the first picture's size. ``mask.feather(px)`` hides the seam.

    Raises:
        ImageError: One of them is not a picture, or their shapes differ.
        MaskError: The mask is not of the first picture's size.
    """
    first, second = as_image(before), as_image(after)
    mask.check_size(first.size)
    if not same_shape(first.size, second.size):
        raise ImageError(str(OutsideChange(first.size, second.size)))
    mode = "RGBA" if "RGBA" in (first.mode, second.mode) else "RGB"
    return Image.composite(_at_size(second, first.size).convert(mode), first.convert(mode), mask.to_image())


def _at_size(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _on_grey(image: Image.Image) -> Image.Image:
    """Without transparency: what a transparent pixel's hidden colour is does not matter."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGBA", image.size, (128, 128, 128, 255))
    return Image.alpha_composite(ground, image).convert("RGB")


@functools.lru_cache(maxsize=64)
def pixels_of(data: bytes | None) -> str:
    """A name for what a picture shows, whatever its file format, its metadata or its compression."""
    if not data:
        return ""
    try:
        image = open_image(data).convert("RGBA")
    except ImageError:
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha256(f"{image.width}x{image.height}:".encode() + image.tobytes()).hexdigest()
