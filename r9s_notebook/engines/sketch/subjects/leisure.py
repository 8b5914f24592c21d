"""Sport, games and music to carry: balls, boards, cards, headphones, a microphone, a trophy, swings and slides."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin
from typing import Any

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.geometry import Point
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

STEEL: RGB = (188, 196, 208)


def _turned(points: Sequence[Point], degrees: float, cx: float, cy: float) -> list[Point]:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return [(cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c) for x, y in points]


def _ring(cx: float, cy: float, r: float, count: int, turn: float) -> list[Point]:
    return [
        (cx + r * cos(radians(turn + 360 * i / count)), cy + r * sin(radians(turn + 360 * i / count)))
        for i in range(count)
    ]


@subject("football", "soccer ball", "soccer", "footballs", aspect=1.0, size=0.34, colours=((246, 246, 242),))
def football(pen: Pen) -> None:
    """A football of hexagons and pentagons."""
    disc = pen.oval(50, 50, 49, 49, pen.main, volume=1)
    patch = pen.second if pen.second != lighter(pen.main, 0.55) else (48, 48, 60)
    seam: dict[str, Any] = {"volume": 0, "clip": disc, "line": False}
    inner, outer = _ring(47, 46, 17, 5, -90), _ring(47, 46, 33, 5, -90)
    for index, (near, far) in enumerate(zip(inner, outer, strict=True)):
        pen.line([near, far], 1.8, darker(patch, 0.1), **seam)
        after = outer[(index + 1) % 5]
        side = _ring(47, 46, 34, 5, -54)[index]
        pen.line([far, side], 1.8, darker(patch, 0.1), **seam)
        pen.line([side, after], 1.8, darker(patch, 0.1), **seam)
        cx, cy = _ring(47, 46, 47, 5, -90)[index]
        pen.poly(_ring(cx, cy, 14, 5, 90 + 72 * index), patch, clip=disc, volume=0.2)
    pen.poly(inner, patch, clip=disc, volume=0.3)
    pen.oval(32, 24, 11, 7, WHITE, turn=-35, clip=disc, opacity=0.7, volume=0, line=False)


@subject("basketball", "basketballs", aspect=1.0, size=0.34, colours=((226, 116, 48),))
def basketball(pen: Pen) -> None:
    """A basketball with its ribs."""
    disc = pen.oval(50, 50, 49, 49, pen.main, volume=1)
    rib: dict[str, Any] = {"clip": disc, "volume": 0, "line": False}
    dark: RGB = (62, 40, 40)
    pen.line([(-2, 56), (50, 44), (102, 50)], 3, dark, **rib)
    pen.line([(44, -2), (54, 50), (48, 102)], 3, dark, **rib)
    pen.line([(12, 4), (34, 30), (36, 66), (16, 98)], 3, dark, **rib)
    pen.line([(84, 2), (70, 34), (72, 66), (86, 96)], 3, dark, **rib)
    pen.oval(33, 24, 10, 6.4, lighter(pen.main, 0.75), turn=-35, clip=disc, opacity=0.75, volume=0, line=False)


@subject(
    "chess",
    "chess board",
    "chessboard",
    "chess board with pieces",
    "chess set",
    "chess pieces",
    "chess game",
    aspect=1.8,
    size=0.34,
    home="table",
    stands="table",
    colours=((150, 96, 62),),
)
def chess(pen: Pen) -> None:
    """A game of chess, on its board."""

    def square(column: float, row: float) -> Point:
        depth = row / 8
        half = 84 - 28 * depth
        return 90 + half * (column - 4) / 4, 92 - 44 * depth - 4 * depth * (1 - depth)

    wood, pale = pen.main, (242, 226, 196)
    pen.poly([(0, 94), (31, 45), (149, 45), (180, 94)], darker(wood, 0.2))
    pen.poly([(0, 94), (180, 94), (180, 99), (0, 99)], darker(wood, 0.45))
    pen.poly([square(0, 0), square(0, 8), square(8, 8), square(8, 0)], pale, volume=0.1)
    for row in range(8):
        for column in range(row % 2, 8, 2):
            pen.poly(
                [square(column, row), square(column, row + 1), square(column + 1, row + 1), square(column + 1, row)],
                wood,
                volume=0,
                line=False,
            )
    black, white = (64, 52, 62), (250, 240, 218)
    game = (
        ("rook", 0, 7, black),
        ("king", 4, 7, black),
        ("bishop", 5, 7, black),
        ("pawn", 1, 6, black),
        ("pawn", 6, 6, black),
        ("knight", 2, 5, black),
        ("pawn", 4, 4, black),
        ("pawn", 3, 3, white),
        ("knight", 5, 2, white),
        ("pawn", 1, 1, white),
        ("pawn", 7, 1, white),
        ("rook", 0, 0, white),
        ("queen", 3, 0, white),
        ("king", 4, 0, white),
        ("bishop", 6, 0, white),
    )
    for kind, column, row, colour in game:
        x, y = square(column + 0.5, row + 0.4)
        _piece(pen, kind, x, y, 1 - 0.038 * row, colour)


def _piece(pen: Pen, kind: str, x: float, y: float, size: float, colour: RGB) -> None:  # noqa: PLR0917
    tall = {"pawn": 22, "rook": 24, "knight": 28, "bishop": 31, "queen": 36, "king": 38}[kind] * size
    wide = 7.4 * size
    edge = lighter(colour, 0.2)
    pen.oval(x, y, wide, wide * 0.4, colour, volume=0.5)
    if kind == "knight":
        pen.blob(
            [
                (x - wide * 0.7, y - 2 * size),
                (x - wide * 0.5, y - tall * 0.5),
                (x - wide * 0.2, y - tall),
                (x + wide * 0.5, y - tall * 0.9),
                (x + wide * 1.1, y - tall * 0.62),
                (x + wide * 0.9, y - tall * 0.5),
                (x + wide * 0.2, y - tall * 0.56),
                (x + wide * 0.8, y - 2 * size),
            ],
            colour,
        )
        pen.oval(x + wide * 0.3, y - tall * 0.76, size, size, edge if sum(colour) < 400 else INK, volume=0, line=False)
        return
    top = y - tall * (0.72 if kind != "rook" else 0.8)
    pen.poly(
        [(x - wide * 0.8, y - size), (x - wide * 0.34, top), (x + wide * 0.34, top), (x + wide * 0.8, y - size)],
        colour,
        volume=0.8,
    )
    pen.oval(x, top, wide * 0.62, wide * 0.26, edge, volume=0.3)
    if kind == "rook":
        pen.box(x - wide * 0.64, y - tall, x + wide * 0.64, top, colour, volume=0.7)
        for dx in (-0.3, 0.3):
            pen.box(
                x + (dx - 0.12) * wide,
                y - tall,
                x + (dx + 0.12) * wide,
                y - tall + 2 * size,
                darker(colour, 0.4),
                volume=0,
                line=False,
            )
    elif kind == "queen":
        pen.poly(
            [
                (x - wide * 0.4, top),
                (x - wide * 0.8, y - tall),
                (x - wide * 0.25, y - tall * 0.86),
                (x, y - tall),
                (x + wide * 0.25, y - tall * 0.86),
                (x + wide * 0.8, y - tall),
                (x + wide * 0.4, top),
            ],
            colour,
        )
    elif kind == "king":
        pen.poly(
            [
                (x - wide * 0.4, top),
                (x - wide * 0.6, y - tall * 0.84),
                (x + wide * 0.6, y - tall * 0.84),
                (x + wide * 0.4, top),
            ],
            colour,
        )
        pen.box(x - size, y - tall * 1.04, x + size, y - tall * 0.84, colour, volume=0)
        pen.box(x - 3 * size, y - tall * 0.98, x + 3 * size, y - tall * 0.92, colour, volume=0)
    else:
        pen.oval(
            x,
            y - tall * 0.86,
            wide * (0.55 if kind == "pawn" else 0.46),
            tall * (0.17 if kind == "pawn" else 0.2),
            colour,
            volume=0.9,
        )


@subject(
    "playing cards",
    "cards",
    "deck of cards",
    "card deck",
    "poker cards",
    aspect=1.3,
    size=0.4,
    home="table",
    stands="table",
    colours=((252, 250, 244),),
)
def playing_cards(pen: Pen) -> None:
    """Five cards in a fan."""
    red, black = (206, 44, 56), (46, 44, 58)
    suits = (("spade", black), ("heart", red), ("club", black), ("diamond", red), ("spade", black))
    for index, (suit, colour) in enumerate(suits):
        angle = (index - 2) * 17.0
        at = (65.0, 108.0)
        card = _turned([(44, 4), (46, 2), (84, 2), (86, 4), (86, 62), (84, 64), (46, 64), (44, 62)], angle, *at)
        pen.poly([(x - 1.4, y + 1.2) for x, y in card], (60, 50, 80), opacity=0.3, volume=0, line=False)
        pen.poly(card, pen.main, volume=0.15)
        for x, y, size in ((49.5, 10, 3.2), (65, 33, 10), (80.5, 56, 3.2)):
            for part in _suit(suit, x, y, size):
                pen.poly(_turned(part, angle, *at), colour, volume=0, line=size > 5)


def _suit(name: str, x: float, y: float, r: float) -> list[list[Point]]:
    stem = [(x - r * 0.14, y + r * 0.3), (x - r * 0.45, y + r), (x + r * 0.45, y + r), (x + r * 0.14, y + r * 0.3)]
    if name == "diamond":
        return [[(x, y - r), (x + r * 0.72, y), (x, y + r), (x - r * 0.72, y)]]
    if name == "club":
        return [
            _ring(cx, cy, r * 0.46, 12, 0)
            for cx, cy in ((x, y - r * 0.5), (x - r * 0.5, y + r * 0.14), (x + r * 0.5, y + r * 0.14))
        ] + [stem]
    heart = [
        (0, 1),
        (-0.9, 0.05),
        (-1, -0.45),
        (-0.7, -0.85),
        (-0.3, -0.85),
        (0, -0.5),
        (0.3, -0.85),
        (0.7, -0.85),
        (1, -0.45),
        (0.9, 0.05),
    ]
    if name == "heart":
        return [[(x + dx * r, y + dy * r) for dx, dy in heart]]
    return [[(x + dx * r, y - dy * r - r * 0.12) for dx, dy in heart], stem]


@subject(
    "headphones",
    "pair of headphones",
    "headset",
    "earphones",
    aspect=1.0,
    size=0.42,
    home="plain",
    stands="table",
    colours=((64, 68, 86), (226, 96, 84), (86, 140, 190)),
)
def headphones(pen: Pen) -> None:
    """Headphones, from the front."""
    pen.arc(50, 54, 40, 180, 360, 9, pen.main)
    pen.arc(50, 54, 37, 200, 340, 4, lighter(pen.main, 0.35), volume=0, line=False)
    for side, x in ((-1, 11), (1, 89)):
        pen.box(x - 3, 44, x + 3, 68, STEEL, radius=2)
        pen.blob(
            [
                (x + side * 2, 52),
                (x + side * 9, 60),
                (x + side * 10, 80),
                (x + side * 3, 94),
                (x - side * 5, 94),
                (x - side * 7, 74),
                (x - side * 5, 54),
            ],
            pen.main,
            volume=0.9,
        )
        pen.blob(
            [
                (x - side * 5, 54),
                (x - side * 13, 58),
                (x - side * 16, 74),
                (x - side * 13, 90),
                (x - side * 5, 94),
                (x - side * 3, 74),
            ],
            darker(pen.main, 0.45),
            volume=0.7,
        )
        pen.oval(x + side * 4, 74, 3.4, 9, lighter(pen.main, 0.3), volume=0.4)


@subject("microphone", "mic", "microphones", aspect=0.6, size=0.56, home="stage", colours=((74, 78, 92),))
def microphone(pen: Pen) -> None:
    """A singer's microphone on its stand."""
    pen.oval(30, 96, 24, 4, darker(pen.main, 0.25))
    pen.box(28, 46, 32, 96, STEEL, volume=0.7)
    pen.poly([(22, 26), (38, 26), (35, 52), (25, 52)], pen.main, volume=0.9)
    pen.box(24, 52, 36, 58, darker(pen.main, 0.3), radius=2)
    head = pen.oval(30, 15, 13, 14.6, STEEL, volume=1)
    for step in range(-3, 4):
        pen.line(
            [(30 + step * 4 - 8, 0), (30 + step * 4 + 8, 30)], 0.9, darker(STEEL, 0.45), clip=head, volume=0, line=False
        )
        pen.line(
            [(30 + step * 4 + 8, 0), (30 + step * 4 - 8, 30)], 0.9, darker(STEEL, 0.45), clip=head, volume=0, line=False
        )
    pen.box(17, 23, 43, 27.4, darker(pen.main, 0.2), radius=2)
    pen.oval(25, 9, 3.4, 4.4, WHITE, opacity=0.7, volume=0, line=False)
    pen.box(28.6, 33, 31.4, 41, NAMED["red"], radius=1, volume=0)


@subject(
    "trophy",
    "cup trophy",
    "award",
    "prize",
    "winner's cup",
    "gold medal cup",
    aspect=0.95,
    size=0.44,
    home="plain",
    stands="table",
    holds=(0.94, 0.5),
    colours=((240, 188, 60), (196, 202, 212)),
)
def trophy(pen: Pen) -> None:
    """A winner's cup with two handles, on a plinth."""
    for side in (-1, 1):
        pen.line(
            [(47 + side * 24, 12), (47 + side * 42, 14), (47 + side * 42, 34), (47 + side * 20, 46)],
            5.4,
            darker(pen.main, 0.15),
        )
    pen.box(26, 84, 68, 99, (92, 58, 48), radius=2)
    pen.box(33, 88, 61, 95, lighter(pen.main, 0.25), radius=1, volume=0.2)
    pen.poly([(38, 84), (43, 62), (51, 62), (56, 84)], darker(pen.main, 0.1), volume=0.8)
    pen.oval(47, 63, 8, 4, pen.main)
    cup = pen.blob([(20, 6), (47, 8), (74, 6), (73, 30), (64, 50), (47, 60), (30, 50), (21, 30)], pen.main, volume=1)
    pen.oval(47, 7, 27, 4.6, lighter(pen.main, 0.35), volume=0.2)
    pen.oval(47, 7.6, 22, 3, darker(pen.main, 0.4), volume=0.2)
    pen.line([(28, 16), (29, 30), (36, 46)], 4, WHITE, clip=cup, opacity=0.7, volume=0, line=False, taper=(1, 0.3))
    pen.star(50, 30, 11, lighter(pen.main, 0.6), volume=0.2)


@subject(
    "swing",
    "swing set",
    "swings",
    aspect=1.2,
    size=0.6,
    home="garden",
    seat=0.28,
    colours=((214, 84, 70), (70, 130, 180)),
)
def swing(pen: Pen) -> None:
    """A swing in its frame."""
    for x, foot in ((18, 2), (18, 32), (102, 88), (102, 118)):
        pen.line([(x, 6), (foot, 98)], 4.4, pen.main if foot in {2, 118} else darker(pen.main, 0.2))
    pen.box(12, 3, 108, 9, pen.main, radius=3)
    for x, low in ((40, 72), (78, 66)):
        for dx in (-9, 9):
            pen.line([(x + dx, 8), (x + dx + (3 if x == 78 else 0), low)], 1.4, (110, 110, 120), volume=0)
        pen.box(
            x - 12 + (3 if x == 78 else 0), low, x + 12 + (3 if x == 78 else 0), low + 5, NAMED["mustard"], radius=2
        )


@subject(
    "slide", "playground slide", aspect=1.3, size=0.54, home="garden", seat=0.7, colours=((238, 184, 60), (226, 92, 84))
)
def slide(pen: Pen) -> None:
    """A slide with its ladder."""
    frame: RGB = (70, 128, 184)
    for x, foot in ((26, 8), (44, 40)):
        pen.line([(x, 22), (foot, 98)], 4, frame)
    for step in range(5):
        share = 0.2 + step * 0.17
        pen.line([(26 - 18 * share, 22 + 76 * share), (44 - 4 * share, 22 + 76 * share)], 3, lighter(frame, 0.3))
    pen.line([(24, 24), (24, 6), (46, 6), (48, 24)], 3.4, frame)
    pen.box(20, 22, 56, 28, darker(pen.main, 0.2), radius=2)
    pen.line([(52, 27), (74, 48), (94, 78), (124, 94)], 11, pen.main)
    pen.line([(54, 23), (77, 43), (98, 73), (126, 89)], 3, lighter(pen.main, 0.5), volume=0)
    pen.line([(88, 70), (88, 98)], 3.4, frame)
