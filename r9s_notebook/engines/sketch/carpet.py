"""A field full of one small plant, from the horizon to the front."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import darker
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.dressing import colours_of
from r9s_notebook.engines.sketch.grammar import Thing
from r9s_notebook.engines.sketch.light import Light
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.places import Ground
from r9s_notebook.engines.sketch.shapes import SHORT, Shape
from r9s_notebook.engines.sketch.subjects import SUBJECTS

Rows = list[tuple[float, list[Shape]]]
"""Each row's foot, and its shapes; the far ones first."""

_NEAR = 0.2
"""How tall the plants in front are, by the canvas's short side."""

_FAR = 0.014
_DRAWN = 0.075
"""Smaller ones are dots of their colour: nobody sees their petals."""


def carpet(  # noqa: PLR0917 - one caller
    thing: Thing, ground: Ground, size: tuple[float, float], light: Light, dice: Dice, detail: int
) -> Rows:
    """Rows of a plant all over the ground, each with the y of its foot; size is the canvas's."""
    width, height = size
    known = SUBJECTS[thing.kind]
    near = SHORT * _NEAR * known.size / 0.42 * min(1.2, thing.size)
    top, bottom = min(ground.sky + 26.0, ground.far), height + near * 0.45
    rows: list[tuple[float, list[Shape]]] = []
    y, number = top, 0
    while y < bottom:
        share = (y - top) / (bottom - top)
        tall = SHORT * _FAR + (near - SHORT * _FAR) * share
        step = max(10.0, tall * known.aspect * 1.12)
        shapes: list[Shape] = []
        for index in range(int(width / step) + 2):
            chance = dice.fork(number, index)
            x = (index + (0.5 if number % 2 else 0.0) + chance.between(-0.2, 0.2)) * step
            foot = y + chance.between(-0.08, 0.08) * tall
            shapes += _plant(
                thing, (x, foot, tall * chance.between(0.9, 1.1)), light, chance, detail, 0.5 * (1 - share)
            )
        rows.append((y, shapes))
        y += max(10.0, tall * 0.56)
        number += 1
    return rows


def _plant(  # noqa: PLR0917 - one caller
    thing: Thing, spot: tuple[float, float, float], light: Light, dice: Dice, detail: int, depth: float
) -> list[Shape]:
    (x, foot, tall), known = spot, SUBJECTS[thing.kind]
    main, second = colours_of(thing, dice, dice.whole(0, 8))
    pen = Pen(
        light=light, dice=dice, detail=detail, scale=tall / 100, origin=(x - known.aspect * tall / 2, foot - tall),
        width=known.aspect * 100, flip=dice.chance(0.5), depth=depth, group=0, main=main, second=second,
        traits=frozenset({thing.word}),
    )  # fmt: skip
    if tall >= SHORT * _DRAWN:
        known.draw(pen)
    else:
        r = known.aspect * 34
        pen.oval(known.aspect * 50, 36, r, r * 0.8, main, volume=0.4, line=False)
        pen.oval(known.aspect * 50, 46, r * 0.5, r * 0.3, darker(main, 0.3), volume=0, line=False)
    return pen.shapes
