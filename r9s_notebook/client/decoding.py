"""An image's bytes from its base64, checked: every character counted, and a PNG, JPEG or WebP in the end."""

from __future__ import annotations

import binascii
import re
import time
from typing import Final

from r9s_notebook.errors import ResponseValidationError
from r9s_notebook.formats import header, is_whole, name_of

MOST_PIXELS: Final = 128_000_000
"""Pixels that an image may claim to have; the API's largest are below ten million."""

WORTH_A_THREAD: Final = 256 * 1024
"""Characters from which an event loop had better not wait for the decoding."""

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
        data = _in_chunks(text) if in_chunks else binascii.a2b_base64(text)
    except (binascii.Error, ValueError):
        return _forgiving(text)
    # The decoder passes over what is not base64; the length tells whether it did.
    return data if len(text) % 4 == 0 and len(data) == _length(text) else _forgiving(text)


def checked(data: bytes) -> bytes:
    """An image's file, as it is.

    Raises:
        ResponseValidationError: It is no PNG, JPEG or WebP, it claims to have too many pixels, or its end is missing.
    """
    found = header(data)
    if found is None:
        raise ResponseValidationError(f"The service sent no PNG, JPEG or WebP image: what came is {name_of(data)}.")
    if found.pixels > MOST_PIXELS:
        raise ResponseValidationError(
            f"The image claims to have {found.width} x {found.height} pixels, more than {MOST_PIXELS // 10**6} "
            "million. It was not opened: such a file can fill the memory."
        )
    if not is_whole(data):
        raise ResponseValidationError(
            f"The image was cut short on its way: its file ends in the middle, after {len(data):,} bytes."
        )
    return data


def _in_chunks(text: str | memoryview) -> bytes:
    decoded = []
    for at in range(0, len(text), _CHUNK):
        decoded.append(binascii.a2b_base64(text[at : at + _CHUNK]))
        # Hands the interpreter over now. A thread that waits for it otherwise asks only after five milliseconds, and an
        # event loop waits so again at each of its reads.
        time.sleep(0)
    return b"".join(decoded)


def _length(text: str | memoryview) -> int:
    end = bytes(text[-2:]) if isinstance(text, memoryview) else text[-2:].encode()
    return len(text) // 4 * 3 - end.count(b"=")


def _forgiving(text: str | memoryview) -> bytes:
    if isinstance(text, memoryview):
        text = str(text, "utf-8", "replace")
    prefix = _DATA_URI.match(text)
    plain = "".join(text[prefix.end() if prefix else 0 :].split()).translate(_URL_SAFE).rstrip("=")
    try:
        return binascii.a2b_base64(plain + "=" * (-len(plain) % 4), strict_mode=True)
    except (binascii.Error, ValueError):
        raise ResponseValidationError(
            "The image in the answer is not valid base64, so it cannot be opened. The service may have cut it short."
        ) from None
