"""Masks as JSON: ``{"mask": 1, "size": [w, h], "do": [["stroke", radius, [x, y, ...]], ...]}``.

Each operation is a list that begins with its name. Reading trusts nothing: every number goes through the same checks
as a call would, and sizes and counts are limited before anything is drawn.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import operations as op

VERSION = 1
MAX_CHARACTERS = 64 * 1024 * 1024
MAX_OPERATIONS = 20_000

_PLAIN: dict[str, type[op.Fill | op.Clear | op.Invert]] = {"fill": op.Fill, "clear": op.Clear, "invert": op.Invert}
_REACHING: dict[str, type[op.Grow | op.Shrink | op.Feather]] = {
    "grow": op.Grow,
    "shrink": op.Shrink,
    "feather": op.Feather,
}
_BOXED: dict[str, type[op.Rect | op.Ellipse]] = {"rect": op.Rect, "ellipse": op.Ellipse}
_HOW = ("replace", "add", "subtract", "intersect")


def dumps(size: tuple[int, int], operations: Sequence[op.Operation]) -> str:
    """The mask as compact JSON."""
    return json.dumps(
        {"mask": VERSION, "size": list(size), "do": [_written(each) for each in operations]}, separators=(",", ":")
    )


def loads(text: str | bytes) -> tuple[tuple[int, int], list[op.Operation]]:
    """The size and the operations that ``dumps`` wrote.

    Raises:
        MaskError: Anything else; the message says which operation.
    """
    if len(text) > MAX_CHARACTERS:
        raise MaskError(f"This mask's JSON has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MaskError(f"This is not a mask's JSON ({error}).") from None
    if not isinstance(data, dict) or "mask" not in data:
        raise MaskError('This is not a mask\'s JSON: it has no "mask" entry. Use what Mask.to_json() gave.')
    if data["mask"] != VERSION:
        raise MaskError(f"This mask's JSON has version {data['mask']!r:.20}; this package reads version {VERSION}.")
    size, steps = data.get("size"), data.get("do")
    if not (isinstance(size, list) and len(size) == 2 and all(type(side) is int for side in size)):
        raise MaskError(f"A mask's size in JSON is [width, height] in whole pixels; this is {size!r:.60}.")
    if not isinstance(steps, list) or len(steps) > MAX_OPERATIONS:
        raise MaskError(f'A mask\'s operations in JSON are a list "do" of at most {MAX_OPERATIONS:,}.')
    return (size[0], size[1]), [_read(step, number) for number, step in enumerate(steps, start=1)]


def _written(operation: op.Operation) -> list[Any]:
    match operation:
        case op.Stroke(points, radius, erase):
            stroke = ["pen" if len(points[0]) == 3 else "stroke", _short(radius), _flat(points)]
            return [*stroke, 1] if erase else stroke
        case op.Polygon(points, erase):
            return ["polygon", _flat(points), 1] if erase else ["polygon", _flat(points)]
        case op.Rect(x0, y0, x1, y1, erase) | op.Ellipse(x0, y0, x1, y1, erase):
            box = [type(operation).__name__.lower(), *map(_short, (x0, y0, x1, y1))]
            return [*box, 1] if erase else box
        case op.Grow(px) | op.Shrink(px) | op.Feather(px):
            return [type(operation).__name__.lower(), _short(px)]
        case op.Pixels(png, how):
            return ["pixels", how, base64.b64encode(png).decode("ascii")]
        case _:
            return [type(operation).__name__.lower()]


def _read(step: Any, number: int) -> op.Operation:
    try:
        match step:
            case [str(name)] if name in _PLAIN:
                return _PLAIN[name]()
            case [str(name), px] if name in _REACHING:
                return _REACHING[name].of(px)
            case [str(name), x0, y0, x1, y1, *erase] if name in _BOXED:
                return _BOXED[name].of(x0, y0, x1, y1, _flag(erase))
            case ["stroke" | "pen" as name, radius, list(numbers), *erase]:
                return op.Stroke.of(_groups(numbers, 2 if name == "stroke" else 3), radius, _flag(erase))
            case ["polygon", list(numbers), *erase]:
                return op.Polygon.of(_groups(numbers, 2), _flag(erase))
            case ["pixels", how, str(png)] if how in _HOW:
                return op.Pixels(base64.b64decode(png, validate=True), how)
    except (MaskError, binascii.Error) as error:
        raise MaskError(f"Operation {number} of this mask's JSON cannot be used: {error}") from None
    raise MaskError(f"Operation {number} of this mask's JSON is unknown: {step!r:.80}. It may be of a newer version.")


def _flat(points: Sequence[Sequence[float]]) -> list[float]:
    return [_short(value) for value in chain.from_iterable(points)]


def _groups(numbers: list[Any], each: int) -> list[tuple[Any, ...]]:
    if len(numbers) % each:
        raise MaskError(f"its list of numbers is not a multiple of {each} long.")
    return list(zip(*[iter(numbers)] * each, strict=True))


def _flag(rest: list[Any]) -> bool:
    if rest in ([], [1]):
        return bool(rest)
    raise MaskError(f"what follows its numbers is 1 (erase) or nothing, not {rest!r:.40}.")


def _short(value: float) -> float:
    """12.0 as 12: the same number in fewer characters."""
    return int(value) if value == int(value) else value
