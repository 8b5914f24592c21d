"""What is edited: as the pipeline gets it, and how what the mask keeps is kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from r9s_notebook.errors import ImageError, MaskError
from r9s_notebook.imaging import mask_file, open_image
from r9s_notebook.server.engine import Source
from r9s_notebook.server.refusal import invalid


@dataclass(frozen=True)
class Canvas:
    """A picture to edit, at the size that was asked for.

    Attributes:
        image: RGB or RGBA.
        mask: Mode L, 255 where to edit; None where all of it may change.
    """

    image: Image.Image
    mask: Image.Image | None

    def for_pipeline(self, width: int, height: int) -> tuple[Image.Image, Image.Image | None]:
        """The image on white, and the mask, with their edges continued to a size that the model can draw."""
        image = self.image
        if image.mode == "RGBA":
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
        mask = None if self.mask is None else _continued(self.mask, width, height)
        return _continued(image.convert("RGB"), width, height), mask

    def finished(self, drawn: Image.Image) -> Image.Image:
        """What was drawn, without the continued edges; what the mask keeps is the image's own, to the byte."""
        drawn = drawn.crop((0, 0, *self.image.size))
        if self.mask is None:
            return drawn
        return Image.composite(drawn.convert(self.image.mode), self.image, self.mask)


def open_canvas(source: Source, width: int, height: int) -> Canvas:
    """The first image of an edit and its mask, decoded.

    Args:
        source: What the edit starts from.
        width: Pixels that were asked for.
        height: Pixels.

    Raises:
        Refusal: 400 for a damaged file, or a mask that marks nothing that can be told.
    """
    try:
        image = open_image(source.images[0])
    except ImageError as error:
        raise invalid("image", f"image: {error.message}") from error
    mask = None
    if source.mask is not None:
        try:
            mask = Image.fromarray(mask_file.read(source.mask))
        except (ImageError, MaskError) as error:
            raise invalid("mask", f"mask: {error.message}") from error
    size = (width, height)
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS)
        mask = mask and mask.resize(size, Image.Resampling.BILINEAR)
    return Canvas(image, mask)


def _continued(image: Image.Image, width: int, height: int) -> Image.Image:
    if image.size == (width, height):
        return image
    pixels = np.asarray(image)
    more = ((0, height - image.height), (0, width - image.width), (0, 0))
    return Image.fromarray(np.pad(pixels, more[: pixels.ndim], mode="edge"))
