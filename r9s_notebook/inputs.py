"""A picture's file, from whatever it is given as: the client and the codec read the same forms, and need no Pillow."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path
from typing import Any

from r9s_notebook.errors import ImageError
from r9s_notebook.translation import Message


def file_of(given: Any, name: str = "image") -> bytes | None:
    """The bytes of what is a file in any form; None where it is pixels: a PIL image, an array.

    Args:
        given: Bytes, a path, a ``data:`` URI, a file opened in binary mode, anything with ``to_png()``, or pixels.
        name: What it is, in a sentence.

    Raises:
        ImageError: It is none of these, is empty, or cannot be read.
    """
    if isinstance(given, (bytes, bytearray, memoryview)):
        data = bytes(given)
    elif isinstance(given, (str, os.PathLike)):
        data = _read(given, name)
    elif callable(getattr(given, "to_png", None)):
        data = bytes(given.to_png())
    elif hasattr(type(given), "__array_interface__") or hasattr(type(given), "__array__"):
        return None  # asked of its type: of itself, a PIL image would compute it out of all its pixels
    elif callable(getattr(given, "read", None)):
        data = _read_open(given, name)
    else:
        raise ImageError(
            f"An image is a path, bytes, a data URI, a file opened in binary mode, a PIL image or a NumPy array; the "
            f"{name} is {_a(given)}."
        )
    if not data:
        raise ImageError(
            Message("The {name} is empty: no bytes came. Fetch it or choose it again.", name=Message(name))
        )
    return data


def _read(source: str | os.PathLike[str], name: str) -> bytes:
    if isinstance(source, str) and source[:5].lower() == "data:":
        return _read_data_uri(source, name)
    try:
        return Path(source).expanduser().read_bytes()
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name, a home that is nobody's
        reason = str(getattr(error, "strerror", None) or error).lower()
        raise ImageError(
            Message(
                "The {name} {path} cannot be read ({why}). Check its path; it is looked for in {folder}.",
                name=Message(name),
                path=_short(source),
                why=f"{reason:.100}",
                folder=_short(Path.cwd()),
            )
        ) from None


def _read_data_uri(uri: str, name: str) -> bytes:
    head, comma, body = uri.partition(",")
    if not comma or not head.endswith(";base64"):
        raise ImageError(f"A data: URI for an {name} has the form data:image/png;base64,...")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise ImageError("The data: URI does not hold valid base64. Copy it again, whole.") from None


def _read_open(file: Any, name: str) -> bytes:
    try:
        data: object = file.read()
    except (OSError, ValueError) as error:  # ValueError: a closed file
        raise ImageError(f"The {name} cannot be read: {error}.") from None
    if not isinstance(data, bytes):
        raise ImageError(f"The {name} was opened as text. Open its file in binary mode: open(path, 'rb').")
    return data


def _short(path: str | os.PathLike[str]) -> str:
    text = os.fspath(path)
    return text if len(text) <= 120 else text[:100] + "..."


def _a(value: object) -> str:
    name = type(value).__name__
    return f"an {name}" if name[:1].lower() in "aeiou" else f"a {name}"
