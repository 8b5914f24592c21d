"""What is eaten and drunk from, and quick meals."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

LEAF: RGB = (96, 156, 76)
CHINA: RGB = (240, 242, 244)


@subject(
    "cookie",
    "cookies",
    "biscuit",
    "chocolate",
    "candy",
    "sweets",
    "praline",
    aspect=1.0,
    size=0.34,
    home="table",
    stands="table",
    colours=((206, 150, 90),),
)
def cookie(pen: Pen) -> None:
    """A cookie with chips."""
    body = pen.oval(50, 54, 44, 43, pen.main, volume=0.5)
    pen.oval(50, 52, 38, 37, lighter(pen.main, 0.14), volume=0.3)
    for x, y in ((32, 34), (58, 28), (72, 50), (46, 54), (28, 64), (62, 74), (44, 82), (76, 70)):
        pen.oval(x, y, 5.4, 4.8, (92, 54, 38), clip=body)


@subject(
    "donut",
    "doughnut",
    "donuts",
    "bagel",
    aspect=1.0,
    size=0.36,
    home="table",
    stands="table",
    colours=((246, 140, 172), (150, 220, 210), (110, 66, 46)),
)
def donut(pen: Pen) -> None:
    """A ring with icing and sprinkles."""
    pen.arc(50, 54, 29, 0, 360, 33, (214, 160, 98), volume=0.8)
    pen.arc(50, 52, 29, 0, 360, 26, pen.part("frosting", pen.main), volume=0.8)
    for step in range(16):
        angle, r = radians(step * 67), 24 + (step * 7) % 11
        x, y = 50 + r * cos(angle), 52 + r * sin(angle)
        name = ("gold", "azure", "white", "mint")[step % 4]
        pen.line([(x - 2, y - 1.4), (x + 2, y + 1.4)], 2.2, NAMED[name], volume=0, line=False)


_FRUIT: tuple[tuple[float, float, float, str], ...] = (
    (40, 30, 17, "red"), (112, 30, 17, "lime"), (76, 22, 18, "orange"), (58, 32, 16, "yellow"), (94, 33, 16, "crimson"),
)  # fmt: skip


def _cold_bowl(pen: Pen) -> None:
    """A bowl without steam: fruit piled up behind its rim."""
    pen.oval(75, 42, 69, 13, darker(pen.main, 0.3), volume=0.1)
    if "fruit" in pen.traits:
        for x, y, r, name in _FRUIT:
            pen.oval(x, y, r, r, NAMED[name], volume=1)
            pen.line([(x, y - r * 0.8), (x + 3, y - r * 1.25)], 2, (110, 76, 50), volume=0)
        for x in (16, 24, 32):
            pen.oval(x + 104, 36, 8, 8, NAMED["purple"], volume=1)
    pen.blob([(6, 42), (40, 48), (110, 48), (144, 42), (132, 76), (104, 94), (46, 94), (18, 76)], pen.main, volume=0.9)
    pen.box(50, 90, 100, 98, darker(pen.main, 0.2), radius=3)


@subject(
    "bowl",
    "soup",
    "noodles",
    "ramen",
    "stew",
    "cereal",
    "porridge",
    "rice",
    "pasta",
    "spaghetti",
    "curry",
    aspect=1.5,
    size=0.36,
    home="table",
    stands="table",
    holds=(0.55, 0.6),
    colours=((70, 130, 160), (206, 90, 70), CHINA),
)
def bowl(pen: Pen) -> None:
    """A bowl of something hot, of fruit, or empty for what is put into it."""
    if pen.traits & {"fruit", "filled"}:
        _cold_bowl(pen)
        return
    for x, sway in ((56, 5), (75, -5), (94, 5)):
        pen.line(
            [(x, 30), (x + sway, 20), (x - sway, 10), (x, 0)],
            3,
            WHITE,
            taper=(0.9, 0.2),
            opacity=0.5,
            lit=False,
            line=False,
            volume=0,
        )
    pen.blob([(6, 42), (144, 42), (132, 76), (104, 94), (46, 94), (18, 76)], pen.main, volume=0.9)
    pen.box(50, 90, 100, 98, darker(pen.main, 0.2), radius=3)
    pen.oval(75, 42, 69, 13, lighter(pen.main, 0.3), volume=0.1)
    filled = pen.oval(75, 43, 62, 10, (232, 160, 84), volume=0.2)
    if pen.traits & {"noodles", "ramen", "pasta", "spaghetti"}:
        for x in range(26, 126, 10):
            pen.arc(x, 46, 9, 190, 350, 2.4, (250, 224, 150), clip=filled, volume=0)
    for x, y, name in ((48, 40, "green"), (70, 46, "orange"), (92, 39, "green"), (108, 45, "red")):
        pen.oval(x, y, 6, 3, NAMED[name], volume=0.2)


@subject("plate", "dish", aspect=1.7, size=0.24, home="table", stands="table", colours=(CHINA, (150, 190, 210)))
def plate(pen: Pen) -> None:
    """A plate."""
    pen.oval(85, 74, 83, 23, darker(pen.main, 0.12))
    pen.oval(85, 70, 83, 22, pen.main, volume=0.2)
    pen.oval(85, 70, 56, 13, darker(pen.main, 0.06), volume=0.2)
    pen.oval(85, 71, 52, 11, lighter(pen.main, 0.4), volume=0.1)


@subject(
    "glass",
    "juice",
    "water glass",
    "lemonade",
    "beer",
    "smoothie",
    "cocktail",
    "orange juice",
    "apple juice",
    aspect=0.6,
    size=0.42,
    home="table",
    stands="table",
    colours=((246, 160, 60), (250, 200, 90)),
)
def glass(pen: Pen) -> None:
    """A glass of something cold, with a straw."""
    pen.line([(36, 60), (42, 20), (52, 4)], 3.4, NAMED["red"])
    pen.poly([(8, 18), (52, 18), (46, 97), (14, 97)], (226, 240, 246), opacity=0.55, volume=0.2)
    pen.poly([(10, 36), (50, 36), (45, 94), (15, 94)], pen.main, fade=lighter(pen.main, 0.3), volume=0.3)
    if "beer" in pen.traits:
        for x in (14, 24, 36, 46):
            pen.oval(x, 33, 8, 7, WHITE)
    pen.line([(16, 30), (19, 88)], 2.4, WHITE, opacity=0.6, volume=0, line=False)


@subject(
    "spoon",
    "fork",
    "knife",
    "cutlery",
    "spatula",
    aspect=0.5,
    size=0.4,
    home="table",
    stands="table",
    colours=((186, 192, 204),),
)
def spoon(pen: Pen) -> None:
    """A spoon, a fork or a knife, upright."""
    pen.line([(25, 40), (25, 97)], 5, pen.part("handle", pen.main), taper=(0.7, 1.2))
    if "fork" in pen.traits:
        pen.blob([(12, 24), (38, 24), (34, 42), (25, 48), (16, 42)], pen.main)
        for x in (14, 21, 29, 36):
            pen.line([(x, 28), (x, 3)], 3.4, pen.main)
    elif "knife" in pen.traits:
        pen.blob([(20, 52), (20, 6), (28, 2), (34, 22), (31, 54)], lighter(pen.main, 0.3))
        pen.box(20, 52, 31, 98, (90, 62, 50), radius=3)
    else:
        pen.oval(25, 22, 14, 20, pen.main)
        pen.oval(25, 22, 10, 15, lighter(pen.main, 0.3), volume=0.3)


@subject("hot dog", "hotdog", "sausage", aspect=1.6, size=0.3, home="table", stands="table", colours=((190, 92, 60),))
def hot_dog(pen: Pen) -> None:
    """A hot dog with mustard."""
    bun = (232, 176, 104)
    pen.blob([(10, 66), (24, 44), (136, 44), (150, 66), (136, 84), (24, 84)], darker(bun, 0.15))
    pen.line([(8, 56), (60, 50), (110, 52), (152, 54)], 24, pen.main)
    pen.blob([(6, 68), (80, 62), (154, 68), (146, 94), (80, 98), (14, 94)], bun)
    pen.line(
        [(20, 54), (36, 46), (52, 54), (68, 46), (84, 54), (100, 46), (116, 54), (134, 48)],
        4,
        NAMED["yellow"],
        volume=0.2,
    )


@subject(
    "taco",
    "burrito",
    "sandwich",
    "toast",
    "kebab",
    aspect=1.5,
    size=0.34,
    home="table",
    stands="table",
    colours=((240, 196, 104),),
)
def taco(pen: Pen) -> None:
    """A filled taco."""
    pen.arc(75, 90, 58, 180, 360, 22, darker(pen.main, 0.2))
    for step in range(9):
        angle = radians(192 + step * 19)
        name = ("green", "red", "lime")[step % 3]
        pen.oval(75 + 62 * cos(angle), 88 + 66 * sin(angle), 12, 10, NAMED[name])
    pen.blob([(8, 97), (14, 62), (44, 34), (75, 28), (106, 34), (136, 62), (142, 97)], pen.main)
    for x, y in ((40, 66), (70, 52), (100, 68), (76, 82), (56, 88), (114, 86)):
        pen.oval(x, y, 3, 2.4, darker(pen.main, 0.25), volume=0, line=False)


@subject(
    "fries",
    "french fries",
    "chips",
    "popcorn",
    aspect=0.8,
    size=0.38,
    home="table",
    stands="table",
    colours=((214, 56, 48),),
)
def fries(pen: Pen) -> None:
    """Fries in their box."""
    for index in range(9):
        x = 12 + index * 7
        pen.poly(
            [
                (x, 60),
                (x + (index - 4) * 1.4, 8 + (index * 13) % 22),
                (x + (index - 4) * 1.4 + 7, 10 + (index * 13) % 22),
                (x + 7, 60),
            ],
            (250, 206, 96),
        )
    pen.poly([(6, 44), (74, 44), (66, 98), (14, 98)], pen.main)
    pen.oval(40, 70, 14, 12, NAMED["gold"], volume=0.2)
    pen.smile(40, 70, 7, 2)
    pen.oval(36, 66, 1.4, 1.8, INK, volume=0)
    pen.oval(44, 66, 1.4, 1.8, INK, volume=0)
