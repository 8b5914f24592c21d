"""A mask's raster as the PNG that a ``Pixels`` operation holds."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging.png import encode_crisp
from r9s_notebook.imaging.raster import Raster


def encode(pixels: Raster) -> bytes:
    """The PNG, with one bit a pixel where that says it all."""
    if is_crisp(pixels):
        return encode_crisp(pixels)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=6)
    return out.getvalue()


def is_crisp(pixels: Raster) -> bool:
    """No pixel is in between: all are 0 or 255."""
    return bool((pixels + np.uint8(1)).max() <= 1)  # 255 wraps around to 0


def decode(png: bytes, size: tuple[int, int]) -> Raster:
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
