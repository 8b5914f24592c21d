"""A fairground: a big wheel, a merry-go-round, and its sweets."""

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

GOLD: RGB = NAMED["gold"]
CABINS = ("red", "gold", "azure", "emerald", "coral", "violet", "orange", "teal")


@subject("ferris wheel", "big wheel", "ferris", "observation wheel", aspect=0.95, size=0.8, home="city",
         colours=((240, 244, 250), (226, 96, 92)))  # fmt: skip
def ferris_wheel(pen: Pen) -> None:
    """A big wheel with coloured cabins."""
    cx, cy, r = 47.5, 46.0, 38.0
    for foot in (18, 77):
        pen.line([(cx, cy), (foot, 98)], 3.6, darker(pen.main, 0.3))
    for radius, wide in ((r, 1.8), (r * 0.84, 1.2)):
        pen.arc(cx, cy, radius, 0, 360, wide, pen.main)
    for step in range(16):
        a, b = radians(22.5 * step), radians(22.5 * (step + 1))
        pen.line([(cx, cy), (cx + r * cos(a), cy + r * sin(a))], 0.8, pen.main, volume=0)
        if step % 2:
            pen.line([(cx + r * cos(a), cy + r * sin(a)), (cx + r * 0.84 * cos(b), cy + r * 0.84 * sin(b))], 0.7,
                     pen.main,
                     volume=0)  # fmt: skip
    for step, name in enumerate(CABINS):
        a = radians(45 * step + 11)
        x, y = cx + r * cos(a), cy + r * sin(a)
        if pen.light.dark:
            pen.glow(x, y + 3, 11, NAMED[name], 0.7)
        pen.box(x - 5, y, x + 5, y + 9, NAMED[name], radius=2.4, volume=0.6)
        pen.box(x - 3.6, y + 1.8, x + 3.6, y + 4.8, (255, 240, 190) if pen.light.dark else (214, 236, 244), radius=1,
                lit=not pen.light.dark, volume=0)  # fmt: skip
    pen.oval(cx, cy, 5, 5, GOLD, volume=0.9)
    pen.star(cx, cy, 3.4, WHITE, volume=0)
    pen.box(8, 95, 87, 99.6, darker(pen.main, 0.4), radius=1)


@subject("carousel", "merry-go-round", "merry go round", "carrousel", aspect=1.05, size=0.66, home="garden",
         colours=((214, 66, 70), (70, 120, 190)))  # fmt: skip
def carousel(pen: Pen) -> None:
    """A merry-go-round with horses under a striped roof."""
    pen.box(47, 34, 58, 92, (250, 226, 180), volume=0.7)
    for x in (51, 54):
        pen.line([(x, 36), (x, 90)], 0.8, GOLD, volume=0, line=False)
    pen.oval(52, 93, 48, 6, darker(pen.main, 0.25))
    pen.oval(52, 91, 48, 5.4, (214, 168, 116), volume=0.2)
    for x, y, coat in ((20, 66, (250, 246, 240)), (84, 68, (176, 112, 76)), (52, 74, (236, 190, 200))):
        pen.line([(x, 34), (x, 92)], 1.6, GOLD)
        pen.line([(x - 8, y + 4), (x - 10, y + 15)], 2.2, coat)
        pen.line([(x + 6, y + 4), (x + 11, y + 13)], 2.2, coat)
        pen.blob([(x - 11, y), (x - 6, y - 5), (x + 5, y - 4), (x + 10, y - 13), (x + 15, y - 12), (x + 18, y - 6),
                  (x + 13, y - 5), (x + 9, y + 5), (x - 8, y + 6)], coat, volume=0.7)  # fmt: skip
        pen.line([(x - 11, y), (x - 15, y + 8)], 2.4, darker(coat, 0.4), taper=(1, 0.3))
        pen.line([(x + 9, y - 12), (x + 5, y - 4)], 2.6, darker(coat, 0.4))
        pen.blob([(x - 5, y - 5), (x + 3, y - 5), (x + 3, y), (x - 5, y)], pen.main, volume=0.3)
    for index in range(8):
        x0, x1 = 3 + index * 12.4, 3 + (index + 1) * 12.4
        tone = pen.main if index % 2 == 0 else (252, 244, 226)
        pen.poly([(52.5, 4), (x0, 28), (x1, 28)], tone, volume=0.2)
        pen.blob([(x0, 27), (x1, 27), (x1 - 1, 34), ((x0 + x1) / 2, 37), (x0 + 1, 34)], darker(tone, 0.08), volume=0.3)
        if pen.light.dark:
            pen.glow((x0 + x1) / 2, 37, 7, (255, 226, 150), 0.8)
        pen.oval((x0 + x1) / 2, 37, 1.6, 1.6, GOLD, volume=0.8)
    pen.line([(52.5, 5), (52.5, -4)], 1.2, GOLD)
    pen.poly([(52.5, -4), (62, -1), (52.5, 2)], lighter(pen.main, 0.2))


@subject("pancakes", "stack of pancakes", "crepes", aspect=1.3, size=0.38, home="table", stands="table",
         colours=((226, 164, 92),))  # fmt: skip
def pancakes(pen: Pen) -> None:
    """A stack of pancakes with butter and syrup."""
    pen.oval(65, 91, 62, 8, (236, 240, 244))
    pen.oval(65, 89, 46, 5, darker((236, 240, 244), 0.12), volume=0)
    for index in range(5):
        y = 84 - index * 10.4
        sway = pen.dice.between(-2.4, 2.4)
        pen.box(22 + sway, y - 7, 108 + sway, y + 5, lighter(pen.main, 0.35), radius=6, volume=0.4)
        pen.oval(65 + sway, y - 5, 43, 7, pen.main, volume=0.4)
    pen.blob([(30, 38), (50, 33), (84, 33), (102, 38), (100, 52), (95, 54), (92, 43), (78, 46), (76, 66), (70, 67),
              (68, 46),
              (46, 44), (42, 58), (36, 57), (36, 44)], (172, 92, 36), volume=0.7, opacity=0.95)  # fmt: skip
    pen.poly([(52, 30), (70, 26), (80, 31), (80, 38), (62, 42), (52, 37)], (255, 236, 150), volume=0.4)
    for x, y in ((38, 34), (94, 33), (86, 29)):
        pen.oval(x, y, 4.6, 4.6, (62, 74, 150), volume=1)


@subject("lollipop", "lollipops", "lolly", aspect=0.6, size=0.44, home="plain", stands="table",
         colours=((236, 84, 120), (90, 170, 226)))  # fmt: skip
def lollipop(pen: Pen) -> None:
    """A lollipop with a swirl."""
    pen.box(28, 48, 32, 99, (250, 246, 236), radius=2, volume=0.6)
    disc = pen.oval(30, 30, 29, 29, pen.main, volume=0.9)
    spiral = [
        (30 + step * 0.62 * cos(radians(17 * step)), 30 + step * 0.62 * sin(radians(17 * step))) for step in range(46)
    ]
    pen.line(spiral, 4.4, (255, 246, 240), clip=disc, volume=0, line=False)
    pen.oval(20, 16, 6, 4, WHITE, turn=-35, opacity=0.6, volume=0, line=False)
    pen.blob([(30, 60), (18, 54), (18, 66)], GOLD)
    pen.blob([(30, 60), (42, 54), (42, 66)], GOLD)


@subject(
    "pretzel", "pretzels", "brezel", aspect=1.2, size=0.36, home="table", stands="table", colours=((176, 104, 52),)
)
def pretzel(pen: Pen) -> None:
    """A salted pretzel."""
    pen.line(
        [(30, 92), (12, 70), (8, 40), (28, 18), (52, 26), (62, 50), (82, 84)],
        13,
        pen.main,
        volume=0.8,
        taper=(0.7, 0.8),
    )
    pen.line([(90, 92), (108, 70), (112, 40), (92, 18), (68, 26), (58, 50), (38, 84)], 13, pen.main, volume=0.8,
             taper=(0.7, 0.8))  # fmt: skip
    pen.line([(30, 92), (60, 96), (90, 92)], 13, pen.main, volume=0.8)
    for x, y in ((12, 50), (24, 24), (44, 26), (60, 48), (78, 26), (98, 26), (108, 52), (46, 68), (76, 68), (60, 95),
                 (20, 78),
                 (100, 78)):  # fmt: skip
        pen.box(x - 1.6, y - 1.2, x + 1.6, y + 1.4, WHITE, radius=0.6, volume=0.2, line=False)
