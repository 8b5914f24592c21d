"""One cell, one lab: what a former execution of a cell left behind is closed when the cell runs again."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Any

import ipywidgets as w

from r9s_notebook.archive.cell import Place

_labs: dict[str, tuple[str | None, list[weakref.ref[w.Widget]]]] = {}


def retire_former(place: Place) -> None:
    """Closes the labs of the cell's former execution: their output is gone, but ipywidgets would keep them for ever."""
    if place.cell_id is None:
        return
    execution, labs = _labs.get(place.cell_id, (None, []))
    if execution == place.execution:
        return
    for reference in labs:
        lab = reference()
        if lab is not None:
            close_with_parts(lab)
    _labs.pop(place.cell_id, None)


def remember(place: Place, lab: w.Widget) -> None:
    """Notes a lab as its cell's; a cell may hold several."""
    if place.cell_id is not None:
        _labs.setdefault(place.cell_id, (place.execution, []))[1].append(weakref.ref(lab))


def close_with_parts(widget: w.Widget) -> None:
    """Closes a widget and every widget that it holds: children, layouts, styles."""
    for part in list(_parts(widget, set())):
        part.close()


def _parts(widget: w.Widget, seen: set[int]) -> Iterator[w.Widget]:
    if id(widget) in seen:
        return
    seen.add(id(widget))
    yield widget
    # What is private may be shared: all of ipycanvas's canvases have one manager.
    for name in (name for name in widget.trait_names(sync=True) if not name.startswith("_")):
        value: Any = getattr(widget, name)
        for held in value if isinstance(value, list | tuple) else (value,):
            if isinstance(held, w.Widget):
                yield from _parts(held, seen)
