"""What a picture is made of before any look has painted it: shapes in canvas units, back to front."""

from __future__ import annotations

from dataclasses import dataclass

from r9s_notebook.engines.sketch.colour import RGB
from r9s_notebook.engines.sketch.geometry import Outline
from r9s_notebook.engines.sketch.light import Light

SHORT = 1000.0
"""The canvas's short side in units, whatever its pixels."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline and how it is painted.

    Attributes:
        outline: Points in canvas units, closed by itself.
        colour: Its colour in the scene's light.
        stops: Its colours from top to bottom, where there are several.
        volume: 0 flat, 1 round as a ball: how much the light models it.
        opacity: 0 to 1.
        soft: How far its edge is blurred, in units.
        depth: 0 near, 1 at the horizon.
        group: Shapes of one thing share a number; 0 is the place around them.
        clip: Only inside this outline.
        glow: It adds light, brightest in its middle.
        line: Looks that draw lines draw its edge.
        text: Letters that fill the outline's bounds, in place of the outline.
    """

    outline: Outline
    colour: RGB
    stops: tuple[RGB, ...] = ()
    volume: float = 0.0
    opacity: float = 1.0
    soft: float = 0.0
    depth: float = 0.0
    group: int = 0
    clip: Outline | None = None
    glow: bool = False
    line: bool = True
    text: str = ""


@dataclass(frozen=True)
class Drawing:
    """A composed picture.

    Attributes:
        width: Canvas units.
        height: Canvas units.
        shapes: Back to front.
        light: What lights them.
        accent: A colour that belongs to this picture, for borders and seals.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    light: Light
    accent: RGB
