"""The stage that places are built on: skies, ridges, water and weather as reusable parts."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sin

from r9s_notebook.engines.sketch.colour import MELTS, NAMED, RGB, apart, darker, lighter, mix
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.geometry import Point, smooth
from r9s_notebook.engines.sketch.grammar import Scene
from r9s_notebook.engines.sketch.light import Light
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.shapes import Shape
from r9s_notebook.engines.sketch.subjects import SUBJECTS


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

    def shows(self, name: str) -> bool:
        """Whether the prompt asks for it: the place need not bring one of its own."""
        return any(thing.kind == name for thing in self.scene.things)

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
        return min((apart(tone, colour) for colour in colours), default=MELTS)

    return stage.painted(own if distance(own) >= MELTS else max((own, *others), key=distance))


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


def backdrop(stage: Stage, top: float, bottom: float, stops: tuple[RGB, ...], *, depth: float = 0.6) -> None:
    """A band of the canvas with its own colours from top to bottom, already lit."""
    outline = ((-20.0, top), (stage.width + 20, top), (stage.width + 20, bottom), (-20.0, bottom))
    stage.pen.shapes.append(Shape(outline, stops[0], stops=stops, depth=depth, line=top > 0))


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


def tufts(
    stage: Stage,
    top: float,
    bottom: float,
    colour: RGB,
    count: int,
    *,
    flowers: bool = False,
    across: tuple[float, float] = (0.0, 1.0),
) -> None:
    """Grass, larger towards the front, and flowers in it; ``across`` are the shares of the width it grows between."""
    if not stage.rests("grass"):
        return
    _swells(stage, top, bottom, colour)
    dice, pen = stage.dice.fork("tufts", top), stage.pen
    blooms = flowers and season(stage) != "winter" and stage.rests("flower", "flowers")
    petals = ((250, 250, 244), (250, 206, 84), (240, 120, 130), (180, 140, 226))
    for y in sorted(dice.between(top, bottom) for _ in range(count)):
        share = (y - top) / max(1.0, bottom - top)
        x, size = stage.width * dice.between(*across), 8 + 26 * share
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
    if bottom >= stage.height:
        for side in (0.0, 1.0):
            for _ in range(2):
                x = stage.width * (side + (0.5 - side) * dice.between(0.0, 0.34))
                _clump(stage, dice, x, colour, dice.pick(petals) if blooms else None)


def _swells(stage: Stage, top: float, bottom: float, colour: RGB) -> None:
    """The rise and fall of a meadow: long patches that lie in the light or out of it."""
    dice = stage.dice.fork("swells", top)
    for index in range(7):
        share = (index + dice.roll()) / 7
        x, y = dice.between(0, stage.width), top + (bottom - top) * share
        half, thick = (0.2 + 0.26 * share) * stage.width, (5 + 30 * share) * dice.between(0.7, 1.2)
        tone = lighter(colour, 0.32) if index % 2 else darker(colour, 0.34)
        stage.pen.blob(
            [(x - half, y), (x - half * 0.3, y - thick), (x + half * 0.5, y - thick * 0.7), (x + half, y + thick * 0.2),
             (x + half * 0.2, y + thick), (x - half * 0.5, y + thick * 0.6)],
            tone, opacity=0.24, volume=0, line=False, depth=0.3 * (1 - share),
        )  # fmt: skip


def _clump(stage: Stage, dice: Dice, x: float, colour: RGB, bloom: RGB | None) -> None:
    """Tall grass at the canvas's foot, near the eye."""
    pen = stage.pen
    for index in range(7):
        base, tall = x + (index - 3) * 13 + dice.between(-6, 6), dice.between(46, 112)
        lean = (index - 3) * 7 + dice.between(-12, 12)
        foot = stage.height + 12
        tone = darker(colour, dice.between(0.22, 0.5))
        pen.blob(
            [(base - 5, foot), (base - 4 + lean * 0.3, foot - tall * 0.55), (base + lean, foot - tall),
             (base + 3 + lean * 0.4, foot - tall * 0.5), (base + 6, foot)],
            tone, volume=0.2, line=False,
        )  # fmt: skip
        if bloom is not None and index in {1, 4}:
            for petal in range(5):
                dx, dy = ((0, -9), (9, -3), (6, 8), (-6, 8), (-9, -3))[petal]
                pen.oval(base + lean + dx, foot - tall + dy, 7, 7, bloom, volume=0.4, line=False)
            pen.oval(base + lean, foot - tall, 5, 5, (250, 208, 84), volume=0.3, line=False)


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
