"""Whose a cell's runs are, by the notebook files themselves: a renamed notebook keeps its runs, a copy has its own.

A copied notebook has the cells of the original, by the same ids. So has a renamed one, but its former file is gone; and
a cell that was moved is no longer in the notebook that it came from.
"""

from __future__ import annotations

import functools
import json
import os
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LARGEST = 32 * 1024 * 1024  # bytes; a larger notebook is not read, which would take longer than a strip may
_MOST_NAMES = 50
_MOST_MOVED = 200  # older SQLites take 999 variables


@dataclass(frozen=True)
class Origins:
    """Where the runs of a notebook were made.

    Attributes:
        names: Its name, and those that it had before.
        moved: Names of other notebooks, each with the id of a cell that is in this one now.
    """

    names: tuple[str, ...]
    moved: tuple[tuple[str, str], ...] = ()


def origins(connection: sqlite3.Connection, home: Path, notebook: str) -> Origins:
    """Where the runs that belong to a notebook were made, as far as its cells tell."""
    shared: dict[str, list[str]] = {}
    for name, cell_id in connection.execute(
        """
        SELECT others.notebook, others.cell_id
        FROM places AS own JOIN places AS others ON others.cell_id = own.cell_id
        WHERE own.notebook = ? AND others.notebook != own.notebook""",
        (notebook,),
    ):
        shared.setdefault(name, []).append(cell_id)
    names, moved = [notebook], []
    for name, cell_ids in shared.items():
        path = find_notebook(home, name)
        if path is None:
            names.append(name)
        elif (there := _cells_of(path)) is not None:
            moved += [(name, cell_id) for cell_id in cell_ids if cell_id not in there]
    return Origins(tuple(names[:_MOST_NAMES]), tuple(moved[:_MOST_MOVED]))


def copies(connection: sqlite3.Connection, home: Path, notebook: str, cell_id: str) -> list[str]:
    """The names of other notebooks that have a cell of the same id now: each a copy of the other."""
    others = connection.execute(
        "SELECT notebook FROM places WHERE cell_id = ? AND notebook != ? LIMIT ?", (cell_id, notebook, _MOST_NAMES)
    )
    files = {name: find_notebook(home, name) for (name,) in others}
    return [name for name, path in files.items() if path is not None and cell_id in (_cells_of(path) or ())]


def find_notebook(home: Path, name: str) -> Path | None:
    """The notebook's file, beside the history or in the working folder; None where there is none any longer."""
    return next((path for folder in _folders(home) if (path := folder / Path(name).name).exists()), None)


def _folders(home: Path) -> Iterator[Path]:
    yield home.parent
    try:
        yield Path.cwd()  # where the kernel of a notebook works, if R9S_NOTEBOOK_HOME names a folder elsewhere
    except OSError:
        return


def _cells_of(path: Path) -> frozenset[str] | None:
    """The ids of the cells that a notebook has now; None where it cannot be told."""
    try:
        status = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
        return None
    return _read_cells(path, (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))


@functools.lru_cache(maxsize=256)
def _read_cells(path: Path, _version: tuple[int, ...]) -> frozenset[str] | None:
    """The same from its file, which is read once for each of its versions."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it may have been replaced since
                return None
            cells = json.loads(file.read(_LARGEST + 1))["cells"]
        return frozenset(str(cell["id"]) for cell in cells if "id" in cell)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
