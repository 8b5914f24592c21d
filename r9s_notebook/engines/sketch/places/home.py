"""Rooms of a home: a bedroom and a bathroom."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.places.indoors import overhead, window
from r9s_notebook.engines.sketch.places.interiors import footing, walls
from r9s_notebook.engines.sketch.places.stage import Ground, Stage, backdrop

_WOOD: RGB = (164, 112, 74)


def bedroom(stage: Stage) -> Ground:
    """A bed under a window, a night table with a lamp, a rug."""
    floor, pen, w = walls(stage, (178, 128, 90)), stage.pen, stage.width
    dice = stage.dice.fork("bedroom")
    side = dice.sign()
    cloth = NAMED[dice.pick(("teal", "coral", "lavender", "mustard", "sage", "azure"))]
    wx = w * (0.5 - side * 0.3)
    window(stage, wx - 105, floor - 500, wx + 105, floor - 220)
    for x in (wx - 150, wx + 150):
        pen.blob([(x - 34, floor - 530), (x + 34, floor - 530), (x + 26, floor - 340), (x + 34, floor - 160),
                  (x - 34, floor - 160), (x - 26, floor - 340)], lighter(cloth, 0.4), volume=0.6,
                  depth=0.4)  # fmt: skip
    pen.line([(wx - 200, floor - 532), (wx + 200, floor - 532)], 8, _WOOD, depth=0.4)
    overhead(stage, floor - 560)
    if not stage.shows("bed"):
        _bed(stage, side, floor, cloth)
    rug = NAMED[dice.pick(("cream", "rose", "mint"))]
    pen.oval(w / 2, floor + (stage.height - floor) * 0.62, min(w * 0.42, 470), (stage.height - floor) * 0.27, rug,
             volume=0.1, depth=0.08)  # fmt: skip
    return footing(stage, floor)


def _bed(stage: Stage, side: int, floor: float, cloth: RGB) -> None:
    """A made bed, its head to a side, and a night table."""
    pen = stage.pen
    bed, half = stage.width * (0.5 + side * 0.1), min(stage.width * 0.29, 400.0)
    head = bed + side * half
    pen.box(
        min(head, head - side * 34), floor - 250, max(head, head - side * 34), floor + 44, _WOOD, radius=12, depth=0.3
    )
    foot = bed - side * half
    pen.box(
        min(foot, foot + side * 26), floor - 120, max(foot, foot + side * 26), floor + 44, _WOOD, radius=10, depth=0.28
    )
    pen.box(bed - half + 14, floor - 70, bed + half - 14, floor + 22, WHITE, radius=16, depth=0.3)
    pillow = head - side * 110
    pen.blob([(pillow - 74, floor - 84), (pillow - 60, floor - 124), (pillow, floor - 130), (pillow + 60, floor - 124),
              (pillow + 74, floor - 84), (pillow, floor - 74)], (250, 248, 244), depth=0.28)  # fmt: skip
    x0, x1 = sorted((foot + side * 16, bed + side * half * 0.36))
    pen.box(x0, floor - 98, x1, floor + 26, cloth, radius=20, depth=0.27, volume=0.5)
    fold = bed + side * half * 0.36
    pen.box(min(fold, fold - side * 44), floor - 100, max(fold, fold - side * 44), floor + 26, lighter(cloth, 0.6),
            radius=14,
            depth=0.26, volume=0.4)  # fmt: skip
    for index in range(3):
        x = x0 + (x1 - x0) * (index + 0.5) / 3.4
        pen.line([(x, floor - 84), (x + 10, floor - 40), (x - 4, floor + 16)], 4, darker(cloth, 0.16), volume=0,
                 line=False, depth=0.26)  # fmt: skip
    _night_table(stage, head + side * 84, floor)


def _night_table(stage: Stage, x: float, floor: float) -> None:
    pen = stage.pen
    pen.box(x - 54, floor - 104, x + 54, floor + 30, lighter(_WOOD, 0.15), radius=5, depth=0.3)
    pen.box(x - 42, floor - 86, x + 42, floor - 46, lighter(_WOOD, 0.32), radius=4, depth=0.28)
    pen.oval(x, floor - 66, 6, 6, NAMED["gold"], depth=0.28)
    pen.glow(x, floor - 170, 190, (255, 224, 156), 0.5 if stage.light.dark else 0.3)
    pen.box(x - 5, floor - 150, x + 5, floor - 106, NAMED["gold"], depth=0.28)
    pen.oval(x, floor - 105, 24, 6, NAMED["gold"], depth=0.28)
    pen.poly([(x - 26, floor - 216), (x + 26, floor - 216), (x + 46, floor - 146), (x - 46, floor - 146)], (255, 232,
                                                                                                            184),
             lit=False, volume=0.4, depth=0.26)  # fmt: skip


def bathroom(stage: Stage) -> Ground:
    """Tiles, a tub with foam, a basin under a mirror, a towel."""
    pen, w, dice = stage.pen, stage.width, stage.dice.fork("bathroom")
    floor = stage.height * stage.dice.fork("floor").between(0.7, 0.75)
    tone = stage.painted(NAMED[dice.pick(("aqua", "mint", "sage", "lilac"))])
    light = stage.light
    backdrop(stage, -20, floor + 10, (light.on(lighter(tone, 0.8), 0.3), light.on(lighter(tone, 0.7), 0.3)), depth=0.7)
    size = 84.0
    for row in range(5):
        y = floor - size * (row + 1)
        for column in range(int(w / size) + 2):
            shade = lighter(tone, 0.42 + 0.16 * dice.roll())
            x = column * size - size / 2 * (row % 2)
            pen.box(x + 3, y + 3, x + size - 3, y + size - 3, shade, radius=4, depth=0.4, volume=0.15, line=False)
    pen.box(-20, floor - size * 5 - 16, w + 20, floor - size * 5 + 2, darker(tone, 0.05), depth=0.4, volume=0.3)
    backdrop(stage, floor, stage.height + 20, (light.on((206, 212, 216), 0.1), light.on((176, 186, 196))), depth=0.1)
    for index in range(-7, 8):
        pen.line([(w / 2 + index * w * 0.12, floor + 2), (w / 2 + index * w * 0.24, stage.height + 10)], 2.4,
                 (150, 160, 172), volume=0, line=False)  # fmt: skip
    for share in (0.16, 0.46):
        y = floor + (stage.height - floor) * share
        pen.box(-20, y, w + 20, y + 2.6, (150, 160, 172), volume=0, line=False)
    side = dice.sign()
    _basin(stage, w * (0.5 - side * 0.29), floor)
    if not stage.shows("bathtub"):
        _tub(stage, w * (0.5 + side * 0.24), floor, side)
    return footing(stage, floor)


def _basin(stage: Stage, x: float, floor: float) -> None:
    pen, steel = stage.pen, NAMED["silver"]
    pen.oval(x, floor - 400, 104, 124, (216, 184, 120), depth=0.36)
    glass = pen.oval(x, floor - 400, 92, 112, (206, 230, 238), depth=0.36, volume=0.2)
    for dx in (-30, 20):
        pen.poly([(x + dx, floor - 520), (x + dx + 26, floor - 520), (x + dx - 60, floor - 280), (x + dx - 86,
                                                                                                  floor - 280)],
                 WHITE, clip=glass, opacity=0.45, volume=0, line=False)  # fmt: skip
    pen.box(x - 22, floor - 150, x + 22, floor + 24, (238, 240, 242), radius=6, depth=0.3, volume=0.6)
    pen.blob([(x - 104, floor - 206), (x + 104, floor - 206), (x + 90, floor - 160), (x + 40, floor - 136),
              (x - 40, floor - 136), (x - 90, floor - 160)], (250, 250, 250), depth=0.28)  # fmt: skip
    pen.oval(x, floor - 206, 104, 13, (228, 232, 236), depth=0.28, volume=0.2)
    pen.line([(x, floor - 206), (x, floor - 252), (x + 18, floor - 262), (x + 34, floor - 246)], 9, steel, depth=0.26)
    pen.box(x - 74, floor - 250, x - 52, floor - 208, NAMED["coral"], radius=6, depth=0.26, volume=0.6)
    pen.box(x - 66, floor - 270, x - 60, floor - 248, WHITE, depth=0.26, volume=0)


def _tub(stage: Stage, x: float, floor: float, side: int) -> None:
    pen, half, dice = stage.pen, min(stage.width * 0.25, 300.0), stage.dice.fork("foam")
    for dx in (-0.7, 0.7):
        pen.oval(x + dx * half, floor + 34, 22, 16, NAMED["gold"], depth=0.24)
    for step in range(9):
        fx = x - half * 0.8 + step * half * 0.2
        r = dice.between(26, 44)
        pen.oval(fx, floor - 142 - (10 if step % 2 else 0), r, r * 0.8, (246, 250, 254), depth=0.24, volume=0.5)
    pen.line([(x + side * half * 0.8, floor - 130), (x + side * half * 0.8, floor - 226),
              (x + side * half * 0.64, floor - 240), (x + side * half * 0.52, floor - 216)], 12, NAMED["silver"],
             depth=0.26)  # fmt: skip
    pen.blob([(x - half, floor - 132), (x, floor - 126), (x + half, floor - 132), (x + half * 0.94, floor - 50),
              (x + half * 0.7, floor + 22), (x - half * 0.7, floor + 22), (x - half * 0.94, floor - 50)], (248, 250,
                                                                                                           252),
             depth=0.22, volume=0.8)  # fmt: skip
    pen.line([(x - half - 10, floor - 132), (x, floor - 126), (x + half + 10, floor - 132)], 20, WHITE, depth=0.2)
    cloth = NAMED["coral"]
    pen.box(x - 46, floor - 142, x + 46, floor - 20, cloth, radius=6, depth=0.2, volume=0.4)
    pen.box(x - 46, floor - 52, x + 46, floor - 40, lighter(cloth, 0.6), depth=0.2, volume=0, line=False)
