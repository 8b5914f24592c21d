"""What arrives encoded: a compressed body, the JSON in it, the base64 in that, and in the end a PNG, JPEG or WebP.

Two kilobytes of gzip can unpack to gigabytes. httpx unpacks whatever a chunk holds, in as many layers as the headers
name; here one layer is unpacked, of the encodings that were asked for, a little at a time, so that whoever counts the
bytes can stop it; and what has more layers comes through as it is.

A JSON parser looks at every character of a string for escapes and quotes. An image's base64 has none, so the two ends
of each one are found with ``bytes.find``, the image is cut out, and only the little that is left is parsed.
"""

from __future__ import annotations

import binascii
import json
import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import httpx

from r9s_notebook.errors import ResponseValidationError
from r9s_notebook.formats import header, is_whole, name_of
from r9s_notebook.translation import Message

MOST_PIXELS: Final = 128_000_000
"""Pixels that an image may claim to have; the API's largest are below ten million."""

_CHUNK: Final = 128 * 1024  # characters; a multiple of four
_DATA_URI: Final = re.compile(r"\s*data:[^,]{0,200};base64,", re.IGNORECASE)
_URL_SAFE: Final = str.maketrans("-_", "+/")


def decode(text: str | memoryview, *, in_chunks: bool = False) -> bytes:
    """The bytes of a base64 text.

    A data URI, line breaks, the URL-safe alphabet and missing padding are understood.

    Args:
        text: The base64.
        in_chunks: Lets other threads run several times in a millisecond: Python's decoder holds the interpreter.

    Raises:
        ResponseValidationError: It is not base64.
    """
    try:
        return _in_chunks(text) if in_chunks else binascii.a2b_base64(text, strict_mode=True)
    except (binascii.Error, ValueError):
        return _forgiving(text)


def checked(data: bytes) -> bytes:
    """An image's file, as it is.

    Raises:
        ResponseValidationError: It is no PNG, JPEG or WebP, it claims to have too many pixels, or its end is missing.
    """
    found = header(data)
    if found is None:
        raise ResponseValidationError(
            Message("The service sent no PNG, JPEG or WebP image: what came is {kind}.", kind=name_of(data))
        )
    if found.pixels > MOST_PIXELS:
        raise ResponseValidationError(
            Message(
                "The image claims to have {width} x {height} pixels, more than {most} million. It was "
                "not opened: such a file can fill the memory.",
                width=found.width,
                height=found.height,
                most=MOST_PIXELS // 10**6,
            )
        )
    if not is_whole(data):
        raise ResponseValidationError(
            Message(
                "The image was cut short on its way: its file ends in the middle, after {size:,} bytes.", size=len(data)
            )
        )
    return data


def _in_chunks(text: str | memoryview) -> bytes:
    decoded = []
    for at in range(0, len(text), _CHUNK):
        decoded.append(binascii.a2b_base64(text[at : at + _CHUNK], strict_mode=True))
        # Hands the interpreter over now. A thread that waits for it otherwise asks only after five milliseconds, and an
        # event loop waits so again at each of its reads.
        time.sleep(0)
    return b"".join(decoded)


def _forgiving(text: str | memoryview) -> bytes:
    if isinstance(text, memoryview):
        text = str(text, "utf-8", "replace")
    prefix = _DATA_URI.match(text)
    plain = "".join(text[prefix.end() if prefix else 0 :].split()).translate(_URL_SAFE).rstrip("=")
    try:
        return binascii.a2b_base64(plain + "=" * (-len(plain) % 4), strict_mode=True)
    except (binascii.Error, ValueError):
        raise ResponseValidationError(
            Message(
                "The image in the answer is not valid base64, so it cannot be opened. The service may "
                "have cut it short."
            )
        ) from None


# --- JSON with megabytes of base64 in it ------------------------------------------------------------------------------

_IMAGE_KEY: Final = b'"b64_json"'
_WORTH_CUTTING: Final = 4096
_MARK: Final = "image cut out: "
"""Begins what stands in for a cut string. It has spaces and a colon, which no base64 has."""


def loads(body: bytes | bytearray, hide: Callable[[bytes], bytes] = bytes) -> Any:
    """The value of a JSON text, as ``json.loads`` gives it, but that a long ``b64_json`` is a view of the body.

    ``hide`` takes secrets out of all but those.

    Raises:
        ValueError: It is no JSON.
    """
    skeleton, images = (bytes(body), {}) if len(body) < _WORTH_CUTTING else _cut(body)
    skeleton = hide(skeleton)
    if not images:
        return json.loads(skeleton)

    def put_back(entry: dict[str, Any]) -> dict[str, Any]:
        held = entry.get("b64_json")
        if isinstance(held, str) and held.startswith(_MARK):
            entry["b64_json"] = images.get(held, held)
        return entry

    return json.loads(skeleton, object_hook=put_back)


def _cut(body: bytes | bytearray) -> tuple[bytes, dict[str, memoryview]]:
    view = memoryview(body).toreadonly()
    kept: list[bytes | memoryview] = []
    images: dict[str, memoryview] = {}
    done = 0
    at = body.find(_IMAGE_KEY)
    while at >= 0:
        after = at + len(_IMAGE_KEY)
        span = _long_string(body, at, after)
        if span is not None:
            start, end = span
            mark = f"{_MARK}{len(images)}"
            images[mark] = view[start:end]
            kept += (view[done:start], mark.encode())
            done = after = end
        at = body.find(_IMAGE_KEY, after)
    return b"".join((*kept, view[done:])), images


def _long_string(body: bytes | bytearray, key: int, after: int) -> tuple[int, int] | None:
    """Where the string behind a key begins and ends; None where it is short, escaped, or no string at all."""
    if body[key - 1 : key] == b"\\":  # the end of another string, not a key
        return None
    colon, _, value = body[after : after + 32].partition(b'"')
    if colon.strip() != b":" or not value:
        return None
    start = after + len(colon) + 1
    end = body.find(b'"', start)
    if end - start < _WORTH_CUTTING or body.find(b"\\", start, end) >= 0:
        return None
    return start, end


# --- compression ------------------------------------------------------------------------------------------------------

ENCODINGS: Final = ("gzip", "deflate")
"""What is asked for."""

_PIECE: Final = 256 * 1024
_EITHER: Final = zlib.MAX_WBITS | 32  # gzip's header or zlib's
_BARE: Final = -zlib.MAX_WBITS  # neither: what some servers call deflate


def understood(encoding: str) -> bool:
    """Whether a ``Content-Encoding`` is one that is unpacked here, or none."""
    return encoding.strip().lower() in {*ENCODINGS, "x-gzip", "identity", ""}


def inflated(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """A body's chunks, unpacked.

    Raises:
        httpx.DecodingError: They are not what the encoding says.
    """
    if not understood(encoding) or encoding.strip().lower() in {"identity", ""}:
        yield from chunks
        return
    unpacking = None
    try:
        for chunk in filter(None, chunks):
            if unpacking is None:
                unpacking, piece = _unpacked_first(chunk)
            else:
                piece = unpacking.decompress(chunk, _PIECE)
            while piece:
                yield piece
                piece = unpacking.decompress(unpacking.unconsumed_tail, _PIECE)
    except zlib.error as error:
        raise httpx.DecodingError(f"the compressed answer is damaged: {error}") from None


def _unpacked_first(chunk: bytes) -> tuple[Any, bytes]:
    """What unpacks a body that begins so, and its first piece."""
    try:
        unpacking = zlib.decompressobj(_EITHER)
        return unpacking, unpacking.decompress(chunk, _PIECE)
    except zlib.error:
        unpacking = zlib.decompressobj(_BARE)
        return unpacking, unpacking.decompress(chunk, _PIECE)
