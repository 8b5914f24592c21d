"""The pen that subjects and places draw with: it places, mirrors and lights what they draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from r9s_notebook.engines.sketch import geometry
from r9s_notebook.engines.sketch.colour import RGB, darker, lighter
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.geometry import Outline, Point
from r9s_notebook.engines.sketch.light import Light
from r9s_notebook.engines.sketch.shapes import Shape

INK: RGB = (48, 38, 58)
"""The dark of eyes, noses and whiskers."""


class Pen:
    """Collects shapes.

    A subject draws in its own box: x from 0 to ``width`` (100 times its aspect), y from 0 (top) to 100 (where it
    stands). The pen maps that box to the canvas.

    Attributes:
        shapes: What has been drawn, back to front.
        main: The subject's colour: the one that was asked for, or one of its own.
        second: The second colour: asked for, or one that goes with the first.
        light: The scene's light, for lamps that ask whether it is dark.
        dice: Chance for this one thing.
        detail: 0 low, 1 standard, 2 high.
        traits: Adjectives the subject may heed, such as "sleeping" or "happy", and the prompt's own word for it.
        width: Of the subject's box, in its own units.
        pieces: How many of its repeated parts it should have; 0 where it may choose.
    """

    def __init__(
        self,
        *,
        light: Light,
        dice: Dice,
        detail: int = 1,
        scale: float = 1.0,
        origin: Point = (0.0, 0.0),
        width: float = 100.0,
        flip: bool = False,
        depth: float = 0.0,
        group: int = 0,
        main: RGB = (200, 120, 80),
        second: RGB | None = None,
        traits: frozenset[str] = frozenset(),
        parts: Mapping[str, RGB] | None = None,
        pieces: int = 0,
    ) -> None:
        self.shapes: list[Shape] = []
        self.light = light
        self.dice = dice
        self.detail = detail
        self.main = main
        self.second: RGB = second if second is not None else lighter(main, 0.55)
        self.traits = traits
        self._parts = parts or {}
        self.pieces = pieces
        self.width = width
        self.depth = depth
        self.group = group
        self._scale = scale
        self._origin = origin
        self._flip = flip

    @property
    def dark(self) -> RGB:
        """The main colour in its own shade."""
        return darker(self.main, 0.5)

    def part(self, name: str, own: RGB) -> RGB:
        """The colour that was asked for a part of the subject, or its own."""
        return self._parts.get(name, own)

    def inset(self, x: float, y: float, scale: float, width: float, **what: Any) -> Pen:
        """A pen for another subject's box (so wide) inside this one: its corner and its size, in this pen's units."""
        pen = copy(self)
        pen.main = what.get("main", self.main)
        pen.second = what.get("second", lighter(pen.main, 0.55))
        pen.traits = what.get("traits", self.traits)
        pen.dice = self.dice.fork("inset", x, y)
        pen.width, pen._scale = width, self._scale * scale
        left = self.width - x - width * scale if self._flip else x
        pen._origin = (self._origin[0] + left * self._scale, self._origin[1] + y * self._scale)
        return pen

    def poly(self, points: Sequence[Point], colour: RGB, **how: Any) -> Outline:
        """A polygon."""
        return self._add(points, colour, **{"volume": 0.35, **how})

    def blob(self, points: Sequence[Point], colour: RGB, **how: Any) -> Outline:
        """A smooth closed curve through the points."""
        return self._add(geometry.smooth(points), colour, **{"volume": 0.8, **how})

    def oval(self, cx: float, cy: float, rx: float, ry: float, colour: RGB, *, turn: float = 0, **how: Any) -> Outline:
        """An ellipse, turned clockwise by degrees."""
        steps = 12 if max(rx, ry) * self._scale < 6 else 20 if max(rx, ry) * self._scale < 24 else 44
        points = geometry.ellipse(cx, cy, rx, ry, turn=turn, steps=steps)
        return self._add(points, colour, **{"volume": 0.8, **how})

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: RGB, *, radius: float = 0, **how: Any) -> Outline:
        """A rectangle, its corners rounded by a radius."""
        return self._add(geometry.rounded(x0, y0, x1, y1, radius), colour, **{"volume": 0.35, **how})

    def line(
        self, points: Sequence[Point], width: float, colour: RGB, *, taper: tuple[float, float] = (1, 1), **how: Any
    ) -> Outline:
        """A smooth line with a width; ``taper`` gives the shares of it at both ends."""
        curve = geometry.smooth(points, closed=False, steps=5)
        return self._add(geometry.ribbon(curve, width, taper=taper), colour, **{"volume": 0.3, **how})

    def arc(  # noqa: PLR0917
        self, cx: float, cy: float, r: float, start: float, end: float, width: float, colour: RGB, **how: Any
    ) -> Outline:
        """A part of a ring; degrees, 0 right, 90 down."""
        if abs(end - start) >= 360:  # a whole ring: a ribbon would cover its own seam, and leave a hole there
            outer, inner = r + width / 2, max(0.1, r - width / 2)
            ring = [
                *geometry.arc(cx, cy, outer, outer, 0, 360, steps=40),
                *geometry.arc(cx, cy, inner, inner, 360, 0, steps=40),
            ]
            return self._add(ring, colour, **{"volume": 0.2, **how})
        points = geometry.arc(cx, cy, r, r, start, end, steps=max(6, int(abs(end - start) / 12)))
        return self._add(geometry.ribbon(points, width), colour, **{"volume": 0.2, **how})

    def star(
        self, cx: float, cy: float, outer: float, colour: RGB, *, tips: int = 5, inner: float = 0.45, **how: Any
    ) -> Outline:
        """A star; ``inner`` is the share of its inner radius."""
        return self._add(geometry.star(cx, cy, outer, outer * inner, tips), colour, **{"volume": 0.4, **how})

    def glow(self, cx: float, cy: float, radius: float, colour: RGB, opacity: float = 0.7) -> None:
        """Light around a point."""
        self._add(
            geometry.ellipse(cx, cy, radius, radius, steps=12),
            colour,
            glow=True,
            opacity=opacity,
            lit=False,
            line=False,
        )

    def eye(self, x: float, y: float, r: float, *, iris: RGB = INK) -> None:
        """An eye with a spark in it; closed when the subject sleeps."""
        if "sleeping" in self.traits:
            self.arc(x, y - r * 0.4, r * 1.1, 20, 160, r * 0.45, INK, volume=0)
            return
        self.oval(x, y, r, r * 1.12, iris, volume=0)
        self.oval(x + r * 0.32, y - r * 0.4, r * 0.36, r * 0.36, (255, 255, 255), volume=0, lit=False, line=False)

    def smile(self, x: float, y: float, r: float, width: float = 1.2) -> None:
        """A mouth; it turns down when the subject is sad."""
        if "sad" in self.traits:
            self.arc(x, y + r, r, 215, 325, width, INK, volume=0)
        else:
            self.arc(x, y - r * 0.5, r, 30, 150, width, INK, volume=0)

    def _add(
        self, points: Sequence[Point], colour: RGB, *, lit: bool = True, fade: RGB | None = None, **how: Any
    ) -> Outline:
        (left, top), scale = self._origin, self._scale
        if self._flip:
            points = [(self.width - x, y) for x, y in points]
        outline = tuple([(left + x * scale, top + y * scale) for x, y in points])
        depth = how.pop("depth", self.depth)
        shape = Shape(
            outline=outline,
            colour=self.light.on(colour, depth) if lit else colour,
            stops=() if fade is None else tuple(self.light.on(stop, depth) if lit else stop for stop in (colour, fade)),
            depth=depth,
            group=self.group,
            **{**how, "soft": how.get("soft", 0.0) * self._scale},
        )
        self.shapes.append(shape)
        return outline
