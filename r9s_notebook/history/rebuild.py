"""A database from nothing but the files beside the images."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from r9s_notebook.history import search
from r9s_notebook.history.database import identity_of
from r9s_notebook.history.ids import key_of
from r9s_notebook.history.presence import FolderLock
from r9s_notebook.history.rows import insert_run
from r9s_notebook.history.sidecar import all_sidecars, count_sidecars, ids_of_sidecars, read_sidecar


@dataclass(frozen=True)
class Recovered:
    """What came back.

    Attributes:
        runs: How many runs.
        images: How many of their images.
        missing: How many more of their images have no file any longer.
    """

    runs: int = 0
    images: int = 0
    missing: int = 0

    def __str__(self) -> str:
        lost = f"; {_count(self.missing, 'image file')} is missing" if self.missing == 1 else ""
        lost = f"; {_count(self.missing, 'image file')} are missing" if self.missing > 1 else lost
        return f"{_count(self.runs, 'run')} with {_count(self.images, 'image')} came back{lost}"


def fill(connection: sqlite3.Connection, home: Path) -> Recovered:
    """Puts every run that has a sidecar into empty tables, inside the caller's transaction."""
    runs = images = missing = 0
    for run in all_sidecars(home):
        insert_run(connection, run)
        search.index(connection, run, new=True)
        gone = sum(image.missing for image in run.images)
        runs, images, missing = runs + 1, images + len(run.images) - gone, missing + gone
    return Recovered(runs, images, missing)


def bring_back(connection: sqlite3.Connection, home: Path, lost: Iterable[str]) -> int:
    """Puts runs that have a sidecar and no row back, inside the caller's transaction; gives how many there were."""
    number = 0
    for run_id in lost:
        run = read_sidecar(home, run_id)
        if (
            run is not None
            and connection.execute("SELECT 1 FROM runs WHERE key = ?", (key_of(run_id),)).fetchone() is None
        ):
            insert_run(connection, run)
            search.index(connection, run, new=True)
            number += 1
    return number


def lost_runs(connection: sqlite3.Connection, home: Path) -> set[str]:
    """The ids of the runs that have a sidecar and no row: the database lost its newest part, or is an older copy."""
    if count_sidecars(home) <= connection.execute("SELECT count(*) FROM runs").fetchone()[0]:
        return set()
    return ids_of_sidecars(home) - {run_id for (run_id,) in connection.execute("SELECT id FROM runs")}


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


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
