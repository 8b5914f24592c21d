"""Pictures of words that mean nothing here: each word has an abstract composition of its own."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, RGB, darker, lighter
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.places.stage import Stage, backdrop

_PALETTES: tuple[tuple[RGB, ...], ...] = (
    ((250, 240, 222), (226, 84, 62), (38, 70, 108), (246, 184, 70), (86, 160, 150)),
    ((244, 236, 228), (60, 52, 92), (236, 110, 120), (250, 196, 140), (110, 150, 190)),
    ((30, 34, 62), (246, 110, 96), (250, 206, 110), (76, 176, 180), (240, 236, 226)),
    ((236, 242, 236), (46, 110, 96), (240, 150, 70), (206, 66, 80), (250, 214, 120)),
    ((252, 232, 224), (150, 60, 100), (240, 130, 100), (70, 80, 150), (250, 190, 170)),
)


def compose(stage: Stage) -> None:
    """Fill the stage. The words choose the family and the palette, the seed only the arrangement."""
    words = Dice("abstract", *stage.scene.unknown)
    palette = words.pick(_PALETTES)
    named = tuple(NAMED[name] for name in stage.scene.colours)
    if named:
        palette = (
            lighter(named[-1], 0.82),
            *named,
            *(darker(colour, 0.4) for colour in named),
            lighter(named[0], 0.45),
        )
    family = words.pick(_FAMILIES)
    light = stage.light
    paper = light.on(palette[0])
    backdrop(stage, -20, stage.height + 20, (paper, lighter(paper, 0.2), paper), depth=0.9)
    family(stage, stage.dice.fork("abstract"), palette[1:])


def _orbits(stage: Stage, dice: Dice, colours: tuple[RGB, ...]) -> None:
    pen, w, h = stage.pen, stage.width, stage.height
    cx, cy = w * dice.between(0.4, 0.6), h * dice.between(0.4, 0.6)
    for ring in range(5, 0, -1):
        r = ring * min(w, h) * 0.095
        pen.arc(cx, cy, r, 0, 360, 3, darker(colours[0], 0.3), volume=0)
        for _ in range(dice.whole(1, 3)):
            angle, size = radians(dice.between(0, 360)), dice.between(14, 52)
            pen.oval(cx + r * cos(angle), cy + r * sin(angle), size, size, dice.pick(colours), volume=1)
    pen.oval(cx, cy, 70, 70, colours[1], volume=1)
    for _ in range(5):
        x, y, length, angle = (
            dice.between(0, w),
            dice.between(0, h),
            dice.between(80, 300),
            radians(dice.between(0, 180)),
        )
        pen.line([(x, y), (x + length * cos(angle), y + length * sin(angle))], dice.between(3, 12), dice.pick(colours))


def _tiles(stage: Stage, dice: Dice, colours: tuple[RGB, ...]) -> None:
    pen = stage.pen
    across = 5 if stage.width <= stage.height else 7
    side = stage.width / across
    for row in range(int(stage.height / side) + 1):
        for column in range(across):
            x, y = column * side, row * side
            back, front = dice.shuffled(colours)[:2]
            tile = pen.box(x, y, x + side, y + side, lighter(back, 0.08), volume=0)
            match dice.whole(0, 4):
                case 0:
                    pen.oval(
                        x + side * dice.whole(0, 1),
                        y + side * dice.whole(0, 1),
                        side,
                        side,
                        front,
                        clip=tile,
                        volume=0.2,
                    )
                case 1:
                    pen.oval(x + side / 2, y + side / 2, side * 0.4, side * 0.4, front, volume=0.6)
                    pen.oval(x + side / 2, y + side / 2, side * 0.18, side * 0.18, back, volume=0.2)
                case 2:
                    pen.poly([(x, y), (x + side, y), (x, y + side)], front, volume=0)
                case 3:
                    pen.oval(x, y + side / 2, side / 2, side / 2, front, clip=tile, volume=0.2)
                    pen.oval(x + side, y + side / 2, side / 2, side / 2, dice.pick(colours), clip=tile, volume=0.2)
                case _:
                    for line in range(4):
                        pen.box(x, y + side * line / 4, x + side, y + side * (line + 0.5) / 4, front, volume=0)


def _waves(stage: Stage, dice: Dice, colours: tuple[RGB, ...]) -> None:
    pen, w, h = stage.pen, stage.width, stage.height
    r = min(w, h) * 0.17
    pen.oval(w * dice.between(0.3, 0.7), h * 0.28, r, r, colours[2], volume=0.5)
    for layer in range(9):
        base, phase, swing = h * (0.3 + 0.08 * layer), dice.between(0, 2 * pi), dice.between(24, 74)
        points = [
            (w * step / 12, base + swing * sin(phase + step * 0.9) + 12 * sin(step * 2.1 + layer))
            for step in range(-1, 14)
        ]
        pen.blob(
            [(-200, h + 200), *points, (w + 200, h + 200)],
            darker(colours[layer % len(colours)], 0.05 * (layer % 3)),
            volume=0.2,
        )


def _leaves(stage: Stage, dice: Dice, colours: tuple[RGB, ...]) -> None:
    pen, w, h = stage.pen, stage.width, stage.height
    for index in range(18):
        x, y, size = w * ((index % 4) + dice.roll()) / 4, h * ((index // 4) + dice.roll()) / 4.6, dice.between(70, 190)
        turn, colour = radians(dice.between(0, 360)), dice.pick(colours)
        points = []
        lobes = dice.whole(5, 9)
        for step in range(lobes * 2):
            angle, r = pi * step / lobes, size * (1.0 if step % 2 else 0.56)
            points.append((x + r * cos(angle + turn), y + r * sin(angle + turn)))
        pen.blob(points, colour, volume=0.3)
        pen.oval(x, y, size * 0.16, size * 0.16, dice.pick(colours), volume=0.3)


def _sunburst(stage: Stage, dice: Dice, colours: tuple[RGB, ...]) -> None:
    pen, w, h = stage.pen, stage.width, stage.height
    cx, cy, reach = w * dice.between(0.35, 0.65), h * dice.between(0.45, 0.75), (w * w + h * h) ** 0.5
    for ray in range(24):
        a, b = radians(15 * ray), radians(15 * ray + 7.5)
        pen.poly(
            [(cx, cy), (cx + reach * cos(a), cy + reach * sin(a)), (cx + reach * cos(b), cy + reach * sin(b))],
            lighter(colours[ray % 2], 0.35),
            volume=0,
        )
    for ring in range(4, 0, -1):
        pen.oval(cx, cy, ring * 66, ring * 66, colours[ring % len(colours)], volume=0.6)
    for _ in range(9):
        pen.oval(
            dice.between(0, w),
            dice.between(0, h),
            dice.between(12, 36),
            dice.between(12, 36),
            dice.pick(colours),
            volume=1,
        )


_FAMILIES: tuple[Callable[[Stage, Dice, tuple[RGB, ...]], None], ...] = (_orbits, _tiles, _waves, _leaves, _sunburst)
