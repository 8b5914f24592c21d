"""Pictures for services that insist on a square PNG under 4 MB: nothing is cropped, and there is a way back."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from r9s_notebook.errors import ImageError
from r9s_notebook.imaging.codec import as_image, inspect, open_image, to_png
from r9s_notebook.imaging.mask import Mask

_LOSSY = {"image/webp": "WEBP", "image/jpeg": "JPEG"}
_SMALLEST_SIDE = 64


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture as it is sent, and the way back.

    Attributes:
        data: The bytes to send; the original ones where they were acceptable.
        media_type: Theirs.
        size: Width and height of what is sent.
        box: Where in it the whole picture lies: ``(left, top, right, bottom)``.
        original_size: Width and height of the picture before.
    """

    data: bytes
    media_type: str
    size: tuple[int, int]
    box: tuple[int, int, int, int]
    original_size: tuple[int, int]

    @property
    def unchanged(self) -> bool:
        """Sent as it is: same size, nothing around it."""
        return self.size == self.original_size

    def fit_mask(self, mask: Mask) -> Mask:
        """The mask for what is sent; the margin around the picture is kept.

        Raises:
            MaskError: The mask is not of the picture's size.
        """
        mask.check_size(self.original_size)
        if self.unchanged:
            return mask
        left, top, right, bottom = self.box
        inner = mask.scaled((right - left, bottom - top))
        if inner.size == self.size:
            return inner
        pixels = np.zeros(self.size[::-1], dtype=np.uint8)
        pixels[top:bottom, left:right] = inner.pixels
        return Mask.from_array(pixels)

    def restore(self, answer: Any) -> Image.Image:
        """The picture's part of the answer, at the picture's own size; the answer may have any size of that ratio.

        Raises:
            ImageError: The answer is not a picture.
        """
        image = as_image(answer)
        if self.unchanged and image.size == self.original_size:
            return image
        across, down = image.width / self.size[0], image.height / self.size[1]
        left, top, right, bottom = self.box
        part = (left * across, top * down, right * across, bottom * down)
        return image.resize(self.original_size, Image.Resampling.LANCZOS, box=part)


def fit_for_edit(
    source: bytes | Image.Image,
    *,
    square: bool = False,
    max_bytes: int | None = None,
    types: Iterable[str] = ("image/png",),
) -> Fitted:
    """Makes a picture acceptable without losing any part of it.

    What is acceptable already is sent byte for byte. Otherwise it is set in the middle of a square over a blurred
    copy of itself, written as PNG, then, while that is too large, in the lossy types allowed, and at last scaled
    down.

    Args:
        source: The picture, or its bytes.
        square: Width and height must be equal.
        max_bytes: The most bytes, or None.
        types: Media types that are accepted (``image/png``, or ``png`` for short).

    Raises:
        ImageError: Not a picture, or it cannot be made that small.
    """
    allowed = tuple(kind if "/" in kind else f"image/{kind}" for kind in types)
    limit = math.inf if max_bytes is None else max_bytes
    if isinstance(source, bytes):
        info = inspect(source)
        # Services differ in what they make of a rotated or animated picture; they get what the user sees.
        plain = not info.rotated and not info.animated and info.media_type in allowed
        if plain and len(source) <= limit and (info.width == info.height or not square):
            return Fitted(source, info.media_type, info.size, (0, 0, *info.size), info.size)
        image = open_image(source)
    else:
        image = as_image(source)
    framed, box = _squared(image) if square else (image, (0, 0, *image.size))
    scale = 1.0
    while True:
        size = tuple(max(1, round(side * scale)) for side in framed.size)
        sent = framed if scale == 1.0 else framed.resize((size[0], size[1]), Image.Resampling.LANCZOS)
        smallest = math.inf
        for media_type, data in _encodings(sent, allowed):
            if len(data) <= limit:
                left, top, right, bottom = (round(side * scale) for side in box)
                return Fitted(data, media_type, sent.size, (left, top, right, bottom), image.size)
            smallest = min(smallest, len(data))
        if max(sent.size) <= _SMALLEST_SIDE:
            raise ImageError(f"This picture cannot be made to fit into {max_bytes:,} bytes as {' or '.join(allowed)}.")
        scale *= min(0.9, math.sqrt(limit / smallest))


def _encodings(image: Image.Image, allowed: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """The picture in each allowed form, the most faithful first."""
    if "image/png" in allowed:
        yield "image/png", to_png(image)
    for media_type, name in _LOSSY.items():
        if media_type not in allowed or (name == "JPEG" and image.mode == "RGBA" and "image/png" in allowed):
            continue
        for quality in (95, 88, 80):
            out = io.BytesIO()
            (image.convert("RGB") if name == "JPEG" else image).save(out, name, quality=quality)
            yield media_type, out.getvalue()


def _squared(image: Image.Image) -> tuple[Image.Image, tuple[int, int, int, int]]:
    width, height = image.size
    side = max(width, height)
    left, top = (side - width) // 2, (side - height) // 2
    box = (left, top, left + width, top + height)
    if width == height:
        return image, box
    # Around the picture: its own colours out of focus, which a model continues more naturally than black bars.
    ground = image.resize((32, 32), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(2))
    framed = ground.resize((side, side), Image.Resampling.BICUBIC)
    framed.paste(image, (left, top))
    return framed, box
