"""The operations that a mask is made of: frozen values in image pixels, checked when they are made.

One class is all that Python knows of an operation: what it takes (its fields, see ``arguments``) and what it does to a
raster. JSON, code, messages to the page and scaling follow from its fields. A new one is a class, its entry in
``OPERATIONS``, and its method of ``Mask``; a page that can draw it knows how from ``painter/ink/ops.js``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, ClassVar

import numpy as np
from PIL import Image, ImageFilter

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging.arguments import Combine, Coordinate, Corners, Erase, Kind, Png, Points, Radius, Reach, kinds
from r9s_notebook.imaging.morphology import dilate
from r9s_notebook.imaging.raster import Raster, ellipse_outline, fill, fill_rect, polygon_outline, stroke_outlines
from r9s_notebook.imaging.raster_png import decode


@dataclass(frozen=True, slots=True)
class Operation(ABC):
    """One step of a mask.

    Attributes:
        drawn_in_page: The page can draw it; otherwise it is shown the mask that comes of it.
        always_counts: It is a step to undo even where it leaves every pixel as it was.
    """

    drawn_in_page: ClassVar[bool] = True
    always_counts: ClassVar[bool] = True

    def __post_init__(self) -> None:
        for name, kind, value in self.arguments():
            object.__setattr__(self, name, kind.check(value, name, self.name))

    @property
    def name(self) -> str:
        """As ``Mask``'s method is called."""
        return type(self).__name__.lower()

    def arguments(self) -> list[tuple[str, Kind, Any]]:
        """The name, the kind and the value of each field."""
        return [(name, kind, getattr(self, name)) for name, kind in kinds(type(self)).items()]

    @abstractmethod
    def _draw(self, raster: Raster) -> None:
        """Does it to the raster, in place."""

    def scaled(self, scale: float) -> Operation:
        """The operation in a picture ``scale`` times as large.

        Raises:
            NotScalableError: It holds pixels.
        """
        return replace(self, **{name: kind.scale(value, scale) for name, kind, value in self.arguments()})


class Shape(Operation):
    """Something that paint is put in, or with ``erase`` taken out of."""

    __slots__ = ()
    erase: bool

    def _draw(self, raster: Raster) -> None:
        self._paint(raster, 0 if self.erase else 255)

    @abstractmethod
    def _paint(self, raster: Raster, value: int) -> None:
        """Sets the pixels inside to ``value``."""


@dataclass(frozen=True, slots=True)
class Stroke(Shape):
    """A brush drawn along a path, with round ends and joins.

    Attributes:
        points: ``(x, y)``, or ``(x, y, pressure)`` with pressure 0 to 1 which scales the radius at that point. A path
            of one point, or of no length, is a dot.
        radius: Of the brush, in pixels: half a canvas's ``lineWidth``.
        erase: Take away instead of adding.
    """

    points: Points
    radius: Radius
    erase: Erase = False

    def _paint(self, raster: Raster, value: int) -> None:
        fill(raster, stroke_outlines([(self.points, self.radius)]), value)


@dataclass(frozen=True, slots=True)
class Polygon(Shape):
    """The pixels whose centres a closed path goes around (non-zero winding, as a canvas fills: loops stay filled)."""

    points: Corners
    erase: Erase = False

    def _paint(self, raster: Raster, value: int) -> None:
        fill(raster, polygon_outline(self.points), value)


@dataclass(frozen=True, slots=True)
class Box(Shape):
    """A shape that fills the rectangle between two opposite corners; they are kept as top left and bottom right."""

    x0: Coordinate
    y0: Coordinate
    x1: Coordinate
    y1: Coordinate
    erase: Erase = False

    def __post_init__(self) -> None:
        Operation.__post_init__(self)
        left, right = sorted((self.x0, self.x1))
        top, bottom = sorted((self.y0, self.y1))
        for name, side in zip(("x0", "y0", "x1", "y1"), (left, top, right, bottom), strict=True):
            object.__setattr__(self, name, side)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.x0, self.y0, self.x1, self.y1


@dataclass(frozen=True, slots=True)
class Rect(Box):
    """The pixels whose centres lie in a rectangle."""

    def _paint(self, raster: Raster, value: int) -> None:
        fill_rect(raster, self.box, value)


@dataclass(frozen=True, slots=True)
class Ellipse(Box):
    """The pixels whose centres lie in the ellipse that fills a rectangle."""

    def _paint(self, raster: Raster, value: int) -> None:
        fill(raster, ellipse_outline(*self.box), value)


@dataclass(frozen=True, slots=True)
class Fill(Operation):
    """Everything."""

    always_counts = False

    def _draw(self, raster: Raster) -> None:
        raster.fill(255)


@dataclass(frozen=True, slots=True)
class Clear(Operation):
    """Nothing."""

    always_counts = False

    def _draw(self, raster: Raster) -> None:
        raster.fill(0)


@dataclass(frozen=True, slots=True)
class Invert(Operation):
    """What was edited is kept, and the other way round."""

    def _draw(self, raster: Raster) -> None:
        np.subtract(255, raster, out=raster)


@dataclass(frozen=True, slots=True)
class Edge(Operation):
    """Something that happens within ``px`` pixels (0 to 1000) of the mask's edge."""

    drawn_in_page = False
    always_counts = False

    px: Reach


@dataclass(frozen=True, slots=True)
class Grow(Edge):
    """Every pixel within ``px`` pixels of the mask joins it."""

    def _draw(self, raster: Raster) -> None:
        dilate(raster, self.px)


@dataclass(frozen=True, slots=True)
class Shrink(Edge):
    """Every pixel within ``px`` pixels of the outside leaves the mask; the picture's border is not an outside."""

    def _draw(self, raster: Raster) -> None:
        np.subtract(255, raster, out=raster)
        dilate(raster, self.px)
        np.subtract(255, raster, out=raster)


@dataclass(frozen=True, slots=True)
class Feather(Edge):
    """The edge becomes a ramp: a Gaussian blur with a standard deviation of ``px`` pixels."""

    def _draw(self, raster: Raster) -> None:
        raster[:] = np.asarray(Image.fromarray(raster).filter(ImageFilter.GaussianBlur(self.px)))


@dataclass(frozen=True, slots=True)
class Pixels(Operation):
    """A raster: a wand's region, a loaded mask, another mask.

    Attributes:
        png: The raster as a grey PNG of the mask's size, 255 = edit.
        how: What it does to the mask so far.
    """

    drawn_in_page = False
    always_counts = False

    png: Png
    how: Combine = "replace"

    def _draw(self, raster: Raster) -> None:
        combine(raster, decode(self.png, (raster.shape[1], raster.shape[0])), self.how)


def combine(raster: Raster, other: Raster, how: Combine) -> None:
    """What a ``Pixels`` operation with the raster ``other`` does, in place."""
    match how:
        case "replace":
            raster[:] = other
        case "add":
            np.maximum(raster, other, out=raster)
        case "intersect":
            np.minimum(raster, other, out=raster)
        case "subtract":
            np.minimum(raster, 255 - other, out=raster)


_ALL = (Stroke, Rect, Ellipse, Polygon, Fill, Clear, Invert, Grow, Shrink, Feather, Pixels)

OPERATIONS: Mapping[str, type[Operation]] = {each.__name__.lower(): each for each in _ALL}
"""Every operation by its name."""


def make(name: str, *values: Any, **named: Any) -> Operation:
    """An operation by its name, checked.

    Raises:
        MaskError: There is none of that name, or a value cannot be used.
    """
    if name not in OPERATIONS:
        raise MaskError(f"A mask has no operation {name!r:.40}; it has {', '.join(OPERATIONS)}.")
    return OPERATIONS[name](*values, **named)


def draw(raster: Raster, operations: Sequence[Operation]) -> None:
    """Does the operations in order, in place; neighbouring strokes of one kind are drawn in one pass."""
    for erase, same in groupby(operations, key=lambda each: each.erase if isinstance(each, Stroke) else None):
        batch = list(same)
        if erase is None or len(batch) == 1:
            for operation in batch:
                operation._draw(raster)
        else:
            strokes = [(each.points, each.radius) for each in batch if isinstance(each, Stroke)]
            fill(raster, stroke_outlines(strokes), 0 if erase else 255)
