"""A run as it is kept: its sidecar, its row and its words in the index, written together in one transaction.

The sidecar goes first. A run that has one and no row comes back where the database is built again (see ``rebuild``), so
a run that is deleted loses its sidecar before its row is gone for good.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from r9s_notebook.errors import RunGoneError
from r9s_notebook.history import originals, rebuild, retention, search
from r9s_notebook.history.ids import is_id
from r9s_notebook.history.records import Run
from r9s_notebook.history.rows import delete_run, insert_run, load_run, update_run
from r9s_notebook.history.sidecar import read_sidecar, sidecar_path, write_sidecar
from r9s_notebook.translation import Message


@dataclass(frozen=True)
class Removed:
    """What ``remove`` took out of the history.

    Attributes:
        runs: The runs as they were.
    """

    runs: tuple[Run, ...]


def find_run(connection: sqlite3.Connection, home: Path, run_id: str) -> Run | None:
    """The run by its row; by its sidecar where rows are being brought back, and this one may be on its way."""
    run = load_run(connection, home, run_id)
    if run is None and is_id(run_id) and rebuild.under_way(connection) is not None:
        run = read_sidecar(home, run_id)
    return run


def expected_run(connection: sqlite3.Connection, home: Path, run_id: str) -> Run:
    """The same.

    Raises:
        RunGoneError: There is none.
    """
    run = find_run(connection, home, run_id)
    if run is None:
        raise RunGoneError(
            Message(
                "There is no run {run} in {folder}: it was deleted, or is in another history.", run=run_id, folder=home
            )
        )
    return run


def run_to_change(connection: sqlite3.Connection, home: Path, run_id: str) -> Run:
    """The run, which has its row from now on.

    Raises:
        RunGoneError: There is none.
    """
    run = expected_run(connection, home, run_id)
    rebuild.bring_back(connection, home, [run])
    return run


def add(connection: sqlite3.Connection, home: Path, run: Run) -> None:
    """Keeps a new run.

    Raises:
        sqlite3.IntegrityError: Its id is taken.
    """
    insert_run(connection, run)
    search.index(connection, run, new=True)
    retention.unpin(connection, (run.source, run.mask_png))
    write_sidecar(home, run, durable=False)


def change(connection: sqlite3.Connection, home: Path, run: Run, *, images: bool = False, sidecar: bool = True) -> None:
    """Keeps a run as it is now, its images where they are new, and its sidecar where it is not there already."""
    if sidecar:
        write_sidecar(home, run)
    update_run(connection, run, images=images)
    search.index(connection, run)


def erase(connection: sqlite3.Connection, home: Path, run: Run) -> None:
    """Removes a run, and notes its images as given up."""
    delete_run(connection, run.id)
    search.remove(connection, run.id)
    sidecar_path(home, run.id).unlink(missing_ok=True)
    retention.give_up(connection, (*(image.sha256 for image in run.images), run.source, run.mask_png, run.parent_image))


def mark(
    connection: sqlite3.Connection, home: Path, chosen: Mapping[str, Collection[int]], changes: Mapping[str, Any]
) -> list[Run]:
    """Changes the marks of some runs' images.

    Args:
        connection: The database.
        home: The store's folder.
        chosen: The positions of the images, by the ids of their runs.
        changes: Fields of ``Marks``.

    Raises:
        RunGoneError: There is no such run or image.
    """
    runs = []
    for run in _with_images(connection, home, chosen):
        images = list(run.images)
        for position in chosen[run.id]:
            images[position] = dataclasses.replace(images[position], **changes)
        runs.append(dataclasses.replace(run, images=tuple(images)))
        change(connection, home, runs[-1], images=True)
    return runs


def remove(connection: sqlite3.Connection, home: Path, chosen: Mapping[str, Collection[int]], until: float) -> Removed:
    """Takes images out of their runs, and runs that have none left out of the history; files stay until then.

    Where no image of a run is chosen, the whole run is.

    Raises:
        RunGoneError: There is no such run or image.
    """
    runs = _with_images(connection, home, chosen)
    for run in runs:
        left = tuple(image for position, image in enumerate(run.images) if position not in chosen[run.id])
        if left and chosen[run.id]:
            change(connection, home, dataclasses.replace(run, images=left), images=True)
        else:
            erase(connection, home, run)
        for sha256 in {*(image.sha256 for image in run.images), run.source, run.mask_png, run.parent_image} - {None}:
            retention.pin(connection, str(sha256), until)
    return Removed(tuple(runs))


def put_back(connection: sqlite3.Connection, home: Path, removed: Removed) -> list[Run]:
    """Brings back what ``remove`` took; the marks that were made since stay."""
    for run in removed.runs:
        now = find_run(connection, home, run.id)
        if now is None:
            add(connection, home, run)
        else:
            images = originals.with_marks(run.images, now.images)
            change(connection, home, dataclasses.replace(now, images=images), images=True)
    return list(removed.runs)


def _with_images(connection: sqlite3.Connection, home: Path, chosen: Mapping[str, Collection[int]]) -> list[Run]:
    runs = [run_to_change(connection, home, run_id) for run_id in chosen]
    for run in runs:
        if missing := [position for position in chosen[run.id] if not 0 <= position < len(run.images)]:
            raise RunGoneError(
                Message("The run {run} has no picture {number}: it was deleted.", run=run.id, number=missing[0] + 1)
            )
    return runs
