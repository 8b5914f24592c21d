"""Houses, towers and what else people build."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

LAMP: RGB = (255, 214, 120)
PANE: RGB = (150, 196, 220)
WOOD: RGB = (126, 84, 58)


def window(pen: Pen, x0: float, y0: float, x1: float, y1: float, *, frame: RGB = WHITE) -> None:
    """A window: it shines when it is dark outside."""
    edge = min(x1 - x0, y1 - y0) * 0.14
    pen.box(x0 - edge, y0 - edge, x1 + edge, y1 + edge, frame, volume=0.1)
    lit = pen.light.dark
    pen.box(
        x0,
        y0,
        x1,
        y1,
        LAMP if lit else PANE,
        lit=not lit,
        fade=mix(LAMP, (255, 160, 80), 0.4) if lit else lighter(PANE, 0.5),
        volume=0,
    )
    pen.line([((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)], edge * 0.7, frame, volume=0, line=False)
    pen.line([(x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)], edge * 0.7, frame, volume=0, line=False)
    if lit:
        pen.glow((x0 + x1) / 2, (y0 + y1) / 2, (y1 - y0) * 1.3, LAMP, 0.4)


def smoke(pen: Pen, x: float, y: float) -> None:
    """A little smoke."""
    for step in range(4):
        pen.oval(
            x + step * 3 + pen.dice.between(-1, 1),
            y - step * 5,
            2.4 + step,
            2 + step * 0.8,
            (244, 244, 248),
            opacity=0.62 - step * 0.13,
            volume=0,
            line=False,
        )


@subject(
    "house",
    "cottage",
    "cabin",
    "home",
    "hut",
    "farmhouse",
    "building",
    "shop",
    "bakery",
    "chalet",
    seat=0.94,
    holds=(0.1, 0.3),
    aspect=1.15,
    size=0.5,
    home="meadow",
    colours=((246, 226, 190), (236, 180, 150), (196, 216, 214), (240, 240, 232)),
)
def house(pen: Pen) -> None:
    """A house with a chimney."""
    roof = pen.part("roof", pen.dice.pick(((190, 82, 62), (84, 96, 134), (150, 84, 66))))
    smoke(pen, 87, 8)
    pen.box(80, 10, 92, 40, darker(roof, 0.3))
    pen.box(14, 44, 101, 99, pen.main)
    pen.poly([(58, 2), (112, 47), (3, 47)], roof)
    for row in range(1, 5):
        y = 2 + row * 9.2
        pen.line([(58 - row * 11, y), (58 + row * 11, y)], 0.9, darker(roof, 0.35), volume=0, line=False)
    pen.box(14, 47, 101, 51, darker(pen.main, 0.25), volume=0, line=False)
    snowy = "snowy" in pen.traits
    if snowy:
        pen.blob(
            [
                (58, -1),
                (86, 22),
                (114, 46),
                (108, 52),
                (98, 44),
                (86, 36),
                (76, 25),
                (58, 14),
                (42, 26),
                (30, 34),
                (18, 46),
                (7, 52),
                (1, 46),
                (30, 22),
            ],
            (248, 251, 255),
            volume=0.4,
        )
        pen.oval(86, 10, 8, 3.4, (248, 251, 255), volume=0.4)
    pen.box(50, 66, 68, 99, pen.part("door", WOOD), radius=3)
    pen.oval(64, 83, 1.4, 1.4, NAMED["gold"], volume=0)
    for x in (23, 77):
        window(pen, x, 62, x + 17, 80, frame=pen.part("window", WHITE))
    pen.oval(57.5, 30, 7, 7, WHITE, volume=0.1)
    pen.oval(57.5, 30, 5.2, 5.2, LAMP if pen.light.dark else PANE, lit=not pen.light.dark, volume=0)
    for x in (20, 34, 80, 94):
        pen.oval(x, 98, 9, 5.5, (240, 246, 252) if snowy else (92, 146, 82))


@subject(
    "castle",
    "palace",
    "fortress",
    "kingdom",
    holds=(0.02, 0.3),
    aspect=1.2,
    size=0.62,
    home="castle_hill",
    colours=((206, 202, 206), (226, 204, 184), (176, 180, 200)),
)
def castle(pen: Pen) -> None:
    """A castle with towers and flags."""
    stone, shade = pen.main, darker(pen.main, 0.22)
    roof = (
        pen.second
        if pen.second != lighter(stone, 0.55)
        else pen.dice.pick(((92, 92, 160), (186, 78, 78), (62, 120, 132)))
    )
    for x, top, w, colour in ((60, 22, 20, shade), (22, 38, 18, stone), (98, 38, 18, stone)):
        pen.line([(x, top - 14), (x, top - 26)], 1, WOOD)
        pen.poly([(x, top - 26), (x + 11, top - 22.5), (x, top - 19)], NAMED["crimson"])
        pen.box(x - w / 2, top, x + w / 2, 99, colour)
        pen.poly([(x - w * 0.66, top + 2), (x, top - 17), (x + w * 0.66, top + 2)], roof)
        window(pen, x - 2.4, top + 9, x + 2.4, top + 17, frame=shade)
    pen.box(28, 58, 92, 99, stone)
    for x in range(28, 92, 9):
        pen.box(x, 53, x + 5.4, 60, stone)
    for x, y in ((36, 68), (80, 74), (34, 84), (84, 88), (46, 62), (72, 64)):
        pen.box(x, y, x + 6, y + 3, shade, volume=0, line=False)
    pen.blob([(50, 99), (50, 80), (60, 71), (70, 80), (70, 99)], darker(WOOD, 0.4))
    for x in (54, 60, 66):
        pen.line([(x, 75), (x, 99)], 0.9, darker(stone, 0.6), volume=0)


@subject("lighthouse", "beacon", aspect=0.6, size=0.72, home="sea_cliff", colours=((214, 66, 58), (58, 110, 176)))
def lighthouse(pen: Pen) -> None:
    """A lighthouse, striped."""
    lamp = pen.light.dark or pen.light.sun[1] < 0.3
    if lamp:
        for side in (-1, 1):
            for step in range(1, 9):  # each reaches further than the last: the beam fades out
                reach = 20.0 * step
                pen.poly(
                    [(30, 17), (30 + side * reach, 18 - reach * 0.1), (30 + side * reach, 18 + reach * 0.11), (30, 19)],
                    (255, 240, 190),
                    opacity=0.09 - 0.007 * step,
                    soft=3.5,
                    lit=False,
                    volume=0,
                    line=False,
                )
        pen.glow(30, 18, 34, (255, 226, 150), 0.8)
    tower = pen.poly([(21, 27), (39, 27), (45, 96), (15, 96)], WHITE, volume=0.9)
    for y in (36, 58, 80):
        pen.poly([(0, y), (60, y), (60, y + 11), (0, y + 11)], pen.main, clip=tower, volume=0.9)
    pen.box(10, 93, 50, 99, darker(NAMED["grey"], 0.2), radius=2)
    for y in (50, 72):
        pen.box(28, y, 32, y + 5.4, LAMP if lamp else (60, 72, 104), lit=not lamp, radius=2, volume=0)
    pen.box(26, 86, 34, 96, WOOD, radius=4)
    pen.box(18, 24, 42, 28, (62, 66, 84), radius=1)
    pen.box(23, 12, 37, 24.5, LAMP if lamp else (190, 220, 230), lit=not lamp, volume=0.2)
    for x in (26.5, 30, 33.5):
        pen.line([(x, 12), (x, 24)], 0.8, (62, 66, 84), volume=0)
    pen.blob([(21, 13), (25, 6), (30, 3), (35, 6), (39, 13)], pen.main)
    pen.oval(30, 3, 1.6, 1.6, (62, 66, 84))


@subject("windmill", "mill", aspect=0.95, size=0.66, home="field", colours=((240, 230, 210),))
def windmill(pen: Pen) -> None:
    """A windmill."""
    pen.poly([(36, 44), (59, 44), (67, 99), (28, 99)], pen.main, volume=0.8)
    pen.blob([(33, 46), (38, 32), (47, 27), (57, 32), (62, 46)], (176, 84, 66))
    pen.box(42, 82, 53, 99, WOOD, radius=5)
    window(pen, 44, 58, 51, 67)
    turn = pen.dice.between(15, 75)
    for step in range(4):
        _blade(pen, 47, 38, 37, turn + 90 * step)
    pen.oval(47, 38, 3.4, 3.4, WOOD)


def _blade(pen: Pen, cx: float, cy: float, length: float, degrees: float) -> None:
    c, s = cos(radians(degrees)), sin(radians(degrees))

    def at(along: float, across: float) -> tuple[float, float]:
        return cx + along * c - across * s, cy + along * s + across * c

    pen.poly([at(8, 0), at(length, 0), at(length, 8), at(10, 8)], (250, 246, 236), volume=0.1)
    for along in (14, 20, 26, 32):
        pen.line([at(along, 0), at(along, 8)], 0.6, WOOD, volume=0, line=False)
    pen.line([at(0, 0), at(length, 0)], 1.6, WOOD)


@subject(
    "tower",
    "skyscraper",
    "apartment",
    "office",
    "skyscrapers",
    aspect=0.45,
    size=0.72,
    home="city",
    colours=((92, 124, 168), (186, 128, 108), (120, 130, 150)),
)
def tower(pen: Pen) -> None:
    """A tall building."""
    pen.box(20, 2, 23, 12, darker(pen.main, 0.4))
    pen.box(10, 10, 35, 30, lighter(pen.main, 0.08))
    pen.box(5, 22, 40, 99, pen.main)
    for row in range(9):
        for column in range(4):
            lit = pen.dice.chance(0.65) if pen.light.dark else False
            x, y = 8.6 + column * 7.6, 27 + row * 7.6
            pen.box(
                x,
                y,
                x + 4.8,
                y + 4.6,
                LAMP if lit else darker(pen.main, 0.5) if pen.light.dark else lighter(PANE, 0.3),
                lit=not lit,
                volume=0,
            )
    pen.box(17, 90, 28, 99, darker(pen.main, 0.6))


@subject("church", "chapel", "cathedral", aspect=0.95, size=0.62, home="village", colours=((244, 238, 226),))
def church(pen: Pen) -> None:
    """A church."""
    roof = (108, 92, 112)
    pen.box(38, 54, 92, 99, pen.main)
    pen.poly([(32, 56), (44, 36), (86, 36), (98, 56)], roof)
    pen.box(14, 34, 42, 99, lighter(pen.main, 0.2))
    pen.poly([(10, 36), (28, 6), (46, 36)], roof)
    pen.line([(28, 8), (28, -4)], 1.4, NAMED["gold"])
    pen.line([(24.5, -1), (31.5, -1)], 1.4, NAMED["gold"])
    pen.oval(28, 48, 5, 5, LAMP if pen.light.dark else PANE, lit=not pen.light.dark, volume=0)
    pen.box(22, 76, 34, 99, WOOD, radius=6)
    for x in (52, 66, 80):
        window(pen, x - 3, 66, x + 3, 82)


@subject("barn", "farm", "stable", aspect=1.2, size=0.5, home="field", colours=((186, 58, 50),))
def barn(pen: Pen) -> None:
    """A barn."""
    trim = WHITE
    pen.poly([(16, 99), (16, 46), (32, 22), (60, 8), (88, 22), (104, 46), (104, 99)], pen.main)
    pen.line([(10, 50), (30, 20), (60, 5), (90, 20), (110, 50)], 5, (98, 88, 98))
    pen.box(40, 62, 80, 99, darker(pen.main, 0.25))
    for a, b in (
        ((40, 62), (80, 99)),
        ((80, 62), (40, 99)),
        ((40, 62), (80, 62)),
        ((40, 62), (40, 99)),
        ((80, 62), (80, 99)),
    ):
        pen.line([a, b], 2.6, trim, volume=0)
    window(pen, 53, 30, 67, 44)


@subject(
    "tent",
    "camp",
    "campsite",
    "tipi",
    holds=(0.02, 0.5),
    aspect=1.3,
    size=0.36,
    home="forest",
    colours=((240, 150, 70), (84, 150, 140)),
)
def tent(pen: Pen) -> None:
    """A tent."""
    if pen.light.dark:
        pen.glow(65, 70, 70, LAMP, 0.5)
    pen.poly([(65, 8), (124, 97), (6, 97)], pen.main)
    pen.poly([(65, 8), (124, 97), (92, 97)], darker(pen.main, 0.25))
    pen.poly([(65, 30), (86, 97), (44, 97)], LAMP if pen.light.dark else darker(pen.main, 0.75), lit=not pen.light.dark)
    pen.poly([(65, 30), (58, 97), (44, 97)], lighter(pen.main, 0.35))
    pen.line([(61, 2), (65, 10), (69, 2)], 1.8, WOOD)


@subject("bridge", "viaduct", seat=0.7, aspect=2.2, size=0.34, home="river", colours=((190, 176, 168), (196, 84, 66)))
def bridge(pen: Pen) -> None:
    """A bridge of stone."""
    stone, shade = pen.main, darker(pen.main, 0.3)
    pen.blob(
        [
            (0, 60),
            (60, 34),
            (110, 26),
            (160, 34),
            (220, 60),
            (220, 99),
            (192, 99),
            (184, 74),
            (152, 60),
            (124, 74),
            (120, 99),
            (100, 99),
            (96, 74),
            (68, 60),
            (36, 74),
            (28, 99),
            (0, 99),
        ],
        stone,
    )
    pen.line([(0, 58), (60, 33), (110, 25), (160, 33), (220, 58)], 6, shade)
    for x, y in ((20, 72), (52, 54), (88, 48), (110, 46), (110, 62), (134, 48), (168, 54), (202, 72), (110, 78)):
        pen.box(x - 5, y, x + 5, y + 5, shade, volume=0, line=False)


@subject("pagoda", "temple", "shrine", aspect=0.85, size=0.66, home="mountains", colours=((196, 66, 54),))
def pagoda(pen: Pen) -> None:
    """A pagoda."""
    roof = (62, 74, 92)
    pen.line([(42, 16), (42, 0)], 1.8, NAMED["gold"])
    for y, half in ((84, 22), (60, 18), (36, 14)):
        pen.box(42 - half, y - 2, 42 + half, y + 16, pen.main)
        for x in (-0.5, 0.5):
            pen.box(
                42 + x * half - 3,
                y + 3,
                42 + x * half + 3,
                y + 14,
                LAMP if pen.light.dark else NAMED["cream"],
                lit=not pen.light.dark,
                volume=0,
            )
        pen.blob(
            [
                (42 - half - 16, y - 2),
                (42 - half - 2, y - 8),
                (42, y - 18),
                (42 + half + 2, y - 8),
                (42 + half + 16, y - 2),
                (42, y + 1),
            ],
            roof,
        )
    pen.box(36, 88, 48, 99, WOOD)


@subject("igloo", holds=(0.02, 0.5), aspect=1.5, size=0.36, home="snow", colours=((232, 244, 252),))
def igloo(pen: Pen) -> None:
    """An igloo."""
    seam = darker(pen.main, 0.2)
    dome = pen.blob([(6, 99), (10, 60), (34, 22), (70, 10), (104, 24), (126, 60), (130, 99)], pen.main)
    for y in (34, 56, 78):
        pen.line([(0, y + 3), (70, y - 3), (140, y + 3)], 1, seam, clip=dome, volume=0)
    for x, y in ((40, 45), (70, 42), (100, 45), (24, 67), (54, 64), (86, 64), (114, 68), (36, 88), (110, 88)):
        pen.line([(x, y - 9), (x, y + 9)], 1, seam, clip=dome, volume=0)
    pen.blob([(56, 99), (58, 68), (74, 56), (92, 68), (94, 99)], lighter(pen.main, 0.4))
    pen.blob(
        [(63, 99), (64, 76), (75, 67), (86, 76), (87, 99)],
        LAMP if pen.light.dark else (66, 96, 140),
        lit=not pen.light.dark,
    )


@subject("pyramid", "pyramids", aspect=1.5, size=0.5, home="desert", colours=((226, 184, 118),))
def pyramid(pen: Pen) -> None:
    """A pyramid."""
    pen.poly([(75, 6), (148, 99), (2, 99)], pen.main, volume=0.1)
    pen.poly([(75, 6), (148, 99), (96, 99)], darker(pen.main, 0.35), volume=0.1)
    for row in range(1, 8):
        y = 6 + row * 12
        pen.line([(75 - row * 9.2, y), (75 + row * 2.7, y)], 0.7, darker(pen.main, 0.25), volume=0, line=False)


@subject("lamppost", "streetlight", "lantern post", aspect=0.3, size=0.6, home="street", colours=((54, 58, 76),))
def lamppost(pen: Pen) -> None:
    """A street lamp."""
    pen.line([(15, 97), (15, 20)], 2.8, pen.main)
    pen.box(9, 94, 21, 99, pen.main, radius=2)
    pen.poly([(8, 8), (22, 8), (19, 22), (11, 22)], LAMP, lit=False)
    if pen.light.dark:
        pen.glow(15, 14, 34, LAMP, 0.8)
    pen.poly([(6, 9), (15, 1), (24, 9)], pen.main)


@subject("fence", aspect=2.4, size=0.2, home="garden", colours=((250, 246, 238),))
def fence(pen: Pen) -> None:
    """A picket fence."""
    for y in (40, 74):
        pen.box(0, y, 240, y + 9, darker(pen.main, 0.12))
    for x in range(6, 236, 26):
        pen.poly([(x, 99), (x, 22), (x + 8, 8), (x + 16, 22), (x + 16, 99)], pen.main)
