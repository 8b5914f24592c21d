"""Fruit, vegetables, and what stands on a set table."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, RGB, darker, lighter
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

LEAF: RGB = (96, 156, 76)
CHINA: RGB = (240, 242, 244)


@subject("lemon", "lime", "lemons", aspect=1.25, size=0.34, home="table", stands="table", colours=((250, 222, 80),))
def lemon(pen: Pen) -> None:
    """A lemon with a leaf."""
    pen.blob([(6, 62), (22, 36), (60, 22), (98, 34), (118, 60), (98, 88), (60, 98), (24, 88)], pen.main, volume=1)
    pen.oval(8, 62, 7, 6, darker(pen.main, 0.1))
    pen.oval(117, 61, 7, 6, pen.main)
    pen.blob([(60, 24), (70, 4), (96, 2), (88, 18)], LEAF)


@subject("tomato", "tomatoes", aspect=1.1, size=0.34, home="table", stands="table", colours=((222, 62, 48),))
def tomato(pen: Pen) -> None:
    """A tomato."""
    pen.blob([(55, 22), (88, 18), (106, 48), (96, 86), (55, 98), (14, 86), (4, 48), (22, 18)], pen.main, volume=1)
    pen.star(55, 22, 24, LEAF, tips=6, inner=0.3)
    pen.line([(55, 22), (58, 6)], 5, darker(LEAF, 0.3))
    pen.oval(32, 42, 10, 7, lighter(pen.main, 0.6), turn=-30, opacity=0.6, volume=0, line=False)


@subject(
    "grapes",
    "grape",
    "grapevine",
    aspect=0.85,
    size=0.42,
    home="table",
    stands="table",
    colours=((120, 70, 150), (140, 180, 80)),
)
def grapes(pen: Pen) -> None:
    """A bunch of grapes."""
    pen.line([(44, 22), (46, 4)], 4, (120, 84, 58))
    pen.blob([(46, 18), (62, 4), (80, 12), (72, 28)], LEAF)
    for row, count in enumerate((5, 5, 4, 3, 2, 1)):
        for index in range(count):
            x = 42 + (index - (count - 1) / 2) * 15 + (3 if row % 2 else 0)
            pen.oval(x, 30 + row * 12.4, 9, 9, pen.main if (row + index) % 3 else lighter(pen.main, 0.14), volume=1)


@subject("pineapple", "pineapples", aspect=0.65, size=0.5, home="table", stands="table", colours=((238, 178, 62),))
def pineapple(pen: Pen) -> None:
    """A pineapple."""
    for lean, tall in ((-24, 16), (24, 16), (-14, 6), (14, 6), (0, 0)):
        pen.blob([(26, 40), (32 + lean * 0.6 - 4, 24), (32 + lean, tall), (32 + lean * 0.6 + 4, 26), (38, 40)], LEAF)
    body = pen.oval(32, 68, 25, 31, pen.main, volume=0.9)
    for step in range(-4, 9):
        for lean in (-1, 1):
            pen.line(
                [(32 + lean * (step * 9 - 40), 30), (32 + lean * (step * 9 + 16), 100)],
                1.6,
                darker(pen.main, 0.35),
                clip=body,
                volume=0,
            )


@subject(
    "potato",
    "potatoes",
    "mango",
    "peach",
    "kiwi",
    "plum",
    "apricot",
    aspect=1.2,
    size=0.32,
    home="table",
    stands="table",
    colours=((206, 160, 104),),
)
def potato(pen: Pen) -> None:
    """A potato, or a soft fruit of another colour."""
    fruit = {"mango": "amber", "peach": "peach", "kiwi": "olive", "plum": "purple", "apricot": "tangerine"}
    name = next((fruit[word] for word in sorted(pen.traits) if word in fruit), None)
    colour = NAMED[name] if name else pen.main
    pen.blob([(10, 64), (22, 34), (62, 22), (100, 34), (112, 62), (96, 92), (50, 98), (20, 88)], colour, volume=1)
    if name:
        pen.line([(58, 24), (62, 8)], 4, (120, 84, 58))
        pen.blob([(62, 14), (76, 2), (94, 8), (80, 18)], LEAF)
        pen.line([(58, 26), (48, 58), (56, 94)], 1.6, darker(colour, 0.3), volume=0, line=False)
        return
    for x, y in ((36, 54), (60, 44), (84, 60), (54, 78), (76, 84)):
        pen.oval(x, y, 3, 2, darker(colour, 0.4), volume=0, line=False)


@subject(
    "onion",
    "garlic",
    "beet",
    "radish",
    "turnip",
    aspect=0.9,
    size=0.34,
    home="table",
    stands="table",
    colours=((206, 140, 80), (160, 70, 110)),
)
def onion(pen: Pen) -> None:
    """An onion."""
    pen.blob(
        [(45, 4), (52, 26), (78, 44), (84, 70), (64, 94), (45, 98), (26, 94), (6, 70), (12, 44), (38, 26)],
        pen.main,
        volume=1,
    )
    for x in (24, 38, 52, 66):
        pen.line([(45, 20), (x, 58), (45 + (x - 45) * 0.4, 96)], 1.4, darker(pen.main, 0.3), volume=0, line=False)


@subject("corn", "maize", "corncob", aspect=0.6, size=0.46, home="table", stands="table", colours=((250, 208, 76),))
def corn(pen: Pen) -> None:
    """A cob in its leaves."""
    body = pen.blob([(30, 2), (42, 16), (45, 60), (38, 92), (22, 92), (15, 60), (18, 16)], pen.main, volume=0.9)
    for row in range(13):
        for column in range(4):
            pen.oval(18 + column * 8, 10 + row * 7, 3.8, 3.2, lighter(pen.main, 0.2), clip=body, volume=0.4)
    for side in (-1, 1):
        pen.blob(
            [(30, 98), (30 + side * 4, 70), (30 + side * 22, 32), (30 + side * 28, 62), (30 + side * 16, 92)], LEAF
        )


@subject(
    "pepper",
    "bell pepper",
    "paprika",
    "chili",
    "chilli",
    aspect=0.85,
    size=0.38,
    home="table",
    stands="table",
    colours=((210, 52, 44), (240, 190, 50), (80, 150, 70)),
)
def pepper(pen: Pen) -> None:
    """A bell pepper."""
    pen.line([(42, 24), (44, 6)], 6, darker(LEAF, 0.2))
    for x in (22, 63, 42):
        pen.blob(
            [(x, 20), (x + 20, 28), (x + 17, 70), (x + 4, 97), (x - 8, 97), (x - 18, 70), (x - 20, 28)],
            pen.main,
            volume=0.9,
        )
    pen.oval(43, 24, 14, 5, LEAF)


@subject(
    "broccoli",
    "cauliflower",
    "cabbage",
    "lettuce",
    "salad",
    "spinach",
    aspect=1.0,
    size=0.38,
    home="table",
    stands="table",
    colours=((82, 150, 78),),
)
def broccoli(pen: Pen) -> None:
    """A head of broccoli."""
    pen.blob([(40, 50), (62, 50), (60, 97), (40, 97)], lighter(pen.main, 0.5))
    for x, y, r in ((24, 48, 20), (76, 48, 20), (36, 28, 21), (64, 28, 21), (50, 46, 24)):
        pen.oval(x, y, r, r * 0.86, pen.main)
        for step in range(6):
            angle = radians(step * 60)
            pen.oval(
                x + r * 0.5 * cos(angle),
                y + r * 0.45 * sin(angle),
                r * 0.16,
                r * 0.14,
                lighter(pen.main, 0.25),
                volume=0,
                line=False,
            )


@subject("cheese", "cheeses", aspect=1.35, size=0.34, home="table", stands="table", colours=((250, 206, 84),))
def cheese(pen: Pen) -> None:
    """A wedge of cheese with holes."""
    pen.poly([(6, 50), (96, 16), (130, 40), (130, 50)], lighter(pen.main, 0.3), volume=0.2)
    side = pen.poly([(6, 50), (130, 46), (130, 97), (6, 97)], pen.main)
    for x, y, r in ((30, 70, 8), (62, 82, 10), (92, 64, 9), (116, 84, 7), (56, 58, 5)):
        pen.oval(x, y, r, r, darker(pen.main, 0.3), clip=side, volume=0.3)
