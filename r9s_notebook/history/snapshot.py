"""A database as it is at this moment, read without leaving a trace beside it.

SQLite writes even where it only reads: a lock, the shared memory of a write-ahead log, the recovery of a journal. So
the files are copied, and SQLite does all that to the copy.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

_BESIDE = ("", "-wal", "-journal")
_ATTEMPTS = 20


def snapshot(path: Path, connect: Callable[[str], sqlite3.Connection]) -> sqlite3.Connection:
    """What a database says now, in memory.

    Args:
        path: Its file.
        connect: Opens a connection to a URI.

    Raises:
        OSError: The files cannot be read, or another program never paused its writing.
    """
    memory = connect("file::memory:")
    try:
        with tempfile.TemporaryDirectory(prefix="r9s_notebook-") as folder:
            copy = Path(folder) / path.name
            _copy_unchanged(path, copy)
            connection = connect(f"{copy.as_uri()}?mode=rw")
            try:
                connection.backup(memory)
            finally:
                connection.close()
    except BaseException:
        memory.close()
        raise
    return memory


def _copy_unchanged(path: Path, copy: Path) -> None:
    for _ in range(_ATTEMPTS):
        before = _states(path)
        for ending in _BESIDE:
            target = copy.with_name(copy.name + ending)
            target.unlink(missing_ok=True)
            if before[ending] is not None:
                try:
                    shutil.copyfile(path.with_name(path.name + ending), target)
                except FileNotFoundError:
                    break  # its writer has just removed it
        if _states(path) == before:
            return
    raise OSError(errno.EBUSY, "another program writes to it without a pause", str(path))


def _states(path: Path) -> dict[str, tuple[int, int, int] | None]:
    """Size, time of the last change in nanoseconds, and inode of each file, None where it is not there."""
    states: dict[str, tuple[int, int, int] | None] = {}
    for ending in _BESIDE:
        try:
            status = path.with_name(path.name + ending).stat()
            states[ending] = (status.st_size, status.st_mtime_ns, status.st_ino)
        except FileNotFoundError:
            states[ending] = None
    return states
