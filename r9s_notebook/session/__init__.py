"""The working state of the lab and its actions: generate, edit, sweep, restore. No pixels on screen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from r9s_notebook.session.history import History as History
    from r9s_notebook.session.session import Session as Session
    from r9s_notebook.session.sweeping import sweep as sweep

_HOMES = {
    "History": "r9s_notebook.session.history",
    "Session": "r9s_notebook.session.session",
    "sweep": "r9s_notebook.session.sweeping",
}

__all__ = [*_HOMES]  # noqa: PLE0604 - the names are strings, in one table


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value
