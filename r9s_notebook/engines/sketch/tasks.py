"""One picture's worth of work: plain data in, an encoded file out, so that it can cross to another process."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from r9s_notebook.engines.sketch.brief import Brief
from r9s_notebook.engines.sketch.drawing import draw
from r9s_notebook.engines.sketch.edits import change
from r9s_notebook.engines.sketch.edits.marked import region
from r9s_notebook.errors import ImageError
from r9s_notebook.imaging import open_image
from r9s_notebook.server.encoding import EncodedImage, Encoding, encode
from r9s_notebook.server.engine import Source
from r9s_notebook.server.refusal import invalid

MOST_RATIO = 8
"""The long side of an edited image over its short one: a canvas is as rich as it is long, and so is its cost."""


def is_marked(source: Source) -> bool:
    """Whether the edit may change anything: without a mask everything, with one what it marks.

    Raises:
        Refusal: 400 for an image that is too long and thin, or a damaged mask.
    """
    size = (source.width, source.height)
    if max(size) > MOST_RATIO * min(size):
        raise invalid(
            "image", f"The image is {size[0]}x{size[1]}: too long and thin to compose. At most {MOST_RATIO}:1, please."
        )
    return source.mask is None or region(_opened(source.mask, "mask"), size) is not None


def generate(brief: Brief, encoding: Encoding, share: float) -> EncodedImage:
    """Draw a picture and encode it; a share under 1 draws a preview that is enlarged."""
    picture = draw(brief if share >= 1 else _reduced(brief, share))
    size = (brief.width, brief.height)
    return encode(picture if share >= 1 else picture.resize(size, Image.Resampling.BICUBIC), encoding)


def edit(source: Source, brief: Brief, encoding: Encoding, share: float) -> EncodedImage:
    """Edit a picture and encode it."""
    image = _opened(source.images[0], "image")
    mask = None if source.mask is None else _opened(source.mask, "mask")
    if share >= 1:
        return encode(change(image, mask, brief), encoding)
    # A preview is an edit of a small copy: it must not cost what the edit costs.
    small = _reduced(brief, share)
    share = max(small.width / image.width, small.height / image.height)
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    image = image.resize(size, Image.Resampling.BOX)
    mask = None if mask is None else mask.resize(size, Image.Resampling.NEAREST)
    edited = change(image, mask, small).resize((brief.width, brief.height), Image.Resampling.BICUBIC)
    return encode(edited, encoding)


def _reduced(brief: Brief, share: float) -> Brief:
    """The same picture at a share of its size."""
    return replace(brief, width=max(16, int(brief.width * share)), height=max(16, int(brief.height * share)))


def _opened(data: bytes, param: str) -> Image.Image:
    """The image, fully decoded, upright, in RGB or RGBA.

    Raises:
        Refusal: 400 for what is damaged.
    """
    try:
        return open_image(data)
    except ImageError as error:
        raise invalid(param, f"{param}: {error.message}") from error
