"""A mask as the Python that builds it: what was painted by hand, to be read, changed and run again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from r9s_notebook.imaging.arguments import Form, Kind
from r9s_notebook.imaging.mask_json import dumps, short
from r9s_notebook.imaging.operations import Operation

_MOST_POINTS = 200
"""Beyond so many points nobody reads them: JSON says the same on one line."""


def code(size: tuple[int, int], operations: Sequence[Operation]) -> str:
    """An expression that is equal to the mask, given ``from r9s_notebook import Mask``.

    Shapes are written as the calls that make them; a mask with pixels or with very many points as its JSON.
    """
    values = [(kind.form, value) for each in operations for _, kind, value in each.arguments()]
    points = sum(len(value) for form, value in values if form is Form.POINTS)
    if points > _MOST_POINTS or any(form is Form.PNG for form, _ in values):
        return f"Mask.from_json({dumps(size, operations)!r})"
    calls = [f".{_call(each)}" for each in operations]
    start = f"Mask.blank({size[0]}, {size[1]})"
    if len(calls) <= 1:
        return start + "".join(calls)
    return "\n".join(["(", f"    {start}", *(f"    {call}" for call in calls), ")"])


def _call(operation: Operation) -> str:
    written = [_argument(name, kind, value) for name, kind, value in operation.arguments() if value is not False]
    return f"{operation.name}({', '.join(written)})"


def _argument(name: str, kind: Kind, value: Any) -> str:
    match kind.form:
        case Form.NUMBER:
            text = repr(short(value))
        case Form.POINTS:
            text = "[" + ", ".join(f"({', '.join(repr(short(each)) for each in point)})" for point in value) + "]"
        case _:
            text = repr(value)
    return f"{name}={text}" if kind.named else text
