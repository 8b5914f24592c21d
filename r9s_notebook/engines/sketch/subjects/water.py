"""What lives in water."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject


@subject(
    "fish",
    "goldfish",
    "clownfish",
    "trout",
    "salmon fish",
    aspect=1.4,
    size=0.32,
    home="underwater",
    stands="air",
    colours=((246, 132, 52), (250, 196, 62), (90, 150, 230), (230, 90, 120)),
)
def fish(pen: Pen) -> None:
    """A fish."""
    coat, fin = pen.main, darker(pen.main, 0.18)
    pen.blob([(34, 50), (14, 28), (2, 22), (8, 50), (2, 80), (16, 74)], fin)
    pen.blob([(56, 28), (72, 6), (94, 10), (98, 26)], fin)
    pen.blob([(64, 72), (70, 92), (84, 88), (86, 74)], fin)
    body = pen.blob([(28, 50), (50, 28), (86, 20), (118, 32), (134, 52), (116, 72), (84, 80), (50, 72)], coat)
    for x in (62, 88):
        pen.line([(x, 14), (x + 6, 50), (x, 88)], 9, WHITE, clip=body)
    pen.blob([(78, 52), (64, 46), (56, 58), (68, 66), (80, 60)], fin)
    pen.oval(113, 44, 7, 7, WHITE)
    pen.eye(114, 44, 4)
    pen.arc(130, 56, 6, 100, 200, 1.6, INK, volume=0)


@subject(
    "koi",
    "koi fish",
    "kois",
    "carp",
    "nishikigoi",
    aspect=1.5,
    size=0.34,
    home="koi_pond",
    stands="water",
    colours=((244, 118, 48), (250, 244, 236)),
)
def koi(pen: Pen) -> None:
    """A koi as seen from above, through the water."""
    patch, white = (pen.main, (252, 246, 238)) if pen.main != (250, 244, 236) else ((240, 96, 44), pen.main)
    for r, opacity in ((48, 0.16), (38, 0.2)):
        pen.oval(76, 56, r * 1.5, r * 0.84, (176, 214, 216), opacity=opacity, volume=0, line=False, soft=5)
    pen.oval(78, 66, 54, 17, (16, 50, 72), opacity=0.3, volume=0, line=False, soft=4)
    fin = {"opacity": 0.82, "volume": 0.3}
    pen.blob([(26, 52), (12, 38), (0, 28), (6, 46), (2, 56), (4, 72), (18, 62)], lighter(patch, 0.45), **fin)
    pen.blob([(94, 40), (88, 22), (76, 12), (78, 28), (82, 40)], lighter(patch, 0.6), **fin)
    pen.blob([(94, 66), (92, 84), (80, 94), (80, 78), (84, 66)], lighter(patch, 0.6), **fin)
    body = pen.blob(
        [(20, 54), (42, 46), (70, 36), (100, 34), (126, 40), (140, 52), (128, 66), (100, 72), (70, 70), (42, 62)],
        white,
        volume=0.9,
    )
    for points in (
        [(126, 36), (142, 52), (126, 66), (112, 60), (116, 46)],
        [(74, 32), (98, 32), (100, 48), (88, 62), (74, 52)],
        [(40, 44), (58, 40), (60, 56), (48, 66), (36, 58)],
    ):
        pen.blob(points, patch, clip=body, volume=0.6, line=False)
    pen.blob([(60, 54), (80, 50), (96, 53), (80, 57)], darker(patch, 0.25), volume=0.2, opacity=0.8)
    for y in (43, 62):
        pen.oval(126, y, 2.6, 2.4, INK, volume=0)
        pen.oval(126.8, y - 0.8, 0.8, 0.8, WHITE, volume=0, line=False)
        pen.line([(138, (y + 52) / 2), (146, y + (y - 52) * 0.3)], 1, lighter(patch, 0.3), volume=0, line=False)
    for x in range(46, 110, 12):
        pen.arc(x, 53, 7, -50, 50, 0.9, darker(white, 0.22), volume=0, line=False, opacity=0.6)


@subject("whale", "orca", seat=0.6, aspect=1.6, size=0.44, home="sea", stands="water", colours=((70, 116, 176),))
def whale(pen: Pen) -> None:
    """A whale that blows."""
    coat = pen.main
    for dx, top in ((-14, 14), (0, 4), (14, 14)):
        pen.line(
            [(104, 40), (104 + dx * 0.5, 20), (104 + dx, top), (104 + dx * 1.7, top + 8)],
            3.4,
            (206, 232, 246),
            taper=(1, 0.5),
        )
    pen.blob([(30, 66), (14, 44), (2, 34), (4, 24), (18, 28), (24, 38), (32, 26), (46, 24), (44, 38), (36, 52)], coat)
    body = pen.blob(
        [(24, 60), (50, 52), (84, 38), (128, 38), (152, 58), (150, 84), (124, 98), (74, 98), (38, 86)], coat
    )
    belly = pen.blob(
        [(66, 90), (110, 82), (152, 76), (152, 92), (120, 100), (74, 100)], mix(coat, WHITE, 0.75), clip=body
    )
    for offset in (0, 7, 14):
        pen.line([(78, 92 + offset * 0.3), (150, 80 + offset)], 1.1, mix(coat, WHITE, 0.45), clip=belly)
    pen.eye(126, 68, 3.4)
    pen.smile(138, 76, 5)


@subject("dolphin", "porpoise", seat=0.6, aspect=1.6, size=0.36, home="sea", stands="air", colours=((112, 150, 186),))
def dolphin(pen: Pen) -> None:
    """A dolphin that leaps."""
    coat = pen.main
    pen.poly([(8, 92), (24, 72), (38, 78), (34, 96), (24, 86)], coat)
    pen.poly([(66, 30), (60, 6), (90, 22)], darker(coat, 0.2))
    body = pen.blob(
        [(20, 82), (44, 46), (78, 22), (116, 24), (138, 40), (156, 46), (154, 54), (130, 58), (96, 58), (56, 70)], coat
    )
    pen.blob([(44, 72), (90, 50), (140, 50), (128, 64), (80, 68)], mix(coat, WHITE, 0.75), clip=body)
    pen.blob([(98, 54), (92, 80), (112, 62)], darker(coat, 0.2))
    pen.eye(126, 40, 2.6)


@subject("shark", aspect=1.7, size=0.36, home="underwater", stands="air", colours=((120, 140, 160),))
def shark(pen: Pen) -> None:
    """A shark."""
    coat = pen.main
    pen.poly([(30, 54), (4, 16), (14, 54), (8, 88)], coat)
    pen.poly([(78, 34), (82, 2), (108, 34)], darker(coat, 0.2))
    body = pen.blob([(22, 54), (60, 36), (110, 30), (150, 44), (166, 56), (146, 72), (100, 78), (54, 68)], coat)
    pen.blob([(50, 66), (110, 60), (164, 58), (140, 80), (90, 84)], WHITE, clip=body)
    pen.poly([(92, 66), (76, 96), (114, 72)], darker(coat, 0.2))
    pen.eye(144, 50, 2.6)
    pen.arc(140, 56, 13, 20, 100, 1.6, INK, volume=0)
    for x in (112, 118, 124):
        pen.line([(x, 48), (x - 2, 60)], 1.2, darker(coat, 0.5))


@subject(
    "octopus",
    "squid",
    aspect=1.1,
    size=0.5,
    home="underwater",
    stands="air",
    head=(55, 6, 44),
    colours=((222, 96, 132), (150, 100, 200)),
)
def octopus(pen: Pen) -> None:
    """An octopus."""
    coat = pen.main
    for index, x in enumerate((14, 28, 42, 68, 82, 96)):
        lean = (x - 55) * 0.25
        curl = 8 if index % 2 else -8
        pen.line(
            [(55 + (x - 55) * 0.4, 56), (x, 74), (x + lean + curl, 88), (x + lean - curl * 0.6, 97)],
            12,
            darker(coat, 0.18 if index % 2 else 0),
            taper=(1.1, 0.35),
        )
    pen.blob([(55, 4), (80, 14), (88, 38), (76, 62), (55, 68), (34, 62), (22, 38), (30, 14)], coat)
    for side in (-1, 1):
        pen.oval(55 + side * 11, 40, 6.5, 7.5, WHITE)
        pen.eye(55 + side * 10.5, 41, 3.8)
        pen.oval(55 + side * 19, 51, 4.4, 2.8, lighter(coat, 0.4), volume=0)
    pen.smile(55, 52, 6, 1.6)


@subject(
    "jellyfish", aspect=0.7, size=0.46, home="underwater", stands="air", colours=((238, 150, 196), (150, 190, 250))
)
def jellyfish(pen: Pen) -> None:
    """A jellyfish, half transparent."""
    for x in (18, 26, 35, 44, 52):
        sway = pen.dice.between(-6, 6)
        pen.line(
            [(x, 40), (x + sway, 60), (x - sway, 80), (x + sway * 0.6, 98)],
            3.4,
            lighter(pen.main, 0.3),
            taper=(1, 0.3),
            opacity=0.75,
        )
    pen.glow(35, 30, 46, lighter(pen.main, 0.4), 0.35)
    dome = pen.blob(
        [(35, 2), (56, 12), (64, 34), (56, 44), (46, 40), (35, 46), (24, 40), (14, 44), (6, 34), (14, 12)],
        pen.main,
        opacity=0.88,
    )
    pen.oval(26, 20, 9, 6, lighter(pen.main, 0.7), turn=-30, clip=dome, opacity=0.8, volume=0)


@subject("crab", "lobster", aspect=1.5, size=0.28, home="beach", colours=((232, 84, 62),))
def crab(pen: Pen) -> None:
    """A crab."""
    coat = pen.main
    for side in (-1, 1):
        for index in range(3):
            x = 75 + side * (28 + index * 8)
            pen.line(
                [(75 + side * 24, 66 + index * 6), (x + side * 8, 70 + index * 5), (x + side * 10, 96)],
                4.6,
                darker(coat, 0.25),
                taper=(1, 0.5),
            )
        pen.line([(75 + side * 30, 56), (75 + side * 50, 44), (75 + side * 54, 28)], 7, coat)
        pen.blob(
            [
                (75 + side * 46, 28),
                (75 + side * 44, 10),
                (75 + side * 54, 18),
                (75 + side * 64, 6),
                (75 + side * 66, 24),
                (75 + side * 56, 34),
            ],
            coat,
        )
        pen.line([(75 + side * 9, 50), (75 + side * 10, 32)], 3, coat)
        pen.oval(75 + side * 10, 30, 5, 5, WHITE)
        pen.eye(75 + side * 10, 30, 3)
    pen.blob([(75, 42), (102, 48), (110, 66), (96, 86), (75, 90), (54, 86), (40, 66), (48, 48)], coat)
    pen.smile(75, 68, 8, 2)


@subject("starfish", aspect=1.0, size=0.26, home="beach", colours=((250, 140, 92), NAMED["coral"]))
def starfish(pen: Pen) -> None:
    """A starfish."""
    pen.star(50, 54, 48, pen.main, inner=0.44, volume=0.8)
    for x, y in ((50, 54), (50, 34), (68, 48), (32, 48), (62, 70), (38, 70)):
        pen.oval(x, y, 3, 3, lighter(pen.main, 0.5), volume=0)


@subject("shell", "seashell", aspect=1.1, size=0.24, home="beach", colours=((250, 196, 176), (236, 206, 230)))
def shell(pen: Pen) -> None:
    """A scallop shell."""
    fan = pen.blob(
        [(55, 96), (40, 88), (6, 52), (14, 22), (38, 6), (55, 4), (72, 6), (96, 22), (104, 52), (70, 88)], pen.main
    )
    for x in (10, 28, 46, 64, 82, 100):
        pen.line([(55, 94), (x, 6)], 2, darker(pen.main, 0.28), clip=fan)
    pen.poly([(40, 88), (70, 88), (66, 99), (44, 99)], darker(pen.main, 0.15))


@subject("seahorse", "seahorses", "sea horse", aspect=0.6, size=0.44, home="underwater", stands="air",
         colours=((250, 176, 72), (240, 124, 110)))  # fmt: skip
def seahorse(pen: Pen) -> None:
    """A seahorse, its tail curled."""
    coat = pen.main
    pen.line([(28, 64), (24, 78), (30, 90), (42, 90), (44, 80), (36, 78)], 8, coat, taper=(1.3, 0.4))
    for x, y in ((16, 26), (12, 36), (11, 46)):
        pen.poly([(x + 8, y - 5), (x - 4, y), (x + 8, y + 6)], darker(coat, 0.16))
    pen.blob([(24, 20), (38, 28), (46, 44), (40, 62), (28, 70), (20, 58), (18, 38)], coat, volume=0.9)
    pen.blob([(30, 36), (42, 42), (42, 56), (32, 64), (28, 50)], lighter(coat, 0.5), volume=0.4)
    for y in (42, 49, 56):
        pen.line([(30, y), (43, y + 2)], 1, darker(coat, 0.2), volume=0, line=False)
    pen.blob([(18, 16), (26, 6), (38, 8), (44, 18), (56, 20), (57, 26), (42, 28), (30, 30), (20, 26)], coat)
    for x, y in ((22, 6), (28, 2), (34, 3)):
        pen.poly([(x - 3, y + 6), (x, y - 4), (x + 3, y + 6)], darker(coat, 0.12))
    pen.blob([(18, 40), (6, 36), (4, 48), (10, 56), (19, 52)], lighter(coat, 0.5), opacity=0.85, volume=0.3)
    pen.oval(37, 16, 4.6, 4.6, WHITE, volume=0.2)
    pen.eye(38, 16, 2.6)
