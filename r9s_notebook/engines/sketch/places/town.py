"""Places that people built under the sky: a city, a street, a village."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import RGB, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.places.skies import sky
from r9s_notebook.engines.sketch.places.stage import (
    Ground,
    Stage,
    backdrop,
    far_trees,
    grass,
    ground,
    ridge,
    season,
    tufts,
)

_LAMP: RGB = (255, 214, 130)
_WOOD: RGB = (176, 122, 80)


def blocks(  # noqa: PLR0917 - one row of houses, from left to right
    stage: Stage, base: float, tall: float, colour: RGB, depth: float, name: object, *, wide: float = 90
) -> None:
    """A row of buildings, their windows lit after dark."""
    dice, pen = stage.dice.fork("blocks", name), stage.pen
    x = -dice.between(0, wide)
    while x < stage.width:
        w, h = dice.between(0.7, 1.4) * wide, dice.between(0.4, 1.0) * tall
        tone = mix(colour, darker(colour, 0.4), dice.roll() * 0.7)
        pen.box(x, base - h, x + w, base + 30, tone, depth=depth, volume=0.15)
        if dice.chance(0.4):
            pen.box(x + w * 0.3, base - h - tall * 0.06, x + w * 0.6, base - h + 2, tone, depth=depth, volume=0)
        if depth < 0.8:
            columns, rows = max(2, int(w / 24)), max(2, int(h / 34))
            for column in range(columns):
                for row in range(rows):
                    lit = stage.light.dark and dice.chance(0.5)
                    if not lit and not dice.chance(0.7):
                        continue
                    wx, wy = x + w * (column + 0.28) / columns, base - h + 16 + row * 34
                    pen.box(
                        wx,
                        wy,
                        wx + w * 0.44 / columns,
                        wy + 17,
                        _LAMP if lit else darker(tone, 0.35),
                        lit=not lit,
                        depth=depth,
                        volume=0,
                        line=depth < 0.5,
                    )
        x += w + (0 if dice.chance(0.7) else dice.between(4, 30))


def city(stage: Stage) -> Ground:
    """A skyline in three depths and a quay."""
    h = stage.height * stage.dice.fork("horizon").between(0.68, 0.74)
    sky(stage, h)
    blocks(stage, h, 420, (120, 140, 190), 0.9, 1, wide=70)
    blocks(stage, h + 10, 330, (110, 120, 160), 0.64, 2, wide=90)
    blocks(stage, h + 26, 210, (150, 116, 116), 0.34, 3, wide=110)
    ground(stage, h + 24, (128, 128, 140), (150, 148, 158))
    stage.pen.box(-20, h + 24, stage.width + 20, h + 40, (190, 186, 190), volume=0, depth=0.25)
    for index in range(9):
        x = stage.width * (index + 0.5) / 9
        stage.pen.line(
            [
                (stage.width / 2 + (x - stage.width / 2) * 0.7, h + 60),
                (stage.width / 2 + (x - stage.width / 2) * 1.9, stage.height + 20),
            ],
            2.4,
            (104, 104, 118),
            volume=0,
            line=False,
        )
    return Ground(near=stage.height * 0.92, far=h + 90, sky=h)


def street(stage: Stage) -> Ground:
    """House fronts along a street."""
    h = stage.height * stage.dice.fork("horizon").between(0.66, 0.72)
    dice, pen = stage.dice.fork("street"), stage.pen
    sky(stage, h)
    blocks(stage, h, 320, (140, 150, 180), 0.86, 1, wide=80)
    walls: tuple[RGB, ...] = ((236, 196, 150), (214, 130, 110), (160, 190, 180), (240, 222, 190), (176, 160, 196))
    x, index = -dice.between(0, 100), dice.whole(0, 4)
    while x < stage.width:
        w, tall = dice.between(150, 220), dice.between(260, 400)
        wall = walls[index % 5]
        pen.box(x, h - tall, x + w, h + 24, wall, depth=0.26, volume=0.2)
        pen.poly(
            [(x - 6, h - tall + 2), (x + w * 0.5, h - tall - 74), (x + w + 6, h - tall + 2)],
            darker(mix(wall, (150, 70, 60), 0.6), 0.2),
            depth=0.26,
        )
        for row in range(int(tall / 110)):
            for column in (0.18, 0.62):
                wx, wy = x + w * column, h - tall + 26 + row * 100
                lit = stage.light.dark and dice.chance(0.65)
                pen.box(wx - 5, wy - 5, wx + w * 0.2 + 5, wy + 59, WHITE, depth=0.26, volume=0)
                pen.box(
                    wx, wy, wx + w * 0.2, wy + 54, _LAMP if lit else (130, 160, 186), lit=not lit, depth=0.26, volume=0
                )
        pen.box(x + w * 0.38, h - 66, x + w * 0.62, h + 24, darker(wall, 0.65), depth=0.26, radius=6)
        x, index = x + w, index + 1
    backdrop(
        stage, h + 22, h + 70, (stage.light.on((196, 190, 190), 0.2), stage.light.on((176, 170, 172), 0.1)), depth=0.2
    )
    ground(stage, h + 68, (104, 102, 114), (124, 120, 130), depth=0.2)
    middle = h + (stage.height - h) * 0.72
    for step in range(-1, 8):
        x = stage.width * step / 7
        pen.poly(
            [(x, middle), (x + 80, middle), (x + 74, middle + 12), (x - 8, middle + 12)],
            (236, 226, 196),
            volume=0,
            line=False,
        )
    if stage.scene.weather in {"rain", "storm"}:
        for _ in range(12):
            px, py = dice.between(0, stage.width), dice.between(h + 90, stage.height)
            pen.oval(
                px,
                py,
                dice.between(30, 80),
                6,
                lighter(stage.light.sky[1], 0.2),
                lit=False,
                opacity=0.35,
                volume=0,
                line=False,
            )
    return Ground(near=stage.height * 0.91, far=h + 84, sky=h - 200)


def village(stage: Stage) -> Ground:
    """Small houses in the hills."""
    h = stage.height * stage.dice.fork("horizon").between(0.54, 0.62)
    green = grass(stage)
    winter = season(stage) == "winter"
    dice, pen = stage.dice.fork("village"), stage.pen
    sky(stage, h)
    ridge(stage, h + 10, 260, (130, 150, 190), 0.88, jagged=True, name=1)
    crest = ridge(stage, h + 50, 110, mix(green, (80, 130, 140), 0.45), 0.6, name=2)
    far_trees(stage, crest, 0.55, 12, pines=winter)
    ridge(stage, h + 100, 60, mix(green, (120, 150, 120), 0.2), 0.4, name=3)
    roofs: tuple[RGB, ...] = ((186, 84, 66), (150, 90, 80), (206, 120, 84))
    for row, (y, size, depth) in enumerate(((h + 66, 74, 0.46), (h + 118, 100, 0.3), (h + 178, 132, 0.18))):
        count = int(stage.width / (size * 1.5))
        for index in range(count):
            if dice.chance(0.3):
                continue
            x = stage.width * (index + dice.between(0.2, 0.8)) / count
            wall = dice.pick(((246, 232, 208), (236, 206, 176), (226, 226, 220)))
            base = y + dice.between(-12, 12)
            pen.box(x - size * 0.5, base - size * 0.62, x + size * 0.5, base, wall, depth=depth, volume=0.15)
            roof = (246, 250, 255) if winter else dice.pick(roofs)
            pen.poly(
                [(x - size * 0.62, base - size * 0.58), (x, base - size * 1.14), (x + size * 0.62, base - size * 0.58)],
                roof,
                depth=depth,
                volume=0.3,
            )
            pen.box(
                x + size * 0.22,
                base - size * 1.12,
                x + size * 0.34,
                base - size * 0.8,
                darker(roofs[0], 0.3),
                depth=depth,
                volume=0,
            )
            for column in (-0.28, 0.12):
                lit = stage.light.dark and dice.chance(0.85)
                pen.box(
                    x + size * column,
                    base - size * 0.45,
                    x + size * (column + 0.17),
                    base - size * 0.22,
                    _LAMP if lit else (120, 150, 176),
                    lit=not lit,
                    depth=depth,
                    volume=0,
                )
                if lit:
                    pen.glow(x + size * (column + 0.08), base - size * 0.33, size * 0.4, _LAMP, 0.4)
        ridge(
            stage,
            y + 52,
            30,
            mix(green, darker(green, 0.12), row / 3),
            depth - 0.08,
            name=10 + row,
            fade=darker(green, 0.3),
        )
    tufts(stage, h + 240, stage.height, green, 50 + 30 * pen.detail, flowers=not winter)
    return Ground(near=stage.height * 0.92, far=h + 240, sky=h - 60)
