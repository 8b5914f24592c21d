"""Advice where a name is not known."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable


def did_you_mean(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """``" Did you mean 'size'?"``, with its space, or nothing where no known name is close."""
    close = difflib.get_close_matches(name, [other for other in known if not other.startswith("_")], 1, cutoff)
    return f" Did you mean {close[0]!r}?" if close else ""


def refuse_unknown(who: str, given: Iterable[str], known: Collection[str]) -> None:
    """Refuses options that nobody looks at.

    Raises:
        TypeError: As Python does for an unknown argument, with what may have been meant.
    """
    for name in given:
        if name not in known:
            takes = ", ".join(option for option in known if not option.startswith("_"))
            advice = did_you_mean(name, known) or f" It takes {takes}."
            raise TypeError(f"{who} does not know {name!r}.{advice}")
