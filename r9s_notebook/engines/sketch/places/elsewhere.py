"""Places where nobody lives: under water, in space, on the moon, in a cave."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker
from r9s_notebook.engines.sketch.places.skies import stars
from r9s_notebook.engines.sketch.places.stage import (
    Ground,
    Stage,
    backdrop,
    ridge,
)


def underwater(stage: Stage) -> Ground:
    """Coral, weeds and light from above."""
    pen, dice, light, w = stage.pen, stage.dice.fork("reef"), stage.light, stage.width
    bed = stage.height * 0.84
    backdrop(stage, -20, stage.height + 20, light.sky, depth=1.0)
    for index in range(6):
        x = w * (index + dice.between(0, 1)) / 6
        pen.poly(
            [(x, -20), (x + dice.between(30, 80), -20), (x + 60 + dice.between(60, 190), bed), (x - 60, bed)],
            light.disc,
            lit=False,
            opacity=0.11,
            soft=10,
            volume=0,
            line=False,
            depth=0.9,
        )
    ridge(stage, bed - 20, 130, (70, 120, 150), 0.75, name=1)
    ridge(stage, bed + 20, 70, (90, 130, 150), 0.5, name=2)
    ridge(stage, bed + 70, 40, (222, 206, 164), 0.16, name=3)
    corals: tuple[RGB, ...] = (NAMED["coral"], NAMED["fuchsia"], NAMED["amber"], NAMED["lavender"], NAMED["teal"])
    for index in range(11):
        x, size = w * (index + dice.roll()) / 11, dice.between(60, 130)
        base, colour, depth = bed + dice.between(20, 110), dice.pick(corals), dice.between(0.05, 0.4)
        kind = dice.whole(0, 2)
        if kind == 0:
            for lean in (-0.5, -0.2, 0.15, 0.5):
                pen.line(
                    [
                        (x, base),
                        (x + lean * size * 0.5, base - size * 0.5),
                        (x + lean * size, base - size * dice.between(0.8, 1.1)),
                    ],
                    size * 0.13,
                    colour,
                    taper=(1, 0.7),
                    depth=depth,
                )
        elif kind == 1:
            for lean in (-0.3, 0, 0.3):
                sway = dice.between(-20, 20)
                pen.line(
                    [
                        (x + lean * 50, base),
                        (x + lean * 60 + sway, base - size),
                        (x + lean * 60 - sway, base - size * 2),
                    ],
                    11,
                    (70, 150, 100),
                    taper=(1, 0.3),
                    depth=depth,
                )
        else:
            pen.oval(x, base - size * 0.2, size * 0.5, size * 0.42, colour, depth=depth)
    for _ in range(18 + 14 * pen.detail):
        x, y, r = dice.between(0, w), dice.between(0, bed), dice.between(2.5, 10)
        pen.oval(x, y, r, r, (200, 240, 250), lit=False, opacity=0.4, volume=0.2, line=False)
        pen.oval(x - r * 0.3, y - r * 0.3, r * 0.3, r * 0.3, WHITE, lit=False, opacity=0.8, volume=0, line=False)
    return Ground(near=bed + 50, far=bed, surface="none", sky=bed)


def space(stage: Stage) -> Ground:
    """Stars, a nebula, a planet."""
    pen, dice, light, w = stage.pen, stage.dice.fork("space"), stage.light, stage.width
    backdrop(stage, -20, stage.height + 20, light.sky, depth=1.0)
    for colour in ((150, 60, 190), (60, 90, 210), (220, 80, 140), (60, 170, 200)):
        x, y = dice.between(0, w), dice.between(0, stage.height)
        pen.glow(x, y, dice.between(260, 520), colour, 0.42)
    stars(stage, stage.height, 110 + 60 * pen.detail)
    side = dice.sign()
    x, y, r = w * (0.5 - side * 0.36), stage.height * dice.between(0.16, 0.26), dice.between(70, 110)
    tone = dice.pick(((236, 150, 100), (110, 170, 220), (200, 130, 190)))
    pen.glow(x, y, r * 2, tone, 0.35)
    disc = pen.oval(x, y, r, r, tone, volume=1, depth=0.5)
    for offset, thick in ((-0.4, 16), (0.05, 24), (0.5, 14)):
        pen.line(
            [(x - r, y + offset * r + 8), (x, y + offset * r), (x + r, y + offset * r - 12)],
            thick,
            darker(tone, 0.2),
            clip=disc,
            volume=0.3,
            depth=0.5,
        )
    if dice.chance(0.6):
        mx, my = w * (0.5 + side * 0.38), stage.height * 0.84
        pen.oval(mx, my, 46, 46, (200, 200, 214), volume=1, depth=0.4)
    return Ground(near=stage.height * 0.9, far=stage.height * 0.8, surface="none", sky=stage.height * 0.94)


def moon(stage: Stage) -> Ground:
    """The moon's surface, the earth in the sky."""
    pen, dice, w = stage.pen, stage.dice.fork("moon"), stage.width
    h = stage.height * 0.68
    backdrop(stage, -20, h + 40, stage.light.sky, depth=1.0)
    stars(stage, h, 120)
    x, y, r = w * dice.between(0.2, 0.8), h * 0.3, 96
    pen.glow(x, y, r * 2, (110, 170, 240), 0.5)
    disc = pen.oval(x, y, r, r, (60, 130, 210), volume=1, depth=0.3)
    for dx, dy, rx, ry in ((-0.4, -0.3, 0.5, 0.3), (0.3, 0.1, 0.4, 0.5), (-0.3, 0.6, 0.4, 0.2)):
        pen.oval(x + dx * r, y + dy * r, rx * r, ry * r, (90, 170, 110), clip=disc, volume=0.2, depth=0.3)
    pen.oval(x, y - r * 0.2, r * 1.1, r * 0.1, WHITE, clip=disc, opacity=0.7, volume=0)
    grey: RGB = (196, 194, 206)
    ridge(stage, h + 10, 90, darker(grey, 0.2), 0.3, name=1)
    ridge(stage, h + 60, 40, grey, 0.1, name=2, fade=darker(grey, 0.45))
    for _ in range(12):
        cx, cy = dice.between(0, w), dice.between(h + 70, stage.height)
        size = 20 + 70 * (cy - h) / (stage.height - h)
        pen.oval(cx, cy, size, size * 0.26, darker(grey, 0.35), volume=0, line=False)
        pen.oval(cx, cy + size * 0.05, size * 0.9, size * 0.19, darker(grey, 0.12), volume=0, line=False)
    return Ground(near=stage.height * 0.9, far=h + 110, sky=h)


def cave(stage: Stage) -> Ground:
    """A cave that opens to the light."""
    pen, dice, light, w = stage.pen, stage.dice.fork("cave"), stage.light, stage.width
    rock: RGB = (104, 84, 112)
    floor = stage.height * 0.76
    backdrop(
        stage,
        -20,
        stage.height + 20,
        (light.on((70, 56, 92)), light.on((120, 96, 140)), light.on((70, 56, 92))),
        depth=0.9,
    )
    pen.glow(w / 2, stage.height * 0.45, 620, (250, 210, 170), 0.55)
    for layer, tone in enumerate((0.1, 0.4)):
        for index in range(9):
            x, tall = w * (index + dice.roll()) / 9, dice.between(120, 300) * (1.3 if abs(index - 4) > 2 else 0.6)
            pen.poly(
                [(x - 70, -20), (x + 70, -20), (x + dice.between(-10, 10), tall - layer * 40)],
                darker(rock, tone),
                depth=0.4 - layer * 0.3,
            )
    ridge(stage, floor + 10, 60, darker(rock, 0.1), 0.3, name=1)
    ridge(stage, floor + 70, 40, darker(rock, 0.35), 0.05, name=2)
    for _ in range(6):
        x, size, colour = (
            dice.between(0, w),
            dice.between(40, 90),
            dice.pick(((110, 210, 230), (190, 130, 230), (120, 220, 170))),
        )
        pen.glow(x, floor + 40, size * 2, colour, 0.4)
        for lean in (-0.4, 0.0, 0.4):
            pen.poly(
                [
                    (x + lean * 40 - 10, floor + 70),
                    (x + lean * 70, floor + 70 - size),
                    (x + lean * 40 + 14, floor + 70),
                ],
                colour,
            )
    return Ground(near=stage.height * 0.9, far=floor + 60, sky=floor - 60)
