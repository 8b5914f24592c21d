"""Picture files: the table of their formats, and what a file's first bytes say. Nothing is decoded, nothing imported.

The client and the history read it, which need no Pillow, and so does the codec, which does.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Final

from r9s_notebook.translation import Message


@dataclass(frozen=True, slots=True)
class Format:
    """A format of picture files.

    Attributes:
        name: As the API's ``output_format`` says it.
        media_type: Its media type.
        suffixes: Of its files' names, without the dot; ours have the first.
        pillow: Pillow's name for it.
        begins: What its files begin with; a dot is any byte.
        needs: What to install where Pillow cannot open it.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    pillow: str
    begins: bytes
    needs: str = ""


# What a HEIF container holds, its major brand says, or where that names only the container (mif1 a picture, msf1 a
# sequence) one of the brands after it. Source: ISO/IEC 23008-12, annex B; the AV1 image file format, section 6.
FORMATS: Final = (
    Format("png", "image/png", ("png", "apng"), "PNG", rb"\x89PNG\r\n\x1a\n"),
    Format("jpeg", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "JPEG", rb"\xff\xd8\xff"),
    Format("webp", "image/webp", ("webp",), "WEBP", rb"RIFF....WEBP"),
    Format("gif", "image/gif", ("gif",), "GIF", rb"GIF8"),
    Format("bmp", "image/bmp", ("bmp", "dib"), "BMP", rb"BM"),
    Format("tiff", "image/tiff", ("tiff", "tif"), "TIFF", rb"II[*+]\0|MM\0[*+]"),
    Format(
        "avif",
        "image/avif",
        ("avif", "avifs"),
        "AVIF",
        rb"....ftyp(?:avi[fs]|m[is]f[12]....(?:(?!hei|hev)....)*?avi[fs])",
        needs="'pillow>=11.3'",
    ),
    Format(
        "heic",
        "image/heic",
        ("heic", "heif", "hif"),
        "HEIF",
        rb"....ftyp(?:hei[cxms]|hev[cxms]|m[is]f[12])",
        needs="pillow-heif",
    ),
)
MEDIA_TYPES: Final = {each.name: each.media_type for each in FORMATS}
"""By name."""
SUFFIXES: Final = {each.media_type: each.suffixes[0] for each in FORMATS}
"""By media type."""
API_TYPES: Final = ("image/png", "image/jpeg", "image/webp")
"""The media types that the images API takes and gives."""
UNKNOWN_TYPE: Final = "application/octet-stream"
MASK_CHUNK: Final = b"maSK"
"""In a mask's PNG, right after its header: its alpha and its brightness say the same, and mark something.

Whoever finds it need not look at the pixels. Its last letter tells programs that change the picture to leave it out.
Source: https://www.w3.org/TR/png-3/#5Chunk-naming-conventions
"""

_NO_PICTURES: Final = (
    # (what such data begins with, after white space, in lower case; what it is; what to do)
    (rb"<svg|<\?xml.*<svg", "an SVG drawing", "Export it as PNG"),
    (rb"<!doctype html|<html", "a web page", "Check the address: it may have expired"),
    (rb"<\?xml", "an XML document", "Choose a PNG, JPEG or WebP file"),
    (rb"simple  =", "a FITS file", "Scale its values to 0..255 and pass the NumPy array"),
    (rb"%pdf", "a PDF document", "Export the page as PNG"),
    (rb"\{", "JSON", "Pass the picture's bytes, not the answer that holds them"),
    (rb"8bps", "a Photoshop document", "Export it as PNG"),
    (rb"ivborw0kggo|/9j/", "base64 text", "Decode it first, or pass it as a data: URI"),
    (rb"....ftypcrx ", "a camera's raw file", "Export it as JPEG or PNG"),
    (rb"....ftyp|\x1a\x65\xdf\xa3", "a video", "Export one of its frames as PNG"),
    (rb"\xff\x0a|\0\0\0\x0cjxl ", "a JPEG XL picture", "Export it as JPEG or PNG"),
    (rb"\0\0\0\x0cjp  ", "a JPEG 2000 picture", "Export it as JPEG or PNG"),
)
_TURNS_OR_MOVES: Final = (b"Exif\0\0", b"eXIf", b"EXIF", b":Orientation", b"Raw profile type", b"acTL", b"ANIM")
_AFTER_THE_END: Final = 4096  # bytes that may follow a JPEG's end; earlier in the file, its thumbnail has an end too


def format_of(data: bytes) -> Format | None:
    """The format that a file's first bytes are of."""
    start = data[:64]
    return next((each for each in FORMATS if re.match(each.begins, start, re.DOTALL)), None)


def media_type_of(suffix: str) -> str:
    """What a file name's ending says, with its dot or without; ``UNKNOWN_TYPE`` where that is nothing."""
    suffix = suffix.removeprefix(".").lower()
    return next((each.media_type for each in FORMATS if suffix in each.suffixes), UNKNOWN_TYPE)


def no_picture(data: bytes) -> tuple[str, str] | None:
    """What a file that is no picture seems to be, and what to do about it; None where it cannot be told."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next(((what, advice) for begins, what, advice in _NO_PICTURES if re.match(begins, start, re.DOTALL)), None)


def name_of(data: bytes) -> str:
    """What a file seems to be, for a sentence."""
    found = format_of(data)
    if found is not None:
        article = Message("an {format}", format="AVIF")
        return article if found.name == "avif" else Message("a {format}", format=found.name.upper())
    other = no_picture(data)
    if other:
        return Message(other[0])
    return Message("an unknown kind of file") if data else Message("empty")


@dataclass(frozen=True)
class Header:
    """What is known without decoding.

    Attributes:
        media_type: One of ``API_TYPES``.
        width: Pixels; 0 where the header is cut short.
        height: Pixels; 0 where the header is cut short.
        common: Grey or RGB of at most 8 bits; of CMYK and of more bits, programs make different things.
    """

    media_type: str
    width: int = 0
    height: int = 0
    common: bool = True

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, as the pixels lie in the file."""
        return self.width, self.height

    @property
    def pixels(self) -> int:
        """Width times height."""
        return self.width * self.height


def header(data: bytes) -> Header | None:
    """The header of a PNG, JPEG or WebP file; None for anything else."""
    found = format_of(data)
    read = _READERS.get(found.media_type) if found else None
    return read(data) if read else None


def is_plain(data: bytes) -> bool:
    """Whether a PNG, JPEG or WebP file shows one and the same to whoever opens it; in doubt it does not.

    It is whole, grey or RGB of 8 bits, and nothing in it may turn it (EXIF, XMP) or move it.
    """
    found = header(data)
    plain = found is not None and found.pixels > 0 and found.common and is_whole(data)
    return plain and not any(mark in data for mark in _TURNS_OR_MOVES)


def is_mask(data: bytes) -> bool:
    """Whether the file is a mask that says the same to everyone, and marks something: see ``MASK_CHUNK``."""
    return data[37:41] == MASK_CHUNK and is_whole(data)


def is_whole(data: bytes) -> bool:
    """Whether a PNG, JPEG or WebP file has its end; what follows the end does not matter."""
    if data[:4] == b"RIFF":
        return len(data) >= int.from_bytes(data[4:8], "little") + 8
    if data[:2] == b"\xff\xd8":
        return data.rfind(b"\xff\xd9", len(data) - _AFTER_THE_END) != -1
    return data.rfind(b"IEND") != -1


def _png(data: bytes) -> Header:
    if len(data) < 25 or data[12:16] != b"IHDR":
        return Header("image/png")
    width, height, bits = struct.unpack(">IIB", data[16:25])
    return Header("image/png", width, height, bits <= 8)


def _jpeg(data: bytes) -> Header:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            bits, height, width, channels = struct.unpack(">BHHB", data[at + 4 : at + 10])
            return Header("image/jpeg", width, height, bits == 8 and channels < 4)
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return Header("image/jpeg")


def _webp(data: bytes) -> Header:
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        width, height = (1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
        return Header("image/webp", width, height)
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return Header("image/webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if kind == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack("<HH", data[26:30])
        return Header("image/webp", width & 0x3FFF, height & 0x3FFF)
    return Header("image/webp")


_READERS: Final = {"image/png": _png, "image/jpeg": _jpeg, "image/webp": _webp}
