"""Full-text search over prompts, notes, models and revised prompts, for anything a user may type.

The index is FTS5's. It is not part of the migrations: it can always be made from the runs, and it is, where a database
comes without one or from a SQLite without FTS5. There, the search reads the runs one by one.
"""

from __future__ import annotations

import re
import sqlite3

from r9s_notebook.history.ids import key_of
from r9s_notebook.history.records import Run, whole

_TABLE = """
    CREATE VIRTUAL TABLE search USING fts5(
        words, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So'", prefix = '1 2 3'
    )"""
# Scripts without spaces between words, and emoji: each character is a word of its own, so that any part is found.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U0001f000-\U0001faff\U00020000-\U0003ffff])"
)
_MOST_WORDS = 24
_MOST_CHARACTERS = 400


def has_fts5(connection: sqlite3.Connection) -> bool:
    """True where this SQLite was built with full-text search."""
    return connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None


def is_ready(connection: sqlite3.Connection) -> bool:
    """True where the index is there and whole."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'search'").fetchone()
    return there is not None and not _is_stale(connection) and has_fts5(connection)


def needs_work(connection: sqlite3.Connection) -> bool:
    """True where ``make_ready`` would make the index."""
    return not is_ready(connection) and has_fts5(connection)


def make_ready(connection: sqlite3.Connection) -> None:
    """Makes the index from the runs where it is missing or was left behind by a SQLite without FTS5."""
    if not needs_work(connection):
        return
    connection.execute("DROP TABLE IF EXISTS search")
    connection.execute(_TABLE)
    rows = connection.execute(
        "SELECT key, prompt, template, note, requested_model, served_model FROM runs ORDER BY key"
    )
    for key, *texts in rows:
        revised = connection.execute("SELECT revised_prompt FROM images WHERE run = ?", (key,))
        words = _words([*texts, *(text for (text,) in revised)])
        connection.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (key, words))
    connection.execute("DELETE FROM facts WHERE name = 'search'")


def index(connection: sqlite3.Connection, run: Run, *, new: bool = False) -> None:
    """Makes a run findable by its words as they are now."""
    if not has_fts5(connection):
        connection.execute("INSERT OR REPLACE INTO facts VALUES ('search', 'stale')")
        return
    texts = [run.prompt, run.template, run.note, run.requested_model, run.served_model]
    words, key = _words([*texts, *(image.revised_prompt for image in run.images)]), key_of(run.id)
    if not new:
        (before,) = connection.execute("SELECT words FROM search WHERE rowid = ?", (key,)).fetchone() or (None,)
        if before == words:
            return
        connection.execute("DELETE FROM search WHERE rowid = ?", (key,))
    connection.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (key, words))


def remove(connection: sqlite3.Connection, run_id: str) -> None:
    """Makes a deleted run unfindable."""
    if has_fts5(connection):
        connection.execute("DELETE FROM search WHERE rowid = ?", (key_of(run_id),))


def match(text: str) -> str:
    """What FTS5 looks for: every word, the last one as the beginning of a word; ``""`` where there is no word.

    Each piece is quoted, so nothing that a user types is taken for syntax.
    """
    pieces = [
        piece for piece in _clean(text)[:_MOST_CHARACTERS].split() if re.search(r"\w", piece) or _UNSPACED.search(piece)
    ]
    quoted = ['"' + _spaced(piece).replace('"', '""').strip() + '"' for piece in pieces[:_MOST_WORDS]]
    return f"{' '.join(quoted)}*" if quoted else ""


def like(text: str) -> list[str]:
    """The same as patterns for LIKE (a backslash escapes), for a SQLite without FTS5 and for mere signs."""
    words = _clean(text)[:_MOST_CHARACTERS].split()[:_MOST_WORDS]
    return ["%" + re.sub(r"([\\%_])", r"\\\1", word) + "%" for word in words]


def _is_stale(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM facts WHERE name = 'search'").fetchone() is not None


def _words(texts: list[str | None]) -> str:
    return "\n".join(_spaced(_clean(text)) for text in texts if text)


def _spaced(text: str) -> str:
    return _UNSPACED.sub(r" \1 ", text)


def _clean(text: str) -> str:
    return whole(text.replace("\0", " "))
