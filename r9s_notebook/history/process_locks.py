"""Which processes are alive: each holds a lock on a file of its own, and the system lets go of it when it dies.

A process id says little: it is used again, it means nothing in another container, and asking for one on Windows ends
the process. A lock is right however the process ends, ``kill -9`` included.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import time
import weakref
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:  # how Windows says that somebody else holds it
            raise BlockingIOError(*error.args) from None
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_FORGOTTEN_AFTER = 86400.0  # seconds after which the lock files of dead processes are removed


class ProcessLock:
    """This process's sign of life in a store's folder.

    Attributes:
        token: Its name; runs carry it while they are under way.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / "alive"
        self.token: str = f"{os.getpid()}-{secrets.token_hex(8)}"
        self._path = self._folder / f"{self.token}.lock"
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        with contextlib.suppress(OSError):  # a file system without locks: then only this process knows that it lives
            _lock(descriptor)
        # No other process judges the token before a run carries it, so the moment without a lock does no harm.
        self._descriptor = descriptor
        self._end = weakref.finalize(self, _close, descriptor)

    def close(self) -> None:
        """Says that this process is done with the store."""
        if self._end.detach() is not None:
            _close(self._descriptor)
            self._path.unlink(missing_ok=True)

    def forget(self) -> None:
        """In a forked child: the sign is the parent's. Closing the copy leaves the parent's lock alone."""
        if self._end.detach() is not None:
            _close(self._descriptor)

    def is_alive(self, token: str | None) -> bool:
        """True while the process that took that token holds it."""
        if token == self.token:
            return True
        if not token or Path(token).name != token:
            return False
        path = self._folder / f"{token}.lock"
        return path.exists() and _is_held(path)

    def sweep(self) -> None:
        """Removes the signs of processes that died long ago."""
        now = time.time()
        for path in self._folder.glob("*.lock"):
            with contextlib.suppress(OSError):
                if now - path.stat().st_mtime > _FORGOTTEN_AFTER and not _is_held(path):
                    path.unlink()


class FolderLock:
    """A lock for one rare job at a time among all processes of a folder.

    ``with`` waits for it, for so many seconds, and says whether it is held; one that a file system without locks cannot
    give counts as held.
    """

    def __init__(self, path: Path, *, patience: float = 60.0) -> None:
        self._path = path
        self._patience = patience
        self._descriptor = -1

    def __enter__(self) -> bool:
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        _folder_locks.add(self)
        until = time.monotonic() + self._patience
        while True:
            try:
                _lock(self._descriptor)
            except BlockingIOError:
                if time.monotonic() >= until:
                    return False
                time.sleep(0.01)
            except OSError:
                return True
            else:
                return True

    def __exit__(self, *_: object) -> None:
        self.forget()

    def forget(self) -> None:
        """In a forked child: the lock is the parent's. Closing the copy leaves it alone."""
        descriptor, self._descriptor = self._descriptor, -1
        _close(descriptor)


_folder_locks: weakref.WeakSet[FolderLock] = weakref.WeakSet()


def _forget_locks() -> None:
    for lock in list(_folder_locks):
        lock.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_locks)


def _is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    except OSError:
        return True  # not ours to judge
    try:
        _lock(descriptor)
    except OSError:
        return True
    else:
        return False
    finally:
        _close(descriptor)


def _close(descriptor: int) -> None:
    with contextlib.suppress(OSError):
        os.close(descriptor)
