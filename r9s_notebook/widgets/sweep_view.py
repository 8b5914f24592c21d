"""A sweep in a cell: what it will send and cost, its buttons, how far it is, and its grid."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

import traitlets as t

from r9s_notebook.archive.browsing import Search
from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.rendering import sweep_html
from r9s_notebook.archive.runs import Run
from r9s_notebook.archive.visits import this_visit
from r9s_notebook.page.html import shortened
from r9s_notebook.page.static_output import StaticOutput
from r9s_notebook.pictures.asking import Album, Asked, AskedWidget, Json, Question
from r9s_notebook.pictures.bundle import PICTURES
from r9s_notebook.pictures.desk import Desk
from r9s_notebook.pictures.image_grid import Tile, item_of
from r9s_notebook.pictures.source import questions_of
from r9s_notebook.pictures.tiles import items_found
from r9s_notebook.session.messages import sentence
from r9s_notebook.session.session import Session
from r9s_notebook.session.sweep_slots import Slot
from r9s_notebook.session.sweeping import Sweep
from r9s_notebook.translation import Message, translated
from r9s_notebook.widgets.lifetime import remember, retire_former

_MARKS = {
    "waiting": Message("waits"),
    "running": Message("under way"),
    "done": Message("deleted"),
    "failed": Message("failed"),
    "cancelled": Message("cancelled"),
}
_TICK = 0.25  # seconds between two messages to the page, at least
_RATE_OVER = 60.0  # seconds over which the rate is measured
_PAGE = 500  # slots in one answer
_STATIC = 400  # pictures in the output that needs no kernel


def show(sweep: Sweep) -> None:
    """Shows it in the cell that runs now, as a widget, and beside it as an output that needs no kernel."""
    from IPython.display import publish_display_data

    cell = Cell.here()
    retire_former(cell)
    view = SweepView(sweep)
    remember(cell, view)
    data, metadata = view._repr_mimebundle_() or ({}, {})
    publish_display_data({**data, "text/plain": repr(sweep)}, metadata)
    view.publish()


class SweepView(AskedWidget):
    """A sweep's page. What changes is told it a few times a second, whatever the sweep's pace.

    Args:
        sweep: What it shows.
        lab: The session of the lab that it is in, whose form can take over what a picture was made with; None where it
            stands alone.

    Attributes:
        sweep: What it shows.
        axes: What varies: the name and the values of each, as they are shown.
        images: How many of each call; of calls that differ, the most.
        calls: How many there are.
        progress: How far it is; see ``_progress``.
        voted: What a blind vote is about: the name of something that varies.
        abilities: See ``Source``.
        arrangement: What its page is: other galleries are a grid or a strip.
        has_visitors: Whether it stands alone on an app's page: then that says whose it is.
    """

    _bundle = PICTURES

    axes = t.List(t.Dict()).tag(sync=True)
    images = t.Int(1).tag(sync=True)
    calls = t.Int().tag(sync=True)
    progress = t.Dict().tag(sync=True)
    voted = t.Unicode().tag(sync=True)
    abilities = t.List(t.Unicode()).tag(sync=True)
    arrangement = t.Unicode("sweep").tag(sync=True)
    has_visitors = t.Bool(False).tag(sync=True)

    def __init__(self, sweep: Sweep, lab: Session | None = None, **kwargs: Any) -> None:
        self.sweep = sweep
        desk = _Desk(sweep) if lab is None else Desk(lab)
        super().__init__(
            axes=[{"name": name, "values": [_label(value) for value in axis]} for name, axis in sweep.axes.items()],
            images=max(slot.request.n for slot in sweep),
            calls=len(sweep),
            voted=sweep.voted,
            abilities=[ability for ability in desk.abilities if ability != "retry"],  # which is of the whole sweep
            **kwargs,
        )
        self._static = StaticOutput()
        self._changed: set[int] = set()
        self._telling = threading.Lock()  # what was read first is told first
        self._is_waiting = False
        self._is_going = False
        self._ended: deque[float] = deque()
        self.answers(
            {
                **questions_of(desk),
                "thumbs": desk.thumbs,
                "slots": self._slots,
                "do": self._do,
                "tally": self._tally,
                "visitor": self._know,
            },
            lambda work: sweep.worker.submit(lambda: asyncio.to_thread(work)),
        )
        sweep.hold()
        sweep.on_begun(self._on_change)
        sweep.on_slot(self._on_end)
        if (visit := this_visit()) is not None:
            self.has_visitors = lab is None
            visit.on_known(self._on_known)
        self.progress = self._progress()

    # -- what is told ---------------------------------------------------------------------------------------------

    def _progress(self) -> Json:
        """Counts by state, what can be done, seconds left and images a minute where they are known, and the cost."""
        sweep = self.sweep
        counts = sweep.counts
        rate = self._rate()
        left = counts.get("waiting", 0) + counts.get("running", 0)
        return {
            **{state: counts.get(state, 0) for state in ("done", "running", "waiting", "failed", "cancelled")},
            "going": sweep.running,
            "paused": sweep.running and sweep.paused,
            "why": translated(sweep.waits_for or sweep.stopped),
            "rate": rate,
            "left": left / rate if rate and sweep.running else None,
            "estimate": sweep.estimate,
            "spent": sweep.spent if counts.get("done") else 0.0,
            "most": sweep.max_cost,
        }

    def _rate(self) -> float | None:
        """Calls that ended in a second, lately; None where too few did."""
        now = time.monotonic()
        while self._ended and now - self._ended[0] > _RATE_OVER:
            self._ended.popleft()
        if len(self._ended) < 2:
            return None
        return len(self._ended) / max(now - self._ended[0], 0.001)

    def _slots(self, asked: Asked, _album: Album) -> Json:
        """``from``: the tiles of the next slots, several for each where a call makes several images."""
        start = asked.get("from")
        first = start if isinstance(start, int) and start > 0 else 0
        slots = self.sweep.slots[first : first + _PAGE]
        runs = self.sweep.runs_of(slots)
        return {"slots": [self._tiles(slot, run) for slot, run in zip(slots, runs, strict=True)]}

    def _tiles(self, slot: Slot, run: Run | None) -> Json:
        about: Json = {
            "words": ", ".join(_label(value) for value in slot.variables.values()) or shortened(slot.request.prompt),
            "has": {name: _label(value) for name, value in slot.variables.items()},
        }
        items = list(items_found(run, Search())) if run is not None else []
        blank = Tile(
            alt=about["words"],
            id=f"slot-{slot.number}",
            state={"waiting": "queued", "done": "failed"}.get(slot.state, slot.state),
            mark=_mark(slot),
            title=shortened(slot.request.prompt, 300),
        )
        since = time.time() - (time.monotonic() - slot.began) if slot.state == "running" else 0.0
        missing = max(1, slot.request.n) - len(items)
        blanks = [{**item_of(blank), "id": f"{blank.id}-{number}", "since": since} for number in range(missing)]
        return {"number": slot.number, "items": [{**item, **about} for item in [*items, *blanks]]}

    def _tally(self, _asked: Asked, _album: Album) -> Json:
        """How many stars and pictures each value of what is voted on has."""
        tally = self.sweep.tally().items()
        rows = [{"value": _label(value), "stars": stars, "pictures": all_} for value, (stars, all_) in tally]
        return {"name": self.voted, "rows": sorted(rows, key=lambda row: -row["stars"])}

    # -- what is done ---------------------------------------------------------------------------------------------

    def _do(self, asked: Asked, _album: Album) -> Json:
        """``what``: ``"start"``, ``"pause"``, ``"resume"``, ``"cancel"`` or ``"retry"``."""
        sweep = self.sweep
        actions = {
            "start": sweep.start,
            "pause": sweep.pause,
            "resume": sweep.resume,
            "cancel": sweep.cancel,
            "retry": self._retry,
        }
        actions.get(str(asked.get("what")), lambda: None)()
        self._tell_soon()
        return {}

    def _know(self, asked: Asked, _album: Album) -> Json:
        """``secret``: whose page it is."""
        if (visit := this_visit()) is not None:
            visit.known_by(str(asked.get("secret")))
        return {}

    def _on_known(self) -> None:
        """Some of it may have been done in an earlier visit."""
        self._changed.update(slot.number for slot in self.sweep if slot.run_id)
        self._tell_soon()

    def _retry(self) -> Any:
        self._changed.update(slot.number for slot in self.sweep.failed)
        return self.sweep.retry()

    def _on_change(self, slot: Slot) -> None:
        self._changed.add(slot.number)
        self._tell_soon()

    def _on_end(self, slot: Slot) -> None:
        self._ended.append(time.monotonic())
        self._on_change(slot)

    def _tell_soon(self) -> None:
        if self._is_waiting:
            return
        self._is_waiting = True
        self.sweep.worker.submit(self._tell_later)

    async def _tell_later(self) -> None:
        await asyncio.sleep(_TICK)
        self._is_waiting = False
        await asyncio.to_thread(self._tell)

    def _tell(self) -> None:
        with self._telling:
            numbers = sorted(self._changed)[:_PAGE]
            self._changed.difference_update(numbers)
            slots = [self.sweep.slots[number] for number in numbers]
            runs = self.sweep.runs_of(slots)
            self.send({"type": "slots", "slots": [self._tiles(*both) for both in zip(slots, runs, strict=True)]})
            self.progress = self._progress()
            goes_on = bool(self._changed) or self.sweep.running  # seconds go by, also where nothing ends
            has_ended, self._is_going = self._is_going and not goes_on, goes_on
        if goes_on:
            self._tell_soon()
        elif has_ended:
            self._static.put(bundle_of(self.sweep))

    def close(self) -> None:
        """Closes it, and lets go of the history."""
        self.sweep.hold(False)
        self.layout.close()
        super().close()

    def publish(self) -> None:
        """Shows what a reader without a kernel sees, in the cell that runs now."""
        self._static.show(bundle_of(self.sweep))


def bundle_of(sweep: Sweep) -> dict[str, Any]:
    """The output that needs no kernel, as a MIME bundle."""
    page = sweep_html(_rows(sweep), list(sweep.axes), most=_STATIC)
    return {"text/html": page, "text/plain": repr(sweep)}


class _Desk(Desk):
    """The pictures of a sweep without a lab: what needs a form to put something into is left out."""

    abilities = ("open", "mark", "delete", "family", "words")

    def __init__(self, sweep: Sweep) -> None:
        super().__init__(_Lent(sweep))  # type: ignore[arg-type]

    def questions(self) -> Mapping[str, Question]:
        """What the page may ask."""
        without = ("edit", "use", "vary", "again", "choices")
        return {name: question for name, question in super().questions().items() if name not in without}


class _Lent:
    """What a desk needs of a session."""

    def __init__(self, sweep: Sweep) -> None:
        self.store, self.client = sweep.store, sweep.contexts[0].client

    def look_again(self) -> None:
        """Nothing else shows these pictures."""


def _mark(slot: Slot) -> str:
    if slot.error is not None:
        return shortened(sentence(slot.error), 90)
    return translated(_MARKS.get(slot.state, slot.state))


def _label(value: Any) -> str:
    return "-" if value is None else shortened(str(value), 60)


def _rows(sweep: Sweep) -> Iterator[tuple[Mapping[str, Any], str, Run | None]]:
    """Of each slot what it has of what varies, its state, and its run."""
    for slot, run in zip(sweep.slots, sweep.runs_of(sweep.slots), strict=True):
        yield slot.variables, slot.state, run
