"""Animals with wings."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

CREAM = NAMED["cream"]


@subject(
    "owl",
    aspect=0.8,
    size=0.44,
    home="night_forest",
    head=(40, 12, 44),
    colours=((150, 104, 70), (120, 112, 132), (190, 140, 96)),
)
def owl(pen: Pen) -> None:
    """An owl with eyes wide open."""
    coat, pale = pen.main, mix(pen.main, CREAM, 0.7)
    for side in (-1, 1):
        pen.poly([(40 + side * 27, 24), (40 + side * 25, 3), (40 + side * 8, 14)], coat)
    body = pen.blob([(40, 10), (62, 18), (72, 46), (68, 80), (54, 96), (26, 96), (12, 80), (8, 46), (18, 18)], coat)
    belly = pen.blob([(40, 46), (56, 56), (56, 80), (40, 94), (24, 80), (24, 56)], pale, clip=body)
    for row in range(4):
        for column in range(-2, 3):
            x = 40 + column * 9 + (4.5 if row % 2 else 0)
            pen.arc(x, 58 + row * 9, 3.2, 10, 170, 1.5, darker(coat, 0.15), clip=belly, volume=0)
    for side in (-1, 1):
        pen.blob(
            [(40 + side * 26, 40), (40 + side * 34, 56), (40 + side * 28, 84), (40 + side * 20, 70)], darker(coat, 0.3)
        )
        pen.oval(40 + side * 13, 32, 14, 14, pale)
        pen.oval(40 + side * 12.5, 32, 9.5, 9.5, NAMED["gold"], volume=0.3)
        pen.eye(40 + side * 12, 32, 5.6)
        pen.line([(40 + side * 8, 95), (40 + side * 8, 99)], 6, NAMED["orange"])
    pen.poly([(36, 37), (44, 37), (40, 47)], NAMED["orange"])


@subject(
    "bird",
    "robin",
    "sparrow",
    "songbird",
    "parrot",
    "finch",
    "dove",
    "seagull",
    "gull",
    "hummingbird",
    aspect=1.3,
    size=0.3,
    stands="air",
    home="sky",
    colours=((62, 132, 210), (224, 82, 62), (246, 190, 70), (90, 180, 130)),
)
def bird(pen: Pen) -> None:
    """A bird in flight."""
    coat, wing = pen.main, darker(pen.main, 0.28)
    pen.blob([(52, 50), (44, 18), (56, 2), (70, 20), (80, 50)], wing)
    pen.poly([(26, 62), (2, 58), (8, 68), (2, 78), (28, 74)], wing)
    body = pen.blob([(20, 66), (46, 50), (84, 46), (108, 48), (112, 58), (96, 74), (62, 84), (32, 78)], coat)
    pen.blob([(56, 70), (88, 62), (104, 62), (92, 78), (60, 86), (44, 80)], mix(coat, CREAM, 0.75), clip=body)
    pen.poly([(111, 51), (127, 56), (111, 60)], NAMED["orange"])
    pen.blob([(48, 58), (78, 56), (66, 84), (44, 98), (34, 92)], lighter(wing, 0.12))
    pen.eye(101, 54, 2.8)


@subject(
    "eagle",
    "hawk",
    "falcon",
    "crow",
    "raven",
    aspect=2.0,
    size=0.28,
    stands="air",
    home="mountains",
    colours=((96, 66, 52),),
)
def eagle(pen: Pen) -> None:
    """A large bird that soars."""
    coat = pen.main
    for side in (-1, 1):
        pen.blob(
            [
                (100, 44),
                (100 + side * 30, 22),
                (100 + side * 70, 20),
                (100 + side * 98, 44),
                (100 + side * 78, 42),
                (100 + side * 74, 54),
                (100 + side * 60, 48),
                (100 + side * 54, 62),
                (100 + side * 40, 56),
                (100 + side * 18, 68),
            ],
            coat,
        )
    pen.poly([(92, 70), (108, 70), (114, 98), (100, 92), (86, 98)], WHITE if sum(coat) > 160 else coat)
    pen.oval(100, 56, 12, 24, darker(coat, 0.15))
    pen.oval(100, 32, 9, 11, WHITE if sum(coat) > 160 else coat)
    pen.poly([(97, 24), (103, 24), (100, 14)], NAMED["gold"])


@subject("penguin", aspect=0.72, size=0.44, home="snow", head=(36, 9, 32), colours=((52, 60, 84),))
def penguin(pen: Pen) -> None:
    """A penguin."""
    coat = pen.main
    for side in (-1, 1):
        pen.oval(36 + side * 10, 97, 9, 3.4, NAMED["orange"])
        pen.blob([(36 + side * 22, 42), (36 + side * 34, 66), (36 + side * 26, 72), (36 + side * 20, 60)], coat)
    body = pen.blob([(36, 4), (52, 12), (58, 34), (62, 70), (52, 94), (20, 94), (10, 70), (14, 34), (20, 12)], coat)
    pen.blob([(36, 36), (50, 46), (52, 74), (44, 94), (28, 94), (20, 74), (22, 46)], WHITE, clip=body)
    for side in (-1, 1):
        pen.oval(36 + side * 8, 26, 10, 12, WHITE, clip=body, volume=0.3)
        pen.eye(36 + side * 8, 25, 2.8)
        pen.oval(36 + side * 13, 33, 3.4, 2.2, (246, 170, 170), opacity=0.8, volume=0)
    pen.poly([(30, 31), (42, 31), (36, 40)], NAMED["orange"])


@subject(
    "butterfly",
    "moth",
    aspect=1.2,
    size=0.32,
    stands="air",
    home="garden",
    colours=((244, 134, 44), (84, 120, 216), (222, 88, 150), (250, 200, 70)),
)
def butterfly(pen: Pen) -> None:
    """A butterfly, wings open."""
    edge = darker(pen.main, 0.8)
    for side in (-1, 1):
        c = 60
        lower = pen.blob(
            [(c, 52), (c + side * 24, 54), (c + side * 42, 70), (c + side * 34, 92), (c + side * 14, 86)],
            darker(pen.main, 0.2),
        )
        upper = pen.blob(
            [
                (c, 48),
                (c + side * 16, 18),
                (c + side * 40, 6),
                (c + side * 57, 18),
                (c + side * 48, 46),
                (c + side * 22, 56),
            ],
            pen.main,
        )
        pen.blob(
            [(c + side * 36, 2), (c + side * 60, 8), (c + side * 60, 40), (c + side * 46, 28)],
            edge,
            clip=upper,
            volume=0.2,
        )
        pen.oval(c + side * 26, 34, 8, 9, pen.second, clip=upper, turn=side * 30)
        pen.oval(c + side * 50, 18, 2.4, 2.4, WHITE, clip=upper, volume=0)
        pen.oval(c + side * 49, 27, 1.8, 1.8, WHITE, clip=upper, volume=0)
        pen.oval(c + side * 26, 72, 6, 7, pen.second, clip=lower)
        pen.line([(c, 36), (c + side * 6, 24), (c + side * 12, 20)], 1.2, INK)
    pen.line([(60, 38), (60, 78)], 6, INK, taper=(1, 0.5))
    pen.oval(60, 36, 4, 4.4, INK)


@subject(
    "bee", "bumblebee", "wasp", "ladybug", aspect=1.2, size=0.26, stands="air", home="garden", colours=((250, 196, 52),)
)
def bee(pen: Pen) -> None:
    """A bee."""
    for x, turn in ((50, -28), (66, 12)):
        pen.oval(x, 30, 13, 25, (222, 238, 250), turn=turn, opacity=0.85)
    body = pen.blob([(14, 66), (30, 46), (66, 42), (96, 52), (104, 68), (90, 86), (56, 94), (26, 86)], pen.main)
    for x in (36, 56, 76):
        pen.line([(x, 36), (x + 3, 68), (x, 98)], 9, INK, clip=body)
    pen.eye(96, 64, 3.4)
    pen.smile(98, 74, 4)
    for lift in (0, 7):
        pen.line([(92, 52), (98 + lift, 40), (105 + lift, 37)], 1.6, INK)


@subject(
    "dragon",
    "monster",
    seat=0.5,
    aspect=1.15,
    size=0.62,
    home="mountains",
    head=(84, 14, 20),
    colours=((70, 160, 110), (190, 70, 70), (110, 90, 180)),
)
def dragon(pen: Pen) -> None:
    """A friendly dragon."""
    coat, belly, wing = pen.main, mix(pen.main, CREAM, 0.7), darker(pen.main, 0.3)
    pen.line([(46, 88), (22, 96), (6, 84), (10, 66)], 14, coat, taper=(1.3, 0.3))
    pen.poly([(10, 70), (2, 58), (16, 58)], wing)
    pen.poly([(50, 50), (22, 14), (14, 40), (22, 40), (20, 56), (32, 52), (36, 66), (48, 62)], wing)
    body = pen.blob([(62, 42), (78, 52), (84, 76), (76, 96), (46, 97), (36, 82), (44, 58)], coat)
    pen.blob([(70, 44), (82, 56), (84, 78), (74, 94), (62, 88), (60, 62)], belly, clip=body)
    pen.blob([(58, 60), (64, 34), (72, 22), (88, 24), (86, 38), (80, 60)], coat)
    for x in (52, 74):
        pen.oval(x, 95, 12, 5, coat)
    for x, y in ((66, 26), (60, 36), (55, 48), (46, 62), (37, 78)):
        pen.poly([(x - 1, y + 6), (x - 9, y - 2), (x + 3, y - 3)], NAMED["gold"])
    for tip in (70, 78):
        pen.line([(tip, 18), (tip - 5, 7)], 4, CREAM, taper=(1, 0.3))
    pen.blob([(68, 20), (82, 14), (98, 20), (112, 28), (110, 38), (92, 40), (74, 38)], coat)
    pen.eye(84, 23, 3.4)
    pen.oval(107, 28, 1.6, 1.2, INK, volume=0)
    pen.smile(98, 35, 6)
