"""Two runs side by side: the fields that differ, and the words that do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any

from r9s_notebook.history import Difference, Run
from r9s_notebook.pictures.asking import Json
from r9s_notebook.pictures.facts import readable, usage_line
from r9s_notebook.translation import Message, translated
from r9s_notebook.translation import gettext as _

_NAMES = {
    "kind": Message("Kind"),
    "prompt": Message("Prompt"),
    "template": Message("Template"),
    "requested_model": Message("Model asked for"),
    "served_model": Message("Model that answered"),
    "status": Message("Status"),
    "error": Message("Error"),
    "cost": Message("Cost, $"),
    "usage": Message("Usage"),
    "elapsed": Message("Took, s"),
    "client_version": Message("Version"),
    "note": Message("Note"),
    "favourite": Message("Favourite"),
}
_BEGINNING = frozenset({"source", "mask"})
_SHOWN_AS_PICTURES = _BEGINNING | {"images", "parent", "parent_image"}
_NOTHING = "-"
_TOO_MANY_WORDS = 1500
"""Comparing words takes the product of their numbers."""


def rows(differences: Sequence[Difference]) -> list[Json]:
    """The differences as a table's rows: a name, and what each run has there, in pieces that differ or not."""
    return [_row(difference) for difference in differences if difference.field not in _SHOWN_AS_PICTURES]


def begin_apart(differences: Sequence[Difference]) -> bool:
    """True where the runs began from different pictures, or changed different parts of one."""
    return any(difference.field in _BEGINNING for difference in differences)


def same_pictures(before: Run, after: Run) -> bool:
    """True where both runs made the very same images."""
    return bool(before.images) and [i.sha256 for i in before.images] == [i.sha256 for i in after.images]


def pieces(before: str, after: str) -> tuple[list[Json], list[Json]]:
    """Both texts in pieces; ``differs`` marks the words that the other one lacks."""
    one, other = re.findall(r"\s+|\w+|[^\w\s]", before), re.findall(r"\s+|\w+|[^\w\s]", after)
    if max(len(one), len(other)) > _TOO_MANY_WORDS:
        return [{"text": before, "differs": False}], [{"text": after, "differs": False}]
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    first: list[Json] = []
    second: list[Json] = []
    for operation, i0, i1, j0, j1 in matcher.get_opcodes():
        differs = operation != "equal"
        if i1 > i0:
            first.append({"text": "".join(one[i0:i1]), "differs": differs})
        if j1 > j0:
            second.append({"text": "".join(other[j0:j1]), "differs": differs})
    return first, second


def _row(difference: Difference) -> Json:
    name = difference.field
    title = translated(_NAMES.get(name, name.removeprefix("params.")))
    before, after = _text(name, difference.before), _text(name, difference.after)
    if name in ("prompt", "template", "note"):
        first, second = pieces(before, after)
    else:
        first, second = [{"text": before, "differs": False}], [{"text": after, "differs": False}]
    return {"name": title, "before": first, "after": second}


def _text(name: str, value: Any) -> str:
    if name == "usage":
        value = usage_line(value)
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:.4g}" if isinstance(value, float) else readable(value)
