"""Trees that bear fruit or blossom."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, darker, lighter
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.subjects.plants import BARK
from r9s_notebook.engines.sketch.subjects.registry import subject

_FRUIT: dict[str, RGB] = {
    "apple": NAMED["red"],
    "cherry": (186, 24, 52),
    "orange": NAMED["orange"],
    "lemon": (250, 218, 60),
    "peach": (250, 170, 120),
    "pear": (196, 206, 80),
    "plum": (118, 62, 140),
    "olive": (70, 80, 60),
}
_PUFFS: tuple[tuple[float, float, float], ...] = (
    (24, 48, 17), (72, 48, 17), (18, 34, 15), (78, 34, 15), (32, 22, 18), (64, 22, 18), (48, 38, 26), (48, 15, 15),
)  # fmt: skip
_FRUITS = (
    (26, 36), (40, 24), (58, 18), (70, 30), (50, 44), (34, 50), (66, 50), (18, 46), (80, 44), (44, 8), (56, 32),
    (28, 18), (74, 18),
)  # fmt: skip


@subject(
    "fruit tree",
    *(f"{fruit} tree" for fruit in _FRUIT),
    *(f"{fruit} trees" for fruit in _FRUIT),
    "fruit trees",
    "cherry blossom tree",
    "cherry blossom trees",
    "blossoming tree",
    "blooming tree",
    "sakura",
    "sakura tree",
    "tree in blossom",
    seat=0.6,
    aspect=0.95,
    size=0.66,
    home="garden",
    colours=((96, 158, 82), (112, 168, 84)),
)
def fruit_tree(pen: Pen) -> None:
    """A tree with its fruit or its blossom in the crown."""
    blossom = pen.traits & {"spring", "cherry blossom tree", "cherry blossom trees", "blossoming tree",
                            "blooming tree", "sakura",
                            "sakura tree", "tree in blossom"}  # fmt: skip
    own = next((name for name in _FRUIT if {f"{name} tree", f"{name} trees"} & pen.traits), "apple")
    fruit = pen.second if pen.second != lighter(pen.main, 0.55) else _FRUIT[own]
    crown = (248, 184, 204) if blossom else pen.main
    if own == "olive":
        crown = (150, 164, 120)
    pen.blob([(41, 99), (44, 78), (42, 58), (54, 58), (52, 78), (57, 99)], BARK)
    for a, b in (((47, 68), (30, 48)), ((50, 64), (66, 46))):
        pen.line([a, b], 4.4, BARK, taper=(1, 0.5))
    for index, (x, y, r) in enumerate(_PUFFS):
        sway = pen.dice.between(-2, 2)
        tone = darker(crown, 0.28) if index < 2 else darker(crown, 0.13) if index < 4 else crown
        pen.oval(x + sway, y, r, r * 0.94, tone)
    for _ in range(6 + 10 * pen.detail):
        x, y = pen.dice.between(18, 78), pen.dice.between(6, 56)
        tone = lighter(crown, 0.5 if blossom else 0.22)
        pen.oval(x, y, 2.8, 1.7, tone, turn=pen.dice.between(0, 180), volume=0, line=False, opacity=0.75)
    size = {"cherry": 2.6, "plum": 3.0, "olive": 1.8, "lemon": 3.4}.get(own, 4.0)
    for x, y in _FRUITS:
        if blossom:
            pen.star(x, y, 4.4, lighter(crown, 0.72), tips=5, inner=0.55, volume=0.1)
            pen.oval(x, y, 1.2, 1.2, NAMED["rose"], volume=0, line=False)
            continue
        pairs = ((-2.2, 1), (2.6, 2)) if own == "cherry" else ((0, 0),)
        for dx, dy in pairs:
            if own == "cherry":
                pen.line([(x, y - 4), (x + dx, y + dy)], 0.8, darker(crown, 0.4), volume=0, line=False)
            pen.oval(x + dx, y + dy, size, size * (1.2 if own in {"lemon", "pear"} else 1), fruit, volume=1)
            pen.oval(x + dx - size * 0.3, y + dy - size * 0.35, size * 0.25, size * 0.22, lighter(fruit, 0.7), volume=0,
                     line=False)  # fmt: skip
