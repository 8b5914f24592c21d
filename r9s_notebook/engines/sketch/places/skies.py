"""Skies: the sun and the moon, stars, the northern lights, clouds."""

from __future__ import annotations

from math import sin
from typing import Any

from r9s_notebook.engines.sketch.colour import WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.places.stage import Stage, backdrop


def sky(stage: Stage, horizon: float, *, clouds: bool = True) -> None:
    """The sky from the canvas's top to a little under the horizon, with what shines in it."""
    light = stage.light
    backdrop(stage, -20.0, horizon + 40, light.sky, depth=1.0)
    weather = stage.scene.weather
    overcast = weather in {"cloudy", "rain", "storm", "snow", "fog"}
    night = sum(light.sky[0]) < 200
    if night and stage.rests("stars", "star") and not overcast:
        stars(stage, horizon, int((50 + 50 * stage.pen.detail) * _roomy(stage, horizon)))
    if "aurora" in stage.scene.extras or "northern lights" in stage.scene.extras:
        _aurora(stage, horizon)
    if not overcast or weather == "fog":
        sun(stage, horizon, moon=night)
    if clouds and stage.rests("cloud", "clouds") and not (night and not overcast):
        _clouds(stage, horizon, {"cloudy": 8, "rain": 9, "storm": 10, "snow": 7, "clear": 2}.get(weather or "", 3))


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


def _roomy(stage: Stage, horizon: float) -> float:
    """The sky's area by the one of a square picture: a long or tall one has room for more."""
    return max(1.0, stage.width * horizon / 620_000)


def _clouds(stage: Stage, horizon: float, count: int) -> None:
    """Clouds over the whole sky, the higher the larger, and streaks of ice over a high one."""
    dice = stage.dice.fork("sky")
    fair = stage.scene.weather not in {"rain", "storm", "snow", "fog"}
    count = round(count * _roomy(stage, horizon))
    if fair and horizon > 700:
        for index in range(2 + int(horizon / 400)):
            _streak(stage, dice.fork("streak", index), horizon)
    places = dice.shuffled([(index + 0.5) / count for index in range(count)])
    for index in sorted(range(count), key=lambda number: -number):
        high = 0.1 + 0.56 * (index + 0.5) / count
        _cloud(stage, dice.fork(index), places[index], high, horizon)


def _streak(stage: Stage, dice: Dice, horizon: float) -> None:
    light, wide = stage.light, stage.width
    x, y, reach = dice.between(-0.1, 0.8) * wide, dice.between(0.03, 0.5) * horizon, dice.between(0.3, 0.6) * wide
    rise = dice.between(-0.06, 0.03) * horizon
    body = mix(light.sky[2], WHITE, 0.55) if not light.dark else mix(light.sky[1], light.sky[2], 0.6)
    for step in range(3):
        top, start = y + step * 17, x + step * dice.between(20, 90)
        curve = [(start, top), (start + reach * 0.4, top + rise * 0.7 - 8), (start + reach, top + rise)]
        stage.pen.line(curve, 15 - 3 * step, body, lit=False, volume=0, line=False, depth=0.98, opacity=0.3, soft=6,
                       taper=(0.15, 0.5))  # fmt: skip


def _cloud(stage: Stage, dice: Dice, across: float, high: float, horizon: float) -> None:
    """A heap of puffs on a level base: bright towards the sun, in its own shade below."""
    light, pen = stage.light, stage.pen
    heavy = stage.scene.weather in {"rain", "storm"}
    x, y = (across + dice.between(-0.09, 0.09)) * stage.width, horizon * (high + dice.between(-0.05, 0.05))
    size = dice.between(0.55, 1.25) * (1.5 - 1.25 * high)
    if heavy:  # a ceiling
        y, size = y - horizon * high * 0.5, size * 1.8
    body = mix(light.sky[2], WHITE, 0.6) if not heavy else mix(light.sky[1], (84, 92, 108), 0.45)
    if light.dark:
        body = mix(light.sky[1], light.sky[2], 0.5)
    under = mix(body, light.sky[1], 0.5)
    bright = mix(body, light.disc, 0.45) if not heavy and not light.dark else lighter(body, 0.14)
    half, count = 118 * size * dice.between(0.8, 1.3), dice.whole(5, 7)
    peak = dice.between(0.3, 0.7)
    puffs: list[tuple[float, float, float]] = []
    for index in range(count):
        share = (index + 0.5) / count
        rise = max(0.15, 1 - abs(share - peak) * 1.7) * dice.between(0.75, 1.1)
        puffs.append((x + (share * 2 - 1) * half, y - 30 * size * rise, (17 + 30 * rise) * size))
    base = y + 15 * size
    level = ((x - 3 * half, y - 300 * size), (x + 3 * half, y - 300 * size), (x + 3 * half, base), (x - 3 * half, base))
    puff: dict[str, Any] = {"lit": False, "volume": 0, "line": False, "depth": 0.97, "clip": level}
    pen.box(x - half * 1.08, y - 12 * size, x + half * 1.08, base, under, radius=13 * size, **{**puff, "clip": None})
    for px, py, r in puffs:
        pen.oval(px, py, r * 1.12, r, body, fade=under, **puff)
    away = 1 if light.sun[0] > 0 else -1
    for px, py, r in puffs:
        if r > 26 * size:
            pen.oval(
                px + away * r * 0.26, py - r * 0.24, r * 0.62, r * 0.54, bright, opacity=0.62, soft=4 * size, **puff
            )
