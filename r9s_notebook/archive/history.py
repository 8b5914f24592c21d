"""The history as its users see it: search, export, import."""

from __future__ import annotations

import itertools
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, overload

from r9s_notebook.archive.host import executed_notebook
from r9s_notebook.archive.rendering import runs_mimebundle
from r9s_notebook.archive.runs import SHOWN, Picture, Pictures, Run, Runs, counted, counted_runs
from r9s_notebook.archive.visits import this_visit
from r9s_notebook.errors import HistoryError, InputError, StoreUnavailableError
from r9s_notebook.history import Difference, Family, Kind, Spent, Status, Store, compare
from r9s_notebook.history import Run as Record
from r9s_notebook.history.location import DATABASE, FOLDER
from r9s_notebook.suggestions import Strict
from r9s_notebook.translation import gettext as _
from r9s_notebook.translation import ngettext

if TYPE_CHECKING:
    from r9s_notebook.archive.lesson import Lesson


class History(Strict):
    """Every run, newest first: to iterate, search, look at, hand on.

    >>> history = History("lab")
    >>> run = Studio(R9S.offline(), prompt="an owl at night", size="256x256", history=history).generate().result()
    >>> best = run.images[0].mark(rating=5)
    >>> [picture.run.prompt for picture in history.pictures(min_rating=4)]
    ['an owl at night']

    Args:
        path: The store's folder, or a project's folder with ``.r9s`` in it. None takes the one that the lab uses here.
        store: An open store instead.

    Raises:
        StoreUnavailableError: It cannot be opened.
    """

    store: Store
    _temporary: tempfile.TemporaryDirectory[str] | None = None  # where an export was loaded to

    def __init__(self, path: Path | str | None = None, *, store: Store | None = None) -> None:
        self._owns = store is None
        self.store = store or (self._beside() if path is None else Store(_home(path)))

    @staticmethod
    def _beside() -> Store:
        """The store of the notebook; of an app, its visitor's."""
        visit, notebook = this_visit(), executed_notebook()
        return visit.open() if visit else Store(beside=notebook.parent if notebook else None)

    @property
    def notice(self) -> str | None:
        """What there is to know about the store, as sentences, or None."""
        return self.store.notice

    def __iter__(self) -> Iterator[Run]:
        for record in self.store:
            yield Run.of(record, self.store)

    def __len__(self) -> int:
        return len(self.store)

    def __bool__(self) -> bool:
        return True

    @overload
    def __getitem__(self, which: str | int) -> Run: ...

    @overload
    def __getitem__(self, which: slice) -> Runs: ...

    def __getitem__(self, which: str | int | slice) -> Run | Runs:
        """A run by its id, or by its place: 0 is the newest; or some by a slice of places."""
        if isinstance(which, slice):
            places = range(*which.indices(len(self)))
            rising = places if places.step > 0 else places[::-1]
            runs = Runs(itertools.islice(self, rising.start, rising.stop, rising.step)) if rising else Runs()
            return runs if rising is places else Runs(reversed(runs))
        if isinstance(which, str):
            record = self.store.get(which)
            if record is None:
                raise KeyError(f"There is no run {which} in this history.")
            return Run.of(record, self.store)
        if which < 0:
            raise IndexError("Runs are counted from the newest, which is 0.")
        for run in itertools.islice(self, which, which + 1):
            return run
        raise IndexError(f"There are only {len(self)} runs.")

    def search(
        self,
        text: str = "",
        *,
        cell: str | None = None,
        notebook: str | None = None,
        kind: Kind | None = None,
        status: Status | None = None,
        favourite: bool | None = None,
        limit: int | None = 100,
    ) -> Runs:
        """The runs with these words in their prompts, notes or models, newest first; the last word may be unfinished.

        Args:
            text: Words; ``""`` for all runs.
            cell: The id of a cell.
            notebook: A notebook's path, absolute or from the project's folder on, or its name, in whatever folder.
            kind: ``"generate"`` or ``"edit"``.
            status: How they ended.
            favourite: Marked or not.
            limit: At most so many; None for all.
        """
        records = self.store.runs(
            text=text, cell=cell, notebook=notebook, kind=kind, status=status, favourite=favourite, limit=limit
        )
        return Runs(Run.of(record, self.store) for record in records)

    def pictures(
        self,
        text: str = "",
        *,
        rating: int | None = None,
        min_rating: int | None = None,
        max_rating: int | None = None,
        favourite: bool | None = None,
        cell: str | None = None,
        notebook: str | None = None,
        limit: int | None = 100,
    ) -> Pictures:
        """The pictures of the runs that match, newest run first, each run's in its own order.

        Args:
            text: Words of their runs, as in ``search``; their own notes are searched too.
            rating: Only those that are rated so: 1 to 5, 0 for none, -1 for rejected.
            min_rating: So or better: ``min_rating=4`` gives the best, ``min_rating=0`` all that were not rejected.
            max_rating: So or worse.
            favourite: With a star or without one, of their own or their run's.
            cell: The id of a cell.
            notebook: A notebook's file name.
            limit: At most so many pictures; None for all.
        """
        low, high = (min_rating, max_rating) if rating is None else (rating, rating)

        def is_asked_for(picture: Picture, run: Run) -> bool:
            return picture.is_rated(low, high) and favourite in (None, picture.favourite or run.favourite)

        found, before = Pictures(), None
        while limit is None or len(found) < limit:
            page = self.store.runs(
                text=text,
                cell=cell,
                notebook=notebook,
                favourite=favourite or None,
                min_rating=low,
                max_rating=high,
                before=before,
            )
            if not page:
                break
            runs = [Run.of(record, self.store) for record in page]
            found += (picture for run in runs for picture in run.images if is_asked_for(picture, run))
            before = page[-1].id
        return Pictures(found[:limit])

    def cost(self, *, cell: str | None = None, notebook: str | None = None, month: str | None = None) -> Spent:
        """What the runs that match have cost, as far as that is known: ``print(history.cost(month="2026-11"))``.

        Args:
            cell: The id of a cell.
            notebook: A notebook's path or name, as in ``search``.
            month: ``"YYYY-MM"``, in UTC.

        Raises:
            InputError: It is no month.
        """
        if month is not None and not re.fullmatch(r"\d{4}-\d{2}", month):
            raise InputError(f"A month is written YYYY-MM, not {month!r:.40}.")
        return self.store.spent(cell=cell, notebook=notebook, month=month)

    def family(self, run: Record | str) -> Family:
        """The tree of edits that a run belongs to.

        Raises:
            HistoryError: There is no such run.
        """
        run_id = run if isinstance(run, str) else run.id
        family = self.store.family(run_id)
        if family is None:
            raise HistoryError(f"There is no run {run_id} in this history.")
        return family

    def compare(self, before: Record, after: Record) -> tuple[Difference, ...]:
        """The fields in which two runs differ."""
        return compare(before, after)

    def export(self, folder: Path | str, runs: Any = None, *, zip: bool = False) -> Path:
        """Hands runs on: originals, masks, ``metadata.jsonl``, a CSV, a contact sheet, a card. See ``export.export``.

        Args:
            folder: Where to; it is made, or an earlier export in it is brought up to date.
            runs: Runs, pictures (then no others of their runs) or a sweep; one or several. None takes all there are,
                and says how many that is.
            zip: Writes ``<folder>.zip`` instead.

        Returns:
            The folder, or the ZIP file.

        Raises:
            InputError: There are other things among the runs.
        """
        from r9s_notebook.archive.export import export

        records = list(self.store) if runs is None else _records(runs)
        if runs is None:
            count = sum(len(record.images) for record in records)
            pictures = ngettext("{count:,} picture", "{count:,} pictures", count)
            about = {"pictures": pictures, "runs": counted_runs(len(records)), "folder": folder}
            print(_("Handing on {pictures} of {runs}, all there are, to {folder}.", **about))  # noqa: T201
        return export(self.store, records, Path(folder), as_zip=zip)

    def record(self, notebook: Path | str, runs: Any = None) -> Lesson:
        """Records a lesson: what its notebook made goes into a folder beside it, from which a class is answered.

        The folder is called as the notebook is, and a notebook finds its own where there is no key. Then the notebook
        is run with it as a student will run it, without a key and with another history; what it shows is what would
        not work. It takes as long as the notebook does.

        Args:
            notebook: ``"lesson.ipynb"`` or ``"lesson"``; as it was saved.
            runs: Only these runs or pictures. None takes all that it made, each once, but for what failed on this side.

        Raises:
            InputError: There is no such notebook, or it is the one that runs.
            HistoryError: It has made nothing yet; or the folder holds other things.
        """
        from r9s_notebook.archive.lesson import record

        return record(self, Path(notebook), None if runs is None else _records(runs))

    @classmethod
    def load(cls, export: Path | str, into: Path | str | None = None) -> History:
        """An export, its folder or its ZIP, as a history again: with ratings, notes, edits and their masks.

        Args:
            export: Wherever it lies; nothing is written there.
            into: The folder of a history, a new one or one that has runs already; None keeps it as long as the history
                is open.

        Raises:
            HistoryError: It is no export.
        """
        from r9s_notebook.archive.loading import load_export

        temporary = None if into else tempfile.TemporaryDirectory(prefix="r9s-", ignore_cleanup_errors=True)
        history = cls(into if temporary is None else temporary.name)
        history._temporary = temporary
        try:
            load_export(history.store, Path(export).expanduser())
        except BaseException:
            history.close()
            raise
        return history

    def add(self, picture: Path | str) -> Run:
        """Takes a picture in, with the run that it carries inside: ours, AUTOMATIC1111's or InvokeAI's.

        With ``pip install "r9s-notebook[metadata]"`` ComfyUI's, Fooocus's and NovelAI's are read as well.

        A picture that is there already is not taken in twice. One that says nothing about itself comes in as it is.

        Raises:
            ImageError: It is no picture that can be used.
            HistoryError: It cannot be read.
        """
        from r9s_notebook.archive.importing import import_picture

        return Run.of(import_picture(self.store, Path(picture)), self.store)

    def close(self) -> None:
        """Lets go of the store, where this object opened it."""
        if self._owns:
            self.store.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<History {self.store.home}: {counted(len(self), 'run')}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        newest = self.store.runs(limit=SHOWN)
        return runs_mimebundle(newest, title=counted_runs(len(self)), total=len(self))

    def _repr_html_(self) -> str:
        return self._repr_mimebundle_()["text/html"]


def _records(things: Any) -> list[Record]:
    """Runs, or those of pictures or of a sweep, each once."""
    from r9s_notebook.archive.export import only

    things = getattr(things, "runs", things)  # a sweep's
    several = [things] if isinstance(things, Record | Picture) else list(things)
    runs = {one.id: one for one in several if isinstance(one, Record)}
    pictures = [one for one in several if isinstance(one, Picture) and one.run_id not in runs]
    if strange := [one for one in several if not isinstance(one, Record | Picture)]:
        raise InputError(f"Runs, pictures or a sweep are handed on, not {strange[0]!r:.80}.")
    of = {run_id: one.run for run_id, one in {one.run_id: one for one in pictures}.items()}
    return [*runs.values(), *only((of[one.run_id], one.position) for one in pictures)]


def _home(path: Path | str) -> Path:
    from r9s_notebook.archive.export import RUNS

    folder = Path(path).expanduser()
    if not folder.absolute().parent.is_dir():  # a misspelt path would get a history of its own, and all would seem lost
        raise StoreUnavailableError(f"There is no folder {folder.parent} for a history. Make it or name another.")
    if (folder / RUNS).is_file() and not (folder / DATABASE).exists():
        raise HistoryError(
            f"{folder} is an export and no history: History.load({str(folder)!r}) makes one of it. "
            f"R9S.replay({str(folder)!r}) answers from it."
        )
    return folder / FOLDER if (folder / FOLDER).is_dir() and not (folder / DATABASE).exists() else folder
