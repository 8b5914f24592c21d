"""Things to play, to carry, to read and to learn with."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

WOOD: RGB = (150, 102, 66)
BRASS: RGB = (226, 176, 76)


@subject(
    "bed", "beds", "crib", seat=0.52, aspect=1.8, size=0.42, home="room", colours=((92, 140, 190), (214, 120, 130))
)
def bed(pen: Pen) -> None:
    """A bed with a pillow and a blanket."""
    pen.box(4, 10, 16, 98, WOOD, radius=4)
    pen.box(164, 40, 176, 98, WOOD, radius=4)
    pen.box(10, 66, 170, 88, darker(WOOD, 0.2), radius=3)
    pen.box(14, 50, 168, 76, WHITE, radius=8)
    pen.blob([(18, 52), (22, 36), (50, 34), (58, 50), (38, 56)], (246, 246, 250))
    pen.blob([(58, 50), (110, 44), (168, 48), (171, 80), (110, 84), (60, 80)], pen.main)
    pen.line([(60, 52), (62, 78)], 6, lighter(pen.main, 0.6), volume=0)


@subject("drum", "drums", "bongo", aspect=1.2, size=0.38, home="room", colours=((206, 60, 60), (62, 112, 178)))
def drum(pen: Pen) -> None:
    """A drum with sticks."""
    body = pen.poly([(10, 40), (110, 40), (104, 92), (16, 92)], pen.main)
    for x in range(10, 112, 20):
        pen.line([(x, 42), (x + 10, 90), (x + 20, 42)], 1.8, NAMED["gold"], clip=body, volume=0)
    pen.oval(60, 92, 46, 6, darker(pen.main, 0.3))
    pen.oval(60, 40, 52, 12, NAMED["ivory"], volume=0.1)
    for side in (-1, 1):
        pen.line([(60 + side * 6, 40), (60 + side * 44, 6)], 4, WOOD)
        pen.oval(60 + side * 5, 40, 5, 4, WOOD)


@subject("violin", "cello", "fiddle", "viola", aspect=0.6, size=0.52, home="room", colours=((166, 92, 50),))
def violin(pen: Pen) -> None:
    """A violin."""
    pen.blob([(30, 42), (46, 50), (42, 64), (52, 82), (30, 98), (8, 82), (18, 64), (14, 50)], pen.main, volume=0.9)
    pen.line([(30, 60), (30, 8)], 5, (70, 48, 42))
    pen.oval(30, 6, 5, 5, pen.main)
    for side in (-1, 1):
        pen.line([(30 + side * 9, 66), (30 + side * 8, 78)], 1.6, INK, volume=0)
    pen.box(26, 80, 34, 92, (70, 48, 42), radius=2)
    for x in (28.5, 30, 31.5):
        pen.line([(x, 12), (x, 86)], 0.5, NAMED["ivory"], volume=0, line=False)


@subject(
    "trumpet",
    "trombone",
    "saxophone",
    "horn instrument",
    "flute",
    aspect=1.9,
    size=0.28,
    home="room",
    stands="air",
    colours=(BRASS,),
)
def trumpet(pen: Pen) -> None:
    """A trumpet."""
    pen.poly([(136, 48), (186, 14), (186, 84), (136, 56)], pen.main, volume=0.8)
    pen.line([(6, 52), (150, 52)], 7, pen.main)
    pen.line([(50, 52), (44, 76), (70, 86), (110, 86), (130, 72), (124, 52)], 6, darker(pen.main, 0.1))
    for x in (74, 90, 106):
        pen.box(x - 5, 40, x + 5, 84, lighter(pen.main, 0.2), radius=2)
        pen.line([(x, 40), (x, 28)], 3, pen.main)
        pen.oval(x, 27, 5, 3, pen.main)
    pen.oval(6, 52, 5, 8, pen.main)


@subject(
    "bag",
    "handbag",
    "backpack",
    "purse",
    "schoolbag",
    holds=(0.58, 0.75),
    aspect=0.95,
    size=0.4,
    home="plain",
    colours=((196, 100, 70), (70, 130, 140)),
)
def bag(pen: Pen) -> None:
    """A bag."""
    pen.arc(47, 36, 22, 180, 360, 6, darker(pen.main, 0.35))
    pen.blob([(8, 40), (47, 34), (87, 40), (92, 88), (47, 98), (3, 88)], pen.main)
    pen.blob([(8, 40), (47, 34), (87, 40), (80, 62), (47, 70), (14, 62)], darker(pen.main, 0.15))
    pen.box(41, 62, 53, 74, BRASS, radius=2)


@subject(
    "suitcase",
    "luggage",
    "briefcase",
    "trunk",
    holds=(0.74, 0.75),
    aspect=1.25,
    size=0.38,
    home="plain",
    colours=((176, 104, 64), (62, 112, 150)),
)
def suitcase(pen: Pen) -> None:
    """A suitcase."""
    pen.arc(62, 26, 15, 180, 360, 6, darker(pen.main, 0.4))
    pen.box(4, 24, 121, 98, pen.main, radius=9)
    for x in (28, 97):
        pen.box(x - 5, 24, x + 5, 98, darker(pen.main, 0.3), volume=0.2)
        pen.box(x - 6, 46, x + 6, 56, BRASS, radius=1)
    for x, y, name in ((48, 66, "mint"), (74, 54, "coral"), (70, 80, "azure")):
        pen.oval(x, y, 9, 8, NAMED[name], volume=0.1)


@subject(
    "ring",
    "diamond ring",
    "jewel",
    "diamond",
    "necklace",
    aspect=0.9,
    size=0.36,
    home="plain",
    colours=((236, 184, 52),),
)
def ring(pen: Pen) -> None:
    """A ring with a stone."""
    pen.arc(45, 64, 27, 0, 360, 8, pen.main, volume=0.8)
    pen.poly([(25, 14), (36, 4), (54, 4), (65, 14), (45, 38)], (150, 220, 240), volume=0.5)
    pen.poly([(36, 14), (45, 4), (54, 14), (45, 38)], (226, 248, 255), volume=0.2)


@subject(
    "door",
    "gate",
    "doorway",
    aspect=0.6,
    size=0.6,
    home="street",
    colours=((176, 70, 60), (62, 112, 150), (70, 130, 100)),
)
def door(pen: Pen) -> None:
    """A door in its frame."""
    pen.blob([(1, 99), (1, 24), (30, 1), (59, 24), (59, 99)], NAMED["ivory"], volume=0.2)
    pen.blob([(7, 99), (7, 28), (30, 8), (53, 28), (53, 99)], pen.main)
    for y0, y1 in ((34, 60), (66, 92)):
        for x0 in (13, 33):
            pen.box(x0, y0, x0 + 14, y1, darker(pen.main, 0.2), radius=2, volume=0.2)
    pen.oval(48, 62, 2.4, 2.4, BRASS)


@subject(
    "mirror",
    "picture frame",
    "frame",
    "painting frame",
    aspect=0.8,
    size=0.48,
    home="room",
    stands="air",
    colours=(BRASS,),
)
def mirror(pen: Pen) -> None:
    """A mirror in a golden frame."""
    pen.oval(40, 50, 39, 49, pen.main)
    glass = pen.oval(40, 50, 32, 42, (186, 216, 230), fade=(226, 240, 246), volume=0)
    for x in (20, 34):
        pen.line([(x, 100), (x + 40, 0)], 5, WHITE, clip=glass, opacity=0.6, volume=0, line=False)


@subject(
    "sign",
    "signpost",
    "signboard",
    "billboard",
    "noticeboard",
    "banner",
    "road sign",
    aspect=1.1,
    size=0.56,
    home="meadow",
    colours=((214, 168, 112),),
)
def sign(pen: Pen) -> None:
    """A wooden sign to be written on."""
    pen.box(50, 50, 60, 99, darker(pen.main, 0.35))
    pen.box(3, 8, 107, 58, darker(pen.main, 0.25), radius=5)
    pen.box(6, 6, 104, 55, pen.main, radius=4, volume=0.1)
    for y in (22, 38):
        pen.line([(8, y), (56, y + 1), (102, y)], 0.8, darker(pen.main, 0.2), volume=0, line=False)


@subject("map", "treasure map", "maps", aspect=1.35, size=0.4, home="table", stands="table", colours=((240, 222, 176),))
def chart(pen: Pen) -> None:
    """A map with a route."""
    for index in range(3):
        x, low = 6 + index * 42, 6 * (index % 2)
        page = pen.poly(
            [(x, 10 + low), (x + 42, 16 - low), (x + 42, 96 - low), (x, 90 + low)],
            pen.main if index % 2 else lighter(pen.main, 0.2),
        )
        pen.blob([(x + 8, 30), (x + 30, 26), (x + 36, 50), (x + 16, 60)], (150, 190, 120), clip=page, volume=0)
    for x, y in ((20, 76), (34, 66), (48, 70), (62, 60), (76, 48), (90, 44)):
        pen.oval(x, y, 2.4, 2, NAMED["red"], volume=0)
    for lean in (-1, 1):
        pen.line([(102 - 6 * lean, 34), (102 + 6 * lean, 46)], 3, NAMED["red"], volume=0)


@subject("anchor", aspect=0.8, size=0.46, home="plain", colours=((70, 84, 120),))
def anchor(pen: Pen) -> None:
    """An anchor."""
    pen.arc(40, 13, 9, 0, 360, 5, pen.main)
    pen.line([(40, 20), (40, 92)], 8, pen.main)
    pen.line([(22, 34), (58, 34)], 7, pen.main)
    pen.line([(6, 62), (14, 84), (40, 95), (66, 84), (74, 62)], 8, pen.main, taper=(0.6, 0.6))
    for side in (-1, 1):
        pen.poly([(40 + side * 26, 62), (40 + side * 40, 62), (40 + side * 34, 48)], pen.main)


@subject(
    "shield",
    "coat of arms",
    "emblem",
    aspect=0.85,
    size=0.46,
    home="castle_hill",
    stands="air",
    colours=((190, 50, 60), (44, 104, 190)),
)
def shield(pen: Pen) -> None:
    """A shield."""
    rim = [(3, 10), (42, 2), (82, 10), (80, 56), (42, 98), (5, 56)]
    pen.blob(rim, NAMED["silver"])
    body = pen.blob([(42 + (x - 42) * 0.86, 48 + (y - 48) * 0.88) for x, y in rim], pen.main)
    pen.box(36, 0, 48, 100, NAMED["gold"], clip=body, volume=0.2)
    pen.box(0, 38, 90, 50, NAMED["gold"], clip=body, volume=0.2)


@subject(
    "skateboard",
    "surfboard",
    "snowboard",
    "sled",
    "sledge",
    seat=0.5,
    aspect=2.2,
    size=0.18,
    home="street",
    colours=((80, 190, 190), (240, 110, 90)),
)
def skateboard(pen: Pen) -> None:
    """A skateboard."""
    for x in (54, 166):
        pen.oval(x, 80, 18, 18, NAMED["charcoal"])
        pen.oval(x, 80, 8, 8, NAMED["gold"])
    pen.line([(6, 38), (34, 54), (186, 54), (214, 38)], 17, pen.main)


@subject(
    "teddy bear",
    "teddy",
    "plush bear",
    "stuffed animal",
    aspect=0.9,
    size=0.44,
    home="room",
    head=(45, 12, 38),
    hand=(72, 66),
    colours=((206, 150, 96),),
)
def teddy(pen: Pen) -> None:
    """A teddy bear, sewn."""
    coat, pale = pen.main, lighter(pen.main, 0.5)
    for side in (-1, 1):
        pen.oval(45 + side * 22, 12, 10, 10, coat)
        pen.oval(45 + side * 22, 13, 6, 6, pale)
        pen.oval(45 + side * 24, 86, 14, 12, coat)
        pen.oval(45 + side * 26, 87, 8, 8, pale)
        pen.oval(45 + side * 27, 62, 9, 13, darker(coat, 0.1), turn=-side * 24)
    pen.oval(45, 72, 24, 24, coat)
    pen.oval(45, 74, 14, 15, pale)
    pen.oval(45, 30, 26, 23, coat)
    pen.oval(45, 38, 12, 10, pale)
    pen.oval(45, 34, 4.6, 3.4, INK)
    pen.line([(45, 37), (45, 42)], 1.2, INK, volume=0)
    for side in (-1, 1):
        pen.oval(45 + side * 10, 27, 3, 3, INK)
    for side in (-1, 1):
        pen.blob([(45, 53), (45 + side * 14, 47), (45 + side * 14, 60)], NAMED["red"])
