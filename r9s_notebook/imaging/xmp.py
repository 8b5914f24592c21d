"""XMP packets in JPEG and WebP: set one property and read it back, leaving pixels and everything else as they are.

Only text is searched and replaced; no XML is parsed, so there is nothing to expand or to fetch.

Sources: XMP specification parts 1 and 3 (https://github.com/adobe/XMP-Toolkit-SDK/tree/main/docs); the WebP container,
https://developers.google.com/speed/webp/docs/riff_container.
"""

from __future__ import annotations

import hashlib
import html
import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

_NAMESPACE = "https://r9s.ai/ns/notebook/1.0/"
_OURS = re.compile(r'\s*<rdf:Description [^>]*xmlns:r9s="[^"]*"[^>]*>.*?</rdf:Description>', re.DOTALL)
_OURS_EXACTLY = re.compile(
    rb'<rdf:Description rdf:about="" xmlns:r9s="' + re.escape(_NAMESPACE.encode()) + rb'"[^>]*>.*?</rdf:Description>',
    re.DOTALL,
)
_RUN = re.compile(r"<r9s:run>(.*?)</r9s:run>", re.DOTALL)
_GUID = re.compile(r'HasExtendedXMP="([0-9A-F]{32})"')
_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    "</rdf:RDF></x:xmpmeta>\n"
    '<?xpacket end="w"?>'
)

_STANDARD = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_MOST_IN_A_SEGMENT = 65_533
_HAS_XMP = 0x04  # in the flags of VP8X
_PART = 65_000  # bytes of an extended packet in one segment


def with_run(packet: str, run: str) -> str:
    """The packet (empty for a new one) with ``run`` as its only ``r9s:run``."""
    bare = _OURS.sub("", packet)
    if "</rdf:RDF>" not in bare:
        bare = _PACKET
    return _with(bare, f"><r9s:run>{html.escape(run, quote=False)}</r9s:run>")


def run_of(packet: str) -> str | None:
    """The packet's ``r9s:run``, if there is one."""
    found = _RUN.search(packet)
    return html.unescape(found[1]) if found else None


def _with(packet: str, content: str) -> str:
    head, end, tail = packet.rpartition("</rdf:RDF>")
    return f'{head}<rdf:Description rdf:about="" xmlns:r9s="{_NAMESPACE}"{content}</rdf:Description>{end}{tail}'


# --- JPEG -----------------------------------------------------------------------------------------------------------


class _Segment(NamedTuple):
    marker: int
    data: bytes


def jpeg_packet(jpeg: bytes) -> str:
    """A JPEG's XMP, its extended part included; empty if there is none."""
    segments, _ = _jpeg_parts(jpeg)
    packet = _standard_packet(segments)
    return packet + "".join(_extended_packet(segments, guid) for guid in _extensions(packet))


def jpeg_with_run(jpeg: bytes, run: str) -> bytes:
    """The JPEG with ``run`` in its XMP; a long one goes into an extended packet, as the specification lays down."""
    segments, rest = _jpeg_parts(jpeg)
    old = _standard_packet(segments)
    replaced = (_STANDARD, *(_EXTENSION + guid for guid in _extensions("".join(_OURS.findall(old)))))
    kept = [segment for segment in segments if not segment.data.startswith(replaced)]
    packet = with_run(old, run)
    extension: list[_Segment] = []
    if len(packet.encode()) + len(_STANDARD) > _MOST_IN_A_SEGMENT:
        extended = with_run("", run).encode()
        guid = hashlib.md5(extended, usedforsecurity=False).hexdigest().upper().encode()
        base = _OURS.sub("", old) if "</rdf:RDF>" in old else _PACKET
        note = f' xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="{guid.decode()}">'
        packet = _with(base, note)
        for offset in range(0, len(extended), _PART):
            place = struct.pack(">II", len(extended), offset)
            extension.append(_Segment(0xE1, _EXTENSION + guid + place + extended[offset : offset + _PART]))
    ours = [_Segment(0xE1, _STANDARD + packet.encode()), *extension]
    # After JFIF and EXIF, which readers expect first.
    at = next((i for i, segment in enumerate(kept) if segment.marker != 0xE0 and not _is_exif(segment)), len(kept))
    return b"\xff\xd8" + b"".join(map(_written, [*kept[:at], *ours, *kept[at:]])) + rest


def jpeg_without_run(jpeg: bytes) -> Iterator[bytes]:
    """What the JPEG may have been before ``jpeg_with_run``: without XMP, or with an XMP of its own."""
    segments, rest = _jpeg_parts(jpeg)
    packet = _standard_bytes(segments)
    ours = b"".join(_OURS_EXACTLY.findall(packet)).decode("utf-8", "replace")
    extensions = tuple(_EXTENSION + guid for guid in _extensions(ours))
    kept = [segment for segment in segments if not segment.data.startswith(extensions)] if extensions else segments
    own = _Segment(0xE1, _STANDARD + _OURS_EXACTLY.sub(b"", packet))
    for xmp in ([], [own]):
        parts = [part for segment in kept for part in (xmp if segment.data == _STANDARD + packet else [segment])]
        yield b"\xff\xd8" + b"".join(map(_written, parts)) + rest


def _jpeg_parts(jpeg: bytes) -> tuple[list[_Segment], bytes]:
    """The segments before the picture's data, and the rest, byte for byte."""
    segments: list[_Segment] = []
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == 0xFF:  # padding between segments
            at += 1
            continue
        length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or length < 2 or at + 2 + length > len(jpeg):
            break
        segments.append(_Segment(marker, jpeg[at + 4 : at + 2 + length]))
        at += 2 + length
    return segments, jpeg[at:]


def _written(segment: _Segment) -> bytes:
    return struct.pack(">BBH", 0xFF, segment.marker, len(segment.data) + 2) + segment.data


def _extensions(packet: str) -> list[bytes]:
    """The names of the extended packets that a packet refers to."""
    return [guid.encode() for guid in _GUID.findall(packet)]


def _is_exif(segment: _Segment) -> bool:
    return segment.marker == 0xE1 and segment.data.startswith(b"Exif\0")


def _standard_packet(segments: list[_Segment]) -> str:
    return _standard_bytes(segments).decode("utf-8", "replace")


def _standard_bytes(segments: list[_Segment]) -> bytes:
    for segment in segments:
        if segment.marker == 0xE1 and segment.data.startswith(_STANDARD):
            return segment.data[len(_STANDARD) :]
    return b""


def _extended_packet(segments: list[_Segment], guid: bytes) -> str:
    head = _EXTENSION + guid
    parts = [segment.data[len(head) :] for segment in segments if segment.data.startswith(head)]
    return b"".join(part[8:] for part in sorted(parts, key=lambda part: part[4:8])).decode("utf-8", "replace")


# --- WebP -----------------------------------------------------------------------------------------------------------


def webp_packet(webp: bytes) -> str:
    """A WebP's XMP; empty if there is none."""
    return next((data.decode("utf-8", "replace") for kind, data in _webp_chunks(webp) if kind == b"XMP "), "")


def webp_with_run(webp: bytes, run: str, size: tuple[int, int], has_alpha: bool) -> bytes:
    """The WebP with ``run`` in its XMP.

    Args:
        webp: The picture.
        run: The text.
        size: Width and height as stored: a simple file becomes an extended one, whose header repeats them.
        has_alpha: It has transparency; repeated there too.
    """
    parts = [(kind, data) for kind, data in _webp_chunks(webp) if kind != b"XMP "]
    if parts and parts[0][0] == b"VP8X":
        flags, rest = parts[0][1][0], parts[0][1][1:]
        parts = parts[1:]
    else:
        flags = 0x10 if has_alpha else 0
        rest = b"\0\0\0" + (size[0] - 1).to_bytes(3, "little") + (size[1] - 1).to_bytes(3, "little")
    header = (b"VP8X", bytes([flags | _HAS_XMP]) + rest)
    packet = (b"XMP ", with_run(webp_packet(webp), run).encode())
    return _webp([header, *parts, packet])


def webp_without_run(webp: bytes) -> Iterator[bytes]:
    """What the WebP may have been before ``webp_with_run``: a simple file, without XMP, or with an XMP of its own."""
    parts = list(_webp_chunks(webp))
    if not parts or parts[0][0] != b"VP8X" or not parts[0][1]:
        return
    header, without_xmp = parts[0][1], [part for part in parts[1:] if part[0] != b"XMP "]
    yield _webp(without_xmp)
    yield _webp([(b"VP8X", bytes([header[0] & ~_HAS_XMP]) + header[1:]), *without_xmp])
    yield _webp([(kind, _OURS_EXACTLY.sub(b"", data) if kind == b"XMP " else data) for kind, data in parts])


def _webp(parts: list[tuple[bytes, bytes]]) -> bytes:
    body = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in parts)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _webp_chunks(webp: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(webp):
        kind, length = webp[at : at + 4], int.from_bytes(webp[at + 4 : at + 8], "little")
        yield kind, webp[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
