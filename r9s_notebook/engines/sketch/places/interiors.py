"""Rooms that people work in: a classroom, a library, a laboratory, a hospital ward, a kitchen."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.places.stage import Ground, Stage, backdrop, ground

_WOOD: RGB = (176, 122, 80)
_GLASS: RGB = (196, 226, 236)
_SPINES = ("crimson", "navy", "teal", "mustard", "olive", "burgundy", "cream", "terracotta", "indigo")
_LIQUIDS = ("coral", "emerald", "azure", "violet", "amber")


def walls(stage: Stage, floor_colour: RGB) -> float:
    """A wall and a floor; the y where they meet."""
    floor = stage.height * stage.dice.fork("floor").between(0.7, 0.75)
    backdrop(stage, -20, floor + 10, stage.light.sky, depth=0.8)
    stage.pen.box(-20, floor - 18, stage.width + 20, floor + 4, WHITE, volume=0, depth=0.4)
    ground(stage, floor, floor_colour, lighter(floor_colour, 0.14), depth=0.1)
    return floor


def footing(stage: Stage, floor: float) -> Ground:
    """Where things stand in a room whose floor begins there."""
    return Ground(near=floor + (stage.height - floor) * 0.62, far=floor + 50, sky=floor - 160)


def classroom(stage: Stage) -> Ground:
    """A blackboard with sums on it, and desks."""
    floor, pen, w = walls(stage, _WOOD), stage.pen, stage.width
    half = min(w * 0.42, 520)
    x0, x1, y0, y1 = w / 2 - half, w / 2 + half, floor - 460, floor - 130
    pen.box(x0 - 14, y0 - 14, x1 + 14, y1 + 14, _WOOD, depth=0.5)
    pen.box(x0, y0, x1, y1, (44, 88, 74), depth=0.5, volume=0.1)
    pen.box(x0 + 40, y1 + 14, x1 - 40, y1 + 26, darker(_WOOD, 0.2), depth=0.5)
    chalk = {"volume": 0, "line": False, "depth": 0.45, "opacity": 0.85}
    for row, text in enumerate(("2 + 2 = 4", "a b c d")):
        y = y0 + 40 + row * 90
        left, right = (x0 + 40, x0 + 330) if row == 0 else (x1 - 290, x1 - 40)
        pen.box(left, y, right, y + 60, (244, 244, 236), text=text, **chalk)
    pen.poly([(x0 + 60, y1 - 30), (x0 + 170, y1 - 30), (x0 + 60, y1 - 110)], (244, 244, 236), **chalk)
    pen.poly(
        [(x0 + 68, y1 - 37), (x0 + 150, y1 - 37), (x0 + 68, y1 - 96)], (44, 88, 74), volume=0, line=False, depth=0.5
    )
    pen.arc(x1 - 110, y1 - 80, 46, 0, 360, 5, (244, 244, 236), **chalk)
    for side in (-1, 1):
        x = w / 2 + side * min(w * 0.38, 560)
        pen.box(x - 110, floor + 20, x + 110, floor + 40, lighter(_WOOD, 0.25), depth=0.2)
        for leg in (-96, 88):
            pen.box(x + leg, floor + 40, x + leg + 10, floor + 118, darker(_WOOD, 0.4), depth=0.2, volume=0)
    return footing(stage, floor)


def library(stage: Stage) -> Ground:
    """Shelves full of books from wall to wall."""
    floor, pen, dice, w = walls(stage, (134, 84, 62)), stage.pen, stage.dice.fork("books"), stage.width
    pen.box(-20, -20, w + 20, floor + 6, darker(_WOOD, 0.35), depth=0.45, volume=0)
    rise = 150.0
    for row in range(int(floor / rise) + 1):
        base = floor - 24 - row * rise
        x = -dice.between(0, 30)
        while x < w:
            wide, tall = dice.between(18, 40), dice.between(84, 122)
            if dice.chance(0.93):
                pen.box(x, base - tall, x + wide, base, NAMED[dice.pick(_SPINES)], depth=0.4, volume=0.3)
                pen.box(x + 4, base - tall * 0.8, x + wide - 4, base - tall * 0.74, NAMED["gold"], depth=0.4, volume=0,
                        line=False)  # fmt: skip
            x += wide + 2
        pen.box(-20, base, w + 20, base + 16, _WOOD, depth=0.35, volume=0.2)
    for index in range(int(w / 420) + 2):
        x = w / 2 + (index - int(w / 420) / 2 - 0.5) * 420
        pen.box(x - 11, -20, x + 11, floor + 4, _WOOD, depth=0.34, volume=0.3)
    pen.glow(w * 0.5, floor * 0.2, 600, (255, 220, 160), 0.3)
    return footing(stage, floor)


def laboratory(stage: Stage) -> Ground:
    """A bench along the wall with flasks on it, and a shelf."""
    floor, pen, dice, w = walls(stage, (176, 190, 200)), stage.pen, stage.dice.fork("flasks"), stage.width
    shelf, bench = floor - 380, floor - 130
    pen.box(w * 0.08, shelf, w * 0.92, shelf + 14, _WOOD, depth=0.5)
    count = max(4, int(w / 160))
    for index in range(count):
        x = w * (0.1 + 0.8 * (index + 0.5) / count) + dice.between(-20, 20)
        _flask(stage, x, shelf, dice.between(0.8, 1.1), dice.pick(_LIQUIDS), round_=dice.chance(0.5))
    pen.box(-20, bench, w + 20, bench + 22, WHITE, depth=0.4)
    pen.box(-20, bench + 22, w + 20, floor + 14, (120, 150, 170), depth=0.4, volume=0.1)
    for index in range(int(w / 180) + 1):
        x = index * 180
        pen.box(x + 8, bench + 36, x + 168, floor, (138, 168, 186), depth=0.38, radius=6, volume=0.1)
        pen.box(x + 70, bench + 48, x + 106, bench + 55, WHITE, depth=0.36, volume=0)
    for index in (0, 2, count - 1):
        x = w * (0.1 + 0.8 * (index + 0.2) / count)
        _flask(stage, x, bench, 1.2, _LIQUIDS[index % 5], round_=index % 2 == 0)
    return footing(stage, floor)


def _flask(stage: Stage, x: float, base: float, size: float, liquid: str, *, round_: bool) -> None:
    pen = stage.pen
    if round_:
        glass = pen.oval(x, base - 36 * size, 36 * size, 36 * size, _GLASS, opacity=0.9, depth=0.4)
    else:
        glass = pen.poly([(x - 14 * size, base - 70 * size), (x + 14 * size, base - 70 * size), (x + 42 * size, base),
                          (x - 42 * size, base)], _GLASS, opacity=0.9, depth=0.4)  # fmt: skip
    pen.box(x - 50 * size, base - 34 * size, x + 50 * size, base, NAMED[liquid], clip=glass, depth=0.4, volume=0.2)
    pen.box(x - 10 * size, base - 106 * size, x + 10 * size, base - 62 * size, _GLASS, opacity=0.9, depth=0.4)


def ward(stage: Stage) -> Ground:
    """A hospital: a bed, a curtain, a monitor and a red cross."""
    floor, pen, w = walls(stage, (170, 196, 200)), stage.pen, stage.width
    x, side = w / 2, stage.dice.fork("bed").sign()
    pen.box(x - 60, floor - 470, x + 60, floor - 350, WHITE, radius=10, depth=0.5)
    pen.box(x - 14, floor - 455, x + 14, floor - 365, NAMED["red"], depth=0.5, volume=0)
    pen.box(x - 45, floor - 424, x + 45, floor - 396, NAMED["red"], depth=0.5, volume=0)
    for fold in range(6):
        fx = x - side * (w * 0.5 - fold * 30)
        pen.box(fx - 17, -20, fx + 17, floor - 30, darker(NAMED["mint"], 0.08 * (fold % 2)), depth=0.4, volume=0.5)
    bed = x + side * min(w * 0.28, 420)
    pen.box(bed - 170, floor - 60, bed + 170, floor - 10, WHITE, radius=14, depth=0.3)
    pen.box(bed - 60, floor - 76, bed + 170, floor - 20, (120, 176, 200), radius=14, depth=0.3)
    pen.oval(bed - 120, floor - 76, 50, 22, WHITE, depth=0.28)
    for at in (-168, 160):
        pen.box(bed + at, floor - 120 if at < 0 else floor - 80, bed + at + 10, floor + 34, NAMED["silver"], depth=0.28)
    pen.box(bed - 60, floor - 330, bed + 80, floor - 220, (60, 70, 90), radius=8, depth=0.4)
    pen.line([(bed - 46, floor - 270), (bed - 10, floor - 270), (bed + 4, floor - 306), (bed + 20, floor - 240),
              (bed + 34, floor - 270), (bed + 66, floor - 270)], 4, (110, 240, 160), lit=False, depth=0.4,
             volume=0)  # fmt: skip
    return footing(stage, floor)


def kitchen(stage: Stage) -> Ground:
    """Cupboards, a worktop, a stove with a pot."""
    floor, pen, w = walls(stage, (206, 186, 160)), stage.pen, stage.width
    tone = stage.dice.fork("cupboards").pick((NAMED["sage"], NAMED["cream"], NAMED["teal"], NAMED["coral"]))
    top = floor - 190
    for index in range(int(w / 200) + 1):
        x = index * 200
        if index % 3 != 1:
            pen.box(x + 6, top - 330, x + 194, top - 120, tone, radius=5, depth=0.45, volume=0.15)
            pen.oval(x + 168, top - 150, 7, 7, NAMED["silver"], depth=0.45)
        pen.box(x + 2, top, x + 198, floor + 6, darker(tone, 0.06), radius=4, depth=0.4, volume=0.15)
        pen.box(x + 70, top + 36, x + 130, top + 44, NAMED["silver"], depth=0.4, volume=0)
    pen.box(-20, top - 14, w + 20, top + 10, lighter(_WOOD, 0.1), depth=0.38)
    stove = w * (0.3 if stage.dice.fork("stove").chance(0.5) else 0.72)
    pen.box(stove - 110, top - 8, stove + 110, floor + 6, (72, 76, 88), radius=4, depth=0.36)
    pen.box(stove - 80, top + 60, stove + 80, top + 150, (120, 90, 70), radius=8, depth=0.36)
    pen.box(stove - 62, top - 84, stove + 62, top - 12, NAMED["silver"], radius=10, depth=0.35, volume=0.7)
    pen.box(stove - 70, top - 94, stove + 70, top - 82, darker(NAMED["silver"], 0.2), radius=4, depth=0.35)
    for dx in (-30, 10):
        at = stove + dx
        pen.line([(at, top - 100), (at + 12, top - 130), (at - 6, top - 160)], 7, WHITE, opacity=0.5, lit=False,
                 line=False, volume=0, soft=3)  # fmt: skip
    return footing(stage, floor)
