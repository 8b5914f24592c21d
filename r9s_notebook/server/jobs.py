"""One picture's worth of work: plain data in, an encoded file out, so that it can cross to another process."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from PIL import Image

from r9s_notebook.engines.sketch import Brief, draw
from r9s_notebook.engines.sketch.edits import change
from r9s_notebook.engines.sketch.edits.region import region
from r9s_notebook.errors import ImageError
from r9s_notebook.formats import MEDIA_TYPES
from r9s_notebook.imaging import inspect, open_image
from r9s_notebook.imaging.png import encode_picture as png
from r9s_notebook.server.refusal import invalid

MOST_RATIO = 8
"""The long side of an edited image over its short one: a canvas is as rich as it is long, and so is its cost."""


@dataclass(frozen=True)
class Encoding:
    """How a picture becomes a file.

    Attributes:
        output_format: ``png``, ``jpeg`` or ``webp``.
        compression: 0 to 100, the quality of a JPEG or a WebP.
    """

    output_format: str = "png"
    compression: int = 90


@dataclass(frozen=True)
class Picture:
    """An encoded picture."""

    data: bytes
    media_type: str
    width: int
    height: int
    transparent: bool = False


@dataclass(frozen=True)
class Source:
    """What an edit starts from, checked.

    Attributes:
        images: Image files; the first is edited.
        mask: The mask's file.
        width: Pixels of the first image.
        height: Pixels of the first image.
        marked: Whether the mask marks anything.
    """

    images: tuple[bytes, ...]
    mask: bytes | None
    width: int
    height: int
    marked: bool = True


def check_source(images: tuple[bytes, ...], mask: bytes | None, max_pixels: int) -> Source:
    """Read the files' headers.

    Raises:
        Refusal: 400 for what is no image, is too large, too long and thin, or a mask of another size.
    """
    sizes = [_size(data, "image", max_pixels) for data in images]
    if max(sizes[0]) > MOST_RATIO * min(sizes[0]):
        width, height = sizes[0]
        raise invalid(
            "image", f"The image is {width}x{height}: too long and thin to compose. At most {MOST_RATIO}:1, please."
        )
    if mask is not None and _size(mask, "mask", max_pixels) != sizes[0]:
        raise invalid("mask", f"The mask must have the size of the image: {sizes[0][0]}x{sizes[0][1]}.")
    marked = mask is None or region(opened(mask, "mask"), sizes[0]) is not None
    return Source(images, mask, *sizes[0], marked=marked)


def generate(brief: Brief, encoding: Encoding, share: float) -> Picture:
    """Draw a picture and encode it; a share under 1 draws a preview that is enlarged."""
    return encode(preview(brief, share), encoding)


def edit(source: Source, brief: Brief, encoding: Encoding, share: float) -> Picture:
    """Edit a picture and encode it."""
    image = opened(source.images[0], "image")
    mask = None if source.mask is None else opened(source.mask, "mask")
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


def encode(image: Image.Image, encoding: Encoding) -> Picture:
    """A file of the picture; speed matters more here than the last tenth of the bytes."""
    match encoding.output_format:
        case "jpeg":
            data = _saved(image.convert("RGB"), "JPEG", quality=max(1, min(95, encoding.compression)))
        case "webp":
            data = _saved(image, "WEBP", quality=encoding.compression, method=2)
        case _:
            data = png(image)
    seen_through = image.mode == "RGBA" and encoding.output_format != "jpeg"
    transparent = seen_through and image.getchannel("A").getextrema()[0] != 255
    media_type = MEDIA_TYPES[encoding.output_format]
    return Picture(data, media_type, image.width, image.height, transparent)


def _saved(image: Image.Image, name: str, **how: int) -> bytes:
    file = io.BytesIO()
    image.save(file, name, **how)
    return file.getvalue()


def preview(brief: Brief, share: float) -> Image.Image:
    """The picture, drawn at a share of its size and enlarged."""
    if share >= 1:
        return draw(brief)
    return draw(_reduced(brief, share)).resize((brief.width, brief.height), Image.Resampling.BICUBIC)


def _reduced(brief: Brief, share: float) -> Brief:
    """The same picture at a share of its size."""
    return replace(brief, width=max(16, int(brief.width * share)), height=max(16, int(brief.height * share)))


def opened(data: bytes, param: str) -> Image.Image:
    """The image, fully decoded, upright, in RGB or RGBA.

    Raises:
        Refusal: 400 for what is damaged.
    """
    try:
        return open_image(data)
    except ImageError as error:
        raise invalid(param, f"{param}: {error.message}") from error


def _size(data: bytes, param: str, max_pixels: int) -> tuple[int, int]:
    try:
        return inspect(data, max_pixels=max_pixels).size
    except ImageError as error:
        raise invalid(param, f"{param}: {error.message}") from error
