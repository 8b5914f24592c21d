"""Faces as drawings have them: two round dark eyes side by side, in one colour of skin or fur."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from r9s_notebook.imaging.connected import areas

_SIDE = 640
"""Pixels of the long side that eyes are looked for at."""

_MOST_EYES = 60
"""Dark spots that are compared with each other; a picture with more of them is full of something else."""

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Eye:
    """A dark round spot: its middle and its size, in pixels."""

    x: float
    y: float
    wide: int
    tall: int


def head_in(image: Image.Image) -> tuple[float, float, float] | None:
    """Where a hat would sit on the largest face.

    Args:
        image: RGB.

    Returns:
        The middle of the brim, x and y, and the head's width, in pixels of the image; None where no face is found.
    """
    share = min(1.0, _SIDE / max(image.size))
    small = image.resize(
        (max(1, round(image.width * share)), max(1, round(image.height * share))), Image.Resampling.BOX
    )
    pixels = np.asarray(small).astype(np.int32)
    pairs = [pair for pair in combinations(_eyes(small), 2) if _belong(pixels, *pair)]
    if not pairs:
        return None
    left, right = max(pairs, key=lambda pair: (abs(pair[0].x - pair[1].x), -pair[0].y))
    x, y, apart = (left.x + right.x) / 2, (left.y + right.y) / 2, abs(left.x - right.x)
    half = min(_reach(pixels, x, y, apart, side) for side in (-1, 1))
    return x / share, (y - 1.17 * half) / share, 1.8 * half / share


def _eyes(image: Image.Image) -> list[Eye]:
    """Round spots that are much darker than what is around them."""
    grey = image.convert("L")
    around = grey.filter(ImageFilter.BoxBlur(max(3, min(image.size) // 20)))
    level = np.asarray(grey).astype(np.int32)
    dark = (level < 110) & (level < np.asarray(around).astype(np.int32) - 30)
    found = []
    for rows, columns in areas(dark):
        wide, tall = int(columns.max() - columns.min()) + 1, int(rows.max() - rows.min()) + 1
        round_ = 0.6 < wide / tall < 1.6 and len(rows) > 0.55 * wide * tall
        if round_ and 3 <= wide <= min(image.size) // 8:
            found.append(Eye(float(columns.mean()), float(rows.mean()), wide, tall))
    return found if len(found) <= _MOST_EYES else []


def _belong(pixels: Ints, one: Eye, other: Eye) -> bool:
    """Whether two spots are the eyes of one face: level, alike, and in the same light colour all around."""
    apart, size = abs(one.x - other.x), (one.wide + other.wide) / 2
    alike = max(one.wide, other.wide) <= 1.5 * min(one.wide, other.wide)
    if not alike or abs(one.y - other.y) > 0.15 * apart or not 1.7 * size < apart < 7 * size:
        return False
    between = _at(pixels, (one.x + other.x) / 2, (one.y + other.y) / 2)
    beside = (_at(pixels, eye.x, eye.y + 1.2 * eye.tall) for eye in (one, other))
    inner = (_at(pixels, one.x + (other.x - one.x) * share, (one.y + other.y) / 2) for share in (0.35, 0.65))
    return all(int(np.abs(colour - between).max()) < 70 for colour in (*beside, *inner))


def _at(pixels: Ints, x: float, y: float) -> Ints:
    height, width, _ = pixels.shape
    colour: Ints = pixels[min(height - 1, max(0, round(y))), min(width - 1, max(0, round(x)))]
    return colour


def _reach(pixels: Ints, x: float, y: float, apart: float, side: int) -> float:
    """How far the face goes to a side at the height of its eyes: until its colour ends."""
    skin, step = _at(pixels, x, y), apart * 0.75
    while step < 1.7 * apart and int(np.abs(_at(pixels, x + side * step, y) - skin).max()) < 60:
        step += 1
    return step
