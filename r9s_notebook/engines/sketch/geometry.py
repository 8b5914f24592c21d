"""Curves as points. Units are the caller's; y grows downwards."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Outline = tuple[Point, ...]


def ellipse(cx: float, cy: float, rx: float, ry: float, *, turn: float = 0.0, steps: int = 40) -> list[Point]:
    """A closed ellipse; ``turn`` in degrees, clockwise."""
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    points = []
    for step in range(steps):
        angle = 2 * math.pi * step / steps
        x, y = rx * math.cos(angle), ry * math.sin(angle)
        points.append((cx + x * c - y * s, cy + x * s + y * c))
    return points


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 7) -> list[Point]:
    """A Catmull-Rom curve through all points."""
    count = len(points)
    if count < 3:
        return list(points)
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (points[(index + offset) % count] for offset in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(index + offset, 0), count - 1)] for offset in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            a = -0.5 * t + t * t - 0.5 * t * t * t
            b = 1 - 2.5 * t * t + 1.5 * t * t * t
            c = 0.5 * t + 2 * t * t - 1.5 * t * t * t
            d = -0.5 * t * t + 0.5 * t * t * t
            curve.append((a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0], a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1]))
    if not closed:
        curve.append(points[-1])
    return curve


def ribbon(points: Sequence[Point], width: float, *, taper: tuple[float, float] = (1.0, 1.0)) -> list[Point]:
    """The outline of a line with a width and round ends; ``taper`` are the shares of the width at its two ends."""
    count = len(points)
    left: list[Point] = []
    right: list[Point] = []
    for index, (x, y) in enumerate(points):
        x0, y0 = points[max(0, index - 1)]
        x1, y1 = points[min(count - 1, index + 1)]
        dx, dy = x1 - x0, y1 - y0
        length = math.hypot(dx, dy) or 1.0
        share = index / (count - 1) if count > 1 else 0.0
        half = width / 2 * (taper[0] + (taper[1] - taper[0]) * share)
        nx, ny = -dy / length * half, dx / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return [*left, *_cap(left[-1], right[-1]), *reversed(right), *_cap(right[0], left[0])]


def _cap(start: Point, end: Point, steps: int = 6) -> list[Point]:
    cx, cy = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    x, y = start[0] - cx, start[1] - cy
    points = []
    for step in range(1, steps):
        angle = -math.pi * step / steps
        c, s = math.cos(angle), math.sin(angle)
        points.append((cx + x * c - y * s, cy + x * s + y * c))
    return points


def arc(  # noqa: PLR0917 - the order is that of every drawing library
    cx: float, cy: float, rx: float, ry: float, start: float, end: float, *, steps: int = 18
) -> list[Point]:
    """Points from ``start`` to ``end`` in degrees: 0 is right, 90 is down."""
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in angles]


def rounded(x0: float, y0: float, x1: float, y1: float, radius: float) -> list[Point]:
    """A box with round corners."""
    r = min(radius, abs(x1 - x0) / 2, abs(y1 - y0) / 2)
    if r <= 0:
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return [
        *arc(x0 + r, y0 + r, r, r, 180, 270, steps=6),
        *arc(x1 - r, y0 + r, r, r, 270, 360, steps=6),
        *arc(x1 - r, y1 - r, r, r, 0, 90, steps=6),
        *arc(x0 + r, y1 - r, r, r, 90, 180, steps=6),
    ]


def star(cx: float, cy: float, outer: float, inner: float, tips: int, *, turn: float = -90.0) -> list[Point]:
    """A star with so many tips."""
    points = []
    for step in range(2 * tips):
        radius = inner if step % 2 else outer
        angle = math.radians(turn + 180 * step / tips)
        points.append((cx + radius * math.cos(angle), cy + radius * math.sin(angle)))
    return points


def bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
