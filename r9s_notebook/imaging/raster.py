"""Shapes to pixels, exactly: a pixel is in a shape when its centre is.

Every shape is a set of closed outlines. Where an outline crosses the line through a row's pixel centres, going one way
counts +1 and going the other way -1 for all pixels to its right; a pixel whose count is not zero is inside (the
non-zero winding rule, which canvases use too). So one shape or five hundred strokes take the same few steps: find all
crossings at once, count them per pixel, sum along the rows. A stroke's outlines are a disc at each point and a
quadrilateral between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Raster: TypeAlias = NDArray[np.uint8]
"""A mask's pixels: height x width, 255 = edit."""

MIN_RADIUS = 0.75
"""The thinnest brush: a disc of this radius holds a pixel's centre wherever it is, so a dot is never nothing."""

_COUNT = np.int32
Counts: TypeAlias = NDArray[np.int32]
T = TypeVar("T", bound=np.generic)

_CROSSINGS_AT_ONCE = 50_000
_CELLS_AT_ONCE = 4_000_000
"""Outlines are taken in batches and windows in bands of about these sizes: memory does not depend on the mask."""


class _Window(NamedTuple):
    """The rows and columns of the picture that a shape can touch (ends excluded)."""

    top: int
    bottom: int
    left: int
    right: int


class Outlines(NamedTuple):
    """Ellipses (centre and radii) and directed edges, all wound the same way round."""

    ellipses: Floats  # n x 4: centre x, centre y, radius x, radius y
    edges: Floats  # n x 4: x0, y0, x1, y1


_NONE: Floats = np.empty((0, 4))


def paint_discs(pixels: Raster, centres: Floats, radius: float, value: int) -> None:
    """Sets the pixels inside any of the discs to ``value``, in place; ``centres`` is n x 2, x before y."""
    radii = np.full((len(centres), 2), radius)
    fill(pixels, Outlines(np.hstack([centres, radii]), _NONE), value)


def fill_rect(pixels: Raster, corners: tuple[float, float, float, float], value: int) -> None:
    """Sets the pixels whose centres lie in the rectangle to ``value``, in place."""
    x0, y0, x1, y1 = corners
    height, width = pixels.shape
    top, bottom = (int(np.clip(np.ceil(y - 0.5), 0, height)) for y in (y0, y1))
    left, right = (int(np.clip(np.ceil(x - 0.5), 0, width)) for x in (x0, x1))
    pixels[top:bottom, left:right] = value


def fill(pixels: Raster, outlines: Outlines, value: int) -> None:
    """Sets the pixels inside any of the outlines to ``value``, in place."""
    whole = _window(outlines, pixels.shape)
    if whole is None:
        return
    width = whole.right - whole.left + 1  # the last column collects what lies to the right of the window
    height = max(1, _CELLS_AT_ONCE // width)
    for top in range(whole.top, whole.bottom, height):
        window = whole._replace(top=top, bottom=min(top + height, whole.bottom))
        counts = np.zeros((window.bottom - window.top) * width, dtype=_COUNT)
        for cells, steps in _crossings(outlines, window, width):
            np.add.at(counts, cells, steps)  # fast because both are of one type
        winding = counts.reshape(-1, width)
        np.cumsum(winding, axis=1, out=winding)
        touched = pixels[window.top : window.bottom, window.left : window.right]
        np.copyto(touched, np.uint8(value), where=winding[:, :-1] != 0)


def ellipse_outline(x0: float, y0: float, x1: float, y1: float) -> Outlines:
    """The ellipse that fills a rectangle."""
    rx, ry = (x1 - x0) / 2, (y1 - y0) / 2
    return Outlines(np.array([[x0 + rx, y0 + ry, rx, ry]]), _NONE)


def polygon_outline(points: Sequence[Sequence[float]]) -> Outlines:
    """A path of ``(x, y)`` that closes itself."""
    corners = np.array(points)
    return Outlines(_NONE, np.hstack([corners, np.roll(corners, -1, axis=0)]))


def stroke_outlines(strokes: Sequence[tuple[Sequence[Sequence[float]], float]]) -> Outlines:
    """The outlines of brush strokes, each a path of ``(x, y)`` or ``(x, y, pressure)`` and a radius.

    A disc at each point, and between two points the quadrilateral on the discs' common tangents.
    """
    lengths = [len(path) for path, _ in strokes]
    points = np.vstack([_coordinates(path) for path, _ in strokes])
    radii = np.maximum(np.repeat([radius for _, radius in strokes], lengths) * points[:, 2], MIN_RADIUS)
    points = points[:, :2]
    discs = np.column_stack([points, radii, radii])

    joined = np.ones(len(points), dtype=bool)
    joined[np.cumsum(lengths) - 1] = False  # a stroke's last point is not joined to the next stroke's first
    here = np.flatnonzero(joined)
    start, end, r0, r1 = points[here], points[here + 1], radii[here], radii[here + 1]
    along = end - start
    length = np.sqrt(along[:, 0] ** 2 + along[:, 1] ** 2)
    apart = length > np.abs(r0 - r1)  # otherwise one disc holds the other
    start, end, r0, r1, length = start[apart], end[apart], r0[apart, None], r1[apart, None], length[apart, None]
    along = along[apart] / length
    across = np.column_stack([-along[:, 1], along[:, 0]])
    slant = (r0 - r1) / length  # sine of the angle between the tangents and the path: 0 without pressure
    upright = np.sqrt(1.0 - slant**2)
    one, other = along * slant + across * upright, along * slant - across * upright
    corners = [start + r0 * one, end + r1 * one, end + r1 * other, start + r0 * other]
    edges = np.vstack([np.hstack([corners[i], corners[(i + 1) % 4]]) for i in range(4)])
    return Outlines(discs, edges)


def _coordinates(path: Sequence[Sequence[float]]) -> Floats:
    """A stroke's points, n x 3: x, y and pressure, which is 1 where none was given."""
    each = len(path[0])
    flat = np.fromiter(chain.from_iterable(path), dtype=np.float64, count=each * len(path))
    points = flat.reshape(-1, each)
    return points if each == 3 else np.column_stack([points, np.ones(len(points))])


def _window(outlines: Outlines, shape: tuple[int, ...]) -> _Window | None:
    cx, cy, rx, ry = outlines.ellipses.T
    x0, y0, x1, y1 = outlines.edges.T
    across = np.concatenate([cx - rx, cx + rx, x0, x1])
    down = np.concatenate([cy - ry, cy + ry, y0, y1])
    if not len(across):
        return None
    height, width = shape
    left, right = np.clip((np.floor(across.min()), np.ceil(across.max())), 0, width)
    top, bottom = np.clip((np.floor(down.min()), np.ceil(down.max())), 0, height)
    if left >= right or top >= bottom:
        return None
    return _Window(int(top), int(bottom), int(left), int(right))


def _crossings(outlines: Outlines, window: _Window, width: int) -> Iterator[tuple[Ints, Counts]]:
    """Where outlines cross rows: batches of cells in the window and the steps (+1, -1) that the counts take there."""
    cx, cy, rx, ry = outlines.ellipses.T
    flatness = np.divide(rx, ry, out=np.zeros_like(rx), where=ry > 0)  # one without height has no rows
    for rows, spread in _rows(cy - ry, cy + ry, window):
        # maximum: rounding can put a row that only just touches outside by a hair
        half = np.sqrt(np.maximum(spread(ry**2) - (rows + 0.5 - spread(cy)) ** 2, 0.0)) * spread(flatness)
        middle = spread(cx)
        base = (rows - window.top) * width
        into = np.ones(len(rows), dtype=_COUNT)
        yield base + _column(middle - half, window), into
        yield base + _column(middle + half, window), -into

    x0, y0, x1, y1 = outlines.edges.T
    sign = np.where(y1 > y0, 1, -1).astype(_COUNT)
    slope = np.divide(x1 - x0, y1 - y0, out=np.zeros_like(x0), where=y1 != y0)
    at_zero = x0 + (0.5 - y0) * slope  # where the edge crosses the centre line of row 0
    for rows, spread in _rows(np.minimum(y0, y1), np.maximum(y0, y1), window):
        yield (rows - window.top) * width + _column(spread(at_zero) + rows * spread(slope), window), spread(sign)


def _rows(top: Floats, bottom: Floats, window: _Window) -> Iterator[tuple[Ints, Callable[[NDArray[T]], NDArray[T]]]]:
    """For outlines from ``top`` to ``bottom``, batches of rows, one for each pixel centre between, outline by outline.

    With each batch comes the function that spreads a value of each outline over its rows.
    """
    first = np.clip(np.ceil(top - 0.5), window.top, window.bottom).astype(np.int64)
    last = np.clip(np.ceil(bottom - 0.5), window.top, window.bottom).astype(np.int64)
    counts = last - first
    ends = np.cumsum(counts)
    begin = 0
    while begin < len(counts):
        done = int(ends[begin - 1]) if begin else 0
        stop = max(int(np.searchsorted(ends, done + _CROSSINGS_AT_ONCE, side="right")), begin + 1)
        batch = slice(begin, stop)
        offset = first[batch] - (ends[batch] - counts[batch] - done)
        yield (
            np.arange(counts[batch].sum()) + np.repeat(offset, counts[batch]),
            partial(_spread, batch=batch, counts=counts[batch]),
        )
        begin = stop


def _spread(values: NDArray[T], batch: slice, counts: Ints) -> NDArray[T]:
    return np.repeat(values[batch], counts)


def _column(x: Floats, window: _Window) -> Ints:
    """The first column, counted from the window's left, whose pixel's centre is not left of ``x``."""
    return np.clip(np.ceil(x - 0.5), window.left, window.right).astype(np.int64) - window.left
