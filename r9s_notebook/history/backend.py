"""What the store stands on: one folder whose database is opened, migrated, and built again where it must be."""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from r9s_notebook.errors import HistoryError, NewerStoreError, StoreUnavailableError
from r9s_notebook.history import rebuild, schema, search
from r9s_notebook.history.database import Damaged, Database, unavailable
from r9s_notebook.history.files import lay_out
from r9s_notebook.history.location import DATABASE, Home
from r9s_notebook.history.process_locks import FolderLock, ProcessLock
from r9s_notebook.history.sidecar import has_sidecars
from r9s_notebook.translation import Message, joined

T = TypeVar("T")

_UPDATE = Message("To keep new runs in it, install the latest (pip install --upgrade r9s-notebook).")


class Backend:
    """Runs work on the database of a folder, and turns every fault of the disk into an error that says what to do.

    Args:
        home: The folder.
        wal: Whether the database keeps a write-ahead log.
        patience: Seconds to wait for other programs that use the database.
    """

    def __init__(self, home: Home, *, wal: bool, patience: float) -> None:
        self.home: Path = home.path
        self._can_write = home.writable
        self._is_newer = False
        self._notices = [home.notice] if home.notice else []
        self._process_lock: ProcessLock | None = None
        self._is_fresh = False  # this process has made a database whose runs are yet to come back
        self._healer: int | None = None  # the thread that builds a damaged database again
        self._database = Database(
            self.home / DATABASE,
            self._prepare,
            wal=wal,
            writable=home.writable,
            frozen=home.frozen,
            patience=patience,
        )
        if self._database.path.is_symlink():
            raise StoreUnavailableError(
                Message("{path} is a link, which a history does not follow. Remove it.", path=self._database.path)
            )
        _open_backends.add(self)
        self._open()

    @property
    def writable(self) -> bool:
        """False where the folder or a newer version's tables allow reading only."""
        return self._can_write and not self._is_newer

    @property
    def notice(self) -> str | None:
        """What the user should know, as sentences."""
        return joined(*self._notices) if self._notices else None

    @property
    def process_lock(self) -> ProcessLock:
        """This process's sign of life."""
        if self._process_lock is None:
            try:
                self._process_lock = ProcessLock(self.home)
            except OSError as error:
                raise unavailable(error, self.home) from error
        return self._process_lock

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs work that only reads.

        Raises:
            StoreUnavailableError: The database cannot be read.
        """
        self._mend_folder()
        result = self._read(work)
        if self._is_fresh:
            self._catch_up()
            result = self._read(work)
        return result

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs work in one transaction; it may run more than once.

        Raises:
            NewerStoreError: A newer version of this package made the tables, or has changed them meanwhile.
            StoreUnavailableError: The database or a file cannot be written.
        """
        if not self._can_write:
            raise StoreUnavailableError(
                Message("The history in {folder} can only be read. Open one in another folder.", folder=self.home)
            )
        self._mend_folder()
        result = self._write(work)
        if self._is_fresh:
            with contextlib.suppress(HistoryError):  # what was to be written is written; the next call tries again
                self._catch_up()
        return result

    def files(self, work: Callable[[], T]) -> T:
        """Runs work on files only, outside any transaction.

        Raises:
            StoreUnavailableError: The disk is full or refuses.
        """
        self._mend_folder()
        return self._healed(work)

    def close(self) -> None:
        """Lets go of the files; the next use opens them again."""
        self._database.close()
        if self._process_lock is not None:
            self._process_lock.close()
            self._process_lock = None

    def _mend_folder(self) -> None:
        """Makes the folder again where somebody has deleted it under us."""
        if self._can_write and not (self.home / "tmp").is_dir():
            self.close()
            self._healed(lambda: lay_out(self.home))

    def _open(self) -> None:
        self._read(lambda connection: connection.execute("SELECT max(key) FROM runs").fetchone())
        if self._is_newer:
            self._tell(
                joined(
                    Message(
                        "A newer version of r9s_notebook made the history in {folder}, so it is only read here.",
                        folder=self.home,
                    ),
                    _UPDATE,
                )
            )
        elif self._can_write:
            recovered = self._catch_up()
            if recovered is None and self._read(self._lacks_runs):
                self._tell(
                    Message(
                        "Another program is bringing runs back into the history in {folder}. "
                        "Until it is done, older runs may be missing here.",
                        folder=self.home,
                    )
                )
            elif recovered is not None and recovered.runs:
                lost = Message("The history's database had lost {what}.", what=recovered.told)
                gone = Message("The history's database was gone and was built again: {what}.", what=recovered.told)
                self._tell(gone if recovered.whole else lost)

    def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return self._healed(lambda: self._database.read(work))

    def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        def checked(connection: sqlite3.Connection) -> T:
            self._refuse_newer(connection)  # another process may have changed the tables since they were opened here
            return work(connection)

        if self._is_newer:
            raise self._newer_error()
        return self._healed(lambda: self._database.write(checked))

    def _refuse_newer(self, connection: sqlite3.Connection) -> None:
        if schema.is_newer(schema.applied(connection)):
            self._is_newer = True
            self._tell(
                joined(
                    Message(
                        "A newer version of r9s_notebook has changed the history in {folder} meanwhile, so it is only "
                        "read here from now on.",
                        folder=self.home,
                    ),
                    _UPDATE,
                )
            )
            raise self._newer_error()

    def _newer_error(self) -> NewerStoreError:
        return NewerStoreError(
            Message(
                "A newer version of r9s_notebook made the history in {folder}: it can be read, not "
                "written. Install the latest (pip install --upgrade r9s-notebook), or set "
                "R9S_NOTEBOOK_HOME to another folder.",
                folder=self.home,
            )
        )

    def _catch_up(self) -> rebuild.Recovered | None:
        """Brings back the runs that the database lacks, and makes its index whole, in batches.

        Other processes read and write between the batches. What one that was killed has left goes on here; what another
        one is at is left to it.

        Returns:
            What came back; None where another process is at it.
        """
        if not self._read(self._lacks_something):
            self._is_fresh = False
            return rebuild.Recovered(whole=True)
        with contextlib.ExitStack() as stack:
            is_ours = self._healed(lambda: stack.enter_context(FolderLock(self.home / "upkeep.lock", patience=0)))
            while is_ours and self._bring_back():
                pass  # again, should another process have put a new database in its place meanwhile
            self._is_fresh = False
            if not is_ours:
                return None
            recovered = self._write(rebuild.finish) if self._read(rebuild.under_way) is not None else None
            while self._read(search.is_being_made):
                self._write(search.go_on)
        return recovered or rebuild.Recovered(whole=True)

    def _lacks_something(self, connection: sqlite3.Connection) -> bool:
        return search.is_being_made(connection) or self._lacks_runs(connection)

    def _lacks_runs(self, connection: sqlite3.Connection) -> bool:
        return rebuild.is_needed(connection, self.home)

    def _tell(self, sentence: str) -> None:
        if sentence not in self._notices:
            self._notices.append(sentence)

    def _bring_back(self) -> int:
        number = 0
        for ids in self._read(lambda connection: rebuild.batches(connection, self.home)):
            runs = rebuild.read_batch(self.home, ids)
            if runs:
                number += self._write(functools.partial(rebuild.bring_back, home=self.home, runs=runs))
        return number

    def _healed(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except OSError as error:
            raise unavailable(error, self.home) from error
        except Damaged as damage:
            if self._healer == threading.get_ident():
                raise self._not_mended() from damage
            self._heal(damage)
        try:
            return call()
        except Damaged as damage:
            raise self._not_mended() from damage

    def _not_mended(self) -> StoreUnavailableError:
        return StoreUnavailableError(
            Message("The history in {folder} is damaged, and building it again failed.", folder=self.home)
        )

    def _heal(self, damage: Damaged) -> None:
        if not self._can_write:
            raise StoreUnavailableError(
                Message("The history in {folder} is damaged, and cannot be written to be mended.", folder=self.home)
            )
        self._database.close()
        try:
            aside = rebuild.set_aside(self.home / DATABASE, damage.identity)
        except OSError as error:
            raise StoreUnavailableError(
                Message(
                    "The history's database in {folder} is damaged. Restart every kernel that uses it; the "
                    "next one to open it builds it again from the files beside the images ({why}).",
                    folder=self.home,
                    why=error.strerror or error,
                )
            ) from error
        if aside is None:
            return
        self._healer = threading.get_ident()
        try:
            recovered = self._catch_up()
        finally:
            self._healer = None
        if recovered is None:
            self._tell(
                Message(
                    "The history's database was damaged. It was set aside as {file} and is being built again.",
                    file=aside.name,
                )
            )
        else:
            self._tell(
                Message(
                    "The history's database was damaged. It was set aside as {file} and built again: {what}.",
                    file=aside.name,
                    what=recovered.told,
                )
            )

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Makes the tables of a new connection's database, or brings them up to date."""
        names = schema.applied(connection)
        self._is_newer = schema.is_newer(names)
        if self._is_newer or not (len(names) < len(schema.MIGRATIONS) or search.is_to_be_begun(connection)):
            return
        with _immediate(connection):
            names = schema.applied(connection)
            self._is_newer = schema.is_newer(names)
            if self._is_newer:
                return
            while schema.migrate_one(connection):
                pass
            search.begin(connection)
            if not names and has_sidecars(self.home):
                rebuild.start(connection)
                self._is_fresh = True

    def _forget(self) -> None:
        if self._process_lock is not None:
            self._process_lock.forget()
            self._process_lock = None


@contextlib.contextmanager
def _immediate(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


_open_backends: weakref.WeakSet[Backend] = weakref.WeakSet()


def _forget_all() -> None:
    for backend in list(_open_backends):
        backend._forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
