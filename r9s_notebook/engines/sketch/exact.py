"""Image operations that give the same bytes on every machine.

Pillow does these in floating point, and processors round differently: some fuse a multiplication with an addition. So
they are done here in whole numbers, with fractions of powers of two, which are exact, or where rounding cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, radians, sin
from operator import sub

from PIL import Image, ImageChops, ImageDraw

_PARTS = 4096
"""Sines and cosines are rounded to so many parts of one."""

Points = Sequence[tuple[int, int]]
Box = tuple[int, int, int, int]
Quad = tuple[float, float, float, float, float, float, float, float]


def blended(one: Image.Image, other: Image.Image, share: float) -> Image.Image:
    """Two images of one size and mode mixed: ``share`` of the other, 0 to 1, in 255ths."""
    return Image.composite(other, one, Image.new("L", one.size, round(share * 255)))


def saturated(image: Image.Image, factor: float) -> Image.Image:
    """An RGB image with its colours so many times as far from grey: 1 as it is, 0 grey."""
    grey = image.convert("L").convert("RGB")
    if factor <= 1:
        return blended(grey, image, factor)
    table = [round(value * (factor - 1)) for value in range(256)] * 3
    above, below = ImageChops.subtract(image, grey).point(table), ImageChops.subtract(grey, image).point(table)
    return ImageChops.subtract(ImageChops.add(image, above), below)


def turned(image: Image.Image, degrees: float) -> Image.Image:
    """The image turned against the clock, in a box that holds all of it; black in the corners."""
    across, down = round(cos(radians(degrees)) * _PARTS), round(sin(radians(degrees)) * _PARTS)
    width = -(-(image.width * abs(across) + image.height * abs(down)) // _PARTS)
    height = -(-(image.width * abs(down) + image.height * abs(across)) // _PARTS)
    a, b = across / _PARTS, -down / _PARTS
    c = (image.width - a * width - b * height) / 2
    f = (image.height + b * width - a * height) / 2
    return image.transform((width, height), Image.Transform.AFFINE, (a, b, c, -b, a, f), Image.Resampling.BILINEAR)


def meshed(image: Image.Image, mesh: Sequence[tuple[Box, Quad]]) -> Image.Image:
    """The image through a mesh: each box shows what is in its quadrilateral (north-west, south-west, south-east, ...).

    The sides of the boxes must be powers of two, and the corners whole pixels; a box may reach beyond the image.
    """
    return image.transform(image.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def _widest(points: Points) -> int:
    """The width of the widest edge that is not level; of a small polygon, of any edge."""
    across = [x for x, _ in points]
    widest: int = max(map(abs, map(sub, across, (*across[1:], across[0]))))
    if widest < _SMALL:
        return widest
    return max((abs(a[0] - b[0]) for a, b in pairwise((*points, points[0])) if a[1] != b[1]), default=0)


class Sheet:
    """A sheet (mode L) for polygons.

    Pillow follows their edges in 32-bit numbers. Where an edge passes exactly between two pixels, the processor's way
    of rounding decides, unless the place is far from zero beside the edge's width. So everything is drawn further to
    the right, and the margin that this leaves is cut off.

    Args:
        size: Width and height in pixels.
        outlines: What will be drawn, or anything else with edges as wide.
        ground: The colour of the sheet.
    """

    def __init__(self, size: tuple[int, int], outlines: Iterable[Points], ground: int = 0) -> None:
        self._size = size
        widest = max(map(_widest, outlines), default=0)
        self._margin = -(-min(2 * widest, 4 * size[0]) // _WHOLE) * _WHOLE
        self.image = Image.new("L", (self._margin + size[0], size[1]), ground)
        self._pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Points, fill: int = 255) -> None:
        """A filled polygon; whole coordinates, for the last bit of a sine must not decide a pixel."""
        self._pen.polygon([(x + self._margin, y) for x, y in points], fill=fill)

    def line(self, points: Points, width: int, fill: int = 255) -> None:
        """A line of a width in pixels."""
        self._pen.line([(x + self._margin, y) for x, y in points], fill=fill, width=width)

    def paste(self, fill: int, box: Box, mask: Image.Image) -> None:
        """One colour through a mask."""
        self.image.paste(fill, (box[0] + self._margin, box[1], box[2] + self._margin, box[3]), mask)

    def drawn(self, fine: int = 1) -> Image.Image:
        """The sheet, so many times smaller."""
        box = (self._margin, 0, self._margin + self._size[0], self._size[1])
        return self.image.crop(box) if fine == 1 else self.image.reduce(fine, box)


_SMALL = 40
"""Pixels; to find the level edges of what is smaller costs more than its margin."""

_WHOLE = 12
"""Margins are multiples of every size that sheets are made smaller by."""
