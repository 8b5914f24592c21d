"""Places that people built, indoors and out, and places where nobody can stand."""

from __future__ import annotations

from r9s_notebook.offline.sketch.colour import NAMED, RGB, WHITE, darker, lighter, mix
from r9s_notebook.offline.sketch.places.stage import (
    GRASS,
    Ground,
    Stage,
    backdrop,
    far_trees,
    ground,
    ridge,
    season,
    sky,
    stars,
    tufts,
)
from r9s_notebook.offline.sketch.shapes import Shape

_LAMP: RGB = (255, 214, 130)
_WOOD: RGB = (176, 122, 80)


def _blocks(
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
    _blocks(stage, h, 420, (120, 140, 190), 0.9, 1, wide=70)
    _blocks(stage, h + 10, 330, (110, 120, 160), 0.64, 2, wide=90)
    _blocks(stage, h + 26, 210, (150, 116, 116), 0.34, 3, wide=110)
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
    _blocks(stage, h, 320, (140, 150, 180), 0.86, 1, wide=80)
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
    green = GRASS[season(stage)]
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


def room(stage: Stage) -> Ground:
    """A wall, a floor, a window, a picture."""
    floor = stage.height * stage.dice.fork("floor").between(0.7, 0.76)
    pen, dice, light, w = stage.pen, stage.dice.fork("room"), stage.light, stage.width
    backdrop(stage, -20, floor + 10, light.sky, depth=0.8)
    stripes = dice.chance(0.5)
    for index in range(int(w / 90) + 1):
        if stripes:
            pen.box(
                index * 90,
                -10,
                index * 90 + 40,
                floor,
                lighter(light.sky[1], 0.18),
                lit=False,
                volume=0,
                line=False,
                depth=0.8,
            )
    side = dice.sign()
    cx = w * (0.5 + side * 0.27)
    _window(stage, cx - 125, floor - 500, cx + 125, floor - 190)
    px, r = w * (0.5 - side * 0.3), 84
    pen.box(px - r, floor - 440, px + r, floor - 230, _WOOD, depth=0.5)
    pen.box(px - r + 12, floor - 428, px + r - 12, floor - 242, (244, 236, 220), depth=0.5, volume=0)
    pen.oval(px + 18, floor - 350, 26, 26, NAMED["coral"], depth=0.5, volume=0)
    pen.blob(
        [
            (px - r + 12, floor - 242),
            (px - 30, floor - 318),
            (px + 20, floor - 280),
            (px + r - 12, floor - 310),
            (px + r - 12, floor - 242),
        ],
        NAMED["teal"],
        depth=0.5,
        volume=0,
    )
    pen.box(-20, floor - 20, w + 20, floor + 4, WHITE, volume=0, depth=0.4)
    ground(stage, floor, _WOOD, lighter(_WOOD, 0.12), depth=0.1)
    for index in range(-6, 7):
        pen.line(
            [(w / 2 + index * w * 0.1, floor + 4), (w / 2 + index * w * 0.22, stage.height + 10)],
            2,
            darker(_WOOD, 0.3),
            volume=0,
            line=False,
        )
    pen.oval(
        w / 2,
        floor + (stage.height - floor) * 0.56,
        min(w * 0.42, 460),
        (stage.height - floor) * 0.34,
        dice.pick((NAMED["coral"], NAMED["teal"], NAMED["mustard"])),
        volume=0.1,
        depth=0.1,
    )
    pen.oval(
        w / 2,
        floor + (stage.height - floor) * 0.56,
        min(w * 0.37, 405),
        (stage.height - floor) * 0.28,
        NAMED["cream"],
        volume=0.1,
        depth=0.1,
    )
    return Ground(near=floor + (stage.height - floor) * 0.62, far=floor + 50, sky=floor - 160)


def _window(stage: Stage, x0: float, y0: float, x1: float, y1: float) -> None:
    """A window with its own weather behind it."""
    pen, dice = stage.pen, stage.dice.fork("window")
    dark = stage.light.dark
    view = (
        ((20, 26, 70), (60, 70, 130), (110, 100, 160)) if dark else ((120, 180, 226), (176, 214, 236), (240, 240, 224))
    )
    if stage.scene.hour in {"sunset", "golden", "dawn"}:
        view = ((130, 110, 170), (240, 150, 130), (255, 210, 140))
    pen.box(x0 - 16, y0 - 16, x1 + 16, y1 + 16, WHITE, volume=0.1, depth=0.6)
    glass = tuple([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    pen.shapes.append(_pane(glass, view))
    mid = (y0 + y1) / 2
    if dark:
        pen.oval(x0 + (x1 - x0) * 0.7, y0 + (y1 - y0) * 0.25, 26, 26, (250, 244, 220), lit=False, clip=glass, volume=0)
    else:
        pen.oval(
            x0 + (x1 - x0) * 0.25, y0 + (y1 - y0) * 0.3, 60, 20, WHITE, lit=False, clip=glass, volume=0, opacity=0.85
        )
        pen.oval(
            x0 + (x1 - x0) * 0.4, y0 + (y1 - y0) * 0.26, 50, 24, WHITE, lit=False, clip=glass, volume=0, opacity=0.85
        )
    for index, (rise, colour) in enumerate(((70, (130, 170, 160)), (30, (104, 160, 100)))):
        colour = mix(colour, (30, 40, 80), 0.7) if dark else colour
        pen.blob(
            [
                (x0 - 30, y1 + 60),
                (x0 - 10, y1 - rise),
                (x0 + (x1 - x0) * dice.between(0.3, 0.6), y1 - rise - 40 + index * 20),
                (x1 + 10, y1 - rise + 10),
                (x1 + 30, y1 + 60),
            ],
            colour,
            lit=False,
            clip=glass,
            volume=0,
        )
    pen.box((x0 + x1) / 2 - 5, y0, (x0 + x1) / 2 + 5, y1, WHITE, volume=0, depth=0.5)
    pen.box(x0, mid - 5, x1, mid + 5, WHITE, volume=0, depth=0.5)


def _pane(outline: tuple[tuple[float, float], ...], stops: tuple[RGB, ...]) -> Shape:
    return Shape(outline, stops[1], stops=stops, depth=0.7)


def windowsill(stage: Stage) -> Ground:
    """A deep sill before a big window."""
    sill = stage.height * stage.dice.fork("sill").between(0.78, 0.82)
    pen, dice, light, w = stage.pen, stage.dice.fork("windowsill"), stage.light, stage.width
    h = sill - (sill * dice.between(0.2, 0.3))
    sky(stage, h)
    green = GRASS[season(stage)]
    ridge(stage, h + 16, 130, mix(green, (96, 140, 176), 0.6), 0.85, name=1)
    crest = ridge(stage, h + 50, 80, mix(green, (76, 132, 130), 0.35), 0.6, name=2)
    far_trees(stage, crest, 0.55, 10)
    ridge(stage, h + 120, 60, green, 0.4, name=3)
    frame: RGB = (250, 244, 232)
    wall = light.on((236, 200, 160) if dice.chance(0.5) else (170, 196, 190))
    edge = w * 0.075
    for x0, x1 in ((-20, edge), (w - edge, w + 20)):
        pen.box(x0, -20, x1, sill + 40, wall, lit=False, volume=0.1, depth=0.2)
    for x0, x1 in ((edge - 6, edge + 26), (w - edge - 26, w - edge + 6), (w * 0.5 - 13, w * 0.5 + 13)):
        pen.box(x0, -20, x1, sill + 10, frame, volume=0.3, depth=0.12)
    pen.box(edge - 6, sill * 0.3 - 10, w - edge + 6, sill * 0.3 + 12, frame, volume=0.2, depth=0.12)
    cloth = dice.pick((NAMED["coral"], NAMED["mustard"], NAMED["sage"], NAMED["cream"]))
    for side, x in ((1, edge - 20), (-1, w - edge + 20)):
        for fold in range(4):
            offset = side * fold * 30
            pen.blob([(x + offset - 20, -30), (x + offset + 26, -30), (x + offset * 0.8 + 22, sill * 0.5), (x + offset * 0.5 + 26, sill + 8), (x + offset * 0.5 - 20, sill + 8), (x + offset * 0.8 - 22, sill * 0.5)],
                     darker(cloth, 0.08 + 0.1 * (fold % 2)), volume=0.5, depth=0.05)  # fmt: skip
    pen.box(-20, sill - 2, w + 20, sill + 74, frame, volume=0, depth=0.05, fade=darker(frame, 0.16))
    pen.box(-20, sill + 70, w + 20, sill + 92, darker(frame, 0.3), volume=0, depth=0.05)
    backdrop(stage, sill + 88, stage.height + 20, (darker(wall, 0.25), wall), depth=0.1)
    x = w * (0.2 if dice.chance(0.5) else 0.8)
    _pot(stage, x, sill + 42, dice.between(0.9, 1.1))
    return Ground(near=sill + 50, far=sill + 24, surface="table", sky=h)


def _pot(stage: Stage, x: float, base: float, size: float) -> None:
    pen, dice = stage.pen, stage.dice.fork("pot")
    for lean, tall in ((-52, 120), (46, 130), (-24, 170), (22, 180), (0, 150)):
        pen.blob(
            [
                (x, base - 70 * size),
                (x + lean * 0.4 - 16, base - (70 + tall * 0.5) * size),
                (x + lean * size, base - (70 + tall) * size),
                (x + lean * 0.4 + 16, base - (74 + tall * 0.5) * size),
            ],
            mix((84, 154, 98), (60, 120, 90), dice.roll()),
            volume=0.5,
        )
    pen.poly(
        [
            (x - 46 * size, base - 84 * size),
            (x + 46 * size, base - 84 * size),
            (x + 36 * size, base),
            (x - 36 * size, base),
        ],
        NAMED["terracotta"],
        volume=0.8,
    )
    pen.box(
        x - 52 * size, base - 92 * size, x + 52 * size, base - 70 * size, lighter(NAMED["terracotta"], 0.1), radius=5
    )


def table(stage: Stage) -> Ground:
    """A table top before a quiet wall: a still life."""
    edge = stage.height * stage.dice.fork("edge").between(0.62, 0.68)
    pen, dice, light, w = stage.pen, stage.dice.fork("table"), stage.light, stage.width
    backdrop(stage, -20, edge + 10, light.sky, depth=0.8)
    pen.glow(w * (0.5 + light.sun[0] * 0.6), edge * 0.2, 700, lighter(light.sky[0], 0.5), 0.5)
    if dice.chance(0.55):
        x = w * (0.5 - light.sun[0] * 0.3)
        for column in (-1, 1):
            for row in range(2):
                x0 = x + column * 74 - 66
                y0 = edge * 0.16 + row * 150
                pen.poly(
                    [(x0, y0), (x0 + 128, y0 + 22), (x0 + 150, y0 + 150), (x0 + 22, y0 + 128)],
                    lighter(light.sky[0], 0.75),
                    lit=False,
                    opacity=0.5,
                    volume=0,
                    line=False,
                    soft=3,
                    depth=0.8,
                )
    cloth = dice.pick(((196, 140, 92), (150, 104, 76), (214, 176, 132), (120, 150, 156)))
    ground(stage, edge, cloth, lighter(cloth, 0.16), depth=0.16)
    for index in range(7):
        y = edge + (stage.height - edge) * (index / 7) ** 1.3 + 8
        pen.line(
            [(-20, y), (w * dice.between(0.3, 0.7), y + dice.between(-6, 6)), (w + 20, y)],
            1.6,
            darker(cloth, 0.22),
            volume=0,
            line=False,
            opacity=0.6,
        )
    return Ground(near=edge + (stage.height - edge) * 0.5, far=edge + 40, surface="table", sky=edge - 100)


def plain(stage: Stage) -> Ground:
    """A seamless backdrop of one colour."""
    pen, light, w = stage.pen, stage.light, stage.width
    floor = stage.height * 0.72
    backdrop(stage, -20, stage.height + 20, (light.sky[0], light.sky[1], light.sky[2], light.sky[1]), depth=0.8)
    pen.glow(w * (0.5 + light.sun[0] * 0.3), stage.height * 0.3, 760, lighter(light.sky[0], 0.6), 0.5)
    pen.oval(
        w / 2,
        stage.height * 0.42,
        330,
        330,
        lighter(light.sky[0], 0.4),
        lit=False,
        volume=0,
        opacity=0.6,
        depth=0.8,
        line=False,
    )
    return Ground(near=floor + (stage.height - floor) * 0.4, far=floor, surface="table", sky=floor)


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
