"""Full-text search over prompts, notes, models, revised prompts and seeds, for anything a user may type.

The index is FTS5's. It can always be made from the runs, and it is, where a database comes without one, from a SQLite
without FTS5, or from a version that knew words otherwise: in batches, so that other processes read and write between
them. Until it is whole, as where there is no FTS5, the search reads the runs one by one.

The fact ``search`` says what it lacks: ``"stale"`` is everything, a number is the runs whose keys are below it, and no
fact is nothing.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3

from r9s_notebook.history.ids import key_of
from r9s_notebook.history.records import Run
from r9s_notebook.history.tokens import fold, indexed

_TABLE = """
    CREATE VIRTUAL TABLE search_words USING fts5(
        words, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So'", prefix = '1 2 3'
    )"""
_STALE = "stale"
_IN_ONE_BATCH = 2_000  # runs; a few tenths of a second


@functools.cache
def has_fts5() -> bool:
    """True where this process's SQLite was built with full-text search."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        return connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None


def is_ready(connection: sqlite3.Connection) -> bool:
    """True where the index is there and whole."""
    return has_fts5() and _is_there(connection) and _lack(connection) is None


def is_to_be_begun(connection: sqlite3.Connection) -> bool:
    """True where ``begin`` would make a new index."""
    return has_fts5() and (not _is_there(connection) or _lack(connection) == _STALE)


def is_being_made(connection: sqlite3.Connection) -> bool:
    """True where ``go_on`` has something to do."""
    return has_fts5() and _lack(connection) is not None


def begin(connection: sqlite3.Connection) -> None:
    """Makes a new index, inside the caller's transaction, where there is none or it is stale; ``go_on`` fills it."""
    if not is_to_be_begun(connection):
        return
    connection.execute("DROP TABLE IF EXISTS search")  # the index of the version that knew words otherwise
    connection.execute("DROP TABLE IF EXISTS search_words")
    connection.execute(_TABLE)
    (newest,) = connection.execute("SELECT max(key) FROM runs").fetchone()
    _say_lack(connection, None if newest is None else str(newest + 1))


def go_on(connection: sqlite3.Connection) -> bool:
    """Adds the next runs, newest first, inside the caller's transaction; False where none was left."""
    begin(connection)
    lack = _lack(connection)
    rows = connection.execute(
        "SELECT key, prompt, template, note, requested_model, served_model FROM runs WHERE key < ? "
        "ORDER BY key DESC LIMIT ?",
        (0 if lack is None else int(lack), _IN_ONE_BATCH),
    ).fetchall()
    if not rows:
        _say_lack(connection, None)
        return False
    oldest, newest = rows[-1]["key"], rows[0]["key"]
    # Those that were added or changed since the index was begun are in it.
    known = {
        key
        for (key,) in connection.execute("SELECT rowid FROM search_words WHERE rowid BETWEEN ? AND ?", (oldest, newest))
    }
    for key, *texts in reversed(rows):  # the index slows down where keys go backwards
        if key not in known:
            said = connection.execute("SELECT revised_prompt, note, seed FROM images WHERE run = ?", (key,))
            _insert(connection, key, indexed([*texts, *(text for row in said for text in row)]))
    _say_lack(connection, str(oldest))
    return True


def index(connection: sqlite3.Connection, run: Run, *, new: bool = False) -> None:
    """Makes a run findable by its words as they are now."""
    if not has_fts5():
        _say_lack(connection, _STALE)
        return
    texts = [run.prompt, run.template, run.note, run.requested_model, run.served_model]
    for image in run.images:
        texts += image.revised_prompt, image.note, None if image.seed is None else str(image.seed)
    words, key = indexed(texts), key_of(run.id)
    if not new:
        (before,) = connection.execute("SELECT words FROM search_words WHERE rowid = ?", (key,)).fetchone() or (None,)
        if before == words:
            return
        connection.execute("DELETE FROM search_words WHERE rowid = ?", (key,))
    _insert(connection, key, words)


def remove(connection: sqlite3.Connection, run_id: str) -> None:
    """Makes a deleted run unfindable."""
    if has_fts5():
        connection.execute("DELETE FROM search_words WHERE rowid = ?", (key_of(run_id),))


def teach_folding(connection: sqlite3.Connection) -> None:
    """Gives SQL a function ``folded``: what the search without an index compares."""
    connection.create_function("folded", 1, fold, deterministic=True)


def _insert(connection: sqlite3.Connection, key: int, words: str) -> None:
    connection.execute("INSERT INTO search_words (rowid, words) VALUES (?, ?)", (key, words))


def _is_there(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_words'").fetchone() is not None


def _lack(connection: sqlite3.Connection) -> str | None:
    (value,) = connection.execute("SELECT value FROM facts WHERE name = 'search'").fetchone() or (None,)
    return None if value is None else value if value.isdecimal() else _STALE


def _say_lack(connection: sqlite3.Connection, lack: str | None) -> None:
    if lack is None:
        connection.execute("DELETE FROM facts WHERE name = 'search'")
    else:
        connection.execute("INSERT OR REPLACE INTO facts VALUES ('search', ?)", (lack,))
