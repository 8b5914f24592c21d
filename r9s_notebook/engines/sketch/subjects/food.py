"""Things to eat."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

LEAF = (88, 156, 84)


@subject(
    "apple",
    "apples",
    "pear",
    "peach fruit",
    aspect=0.95,
    size=0.36,
    home="table",
    stands="table",
    colours=((214, 52, 54), (130, 184, 72)),
)
def apple(pen: Pen) -> None:
    """An apple."""
    pen.line([(47, 26), (49, 12), (56, 4)], 3.4, (110, 76, 56))
    pen.blob([(52, 16), (68, 4), (86, 6), (74, 18)], LEAF)
    pen.blob(
        [
            (47, 25),
            (66, 18),
            (86, 32),
            (88, 58),
            (72, 90),
            (54, 98),
            (47, 95),
            (40, 98),
            (22, 90),
            (6, 58),
            (8, 32),
            (28, 18),
        ],
        pen.main,
        volume=1,
    )
    pen.oval(26, 42, 6, 11, lighter(pen.main, 0.7), turn=20, opacity=0.7, volume=0, line=False)


@subject(
    "orange fruit",
    "oranges",
    "lemons",
    "lime fruit",
    "peaches",
    "citrus",
    "tangerines",
    "grapefruit",
    aspect=1.0,
    size=0.34,
    home="table",
    stands="table",
    colours=("orange", "lemon"),
)
def citrus(pen: Pen) -> None:
    """An orange."""
    pen.oval(50, 54, 45, 44, pen.main, volume=1)
    pen.blob([(50, 14), (66, 2), (86, 6), (70, 18)], LEAF)
    pen.oval(32, 36, 9, 6, lighter(pen.main, 0.7), turn=-35, opacity=0.7, volume=0, line=False)


@subject("banana", "bananas", aspect=1.2, size=0.36, home="table", stands="table", colours=((250, 212, 70),))
def banana(pen: Pen) -> None:
    """Bananas."""
    for shift, colour in ((0, darker(pen.main, 0.12)), (10, pen.main)):
        pen.blob(
            [
                (20, 10 + shift),
                (30, 8 + shift),
                (34, 40 + shift),
                (62, 66 + shift * 0.6),
                (108, 66 + shift),
                (112, 76 + shift),
                (72, 90 + shift * 0.8),
                (32, 72 + shift),
                (16, 40 + shift),
            ],
            colour,
        )
    pen.line([(24, 16), (20, 4)], 6, (120, 92, 50))


@subject(
    "strawberry",
    "strawberries",
    "raspberry",
    "berry",
    "berries",
    aspect=0.85,
    size=0.34,
    home="table",
    stands="table",
    colours=((222, 48, 60),),
)
def strawberry(pen: Pen) -> None:
    """A strawberry."""
    body = pen.blob([(42, 24), (68, 22), (80, 40), (68, 72), (42, 98), (16, 72), (4, 40), (16, 22)], pen.main, volume=1)
    for row, count in enumerate((5, 4, 3, 2)):
        for column in range(count):
            pen.oval(42 + (column - (count - 1) / 2) * 14, 40 + row * 14, 1.6, 2.6, NAMED["gold"], clip=body, volume=0)
    for angle in (-60, -30, 0, 30, 60):
        pen.oval(42 + angle * 0.36, 19 + abs(angle) * 0.1, 6, 13, LEAF, turn=angle)


@subject("cherry", "cherries", aspect=0.95, size=0.36, home="table", stands="table", colours=((196, 32, 56),))
def cherry(pen: Pen) -> None:
    """Two cherries."""
    pen.line([(26, 62), (38, 32), (62, 8)], 2.6, LEAF)
    pen.line([(68, 66), (66, 36), (62, 8)], 2.6, LEAF)
    pen.blob([(60, 10), (74, 0), (92, 8), (78, 20)], LEAF)
    for x, y in ((26, 76), (68, 80)):
        pen.oval(x, y, 21, 20, pen.main, volume=1)
        pen.oval(x - 7, y - 8, 4, 3, WHITE, opacity=0.8, volume=0, line=False)


@subject("watermelon", "melon", aspect=1.5, size=0.36, home="table", stands="table", colours=((232, 78, 86),))
def watermelon(pen: Pen) -> None:
    """A slice of watermelon."""
    for inset, colour in ((0, (64, 140, 84)), (7, (226, 240, 210)), (11, pen.main)):
        pen.blob(
            [
                (6 + inset, 24),
                (40, 22),
                (75, 22),
                (110, 22),
                (144 - inset, 24),
                (132 - inset, 64 - inset),
                (104, 88 - inset),
                (75, 96 - inset),
                (46, 88 - inset),
                (18 + inset, 64 - inset),
            ],
            colour,
        )
    for x, y in ((42, 40), (64, 46), (88, 44), (110, 38), (54, 60), (76, 64), (98, 58)):
        pen.oval(x, y, 2.2, 3.6, INK, volume=0)


@subject(
    "cake",
    "birthday cake",
    "cupcake",
    "pie",
    "muffin",
    aspect=1.15,
    size=0.46,
    home="table",
    stands="table",
    colours=((246, 168, 184), (128, 78, 56), (248, 236, 210)),
)
def cake(pen: Pen) -> None:
    """A cake with candles."""
    cream = lighter(pen.main, 0.6)
    count = pen.pieces or 3
    step = min(15.0, 60 / count)
    for index in range(count):
        x, name = 57 + (index - (count - 1) / 2) * step, ("teal", "gold", "coral")[index % 3]
        pen.box(x - 1.8, 16, x + 1.8, 34, NAMED[name])
        pen.glow(x, 10, 14, (255, 210, 120), 0.6)
        pen.blob([(x, 3), (x + 3, 10), (x, 15), (x - 3, 10)], (255, 180, 70), lit=False)
    pen.oval(57, 95, 56, 4.4, (226, 228, 234))
    pen.box(12, 60, 102, 95, pen.main, radius=6, volume=0.7)
    pen.blob(
        [
            (12, 64),
            (12, 58),
            (57, 54),
            (102, 58),
            (102, 68),
            (90, 74),
            (80, 66),
            (68, 76),
            (57, 67),
            (46, 76),
            (34, 66),
            (22, 74),
        ],
        cream,
        volume=0.3,
    )
    pen.box(24, 34, 90, 62, pen.main, radius=6, volume=0.7)
    pen.blob(
        [(24, 38), (26, 32), (57, 29), (88, 32), (90, 42), (80, 50), (68, 41), (57, 51), (46, 41), (34, 50)],
        cream,
        volume=0.3,
    )
    for x in (20, 38, 57, 76, 94):
        pen.oval(x, 88, 3.6, 3.6, NAMED["red"])


@subject(
    "ice cream",
    "ice cream cone",
    "ice-cream",
    "icecream",
    "gelato",
    "sundae",
    "popsicle",
    aspect=0.6,
    size=0.5,
    home="beach",
    stands="air",
    colours=((250, 170, 190), (190, 232, 208), (252, 240, 214)),
)
def ice_cream(pen: Pen) -> None:
    """An ice cream cone."""
    cone = pen.poly([(12, 46), (48, 46), (30, 99)], (232, 176, 106), volume=0.6)
    for x in (-10, 4, 18, 32, 46):
        pen.line([(x, 40), (x + 34, 100)], 1, (190, 130, 70), clip=cone, volume=0)
        pen.line([(60 - x, 40), (26 - x, 100)], 1, (190, 130, 70), clip=cone, volume=0)
    pen.oval(20, 38, 14, 13, mix(pen.main, NAMED["cream"], 0.7))
    pen.oval(40, 38, 14, 13, (128, 84, 62))
    pen.oval(30, 24, 16, 16, pen.main)
    pen.blob([(10, 44), (30, 40), (50, 44), (46, 52), (38, 48), (30, 54), (22, 48), (14, 52)], pen.main)
    pen.oval(32, 7, 5, 5, NAMED["red"])


@subject("pizza", aspect=1.1, size=0.42, home="table", stands="table", colours=((246, 196, 88),))
def pizza(pen: Pen) -> None:
    """A pizza."""
    pen.oval(55, 54, 53, 45, (206, 140, 76))
    disc = pen.oval(55, 53, 46, 38, pen.main)
    for x, y in ((36, 38), (66, 34), (52, 56), (80, 54), (32, 62), (64, 76)):
        pen.oval(x, y, 8, 6.6, (200, 66, 52), clip=disc)
    for x, y in ((50, 40), (76, 68), (40, 74), (84, 42), (24, 50)):
        pen.blob([(x - 5, y), (x, y - 3), (x + 5, y), (x, y + 3)], LEAF, volume=0.1)
    for a, b in (((9, 53), (101, 53)), ((30, 18), (80, 88)), ((80, 18), (30, 88))):
        pen.line([a, b], 1.1, (206, 140, 76), volume=0)


@subject(
    "bread",
    "loaf",
    "croissant",
    "toast",
    "baguette",
    "sandwich",
    aspect=1.5,
    size=0.34,
    home="table",
    stands="table",
    colours=((206, 140, 74),),
)
def bread(pen: Pen) -> None:
    """A loaf of bread."""
    loaf = pen.blob(
        [(6, 70), (18, 38), (60, 26), (104, 30), (138, 52), (144, 80), (120, 96), (36, 97), (10, 90)], pen.main
    )
    for x in (38, 66, 94):
        pen.blob([(x, 30), (x + 14, 34), (x + 20, 62), (x + 8, 58)], lighter(pen.main, 0.5), clip=loaf, volume=0.2)


@subject(
    "pumpkin",
    "jack-o-lantern",
    "squash",
    "gourd",
    seat=0.8,
    aspect=1.15,
    size=0.42,
    home="field",
    colours=((238, 126, 42),),
)
def pumpkin(pen: Pen) -> None:
    """A pumpkin."""
    pen.line([(57, 28), (56, 14), (66, 6)], 8, (96, 130, 70), taper=(1, 0.7))
    for x, rx in ((22, 20), (92, 20), (36, 22), (78, 22), (57, 22)):
        pen.oval(x, 62, rx, 36, pen.main if x != 57 else lighter(pen.main, 0.08))
    if "halloween" in pen.traits or pen.light.dark:
        for side in (-1, 1):
            pen.poly(
                [(57 + side * 28, 56), (57 + side * 10, 56), (57 + side * 19, 42)], (255, 220, 110), lit=False, volume=0
            )
        pen.blob([(28, 68), (57, 76), (86, 68), (74, 86), (57, 90), (40, 86)], (255, 220, 110), lit=False, volume=0)
        pen.glow(57, 66, 50, (255, 190, 80), 0.5)


@subject("carrot", "carrots", aspect=0.5, size=0.42, home="table", stands="air", colours=((244, 130, 44),))
def carrot(pen: Pen) -> None:
    """A carrot."""
    for lean in (-14, 0, 14):
        pen.blob([(25, 32), (22 + lean * 0.6, 16), (25 + lean, 1), (30 + lean * 0.6, 16)], LEAF)
    body = pen.blob(
        [(25, 26), (40, 30), (40, 48), (30, 84), (25, 99), (20, 84), (10, 48), (10, 30)], pen.main, volume=1
    )
    for y in (42, 56, 70):
        pen.line([(6, y), (20, y + 2)], 1.4, darker(pen.main, 0.3), clip=body, volume=0)


@subject("avocado", aspect=0.75, size=0.4, home="table", stands="table", colours=((110, 160, 72),))
def avocado(pen: Pen) -> None:
    """Half an avocado."""
    outline = [(37, 3), (50, 14), (60, 44), (72, 70), (60, 94), (37, 99), (14, 94), (2, 70), (14, 44), (24, 14)]
    pen.blob(outline, darker(pen.main, 0.5))
    pen.blob([(37 + (x - 37) * 0.88, 52 + (y - 52) * 0.9) for x, y in outline], (226, 236, 150), volume=0.3)
    pen.oval(37, 68, 18, 18, (140, 88, 56), volume=1)


@subject(
    "egg",
    "eggs",
    "easter egg",
    aspect=0.78,
    size=0.34,
    home="table",
    stands="table",
    colours=((250, 236, 214), (150, 206, 220)),
)
def egg(pen: Pen) -> None:
    """An egg."""
    body = pen.blob([(39, 2), (60, 20), (74, 56), (66, 86), (39, 98), (12, 86), (4, 56), (18, 20)], pen.main, volume=1)
    if "easter" in pen.traits or pen.second != lighter(pen.main, 0.55):
        for y in (38, 62):
            pen.line([(0, y), (16, y + 8), (32, y), (48, y + 8), (64, y), (80, y + 8)], 5, pen.second, clip=body)


@subject("sushi", "sashimi", aspect=1.4, size=0.3, home="table", stands="table", colours=((250, 132, 96),))
def sushi(pen: Pen) -> None:
    """Sushi."""
    pen.box(12, 46, 128, 94, WHITE, radius=20)
    top = pen.blob([(6, 58), (16, 28), (60, 18), (104, 22), (134, 42), (134, 60), (100, 52), (50, 54)], pen.main)
    for x in (34, 62, 90, 116):
        pen.line([(x, 10), (x - 12, 64)], 3.4, lighter(pen.main, 0.5), clip=top, volume=0)
    pen.box(58, 18, 80, 95, INK, volume=0.3)


@subject(
    "burger",
    "hamburger",
    "cheeseburger",
    aspect=1.15,
    size=0.4,
    home="table",
    stands="table",
    colours=((222, 156, 82),),
)
def burger(pen: Pen) -> None:
    """A burger."""
    pen.box(12, 76, 104, 97, pen.main, radius=11)
    pen.box(8, 64, 108, 79, (116, 66, 46), radius=7)
    pen.poly([(10, 58), (106, 58), (90, 70), (74, 60), (52, 74), (34, 60)], NAMED["gold"], volume=0.1)
    pen.blob([(6, 56), (30, 50), (86, 50), (110, 56), (96, 64), (80, 56), (64, 64), (48, 56), (32, 64), (18, 58)], LEAF)
    pen.blob([(10, 52), (14, 24), (36, 6), (58, 4), (80, 6), (102, 24), (106, 52)], pen.main)
    for x, y in ((34, 24), (50, 15), (68, 20), (82, 30), (58, 32)):
        pen.oval(x, y, 2.4, 1.6, NAMED["cream"], turn=x, volume=0)
