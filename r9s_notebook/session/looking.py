"""What is looked at: a cell's runs, the one that is shown, the picture that is chosen. The draft stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import traitlets as t

from r9s_notebook.archive.cell import Cell, runs_of_cell
from r9s_notebook.archive.runs import Run
from r9s_notebook.errors import InputError
from r9s_notebook.history import Store, StoredImage
from r9s_notebook.session.draft import Draft
from r9s_notebook.session.form import EVERYTHING, Restorable
from r9s_notebook.session.request import Source, source_from
from r9s_notebook.translation import Message


class Looking(Draft):
    """A draft, and what is seen beside it.

    Attributes:
        runs: The cell's runs, newest first.
        run: The run that is shown.
        following: True where the newest run is shown as it comes; False while a person looks at another one.
        selected: The index of the chosen image in ``run.images``.
        outside: How much the shown edit changed outside its mask, where that is noticeable; else None.
        uses: How often an earlier run was put into the draft; it changes before the draft does.
        cell: Whose runs they are.
    """

    runs = t.Tuple()
    run = t.Any(None)
    following = t.Bool(True)
    selected = t.Int(0)
    outside = t.Any(None)
    uses = t.Int()
    cell: Cell

    def __init__(self, client: Any, store: Store, model: str, cell: Cell) -> None:
        super().__init__(client, store, model)
        self.cell = cell
        self._made_here: list[str] = []

    @property
    def is_at_work(self) -> bool:
        """Whether something is about to come that will be shown."""
        return False

    @property
    def chosen(self) -> StoredImage | None:
        """The chosen image of the shown run, or None where no image is shown."""
        run: Run | None = self.run
        return run.images[min(self.selected, len(run.images) - 1)] if run is not None and run.images else None

    def look(self, run: Run) -> None:
        """Shows an earlier run. The draft stays as it is, and what is under way goes on."""
        self.following = not self.is_at_work and bool(self.runs) and run.id == self.runs[0].id
        self.show(run)

    def back_to_newest(self) -> None:
        """Shows the newest run again, and each that comes."""
        self.following = True
        self.show(newest(self.runs))

    def restore(self, run: Run, fields: Iterable[Restorable] = EVERYTHING) -> None:
        """Puts an earlier run, or some of it, into the draft; ``back_to_draft()`` takes that back.

        Raises:
            HistoryError: The image that the run edited is missing from the store.
        """
        fields = frozenset(fields)
        self.uses += 1  # first: what lies over the form makes way
        self.replace_with(run, fields)
        if "images" in fields:
            self.look(run)
            self.say("error" if run.error else "idle", run.error or "", run, of_draft=not run.links)

    def show(self, run: Run | None, selected: int = 0) -> None:
        """Shows a run's images without touching the draft."""
        with self.hold_trait_notifications():
            self.run, self.selected, self.outside = run, selected, None

    def edit_image(self, image: Any = None) -> None:
        """Makes an image the source of the next run: the chosen one, or any path, bytes, PIL image or array.

        Raises:
            ImageError: It is no image that can be used.
        """
        self.edit(self._source_of_selected() if image is None else source_from(image))

    def go_on(self) -> None:
        """The result that is shown is what is edited next; the former source and its mask can be had back.

        Raises:
            InputError: There is no result.
        """
        before = self.form
        self.edit_image()
        self._replaced(before)

    def refresh(self) -> None:
        """Reads the cell's runs again: another lab or kernel may have added some."""
        self.runs = self._read_runs()

    def _read_runs(self) -> tuple[Run, ...]:
        return runs_of_cell(self.store, self.cell, self._made_here)

    def _source_of_selected(self) -> Source:
        image = self.chosen
        if image is None:
            raise InputError(Message("There is no image to edit yet: generate one, or load one from a file."))
        return source_from(self.store.image_bytes(image.sha256), run_id=self.run.id, sha256=image.sha256)


def newest(runs: tuple[Run, ...]) -> Run | None:
    """The newest run with images; where there is none, the newest."""
    return next((run for run in runs if run.images), runs[0] if runs else None)
