"""The strokes and steps a mask is made of: frozen values in image pixels, checked when they are made.

Coordinates are continuous: the pixel in column ``c`` and row ``r`` is the square from ``(c, r)`` to ``(c + 1, r + 1)``,
so its centre is at ``(c + 0.5, r + 0.5)`` and a canvas that shows the image one to one has the same coordinates. They
are kept to a hundredth of a pixel, which is less than any edge can show and keeps JSON short.

Input comes from pointers, files and code. What a pointer can do wrong is mended (a point that is not finite is left
out, one that is absurdly far away is brought to a million pixels); what only code can do wrong is refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, TypeAlias

import numpy as np

from r9s_notebook.errors import MaskError

FAR = 1_000_000.0
"""Coordinates are brought within this many pixels of the origin."""
MIN_RADIUS = 0.75
"""The thinnest brush: a disc of this radius holds a pixel's centre wherever it is, so a dot is never nothing."""
MAX_REACH = 1000.0
"""The most that ``grow``, ``shrink`` and ``feather`` reach in one step, in pixels."""
MAX_POINTS = 200_000
"""The most points of one stroke or polygon."""

Point: TypeAlias = tuple[float, float]
PressurePoint: TypeAlias = tuple[float, float, float]
Combine: TypeAlias = Literal["replace", "add", "subtract", "intersect"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A brush drawn along a path, with round ends and joins.

    Attributes:
        points: ``(x, y)``, or ``(x, y, pressure)`` with pressure 0 to 1 which scales the radius at that point. A path
            of one point, or of no length, is a dot.
        radius: Of the brush, in pixels: half a canvas's ``lineWidth``.
        erase: Take away instead of adding.
    """

    points: tuple[Point, ...] | tuple[PressurePoint, ...]
    radius: float
    erase: bool = False

    @classmethod
    def of(cls, points: Iterable[Sequence[float]], radius: float, erase: bool = False) -> Stroke:
        """A checked stroke; the pressure is kept if every point has one.

        Raises:
            MaskError: No point is finite, or the radius is not a positive number.
        """
        path: Any = tuple(finite_points(points, "stroke", fewest=1))
        size = finite(radius, "radius")
        if size <= 0:
            raise MaskError(f"A brush's radius is a positive number of pixels; this is {radius!r}.")
        return cls(path, max(_hundredth(min(size, FAR)), 0.01), bool(erase))


@dataclass(frozen=True, slots=True)
class Rect:
    """The pixels whose centres lie in a rectangle; ``x0, y0`` is its top left corner, ``x1, y1`` its bottom right."""

    x0: float
    y0: float
    x1: float
    y1: float
    erase: bool = False

    @classmethod
    def of(cls, x0: float, y0: float, x1: float, y1: float, erase: bool = False) -> Rect:
        """A checked rectangle; any two opposite corners do.

        Raises:
            MaskError: A coordinate is not finite.
        """
        return cls(*_box(x0, y0, x1, y1), bool(erase))


@dataclass(frozen=True, slots=True)
class Ellipse:
    """The pixels whose centres lie in the ellipse that fills a rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float
    erase: bool = False

    @classmethod
    def of(cls, x0: float, y0: float, x1: float, y1: float, erase: bool = False) -> Ellipse:
        """A checked ellipse, by two opposite corners of the rectangle around it.

        Raises:
            MaskError: A coordinate is not finite.
        """
        return cls(*_box(x0, y0, x1, y1), bool(erase))


@dataclass(frozen=True, slots=True)
class Polygon:
    """The pixels whose centres a closed path goes around (non-zero winding, as a canvas fills: loops stay filled)."""

    points: tuple[Point, ...]
    erase: bool = False

    @classmethod
    def of(cls, points: Iterable[Sequence[float]], erase: bool = False) -> Polygon:
        """A checked polygon or lasso; it closes itself.

        Raises:
            MaskError: Fewer than three points are finite.
        """
        path = finite_points(points, "polygon", fewest=3)
        return cls(tuple((point[0], point[1]) for point in path), bool(erase))


@dataclass(frozen=True, slots=True)
class Fill:
    """Everything."""


@dataclass(frozen=True, slots=True)
class Clear:
    """Nothing."""


@dataclass(frozen=True, slots=True)
class Invert:
    """What was edited is kept, and the other way round."""


@dataclass(frozen=True, slots=True)
class Grow:
    """Every pixel within ``px`` pixels of the mask joins it."""

    px: float

    @classmethod
    def of(cls, px: float) -> Grow:
        """A checked step, 0 to 1000 pixels."""
        return cls(reach(px, "grow"))


@dataclass(frozen=True, slots=True)
class Shrink:
    """Every pixel within ``px`` pixels of the outside leaves the mask; the picture's border is not an outside."""

    px: float

    @classmethod
    def of(cls, px: float) -> Shrink:
        """A checked step, 0 to 1000 pixels."""
        return cls(reach(px, "shrink"))


@dataclass(frozen=True, slots=True)
class Feather:
    """The edge becomes a ramp: a Gaussian blur with a standard deviation of ``px`` pixels."""

    px: float

    @classmethod
    def of(cls, px: float) -> Feather:
        """A checked step, 0 to 1000 pixels."""
        return cls(reach(px, "feather"))


@dataclass(frozen=True, slots=True)
class Pixels:
    """A raster: a wand's region, a loaded mask, another mask.

    Attributes:
        png: The raster as a grey PNG of the mask's size, 255 = edit.
        how: What it does to the mask so far.
    """

    png: bytes
    how: Combine = "replace"


Operation: TypeAlias = Stroke | Rect | Ellipse | Polygon | Fill | Clear | Invert | Grow | Shrink | Feather | Pixels


def finite(value: Any, name: str) -> float:
    """The value as a finite float.

    Raises:
        MaskError: It is not a number, or not finite.
    """
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise MaskError(f"The {name} of a mask's shape is a number; this is {value!r:.80}.") from None
    if not math.isfinite(number):
        raise MaskError(f"The {name} of a mask's shape is a finite number; this is {number}.")
    return number


def reach(px: Any, name: str) -> float:
    """A distance in pixels, 0 to 1000.

    Raises:
        MaskError: It is not such a number.
    """
    number = finite(px, name)
    if not 0 <= number <= MAX_REACH:
        raise MaskError(f"{name}() takes 0 to {MAX_REACH:.0f} pixels; this is {number:g}.")
    return _hundredth(number)


def finite_points(points: Iterable[Sequence[float]], name: str, fewest: int) -> list[tuple[float, ...]]:
    """The points that are finite, ``(x, y)`` or, where all have it, ``(x, y, pressure)``; others are left out.

    Raises:
        MaskError: Fewer than ``fewest`` are left, more than 200,000 came, or one is not two or three numbers.
    """
    try:
        came = list(islice(points, MAX_POINTS + 1))
        each = {len(point) for point in came}
        array = np.array(came if len(each) == 1 else [point[:2] for point in came], dtype=np.float64)
    except (TypeError, ValueError, OverflowError, KeyError):
        raise MaskError(f"The points of a {name} are pairs of numbers, [(x, y), ...].") from None
    if not each <= {2, 3} or len(came) > MAX_POINTS:
        raise MaskError(f"A {name} is at most {MAX_POINTS:,} points, each (x, y) or (x, y, pressure).")
    if came:
        array = array[np.isfinite(array).all(axis=1)]
        array[:, :2] = np.clip(array[:, :2], -FAR, FAR)
        array[:, 2:] = np.clip(array[:, 2:], 0.0, 1.0)
    if len(array) < fewest:
        raise MaskError(f"A {name} needs at least {fewest} finite point{'s' if fewest > 1 else ''}; {len(array)} came.")
    return list(map(tuple, (np.round(array, 2) + 0.0).tolist()))


def _box(x0: Any, y0: Any, x1: Any, y1: Any) -> tuple[float, float, float, float]:
    left, right = sorted((_near(finite(x0, "x0")), _near(finite(x1, "x1"))))
    top, bottom = sorted((_near(finite(y0, "y0")), _near(finite(y1, "y1"))))
    return left, top, right, bottom


def _near(value: float) -> float:
    return _hundredth(min(max(value, -FAR), FAR))


def _hundredth(value: float) -> float:
    return round(value, 2) + 0.0  # + 0.0 turns -0.0, which would be another JSON for the same mask, into 0.0


class NotScalableError(Exception):
    """An operation holds pixels, so its mask is scaled as pixels."""


def scaled(operations: Iterable[Operation], scale: float) -> list[Operation]:
    """The operations for a picture ``scale`` times as large.

    Raises:
        NotScalableError: One of them holds pixels.
    """
    return [_scaled(operation, scale) for operation in operations]


def _scaled(operation: Operation, scale: float) -> Operation:
    match operation:
        case Stroke(points, radius, erase):
            path = [(point[0] * scale, point[1] * scale, *point[2:]) for point in points]
            return Stroke.of(path, radius * scale, erase)
        case Polygon(points, erase):
            return Polygon.of([(x * scale, y * scale) for x, y in points], erase)
        case Rect(x0, y0, x1, y1, erase) | Ellipse(x0, y0, x1, y1, erase):
            return type(operation)(*_box(x0 * scale, y0 * scale, x1 * scale, y1 * scale), erase)
        case Grow(px) | Shrink(px) | Feather(px):
            return type(operation).of(min(px * scale, MAX_REACH))
        case Pixels():
            raise NotScalableError
        case _:
            return operation
