"""Paper cut: every shape a sheet of coloured paper that lies on the others and casts a shadow."""

from __future__ import annotations

from dataclasses import replace
from math import sin

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.engines.sketch.colour import RGB, darker, lighter, mix
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.geometry import bounds, ellipse
from r9s_notebook.engines.sketch.looks.plate import Plate, grain
from r9s_notebook.engines.sketch.raster import Patch, View, coverage
from r9s_notebook.engines.sketch.shapes import Drawing, Shape


def lay(drawing: Drawing, view: View, dice: Dice) -> Image.Image:
    """The drawing as layered paper."""
    canvas = Image.new("RGB", (view.width, view.height), drawing.light.sky[1])
    shade = drawing.light.shade
    for shape in drawing.shapes:
        for sheet in _sheets(shape, view):
            patch = coverage(sheet, view)
            if patch is not None:
                _place(canvas, patch, sheet.colour, shade, view, raised=sheet.opacity > 0.75 and sheet.line)
    return textured(canvas, dice)


def _sheets(shape: Shape, view: View) -> list[Shape]:
    """Flat sheets in place of gradients and of light."""
    if shape.glow:
        left, top, right, bottom = bounds(shape.outline)
        cx, cy, r = (left + right) / 2, (top + bottom) / 2, (right - left) / 2
        return (
            [
                replace(
                    shape, glow=False, outline=tuple(ellipse(cx, cy, r * share, r * share)), opacity=0.16, line=False
                )
                for share in (0.5, 0.32)
            ]
            if r > 30
            else []
        )
    if shape.soft and shape.opacity < 0.6:
        return []  # a drawn shadow: paper casts its own
    flat = replace(shape, soft=0.0)
    if len(shape.stops) < 2:
        return [flat]
    left, top, right, bottom = bounds(shape.outline)
    if shape.line or right - left < 600:
        return [replace(flat, colour=mix(shape.stops[0], shape.stops[-1], 0.4), stops=())]
    return _bands(flat, left, top, right, bottom, view)


def _bands(shape: Shape, left: float, top: float, right: float, bottom: float, view: View) -> list[Shape]:  # noqa: PLR0917
    """A gradient as torn strips, each with a wavy upper edge."""
    count = 4 + view.detail
    bands = []
    for band in range(count):
        share = band / (count - 1)
        place = share * (len(shape.stops) - 1)
        index = min(len(shape.stops) - 2, int(place))
        colour = mix(shape.stops[index], shape.stops[index + 1], place - index)
        y = top + (bottom - top) * band / count
        swing = (bottom - top) * 0.035 if band else 0
        edge = [(left + (right - left) * step / 24, y + swing * sin(step * 0.7 + band * 2)) for step in range(25)]
        bands.append(
            replace(shape, outline=(*edge, (right, bottom), (left, bottom)), colour=colour, stops=(), line=True)
        )
    return bands


def _place(canvas: Image.Image, patch: Patch, colour: RGB, shade: RGB, view: View, *, raised: bool) -> None:
    """Lay one sheet: its shadow, itself, and the light on its cut edge."""
    mask = patch.mask
    reach = max(1, min(view.px(12), min(mask.size) // 4))
    raised = raised and min(mask.size) > view.px(9)
    parts = _edges(patch, canvas.width, 3 * reach) if raised else [patch]
    if raised:
        for part in parts:
            _shadow(canvas, part, mix(shade, (20, 14, 40), 0.4), reach)
    if len(parts) > 1:
        canvas.paste(colour, (patch.x, parts[0].box[3], patch.box[2], parts[1].y))
    for part in parts:
        canvas.paste(colour, part.box, part.mask)
    if raised and min(mask.size) > view.px(14):
        upper = parts[0]
        edge = ImageChops.subtract(upper.mask, ImageChops.offset(upper.mask, 1, 1))
        canvas.paste(lighter(colour, 0.5), upper.box, edge.point(_EDGE))


def _shadow(canvas: Image.Image, patch: Patch, colour: RGB, reach: int) -> None:
    mask, small = patch.mask, max(1, reach // 3)
    box = (mask.width + 4 * reach, mask.height + 4 * reach)
    shadow = Image.new("L", (max(1, box[0] // small), max(1, box[1] // small)))
    shadow.paste(
        mask.resize((max(1, mask.width // small), max(1, mask.height // small)), Image.Resampling.BOX),
        (2 * reach // small, 2 * reach // small),
    )
    shadow = shadow.filter(ImageFilter.BoxBlur(max(1, reach * 0.6 / small))).point(_SHADOW)
    corner = (patch.x - 2 * reach + reach // 2, patch.y - 2 * reach + reach)
    canvas.paste(colour, corner, shadow.resize(box, Image.Resampling.BILINEAR))


def _edges(patch: Patch, width: int, margin: int) -> list[Patch]:
    """A sheet's upper and lower edge where it spans the picture and is solid between them; else all of it."""
    mask = patch.mask
    solid = np.asarray(mask).min(axis=1) == 255
    first, last = int(solid.argmax()), mask.height - int(solid[::-1].argmax())
    if mask.width < width or last - first < 2 * margin or not solid[first:last].all():
        return [patch]
    upper = mask.crop((0, 0, mask.width, first + margin))
    lower = mask.crop((0, last - margin, mask.width, mask.height))
    return [Patch(upper, patch.x, patch.y), Patch(lower, patch.x, patch.y + last - margin)]


_SHADOW = [value * 158 // 255 for value in range(256)]
_EDGE = [value * 150 // 255 for value in range(256)]


def textured(canvas: Image.Image, dice: Dice) -> Image.Image:
    """The paper's fibres over everything."""
    fibre = grain(dice, canvas.size).point([min(255, 240 + value * 18 // 255) for value in range(256)])
    return ImageChops.multiply(canvas, Image.merge("RGB", (fibre, fibre, fibre)))


def cut(plate: Plate) -> Image.Image:
    """A photograph as layered paper: its tones, from the brightest at the back to the darkest in front."""
    view, size = plate.view, plate.colour.size
    soft = plate.colour.filter(ImageFilter.BoxBlur(view.px(7))).filter(ImageFilter.BoxBlur(view.px(5)))
    tones = soft.quantize(7 + 2 * view.detail, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    table = tones.getpalette() or []
    count = len(table) // 3
    colours: list[RGB] = [(table[3 * index], table[3 * index + 1], table[3 * index + 2]) for index in range(count)]
    order = sorted(range(count), key=lambda index: -sum(colours[index]))
    canvas = Image.new("RGB", size, colours[order[0]] if order else (240, 240, 240))
    for rank, index in enumerate(order[1:], 1):
        chosen = set(order[rank:])
        mask = tones.point([255 if value in chosen else 0 for value in range(256)], "L").filter(
            ImageFilter.BoxBlur(view.px(3))
        )
        mask = mask.point([min(255, max(0, (value - 112) * 8)) for value in range(256)])
        _place(
            canvas,
            Patch(mask, 0, 0),
            mix(colours[index], darker(colours[index], 0.1), 0.3),
            (40, 30, 70),
            view,
            raised=True,
        )
    return textured(canvas, plate.dice)
