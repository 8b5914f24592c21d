"""The durable store of runs."""

from __future__ import annotations

import dataclasses
import functools
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from r9s_notebook.errors import HistoryError, InputError, NewerStoreError, RunGoneError, StoreUnavailableError
from r9s_notebook.formats import media_type_of
from r9s_notebook.history import drafts, originals, retention, transactions
from r9s_notebook.history.backend import Backend
from r9s_notebook.history.family import Family, family_of
from r9s_notebook.history.files import find_image, read_image
from r9s_notebook.history.filesystem import allows_wal
from r9s_notebook.history.ids import Clockwork, is_id
from r9s_notebook.history.location import DATABASE, Home, find_home
from r9s_notebook.history.notebooks import known_as
from r9s_notebook.history.queries import Query, find, spent
from r9s_notebook.history.records import RATINGS, Kind, NewImage, NewRun, Run, Spent, Status
from r9s_notebook.history.rows import load_run
from r9s_notebook.history.sidecar import read_sidecar, write_sidecar
from r9s_notebook.history.transactions import Removed
from r9s_notebook.translation import Message, translated

INTERRUPTED = Message("The kernel stopped before the images came. Generate again.")
UNFETCHED = Message("The kernel stopped before the images were fetched. Their links are kept: fetch them again.")
_PIN_SECONDS = 3600.0
_UNSET: Any = object()


class Store:
    """Runs and their images in one folder, safe to share between threads, processes and forks.

    A run is on disk when the call that wrote it returns: its sidecar, which finds its images should the process be
    killed, then the image files, then the row. Every method may be called from any thread.

    Args:
        home: The folder. None takes ``R9S_NOTEBOOK_HOME``, else ``.r9s`` in the working folder, else, where that cannot
            be written, the user's data folder.
        beside: A folder to take in place of the working folder.
        wal: Whether the database keeps a write-ahead log; None asks the file system.
        patience: Seconds to wait for other programs that use the database.
        frozen: Reads the history in ``home`` as it is now, and changes nothing in that folder.
        gate: Held while a run is begun; whoever moves the store holds it meanwhile.

    Attributes:
        home: The folder, absolute.

    Raises:
        StoreUnavailableError: No folder can be used, or another program holds the database.
    """

    def __init__(
        self,
        home: Path | str | None = None,
        *,
        beside: Path | None = None,
        wal: bool | None = None,
        patience: float = 30.0,
        frozen: bool = False,
        gate: AbstractContextManager[Any] | None = None,
    ) -> None:
        self._gate = gate or nullcontext()
        if frozen and home is not None:
            place, wal = Home(Path(home).expanduser().absolute(), writable=False, frozen=True), False
        else:
            place = find_home(None if home is None else Path(home), beside=beside)
        self._patience = patience
        self._backend = Backend(place, wal=allows_wal(place.path) if wal is None else wal, patience=patience)
        self._ids = Clockwork()
        self._given_up: set[str] = set()  # runs whose end could not be written: the next chance is taken
        self.home: Path = place.path
        self._frozen = frozen
        self.settle()

    @property
    def writable(self) -> bool:
        """False where the store can only be read: ``notice`` says why."""
        return self._backend.writable

    @property
    def notice(self) -> str | None:
        """What the user should know about the store, as sentences, or None."""
        return self._backend.notice

    def __enter__(self) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return (_there, (self.home, self._frozen))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: Any) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the files. Runs of this store that are still under way count as interrupted from now on."""
        self._backend.close()

    def move(self, home: Path) -> None:
        """Is the store in another folder from now on, as if it had been opened there; of this one it takes nothing.

        Raises:
            StoreUnavailableError: That folder cannot be used.
        """
        place, former = find_home(home), self._backend
        self._backend = Backend(place, wal=allows_wal(place.path), patience=self._patience)
        self.home = place.path
        former.close()
        self.settle()

    # -- writing --------------------------------------------------------------------------------------------------

    def next_id(self) -> str:
        """An id for ``begin``, after all those that it gave before: runs are listed by them."""
        return self._ids.next_id()

    def begin(self, new: NewRun, *, created: datetime | None = None, run_id: str | None = None) -> Run:
        """Keeps a run before it is sent, as running.

        Args:
            new: What will be sent.
            created: When it was made, for a run that comes from elsewhere.
            run_id: The id that it had there, or was given by ``next_id``.

        Raises:
            HistoryError: That id is taken, or is none.
        """
        with self._gate:
            return self._begin(new, created, run_id)

    def _begin(self, new: NewRun, created: datetime | None, run_id: str | None) -> Run:
        if run_id is not None and (not is_id(run_id) or self.get(run_id) is not None):
            raise HistoryError(f"{run_id!r} is no id for a new run: it is taken, or malformed.")
        values = {field.name: getattr(new, field.name) for field in dataclasses.fields(NewRun)}
        values["notebook"] = self.known_as(new.notebook)
        owner = self._backend.process_lock.token if self.writable else None
        while True:
            name = run_id or self._ids.next_id(None if created is None else created.timestamp())
            run = Run(**values, id=name, created=created or datetime.now(UTC), owner=owner)
            try:
                self._backend.write(functools.partial(transactions.add, home=self.home, run=run))
            except sqlite3.IntegrityError as error:
                there = self.get(name)
                if there is not None and there.owner == owner:  # a database that was built again has it already
                    return there
                if run_id is not None:
                    raise HistoryError(f"{run_id!r} is no id for a new run: it is taken.") from error
                # Two processes, one millisecond, and the same 21 bits: the next id is another one.
            else:
                return run

    def complete(
        self,
        run_id: str,
        images: Sequence[NewImage],
        *,
        served_model: str | None = None,
        usage: Any = None,
        cost: float | None = None,
        elapsed: float | None = None,
        answer: Mapping[str, Any] | None = None,
    ) -> Run:
        """Keeps what came back: the sidecar, then the image files, then the row.

        Raises:
            RunGoneError: There is no such run; nothing of it stays.
        """
        stored = tuple(originals.stored(self.home, image) for image in images)

        def completed(run: Run) -> Run:
            return dataclasses.replace(
                run,
                status="succeeded",
                error=None,
                error_type=None,
                served_model=served_model,
                usage=usage,
                cost=cost,
                elapsed=elapsed,
                answer=answer,
                images=originals.with_marks(stored, run.images),
                owner=None,
            )

        def files() -> None:
            # Before the images: they are found by it, should this process be killed between them and the row. Other
            # processes need not wait for the disk meanwhile, as they would within the transaction.
            write_sidecar(self.home, expected)
            originals.write_missing(self.home, stored, images)

        expected = completed(
            self._backend.read(lambda connection: transactions.expected_run(connection, self.home, run_id))
        )
        self._backend.files(files)

        def work(connection: sqlite3.Connection) -> Run:
            run = completed(transactions.run_to_change(connection, self.home, run_id))
            # Again: the only other run that has one of them may have been deleted since.
            originals.write_missing(self.home, stored, images)
            transactions.change(connection, self.home, run, images=True, sidecar=run != expected)
            return run

        try:
            return self._backend.write(work)
        except RunGoneError:  # another process has deleted it since: from its sidecar it would come back some day
            self._backend.write(functools.partial(transactions.erase, home=self.home, run=expected))
            self._backend.write(self._remove_unused)
            raise

    def answered(self, run_id: str, answer: Mapping[str, Any]) -> Run:
        """Keeps what a service answered, before anything is made of it."""

        def work(connection: sqlite3.Connection) -> Run:
            run = dataclasses.replace(transactions.run_to_change(connection, self.home, run_id), answer=answer)
            transactions.change(connection, self.home, run)
            return run

        return self._backend.write(work)

    def fail(
        self, run_id: str, message: str, error_type: str | None = None, answer: Mapping[str, Any] | None = None
    ) -> Run:
        """Keeps why a run failed, and what more was answered. One that has succeeded meanwhile stays as it is."""
        return self._end(run_id, "failed", message, error_type, answer)

    def cancel(self, run_id: str, message: str = "Cancelled.") -> Run:
        """Keeps a run as cancelled. One that has succeeded meanwhile stays as it is."""
        return self._end(run_id, "cancelled", message, None)

    def annotate(
        self, run_id: str, *, favourite: bool = _UNSET, note: str = _UNSET, cost: float | None = _UNSET
    ) -> Run:
        """Marks a run as a favourite or not, writes the user's note, or says what it cost."""
        given = {"favourite": favourite, "note": note, "cost": cost}
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not _UNSET}

        def work(connection: sqlite3.Connection) -> Run:
            run = dataclasses.replace(transactions.run_to_change(connection, self.home, run_id), **changes)
            transactions.change(connection, self.home, run)
            return run

        return self._backend.write(work)

    def mark(
        self,
        pictures: Iterable[tuple[str, int]],
        *,
        rating: int = _UNSET,
        favourite: bool = _UNSET,
        note: str = _UNSET,
    ) -> list[Run]:
        """Says of some pictures what a person thinks of them, all at once, and gives their runs.

        Args:
            pictures: A run's id and the picture's position in the run, each.
            rating: 1 to 5, 0 for none, -1 for rejected.
            favourite: Marked or not.
            note: The person's words; ``""`` for none.

        Raises:
            InputError: There is no such rating.
            RunGoneError: There is no such run, or it has no picture there; nothing was changed.
        """
        if rating is not _UNSET and (isinstance(rating, bool) or rating not in RATINGS):
            raise InputError(f"A rating is 1 to 5, 0 for none or -1 for rejected, not {rating!r}.")
        given = {"rating": rating, "favourite": favourite, "note": note}
        changes = {name: value for name, value in given.items() if value is not _UNSET}
        chosen = _by_run(pictures)
        return self._backend.write(lambda connection: transactions.mark(connection, self.home, chosen, changes))

    def remove(self, pictures: Iterable[tuple[str, int | None]]) -> Removed:
        """Takes some pictures out of their runs, and a run that has none left out of the history.

        Their files stay for an hour, in which ``put_back`` brings all of it back.

        Args:
            pictures: As for ``mark``; without a position the whole run is meant, pictures or none.

        Raises:
            RunGoneError: There is no such run, or it has no picture there; nothing was changed.
        """
        chosen, until = _by_run(pictures), time.time() + _PIN_SECONDS
        return self._backend.write(lambda connection: transactions.remove(connection, self.home, chosen, until))

    def put_back(self, removed: Removed) -> list[Run]:
        """Brings back what was removed, with the marks that the pictures of those runs have now."""
        return self._backend.write(lambda connection: transactions.put_back(connection, self.home, removed))

    def delete(self, run_id: str) -> None:
        """Deletes a run, and those of its images that no other run uses. Its descendants stay.

        Raises:
            RunGoneError: There is no such run.
        """

        def work(connection: sqlite3.Connection) -> None:
            transactions.erase(connection, self.home, transactions.expected_run(connection, self.home, run_id))

        self._backend.write(work)
        self._backend.write(self._remove_unused)  # once the rows are gone for good

    def put_image(self, data: bytes, media_type: str) -> str:
        """Keeps an image that a run will need, a source or a mask, and gives its sha256.

        It is safe from ``delete`` for an hour; from then on where a run names it.
        """

        def work(connection: sqlite3.Connection) -> str:
            sha256 = originals.write_one(self.home, data, media_type)
            retention.pin(connection, sha256, time.time() + _PIN_SECONDS)
            return sha256

        with self._gate:
            return self._backend.write(work)

    def keep_draft(self, cell: str, notebook: str | None, document: str, images: Iterable[str] = ()) -> None:
        """Keeps what is written in a cell and not yet sent, in place of what was kept of it before.

        Args:
            cell: The cell's id.
            notebook: The notebook that it is in; a copy's cell has a draft of its own.
            document: Anything; ``""`` for nothing.
            images: The sha256s of images that it needs (see ``put_image``), which stay as long as it does.
        """

        def work(connection: sqlite3.Connection) -> None:
            given_up = drafts.keep(connection, drafts.place_of(cell, notebook), document, set(images), time.time())
            retention.give_up(connection, given_up)

        self._backend.write(work)

    def draft(self, cell: str, notebook: str | None) -> str | None:
        """What was kept of a cell, also under a name that its notebook had before; None where nothing was."""
        return self._backend.read(lambda connection: drafts.find(connection, self.home, cell, notebook))

    def settle(self) -> int:
        """Ends the runs whose process is gone, and says how many there were.

        A run whose images were already on disk when its process was killed is complete; any other was interrupted.
        """
        if not self.writable:
            return 0
        dead = self._backend.read(self._unsettled)
        try:
            if dead:
                self._backend.write(lambda connection: self._settle(connection, dead))
            if self._backend.read(lambda connection: retention.has_expired(connection, time.time())):
                self._backend.write(self._remove_unused)
        except NewerStoreError:  # it has become one since it was opened: the newer version settles them
            return 0
        return len(dead)

    # -- reading --------------------------------------------------------------------------------------------------

    def get(self, run_id: str) -> Run | None:
        """The run of that id, or None where there is none."""
        return self._backend.read(lambda connection: transactions.find_run(connection, self.home, run_id))

    def runs(
        self,
        *,
        cell: str | None = None,
        own_to: str | None = None,
        notebook: str | None = None,
        text: str | None = None,
        kind: Kind | None = None,
        status: Status | None = None,
        favourite: bool | None = None,
        min_rating: int | None = None,
        max_rating: int | None = None,
        parent: str | None = None,
        batch: str | None = None,
        image: str | None = None,
        before: str | None = None,
        limit: int | None = 100,
    ) -> list[Run]:
        """The runs that match, newest first; ``before`` is the id from which to go on. See ``Query``."""
        query = Query(
            cell=cell,
            own_to=own_to,
            notebook=notebook,
            text=text,
            kind=kind,
            status=status,
            favourite=favourite,
            min_rating=min_rating,
            max_rating=max_rating,
            parent=parent,
            batch=batch,
            image=image,
            before=before,
            limit=limit,
        )
        return self._backend.read(lambda connection: find(connection, self.home, query))

    def spent(self, *, cell: str | None = None, notebook: str | None = None, month: str | None = None) -> Spent:
        """What the runs that match have cost. See ``Query``."""
        query = Query(cell=cell, notebook=notebook, month=month)
        return self._backend.read(lambda connection: spent(connection, self.home, query))

    def batch(self, batch: str) -> list[tuple[str, Status, Mapping[str, Any], float | None]]:
        """The runs of one sweep, oldest first, without their pictures: id, status, variables and cost of each."""
        query = "SELECT id, status, variables, cost FROM runs WHERE batch = ? ORDER BY key"
        rows = self._backend.read(lambda connection: connection.execute(query, (batch,)).fetchall())
        return [(run_id, status, json.loads(variables or "{}"), cost) for run_id, status, variables, cost in rows]

    def __iter__(self) -> Iterator[Run]:
        """Every run, newest first, a page at a time."""
        page = self.runs()
        while page:
            yield from page
            page = self.runs(before=page[-1].id)

    def __len__(self) -> int:
        return int(self._backend.read(lambda connection: connection.execute("SELECT count(*) FROM runs").fetchone()[0]))

    def __bool__(self) -> bool:
        return True  # an empty store is still a store

    def known_as(self, notebook: str | None) -> str | None:
        """What this store calls a notebook: its path from the project's folder on; elsewhere, all of its path."""
        return notebook and known_as(self.home, notebook)

    def children(self, run_id: str) -> list[Run]:
        """The runs that edit an image of that run, newest first."""
        return self.runs(parent=run_id, limit=None)

    def family(self, run_id: str) -> Family | None:
        """The tree of edits that a run belongs to, from its oldest ancestor on; None where there is no such run."""
        return self._backend.read(lambda connection: family_of(connection, self.home, run_id))

    def image_bytes(self, sha256: str) -> bytes:
        """The original, byte for byte.

        Raises:
            HistoryError: Its file is missing, is a link, or was changed.
        """
        return read_image(self.home, sha256)

    def image_path(self, sha256: str) -> Path:
        """Where the original lies.

        Raises:
            HistoryError: It is missing.
        """
        path = find_image(self.home, sha256)
        if path is None:
            raise HistoryError(
                Message(
                    "The image {name}… is missing from {folder}: it was deleted or moved by hand.",
                    name=sha256[:12],
                    folder=self.home,
                )
            )
        return path

    def image_type(self, sha256: str) -> str:
        """The media type of an image by its file."""
        return media_type_of(self.image_path(sha256).suffix)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _end(
        self,
        run_id: str,
        status: Status,
        message: str,
        error_type: str | None,
        answer: Mapping[str, Any] | None = None,
    ) -> Run:
        def work(connection: sqlite3.Connection) -> Run:
            run = transactions.run_to_change(connection, self.home, run_id)
            if run.status == "succeeded":
                return run
            known = {**(run.answer or {}), **(answer or {})} or None
            run = dataclasses.replace(
                run, status=status, error=message, error_type=error_type, answer=known, owner=None
            )
            transactions.change(connection, self.home, run)
            return run

        try:
            return self._backend.write(work)
        except StoreUnavailableError:
            self._given_up.add(run_id)
            raise

    def _unsettled(self, connection: sqlite3.Connection) -> list[str]:
        rows = connection.execute("SELECT id, owner FROM runs WHERE status = 'running'").fetchall()
        alive = self._backend.process_lock.is_alive
        return [run_id for run_id, owner in rows if run_id in self._given_up or not alive(owner)]

    def _remove_unused(self, connection: sqlite3.Connection) -> None:
        retention.remove_unused(connection, self.home, time.time())

    def _settle(self, connection: sqlite3.Connection, dead: Iterable[str]) -> None:
        for run_id in dead:
            run = load_run(connection, self.home, run_id)
            if run is None or run.status != "running":
                continue  # another process was faster
            known = read_sidecar(self.home, run_id)
            if known is None or known.status == "running" or any(image.missing for image in known.images):
                error = translated(UNFETCHED if (run.answer or {}).get("images") else INTERRUPTED)
                known = dataclasses.replace(run, status="interrupted", error=error, owner=None)
            transactions.change(connection, self.home, known, images=True)
            self._given_up.discard(run_id)


@functools.lru_cache(maxsize=16)
def _there(home: Path, frozen: bool) -> Store:
    """The store of what was pickled, opened once for all of it.

    Raises:
        StoreUnavailableError: It is not where it was.
    """
    if not (home / DATABASE).is_file():
        raise StoreUnavailableError(f"What was pickled belongs to the history in {home}, which is not here.")
    return Store(home, frozen=frozen)


def _by_run(pictures: Iterable[tuple[str, int | None]]) -> dict[str, set[int]]:
    """The positions in each run; none stand for the whole run."""
    chosen: dict[str, set[int]] = {}
    for run_id, position in pictures:
        chosen.setdefault(run_id, set()).update(() if position is None else (position,))
    return chosen
