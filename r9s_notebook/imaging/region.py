"""The region of similar colour around a point: what a magic wand selects and a bucket fills.

The similar pixels of each row form runs, and runs of neighbouring rows that overlap belong together. That makes a graph
with far fewer nodes than the picture has pixels, and its component around the point is found by whole-array steps:
every run takes the smallest label among its neighbours, and labels are followed to their root, until nothing changes.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging.codec import as_image
from r9s_notebook.imaging.mask import Mask

Ints: TypeAlias = NDArray[np.int64]


def region(image: Any, x: float, y: float, tolerance: float = 32, *, contiguous: bool = True) -> Mask:
    """The pixels that look like the one at ``(x, y)``.

    Args:
        image: The picture, in any form that ``as_image`` takes.
        x: Image pixels from the left.
        y: Image pixels from the top.
        tolerance: How far any channel may be from the point's, in steps of 255: 0 is the same colour, 255 everything.
        contiguous: Only those connected with the point through their sides (a wand); otherwise all of them.

    Raises:
        ImageError: Not a picture.
        MaskError: The point is not in the picture, or the tolerance is not from 0 to 255.
    """
    picture = as_image(image)
    width, height = picture.size
    if not (0 <= x < width and 0 <= y < height):
        raise MaskError(f"The point ({x:g}, {y:g}) is outside the picture of {width}x{height}. Choose one inside it.")
    if not 0 <= tolerance <= 255:
        raise MaskError(f"A tolerance is 0 (the same colour) to 255 (everything); this is {tolerance:g}.")
    column, row = int(x), int(y)
    alike = _alike(np.asarray(picture), row, column, int(tolerance))
    return Mask.from_array(_connected(alike, row, column) if contiguous else alike)


def _alike(pixels: NDArray[np.uint8], row: int, column: int, tolerance: int) -> NDArray[np.bool_]:
    alike = np.ones(pixels.shape[:2], dtype=bool)
    for channel in range(pixels.shape[2]):
        value = int(pixels[row, column, channel])
        low, high = max(value - tolerance, 0), min(value + tolerance, 255)
        values = pixels[:, :, channel]
        # One comparison for both limits: below the low one, unsigned numbers wrap around to large ones.
        alike &= (values - np.uint8(low)) <= high - low
    return alike


def _connected(alike: NDArray[np.bool_], row: int, column: int) -> NDArray[np.bool_]:
    stride = alike.shape[1] + 1  # a False after each row keeps runs from continuing into the next one
    padded = np.zeros((alike.shape[0], stride), dtype=np.int8)
    padded[:, :-1] = alike
    edges = np.diff(padded.ravel(), prepend=np.int8(0))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    seed = int(np.searchsorted(starts, row * stride + column, side="right")) - 1
    chosen = _component(len(starts), *_overlaps(starts, ends, stride), seed)
    marks = np.zeros(padded.size, dtype=np.int8)
    marks[starts[chosen]] = 1
    marks[ends[chosen]] = -1
    connected = np.add.accumulate(marks, out=marks).astype(bool)
    return connected.reshape(padded.shape)[:, :-1]


def _overlaps(starts: Ints, ends: Ints, stride: int) -> tuple[Ints, Ints]:
    """Pairs of runs, one right below the other, that share a column."""
    first = np.searchsorted(ends, starts + stride, side="right")
    last = np.searchsorted(starts, ends + stride, side="left")
    counts = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(starts)), counts)
    lower = np.arange(len(upper)) + np.repeat(first - (np.cumsum(counts) - counts), counts)
    return upper, lower


def _component(count: int, one: Ints, other: Ints, seed: int) -> NDArray[np.bool_]:
    """Which of ``count`` nodes are connected with ``seed`` by the edges between ``one`` and ``other``."""
    label = np.arange(count)
    while len(one):
        low, high = np.minimum(label[one], label[other]), np.maximum(label[one], label[other])
        np.minimum.at(label, high, low)
        while True:
            root = label[label]
            if np.array_equal(root, label):
                break
            label = root
        apart = label[one] != label[other]
        one, other = one[apart], other[apart]
    return np.asarray(label == label[seed])
