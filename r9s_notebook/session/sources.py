"""What an edit starts from, made of whatever a person has at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from r9s_notebook.errors import ImageError, MaskError
from r9s_notebook.imaging import Mask, as_image, fit_for_edit
from r9s_notebook.session.request import Source, check_mask_size

_UPLOADED = ("image/png", "image/jpeg", "image/webp")


def source_from(image: Any, *, run_id: str | None = None, sha256: str | None = None) -> Source:
    """The source for an edit, from a path, bytes, a PIL image or an array.

    An image that a service takes as it is is passed on untouched; anything else is written anew as PNG.

    Raises:
        ImageError: It is no image that can be used, or its file cannot be read.
    """
    data = _read(Path(image)) if isinstance(image, str | Path) else image
    fitted = fit_for_edit(bytes(data) if isinstance(data, bytes | bytearray) else as_image(data), types=_UPLOADED)
    return Source(fitted.data, fitted.media_type, *fitted.size, run_id, sha256)


def mask_for(mask: Any, source: Source | None) -> Mask | None:
    """A mask that may be laid over the source.

    Raises:
        MaskError: It is no mask, there is nothing to lay it over, or the sizes differ.
    """
    if mask is None:
        return None
    if not isinstance(mask, Mask):
        raise MaskError(
            f"A mask is a Mask, not {mask!r:.60}. Read one from a picture with Mask.from_image(...), or begin with "
            "Mask.blank(width, height)."
        )
    if source is None:
        raise MaskError("A mask needs an image: choose the image to edit first, then set its mask.")
    check_mask_size(mask, source)
    return mask


def _read(path: Path) -> bytes:
    try:
        return path.expanduser().read_bytes()
    except OSError as error:
        raise ImageError(
            f"The image {path} cannot be read ({(error.strerror or str(error)).lower()}). Check its path; it is looked "
            f"for in {Path.cwd()}."
        ) from None
