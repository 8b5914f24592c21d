"""The history as a lab's panel uses it: searched in pages, looked into, annotated, restored and deleted."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from r9s_notebook.archive.history import Run
from r9s_notebook.errors import HistoryError, InputError, RunGoneError
from r9s_notebook.history import Difference, Family, Kind, Status, Store, compare
from r9s_notebook.history import Run as Record
from r9s_notebook.history.notebooks import find_notebook
from r9s_notebook.session.restoring import Restorable
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import Job

Scope = Literal["cell", "notebook", "project"]
T = TypeVar("T")

PAGE = 60
_LONGEST_NOTE = 20_000


@dataclass(frozen=True, kw_only=True)
class Search:
    """Which runs to look at; what is None or empty does not matter.

    Attributes:
        scope: ``"cell"``, ``"notebook"`` or ``"project"``: how far to look.
        text: Words of the prompt, the note, the model; the last one may be unfinished.
        kind: ``"generate"`` or ``"edit"``.
        status: How they ended.
        favourite: True for those that the user has marked.
    """

    scope: Scope = "cell"
    text: str = ""
    kind: Kind | None = None
    status: Status | None = None
    favourite: bool = False

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Search:
        """The search that a page describes; what it does not know counts as not said."""
        return cls(
            scope=asked["scope"] if asked.get("scope") in get_args(Scope) else "cell",
            text=str(asked.get("text") or ""),
            kind=asked["kind"] if asked.get("kind") in get_args(Kind) else None,
            status=asked["status"] if asked.get("status") in get_args(Status) else None,
            favourite=asked.get("favourite") is True,
        )


@dataclass(frozen=True)
class Page:
    """Some of the runs that were found.

    Attributes:
        runs: Newest first.
        more: Whether there are older ones.
    """

    runs: tuple[Record, ...]
    more: bool


class Timeline:
    """What one can do with the runs around a session: those of its cell, of its notebook, of the whole project.

    Every method reads or writes the store where it is called; ``submit`` does that on the session's worker.
    """

    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def store(self) -> Store:
        """Where the runs are kept."""
        return self.session.store

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """How far one can look from here; without a notebook's name there is none to look through."""
        return ("cell", "notebook", "project") if self.session.place.notebook else ("cell", "project")

    def submit(self, work: Callable[[], T]) -> Job[T]:
        """Does work of the store beside whatever else the session's worker has under way."""
        return self.session.submit(lambda: asyncio.to_thread(work))

    # -- finding --------------------------------------------------------------------------------------------------

    def page(self, search: Search, *, before: str | None = None, limit: int = PAGE) -> Page:
        """The next runs that match, newest first.

        Args:
            search: Which runs.
            before: The id of the last run of the page before; None for the first page.
            limit: How many at most.

        Raises:
            HistoryError: The store cannot be read.
        """
        if search.scope == "cell" and self.session.place.cell_id is None:
            return self._page_of_known(search, before, limit)
        found = self._matching(search, before, limit + 1)
        return Page(tuple(found[:limit]), len(found) > limit)

    def _page_of_known(self, search: Search, before: str | None, limit: int) -> Page:
        """No front end told which cell this is: what is known to belong here is what the session has made."""
        known = {run.id for run in self.session.runs}
        oldest = min(known, default="~")  # ids sort by time: no need to look further back
        since = itertools.takewhile(lambda run: run.id >= oldest, self._all_matching(search, before))
        found = list(itertools.islice((run for run in since if run.id in known), limit + 1))
        return Page(tuple(found[:limit]), len(found) > limit)

    def _all_matching(self, search: Search, before: str | None) -> Iterator[Record]:
        """Every run that matches, a page at a time."""
        while found := self._matching(search, before, PAGE):
            yield from found
            before = found[-1].id

    def _matching(self, search: Search, before: str | None, limit: int) -> list[Record]:
        return self.store.runs(
            cell=self.session.place.cell_id if search.scope == "cell" else None,
            own_to=self.session.place.notebook,
            notebook=self._notebook() if search.scope == "notebook" else None,
            text=search.text or None,
            kind=search.kind,
            status=search.status,
            favourite=True if search.favourite else None,
            before=before,
            limit=limit,
        )

    def _notebook(self) -> str | None:
        """The name under which the store knows this notebook: until its first run after it was renamed, the former."""
        place, store = self.session.place, self.store
        if place.notebook is None or place.cell_id is None or store.runs(notebook=place.notebook, limit=1):
            return place.notebook
        own = store.runs(cell=place.cell_id, own_to=place.notebook, limit=1)
        former = next((run.notebook for run in own), None)
        if former is None or find_notebook(store.home, former) is not None:
            return place.notebook  # that one is still there: this is no other name of it
        return former

    def find(self, run_id: str) -> Run:
        """The run as it is now.

        Raises:
            RunGoneError: It was deleted, perhaps by another kernel.
        """
        record = self.store.get(run_id)
        if record is None:
            raise RunGoneError("This run is gone: it was deleted, here or in another lab.")
        return Run.of(record, self.store)

    def family(self, run_id: str) -> Family:
        """The tree of edits that a run belongs to.

        Raises:
            RunGoneError: It was deleted.
        """
        family = self.store.family(run_id)
        if family is None:
            self.find(run_id)
            raise HistoryError("This run's family cannot be read. Try again.")
        return family

    def compare(self, before: str, after: str) -> tuple[Run, Run, tuple[Difference, ...]]:
        """Two runs, and the fields in which they differ.

        Raises:
            RunGoneError: One of them was deleted.
        """
        one, other = self.find(before), self.find(after)
        return one, other, compare(one, other)

    # -- changing -------------------------------------------------------------------------------------------------

    def favour(self, run_id: str, favourite: bool) -> None:
        """Marks a run as a favourite, or not."""
        self.find(run_id)
        self.store.annotate(run_id, favourite=favourite)
        self._refresh(run_id)

    def note(self, run_id: str, text: str) -> None:
        """Writes the user's own words about a run.

        Raises:
            InputError: They are too long.
        """
        if len(text) > _LONGEST_NOTE:
            raise InputError(
                f"A note has room for {_LONGEST_NOTE:,} characters; this one has {len(text):,}. Shorten it."
            )
        self.find(run_id)
        self.store.annotate(run_id, note=text)
        self._refresh(run_id)

    def delete(self, run_id: str) -> None:
        """Deletes a run, and its images where no other run uses them.

        Raises:
            RunGoneError: It is deleted already.
            InputError: It is under way.
        """
        if self.find(run_id).status == "running":
            raise InputError("This run is still under way. Cancel it first; then it can be deleted.")
        self.store.delete(run_id)
        self._refresh(run_id)

    def restore(self, run_id: str, fields: tuple[Restorable, ...]) -> None:
        """Brings a run back into the form: all of it, or some fields."""
        self.session.restore(self.find(run_id), fields=fields)

    def edit_image(self, run_id: str, number: int = 0) -> None:
        """Makes an image of a run the source of the next edit.

        Raises:
            InputError: It has no such image, or the chosen model cannot edit.
        """
        run = self.find(run_id)
        if not 0 <= number < len(run.images):
            raise InputError("This run has no picture to edit.")
        self.session.show(run, number)
        self.session.edit_image()

    def _refresh(self, run_id: str) -> None:
        """The strip, and the shown run where it is that one."""
        session = self.session
        session.refresh()
        if session.run is not None and session.run.id == run_id:
            record = self.store.get(run_id)
            if record is not None:
                session.show(Run.of(record, self.store), session.selected)
            else:
                session.show(session.runs[0] if session.runs else None)
