"""Pictures for the tests: made here, so that nothing is downloaded and every pixel is known."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
from PIL import Image


def gradient(width: int = 64, height: int = 48) -> Image.Image:
    """Red grows to the right, green grows downwards."""
    y, x = np.mgrid[0:height, 0:width]
    return Image.fromarray(np.dstack([x * 255 // width, y * 255 // height, np.full_like(x, 90)]).astype(np.uint8))


def noise(width: int, height: int, channels: int = 3) -> Image.Image:
    return Image.fromarray(np.random.default_rng(7).integers(0, 256, (height, width, channels), dtype=np.uint8))


def photograph(width: int, height: int) -> Image.Image:
    """Soft shapes with a little grain: as hard to compress as a photograph is."""
    coarse = noise(12, 12).resize((width, height), Image.Resampling.BICUBIC)
    grain = np.random.default_rng(3).normal(0, 2, (height, width, 3))
    return Image.fromarray(np.clip(np.asarray(coarse) + grain, 0, 255).astype(np.uint8))


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def bomb_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")
