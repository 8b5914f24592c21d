"""A picture that carries its run inside: written without touching a pixel, and read back, other tools' too.

PNG holds it as text under the keyword ``r9s_notebook``, JPEG and WebP as the XMP property ``r9s:run``; both times it is
the run as JSON in ASCII, so nothing a prompt may hold (control characters, half an emoji) can damage the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from r9s_notebook.errors import ImageError
from r9s_notebook.formats import format_of
from r9s_notebook.imaging import foreign_metadata, png, xmp
from r9s_notebook.imaging.codec import inspect, opened
from r9s_notebook.imaging.hidden_text import hidden_text

KEYWORD = "r9s_notebook"
_MOST_TEXT = 16 * 1024 * 1024
_EXIF_IFD, _USER_COMMENT = 0x8769, 0x9286
_COMMON = ("prompt", "negative_prompt", "model", "seed", "steps", "size")


def embed(data: bytes, run: Mapping[str, Any]) -> bytes:
    """The same picture, byte for byte where its pixels are, with ``run`` inside; an earlier one is replaced.

    Args:
        data: A PNG, JPEG or WebP.
        run: Anything that JSON can say. It is public: whoever gets the picture can read it.

    Raises:
        ImageError: Not such a picture, or ``run`` is not JSON's.
    """
    info = inspect(data)
    try:
        text = json.dumps(dict(run), separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise ImageError(f"Only what JSON can say fits into a picture ({error}).") from None
    match info.format:
        case "png":
            return _png_with_run(data, text)
        case "jpeg":
            return xmp.jpeg_with_run(data, text)
        case "webp":
            with opened(data) as image:
                return xmp.webp_with_run(data, text, image.size, info.has_alpha)
    raise ImageError(f"A {info.format.upper()} cannot carry its run inside. Save it as PNG, JPEG or WebP first.")


def without_run(data: bytes) -> Iterator[bytes]:
    """What a picture may have been before ``embed``: whoever knows its sha256 knows which one it was."""
    found = format_of(data)
    match found.name if found else None:
        case "png":
            yield png.joined(part for part in png.chunks(data) if not _is_ours(part))
        case "jpeg":
            yield from xmp.jpeg_without_run(data)
        case "webp":
            yield from xmp.webp_without_run(data)


def read_metadata(data: bytes) -> dict[str, Any]:
    """What a picture says about how it was made; empty if it says nothing.

    Returns:
        ``source`` (``r9s_notebook``, ``automatic1111``, ``invokeai``, and where sd-parsers is installed ``comfyui``,
        ``fooocus`` or ``novelai``), ``raw`` (the text as it stands) and what is known of ``prompt``,
        ``negative_prompt``, ``model``, ``seed``, ``steps``, ``size`` (``"512x768"``), ``sampler`` and ``guidance``; for
        a picture of ours also ``run``, the mapping that ``embed`` was given.

    Raises:
        ImageError: Not a picture. Damaged metadata is no error: what can be read is returned.
    """
    kind = inspect(data).format
    texts = png.texts(data, _MOST_TEXT) if kind == "png" else {}
    own = texts.get(KEYWORD)
    if kind == "jpeg":
        own = xmp.run_of(xmp.jpeg_packet(data))
    elif kind == "webp":
        own = xmp.run_of(xmp.webp_packet(data))
    found = _own(own) if own else None
    if found:
        return found
    if comment := _exif_comment(data):
        texts.setdefault("parameters", comment)
    return foreign_metadata.read(texts) or foreign_metadata.read(_hidden(data, kind))


def _hidden(data: bytes, kind: str) -> dict[str, str]:
    """The texts that are hidden in the alpha of a PNG or a WebP, by their keywords."""
    if kind not in ("png", "webp"):
        return {}
    with opened(data) as image:
        text = hidden_text(image, _MOST_TEXT)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {"parameters": text}
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _png_with_run(data: bytes, text: str) -> bytes:
    parts = [chunk for chunk in png.chunks(data) if not _is_ours(chunk)]
    return png.joined([parts[0], png.international_text(KEYWORD, text), *parts[1:]])


def _is_ours(chunk: png.Chunk) -> bool:
    return chunk.kind == b"iTXt" and chunk.data.startswith(KEYWORD.encode() + b"\0")


def _own(text: str) -> dict[str, Any] | None:
    try:
        run = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(run, dict):
        return None
    given = run.get("params")
    params = given if isinstance(given, dict) else {}
    known = {name: run.get(name, params.get(name)) for name in _COMMON}
    return {
        "source": KEYWORD,
        **{name: value for name, value in known.items() if value is not None},
        "run": run,
        "raw": text,
    }


def _exif_comment(data: bytes) -> str:
    """EXIF's user comment, where web UIs put their parameters in JPEG and WebP."""
    try:
        with opened(data) as image:
            return _decoded(image.getexif().get_ifd(_EXIF_IFD).get(_USER_COMMENT))
    except ImageError:
        return ""


def _decoded(comment: Any) -> str:
    if isinstance(comment, str):
        return comment
    if not isinstance(comment, bytes):
        return ""
    code, text = comment[:8], comment[8:]
    if code == b"UNICODE\0":
        # The standard leaves the byte order to the file's; most write big-endian. Latin letters tell.
        little = text[1:2] == b"\0" and text[:1] != b"\0"
        return text.decode("utf-16-le" if little else "utf-16-be", "replace")
    return (text if code[:5] in (b"ASCII", b"\0\0\0\0\0") else comment).decode("utf-8", "replace")
