"""Bodies and science: what a schoolbook shows."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

WOOD: RGB = (150, 102, 66)
BRASS: RGB = (226, 176, 76)


@subject(
    "hand",
    "hands",
    "thumbs up",
    "palm of a hand",
    aspect=0.85,
    size=0.48,
    home="plain",
    stands="air",
    colours=((240, 196, 160), (150, 100, 72)),
)
def hand(pen: Pen) -> None:
    """An open hand."""
    skin = pen.main
    for x, top, lean in ((26, 14, -6), (40, 4, -1), (54, 8, 4), (67, 22, 9)):
        pen.line([(x + lean * 0.2 + 1, 60), (x + lean, top)], 12, skin, taper=(1.1, 0.85))
    pen.line([(22, 76), (6, 60), (3, 46)], 12, skin, taper=(1.3, 0.8))
    pen.blob([(20, 54), (46, 50), (70, 56), (70, 80), (60, 98), (32, 98), (18, 84)], skin)
    pen.line([(30, 64), (46, 72), (62, 66)], 1.6, darker(skin, 0.3), volume=0, line=False)


@subject(
    "eye",
    "eyeball",
    aspect=1.6,
    size=0.4,
    home="plain",
    stands="air",
    colours=((70, 130, 180), (90, 140, 90), (130, 84, 54)),
)
def eye(pen: Pen) -> None:
    """An eye."""
    white = pen.blob(
        [(4, 54), (40, 22), (80, 12), (120, 22), (156, 54), (120, 84), (80, 92), (40, 84)], (250, 250, 250), volume=0.5
    )
    pen.oval(80, 52, 34, 34, darker(pen.main, 0.3), clip=white)
    pen.oval(80, 52, 29, 29, pen.main, clip=white)
    pen.oval(80, 52, 14, 14, INK, clip=white, volume=0)
    pen.oval(92, 40, 7, 7, WHITE, volume=0, lit=False)
    pen.line([(2, 56), (40, 22), (80, 11), (120, 22), (158, 56)], 5, INK, volume=0)
    for x, y, dx in ((36, 24, -10), (58, 15, -5), (80, 11, 0), (102, 15, 5), (124, 24, 10)):
        pen.line([(x, y), (x + dx, y - 12)], 3, INK, volume=0, taper=(1, 0.3))


@subject("skull", "skeleton", aspect=0.9, size=0.44, home="plain", stands="air", colours=((240, 234, 220),))
def skull(pen: Pen) -> None:
    """A skull that grins."""
    pen.blob([(45, 4), (76, 14), (84, 42), (72, 66), (66, 92), (24, 92), (18, 66), (6, 42), (14, 14)], pen.main)
    for side in (-1, 1):
        pen.oval(45 + side * 18, 44, 12, 13, INK, volume=0)
    pen.poly([(45, 54), (52, 66), (38, 66)], INK, volume=0)
    for x in (30, 38, 46, 54):
        pen.box(x, 74, x + 6, 90, lighter(pen.main, 0.5), radius=1.5)


@subject("bone", "bones", aspect=2.0, size=0.2, home="plain", colours=((244, 238, 224),))
def bone(pen: Pen) -> None:
    """A bone."""
    for x in (26, 174):
        for y in (34, 66):
            pen.oval(x, y, 22, 21, pen.main)
    pen.box(30, 36, 170, 64, pen.main, radius=8)


@subject("tooth", "teeth", aspect=0.85, size=0.38, home="plain", stands="air", colours=((250, 248, 242),))
def tooth(pen: Pen) -> None:
    """A tooth."""
    pen.blob(
        [
            (42, 14),
            (62, 4),
            (82, 20),
            (78, 52),
            (66, 96),
            (56, 94),
            (48, 64),
            (36, 64),
            (28, 94),
            (18, 96),
            (6, 52),
            (2, 20),
            (22, 4),
        ],
        pen.main,
    )
    for side in (-1, 1):
        pen.eye(42 + side * 14, 36, 3.6)
    pen.smile(42, 46, 6)


@subject("atom", "molecule", "electron", aspect=1.0, size=0.46, home="plain", stands="air", colours=((62, 130, 200),))
def atom(pen: Pen) -> None:
    """An atom with three orbits."""
    for turn in (0, 60, 120):
        c, s = cos(radians(turn)), sin(radians(turn))
        points = []
        for step in range(25):
            a = radians(step * 15)
            x, y = 44 * cos(a), 15 * sin(a)
            points.append((50 + x * c - y * s, 50 + x * s + y * c))
        pen.line(points, 2.2, pen.main, volume=0.1)
        pen.oval(points[4][0], points[4][1], 4.6, 4.6, NAMED["gold"], volume=1)
    for dx, dy, name in ((-4, -3, "red"), (4, -3, "coral"), (0, 4, "red")):
        pen.oval(50 + dx, 50 + dy, 6.4, 6.4, NAMED[name], volume=1)


@subject("dna", "helix", "double helix", aspect=0.6, size=0.52, home="plain", stands="air", colours=((62, 130, 200),))
def dna(pen: Pen) -> None:
    """A double helix."""
    ys = [2 + step * 4 for step in range(25)]
    one = [(30 + 22 * sin(y * 0.13), y) for y in ys]
    other = [(30 - 22 * sin(y * 0.13), y) for y in ys]
    for (x0, y), (x1, _), name in zip(one, other, ("gold", "mint", "coral", "azure") * 7, strict=False):
        pen.line([(x0, y), (x1, y)], 2, NAMED[name], volume=0)
    pen.line(one, 5, pen.main)
    pen.line(other, 5, NAMED["coral"])


@subject("microscope", aspect=0.75, size=0.5, home="table", stands="table", colours=((70, 84, 120),))
def microscope(pen: Pen) -> None:
    """A microscope."""
    pen.line([(50, 88), (66, 66), (58, 40), (42, 26)], 9, pen.main)
    pen.line([(22, 8), (42, 58)], 15, lighter(pen.main, 0.3))
    pen.line([(20, 4), (24, 13)], 18, INK)
    pen.line([(41, 56), (45, 66)], 8, NAMED["silver"])
    pen.box(14, 70, 62, 76, pen.main, radius=2)
    pen.box(8, 88, 68, 98, pen.main, radius=4)
    pen.oval(58, 56, 6, 6, NAMED["gold"])


@subject("magnet", aspect=0.9, size=0.4, home="plain", colours=((210, 52, 50),))
def magnet(pen: Pen) -> None:
    """A horseshoe magnet."""
    pen.line([(18, 90), (18, 44), (30, 18), (45, 12), (60, 18), (72, 44), (72, 90)], 21, pen.main, volume=0.6)
    for x in (18, 72):
        pen.box(x - 10.5, 76, x + 10.5, 99, NAMED["silver"])


@subject(
    "lightbulb",
    "light bulb",
    "bulb",
    "idea",
    aspect=0.7,
    size=0.46,
    home="plain",
    stands="air",
    colours=((255, 224, 120),),
)
def lightbulb(pen: Pen) -> None:
    """A light bulb that shines."""
    pen.glow(35, 36, 60, (255, 226, 140), 0.6)
    pen.blob(
        [(35, 3), (60, 14), (66, 36), (52, 62), (48, 74), (22, 74), (18, 62), (4, 36), (10, 14)],
        pen.main,
        lit=False,
        volume=0.5,
    )
    pen.line([(26, 70), (24, 46), (35, 54), (46, 46), (44, 70)], 1.8, NAMED["orange"], volume=0)
    for y in (76, 83, 90):
        pen.box(22, y, 48, y + 6, NAMED["silver"], radius=2)


@subject(
    "gear", "gears", "cog", "cogwheel", aspect=1.0, size=0.42, home="plain", stands="air", colours=((140, 148, 164),)
)
def gear(pen: Pen) -> None:
    """A cogwheel."""
    for step in range(10):
        angle = radians(step * 36)
        x, y = 50 + 40 * cos(angle), 50 + 40 * sin(angle)
        pen.oval(x, y, 8.4, 8.4, pen.main)
    pen.oval(50, 50, 38, 38, pen.main)
    pen.oval(50, 50, 26, 26, darker(pen.main, 0.2), volume=0.3)
    pen.oval(50, 50, 11, 11, darker(pen.main, 0.7), volume=0)


@subject(
    "snowflake",
    "snowflakes",
    "ice crystal",
    aspect=1.0,
    size=0.44,
    home="plain",
    stands="air",
    colours=((150, 200, 240),),
)
def snowflake(pen: Pen) -> None:
    """A snowflake."""
    for step in range(6):
        c, s = cos(radians(step * 60)), sin(radians(step * 60))
        pen.line([(50, 50), (50 + 46 * c, 50 + 46 * s)], 5, pen.main)
        for reach in (22, 34):
            for side in (-1, 1):
                a = radians(step * 60 + side * 45)
                pen.line(
                    [(50 + reach * c, 50 + reach * s), (50 + reach * c + 13 * cos(a), 50 + reach * s + 13 * sin(a))],
                    4,
                    pen.main,
                )


@subject("brain", "mind", aspect=1.2, size=0.42, home="plain", stands="air", colours=((240, 160, 170),))
def brain(pen: Pen) -> None:
    """A brain."""
    body = pen.blob(
        [
            (8, 54),
            (18, 24),
            (50, 8),
            (86, 10),
            (112, 36),
            (110, 66),
            (88, 84),
            (70, 80),
            (64, 97),
            (54, 96),
            (52, 80),
            (20, 78),
        ],
        pen.main,
    )
    for points in (
        [(60, 10), (54, 30), (66, 46), (56, 66)],
        [(20, 40), (34, 34), (40, 50), (28, 62)],
        [(80, 24), (94, 34), (84, 50), (100, 58)],
        [(36, 22), (46, 30), (36, 40)],
        [(70, 66), (84, 62), (88, 74)],
    ):
        pen.line(points, 3, darker(pen.main, 0.3), clip=body, volume=0)
