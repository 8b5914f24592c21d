"""What the store stands on: one folder whose database is opened, migrated, and built again where it must be."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from typing import TypeVar

from r9s_notebook.errors import NewerStoreError, StoreUnavailableError
from r9s_notebook.history import rebuild, schema, search
from r9s_notebook.history.database import Damaged, Database, unavailable
from r9s_notebook.history.files import lay_out
from r9s_notebook.history.homes import DATABASE, Home
from r9s_notebook.history.presence import Presence

T = TypeVar("T")


class Engine:
    """Runs work on the database of a folder, and turns every fault of the disk into an error that says what to do.

    Args:
        home: The folder.
        wal: Whether the database keeps a write-ahead log.
        patience: Seconds to wait for other programs that use the database.
    """

    def __init__(self, home: Home, *, wal: bool, patience: float) -> None:
        self.home = home.path
        self._can_write = home.writable
        self._is_newer = False
        self._notices = [home.notice] if home.notice else []
        self._presence: Presence | None = None
        self._filled = rebuild.Recovered()
        self._database = Database(
            self.home / DATABASE,
            self._prepare,
            wal=wal,
            writable=home.writable,
            frozen=home.frozen,
            patience=patience,
        )
        if self._database.path.is_symlink():
            raise StoreUnavailableError(f"{self._database.path} is a link, which a history does not follow. Remove it.")
        _open_engines.add(self)
        self._open()

    @property
    def writable(self) -> bool:
        """False where the folder or a newer version's tables allow reading only."""
        return self._can_write and not self._is_newer

    @property
    def notice(self) -> str | None:
        """What the user should know, as sentences."""
        return " ".join(self._notices) or None

    @property
    def presence(self) -> Presence:
        """This process's sign of life."""
        if self._presence is None:
            try:
                self._presence = Presence(self.home)
            except OSError as error:
                raise unavailable(error, self.home) from error
        return self._presence

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs work that only reads.

        Raises:
            StoreUnavailableError: The database cannot be read.
        """
        self._mend_folder()
        return self._healed(lambda: self._database.read(work))

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs work in one transaction; it may run more than once.

        Raises:
            NewerStoreError: A newer version of this package made the tables.
            StoreUnavailableError: The database or a file cannot be written.
        """
        if self._is_newer:
            raise NewerStoreError(
                f"A newer version of r9s_notebook made the history in {self.home}: it can be read, not written. "
                "Install the latest (pip install --upgrade r9s-notebook), or set R9S_NOTEBOOK_HOME to another folder."
            )
        if not self._can_write:
            raise StoreUnavailableError(f"The history in {self.home} can only be read. Open one in another folder.")
        self._mend_folder()
        return self._healed(lambda: self._database.write(work))

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
        if self._presence is not None:
            self._presence.close()
            self._presence = None

    def _mend_folder(self) -> None:
        """Makes the folder again where somebody has deleted it under us."""
        if self._can_write and not (self.home / "tmp").is_dir():
            self.close()
            self._healed(lambda: lay_out(self.home))

    def _open(self) -> None:
        self.read(lambda connection: connection.execute("SELECT max(key) FROM runs").fetchone())
        if self._is_newer:
            self._notices.append(
                f"A newer version of r9s_notebook made the history in {self.home}, so it is only read here. "
                "To keep new runs in it, install the latest (pip install --upgrade r9s-notebook)."
            )
        elif self._filled.runs:
            self._notices.append(f"The history's database was gone and was built again: {self._filled}.")
        elif self._can_write:
            self._bring_back()

    def _bring_back(self) -> None:
        lost = self.read(lambda connection: rebuild.lost_runs(connection, self.home))
        number = self.write(lambda connection: rebuild.bring_back(connection, self.home, lost)) if lost else 0
        if number:
            runs = "1 run" if number == 1 else f"{number} runs"
            self._notices.append(
                f"The history's database had lost {runs}; they came back from the files beside the images."
            )

    def _healed(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except OSError as error:
            raise unavailable(error, self.home) from error
        except Damaged as damage:
            self._heal(damage)
        try:
            return call()
        except Damaged as damage:
            raise StoreUnavailableError(
                f"The history in {self.home} is damaged, and building it again failed."
            ) from damage

    def _heal(self, damage: Damaged) -> None:
        if not self._can_write:
            raise StoreUnavailableError(f"The history in {self.home} is damaged, and cannot be written to be mended.")
        self._database.close()
        try:
            aside = rebuild.set_aside(self.home / DATABASE, damage.identity)
        except OSError as error:
            raise StoreUnavailableError(
                f"The history's database in {self.home} is damaged. Restart every kernel that uses it; the next one to "
                f"open it builds it again from the files beside the images ({error.strerror or error})."
            ) from error
        if aside is None:
            return
        self._filled = rebuild.Recovered()
        self._database.read(lambda _: None)
        self._notices.append(
            f"The history's database was damaged. It was set aside as {aside.name} and built again: {self._filled}."
        )
        self._filled = rebuild.Recovered()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Makes the tables of a new connection's database; those of a new database are filled from the sidecars."""
        names = schema.applied(connection)
        self._is_newer = schema.is_newer(names)
        if self._is_newer:
            return
        if len(names) < len(schema.MIGRATIONS):
            with _immediate(connection):
                if not schema.applied(connection):
                    while schema.migrate_one(connection):
                        pass
                    search.make_ready(connection)
                    self._filled = rebuild.fill(connection, self.home)
            more = True
            while more:
                with _immediate(connection):
                    more = schema.migrate_one(connection)
        if search.needs_work(connection):
            with _immediate(connection):
                search.make_ready(connection)

    def _forget(self) -> None:
        if self._presence is not None:
            self._presence.forget()
            self._presence = None


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


_open_engines: weakref.WeakSet[Engine] = weakref.WeakSet()


def _forget_all() -> None:
    for engine in list(_open_engines):
        engine._forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
