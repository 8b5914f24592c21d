"""Places under the sky."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import RGB, darker, lighter, mix
from r9s_notebook.engines.sketch.places.skies import sky
from r9s_notebook.engines.sketch.places.stage import (
    FOLIAGE,
    Ground,
    Stage,
    backdrop,
    clear_of_things,
    far_trees,
    grass,
    ground,
    horizon,
    ridge,
    season,
    tufts,
)


def meadow(stage: Stage) -> Ground:
    """Rolling hills and grass."""
    h = horizon(stage)
    green = grass(stage)
    sky(stage, h)
    ridge(stage, h + 10, 190, mix(green, (92, 132, 170), 0.6), 0.85, name=1)
    ridge(stage, h + 36, 120, mix(green, (72, 132, 120), 0.4), 0.62, name=2)
    crest = ridge(stage, h + 84, 96, darker(green, 0.12), 0.36, name=3)
    far_trees(stage, crest, 0.36, 5 + 2 * stage.pen.detail)
    ridge(stage, h + 190, 60, green, 0.12, name=4, fade=darker(green, 0.4))
    tufts(
        stage, h + 180, stage.height, green, 46 + 50 * stage.pen.detail, flowers=season(stage) in {"spring", "summer"}
    )
    return Ground(near=stage.height * 0.9, far=h + 160, sky=h)


def field(stage: Stage) -> Ground:
    """Rows of a crop that run to the horizon."""
    h = horizon(stage, 0.5, 0.6)
    crops: dict[str, RGB] = {"winter": (232, 238, 246), "autumn": (206, 160, 78), "spring": (150, 190, 88)}
    base = stage.painted(crops.get(season(stage), (222, 190, 92)))
    sky(stage, h)
    ridge(stage, h + 12, 110, mix((110, 150, 120), (90, 130, 170), 0.5), 0.8, name=1)
    crest = ridge(stage, h + 20, 46, darker((110, 160, 90), 0.1), 0.55, name=2)
    far_trees(stage, crest, 0.5, 8)
    ground(stage, h + 6, base, mix(base, (240, 214, 150), 0.4))
    vanish = stage.width * stage.dice.between(0.35, 0.65)
    for index in range(-9, 10):
        x = vanish + index * stage.width * 0.2
        colour = darker(base, 0.28)
        stage.pen.poly(
            [(vanish + index * 16, h + 8), (x + 40, stage.height + 10), (x - 40, stage.height + 10)],
            colour,
            volume=0,
            opacity=0.5,
            depth=0.25,
            line=False,
        )
    tufts(stage, h + 150, stage.height, base, 70 + 50 * stage.pen.detail)
    return Ground(near=stage.height * 0.9, far=h + 120, sky=h)


def garden(stage: Stage) -> Ground:
    """A hedge, a lawn, and many flowers."""
    h = horizon(stage, 0.5, 0.58)
    green = grass(stage)
    sky(stage, h)
    dice, pen = stage.dice.fork("hedge"), stage.pen
    ridge(stage, h, 90, mix(green, (90, 140, 150), 0.5), 0.75, name=1)
    colours = FOLIAGE[season(stage)]
    for index in range(26):
        x, r = stage.width * (index + 0.5) / 26 + dice.between(-14, 14), dice.between(50, 86)
        pen.oval(
            x,
            h + 52 - r * 0.2,
            r,
            r * 0.9,
            darker(dice.pick(colours[:2]), dice.between(0.05, 0.25)),
            depth=0.42,
            volume=0.6,
        )
    ground(stage, h + 70, green, lighter(green, 0.12))
    tufts(stage, h + 90, stage.height, green, 120 + 70 * pen.detail, flowers=True)
    return Ground(near=stage.height * 0.9, far=h + 150, sky=h)


def hilltop(stage: Stage) -> Ground:
    """One round hill before a wide view."""
    h = stage.height * stage.dice.fork("horizon").between(0.62, 0.7)
    green = grass(stage)
    sky(stage, h + 40)
    ridge(stage, h + 60, 210, mix(green, (96, 130, 176), 0.7), 0.9, name=1, jagged=True)
    ridge(stage, h + 100, 120, mix(green, (76, 132, 130), 0.45), 0.66, name=2)
    w = stage.width
    stage.pen.blob(
        [
            (-0.3 * w, stage.height + 60),
            (0.02 * w, h + 130),
            (0.3 * w, h + 46),
            (0.55 * w, h + 20),
            (0.82 * w, h + 80),
            (1.3 * w, stage.height + 60),
        ],
        green,
        depth=0.12,
        fade=darker(green, 0.5),
        volume=0.2,
    )
    tufts(stage, h + 150, stage.height, green, 60 + 40 * stage.pen.detail, flowers=True)
    return Ground(near=h + 120, far=h + 60, sky=h)


def castle_hill(stage: Stage) -> Ground:
    """Green hills for a castle, mountains behind."""
    h = horizon(stage, 0.6, 0.68)
    green = grass(stage)
    sky(stage, h)
    ridge(stage, h + 20, 280, (130, 146, 186), 0.9, jagged=True, name=1)
    ridge(stage, h + 60, 130, mix(green, (80, 130, 130), 0.5), 0.6, name=2)
    crest = ridge(stage, h + 130, 70, green, 0.25, name=3, fade=darker(green, 0.45))
    far_trees(stage, crest, 0.3, 9, pines=True)
    tufts(stage, h + 160, stage.height, green, 46 + 40 * stage.pen.detail, flowers=True)
    return Ground(near=stage.height * 0.86, far=h + 130, sky=h)


def mountains(stage: Stage) -> Ground:
    """Peaks with snow, pines and a meadow."""
    h = horizon(stage, 0.6, 0.7)
    green = grass(stage)
    sky(stage, h - 60)
    for index, (rise, depth, colour) in enumerate(((430, 0.9, (134, 146, 190)), (320, 0.66, (98, 112, 156)))):
        crest = ridge(stage, h + 30 + 20 * index, rise, colour, depth, jagged=True, name=index)
        for left, top, right in zip(crest, crest[1:], crest[2:], strict=False):
            if top[1] < left[1] and top[1] < right[1] and top[1] < h - rise * 0.42:
                drop = min(left[1], right[1]) - top[1] + 20
                stage.pen.poly(
                    [
                        (top[0], top[1]),
                        _on(top, right, 0.55),
                        (top[0] + 8, top[1] + drop * 0.4),
                        _on(top, left, 0.25),
                        (top[0] - 14, top[1] + drop * 0.5),
                        _on(top, left, 0.6),
                    ],
                    (250, 252, 255),
                    depth=depth * 0.75,
                    volume=0,
                )
                stage.pen.poly(
                    [top, right, (top[0] + (right[0] - top[0]) * 0.2, right[1] + 120), (top[0], top[1] + drop * 0.5)],
                    darker(colour, 0.5),
                    depth=depth,
                    opacity=0.4,
                    volume=0,
                    line=False,
                )
    crest = ridge(stage, h + 110, 110, mix(green, (50, 100, 90), 0.55), 0.36, name=7)
    far_trees(stage, crest, 0.36, 16, pines=True)
    ridge(stage, h + 170, 50, green, 0.12, name=8, fade=darker(green, 0.45))
    tufts(stage, h + 180, stage.height, green, 40 + 40 * stage.pen.detail, flowers=True)
    return Ground(near=stage.height * 0.91, far=h + 170, sky=h - 60)


def _on(start: tuple[float, float], end: tuple[float, float], share: float) -> tuple[float, float]:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def forest(stage: Stage) -> Ground:
    """A clearing between trees, light falling in."""
    h = horizon(stage, 0.58, 0.66)
    dice, pen, light = stage.dice.fork("forest"), stage.pen, stage.light
    green = grass(stage)
    sky(stage, h, clouds=False)
    for layer, (depth, count) in enumerate(((0.86, 15), (0.62, 11), (0.36, 7))):
        tone = mix((70, 120, 90), FOLIAGE[season(stage)][layer % 3], 0.45)
        ridge(stage, h + 20 + layer * 26, 40, tone, depth, name=layer)
        for index in range(count):
            x = stage.width * (index + dice.between(0.1, 0.9)) / count
            if not stage.rests("tree", "pine") or (layer == 2 and 0.27 < x / stage.width < 0.73):
                continue
            size = dice.between(300, 460) * (1.35 - depth * 0.55)
            base = h + 36 + layer * 34
            pen.box(
                x - size * 0.028, base - size * 0.5, x + size * 0.028, base + 8, (96, 72, 62), depth=depth, volume=0.4
            )
            for step in range(4):
                top, half = base - size * (1.05 - step * 0.2), size * (0.1 + step * 0.05)
                pen.blob(
                    [(x, top), (x + half, top + size * 0.34), (x, top + size * 0.28), (x - half, top + size * 0.34)],
                    darker(tone, 0.08 * step),
                    depth=depth,
                    volume=0.3,
                )
    if not light.dark and stage.scene.weather in {None, "clear", "fog"}:
        x = stage.width * (0.5 + 0.4 * light.sun[0])
        for step in range(5):
            lean = (stage.width * 0.5 - x) * 0.8 + (step - 2) * 90
            pen.poly(
                [(x - 16, -20), (x + 26, -20), (x + lean + 90, h + 200), (x + lean - 40, h + 200)],
                light.disc,
                lit=False,
                opacity=0.07,
                soft=12,
                volume=0,
                line=False,
            )
    ridge(stage, h + 120, 36, darker(green, 0.12), 0.15, name=9, fade=darker(green, 0.55))
    tufts(stage, h + 120, stage.height, darker(green, 0.15), 90 + 60 * pen.detail, flowers=True)
    return Ground(near=stage.height * 0.9, far=h + 130, sky=h)


def desert(stage: Stage) -> Ground:
    """Dunes, one behind the other."""
    h = horizon(stage, 0.52, 0.62)
    sand = clear_of_things(stage, (236, 184, 116), (206, 112, 74), (250, 232, 200))
    sky(stage, h, clouds=False)
    ridge(stage, h + 16, 150, (206, 128, 98), 0.8, name=0, jagged=stage.dice.chance(0.5))
    for index, (base, rise, tone) in enumerate(((50, 110, 0.0), (120, 130, 0.1), (230, 120, 0.0))):
        crest = ridge(
            stage,
            h + base,
            rise,
            darker(sand, tone),
            0.55 - index * 0.22,
            name=index + 1,
            fade=darker(sand, 0.35 + tone),
        )
        if index:
            stage.pen.poly(
                [
                    *crest[: len(crest) // 2],
                    (crest[len(crest) // 2][0] - 90, h + base + 110),
                    (crest[0][0], h + base + 90),
                ],
                darker(sand, 0.5),
                volume=0,
                opacity=0.32,
                line=False,
                depth=0.3,
                soft=2,
            )
    return Ground(near=stage.height * 0.9, far=h + 190, sky=h)


def mars(stage: Stage) -> Ground:
    """Red dunes and rocks under a pale sky."""
    h = horizon(stage, 0.54, 0.62)
    red: RGB = (206, 104, 66)
    backdrop(stage, -20, h + 40, ((226, 176, 140), (240, 200, 164), (250, 220, 186)), depth=1.0)
    ridge(stage, h + 20, 190, (190, 116, 92), 0.5, jagged=True, name=1)
    ridge(stage, h + 60, 70, darker(red, 0.1), 0.3, name=2)
    ridge(stage, h + 130, 60, red, 0.08, name=3, fade=darker(red, 0.5))
    dice, pen = stage.dice.fork("rocks"), stage.pen
    for y in sorted(dice.between(h + 150, stage.height) for _ in range(14 + 8 * pen.detail)):
        x, size = dice.between(0, stage.width), 8 + 34 * (y - h) / (stage.height - h)
        pen.blob(
            [(x - size, y), (x - size * 0.6, y - size * 0.6), (x + size * 0.3, y - size * 0.7), (x + size, y)],
            darker(red, 0.3),
        )
    return Ground(near=stage.height * 0.9, far=h + 150, sky=h)


def lavender(stage: Stage) -> Ground:
    """Rows of lavender to the horizon."""
    h = horizon(stage, 0.44, 0.52)
    sky(stage, h)
    ridge(stage, h + 12, 120, (110, 130, 170), 0.8, name=1)
    crest = ridge(stage, h + 20, 50, (110, 150, 100), 0.5, name=2)
    far_trees(stage, crest, 0.5, 8)
    ground(stage, h + 6, (150, 170, 110), (176, 180, 140))
    pen, dice, vanish = stage.pen, stage.dice.fork("rows"), stage.width * stage.dice.between(0.35, 0.65)
    for index in range(-9, 10):
        for step in range(26):
            share = ((step + 1) / 26) ** 1.8
            x = vanish + index * (14 + stage.width * 0.17 * share)
            y, r = h + 12 + (stage.height - h) * share, 5 + 58 * share
            tone = dice.pick(((140, 100, 190), (158, 118, 206), (122, 88, 176)))
            pen.oval(x, y, r, r * 0.66, tone, depth=0.4 * (1 - share), volume=0.5, line=False)
    return Ground(near=stage.height * 0.92, far=h + 110, sky=h)


def savanna(stage: Stage) -> Ground:
    """Dry grass and flat-topped trees."""
    h = horizon(stage, 0.56, 0.64)
    gold = clear_of_things(stage, (222, 178, 88), (172, 174, 96), (244, 222, 160))
    pen, dice = stage.pen, stage.dice.fork("acacia")
    sky(stage, h)
    ridge(stage, h + 10, 110, (150, 130, 140), 0.84, name=1)
    ridge(stage, h + 40, 36, mix(gold, (150, 150, 90), 0.5), 0.5, name=2)
    for _ in range(5):
        x, size, depth = dice.between(0, 1) * stage.width, dice.between(90, 170), dice.between(0.3, 0.5)
        pen.line(
            [(x, h + 60), (x + size * 0.06, h + 60 - size * 0.6), (x, h + 60 - size)],
            size * 0.07,
            (96, 72, 58),
            depth=depth,
        )
        for dx, dy, r in ((-0.42, 0.92, 0.4), (0.42, 0.96, 0.42), (0, 1.06, 0.55)):
            pen.oval(x + dx * size, h + 60 - dy * size, r * size, r * size * 0.24, (112, 132, 66), depth=depth)
    ground(stage, h + 54, gold, lighter(gold, 0.12))
    tufts(stage, h + 70, stage.height, gold, 90 + 70 * pen.detail)
    return Ground(near=stage.height * 0.9, far=h + 140, sky=h)


def snow(stage: Stage) -> Ground:
    """Snowfields and pines."""
    h = horizon(stage, 0.56, 0.64)
    white = clear_of_things(stage, (240, 246, 254), (186, 208, 240))
    sky(stage, h)
    ridge(stage, h + 10, 280, (150, 170, 210), 0.85, jagged=True, name=1)
    crest = ridge(stage, h + 50, 110, (206, 220, 240), 0.5, name=2)
    far_trees(stage, crest, 0.45, 13, pines=True)
    ridge(stage, h + 110, 50, (226, 236, 250), 0.24, name=3, fade=(188, 206, 236))
    ridge(stage, h + 210, 66, white, 0.06, name=4, fade=(200, 216, 242))
    dice = stage.dice.fork("drift")
    for _ in range(9):
        x, y = dice.between(0, stage.width), dice.between(h + 210, stage.height)
        stage.pen.blob(
            [(x - 90, y), (x, y - 9), (x + 90, y), (x, y + 5)], (198, 214, 242), volume=0, opacity=0.6, line=False
        )
    return Ground(near=stage.height * 0.9, far=h + 190, sky=h)


def high_sky(stage: Stage) -> Ground:
    """Nothing but air, hills far below."""
    h = stage.height * stage.dice.fork("horizon").between(0.84, 0.9)
    green = grass(stage)
    sky(stage, h)
    ridge(stage, h + 24, 130, mix(green, (96, 140, 176), 0.6), 0.82, name=1)
    crest = ridge(stage, h + 54, 70, mix(green, (76, 132, 130), 0.3), 0.5, name=2)
    far_trees(stage, crest, 0.5, 9)
    ridge(stage, h + 110, 50, green, 0.2, name=3)
    return Ground(near=stage.height * 0.95, far=h + 40, sky=h + 10)


def volcanic(stage: Stage) -> Ground:
    """Black rock and a red glow."""
    h = horizon(stage, 0.6, 0.66)
    black: RGB = (84, 70, 78)
    sky(stage, h)
    ridge(stage, h + 10, 150, (120, 90, 100), 0.8, jagged=True, name=1)
    ridge(stage, h + 80, 50, black, 0.3, jagged=True, name=2)
    pen, dice = stage.pen, stage.dice.fork("lava")
    for _ in range(4):
        x, y = dice.between(0, stage.width), dice.between(h + 140, stage.height)
        pen.line(
            [(x - 160, y - 20), (x - 40, y + 8), (x + 60, y - 6), (x + 190, y + 14)],
            dice.between(5, 13),
            (255, 130, 50),
            lit=False,
            taper=(0.3, 0.3),
            volume=0,
        )
        pen.glow(x, y, 170, (255, 110, 40), 0.4)
    return Ground(near=stage.height * 0.9, far=h + 110, sky=h)


def night_sky(stage: Stage) -> Ground:
    """The sky over dark hills."""
    h = stage.height * stage.dice.fork("horizon").between(0.76, 0.84)
    sky(stage, h)
    crest = ridge(stage, h + 30, 120, (70, 110, 110), 0.6, name=1)
    far_trees(stage, crest, 0.6, 13, pines=True)
    ridge(stage, h + 100, 60, (60, 100, 84), 0.2, name=2)
    return Ground(near=stage.height * 0.95, far=h + 90, sky=h)
