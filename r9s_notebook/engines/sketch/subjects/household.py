"""Objects of a household."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

WOOD: RGB = (150, 102, 66)


@subject(
    "cup",
    "mug",
    "coffee",
    "tea",
    "espresso",
    "cappuccino",
    "teacup",
    holds=(0.62, 0.62),
    aspect=1.25,
    size=0.4,
    home="table",
    stands="table",
    colours=((236, 240, 240), (226, 104, 84), (92, 150, 160)),
)
def cup(pen: Pen) -> None:
    """A cup of something hot."""
    for x, sway in ((44, 5), (58, -5), (72, 5)):
        pen.line(
            [(x, 32), (x + sway, 22), (x - sway, 12), (x + sway * 0.6, 2)],
            3,
            WHITE,
            taper=(0.9, 0.2),
            opacity=0.55,
            soft=0.8,
            line=False,
            lit=False,
            volume=0,
        )
    pen.oval(58, 95, 54, 4.6, darker(pen.main, 0.1))
    pen.arc(98, 60, 13, 250, 470, 6, darker(pen.main, 0.08))
    pen.blob([(20, 38), (58, 42), (96, 38), (93, 72), (80, 93), (36, 93), (23, 72)], pen.main, volume=0.9)
    pen.oval(58, 39, 38, 7, lighter(pen.main, 0.3), volume=0.1)
    pen.oval(58, 40, 34, 5.4, (112, 68, 44), volume=0.2)


@subject(
    "teapot",
    "kettle",
    "coffee pot",
    holds=(0.7, 0.6),
    aspect=1.4,
    size=0.42,
    home="table",
    stands="table",
    colours=((70, 130, 160), (214, 110, 84)),
)
def teapot(pen: Pen) -> None:
    """A teapot."""
    pen.arc(32, 58, 21, 90, 270, 6.4, darker(pen.main, 0.15))
    pen.blob([(98, 76), (116, 60), (122, 38), (134, 34), (132, 44), (124, 68), (102, 92)], pen.main)
    pen.blob([(70, 26), (98, 36), (110, 62), (98, 90), (70, 97), (42, 90), (30, 62), (42, 36)], pen.main)
    pen.blob([(48, 32), (58, 22), (70, 19), (82, 22), (92, 32), (70, 36)], darker(pen.main, 0.12))
    pen.oval(70, 16, 6, 6, NAMED["gold"])
    for x in (50, 70, 90):
        pen.star(x, 62, 5, lighter(pen.main, 0.7), tips=6, inner=0.35, volume=0)


@subject(
    "lamp",
    "desk lamp",
    "lampshade",
    aspect=0.75,
    size=0.52,
    home="table",
    stands="table",
    colours=((246, 196, 92), (226, 110, 92)),
)
def lamp(pen: Pen) -> None:
    """A table lamp."""
    pen.glow(37, 36, 66, (255, 224, 150), 0.55)
    pen.blob([(30, 92), (33, 66), (34, 46), (41, 46), (42, 66), (45, 92)], NAMED["teal"])
    pen.oval(37, 95, 20, 4, darker(NAMED["teal"], 0.3))
    pen.poly([(22, 6), (52, 6), (70, 48), (5, 48)], pen.main, fade=lighter(pen.main, 0.6), lit=False, volume=0.5)


@subject(
    "candle", "candles", aspect=0.4, size=0.42, home="table", stands="table", colours=((248, 236, 212), (206, 74, 70))
)
def candle(pen: Pen) -> None:
    """A candle."""
    pen.glow(20, 16, 40, (255, 206, 110), 0.8)
    pen.box(10, 36, 30, 96, pen.main, radius=3, volume=0.9)
    pen.oval(20, 96, 17, 3.4, NAMED["gold"])
    pen.line([(20, 38), (20, 28)], 1.4, INK)
    pen.blob([(20, 2), (26, 16), (24, 27), (16, 27), (14, 16)], (255, 170, 60), lit=False)
    pen.blob([(20, 12), (23, 20), (20, 27), (17, 20)], (255, 240, 180), lit=False)


@subject(
    "lantern",
    "lanterns",
    "paper lantern",
    aspect=0.6,
    size=0.44,
    home="table",
    stands="table",
    colours=((214, 72, 58), (62, 84, 92)),
)
def lantern(pen: Pen) -> None:
    """A lantern that shines."""
    pen.glow(30, 54, 56, (255, 206, 120), 0.7)
    pen.arc(30, 16, 12, 180, 360, 2.2, INK)
    pen.poly([(14, 26), (22, 16), (38, 16), (46, 26)], pen.main)
    pen.box(13, 28, 47, 86, (255, 226, 150), lit=False, fade=(255, 180, 90), radius=3)
    for x in (13, 24, 36, 47):
        pen.line([(x, 26), (x, 88)], 2, darker(pen.main, 0.4), volume=0)
    pen.box(8, 86, 52, 97, pen.main, radius=3)
    pen.box(8, 24, 52, 30, pen.main, radius=2)


@subject(
    "chair",
    "stool",
    "armchair",
    seat=0.44,
    aspect=0.75,
    size=0.54,
    home="room",
    colours=((196, 96, 76), (70, 130, 140)),
)
def chair(pen: Pen) -> None:
    """An armchair."""
    for x in (16, 58):
        pen.line([(x, 84), (x - 1, 98)], 4, WOOD, taper=(1, 0.6))
    pen.blob([(12, 64), (14, 22), (22, 6), (37, 3), (53, 6), (61, 22), (63, 64)], darker(pen.main, 0.14))
    pen.box(10, 56, 65, 84, pen.main, radius=8)
    for x in (3, 57):
        pen.box(x, 44, x + 15, 86, pen.main, radius=7)
    pen.box(18, 52, 57, 66, lighter(pen.main, 0.14), radius=6)


@subject("table", "desk", seat=0.84, aspect=1.6, size=0.4, home="room", colours=((166, 112, 72),))
def table(pen: Pen) -> None:
    """A table."""
    for x in (18, 134):
        pen.box(x, 24, x + 8, 99, darker(pen.main, 0.2))
    pen.box(4, 14, 156, 28, pen.main, radius=4)


@subject(
    "sofa", "couch", "settee", seat=0.48, aspect=1.8, size=0.42, home="room", colours=((88, 140, 160), (214, 120, 100))
)
def sofa(pen: Pen) -> None:
    """A sofa."""
    for x in (24, 156):
        pen.line([(x, 84), (x, 98)], 5, WOOD, taper=(1, 0.6))
    pen.box(18, 14, 162, 70, darker(pen.main, 0.15), radius=14)
    for x in (26, 92):
        pen.box(x, 50, x + 62, 76, lighter(pen.main, 0.1), radius=8)
    pen.box(8, 70, 172, 90, pen.main, radius=7)
    for x in (2, 154):
        pen.box(x, 40, x + 24, 90, pen.main, radius=11)
    pen.box(36, 30, 62, 56, NAMED["mustard"], radius=6)


@subject(
    "clock",
    "watch",
    "alarm clock",
    aspect=0.95,
    size=0.44,
    home="table",
    stands="table",
    colours=((222, 92, 76), (70, 130, 150)),
)
def clock(pen: Pen) -> None:
    """An alarm clock."""
    for side in (-1, 1):
        pen.line([(47 + side * 24, 84), (47 + side * 32, 98)], 6, darker(pen.main, 0.3))
        pen.oval(47 + side * 22, 14, 13, 9, pen.main, turn=side * 32)
    pen.oval(47, 54, 40, 40, pen.main)
    pen.oval(47, 54, 32, 32, NAMED["ivory"], volume=0.2)
    for x, y in ((47, 26), (75, 54), (47, 82), (19, 54)):
        pen.oval(x, y, 2, 2, INK, volume=0)
    pen.line([(47, 54), (36, 40)], 3, INK, volume=0)
    pen.line([(47, 54), (62, 36)], 2, INK, volume=0)
    pen.oval(47, 54, 3, 3, NAMED["red"], volume=0)


@subject(
    "umbrella", "parasol", aspect=1.05, size=0.5, home="street", colours=((222, 66, 66), (246, 190, 62), (62, 130, 170))
)
def umbrella(pen: Pen) -> None:
    """An umbrella."""
    pen.line([(52, 6), (52, 86), (46, 96), (38, 92)], 2.6, WOOD)
    dome = pen.blob(
        [
            (3, 54),
            (10, 28),
            (30, 10),
            (52, 5),
            (74, 10),
            (94, 28),
            (101, 54),
            (85, 47),
            (69, 54),
            (52, 47),
            (35, 54),
            (19, 47),
        ],
        pen.main,
    )
    for x in (30, 74):
        pen.blob(
            [(52, 4), (x - 6, 26), (x - 16 if x < 52 else x + 16, 60), (x + 6, 60)],
            darker(pen.main, 0.16),
            clip=dome,
            volume=0,
        )
    pen.line([(52, 6), (52, 0)], 2, WOOD)


@subject(
    "gift",
    "present",
    "parcel",
    "box",
    "presents",
    holds=(0.72, 0.9),
    aspect=1.0,
    size=0.4,
    home="table",
    stands="table",
    colours=((214, 72, 78), (70, 140, 160), (150, 110, 190)),
)
def gift(pen: Pen) -> None:
    """A present with a bow."""
    ribbon = pen.second if pen.second != lighter(pen.main, 0.55) else NAMED["gold"]
    pen.box(12, 42, 88, 98, pen.main, radius=2)
    pen.box(43, 42, 57, 98, ribbon, volume=0.2)
    pen.box(6, 30, 94, 46, lighter(pen.main, 0.1), radius=2)
    pen.box(43, 30, 57, 46, ribbon, volume=0.2)
    for side in (-1, 1):
        pen.blob([(50, 28), (50 + side * 14, 8), (50 + side * 32, 8), (50 + side * 30, 24)], ribbon)
        pen.blob([(50, 28), (50 + side * 14, 16), (50 + side * 24, 14), (50 + side * 22, 22)], darker(ribbon, 0.3))
    pen.oval(50, 27, 6, 5, ribbon)


@subject(
    "vase",
    "urn",
    "jar",
    "amphora",
    "pottery",
    holds=(0.85, 0.6),
    aspect=0.65,
    size=0.46,
    home="table",
    stands="table",
    colours=((82, 130, 170), (202, 110, 80)),
)
def vase(pen: Pen) -> None:
    """A vase."""
    body = pen.blob(
        [(22, 6), (43, 6), (41, 22), (56, 44), (56, 70), (44, 97), (21, 97), (9, 70), (9, 44), (24, 22)],
        pen.main,
        volume=1,
    )
    for y in (44, 52):
        pen.line([(4, y), (32, y + 4), (62, y)], 2.6, pen.second, clip=body)
    pen.oval(32.5, 7, 11, 3, darker(pen.main, 0.5), volume=0)


@subject(
    "bottle",
    "potion",
    "flask",
    "wine",
    "milk",
    aspect=0.42,
    size=0.5,
    home="table",
    stands="table",
    colours=((70, 140, 100), (120, 80, 170)),
)
def bottle(pen: Pen) -> None:
    """A bottle."""
    pen.box(16, 2, 26, 12, WOOD, radius=2)
    glass = pen.blob(
        [(16, 8), (26, 8), (27, 28), (38, 44), (38, 90), (32, 98), (10, 98), (4, 90), (4, 44), (15, 28)],
        pen.main,
        opacity=0.92,
        volume=0.9,
    )
    pen.box(0, 58, 42, 82, NAMED["ivory"], clip=glass, volume=0.3)
    pen.line([(10, 48), (10, 92)], 2, lighter(pen.main, 0.7), opacity=0.7, volume=0, line=False)


@subject(
    "computer",
    "laptop",
    "screen",
    "television",
    "tv",
    "monitor",
    aspect=1.35,
    size=0.44,
    home="table",
    stands="table",
    colours=((196, 202, 212),),
)
def laptop(pen: Pen) -> None:
    """A laptop."""
    pen.box(20, 4, 115, 74, darker(pen.main, 0.25), radius=5)
    pen.box(26, 10, 109, 68, (40, 52, 92), fade=(70, 110, 160), lit=False, volume=0)
    for y, length, name in ((20, 46, "coral"), (30, 60, "mint"), (40, 34, "gold"), (50, 52, "azure")):
        pen.line([(33, y), (33 + length, y)], 3, NAMED[name], lit=False, volume=0)
    pen.poly([(12, 76), (123, 76), (134, 96), (1, 96)], pen.main)
    pen.poly([(24, 79), (111, 79), (116, 87), (19, 87)], darker(pen.main, 0.3), volume=0)


@subject("phone", "smartphone", aspect=0.52, size=0.44, home="table", stands="table", colours=((50, 52, 66),))
def phone(pen: Pen) -> None:
    """A phone."""
    pen.box(2, 2, 50, 98, pen.main, radius=8)
    pen.box(6, 7, 46, 93, (70, 110, 180), fade=(236, 140, 150), lit=False, radius=5, volume=0)
    for row in range(3):
        for column in range(3):
            name = ("gold", "mint", "coral", "lavender")[(row + column) % 4]
            pen.box(
                11 + column * 11,
                16 + row * 13,
                19 + column * 11,
                25 + row * 13,
                NAMED[name],
                radius=2,
                lit=False,
                volume=0,
            )
