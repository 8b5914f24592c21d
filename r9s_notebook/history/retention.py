"""Images that are kept for a while although no run names them, and the end of those that nothing keeps.

A pin holds an image until a moment. One whose moment is over holds nothing: it is a note that the image's file is to
be removed where no run names it, for whoever comes next, should this process be killed before it does that itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from r9s_notebook.history.files import find_image

_OVER = 0.0


def pin(connection: sqlite3.Connection, sha256: str, until: float) -> None:
    """Keeps an image until then (seconds since 1970)."""
    connection.execute("INSERT OR REPLACE INTO pins VALUES (?, ?)", (sha256, until))


def unpin(connection: sqlite3.Connection, names: Iterable[str | None]) -> None:
    """Takes the pins off images that a run names from now on."""
    connection.executemany("DELETE FROM pins WHERE sha256 = ?", {(name,) for name in names if name is not None})


def give_up(connection: sqlite3.Connection, names: Iterable[str | None]) -> None:
    """Notes images that a run needs no longer; another run or a pin may still keep them."""
    connection.executemany(
        "INSERT OR IGNORE INTO pins VALUES (?, ?)", {(name, _OVER) for name in names if name is not None}
    )


def has_expired(connection: sqlite3.Connection, now: float) -> bool:
    """True where ``remove_unused`` has something to look at."""
    return connection.execute("SELECT 1 FROM pins WHERE until <= ? LIMIT 1", (now,)).fetchone() is not None


def remove_unused(connection: sqlite3.Connection, home: Path, now: float) -> None:
    """Removes the files of images that nothing keeps any longer, inside the caller's transaction.

    Under the database's lock, so that nobody begins to need one of them meanwhile.
    """
    names = {name for (name,) in connection.execute("SELECT sha256 FROM pins WHERE until <= ?", (now,))}
    connection.execute("DELETE FROM pins WHERE until <= ?", (now,))
    for sha256 in names:
        path = find_image(home, sha256)
        if path is not None and not _is_used(connection, sha256):
            path.unlink(missing_ok=True)


def _is_used(connection: sqlite3.Connection, sha256: str) -> bool:
    """True where a run needs that image: as a result, a source, a mask, or the image that was edited; or will soon.

    So does a draft.
    """
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (sha256,)).fetchone()  # noqa: S608
        for table, column in (
            ("images", "sha256"),
            ("runs", "source"),
            ("runs", "mask_png"),
            ("runs", "parent_image"),
            ("draft_images", "sha256"),
            ("pins", "sha256"),
        )
    )
