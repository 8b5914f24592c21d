"""Animals of the woods and the plains."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

CREAM = NAMED["cream"]


@subject(
    "fox", "vixen", hand=(56, 92), aspect=1.05, size=0.5, home="forest", head=(45, 20, 40), colours=((226, 110, 48),)
)
def fox(pen: Pen) -> None:
    """A fox that sits, its tail around it."""
    coat, pale, sock = pen.main, CREAM, darker(pen.main, 0.85)
    pen.blob([(56, 92), (70, 70), (88, 60), (100, 70), (100, 88), (84, 99), (66, 99)], coat)
    pen.blob([(90, 63), (100, 70), (100, 84), (92, 80)], pale)
    body = pen.blob([(45, 40), (58, 52), (68, 78), (66, 98), (24, 98), (24, 78), (33, 52)], coat)
    pen.blob([(45, 48), (54, 58), (52, 78), (45, 88), (38, 78), (36, 58)], pale, clip=body)
    for side in (-1, 1):
        pen.line([(45 + side * 8, 70), (45 + side * 8, 95)], 8, coat)
        pen.oval(45 + side * 8.5, 95, 7, 4.6, sock)
        pen.poly([(45 + side * 24, 30), (45 + side * 25, 2), (45 + side * 6, 18)], coat)
        pen.poly([(45 + side * 21, 22), (45 + side * 22.5, 7), (45 + side * 12, 17)], sock, volume=0.1)
    head = pen.blob([(45, 16), (60, 19), (72, 34), (58, 46), (45, 56), (32, 46), (18, 34), (30, 19)], coat)
    for side in (-1, 1):
        pen.blob(
            [(45, 36), (45 + side * 12, 36), (45 + side * 28, 36), (45 + side * 14, 48), (45, 57)],
            pale,
            clip=head,
            volume=0.3,
        )
        pen.eye(45 + side * 11, 32, 3.4)
    pen.oval(45, 53, 4, 3.2, INK)


@subject(
    "bear",
    "cub",
    "grizzly",
    hand=(72, 66),
    aspect=0.9,
    size=0.56,
    home="forest",
    head=(45, 12, 38),
    colours=((140, 92, 62), (96, 70, 58), (240, 236, 228)),
)
def bear(pen: Pen) -> None:
    """A bear that sits."""
    coat, muzzle = pen.main, mix(pen.main, CREAM, 0.66)
    for side in (-1, 1):
        pen.oval(45 + side * 19, 11, 8.5, 8.5, coat)
        pen.oval(45 + side * 19, 12, 4.6, 4.6, muzzle)
        pen.oval(45 + side * 24, 90, 13, 9, coat)
        pen.oval(45 + side * 27, 90, 6, 6.6, muzzle)
    body = pen.blob([(45, 40), (64, 50), (74, 76), (64, 96), (26, 96), (16, 76), (26, 50)], coat)
    pen.oval(45, 76, 17, 19, muzzle, clip=body)
    for side in (-1, 1):
        pen.line([(45 + side * 22, 54), (45 + side * 30, 68), (45 + side * 24, 78)], 12, darker(coat, 0.14))
    pen.blob([(45, 6), (62, 11), (70, 27), (62, 43), (45, 48), (28, 43), (20, 27), (28, 11)], coat)
    pen.oval(45, 36, 12, 9.5, muzzle)
    pen.oval(45, 31, 4.6, 3.4, INK)
    pen.smile(45, 39, 4)
    for side in (-1, 1):
        pen.eye(45 + side * 11, 24, 2.9)


@subject("panda", hand=(72, 66), aspect=0.9, size=0.54, home="forest", head=(45, 12, 38), colours=("white",))
def panda(pen: Pen) -> None:
    """A panda."""
    coat, patch = pen.main, NAMED["black"]
    for side in (-1, 1):
        pen.oval(45 + side * 20, 11, 9, 9, patch)
        pen.oval(45 + side * 25, 90, 13, 9, patch)
    pen.blob([(45, 40), (64, 50), (74, 76), (64, 96), (26, 96), (16, 76), (26, 50)], coat)
    for side in (-1, 1):
        pen.line([(45 + side * 20, 53), (45 + side * 30, 68), (45 + side * 18, 80)], 13, patch)
    pen.blob([(45, 6), (63, 11), (72, 28), (63, 44), (45, 49), (27, 44), (18, 28), (27, 11)], coat)
    for side in (-1, 1):
        pen.oval(45 + side * 12, 27, 6.5, 8.5, patch, turn=side * 24)
        pen.oval(45 + side * 11, 26, 3, 3.2, WHITE, volume=0)
        pen.eye(45 + side * 11, 26.4, 1.9)
    pen.oval(45, 36, 4, 2.8, patch)
    pen.smile(45, 41, 4)


@subject(
    "deer", "stag", "reindeer", "moose", "doe", "elk", aspect=0.95, size=0.6, home="forest", colours=((178, 118, 74),)
)
def deer(pen: Pen) -> None:
    """A deer with antlers."""
    coat, horn = pen.main, (112, 78, 56)
    for side in (-1, 1):
        x = 70 + side * 4
        pen.line([(x, 26), (x + side * 7, 14), (x + side * 14, 2)], 2.6, horn, taper=(1, 0.6))
        pen.line([(x + side * 5, 17), (x + side * 14, 13)], 2.2, horn, taper=(1, 0.6))
        pen.line([(x + side * 9, 10), (x + side * 5, 2)], 2.2, horn, taper=(1, 0.6))
    for x in (30, 60):
        pen.line([(x + 4, 64), (x + 5, 98)], 5, darker(coat, 0.35), taper=(1.3, 0.7))
    pen.oval(15, 54, 5, 7, CREAM, turn=20)
    body = pen.blob([(14, 52), (34, 46), (56, 48), (66, 54), (68, 66), (56, 72), (34, 72), (16, 68)], coat)
    pen.blob([(54, 54), (60, 36), (66, 26), (76, 30), (74, 46), (70, 66), (58, 68)], coat)
    for dx, dy in ((26, 54), (34, 52), (42, 55), (30, 60), (40, 62)):
        pen.oval(dx, dy, 1.5, 1.5, CREAM, clip=body, volume=0)
    for x in (23, 65):
        pen.line([(x, 62), (x - 1, 98)], 5.4, coat, taper=(1.4, 0.7))
    pen.oval(62, 27, 7, 3.4, coat, turn=24)
    pen.blob([(64, 24), (76, 22), (89, 34), (86, 40), (76, 40), (66, 36)], coat)
    pen.oval(87, 36.5, 2.6, 2.4, INK)
    pen.eye(75, 29.5, 2)


@subject("elephant", seat=0.78, aspect=1.25, size=0.56, home="savanna", colours=((142, 150, 168),))
def elephant(pen: Pen) -> None:
    """An elephant."""
    coat, shade = pen.main, darker(pen.main, 0.28)
    pen.line([(14, 40), (6, 56), (8, 66)], 3, shade)
    for x in (40, 72):
        pen.box(x, 60, x + 16, 99, shade, radius=5)
    pen.blob([(12, 44), (24, 22), (52, 14), (80, 22), (90, 44), (88, 68), (66, 76), (30, 76), (14, 64)], coat)
    for x in (20, 62):
        pen.box(x, 58, x + 18, 99, coat, radius=6)
        for toe in (3, 9, 15):
            pen.oval(x + toe, 97, 2.2, 1.8, lighter(coat, 0.6), volume=0)
    pen.blob([(78, 18), (98, 12), (113, 24), (112, 46), (100, 54), (82, 48)], coat)
    pen.line([(106, 40), (113, 60), (111, 80), (120, 86)], 12, coat, taper=(1.2, 0.55))
    pen.line([(101, 52), (108, 62), (116, 62)], 4, CREAM, taper=(1, 0.4))
    pen.blob([(84, 14), (72, 16), (64, 34), (70, 54), (84, 54), (92, 36)], shade)
    pen.blob([(82, 20), (74, 22), (69, 36), (74, 48), (82, 48), (87, 35)], mix(coat, (244, 156, 160), 0.4), volume=0.3)
    pen.eye(101, 30, 2.4)


@subject("lion", seat=0.55, aspect=0.95, size=0.54, home="savanna", head=(47, 6, 46), colours=((232, 178, 92),))
def lion(pen: Pen) -> None:
    """A lion and its mane."""
    coat, mane = pen.main, darker(mix(pen.main, (176, 84, 36), 0.7), 0.1)
    pen.line([(66, 94), (84, 88), (88, 70)], 5, coat)
    pen.oval(88, 67, 6, 7, mane)
    pen.blob([(47, 48), (62, 56), (72, 80), (70, 97), (24, 97), (22, 80), (32, 56)], coat)
    for side in (-1, 1):
        pen.line([(47 + side * 9, 70), (47 + side * 9, 94)], 10, coat)
        pen.oval(47 + side * 10, 96, 9, 4.4, lighter(coat, 0.35))
    for step in range(12):
        angle = 30 * step
        x, y = _around(47, 33, 24, angle)
        pen.oval(x, y, 11, 11, mane)
    pen.oval(47, 33, 25, 26, mane)
    for side in (-1, 1):
        pen.oval(47 + side * 17, 16, 6, 6, coat)
    pen.blob([(47, 15), (61, 20), (66, 34), (59, 47), (47, 51), (35, 47), (28, 34), (33, 20)], coat)
    pen.oval(47, 43, 10, 7.5, CREAM)
    pen.poly([(43, 36), (51, 36), (47, 41)], (150, 80, 66), volume=0.2)
    pen.smile(47, 44, 4)
    for side in (-1, 1):
        pen.eye(47 + side * 9, 30, 2.8)


@subject("giraffe", head=(45, 6, 12), seat=0.42, aspect=0.6, size=0.72, home="savanna", colours=((240, 196, 104),))
def giraffe(pen: Pen) -> None:
    """A giraffe."""
    coat, spot = pen.main, (172, 106, 56)
    for x in (16, 34):
        pen.line([(x + 3, 66), (x + 3, 98)], 4.4, darker(coat, 0.3))
    neck = pen.blob([(28, 66), (36, 34), (40, 14), (48, 14), (48, 36), (45, 68)], coat)
    body = pen.blob([(10, 62), (24, 56), (42, 56), (48, 64), (44, 76), (26, 78), (12, 74)], coat)
    for clip in (neck, body):
        for x, y in (
            (40, 22),
            (45, 28),
            (39, 34),
            (44, 42),
            (36, 46),
            (41, 54),
            (33, 60),
            (24, 64),
            (16, 68),
            (32, 70),
            (40, 70),
            (22, 73),
        ):
            pen.oval(x, y, 2.8, 2.4, spot, clip=clip, turn=x * 7, volume=0.1)
    for x in (14, 40):
        pen.line([(x, 70), (x, 98)], 4.8, coat)
    for side in (-1, 1):
        pen.line([(43 + side * 2, 10), (43 + side * 2.4, 3)], 1.5, spot)
        pen.oval(43 + side * 2.4, 3, 1.4, 1.4, spot)
    pen.oval(37, 11, 4, 1.8, coat, turn=20)
    pen.blob([(40, 8), (48, 7), (58, 15), (56, 20), (46, 19), (40, 16)], coat)
    pen.eye(47, 12, 1.4)


@subject("snail", aspect=1.4, size=0.26, home="garden", colours=((214, 130, 84), (150, 110, 190)))
def snail(pen: Pen) -> None:
    """A snail."""
    skin = (222, 196, 150)
    pen.blob([(4, 96), (40, 84), (92, 84), (110, 60), (126, 58), (130, 78), (116, 98), (60, 99)], skin)
    for x in (114, 124):
        pen.line([(x, 62), (x + 4, 40)], 2.6, skin)
        pen.oval(x + 4, 39, 3.4, 3.4, INK)
    pen.oval(56, 52, 38, 38, pen.main)
    for index, colour in enumerate((pen.dark, pen.second, pen.dark)):
        r = 27 - 9 * index
        pen.arc(56 + 3 * index, 53, r, 0, 300, 3.4, colour)
    pen.smile(124, 74, 4)


@subject("frog", "toad", aspect=1.2, size=0.32, home="lake", head=(60, -1, 54), colours=((104, 182, 82),))
def frog(pen: Pen) -> None:
    """A frog."""
    coat = pen.main
    for side in (-1, 1):
        pen.oval(60 + side * 38, 80, 16, 18, darker(coat, 0.2))
        pen.oval(60 + side * 42, 96, 18, 4, darker(coat, 0.2))
    pen.blob([(60, 26), (92, 36), (104, 64), (92, 92), (60, 98), (28, 92), (16, 64), (28, 36)], coat)
    pen.oval(60, 78, 26, 19, mix(coat, CREAM, 0.7))
    for side in (-1, 1):
        pen.oval(60 + side * 22, 26, 14, 14, coat)
        pen.oval(60 + side * 22, 24, 9.5, 9.5, WHITE)
        pen.eye(60 + side * 22, 24, 5.4)
        pen.oval(60 + side * 18, 97, 11, 3.4, coat)
    pen.arc(60, 40, 24, 25, 155, 2, darker(coat, 0.8), volume=0)


@subject("turtle", "tortoise", seat=0.72, aspect=1.45, size=0.3, home="beach", colours=((92, 150, 92),))
def turtle(pen: Pen) -> None:
    """A turtle."""
    skin, shell = lighter(pen.main, 0.25), darker(pen.main, 0.12)
    for x in (34, 96):
        pen.oval(x, 90, 13, 9, skin)
    pen.poly([(16, 80), (2, 88), (20, 88)], skin)
    pen.blob([(104, 72), (112, 50), (130, 46), (140, 58), (134, 74), (114, 84)], skin)
    dome = pen.blob([(12, 82), (22, 46), (52, 24), (78, 24), (104, 46), (114, 80), (64, 88)], shell)
    for x, y in ((64, 44), (40, 56), (88, 56), (52, 72), (78, 72), (28, 76), (102, 76)):
        pen.poly(
            [
                (x + 11 * dx, y + 11 * dy)
                for dx, dy in ((-0.5, -0.85), (0.5, -0.85), (1, 0), (0.5, 0.85), (-0.5, 0.85), (-1, 0))
            ],
            lighter(pen.main, 0.2),
            clip=dome,
        )
    pen.eye(128, 57, 2.6)
    pen.smile(133, 66, 4)


def _around(cx: float, cy: float, radius: float, degrees: float) -> tuple[float, float]:
    return cx + radius * cos(radians(degrees)), cy + radius * sin(radians(degrees))
