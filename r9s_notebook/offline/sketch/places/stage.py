"""The stage that places are built on: skies, ridges, water and weather as reusable parts."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sin

from r9s_notebook.offline.sketch.colour import NAMED, RGB, WHITE, apart, darker, lighter, mix
from r9s_notebook.offline.sketch.dice import Dice
from r9s_notebook.offline.sketch.geometry import Point, smooth
from r9s_notebook.offline.sketch.grammar import Scene
from r9s_notebook.offline.sketch.light import Light
from r9s_notebook.offline.sketch.pen import Pen
from r9s_notebook.offline.sketch.shapes import Shape
from r9s_notebook.offline.sketch.subjects import SUBJECTS


@dataclass(frozen=True)
class Ground:
    """Where things stand.

    Attributes:
        near: The y of the things in front.
        far: The y of the things at the back.
        surface: ``land``, ``water``, ``table``, or ``none`` where everything floats.
        sky: The y that things in the air keep above.
        bank: Beside water, the y of what does not swim; None where nothing but water is.
    """

    near: float
    far: float
    surface: str = "land"
    sky: float = 400.0
    bank: float | None = None

    def under(self, stands: str) -> float:
        """The y of the foot of what stands in front: on the bank, unless it belongs on water."""
        return self.near if self.bank is None or stands != "ground" else self.bank


@dataclass(frozen=True)
class Stage:
    """A canvas to build a place on.

    Attributes:
        pen: Draws in canvas units.
        width: Canvas units.
        height: Canvas units.
        light: The scene's light.
        dice: Chance for the place.
        scene: What the prompt said.
        tilt: How far the horizon is moved down, as a share of the height.
    """

    pen: Pen
    width: float
    height: float
    light: Light
    dice: Dice
    scene: Scene
    tilt: float = 0.0

    def rests(self, *names: str) -> bool:
        """Whether none of these was excluded."""
        return not self.scene.without & set(names)

    def painted(self, own: RGB) -> RGB:
        """The colour that was asked for the place, or its own."""
        return NAMED[self.scene.ground[0]] if self.scene.ground else own


def shown(scene: Scene) -> list[RGB]:
    """The colours of what the scene shows: those that were named, or all that its first thing may have."""
    things = scene.things
    named = [NAMED[name] for thing in things for name in thing.colours]
    return named or [colour for thing in things[:1] for colour in SUBJECTS[thing.kind].colours]


def clear_of_things(stage: Stage, own: RGB, *others: RGB) -> RGB:
    """A ground's own colour, or where something of that colour stands on it, the other one that is least like it."""
    colours = shown(stage.scene)

    def distance(tone: RGB) -> int:
        return min((apart(tone, colour) for colour in colours), default=_CLEAR)

    return stage.painted(own if distance(own) >= _CLEAR else max((own, *others), key=distance))


_CLEAR = 75 * 75
"""Colours nearer to each other than this melt into one."""


GRASS: dict[str, RGB] = {
    "spring": (134, 190, 84),
    "summer": (112, 172, 78),
    "autumn": (196, 158, 76),
    "winter": (236, 242, 250),
}
FOLIAGE: dict[str, tuple[RGB, ...]] = {
    "spring": ((150, 196, 96), (244, 178, 196), (250, 206, 214)),
    "summer": ((88, 150, 82), (66, 128, 78), (116, 164, 84)),
    "autumn": ((214, 112, 48), (232, 164, 60), (178, 72, 48)),
    "winter": ((196, 212, 226), (168, 190, 210), (222, 232, 242)),
}


def grass(stage: Stage) -> RGB:
    """The colour of the land: the one that was named, or the season's."""
    return stage.painted(GRASS[season(stage)])


def season(stage: Stage) -> str:
    """The season that was named, or summer; snow makes it winter."""
    return stage.scene.season or ("winter" if stage.scene.weather == "snow" else "summer")


def horizon(stage: Stage, low: float = 0.56, high: float = 0.68) -> float:
    """The horizon's y, between two shares of the height."""
    return stage.height * min(0.8, stage.dice.fork("horizon").between(low, high) + stage.tilt)


def sky(stage: Stage, horizon: float, *, clouds: bool = True) -> None:
    """The sky from the canvas's top to a little under the horizon, with what shines in it."""
    light, dice = stage.light, stage.dice.fork("sky")
    backdrop(stage, -20.0, horizon + 40, light.sky, depth=1.0)
    overcast = stage.scene.weather in {"cloudy", "rain", "storm", "snow", "fog"}
    night = sum(light.sky[0]) < 200
    if night and stage.rests("stars", "star") and not overcast:
        stars(stage, horizon, 50 + 50 * stage.pen.detail)
    if "aurora" in stage.scene.extras or "northern lights" in stage.scene.extras:
        _aurora(stage, horizon)
    if not overcast or stage.scene.weather == "fog":
        sun(stage, horizon, moon=night)
    if clouds and stage.rests("cloud", "clouds"):
        count = {"clear": 2, "cloudy": 8, "rain": 9, "storm": 10, "snow": 7}.get(stage.scene.weather or "", 3)
        if not (night and not overcast):
            for index in range(count):
                _cloud(stage, dice.fork(index), horizon)


def backdrop(stage: Stage, top: float, bottom: float, stops: tuple[RGB, ...], *, depth: float = 0.6) -> None:
    """A band of the canvas with its own colours from top to bottom, already lit."""
    outline = ((-20.0, top), (stage.width + 20, top), (stage.width + 20, bottom), (-20.0, bottom))
    stage.pen.shapes.append(Shape(outline, stops[0], stops=stops, depth=depth, line=top > 0))


def sun(stage: Stage, horizon: float, *, moon: bool = False) -> tuple[float, float]:
    """The sun or the moon with its halo; where it stands."""
    if not stage.rests("moon" if moon else "sun"):
        return 0.0, 0.0
    light, pen = stage.light, stage.pen
    x = stage.width * (0.5 + 0.5 * light.sun[0] * 0.8)
    y = horizon - (horizon - 90) * min(0.92, light.sun[1])
    named = bool(stage.scene.extras & {"sun", "moon", "full moon", "crescent moon"})
    r = (58 if moon else 66) * (1.25 if named else 1.0)
    if light.sun[1] < 0.35:
        r *= 1.35
    pen.glow(x, y, r * 7, mix(light.disc, light.sky[2], 0.45), 0.5)
    pen.glow(x, y, r * 2.6, light.disc, 0.65)
    if moon:
        disc = pen.oval(x, y, r, r, light.disc, lit=False, volume=0.1, depth=0.95)
        if "crescent moon" in stage.scene.extras:
            pen.oval(
                x + r * 0.42,
                y - r * 0.12,
                r * 0.9,
                r * 0.9,
                mix(light.sky[0], light.sky[1], 0.6),
                lit=False,
                clip=disc,
                volume=0,
                depth=0.95,
            )
            return x, y
        for dx, dy, cr in ((-0.3, -0.2, 0.2), (0.25, 0.3, 0.26), (0.3, -0.35, 0.13), (-0.25, 0.45, 0.12)):
            pen.oval(
                x + dx * r,
                y + dy * r,
                cr * r,
                cr * r,
                darker(light.disc, 0.12),
                lit=False,
                clip=disc,
                volume=0,
                line=False,
                depth=0.95,
            )
    else:
        pen.oval(x, y, r, r, light.disc, lit=False, volume=0, depth=0.95)
    return x, y


def stars(stage: Stage, horizon: float, count: int) -> None:
    """Stars, a few of them bright."""
    dice = stage.dice.fork("stars")
    for index in range(count):
        x, y = dice.between(0, stage.width), dice.between(0, horizon)
        r = dice.between(1.2, 2.6)
        stage.pen.oval(
            x, y, r, r, (255, 250, 228), lit=False, volume=0, opacity=dice.between(0.4, 1), line=False, depth=1
        )
        if index % 14 == 0:
            stage.pen.star(x, y, 9, (255, 250, 228), tips=4, inner=0.22, lit=False, volume=0, line=False, depth=1)
            stage.pen.glow(x, y, 22, (220, 226, 255), 0.5)


def _aurora(stage: Stage, horizon: float) -> None:
    dice = stage.dice.fork("aurora")
    for colour in ((90, 240, 180), (110, 160, 255), (200, 120, 240)):
        y, phase = horizon * dice.between(0.25, 0.55), dice.between(0, 6)
        points = [(stage.width * step / 10, y + 70 * sin(phase + step * 0.8)) for step in range(-1, 12)]
        stage.pen.line(points, 110, colour, lit=False, opacity=0.34, soft=34, volume=0, line=False, depth=1)


def _cloud(stage: Stage, dice: Dice, horizon: float) -> None:
    light = stage.light
    heavy = stage.scene.weather in {"rain", "storm"}
    x = dice.between(-0.05, 1.05) * stage.width
    y = horizon * dice.between(0.08, 0.62)
    size = dice.between(0.5, 1.2) * (1.25 - 0.8 * y / max(1.0, horizon))
    body = mix(light.sky[2], WHITE, 0.6) if not heavy else mix(light.sky[1], (84, 92, 108), 0.45)
    if light.dark:
        body = mix(light.sky[1], light.sky[2], 0.5)
    under = mix(body, light.sky[1], 0.55)
    wide = 120 * size
    stage.pen.box(
        x - wide,
        y - 7 * size,
        x + wide,
        y + 16 * size,
        under,
        radius=12 * size,
        lit=False,
        volume=0,
        line=False,
        depth=0.97,
        soft=3,
        opacity=0.9,
    )
    for index in range(5):
        px = x + (index - 2) * wide * 0.38 + dice.between(-10, 10) * size
        r = (46 - abs(index - 2) * 13 + dice.between(-5, 8)) * size
        if r > 4:
            stage.pen.oval(
                px,
                y - r * 0.28,
                r * 1.15,
                r * 0.8,
                body,
                fade=under,
                lit=False,
                volume=0,
                line=False,
                depth=0.97,
                opacity=0.94,
                soft=1.2,
            )


def ridge(
    stage: Stage,
    base: float,
    rise: float,
    colour: RGB,
    depth: float,
    *,
    jagged: bool = False,
    name: object = 0,
    fade: RGB | None = None,
) -> list[Point]:
    """A line of hills (or of mountains) filled to the canvas's foot; the points of its crest."""
    dice = stage.dice.fork("ridge", name)
    waves = [
        (dice.between(0.6, 1.6), dice.between(0, 2 * pi), 1.0),
        (dice.between(1.8, 3.2), dice.between(0, 2 * pi), 0.42),
    ]
    steps = 26 if jagged else 20
    crest: list[Point] = []
    for step in range(-1, steps + 2):
        x = stage.width * step / steps
        turn = 2 * pi * x / max(stage.width, 1000)
        height = sum(share * (0.5 + 0.5 * sin(turn * speed + phase)) for speed, phase, share in waves) / 1.42
        if jagged:
            height = height * 0.72 + (0.28 if step % 2 else -0.06) * dice.between(0.5, 1.2)
        crest.append((x, base - rise * height))
    if not jagged:
        crest = smooth(crest, closed=False, steps=3)
    foot = stage.height + 20
    stage.pen.poly(
        [(-60, foot), *crest, (stage.width + 60, foot)],
        colour,
        depth=depth,
        volume=0.0,
        fade=fade or mix(colour, darker(colour, 0.3), 0.6),
    )
    return crest


def ground(stage: Stage, top: float, near: RGB, far: RGB, *, depth: float = 0.35) -> None:
    """A plain from ``top`` to the canvas's foot, hazier towards the back."""
    light = stage.light
    backdrop(
        stage,
        top,
        stage.height + 20,
        (light.on(far, depth), light.on(near, 0.05), light.on(darker(near, 0.25))),
        depth=depth,
    )


def water(stage: Stage, top: float, bottom: float, colour: RGB = (46, 126, 168)) -> None:
    """Water that mirrors the sky, with the sun's road on it."""
    light, dice, pen = stage.light, stage.dice.fork("water"), stage.pen
    colour = stage.painted(colour)
    far, near = mix(light.on(colour, 0.4), light.sky[2], 0.5), mix(light.on(colour), light.sky[0], 0.35)
    backdrop(stage, top, bottom, (far, mix(far, near, 0.6), near, darker(near, 0.2)), depth=0.7)
    sun_x = stage.width * (0.5 + 0.5 * light.sun[0] * 0.8)
    shine = mix(light.disc, light.sky[2], 0.2)
    rows = 16 + 8 * pen.detail
    for row in range(rows):
        share = (row + 0.5) / rows
        y = top + (bottom - top) * share**1.5
        spread = 24 + 120 * share
        if stage.scene.weather not in {"rain", "storm", "fog", "cloudy"}:
            for _ in range(2):
                x, half = sun_x + dice.between(-spread, spread) * 0.6, dice.between(10, 26 + 50 * share)
                _ripple(stage, x, y, half, 1.6 + 3.4 * share, shine, 0.75 - 0.35 * share)
        for _ in range(2):
            x, half = dice.between(0, stage.width), dice.between(20, 40 + 90 * share)
            _ripple(
                stage,
                x,
                y + dice.between(-4, 4),
                half,
                1.2 + 3 * share,
                lighter(near, 0.28) if dice.chance(0.5) else darker(near, 0.25),
                0.42,
            )


def _ripple(stage: Stage, x: float, y: float, half: float, thick: float, colour: RGB, opacity: float) -> None:  # noqa: PLR0917
    stage.pen.blob(
        [(x - half, y), (x, y - thick), (x + half, y), (x, y + thick)],
        colour,
        lit=False,
        volume=0,
        opacity=opacity,
        line=False,
        depth=0.5,
    )


def tufts(stage: Stage, top: float, bottom: float, colour: RGB, count: int, *, flowers: bool = False) -> None:
    """Grass, larger towards the front, and flowers in it."""
    dice, pen = stage.dice.fork("tufts", top), stage.pen
    blooms = flowers and stage.rests("flower", "flowers")
    if not stage.rests("grass"):
        return
    petals = ((250, 250, 244), (250, 206, 84), (240, 120, 130), (180, 140, 226))
    for y in sorted(dice.between(top, bottom) for _ in range(count)):
        share = (y - top) / max(1.0, bottom - top)
        x, size = dice.between(0, stage.width), 8 + 26 * share
        blade = darker(colour, dice.between(0.12, 0.34)) if dice.chance(0.6) else lighter(colour, 0.14)
        lean = dice.between(-0.4, 0.4) * size
        pen.poly(
            [
                (x - size * 0.14, y),
                (x - size * 0.3 + lean, y - size),
                (x, y - size * 0.2),
                (x + lean, y - size * 1.15),
                (x + size * 0.12, y),
            ],
            blade,
            volume=0,
            depth=0.35 * (1 - share),
            line=False,
        )
        if blooms and dice.chance(0.32):
            r = 2.4 + 4.6 * share
            pen.oval(x + lean, y - size * 1.2, r, r, dice.pick(petals), volume=0.2, depth=0.3 * (1 - share), line=False)


def far_trees(stage: Stage, crest: list[Point], depth: float, count: int, *, pines: bool = False) -> None:
    """Small trees along a crest."""
    if not stage.rests("tree", "pine", "forest"):
        return
    dice, pen = stage.dice.fork("trees", depth), stage.pen
    colours = FOLIAGE[season(stage)]
    for _ in range(count):
        x, y = dice.pick(crest)
        size = dice.between(26, 54) * (1.25 - depth)
        colour = dice.pick(colours)
        if pines:
            pen.poly(
                [(x, y - size * 1.7), (x + size * 0.42, y + 5), (x - size * 0.42, y + 5)],
                darker((62, 116, 92), dice.between(0, 0.3)),
                depth=depth,
                volume=0.2,
            )
        else:
            pen.box(x - size * 0.06, y - size * 0.3, x + size * 0.06, y + 6, (104, 76, 58), depth=depth, volume=0)
            pen.oval(x, y - size * 0.72, size * 0.46, size * 0.56, colour, depth=depth, volume=0.5)
