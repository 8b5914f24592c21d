"""A run's pictures as tiles: where they are the stage's, and where they were found among others."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import lru_cache

from r9s_notebook.archive.browsing import Search
from r9s_notebook.archive.runs import Picture, Run
from r9s_notebook.errors import InputError, R9SNotebookError
from r9s_notebook.history import Store
from r9s_notebook.page.html import shortened
from r9s_notebook.pictures.asking import Json
from r9s_notebook.pictures.facts import size_of
from r9s_notebook.pictures.image_grid import Tile, item_of
from r9s_notebook.pictures.source import small
from r9s_notebook.translation import Message
from r9s_notebook.translation import gettext as _

SOURCE = "source"
_NONE = "-"


def id_of(picture: Picture) -> str:
    """What the page knows a picture under."""
    return f"{picture.run_id}/{picture.position}"


def place_of(name: object) -> tuple[str, int | None]:
    """The run that the page names, and the picture's position in it; None where it has no pictures.

    Raises:
        InputError: Nothing is called so.
    """
    run_id, _, position = str(name).rpartition("/")
    if not run_id or not (position == _NONE or position.isdecimal()):
        raise InputError(Message("There is no such picture."))
    return run_id, None if position == _NONE else int(position)


def tiles_of(run: Run) -> list[Tile]:
    """A run's pictures as tiles; those of an edit are compared with its source."""
    return [
        Tile(
            alt=_("{prompt} ({at} of {count})", prompt=run.prompt[:120], at=number, count=len(run.images)),
            thumbnail=image.thumbnail,
            media_type=image.thumbnail_type,
            width=image.width,
            height=image.height,
            title=f"{image.width} x {image.height} · {shortened(image.revised_prompt or run.prompt, 300)}",
            id=id_of(image),
            seed=image.seed,
            rating=image.rating,
            favourite=image.favourite,
            noted=bool(image.note.strip()),
            against=f"{SOURCE}/{run.id}" if run.source else "",
        )
        for number, image in enumerate(run.images, start=1)
    ]


def items_found(run: Run, search: Search) -> Iterator[Json]:
    """What the page is told of a run that was found: each picture that was looked for, or its end without any."""
    about = {
        "words": shortened(run.prompt),
        "created": run.created.timestamp() * 1000,
        "kind": run.kind,
        "status": run.status,
        "model": run.served_model or run.requested_model or "",
        "size": size_of(run),
    }
    if not run.images:
        noted, why = bool(run.note.strip()), run.error or ""
        bare = Tile("", id=f"{run.id}/{_NONE}", state=run.status, title=why, mark=shortened(why, 90), noted=noted)
        yield {**item_of(bare), **about}
    for image, tile in zip(run.images, tiles_of(run), strict=True):
        if search.wants(image, run):
            yield {**item_of(tile), **about}


def source_tile(run: Run) -> Tile | None:
    """What a run edited, as a tile; None where that is gone, or nothing was edited."""
    if run.source is None:
        return None
    with contextlib.suppress(R9SNotebookError):
        data, media_type, width, height = _small_source(run.store, run.source)
        return Tile(_("The source of this edit"), data, media_type, width, height, id=f"{SOURCE}/{run.id}")
    return None


@lru_cache(maxsize=64)
def _small_source(store: Store, sha256: str) -> tuple[bytes, str, int, int]:
    """As ``small``; a run is shown again and again while another one is under way."""
    return small(store.image_bytes(sha256))
