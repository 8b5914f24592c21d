"""Anything that is an image, as the file that is uploaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from r9s_notebook.client.decoding import decode
from r9s_notebook.client.models import ImageFile, ImageObject
from r9s_notebook.errors import ImageError, InputError
from r9s_notebook.formats import SUFFIXES, UNKNOWN_TYPE, header

_EXPECTED = (
    "Give a path, bytes, an open binary file, a PIL image, a NumPy array, or {'file_name': ..., 'content': ...}."
)


def image_file(source: Any, name: str) -> ImageFile:
    """Anything that is an image, as a named file whose content is bytes.

    Args:
        source: A dict or ``ImageFile`` with ``file_name`` and ``content``, a path, bytes, an open binary file, an
            ``ImageObject`` of an earlier answer, a PIL image, a NumPy array, or anything with ``to_png()``.
        name: What it is in a sentence, and in the name of a file that has none: ``"image"`` or ``"mask"``.

    Raises:
        InputError: It is none of these, or its file cannot be read.
    """
    file_name, content, media_type = _named(source)
    data = _bytes(content, name)
    if not data:
        raise ImageError(f"The {name} is empty: it has no bytes.")
    found = header(data)
    if found is not None:
        media_type = found.media_type  # what it is, whatever it is called
    if file_name is None:
        file_name = f"{name}.{SUFFIXES.get(media_type or '', 'png')}"
    return ImageFile(file_name, data, media_type or UNKNOWN_TYPE)


def _named(source: Any) -> tuple[str | None, Any, str | None]:
    if isinstance(source, ImageFile):
        return source.file_name, source.content, source.content_type
    if isinstance(source, Mapping):
        if "content" not in source:
            raise InputError("An image as a dict needs its 'content', and a 'file_name'.")
        return source.get("file_name"), source["content"], source.get("content_type")
    if isinstance(source, (str, Path)):
        return Path(source).name, Path(source), None
    opened_as = getattr(source, "name", None) if hasattr(source, "read") else None
    return (Path(opened_as).name if isinstance(opened_as, str) else None), source, None


def _bytes(content: Any, name: str) -> bytes:
    if isinstance(content, (bytes, bytearray, memoryview)):
        return bytes(content)
    if isinstance(content, Path):
        return _read_file(content, name)
    if isinstance(content, ImageObject):
        return _of_answer(content, name)
    if callable(getattr(content, "to_png", None)):
        return bytes(content.to_png())
    if callable(getattr(content, "read", None)):
        return _read_open(content, name)
    return _png(content, name)


def _of_answer(image: ImageObject, name: str) -> bytes:
    if image.base64 is None:
        raise InputError(f"The {name} is a link. Fetch it first: client.images.read(image) gives its bytes.")
    return decode(image.base64)


def _read_file(path: Path, name: str) -> bytes:
    try:
        return (path.expanduser() if path.parts[:1] == ("~",) else path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"The {name} {str(path)[:200]!r} cannot be read: {reason}.") from None


def _read_open(file: Any, name: str) -> bytes:
    try:
        data = file.read()
    except (OSError, ValueError) as error:  # ValueError: a closed file
        raise InputError(f"The {name} cannot be read: {error}.") from None
    if not isinstance(data, bytes):
        raise InputError(f"The {name} was opened as text. Open it in binary mode: open(..., 'rb').")
    return data


def _png(picture: Any, name: str) -> bytes:
    """A PIL image or an array, losslessly."""
    # A PIL image computes its array interface out of all its pixels: it is known by what it can do.
    if not callable(getattr(picture, "save", None)) and not hasattr(picture, "__array_interface__"):
        raise InputError(f"The {name} is a {type(picture).__name__}, which is no image. {_EXPECTED}")
    from r9s_notebook.imaging.codec import plain, to_png

    return to_png(plain(picture, name), compress_level=6)
