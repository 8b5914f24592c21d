"""What differs between two runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from r9s_notebook.history.records import Run

_FIELDS = (
    "kind",
    "prompt",
    "template",
    "requested_model",
    "served_model",
    "parent",
    "parent_image",
    "source",
    "mask",
    "status",
    "error",
    "cost",
    "usage",
    "elapsed",
    "client_version",
    "note",
    "favourite",
)
_SAID_ELSEWHERE = frozenset({"prompt", "model"})


@dataclass(frozen=True)
class Difference:
    """A field in which two runs differ.

    Attributes:
        field: ``"prompt"``, ``"requested_model"``, ..., ``"images"``, or ``"params.size"`` and the like.
        before: Its value in the first run; None where it has none.
        after: Its value in the second.
    """

    field: str
    before: Any
    after: Any


def compare(before: Run, after: Run) -> tuple[Difference, ...]:
    """The fields in which two runs differ, the important ones first. When and where they were made is left out."""
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in _FIELDS]
    names = sorted({*before.params, *after.params} - _SAID_ELSEWHERE)
    pairs[5:5] = [(f"params.{name}", before.params.get(name), after.params.get(name)) for name in names]
    pairs.append(("images", _images(before), _images(after)))
    return tuple(Difference(name, one, other) for name, one, other in pairs if one != other)


def _images(run: Run) -> tuple[str, ...]:
    return tuple(image.sha256 for image in run.images)
