"""The history of a lab: its cell's runs as a strip to click through, and everything else behind one button."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import ipywidgets as w

from r9s_notebook.archive.rendering import status_word
from r9s_notebook.archive.runs import Run
from r9s_notebook.history import Spent
from r9s_notebook.pictures.found import FoundPictures
from r9s_notebook.pictures.image_grid import ImageGrid, Tile
from r9s_notebook.session.messages import spent_so_far
from r9s_notebook.session.session import Session
from r9s_notebook.translation import Message, ngettext, translated
from r9s_notebook.translation import gettext as _
from r9s_notebook.widgets.lab_part import LabPart

_MARKS = {
    "failed": Message("failed"),
    "cancelled": Message("cancelled"),
    "interrupted": Message("stopped"),
    "running": "…",
}
_ALT_LENGTH = 120


class HistoryPanel(LabPart):
    """Thumbnails of a session's runs, newest first; a click shows one, and leaves the draft alone.

    A button opens the rest: the pictures of the notebook's and the project's runs, search, filters, each with its
    note, its code and its family of edits, and what sets two apart. There is nothing to see before the first run. The
    session is a studio's, or one of its own.

    Attributes:
        session: Whose runs are shown.
    """

    _css_class = "r9s-history"

    children: Any

    def __init__(self, lab: LabPart | Session | None = None, **box: Any) -> None:
        super().__init__(lab, **box)
        self._wire()
        self._show(changed=False)

    def _layout_parts(self) -> list[w.Widget]:
        self._view = FoundPictures(self.session, layout=self._looks.plain)
        return [self._view]

    @functools.cached_property
    def _strip(self) -> ImageGrid:
        """The cell's runs; made when it has one."""
        # A layout of its own: the page gives an anywidget no other one.
        strip = ImageGrid(arrangement="strip", label=_("Earlier runs of this cell"), layout=w.Layout())
        strip.on_choose(self._on_choose)
        self.children = [self._view, strip, *self.children[1:]]
        return strip

    def _is_seen(self) -> bool:
        return bool(self.session.runs or self.session.store.runs(limit=1))

    def _wire(self) -> None:
        self.session.observe(lambda _change: self._show(), ["runs", "taken_up"])
        self.session.observe(lambda _change: self._mark(), "run")

    def _on_choose(self, index: int) -> None:
        runs = self.session.runs
        if index < len(runs):
            self.session.look(runs[index])

    def _show(self, *, changed: bool = True) -> None:
        session, runs = self.session, self.session.runs
        self._looks.show(self, self._is_seen())
        self._view.tell(summary(runs, session.cell.notebook), self._shown(), changed)
        if runs or self._has_strip:
            self._looks.show(self._strip, bool(runs))
            # The stage, where it shows the same run, has sent its small pictures: the page has them.
            self._strip.show([tile_of(run) for run in runs], self._index(), push=not session.following)

    def _mark(self) -> None:
        index = self._index()
        if index < 0 and self.session.busy and self.session.following:
            return  # it has just come, and is about to be among the runs
        self._view.shown = self._shown()
        if self._has_strip:
            self._strip.selected = index

    @property
    def _has_strip(self) -> bool:
        return "_strip" in vars(self)

    def _shown(self) -> str:
        return self.session.run.id if self.session.run is not None else ""

    def _index(self) -> int:
        shown = self._shown()
        return next((i for i, run in enumerate(self.session.runs) if run.id == shown), -1)


def summary(runs: Sequence[Run], notebook: str | None) -> str:
    """How many runs the cell has; of a cell that was copied or renamed with its notebook, also where they were made."""
    if not runs:
        return ""
    said = [ngettext("{count} run of this cell", "{count} runs of this cell", len(runs)), _cost(runs)]
    places = {run.notebook for run in runs}
    elsewhere = notebook is not None and None not in places and notebook not in places
    said += [_("from {notebook}", notebook=runs[0].notebook)] if elsewhere else []
    return ", ".join(filter(None, said))


def _cost(runs: Sequence[Run]) -> str:
    """What they have cost; nothing is said where nothing was paid, or nobody knows of any."""
    known = [run.cost for run in runs if run.cost is not None]
    unknown = sum(run.cost is None and bool(run.images) for run in runs)
    spent = Spent(sum(known), len(known), unknown)
    return spent_so_far(spent) if spent.dollars else ""


def tile_of(run: Run) -> Tile:
    """A run as one tile: its first image, or a word where it has none."""
    when = run.created.astimezone().strftime("%Y-%m-%d %H:%M")
    words = run.prompt if len(run.prompt) <= _ALT_LENGTH else run.prompt[: _ALT_LENGTH - 1] + "…"
    title = "\n".join(part for part in (words, f"{when} · {status_word(run.status)}", run.error or "") if part)
    first = run.images[0] if run.images else None
    return Tile(
        alt=_alt(run, when, words),
        thumbnail=first.thumbnail if first else b"",
        media_type=first.thumbnail_type if first else "image/webp",
        title=title,
        badge=" ".join(part for part in ("★" if _is_favourite(run) else "", _several(len(run.images))) if part),
        mark=translated(_MARKS.get(run.status, "-")),
        state=run.status,
        id=run.id,
    )


def _alt(run: Run, when: str, words: str) -> str:
    about = {"status": status_word(run.status), "when": when, "prompt": words}
    if run.kind == "edit":
        return _("edit run, {status}, {when}: {prompt}", **about)
    return _("generate run, {status}, {when}: {prompt}", **about)


def _is_favourite(run: Run) -> bool:
    return run.favourite or any(image.favourite for image in run.images)


def _several(images: int) -> str:
    return str(images) if images > 1 else ""
