"""PNG's container: a signature and chunks. Enough to carry text along, and to write a mask fast.

Source: https://www.w3.org/TR/png-3/, sections 5 (chunks), 9 (filters) and 11.3.3 (text).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGBA_8_BIT = b"\x08\x06\x00\x00\x00"
_UP = 2  # the filter that keeps what differs from the row above


class Chunk(NamedTuple):
    """One chunk: its four-letter kind and what it holds."""

    kind: bytes
    data: bytes


def chunks(png: bytes) -> Iterator[Chunk]:
    """The chunks of a PNG, as far as they are whole; check sums are left to the decoder."""
    at = len(SIGNATURE)
    while at + 12 <= len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind = png[at + 4 : at + 8]
        if at + 12 + length > len(png):
            return
        yield Chunk(kind, png[at + 8 : at + 8 + length])
        at += 12 + length
        if kind == b"IEND":
            return


def joined(parts: Iterable[Chunk]) -> bytes:
    """A PNG of these chunks."""
    return SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def encode_rgba(pixels: NDArray[np.uint8], *, flat: bool) -> bytes:
    """A picture (height x width x 4) as PNG, always the same bytes.

    A crisp mask is ``flat``: its rows mostly repeat the one above, so with the "up" filter they are runs of zeros, which
    run-length deflate packs about five times faster than a general encoder searches for something better.
    """
    height, width, channels = pixels.shape
    rows = pixels.reshape(height, width * channels)
    filtered = np.empty((height, width * channels + 1), dtype=np.uint8)
    filtered[:, 0] = _UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    strategy = zlib.Z_RLE if flat else zlib.Z_DEFAULT_STRATEGY
    deflate = zlib.compressobj(6, zlib.DEFLATED, 15, 8, strategy)
    packed = deflate.compress(filtered.data) + deflate.flush()
    header = struct.pack(">II", width, height) + _RGBA_8_BIT
    return joined([Chunk(b"IHDR", header), Chunk(b"IDAT", packed), Chunk(b"IEND", b"")])
