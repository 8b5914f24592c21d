"""Snakes, lizards, insects and other small creatures."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject


@subject(
    "snake",
    "serpent",
    "cobra",
    "python",
    aspect=1.4,
    size=0.36,
    home="desert",
    head=(104, 24, 24),
    colours=((96, 160, 80), (214, 150, 70)),
)
def snake(pen: Pen) -> None:
    """A snake in curves, its head up."""
    path = [(4, 90), (24, 74), (44, 92), (66, 76), (84, 90), (98, 74), (96, 48), (104, 34)]
    body = pen.line(path, 15, pen.main, taper=(0.3, 1))
    for step, (x, y) in enumerate(((24, 76), (44, 90), (66, 78), (84, 88), (97, 74), (97, 56))):
        pen.oval(x, y, 4.4, 4, lighter(pen.main, 0.5) if step % 2 else darker(pen.main, 0.4), clip=body, volume=0)
    pen.line([(120, 36), (130, 38)], 1.6, NAMED["red"], volume=0)
    pen.line([(130, 38), (136, 34)], 1.2, NAMED["red"], volume=0)
    pen.line([(130, 38), (136, 42)], 1.2, NAMED["red"], volume=0)
    pen.blob([(92, 34), (102, 22), (118, 26), (124, 36), (116, 44), (98, 44)], pen.main)
    pen.eye(110, 31, 3)


@subject(
    "crocodile", "alligator", "croc", aspect=2.2, size=0.3, home="river", head=(160, 30, 24), colours=((96, 146, 84),)
)
def crocodile(pen: Pen) -> None:
    """A crocodile."""
    coat = pen.main
    for x in (74, 128):
        pen.line([(x, 74), (x - 8, 92), (x + 4, 96)], 11, darker(coat, 0.25))
    pen.blob(
        [
            (2, 84),
            (40, 62),
            (80, 52),
            (130, 54),
            (160, 44),
            (174, 50),
            (216, 62),
            (217, 68),
            (176, 74),
            (140, 86),
            (80, 88),
            (36, 82),
        ],
        coat,
    )
    pen.blob(
        [(60, 82), (100, 80), (140, 80), (178, 72), (216, 68), (178, 80), (130, 92), (80, 92)],
        lighter(coat, 0.55),
        volume=0.3,
    )
    for x in range(28, 150, 12):
        y = 60 - min(10, (x - 20) * 0.14)
        pen.poly([(x - 6, y + 6), (x, y - 6), (x + 6, y + 6)], darker(coat, 0.35))
    for x in range(178, 214, 6):
        pen.poly([(x, 69), (x + 4, 69), (x + 2, 75)], WHITE, volume=0)
    pen.oval(164, 44, 8, 7, coat)
    pen.eye(165, 43, 3)
    pen.oval(211, 62, 1.4, 1, INK, volume=0)


@subject(
    "lizard",
    "gecko",
    "chameleon",
    "iguana",
    "salamander",
    aspect=1.7,
    size=0.28,
    home="desert",
    colours=((110, 180, 90), (230, 140, 70)),
)
def lizard(pen: Pen) -> None:
    """A lizard."""
    coat = pen.main
    for x, lean in ((60, -10), (110, 10)):
        pen.line([(x, 70), (x + lean, 84), (x + lean + 10, 94)], 6, darker(coat, 0.25))
    pen.line([(64, 74), (30, 84), (10, 70), (14, 52), (26, 56)], 9, coat, taper=(1.2, 0.3))
    pen.blob([(50, 72), (78, 58), (112, 56), (130, 64), (118, 80), (80, 86)], coat)
    for x in (70, 84, 98, 112):
        pen.oval(x, 66, 3.4, 2.6, lighter(coat, 0.5), volume=0)
    pen.blob([(122, 58), (140, 48), (164, 62), (160, 74), (136, 78)], coat)
    pen.eye(144, 58, 4)
    for x in (70, 118):
        pen.line([(x, 74), (x + 6, 90), (x + 16, 95)], 6.4, coat)


@subject("spider", "tarantula", aspect=1.3, size=0.3, home="garden", colours=((74, 66, 84), (120, 84, 62)))
def spider(pen: Pen) -> None:
    """A spider, friendly."""
    for side in (-1, 1):
        for lift, reach in ((16, 50), (34, 60), (54, 60), (72, 50)):
            pen.line(
                [(65 + side * 16, 62), (65 + side * reach * 0.7, lift), (65 + side * reach, lift + 24)],
                4,
                darker(pen.main, 0.3),
                taper=(1, 0.5),
            )
    pen.oval(65, 68, 28, 26, pen.main)
    pen.oval(65, 44, 19, 17, lighter(pen.main, 0.1))
    for side in (-1, 1):
        pen.oval(65 + side * 7, 40, 5.4, 6, WHITE, volume=0)
        pen.eye(65 + side * 7, 41, 3)
    pen.smile(65, 51, 5)


@subject("ant", "ants", aspect=1.6, size=0.22, home="garden", colours=((120, 62, 52), (60, 54, 64)))
def ant(pen: Pen) -> None:
    """An ant."""
    for x in (66, 78, 90):
        for lean in (-14, 12):
            pen.line([(x, 66), (x + lean * 0.5, 78), (x + lean * 1.3, 97)], 3, darker(pen.main, 0.4))
    pen.oval(36, 60, 30, 22, pen.main)
    pen.oval(80, 62, 16, 12, pen.main)
    pen.line([(122, 40), (134, 22), (146, 18)], 2.4, darker(pen.main, 0.3))
    pen.line([(128, 42), (144, 32), (154, 34)], 2.4, darker(pen.main, 0.3))
    pen.oval(116, 52, 20, 17, pen.main)
    pen.eye(122, 48, 4.4)
    pen.smile(126, 58, 4)


@subject(
    "caterpillar",
    "worm",
    "earthworm",
    "centipede",
    aspect=1.7,
    size=0.26,
    home="garden",
    head=(146, 34, 34),
    colours=((150, 200, 80), (240, 180, 90)),
)
def caterpillar(pen: Pen) -> None:
    """A caterpillar."""
    for index in range(6):
        x, y = 18 + index * 20, 74 - (10 if index % 2 else 0)
        pen.line([(x, y + 14), (x, 97)], 4, darker(pen.main, 0.5))
        pen.oval(x, y, 17, 18, pen.main if index % 2 else darker(pen.main, 0.16))
    for dx in (-8, 8):
        pen.line([(146 + dx, 36), (146 + dx * 1.6, 16)], 2.4, INK)
        pen.oval(146 + dx * 1.6, 14, 4, 4, NAMED["coral"])
    pen.oval(146, 58, 23, 24, lighter(pen.main, 0.1))
    for side in (-1, 1):
        pen.eye(146 + side * 8, 54, 4)
        pen.oval(146 + side * 14, 64, 4, 3, NAMED["coral"], opacity=0.6, volume=0)
    pen.smile(146, 66, 6)


@subject(
    "dragonfly",
    "mosquito",
    "fly",
    aspect=1.5,
    size=0.32,
    stands="air",
    home="lake",
    colours=((60, 150, 180), (200, 80, 110)),
)
def dragonfly(pen: Pen) -> None:
    """A dragonfly."""
    for turn, length in ((-34, 46), (-12, 42), (12, 42), (34, 46)):
        side = -1 if turn < 0 else 1
        angle = radians(-90 + turn * 1.5)
        x, y = 92 + length * 0.62 * cos(angle), 50 + length * 0.62 * sin(angle)
        pen.oval(x, y, length * 0.62, 9, lighter(pen.main, 0.75), turn=-90 + turn * 1.5, opacity=0.85)
        pen.oval(92 + side * 4, 96 - y * 0.92, 20, 5, lighter(pen.main, 0.75), turn=90 - turn * 1.5, opacity=0.6)
    pen.line([(100, 52), (56, 60), (6, 72)], 8, pen.main, taper=(1, 0.5))
    for x in (24, 42, 60):
        pen.line([(x, 62), (x + 2, 72)], 1.4, darker(pen.main, 0.5), volume=0)
    pen.oval(98, 52, 15, 11, darker(pen.main, 0.1))
    pen.oval(118, 48, 13, 12, pen.main)
    pen.eye(122, 45, 4.4)


@subject(
    "flamingo",
    "heron",
    "stork",
    "crane bird",
    aspect=0.8,
    size=0.54,
    home="lake",
    stands="ground",
    head=(56, 12, 12),
    colours=((246, 140, 160),),
)
def flamingo(pen: Pen) -> None:
    """A flamingo."""
    coat = pen.main
    pen.line([(38, 58), (38, 98)], 2.2, darker(coat, 0.2))
    pen.line([(44, 58), (52, 76), (40, 80)], 2.2, darker(coat, 0.2))
    pen.blob([(10, 44), (26, 36), (48, 40), (58, 50), (46, 62), (24, 60)], coat)
    pen.blob([(6, 46), (26, 44), (42, 50), (28, 58), (10, 54)], darker(coat, 0.18))
    pen.line([(52, 50), (66, 40), (54, 26), (56, 14)], 5.4, coat)
    pen.oval(57, 12, 7, 6, coat)
    pen.blob([(61, 9), (71, 13), (70, 22), (66, 17), (60, 15)], INK)
    pen.blob([(61, 9), (68, 12), (66, 15), (60, 14)], NAMED["cream"], volume=0.2)
    pen.eye(57, 11, 1.5)


@subject("peacock", "turkey", aspect=1.3, size=0.52, home="garden", head=(65, 30, 14), colours=((40, 100, 180),))
def peacock(pen: Pen) -> None:
    """A peacock, its tail spread."""
    for ring, length in ((0, 62), (1, 46)):
        for step in range(11 - ring * 2):
            angle = radians(190 + step * (160 / (10 - ring * 2)))
            x, y = 65 + length * cos(angle), 76 + length * 1.1 * sin(angle)
            pen.line([(65, 78), (x, y)], 6, (60, 140, 100), taper=(0.6, 1.4), volume=0.2)
            pen.oval(x, y, 7.4, 7.4, (90, 180, 110))
            pen.oval(x, y, 4.8, 4.8, NAMED["gold"], volume=0)
            pen.oval(x, y, 2.8, 2.8, NAMED["sapphire"], volume=0)
    for x in (60, 71):
        pen.line([(x, 86), (x, 98)], 2.2, NAMED["orange"])
    pen.blob([(65, 42), (72, 56), (80, 76), (65, 92), (50, 76), (58, 56)], pen.main)
    pen.oval(65, 38, 9, 9, pen.main)
    for dx in (-4, 0, 4):
        pen.line([(65 + dx * 0.5, 30), (65 + dx * 1.6, 22)], 1, pen.main, volume=0)
        pen.oval(65 + dx * 1.6, 21, 1.8, 1.8, NAMED["teal"], volume=0)
    for side in (-1, 1):
        pen.eye(65 + side * 3.6, 36, 1.6)
    pen.poly([(62.6, 40), (67.4, 40), (65, 45)], NAMED["gold"])
