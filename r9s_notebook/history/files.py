"""Files that are whole or absent: written under another name, synced, then renamed.

The store's folder holds ``images/<sha256>.<ext>`` (the API's original bytes), ``runs/<id>.json`` (what is known about
each run, see ``sidecar``), ``tmp/`` (files on their way) and ``alive/`` (see ``process_locks``).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from r9s_notebook.errors import HistoryError, StoreUnavailableError
from r9s_notebook.formats import SUFFIXES
from r9s_notebook.translation import Message

_OTHER = "bin"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ABANDONED_AFTER = 3600.0  # seconds; no write takes that long
_FOLDERS = ("images", "runs", "tmp", "alive")


def lay_out(home: Path) -> None:
    """Makes the store's folders and keeps them out of git.

    Raises:
        OSError: The folder cannot be made or written.
        StoreUnavailableError: One of its folders is a link: files would land where nobody looks for them.
    """
    home.mkdir(parents=True, exist_ok=True)
    for name in _FOLDERS:
        folder = home / name
        if folder.is_symlink():
            raise StoreUnavailableError(
                Message("{folder} is a link. Replace it by a real folder, so that images stay together.", folder=folder)
            )
        folder.mkdir(exist_ok=True)
    ignore = home / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")
    probe = home / "tmp" / f"{secrets.token_hex(8)}.probe"
    probe.write_bytes(b"")  # a folder that exists may still refuse to be written
    probe.unlink()
    _sweep(home / "tmp")


class Staged:
    """Whole files, synced, under temporary names: all that is left to do is to rename them.

    ``with`` removes those that were not placed.

    Args:
        home: The store's folder, on the same file system as the files.
        files: Where each file goes, and its bytes.
        durable: False leaves the syncing to the system: the files survive this process, not a loss of power.

    Raises:
        OSError: The disk is full or refuses; nothing is left under a real name.
    """

    def __init__(self, home: Path, files: Iterable[tuple[Path, bytes]], *, durable: bool = True) -> None:
        self._durable = durable
        self._waiting: dict[Path, Path] = {}
        try:
            for path, data in files:
                temporary = self._waiting[path] = home / "tmp" / f"{secrets.token_hex(16)}.part"
                with temporary.open("xb") as file:
                    file.write(data)
                    file.flush()
                    if durable:
                        os.fsync(file.fileno())
        except BaseException:
            self.discard()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def place(self) -> None:
        """Gives the files their names; whoever looks sees a whole file or none. Files that exist are replaced."""
        folders = {path.parent for path in self._waiting}
        for path, temporary in list(self._waiting.items()):
            temporary.replace(path)
            del self._waiting[path]
        if self._durable:
            for folder in folders:
                sync_folder(folder)

    def discard(self) -> None:
        """Removes what was not placed."""
        while self._waiting:
            _, temporary = self._waiting.popitem()
            temporary.unlink(missing_ok=True)


def write_durably(home: Path, files: Iterable[tuple[Path, bytes]]) -> None:
    """Writes whole files that survive a loss of power once this returns; files that exist are replaced.

    Raises:
        OSError: The disk is full or refuses.
    """
    with Staged(home, files) as staged:
        staged.place()


def sync_folder(folder: Path) -> None:
    """Makes renames in a folder durable, where the system can."""
    with contextlib.suppress(OSError):  # Windows opens no folders, and some network file systems sync none
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sha256_of(data: bytes) -> str:
    """The name of an image."""
    return hashlib.sha256(data).hexdigest()


def checked_sha256(text: str) -> str:
    """The text itself, where it is the name of an image; nothing else may become part of a path.

    Raises:
        HistoryError: It is not.
    """
    if not isinstance(text, str) or not _SHA256.fullmatch(text):
        raise HistoryError(f"{text!r} does not name an image: that is a sha256, 64 characters of 0-9 and a-f.")
    return text


def image_path(home: Path, sha256: str, media_type: str) -> Path:
    """Where an image of that name and type lies."""
    return home / "images" / f"{checked_sha256(sha256)}.{SUFFIXES.get(media_type, _OTHER)}"


def find_image(home: Path, sha256: str) -> Path | None:
    """The file of an image whose type is not at hand, or None where there is none."""
    stem = home / "images" / checked_sha256(sha256)
    candidates = (stem.with_suffix(f".{suffix}") for suffix in (*SUFFIXES.values(), _OTHER))
    return next((path for path in candidates if os.path.lexists(path)), None)


def is_whole(path: Path, n_bytes: int) -> bool:
    """True where an image of that size is already there as a plain file."""
    try:
        return not path.is_symlink() and path.stat().st_size == n_bytes
    except OSError:
        return False


def read_image(home: Path, sha256: str) -> bytes:
    """An image's bytes, as they were written.

    Raises:
        HistoryError: The file is gone, is a link, or was changed.
    """
    path = find_image(home, sha256)
    if path is None:
        raise HistoryError(
            Message(
                "The image {name}… is missing from {folder}: it was deleted or moved by hand.",
                name=sha256[:12],
                folder=home / "images",
            )
        )
    if path.is_symlink():
        raise HistoryError(Message("{path} is a link, not an image of the history; it is not followed.", path=path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise HistoryError(Message("{path} cannot be read: {why}.", path=path, why=error.strerror or error)) from error
    if sha256_of(data) != sha256:
        raise HistoryError(Message("{path} is damaged: its bytes are no longer those that were kept.", path=path))
    return data


def _sweep(folder: Path) -> None:
    """Removes what killed processes left on its way."""
    now = time.time()
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if now - path.stat().st_mtime > _ABANDONED_AFTER:
                path.unlink()
