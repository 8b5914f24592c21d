"""Places indoors: a room, a windowsill, a table, a backdrop."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, apart, darker, lighter, mix
from r9s_notebook.engines.sketch.places.skies import sky
from r9s_notebook.engines.sketch.places.stage import (
    Ground,
    Stage,
    backdrop,
    far_trees,
    grass,
    ground,
    ridge,
    shown,
)
from r9s_notebook.engines.sketch.shapes import Shape

_WOOD: RGB = (176, 122, 80)


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
    window(stage, cx - 125, floor - 500, cx + 125, floor - 190)
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
    overhead(stage, floor - 540)
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


def overhead(stage: Stage, free: float) -> None:
    """What fills a high wall down to ``free``: a lamp, and a shelf with books and a plant."""
    if free < 320:
        return
    pen, dice, w = stage.pen, stage.dice.fork("overhead"), stage.width
    side = dice.sign()
    tone = NAMED[dice.pick(("coral", "mustard", "teal", "cream"))]
    x, y = w * (0.5 + side * 0.2), free * dice.between(0.42, 0.55)
    pen.line([(x, -20), (x, y - 70)], 4, (88, 76, 84), volume=0, depth=0.3)
    pen.glow(x, y + 30, 300, (255, 226, 160), 0.5 if stage.light.dark else 0.3)
    pen.oval(x, y + 8, 30, 24, (255, 244, 208), lit=False, volume=0.2, depth=0.25)
    pen.blob([(x - 16, y - 78), (x + 16, y - 78), (x + 60, y - 40), (x + 92, y + 8), (x, y + 16), (x - 92, y + 8),
              (x - 60, y - 40)], tone, depth=0.3)  # fmt: skip
    x0, x1 = sorted((w * (0.5 - side * 0.08), w * (0.5 - side * 0.4)))
    base, at = free * dice.between(0.78, 0.9), x0 + 12
    while at < x1 - 100:
        wide, tall = dice.between(18, 34), dice.between(70, 112)
        colour = NAMED[dice.pick(("crimson", "navy", "teal", "mustard", "olive", "terracotta", "cream"))]
        pen.box(at, base - tall, at + wide, base, colour, depth=0.4, volume=0.3, radius=2)
        at += wide + 2
    pen.box(x0, base, x1, base + 15, _WOOD, depth=0.38)
    pot = x1 - 44
    for lean, drop in ((-44, 20), (-20, -46), (6, -62), (30, -40), (50, 16)):
        pen.line([(pot, base - 40), (pot + lean * 0.5, base - 74), (pot + lean, base - 40 + drop)], 9, (86, 146, 92),
                 depth=0.36, taper=(1, 0.2))  # fmt: skip
    pen.poly([(pot - 30, base - 50), (pot + 30, base - 50), (pot + 22, base), (pot - 22, base)], NAMED["terracotta"],
             depth=0.36)  # fmt: skip


def window(stage: Stage, x0: float, y0: float, x1: float, y1: float) -> None:
    """A window with its own weather behind it."""
    pen, dice = stage.pen, stage.dice.fork("window")
    dark = stage.light.dark
    view = (
        ((20, 26, 70), (60, 70, 130), (110, 100, 160)) if dark else ((120, 180, 226), (176, 214, 236), (240, 240, 224))
    )
    if stage.scene.hour in {"sunset", "golden", "dawn"}:
        view = ((130, 110, 170), (240, 150, 130), (255, 210, 140))
    pen.box(x0 - 16, y0 - 16, x1 + 16, y1 + 16, WHITE, volume=0.1, depth=0.6)
    glass = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
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
        tone = mix(colour, (30, 40, 80), 0.7) if dark else colour
        pen.blob(
            [
                (x0 - 30, y1 + 60),
                (x0 - 10, y1 - rise),
                (x0 + (x1 - x0) * dice.between(0.3, 0.6), y1 - rise - 40 + index * 20),
                (x1 + 10, y1 - rise + 10),
                (x1 + 30, y1 + 60),
            ],
            tone,
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
    green = grass(stage)
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
            pen.blob(
                [
                    (x + offset - 20, -30),
                    (x + offset + 26, -30),
                    (x + offset * 0.8 + 22, sill * 0.5),
                    (x + offset * 0.5 + 26, sill + 8),
                    (x + offset * 0.5 - 20, sill + 8),
                    (x + offset * 0.8 - 22, sill * 0.5),
                ],
                darker(cloth, 0.08 + 0.1 * (fold % 2)),
                volume=0.5,
                depth=0.05,
            )
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
    overhead(stage, edge - 520)
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
    footing = Ground(near=floor + (stage.height - floor) * 0.4, far=floor, surface="table", sky=floor)
    if stage.scene.ground:  # exactly the colour that was asked for
        return footing
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
    return footing


def emblem(stage: Stage) -> Ground:
    """A sheet with one round or rounded shape on it, for a logo or an icon."""
    pen, w, h = stage.pen, stage.width, stage.height
    backdrop(stage, -20, h + 20, ((250, 248, 243), (244, 241, 236)), depth=0.8)
    own = shown(stage.scene)
    # Of some colours the one that is least like what stands before it.
    behind = stage.painted(max(_SHIELDS, key=lambda shield: min((apart(shield, colour) for colour in own), default=0)))
    r = min(w, h) * 0.43
    if stage.dice.fork("shield").chance(0.5):
        pen.box(w / 2 - r, h / 2 - r, w / 2 + r, h / 2 + r, behind, radius=r * 0.44, volume=0.15)
    else:
        pen.oval(w / 2, h / 2, r, r, behind, volume=0.15)
        pen.arc(w / 2, h / 2, r * 0.92, 0, 360, r * 0.025, lighter(behind, 0.6), volume=0)
    return Ground(near=h * 0.7, far=h * 0.6, surface="none", sky=h)


_SHIELDS: tuple[RGB, ...] = (NAMED["navy"], NAMED["teal"], NAMED["coral"], NAMED["amber"], NAMED["cream"])
