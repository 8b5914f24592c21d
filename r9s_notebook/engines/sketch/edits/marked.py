"""Where an edit may act: a mask as weights, its box, and edges that fade inwards only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageFilter

_INVERTED = [255 - value for value in range(256)]

_SIDE = 96
"""Pixels of the long side that room for a thing is looked for at."""

_INSIDE = 0.94
"""How much of a thing's box must be marked: things hardly reach into the corners of their boxes."""


@dataclass(frozen=True)
class Region:
    """The part of an image that an edit may change.

    Attributes:
        weight: Mode L, of the image's size: 255 is edited, 0 is kept to the byte.
        box: The smallest box around everything that is not kept: left, top, right, bottom.
        whole: Everything may change.
    """

    weight: Image.Image
    box: tuple[int, int, int, int]
    whole: bool

    @property
    def width(self) -> int:
        """Pixels."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> int:
        """Pixels."""
        return self.box[3] - self.box[1]

    def room(self, left: float, right: float, aspect: float) -> tuple[float, float, float, float]:
        """The largest upright box of an aspect (width by height) that fits between two columns, all of it marked.

        Of several the one nearest to the middle is taken. Where the marked part is too thin for any box, it is what
        bounds that part.

        Returns:
            Left, top, right, bottom, in pixels of the image.
        """
        top, bottom = self.box[1], self.box[3]
        part = self.weight.crop((round(left), top, round(right), bottom))
        share = min(1.0, _SIDE / max(part.size))
        size = (max(1, round(part.width * share)), max(1, round(part.height * share)))
        marked = np.asarray(part.resize(size, Image.Resampling.BOX)) >= 128
        sums = np.zeros((size[1] + 1, size[0] + 1), dtype=np.int64)
        sums[1:, 1:] = marked.cumsum(0).cumsum(1)
        fullest = min(size[1], round(size[0] / aspect))
        for tall in range(fullest, fullest // 3, -1):
            wide = min(size[0], max(1, round(tall * aspect)))
            inside = sums[tall:, wide:] - sums[:-tall, wide:] - sums[tall:, :-wide] + sums[:-tall, :-wide]
            rows, columns = np.nonzero(inside >= _INSIDE * tall * wide)
            if len(rows):
                off = (2 * rows + tall - size[1]) ** 2 + (2 * columns + wide - size[0]) ** 2
                row, column = rows[off.argmin()], columns[off.argmin()]
                across, down = part.width / size[0], part.height / size[1]
                x, y = round(left) + column * across, top + row * down
                return float(x), float(y), float(x + wide * across), float(y + tall * down)
        return left, top, right, bottom

    def faded(self, reach: int) -> Image.Image:
        """The weights, fading towards the region's edge over so many pixels, and never beyond it."""
        reach = min(reach, min(self.width, self.height) // 8)
        if self.whole or reach < 1:
            return self.weight
        soft = self.weight.filter(ImageFilter.BoxBlur(reach)).filter(ImageFilter.BoxBlur(max(1, reach // 2)))
        inward = soft.point([max(0, min(255, (value - 128) * 2)) for value in range(256)])
        return ImageChops.multiply(inward, self.weight)


def region(mask: Image.Image | None, size: tuple[int, int]) -> Region | None:
    """A mask in the API's form (alpha 0 where to edit) as a region; None where nothing is marked.

    A mask without alpha marks what is black; no mask at all marks everything.
    """
    if mask is None:
        return Region(Image.new("L", size, 255), (0, 0, *size), whole=True)
    alpha = mask.getchannel("A") if mask.mode == "RGBA" else mask.convert("L")
    if alpha.size != size:
        alpha = alpha.resize(size, Image.Resampling.NEAREST)
    weight = alpha.point(_INVERTED)
    box = weight.getbbox()
    if box is None:
        return None
    return Region(weight, box, whole=weight.getextrema() == (255, 255))
