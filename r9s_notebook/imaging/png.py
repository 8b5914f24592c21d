"""PNG's container: a signature and chunks. Enough to carry text along, and to write pictures and masks fast.

Source: https://www.w3.org/TR/png-3/, sections 5 (chunks), 9 (filters) and 11.3.3 (text).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

Pixels: TypeAlias = NDArray[np.uint8]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB_8_BIT = b"\x08\x02\x00\x00\x00"
_RGBA_8_BIT = b"\x08\x06\x00\x00\x00"
_GREY_1_BIT = b"\x01\x00\x00\x00\x00"
_UP = 2  # the filter that keeps what differs from the row above
_FLAT = 0.5
"""The share of bytes equal to the one above them from which looking for repetitions pays; below it is paper grain."""


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
    written = [SIGNATURE]
    for kind, data in parts:
        written += struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
    return b"".join(written)


def encode_picture(image: Image.Image) -> bytes:
    """A picture (RGB or RGBA) as PNG without metadata, always the same bytes.

    It does not search: there is one filter for the whole picture, where Pillow tries five on every row. A megapixel
    takes a third to a half of Pillow's time at its quickest, and the file is as small.
    """
    rows = next(_filtered([np.asarray(image)]))
    flat = np.count_nonzero(rows) < rows.size * (1 - _FLAT)
    strategy = zlib.Z_DEFAULT_STRATEGY if flat else zlib.Z_HUFFMAN_ONLY
    return _file(image.size, _RGBA_8_BIT if image.mode == "RGBA" else _RGB_8_BIT, [rows], 1, strategy)


def encode_rgba(size: tuple[int, int], bands: Iterable[Pixels], *, flat: bool) -> bytes:
    """A picture of ``size`` (width, height) as PNG, always the same bytes.

    Args:
        size: Width and height.
        bands: The picture from top to bottom in bands of any height, each height x width x 4.
        flat: Most rows repeat the one above, as in a crisp mask. Filtered they are runs of zeros, which run-length
            deflate packs about five times faster than a general encoder searches for something better.
    """
    return _file(size, _RGBA_8_BIT, _filtered(bands), 6, zlib.Z_RLE if flat else zlib.Z_DEFAULT_STRATEGY)


def encode_crisp(pixels: Pixels) -> bytes:
    """A picture of 0 and 255 alone, height x width, as a PNG of one bit a pixel, always the same bytes."""
    height, width = pixels.shape
    return _file((width, height), _GREY_1_BIT, _filtered([np.packbits(pixels, axis=1)]), 6, zlib.Z_RLE)


def _filtered(bands: Iterable[Pixels]) -> Iterator[Pixels]:
    """Each byte of a band's rows less the one above it, each row after the number of this filter."""
    above: Pixels | int = 0
    for band in bands:
        rows = band.reshape(len(band), -1)
        filtered = np.empty((len(rows), 1 + rows.shape[1]), dtype=np.uint8)
        filtered[:, 0] = _UP
        np.subtract(rows[0], above, out=filtered[0, 1:])
        np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
        yield filtered
        above = rows[-1]


def _file(size: tuple[int, int], kind: bytes, filtered: Iterable[Pixels], level: int, strategy: int) -> bytes:
    """``filtered`` are rows x bytes of a row, as the header's ``kind`` says; then how zlib packs them."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    packed = [deflate.compress(rows.data) for rows in filtered]
    packed.append(deflate.flush())
    header = struct.pack(">II", *size) + kind
    return joined([Chunk(b"IHDR", header), Chunk(b"IDAT", b"".join(packed)), Chunk(b"IEND", b"")])


def international_text(keyword: str, text: str) -> Chunk:
    """An ``iTXt`` chunk: UTF-8 text, not compressed."""
    return Chunk(b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8"))


def texts(png: bytes, most: int) -> dict[str, str]:
    """All text of a PNG by its keyword (``tEXt``, ``zTXt``, ``iTXt``); what is damaged or over ``most`` is left out."""
    found: dict[str, str] = {}
    for kind, data in chunks(png):
        if kind in (b"tEXt", b"zTXt", b"iTXt"):
            keyword, _, rest = data.partition(b"\0")
            try:
                text = _text(kind, rest, most)
            except (zlib.error, UnicodeDecodeError, ValueError):
                continue
            found.setdefault(keyword.decode("latin-1"), text)
    return found


def _text(kind: bytes, rest: bytes, most: int) -> str:
    if kind == b"tEXt":
        # Latin-1 by the standard; several tools write UTF-8 all the same.
        try:
            return rest.decode("utf-8")
        except UnicodeDecodeError:
            return rest.decode("latin-1")
    if kind == b"zTXt":
        return _inflated(rest[1:], most).decode("latin-1")
    compressed, rest = rest[:1] == b"\1", rest[2:]
    _language, _, rest = rest.partition(b"\0")
    _translated, _, body = rest.partition(b"\0")
    return (_inflated(body, most) if compressed else body).decode("utf-8")


def _inflated(data: bytes, most: int) -> bytes:
    """Decompressed, unless that is more than ``most`` bytes: a few bytes of text can claim gigabytes."""
    inflate = zlib.decompressobj()
    text = inflate.decompress(data, most)
    if inflate.unconsumed_tail:
        raise ValueError("too long")
    return text
