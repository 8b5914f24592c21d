"""Furniture and what stands about: benches, thrones, tubs, baskets, prams, newspapers, perfume."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from typing import Any

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

WOOD: RGB = (164, 108, 66)
GOLD: RGB = NAMED["gold"]
STEEL: RGB = (196, 204, 214)


@subject(
    "basket",
    "wicker basket",
    "picnic basket",
    "hamper",
    "bread basket",
    aspect=1.25,
    size=0.36,
    home="meadow",
    holds=(0.58, 0.62),
    colours=((206, 156, 92), (184, 128, 74)),
)
def basket(pen: Pen) -> None:
    """A woven basket with a handle."""
    cane = pen.main
    pen.arc(62, 46, 46, 180, 360, 7, darker(cane, 0.25))
    pen.arc(62, 46, 46, 180, 360, 2, lighter(cane, 0.35), volume=0, line=False)
    body = pen.blob(
        [(8, 44), (62, 48), (117, 44), (112, 74), (102, 95), (62, 99), (23, 95), (13, 74)], cane, volume=0.9
    )
    for row in range(5):
        y = 54 + row * 9.4
        for step in range(13):
            x = 6 + step * 9.4 + (row % 2) * 4.7
            tone = lighter(cane, 0.3) if (step + row) % 2 else darker(cane, 0.34)
            pen.box(x - 3.6, y - 2.6, x + 3.6, y + 2.8, tone, radius=2.4, clip=body, volume=0.2, line=False)
    pen.line([(8, 44), (62, 49), (117, 44)], 9, darker(cane, 0.12))
    for step in range(10 + 4 * pen.detail):
        x = 10 + step * 105 / (10 + 4 * pen.detail)
        pen.line([(x, 42), (x + 5, 50)], 1.4, darker(cane, 0.45), volume=0, line=False)


@subject(
    "bench",
    "park bench",
    "garden bench",
    "wooden bench",
    seat=0.46,
    aspect=1.7,
    size=0.36,
    home="garden",
    colours=((170, 110, 66), (96, 138, 104)),
)
def bench(pen: Pen) -> None:
    """A park bench: slats on iron legs."""
    iron: RGB = (62, 64, 74)
    for x in (22, 148):
        pen.line([(x, 4), (x + 2, 44), (x + 1, 60)], 5, iron)
        pen.line([(x, 62), (x - 4, 98)], 5.4, iron)
        pen.line([(x + 3, 60), (x + 8, 96)], 4.4, darker(iron, 0.3))
        pen.arc(x + 1, 48, 11, 150, 330, 3.6, iron)
    for index, y in enumerate((6, 20, 34)):
        pen.box(8, y, 162, y + 10, darker(pen.main, 0.1 - 0.04 * index), radius=3)
        pen.line([(16, y + 3), (90, y + 2.4), (152, y + 3)], 1, lighter(pen.main, 0.3), volume=0, line=False)
    for index, y in enumerate((54, 60, 66)):
        spread = index * 2.4
        pen.box(8 - spread, y, 162 + spread, y + 6, lighter(pen.main, 0.06 * index), radius=2.6)
    for x in (22, 148):
        for y in (11, 25, 39):
            pen.oval(x, y, 1.6, 1.6, lighter(iron, 0.4), volume=0, line=False)


@subject(
    "throne",
    "royal throne",
    "king's throne",
    seat=0.42,
    aspect=0.8,
    size=0.66,
    home="room",
    colours=((178, 32, 58), (108, 52, 150)),
)
def throne(pen: Pen) -> None:
    """A golden throne with a cushion."""
    gold = pen.part("legs", GOLD)
    pen.box(2, 92, 78, 99, darker(pen.main, 0.35), radius=2)
    pen.box(8, 86, 72, 93, darker(pen.main, 0.18), radius=2)
    pen.blob([(14, 88), (14, 26), (20, 14), (40, 8), (60, 14), (66, 26), (66, 88)], gold, volume=0.6)
    pen.blob([(20, 70), (20, 30), (25, 20), (40, 15), (55, 20), (60, 30), (60, 70)], pen.main, volume=0.5)
    for y in (28, 40, 52):
        for x in (30, 40, 50) if y != 40 else (35, 45):
            pen.oval(x, y, 1.5, 1.5, darker(pen.main, 0.35), volume=0.3, line=False)
    for x in (14, 66):
        pen.oval(x, 18, 4.6, 4.6, gold, volume=1)
    pen.poly([(29, 11), (27, 0), (34, 5), (40, -2), (46, 5), (53, 0), (51, 11)], gold)
    pen.oval(40, 7, 2.8, 2.8, NAMED["ruby"], volume=1)
    for x in (10, 70):
        pen.box(x - 5, 56, x + 5, 88, darker(gold, 0.12), radius=3, volume=0.7)
        pen.oval(x, 54, 7, 5.4, gold, volume=1)
    pen.box(15, 60, 65, 73, lighter(pen.main, 0.1), radius=6, volume=0.8)
    pen.box(15, 72, 65, 88, gold, radius=1, volume=0.5)
    for x in (26, 40, 54):
        pen.star(x, 80, 4, darker(gold, 0.35), tips=4, inner=0.45, volume=0)
    pen.line([(22, 63), (40, 62), (56, 63)], 1.6, lighter(pen.main, 0.4), volume=0, line=False)


@subject(
    "bathtub",
    "bath tub",
    "bath",
    "tub",
    aspect=1.6,
    size=0.4,
    home="bathroom",
    seat=0.6,
    holds=(0.56, 0.7),
    colours=((244, 246, 248), (170, 214, 222)),
)
def bathtub(pen: Pen) -> None:
    """A tub on feet, full of foam."""
    for x in (34, 126):
        pen.blob([(x - 8, 84), (x + 8, 84), (x + 7, 94), (x + 11, 99), (x - 5, 99)], GOLD, volume=0.7)
    pen.line([(140, 40), (140, 20), (130, 12), (122, 20)], 4.4, STEEL)
    pen.oval(140, 30, 6, 3.4, STEEL, volume=0.8)
    for x, y, r in ((30, 38, 9), (46, 33, 11), (64, 35, 12), (84, 31, 12), (102, 36, 10), (117, 39, 7), (74, 24, 7)):
        pen.oval(x, y, r, r * 0.95, (246, 250, 255), volume=0.5)
        pen.oval(x - r * 0.35, y - r * 0.35, r * 0.26, r * 0.2, WHITE, volume=0, line=False)
    body = pen.blob(
        [(8, 44), (80, 46), (152, 42), (150, 60), (138, 82), (114, 91), (48, 91), (22, 82), (10, 60)],
        pen.main,
        volume=0.9,
    )
    pen.blob(
        [(18, 66), (80, 80), (146, 62), (134, 86), (80, 96), (26, 86)],
        darker(pen.main, 0.14),
        clip=body,
        volume=0,
        line=False,
        opacity=0.5,
        soft=4,
    )
    pen.line([(4, 43), (40, 46), (120, 46), (156, 40)], 7, lighter(pen.main, 0.4))
    pen.line([(24, 56), (30, 70), (40, 80)], 3, WHITE, opacity=0.7, volume=0, line=False, taper=(1, 0.3))


@subject(
    "stroller",
    "pram",
    "baby carriage",
    "pushchair",
    "buggy",
    aspect=1.05,
    size=0.46,
    home="garden",
    colours=((92, 142, 190), (226, 122, 140)),
)
def stroller(pen: Pen) -> None:
    """A pram with its hood up."""
    frame: RGB = (84, 88, 100)
    pen.line([(20, 58), (8, 40), (2, 22)], 4, frame)
    pen.oval(3, 20, 5, 4.6, INK)
    pen.line([(34, 72), (74, 92)], 3.4, frame)
    pen.line([(80, 72), (34, 92)], 3.4, frame)
    pen.blob([(56, 46), (58, 14), (76, 6), (94, 16), (100, 46)], darker(pen.main, 0.14), volume=0.9)
    for x, top in ((70, 8), (83, 10)):
        pen.line([(57, 46), ((57 + x) / 2 + 2, 26), (x, top)], 1.5, darker(pen.main, 0.4), volume=0)
    pen.blob([(18, 44), (58, 46), (100, 44), (96, 64), (78, 76), (42, 76), (24, 64)], pen.main, volume=0.9)
    pen.blob([(20, 42), (40, 37), (58, 42), (56, 54), (38, 58), (24, 54)], lighter(pen.main, 0.6), volume=0.6)
    for step in range(5):
        pen.oval(26 + step * 7.4, 57 - abs(step - 2) * 0.9, 3.6, 3, lighter(pen.main, 0.72), volume=0.2)
    for x in (32, 78):
        pen.oval(x, 88, 11.5, 11.5, INK, volume=0.3)
        pen.oval(x, 88, 8, 8, (226, 230, 236), volume=0.2)
        for a, b in (((x - 8, 88), (x + 8, 88)), ((x, 80), (x, 96))):
            pen.line([a, b], 1.2, frame, volume=0, line=False)
        pen.oval(x, 88, 2.6, 2.6, frame)


@subject(
    "newspaper",
    "newspapers",
    "gazette",
    "daily paper",
    aspect=1.2,
    size=0.34,
    home="table",
    stands="table",
    colours=((238, 234, 222),),
)
def newspaper(pen: Pen) -> None:
    """A folded newspaper: a headline, a picture, columns."""
    paper, grey = pen.main, (92, 90, 98)
    pen.poly([(8, 6), (116, 2), (119, 92), (10, 98)], darker(paper, 0.18))
    page = pen.poly([(4, 4), (112, 2), (115, 94), (6, 98)], paper, volume=0.15)
    flat: dict[str, Any] = {"volume": 0, "clip": page, "line": False}
    pen.box(12, 9, 106, 21, INK, text="THE NEWS", **flat)
    pen.box(10, 24, 109, 25.4, grey, **flat)
    pen.box(12, 29, 104, 37, (64, 62, 74), text="Good day ahead", **flat)
    pen.box(12, 42, 58, 72, (150, 180, 200), **flat)
    pen.blob([(12, 72), (24, 58), (36, 66), (46, 54), (60, 72)], (96, 124, 104), **flat)
    pen.oval(48, 49, 3.6, 3.6, (250, 226, 150), **flat)
    for row in range(5 + pen.detail):
        pen.box(64, 43 + row * 5, 107 - row * 7 % 11, 45 + row * 5, grey, opacity=0.75, **flat)
    for row in range(4):
        for x0, x1 in ((12, 56), (64, 107)):
            pen.box(x0, 77 + row * 5, x1 - row * 5 % 9, 79 + row * 5, grey, opacity=0.75, **flat)
    pen.poly([(6, 98), (115, 94), (114.6, 86), (5.8, 90)], darker(paper, 0.2), opacity=0.5, volume=0, line=False)


@subject(
    "perfume",
    "perfume bottle",
    "bottle of perfume",
    "fragrance",
    "cologne",
    aspect=0.8,
    size=0.44,
    home="plain",
    stands="table",
    colours=((240, 176, 186), (236, 200, 120), (176, 190, 236)),
)
def perfume(pen: Pen) -> None:
    """A cut-glass bottle with a golden stopper."""
    glass = lighter(pen.main, 0.62)
    pen.box(31, 22, 49, 40, GOLD, radius=2, volume=0.8)
    pen.box(26, 3, 54, 24, darker(GOLD, 0.08), radius=5, volume=0.9)
    pen.box(30, 6, 34, 21, lighter(GOLD, 0.6), radius=2, volume=0, line=False)
    body = pen.poly([(16, 40), (64, 40), (77, 54), (77, 90), (68, 99), (12, 99), (3, 90), (3, 54)], glass, volume=0.5)
    pen.poly(
        [(3, 58), (77, 58), (77, 90), (68, 99), (12, 99), (3, 90)],
        pen.main,
        clip=body,
        volume=0.6,
        opacity=0.85,
        line=False,
    )
    pen.poly([(16, 40), (64, 40), (56, 50), (24, 50)], lighter(glass, 0.5), volume=0, opacity=0.8)
    for points in ([(3, 54), (16, 40), (24, 50), (14, 62), (14, 88), (3, 90)],):
        pen.poly(points, WHITE, volume=0, opacity=0.4, line=False)
    pen.poly(
        [(77, 54), (64, 40), (56, 50), (66, 62), (66, 88), (77, 90)],
        darker(pen.main, 0.3),
        volume=0,
        opacity=0.35,
        line=False,
    )
    pen.box(22, 62, 58, 84, (252, 248, 240), radius=2, volume=0)
    pen.box(27, 67, 53, 74, darker(pen.main, 0.6), text="N°7", volume=0, line=False)
    pen.box(29, 78, 51, 79.6, GOLD, volume=0, line=False)
    pen.star(70, 44, 6, WHITE, tips=4, inner=0.24, volume=0, lit=False, line=False)
