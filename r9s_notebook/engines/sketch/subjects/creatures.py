"""Monkeys, kangaroos and other animals with a shape of their own."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

PINK = (244, 156, 160)


@subject(
    "monkey",
    "chimpanzee",
    "ape",
    "gorilla",
    "orangutan",
    "monkeys",
    aspect=0.95,
    size=0.48,
    home="forest",
    head=(47, 12, 36),
    hand=(74, 74),
    colours=((140, 90, 58), (104, 76, 62)),
)
def monkey(pen: Pen) -> None:
    """A monkey that sits."""
    if "gorilla" in pen.traits:
        pen.main = (84, 82, 92)
    coat, skin = pen.main, mix(pen.main, NAMED["cream"], 0.75)
    if "gorilla" not in pen.traits:
        pen.line([(64, 92), (86, 88), (90, 66), (80, 58), (74, 66)], 5, coat, taper=(1, 0.7))
    pen.blob([(47, 44), (64, 54), (70, 80), (62, 97), (32, 97), (24, 80), (30, 54)], coat)
    pen.oval(47, 76, 13, 16, skin)
    for side in (-1, 1):
        pen.oval(47 + side * 18, 95, 11, 4.6, skin)
        pen.line([(47 + side * 18, 56), (47 + side * 30, 70), (47 + side * 26, 80)], 8.4, darker(coat, 0.15))
        pen.oval(47 + side * 26, 81, 5, 5, skin)
        pen.oval(47 + side * 25, 28, 9, 9, coat)
        pen.oval(47 + side * 25, 28, 5.4, 5.4, skin)
    pen.oval(47, 27, 23, 22, coat)
    pen.blob(
        [(47, 18), (56, 14), (65, 22), (63, 34), (60, 46), (47, 50), (34, 46), (31, 34), (29, 22), (38, 14)],
        skin,
        volume=0.4,
    )
    for side in (-1, 1):
        pen.eye(47 + side * 8, 27, 3.2)
        pen.oval(47 + side * 2, 36, 1, 0.8, INK, volume=0)
    pen.smile(47, 42, 6)


@subject(
    "koala",
    "koalas",
    aspect=0.95,
    size=0.44,
    home="forest",
    head=(47, 12, 40),
    hand=(72, 74),
    colours=((160, 164, 174),),
)
def koala(pen: Pen) -> None:
    """A koala."""
    coat = pen.main
    pen.blob([(47, 46), (64, 56), (70, 80), (62, 97), (32, 97), (24, 80), (30, 56)], coat)
    pen.oval(47, 78, 14, 16, lighter(coat, 0.6))
    for side in (-1, 1):
        pen.line([(47 + side * 18, 60), (47 + side * 26, 74)], 10, darker(coat, 0.15))
        pen.oval(47 + side * 18, 95, 10, 4.6, darker(coat, 0.2))
        pen.oval(47 + side * 29, 20, 14, 13, coat)
        pen.oval(47 + side * 29, 21, 8, 7.6, PINK)
    pen.oval(47, 32, 26, 23, coat)
    pen.oval(47, 37, 5.4, 8, (60, 58, 70))
    for side in (-1, 1):
        pen.eye(47 + side * 13, 29, 3.2)
    pen.smile(47, 49, 4)


@subject(
    "kangaroo",
    "wallaby",
    aspect=0.95,
    size=0.54,
    home="savanna",
    head=(62, 14, 18),
    hand=(72, 58),
    colours=((190, 130, 84),),
)
def kangaroo(pen: Pen) -> None:
    """A kangaroo."""
    coat, pale = pen.main, lighter(pen.main, 0.6)
    pen.line([(44, 78), (22, 90), (4, 96)], 11, coat, taper=(1.1, 0.4))
    pen.blob([(58, 34), (68, 48), (66, 76), (52, 92), (34, 88), (32, 68), (46, 48)], coat)
    pen.oval(60, 66, 8, 13, pale)
    pen.blob([(36, 66), (52, 66), (58, 82), (50, 92), (36, 88)], darker(coat, 0.12))
    pen.line([(46, 92), (72, 96)], 7, coat)
    pen.line([(64, 48), (74, 54), (72, 60)], 5, darker(coat, 0.2))
    for dx in (-4, 5):
        pen.blob([(60 + dx - 3, 20), (58 + dx, 2), (63 + dx, 3), (62 + dx, 20)], coat)
    pen.blob([(54, 22), (64, 16), (80, 26), (78, 34), (64, 38), (54, 34)], coat)
    pen.oval(79, 29, 3, 2.6, INK)
    pen.eye(67, 24, 2.4)


@subject(
    "squirrel",
    "chipmunk",
    aspect=0.95,
    size=0.4,
    home="forest",
    head=(38, 24, 26),
    hand=(46, 66),
    colours=((196, 104, 56), (130, 120, 116)),
)
def squirrel(pen: Pen) -> None:
    """A squirrel with an acorn."""
    coat, pale = pen.main, lighter(pen.main, 0.7)
    pen.blob([(54, 96), (86, 92), (92, 60), (84, 26), (66, 8), (56, 22), (68, 36), (70, 60), (56, 74)], coat)
    pen.blob(
        [(66, 88), (82, 80), (84, 56), (76, 28), (68, 20), (76, 46), (74, 70)],
        lighter(coat, 0.3),
        volume=0.3,
        line=False,
    )
    pen.blob([(40, 50), (56, 62), (60, 84), (52, 97), (30, 97), (24, 84), (28, 62)], coat)
    pen.oval(37, 78, 9, 14, pale)
    pen.oval(32, 96, 10, 4, coat)
    for dx in (-8, 8):
        pen.blob([(38 + dx - 5, 30), (38 + dx, 12), (38 + dx + 5, 30)], coat)
    pen.blob([(38, 24), (52, 30), (54, 44), (42, 54), (24, 50), (20, 42), (26, 30)], coat)
    pen.blob([(24, 42), (36, 44), (38, 52), (26, 52), (19, 46)], pale, volume=0.3)
    pen.oval(19.4, 43, 2.2, 1.8, INK)
    pen.eye(32, 38, 3.4)
    pen.line([(46, 62), (34, 68)], 6, darker(coat, 0.14))
    pen.oval(27, 70, 5.4, 6, (170, 112, 60))
    pen.oval(27, 65.6, 6, 3, (110, 72, 48))


@subject("hedgehog", "porcupine", aspect=1.4, size=0.32, home="forest", head=(100, 40, 34), colours=((120, 88, 70),))
def hedgehog(pen: Pen) -> None:
    """A hedgehog."""
    spine, skin = pen.main, NAMED["cream"]
    for ring, tone in ((0, 0.3), (1, 0.0)):
        for step in range(15):
            share = step / 14
            x, y = 16 + 84 * share, 84 - (4 * share * (1 - share)) * (66 - ring * 16)
            pen.poly([(x - 8, y + 14), (x - 6 + (share - 0.5) * 10, y - 9), (x + 8, y + 14)], darker(spine, tone))
    pen.blob([(12, 90), (20, 50), (52, 30), (86, 44), (100, 70), (98, 92), (50, 97)], spine)
    for row in range(3):
        for step in range(6):
            x, y = 26 + step * 12 + row * 5, 50 + row * 14
            pen.line([(x, y + 6), (x - 5, y - 4)], 2, darker(spine, 0.4), taper=(1, 0.2), volume=0, line=False)
    pen.blob([(86, 52), (104, 54), (126, 76), (124, 82), (104, 92), (86, 92)], skin)
    pen.oval(126, 78, 4.4, 4, INK)
    pen.oval(92, 58, 5, 6, darker(skin, 0.2))
    pen.eye(106, 68, 3.4)
    for x in (40, 92):
        pen.oval(x, 96, 9, 3.4, darker(skin, 0.25))


@subject("sloth", aspect=1.2, size=0.44, home="forest", stands="air", colours=((150, 128, 104),))
def sloth(pen: Pen) -> None:
    """A sloth under its branch."""
    coat = pen.main
    pen.line([(0, 14), (60, 9), (120, 16)], 9, (120, 84, 58))
    pen.blob([(24, 44), (60, 36), (98, 46), (96, 74), (60, 84), (26, 74)], coat)
    for x in (30, 92):
        pen.line([(x, 56), (x + 2, 12)], 11, darker(coat, 0.16))
        for dx in (-3, 1, 5):
            pen.line([(x + dx, 12), (x + dx, 6)], 2, NAMED["ivory"], volume=0)
    pen.oval(28, 72, 20, 18, coat)
    pen.oval(28, 74, 15, 13, NAMED["cream"])
    for side in (-1, 1):
        pen.oval(28 + side * 8, 72, 6, 4, (96, 74, 60), turn=side * 20, volume=0)
        pen.eye(28 + side * 7, 72, 2.2)
    pen.oval(28, 77, 3, 2, INK)
    pen.smile(28, 82, 4)


@subject(
    "seal",
    "sea lion",
    "walrus",
    "sea lions",
    aspect=1.4,
    size=0.36,
    home="snow",
    head=(102, 24, 30),
    colours=((134, 140, 156), (150, 110, 88)),
)
def seal(pen: Pen) -> None:
    """A seal."""
    coat = pen.main
    pen.blob([(4, 82), (18, 84), (12, 96), (0, 97)], darker(coat, 0.2))
    pen.blob(
        [(8, 88), (40, 62), (72, 56), (86, 30), (104, 22), (118, 34), (116, 56), (110, 80), (92, 97), (40, 98)], coat
    )
    pen.blob([(84, 62), (106, 56), (108, 80), (92, 95), (76, 94)], lighter(coat, 0.5), volume=0.4)
    pen.blob([(70, 80), (84, 84), (92, 98), (66, 97)], darker(coat, 0.25))
    pen.oval(112, 44, 12, 9, lighter(coat, 0.4))
    pen.oval(121, 39, 4, 3, INK)
    for dy in (-2, 1, 4):
        pen.line([(112, 46 + dy * 0.5), (132, 44 + dy * 2)], 0.7, INK, volume=0, line=False)
    if "walrus" in pen.traits:
        for dx in (106, 115):
            pen.line([(dx, 52), (dx + 1, 72)], 4, NAMED["ivory"], taper=(1, 0.4))
    pen.eye(104, 36, 3.6)


@subject("bat", "bats", aspect=1.8, size=0.3, stands="air", home="night_sky", colours=((84, 74, 104),))
def bat(pen: Pen) -> None:
    """A bat."""
    coat = pen.main
    for side in (-1, 1):
        pen.blob([(90, 44), (90 + side * 40, 10), (90 + side * 86, 22), (90 + side * 76, 52), (90 + side * 60, 46),
            (90 + side * 50, 68),
                  (90 + side * 34, 56), (90 + side * 22, 74)], darker(coat, 0.2))  # fmt: skip
        pen.poly([(90 + side * 4, 26), (90 + side * 14, 6), (90 + side * 19, 32)], coat)
    pen.oval(90, 62, 17, 24, coat)
    pen.oval(90, 38, 19, 18, coat)
    for side in (-1, 1):
        pen.eye(90 + side * 7, 36, 3.6, iris=(250, 220, 120))
        pen.poly([(90 + side * 4, 47), (90 + side * 6, 47), (90 + side * 5, 52)], WHITE, volume=0)
    pen.smile(90, 45, 5)


@subject(
    "dinosaur",
    "t-rex",
    "tyrannosaurus",
    "dino",
    "brontosaurus",
    "diplodocus",
    aspect=1.5,
    size=0.56,
    home="volcanic",
    seat=0.5,
    head=(126, 10, 22),
    colours=((110, 168, 100), (120, 140, 170)),
)
def dinosaur(pen: Pen) -> None:
    """A long-necked dinosaur."""
    coat = pen.main
    for x in (52, 88):
        pen.line([(x + 8, 66), (x + 8, 95)], 12, darker(coat, 0.3))
    pen.line([(46, 58), (20, 72), (2, 92)], 16, coat, taper=(1.5, 0.15))
    body = pen.blob([(32, 62), (46, 44), (70, 40), (96, 46), (108, 60), (98, 78), (66, 82), (40, 76)], coat)
    pen.blob([(40, 72), (70, 70), (104, 66), (98, 86), (44, 86)], lighter(coat, 0.5), clip=body, volume=0.2)
    pen.line([(98, 58), (116, 38), (122, 16)], 17, coat, taper=(1.3, 0.8))
    for x, y in ((48, 44), (60, 39), (74, 38), (88, 41), (100, 46), (109, 36), (114, 24)):
        pen.poly([(x - 5, y + 4), (x, y - 7), (x + 5, y + 4)], darker(coat, 0.4))
    for x in (46, 92):
        pen.line([(x, 68), (x, 95)], 13, coat, taper=(1.2, 0.9))
        pen.oval(x + 1, 96, 9, 3.4, coat)
    pen.blob([(114, 12), (128, 5), (146, 14), (146, 22), (130, 26), (116, 24)], coat)
    pen.eye(128, 13, 2.8)
    pen.arc(138, 16, 6, 20, 120, 1, INK, volume=0)
