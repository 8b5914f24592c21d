"""Connected areas: which pixels of a yes-or-no picture hang together.

The pixels of each row form runs, and runs of neighbouring rows that overlap belong together. Going down the rows, every
run joins the first one that it touches above, or starts a group. What else it touches above says which groups belong
together, and that is a graph with far fewer nodes than the picture has pixels: its components are found by whole-array
steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int32]  # 8192 x 8192 places fit with room
Bools: TypeAlias = NDArray[np.bool_]

CELLS_AT_ONCE = 1 << 19
"""Pictures are taken in bands of about so many pixels: what is worked on stays near the processor."""
_NEAR = 512
"""Rows above and below a place that are looked at first."""
_FEW = 8
"""One change in so many pixels is little: searching for it takes less than going through them all."""


class _Runs(NamedTuple):
    """The runs of ``True``, from left to right and from top to bottom, and how they hang together.

    Places are counted along the rows, with one place after each row that belongs to no run.
    """

    places: Ints  # where a run starts, where it has ended, where the next one starts, ...
    group: Ints  # of each run, numbered from 0
    one: Ints  # groups that touch ...
    other: Ints  # ... these


def area_at(marked: Bools, row: int, column: int) -> Bools:
    """The area that a marked place is in, connected through the pixels' sides; of the picture's shape.

    Near rows are looked at first: in grain, where this takes longest, an area often ends soon.
    """
    top, bottom = max(row - _NEAR, 0), min(row + _NEAR, len(marked))
    near = _area_in(marked[top:bottom], row - top, column)
    upwards = top > 0 and np.any(near[0] & marked[top - 1])
    downwards = bottom < len(marked) and np.any(near[-1] & marked[bottom])
    if upwards or downwards:
        return _area_in(marked, row, column)
    area = np.zeros(marked.shape, dtype=bool)
    area[top:bottom] = near
    return area


def areas(marked: Bools) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """All areas, connected through the pixels' sides and corners.

    Yields:
        The rows and the columns of an area's pixels; the areas are ordered by their first pixel, row by row.
    """
    runs = _runs(marked, corners=True)
    area = _components(runs)[runs.group]
    order = np.argsort(area, kind="stable")
    starts, lengths = runs.places[0::2][order], np.diff(runs.places)[0::2][order]
    ends = np.cumsum(lengths)
    places = np.arange(lengths.sum()) + np.repeat(starts - (ends - lengths), lengths)
    rows, columns = np.divmod(places, marked.shape[1] + 1)
    last = np.flatnonzero(np.diff(area[order], append=-1))  # of each area, its last run
    begin = 0
    for end in ends[last].tolist():
        yield rows[begin:end], columns[begin:end]
        begin = end


def _area_in(marked: Bools, row: int, column: int) -> Bools:
    height, stride = marked.shape[0], marked.shape[1] + 1
    runs = _runs(marked)
    seed = int(np.searchsorted(runs.places[0::2], row * stride + column, side="right")) - 1
    component = _components(runs)
    chosen = (component == component[runs.group[seed]])[runs.group]
    bounds = np.zeros(2 * np.count_nonzero(chosen) + 2, dtype=np.int32)
    bounds[1:-1].reshape(-1, 2)[:] = runs.places.reshape(-1, 2)[chosen]
    bounds[-1] = height * stride
    lengths = np.diff(bounds)  # outside, inside, outside, ...
    area = np.repeat(np.arange(len(lengths)) % 2 == 1, lengths)
    return area.reshape(height, stride)[:, :-1]


def _runs(marked: Bools, *, corners: bool = False) -> _Runs:
    height, width = marked.shape
    stride = width + 1
    rows = max(1, CELLS_AT_ONCE // stride)
    parts: list[_Runs] = []
    above = np.zeros((1, width), dtype=bool)
    groups_above = np.empty(0, dtype=np.int32)
    groups = 0
    for top in range(0, height, rows):
        band = np.zeros((min(rows, height - top) + 1, stride), dtype=bool)
        band[:1, :-1], band[1:, :-1] = above, marked[top : top + rows]
        part, groups = _runs_of_band(band, groups_above, groups, int(corners))
        parts.append(part)
        above = marked[top + len(band) - 2 : top + len(band) - 1]
        groups_above = part.group[np.searchsorted(part.places[0::2], (len(band) - 1) * stride) :]
        part.places[:] += (top - 1) * stride
    return _Runs(*map(np.concatenate, zip(*parts, strict=True)))


def _runs_of_band(band: Bools, groups_above: Ints, groups: int, reach: int) -> tuple[_Runs, int]:
    """The runs of a band without those of its first row, and how many groups there are then.

    Args:
        band: Rows that end with a ``False``; the first one is the row above the band.
        groups_above: The groups of the first row's runs.
        groups: How many groups there are before this band.
        reach: How far beyond its ends a run touches others: 0 through sides, 1 through corners too.
    """
    stride = band.shape[1]
    flat = band.ravel()
    changes = np.empty(flat.size, dtype=bool)
    changes[0] = flat[0]
    np.not_equal(flat[1:], flat[:-1], out=changes[1:])
    places = np.flatnonzero(changes).astype(np.int32)
    starts, ends = places[0::2], places[1::2]
    number_above, count = len(groups_above), len(starts)

    # Which runs each one touches in the row above: from the first one that ends behind this one's start to the last one
    # that starts before this one's end. Starts and ends alternate, so how many changes there are counts both.
    own = np.arange(number_above, count, dtype=np.int32)
    edges = np.concatenate([starts[number_above:] - (stride + reach), ends[number_above:] - (stride + 1 - reach)])
    passed = _passed(changes, places, edges)
    first, behind = passed[: len(own)] // 2, (passed[len(own) :] + 1) // 2
    touches = first < behind

    root = np.arange(count, dtype=np.int32)
    root[number_above:][touches] = first[touches]
    while not np.array_equal(further := root.take(root), root):
        root = further
    new = own[~touches]
    group_of_root = np.empty(count, dtype=np.int32)
    group_of_root[:number_above] = groups_above
    group_of_root[new] = np.arange(groups, groups + len(new), dtype=np.int32)
    group = group_of_root[root]

    more = np.maximum(behind - first - 1, 0)
    lower = np.repeat(own, more)
    before = np.cumsum(more, dtype=np.int32) - more
    upper = np.arange(len(lower), dtype=np.int32) + np.repeat(first + 1 - before, more)
    one, other = group[upper], group[lower]
    apart = one != other
    return _Runs(places[2 * number_above :], group[number_above:], one[apart], other[apart]), groups + len(new)


def _passed(changes: Bools, places: Ints, at: Ints) -> Ints:
    """How many changes there are up to each place of ``at``: looked up where there are few, and counted otherwise."""
    if _FEW * len(places) < len(changes):
        return np.searchsorted(places, at, side="right").astype(np.int32)
    return np.cumsum(changes, dtype=np.int32).take(at, mode="clip")  # -1: no change


def _components(runs: _Runs) -> Ints:
    """For each group the first one that it hangs together with."""
    first = np.arange(runs.group.max(initial=-1) + 1, dtype=np.int32)
    one, other = runs.one, runs.other
    while len(one):
        # Every group takes the smallest number among its neighbours, and numbers are followed to their root.
        low, high = np.minimum(first[one], first[other]), np.maximum(first[one], first[other])
        np.minimum.at(first, high, low)
        while not np.array_equal(root := first.take(first), first):
            first = root
        apart = first[one] != first[other]
        one, other = one[apart], other[apart]
    return first
