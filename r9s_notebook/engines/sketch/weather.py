"""What falls or drifts in front of everything: rain, snow, fog, lightning, fireflies, petals and leaves."""

from __future__ import annotations

from itertools import pairwise

from r9s_notebook.engines.sketch.colour import RGB, lighter, mix
from r9s_notebook.engines.sketch.grammar import Scene
from r9s_notebook.engines.sketch.pen import Pen

_PETALS: tuple[RGB, ...] = ((250, 196, 210), (255, 224, 230), (244, 170, 190))
_LEAVES: tuple[RGB, ...] = ((214, 112, 48), (232, 164, 60), (178, 72, 48))


SHELTERED = frozenset({
    "room", "table", "plain", "classroom", "library", "laboratory", "ward", "kitchen", "emblem",
    "bathroom", "bedroom", "cafe", "gym", "office", "stage", "underwater", "space", "moon", "cave",
})  # fmt: skip
"""Places where nothing falls."""


def fall(scene: Scene, pen: Pen, width: float, height: float) -> None:
    """Draw the weather in front of the scene."""
    if scene.place in SHELTERED:
        return
    if scene.weather in {"rain", "storm"}:
        _rain(pen, width, height)
    elif scene.weather == "snow" or scene.season == "winter":
        _snow(pen, width, height, 70 if scene.weather == "snow" else 34)
    elif scene.weather == "fog":
        for index in range(5):
            y = height * (0.45 + 0.12 * index)
            pen.oval(
                width * pen.dice.between(0.2, 0.8),
                y,
                width * 0.7,
                height * 0.06,
                pen.light.haze,
                lit=False,
                opacity=0.4,
                soft=26,
                volume=0,
                line=False,
            )
    elif scene.season in {"spring", "autumn"}:
        _flutter(pen, width, height, _PETALS if scene.season == "spring" else _LEAVES)
    if "fireflies" in scene.extras:
        for _ in range(26):
            x, y = pen.dice.between(0, width), pen.dice.between(height * 0.4, height)
            pen.glow(x, y, pen.dice.between(14, 30), (240, 250, 150), 0.9)


def _rain(pen: Pen, width: float, height: float) -> None:
    colour = lighter(pen.light.sky[2], 0.5)
    for _ in range(110 + 70 * pen.detail):
        x, y, length = pen.dice.between(0, width * 1.1), pen.dice.between(-40, height), pen.dice.between(18, 54)
        thick = pen.dice.between(1, 2.2)
        pen.poly(
            [(x, y), (x + thick, y), (x + thick - length * 0.22, y + length), (x - length * 0.22, y + length)],
            colour,
            lit=False,
            opacity=pen.dice.between(0.2, 0.5),
            volume=0,
            line=False,
        )


def _snow(pen: Pen, width: float, height: float, count: int) -> None:
    for _ in range(count + 50 * pen.detail):
        r = pen.dice.between(2, 6.5)
        pen.oval(
            pen.dice.between(0, width),
            pen.dice.between(0, height),
            r,
            r,
            (255, 255, 255),
            lit=False,
            opacity=pen.dice.between(0.6, 0.95),
            volume=0,
            line=False,
            soft=0.6 if r > 5 else 0,
        )


def _flutter(pen: Pen, width: float, height: float, colours: tuple[RGB, ...]) -> None:
    for _ in range(24 + 14 * pen.detail):
        x, y, r = pen.dice.between(0, width), pen.dice.between(0, height), pen.dice.between(4, 10)
        pen.oval(x, y, r, r * 0.5, pen.dice.pick(colours), turn=pen.dice.between(0, 180), volume=0.2, line=False)


def strike(pen: Pen, width: float, height: float) -> None:
    """Lightning over the place, and behind what stands in it: down to a height."""
    x, y = width * pen.dice.pick((pen.dice.between(0.1, 0.32), pen.dice.between(0.68, 0.9))), 0.0
    points = [(x, y)]
    while y < height:
        x, y = x + pen.dice.between(-46, 46), y + pen.dice.between(36, 76)
        points.append((x, y))
    pen.glow(points[len(points) // 2][0], height * 0.5, height * 0.9, mix(pen.light.sky[2], (220, 230, 255), 0.7), 0.7)
    for start, end in pairwise(points):
        pen.line([start, end], 8, (255, 252, 230), lit=False, volume=0, line=False)
