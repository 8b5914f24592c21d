"""What stands before the sky: a sky that was marked roughly is exchanged around it."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from r9s_notebook.engines.sketch.edits.marked import Region
from r9s_notebook.imaging.connected import areas

_SIDE = 360
"""Pixels of the long side that the sky is followed at."""

_STEP = 5
"""How far a channel of a sky may turn from one of these pixels to the next; an edge turns further."""


def open_sky(image: Image.Image, area: Region) -> Image.Image:
    """The part of a region that is sky (mode L).

    It is what goes on smoothly from the region's upper edge, with everything that floats in it: clouds, the sun, birds.
    What reaches the region's lower edge, a tower or a tree, is no sky. Where hardly any is found, all of it is.
    """
    share = min(1.0, _SIDE / max(image.size))
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    pixels = np.asarray(image.resize(size, Image.Resampling.BOX)).astype(np.int32)
    marked = np.asarray(area.weight.resize(size, Image.Resampling.BOX)) > 127
    sky = _followed(pixels, marked)
    if sky.sum() * 5 < marked.sum():
        return Image.new("L", image.size, 255)
    below = np.zeros_like(marked)
    below[:-1] = marked[:-1] & ~marked[1:]
    below[-1] = marked[-1]
    for rows, columns in areas(marked & ~sky):
        if not below[rows, columns].any():
            sky[rows, columns] = True
    # Nothing is decided outside the region: its own edge stays as it was marked.
    smooth = Image.fromarray((sky | ~marked).astype(np.uint8) * 255).resize(image.size, Image.Resampling.BICUBIC)
    return smooth.point(_INWARDS)


_INWARDS = [max(0, min(255, (value - 96) * 2)) for value in range(256)]


def _followed(pixels: NDArray[np.int32], marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Everything that is reached from the upper edge of what is marked without crossing an edge."""
    height, width = marked.shape
    sky = np.zeros_like(marked)
    first = marked.argmax(axis=0)
    highest = int(first[marked.any(axis=0)].min()) if marked.any() else 0
    near_top = highest + max(1, height // 12)
    queue = deque((int(first[x]), x) for x in range(width) if marked[first[x], x] and first[x] <= near_top)
    for row, column in queue:
        sky[row, column] = True
    colours, inside = pixels.tolist(), marked.tolist()
    while queue:
        row, column = queue.popleft()
        r, g, b = colours[row][column]
        for y, x in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
            if 0 <= y < height and 0 <= x < width and inside[y][x] and not sky[y, x]:
                other = colours[y][x]
                if abs(other[0] - r) <= _STEP and abs(other[1] - g) <= _STEP and abs(other[2] - b) <= _STEP:
                    sky[y, x] = True
                    queue.append((y, x))
    return sky
