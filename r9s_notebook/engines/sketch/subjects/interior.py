"""What stands in rooms: a bookshelf, a fireplace, a fridge, a ladder, an easel."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

WOOD: RGB = (164, 108, 66)
STEEL: RGB = (196, 204, 214)
SPINES = ("crimson", "navy", "teal", "mustard", "olive", "burgundy", "cream", "terracotta", "indigo", "emerald")


@subject("bookshelf", "bookcase", "book shelf", "shelf of books", "bookshelves", aspect=0.8, size=0.64, home="room",
         colours=((150, 98, 62), (120, 78, 56)))  # fmt: skip
def bookshelf(pen: Pen) -> None:
    """A shelf with books, a plant and a globe on it."""
    pen.box(4, 2, 76, 99, pen.main, radius=1)
    for row in range(4):
        base = 25 + row * 23.4
        pen.box(8, base - 19.4, 72, base, darker(pen.main, 0.5), volume=0)
        x = 9.0
        while x < 68:
            wide, tall = pen.dice.between(2.6, 5.4), pen.dice.between(12, 17.4)
            if row == 1 and 48 < x < 66:
                pen.poly([(52, base - 7), (62, base - 7), (60, base), (54, base)], NAMED["terracotta"])
                for lean in (-6, -2, 3, 7):
                    pen.line([(57, base - 7), (57 + lean, base - 16)], 2.4, (96, 160, 92), taper=(1, 0.4))
                x = 66
                continue
            if row == 2 and x < 22:
                pen.box(13, base - 3, 19, base, NAMED["gold"], radius=1)
                pen.oval(16, base - 9, 5.6, 5.6, NAMED["azure"], volume=1)
                pen.blob([(13, base - 11), (16, base - 13), (17, base - 9), (14, base - 7)], (110, 170, 100), volume=0)
                x = 24
                continue
            if pen.dice.chance(0.9):
                tone = NAMED[pen.dice.pick(SPINES)]
                pen.box(x, base - tall, x + wide, base, tone, radius=0.4)
                pen.box(
                    x + 0.5, base - tall * 0.8, x + wide - 0.5, base - tall * 0.72, NAMED["gold"], volume=0, line=False
                )
            x += wide + 0.3
        pen.box(6, base, 74, base + 3, lighter(pen.main, 0.15), volume=0.2)
    pen.box(1, 0, 79, 4, lighter(pen.main, 0.1), radius=1)


@subject(
    "fireplace", "hearth", "fire place", "chimney fire", aspect=1.1, size=0.56, home="room", colours=((176, 96, 76),)
)
def fireplace(pen: Pen) -> None:
    """A brick fireplace in which a fire burns."""
    brick = pen.main
    pen.box(8, 14, 102, 99, brick)
    for row in range(11):
        for step in range(7):
            x = 8 + step * 15 - (row % 2) * 7.5
            if x < 100:
                pen.box(max(9, x + 0.8), 15 + row * 7.7, min(101, x + 13.6), 21.4 + row * 7.7,
                        lighter(brick, 0.14) if (row + step) % 3 else darker(brick, 0.12), volume=0.1,
                        line=False)  # fmt: skip
    pen.box(2, 8, 108, 16, WOOD, radius=1.6)
    hole = pen.blob([(28, 98), (28, 56), (34, 44), (55, 38), (76, 44), (82, 56), (82, 98)], (44, 30, 34), volume=0)
    pen.glow(55, 80, 54, (255, 160, 80), 0.8)
    for a, b in (((34, 95), (74, 88)), ((76, 95), (36, 88))):
        pen.line([a, b], 7, (104, 70, 50), clip=hole)
    pen.blob([(55, 48), (64, 64), (71, 76), (66, 90), (44, 90), (39, 76), (48, 66)], (250, 130, 44), lit=False)
    pen.blob([(55, 62), (61, 74), (62, 86), (50, 88), (47, 78)], (255, 206, 90), lit=False, volume=0)
    pen.box(20, 95, 90, 99.6, (140, 136, 140), radius=1)
    for x, name in ((24, "teal"), (84, "gold")):
        pen.box(x - 4, -2, x + 4, 8, NAMED[name], radius=2, volume=0.7)
    pen.box(44, -6, 66, 8, (226, 196, 140))
    pen.box(46.4, -3.6, 63.6, 5.6, (150, 190, 210), volume=0)


@subject("fridge", "refrigerator", "freezer", aspect=0.55, size=0.64, home="kitchen",
         colours=((236, 240, 242), (160, 214, 206), (226, 96, 84)))  # fmt: skip
def fridge(pen: Pen) -> None:
    """A rounded fridge with magnets on its door."""
    for x in (10, 42):
        pen.box(x, 95, x + 5, 99.6, INK)
    pen.box(3, 1, 52, 96, pen.main, radius=8, volume=0.6)
    pen.box(3, 33, 52, 34.6, darker(pen.main, 0.4), volume=0, line=False)
    for y0, y1 in ((14, 28), (42, 62)):
        pen.box(43, y0, 46.4, y1, STEEL, radius=1.6, volume=0.8)
    pen.line([(10, 8), (9, 26)], 2.4, WHITE, opacity=0.7, volume=0, line=False)
    pen.box(13, 46, 26, 60, (252, 248, 230), volume=0)
    pen.line([(15, 50), (24, 50)], 0.9, INK, volume=0, line=False)
    pen.line([(15, 54), (22, 54)], 0.9, INK, volume=0, line=False)
    pen.oval(19.6, 46, 1.8, 1.8, NAMED["red"], volume=0.6)
    pen.star(33, 70, 4, NAMED["gold"])
    pen.oval(16, 74, 2.6, 2.6, NAMED["azure"], volume=0.6)


@subject("ladder", "stepladder", aspect=0.55, size=0.62, home="garden", colours=((206, 150, 92), (196, 204, 214)))
def ladder(pen: Pen) -> None:
    """A stepladder."""
    pen.line([(36, 3), (52, 98)], 3.4, darker(pen.main, 0.35))
    pen.line([(24, 3), (38, 98)], 3, darker(pen.main, 0.4))
    for step in range(6):
        share = 0.14 + step * 0.155
        y = 3 + 95 * share
        pen.box(22 - 18 * share, y, 33 + 12 * share, y + 3.6, lighter(pen.main, 0.15), radius=1)
    pen.line([(22, 3), (4, 98)], 4, pen.main)
    pen.line([(33, 3), (45, 98)], 4, pen.main)
    pen.box(18, 1, 40, 6, pen.main, radius=1.4)


@subject("easel", "canvas on an easel", aspect=0.75, size=0.6, home="room", colours=((176, 122, 76),))
def easel(pen: Pen) -> None:
    """An easel with a landscape on it."""
    pen.line([(37, 2), (37, 96)], 3, darker(pen.main, 0.35))
    for top, foot in ((35, 8), (40, 67)):
        pen.line([(top, 2), (foot, 99)], 3.6, pen.main)
    sheet = pen.box(6, 16, 69, 66, (252, 249, 240), volume=0.1)
    pen.box(9, 19, 66, 63, (164, 206, 232), volume=0, fade=(244, 226, 196), lit=False)
    pen.oval(53, 29, 5, 5, (255, 236, 160), volume=0)
    pen.blob(
        [(9, 64), (9, 50), (26, 38), (42, 50), (56, 44), (66, 50), (66, 64)], (104, 150, 140), clip=sheet, volume=0.2
    )
    pen.blob([(9, 64), (14, 56), (40, 54), (66, 58), (66, 64)], (130, 180, 90), clip=sheet, volume=0.2)
    pen.box(3, 66, 72, 71, pen.main, radius=1)
    for x, name in ((14, "red"), (22, "azure"), (30, "gold")):
        pen.line([(x, 66), (x + 3, 56)], 1.6, NAMED[name], volume=0)


@subject("toilet", "loo", "wc", aspect=0.7, size=0.44, home="bathroom", seat=0.5, colours=((246, 248, 250),))
def toilet(pen: Pen) -> None:
    """A toilet."""
    pen.box(14, 2, 56, 40, pen.main, radius=5, volume=0.6)
    pen.box(11, 1, 59, 8, lighter(pen.main, 0.4), radius=3)
    pen.oval(35, 5, 4, 1.8, STEEL, volume=0.6)
    pen.blob([(12, 54), (58, 54), (54, 74), (46, 84), (49, 98), (21, 98), (24, 84), (16, 74)], pen.main, volume=0.9)
    pen.oval(35, 50, 27, 10, lighter(pen.main, 0.3), volume=0.3)
    pen.oval(35, 50, 20, 6.4, darker(pen.main, 0.35), volume=0.1)
    pen.oval(35, 51.6, 16, 4, (170, 210, 230), volume=0.1)
