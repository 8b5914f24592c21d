"""Graphic looks: pixel art, screen-printed poster, stained glass, blueprint and neon."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from r9s_notebook.engines.sketch.exact import Sheet, blended, saturated
from r9s_notebook.engines.sketch.looks.plate import Plate, curve, few_colours, field, grain
from r9s_notebook.engines.sketch.raster import gradient

_BAYER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))


def pixel(plate: Plate) -> Image.Image:
    """A small picture of few colours, dithered in a fixed pattern, and enlarged without smoothing."""
    width, height = plate.colour.size
    cell = max(2, round(min(width, height) / (72, 128, 176)[plate.view.detail]))
    across, down = (width + cell - 1) // cell, (height + cell - 1) // cell
    small = plate.colour.resize(
        (across, down), Image.Resampling.BOX, box=(0, 0, min(width, across * cell), min(height, down * cell))
    )
    small = curve(saturated(small, 1.25), 1.08)
    pattern = np.array(_BAYER, dtype=np.int16)
    tiled = np.tile(pattern, (down // 4 + 1, across // 4 + 1))[:down, :across]
    dithered = np.clip(np.asarray(small).astype(np.int16) + (tiled[..., None] - 7), 0, 255).astype(np.uint8)
    few = few_colours(Image.fromarray(dithered), 25, plate.keep)
    border = plate.outer.resize((across, down), Image.Resampling.BOX).point([0] * 90 + [150] * 166)
    few.paste((34, 26, 52), (0, 0), border)
    big = few.resize((across * cell, down * cell), Image.Resampling.NEAREST)
    return big.crop((0, 0, width, height))


def poster(plate: Plate) -> Image.Image:
    """A screen print: few inks, halftone dots in the shade, a paper margin."""
    view, size = plate.view, plate.colour.size
    soft = plate.colour.filter(ImageFilter.BoxBlur(view.px(2)))
    strong = curve(saturated(soft, 1.3), 1.12)
    inks = few_colours(strong, 12 + 3 * view.detail, plate.keep)
    tone = 255 - np.asarray(curve(soft.convert("L"), 1.1)).astype(np.int16)
    period = max(5, view.px(12))
    x = np.arange(size[0], dtype=np.int16)[None, :]
    y = np.arange(size[1], dtype=np.int16)[:, None]
    u, v = (x + y) % period - period // 2, (x - y + 8192) % period - period // 2
    distance = (u * u + v * v) * np.int16(max(1, 500 // (period * period)))
    dots = np.clip((np.clip(tone - 96, 0, 120) - distance) * 5, 0, 255).astype(np.uint8)
    shade = Image.fromarray(dots).filter(ImageFilter.BoxBlur(0.5)).point([value * 58 // 255 for value in range(256)])
    inks.paste((30, 24, 66), (0, 0), shade)
    tooth = grain(plate.dice, size).point([255 if value < 190 else 236 for value in range(256)])
    printed = ImageChops.multiply(inks, Image.merge("RGB", (tooth, tooth, tooth)))
    sheet = Image.new("RGB", size, (247, 238, 219))
    margin = min(view.px(36), (min(size) - 1) // 2)
    window = (margin, margin, size[0] - margin, size[1] - margin)
    sheet.paste(printed.crop(window), window[:2])
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((window[0] - 1, window[1] - 1, window[2], window[3]), outline=(44, 38, 66), width=view.px(4))
    return sheet


def glass(plate: Plate) -> Image.Image:
    """Stained glass: panes of glowing colour between lead."""
    view, dice, size = plate.view, plate.dice, plate.colour.size
    flat = plate.colour.filter(ImageFilter.BoxBlur(view.px(4)))
    flat = curve(saturated(flat, 1.7), 1.12, 8)
    panes, lead = _panes(plate)
    streaks = blended(field(dice.fork("streaks"), size, 40), field(dice.fork("clouds"), size, 6), 0.6)
    shine = ImageChops.multiply(panes, streaks.point([min(255, 190 + value * 80 // 255) for value in range(256)]))
    lit = ImageChops.multiply(flat, Image.merge("RGB", (shine, shine, shine)))
    halo = (
        Image.radial_gradient("L")
        .resize(size, Image.Resampling.BILINEAR)
        .point([max(0, 80 - value // 2) for value in range(256)])
    )
    lit = ImageChops.screen(lit, Image.merge("RGB", (halo, halo, halo.point([value * 3 // 4 for value in range(256)]))))
    lines = ImageChops.lighter(lead, _fatter(plate.outer, view.px(3)))
    lit.paste((24, 22, 30), (0, 0), lines)
    ridge = ImageChops.subtract(lines, ImageChops.offset(lines, view.px(1), view.px(1)))
    lit.paste((112, 110, 122), (0, 0), ridge.point([value * 90 // 255 for value in range(256)]))
    return lit


def _panes(plate: Plate) -> tuple[Image.Image, Image.Image]:
    """An irregular mesh: each pane's brightness, and the lead between them."""
    (width, height), dice = plate.colour.size, plate.dice.fork("panes")
    side = max(16, plate.view.px(120))
    across, down = width // side + 2, height // side + 2
    knots = [
        [
            (int((column + dice.between(-0.32, 0.32)) * side), int((row + dice.between(-0.32, 0.32)) * side))
            for column in range(across + 1)
        ]
        for row in range(down + 1)
    ]
    panes = Sheet((width, height), knots, ground=230)
    lead = Sheet((width * 2, height * 2), [[(2 * x, 2 * y) for x, y in line] for line in knots])
    thick = max(2, plate.view.px(5))
    for row in range(down):
        for column in range(across):
            a, b, c, d = knots[row][column], knots[row][column + 1], knots[row + 1][column + 1], knots[row + 1][column]
            for triangle in ((a, b, c), (a, c, d)) if dice.chance(0.5) else ((a, b, d), (b, c, d)):
                panes.polygon(triangle, fill=dice.whole(186, 255))
                lead.line([(x * 2, y * 2) for x, y in (*triangle, triangle[0])], thick)
    return panes.drawn(), lead.drawn(2)


def _fatter(mask: Image.Image, reach: int) -> Image.Image:
    return mask.filter(ImageFilter.BoxBlur(reach)).point([min(255, value * 5) for value in range(256)])


def blueprint(plate: Plate) -> Image.Image:
    """White lines on blue, on a grid."""
    view, size = plate.view, plate.colour.size
    sheet = Image.new("RGB", size, (28, 68, 140))
    tooth = grain(plate.dice, size).point([value * 20 // 255 for value in range(256)])
    sheet.paste((50, 96, 170), (0, 0), tooth)
    pen = ImageDraw.Draw(sheet)
    step = view.px(25)
    for index, x in enumerate(range(0, size[0], step)):
        pen.line([(x, 0), (x, size[1])], fill=(62, 106, 178) if index % 4 == 0 else (40, 82, 156))
    for index, y in enumerate(range(0, size[1], step)):
        pen.line([(0, y), (size[0], y)], fill=(62, 106, 178) if index % 4 == 0 else (40, 82, 156))
    tone = plate.colour.convert("L").point([value * 60 // 255 for value in range(256)])
    sheet.paste((190, 220, 255), (0, 0), tone)
    lines = ImageChops.lighter(plate.inner.point([value * 190 // 255 for value in range(256)]), plate.outer)
    sheet.paste((240, 248, 255), (0, 0), lines)
    return sheet


def neon(plate: Plate) -> Image.Image:
    """Glowing tubes before a dark wall, each in the hue of what it draws."""
    view, size = plate.view, plate.colour.size
    lines = ImageChops.lighter(
        _fatter(plate.outer, view.px(2)), plate.inner.point([value * 170 // 255 for value in range(256)])
    )
    tubes = Image.new("RGB", size)
    tubes.paste(_gas(plate.colour.filter(ImageFilter.BoxBlur(view.px(4)))), (0, 0), lines)
    lit = ImageChops.multiply(plate.colour, Image.new("RGB", size, (34, 26, 58)))
    for reach, gain in ((view.px(20), 3.0), (view.px(6), 1.6)):
        halo = tubes.filter(ImageFilter.BoxBlur(reach)).filter(ImageFilter.BoxBlur(max(1, reach // 2)))
        lit = ImageChops.screen(lit, halo.point([min(255, int(value * gain)) for value in range(256)] * 3))
    lit = ImageChops.screen(lit, tubes)
    core = plate.outer.filter(ImageFilter.BoxBlur(0.6)).point([max(0, value - 90) for value in range(256)])
    lit.paste((255, 250, 255), (0, 0), core)
    return lit


def _gas(image: Image.Image) -> Image.Image:
    """Every colour as a gas would shine it: its hue at full strength; greys take the hues of a sign."""
    sign = gradient(image.size, ((255, 60, 190), (80, 200, 255), (255, 150, 50), (160, 80, 255)))
    hue, strength, _ = image.convert("HSV").split()
    full = Image.new("L", image.size, 255)
    pure = Image.merge("HSV", (hue, full.point([225] * 256), full)).convert("RGB")
    return Image.composite(pure, sign, strength.point([min(255, max(0, value - 50) * 4) for value in range(256)]))
