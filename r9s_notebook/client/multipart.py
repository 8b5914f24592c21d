"""A form with files, as bytes: it can be sent again, and it is the same for sync and async."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from r9s_notebook.formats import UNKNOWN_TYPE

_UNSAFE = re.compile(r'[\x00-\x1f"\\/\x7f]+')


@dataclass(frozen=True)
class Part:
    """One field of the form.

    Attributes:
        name: Of the field.
        content: Its value's bytes.
        file_name: Where it is a file.
        media_type: Of a file.
    """

    name: str
    content: bytes = field(repr=False)
    file_name: str | None = None
    media_type: str = UNKNOWN_TYPE


def encode(parts: Iterable[Part]) -> tuple[bytes, str]:
    """The form's body and its content type."""
    boundary = secrets.token_hex(16)
    lines: list[bytes] = []
    for part in parts:
        disposition = f'form-data; name="{_safe(part.name)}"'
        head = f"--{boundary}\r\nContent-Disposition: {disposition}"
        if part.file_name is not None:
            head += f'; filename="{_safe(part.file_name)}"\r\nContent-Type: {part.media_type}'
        lines += (head.encode(), b"\r\n\r\n", part.content, b"\r\n")
    lines.append(f"--{boundary}--\r\n".encode())
    return b"".join(lines), f"multipart/form-data; boundary={boundary}"


def _safe(name: str) -> str:
    """A name that cannot end its quotes or its line; a path keeps its last part."""
    return _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2])
