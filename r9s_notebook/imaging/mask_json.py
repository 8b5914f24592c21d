"""Masks as JSON: ``{"mask": 1, "size": [w, h], "do": [["stroke", radius, [x, y, ...]], ...]}``.

Each operation is a list: its name, what it takes with the short values first, and 1 if it takes away. Reading trusts
nothing: every value goes through the same checks as a call would, and sizes and counts are limited before anything is
drawn.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging.arguments import Form, kinds
from r9s_notebook.imaging.operations import OPERATIONS, Operation

VERSION = 1
MAX_CHARACTERS = 64 * 1024 * 1024
MAX_OPERATIONS = 20_000
_PEN = "pen"
"""What a stroke with pressure is called: its points have three numbers."""


def dumps(size: tuple[int, int], operations: Sequence[Operation]) -> str:
    """The mask as compact JSON."""
    return json.dumps(
        {"mask": VERSION, "size": list(size), "do": [_written(each) for each in operations]}, separators=(",", ":")
    )


def loads(text: str | bytes) -> tuple[tuple[int, int], list[Operation]]:
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


def _written(operation: Operation) -> list[Any]:
    name = operation.name
    values: list[Any] = []
    for field, form in _fields(type(operation)).items():
        value = getattr(operation, field)
        match form:
            case Form.NUMBER:
                values.append(short(value))
            case Form.WORD:
                values.append(value)
            case Form.POINTS:
                name = _PEN if len(value[0]) == 3 else name
                values.append([short(number) for number in chain.from_iterable(value)])
            case Form.PNG:
                values.append(base64.b64encode(value).decode("ascii"))
            case Form.FLAG if value:
                values.append(1)
    return [name, *values]


def _read(step: Any, number: int) -> Operation:
    try:
        match step:
            case [str(name), *values] if operation := OPERATIONS.get("stroke" if name == _PEN else name):
                takes = _fields(operation)
                least = len(takes) - sum(form is Form.FLAG for form in takes.values())
                if least <= len(values) <= len(takes):
                    each = 3 if name == _PEN else 2
                    given = zip(takes.items(), values, strict=False)
                    return operation(**{field: _value(form, value, each) for (field, form), value in given})
    except (MaskError, binascii.Error) as error:
        raise MaskError(f"Operation {number} of this mask's JSON cannot be used: {error}") from None
    raise MaskError(f"Operation {number} of this mask's JSON is unknown: {step!r:.80}. It may be of a newer version.")


@cache
def _fields(operation: type[Operation]) -> dict[str, Form]:
    """What an operation takes, in the order of JSON."""
    return dict(sorted(((name, kind.form) for name, kind in kinds(operation).items()), key=itemgetter(1)))


def _value(form: Form, value: Any, each: int) -> Any:
    """What is written as its own kind of value, to be checked."""
    if form is Form.FLAG and value != 1:
        raise MaskError(f"what follows its numbers is 1 (erase) or nothing, not {value!r:.40}.")
    if form is Form.PNG and isinstance(value, str):
        return base64.b64decode(value, validate=True)
    if form is not Form.POINTS or not isinstance(value, list):
        return value
    if len(value) % each:
        raise MaskError(f"its list of numbers is not a multiple of {each} long.")
    return zip(*[iter(value)] * each, strict=True)


def short(value: float) -> float:
    """12.0 as 12: the same number in fewer characters."""
    return int(value) if value == int(value) else value
