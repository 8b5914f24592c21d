"""Looking through the runs around a cell: its own, its notebook's, the project's; searched, and read in pages."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from r9s_notebook.archive.cell import Cell
from r9s_notebook.history import Kind, Run, Status, Store, StoredImage
from r9s_notebook.history.notebooks import find_notebook

Scope = Literal["cell", "notebook", "project"]

PAGE = 60
_RATINGS = (-1, 1, 2, 3, 4, 5)


@dataclass(frozen=True, kw_only=True)
class Search:
    """Which runs to look at; what is None or empty does not matter.

    Attributes:
        scope: ``"cell"``, ``"notebook"`` or ``"project"``: how far to look.
        text: Words of the prompt, the note, the model; the last one may be unfinished.
        kind: ``"generate"`` or ``"edit"``.
        status: How they ended.
        favourite: True for those that the user has marked.
        rating: 1 to 5 for those with a picture that is rated so or better, -1 for those with a rejected one.
    """

    scope: Scope = "cell"
    text: str = ""
    kind: Kind | None = None
    status: Status | None = None
    favourite: bool = False
    rating: int | None = None

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Search:
        """The search that a page describes; what it does not know counts as not said."""
        return cls(
            scope=asked["scope"] if asked.get("scope") in get_args(Scope) else "cell",
            text=str(asked.get("text") or ""),
            kind=asked["kind"] if asked.get("kind") in get_args(Kind) else None,
            status=asked["status"] if asked.get("status") in get_args(Status) else None,
            favourite=asked.get("favourite") is True,
            rating=asked["rating"] if asked.get("rating") in _RATINGS else None,
        )

    @property
    def ratings(self) -> tuple[int | None, int | None]:
        """The lowest and the highest rating that is looked for."""
        return (None, self.rating) if self.rating == _RATINGS[0] else (self.rating, None)

    def wants(self, image: StoredImage, run: Run) -> bool:
        """Whether one image of a run that was found is looked for itself."""
        return image.is_rated(*self.ratings) and (not self.favourite or image.favourite or run.favourite)


@dataclass(frozen=True)
class Page:
    """Some of the runs that were found.

    Attributes:
        runs: Newest first.
        more: Whether there are older ones.
    """

    runs: tuple[Run, ...]
    more: bool


def scopes_of(cell: Cell) -> tuple[Scope, ...]:
    """How far one can look from a cell; without a notebook's name there is none to look through."""
    return ("cell", "notebook", "project") if cell.notebook else ("cell", "project")


def page_of(
    store: Store,
    cell: Cell,
    search: Search,
    *,
    made_here: Collection[str] = (),
    before: str | None = None,
    limit: int = PAGE,
) -> Page:
    """The next runs that match, newest first.

    Args:
        store: Where they are kept.
        cell: From where one looks.
        search: Which runs.
        made_here: The ids of the cell's runs, where no front end told which cell it is.
        before: The id of the last run of the page before; None for the first page.
        limit: How many at most.

    Raises:
        HistoryError: The store cannot be read.
    """
    if search.scope == "cell" and cell.id is None:
        oldest = min(made_here, default="~")  # ids sort by time: no need to look further back
        since = itertools.takewhile(lambda run: run.id >= oldest, _all_matching(store, cell, search, before))
        found = list(itertools.islice((run for run in since if run.id in made_here), limit + 1))
    else:
        found = _matching(store, cell, search, before, limit + 1)
    return Page(tuple(found[:limit]), len(found) > limit)


def _all_matching(store: Store, cell: Cell, search: Search, before: str | None) -> Iterator[Run]:
    """Every run that matches, a page at a time."""
    while found := _matching(store, cell, search, before, PAGE):
        yield from found
        before = found[-1].id


def _matching(store: Store, cell: Cell, search: Search, before: str | None, limit: int) -> list[Run]:
    return store.runs(
        cell=cell.id if search.scope == "cell" else None,
        own_to=cell.notebook,
        notebook=_notebook(store, cell) if search.scope == "notebook" else None,
        text=search.text or None,
        kind=search.kind,
        status=search.status,
        favourite=True if search.favourite else None,
        min_rating=search.ratings[0],
        max_rating=search.ratings[1],
        before=before,
        limit=limit,
    )


def _notebook(store: Store, cell: Cell) -> str | None:
    """The name under which the store knows a cell's notebook: until its first run after it was renamed, the former."""
    if cell.notebook is None or cell.id is None or store.runs(notebook=cell.notebook, limit=1):
        return cell.notebook
    own = store.runs(cell=cell.id, own_to=cell.notebook, limit=1)
    former = next((run.notebook for run in own), None)
    if former is None or find_notebook(store.home, former) is not None:
        return cell.notebook  # that one is still there: this is no other name of it
    return former
