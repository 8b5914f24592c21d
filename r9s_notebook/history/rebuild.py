"""Rows from nothing but the files beside the images: a whole database that is gone, or the part that it has lost.

It is done in batches, the newest runs first, so that other processes read and write between them. The database says
while it is under way (its fact ``rebuild``, with what has come back so far): a run that has no row yet is then found by
its sidecar, and whoever opens the history after a kill goes on.
"""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from r9s_notebook.history import search
from r9s_notebook.history.database import identity_of
from r9s_notebook.history.ids import key_of
from r9s_notebook.history.process_locks import FolderLock
from r9s_notebook.history.records import Run
from r9s_notebook.history.rows import insert_run
from r9s_notebook.history.sidecar import count_sidecars, has_sidecar, ids_of_sidecars, read_sidecar
from r9s_notebook.translation import Message

_ONE_LOST = Message("1 image file is missing")
_IN_ONE_BATCH = 500  # runs; other processes wait for their turn as long as one batch takes, tenths of a second


@dataclass(frozen=True)
class Recovered:
    """What came back.

    Attributes:
        runs: How many runs.
        images: How many of their images.
        missing: How many more of their images have no file any longer.
        whole: True where the whole database was gone, False where it had lost some runs.
    """

    runs: int = 0
    images: int = 0
    missing: int = 0
    whole: bool = False

    @property
    def told(self) -> Message:
        """All of it, in words."""
        runs = Message("1 run") if self.runs == 1 else Message("{count} runs", count=self.runs)
        images = Message("1 image") if self.images == 1 else Message("{count} images", count=self.images)
        if not self.whole:
            return Message("{runs}; they came back from the files beside the images", runs=runs)
        told = Message("{runs} with {images} came back", runs=runs, images=images)
        if not self.missing:
            return told
        lost = Message("{count} image files are missing", count=self.missing)
        return Message("{back}; {lost}", back=told, lost=_ONE_LOST if self.missing == 1 else lost)


def under_way(connection: sqlite3.Connection) -> Recovered | None:
    """What a rebuild has brought back so far; None where none is under way."""
    (value,) = connection.execute("SELECT value FROM facts WHERE name = 'rebuild'").fetchone() or (None,)
    try:
        return None if value is None else Recovered(**json.loads(value))
    except (ValueError, TypeError):
        return Recovered()


def start(connection: sqlite3.Connection) -> None:
    """Notes that a whole database is on its way."""
    _note(connection, Recovered(whole=True))


def is_needed(connection: sqlite3.Connection, home: Path) -> bool:
    """True where there are runs to bring back, as far as counting tells."""
    counted: int = connection.execute("SELECT count(*) FROM runs").fetchone()[0]
    return under_way(connection) is not None or count_sidecars(home) > counted


def batches(connection: sqlite3.Connection, home: Path) -> list[Sequence[str]]:
    """The ids of the runs that have a sidecar and no row; the newest batch comes first, its oldest run first.

    Within a batch the order is that of the rows, since the index of the search slows down where keys go backwards.
    """
    lost = ids_of_sidecars(home) - {run_id for (run_id,) in connection.execute("SELECT id FROM runs")}
    ids = sorted(lost, key=key_of)
    return [ids[max(0, end - _IN_ONE_BATCH) : end] for end in range(len(ids), 0, -_IN_ONE_BATCH)]


def read_batch(home: Path, ids: Iterable[str]) -> list[Run]:
    """The runs as their sidecars have them, without those whose sidecar is damaged or is another run's."""
    found = ((run_id, read_sidecar(home, run_id)) for run_id in ids)
    return [run for run_id, run in found if run is not None and run.id == run_id]


def bring_back(connection: sqlite3.Connection, home: Path, runs: Iterable[Run]) -> int:
    """Writes the rows of some runs inside the caller's transaction, adds to what has come back, says how many did.

    Runs that have their row by now, and those that were deleted since their sidecars were read, are left alone.
    """
    back = list(_put(connection, home, runs))
    if back:
        before = under_way(connection) or Recovered()
        images = [image.missing for run in back for image in run.images]
        _note(
            connection,
            Recovered(
                runs=before.runs + len(back),
                images=before.images + images.count(False),
                missing=before.missing + images.count(True),
                whole=before.whole,
            ),
        )
    return len(back)


def finish(connection: sqlite3.Connection) -> Recovered | None:
    """Notes that the rebuild is over, and gives what came back; None where another process was faster."""
    recovered = under_way(connection)
    connection.execute("DELETE FROM facts WHERE name = 'rebuild'")
    return recovered


def set_aside(database: Path, identity: tuple[int, int] | None) -> Path | None:
    """Renames a damaged database out of the way, and gives its new name.

    Args:
        database: Its path.
        identity: The damaged file. Where the path leads to another one by now, a process was faster: None is returned.

    Raises:
        OSError: Another program has it open, on a system that keeps open files from being renamed.
    """
    with FolderLock(database.with_name("rebuild.lock")):
        if identity_of(database) != identity or identity is None:
            return None
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        aside = database.with_name(f"damaged-{stamp}.db")
        # The log goes first: next to a new database, SQLite would write the old log into it.
        for suffix in ("-wal", "-shm", "-journal", ""):
            part = database.with_name(database.name + suffix)
            if part.exists():
                part.replace(aside.with_name(aside.name + suffix))
        return aside


def _put(connection: sqlite3.Connection, home: Path, runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        taken = connection.execute("SELECT 1 FROM runs WHERE key = ?", (key_of(run.id),)).fetchone()
        if taken is None and has_sidecar(home, run.id):
            insert_run(connection, run)
            search.index(connection, run, new=True)
            yield run


def _note(connection: sqlite3.Connection, recovered: Recovered) -> None:
    value = json.dumps(dataclasses.asdict(recovered))
    connection.execute("INSERT OR REPLACE INTO facts VALUES ('rebuild', ?)", (value,))
