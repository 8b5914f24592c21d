"""What a mask's operations take: the kinds of values, each checked, scaled and written in one way.

An operation's fields are annotated with these (``radius: Radius``). Whoever makes, scales, reads or writes an operation
goes through its fields, and needs to know nothing else of it.

Coordinates are continuous: the pixel in column ``c`` and row ``r`` is the square from ``(c, r)`` to ``(c + 1, r + 1)``,
so its centre is at ``(c + 0.5, r + 0.5)`` and a canvas that shows the image one to one has the same coordinates. They
are kept to a hundredth of a pixel, which is less than any edge can show and keeps JSON short.

Input comes from pointers, files and code. What a pointer can do wrong is mended (a point that is not finite is left
out, one that is absurdly far away is brought to a million pixels); what only code can do wrong is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum, auto
from functools import cache, partial
from itertools import islice
from operator import mul
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_type_hints

import numpy as np

from r9s_notebook.errors import MaskError

FAR = 1_000_000.0
"""Coordinates are brought within this many pixels of the origin."""
MAX_REACH = 1000.0
"""The most that ``grow``, ``shrink`` and ``feather`` reach in one step, in pixels."""
MAX_POINTS = 200_000
"""The most points of one stroke or polygon."""


class NotScalableError(Exception):
    """An operation holds pixels, so its mask is scaled as pixels."""


class Form(IntEnum):
    """What a value looks like where it is written; JSON has the short ones first."""

    NUMBER = auto()
    WORD = auto()
    POINTS = auto()
    PNG = auto()
    FLAG = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value.

    Attributes:
        form: What it looks like where it is written.
        check: Takes a value, its name and its operation's; gives what is kept, or raises ``MaskError``.
        scale: The value in a picture so many times as large; raises ``NotScalableError``.
        named: Code writes its name, too.
    """

    form: Form
    check: Callable[[Any, str, str], Any]
    scale: Callable[[Any, float], Any] = lambda value, _scale: value
    named: bool = False


@cache
def kinds(operation: type) -> Mapping[str, Kind]:
    """The fields of a class of operations, in the order in which it takes them."""
    hints = get_type_hints(operation, include_extras=True)
    return {field.name: get_args(hints[field.name])[1] for field in fields(operation)}


# --- numbers --------------------------------------------------------------------------------------------------------


def _finite(value: Any, name: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise MaskError(f"The {name} of a mask's shape is a number; this is {value!r:.80}.") from None
    if not math.isfinite(number):
        raise MaskError(f"The {name} of a mask's shape is a finite number; this is {number}.")
    return number


def _coordinate(value: Any, name: str, _operation: str) -> float:
    return _hundredth(min(max(_finite(value, name), -FAR), FAR))


def _radius(value: Any, name: str, _operation: str) -> float:
    size = _finite(value, name)
    if size <= 0:
        raise MaskError(f"A brush's radius is a positive number of pixels; this is {value!r}.")
    return max(_hundredth(min(size, FAR)), 0.01)


def _reach(value: Any, _name: str, operation: str) -> float:
    number = _finite(value, operation)
    if not 0 <= number <= MAX_REACH:
        raise MaskError(f"{operation}() takes 0 to {MAX_REACH:.0f} pixels; this is {number:g}.")
    return _hundredth(number)


def _hundredth(value: float) -> float:
    return round(value, 2) + 0.0  # + 0.0 turns -0.0, which would be another JSON for the same mask, into 0.0


Coordinate: TypeAlias = Annotated[float, Kind(Form.NUMBER, _coordinate, mul)]
"""Pixels from the left or the top."""
Radius: TypeAlias = Annotated[float, Kind(Form.NUMBER, _radius, mul, named=True)]
"""Of a brush, in pixels."""
Reach: TypeAlias = Annotated[float, Kind(Form.NUMBER, _reach, lambda px, scale: min(px * scale, MAX_REACH))]
"""A distance in pixels, 0 to 1000."""


# --- points ---------------------------------------------------------------------------------------------------------


def _points(
    points: Iterable[Sequence[float]], _name: str, operation: str, fewest: int
) -> tuple[tuple[float, ...], ...]:
    try:
        came = list(islice(points, MAX_POINTS + 1))
        each = {len(point) for point in came}
        array = np.array(came if len(each) == 1 else [point[:2] for point in came], dtype=np.float64)
    except (TypeError, ValueError, OverflowError, KeyError):
        raise MaskError(f"The points of a {operation} are pairs of numbers, [(x, y), ...].") from None
    if not each <= {2, 3} or len(came) > MAX_POINTS:
        raise MaskError(f"A {operation} is at most {MAX_POINTS:,} points, each (x, y) or (x, y, pressure).")
    if came:
        array = array[np.isfinite(array).all(axis=1)]
        array[:, :2] = np.clip(array[:, :2], -FAR, FAR)
        array[:, 2:] = np.clip(array[:, 2:], 0.0, 1.0)
    if len(array) < fewest:
        least = f"{fewest} finite point{'s' if fewest > 1 else ''}"
        raise MaskError(f"A {operation} needs at least {least}; {len(array)} came.")
    return tuple(map(tuple, (np.round(array, 2) + 0.0).tolist()))


def _corners(points: Iterable[Sequence[float]], name: str, operation: str) -> tuple[tuple[float, ...], ...]:
    return tuple((point[0], point[1]) for point in _points(points, name, operation, fewest=3))


def _points_times(points: Sequence[Sequence[float]], scale: float) -> list[tuple[float, ...]]:
    return [(point[0] * scale, point[1] * scale, *point[2:]) for point in points]


Points: TypeAlias = Annotated[Any, Kind(Form.POINTS, partial(_points, fewest=1), _points_times)]
"""At least one point, ``(x, y)`` or, where all have it, ``(x, y, pressure)``, from any iterable; kept as a tuple."""
Corners: TypeAlias = Annotated[Any, Kind(Form.POINTS, _corners, _points_times)]
"""At least three points ``(x, y)``, from any iterable; kept as a tuple."""


# --- and others -----------------------------------------------------------------------------------------------------

_WAYS = Literal["replace", "add", "subtract", "intersect"]


def _way(value: Any, _name: str, _operation: str) -> str:
    if value not in get_args(_WAYS):
        raise MaskError(f"What pixels do to a mask is one of {', '.join(get_args(_WAYS))}; {value!r:.40} is unknown.")
    return str(value)


def _png(value: Any, _name: str, _operation: str) -> bytes:
    if not isinstance(value, bytes):
        raise MaskError(f"The pixels of a mask are the bytes of a PNG; this is {value!r:.40}.")
    return value


def _as_pixels(_value: bytes, _scale: float) -> bytes:
    raise NotScalableError


Erase: TypeAlias = Annotated[bool, Kind(Form.FLAG, lambda value, *_: bool(value), named=True)]
"""Take away instead of adding."""
Combine: TypeAlias = Annotated[_WAYS, Kind(Form.WORD, _way)]
"""What a raster does to the mask so far."""
Png: TypeAlias = Annotated[bytes, Kind(Form.PNG, _png, _as_pixels)]
"""A grey PNG of the mask's size, 255 = edit."""
