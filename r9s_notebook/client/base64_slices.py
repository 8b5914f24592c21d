"""JSON with megabytes of base64 in it, read without reading the base64.

A JSON parser looks at every character of a string for escapes and quotes. An image's base64 has none, so the two ends
of each one are found with ``bytes.find``, the image is cut out, and only the little that is left is parsed.
"""

from __future__ import annotations

import json
from typing import Any, Final

_KEY: Final = b'"b64_json"'
_WORTH_CUTTING: Final = 4096
_MARK: Final = "image cut out: "
"""Begins what stands in for a cut string. It has spaces and a colon, which no base64 has."""


def loads(body: bytes | bytearray) -> Any:
    """The value of a JSON text, as ``json.loads`` gives it, but that a long ``b64_json`` is a view of the body.

    Raises:
        ValueError: It is no JSON.
    """
    skeleton, images = (b"", {}) if len(body) < _WORTH_CUTTING else _cut(body)
    if not images:
        return json.loads(body)

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
    at = body.find(_KEY)
    while at >= 0:
        after = at + len(_KEY)
        span = _long_string(body, at, after)
        if span is not None:
            start, end = span
            mark = f"{_MARK}{len(images)}"
            images[mark] = view[start:end]
            kept += (view[done:start], mark.encode())
            done = after = end
        at = body.find(_KEY, after)
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
