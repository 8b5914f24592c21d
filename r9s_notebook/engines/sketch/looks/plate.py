"""What a look starts from: colours, edges and an accent, of a drawing or of a photograph alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.engines.sketch.colour import RGB
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.exact import Sheet, blended, meshed
from r9s_notebook.engines.sketch.geometry import bounds
from r9s_notebook.engines.sketch.raster import View, coverage
from r9s_notebook.engines.sketch.shapes import Drawing

Bytes = NDArray[np.uint8]

_MOST_CELLS = 512
"""Cells of a mesh along a side, however long and thin the picture is."""


@dataclass(frozen=True)
class Plate:
    """A picture before its look.

    Attributes:
        colour: The picture, RGB.
        inner: Coverage (mode L) of thin lines, inside things as well as around them.
        outer: Coverage of lines around whole things only.
        keep: Colours that must survive where a look has few of them.
        view: Its pixels.
        dice: Chance for the look.
    """

    colour: Image.Image
    inner: Image.Image
    outer: Image.Image
    keep: tuple[RGB, ...]
    view: View
    dice: Dice


def edges_of(drawing: Drawing, view: View) -> tuple[Image.Image, Image.Image]:
    """Lines between shapes, and lines between things, one pixel wide at least."""
    double = View(view.width * 2, view.height * 2, view.detail)
    scale = double.scale
    outlines = [[(round(x * scale), round(y * scale)) for x, y in shape.outline] for shape in drawing.shapes]
    shapes = Sheet((double.width, double.height), outlines)
    groups = Sheet((double.width, double.height), outlines)
    for index, (shape, outline) in enumerate(zip(drawing.shapes, outlines, strict=True)):
        if shape.glow or not shape.line or shape.opacity < 0.5:
            continue
        number, group = index * 37 % 251 + 1, shape.group * 61 % 251 + 1
        if shape.clip is not None:
            patch = coverage(shape, double)
            if patch is not None:
                solid = patch.mask.point(_HALF)
                shapes.paste(number, patch.box, solid)
                groups.paste(group, patch.box, solid)
            continue
        shapes.polygon(outline, fill=number)
        groups.polygon(outline, fill=group if shape.group >= 1000 or shape.depth < 0.7 else 1)
    thin = max(1, round(scale * 0.7))
    return _lines(shapes.drawn(), thin), _lines(groups.drawn(), max(2, round(scale * 1.5)))


_HALF = [0] * 128 + [255] * 128


def _lines(numbers: Image.Image, width: int) -> Image.Image:
    """Where neighbours differ, widened, at half the size."""
    field = np.asarray(numbers)
    differs = np.zeros(field.shape, dtype=bool)
    differs[:, 1:] |= field[:, 1:] != field[:, :-1]
    differs[1:, :] |= field[1:, :] != field[:-1, :]
    for step in range(1, width):
        wide = differs.copy()
        if step % 2:
            wide[:, 1:] |= differs[:, :-1]
            wide[1:, :] |= differs[:-1, :]
        else:
            wide[:, :-1] |= differs[:, 1:]
            wide[:-1, :] |= differs[1:, :]
        differs = wide
    return Image.fromarray(differs.astype(np.uint8) * 255).reduce(2)


def edges_in(image: Image.Image, *, strength: int = 5) -> Image.Image:
    """Lines of a photograph: where its brightness turns."""
    grey = image.convert("L").filter(ImageFilter.BoxBlur(max(1.0, min(image.size) / 400)))
    fine, coarse = grey, grey.filter(ImageFilter.BoxBlur(max(2.0, min(image.size) / 160)))
    return ImageChops.subtract(coarse, fine).point([min(255, max(0, value - 4) * strength * 4) for value in range(256)])


def main_colours(drawing: Drawing) -> tuple[RGB, ...]:
    """The colours of the largest shapes of the things in a drawing."""
    sizes: dict[RGB, float] = {}
    for shape in drawing.shapes:
        if shape.group >= 1000 and not shape.glow and shape.opacity > 0.8:
            left, top, right, bottom = bounds(shape.outline)
            sizes[shape.colour] = sizes.get(shape.colour, 0.0) + (right - left) * (bottom - top)
    # At night lamps and the moon are small, and the only warm colours there are.
    lamps = (drawing.light.disc, (255, 206, 112)) if drawing.light.dark else ()
    return (*lamps, *sorted(sizes, key=lambda colour: (-sizes[colour], colour))[: 6 - len(lamps)])


def few_colours(image: Image.Image, count: int, keep: Sequence[RGB]) -> Image.Image:
    """The image in so many colours, ``keep`` among them, however little of it they cover."""
    small = image.resize((96, 96), Image.Resampling.BOX).quantize(max(2, count - len(keep)), Image.Quantize.MEDIANCUT)
    table = (small.getpalette() or [])[: 3 * max(2, count - len(keep))]
    for colour in keep:
        table += colour
    palette = Image.new("P", (1, 1))
    palette.putpalette(table)
    return image.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB")


def field(dice: Dice, size: tuple[int, int], cells: int) -> Image.Image:
    """Smooth noise (mode L): about so many cells along the short side."""
    short = min(size)
    across, down = (min(_MOST_CELLS, max(2, round(side * cells / short))) for side in size)
    return Image.fromarray(dice.noise(across, down)).resize(size, Image.Resampling.BICUBIC)


def grain(dice: Dice, size: tuple[int, int]) -> Image.Image:
    """The tooth of paper (mode L, middle 128): noise of two sizes, tiled from a sheet of 512 pixels."""
    sheet = _sheet(dice.whole(0, 3))
    whole = Image.new("L", size)
    for x in range(0, size[0], sheet.width):
        for y in range(0, size[1], sheet.height):
            whole.paste(sheet, (x, y))
    return whole


@lru_cache(maxsize=4)
def _sheet(number: int) -> Image.Image:
    noise = Image.fromarray(Dice("paper", number).noise(512, 512))
    fine = noise.filter(ImageFilter.BoxBlur(0.7))
    coarse = noise.filter(ImageFilter.BoxBlur(2)).point(
        [min(255, max(0, 128 + (value - 128) * 3)) for value in range(256)]
    )
    # Few levels: a PNG of smooth paper stays small.
    return blended(fine, coarse, 0.5).point([value // 12 * 12 for value in range(256)])


def thin_out(image: Image.Image, pigment: Image.Image) -> Image.Image:
    """Paint on white paper: ``pigment`` (mode L) says how much of it stays, 255 all."""
    sheet = Image.new("RGB", image.size, (255, 255, 255))
    sheet.paste(image, (0, 0), pigment)
    return sheet


def wobble(image: Image.Image, dice: Dice, reach: int, cells: int = 24) -> Image.Image:
    """The image as a hand would copy it: every part a little off, up to ``reach`` pixels.

    About so many parts lie along the short side.
    """
    # A part has two pixels at least; what is too small for that, a hand could not tell apart.
    part = max(2, 1 << (min(image.size) // cells).bit_length() >> 1, max(image.size) // _MOST_CELLS)
    part = 1 << (part - 1).bit_length()
    if min(image.size) < 2 * part:
        return image
    across, down = (-(-side // part) for side in image.size)
    noise = dice.noise((across + 1) * 2, down + 1).astype(np.int32)

    def off(line: int, lines: int, value: int) -> int:
        """How far a line of the mesh is moved: those at the image's edge not, those next to the far edge inwards."""
        moved = (value - 128) * min(reach, part - 1) // 128
        return 0 if line in {0, lines} else -abs(moved) if line == lines - 1 else moved

    def corner(column: int, row: int) -> tuple[int, int]:
        x, y = (int(value) for value in noise[row, column * 2 : column * 2 + 2])
        return column * part + off(column, across, x), row * part + off(row, down, y)

    mesh = [
        (
            (column * part, row * part, (column + 1) * part, (row + 1) * part),
            (
                *corner(column, row),
                *corner(column, row + 1),
                *corner(column + 1, row + 1),
                *corner(column + 1, row),
            ),
        )
        for row in range(down)
        for column in range(across)
    ]
    return meshed(image, mesh)


def tinted(mask: Image.Image, colour: RGB, paper: RGB) -> Image.Image:
    """Ink of one colour on paper of another, by a mask."""
    sheet = Image.new("RGB", mask.size, paper)
    sheet.paste(colour, (0, 0), mask)
    return sheet


def curve(image: Image.Image, contrast: float, lift: int = 0) -> Image.Image:
    """More (or less) contrast around the middle."""
    table = [min(255, max(0, int(128 + (value - 128) * contrast + lift + 0.5))) for value in range(256)]
    return image.point(table * len(image.getbands()))
