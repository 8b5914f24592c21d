"""Shapes to pixels: antialiased coverage, gradients and glows, each in its own small patch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.engines.sketch.colour import RGB
from r9s_notebook.engines.sketch.exact import Sheet
from r9s_notebook.engines.sketch.geometry import Outline, bounds
from r9s_notebook.engines.sketch.script import write
from r9s_notebook.engines.sketch.shapes import SHORT, Shape


@dataclass(frozen=True)
class View:
    """Canvas units to pixels.

    Attributes:
        width: Pixels.
        height: Pixels.
        detail: 0 low, 1 standard, 2 high.
    """

    width: int
    height: int
    detail: int = 1

    @property
    def scale(self) -> float:
        """Pixels of a unit."""
        return min(self.width, self.height) / SHORT

    def px(self, units: float) -> int:
        """Units as whole pixels, at least one."""
        return max(1, int(units * self.scale + 0.5))


@dataclass(frozen=True)
class Patch:
    """Coverage of a shape: a mask (mode L) and where its corner lies."""

    mask: Image.Image
    x: int
    y: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom, in pixels."""
        return (self.x, self.y, self.x + self.mask.width, self.y + self.mask.height)


def coverage(shape: Shape, view: View) -> Patch | None:
    """How much of each pixel a shape covers, opacity included; None where it lies outside the canvas."""
    box = _pixel_box(shape, view)
    if box is None:
        return None
    # Thin paint is laid on thin: changing a mask afterwards costs more.
    ink = 255 if shape.text or shape.opacity >= 1 else 255 * int(shape.opacity * 256) >> 8
    mask = _letters(shape, box, view) if shape.text else _filled(shape.outline, box, view, ink)
    if shape.clip is not None:
        mask = ImageChops.multiply(mask, _filled(shape.clip, box, view))
    if shape.soft * view.scale >= 0.5:
        mask = mask.filter(ImageFilter.BoxBlur(shape.soft * view.scale))
        mask = mask.filter(ImageFilter.BoxBlur(shape.soft * view.scale))
    if shape.text and shape.opacity < 1:
        mask = mask.point(_scaled(int(shape.opacity * 256)))
    return Patch(mask, box[0], box[1])


def _pixel_box(shape: Shape, view: View) -> tuple[int, int, int, int] | None:
    left, top, right, bottom = bounds(shape.outline)
    if shape.clip is not None:
        inner = bounds(shape.clip)
        left, top, right, bottom = max(left, inner[0]), max(top, inner[1]), min(right, inner[2]), min(bottom, inner[3])
    margin = 2 * shape.soft * view.scale + 1
    x0 = max(0, int(left * view.scale - margin))
    y0 = max(0, int(top * view.scale - margin))
    x1 = min(view.width, int(right * view.scale + margin) + 2)
    y1 = min(view.height, int(bottom * view.scale + margin) + 2)
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _filled(outline: Outline, box: tuple[int, int, int, int], view: View, ink: int = 255) -> Image.Image:
    x0, y0, x1, y1 = box
    area = (x1 - x0) * (y1 - y0)
    fine = 4 if area < 40_000 else 3 if area < 160_000 else 2
    scale = view.scale * fine
    points = [(round(x * scale - x0 * fine), round(y * scale - y0 * fine)) for x, y in outline]
    sheet = Sheet(((x1 - x0) * fine, (y1 - y0) * fine), [points])
    sheet.polygon(points, ink)
    return sheet.drawn(fine)


def _letters(shape: Shape, box: tuple[int, int, int, int], view: View) -> Image.Image:
    x0, y0, x1, y1 = box
    left, top, right, bottom = (value * view.scale for value in bounds(shape.outline))
    mask = Image.new("L", (x1 - x0, y1 - y0))
    write(mask, shape.text, (left - x0, top - y0, right - x0, bottom - y0))
    return mask


@lru_cache(maxsize=256)
def _scaled(share: int) -> list[int]:
    return [value * share >> 8 for value in range(256)]


def gradient(size: tuple[int, int], corners: tuple[RGB, RGB, RGB, RGB]) -> Image.Image:
    """A smooth field between four colours: top left, top right, bottom left, bottom right."""
    seed = Image.new("RGB", (2, 2))
    seed.putdata(corners)
    return seed.resize(size, Image.Resampling.BILINEAR, box=(0.5, 0.5, 1.5, 1.5))


def column(size: tuple[int, int], stops: Sequence[RGB]) -> Image.Image:
    """A vertical gradient through all stops."""
    seed = Image.new("RGB", (1, len(stops)))
    seed.putdata(list(stops))
    tall = seed.resize((1, size[1]), Image.Resampling.BICUBIC, box=(0, 0.5, 1, len(stops) - 0.5))
    return tall.resize(size, Image.Resampling.NEAREST)


def add_glow(canvas: Image.Image, shape: Shape, view: View) -> None:
    """Add a glow's light to what is there."""
    left, top, right, bottom = (round(value * view.scale) for value in bounds(shape.outline))
    if right - left < 2 or bottom - top < 2:
        return
    x0, y0, x1, y1 = max(0, left), max(0, top), min(canvas.width, right), min(canvas.height, bottom)
    if x1 <= x0 or y1 <= y0:
        return
    halo = (
        _halo()
        .resize(
            (x1 - x0, y1 - y0),
            Image.Resampling.BILINEAR,
            box=(
                (x0 - left) * 128 / (right - left),
                (y0 - top) * 128 / (bottom - top),
                (x1 - left) * 128 / (right - left),
                (y1 - top) * 128 / (bottom - top),
            ),
        )
        .point(_scaled(int(shape.opacity * 256)))
    )
    light = Image.merge("RGB", [halo.point(_scaled(channel + 1)) for channel in shape.colour])
    canvas.paste(ImageChops.screen(canvas.crop((x0, y0, x1, y1)), light), (x0, y0))


@lru_cache(maxsize=1)
def _halo() -> Image.Image:
    # radial_gradient reaches 181 in the middle of an edge, and 255 only in the corners. Falls off with the square.
    ramp = [max(0, 180 - value) ** 2 * 255 // 180**2 for value in range(256)]
    return Image.radial_gradient("L").resize((128, 128), Image.Resampling.BILINEAR).point(ramp)
