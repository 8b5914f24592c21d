"""Rooms for the public: a café, a stage, a gym, an office."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.places.interiors import footing, walls
from r9s_notebook.engines.sketch.places.stage import Ground, Stage, backdrop

_WOOD: RGB = (158, 106, 70)
_IRON: RGB = (58, 60, 72)
_LAMP: RGB = (255, 220, 150)


def cafe(stage: Stage) -> Ground:
    """A counter with a coffee machine, shelves, a menu, lamps, and tables at the sides."""
    floor, pen, w = walls(stage, (150, 104, 76)), stage.pen, stage.width
    dice = stage.dice.fork("cafe")
    wall = dice.pick(((72, 104, 100), (140, 84, 72), (92, 100, 124)))
    backdrop(stage, -20, floor, (stage.light.on(darker(wall, 0.25), 0.2), stage.light.on(wall, 0.25)), depth=0.7)
    top, left, right = floor - 190, w / 2 - min(w * 0.4, 520), w / 2 + min(w * 0.4, 520)
    board = (w / 2 - 150, floor - 600, w / 2 + 150, floor - 420)
    pen.box(board[0] - 10, board[1] - 10, board[2] + 10, board[3] + 10, _WOOD, depth=0.4)
    pen.box(*board, (48, 52, 56), depth=0.4, volume=0.1)
    chalk = {"volume": 0, "line": False, "depth": 0.35, "opacity": 0.9}
    pen.box(board[0] + 70, board[1] + 18, board[2] - 70, board[1] + 58, (246, 240, 226), text="MENU", **chalk)
    for row in range(3):
        y = board[1] + 84 + row * 30
        pen.box(board[0] + 30, y, board[0] + 160 + row * 17 % 40, y + 7, (236, 226, 206), **chalk)
        pen.box(board[2] - 70, y, board[2] - 30, y + 7, (246, 196, 120), **chalk)
    for x0, x1 in ((left, board[0] - 40), (board[2] + 40, right)):
        for y in (floor - 500, floor - 380):
            pen.box(x0, y, x1, y + 12, lighter(_WOOD, 0.1), depth=0.38)
            _jars(stage, x0 + 18, x1 - 12, y, dice.fork("jars", x0, y))
    _machine(stage, left + (right - left) * (0.24 if dice.chance(0.5) else 0.7), top)
    pen.box(left - 14, top - 4, right + 14, top + 20, lighter(_WOOD, 0.3), radius=5, depth=0.22)
    pen.box(left, top + 20, right, floor + 14, _WOOD, depth=0.24, volume=0.2)
    panels = max(3, int((right - left) / 150))
    for index in range(panels):
        x = left + (right - left) * index / panels
        pen.box(x + 12, top + 44, x + (right - left) / panels - 12, floor - 14, darker(_WOOD, 0.16), radius=4,
                depth=0.22,
                volume=0.15)  # fmt: skip
    for index in range(int(w / 260) + 1):
        _lamp(stage, w / 2 + (index - int(w / 260) / 2) * 250, floor - 640 - 24 * (index % 2))
    for side in (-1, 1):
        _table(stage, w / 2 + side * min(w * 0.43, 640), floor + (stage.height - floor) * 0.34)
    return footing(stage, floor)


def _jars(stage: Stage, x0: float, x1: float, base: float, dice: Dice) -> None:
    x = x0
    while x < x1 - 30:
        wide, tall = dice.between(24, 44), dice.between(34, 62)
        tone = NAMED[dice.pick(("cream", "terracotta", "teal", "mustard", "white", "sage"))]
        stage.pen.box(x, base - tall, x + wide, base, tone, radius=6, depth=0.36, volume=0.6)
        if dice.chance(0.5):
            stage.pen.box(
                x + 2, base - tall - 7, x + wide - 2, base - tall + 2, darker(_WOOD, 0.1), radius=2, depth=0.36
            )
        x += wide + dice.between(6, 22)


def _machine(stage: Stage, x: float, base: float) -> None:
    pen, steel = stage.pen, NAMED["silver"]
    pen.box(x - 84, base - 104, x + 84, base - 2, steel, radius=10, depth=0.24, volume=0.6)
    pen.box(x - 70, base - 66, x + 70, base - 14, (60, 62, 74), radius=4, depth=0.23, volume=0.2)
    for dx in (-36, 36):
        pen.box(x + dx - 12, base - 72, x + dx + 12, base - 56, darker(steel, 0.3), radius=3, depth=0.22)
        pen.box(x + dx - 13, base - 34, x + dx + 13, base - 14, WHITE, radius=4, depth=0.22, volume=0.7)
        pen.line([(x + dx, base - 70), (x + dx - 8, base - 88), (x + dx + 4, base - 112)], 5, WHITE, opacity=0.4,
                 lit=False, line=False, volume=0, soft=3)  # fmt: skip
    pen.oval(x, base - 88, 9, 9, (240, 240, 236), depth=0.22, volume=0.2)
    for dx in (-60, -30, 20, 50):
        pen.box(x + dx - 12, base - 124, x + dx + 12, base - 104, NAMED["cream"], radius=4, depth=0.24, volume=0.6)


def _lamp(stage: Stage, x: float, y: float) -> None:
    pen = stage.pen
    pen.line([(x, -20), (x, y - 30)], 3, _IRON, volume=0, depth=0.2)
    pen.glow(x, y + 16, 190, _LAMP, 0.4)
    pen.oval(x, y + 12, 17, 15, (255, 240, 200), lit=False, volume=0.2, depth=0.1)
    pen.blob([(x - 11, y - 34), (x + 11, y - 34), (x + 40, y + 6), (x, y + 12), (x - 40, y + 6)], _IRON, depth=0.15)


def _table(stage: Stage, x: float, y: float) -> None:
    pen = stage.pen
    pen.oval(x, y + 112, 52, 11, darker(_IRON, 0.1), depth=0.12)
    pen.box(x - 6, y, x + 6, y + 110, _IRON, depth=0.12)
    pen.oval(x, y + 5, 118, 25, darker(_WOOD, 0.25), depth=0.12)
    pen.oval(x, y - 2, 118, 24, lighter(_WOOD, 0.3), depth=0.12, volume=0.2)
    pen.oval(x, y - 2, 34, 8, WHITE, depth=0.1, volume=0.3)
    pen.blob([(x - 17, y - 28), (x + 17, y - 28), (x + 12, y - 4), (x - 12, y - 4)], WHITE, depth=0.1)
    pen.oval(x, y - 28, 17, 4, (104, 66, 46), depth=0.1, volume=0.1)


def theatre(stage: Stage) -> Ground:
    """Boards between red curtains, in the beams of two spotlights."""
    pen, dice, w, height = stage.pen, stage.dice.fork("curtain"), stage.width, stage.height
    floor = height * stage.dice.fork("floor").between(0.7, 0.75)
    red = stage.painted(dice.pick(((168, 28, 44), (150, 24, 60), (120, 30, 70))))
    backdrop(stage, -20, floor + 10, ((30, 18, 40), (66, 30, 60), (104, 48, 72)), depth=0.8)
    count = max(8, int(w / 70))
    for fold in range(count):
        x0, x1 = w * fold / count, w * (fold + 1) / count
        pen.box(x0, -20, x1 + 2, floor + 4, darker(red, 0.5 + 0.16 * (fold % 2)), volume=0.4, depth=0.4, line=False)
    wood = (150, 98, 62)
    backdrop(stage, floor, height + 20, (darker(wood, 0.35), wood, lighter(wood, 0.12)), depth=0.2)
    for index in range(-9, 10):
        pen.line([(w / 2 + index * w * 0.09, floor + 2), (w / 2 + index * w * 0.17, height + 10)], 2.4,
                 darker(wood, 0.5), volume=0, line=False, lit=False)  # fmt: skip
    near = floor + (height - floor) * 0.62
    for side in (-1, 1):
        x = w * (0.5 + side * 0.34)
        aim, half = w * (0.5 - side * 0.04), min(w * 0.27, 330.0)
        for spread, opacity in ((1.0, 0.1), (0.72, 0.12), (0.45, 0.12)):
            pen.poly([(x - 14, -10), (x + 14, -10), (aim + half * spread, near), (aim - half * spread, near)],
                     (255, 244, 206), lit=False, opacity=opacity, soft=14, volume=0, line=False)  # fmt: skip
    pen.oval(w / 2, near + 6, min(w * 0.34, 420), (height - floor) * 0.24, (255, 240, 200), lit=False, opacity=0.36,
             soft=16, volume=0, line=False)  # fmt: skip
    for side in (0, 1):
        for fold in range(5):
            x = (w + 20 - fold * w * 0.036) if side else (-20 + fold * w * 0.036)
            half = w * 0.024
            pen.blob([(x - half, -30), (x + half, -30), (x + half * (0.7 if side else 1.1), floor * 0.6),
                      (x + half, floor + 34), (x - half, floor + 34), (x - half * (1.1 if side else 0.7), floor * 0.6)],
                     darker(red, 0.16 * (fold % 2)), volume=0.7, depth=0.05)  # fmt: skip
    swags = max(4, int(w / 230))
    for index in range(swags):
        x0, x1 = w * index / swags, w * (index + 1) / swags
        m = (x0 + x1) / 2
        pen.blob([(x0 - 8, -40), (x1 + 8, -40), (x1 + 4, 40), (m, 108), (x0 - 4, 40)], darker(red, 0.06 * (index % 2)),
                 volume=0.6, depth=0.05)  # fmt: skip
        pen.line([(x0 - 4, 42), (m, 110), (x1 + 4, 42)], 8, NAMED["gold"], depth=0.05)
    pen.box(-20, height - 22, w + 20, height + 20, darker(wood, 0.5), volume=0)
    return Ground(near=near, far=floor + 46, sky=floor - 160)


def gym(stage: Stage) -> Ground:
    """A sports hall: wall bars, a mirror, a rack of dumbbells, mats."""
    floor, pen, w = walls(stage, (196, 160, 112)), stage.pen, stage.width
    dice = stage.dice.fork("gym")
    tone = NAMED[dice.pick(("azure", "coral", "teal"))]
    pen.box(-20, floor - 250, w + 20, floor - 214, mix(tone, WHITE, 0.2), volume=0, depth=0.5)
    side = dice.sign()
    mirror = w * (0.5 - side * 0.24)
    half = min(w * 0.2, 230.0)
    pen.box(mirror - half, floor - 520, mirror + half, floor - 120, (196, 220, 230), depth=0.5, volume=0.2)
    for dx in (-0.4, 0.0):
        pen.poly([(mirror + half * dx, floor - 520), (mirror + half * (dx + 0.2), floor - 520),
                  (mirror + half * (dx - 0.3), floor - 120), (mirror + half * (dx - 0.5), floor - 120)], WHITE,
                 opacity=0.4, volume=0, line=False)  # fmt: skip
    bars = w * (0.5 + side * 0.28)
    for x in (bars - 110, bars + 100):
        pen.box(x, floor - 520, x + 14, floor, _WOOD, depth=0.4)
    for row in range(11):
        pen.box(bars - 100, floor - 506 + row * 44, bars + 106, floor - 494 + row * 44, lighter(_WOOD, 0.25), radius=5,
                depth=0.4, volume=0.6)  # fmt: skip
    for row, y in enumerate((floor - 70, floor - 14)):
        pen.box(mirror - half, y, mirror + half, y + 10, _IRON, depth=0.3)
        for index in range(4):
            x = mirror - half + (index + 0.5) * half / 2
            for dx in (-22, 22):
                pen.oval(x + dx, y - 16, 13, 17, darker(tone, 0.1) if row else _IRON, depth=0.28)
            pen.box(x - 22, y - 20, x + 22, y - 13, NAMED["silver"], depth=0.28)
    pen.blob([(w * 0.2, floor + 70), (w * 0.8, floor + 70), (w * 0.9, stage.height - 40), (w * 0.1, stage.height - 40)],
             tone, volume=0.1, depth=0.1)  # fmt: skip
    return footing(stage, floor)


def office(stage: Stage) -> Ground:
    """A desk with a screen, a shelf of folders, a window on the town, a plant."""
    floor, pen, w = walls(stage, (150, 152, 164)), stage.pen, stage.width
    dice, dark = stage.dice.fork("office"), stage.light.dark
    side = dice.sign()
    wx, half = w * (0.5 - side * 0.2), min(w * 0.26, 330.0)
    pen.box(wx - half - 12, floor - 560, wx + half + 12, floor - 216, WHITE, depth=0.5)
    sky = ((24, 30, 70), (80, 80, 140)) if dark else ((138, 190, 228), (226, 236, 236))
    glass = pen.box(wx - half, floor - 548, wx + half, floor - 228, sky[0], fade=sky[1], lit=False, volume=0, depth=0.7)
    x = wx - half
    while x < wx + half:
        wide, tall = dice.between(46, 90), dice.between(90, 230)
        pen.box(x, floor - 228 - tall, x + wide, floor - 228, mix((120, 140, 172), sky[1], 0.35), clip=glass, lit=False,
                volume=0, depth=0.7)  # fmt: skip
        x += wide + 6
    for step in (-1, 1):
        pen.box(
            wx + step * half / 3 - 5, floor - 548, wx + step * half / 3 + 5, floor - 228, WHITE, depth=0.5, volume=0
        )
    shelf = w * (0.5 + side * 0.34)
    pen.box(shelf - 120, floor - 540, shelf + 120, floor + 8, lighter(_WOOD, 0.25), depth=0.4)
    for row in range(4):
        y = floor - 410 + row * 134
        pen.box(shelf - 108, y - 118, shelf + 108, y, darker(_WOOD, 0.3), depth=0.4, volume=0)
        for index in range(5):
            tone = NAMED[dice.pick(("teal", "coral", "mustard", "navy", "cream", "sage"))]
            if dice.chance(0.85):
                fx = shelf - 100 + index * 41
                pen.box(fx, y - 100, fx + 34, y, tone, radius=3, depth=0.36, volume=0.3)
                pen.box(fx + 8, y - 78, fx + 26, y - 50, WHITE, depth=0.36, volume=0, line=False)
    desk, top = w * (0.5 - side * 0.24), floor - 120
    for dx in (-190, 172):
        pen.box(desk + dx, top, desk + dx + 18, floor + 50, _IRON, depth=0.2)
    pen.box(desk - 12, top - 40, desk + 12, top, _IRON, depth=0.24)
    pen.box(desk - 100, top - 170, desk + 100, top - 36, _IRON, radius=8, depth=0.24)
    pen.box(desk - 90, top - 160, desk + 90, top - 48, (120, 190, 226), lit=False, depth=0.24, volume=0.1)
    for row in range(4):
        pen.box(desk - 74, top - 146 + row * 22, desk - 74 + (126, 90, 110, 60)[row], top - 138 + row * 22, WHITE,
                opacity=0.8, lit=False, volume=0, line=False)  # fmt: skip
    pen.box(desk - 210, top - 4, desk + 210, top + 18, lighter(_WOOD, 0.4), radius=5, depth=0.2)
    pen.box(desk + 130, top - 40, desk + 160, top - 4, NAMED["coral"], radius=5, depth=0.2, volume=0.6)
    return footing(stage, floor)
