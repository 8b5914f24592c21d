"""The definition of a stroke, pixel by pixel and slowly: what the rasteriser is measured against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def stroke(points: Sequence[Sequence[float]], radius: float, width: int, height: int) -> NDArray[np.bool_]:
    """The pixels whose centres are within ``radius`` of the path."""
    path = np.asarray(points, dtype=float)[:, :2]
    inside = np.zeros((height, width), dtype=bool)
    for start, end in zip(path, [*path[1:], path[-1]], strict=True):
        left, top = np.maximum(np.floor(np.minimum(start, end) - radius), 0).astype(int)
        right, bottom = np.minimum(np.ceil(np.maximum(start, end) + radius), (width, height)).astype(int)
        if left >= right or top >= bottom:
            continue
        y, x = np.mgrid[top:bottom, left:right] + 0.5
        along = end - start
        length = along @ along
        part = np.clip(((x - start[0]) * along[0] + (y - start[1]) * along[1]) / length, 0, 1) if length else 0.0
        near = (x - start[0] - part * along[0]) ** 2 + (y - start[1] - part * along[1]) ** 2 <= radius**2
        inside[top:bottom, left:right] |= near
    return inside


def disc_dilated(mask: NDArray[np.bool_], radius: float) -> NDArray[np.bool_]:
    """The pixels within ``radius`` of a set one."""
    y, x = np.mgrid[0 : mask.shape[0], 0 : mask.shape[1]]
    grown = np.zeros_like(mask)
    for row, column in np.argwhere(mask):
        grown |= (y - row) ** 2 + (x - column) ** 2 <= radius**2
    return grown


def iou(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Intersection over union."""
    union = np.count_nonzero(one | other)
    return 1.0 if union == 0 else np.count_nonzero(one & other) / union
