"""The engine's own look: soft forms in the scene's light, on lightly grained paper."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.engines.sketch.colour import RGB, darker, lighter, mix
from r9s_notebook.engines.sketch.exact import Sheet, blended
from r9s_notebook.engines.sketch.geometry import bounds
from r9s_notebook.engines.sketch.light import Light
from r9s_notebook.engines.sketch.looks.plate import Plate, field, grain, wobble
from r9s_notebook.engines.sketch.raster import Patch, View, add_glow, column, coverage, gradient
from r9s_notebook.engines.sketch.shapes import Drawing, Shape


def lay(drawing: Drawing, view: View, canvas: Image.Image | None = None) -> Image.Image:
    """All shapes, each modelled by the light."""
    canvas = canvas or Image.new("RGB", (view.width, view.height), drawing.light.sky[1])
    for group, shapes in groupby(drawing.shapes, key=lambda shape: shape.group):
        lay_group(canvas, group, list(shapes), drawing.light, view)
    return canvas


def lay_group(canvas: Image.Image, group: int, shapes: Sequence[Shape], light: Light, view: View) -> None:
    """The shapes of a thing, or of the place; a thing is brighter at its edge towards the sun."""
    for shape in shapes:
        lay_shape(canvas, shape, light, view)
    if group >= _THINGS and view.detail:
        _rim(canvas, shapes, light, view)


_THINGS = 1000
"""Groups from here on belong to things."""


def _rim(canvas: Image.Image, shapes: Sequence[Shape], light: Light, view: View) -> None:
    """The light that grazes a thing: strong from a low sun and at night, faint by day."""
    solid = [shape for shape in shapes if shape.opacity > 0.8 and not (shape.glow or shape.soft or shape.text)]
    solid = [shape for shape in solid if shape.clip is None]
    if not solid:
        return
    strength = light.contrast * (1.1 if light.dark or light.sun[1] < _LOW else 0.4)
    left, top, right, bottom = (value * view.scale for value in bounds(p for shape in solid for p in shape.outline))
    reach = view.px(6)
    x0, y0 = max(0, int(left) - reach), max(0, int(top) - reach)
    x1, y1 = min(view.width, int(right) + reach + 1), min(view.height, int(bottom) + 1)
    if x1 - x0 < 4 * reach or y1 - y0 < 4 * reach:
        return
    scale = 2 * view.scale
    outlines = [[(round(x * scale) - 2 * x0, round(y * scale) - 2 * y0) for x, y in s.outline] for s in solid]
    sheet = Sheet((2 * (x1 - x0), 2 * (y1 - y0)), outlines)
    for outline in outlines:
        sheet.polygon(outline)
    mask = sheet.drawn(2)
    moved = Image.new("L", mask.size)
    moved.paste(mask, (-reach if light.sun[0] > 0 else reach, reach * 2 // 3))
    edge = ImageChops.subtract(mask, moved.filter(ImageFilter.BoxBlur(max(1, reach * 2 // 3))))
    edge = edge.point([int(value * strength) for value in range(256)])
    canvas.paste(mix(light.disc, (255, 255, 255), 0.25), (x0, y0, x1, y1), edge)


_LOW = 0.35


def finish(plate: Plate) -> Image.Image:
    """Low quality is a quick sketch, flat colours and a loose pencil line; high has brushwork, edges and paper."""
    view, size = plate.view, plate.colour.size
    if view.detail == 1:
        return plate.colour
    lines = ImageChops.lighter(plate.outer, plate.inner.point([value * 150 // 255 for value in range(256)]))
    if view.detail == 0:
        sheet = blended(wobble(plate.colour, plate.dice, view.px(5)), Image.new("RGB", size, (252, 248, 240)), 0.22)
        loose = wobble(lines, plate.dice.fork("line"), view.px(7), cells=12)
        sheet.paste((62, 54, 70), (0, 0), loose.point([value * 170 // 255 for value in range(256)]))
        return sheet
    bristles = blended(field(plate.dice, size, 160), field(plate.dice.fork("wash"), size, 9), 0.5)
    texture = ImageChops.add(bristles, grain(plate.dice, size), 2)
    texture = texture.point([110 + value * 36 // 255 for value in range(256)])
    painted = ImageChops.overlay(plate.colour, Image.merge("RGB", (texture, texture, texture)))
    edge = ImageChops.multiply(painted, Image.new("RGB", size, (150, 132, 150)))
    painted.paste(
        edge, (0, 0), lines.filter(ImageFilter.BoxBlur(view.px(1))).point([value * 150 // 255 for value in range(256)])
    )
    return painted.filter(ImageFilter.UnsharpMask(view.px(2), 60, 2))


def lay_shape(canvas: Image.Image, shape: Shape, light: Light, view: View) -> None:
    """One shape: its colour with a gradient along the light, and a soft core shadow."""
    if shape.glow:
        add_glow(canvas, shape, view)
        return
    patch = coverage(shape, view)
    if patch is None:
        return
    size = patch.mask.size
    if shape.stops:
        fill = column(size, shape.stops)
        canvas.paste(fill, patch.box, patch.mask)
    elif shape.volume <= 0 or min(size) < 5 or view.detail == 0:
        canvas.paste(shape.colour, patch.box, patch.mask)
    else:
        canvas.paste(gradient(size, corners(shape.colour, shape.volume, light)), patch.box, patch.mask)
    if view.detail and shape.volume >= 0.5 and min(size) >= 12 and shape.soft == 0:
        _core_shadow(canvas, shape, patch, light)


def corners(colour: RGB, volume: float, light: Light) -> tuple[RGB, RGB, RGB, RGB]:
    """The colour in the four corners of a form that the light models."""
    bright = lighter(colour, 0.2 * volume)
    deep = mix(darker(colour, 0.3 * volume), light.shade, 0.16 * volume * light.contrast)
    level = mix(bright, deep, 0.5)
    side = mix(bright, deep, 0.28)
    return (bright, side, level, deep) if light.sun[0] < 0 else (side, bright, deep, level)


def _core_shadow(canvas: Image.Image, shape: Shape, patch: Patch, light: Light) -> None:
    """The crescent of a round form that turns away from the light."""
    width, height = patch.mask.size
    reach = max(2, int(min(width, height) * 0.17))
    dx = reach if light.sun[0] > 0 else -reach
    lit = Image.new("L", patch.mask.size)
    lit.paste(patch.mask, (int(dx * 0.8), -int(reach * 0.75)))
    lit = lit.filter(ImageFilter.BoxBlur(max(1, reach * 0.55)))
    shade = ImageChops.subtract(patch.mask, lit)
    strength = 0.46 * shape.volume * (0.5 + light.contrast)
    shade = shade.point([int(value * strength) for value in range(256)])
    canvas.paste(mix(darker(shape.colour, 0.75), light.shade, 0.3), patch.box, shade)
