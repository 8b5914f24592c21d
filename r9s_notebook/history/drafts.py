"""What is written in a cell and not yet sent: one document for each cell of each notebook."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from r9s_notebook.history import notebooks
from r9s_notebook.history.records import whole


def place_of(cell: str, notebook: str | None) -> tuple[str, str]:
    """Under what a cell's document is kept."""
    return whole(cell), whole(notebook or "")


def keep(
    connection: sqlite3.Connection, place: tuple[str, str], document: str, images: set[str], now: float
) -> set[str]:
    """Puts a document in place of the former one; gives the images that are needed for it no longer."""
    before = {
        sha256
        for (sha256,) in connection.execute(
            "SELECT sha256 FROM draft_images WHERE cell_id = ? AND notebook = ?", place
        ).fetchall()
    }
    connection.execute("DELETE FROM draft_images WHERE cell_id = ? AND notebook = ?", place)
    connection.execute("DELETE FROM drafts WHERE cell_id = ? AND notebook = ?", place)
    if document:
        connection.execute("INSERT INTO drafts VALUES (?, ?, ?, ?)", (*place, now, whole(document)))
        connection.executemany("INSERT INTO draft_images VALUES (?, ?, ?)", [(image, *place) for image in images])
    return before - images


def find(connection: sqlite3.Connection, home: Path, cell: str, notebook: str | None) -> str | None:
    """The cell's document: under its notebook's name, or the newest under another one that is no copy of it."""
    copies = set(notebooks.copies(connection, home, notebook, cell)) if notebook else set()
    found = connection.execute(
        "SELECT notebook, document FROM drafts WHERE cell_id = ? ORDER BY notebook = ? DESC, changed DESC",
        place_of(cell, notebook),
    )
    return next((document for name, document in found if name not in copies), None)
