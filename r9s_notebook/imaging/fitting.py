"""An image and its mask as a model takes them, where no pixel is lost that matters.

Lossless are another file format, an alpha channel left out that hides nothing, transparent bars around an image whose
mask says what to edit. Pixels beyond the model's largest output do not matter: it would throw them away itself.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from r9s_notebook.errors import ImageError, MaskError
from r9s_notebook.formats import API_TYPES
from r9s_notebook.imaging.codec import as_file, open_image, to_png
from r9s_notebook.imaging.mask import Mask
from r9s_notebook.translation import Message

_MEGA = 1024 * 1024


class Fitted(NamedTuple):
    """Files that a model takes; ``first_frame`` tells where the image had several."""

    image: bytes
    mask: bytes | None
    first_frame: bool


def fitted(
    image: Any,
    mask: Any = None,
    *,
    model: str | None = None,
    types: Collection[str] = API_TYPES,
    square: bool = False,
    max_bytes: int | None = None,
    longest: int | None = None,
) -> Fitted:
    """An image and its mask, in any form, as files that a model takes; an image that it takes as it is stays untouched.

    Args:
        image: The image.
        mask: Its mask, or None.
        model: The model's name, for a sentence.
        types: Media types of an image.
        square: Whether an image must be square.
        max_bytes: What each file must stay below.
        longest: The longer side of the model's largest output, in pixels.

    Raises:
        ImageError: The image is none, or cannot be fitted without losing pixels that matter.
        MaskError: The mask is none, marks nothing, or has another shape than the image.
    """
    data, info = as_file(image, types)
    cover = None if mask is None else mask_for(mask, info.size)
    if square and info.width != info.height:
        if cover is None:
            raise ImageError(
                Message(
                    "{model} edits square images only, and this one is {width} x {height}. Crop it, give a "
                    "mask (then it is padded for you), or choose another model.",
                    model=model,
                    width=info.width,
                    height=info.height,
                )
            )
        data, cover = _squared(data, cover)
    if max_bytes is not None and len(data) >= max_bytes:
        data, cover = _smaller(data, cover, max_bytes, longest)
    png = None if cover is None else cover.to_png()
    for name, file in (("image", data), ("mask", png)):
        if max_bytes is not None and file is not None and len(file) >= max_bytes:
            about = {"model": model, "most": max_bytes // _MEGA, "size": len(file) / _MEGA}
            raise (MaskError if file is png else ImageError)(
                Message(
                    "{model} takes {name}s below {most} MB, and this one has {size:.1f} MB without losing pixels. "
                    "Scale it down, or choose another model.",
                    name=Message(name),
                    **about,
                )
            )
    return Fitted(data, png, info.animated)


def mask_for(mask: Any, size: tuple[int, int] | None = None) -> Mask:
    """Any form of mask, for an image of ``size`` (width, height), where that is known.

    Raises:
        ImageError: It is no picture.
        MaskError: It marks nothing, or has another shape than the image.
    """
    read = Mask.from_image(mask)
    if read.is_empty:
        raise MaskError(
            Message(
                "The mask marks nothing: an edit changes where it is transparent or, where its "
                "transparency says nothing, where it is white (where it is black: Mask.from_image(mask, "
                "polarity='dark')). Leave it out to edit the whole image, or send it all the same: "
                "models.ImageFile('mask.png', content, as_is=True)."
            )
        )
    return read if size is None else read.fitted(size)


def _squared(image: bytes, cover: Mask) -> tuple[bytes, Mask]:
    """Both in the middle of a square, with transparent bars around the image that the mask keeps."""
    picture = open_image(image).convert("RGBA")
    side = max(picture.size)
    left, top = (side - picture.width) // 2, (side - picture.height) // 2
    square = Image.new("RGBA", (side, side))
    square.paste(picture, (left, top))
    bars = (top, side - picture.height - top), (left, side - picture.width - left)
    return to_png(square), Mask.from_array(np.pad(cover.pixels, bars))


def _smaller(image: bytes, cover: Mask | None, limit: int, longest: int | None) -> tuple[bytes, Mask | None]:
    """As few bytes as a PNG of the same pixels takes; where that is too much, at the size of the largest output."""
    picture = open_image(image)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    data = min(image, to_png(picture, compress_level=6, optimize=True), key=len)
    if len(data) < limit or longest is None or max(picture.size) <= longest:
        return data, cover
    scale = longest / max(picture.size)
    width, height = (max(round(side * scale), 1) for side in picture.size)
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    return to_png(small, compress_level=6, optimize=True), cover and cover.scaled(small.size)
