"""What flies, and what leaves the ground behind."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

GLASS: RGB = (176, 216, 232)
TYRE: RGB = (52, 50, 62)


@subject(
    "airplane",
    "plane",
    "aeroplane",
    "jet",
    "aircraft",
    "biplane",
    holds=(0.45, 0.7),
    cab=(148, 36, 36, 52),
    aspect=1.7,
    size=0.34,
    stands="air",
    home="sky",
    colours=((240, 244, 248), (226, 84, 70)),
)
def airplane(pen: Pen) -> None:
    """An aeroplane."""
    accent = pen.second if pen.second != lighter(pen.main, 0.55) else NAMED["red"] if pen.main[2] > 150 else WHITE
    pen.poly([(28, 50), (6, 12), (24, 14), (50, 46)], accent)
    pen.poly([(92, 44), (72, 12), (86, 12), (122, 44)], darker(pen.main, 0.22))
    pen.blob([(14, 52), (40, 42), (110, 38), (146, 42), (164, 54), (150, 66), (100, 70), (40, 64)], pen.main)
    pen.line([(24, 58), (90, 62), (158, 60)], 2.6, accent, volume=0)
    pen.blob([(138, 44), (150, 46), (156, 52), (140, 52)], (70, 100, 140))
    for x in range(56, 132, 11):
        pen.oval(x, 51, 2.6, 3, (90, 140, 180), volume=0)
    pen.poly([(84, 60), (120, 60), (76, 98), (58, 98)], darker(pen.main, 0.08))
    pen.poly([(30, 58), (46, 58), (24, 78), (14, 78)], accent)


@subject(
    "rocket",
    "spaceship",
    "spacecraft",
    "shuttle",
    "starship",
    holds=(0.6, 0.5),
    cab=(31, 31.5, 34, 45.5),
    aspect=0.62,
    size=0.62,
    home="space",
    stands="air",
    colours=((238, 240, 246), (222, 72, 62)),
)
def rocket(pen: Pen) -> None:
    """A rocket on its way."""
    accent = pen.second if pen.second != lighter(pen.main, 0.55) else NAMED["red"] if sum(pen.main) > 500 else WHITE
    pen.glow(31, 88, 34, (255, 170, 60), 0.8)
    pen.blob([(23, 74), (39, 74), (41, 86), (31, 102), (21, 86)], (250, 130, 40), lit=False)
    pen.blob([(26, 74), (36, 74), (36, 83), (31, 93), (26, 83)], (255, 232, 130), lit=False)
    for side in (-1, 1):
        pen.blob([(31 + side * 12, 50), (31 + side * 25, 68), (31 + side * 24, 82), (31 + side * 11, 73)], accent)
    body = pen.blob([(31, 1), (42, 16), (47, 38), (44, 62), (40, 75), (22, 75), (18, 62), (15, 38), (20, 16)], pen.main)
    pen.blob([(31, 1), (42, 16), (44, 22), (31, 25), (18, 22), (20, 16)], accent, clip=body)
    pen.oval(31, 39, 9, 9, darker(pen.main, 0.3))
    pen.oval(31, 39, 6.6, 6.6, (120, 200, 236))
    pen.oval(29, 37, 2, 1.6, WHITE, volume=0, lit=False)
    pen.box(20, 66, 42, 70, accent, clip=body, volume=0.6)
    pen.line([(31, 56), (31, 80)], 4, darker(accent, 0.1))


@subject(
    "ufo",
    "flying saucer",
    "alien",
    "spaceship saucer",
    holds=(0.5, 0.7),
    aspect=1.5,
    size=0.34,
    home="space",
    stands="air",
    colours=((160, 172, 196),),
)
def ufo(pen: Pen) -> None:
    """A flying saucer."""
    pen.poly(
        [(52, 66), (98, 66), (124, 99), (26, 99)],
        (170, 250, 190),
        opacity=0.35,
        lit=False,
        volume=0,
        soft=2,
        line=False,
    )
    pen.oval(75, 38, 30, 30, (170, 226, 236), opacity=0.9)
    pen.oval(75, 40, 11, 13, (124, 200, 96))
    for side in (-1, 1):
        pen.oval(75 + side * 4.6, 36, 3, 4.2, INK, turn=-side * 20, volume=0)
    pen.oval(75, 58, 66, 17, pen.main)
    pen.oval(75, 53, 48, 8, lighter(pen.main, 0.3))
    for x, y in ((26, 60), (50, 68), (75, 70), (100, 68), (124, 60)):
        pen.oval(x, y, 4, 3.4, NAMED["gold"], lit=False, volume=0)
        pen.glow(x, y, 9, NAMED["gold"], 0.6)


@subject(
    "hot-air balloon",
    "hot air balloon",
    "air balloon",
    "airship",
    "zeppelin",
    holds=(0.14, 0.26),
    aspect=0.75,
    size=0.56,
    stands="air",
    home="sky",
    colours=((222, 76, 62), (246, 184, 70), (70, 140, 180)),
)
def hot_air_balloon(pen: Pen) -> None:
    """A hot-air balloon."""
    other = pen.second if pen.second != lighter(pen.main, 0.55) else NAMED["cream"]
    for side in (-1, 1):
        pen.line([(37 + side * 13, 66), (37 + side * 6, 86)], 0.9, (110, 80, 60))
    envelope = pen.blob(
        [(37, 1), (60, 9), (71, 32), (62, 54), (48, 70), (26, 70), (12, 54), (3, 32), (14, 9)], pen.main, volume=1
    )
    for rx in (27, 9):
        pen.blob(
            [
                (37 - rx, 32),
                (37 - rx * 0.8, 8),
                (37, -4),
                (37 + rx * 0.8, 8),
                (37 + rx, 32),
                (37 + rx * 0.6, 60),
                (37, 76),
                (37 - rx * 0.6, 60),
            ],
            other if rx == 27 else pen.main,
            clip=envelope,
            volume=0.5,
        )
        if rx == 27:
            pen.blob(
                [(19, 32), (22, 8), (37, -4), (52, 8), (55, 32), (48, 60), (37, 76), (26, 60)],
                pen.main,
                clip=envelope,
                volume=0.5,
            )
            pen.blob(
                [(28, 32), (30, 8), (37, -4), (44, 8), (46, 32), (42, 60), (37, 76), (32, 60)],
                other,
                clip=envelope,
                volume=0.5,
            )
    pen.box(29, 85, 45, 99, (158, 108, 66), radius=2.5)
    pen.box(28, 84, 46, 88, (186, 134, 86), radius=1.5)


@subject(
    "helicopter",
    holds=(0.45, 0.7),
    cab=(121, 34, 56, 60),
    aspect=1.6,
    size=0.36,
    stands="air",
    home="sky",
    colours=((62, 130, 170), (226, 96, 62)),
)
def helicopter(pen: Pen) -> None:
    """A helicopter."""
    pen.line([(30, 14), (154, 14)], 3, TYRE)
    pen.line([(92, 14), (92, 28)], 4, TYRE)
    pen.poly([(8, 36), (70, 46), (70, 58), (8, 44)], pen.main)
    pen.poly([(4, 22), (16, 24), (18, 46), (6, 46)], darker(pen.main, 0.2))
    pen.blob([(56, 56), (70, 30), (108, 26), (138, 44), (142, 66), (118, 80), (76, 78)], pen.main)
    pen.blob([(106, 32), (126, 38), (138, 54), (136, 60), (106, 58)], GLASS)
    for x in (80, 118):
        pen.line([(x, 78), (x - 3, 92)], 2.6, TYRE)
    pen.line([(60, 93), (136, 93), (144, 88)], 3, TYRE)
