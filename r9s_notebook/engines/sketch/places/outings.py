"""Places people go out to: a market, a pool, a playground, a harbour, a canyon, a koi pond."""

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.places.skies import sky
from r9s_notebook.engines.sketch.places.stage import (
    Ground,
    Stage,
    backdrop,
    far_trees,
    grass,
    ground,
    horizon,
    ridge,
    tufts,
    water,
)
from r9s_notebook.engines.sketch.places.town import blocks
from r9s_notebook.engines.sketch.subjects import SUBJECTS

_FRUIT = ("red", "orange", "lime", "gold", "purple", "emerald")


def _planted(stage: Stage, name: str, x: float, base: float, tall: float, *, depth: float) -> None:
    """A subject as a part of the place, in its own colour."""
    kind = SUBJECTS[name]
    dice = stage.dice.fork("planted", name, x)
    pen = Pen(light=stage.light, dice=dice, detail=stage.pen.detail, scale=tall / 100,
              origin=(x - kind.aspect * tall / 2, base - tall), width=kind.aspect * 100, depth=depth, group=1,
              main=dice.pick(kind.colours))  # fmt: skip
    kind.draw(pen)
    stage.pen.shapes.extend(pen.shapes)


def market(stage: Stage) -> Ground:
    """Two rows of stalls along a paved square, bunting over it."""
    h = stage.height * stage.dice.fork("horizon").between(0.6, 0.66)
    pen, dice, w = stage.pen, stage.dice.fork("market"), stage.width
    sky(stage, h)
    blocks(stage, h + 16, 330, (226, 190, 156), 0.5, 1, wide=130)
    ground(stage, h, (176, 160, 148), (206, 192, 178), depth=0.3)
    for row in range(7):
        y = h + (stage.height - h) * ((row + 1) / 7) ** 1.5
        pen.box(-20, y, w + 20, y + 2.4, (142, 128, 122), volume=0, line=False, opacity=0.6)
    for index in range(-9, 10):
        pen.line([(w / 2 + index * w * 0.08, h + 6), (w / 2 + index * w * 0.2, stage.height + 10)], 2,
                 (142, 128, 122), volume=0, line=False, opacity=0.6)  # fmt: skip
    stalls = max(3, int(w / 260))
    for index in range(stalls):
        x = w * (index + 0.5) / stalls
        if 0.36 < x / w < 0.64 and stalls > 2 and stage.scene.things:
            continue
        _planted(stage, "market stall", x, h + 76, 300, depth=0.2)
    for line in range(2):
        y = h - 330 - 60 * line
        sag = [(w * step / 12, y + 70 * (1 - (step / 6 - 1) ** 2)) for step in range(13)]
        pen.line(sag, 2.4, (90, 80, 90), volume=0, depth=0.2)
        for index, (x, top) in enumerate(sag):
            pen.poly([(x - 17, top), (x + 17, top), (x, top + 40)],
                     NAMED[("coral", "mustard", "teal", "cream")[(index + line) % 4]], volume=0.2,
                     depth=0.2)  # fmt: skip
    for side in (-1, 1):
        for step in range(2):
            x, y = w * (0.5 + side * (0.36 + 0.12 * step)), h + 126 + 60 * step
            _crate(stage, x, y, 1.0 + 0.3 * step, dice.pick(_FRUIT))
    return Ground(near=stage.height * 0.91, far=h + 110, sky=h - 200)


def _crate(stage: Stage, x: float, y: float, size: float, fruit: str) -> None:
    pen, wood = stage.pen, (176, 126, 82)
    for row, count in ((0, 5), (1, 4)):
        for step in range(count):
            pen.oval(x + (step - (count - 1) / 2) * 23 * size, y - (46 + 15 * row) * size, 14 * size, 14 * size,
                     NAMED[fruit], depth=0.1, volume=0.9)  # fmt: skip
    pen.poly([(x - 70 * size, y - 46 * size), (x + 70 * size, y - 46 * size), (x + 62 * size, y), (x - 62 * size,
                                                                                                   y)], wood,
             depth=0.1)  # fmt: skip
    for share in (0.34, 0.67):
        pen.line([(x - 66 * size, y - 46 * size * share), (x + 66 * size, y - 46 * size * share)], 3 * size,
                 darker(wood, 0.4), volume=0, line=False)  # fmt: skip


def pool(stage: Stage) -> Ground:
    """A swimming pool with lanes, its tiled edge, sunshades behind."""
    h = horizon(stage, 0.4, 0.46)
    pen, w, height, light = stage.pen, stage.width, stage.height, stage.light
    green = grass(stage)
    sky(stage, h)
    crest = ridge(stage, h + 20, 110, mix(green, (70, 130, 120), 0.3), 0.55, name=1)
    far_trees(stage, crest, 0.5, 14)
    ground(stage, h + 10, (222, 208, 188), (236, 226, 208), depth=0.25)
    for index, share in enumerate((0.12, 0.34, 0.68, 0.9)):
        _sunshade(stage, w * share, h + 60 + 12 * (index % 2), ("coral", "mustard", "teal", "cream")[index])
    top = h + (height - h) * 0.3
    edge = [(-20, top), (w + 20, top)]
    blue = stage.painted((58, 184, 214))
    far, near = light.on(lighter(blue, 0.35), 0.1), light.on(darker(blue, 0.12))
    backdrop(stage, top - 26, top + 4, (light.on(WHITE, 0.1), light.on((226, 234, 238), 0.1)), depth=0.2)
    backdrop(stage, top, height + 20, (far, mix(far, near, 0.5), near), depth=0.2)
    for index in range(int(w / 44) + 1):
        x = index * 44.0
        pen.box(
            x + 3, top + 2, x + 41, top + 26, lighter(blue, 0.2 + 0.2 * (index % 2)), volume=0, line=False, depth=0.15
        )
    dice = stage.dice.fork("pool")
    for lane in (-1.5, -0.5, 0.5, 1.5):
        x0, x1 = w * (0.5 + lane * 0.16), w * (0.5 + lane * 0.44)
        for step in range(20):
            share = (step + 0.5) / 20
            x, y = x0 + (x1 - x0) * share**1.6, edge[0][1] + 28 + (height - top) * share**1.6
            tone = NAMED["red"] if step % 4 < 2 else WHITE
            pen.oval(x, y, 5 + 11 * share, 3 + 6 * share, tone, depth=0.1, volume=0.7)
    for _ in range(60 + 40 * pen.detail):
        share = dice.roll() ** 0.7
        x, y, half = dice.between(0, w), top + 40 + (height - top - 30) * share, dice.between(16, 30) + 60 * share
        tone = lighter(blue, 0.75) if dice.chance(0.6) else darker(blue, 0.2)
        bend = dice.between(0.25, 0.6) * half * 0.4
        pen.line([(x - half, y), (x - half * 0.3, y - bend), (x + half * 0.3, y + bend), (x + half, y)],
                 2 + 3 * share, tone,
                 opacity=0.5, volume=0, line=False, lit=False, taper=(0.2, 0.2))  # fmt: skip
    for dx in (-26, 26):
        x = w * 0.9 + dx
        pen.line([(x, top + 60), (x, top - 50), (x + 14, top - 74), (x + 34, top - 60), (x + 36, top - 16)], 7,
                 NAMED["silver"], depth=0.1)  # fmt: skip
    needs_bank = any(
        SUBJECTS[thing.kind].stands == "ground" and "swimming" not in thing.traits for thing in stage.scene.things
    )
    bank = None
    if needs_bank:
        bank = height * 0.93
        lip = height - (height - h) * 0.2
        backdrop(stage, lip - 18, lip + 6, (light.on(WHITE), light.on((214, 226, 232))), depth=0.1)
        backdrop(stage, lip, height + 20, (light.on((236, 224, 204)), light.on((206, 190, 170))), depth=0.1)
        for index in range(-7, 8):
            pen.line([(w / 2 + index * w * 0.13, lip + 6), (w / 2 + index * w * 0.17, height + 10)], 2.4, (186, 170,
                                                                                                           152),
                     volume=0, line=False)  # fmt: skip
    return Ground(near=top + (height - top) * 0.55, far=top + 90, surface="water", sky=h, bank=bank)


def _sunshade(stage: Stage, x: float, base: float, name: str) -> None:
    pen, cloth = stage.pen, NAMED[name]
    pen.line([(x, base), (x, base - 130)], 5, (236, 230, 220), depth=0.2)
    for index in range(4):
        left, right = x - 84 + index * 42, x - 42 + index * 42
        pen.poly([(x, base - 164), (left, base - 112), ((left + right) / 2, base - 104), (right, base - 112)],
                 cloth if index % 2 == 0 else WHITE, depth=0.2, volume=0.3)  # fmt: skip
    pen.poly([(x + 20, base - 20), (x + 100, base - 20), (x + 126, base - 52), (x + 134, base - 48), (x + 108,
                                                                                                      base - 10),
              (x + 20, base - 10)], WHITE, depth=0.2)  # fmt: skip


def playground(stage: Stage) -> Ground:
    """A swing and a slide behind, a sandpit in front."""
    h = horizon(stage, 0.54, 0.6)
    pen, w, green, dice = stage.pen, stage.width, grass(stage), stage.dice.fork("playground")
    sky(stage, h)
    ridge(stage, h + 14, 120, mix(green, (100, 150, 150), 0.5), 0.75, name=1)
    crest = ridge(stage, h + 40, 60, mix(green, (70, 130, 90), 0.4), 0.5, name=2)
    far_trees(stage, crest, 0.42, 18)
    ground(stage, h + 36, green, lighter(green, 0.12))
    for index in range(int(w / 40) + 1):
        pen.box(index * 40 + 4, h + 10, index * 40 + 16, h + 70, WHITE, radius=5, depth=0.4, volume=0.3)
    pen.box(-20, h + 28, w + 20, h + 38, WHITE, depth=0.4, volume=0.2)
    side = dice.sign()
    for name, share, base, tall in (("swing", -0.3, 150, 350), ("slide", 0.28, 160, 330)):
        if not stage.shows(name):
            _planted(stage, name, w * (0.5 + side * share), h + base, tall, depth=0.17)
    pit = h + (stage.height - h) * 0.72
    pen.oval(w / 2, pit + 10, min(w * 0.46, 560), (stage.height - h) * 0.22, (170, 116, 74), depth=0.08, volume=0.2)
    pen.oval(w / 2, pit, min(w * 0.44, 540), (stage.height - h) * 0.2, (238, 212, 156), depth=0.08, volume=0.1)
    for _ in range(30 + 20 * pen.detail):
        pen.oval(w / 2 + dice.between(-0.36, 0.36) * w, pit + dice.between(-0.12, 0.14) * (stage.height - h),
                 dice.between(2, 5), 1.6, (198, 168, 116), volume=0, line=False)  # fmt: skip
    x = w * (0.5 + side * 0.34)
    pen.poly([(x - 26, pit - 40), (x + 26, pit - 40), (x + 20, pit + 8), (x - 20, pit + 8)], NAMED["red"], depth=0.05)
    pen.arc(x, pit - 40, 25, 180, 360, 4, NAMED["mustard"], depth=0.05)
    tufts(stage, h + 120, stage.height, green, 40 + 30 * pen.detail, flowers=True)
    return Ground(near=stage.height * 0.88, far=h + 150, sky=h - 40)


def harbour(stage: Stage) -> Ground:
    """Boats at a quay, gabled houses behind, a light on the mole."""
    h = horizon(stage, 0.46, 0.52)
    pen, dice, w = stage.pen, stage.dice.fork("harbour"), stage.width
    sky(stage, h)
    ridge(stage, h + 4, 130, (120, 140, 170), 0.85, name=1)
    blocks(stage, h + 12, 190, (228, 170, 140), 0.42, 2, wide=96)
    quay = (168, 158, 154)
    pen.box(-20, h + 2, w + 20, h + 46, quay, depth=0.36, volume=0.1, fade=darker(quay, 0.4))
    for index in range(int(w / 90) + 1):
        pen.line([(index * 90 + 20, h + 8), (index * 90 + 20, h + 44)], 2.4, darker(quay, 0.45), volume=0, line=False,
                 depth=0.36)  # fmt: skip
    water(stage, h + 44, stage.height + 20, (50, 124, 152))
    side = dice.sign()
    _planted(stage, "lighthouse", w * (0.5 + side * 0.42), h + 22, 230, depth=0.4)
    for index in range(max(3, int(w / 220))):
        x = w * (0.08 + 0.86 * index / max(2, int(w / 220) - 1)) - side * 30
        _mast(
            stage, x, h + 60 + 10 * (index % 2), 0.8 + 0.25 * dice.roll(), dice.pick(("navy", "coral", "teal", "cream"))
        )
    wood = (140, 100, 70)
    y, x0 = stage.height * 0.94, w * (0.5 - side * 0.5)
    for step in range(3):
        x = x0 + side * step * w * 0.07
        pen.box(x - 15, y - 130 + 12 * step, x + 15, stage.height + 20, darker(wood, 0.15 * (step % 2)), radius=8,
                depth=0.05,
                volume=0.8)  # fmt: skip
        pen.box(x - 16, y - 104 + 12 * step, x + 16, y - 92 + 12 * step, (226, 214, 180), radius=3, depth=0.05)
    dry = any(SUBJECTS[thing.kind].stands == "ground" and SUBJECTS[thing.kind].size >= 0.4 and thing.relation is None
              for thing in stage.scene.things)  # fmt: skip
    deck = h + (stage.height - h) * 0.66
    if dry:
        pen.box(-20, deck - 10, w + 20, stage.height + 20, wood, depth=0.05, volume=0, fade=darker(wood, 0.35))
        for index in range(-8, 9):
            pen.line([(w / 2 + index * w * 0.11, deck - 8), (w / 2 + index * w * 0.16, stage.height + 10)], 3,
                     darker(wood, 0.5), volume=0, line=False)  # fmt: skip
        pen.box(-20, deck - 14, w + 20, deck + 6, lighter(wood, 0.25), depth=0.05)
    return Ground(near=h + (stage.height - h) * 0.62, far=h + (stage.height - h) * 0.36, surface="water", sky=h,
                  bank=stage.height * 0.9 if dry else None)  # fmt: skip


def _mast(stage: Stage, x: float, y: float, size: float, name: str) -> None:
    """A moored boat with its sails furled."""
    pen, wood = stage.pen, (150, 110, 80)
    pen.line([(x, y - 20 * size), (x, y - 210 * size)], 5 * size, wood, depth=0.28)
    pen.line([(x, y - 46 * size), (x + 66 * size, y - 50 * size)], 9 * size, (246, 240, 226), depth=0.28)
    for end in (-78, 80):
        pen.line(
            [(x, y - 208 * size), (x + end * size, y - 24 * size)], 1.4, (90, 90, 100), volume=0, line=False, depth=0.3
        )
    pen.box(x - 30 * size, y - 42 * size, x + 26 * size, y - 20 * size, WHITE, radius=6, depth=0.28)
    pen.blob([(x - 86 * size, y - 26 * size), (x, y - 20 * size), (x + 90 * size, y - 30 * size), (x + 62 * size,
                                                                                                   y + 12 * size),
              (x - 58 * size, y + 12 * size)], NAMED[name], depth=0.28)  # fmt: skip
    pen.oval(x, y + 18 * size, 80 * size, 7 * size, darker(NAMED[name], 0.4), opacity=0.35, volume=0, line=False)


def canyon(stage: Stage) -> Ground:
    """Layered mesas on both sides of a dry valley."""
    h = horizon(stage, 0.56, 0.62)
    pen, dice, w = stage.pen, stage.dice.fork("canyon"), stage.width
    red: RGB = stage.painted((206, 112, 72))
    sky(stage, h)
    for index, (x, wide, tall, depth) in enumerate(
        ((0.22, 0.14, 240, 0.72), (0.76, 0.17, 290, 0.7), (0.5, 0.1, 170, 0.78), (0.04, 0.17, 420, 0.4),
         (0.97, 0.16, 470, 0.36))
    ):  # fmt: skip
        _mesa(stage, w * (x + dice.between(-0.03, 0.03)), w * wide, h + 60, tall, mix(red, (170, 92, 80),
                                                                                      0.2 * (index % 3)),
              depth)  # fmt: skip
    sand = (222, 158, 104)
    ridge(stage, h + 86, 40, darker(sand, 0.12), 0.3, name=1)
    ridge(stage, h + 150, 44, sand, 0.1, name=2, fade=darker(sand, 0.4))
    for y in sorted(dice.between(h + 150, stage.height) for _ in range(12 + 6 * pen.detail)):
        x, size = dice.between(0, w), 8 + 30 * (y - h) / (stage.height - h)
        if dice.chance(0.3):
            for lean in (-0.5, -0.2, 0.1, 0.4):
                pen.line([(x, y), (x + lean * size, y - size * 1.2)], 3, (142, 146, 84), volume=0, line=False,
                         taper=(1, 0.3))  # fmt: skip
        else:
            pen.blob([(x - size, y), (x - size * 0.6, y - size * 0.6), (x + size * 0.3, y - size * 0.7), (x + size, y)],
                     darker(red, 0.28))  # fmt: skip
    return Ground(near=stage.height * 0.9, far=h + 150, sky=h - 60)


def _mesa(stage: Stage, x: float, half: float, base: float, tall: float, rock: RGB, depth: float) -> None:  # noqa: PLR0917
    """A table mountain in layers, one side of it in the shade."""
    pen, dice = stage.pen, stage.dice.fork("mesa", x)
    profile = [(1.24, 0.0), (1.06, 0.22), (0.9, 0.3), (0.86, 0.56), (0.78, 0.62), (0.72, 0.94), (0.66, 1.0)]
    left = [(x - half * share + dice.between(-6, 6), base - tall * rise) for share, rise in profile]
    right = [(x + half * share + dice.between(-6, 6), base - tall * rise) for share, rise in reversed(profile)]
    body = pen.poly([*left, *right], rock, depth=depth, volume=0.3, fade=darker(rock, 0.2))
    for share, thick, tone in ((0.1, 0.07, -1), (0.3, 0.09, 1), (0.46, 0.05, -1), (0.62, 0.08, 1), (0.8, 0.06, -1)):
        y = base - tall * share
        colour = darker(rock, 0.3) if tone < 0 else lighter(rock, 0.3)
        pen.box(x - half * 1.3, y - tall * thick, x + half * 1.3, y, colour, clip=body, volume=0, opacity=0.65,
                line=False,
                depth=depth)  # fmt: skip
    away = 1 if stage.light.sun[0] < 0 else -1
    pen.poly([(x + away * half * 0.2, base - tall * 1.02), (x + away * half * 1.4, base - tall * 1.02),
              (x + away * half * 1.4, base), (x + away * half * 0.44, base)], darker(rock, 0.6), clip=body,
              opacity=0.45,
             volume=0, line=False, depth=depth)  # fmt: skip
    for _ in range(6 + 3 * pen.detail):
        cx, top = x + dice.between(-0.7, 0.7) * half, base - tall * dice.between(0.5, 0.98)
        pen.line([(cx, top), (cx + dice.between(-6, 6), top + tall * dice.between(0.1, 0.3))], 3, darker(rock, 0.5),
                 clip=body, opacity=0.5, volume=0, line=False, taper=(1, 0.2), depth=depth)  # fmt: skip


def koi_pond(stage: Stage) -> Ground:
    """Still water seen from its edge, with lily pads and stones."""
    h = stage.height * stage.dice.fork("horizon").between(0.12, 0.18)
    pen, dice, w, green = stage.pen, stage.dice.fork("pond"), stage.width, grass(stage)
    backdrop(stage, -20, h + 40, (stage.light.on(darker(green, 0.4), 0.3), stage.light.on(green, 0.2)), depth=0.5)
    for _ in range(30):
        x, r = dice.between(0, w), dice.between(40, 80)
        pen.oval(x, dice.between(-20, h), r, r * 0.7, darker(green, dice.between(0.05, 0.5)), depth=0.3, volume=0.5)
    blue = stage.painted((40, 116, 124))
    light = stage.light
    backdrop(stage, h + 20, stage.height + 20, (light.on(lighter(blue, 0.3), 0.2), light.on(blue, 0.1),
             light.on(darker(blue, 0.5))), depth=0.2)  # fmt: skip
    for index in range(int(w / 70) + 2):
        x, size = index * 70 + dice.between(-20, 20), dice.between(34, 60)
        pen.blob([(x - size, h + 44), (x - size * 0.6, h - 6), (x + size * 0.4, h - 12), (x + size, h + 40)],
                 darker((150, 146, 142), dice.between(0, 0.3)), depth=0.2, volume=0.6)  # fmt: skip
    for _ in range(26 + 12 * pen.detail):
        x, y = dice.between(0, w), dice.between(h + 70, stage.height)
        half = dice.between(20, 90)
        pen.line([(x - half, y), (x, y + dice.between(-5, 5)), (x + half, y)], 3, lighter(blue, 0.5), opacity=0.4,
                 volume=0,
                 line=False, taper=(0.2, 0.2))  # fmt: skip
    for index in range(9):
        share = dice.roll()
        x = w * (dice.between(-0.02, 0.24) if index % 2 else dice.between(0.78, 1.02))
        y, r = h + 80 + (stage.height - h - 90) * share, 36 + 52 * share
        pen.oval(x + 6, y + 10, r, r * 0.5, darker(blue, 0.6), opacity=0.5, volume=0, line=False, soft=3)
        pad = pen.oval(x, y, r, r * 0.5, (92, 158, 86), volume=0.3, depth=0.05)
        pen.poly([(x, y), (x + r * 1.1, y - r * 0.16), (x + r * 1.1, y + r * 0.14)], darker(blue, 0.3), clip=pad,
                 volume=0,
                 line=False)  # fmt: skip
        if index % 3 == 0:
            for turn in (-50, -25, 0, 25, 50):
                pen.oval(x + turn * r * 0.007, y - r * 0.24, r * 0.12, r * 0.32, (250, 190, 210), turn=turn, volume=0.4,
                         depth=0.05)  # fmt: skip
            pen.oval(x, y - r * 0.14, r * 0.1, r * 0.08, NAMED["gold"], depth=0.05)
    return Ground(near=h + (stage.height - h) * 0.72, far=h + (stage.height - h) * 0.34, surface="water", sky=h)
