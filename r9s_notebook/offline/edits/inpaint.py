"""Inpainting by example: a hole is filled with patches that are found elsewhere in the same image.

The method is that of Wexler, Shechtman and Irani, "Space-Time Completion of Video" (PAMI 2007), with the randomised
nearest-neighbour search of Barnes et al., "PatchMatch" (SIGGRAPH 2009), vectorised over all pixels of the hole and run
from coarse to fine. What libraries have was measured on the spoon of ``notebooks/coffee.jpg`` (600x400), where this
takes 1.1 s: OpenCV 5.0 contrib's shift map took 6.3 s and pasted wood into the saucer in straight-edged blocks; its
frequency-selective reconstruction (fast) took 5.0 s and smeared; Telea and Navier-Stokes take 0.04 s and blur. OpenCV
contrib is 172 MB installed, which Binder would load for that.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.offline.edits.surroundings import grained
from r9s_notebook.offline.sketch.dice import Dice

_RADIUS = 3
_MOST = 7000
"""Pixels of the hole at the finest level that patches are searched for; larger holes are searched at a smaller size."""

_LONGEST = 420
"""Pixels of the long side that patches are searched at."""

Ints = NDArray[np.int32]
Places = NDArray[np.int64]
"""Indices of pixels in the flattened image."""


def inpaint(image: Image.Image, hole: Image.Image, dice: Dice) -> Image.Image:
    """Fill a hole from the rest of the image.

    Args:
        image: RGB.
        hole: Mode L, of the image's size; what is not 0 is filled.
        dice: Chance for the search.

    Returns:
        The image with its hole filled; outside the hole it is the same. Where hardly anything is left to learn from,
        the hole is filled smoothly.
    """
    solid = hole.point(_SOLID)
    missing = solid.histogram()[255]
    if not missing:
        return image
    share = min(1.0, (_MOST / missing) ** 0.5, _LONGEST / max(image.size))
    size = (max(16, round(image.width * share)), max(16, round(image.height * share)))
    # Everything that costs happens at this size, however large the image is.
    small, gap = image.resize(size, Image.Resampling.BOX), solid.resize(size, Image.Resampling.BOX)
    guess = _smooth(small, gap)
    if missing <= 0.9 * image.width * image.height:
        guess = _searched(small, gap, guess, dice)
    if size == image.size:
        return Image.composite(guess, image, solid)
    return _enlarged(guess, image, solid)


def _searched(image: Image.Image, gap: Image.Image, start: Image.Image, dice: Dice) -> Image.Image:
    """The filling, from coarse to fine."""
    sizes = [image.size]
    while min(sizes[-1]) >= 36 and len(sizes) < 6:
        sizes.append((sizes[-1][0] // 2, sizes[-1][1] // 2))
    guess = start
    for level, size in enumerate(reversed(sizes)):
        known = np.asarray(image.resize(size, Image.Resampling.BOX)).astype(np.int32)
        missing = np.asarray(gap.resize(size, Image.Resampling.BOX)) > 8
        shrinks = guess.width > size[0]
        wide = guess.resize(size, Image.Resampling.BOX if shrinks else Image.Resampling.BICUBIC)
        field = np.where(missing[..., None], np.asarray(wide).astype(np.int32), known)
        field = _complete(field, missing, dice.fork(level), rounds=(14, 6, 4)[level] if level < 3 else 2)
        guess = Image.fromarray(field.astype(np.uint8))
    return guess


_SOLID = [0] + [255] * 255


def _complete(guess: Ints, gap: NDArray[np.bool_], dice: Dice, *, rounds: int) -> Ints:
    """Improve a guess: find for every patch of the hole its likeness outside, then let all of them vote."""
    height, width = gap.shape
    r = _RADIUS
    offsets = [(dy, dx) for dy in range(-r, r + 1) for dx in range(-r, r + 1)]
    usable = _eroded(~gap, r)
    usable[:r], usable[-r:], usable[:, :r], usable[:, -r:] = False, False, False, False
    sources = np.flatnonzero(usable.ravel())
    needed = ~_eroded(~gap, r)
    needed[:r], needed[-r:], needed[:, :r], needed[:, -r:] = False, False, False, False
    targets = np.flatnonzero(needed.ravel())
    if not len(sources) or not len(targets):
        return guess
    flat = np.array([dy * width + dx for dy, dx in offsets])
    place = np.full(height * width, -1, dtype=np.int64)
    place[targets] = np.arange(len(targets))
    is_source = usable.ravel()
    sure = _confidence(gap).ravel()
    weights = sure[targets[:, None] + flat]
    raw = dice.noise(4, len(targets)).astype(np.int64)
    best = sources[(raw[:, 0] * 16777216 + raw[:, 1] * 65536 + raw[:, 2] * 256 + raw[:, 3]) * len(sources) >> 32]
    for step in range(rounds):
        pixels = guess.reshape(-1, 3)
        wanted = pixels[targets[:, None] + flat].astype(np.int32)

        def cost(candidates: NDArray[np.int64], wanted: Ints = wanted, pixels: Ints = pixels) -> NDArray[np.int64]:
            difference = pixels[candidates[:, None] + flat] - wanted
            return np.asarray(np.einsum("nkc,nkc,nk->n", difference, difference, weights), dtype=np.int64)

        price = cost(best)
        for sweep in range(3):
            for shift in (1, -1, width, -width):
                neighbour = place[np.clip(targets - shift, 0, height * width - 1)]
                candidate = np.where(neighbour >= 0, best[neighbour] + shift, best)
                candidate = np.where((candidate >= 0) & (candidate < height * width), candidate, best)
                best, price = _better(best, price, candidate, is_source, cost)
            noise = dice.fork(step, sweep).noise(4, len(targets)).astype(np.int64)
            reach = max(width, height) // (2 << (2 * sweep))
            dy = ((noise[:, 0] << 8 | noise[:, 1]) * (2 * reach + 1) >> 16) - reach
            dx = ((noise[:, 2] << 8 | noise[:, 3]) * (2 * reach + 1) >> 16) - reach
            rows, columns = np.clip(best // width + dy, r, height - r - 1), np.clip(best % width + dx, r, width - r - 1)
            best, price = _better(best, price, rows * width + columns, is_source, cost)
        guess = _vote(guess, gap, targets, best, price, flat, sure)
    return guess


def _better(
    best: Places, price: Places, candidate: Places, is_source: NDArray[np.bool_], cost: Callable[[Places], Places]
) -> tuple[Places, Places]:
    """For every target the cheaper of what it has and what it is offered."""
    candidate = np.where(is_source[candidate], candidate, best)
    offered = cost(candidate)
    wins = offered < price
    return np.where(wins, candidate, best), np.where(wins, offered, price)


def _vote(  # noqa: PLR0917
    guess: Ints,
    gap: NDArray[np.bool_],
    targets: NDArray[np.int64],
    best: NDArray[np.int64],
    price: NDArray[np.int64],
    flat: NDArray[np.int64],
    sure: Ints,
) -> Ints:
    """Every pixel of the hole becomes the mean of what the patches over it say; good likenesses count more."""
    pixels = guess.reshape(-1, 3)
    total, weight = np.zeros_like(pixels, dtype=np.int64), np.zeros(len(pixels), dtype=np.int64)
    typical = int(np.partition(price, len(price) * 3 // 4)[len(price) * 3 // 4]) + 1
    trust = np.maximum(1, sure[targets].astype(np.int64) * 64 * typical // (typical + 8 * price))
    for offset in flat.tolist():
        # Within one offset every target is hit once, so plain indexing adds up.
        total[targets + offset] += pixels[best + offset] * trust[:, None]
        weight[targets + offset] += trust
    voted = total // np.maximum(1, weight)[:, None]
    inside = gap.ravel() & (weight > 0)
    result = pixels.copy()
    result[inside] = voted[inside]
    return result.reshape(guess.shape)


def _confidence(gap: NDArray[np.bool_]) -> Ints:
    """How sure a pixel is: 64 where it is known, less with every step into the hole, so that it grows from its rim."""
    sure = np.full(gap.shape, 64, dtype=np.int32)
    rest, level = gap, 64.0
    while rest.any() and level > 1:
        level /= 1.22
        sure[rest] = max(1, int(level))
        rest = rest & _eroded(rest, 1)
    return sure


def _eroded(mask: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    result = mask.copy()
    for _ in range(reach):
        inner = result.copy()
        inner[1:] &= result[:-1]
        inner[:-1] &= result[1:]
        inner[:, 1:] &= result[:, :-1]
        inner[:, :-1] &= result[:, 1:]
        corners = inner.copy()
        corners[1:, 1:] &= result[:-1, :-1]
        corners[:-1, :-1] &= result[1:, 1:]
        corners[1:, :-1] &= result[:-1, 1:]
        corners[:-1, 1:] &= result[1:, :-1]
        result = corners
    return result


def _smooth(image: Image.Image, hole: Image.Image) -> Image.Image:
    """Fill smoothly: from ever smaller copies of what is known, the nearest first."""
    known = hole.point([255] + [0] * 255)
    masked = Image.composite(image, Image.new("RGB", image.size), known)
    result: NDArray[np.int32] = np.full((1, 1, 3), 128, dtype=np.int32)
    levels = [(masked, known)]
    while min(levels[-1][0].size) > 2:
        colour, cover = levels[-1]
        size = (max(1, colour.width // 2), max(1, colour.height // 2))
        levels.append((colour.resize(size, Image.Resampling.BOX), cover.resize(size, Image.Resampling.BOX)))
    for colour, cover in reversed(levels):
        share = np.asarray(cover).astype(np.int32)[..., None]
        own = np.asarray(colour).astype(np.int32) * 255 // np.maximum(1, share)
        if result is None:
            result = np.where(share > 0, own, 128)
        else:
            wide = Image.fromarray(np.clip(result, 0, 255).astype(np.uint8)).resize(
                colour.size, Image.Resampling.BICUBIC
            )
            result = (own * share + np.asarray(wide).astype(np.int32) * (255 - share)) // 255
    return Image.fromarray(np.clip(result, 0, 255).astype(np.uint8))


def _enlarged(filled: Image.Image, image: Image.Image, solid: Image.Image) -> Image.Image:
    """The small filling at full size, with as much grain as the picture around it has."""
    left, top, right, bottom = solid.getbbox() or (0, 0, *image.size)
    margin = 8 + max(right - left, bottom - top) // 8
    box = (
        max(0, left - margin),
        max(0, top - margin),
        min(image.width, right + margin),
        min(image.height, bottom + margin),
    )
    across, down = filled.width / image.width, filled.height / image.height
    part = (box[0] * across, box[1] * down, box[2] * across, box[3] * down)
    large = filled.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BICUBIC, box=part)
    around, hole = image.crop(box), solid.crop(box)
    large = large.filter(ImageFilter.UnsharpMask(radius=2, percent=70, threshold=0))
    large = grained(large, _grain(around, hole), Dice("grain", image.size))
    result = image.copy()
    result.paste(large, box[:2], hole)
    return result


def _grain(around: Image.Image, hole: Image.Image) -> int:
    """The fine detail of what is known, in levels: of its quieter half, for edges are no grain."""
    grey = around.convert("L")
    fine = np.asarray(ImageChops.difference(grey, grey.filter(ImageFilter.BoxBlur(1))))
    values = np.sort(fine[np.asarray(hole) == 0])
    half = values[: len(values) // 2].astype(np.int64)
    return int(half.sum() // len(half)) if len(half) else 0
