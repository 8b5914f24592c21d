"""Growing a raster by a disc."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from r9s_notebook.imaging.raster import Raster, paint_discs

_DISC_COST = 64
"""Painting a disc of some radius costs about as much as sliding that disc over this many pixels."""
_HAIR = 1e-6
"""Pixels whose centres lie exactly on a disc's edge belong to it."""


def dilate(pixels: Raster, radius: float) -> None:
    """Every pixel takes the greatest value within ``radius`` pixels of it (centre to centre), in place.

    There are two exact ways, and the cheaper one is taken. A crisp mask grows by a disc on each of its border pixels,
    which is quick for large pictures with plain shapes. Any mask, soft ones too, grows by sliding the disc over it.
    """
    if radius < 1:
        return
    border = _border(pixels)
    if border is not None and _DISC_COST * len(border) < pixels.size:
        paint_discs(pixels, border, radius + _HAIR, 255)
    else:
        _slide(pixels, radius)


def _border(pixels: Raster) -> NDArray[np.float64] | None:
    """The centres of the set pixels with an unset neighbour, n x 2 as x, y; None for a soft mask."""
    if np.any((pixels != 0) & (pixels != 255)):
        return None
    inner = pixels != 0
    inner[1:] &= pixels[:-1] != 0
    inner[:-1] &= pixels[1:] != 0
    inner[:, 1:] &= pixels[:, :-1] != 0
    inner[:, :-1] &= pixels[:, 1:] != 0
    return np.argwhere((pixels != 0) & ~inner)[:, ::-1] + np.float64(0.5)


def _slide(pixels: Raster, radius: float) -> None:
    """A disc is a stack of rows, each as long as the disc is wide there.

    They are taken from the disc's top to its middle, so the horizontal maximum only ever widens: about four whole-array
    maxima for a pixel of radius.
    """
    reach = int(radius)
    touched = _around_content(pixels, reach)
    if touched is None:
        return
    area = pixels[touched]
    source = area.copy()
    widened = source.copy()
    half = 0
    for up in range(reach, -1, -1):
        wanted = min(math.isqrt(math.floor(radius * radius) - up * up), area.shape[1] - 1)
        while half < wanted:
            half += 1
            np.maximum(widened[:, half:], source[:, :-half], out=widened[:, half:])
            np.maximum(widened[:, :-half], source[:, half:], out=widened[:, :-half])
        if up < area.shape[0]:
            np.maximum(area[up:], widened[: len(area) - up], out=area[up:])
            np.maximum(area[: len(area) - up], widened[up:], out=area[: len(area) - up])


def _around_content(pixels: Raster, reach: int) -> tuple[slice, slice] | None:
    """The part of the raster that is set, and ``reach`` pixels around it."""
    rows = np.flatnonzero(pixels.any(axis=1))
    if not len(rows):
        return None
    columns = np.flatnonzero(pixels.any(axis=0))
    return (
        slice(max(int(rows[0]) - reach, 0), int(rows[-1]) + reach + 1),
        slice(max(int(columns[0]) - reach, 0), int(columns[-1]) + reach + 1),
    )
