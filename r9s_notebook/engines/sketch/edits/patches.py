"""Patches that resemble each other: the search that fills a hole of an image from what is known around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from r9s_notebook.engines.sketch.dice import Dice

_RADIUS = 2
"""A patch is a square that reaches so many pixels from its middle."""

_HARDLY = 8
"""Of 255: a small pixel that the hole covers less is known well enough."""

_TEXTURE = 4
"""How much a level of texture counts beside a level of colour."""

_PLACE = 250
"""How much the whole height of an image counts: what is at the top of a picture seldom belongs at its bottom."""

_COMPARISONS = 1_500_000
"""Up to so many pairs of patches are all compared; where there are more, likenesses are searched for by chance."""

_LEAST_ROUNDS, _MOST_ROUNDS = 2, 12
_SEARCHES = 18_000
"""Rounds of search and vote: as many as make so many searches, within these bounds; small levels decide most."""

_FIRST_COMPARISONS, _AT_ONCE = 10_000_000, 256
"""Pairs of patches that a first filling compares, and patches that are compared with all others at once."""

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Level:
    """An image at one size, in a rim of a patch's reach of which nothing is known.

    Attributes:
        pixels: Red, green, blue, the texture across and down, and how far down it is; (height, width, 6).
        gap: The pixels to be filled; (height, width).
        sure: How far a pixel is to be trusted: 64 where it is known, less with every step into the gap, 0 in the rim.
        sources: Whether a pixel is the middle of a patch that is known as a whole; (height, width).
        targets: The middles of the patches that reach into the gap, as flat indices.
    """

    pixels: Ints
    gap: Bools
    sure: Ints
    sources: Bools
    targets: Longs

    @property
    def width(self) -> int:
        """Pixels, with the rim."""
        return int(self.gap.shape[1])

    @cached_property
    def reach(self) -> Longs:
        """The pixels of a patch, as flat distances from its middle."""
        steps = np.arange(-_RADIUS, _RADIUS + 1)
        return (steps[:, None] * self.width + steps).ravel()

    @cached_property
    def wanted(self) -> Ints:
        """The patches around the targets, as they are now."""
        return self.patches(self.targets)

    @cached_property
    def weights(self) -> Ints:
        """How far the pixels of these patches are to be trusted; (number of targets, pixels of a patch)."""
        found: Ints = self.sure.ravel()[self.targets[:, None] + self.reach]
        return found

    def patches(self, middles: Longs) -> Ints:
        """The patches around these middles; (number of middles, pixels of a patch, 6)."""
        found: Ints = self.pixels.reshape(-1, 6)[middles[:, None] + self.reach]
        return found


def filled(image: Image.Image, hole: Image.Image, dice: Dice) -> tuple[Ints, Longs] | None:
    """Fill a hole.

    Args:
        image: RGB.
        hole: Mode L, of the image's size; what is not 0 is filled.
        dice: Chance for the search.

    Returns:
        The colours, (height, width, 3), and how many rows and columns away the likeness of a pixel was found, for
        the pixels of the hole and those next to it, (height, width, 2). None where nothing is left to learn from.
    """
    usable = [level for level in _pyramid(image, hole) if level.sources.any()]
    if not usable:
        return None
    first, *finer = usable
    level, best, price = _settled(_peeled(first), _random(first, dice), dice.fork(0))
    for number, fine in enumerate(finer, 1):
        best = _refined(level, best, fine, dice.fork("start", number))
        level = _voted(fine, best, _prices(fine, best))
        level, best, price = _settled(level, best, dice.fork(number))
    inner = (slice(_RADIUS, -_RADIUS), slice(_RADIUS, -_RADIUS))
    return level.pixels[inner][..., :3], _shifts(level, best, price)[inner]


def _settled(level: Level, best: Longs, dice: Dice) -> tuple[Level, Longs, Longs]:
    """Search and vote in turns; the level as it is then, the likenesses, and how much each differs."""
    sources, price = np.flatnonzero(level.sources), np.zeros(0, dtype=np.int64)
    # What is learned stays: votes change no patch that is known as a whole.
    learned = _Learned(level, sources) if len(sources) * len(level.targets) <= _COMPARISONS else None
    for step in range(min(max(_SEARCHES // len(level.targets), _LEAST_ROUNDS), _MOST_ROUNDS)):
        if learned is None:
            best, price = _searched(level, best, dice.fork(step))
        else:
            best = learned.nearest(level.wanted, level.weights)
            price = _prices(level, best)
        level = _voted(level, best, price)
    return level, best, price


def touched(hole: Image.Image) -> Bools:
    """The middles of all patches that reach into a hole (mode L)."""
    return _grown(np.asarray(hole) > _HARDLY, _RADIUS)


# ---- the image from coarse to fine -----------------------------------------------------------------------------------


def _pyramid(image: Image.Image, hole: Image.Image) -> list[Level]:
    """At the coarsest level a patch bridges the hole, or the image is as small as is of use."""
    missing = np.asarray(hole) > 0
    bands = [*image.split(), *_texture(image, ~missing)]
    sizes, depth = [image.size], _depth(missing)
    while min(sizes[-1]) >= 48 and depth > _RADIUS:
        sizes.append((sizes[-1][0] // 2, sizes[-1][1] // 2))
        depth //= 2
    return [_level(bands, hole, size) for size in reversed(sizes)]


def _level(bands: list[Image.Image], hole: Image.Image, size: tuple[int, int]) -> Level:
    pixels = np.stack([np.asarray(band.resize(size, Image.Resampling.BOX)) for band in bands], axis=-1).astype(np.int32)
    pixels[..., 3:] *= _TEXTURE
    down = np.arange(size[1], dtype=np.int32) * _PLACE // size[1]
    pixels = np.concatenate([pixels, np.broadcast_to(down[:, None, None], (*size[::-1], 1))], axis=-1)
    rim = (_RADIUS, _RADIUS)
    gap = np.pad(np.asarray(hole.resize(size, Image.Resampling.BOX)) > _HARDLY, rim)
    inside = np.pad(np.ones(size[::-1], dtype=np.bool_), rim)
    return Level(
        pixels=np.pad(pixels, (rim, rim, (0, 0))),
        gap=gap,
        sure=_confidence(gap) * inside,
        sources=~_grown(gap | ~inside, _RADIUS),
        targets=np.flatnonzero(_grown(gap, _RADIUS) & inside),
    )


def _texture(image: Image.Image, known: Bools) -> list[Image.Image]:
    """How much the known pixels around every pixel differ from their neighbours, across and down (mode L)."""
    grey = np.asarray(image.convert("L")).astype(np.int64)
    found = []
    for axis in (1, 0):
        both = known & np.roll(known, 1, axis)
        steps = summed(np.abs(grey - np.roll(grey, 1, axis)) * both, 5)
        mean = steps // np.maximum(1, summed(both.astype(np.int64), 5))
        found.append(Image.fromarray(np.minimum(mean, 255).astype(np.uint8)))
    return found


def summed(values: Longs, reach: int) -> Longs:
    """The sum over the square around every pixel."""
    side = 2 * reach + 1
    sums = np.pad(values, (reach + 1, reach)).cumsum(0).cumsum(1)
    total: Longs = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return total


def _grown(mask: Bools, reach: int) -> Bools:
    """Every pixel whose square has one of the mask's."""
    return summed(mask.astype(np.int64), reach) > 0


def _depth(gap: Bools) -> int:
    """How many pixels it is from the middle of the gap to its rim."""
    steps = 0
    while gap.any():
        gap, steps = gap & ~_grown(~gap, 1), steps + 1
    return steps


def _confidence(gap: Bools) -> Ints:
    sure = np.full(gap.shape, 64, dtype=np.int32)
    rest, level = gap, 64.0
    while rest.any() and level > 1:
        level /= 1.22
        sure[rest] = max(1, int(level))
        rest = rest & ~_grown(~rest, 1)
    return sure


def _peeled(level: Level) -> Level:
    """A first filling, ring by ring from the rim: each pixel from the patch that is most like what is known there."""
    sources = np.flatnonzero(level.sources)
    # A thin scratch is peeled at the size of the image: not everything can be learned from.
    sources = sources[:: 1 + len(sources) * int(level.gap.sum()) // _FIRST_COMPARISONS]
    pixels, gap = level.pixels.copy(), level.gap.copy()
    flat, inside = pixels.reshape(-1, 6), level.sure > 0
    learned = _Learned(level, sources)
    while gap.any():
        ring = np.flatnonzero(gap & _grown(inside & ~gap, 1))
        around = ring[:, None] + level.reach
        flat[ring, :5] = flat[learned.nearest(flat[around], (inside & ~gap).ravel()[around]), :5]
        gap.ravel()[ring] = False
    return replace(level, pixels=pixels)


# ---- the search ------------------------------------------------------------------------------------------------------


class _Learned:
    """Patches that are known, to compare others with.

    Whole numbers are compared as floating-point ones, whose products of matrices are quick: below 2**53 they are exact,
    so every machine finds the same.
    """

    def __init__(self, level: Level, sources: Longs) -> None:
        known = level.patches(sources).astype(np.float64)
        self._sources = sources
        self._values = known.reshape(len(known), -1)
        self._squares = (known**2).sum(-1)

    def nearest(self, wanted: Ints, weights: NDArray[np.generic]) -> Longs:
        """For each wanted patch the middle of the one that differs least, each pixel with its weight."""
        found = [np.zeros(0, dtype=np.int64)]
        for start in range(0, len(wanted), _AT_ONCE):
            weight = weights[start : start + _AT_ONCE].astype(np.float64)
            weighted = (wanted[start : start + _AT_ONCE] * weight[..., None]).reshape(len(weight), -1)
            found.append((weight @ self._squares.T - 2 * (weighted @ self._values.T)).argmin(1))
        return self._sources[np.concatenate(found)]


def _random(level: Level, dice: Dice) -> Longs:
    """Any source for each target."""
    sources = np.flatnonzero(level.sources)
    raw = dice.noise(4, len(level.targets)).astype(np.int64)
    number = raw[:, 0] << 24 | raw[:, 1] << 16 | raw[:, 2] << 8 | raw[:, 3]
    chosen: Longs = sources[number * len(sources) >> 32]
    return chosen


def _refined(level: Level, best: Longs, finer: Level, dice: Dice) -> Longs:
    """The likenesses of a level as places of the next one; any source where that is none."""
    height, width = finer.gap.shape
    coarse_height, coarse_width = level.gap.shape
    rows = (finer.targets // width - _RADIUS) * (coarse_height - 2 * _RADIUS) // (height - 2 * _RADIUS) + _RADIUS
    columns = (finer.targets % width - _RADIUS) * (coarse_width - 2 * _RADIUS) // (width - 2 * _RADIUS) + _RADIUS
    shift = np.zeros((coarse_height * coarse_width, 2), dtype=np.int64)
    shift[level.targets] = _steps(level, best)
    steps = shift[rows * coarse_width + columns] * 2
    down = np.clip(finer.targets // width + steps[:, 0], 0, height - 1)
    across = np.clip(finer.targets % width + steps[:, 1], 0, width - 1)
    place = down * width + across
    return np.where(finer.sources.ravel()[place], place, _random(finer, dice))


def _steps(level: Level, best: Longs) -> Longs:
    """How many rows and columns it is from each target to its likeness."""
    steps: Longs = np.stack(np.divmod(best, level.width), 1) - np.stack(np.divmod(level.targets, level.width), 1)
    return steps


def _prices(level: Level, candidates: Longs) -> Longs:
    """How much each target differs from its candidate."""
    difference = level.patches(candidates) - level.wanted
    price: Longs = np.einsum("nkc,nkc,nk->n", difference, difference, level.weights, dtype=np.int64)
    return price


def _searched(level: Level, best: Longs, dice: Dice) -> tuple[Longs, Longs]:
    """Better likenesses, and their prices: those of the neighbours, and some tried by chance, the nearest the most."""
    height, width = level.gap.shape
    number = np.full(height * width, -1, dtype=np.int64)
    number[level.targets] = np.arange(len(level.targets))
    price = _prices(level, best)
    for sweep in range(3):
        for shift in (1, -1, width, -width):
            neighbour = number[level.targets - shift]
            best, price = _better(level, best, price, np.where(neighbour >= 0, best[neighbour] + shift, best))
        noise = dice.fork(sweep).noise(4, len(best)).astype(np.int64)
        reach = max(width, height) // (2 << (2 * sweep))
        down = ((noise[:, 0] << 8 | noise[:, 1]) * (2 * reach + 1) >> 16) - reach
        across = ((noise[:, 2] << 8 | noise[:, 3]) * (2 * reach + 1) >> 16) - reach
        rows, columns = np.clip(best // width + down, 0, height - 1), np.clip(best % width + across, 0, width - 1)
        best, price = _better(level, best, price, rows * width + columns)
    return best, price


def _better(level: Level, best: Longs, price: Longs, candidates: Longs) -> tuple[Longs, Longs]:
    """For every target the cheaper of what it has and what it is offered."""
    candidates = np.where(level.sources.ravel()[candidates], candidates, best)
    offered = _prices(level, candidates)
    wins = offered < price
    return np.where(wins, candidates, best), np.where(wins, offered, price)


# ---- the vote --------------------------------------------------------------------------------------------------------


def _voted(level: Level, best: Longs, price: Longs) -> Level:
    """Every pixel of the gap becomes the mean of what the patches over it say; good likenesses count more."""
    flat = level.pixels.reshape(-1, 6)
    total, weight = np.zeros(flat.shape, dtype=np.int64), np.zeros(len(flat), dtype=np.int64)
    typical = int(np.partition(price, len(price) // 2)[len(price) // 2]) + 1
    trust = np.maximum(1, level.sure.ravel()[level.targets].astype(np.int64) * 64 * typical // (typical + 8 * price))
    for step in level.reach.tolist():
        # Within one step every target is hit once, so plain indexing adds up.
        total[level.targets + step] += flat[best + step] * trust[:, None]
        weight[level.targets + step] += trust
    pixels = level.pixels.copy()
    filled_in = level.gap.ravel()
    pixels.reshape(-1, 6)[filled_in, :5] = (total[filled_in] // weight[filled_in, None])[:, :5]
    return replace(level, pixels=pixels)


def _shifts(level: Level, best: Longs, price: Longs) -> Longs:
    """The way to its likeness, as the best patch over it knows it, of every pixel that a patch of the gap lies over."""
    cheapest = np.full(level.gap.size, np.iinfo(np.int64).max)
    way = np.zeros((level.gap.size, 2), dtype=np.int64)
    steps = _steps(level, best)
    for step in level.reach.tolist():
        pixels = level.targets + step
        wins = price < cheapest[pixels]
        cheapest[pixels[wins]] = price[wins]
        way[pixels[wins]] = steps[wins]
    return way.reshape(*level.gap.shape, 2)
