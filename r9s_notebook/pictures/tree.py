"""A family of edits as a picture lays it out: generations from left to right, branches below one another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from r9s_notebook.history import Family, Run

MOST_NODES = 80


@dataclass(frozen=True)
class Node:
    """One run in the tree.

    Attributes:
        run: The run.
        column: Its generation; 0 is the oldest.
        row: Counted from the top; a run stands level with its first child, so a chain of edits is a straight line.
        parent: Its parent's place in the list of nodes, or None.
    """

    run: Run
    column: int
    row: int
    parent: int | None


def laid_out(family: Family, chosen: str, most: int = MOST_NODES) -> list[Node]:
    """The family's runs with their places, parents before their children.

    Of a family that is too large to draw, the chosen run and its ancestors are kept, then the others from the top.

    Args:
        family: The whole tree.
        chosen: The id of the run that is looked at.
        most: How many runs are drawn.
    """
    generations = [(depth, run) for depth, run in family]
    kept = _kept([run for _depth, run in generations], chosen, most)
    first = min(depth for depth, run in generations if run.id in kept)
    nodes: list[Node] = []
    places: dict[str, int] = {}
    for depth, run in generations:
        if run.id not in kept:
            continue
        parent = places.get(run.parent or "")
        is_first_child = parent is not None and parent == len(nodes) - 1
        row = nodes[-1].row if is_first_child else max((node.row for node in nodes), default=-1) + 1
        places[run.id] = len(nodes)
        nodes.append(Node(run, depth - first, row, parent))
    return nodes


def _kept(runs: list[Run], chosen: str, most: int) -> set[str]:
    kept = set(itertools.islice(_lineage({run.id: run for run in runs}, chosen), most))
    for run in runs:
        if len(kept) >= most:
            break
        if run is runs[0] or run.parent in kept:
            kept.add(run.id)
    return kept


def _lineage(by_id: dict[str, Run], chosen: str) -> Iterator[str]:
    """The run and its ancestors, the nearest first."""
    name: str | None = chosen
    seen: set[str] = set()
    while name is not None and name in by_id and name not in seen:
        seen.add(name)
        yield name
        name = by_id[name].parent
