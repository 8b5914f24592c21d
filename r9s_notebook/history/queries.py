"""What can be asked of the store, as SQL."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from r9s_notebook.history import notebooks, search, tokens
from r9s_notebook.history.ids import key_of
from r9s_notebook.history.notebooks import known_as
from r9s_notebook.history.records import RATINGS, Kind, Run, Spent, Status, whole
from r9s_notebook.history.rows import runs_of

_SEARCHED = "prompt || ' ' || coalesce(template, '') || ' ' || note || ' ' || coalesce(requested_model, '')"

# Where the runs are looked for, their key there, and what makes them a cell's. Among those with a frequent word, the
# few of a cell are told by their keys sooner than by their rows; the plus keeps the index from being asked for each.
_BY_TIME = ("runs", "key", "cell_id = ?")
_BY_WORDS = (
    "search_words CROSS JOIN runs ON runs.key = search_words.rowid",
    "search_words.rowid",
    "+search_words.rowid IN (SELECT key FROM runs WHERE cell_id = ?)",
)


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which runs; what is None does not matter.

    Attributes:
        cell: The cell's id.
        own_to: The path of the notebook in which one looks at the cell: the runs of its copies, whose cells have the
            same ids, are left out.
        notebook: The notebook's path, or without ``own_to`` a name, in whatever folder; runs from before it was
            renamed, and of cells that were moved into it, count as its own.
        text: Words of the prompt, the note, the model; the last one may be unfinished.
        kind: ``"generate"`` or ``"edit"``.
        status: How they ended.
        favourite: Marked or not, the run itself or one of its pictures.
        min_rating: Only runs with a picture that is rated so, or better.
        max_rating: The same, so or worse; for one picture where both are given.
        parent: The run that they edit.
        batch: The sweep that they belong to.
        image: The sha256 of an image; only runs that made it.
        month: As ``YYYY-MM``, in UTC.
        before: The id of a run; only older ones.
        limit: At most so many; None for all.
    """

    cell: str | None = None
    own_to: str | None = None
    notebook: str | None = None
    text: str | None = None
    kind: Kind | None = None
    status: Status | None = None
    favourite: bool | None = None
    min_rating: int | None = None
    max_rating: int | None = None
    parent: str | None = None
    batch: str | None = None
    image: str | None = None
    month: str | None = None
    before: str | None = None
    limit: int | None = 100


def find(connection: sqlite3.Connection, home: Path, query: Query) -> list[Run]:
    """The runs, newest first."""
    chosen, key, values = _chosen(connection, home, query)
    sql = f"SELECT runs.* {chosen} ORDER BY {key} DESC LIMIT ?"
    rows = connection.execute(sql, (*values, -1 if query.limit is None else query.limit))
    return runs_of(connection, home, rows)


def spent(connection: sqlite3.Connection, home: Path, query: Query) -> Spent:
    """What the runs have cost, all of them, whatever the query's limit."""
    chosen, _key, values = _chosen(connection, home, query)
    paid = "status IN ('succeeded', 'interrupted')"
    sums = f"coalesce(sum(cost), 0.0), count(cost), coalesce(sum(cost IS NULL AND {paid}), 0)"
    return Spent(*connection.execute(f"SELECT {sums} {chosen}", values).fetchone())


def _chosen(connection: sqlite3.Connection, home: Path, query: Query) -> tuple[str, str, list[Any]]:
    """From which table and under which conditions, by which key, and the values that stand for the question marks."""
    expression = tokens.match(query.text or "")
    is_indexed = expression != "" and search.is_ready(connection)
    table, key, of_cell = _BY_WORDS if is_indexed else _BY_TIME
    conditions: list[str] = []
    values: list[Any] = []

    def where(condition: str, *some: Any) -> None:
        conditions.append(condition)
        values.extend(some)

    for condition, value in (
        (of_cell, query.cell),
        ("kind = ?", query.kind),
        ("status = ?", query.status),
        ("parent = ?", query.parent),
        ("batch = ?", query.batch),
        ("created LIKE ? || '-%'", query.month),
    ):
        if value is not None:
            where(condition, whole(value))
    if query.notebook is not None:
        meant = [known_as(home, whole(query.notebook))]
        if query.own_to is None:
            meant = notebooks.named(connection, meant[0])
        found = [notebooks.origins(connection, home, notebook) for notebook in meant]
        names, moved = ([one for origins in found for one in getattr(origins, part)] for part in ("names", "moved"))
        either = " OR (notebook = ? AND cell_id = ?)" * len(moved)
        where(f"(notebook IN ({_marks(names)}){either})", *names, *itertools.chain(*moved))
    if query.cell is not None and query.own_to is not None:
        copies = notebooks.copies(connection, home, known_as(home, whole(query.own_to)), whole(query.cell))
        where(f"(notebook IS NULL OR notebook NOT IN ({_marks(copies)}))", *copies)
    for condition, some in _marks_asked_for(query):
        where(condition, *some)
    if query.image is not None:
        where("{key} IN (SELECT run FROM images WHERE sha256 = ?)", query.image)
    if query.before is not None:
        where("{key} < ?", key_of(query.before))
    if is_indexed:
        where("search_words MATCH ?", expression)
    elif query.text:
        search.teach_folding(connection)
        for pattern in tokens.like(query.text):
            where(f"folded({_SEARCHED}) LIKE ? ESCAPE '\\'", pattern)
    sql = f"FROM {table}"
    if conditions:
        sql += f" WHERE {' AND '.join(conditions)}".format(key=key)
    return sql, key, values


def _marks_asked_for(query: Query) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Conditions on what a person says of runs and pictures, each with its values."""
    if query.favourite is not None:
        marked = "(favourite OR {key} IN (SELECT run FROM images WHERE favourite))"
        yield marked if query.favourite else f"NOT {marked}", ()
    low, high = query.min_rating, query.max_rating
    if low is not None or high is not None:
        bounds = (RATINGS[0] if low is None else low, RATINGS[-1] if high is None else high)
        yield "{key} IN (SELECT run FROM images WHERE rating BETWEEN ? AND ?)", bounds


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))
