"""What a file's first bytes say: its format, its size in pixels, whether it has an alpha channel. No decoding."""

from __future__ import annotations

import struct
from dataclasses import dataclass

SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
"""The formats that the images API takes and gives."""


@dataclass(frozen=True)
class Header:
    """What is known without decoding.

    Attributes:
        media_type: One of ``SUFFIXES``.
        width: Pixels; 0 where the header is cut short.
        height: Pixels; 0 where the header is cut short.
        alpha: Whether pixels may be transparent; None where the header does not say.
    """

    media_type: str
    width: int = 0
    height: int = 0
    alpha: bool | None = None

    @property
    def pixels(self) -> int:
        """Width times height."""
        return self.width * self.height


def header(data: bytes) -> Header | None:
    """The header of a PNG, JPEG or WebP file; None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return _png(data)
    if data[:3] == b"\xff\xd8\xff":
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return None


def is_whole(data: bytes) -> bool:
    """Whether a PNG, JPEG or WebP file has its end; what follows the end does not matter."""
    if data[:4] == b"RIFF":
        return len(data) >= int.from_bytes(data[4:8], "little") + 8
    if data[:2] == b"\xff\xd8":
        return data.rfind(b"\xff\xd9", len(data) - _AFTER_THE_END) != -1
    return data.rfind(b"IEND") != -1


_AFTER_THE_END = 4096  # bytes that may follow a JPEG's end; earlier in the file, its thumbnail has an end too


def name_of(data: bytes) -> str:
    """What a file that is no image of the API's seems to be, for a sentence."""
    start = data[:512].lstrip().lower()
    for mark, name in (
        (b"gif8", "a GIF"),
        (b"<svg", "an SVG"),
        (b"<?xml", "an SVG or XML file"),
        (b"<!doctype", "a web page"),
        (b"<html", "a web page"),
        (b"{", "JSON"),
        (b"simple  =", "a FITS file"),
        (b"%pdf", "a PDF"),
        (b"bm", "a BMP"),
        (b"ii*\0", "a TIFF"),
        (b"mm\0*", "a TIFF"),
    ):
        if start.startswith(mark):
            return name
    if data[4:12] in {b"ftypavif", b"ftypheic", b"ftypmif1"}:
        return "an AVIF or HEIC file"
    return "an unknown kind of file" if data else "empty"


def _png(data: bytes) -> Header:
    if len(data) < 26 or data[12:16] != b"IHDR":
        return Header("image/png")
    width, height, _, colour = struct.unpack(">IIBB", data[16:26])
    # Transparency of a palette or of one colour is in a chunk before the pixels.
    alpha = colour in {4, 6} or b"tRNS" in data[: max(data.find(b"IDAT"), 33)]
    return Header("image/png", width, height, alpha)


def _jpeg(data: bytes) -> Header:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Header("image/jpeg", width, height, alpha=False)
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return Header("image/jpeg", alpha=False)


def _webp(data: bytes) -> Header:
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        width, height = (1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
        return Header("image/webp", width, height, alpha=bool(data[20] & 0x10))
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return Header("image/webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), alpha=bool(bits >> 28 & 1))
    if kind == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack("<HH", data[26:30])
        return Header("image/webp", width & 0x3FFF, height & 0x3FFF, alpha=False)
    return Header("image/webp")
