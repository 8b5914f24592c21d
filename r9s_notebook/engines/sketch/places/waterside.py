"""Places by the water and on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from r9s_notebook.engines.sketch.colour import RGB, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.geometry import Outline
from r9s_notebook.engines.sketch.places.skies import sky
from r9s_notebook.engines.sketch.places.stage import (
    Ground,
    Stage,
    far_trees,
    grass,
    ground,
    horizon,
    ridge,
    season,
    tufts,
    water,
)
from r9s_notebook.engines.sketch.subjects import SUBJECTS


def beach(stage: Stage) -> Ground:
    """Sand, surf, and the sea."""
    h = horizon(stage, 0.42, 0.52)
    dice, pen, w = stage.dice.fork("beach"), stage.pen, stage.width
    sky(stage, h)
    shore = h + (stage.height - h) * 0.46
    water(stage, h, shore + 70, (34, 150, 176))
    sand: RGB = (242, 218, 166) if season(stage) != "winter" else (236, 238, 244)
    phase = dice.between(0, 60)
    edge = [
        (w * step / 8, shore + 26 * (1 if step % 2 else -1) * dice.between(0.4, 1) + phase * 0.3)
        for step in range(-1, 10)
    ]
    for lift, colour, opacity in (
        (-20, (255, 255, 255), 0.55),
        (-7, (255, 255, 255), 0.95),
        (6, mix(sand, (150, 120, 90), 0.35), 1.0),
        (26, sand, 1.0),
    ):
        pen.blob(
            [(-90, stage.height + 200), *[(x, y + lift) for x, y in edge], (w + 90, stage.height + 200)],
            colour,
            opacity=opacity,
            volume=0,
            depth=0.1,
            line=lift == 26,
            fade=darker(colour, 0.2) if lift == 26 else None,
        )
    for _ in range(40 + 40 * pen.detail):
        x, y = dice.between(0, w), dice.between(shore + 70, stage.height)
        pen.oval(x, y, dice.between(2, 5), 1.6, darker(sand, 0.25), volume=0, opacity=0.5, line=False)
    return Ground(near=stage.height * 0.9, far=shore + 110, sky=h)


def sea(stage: Stage) -> Ground:
    """Open water."""
    h = horizon(stage, 0.5, 0.6)
    sky(stage, h)
    if stage.dice.fork("coast").chance(0.5):
        ridge(stage, h + 4, 60, (96, 120, 160), 0.86, name=1)
    water(stage, h, stage.height + 20)
    if stage.scene.weather == "storm":
        _breakers(stage, h)
    return Ground(
        near=h + (stage.height - h) * 0.58,
        far=h + (stage.height - h) * 0.28,
        surface="water",
        sky=h,
        bank=_bank(stage, h, (236, 210, 160)),
    )


_SWIMS = 0.4
"""By the canvas: what is smaller may sit in the water, like a frog; what is larger stands on a bank."""


def _bank(stage: Stage, h: float, colour: RGB) -> float | None:
    """A strip of land in front where something needs it; the y of what stands there."""
    dry = (
        SUBJECTS[thing.kind].stands == "ground" and SUBJECTS[thing.kind].size >= _SWIMS
        for thing in stage.scene.things
        if thing.relation not in {"inside", "on", "riding", "held"} and not thing.traits & {"swimming", "aloft"}
    )
    if not any(dry):
        return None
    w, top, dice = stage.width, h + (stage.height - h) * 0.5, stage.dice.fork("bank")
    side = dice.sign()
    edge = [(w * (0.5 + side * (x - 0.5)), top + (stage.height - h) * y) for x, y in _SHORE]
    for lift, tone in ((-12, lighter(colour, 0.6)), (0, colour)):
        stage.pen.blob(
            [(-90, stage.height + 300), *sorted((x, y + lift) for x, y in edge), (w + 90, stage.height + 300)],
            tone,
            fade=darker(tone, 0.35) if lift == 0 else None,
            volume=0,
            depth=0.1,
        )
    return top + (stage.height - h) * 0.3


_SHORE = ((-0.1, 0.04), (0.12, 0.0), (0.34, 0.03), (0.56, 0.02), (0.78, 0.11), (0.92, 0.17), (1.1, 0.2))
"""A shoreline: shares of the width, and of the height under the horizon."""


def _breakers(stage: Stage, h: float) -> None:
    """Waves with foam on their crests, higher towards the front."""
    pen, dice, w = stage.pen, stage.dice.fork("waves"), stage.width
    for row in range(6):
        share = (row + 1) / 6
        y, rise, phase = h + (stage.height - h) * share**1.4 * 0.92, 14 + 64 * share, dice.between(0, 6)
        crest = []
        for step in range(-2, 23):
            place = (step + phase) % 5 / 5  # steep in front, long behind
            crest.append((w * step / 20, y - rise * (place if place < 0.8 else (1 - place) * 4)))
        tone = darker(mix((38, 84, 110), stage.light.sky[1], 0.2), 0.14 * (row % 2))
        foot = [(w + 90, stage.height + 90), (-90, stage.height + 90)]
        for lift, colour in ((3 + 7 * share, (232, 242, 246)), (0, tone)):
            pen.blob(
                [*((x, top - lift) for x, top in crest), *foot],
                colour,
                fade=darker(colour, 0.4),
                volume=0,
                depth=0.5 - 0.4 * share,
            )


def sea_cliff(stage: Stage) -> Ground:
    """A green cliff over the sea."""
    h = horizon(stage, 0.56, 0.62)
    green, w, pen = grass(stage), stage.width, stage.pen
    sky(stage, h)
    water(stage, h, stage.height + 20)
    if stage.scene.weather == "storm":
        _breakers(stage, h)
    side = stage.dice.sign()

    def at(x: float) -> float:
        return w * (0.5 + side * (x - 0.5))

    rock: RGB = (158, 136, 118)
    top = h + 60
    face = [
        (at(-0.1), top - 10), (at(0.35), top - 16), (at(0.74), top + 36), (at(0.77), top + 84), (at(0.8), top + 130),
        (at(0.75), top + 158), (at(0.72), top + 200), (at(0.77), top + 230), (at(0.79), top + 290),
        (at(0.84), stage.height + 20), (at(-0.1), stage.height + 20),
    ]  # fmt: skip
    cliff = pen.poly(face, rock, fade=darker(rock, 0.55), volume=0.3, depth=0.1)
    _strata(stage, cliff, rock, at, top)
    pen.blob(
        [
            (at(-0.2), top + 120),
            (at(-0.1), top - 16),
            (at(0.35), top - 22),
            (at(0.72), top + 24),
            (at(0.76), top + 54),
            (at(0.5), top + 62),
            (at(0.2), top + 96),
        ],
        green,
        fade=darker(green, 0.3),
        volume=0.2,
        depth=0.08,
    )
    tufts(stage, top + 8, top + 60, green, 30, across=(-0.05, 0.66) if side > 0 else (0.34, 1.05))
    for index in range(9):
        x = at(0.82 + index * 0.03)
        pen.oval(
            x, stage.height - 70 + 10 * (index % 3), 40, 9, (250, 252, 255), opacity=0.55, volume=0, line=False, soft=3
        )
    return Ground(near=top + 22, far=top + 8, sky=h)


def _strata(stage: Stage, cliff: Outline, rock: RGB, at: Callable[[float], float], top: float) -> None:
    """A cliff's rock: blocks with a light upper edge on ledges, and cracks between them."""
    pen, dice = stage.pen, stage.dice.fork("strata")
    row, y = 0, top + 40
    while y < stage.height:
        tall, x = dice.between(46, 78), -0.08 - 0.06 * (row % 2)
        while x < 0.86:
            wide = dice.between(0.06, 0.26)
            a, b, c, d = (dice.between(-24, 24) for _ in range(4))
            block = [(at(x) + c, y + a), (at(x + wide) + d, y + b), (at(x + wide) - c, y + tall + a),
                     (at(x) - d * 0.5, y + tall - b)]  # fmt: skip
            tone = dice.between(-0.32, 0.2) - 0.12 * row / 6
            colour = lighter(rock, tone) if tone > 0 else darker(rock, -tone)
            stone: dict[str, Any] = {"clip": cliff, "volume": 0, "line": False, "depth": 0.1}
            pen.poly(block, colour, opacity=0.75, **stone)
            pen.line(block[:2], 5, lighter(rock, 0.45), opacity=0.55, taper=(0.4, 1), **stone)
            pen.line(block[1:3], 3, darker(rock, 0.8), opacity=0.4, taper=(1, 0.3), **stone)
            x += wide
        row, y = row + 1, y + tall
    for _ in range(7 + 4 * pen.detail):
        x, y = at(dice.between(0.02, 0.78)), dice.between(top + 60, stage.height)
        bend = dice.between(-14, 14)
        pen.line([(x, y), (x + bend, y + 24), (x + bend * 0.4, y + dice.between(46, 84))], 4, darker(rock, 0.85),
                 clip=cliff,
                 opacity=0.7, volume=0, line=False, taper=(1, 0.2), depth=0.1)  # fmt: skip
    pen.line(cliff[2:-1], 7, lighter(rock, 0.5), opacity=0.6, volume=0, line=False, depth=0.1)


def lake(stage: Stage) -> Ground:
    """A lake before hills, mirrored."""
    h = horizon(stage, 0.46, 0.54)
    green = grass(stage)
    sky(stage, h)
    ridge(stage, h + 6, 270, (122, 138, 180), 0.88, jagged=True, name=1)
    crest = ridge(stage, h + 6, 90, mix(green, (60, 110, 100), 0.55), 0.56, name=2)
    far_trees(stage, crest, 0.52, 14, pines=True)
    water(stage, h + 4, stage.height + 20, (60, 140, 160))
    pen, dice = stage.pen, stage.dice.fork("reeds")
    bank = _bank(stage, h, green)
    if bank is not None:
        tufts(stage, bank - (stage.height - h) * 0.1, stage.height, green, 40 + 30 * pen.detail, flowers=True)
    for side in (0.0, 1.0):
        for _ in range(9 + 6 * pen.detail):
            x = stage.width * (side + (0.5 - side) * dice.between(-0.06, 0.3))
            y, lean = stage.height * dice.between(0.93, 1.02), dice.between(-16, 16)
            size = dice.between(90, 190)
            pen.line(
                [(x, y), (x + lean * 0.4, y - size * 0.6), (x + lean, y - size)],
                4,
                darker(green, 0.35),
                volume=0,
                taper=(1, 0.5),
                line=False,
            )
            if dice.chance(0.35):
                pen.line(
                    [(x + lean * 0.85, y - size * 0.92), (x + lean, y - size * 1.12)], 9, (124, 84, 56), volume=0.3
                )
    for _ in range(5 if bank is None else 0):
        x, y = dice.between(0.1, 0.9) * stage.width, dice.between(0.85, 0.97) * stage.height
        pen.oval(x, y, dice.between(26, 46), 9, (90, 156, 92), depth=0.1, volume=0.3)
    return Ground(
        near=h + (stage.height - h) * 0.62, far=h + (stage.height - h) * 0.4, surface="water", sky=h, bank=bank
    )


def waterfall(stage: Stage) -> Ground:
    """Water that falls between cliffs into a pool."""
    h = horizon(stage, 0.5, 0.56)
    pen, dice, w, green = stage.pen, stage.dice.fork("fall"), stage.width, grass(stage)
    sky(stage, h)
    crest = ridge(stage, h - 180, 120, mix(green, (90, 130, 140), 0.5), 0.75, jagged=True, name=1)
    far_trees(stage, crest, 0.7, 16, pines=True)
    pool, top = h + (stage.height - h) * 0.34, h * 0.42
    middle, half = w * dice.between(0.42, 0.58), min(w * 0.14, 190.0)
    rock: RGB = (124, 122, 132)
    for side in (-1, 1):
        edge = [(middle + side * half * (0.82 + 0.3 * dice.roll()), top + (pool - top) * step / 6) for step in range(7)]
        edge[0] = (middle + side * half, top)
        outer = middle + side * (w + 200)
        pen.poly([(outer, top - 60), (middle + side * half * 2.6, top - 40), *edge, (outer, pool + 40)], rock,
                 fade=darker(rock, 0.45), volume=0.2, depth=0.4)  # fmt: skip
        for _ in range(16):
            x, y = middle + side * (half * 1.3 + dice.roll() * w * 0.5), dice.between(top + 30, pool - 20)
            wide, tall = dice.between(40, 110), dice.between(30, 80)
            tone = lighter(rock, 0.12) if dice.chance(0.4) else darker(rock, 0.24)
            edge = [(x - wide, y), (x - wide * 0.3, y - tall), (x + wide, y - tall * 0.6), (x + wide * 0.7, y + tall)]
            pen.poly(edge, tone, volume=0.2, depth=0.4, opacity=0.6, line=False)
        for index in range(12):
            x = middle + side * (half * 0.95 + index * w * 0.06)
            pen.oval(x, top - 24 - 20 * (index > 3), dice.between(46, 80), dice.between(26, 44),
                     darker(green, dice.between(0, 0.25)), volume=0.5, depth=0.38)  # fmt: skip
    stream = mix((206, 232, 246), stage.light.sky[1], 0.15)
    fall = pen.blob([(middle - half, top - 6), (middle + half, top - 6), (middle + half * 1.08, (top + pool) / 2),
                     (middle + half * 1.3, pool + 20), (middle - half * 1.3, pool + 20),
                     (middle - half * 1.08, (top + pool) / 2)], stream, fade=lighter(stream, 0.5), volume=0.15,
                    depth=0.35)  # fmt: skip
    for _ in range(18 + 10 * pen.detail):
        x, start = middle + dice.between(-1, 1) * half, dice.between(top - 20, pool - 120)
        tone = lighter(stream, 0.75) if dice.chance(0.6) else darker(stream, 0.22)
        bend, end = (x + dice.between(-5, 5), start + 90), (x + (x - middle) * 0.16, start + dice.between(150, 330))
        pen.line([(x, start), bend, end], dice.between(4, 13), tone, clip=fall, opacity=0.7, volume=0, line=False,
                 taper=(0.4, 0.5), depth=0.35)  # fmt: skip
    water(stage, pool, stage.height + 20, (64, 150, 170))
    for _ in range(22):
        x, r = middle + dice.between(-1.5, 1.5) * half, dice.between(26, 60)
        pen.oval(
            x, pool + dice.between(-12, 26), r, r * 0.5, WHITE, opacity=0.5, soft=7, volume=0, line=False, depth=0.4
        )
    for index in range(9):
        x = w * (0.02 + 0.12 * index) + dice.between(-30, 30)
        if abs(x - middle) > half * 1.5:
            pen.blob([(x - 70, pool + 40), (x - 40, pool - 14), (x + 30, pool - 24), (x + 74, pool + 40)],
                     darker(rock, dice.between(0.1, 0.35)), depth=0.3)  # fmt: skip
    bank = _bank(stage, h, green)
    if bank is not None:
        tufts(stage, bank - (stage.height - h) * 0.1, stage.height, green, 40 + 30 * pen.detail, flowers=True)
    near = pool + (stage.height - pool) * 0.6
    return Ground(near=near, far=pool + 60, surface="water", sky=top, bank=bank)


def river(stage: Stage) -> Ground:
    """A river that winds through meadows."""
    h = horizon(stage, 0.5, 0.58)
    green, w, pen = grass(stage), stage.width, stage.pen
    sky(stage, h)
    ridge(stage, h + 8, 200, (118, 140, 176), 0.86, jagged=True, name=1)
    crest = ridge(stage, h + 30, 90, mix(green, (70, 130, 110), 0.4), 0.55, name=2)
    far_trees(stage, crest, 0.5, 9)
    ground(stage, h + 26, green, lighter(green, 0.1))
    blue = mix(stage.light.on((80, 160, 190)), stage.light.sky[2], 0.35)
    m = stage.dice.between(0.44, 0.58)
    depth = stage.height - h
    pen.blob(
        [
            (w * m - 8, h + 28),
            (w * m + 10, h + 28),
            (w * (m + 0.1), h + depth * 0.2),
            (w * (m - 0.02), h + depth * 0.38),
            (w * (m + 0.16), h + depth * 0.62),
            (w * (m + 0.36), stage.height + 60),
            (w * (m - 0.34), stage.height + 60),
            (w * (m - 0.16), h + depth * 0.6),
            (w * (m - 0.16), h + depth * 0.4),
            (w * (m + 0.02), h + depth * 0.2),
        ],
        blue,
        fade=darker(blue, 0.3),
        lit=False,
        volume=0,
        depth=0.2,
    )
    tufts(stage, h + 120, stage.height, green, 60 + 40 * pen.detail, flowers=True)
    return Ground(near=stage.height * 0.88, far=h + depth * 0.45, sky=h)
