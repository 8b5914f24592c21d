"""Built things that people climb, shop at, or send to space: tree house, stall, clock tower, sleigh, satellites."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.buildings import WOOD, window
from r9s_notebook.engines.sketch.subjects.registry import subject

BARK: RGB = (112, 78, 58)
STEEL: RGB = (200, 206, 216)
PANEL: RGB = (44, 82, 160)


@subject(
    "tree house",
    "treehouse",
    "tree houses",
    "treehouses",
    aspect=1.0,
    size=0.74,
    home="forest",
    seat=0.5,
    colours=((92, 156, 84), (112, 170, 84)),
)
def tree_house(pen: Pen) -> None:
    """A cabin in the crown of a tree, with a ladder."""
    leaf = pen.part("leaves", pen.main)
    for x, y, r in (
        (22.0, 32.0, 20),
        (78, 30, 20),
        (50, 16, 22),
        (30, 16, 15),
        (72, 14, 14),
        (12, 46, 12),
        (88, 46, 12),
    ):
        pen.oval(x, y, r, r * 0.9, darker(leaf, 0.28))
    pen.blob([(38, 99), (42, 80), (41, 52), (59, 52), (58, 80), (64, 99)], BARK)
    for a, b in (((46, 64), (20, 44)), ((54, 62), (82, 42))):
        pen.line([a, b], 6, BARK, taper=(1, 0.6))
    for x in (24, 34):
        pen.line([(x, 62), (x - 5, 98)], 1.8, WOOD, volume=0)
    for step in range(6):
        y = 68 + step * 5.4
        shift = (y - 62) * 5 / 36
        pen.line([(23 - shift, y), (35 - shift, y)], 1.8, WOOD, volume=0)
    pen.box(14, 58, 88, 63, darker(WOOD, 0.15), radius=1)
    cabin = pen.part("wall", (206, 154, 100))
    pen.box(28, 32, 78, 59, cabin, volume=0.3)
    for y in (38, 44, 50, 55):
        pen.line([(28, y), (78, y)], 0.8, darker(cabin, 0.3), volume=0, line=False)
    pen.poly([(22, 34), (53, 12), (84, 34)], pen.part("roof", (178, 84, 62)))
    pen.line([(22, 34), (53, 12), (84, 34)], 2, lighter(pen.part("roof", (178, 84, 62)), 0.25), volume=0, line=False)
    pen.box(33, 40, 44, 59, pen.part("door", (112, 72, 52)), radius=4)
    pen.oval(42, 50, 1, 1, NAMED["gold"], volume=0)
    window(pen, 55, 40, 68, 51)
    for x in range(16, 90, 8):
        if not 30 < x < 46:
            pen.line([(x, 52), (x, 60)], 1.6, WOOD, volume=0)
    pen.line([(48, 52), (88, 52)], 1.8, WOOD, volume=0)
    for x, y, r in ((14.0, 30, 13), (90, 28, 13), (84, 16, 10), (24, 18, 11), (92, 40, 8)):
        pen.oval(x, y, r, r * 0.9, leaf)
    for _ in range(4 + 6 * pen.detail):
        x = pen.dice.between(4, 24) if pen.dice.chance(0.5) else pen.dice.between(80, 98)
        pen.oval(
            x,
            pen.dice.between(14, 40),
            2.4,
            1.5,
            lighter(leaf, 0.25),
            turn=pen.dice.between(0, 180),
            volume=0,
            line=False,
            opacity=0.7,
        )


@subject(
    "market stall",
    "fruit stall",
    "market stand",
    "fruit stand",
    "stall",
    "flower stall",
    "vegetable stall",
    "market stall with fruit",
    aspect=1.25,
    size=0.6,
    home="market",
    colours=((214, 74, 66), (70, 140, 110)),
)
def market_stall(pen: Pen) -> None:
    """A stall with an awning, and crates of fruit."""
    for x in (10.0, 115.0):
        pen.box(x - 2.4, 18, x + 2.4, 98, WOOD)
    pen.box(12, 26, 113, 62, (112, 90, 84), volume=0)
    for x, name in ((34.0, "gold"), (62, "coral"), (92, "mint")):
        pen.line([(x, 26), (x, 36)], 1, INK, volume=0, line=False)
        pen.oval(x, 40, 4.4, 5.4, NAMED[name], volume=0.9)
    pen.box(4, 66, 121, 98, darker(WOOD, 0.1))
    for y in (76, 86):
        pen.line([(5, y), (120, y)], 1, darker(WOOD, 0.4), volume=0, line=False)
    crates = (("red", 5.0), ("orange", 5.2), ("lime", 4.8), ("purple", 3.6))
    for index, (name, r) in enumerate(crates):
        x0 = 7 + index * 28.4
        for row in range(3):
            for step in range(4 - row % 2):
                x = x0 + 5.4 + step * 5.6 + (row % 2) * 2.8
                pen.oval(
                    x, 66 - row * 4.4, r, r, NAMED[name] if (step + row) % 3 else lighter(NAMED[name], 0.15), volume=0.9
                )
        pen.poly([(x0, 66), (x0 + 26, 66), (x0 + 25, 82), (x0 + 1, 82)], lighter(WOOD, 0.22))
        pen.line([(x0 + 1, 74), (x0 + 25, 74)], 1, darker(WOOD, 0.25), volume=0, line=False)
        if pen.detail:
            pen.box(x0 + 8, 84, x0 + 19, 93, (250, 244, 226), radius=1, volume=0)
            pen.line([(x0 + 10, 88), (x0 + 17, 88)], 1.2, INK, volume=0, line=False)
    for index in range(8):
        x0, x1 = 2 + index * 15.1, 2 + (index + 1) * 15.1
        t0, t1 = 14 + index * 12.1, 14 + (index + 1) * 12.1
        cloth = pen.main if index % 2 == 0 else (250, 244, 230)
        pen.poly([(t0, 4), (t1, 4), (x1, 24), (x0, 24)], cloth, volume=0.3)
        pen.blob(
            [(x0, 23), ((x0 + x1) / 2, 22.6), (x1, 23), (x1 - 2, 29), ((x0 + x1) / 2, 31), (x0 + 2, 29)],
            darker(cloth, 0.12),
            volume=0.3,
        )


@subject(
    "clock tower",
    "big ben",
    "bell tower",
    "clocktower",
    aspect=0.5,
    size=0.82,
    home="city",
    colours=((206, 176, 132), (186, 128, 100)),
)
def clock_tower(pen: Pen) -> None:
    """A tower with a clock under its spire."""
    stone = pen.main
    roof = pen.part("roof", (74, 92, 108))
    pen.line([(25, 6), (25, -1)], 1.2, NAMED["gold"])
    pen.poly([(25, 2), (34, 20), (16, 20)], roof)
    pen.box(16, 19, 34, 27, darker(stone, 0.1))
    for x in (19.5, 25, 30.5):
        pen.box(x - 1.7, 20.5, x + 1.7, 27, (70, 60, 80), radius=1.6, volume=0)
    pen.poly([(14, 27), (36, 27), (40, 32), (10, 32)], roof)
    pen.box(9, 32, 41, 58, lighter(stone, 0.12))
    pen.box(7, 57, 43, 61, darker(stone, 0.2), radius=1)
    pen.box(7, 30.6, 43, 33.6, darker(stone, 0.2), radius=1)
    lit = pen.light.dark
    if lit:
        pen.glow(25, 45, 26, (255, 232, 160), 0.7)
    pen.oval(25, 45, 10.6, 10.6, NAMED["gold"], volume=0.4)
    pen.oval(25, 45, 9, 9, (255, 244, 206) if lit else (250, 246, 234), lit=not lit, volume=0.2)
    for hour in range(12):
        a = radians(30 * hour)
        pen.oval(25 + 7.4 * cos(a), 45 + 7.4 * sin(a), 0.7, 0.7, INK, volume=0, line=False)
    pen.line([(25, 45), (25, 38.6)], 1.1, INK, volume=0)
    pen.line([(25, 45), (29.4, 47)], 1.4, INK, volume=0)
    pen.box(11, 61, 39, 99, stone)
    for x in (11, 37):
        pen.box(x - 0.6, 61, x + 2.6, 99, darker(stone, 0.16), volume=0.3)
    for x in (19, 31):
        window(pen, x - 1.8, 66, x + 1.8, 75)
    for y in (80, 88):
        for x in (17, 25, 33) if y == 80 else (21, 29):
            pen.box(x - 2.6, y, x + 2.6, y + 1.4, darker(stone, 0.2), volume=0, line=False, opacity=0.7)
    pen.box(20, 84, 30, 99, pen.part("door", (96, 64, 52)), radius=5)
    pen.box(8, 96, 42, 99.4, darker(stone, 0.25))


@subject(
    "sleigh",
    "sled",
    "sledge",
    "santa's sleigh",
    "toboggan",
    aspect=1.6,
    size=0.4,
    home="snow",
    seat=0.5,
    holds=(0.52, 0.8),
    colours=((196, 40, 50), (40, 110, 90)),
)
def sleigh(pen: Pen) -> None:
    """A sleigh on golden runners, with a sack."""
    gold = NAMED["gold"]
    pen.blob([(36, 48), (30, 22), (42, 8), (60, 8), (70, 22), (66, 50)], (150, 100, 70), volume=0.9)
    pen.blob([(44, 10), (40, 3), (50, 5), (60, 3), (56, 11)], (166, 114, 80))
    for x, y, name in ((38, 18, "azure"), (64, 16, "emerald")):
        pen.box(x - 7, y - 7, x + 7, y + 7, NAMED[name], radius=1.4)
        pen.line([(x, y - 7), (x, y + 7)], 2, gold, volume=0)
    for x in (44, 108):
        pen.line([(x, 76), (x - 5, 93)], 3.4, gold)
        pen.line([(x + 10, 76), (x + 14, 93)], 3.4, gold)
    pen.line([(12, 95), (60, 96), (120, 95), (144, 88), (152, 74), (146, 64), (138, 68)], 4.4, gold)
    body = pen.blob(
        [
            (8, 22),
            (22, 24),
            (32, 46),
            (64, 52),
            (96, 48),
            (112, 38),
            (126, 28),
            (138, 32),
            (138, 52),
            (126, 70),
            (96, 80),
            (40, 80),
            (18, 66),
            (8, 44),
        ],
        pen.main,
        volume=0.9,
    )
    pen.line([(8, 23), (22, 25), (32, 46), (64, 53), (96, 49), (112, 39), (126, 29), (138, 33)], 3.4, gold)
    pen.line([(26, 64), (44, 70), (96, 70), (122, 58)], 1.8, gold, volume=0, clip=body)
    for x in (50, 74, 98):
        pen.star(x, 62, 5, lighter(gold, 0.3), volume=0.2)


@subject(
    "satellite",
    "satellites",
    "space probe",
    "sputnik",
    aspect=1.7,
    size=0.36,
    home="space",
    stands="air",
    colours=((232, 186, 84),),
)
def satellite(pen: Pen) -> None:
    """A satellite with its panels and dish."""
    for x0 in (2, 112):
        pen.line([(85, 52), (x0 + 28, 52)], 4, STEEL)
        pen.box(x0, 32, x0 + 56, 72, darker(STEEL, 0.2), radius=2)
        for column in range(4):
            for row in range(2):
                x, y = x0 + 2.6 + column * 13, 35 + row * 18
                pen.box(x, y, x + 11.6, y + 16, PANEL if (column + row) % 2 else lighter(PANEL, 0.16), volume=0.3)
                pen.line([(x + 2, y + 13), (x + 9, y + 3)], 1, (150, 190, 250), opacity=0.6, volume=0, line=False)
    pen.box(68, 26, 102, 80, pen.main, radius=4, volume=0.7)
    for y in (40, 53, 66):
        pen.line([(69, y), (101, y)], 1.2, darker(pen.main, 0.3), volume=0, line=False)
    pen.line([(78, 28), (84, 47), (92, 60), (88, 78)], 1, lighter(pen.main, 0.6), volume=0, line=False, opacity=0.8)
    pen.box(76, 80, 94, 86, darker(STEEL, 0.3), radius=2)
    pen.line([(85, 26), (85, 16)], 3, STEEL)
    pen.blob([(62, 4), (72, 16), (85, 20), (98, 16), (108, 4), (85, 10)], WHITE, volume=0.8)
    pen.line([(85, 12), (85, 0)], 1.8, STEEL)
    pen.oval(85, 0, 2.6, 2.6, NAMED["red"], volume=0.6)


@subject(
    "space station",
    "iss",
    "international space station",
    "orbital station",
    aspect=1.9,
    size=0.46,
    home="space",
    stands="air",
    colours=((226, 230, 236),),
)
def space_station(pen: Pen) -> None:
    """A station of modules, with wings of solar panels."""
    pen.box(6, 47, 184, 52, darker(STEEL, 0.3), volume=0.5)
    for x in range(12, 182, 10):
        pen.line([(x, 47), (x + 5, 52)], 0.8, STEEL, volume=0, line=False)
    for x in (18, 42, 148, 172):
        for y0, y1 in ((4, 44), (55, 95)):
            pen.box(x - 9, y0, x + 9, y1, (206, 160, 84), radius=1)
            for row in range(5):
                y = y0 + 1.6 + row * (y1 - y0 - 2) / 5
                for dx in (-8, 0.6):
                    pen.box(
                        x + dx,
                        y,
                        x + dx + 7.4,
                        y + (y1 - y0) / 5 - 1.4,
                        PANEL if row % 2 else lighter(PANEL, 0.15),
                        volume=0.2,
                        line=False,
                    )
    hull = pen.main
    pen.box(84, 14, 106, 88, hull, radius=9, volume=0.9)
    pen.box(60, 38, 130, 62, lighter(hull, 0.15), radius=9, volume=0.9)
    for x in (72, 118):
        pen.box(x - 2, 37, x + 2, 63, darker(hull, 0.3), radius=1, volume=0.4)
    for y in (26, 74):
        pen.box(83, y - 2, 107, y + 2, darker(hull, 0.3), radius=1, volume=0.4)
    for x, y in ((66, 50), (95, 20), (95, 82), (124, 50)):
        pen.oval(x, y, 3.4, 3.4, (70, 90, 120), volume=0.3)
        pen.oval(x - 1, y - 1, 1.2, 1.2, WHITE, volume=0, line=False, lit=False)
    pen.oval(95, 50, 9, 9, darker(hull, 0.15), volume=0.8)
    pen.oval(95, 50, 5, 5, (110, 180, 226), volume=0.4)
    pen.glow(95, 50, 16, (160, 220, 255), 0.5)
    pen.poly([(89, 88), (101, 88), (104, 97), (86, 97)], darker(STEEL, 0.2), volume=0.6)


@subject(
    "iceberg",
    "icebergs",
    "ice floe",
    "floe",
    aspect=1.3,
    size=0.5,
    home="sea",
    stands="water",
    seat=0.6,
    colours=((214, 236, 248),),
)
def iceberg(pen: Pen) -> None:
    """An iceberg: facets of ice, blue in the shade."""
    ice = pen.main
    shade, deep = darker(ice, 0.26), (96, 168, 208)
    pen.poly(
        [
            (2, 92),
            (12, 66),
            (26, 58),
            (34, 28),
            (48, 14),
            (58, 2),
            (70, 20),
            (80, 26),
            (92, 52),
            (108, 58),
            (128, 90),
            (104, 99),
            (24, 99),
        ],
        ice,
        volume=0.4,
    )
    pen.poly(
        [(58, 2), (70, 20), (80, 26), (92, 52), (108, 58), (128, 90), (104, 99), (76, 99), (82, 70), (64, 44)],
        shade,
        volume=0.3,
    )
    pen.poly([(82, 70), (92, 52), (108, 58), (128, 90), (104, 99), (76, 99)], darker(ice, 0.4), volume=0.2)
    pen.poly([(34, 28), (48, 14), (54, 40), (40, 62), (26, 58)], lighter(ice, 0.7), volume=0.1)
    pen.poly([(12, 66), (26, 58), (40, 62), (30, 84), (10, 86)], lighter(ice, 0.45), volume=0.1)
    for points in ([(54, 40), (60, 60), (52, 78)], [(40, 62), (52, 78), (48, 96)], [(82, 70), (70, 80), (72, 96)]):
        pen.line(points, 1.4, deep, opacity=0.6, volume=0, line=False, taper=(1, 0.3))
    pen.poly(
        [(5, 86), (40, 90), (76, 88), (126, 86), (128, 91), (104, 99), (24, 99), (2, 92)],
        deep,
        opacity=0.5,
        volume=0,
        line=False,
    )
    pen.line([(58, 3), (48, 14), (35, 28)], 1.6, WHITE, volume=0, line=False)
