"""Finished images behind addresses, for a while: a content-addressed store in memory that forgets the oldest."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from r9s_notebook.formats import SUFFIXES


@dataclass(frozen=True)
class StoredFile:
    """A file that can be served."""

    name: str
    data: bytes
    media_type: str


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
        name = f"{hashlib.sha256(data).hexdigest()[:40]}.{SUFFIXES.get(media_type, 'bin')}"
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
