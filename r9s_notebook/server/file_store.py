"""Finished images behind addresses, for a while: by the hash of their content, in memory or in a folder."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import Protocol

from r9s_notebook.formats import SUFFIXES


@dataclass(frozen=True)
class StoredFile:
    """A file that can be served."""

    name: str
    data: bytes
    media_type: str


class Files(Protocol):
    """Where images wait behind their ``url``. Any thread and any event loop may call it."""

    def put(self, data: bytes, media_type: str) -> str:
        """Keep a file; its name, such as ``3f2a....png``."""
        ...

    def get(self, name: str) -> StoredFile | None:
        """The file of that name, or None once it has been forgotten."""
        ...


class FileStore:
    """Keeps files by the hash of their content, within bounds; the least recently used go first.

    Any thread and any event loop may call it.

    Args:
        max_bytes: Of all files.
        max_read_bytes: Of those that were fetched; None for no bound of their own.
    """

    def __init__(self, max_bytes: int = 96 * 2**20, max_read_bytes: int | None = None) -> None:
        self._max_bytes = max_bytes
        self._max_read_bytes = max_bytes if max_read_bytes is None else max_read_bytes
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._read: OrderedDict[str, int] = OrderedDict()  # those that were fetched, with their bytes
        self._held = 0
        self._lock = Lock()

    @property
    def held(self) -> int:
        """Bytes kept now."""
        return self._held

    def put(self, data: bytes, media_type: str) -> str:
        """Keep a file; its name, such as ``3f2a....png``. A file larger than the whole store is kept alone."""
        name = _name(data, media_type)
        with self._lock:
            if name not in self._files:
                self._files[name] = StoredFile(name, data, media_type)
                self._held += len(data)
            self._files.move_to_end(name)
            self._read.pop(name, None)
            while self._held > self._max_bytes and len(self._files) > 1:
                self._forget(next(iter(self._files)))
        return name

    def get(self, name: str) -> StoredFile | None:
        """The file of that name, or None once it has been forgotten."""
        with self._lock:
            if name not in self._files:
                return None
            self._files.move_to_end(name)
            file = self._files[name]
            self._read[name] = len(file.data)
            self._read.move_to_end(name)
            while sum(self._read.values()) > self._max_read_bytes and len(self._read) > 1:
                self._forget(next(iter(self._read)))
            return file

    def _forget(self, name: str) -> None:
        self._held -= len(self._files.pop(name).data)
        self._read.pop(name, None)


class SharedFolder:
    """Keeps files in a folder that several servers see: whichever is asked has what another one made.

    Args:
        folder: It is made where there is none.
        seconds: How long a file is kept after it was last put.
        now: Seconds since 1970.
    """

    def __init__(self, folder: str | Path, *, seconds: float = 3600, now: Callable[[], float] = time.time) -> None:
        self._folder = Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._seconds = seconds
        self._now = now
        self._swept = 0.0

    def put(self, data: bytes, media_type: str) -> str:
        """Keep a file; its name. Whoever reads it meanwhile sees all of it or nothing."""
        self._sweep()
        name = _name(data, media_type)
        with NamedTemporaryFile(dir=self._folder, suffix=_PART, delete=False) as part:
            part.write(data)
        os.utime(part.name, (self._now(), self._now()))
        Path(part.name).replace(self._folder / name)
        return name

    def get(self, name: str) -> StoredFile | None:
        """The file of that name, or None where there is none, or none any more."""
        if not _NAME.fullmatch(name):
            return None
        path = self._folder / name
        try:
            if self._is_old(path):
                return None
            return StoredFile(name, path.read_bytes(), _MEDIA_TYPES[path.suffix[1:]])
        except FileNotFoundError:
            return None

    def _is_old(self, path: Path) -> bool:
        return self._now() - path.stat().st_mtime > self._seconds

    def _sweep(self) -> None:
        """Removes what is old; now and then, since it reads the whole folder."""
        if self._now() - self._swept < self._seconds / 60:
            return
        self._swept = self._now()
        for path in self._folder.iterdir():
            if _NAME.fullmatch(path.name) or path.suffix == _PART:
                with suppress(FileNotFoundError):  # another server sweeps too
                    if self._is_old(path):
                        path.unlink()


_PART = ".r9s-part"
_OTHER = "bin"
_MEDIA_TYPES = {suffix: media_type for media_type, suffix in SUFFIXES.items()} | {_OTHER: "application/octet-stream"}
_NAME = re.compile(rf"[0-9a-f]{{40}}\.({'|'.join(_MEDIA_TYPES)})")


def _name(data: bytes, media_type: str) -> str:
    return f"{hashlib.sha256(data).hexdigest()[:40]}.{SUFFIXES.get(media_type, _OTHER)}"
