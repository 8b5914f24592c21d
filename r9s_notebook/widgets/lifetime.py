"""One cell, one lab: what a former execution of a cell left behind is closed when the cell runs again."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Any

import ipywidgets as w

from r9s_notebook.archive.cell import Cell

_labs: dict[str, tuple[str | None, list[weakref.ref[w.Widget]]]] = {}


def retire_former(cell: Cell) -> None:
    """Closes the labs of the cell's former execution: their output is gone, but ipywidgets would keep them for ever."""
    if cell.id is None:
        return
    execution, labs = _labs.get(cell.id, (None, []))
    if execution == cell.execution:
        return
    for reference in labs:
        lab = reference()
        if lab is not None:
            lab.close()
    _labs.pop(cell.id, None)


def remember(cell: Cell, lab: w.Widget) -> None:
    """Notes a lab as its cell's; a cell may hold several."""
    if cell.id is not None:
        _labs.setdefault(cell.id, (cell.execution, []))[1].append(weakref.ref(lab))


def parts_of(widget: w.Widget, seen: set[int]) -> Iterator[w.Widget]:
    """A widget and every widget that it holds: children, layouts, styles.

    Args:
        widget: Any.
        seen: The ids of those that are left out; gets those that were given.
    """
    if id(widget) in seen:
        return
    seen.add(id(widget))
    yield widget
    # What is private may be shared: all of ipycanvas's canvases have one manager.
    for name in (name for name in widget.trait_names(sync=True) if not name.startswith("_")):
        value: Any = getattr(widget, name)
        for held in value if isinstance(value, list | tuple) else (value,):
            if isinstance(held, w.Widget):
                yield from parts_of(held, seen)
