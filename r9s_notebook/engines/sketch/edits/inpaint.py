"""Inpainting by example: a hole is filled with what is found elsewhere in the same image.

The method is that of Newson, Almansa, Gousseau and Pérez, "Non-Local Patch-Based Image Inpainting" (IPOL 2017), which
goes back to Wexler, Shechtman and Irani, "Space-Time Completion of Video" (PAMI 2007): from coarse to fine, every patch
of the hole looks for its likeness outside, by the randomised search of Barnes et al., "PatchMatch" (SIGGRAPH 2009), and
all of them vote. Texture is compared beside colour, or flat patches would win everywhere. The search runs at a small
size; what it found is then copied at full size, so that large images stay sharp.

Libraries were compared on the spoon of ``notebooks/coffee.jpg``: OpenCV's Telea and Navier-Stokes blur, its shift map
pastes blocks, its frequency-selective reconstruction and scikit-image's biharmonic equations smear; G'MIC's patch match
comes near to this one, but has no wheels for macOS and Windows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.edits.patches import filled, summed, touched

_MOST = 8000
"""Pixels that likenesses are searched for, the hole's and those next to it; where there are more, the search is at a
smaller size."""

_LONGEST = 420
"""Pixels of the long side that likenesses are searched at."""

_AT_ONCE = 500_000
"""Pixels that are copied at once: a large image must not need many times its memory."""

_TINT_REACH, _MOST_TINT = 4, 40
"""A difference in light is measured over so many small pixels to every side, and is at most so many levels."""

Longs = NDArray[np.int64]


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
    solid = hole.point([0] + [255] * 255)
    missing = solid.histogram()[255]
    if not missing:
        return image
    size = _search_size(solid)
    small, gap = image.resize(size, Image.Resampling.BOX), solid.resize(size, Image.Resampling.BOX)
    found = filled(small, gap, dice) if missing <= 0.9 * image.width * image.height else None
    if found is None:
        return Image.composite(_smooth(image, solid), image, solid)
    colours, ways = found
    copied = _copied(image, solid, colours, ways)
    return Image.composite(_tinted(copied, _tint(small, gap, ways)), image, solid)


def _search_size(solid: Image.Image) -> tuple[int, int]:
    """Everything that costs time happens at this size, however large the image is."""

    def within(share: float) -> tuple[int, int]:
        return max(16, round(solid.width * share)), max(16, round(solid.height * share))

    share = min(1.0, _LONGEST / max(solid.size))
    near = int(touched(solid.resize(within(share), Image.Resampling.BOX)).sum())
    return within(share * min(1.0, (_MOST / near) ** 0.5)) if near else within(share)


def _copied(image: Image.Image, solid: Image.Image, colours: NDArray[np.int32], ways: Longs) -> Image.Image:
    """The hole with what the search found, at full size; where that is missing, with the search's own colours."""
    source, missing = np.asarray(image), np.asarray(solid) > 0
    small = Image.fromarray(colours.astype(np.uint8)).resize(image.size, Image.Resampling.BICUBIC)
    pixels = np.asarray(small).copy()
    step = max(1, _AT_ONCE // image.width)
    for top in range(0, image.height, step):
        rows, columns = np.nonzero(missing[top : top + step])
        total, weight = _pointed_to(rows + top, columns, source, missing, ways)
        known = weight > 0
        pixels[rows[known] + top, columns[known]] = total[known] // weight[known, None]
    return Image.fromarray(pixels)


def _pointed_to(
    rows: Longs, columns: Longs, source: NDArray[np.uint8], missing: NDArray[np.bool_], ways: Longs
) -> tuple[Longs, Longs]:
    """What pixels become, as sums of colours and their weights.

    Each is the mean of what its four nearest small pixels point to: within an area that was found as a whole, they
    point to one place, and where two areas meet, one fades into the other.
    """
    (height, width), (full_height, full_width) = ways.shape[:2], missing.shape
    # Where each pixel's middle lies among the middles of the small pixels, in 256ths of one.
    down = (2 * rows + 1) * 128 * height // full_height - 128
    across = (2 * columns + 1) * 128 * width // full_width - 128
    total, weight = np.zeros((len(rows), 3), dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
    for lower in (0, 1):
        for right in (0, 1):
            way = ways[np.clip((down >> 8) + lower, 0, height - 1), np.clip((across >> 8) + right, 0, width - 1)]
            from_row = rows + (2 * way[:, 0] * full_height + height) // (2 * height)
            from_column = columns + (2 * way[:, 1] * full_width + width) // (2 * width)
            from_row, from_column = np.clip(from_row, 0, full_height - 1), np.clip(from_column, 0, full_width - 1)
            near = (down & 255 if lower else 256 - (down & 255)) * (across & 255 if right else 256 - (across & 255))
            near = near * ~missing[from_row, from_column]
            total += source[from_row, from_column] * near[:, None]
            weight += near
    return total, weight


def _tint(small: Image.Image, gap: Image.Image, ways: Longs) -> Image.Image:
    """How much darker or lighter the hole must be than what was copied, to go on from what is around it (128: nothing).

    It is seen on the pixels just outside, whose likenesses are known as well, and carried into the hole smoothly.
    """
    pixels = np.asarray(small).astype(np.int64)
    rows, columns = np.nonzero(ways.any(-1) & (np.asarray(gap) == 0))
    steps = ways[rows, columns]
    difference = pixels[rows, columns] - pixels[rows + steps[:, 0], columns + steps[:, 1]]
    alike = np.abs(difference).max(-1) <= _MOST_TINT  # anything else is another thing, and not another light
    rows, columns, difference = rows[alike], columns[alike], difference[alike]
    sheet, seen = np.zeros_like(pixels), np.zeros(pixels.shape[:2], dtype=np.int64)
    sheet[rows, columns], seen[rows, columns] = difference, 1
    total = np.stack([summed(sheet[..., band], _TINT_REACH) for band in range(3)], axis=-1)
    mean = total // np.maximum(1, summed(seen, _TINT_REACH))[..., None]
    unseen = Image.fromarray(np.where(seen, 0, 255).astype(np.uint8))
    return _smooth(Image.fromarray(np.clip(mean + 128, 0, 255).astype(np.uint8)), unseen)


def _tinted(image: Image.Image, tint: Image.Image) -> Image.Image:
    return ImageChops.add(image, tint.resize(image.size, Image.Resampling.BICUBIC), offset=-128)


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
        wide = Image.fromarray(np.clip(result, 0, 255).astype(np.uint8)).resize(colour.size, Image.Resampling.BICUBIC)
        result = (own * share + np.asarray(wide).astype(np.int32) * (255 - share)) // 255
    return Image.fromarray(np.clip(result, 0, 255).astype(np.uint8))
