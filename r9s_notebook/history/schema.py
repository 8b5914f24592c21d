"""The database's tables, as a list of migrations. Each is applied with its record, in one transaction.

To change the tables, append a function to ``MIGRATIONS``; never change one that was released. Add columns and tables,
and leave the old ones as they are, so that an older version can still read a newer database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

Migration = Callable[[sqlite3.Connection], None]


def m001_runs_and_images(connection: sqlite3.Connection) -> None:
    """The first tables. Keys follow the clock (see ``ids.key_of``), so newest first is the rows' own order."""
    connection.execute(
        """
        CREATE TABLE runs (
            key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created TEXT NOT NULL, notebook TEXT, cell_id TEXT,
            kind TEXT NOT NULL, prompt TEXT NOT NULL, template TEXT, params TEXT NOT NULL, requested_model TEXT,
            served_model TEXT, status TEXT NOT NULL, error TEXT, error_type TEXT, parent TEXT, parent_image TEXT,
            source TEXT, mask TEXT, mask_png TEXT, cost REAL, usage TEXT, elapsed REAL, client_version TEXT,
            batch TEXT, favourite INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '', owner TEXT
        )"""
    )
    connection.execute(
        """
        CREATE TABLE images (
            key INTEGER PRIMARY KEY, run INTEGER NOT NULL, position INTEGER NOT NULL, sha256 TEXT NOT NULL,
            media_type TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, n_bytes INTEGER NOT NULL,
            revised_prompt TEXT, thumbnail_type TEXT NOT NULL, thumbnail BLOB NOT NULL
        )"""
    )
    # Which cells a notebook has had: a renamed one is known by its cells.
    connection.execute(
        """
        CREATE TABLE places (
            notebook TEXT NOT NULL, cell_id TEXT NOT NULL, PRIMARY KEY (notebook, cell_id)
        ) WITHOUT ROWID"""
    )
    # Images that were put for a run that has not begun yet: nobody may delete them meanwhile.
    connection.execute("CREATE TABLE pins (sha256 TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID")
    connection.execute("CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    for statement in (
        "CREATE INDEX runs_by_cell ON runs(cell_id) WHERE cell_id IS NOT NULL",
        "CREATE INDEX runs_by_notebook ON runs(notebook) WHERE notebook IS NOT NULL",
        "CREATE INDEX places_by_cell ON places(cell_id)",
        "CREATE INDEX runs_by_parent ON runs(parent) WHERE parent IS NOT NULL",
        "CREATE INDEX runs_by_parent_image ON runs(parent_image) WHERE parent_image IS NOT NULL",
        "CREATE INDEX runs_by_source ON runs(source) WHERE source IS NOT NULL",
        "CREATE INDEX runs_by_mask ON runs(mask_png) WHERE mask_png IS NOT NULL",
        "CREATE INDEX runs_by_batch ON runs(batch) WHERE batch IS NOT NULL",
        "CREATE INDEX running ON runs(owner) WHERE status = 'running'",
        "CREATE INDEX favourites ON runs(key) WHERE favourite",
        "CREATE INDEX images_by_run ON images(run, position)",
        "CREATE INDEX images_by_sha256 ON images(sha256)",
    ):
        connection.execute(statement)


def m002_words_in_their_plainest_spelling(connection: sqlite3.Connection) -> None:
    """The search knows words otherwise (see ``tokens``), in another index; the one before is of no use to anybody."""
    connection.execute("INSERT OR REPLACE INTO facts VALUES ('search', 'stale')")


def m003_what_services_answered(connection: sqlite3.Connection) -> None:
    """Answers that were not understood, and links that can be fetched again."""
    connection.execute("ALTER TABLE runs ADD COLUMN answer TEXT")


def m004_seeds_and_marks_of_images(connection: sqlite3.Connection) -> None:
    """What a service says of each image, and what a person does. Seeds may be larger than SQLite's integers."""
    for column in (
        "seed TEXT",
        "rating INTEGER NOT NULL DEFAULT 0",
        "favourite INTEGER NOT NULL DEFAULT 0",
        "note TEXT NOT NULL DEFAULT ''",
    ):
        connection.execute(f"ALTER TABLE images ADD COLUMN {column}")
    connection.execute("CREATE INDEX images_by_rating ON images(rating, run) WHERE rating <> 0")
    connection.execute("CREATE INDEX favourite_images ON images(run) WHERE favourite")


def m005_drafts(connection: sqlite3.Connection) -> None:
    """What is written in a cell and not yet sent, and the images that it needs. ``""`` is no notebook's name."""
    connection.execute(
        """
        CREATE TABLE drafts (
            cell_id TEXT NOT NULL, notebook TEXT NOT NULL, changed REAL NOT NULL, document TEXT NOT NULL,
            PRIMARY KEY (cell_id, notebook)
        ) WITHOUT ROWID"""
    )
    connection.execute(
        """
        CREATE TABLE draft_images (
            sha256 TEXT NOT NULL, cell_id TEXT NOT NULL, notebook TEXT NOT NULL,
            PRIMARY KEY (sha256, cell_id, notebook)
        ) WITHOUT ROWID"""
    )
    connection.execute("CREATE INDEX draft_images_by_cell ON draft_images(cell_id, notebook)")


def m006_variables_of_sweeps(connection: sqlite3.Connection) -> None:
    """What each run of a sweep has of what varies."""
    connection.execute("ALTER TABLE runs ADD COLUMN variables TEXT")


MIGRATIONS: tuple[Migration, ...] = (
    m001_runs_and_images,
    m002_words_in_their_plainest_spelling,
    m003_what_services_answered,
    m004_seeds_and_marks_of_images,
    m005_drafts,
    m006_variables_of_sweeps,
)


def applied(connection: sqlite3.Connection) -> list[str]:
    """The names of the migrations that this database has seen, oldest first; none for an empty one."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone() is None:
        return []
    return [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY position")]


def is_newer(names: list[str], migrations: tuple[Migration, ...] = MIGRATIONS) -> bool:
    """True where a later version of this package has changed the tables."""
    return not set(names) <= {migration.__name__ for migration in migrations}


def migrate_one(connection: sqlite3.Connection, migrations: tuple[Migration, ...] = MIGRATIONS) -> bool:
    """Applies the first migration that is missing, inside the caller's transaction; False where none is."""
    done = applied(connection)
    missing = [migration for migration in migrations if migration.__name__ not in done]
    if not missing:
        return False
    connection.execute(
        """
        CREATE TABLE IF NOT EXISTS migrations (
            position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, at TEXT NOT NULL
        )"""
    )
    missing[0](connection)
    record = (missing[0].__name__, datetime.now(UTC).isoformat(timespec="seconds"))
    connection.execute("INSERT INTO migrations (name, at) VALUES (?, ?)", record)
    return True
