"""The working state of the lab and its actions: generate, edit, sweep, restore. No pixels on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r9s_notebook._lazy import lazy

if TYPE_CHECKING:
    from r9s_notebook.session.session import Session as Session

_HOMES = {"Session": "r9s_notebook.session.session"}

__all__ = ["Session"]
__getattr__ = lazy(__name__, _HOMES)
