"""Family trees: which run edits an image of which."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from r9s_notebook.history.records import Run
from r9s_notebook.history.rows import load_run, runs_of


@dataclass(frozen=True)
class Family:
    """A run and everything that was made from its images.

    Attributes:
        run: The run.
        children: The families of the runs that edit its images, oldest first.
    """

    run: Run
    children: tuple[Family, ...] = ()

    def __iter__(self) -> Iterator[tuple[int, Run]]:
        """Every run with its depth, parents before their children."""
        waiting = [(0, self)]
        while waiting:
            depth, family = waiting.pop()
            yield depth, family.run
            waiting.extend((depth + 1, child) for child in reversed(family.children))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def family_of(connection: sqlite3.Connection, home: Path, run_id: str) -> Family | None:
    """The whole tree that a run belongs to, or None where there is no such run."""
    root = load_run(connection, home, run_id)
    seen = {run_id}
    while root is not None and root.parent is not None and root.parent not in seen:
        seen.add(root.parent)
        parent = load_run(connection, home, root.parent)
        if parent is None:  # it was deleted; its children are the oldest that is left
            break
        root = parent
    return None if root is None else _grown(connection, home, root)


def _grown(connection: sqlite3.Connection, home: Path, root: Run) -> Family:
    """Reads one generation at a time: a chain of a thousand edits is no deeper for Python's stack than one of two."""
    generations: list[list[Run]] = [[root]]
    seen = {root.id}
    while generations[-1]:
        children = []
        for parent in generations[-1]:
            rows = connection.execute("SELECT * FROM runs WHERE parent = ? ORDER BY key", (parent.id,))
            children += [run for run in runs_of(connection, home, rows) if run.id not in seen]
        seen.update(run.id for run in children)
        generations.append(children)
    below: dict[str | None, list[Family]] = {}
    for generation in reversed(generations[1:]):
        families = [Family(run, tuple(below.get(run.id, ()))) for run in generation]
        below = {}
        for family in families:
            below.setdefault(family.run.parent, []).append(family)
    return Family(root, tuple(below.get(root.id, ())))
