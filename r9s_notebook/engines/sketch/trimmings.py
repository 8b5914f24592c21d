"""What belongs to a thing and is no subject of its own: fruit on a tree, a shop's sign, breath of fire, ripples."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, mix
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.geometry import bounds
from r9s_notebook.engines.sketch.grammar import Thing
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.subjects import SUBJECTS
from r9s_notebook.engines.sketch.subjects.outfits import OUTFITS, Outfit, headgear

Head = tuple[float, float, float]

_CROWNS = {"tree": (48.0, 31.0, 29.0, 22.0), "bush": (75.0, 56.0, 50.0, 26.0), "cactus": (37.0, 40.0, 14.0, 34.0)}
"""Where a plant bears: the middle of its crown and the half axes, in its box."""

_SIGNS = {"house": (57.5, 31.0, 15.0), "tower": (22.5, 22.0, 15.0), "barn": (60.0, 36.0, 14.0)}
"""Where a building's sign hangs: its middle and radius, in its box."""


_PRINTS = {
    "chair": (37.0, 32.0, 15.0), "cup": (48.0, 62.0, 20.0), "bag": (47.0, 82.0, 11.0), "shirt": (57.5, 54.0, 18.0),
    "vase": (32.0, 64.0, 16.0), "teapot": (62.0, 64.0, 19.0), "balloon": (27.0, 34.0, 17.0), "kite": (35.0, 32.0, 13.0),
    "cake": (57.5, 74.0, 14.0),
}  # fmt: skip
"""Where goods have a picture on them."""


def borne(pen: Pen, plant: str, fruit: Thing, colour: RGB) -> None:
    """Fruit or flowers all over a plant's crown."""
    x, y, wide, tall = _CROWNS[plant]
    known, dice = SUBJECTS[fruit.kind], pen.dice.fork("borne")
    size = (0.16 if known.stands == "table" else 0.24) * (1.3 if plant == "bush" else 1.0)
    count = 9
    for index in range(count):
        # On a spiral, each as far from the next: no two hang before one another.
        turn, reach = index * 2.4 + dice.between(-0.2, 0.2), ((index + 0.5) / count) ** 0.5
        left = x + cos(turn) * reach * wide - known.aspect * size * 50
        top = y + sin(turn) * reach * tall - size * 50
        inset = pen.inset(left, top, size, known.aspect * 100, main=colour, traits=frozenset({fruit.word}))
        known.draw(inset)


def sign(pen: Pen, kind: str, shown: Thing, colour: RGB) -> None:
    """A round sign over the door that says what a building is for, or a picture on a cup."""
    known = SUBJECTS[shown.kind]
    x, y, radius = _PRINTS.get(kind) or _SIGNS.get(kind, (pen.width / 2, 34.0, 12.0))
    if kind not in _PRINTS:
        pen.oval(x, y, radius, radius, NAMED["chocolate"], volume=0.1)
    pen.oval(x, y, radius * 0.87, radius * 0.87, mix(WHITE, NAMED["cream"], 0.5), volume=0)
    size = radius * 1.3 / 100 / max(1.0, known.aspect)
    inset = pen.inset(
        x - known.aspect * size * 50, y - size * 50, size, known.aspect * 100, main=colour,
        traits=frozenset({shown.word}),
    )  # fmt: skip
    known.draw(inset)


def headwear(pen: Pen, role: str, head: Head) -> None:
    """What an animal has on its head to be a pirate, a cook, an astronaut; the head in the subject's box."""
    x, y, wide = head
    radius = wide / 2
    if role == "astronaut":
        glass: RGB = (214, 236, 250)
        middle = y + radius * 0.95
        pen.oval(x, middle, radius * 1.5, radius * 1.5, glass, opacity=0.3, volume=0.2)
        pen.arc(x, middle, radius * 1.5, 0, 360, radius * 0.12, (226, 230, 238), volume=0.2)
        pen.arc(x, middle, radius * 1.2, 200, 250, radius * 0.14, WHITE, volume=0, line=False)
        pen.box(x - radius, middle + radius * 1.3, x + radius, middle + radius * 1.6, (226, 230, 238), radius=2)
        return
    outfit = Outfit(hat="helmet", accent=(150, 152, 160)) if role == "knight" else OUTFITS[role]
    outfit = outfit if role.startswith("santa") else replace(outfit, beard=None)
    headgear(pen, outfit, (x, y + radius * 0.7, radius), darker(pen.main, 0.2))


def features(pen: Pen) -> None:
    """Eyes and a mouth on what has none."""
    x, y, r = pen.width / 2, 56.0, min(pen.width, 100.0) * 0.05
    for side in (-1, 1):
        pen.eye(x + side * r * 2.6, y, r)
        pen.oval(x + side * r * 4.2, y + r * 2.2, r * 1.1, r * 0.7, (246, 140, 150), opacity=0.7, volume=0, line=False)
    pen.smile(x, y + r * 1.8, r * 1.8, r * 0.5)


def breath(pen: Pen, head: Head) -> None:
    """Flames out of the mouth."""
    x, y, wide = head
    left, top, reach = x + wide * 0.55, y + wide * 0.55, wide * 2.1
    pen.glow(left + reach * 0.6, top, reach * 0.7, (255, 160, 70), 0.6)
    for share, colour in ((1.0, (250, 120, 40)), (0.72, (255, 186, 70)), (0.44, (255, 240, 190))):
        far, half = reach * share, wide * 0.52 * share
        pen.blob(
            [
                (left, top), (left + far * 0.35, top - half * 0.55), (left + far * 0.62, top - half),
                (left + far * 0.7, top - half * 0.45), (left + far, top - half * 0.2),
                (left + far * 0.8, top + half * 0.2),
                (left + far * 0.86, top + half * 0.9), (left + far * 0.55, top + half * 0.7),
                (left + far * 0.3, top + half * 0.4),
            ],
            colour, lit=False, volume=0,
        )  # fmt: skip


def ripples(pen: Pen, waterline: float) -> None:
    """Rings where somebody is in the water; the waterline in the pen's units."""
    found = [bounds(shape.outline) for shape in pen.shapes if not shape.glow]
    wet = [(left, right) for left, top, right, bottom in found if top < waterline < bottom]
    if not wet:
        return
    left, right = min(left for left, _ in wet), max(right for _, right in wet)
    middle, half = (left + right) / 2, (right - left) / 2
    rings = Pen(light=pen.light, dice=Dice("ripples"), detail=pen.detail, depth=pen.depth, group=pen.group)
    for grow, opacity in ((1.0, 0.75), (1.3, 0.4)):
        points = [
            (middle + half * grow * cos(turn), waterline + half * 0.14 * grow * sin(turn))
            for turn in (-0.15 + (pi + 0.3) * step / 24 for step in range(25))
        ]
        rings.line(points, max(3.0, half * 0.05), WHITE, opacity=opacity, volume=0, line=False, taper=(0.2, 0.2))
    pen.shapes += rings.shapes
