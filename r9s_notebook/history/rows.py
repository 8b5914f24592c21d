"""Runs as rows, and rows as runs."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from r9s_notebook.history.files import image_path
from r9s_notebook.history.ids import key_of
from r9s_notebook.history.records import Run, StoredImage
from r9s_notebook.history.sidecar import plain, read_sidecar

COLUMNS = tuple(field.name for field in dataclasses.fields(Run) if field.name != "images")
_JSON = frozenset({"params", "usage", "answer", "variables"})
_INSERT = f"INSERT INTO runs (key, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})"  # noqa: S608 - our names
_UPDATE = f"UPDATE runs SET {', '.join(f'{name} = ?' for name in COLUMNS)} WHERE key = ?"  # noqa: S608
_IMAGE_COLUMNS = tuple(field.name for field in dataclasses.fields(StoredImage) if field.name != "path")
_INSERT_IMAGE = (
    f"INSERT INTO images (run, position, {', '.join(_IMAGE_COLUMNS)}) VALUES (?, ?{', ?' * len(_IMAGE_COLUMNS)})"  # noqa: S608
)
_DAMAGE = "\N{REPLACEMENT CHARACTER}"
"""What a connection reads where the bytes of a text are no text (a prompt with this character has a sidecar too)."""
_IN_ONE_QUERY = 500  # older SQLites take 999 variables


def insert_run(connection: sqlite3.Connection, run: Run) -> None:
    """Writes a new run with its images.

    Raises:
        sqlite3.IntegrityError: Its id is taken.
    """
    key = key_of(run.id)
    connection.execute(_INSERT, (key, *_values(run)))
    _insert_images(connection, key, run.images)
    if run.notebook is not None and run.cell_id is not None:
        connection.execute("INSERT OR IGNORE INTO places VALUES (?, ?)", (run.notebook, run.cell_id))


def update_run(connection: sqlite3.Connection, run: Run, *, images: bool) -> None:
    """Writes a run again, and its images where they are new."""
    key = key_of(run.id)
    connection.execute(_UPDATE, (*_values(run), key))
    if images:
        connection.execute("DELETE FROM images WHERE run = ?", (key,))
        _insert_images(connection, key, run.images)


def delete_run(connection: sqlite3.Connection, run_id: str) -> None:
    """Removes a run's rows; its files are the caller's."""
    key = key_of(run_id)
    connection.execute("DELETE FROM images WHERE run = ?", (key,))
    connection.execute("DELETE FROM runs WHERE key = ?", (key,))


def load_run(connection: sqlite3.Connection, home: Path, run_id: str) -> Run | None:
    """The run of that id, or None."""
    try:
        key = key_of(run_id)
    except ValueError:
        return None
    row = connection.execute("SELECT * FROM runs WHERE key = ? AND id = ?", (key, run_id)).fetchone()
    return None if row is None else next(iter(runs_of(connection, home, [row])), None)


def runs_of(connection: sqlite3.Connection, home: Path, rows: Iterable[sqlite3.Row]) -> list[Run]:
    """The runs of some rows, in their order, with their images.

    Where a row was damaged on the disk, what its sidecar says is taken; where that is gone too, the run is left out.
    """
    rows = list(rows)
    images: dict[int, list[StoredImage]] = {row["key"]: [] for row in rows}
    keys = list(images)
    for start in range(0, len(keys), _IN_ONE_QUERY):
        some = keys[start : start + _IN_ONE_QUERY]
        marks = ", ".join("?" * len(some))
        query = f"SELECT * FROM images WHERE run IN ({marks}) ORDER BY run, position"  # noqa: S608 - marks only
        for row in connection.execute(query, some):
            images[row["run"]].append(_image(home, row))
    found = (_run(row, tuple(images[row["key"]])) or read_sidecar(home, row["id"]) for row in rows)
    return [run for run in found if run is not None]


def _values(run: Run) -> tuple[Any, ...]:
    return tuple(_column(name, getattr(run, name)) for name in COLUMNS)


def _column(name: str, value: Any) -> Any:
    if name in _JSON:
        return None if value is None else json.dumps(plain(value))
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def _insert_images(connection: sqlite3.Connection, key: int, images: Iterable[StoredImage]) -> None:
    rows = ((key, position, *_image_values(image)) for position, image in enumerate(images))
    connection.executemany(_INSERT_IMAGE, rows)


def _image_values(image: StoredImage) -> Iterator[Any]:
    for name in _IMAGE_COLUMNS:
        value = getattr(image, name)
        yield str(value) if name == "seed" and value is not None else value


def _run(row: sqlite3.Row, images: tuple[StoredImage, ...]) -> Run | None:
    there = row.keys()  # a history that is only read may be of an older version
    values: dict[str, Any] = {name: row[name] for name in COLUMNS if name in there}
    if any(_DAMAGE in value for value in values.values() if isinstance(value, str)):
        return None
    try:
        values["created"] = datetime.fromisoformat(values["created"])
        values.update({name: json.loads(values[name]) for name in _JSON if values.get(name) is not None})
    except (ValueError, TypeError):
        return None
    values["favourite"] = bool(values["favourite"])
    return Run(**values, images=images)


def _image(home: Path, row: sqlite3.Row) -> StoredImage:
    values: dict[str, Any] = {name: row[name] for name in _IMAGE_COLUMNS}
    values["seed"] = int(values["seed"]) if str(values["seed"]).lstrip("-").isdecimal() else None
    values["favourite"] = bool(values["favourite"])
    return StoredImage(**values, path=image_path(home, row["sha256"], row["media_type"]))
