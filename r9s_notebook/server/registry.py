"""Finds engines by name: the entry points of the group ``r9s_notebook.engines``, in this package or in any other."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from r9s_notebook.server.engine import Engine, EngineType

GROUP = "r9s_notebook.engines"
DEFAULT = "sketch"
"""What draws where nothing else is asked for."""
FALLBACK = "fallback"
"""Engines in turn."""


def engine_names() -> list[str]:
    """The engines that are installed."""
    return sorted(_installed())


def engine_type(name: str) -> EngineType:
    """What makes the engines of that name.

    Raises:
        ValueError: No installed package has it; the message names what there is.
    """
    known = _installed()
    if name not in known:
        raise ValueError(f"There is no engine {name!r} here, only {', '.join(engine_names()) or 'none at all'}.")
    found: EngineType = known[name].load()
    return found


def open_engine(name: str = DEFAULT, **options: Any) -> Engine:
    """The engine of that name, made with its own options.

    Raises:
        ValueError: There is no such engine.
    """
    return engine_type(name)(**options)


@cache
def _installed() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}
