"""Dry media: pen and ink, line art, coloured pencil."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.engines.sketch.colour import RGB
from r9s_notebook.engines.sketch.exact import saturated, turned
from r9s_notebook.engines.sketch.looks.plate import Plate, curve, few_colours, field, grain, thin_out, wobble

_CREAM: RGB = (250, 244, 230)
_SEPIA: RGB = (38, 30, 40)


def ink(plate: Plate) -> Image.Image:
    """A pen's hatching that thickens with the shade, outlines, and a thin wash of colour."""
    view, dice, size = plate.view, plate.dice, plate.colour.size
    grey = plate.colour.convert("L")
    # A night is drawn with less ink than it has dark: hatching over everything would be a grey sheet.
    missing = max(0, 128 - round(_mean(grey)))
    grey = curve(grey, 1.15 if missing < 24 else 0.8, 14 + missing + missing // 3)
    dark = 255 - np.asarray(grey).astype(np.int16)
    sway = np.asarray(field(dice.fork("sway"), size, 7)).astype(np.int16) * view.px(9) // 128
    x = np.arange(size[0], dtype=np.int16)[None, :]
    y = np.arange(size[1], dtype=np.int16)[:, None]
    period = max(4, view.px((12, 9, 7)[view.detail]))
    # A triangle wave, 0 on a line's middle and 255 between two lines, for every place along the picture.
    waves = np.abs(2 * (np.arange(16384 + 4 * max(size), dtype=np.int32) % period) - period) * (255 // period)
    waves = waves.astype(np.int16)
    hatched = np.zeros(dark.shape, dtype=np.int16)
    for start, along in ((74, x + y), (132, x - y + 8192), (186, 2 * y + x // 3)):
        wave = waves[along + sway]
        level = np.clip((dark - start) * 2, 0, 176)
        np.maximum(hatched, np.clip((level - wave) * 3, 0, 235), out=hatched)
    lines = ImageChops.lighter(
        Image.fromarray(hatched.astype(np.uint8)),
        wobble(ImageChops.lighter(plate.inner, plate.outer), dice, view.px(3)),
    )
    wash = saturated(plate.colour.filter(ImageFilter.BoxBlur(view.px(3))), 1.25)
    pools = field(dice.fork("wash"), size, 4).point([70 + value * 60 // 255 for value in range(256)])
    sheet = ImageChops.multiply(thin_out(wash, pools), Image.new("RGB", size, _CREAM))
    sheet.paste(_SEPIA, (0, 0), lines)
    return sheet


def line(plate: Plate) -> Image.Image:
    """Black lines on white and nothing else: a page to colour in."""
    sheet = Image.new("RGB", plate.colour.size, (255, 255, 255))
    lines = ImageChops.lighter(plate.inner.filter(ImageFilter.BoxBlur(0.4)), plate.outer)
    sheet.paste((20, 18, 26), (0, 0), lines)
    return sheet


def comic(plate: Plate) -> Image.Image:
    """Clean lines on white, over flat tints that do not quite meet them."""
    view, size = plate.view, plate.colour.size
    flat = few_colours(plate.colour.filter(ImageFilter.BoxBlur(view.px(1))), 18, plate.keep)
    tint = thin_out(saturated(flat, 1.25), Image.new("L", size, 150))
    sheet = tint.copy()
    sheet.paste(tint, (view.px(7), view.px(7)))  # what the shift leaves free goes on, rather than coming round
    ink_lines = ImageChops.lighter(plate.inner.filter(ImageFilter.BoxBlur(0.4)), plate.outer)
    sheet.paste((30, 38, 78), (0, 0), ink_lines)
    return sheet


def pencil(plate: Plate) -> Image.Image:
    """Coloured pencil: strokes in one direction, the paper's tooth showing through."""
    view, dice, size = plate.view, plate.dice, plate.colour.size
    stroke = _slanted(plate)
    tooth = grain(dice, size).point([min(255, 120 + value * 9 // 8) for value in range(256)])
    pigment = ImageChops.multiply(stroke.point([min(255, 158 + value * 120 // 255) for value in range(256)]), tooth)
    colour = saturated(plate.colour.filter(ImageFilter.BoxBlur(view.px(1))), 1.35)
    if _mean(plate.colour.convert("L")) < 96:
        return _on_dark_paper(plate, colour, pigment)
    deep = curve(colour, 1.05, -16)
    sheet = ImageChops.multiply(thin_out(deep, pigment), Image.new("RGB", size, (252, 249, 242)))
    contour = wobble(ImageChops.lighter(plate.inner, plate.outer), dice.fork("contour"), view.px(4))
    contour = ImageChops.multiply(contour.filter(ImageFilter.BoxBlur(0.6)), tooth)
    sheet.paste((70, 62, 78), (0, 0), contour.point([value * 200 // 255 for value in range(256)]))
    return sheet


def _on_dark_paper(plate: Plate, colour: Image.Image, pigment: Image.Image) -> Image.Image:
    """A night: light pencils on dark paper."""
    size = plate.colour.size
    bright = curve(colour, 1.25, 58)
    tone = curve(plate.colour.convert("L"), 1.9, 78)
    sheet = Image.new("RGB", size, (34, 36, 58))
    sheet = Image.composite(bright, sheet, ImageChops.multiply(tone, pigment))
    contour = wobble(ImageChops.lighter(plate.inner, plate.outer), plate.dice.fork("contour"), plate.view.px(4))
    sheet.paste((214, 214, 232), (0, 0), contour.point([value * 110 // 255 for value in range(256)]))
    return sheet


def _mean(grey: Image.Image) -> float:
    """The mean of a picture in one channel, 0 to 255."""
    counts = grey.histogram()
    return sum(value * count for value, count in enumerate(counts)) / max(1, sum(counts))


def _slanted(plate: Plate) -> Image.Image:
    """Noise stretched along a slant: the traces of many strokes."""
    width, height = plate.colour.size
    reach = width + height
    rows = max(2, reach // max(2, plate.view.px((5, 3, 2)[plate.view.detail])))
    streaks = Image.fromarray(plate.dice.fork("strokes").noise(max(2, reach // max(8, plate.view.px(90))), rows))
    wide = streaks.resize((reach, reach), Image.Resampling.BILINEAR)
    slanted = turned(wide, 38)
    left, top = (slanted.width - width) // 2, (slanted.height - height) // 2
    return slanted.crop((left, top, left + width, top + height))
