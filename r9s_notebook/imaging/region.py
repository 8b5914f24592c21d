"""The region of similar colour around a point: what a magic wand selects, and what a bucket's paint runs into.

The similar pixels of each row form runs, and runs of neighbouring rows that overlap belong together. Going down the
rows, every run joins the first one that it touches above, or starts a group. What else it touches above says which
groups belong together, and that is a graph with far fewer nodes than the picture has pixels: its component around the
point is found by whole-array steps.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging.codec import as_image
from r9s_notebook.imaging.mask import Mask

Ints: TypeAlias = NDArray[np.int32]  # 8192 x 8192 places fit with room
Bools: TypeAlias = NDArray[np.bool_]

_CELLS_AT_ONCE = 1 << 19
"""Pictures are taken in bands of about so many pixels: what is worked on stays near the processor."""
_NEAR = 512
"""Rows above and below a place that are looked at first."""
_FEW = 8
"""One change in so many pixels is little: searching for it takes less than going through them all."""
HALF = 128
"""A pixel is painted from this strength on."""


def region(
    image: Any, x: float, y: float, tolerance: float = 32, *, contiguous: bool = True, within: Mask | None = None
) -> Mask:
    """The pixels that look like the one at ``(x, y)``.

    ``mask | region(image, x, y)`` is what the magic wand does. The bucket pours as far as the next paint,
    ``mask | region(image, x, y, within=~mask)``, and takes away no more than paint, ``mask - region(image, x, y,
    within=mask)``.

    Args:
        image: The picture, in any form that ``as_image`` takes; None for one of a single colour as large as ``within``,
            which then is all that bounds the region.
        x: Image pixels from the left.
        y: Image pixels from the top.
        tolerance: How far any channel may be from the point's, in steps of 255: 0 is the same colour, 255 everything.
        contiguous: Only those connected with the point through their sides; otherwise all of them.
        within: Nothing outside this mask, and no way through there. A soft edge belongs to it whole, but where it is
            weaker than half the region goes no further.

    Raises:
        ImageError: Not a picture.
        MaskError: The point is not in the picture or not ``within``, ``within`` is of another size, or the tolerance is
            not from 0 to 255.
    """
    (width, height), picture = _looked_at(image, within)
    if not (0 <= x < width and 0 <= y < height):
        raise MaskError(f"The point ({x:g}, {y:g}) is outside the picture of {width}x{height}. Choose one inside it.")
    if not 0 <= tolerance <= 255:
        raise MaskError(f"A tolerance is 0 (the same colour) to 255 (everything); this is {tolerance:g}.")
    column, row = int(x), int(y)
    strength = None if within is None else within.pixels
    if strength is not None and strength[row, column] < HALF:
        raise MaskError(f"The point ({x:g}, {y:g}) is not in the mask that the region is to stay within.")

    alike = np.ones((height, width), dtype=bool) if picture is None else _alike(picture, row, column, int(tolerance))
    if strength is not None:
        soft = alike & (strength > 0) & (strength < HALF)
        alike &= strength >= HALF
        if soft.any():
            strong = _connected(alike, row, column) if contiguous else alike
            alike = strong | soft
    return Mask.from_array(_connected(alike, row, column) if contiguous else alike)


def _looked_at(image: Any, within: Mask | None) -> tuple[tuple[int, int], Image.Image | None]:
    """The size, and the picture if there is one; one that ``as_image`` has made is not copied again."""
    if image is None:
        if within is None:
            raise MaskError("A region needs a picture to look at, or a mask to stay within.")
        return within.size, None
    made = type(image) is Image.Image and image.mode in ("RGB", "RGBA") and not image.info
    picture: Image.Image = image if made else as_image(image)
    if within is not None:
        within.check_size(picture.size)
    return picture.size, picture


def _alike(picture: Image.Image, row: int, column: int, tolerance: int) -> Bools:
    width, height = picture.size
    alike = np.empty((height, width), dtype=bool)
    rows = max(1, _CELLS_AT_ONCE // width)
    values: Any = picture.getpixel((column, row))
    limits = [(max(value - tolerance, 0), min(value + tolerance, 255)) for value in values]
    for top in range(0, height, rows):
        band = picture.crop((0, top, width, min(top + rows, height)))
        here = alike[top : top + rows]
        here[:] = True
        for channel, (low, high) in zip(band.split(), limits, strict=True):
            # One comparison for both limits: below the low one, unsigned numbers wrap around to large ones.
            here &= np.asarray(channel) - np.uint8(low) <= high - low
    return alike


class _Runs(NamedTuple):
    """The runs of ``True``, from left to right and from top to bottom, and how they hang together.

    Places are counted along the rows, with one place after each row that belongs to no run.
    """

    places: Ints  # where a run starts, where it has ended, where the next one starts, ...
    group: Ints  # of each run, numbered from 0
    one: Ints  # groups that touch ...
    other: Ints  # ... these


def _connected(alike: Bools, row: int, column: int) -> Bools:
    """What is connected with a place: near rows first, since in grain, where this takes longest, it often ends soon."""
    top, bottom = max(row - _NEAR, 0), min(row + _NEAR, len(alike))
    near = _connected_in(alike[top:bottom], row - top, column)
    upwards = top > 0 and np.any(near[0] & alike[top - 1])
    downwards = bottom < len(alike) and np.any(near[-1] & alike[bottom])
    if upwards or downwards:
        return _connected_in(alike, row, column)
    connected = np.zeros(alike.shape, dtype=bool)
    connected[top:bottom] = near
    return connected


def _connected_in(alike: Bools, row: int, column: int) -> Bools:
    height, stride = alike.shape[0], alike.shape[1] + 1
    runs = _runs(alike)
    seed = int(np.searchsorted(runs.places[0::2], row * stride + column, side="right")) - 1
    groups = int(runs.group.max()) + 1
    chosen = _component(groups, runs.one, runs.other, int(runs.group[seed]))[runs.group]
    bounds = np.zeros(2 * np.count_nonzero(chosen) + 2, dtype=np.int32)
    bounds[1:-1].reshape(-1, 2)[:] = runs.places.reshape(-1, 2)[chosen]
    bounds[-1] = height * stride
    lengths = np.diff(bounds)  # outside, inside, outside, ...
    connected = np.repeat(np.arange(len(lengths)) % 2 == 1, lengths)
    return connected.reshape(height, stride)[:, :-1]


def _runs(alike: Bools) -> _Runs:
    height, width = alike.shape
    stride = width + 1
    rows = max(1, _CELLS_AT_ONCE // stride)
    parts: list[_Runs] = []
    above = np.zeros((1, width), dtype=bool)
    groups_above = np.empty(0, dtype=np.int32)
    groups = 0
    for top in range(0, height, rows):
        band = np.zeros((min(rows, height - top) + 1, stride), dtype=bool)
        band[:1, :-1], band[1:, :-1] = above, alike[top : top + rows]
        part, groups = _runs_of_band(band, groups_above, groups)
        parts.append(part)
        above = alike[top + len(band) - 2 : top + len(band) - 1]
        groups_above = part.group[np.searchsorted(part.places[0::2], (len(band) - 1) * stride) :]
        part.places[:] += (top - 1) * stride
    return _Runs(*map(np.concatenate, zip(*parts, strict=True)))


def _runs_of_band(band: Bools, groups_above: Ints, groups: int) -> tuple[_Runs, int]:
    """The runs of a band without those of its first row, and how many groups there are then.

    Args:
        band: Rows that end with a ``False``; the first one is the row above the band.
        groups_above: The groups of the first row's runs.
        groups: How many groups there are before this band.
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
    edges = np.concatenate([starts[number_above:] - stride, ends[number_above:] - stride - 1])
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
    return np.cumsum(changes, dtype=np.int32).take(at)


def _component(count: int, one: Ints, other: Ints, seed: int) -> Bools:
    """Which of ``count`` nodes are connected with ``seed`` by the edges between ``one`` and ``other``."""
    label = np.arange(count, dtype=np.int32)
    while len(one):
        # Every node takes the smallest label among its neighbours, and labels are followed to their root.
        low, high = np.minimum(label[one], label[other]), np.maximum(label[one], label[other])
        np.minimum.at(label, high, low)
        while not np.array_equal(root := label.take(label), label):
            label = root
        apart = label[one] != label[other]
        one, other = one[apart], other[apart]
    return np.asarray(label == label[seed])
