"""What was kept, as people see it, use it and hand it on: the history, its pages, its code, exports and imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r9s_notebook._lazy import lazy

if TYPE_CHECKING:
    from r9s_notebook.archive.history import History as History

_HOMES = {"History": "r9s_notebook.archive.history"}

__all__ = ["History"]
__getattr__ = lazy(__name__, _HOMES)
