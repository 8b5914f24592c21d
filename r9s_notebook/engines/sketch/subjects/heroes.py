"""Astronauts, robots, wizards, and others one meets in stories."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.people import HAIR, SKIN, face
from r9s_notebook.engines.sketch.subjects.registry import subject


@subject(
    "astronaut",
    "cosmonaut",
    "spaceman",
    hand=(68, 38),
    aspect=0.75,
    size=0.56,
    home="space",
    stands="air",
    head=(37, 4, 30),
    colours=((238, 240, 246),),
)
def astronaut(pen: Pen) -> None:
    """An astronaut."""
    suit, seam, accent = pen.main, darker(pen.main, 0.3), NAMED["orange"]
    pen.box(16, 36, 58, 70, seam, radius=7)
    for side in (-1, 1):
        pen.line([(37 + side * 9, 68), (37 + side * 12, 92)], 13, suit)
        pen.oval(37 + side * 14, 95, 10, 5, seam)
        hand = (37 + side * 31, 38 if side == 1 else 62)
        pen.line([(37 + side * 14, 46), (37 + side * 26, 50 if side == 1 else 54), hand], 10.5, suit)
        pen.oval(*hand, 6, 6, seam)
        pen.line([(37 + side * 6, 84), (37 + side * 18, 84)], 2.6, accent, volume=0)
    pen.blob([(37, 36), (52, 40), (55, 58), (50, 74), (24, 74), (19, 58), (22, 40)], suit)
    pen.box(28, 50, 46, 62, lighter(seam, 0.3), radius=2.5)
    for x, colour in ((32, "red"), (37, "gold"), (42, "teal")):
        pen.oval(x, 56, 1.8, 1.8, NAMED[colour], volume=0)
    pen.oval(37, 22, 21, 21, suit)
    visor = pen.oval(37, 23, 15.5, 13.5, (36, 54, 104))
    pen.blob([(24, 26), (37, 32), (52, 24), (54, 40), (22, 40)], (232, 150, 92), clip=visor, opacity=0.75)
    pen.oval(31, 18, 4.6, 2.6, (220, 236, 255), turn=-30, clip=visor, volume=0)


@subject(
    "robot",
    "android",
    "droid",
    hand=(67, 64),
    aspect=0.75,
    size=0.54,
    home="city",
    head=(37, 10, 30),
    colours=((112, 176, 190), (236, 150, 80), (170, 178, 190)),
)
def robot(pen: Pen) -> None:
    """A robot."""
    metal, dark = pen.main, darker(pen.main, 0.45)
    pen.line([(37, 14), (37, 4)], 2, dark)
    pen.oval(37, 3.6, 3.4, 3.4, NAMED["red"])
    for side in (-1, 1):
        pen.line([(37 + side * 10, 72), (37 + side * 10, 92)], 6, dark)
        pen.box(37 + side * 11 - 9, 90, 37 + side * 11 + 9, 99, metal, radius=4)
        hand = (37 + side * 30, 44 if side == 1 and "waving" in pen.traits else 66)
        pen.line([(37 + side * 20, 46), (37 + side * 29, 54), hand], 5, dark)
        pen.oval(*hand, 5, 5, metal)
        pen.box(37 + side * 21 - 4, 22, 37 + side * 21 + 4, 32, dark, radius=2)
    pen.box(17, 42, 57, 76, metal, radius=7)
    pen.box(23, 48, 51, 64, lighter(metal, 0.55), radius=3)
    for index, height in enumerate((6, 10, 4, 8)):
        pen.box(27 + index * 6, 62 - height, 31 + index * 6, 62, (NAMED["teal"], NAMED["coral"])[index % 2], volume=0)
    pen.box(31, 36, 43, 44, dark)
    pen.box(15, 13, 59, 39, metal, radius=8)
    pen.box(20, 18, 54, 34, (40, 50, 76), radius=6)
    for side in (-1, 1):
        pen.oval(37 + side * 8, 25, 3.8, 3.8, (150, 250, 230), lit=False, volume=0)
        pen.glow(37 + side * 8, 25, 8, (150, 250, 230), 0.5)
    pen.arc(37, 26.5, 4, 30, 150, 1.3, (150, 250, 230), lit=False, volume=0)


@subject(
    "wizard",
    "witch",
    "sorcerer",
    "mage",
    hand=(54, 60),
    aspect=0.62,
    size=0.62,
    home="night_forest",
    colours=((84, 70, 170), (60, 110, 120)),
)
def wizard(pen: Pen) -> None:
    """A wizard with a staff."""
    robe, skin = pen.main, pen.dice.pick(SKIN)
    pen.line([(54, 98), (54, 30)], 2.6, (120, 80, 54))
    pen.glow(54, 26, 16, (170, 230, 255), 0.7)
    pen.oval(54, 26, 5, 5, (190, 240, 255), lit=False)
    pen.blob([(29, 40), (40, 46), (48, 98), (29, 99), (8, 98), (18, 46)], robe)
    for side, hand in ((-1, (12, 66)), (1, (53, 58))):
        pen.line([(29 + side * 9, 48), hand], 8, darker(robe, 0.2), taper=(0.8, 1.2))
        pen.oval(*hand, 3.2, 3.2, skin)
    face(pen, 29, 33, 10, skin)
    pen.blob([(20, 37), (29, 40), (38, 37), (37, 54), (29, 70), (21, 54)], (238, 238, 244))
    pen.oval(29, 25, 21, 4.4, darker(robe, 0.15))
    pen.blob([(16, 24), (24, 10), (36, 1), (33, 10), (42, 24)], robe)
    for x, y, r in ((26, 18, 2.4), (33, 14, 1.8), (22, 80, 2.6), (34, 72, 2.2), (30, 90, 2)):
        pen.star(x, y, r, NAMED["gold"], volume=0)


@subject(
    "knight",
    "warrior",
    "samurai",
    "soldier",
    hand=(60, 66),
    aspect=0.7,
    size=0.6,
    home="castle_hill",
    colours=((176, 186, 202),),
)
def knight(pen: Pen) -> None:
    """A knight in armour."""
    steel, dark, plume = pen.main, darker(pen.main, 0.5), NAMED["crimson"]
    pen.line([(60, 70), (60, 16)], 3.2, lighter(steel, 0.5), taper=(1, 0.3))
    pen.line([(53, 64), (67, 64)], 3, NAMED["gold"])
    for side in (-1, 1):
        pen.line([(32 + side * 8, 66), (32 + side * 9, 94)], 10, steel)
        pen.oval(32 + side * 11, 97, 8, 3.2, dark)
    pen.line([(46, 42), (54, 54), (60, 66)], 8, dark)
    pen.blob([(32, 36), (48, 40), (47, 56), (44, 72), (20, 72), (17, 56), (16, 40)], steel)
    pen.poly([(24, 70), (40, 70), (44, 82), (20, 82)], plume)
    pen.blob([(4, 44), (16, 40), (28, 44), (27, 62), (16, 74), (5, 62)], plume)
    pen.line([(16, 42), (16, 72)], 2.6, NAMED["gold"])
    pen.line([(6, 54), (26, 54)], 2.6, NAMED["gold"])
    pen.blob([(32, 8), (40, 0), (54, 4), (50, 16), (38, 12)], plume)
    pen.blob([(32, 8), (44, 14), (45, 30), (40, 38), (24, 38), (19, 30), (20, 14)], steel)
    pen.box(22, 21, 42, 25.4, INK, radius=1.5, volume=0)
    pen.line([(32, 25), (32, 37)], 1.6, dark)


@subject(
    "snowman",
    "snowmen",
    hand=(78, 28),
    aspect=0.8,
    size=0.52,
    home="snow",
    head=(40, 14, 26),
    colours=((248, 250, 254),),
)
def snowman(pen: Pen) -> None:
    """A snowman with a scarf."""
    for side in (-1, 1):
        pen.line([(40 + side * 15, 48), (40 + side * 34, 34), (40 + side * 38, 28)], 2, (110, 76, 58), taper=(1, 0.5))
    pen.oval(40, 79, 27, 21, pen.main)
    pen.oval(40, 50, 19, 17, pen.main)
    pen.oval(40, 24, 15, 14.5, pen.main)
    for y in (46, 54, 74):
        pen.oval(40, y, 1.8, 1.8, INK, volume=0)
    for side in (-1, 1):
        pen.oval(40 + side * 5.5, 21, 1.8, 2, INK, volume=0)
    pen.poly([(40, 23), (56, 27), (40, 28)], NAMED["orange"])
    pen.arc(40, 26, 7, 40, 140, 1.2, INK, volume=0)
    pen.line([(27, 36), (40, 40), (53, 36)], 5.6, NAMED["red"])
    pen.line([(50, 38), (53, 54)], 5.4, darker(NAMED["red"], 0.2))
    pen.oval(40, 12, 18, 3, INK)
    pen.box(29, 0, 51, 12, INK, radius=2)
    pen.box(29, 7, 51, 11, NAMED["red"], volume=0)


@subject(
    "ghost",
    "spirit",
    hand=(66, 56),
    aspect=0.75,
    size=0.44,
    stands="air",
    home="night_forest",
    head=(37, 6, 40),
    colours=((240, 242, 252),),
)
def ghost(pen: Pen) -> None:
    """A ghost that means well."""
    pen.glow(37, 50, 60, pen.main, 0.35)
    pen.blob(
        [
            (37, 3),
            (58, 12),
            (66, 40),
            (70, 90),
            (58, 84),
            (50, 97),
            (38, 88),
            (26, 98),
            (16, 86),
            (5, 92),
            (9, 40),
            (16, 12),
        ],
        pen.main,
    )
    for side in (-1, 1):
        pen.oval(37 + side * 10, 34, 4.4, 6, INK, volume=0)
        pen.oval(37 + side * 18, 46, 5, 3.2, (246, 170, 180), opacity=0.8, volume=0)
    pen.oval(37, 48, 4, 5, INK, volume=0)


@subject("scarecrow", hand=(82, 44), aspect=0.9, size=0.58, home="field", head=(45, 10, 24), colours=((178, 84, 62),))
def scarecrow(pen: Pen) -> None:
    """A scarecrow."""
    straw = (238, 200, 104)
    pen.line([(45, 99), (45, 30)], 4, (112, 78, 52))
    pen.line([(6, 44), (84, 44)], 3.6, (112, 78, 52))
    for x in (8, 82):
        for lift in (-5, 0, 5):
            pen.line([(x, 44), (x + (8 if x > 45 else -8), 44 + lift)], 1.6, straw)
    pen.poly([(12, 38), (78, 38), (78, 50), (60, 52), (60, 76), (30, 76), (30, 52), (12, 50)], pen.main)
    pen.box(38, 58, 48, 68, NAMED["mustard"], volume=0)
    pen.oval(45, 24, 13, 14, mix(straw, WHITE, 0.35))
    for side in (-1, 1):
        pen.oval(45 + side * 5, 22, 1.8, 1.8, INK, volume=0)
    pen.smile(45, 29, 5)
    pen.oval(45, 12, 22, 3.6, (150, 104, 62))
    pen.blob([(34, 12), (38, 1), (52, 1), (56, 12)], (150, 104, 62))


@subject(
    "mermaid",
    hand=(66, 44),
    aspect=0.8,
    size=0.6,
    home="underwater",
    stands="air",
    colours=((54, 170, 150), (150, 96, 190)),
)
def mermaid(pen: Pen) -> None:
    """A mermaid."""
    skin, hair = pen.dice.pick(SKIN), pen.dice.pick(HAIR)
    pen.blob([(28, 20), (34, 4), (52, 6), (58, 24), (62, 44), (48, 52), (26, 46)], hair)
    pen.blob([(56, 86), (70, 78), (78, 84), (70, 92), (76, 99), (62, 98), (54, 92)], pen.main)
    pen.blob([(34, 54), (50, 54), (56, 68), (62, 84), (56, 92), (44, 82), (32, 68)], pen.main)
    pen.blob([(36, 34), (50, 34), (50, 48), (50, 58), (35, 58), (36, 48)], skin)
    for side, hand in ((-1, (18, 52)), (1, (66, 44))):
        pen.line([(43 + side * 7, 37), (43 + side * 16, 48), hand], 4.4, skin)
        pen.oval(43 + side * 4.2, 42, 4.4, 3.6, NAMED["coral"])
    face(pen, 43, 21, 9.6, skin)
    pen.blob([(32, 22), (34, 9), (44, 7), (54, 11), (54, 24), (48, 14), (40, 14)], hair)
