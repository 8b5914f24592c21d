"""What an edit starts from, made of whatever a person has at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from r9s_notebook.imaging import as_image, fit_for_edit
from r9s_notebook.session.request import Source

_UPLOADED = ("image/png", "image/jpeg", "image/webp")


def source_from(image: Any, *, run_id: str | None = None, sha256: str | None = None) -> Source:
    """The source for an edit, from a path, bytes, a PIL image or an array.

    An image that a service takes as it is is passed on untouched; anything else is written anew as PNG.

    Raises:
        ImageError: It is no image that can be used.
    """
    data = Path(image).read_bytes() if isinstance(image, str | Path) else image
    fitted = fit_for_edit(bytes(data) if isinstance(data, bytes | bytearray) else as_image(data), types=_UPLOADED)
    return Source(fitted.data, fitted.media_type, *fitted.size, run_id, sha256)
