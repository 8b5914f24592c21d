"""One SQLite file, shared by any number of threads, processes and forks, without "database is locked".

Every write is one immediate transaction: a transaction that reads first and writes later fails at once where another
one wrote in between, whatever the timeout (https://sqlite.org/lang_transaction.html). Reads have a connection of their
own, so a strip can be shown while a write waits for its turn. Writes that have come to wait are written together, in
one transaction: it is the disk that takes the time, and once is enough for all of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import itertools
import os
import random
import sqlite3
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from r9s_notebook.errors import StoreUnavailableError
from r9s_notebook.history.snapshot import snapshot
from r9s_notebook.translation import Message

T = TypeVar("T")

_TURN_SECONDS = 2.0  # how long SQLite itself waits for a lock before it is asked again
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_MOST_TOGETHER = 100  # writes in one transaction
_WAL_LIMIT = 16 * 1024 * 1024


class Damaged(Exception):  # noqa: N818 - never leaves this package
    """The file is no database, or a broken one.

    Attributes:
        identity: Which file it was, so that only that one is set aside.
    """

    def __init__(self, identity: tuple[int, int] | None) -> None:
        super().__init__("the database is damaged")
        self.identity = identity


class _Replaced(Exception):  # noqa: N818
    """Another process has set the file aside and put a new one in its place."""


class _Waiting(Generic[T]):
    """Work that waits to be written, and what became of it.

    Attributes:
        is_done: It needs not be run (again).
    """

    def __init__(self, work: Callable[[sqlite3.Connection], T]) -> None:
        self.work = work
        self.is_done = False
        self._result: T
        self._error: Exception | None = None

    def finish(self, result: T) -> None:
        self._result, self.is_done = result, True

    def fail(self, error: Exception) -> None:
        self._error, self.is_done = error, True

    def outcome(self) -> T:
        """What it gave.

        Raises:
            Exception: It failed so.
        """
        if self._error is not None:
            raise self._error
        return self._result


class Database:
    """The connections of this process to one database file; they are opened when they are first needed.

    Args:
        path: The file; it is made where there is none.
        prepare: Called with each new writing connection: makes the tables, fills them.
        wal: False where a write-ahead log is not safe (see ``filesystem``).
        writable: False opens it for reading only.
        frozen: True reads a copy in memory, so that not even a lock is written beside it (see ``snapshot``).
        patience: Seconds to wait for other programs before giving up.
    """

    def __init__(
        self,
        path: Path,
        prepare: Callable[[sqlite3.Connection], None],
        *,
        wal: bool = True,
        writable: bool = True,
        frozen: bool = False,
        patience: float = 30.0,
    ) -> None:
        self.path = path
        self.writable = writable
        self._frozen = frozen
        self._prepare = prepare
        self._wal = wal
        self._patience = patience
        self._turn = min(_TURN_SECONDS, patience)
        self._reading: sqlite3.Connection | None = None
        self._writing: sqlite3.Connection | None = None
        self._start_afresh()
        _open_databases.add(self)

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs work that only reads, on one consistent state.

        Raises:
            StoreUnavailableError: The file cannot be read, or other programs hold it for too long.
            Damaged: It is broken.
        """
        return self._patiently(lambda: self._read(work))

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs work in one transaction that is on disk when this returns. It may run more than once.

        Where several threads wait, the first to get its turn does the work of all.

        Raises:
            StoreUnavailableError: The file cannot be written, or other programs hold it for too long.
            Damaged: It is broken.
        """
        own = _Waiting(work)
        self._waiting.append(own)
        with self._write_lock:
            if not own.is_done:
                self._write_all(list(dict.fromkeys([*itertools.islice(_left(self._waiting), _MOST_TOGETHER), own])))
        return own.outcome()

    def _write_all(self, waiting: Sequence[_Waiting[Any]]) -> None:
        """Runs them together; each alone, where one fails, so that it fails alone."""

        def all_of_them(connection: sqlite3.Connection) -> list[Any]:
            return [one.work(connection) for one in waiting]

        try:
            results = self._write(all_of_them)
        except Exception as error:
            if len(waiting) == 1:
                waiting[0].fail(error)
            else:
                for one in waiting:
                    self._write_all([one])
        else:
            for one, result in zip(waiting, results, strict=True):
                one.finish(result)

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return self._patiently(lambda: self._transaction(self._writer(), "BEGIN IMMEDIATE", work))

    def reopen(self) -> None:
        """Lets go of the file; the next use opens what is there then."""
        with self._write_lock, self._read_lock:
            for connection in (self._reading, self._writing):
                if connection is not None:
                    with contextlib.suppress(sqlite3.Error):
                        connection.close()
            self._reading = self._writing = None

    close = reopen

    def _start_afresh(self) -> None:
        self._write_lock = threading.RLock()
        self._read_lock = threading.RLock()
        self._reading = self._writing = None
        self._identity: tuple[int, int] | None = None
        self._waiting: deque[_Waiting[Any]] = deque()

    def _forget(self) -> None:
        """In a forked child: the connections are the parent's, and must be neither used nor closed here."""
        for connection in (self._reading, self._writing):
            if connection is not None:  # https://sqlite.org/howtocorrupt.html, 2.6: not even closed, so kept for ever
                ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))
        self._start_afresh()

    def _patiently(self, attempt: Callable[[], T]) -> T:
        until = time.monotonic() + self._patience
        pause = 0.001
        while True:
            try:
                return attempt()
            except _Replaced:
                self.reopen()
            except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
                raise
            except sqlite3.Error as error:
                code = _code(error)
                if code & 0xFF in _DAMAGED:
                    raise Damaged(self._identity) from error
                replaced = code == sqlite3.SQLITE_READONLY_DBMOVED or self._is_replaced()
                if not (replaced or code & 0xFF in _BUSY) or time.monotonic() > until:
                    raise unavailable(error, self.path) from error
                if replaced:
                    self.reopen()
            time.sleep(pause * random.random())  # noqa: S311 - so that two that wait do not wake together
            pause = min(2 * pause, 0.1)

    def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._read_lock:
            if self._reading is not None and not self._is_replaced():
                return self._transaction(self._reading, "BEGIN", work)
        # To open takes both locks, and whoever takes both takes the writer's first.
        with self._write_lock, self._read_lock:
            return self._transaction(self._reader(), "BEGIN", work)

    def _transaction(self, connection: sqlite3.Connection, begin: str, work: Callable[[sqlite3.Connection], T]) -> T:
        connection.execute(begin)
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        if self._is_replaced():  # what was just written went into a file that nobody reads any more
            raise _Replaced
        return result

    def _writer(self) -> sqlite3.Connection:
        if self._writing is not None and self._is_replaced():
            self.reopen()
        if self._writing is None:
            self._writing = self._opened()
        return self._writing

    def _reader(self) -> sqlite3.Connection:
        if self._reading is not None and self._is_replaced():
            self.reopen()
        if self._reading is None:
            if self._frozen:
                self._reading = snapshot(self.path, _connect)
                self._prepare(self._reading)  # an older version's tables are brought up to date, in memory only
            elif not self.writable:
                self._reading = _connect_read_only(self.path)
                self._identity = identity_of(self.path)
            else:
                self._writer()  # makes the tables
                self._reading = _connect(f"{self.path.as_uri()}?mode=rw", self._turn)
                self._reading.execute("PRAGMA query_only = ON")
        return self._reading

    def _opened(self) -> sqlite3.Connection:
        connection = _connect(f"{self.path.as_uri()}?mode=rwc", self._turn)
        try:
            self._identity = identity_of(self.path)
            _set_journal(connection, wal=self._wal)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_replaced(self) -> bool:
        return self.writable and identity_of(self.path) != self._identity


def _left(waiting: deque[_Waiting[Any]]) -> Iterator[_Waiting[Any]]:
    """Takes out what is waiting, the longest first."""
    with contextlib.suppress(IndexError):
        while True:
            if not (one := waiting.popleft()).is_done:
                yield one


_open_databases: weakref.WeakSet[Database] = weakref.WeakSet()


def _forget_all() -> None:
    for database in list(_open_databases):
        database._forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)


def identity_of(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to now."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


def unavailable(error: sqlite3.Error | OSError, path: Path) -> StoreUnavailableError:
    """The error for the user: what is wrong with the disk, and what to do."""
    reason: str
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
        refused = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        busy, reason = False, error.strerror or str(error)
    else:
        code = _code(error) & 0xFF
        full, refused = code == sqlite3.SQLITE_FULL, code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)
        busy, reason = code in _BUSY, str(error)
    if full:
        return StoreUnavailableError(
            Message("The disk with {path} is full. Free some space, then try again.", path=path)
        )
    if refused:
        return StoreUnavailableError(
            Message("{path} may not be written ({why}). Check the rights of its folder.", path=path, why=reason)
        )
    if busy:
        return StoreUnavailableError(
            Message(
                "Another program has been using {path} without a pause. Close it, or wait a moment, then try again.",
                path=path,
            )
        )
    return StoreUnavailableError(Message("The history in {path} cannot be used: {why}.", path=path, why=reason))


def _connect(uri: str, turn: float = _TURN_SECONDS) -> sqlite3.Connection:
    # No implicit transactions: each is begun in plain sight, above.
    connection = sqlite3.connect(uri, uri=True, timeout=turn, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    # Text that was damaged on the disk is read as such, and not as an error that takes all other rows with it.
    connection.text_factory = _text
    return connection


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """Opens a file that nobody may write; one with a log in a folder that cannot be written counts as unchanging."""
    connection = _connect(f"{path.as_uri()}?mode=ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if _code(error) & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        connection = _connect(f"{path.as_uri()}?immutable=1")
    return connection


def _set_journal(connection: sqlite3.Connection, *, wal: bool) -> None:
    wanted = "wal" if wal else "delete"
    (current,) = connection.execute("PRAGMA journal_mode").fetchone()
    if current != wanted and connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0] != wanted:
        # No shared memory here after all: the rollback journal is slower and works everywhere.
        connection.execute("PRAGMA journal_mode = delete")


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", None) or 0
