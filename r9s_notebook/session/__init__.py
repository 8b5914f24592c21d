"""The working state of the lab and its actions: generate, edit, sweep, restore. No pixels on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r9s_notebook._lazy import lazy

if TYPE_CHECKING:
    from r9s_notebook.session.session import Session as Session
    from r9s_notebook.session.sweeping import sweep as sweep

_HOMES = {
    "Session": "r9s_notebook.session.session",
    "sweep": "r9s_notebook.session.sweeping",
}

__all__ = [
    "Session",
    "sweep",
]
__getattr__ = lazy(__name__, _HOMES)
