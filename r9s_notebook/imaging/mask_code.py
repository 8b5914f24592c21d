"""A mask as the Python that builds it: what was painted by hand, to be read, changed and run again."""

from __future__ import annotations

from collections.abc import Sequence

from r9s_notebook.imaging import operations as op
from r9s_notebook.imaging.mask_json import dumps

_MOST_POINTS = 200
"""Beyond so many points nobody reads them: JSON says the same on one line."""


def code(size: tuple[int, int], operations: Sequence[op.Operation]) -> str:
    """An expression that is equal to the mask, given ``from r9s_notebook import Mask``.

    Shapes are written as the calls that make them; a mask with pixels or with very many points as its JSON.
    """
    points = sum(len(each.points) for each in operations if isinstance(each, op.Stroke | op.Polygon))
    if points > _MOST_POINTS or any(isinstance(each, op.Pixels) for each in operations):
        return f"Mask.from_json({dumps(size, operations)!r})"
    calls = [f".{_call(each)}" for each in operations]
    start = f"Mask.blank({size[0]}, {size[1]})"
    if len(calls) <= 1:
        return start + "".join(calls)
    return "\n".join(["(", f"    {start}", *(f"    {call}" for call in calls), ")"])


def _call(operation: op.Operation) -> str:
    match operation:
        case op.Stroke(points, radius, erase):
            arguments = [_points(points), f"radius={_number(radius)}"]
        case op.Polygon(points, erase):
            arguments = [_points(points)]
        case op.Rect(x0, y0, x1, y1, erase) | op.Ellipse(x0, y0, x1, y1, erase):
            arguments = [_number(value) for value in (x0, y0, x1, y1)]
        case op.Grow(px) | op.Shrink(px) | op.Feather(px):
            arguments, erase = [_number(px)], False
        case _:
            arguments, erase = [], False
    if erase:
        arguments.append("erase=True")
    return f"{type(operation).__name__.lower()}({', '.join(arguments)})"


def _points(points: Sequence[Sequence[float]]) -> str:
    return "[" + ", ".join(f"({', '.join(map(_number, point))})" for point in points) + "]"


def _number(value: float) -> str:
    return repr(int(value) if value == int(value) else value)
