"""Buildings of a town, and its monuments."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.subjects.buildings import WOOD, smoke, window
from r9s_notebook.engines.sketch.subjects.registry import subject


@subject(
    "hospital",
    "clinic",
    "museum",
    "school",
    "library",
    "university",
    "bank",
    "town hall",
    aspect=1.4,
    size=0.54,
    home="street",
    colours=((236, 232, 226), (232, 206, 176)),
)
def hospital(pen: Pen) -> None:
    """A public building; a hospital has its cross."""
    pen.box(4, 30, 136, 99, pen.main)
    pen.box(46, 14, 94, 99, lighter(pen.main, 0.3))
    pen.box(0, 26, 140, 33, darker(pen.main, 0.25))
    for x in (12, 28, 100, 116):
        for y in (42, 68):
            window(pen, x, y, x + 11, y + 15)
    if pen.traits & {"hospital", "clinic"}:
        pen.box(66, 22, 74, 48, NAMED["red"], volume=0)
        pen.box(57, 31, 83, 39, NAMED["red"], volume=0)
    else:
        pen.poly([(40, 16), (70, 0), (100, 16)], pen.part("roof", (150, 84, 70)))
        pen.oval(70, 34, 9, 9, WHITE)
        pen.line([(70, 34), (70, 28)], 1.4, (60, 50, 70), volume=0)
        pen.line([(70, 34), (75, 36)], 1.4, (60, 50, 70), volume=0)
    pen.box(58, 66, 82, 99, pen.part("door", (96, 140, 170)), radius=2)
    pen.line([(70, 66), (70, 99)], 1, WHITE, volume=0)


@subject(
    "factory",
    "power plant",
    "plant building",
    aspect=1.5,
    size=0.5,
    home="city",
    colours=((178, 104, 84), (150, 150, 160)),
)
def factory(pen: Pen) -> None:
    """A factory with chimneys."""
    for x in (112, 132):
        pen.poly([(x, 99), (x + 3, 18), (x + 13, 18), (x + 16, 99)], darker(pen.main, 0.25))
        smoke(pen, x + 8, 12)
    for index in range(3):
        x = 4 + index * 34
        pen.poly([(x, 60), (x, 38), (x + 34, 54), (x + 34, 60)], darker(pen.main, 0.2))
    pen.box(4, 54, 148, 99, pen.main)
    for x in range(14, 106, 22):
        window(pen, x, 66, x + 12, 78)
    pen.box(116, 72, 138, 99, WOOD)


@subject(
    "statue",
    "monument",
    "sculpture",
    "bust of stone",
    aspect=0.6,
    size=0.58,
    home="garden",
    head=(30, 10, 14),
    colours=((176, 180, 182),),
)
def statue(pen: Pen) -> None:
    """Somebody in stone, on a pedestal."""
    stone = pen.main
    pen.box(6, 88, 54, 99, darker(stone, 0.3))
    pen.box(11, 70, 49, 90, darker(stone, 0.15))
    pen.blob([(30, 26), (40, 30), (42, 50), (44, 70), (16, 70), (18, 50), (20, 30)], stone)
    pen.line([(38, 32), (48, 20), (50, 8)], 5, stone)
    pen.line([(22, 32), (14, 46), (20, 54)], 5, darker(stone, 0.1))
    pen.oval(30, 17, 7.4, 8.6, stone)
    pen.blob([(22, 16), (24, 8), (36, 8), (38, 16), (30, 12)], darker(stone, 0.2))


@subject("fountain", "fountains", aspect=1.3, size=0.5, home="garden", colours=((196, 192, 188),))
def fountain(pen: Pen) -> None:
    """A fountain with two basins."""
    for side in (-1, 1):
        for reach in (12, 26, 42):
            pen.line(
                [(65, 24), (65 + side * reach * 0.6, 6 + reach * 0.16), (65 + side * reach, 46)],
                3,
                (190, 226, 246),
                taper=(0.8, 0.4),
                opacity=0.85,
            )
    pen.box(60, 22, 70, 86, darker(pen.main, 0.15))
    pen.blob([(30, 46), (100, 46), (88, 58), (42, 58)], pen.main)
    pen.blob([(4, 78), (126, 78), (118, 98), (12, 98)], pen.main)
    pen.oval(65, 78, 61, 8, lighter(pen.main, 0.3), volume=0.1)
    pen.oval(65, 79, 54, 6, (110, 180, 214), volume=0.1)
    pen.oval(65, 46, 35, 4, (140, 200, 226), volume=0.1)


@subject("eiffel tower", "eiffel", aspect=0.55, size=0.8, home="city", colours=((130, 100, 84),))
def eiffel(pen: Pen) -> None:
    """The tower of Paris."""
    iron = pen.main
    for side in (-1, 1):
        pen.poly(
            [
                (27 + side * 2, 8),
                (27 + side * 3.4, 40),
                (27 + side * 9, 68),
                (27 + side * 25, 99),
                (27 + side * 15, 99),
                (27 + side * 3, 70),
                (27, 40),
            ],
            iron,
        )
    pen.arc(27, 99, 14, 190, 350, 3, darker(iron, 0.2))
    for y, half in ((44, 5), (69, 11)):
        pen.box(27 - half, y - 2, 27 + half, y + 2, darker(iron, 0.25))
    pen.line([(27, 10), (27, 0)], 1.4, iron)
    for y in range(48, 66, 5):
        pen.line([(23, y), (31, y + 5)], 0.8, darker(iron, 0.3), volume=0)
        pen.line([(31, y), (23, y + 5)], 0.8, darker(iron, 0.3), volume=0)
