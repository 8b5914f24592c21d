"""The history as a lab's panel uses it: searched in pages, looked into, annotated, restored and deleted."""

from __future__ import annotations

from r9s_notebook.archive.browsing import PAGE, Page, Scope, Search, page_of, scopes_of
from r9s_notebook.archive.history import Run
from r9s_notebook.errors import HistoryError, InputError, RunGoneError
from r9s_notebook.history import Difference, Family, Store, compare
from r9s_notebook.session.form import Restorable
from r9s_notebook.session.session import Session

_LONGEST_NOTE = 20_000


class Timeline:
    """What one can do with the runs around a session: those of its cell, of its notebook, of the whole project.

    Every method reads or writes the store where it is called: have it called by ``Session.submit``.
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
        return scopes_of(self.session.cell)

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
        made_here = {run.id for run in self.session.runs}
        return page_of(self.store, self.session.cell, search, made_here=made_here, before=before, limit=limit)

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
