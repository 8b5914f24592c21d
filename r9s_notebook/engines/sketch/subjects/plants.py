"""Trees, flowers and mushrooms."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

BARK: RGB = (112, 78, 58)
LEAF: RGB = (88, 156, 84)


@subject(
    "tree",
    "oak",
    "maple",
    "birch",
    "trees",
    "willow",
    "elm",
    seat=0.6,
    aspect=0.95,
    size=0.66,
    colours=((88, 158, 82), (112, 170, 84), (66, 138, 92)),
)
def tree(pen: Pen) -> None:
    """A tree with a round crown, in the colours of the season."""
    autumn = "autumn" in pen.traits
    crown = pen.dice.pick(((222, 122, 46), (206, 84, 48), (232, 172, 60))) if autumn else pen.main
    pen.blob([(42, 99), (44, 76), (42, 56), (54, 56), (52, 76), (56, 99)], BARK)
    for a, b in (((47, 66), (32, 46)), ((50, 62), (64, 44))):
        pen.line([a, b], 4.4, BARK, taper=(1, 0.5))
    puffs = (
        (28, 46, 19),
        (66, 46, 19),
        (20, 32, 15),
        (76, 32, 15),
        (34, 22, 18),
        (60, 22, 18),
        (48, 36, 26),
        (48, 14, 15),
    )
    for index, (x, y, r) in enumerate(puffs):
        wobble = pen.dice.between(-2.5, 2.5)
        pen.oval(
            x + wobble,
            y + wobble * 0.5,
            r,
            r * 0.94,
            darker(crown, 0.3) if index < 2 else darker(crown, 0.14) if index < 4 else crown,
        )
    if "snowy" in pen.traits:
        for x, y, r in ((48, 5, 13), (30, 12, 12), (66, 12, 12), (16, 23, 9), (80, 24, 9)):
            pen.oval(x, y, r, r * 0.42, (248, 251, 255), volume=0.4)
    for _ in range(4 + 8 * pen.detail):
        fx, fy = pen.dice.between(22, 74), pen.dice.between(8, 52)
        pen.oval(
            fx, fy, 2.6, 1.6, lighter(crown, 0.22), turn=pen.dice.between(0, 180), volume=0, line=False, opacity=0.7
        )
    if "fruit" in pen.traits or pen.second != lighter(pen.main, 0.55):
        for x, y in ((30, 30), (52, 44), (66, 26), (44, 14), (24, 44), (72, 42)):
            pen.oval(x, y, 3.4, 3.4, pen.second if pen.second != lighter(pen.main, 0.55) else NAMED["red"])


@subject(
    "pine",
    "fir",
    "spruce",
    "conifer",
    "evergreen",
    "christmas tree",
    aspect=0.7,
    size=0.66,
    home="forest",
    colours=((52, 112, 88), (64, 128, 92)),
)
def pine(pen: Pen) -> None:
    """A pine."""
    pen.box(31, 84, 39, 99, BARK)
    for index, (top, bottom, half) in enumerate(((54, 90, 32), (34, 70, 26), (16, 50, 20), (2, 30, 13))):
        pen.blob(
            [
                (35, top),
                (35 + half * 0.5, (top + bottom) / 2 + 4),
                (35 + half, bottom),
                (35 + half * 0.35, bottom - 4),
                (35, bottom),
                (35 - half * 0.35, bottom - 4),
                (35 - half, bottom),
                (35 - half * 0.5, (top + bottom) / 2 + 4),
            ],
            mix(darker(pen.main, 0.25), pen.main, index / 3),
        )
    if "snowy" in pen.traits:
        for top, half in ((58, 17), (38, 14), (20, 11), (3, 7)):
            pen.blob(
                [
                    (35, top - 2),
                    (35 + half, top + 17),
                    (35 + half * 0.3, top + 12),
                    (35 - half * 0.3, top + 15),
                    (35 - half, top + 17),
                ],
                (248, 251, 255),
            )
    if "christmas" in pen.traits:
        for x, y, name in (
            (30, 28, "red"),
            (41, 40, "gold"),
            (27, 48, "blue"),
            (44, 60, "red"),
            (31, 66, "gold"),
            (20, 76, "red"),
            (40, 80, "blue"),
            (51, 84, "gold"),
        ):
            pen.oval(x, y, 2.8, 2.8, NAMED[name])
        pen.star(35, 3, 6, NAMED["gold"], lit=False)


@subject("palm", "palm tree", "coconut", aspect=0.95, size=0.7, home="beach", colours=((70, 150, 92),))
def palm(pen: Pen) -> None:
    """A palm that leans."""
    pen.line([(34, 99), (38, 70), (46, 46), (56, 28)], 6, (150, 110, 76), taper=(1.3, 0.8))
    for y, x in ((86, 35.5), (74, 37.5), (62, 41), (50, 45), (40, 50)):
        pen.line([(x - 3.4, y), (x + 3.4, y + 1.4)], 0.9, darker((150, 110, 76), 0.4), volume=0, line=False)
    for index, (dx, dy, drop) in enumerate(
        ((-38, -2, 26), (-26, -16, 6), (34, -8, 24), (22, -20, 2), (-14, 10, 36), (26, 12, 38), (2, -22, -4))
    ):
        colour = darker(pen.main, 0.28) if index in {0, 4} else lighter(pen.main, 0.12) if index in {3, 6} else pen.main
        pen.blob([(56, 26), (56 + dx * 0.5, 20 + dy), (56 + dx, 26 + drop), (56 + dx * 0.62, 27 + dy * 0.4)], colour)
    for x, y in ((52, 31), (60, 31), (56, 35)):
        pen.oval(x, y, 3.4, 3.6, (104, 70, 48))


@subject(
    "cactus",
    "cacti",
    "saguaro",
    "succulent",
    head=(37, 8, 22),
    aspect=0.75,
    size=0.5,
    home="desert",
    colours=((88, 154, 98),),
)
def cactus(pen: Pen) -> None:
    """A cactus."""
    green = pen.main
    pen.line([(24, 62), (12, 60), (11, 40)], 10, darker(green, 0.15))
    pen.line([(50, 54), (63, 52), (64, 30)], 10, darker(green, 0.08))
    trunk = pen.line([(37, 97), (37, 14)], 21, green, volume=0.9)
    for x in (31, 37, 43):
        pen.line([(x, 6), (x, 99)], 1, darker(green, 0.3), clip=trunk, volume=0, line=False)
    for x, y in ((37, 3), (64, 24)):
        for side in (-1, 0, 1):
            pen.oval(x + side * 3.4, y + abs(side), 3, 4, NAMED["fuchsia"], turn=side * 30)


def _stem(pen: Pen, x: float, top: float) -> None:
    pen.line([(x, 99), (x + 2, (top + 99) / 2), (x, top)], 3.2, LEAF)
    for side, y in ((-1, 74), (1, 64)):
        pen.blob(
            [(x, y + 6), (x + side * 11, y - 2), (x + side * 21, y - 9), (x + side * 12, y + 6)], darker(LEAF, 0.1)
        )


@subject(
    "flower",
    "daisy",
    "blossom",
    "poppy",
    "flowers",
    "wildflower",
    "wildflowers",
    "lily",
    "orchid",
    aspect=0.6,
    size=0.42,
    home="garden",
    colours=((250, 130, 160), (246, 190, 62), (236, 84, 74), (250, 250, 244), (150, 110, 220)),
)
def flower(pen: Pen) -> None:
    """A flower."""
    _stem(pen, 30, 30)
    petals = 8
    for ring, (radius, length, colour) in enumerate(((15, 13, darker(pen.main, 0.18)), (13, 11.5, pen.main))):
        for step in range(petals):
            angle = 360 * (step + ring * 0.5) / petals
            pen.oval(
                30 + radius * cos(radians(angle)), 27 + radius * sin(radians(angle)), length, 6.4, colour, turn=angle
            )
    centre = NAMED["gold"] if pen.main[0] < 240 or pen.main[1] < 150 or pen.main[2] > 160 else NAMED["brown"]
    pen.oval(30, 27, 8.4, 8.4, centre)


@subject("sunflower", "sunflowers", aspect=0.62, size=0.58, home="field", colours=((250, 196, 44),))
def sunflower(pen: Pen) -> None:
    """A sunflower."""
    _stem(pen, 31, 30)
    for ring, count in ((0, 15), (1, 15)):
        for step in range(count):
            angle = 360 * (step + ring * 0.5) / count
            r = 21 - ring * 3
            pen.oval(
                31 + r * cos(radians(angle)),
                27 + r * sin(radians(angle)),
                10,
                4.2,
                darker(pen.main, 0.2 - ring * 0.2),
                turn=angle,
            )
    pen.oval(31, 27, 14, 14, (106, 66, 42))
    for step in range(18):
        golden, reach = radians(step * 137.5), 1.2 + step * 0.6
        pen.oval(31 + reach * cos(golden), 27 + reach * sin(golden), 1.1, 1.1, (160, 106, 60), volume=0, line=False)


@subject(
    "tulip",
    "tulips",
    aspect=0.5,
    size=0.42,
    home="garden",
    colours=((226, 62, 74), (250, 170, 60), (240, 130, 170), (134, 84, 190)),
)
def tulip(pen: Pen) -> None:
    """A tulip."""
    pen.line([(25, 99), (26, 66), (25, 36)], 3.2, LEAF)
    pen.blob([(25, 96), (10, 78), (4, 54), (16, 70)], darker(LEAF, 0.05))
    pen.blob([(25, 96), (38, 76), (47, 50), (34, 68)], LEAF)
    pen.blob([(25, 42), (10, 32), (10, 12), (18, 4), (25, 14)], darker(pen.main, 0.2))
    pen.blob([(25, 42), (40, 32), (40, 12), (32, 4), (25, 14)], darker(pen.main, 0.12))
    pen.blob([(25, 42), (16, 32), (17, 16), (25, 2), (33, 16), (34, 32)], pen.main)


@subject("rose", "roses", aspect=0.56, size=0.44, home="garden", colours=((206, 40, 62), (246, 150, 170)))
def rose(pen: Pen) -> None:
    """A rose."""
    _stem(pen, 28, 34)
    pen.blob([(12, 36), (28, 46), (44, 36), (34, 50), (22, 50)], darker(LEAF, 0.2))
    pen.oval(28, 25, 20, 20, darker(pen.main, 0.28))
    for x, y, r in ((19, 30, 13), (37, 30, 13), (28, 36, 13), (21, 18, 12), (35, 18, 12)):
        pen.oval(x, y, r, r * 0.9, pen.main)
    pen.oval(28, 24, 13, 12, lighter(pen.main, 0.08))
    pen.arc(28, 24, 8.4, 180, 440, 2.2, darker(pen.main, 0.4), volume=0)
    pen.arc(28, 24.5, 4, 20, 280, 2, darker(pen.main, 0.4), volume=0)


@subject(
    "bouquet",
    "posy",
    holds=(0.9, 0.5),
    aspect=0.9,
    size=0.56,
    home="table",
    stands="table",
    colours=((246, 130, 150),),
)
def bouquet(pen: Pen) -> None:
    """A vase of flowers."""
    for dx, top in ((-22, 30), (0, 20), (22, 30), (-11, 40), (11, 40)):
        pen.line([(45, 70), (45 + dx * 0.6, (70 + top) / 2), (45 + dx, top)], 2.2, LEAF)
    for side in (-1, 1):
        pen.blob([(45, 64), (45 + side * 18, 52), (45 + side * 34, 46), (45 + side * 20, 62)], darker(LEAF, 0.15))
    own = (NAMED["gold"], WHITE, NAMED["lavender"], NAMED["coral"])
    palette = (pen.main, *((pen.main, lighter(pen.main, 0.25)) * 2 if pen.traits & {"tulips", "roses"} else own))
    for index, (dx, y, r) in enumerate(((-24, 28, 11), (24, 28, 11), (-12, 42, 10), (13, 42, 10), (0, 18, 13))):
        x = 45 + dx
        if "tulips" in pen.traits:
            for side in (-1, 1):
                pen.blob(
                    [(x, y + r), (x + side * r, y + r * 0.2), (x + side * r * 0.7, y - r * 1.1), (x, y)], palette[index]
                )
            pen.blob([(x, y + r), (x + r * 0.5, y), (x, y - r * 1.2), (x - r * 0.5, y)], lighter(palette[index], 0.2))
            continue
        for step in range(7):
            angle = radians(360 * step / 7)
            pen.oval(x + r * 0.62 * cos(angle), y + r * 0.62 * sin(angle), r * 0.46, r * 0.46, palette[index])
        pen.oval(x, y, r * 0.36, r * 0.36, darker(pen.main, 0.4) if "roses" in pen.traits else NAMED["mustard"])
    vase = pen.part("vase", (120, 160, 190))
    pen.blob([(34, 62), (56, 62), (53, 70), (63, 84), (58, 98), (32, 98), (27, 84), (37, 70)], vase)


@subject(
    "mushroom",
    "mushrooms",
    "toadstool",
    "fungus",
    seat=0.94,
    aspect=0.9,
    size=0.4,
    home="forest",
    colours=((214, 58, 50), (190, 120, 76)),
)
def mushroom(pen: Pen) -> None:
    """A mushroom with spots."""
    pen.blob([(36, 50), (54, 50), (54, 74), (60, 98), (30, 98), (36, 74)], NAMED["cream"])
    pen.oval(45, 52, 34, 8, darker(NAMED["cream"], 0.3))
    cap = pen.blob(
        [(4, 52), (10, 26), (28, 8), (45, 4), (62, 8), (80, 26), (86, 52), (66, 56), (45, 54), (24, 56)], pen.main
    )
    for x, y, r in (
        (45, 18, 7),
        (24, 32, 6),
        (66, 32, 6),
        (46, 40, 5.4),
        (13, 47, 4.4),
        (78, 47, 4.4),
        (33, 11, 3),
        (58, 12, 3),
    ):
        pen.oval(x, y, r, r * 0.86, WHITE, clip=cap, volume=0.2)


@subject("bush", "shrub", "hedge", aspect=1.5, size=0.3, home="garden", colours=((84, 150, 84),))
def bush(pen: Pen) -> None:
    """A bush."""
    for x, y, r in ((24, 72, 26), (126, 72, 26), (50, 52, 32), (100, 52, 32), (75, 44, 34), (75, 76, 34)):
        pen.oval(x, y, r, r * 0.86, pen.main if y > 50 else darker(pen.main, 0.14))
    if pen.second != lighter(pen.main, 0.55):
        for _ in range(12):
            pen.oval(pen.dice.between(16, 134), pen.dice.between(30, 88), 4, 4, pen.second)


@subject(
    "leaf",
    "leaves",
    aspect=0.9,
    size=0.3,
    stands="air",
    home="plain",
    colours=((214, 110, 50), (88, 156, 84), (226, 170, 60)),
)
def leaf(pen: Pen) -> None:
    """A leaf."""
    blade = pen.blob([(45, 4), (68, 24), (74, 52), (60, 76), (45, 86), (30, 76), (16, 52), (22, 24)], pen.main)
    pen.line([(45, 99), (46, 50), (45, 8)], 2.2, darker(pen.main, 0.45))
    for y in (30, 46, 62):
        for side in (-1, 1):
            pen.line([(45, y + 8), (45 + side * 24, y - 8)], 1.3, darker(pen.main, 0.3), clip=blade, volume=0)


@subject(
    "bonsai",
    "houseplant",
    "potted plant",
    "plant",
    "fern",
    "pot",
    aspect=0.8,
    size=0.5,
    home="table",
    stands="table",
    colours=((84, 154, 98),),
)
def houseplant(pen: Pen) -> None:
    """A plant in a pot."""
    for dx, top, lean in ((-30, 26, -8), (30, 24, 8), (-18, 10, -4), (18, 8, 4), (0, 2, 0)):
        colour = pen.main if abs(dx) < 20 else darker(pen.main, 0.16)
        pen.blob(
            [
                (40, 70),
                (40 + dx * 0.5 - 8, (70 + top) / 2),
                (40 + dx + lean, top),
                (40 + dx * 0.5 + 8, (70 + top) / 2 + 4),
            ],
            colour,
        )
        pen.line([(40, 68), (40 + dx + lean, top + 2)], 0.9, darker(pen.main, 0.35), volume=0, line=False)
    pen.poly([(20, 66), (60, 66), (54, 98), (26, 98)], NAMED["terracotta"], volume=0.8)
    pen.box(17, 62, 63, 71, lighter(NAMED["terracotta"], 0.12), radius=2)
