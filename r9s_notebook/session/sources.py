"""What an edit starts from, made of whatever a person has at hand."""

from __future__ import annotations

from typing import Any

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import Mask, as_file
from r9s_notebook.session.request import Source, check_mask_size


def source_from(image: Any, *, run_id: str | None = None, sha256: str | None = None) -> Source:
    """The source for an edit, from a path, bytes, a PIL image or an array.

    An image that a service takes as it is is passed on untouched; anything else is written anew as PNG.

    Raises:
        ImageError: It is no image that can be used, or its file cannot be read.
    """
    data, info = as_file(image)
    return Source(data, info.media_type, *info.size, run_id, sha256)


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
