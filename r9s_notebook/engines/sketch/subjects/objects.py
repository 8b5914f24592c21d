"""Objects to play with, to work with, to wonder at."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

WOOD: RGB = (150, 102, 66)


@subject(
    "balloon",
    "balloons",
    aspect=0.55,
    size=0.46,
    stands="air",
    home="sky",
    colours=("red", "gold", "azure", "pink", "emerald"),
)
def balloon(pen: Pen) -> None:
    """A balloon on a string."""
    sway = pen.dice.between(-5, 5)
    pen.line([(27, 58), (27 + sway, 72), (27 - sway, 86), (27 + sway * 0.4, 99)], 0.8, (120, 110, 120), volume=0)
    pen.poly([(23.5, 61.5), (30.5, 61.5), (27, 56)], darker(pen.main, 0.25))
    pen.blob([(27, 2), (43, 8), (51, 26), (44, 46), (27, 58), (10, 46), (3, 26), (11, 8)], pen.main, volume=1)
    pen.oval(17, 18, 4.4, 8, lighter(pen.main, 0.75), turn=24, opacity=0.85, volume=0, line=False)


@subject(
    "stack of books",
    "pile of books",
    "books stacked",
    aspect=1.2,
    size=0.46,
    home="table",
    stands="table",
    colours=((180, 66, 62),),
)
def stack_of_books(pen: Pen) -> None:
    """Books, one on the other."""
    tones = (pen.main, NAMED["teal"], NAMED["mustard"], NAMED["navy"], NAMED["sage"])
    for index, tone in enumerate(tones):
        x, y = 6 + (index * 29) % 17, 80 - index * 17.5
        pen.box(x, y, x + 100, y + 18, tone, radius=3)
        pen.box(x + 6, y + 3.4, x + 101, y + 14.6, NAMED["ivory"], volume=0.1)
        for line in (6, 9, 12):
            pen.line([(x + 8, y + line), (x + 100, y + line)], 0.5, darker(NAMED["ivory"], 0.3), volume=0, line=False)
        pen.box(x, y, x + 9, y + 18, darker(tone, 0.12), radius=3)


@subject(
    "book",
    "novel",
    "notebook",
    "diary",
    "books",
    seat=0.7,
    aspect=1.5,
    size=0.34,
    home="table",
    stands="table",
    colours=((180, 66, 62), (62, 104, 150), (72, 130, 100)),
)
def book(pen: Pen) -> None:
    """An open book."""
    pen.blob(
        [(4, 40), (40, 34), (75, 44), (110, 34), (146, 40), (146, 96), (110, 90), (75, 99), (40, 90), (4, 96)], pen.main
    )
    for side in (-1, 1):
        pen.blob(
            [
                (75, 38),
                (75 + side * 28, 28),
                (75 + side * 66, 32),
                (75 + side * 66, 86),
                (75 + side * 30, 82),
                (75, 92),
            ],
            NAMED["ivory"],
            volume=0.5,
        )
        for y in (44, 52, 60, 68):
            pen.line(
                [(75 + side * 12, y + 4), (75 + side * 34, y), (75 + side * 58, y)],
                1.2,
                (190, 180, 170),
                volume=0,
                line=False,
            )
    pen.line([(75, 38), (75, 92)], 1.2, darker(NAMED["ivory"], 0.4), volume=0)


@subject(
    "guitar",
    "ukulele",
    "banjo",
    "violin",
    "cello",
    "instrument",
    aspect=0.55,
    size=0.62,
    home="room",
    colours=((206, 130, 66),),
)
def guitar(pen: Pen) -> None:
    """A guitar."""
    pen.box(23.5, 8, 30.5, 56, (92, 62, 48))
    pen.box(22, 1, 32, 12, darker(pen.main, 0.4), radius=2)
    pen.blob(
        [(27, 44), (42, 50), (41, 64), (50, 80), (42, 96), (27, 99), (12, 96), (4, 80), (13, 64), (12, 50)], pen.main
    )
    pen.oval(27, 66, 7.4, 7.4, (70, 44, 38))
    pen.arc(27, 66, 9.4, 0, 360, 1.2, NAMED["cream"], volume=0)
    pen.box(18, 84, 36, 88, (70, 44, 38))
    for x in (25, 27, 29):
        pen.line([(x, 8), (x, 86)], 0.4, (240, 230, 210), volume=0, line=False)


@subject("piano", "keyboard", aspect=1.3, size=0.5, home="room", colours=((52, 48, 60), (142, 84, 60)))
def piano(pen: Pen) -> None:
    """An upright piano."""
    pen.box(6, 6, 124, 96, pen.main, radius=3)
    pen.box(14, 16, 116, 48, lighter(pen.main, 0.08), radius=2)
    pen.box(2, 54, 128, 72, darker(pen.main, 0.3), radius=2)
    pen.box(8, 56, 122, 68, NAMED["ivory"], volume=0)
    for step in range(16):
        x = 8 + step * 7.1
        pen.line([(x, 56), (x, 68)], 0.5, (180, 174, 170), volume=0, line=False)
        if step % 7 not in {2, 6}:
            pen.box(x + 5, 56, x + 9, 63, INK, volume=0)
    pen.box(40, 22, 90, 46, NAMED["ivory"], volume=0.1)
    for x in (12, 108):
        pen.box(x, 90, x + 10, 99, darker(pen.main, 0.4))


@subject("kite", aspect=0.7, size=0.46, stands="air", home="sky", colours=((226, 84, 74), (246, 190, 62)))
def kite(pen: Pen) -> None:
    """A kite."""
    pen.line([(35, 62), (46, 74), (30, 86), (40, 99)], 1, (110, 100, 110), volume=0)
    for x, y, name in ((43, 73, "gold"), (33, 84, "teal"), (38, 94, "coral")):
        pen.poly([(x - 5, y - 3), (x + 5, y + 3), (x + 5, y - 3), (x - 5, y + 3)], NAMED[name], volume=0)
    pen.poly([(35, 2), (62, 28), (35, 64), (8, 28)], pen.main)
    pen.poly([(35, 2), (62, 28), (35, 28)], pen.second)
    pen.poly([(35, 64), (8, 28), (35, 28)], pen.second)


@subject("camera", aspect=1.3, size=0.36, home="table", stands="table", colours=((66, 70, 84), (150, 104, 76)))
def camera(pen: Pen) -> None:
    """A camera."""
    pen.box(44, 8, 86, 34, (206, 210, 218), radius=4)
    pen.box(16, 14, 32, 24, NAMED["red"], radius=3)
    pen.box(6, 24, 124, 97, pen.main, radius=8)
    pen.box(6, 24, 124, 42, (206, 210, 218), radius=7)
    pen.oval(65, 63, 29, 29, (206, 210, 218))
    pen.oval(65, 63, 23, 23, INK)
    pen.oval(65, 63, 14, 14, (64, 96, 150))
    pen.oval(59, 57, 4.4, 4.4, WHITE, volume=0, opacity=0.85)
    pen.box(100, 29, 116, 38, (255, 240, 200), radius=2)


@subject(
    "ball",
    "beach ball",
    "sphere",
    "orb",
    aspect=1.0,
    size=0.36,
    colours=((226, 84, 62), (70, 140, 190)),
)
def ball(pen: Pen) -> None:
    """A ball."""
    disc = pen.oval(50, 50, 49, 49, pen.main, volume=1)
    pen.blob([(50, 0), (76, 26), (76, 74), (50, 100), (24, 74), (24, 26)], pen.second, clip=disc, volume=0.8)
    pen.oval(34, 28, 10, 7, lighter(pen.main, 0.8), turn=-35, clip=disc, opacity=0.75, volume=0, line=False)


@subject("cube", "block", "dice", "crate", aspect=1.0, size=0.4, home="plain", colours=((92, 140, 190), (226, 110, 84)))
def cube(pen: Pen) -> None:
    """A cube."""
    pen.poly([(50, 2), (94, 24), (50, 47), (6, 24)], lighter(pen.main, 0.28), volume=0.1)
    pen.poly([(6, 24), (50, 47), (50, 99), (6, 75)], pen.main, volume=0.1)
    pen.poly([(94, 24), (50, 47), (50, 99), (94, 75)], darker(pen.main, 0.35), volume=0.1)


@subject("cone", "pylon", aspect=0.8, size=0.42, home="plain", colours=((244, 124, 48),))
def cone(pen: Pen) -> None:
    """A cone."""
    body = pen.blob([(40, 2), (44, 12), (70, 90), (40, 97), (10, 90), (36, 12)], pen.main, volume=0.9)
    pen.poly([(0, 44), (80, 44), (80, 60), (0, 60)], WHITE, clip=body, volume=0.8)


@subject("key", aspect=0.5, size=0.4, home="plain", stands="air", colours=((226, 178, 70),))
def key(pen: Pen) -> None:
    """A key."""
    pen.arc(25, 22, 15, 0, 360, 7, pen.main)
    pen.line([(25, 38), (25, 96)], 6, pen.main)
    for y in (78, 90):
        pen.box(25, y, 40, y + 6, pen.main)


@subject("sword", "dagger", "blade", aspect=0.4, size=0.6, home="plain", stands="air", colours=((206, 214, 226),))
def sword(pen: Pen) -> None:
    """A sword."""
    pen.poly([(14, 68), (14, 14), (20, 2), (26, 14), (26, 68)], pen.main)
    pen.poly([(20, 2), (26, 14), (26, 68), (20, 68)], darker(pen.main, 0.3))
    pen.box(3, 66, 37, 73, NAMED["gold"], radius=3)
    pen.box(16, 72, 24, 92, (120, 74, 54))
    pen.oval(20, 94, 5.4, 5.4, NAMED["gold"])


@subject("telescope", aspect=1.2, size=0.5, home="hilltop", colours=((172, 112, 62), (70, 90, 130)))
def telescope(pen: Pen) -> None:
    """A telescope on its tripod."""
    for x in (36, 60, 84):
        pen.line([(60, 56), (x, 98)], 3.6, WOOD)
    pen.line([(26, 72), (100, 26)], 17, pen.main, taper=(0.7, 1.1))
    pen.line([(92, 31), (108, 21)], 21, darker(pen.main, 0.25))
    pen.line([(18, 77), (27, 71.5)], 8, darker(pen.main, 0.5))
    pen.line([(52, 56), (55, 54)], 18, NAMED["gold"])


@subject("flag", "banner", aspect=0.85, size=0.6, home="hilltop", colours=((214, 64, 62), (62, 110, 180)))
def flag(pen: Pen) -> None:
    """A flag in the wind."""
    cloth = pen.blob([(14, 8), (34, 3), (54, 10), (80, 5), (78, 26), (80, 46), (56, 52), (34, 44), (14, 50)], pen.main)
    pen.line([(10, 28), (34, 23), (54, 31), (84, 25)], 13, pen.second, clip=cloth)
    pen.line([(12, 99), (12, 4)], 3.4, (176, 176, 186))
    pen.oval(12, 3, 3.4, 3.4, NAMED["gold"])


@subject(
    "pencil",
    "pen",
    "crayon",
    "brush",
    "paintbrush",
    aspect=0.3,
    size=0.56,
    home="plain",
    stands="air",
    colours=((250, 196, 62), (226, 84, 74)),
)
def pencil(pen: Pen) -> None:
    """A pencil."""
    pen.box(7, 3, 23, 12, (240, 140, 150), radius=3)
    pen.box(7, 11, 23, 17, (200, 204, 212))
    pen.box(7, 17, 23, 78, pen.main)
    pen.box(12, 17, 18, 78, lighter(pen.main, 0.3), volume=0)
    pen.poly([(7, 78), (23, 78), (15, 99)], (240, 210, 168))
    pen.poly([(12.4, 92), (17.6, 92), (15, 99)], INK, volume=0)


@subject(
    "chest",
    "treasure",
    "treasure chest",
    "pot of gold",
    holds=(0.5, 0.8),
    aspect=1.25,
    size=0.4,
    home="beach",
    colours=((146, 92, 56),),
)
def chest(pen: Pen) -> None:
    """A chest of gold."""
    pen.glow(62, 44, 60, (255, 220, 120), 0.5)
    pen.blob([(12, 40), (16, 14), (62, 4), (108, 14), (112, 40)], darker(pen.main, 0.25))
    for x in range(24, 108, 12):
        pen.oval(x, 45 + (x % 5), 9, 7, NAMED["gold"])
    pen.box(10, 50, 114, 97, pen.main, radius=3)
    for x in (22, 94):
        pen.box(x, 50, x + 9, 97, NAMED["gold"], volume=0.3)
    pen.box(54, 48, 70, 66, NAMED["gold"], radius=3)
    pen.oval(62, 57, 2.6, 2.6, INK, volume=0)
