"""Options of widgets that are not misspelt: traitlets only warns, where nobody looks."""

from __future__ import annotations

from collections.abc import Iterable

import ipywidgets as w

from r9s_notebook.suggestions import refuse_unknown

_NOT_GIVEN = {"children", "keys", "comm", "log"}


def refuse_misspelt(widget: w.Widget, given: Iterable[str], own: Iterable[str] = ()) -> None:
    """Refuses options that no trait of the widget takes.

    Raises:
        TypeError: With what may have been meant.
    """
    known = [name for name in widget.trait_names() if name not in _NOT_GIVEN]
    refuse_unknown(type(widget).__name__, given, [*own, *known])
