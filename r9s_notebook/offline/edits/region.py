"""Where an edit may act: a mask as weights, its box, and edges that fade inwards only."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

_INVERTED = [255 - value for value in range(256)]


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
