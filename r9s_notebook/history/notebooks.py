"""Whose a cell's runs are, by the notebook files themselves: a renamed notebook keeps its runs, a copy has its own.

A notebook is known by its path from the project's folder on (which the store lies in), so that notebooks of one name in
two folders are two, and the project can be moved as a whole; one that lies elsewhere, by all of its path.

A copied notebook has the cells of the original, by the same ids. So has a renamed one, but its former file is gone; and
a cell that was moved is no longer in the notebook that it came from.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import sqlite3
import stat
from dataclasses import dataclass
from pathlib import Path

from r9s_notebook.history.location import project_of

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


def known_as(home: Path, notebook: str) -> str:
    """What the store in ``home`` calls a notebook, whose path is absolute or that name already."""
    if not Path(notebook).is_absolute() or "\0" in notebook:
        return notebook
    path = Path(os.path.realpath(Path(notebook).parent), Path(notebook).name)
    project = Path(os.path.realpath(project_of(home)))
    return (path.relative_to(project) if path.is_relative_to(project) else path).as_posix()


def named(connection: sqlite3.Connection, notebook: str) -> list[str]:
    """The notebooks that are meant by a path, or by a name alone."""
    if "/" in notebook:
        return [notebook]
    ending = f"/{notebook}"
    others = connection.execute(
        "SELECT DISTINCT notebook FROM places WHERE substr(notebook, -length(?1)) = ?1 LIMIT ?2", (ending, _MOST_NAMES)
    )
    return [notebook, *(name for (name,) in others)]


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
    names, moved, own = [notebook], [], find_notebook(home, notebook)
    for name, cell_ids in shared.items():
        path = find_notebook(home, name)
        if path in (None, own):
            names.append(name)
        elif path is not None and (there := _cells_of(path)) is not None:
            moved += [(name, cell_id) for cell_id in cell_ids if cell_id not in there]
    return Origins(tuple(names[:_MOST_NAMES]), tuple(moved[:_MOST_MOVED]))


def copies(connection: sqlite3.Connection, home: Path, notebook: str, cell_id: str) -> list[str]:
    """What other notebooks are called that have a cell of the same id now: each a copy of the other."""
    others = connection.execute(
        "SELECT notebook FROM places WHERE cell_id = ? AND notebook != ? LIMIT ?", (cell_id, notebook, _MOST_NAMES)
    )
    own, files = find_notebook(home, notebook), {name: find_notebook(home, name) for (name,) in others}
    return [name for name, path in files.items() if path not in (None, own) and cell_id in (_cells_of(path) or ())]


def find_notebook(home: Path, name: str) -> Path | None:
    """The notebook's file, which by its name alone may lie in the working folder; None where there is none any more."""
    folders = [project_of(home)]
    if "/" not in name:  # where the kernel of a notebook works, if R9S_NOTEBOOK_HOME names a folder elsewhere
        with contextlib.suppress(OSError):
            folders.append(Path.cwd())
    # os.path's own, which says of a name that no file can have that it is not there.
    there = (folder / name for folder in folders if os.path.exists(folder / name))  # noqa: PTH110
    return next((Path(os.path.realpath(path)) for path in there), None)


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
