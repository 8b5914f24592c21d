"""Small pictures for notebooks and for the browser.

A thumbnail is lossy and keeps to a budget of bytes, since it lives in the notebook; a preview is for the painter, lives
nowhere, and keeps the picture's ratio exactly so that a point on it is a point on the picture.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from r9s_notebook.imaging.codec import MAX_PIXELS, ImageInfo, describe, encoded, inspect, opened, to_png, upright_rgb

THUMBNAIL_BYTES = 17_000
"""Four of these as base64 are 90,672 characters: they and their HTML fit in 100 kB."""

_BEST, _WORST = 82, 8  # WebP qualities: beyond the first no one sees a difference, below the second everyone does
_CRISP_SIDE = 512
"""Up to this side a preview is lossless: in a small picture every pixel is looked at."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture.

    Attributes:
        data: The encoded bytes.
        media_type: ``image/webp``.
        width: Pixels.
        height: Pixels.
    """

    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture fitted for the browser.

    Attributes:
        data: The encoded bytes.
        media_type: ``image/png`` for small pictures, ``image/webp`` with transparency, otherwise ``image/jpeg``.
        width: Pixels of the preview.
        height: Pixels of the preview.
        scale: Preview pixels for one image pixel, at most 1 (a preview is never larger than its picture).
    """

    data: bytes
    media_type: str
    width: int
    height: int
    scale: float


def thumbnail(
    source: bytes | Image.Image, *, max_side: int = 320, max_bytes: int = THUMBNAIL_BYTES, max_pixels: int = MAX_PIXELS
) -> Thumbnail:
    """A WebP of at most ``max_side`` pixels a side and ``max_bytes`` bytes, whatever the picture shows.

    Quality goes down first, then size; transparency is kept.

    Args:
        source: An image, or a picture's bytes (decoded at reduced size where the format allows).
        max_side: The longer side, in pixels.
        max_bytes: The budget.
        max_pixels: The most pixels that are decoded.

    Raises:
        ImageError: ``source`` is not a picture that can be used.
    """
    return _within(_shrunk(source, max_side, max_pixels), max_bytes)


def described(
    data: bytes, *, max_side: int = 320, max_bytes: int = THUMBNAIL_BYTES, max_pixels: int = MAX_PIXELS
) -> tuple[ImageInfo, Thumbnail]:
    """What ``inspect`` says of a picture, and its thumbnail; it is decoded once for both.

    Raises:
        ImageError: It is not a picture that can be used.
    """
    with opened(data, max_pixels) as image:
        info = describe(image)
        image.draft("RGB", (max_side, max_side))
        small = _fitted_first(image, max_side)
    return info, _within(small, max_bytes)


def _within(small: Image.Image, max_bytes: int) -> Thumbnail:
    quality = _BEST
    while True:
        data = _webp(small, quality)
        if len(data) <= max_bytes or small.size == (1, 1):
            return Thumbnail(data, "image/webp", *small.size)
        if quality > _WORST:
            # Bytes go down a little slower than quality does; a step that is too short costs one more attempt.
            quality = max(_WORST, min(quality - 5, quality * max_bytes // len(data)))
        else:
            small = _fitted(small, max(1, max(small.size) * 3 // 4))


def preview(source: bytes | Image.Image, *, max_side: int = 1600, max_pixels: int = MAX_PIXELS) -> Preview:
    """The picture as the painter shows it, fitted into ``max_side`` pixels, never enlarged.

    Raises:
        ImageError: ``source`` is not a picture that can be used.
    """
    size = source.size if isinstance(source, Image.Image) else inspect(source, max_pixels=max_pixels).size
    small = _shrunk(source, max_side, max_pixels)
    scale = max(small.size) / max(size)
    if max(small.size) <= _CRISP_SIDE:
        return Preview(to_png(small), "image/png", *small.size, scale)
    if small.mode == "RGBA":
        return Preview(_webp(small, 90), "image/webp", *small.size, scale)
    return Preview(encoded(small, "JPEG", quality=90), "image/jpeg", *small.size, scale)


def _shrunk(source: bytes | Image.Image, max_side: int, max_pixels: int) -> Image.Image:
    if isinstance(source, Image.Image):
        return _fitted_first(source, max_side)
    with opened(source, max_pixels) as image:
        # A JPEG is decoded at a half, a quarter or an eighth: most of its pixels are never computed.
        image.draft("RGB", (max_side, max_side))
        return _fitted_first(image, max_side)


def _fitted_first(image: Image.Image, max_side: int) -> Image.Image:
    """Upright RGB or RGBA, made after the picture is small where its mode can be resampled as it is."""
    if image.mode in ("RGB", "RGBA") and "transparency" not in image.info:
        return upright_rgb(_fitted(image, max_side))
    return _fitted(upright_rgb(image), max_side)


def _fitted(image: Image.Image, max_side: int) -> Image.Image:
    width, height = image.size
    longer = max(width, height)
    if longer <= max_side:
        return image
    size = max(1, round(width * max_side / longer)), max(1, round(height * max_side / longer))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=1.5)


def _webp(image: Image.Image, quality: int) -> bytes:
    return encoded(image, "WEBP", quality=quality, method=1)
