"""Earlier prompts, to be written again."""

from __future__ import annotations

from typing import Any

from r9s_notebook.archive.cell import Cell
from r9s_notebook.history import Store
from r9s_notebook.session.template import literal

_MOST = 300  # prompts
_PAGE = 500  # runs read at once
_PAGES = 4  # a large sweep has one prompt, and is not read through for the next one


def earlier_prompts(store: Store, cell: Cell) -> list[str]:
    """What the prompt had in it, the newest first: of the cell, then of its notebook; without either, of the store.

    Of a run that was made from a template, that; a prompt is written so that it is sent as it was.

    Raises:
        HistoryError: The store cannot be read.
    """
    where: list[dict[str, Any]] = [{"cell": cell.id, "own_to": cell.notebook}] if cell.id else []
    where += [{"notebook": cell.notebook, "own_to": cell.notebook}] if cell.notebook else []
    found: dict[str, None] = {}
    for of in where or [{}]:
        before = None
        for _ in range(_PAGES):
            runs = store.runs(**of, before=before, limit=_PAGE)
            found |= {run.template or literal(run.prompt): None for run in runs if run.prompt}
            if len(runs) < _PAGE or len(found) >= _MOST:
                break
            before = runs[-1].id
    return list(found)[:_MOST]
