"""What each operation does to a raster, in place."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby

import numpy as np
from PIL import Image, ImageFilter

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import operations as op
from r9s_notebook.imaging.morphology import dilate
from r9s_notebook.imaging.png import encode_crisp
from r9s_notebook.imaging.raster import Pixels, fill_rect, paint


def draw(pixels: Pixels, operations: Sequence[op.Operation]) -> None:
    """Applies the operations in order, in place; neighbouring strokes of one kind are drawn in one pass."""
    for (kind, erase), same in groupby(operations, key=lambda each: (type(each), getattr(each, "erase", False))):
        if kind is op.Stroke:
            paint(pixels, list(same), 0 if erase else 255)
        else:
            for operation in same:
                _apply(pixels, operation)


def _apply(pixels: Pixels, operation: op.Operation) -> None:
    match operation:
        case op.Ellipse() | op.Polygon():
            paint(pixels, [operation], 0 if operation.erase else 255)
        case op.Rect(x0, y0, x1, y1, erase):
            fill_rect(pixels, (x0, y0, x1, y1), 0 if erase else 255)
        case op.Fill():
            pixels.fill(255)
        case op.Clear():
            pixels.fill(0)
        case op.Invert():
            np.subtract(255, pixels, out=pixels)
        case op.Grow(px):
            dilate(pixels, px)
        case op.Shrink(px):
            np.subtract(255, pixels, out=pixels)
            dilate(pixels, px)
            np.subtract(255, pixels, out=pixels)
        case op.Feather(px):
            pixels[:] = np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(px)))
        case op.Pixels(png, how):
            combine(pixels, decode(png, (pixels.shape[1], pixels.shape[0])), how)


def combine(pixels: Pixels, other: Pixels, how: op.Combine) -> None:
    """What a ``Pixels`` operation with the raster ``other`` does, in place."""
    match how:
        case "replace":
            pixels[:] = other
        case "add":
            np.maximum(pixels, other, out=pixels)
        case "intersect":
            np.minimum(pixels, other, out=pixels)
        case "subtract":
            np.minimum(pixels, 255 - other, out=pixels)


def encode(pixels: Pixels) -> bytes:
    """A raster as the PNG that a ``Pixels`` operation holds: one bit a pixel where that says it all."""
    if is_crisp(pixels):
        return encode_crisp(pixels)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=6)
    return out.getvalue()


def is_crisp(pixels: Pixels) -> bool:
    """No pixel is in between: all are 0 or 255."""
    return bool((pixels + np.uint8(1)).max() <= 1)  # 255 wraps around to 0


def decode(png: bytes, size: tuple[int, int]) -> Pixels:
    """The raster that ``encode`` wrote; its size is checked before anything is decoded.

    Raises:
        MaskError: The bytes are not a PNG of ``size`` (width, height).
    """
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
            if image.size == size:
                return np.array(image.convert("L"))
            found = image.size
    except Exception as error:
        raise MaskError(f"The pixels of this mask are damaged ({error}). Save the mask again.") from error
    raise MaskError(f"A mask of {size[0]}x{size[1]} pixels cannot hold a raster of {found[0]}x{found[1]}.")
