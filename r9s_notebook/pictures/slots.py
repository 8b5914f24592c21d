"""Where pictures are on their way, or did not come: what stands in their places, and asking for one of them again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from r9s_notebook.archive.runs import Run
from r9s_notebook.errors import InputError
from r9s_notebook.pictures.asking import Album, Asked, Json, Question
from r9s_notebook.pictures.desk import Desk
from r9s_notebook.pictures.image_grid import Tile
from r9s_notebook.pictures.lookup import model_of
from r9s_notebook.pictures.tiles import tiles_of
from r9s_notebook.session.again import request_again
from r9s_notebook.session.clients import accepts
from r9s_notebook.session.messages import sentence
from r9s_notebook.session.perform import Preview
from r9s_notebook.session.request import Request
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import Job
from r9s_notebook.translation import Message, translated
from r9s_notebook.translation import gettext as _

_SIDE = 512  # pixels of a slot whose size the service chooses
_UNFETCHED = Message("Its link could not be followed yet: fetch it again.")


class Slots(Desk):
    """The desk of a stage: of a run's pictures, also those that did not come beside others.

    Args:
        session: Whose runs are shown.
        changed: Called when one that was asked for again has come, or has not.
    """

    def __init__(self, session: Session, changed: Callable[[], object]) -> None:
        super().__init__(session)
        self._changed = changed
        self._jobs: dict[str, Job[Run]] = {}  # those that were asked for again, by the slots' ids

    def questions(self) -> Mapping[str, Question]:
        """What the page may ask."""
        return {**super().questions(), "retry": self._retry}

    def tiles(self, run: Run) -> Iterator[Tile]:
        """A run's pictures, then a slot for each that did not come beside them: why, or what came of asking again."""
        yield from tiles_of(run)
        if not run.images:
            return
        size = run.params.get("size")
        for number, why in enumerate((run.answer or {}).get("missing", ())):
            yield self._slot(f"{run.id}/missing-{number}", size, why)
        for number in range(len(run.links)):
            yield _failed(f"{run.id}/link-{number}", size, translated(_UNFETCHED))

    def _slot(self, name: str, size: str | None, why: str) -> Tile:
        job = self._jobs.get(name)
        entry = next((entry for entry in self._session.queue if entry.job is job), None) if job else None
        if job is None or (job.done() and job.cancelled()):
            return _failed(name, size, why, retry=True)
        if entry is not None or not job.done():
            return _waiting(name, size, entry.began if entry else 0.0)
        if error := job.exception():
            return _failed(name, size, sentence(error), retry=True)
        record = self._session.store.get(job.result().id)
        tiles = tiles_of(Run.of(record, self._session.store)) if record else []
        return tiles[0] if tiles else _failed(name, size, why, retry=True)

    def _retry(self, asked: Asked, _album: Album) -> Json:
        """``id`` of a slot: asks for one picture more; with another seed, or it would be one of those that came."""
        name = str(asked.get("id"))
        run = self._lookup.run(name.rpartition("/")[0])
        if not any(tile.retry and tile.id == name for tile in self.tiles(run)):
            raise InputError(Message("This picture cannot be asked for again: it has come, or is on its way."))
        request = request_again(
            run, accepts(self._session.client, model_of(run), self._session.store.home), {"n": 1, "seed": None}
        )
        self._jobs[name] = job = self._session.send(request)
        self._session.look(run)  # it comes into its slot, beside those that are there
        job.add_done_callback(lambda _job: self._changed())
        return {}


def slots(request: Request, began: float, came: Mapping[int, Preview]) -> list[Tile]:
    """A slot for each picture of the run under way: its newest preview, or a place as large as it will be.

    Args:
        request: What was sent.
        began: When, in seconds since the epoch; 0 as long as it waits.
        came: Previews by the numbers of their pictures.
    """
    return [
        _preview(f"slot-{number}", came[number], began)
        if number in came
        else _waiting(f"slot-{number}", request.size, began)
        for number in range(max([request.n, *(number + 1 for number in came)]))
    ]


def _preview(name: str, came: Preview, began: float) -> Tile:
    image, word, at = came.image, "done" if came.is_final else "preview", came.index + 1
    return Tile(
        _("Done: image {number}", number=at) if came.is_final else _("Preview: image {number}", number=at),
        image.thumbnail,
        image.thumbnail_type,
        image.width,
        image.height,
        badge=_("done") if came.is_final else _("preview"),
        state=word,
        since=0.0 if came.is_final else began,
        id=name,
    )


def _waiting(name: str, size: str | None, began: float) -> Tile:
    if began:
        return Tile(
            _("An image that is on its way"),
            **_sized(size),
            mark=_("on its way"),
            state="running",
            since=began,
            id=name,
        )
    waits = _("waits for its turn")
    return Tile(_("An image that waits for its turn"), **_sized(size), mark=waits, state="queued", id=name)


def _failed(name: str, size: str | None, why: str, *, retry: bool = False) -> Tile:
    alt = _("An image that did not come: {why}", why=why)
    return Tile(alt, **_sized(size), title=why, mark=why, state="failed", id=name, retry=retry)


def _sized(asked: str | None) -> dict[str, Any]:
    width, _, height = (asked or "").replace(":", "x").partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        width = height = str(_SIDE)
    return {"width": int(width), "height": int(height)}
