"""The light of a picture, read from its pixels, so that what is drawn into it belongs there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.engines.sketch.colour import RGB, darker, lighter
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.edits.marked import Region
from r9s_notebook.engines.sketch.light import Light


def light_around(image: Image.Image, area: Region) -> Light:
    """The light near a region: its colour, its side, and its depth.

    Args:
        image: RGB.
        area: What will be drawn upon.
    """
    left, top, right, bottom = area.box
    grow = max(8, (area.width + area.height) // 6)
    near = (max(0, left - grow), max(0, top - grow), min(image.width, right + grow), min(image.height, bottom + grow))
    around = image.crop(near).resize((24, 24), Image.Resampling.BOX)
    pixels = np.asarray(around).astype(np.int32).reshape(-1, 3)
    mean = [int(value) for value in pixels.sum(axis=0) // len(pixels)]
    grey = max(24, (mean[0] * 299 + mean[1] * 587 + mean[2] * 114) // 1000)
    level = min(1.08, max(0.42, 0.52 + grey / 290))
    key = tuple(level * min(1.14, max(0.86, 1 + (channel - grey) / grey * 0.3)) for channel in mean)
    sides = np.asarray(image.convert("L").resize((2, 1), Image.Resampling.BOX)).astype(int)[0]
    average: RGB = (mean[0], mean[1], mean[2])
    return Light(
        sky=(lighter(average, 0.3), lighter(average, 0.5), lighter(average, 0.6)),
        key=(key[0], key[1], key[2]),
        shade=darker(average, 0.85),
        haze=average,
        thickness=0.0,
        sun=(0.5 if sides[1] >= sides[0] else -0.5, 0.7),
        disc=lighter(average, 0.8),
        dark=grey < 60,
        contrast=0.6,
    )


def roughness(image: Image.Image, area: Region) -> int:
    """How grainy the picture is around a region: the mean of its fine detail, in levels."""
    crop = image.crop(area.box).convert("L")
    fine = ImageChops.difference(crop, crop.filter(ImageFilter.BoxBlur(1)))
    values = np.sort(np.asarray(fine), axis=None)
    # The quieter half: edges are no grain.
    half = values[: max(1, len(values) // 2)].astype(np.int64)
    return int(half.sum() * 2 // len(half) // 2) if len(half) else 0


def grained(image: Image.Image, amount: int, dice: Dice) -> Image.Image:
    """The picture with as much grain."""
    if amount < 1:
        return image
    noise = dice.noise(image.width, image.height).astype(np.int16)
    grain = (noise - 128) * min(10, amount) // 64
    return Image.fromarray(np.clip(np.asarray(image).astype(np.int16) + grain[..., None], 0, 255).astype(np.uint8))


def standing_out(image: Image.Image, area: Region) -> Image.Image:
    """What of a region is its main thing, by colour (mode L): 255 where a colour is found in its middle and not around.

    Where the middle looks like its surroundings, everything is the thing.
    """
    colours = np.asarray(image).astype(np.int64) >> 4
    bins = (colours[..., 0] << 8) | (colours[..., 1] << 4) | colours[..., 2]
    left, top, right, bottom = area.box
    middle = np.zeros(bins.shape, dtype=bool)
    inset_x, inset_y = area.width // 4, area.height // 4
    middle[top + inset_y : bottom - inset_y, left + inset_x : right - inset_x] = True
    marked = np.asarray(area.weight) > 0
    grow = max(4, min(area.width, area.height) // 6)
    near = np.zeros(bins.shape, dtype=bool)
    near[max(0, top - grow) : bottom + grow, max(0, left - grow) : right + grow] = True
    thing, around = (_shares(bins[where]) for where in (middle & marked, near & ~marked))
    if not thing.any() or not around.any():
        return Image.new("L", image.size, 255)
    ratio = (255 * thing // np.maximum(1, thing + 2 * around)).astype(np.uint8)
    likely = Image.fromarray(ratio[bins]).filter(ImageFilter.MedianFilter(5))
    sure = likely.point([min(255, max(0, (value - 80) * 4)) for value in range(256)])
    if np.asarray(sure)[middle & marked].mean() < 64:
        return Image.new("L", image.size, 255)
    return sure.filter(ImageFilter.BoxBlur(1))


def _shares(bins: NDArray[np.int64]) -> NDArray[np.int64]:
    """How common each of the 4096 colours and its neighbours are, in millionths."""
    counts = np.bincount(bins, minlength=4096).reshape(16, 16, 16).astype(np.int64)
    for axis in range(3):
        wide = np.zeros_like(counts)
        ahead, behind = [slice(None)] * 3, [slice(None)] * 3
        ahead[axis], behind[axis] = slice(1, None), slice(None, -1)
        wide[tuple(ahead)] += counts[tuple(behind)]
        wide[tuple(behind)] += counts[tuple(ahead)]
        counts = 2 * counts + wide
    return (counts * 1_000_000 // max(1, int(counts.sum()))).ravel()
