"""Wet paint: watercolour that runs and dries, and oil that stands in strokes."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.exact import Sheet, blended, saturated, turned
from r9s_notebook.engines.sketch.geometry import smooth
from r9s_notebook.engines.sketch.looks.plate import Plate, curve, field, grain, thin_out, wobble


def watercolour(plate: Plate) -> Image.Image:
    """Transparent washes on rough paper: pigment gathers at edges and in the paper's hollows."""
    view, dice, size = plate.view, plate.dice, plate.colour.size
    wash = wobble(plate.colour, dice.fork("wobble"), view.px(7))
    wash = blended(wash, wash.filter(ImageFilter.BoxBlur(view.px(3))), 0.5)
    grey = wash.convert("L")
    # Where a wash ends, its pigment dries to a dark rim.
    rim = ImageChops.subtract(grey.filter(ImageFilter.BoxBlur(view.px(4))), grey.filter(ImageFilter.BoxBlur(1)))
    quarter = (max(1, size[0] // 4), max(1, size[1] // 4))
    pools = blended(field(dice.fork("pools"), quarter, 5), field(dice.fork("blooms"), quarter, 19), 0.4)
    pools = pools.resize(size, Image.Resampling.BILINEAR)
    pigment = pools.point([min(255, 148 + value * 84 // 255) for value in range(256)])
    pigment = ImageChops.add(pigment, rim.point([min(255, value * 5) for value in range(256)]))
    tooth = grain(dice, size).point([min(255, 206 + value * 78 // 255) for value in range(256)])
    pigment = ImageChops.multiply(pigment, tooth)
    pigment = ImageChops.multiply(pigment, _deckle(plate))
    painted = thin_out(saturated(wash, 1.2), pigment)
    paper = grain(dice.fork("paper"), size).point([min(255, 240 + value * 18 // 255) for value in range(256)])
    sheet = Image.merge(
        "RGB",
        (
            paper,
            paper.point([value * 252 // 255 for value in range(256)]),
            paper.point([value * 243 // 255 for value in range(256)]),
        ),
    )
    return ImageChops.multiply(painted, sheet)


def _deckle(plate: Plate) -> Image.Image:
    """Where there is paint at all: everywhere but an uneven margin, darker at its rim."""
    view, size, dice = plate.view, plate.colour.size, plate.dice.fork("margin")
    margin, steps = view.px(34), 26
    width, height = size
    points = []
    for side in range(4):
        for step in range(steps):
            along, inset = (step + 0.5) / steps, margin * dice.between(0.45, 1.15)
            points.append(
                (
                    (along * width, inset),
                    (width - inset, along * height),
                    ((1 - along) * width, height - inset),
                    (inset, (1 - along) * height),
                )[side]
            )
    outline = [(round(x), round(y)) for x, y in smooth(points, steps=5)]
    sheet = Sheet(size, [outline])
    sheet.polygon(outline)
    soft = sheet.drawn().filter(ImageFilter.BoxBlur(view.px(5)))
    return soft.point([min(255, value * 3) for value in range(256)])


def oil(plate: Plate) -> Image.Image:
    """Strokes of three brushes, along the forms, with the light on their ridges."""
    view, dice, source = plate.view, plate.dice, curve(plate.colour, 1.06)
    tones = source.resize((max(1, source.width // 3), max(1, source.height // 3)), Image.Resampling.BOX)
    under = saturated(tones.filter(ImageFilter.BoxBlur(view.px(3))), 1.15)
    canvas = under.resize(source.size, Image.Resampling.BILINEAR)
    ways = _directions(source)
    busy = _business(source)
    sizes = ((54, 40, 0), (31, 21, 0), (18, 13, 28)) if view.detail else ((60, 44, 0), (34, 23, 0))
    if view.detail:  # faces and other fine places: the smallest brush, only there
        sizes = (*sizes, (11, 7, 38) if view.detail == 1 else (9, 6, 26))
    for layer, (length, spacing, least) in enumerate(sizes):
        _strokes(canvas, tones, ways, busy, (view.px(length), view.px(spacing), least), dice.fork("layer", layer))
    if view.detail:  # eyes and faces keep their drawing under the strokes
        fine = busy.resize(source.size, Image.Resampling.BILINEAR).point(
            [min(170, max(0, value - 26) * 4) for value in range(256)]
        )
        canvas.paste(source, (0, 0), fine)
    grey = canvas.convert("L")
    relief = grey.filter(ImageFilter.Kernel((3, 3), (-2, -1, 0, -1, 1, 1, 0, 1, 2), 1, 0))
    light = ImageChops.subtract(relief, grey, 1, 128)
    light = light.point([min(255, max(0, 128 + (value - 128) // 2)) for value in range(256)])
    return ImageChops.overlay(canvas, Image.merge("RGB", (light, light, light)))


_WAYS = 12


def _directions(image: Image.Image) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """The way a brush follows the form, as one of twelve, on a coarse grid."""
    small = image.convert("L").resize((48, 48), Image.Resampling.BOX).filter(ImageFilter.BoxBlur(1))
    grey = np.asarray(small).astype(np.int32)
    gx = np.zeros_like(grey)
    gy = np.zeros_like(grey)
    gx[:, 1:-1] = grey[:, 2:] - grey[:, :-2]
    gy[1:-1, :] = grey[2:, :] - grey[:-2, :]
    # The direction along the edge, by which of twelve unit vectors it has most of: no arc tangent, no doubt.
    table = np.array(
        [(round(1000 * cos(pi * way / _WAYS)), round(1000 * sin(pi * way / _WAYS))) for way in range(_WAYS)]
    )
    along = np.abs(-gy[..., None] * table[:, 0] + gx[..., None] * table[:, 1])
    ways = along.argmax(axis=2)
    rows, columns = np.indices(grey.shape)
    swirl = (rows // 5 + columns // 7 + (rows * columns) // 90) % 5 - 2
    return np.asarray(np.where(np.abs(gx) + np.abs(gy) > 10, ways, swirl % _WAYS))


def _business(image: Image.Image) -> Image.Image:
    grey = image.convert("L").resize((128, 128), Image.Resampling.BOX)
    return grey.filter(ImageFilter.FIND_EDGES).filter(ImageFilter.BoxBlur(1))


def _strokes(  # noqa: PLR0917 - one private caller
    canvas: Image.Image,
    tones: Image.Image,
    ways: np.ndarray[tuple[int, int], np.dtype[np.int64]],
    busy: Image.Image,
    brush: tuple[int, int, int],
    dice: Dice,
) -> None:
    length, spacing, least = brush
    width, height = canvas.size
    stamps = _stamps(length)
    rows, columns = np.mgrid[0:height:spacing, 0:width:spacing]
    chance = dice.noise(4, rows.size).astype(np.int64)
    x = np.minimum(width - 1, columns.ravel() + chance[:, 0] * spacing // 256)
    y = np.minimum(height - 1, rows.ravel() + chance[:, 1] * spacing // 256)
    tints = (chance[:, 2] - 128) // 9
    rows_of, columns_of = np.minimum(tones.height - 1, y // 3), np.minimum(tones.width - 1, x // 3)
    colours = np.asarray(tones).astype(np.int64)[rows_of, columns_of] + tints[:, None]
    turns = (ways[y * 48 // height, x * 48 // width] + (chance[:, 3] >> 6) % 2) % _WAYS
    needed = np.asarray(busy)[y * 128 // height, x * 128 // width] >= least
    order = np.argsort(dice.fork("order").noise(1, rows.size)[:, 0], kind="stable")
    order = order[needed[order]]
    strokes = np.column_stack((x, y, colours, turns, chance[:, 3] & 1))[order].tolist()
    for left, top, red, green, blue, turn, hair in strokes:
        stamp = stamps[hair][turn]
        canvas.paste((red, green, blue), (left - stamp.width // 2, top - stamp.height // 2), stamp)


@lru_cache(maxsize=16)
def _stamps(length: int) -> list[list[Image.Image]]:
    """Two brushes of a length, each in all directions."""
    return [[_stamp(length, way, hair) for way in range(_WAYS)] for hair in range(2)]


def _stamp(length: int, way: int, hair: int) -> Image.Image:
    """A brush's print: streaks of its hairs, thin at the end, turned into its direction."""
    wide = max(3, length // 3)
    # Not Pillow's rounded rectangle: small ones are drawn differently by its versions.
    y, x = np.mgrid[0:wide, 0:length] * 2 + 1
    round_ = (x - np.clip(x, wide, 2 * length - wide)) ** 2 + (y - wide) ** 2 <= wide**2
    print_ = Image.fromarray((round_ * 255).astype(np.uint8))
    hairs = Image.fromarray(Dice("hair", hair).noise(3, wide)).resize((length, wide), Image.Resampling.BILINEAR)
    print_ = ImageChops.multiply(print_, hairs.point([min(255, 120 + value) for value in range(256)]))
    return turned(print_, -180 * way / _WAYS)
