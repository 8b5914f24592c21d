"""What an edit began from: a small picture of its source, and its mask to lay over it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import lru_cache

from PIL import Image

from r9s_notebook.errors import R9SNotebookError
from r9s_notebook.history import Run, Store
from r9s_notebook.imaging import Mask, thumbnail, to_png
from r9s_notebook.pictures.asking import Album, Json

_SIDE = 160  # CSS pixels at most 80, for sharp screens


def beginning(run: Run, parents: Mapping[str, Run], store: Store, album: Album) -> Json | None:
    """The source and the mask of an edit as JSON; None for what was generated, or where nothing is left of it.

    Args:
        run: The edit.
        parents: Runs at hand by their ids; the source is most often one of their images.
        store: Where the source's file lies otherwise.
        album: Takes the pictures.
    """
    source = _source(run, parents, store, album)
    if source is None:
        return None
    mask = None
    if run.mask:
        with contextlib.suppress(
            R9SNotebookError, ValueError
        ):  # a mask of another version is no reason to show nothing
            mask = album.add(_overlay(run.mask), "image/png")
    return {"source": source, "mask": mask}


def _source(run: Run, parents: Mapping[str, Run], store: Store, album: Album) -> Json | None:
    parent = parents.get(run.parent or "")
    for image in parent.images if parent else ():
        if image.sha256 == run.parent_image:
            return album.thumbnail(image)
    if run.source is None:
        return None
    with contextlib.suppress(R9SNotebookError):  # deleted by hand
        return album.add(_small(store, run.source), "image/webp")
    return None


@lru_cache(maxsize=256)
def _small(store: Store, sha256: str) -> bytes:
    return thumbnail(store.image_bytes(sha256), max_side=_SIDE).data


@lru_cache(maxsize=256)
def _overlay(mask: str) -> bytes:
    """The mask as a small PNG, as opaque as the mask is strong; the page gives it its colour."""
    strength = Mask.from_json(mask).to_image()
    strength.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    return to_png(Image.merge("LA", (Image.new("L", strength.size, 255), strength)))
