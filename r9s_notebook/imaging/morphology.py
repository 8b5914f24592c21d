"""Growing a raster by a disc."""

from __future__ import annotations

import math

import numpy as np

from r9s_notebook.imaging.raster import Pixels


def dilate(pixels: Pixels, radius: float) -> None:
    """Every pixel takes the greatest value within ``radius`` pixels of it (centre to centre), in place.

    A disc is a stack of rows, each as long as the disc is wide there. Rows are taken from the longest to the shortest
    distance from the centre line, so the horizontal maximum only ever widens: about four whole-array maxima for a
    pixel of radius, for soft masks as for crisp ones.
    """
    reach = int(radius)
    touched = _around_content(pixels, reach)
    if reach == 0 or touched is None:
        return
    area = pixels[touched]
    source = area.copy()
    widened = source.copy()
    half = 0
    for up in range(reach, -1, -1):
        wanted = math.isqrt(math.floor(radius * radius) - up * up)
        while half < wanted:
            half += 1
            np.maximum(widened[:, half:], source[:, :-half], out=widened[:, half:])
            np.maximum(widened[:, :-half], source[:, half:], out=widened[:, :-half])
        if up < area.shape[0]:
            np.maximum(area[up:], widened[: len(area) - up], out=area[up:])
            np.maximum(area[: len(area) - up], widened[up:], out=area[: len(area) - up])


def _around_content(pixels: Pixels, reach: int) -> tuple[slice, slice] | None:
    """The part of the raster that is set, and ``reach`` pixels around it."""
    rows = np.flatnonzero(pixels.any(axis=1))
    if not len(rows):
        return None
    columns = np.flatnonzero(pixels.any(axis=0))
    return (
        slice(max(int(rows[0]) - reach, 0), int(rows[-1]) + reach + 1),
        slice(max(int(columns[0]) - reach, 0), int(columns[-1]) + reach + 1),
    )
