"""Files of pictures and masks, made such as a model insists on, where no pixel is lost that matters.

Lossless are another file format, an alpha channel left out that hides nothing, transparent bars around an image whose
mask says what to edit. Everything here takes files and gives PNGs.
"""

from __future__ import annotations

from PIL import Image, ImageOps

from r9s_notebook.errors import ImageError, MaskError
from r9s_notebook.imaging.codec import opened, plain, to_png

_KEEP = 255  # a mask's alpha


def as_png(image: bytes) -> bytes:
    """Any picture, upright.

    Raises:
        ImageError: It is none, or too large to be opened.
    """
    return _saved(_opened(image))


def see_through(mask: bytes) -> bytes:
    """A mask in the API's form, transparent where to edit. One without transparency is white where to edit.

    Raises:
        MaskError: It is no picture, or too large to be opened.
    """
    picture = _opened_mask(mask)
    if "A" in picture.getbands() or "transparency" in picture.info:
        return _saved(picture.convert("RGBA"))
    return _saved(_of_alpha(ImageOps.invert(picture.convert("L"))))


def squared(image: bytes, mask: bytes) -> tuple[bytes, bytes]:
    """Both in the middle of a square, with transparent bars around the image that the mask keeps."""
    picture, cover = _opened(image), _opened_mask(mask)
    side = max(picture.size)
    return _saved(_on_square(picture, side, 0)), _saved(_on_square(cover, side, _KEEP))


def packed(image: bytes) -> bytes:
    """As few bytes as a PNG of the same pixels takes; an alpha channel that hides nothing is left out."""
    picture = _opened(image)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    return _saved(picture, optimize=True)


def scaled(image: bytes, mask: bytes | None, longest: int) -> tuple[bytes, bytes | None]:
    """Both so small that the longer side has so many pixels; the mask stays crisp."""
    picture = _opened(image)
    scale = longest / max(picture.size)
    size = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    small = _saved(picture.resize(size, Image.Resampling.LANCZOS), optimize=True)
    if mask is None:
        return small, None
    return small, _saved(_opened_mask(mask).convert("RGBA").resize(size, Image.Resampling.NEAREST))


def alpha_alone(mask: bytes) -> bytes:
    """Only its alpha says anything; a mask that carries the picture's colours along is large for nothing."""
    # Not optimized: that takes twenty seconds where the alpha is noise, and the colours are gone either way.
    return _saved(_of_alpha(_opened_mask(mask).convert("RGBA").getchannel("A")))


def _opened(image: bytes) -> Image.Image:
    with opened(image) as picture:
        return plain(picture)


def _opened_mask(mask: bytes) -> Image.Image:
    try:
        return _opened(mask)
    except ImageError as error:
        raise MaskError(f"The mask cannot be used. {error.message}") from None


def _of_alpha(alpha: Image.Image) -> Image.Image:
    return Image.merge("RGBA", [Image.new("L", alpha.size)] * 3 + [alpha])


def _on_square(picture: Image.Image, side: int, alpha: int) -> Image.Image:
    square = Image.new("RGBA", (side, side), (0, 0, 0, alpha))
    square.paste(picture.convert("RGBA"), ((side - picture.width) // 2, (side - picture.height) // 2))
    return square


def _saved(picture: Image.Image, *, optimize: bool = False) -> bytes:
    return to_png(picture, compress_level=6, optimize=optimize)
