"""Light: what an hour, a sky and a season do to every colour of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from r9s_notebook.engines.sketch.colour import MELTS, RGB, apart, mix, saturate, tint
from r9s_notebook.engines.sketch.dice import Dice


@dataclass(frozen=True)
class Light:
    """The light of a scene.

    Attributes:
        sky: The sky's colours at its top, in its middle, and at the horizon.
        key: What direct light multiplies a colour with.
        shade: The colour that shadows lean towards.
        haze: The colour of distance.
        thickness: How much distance hides, 0 to 1.
        sun: Where the light stands: (-1 left .. 1 right, 0 horizon .. 1 zenith).
        disc: The colour of the sun or the moon.
        dark: Lamps and windows are lit.
        contrast: How deep shadows are, 0 to 1.
        saturation: Of the palette: vivid over 1, natural under it.
    """

    sky: tuple[RGB, RGB, RGB]
    key: tuple[float, float, float]
    shade: RGB
    haze: RGB
    thickness: float
    sun: tuple[float, float]
    disc: RGB
    dark: bool = False
    contrast: float = 0.5
    saturation: float = 1.0

    def on(self, colour: RGB, depth: float = 0.0) -> RGB:
        """A colour as it looks in this light, at a distance (0 near, 1 at the horizon)."""
        lit = tint(saturate(colour, self.saturation), self.key)
        return mix(lit, self.haze, depth * self.thickness)


def light_for(hour: str, weather: str, *, vivid: bool, dice: Dice, things: Sequence[RGB] = ()) -> Light:
    """The light of an hour under a weather; names that are not known are a clear day.

    Of several rooms one is chosen whose walls are not of the colour of the ``things`` before them.
    """
    lights = _HOURS.get(hour, _HOURS["day"])
    if hour == "indoors":
        lights = _clear_of(lights, things)
    light = _vary(dice.pick(lights), dice)
    grey, thickness = _WEATHER.get(weather, (0.0, 0.0))
    if grey:
        cloud = mix((150, 160, 172), light.sky[1], 0.35)
        cloud = tint(cloud, (0.6, 0.62, 0.7)) if weather == "storm" else cloud
        cloud = tint(cloud, (0.45, 0.48, 0.6)) if light.dark else cloud
        top, middle, low = (mix(colour, cloud, grey) for colour in light.sky)
        r, g, b = light.key
        flat = (r + g + b) / 3 * (1 - 0.22 * grey)
        light = replace(
            light,
            sky=(tint(top, (0.86, 0.88, 0.92)), middle, low),
            key=(r + (flat - r) * grey, g + (flat - g) * grey, b + (flat * 1.03 - b) * grey),
            haze=mix(light.haze, cloud, grey),
            thickness=min(1.0, light.thickness + thickness),
            contrast=light.contrast * (1 - 0.5 * grey),
        )
    factor = 1.12 if vivid else 0.66
    sky = tuple(saturate(colour, factor) for colour in light.sky)
    return replace(
        light,
        sky=(sky[0], sky[1], sky[2]),
        haze=saturate(light.haze, factor),
        saturation=factor,
        contrast=light.contrast * (1.0 if vivid else 0.8),
    )


def _clear_of(lights: tuple[Light, ...], things: Sequence[RGB]) -> tuple[Light, ...]:
    """Of some rooms those whose walls set the things off, or the one that does it best."""

    def distance(light: Light) -> int:
        return min((apart(light.sky[1], thing) for thing in things), default=MELTS)

    return tuple(light for light in lights if distance(light) >= MELTS) or (max(lights, key=distance),)


def _vary(light: Light, dice: Dice) -> Light:
    return replace(light, sun=(dice.sign() * dice.between(0.25, 0.75), light.sun[1] * dice.between(0.8, 1.15)))


# grey, thicker haze
_WEATHER = {
    "cloudy": (0.45, 0.05),
    "rain": (0.72, 0.22),
    "storm": (0.85, 0.25),
    "snow": (0.45, 0.2),
    "fog": (0.6, 0.6),
    "wind": (0.12, 0.0),
}

_HOURS: dict[str, tuple[Light, ...]] = {
    "day": (
        Light(
            sky=((66, 140, 216), (132, 192, 236), (226, 240, 240)),
            key=(1.04, 1.01, 0.95),
            shade=(52, 66, 120),
            haze=(190, 216, 234),
            thickness=0.66,
            sun=(0.5, 0.75),
            disc=(255, 246, 214),
        ),
        Light(
            sky=((60, 158, 196), (138, 208, 216), (244, 240, 214)),
            key=(1.04, 1.01, 0.93),
            shade=(44, 74, 112),
            haze=(206, 224, 214),
            thickness=0.66,
            sun=(0.5, 0.7),
            disc=(255, 244, 204),
        ),
    ),
    "golden": (
        Light(
            sky=((108, 160, 196), (242, 212, 164), (255, 196, 120)),
            key=(1.1, 0.98, 0.8),
            shade=(84, 62, 110),
            haze=(250, 206, 150),
            thickness=0.7,
            sun=(0.6, 0.28),
            disc=(255, 240, 196),
            contrast=0.62,
        ),
    ),
    "dawn": (
        Light(
            sky=((118, 152, 206), (232, 190, 204), (255, 226, 192)),
            key=(1.03, 0.95, 0.93),
            shade=(76, 72, 132),
            haze=(246, 206, 200),
            thickness=0.76,
            sun=(0.6, 0.14),
            disc=(255, 236, 206),
        ),
    ),
    "sunset": (
        Light(
            sky=((66, 52, 122), (222, 94, 104), (255, 190, 104)),
            key=(1.06, 0.84, 0.78),
            shade=(56, 34, 92),
            haze=(244, 146, 112),
            thickness=0.7,
            sun=(0.4, 0.1),
            disc=(255, 236, 168),
            contrast=0.68,
        ),
        Light(
            sky=((40, 62, 128), (236, 124, 96), (255, 214, 130)),
            key=(1.06, 0.86, 0.74),
            shade=(44, 38, 96),
            haze=(246, 166, 116),
            thickness=0.7,
            sun=(0.4, 0.1),
            disc=(255, 240, 180),
            contrast=0.68,
        ),
    ),
    "dusk": (
        Light(
            sky=((28, 34, 86), (98, 72, 142), (240, 146, 140)),
            key=(0.74, 0.66, 0.88),
            shade=(22, 20, 64),
            haze=(170, 110, 150),
            thickness=0.72,
            sun=(0.5, 0.5),
            disc=(255, 240, 226),
            dark=True,
        ),
    ),
    "night": (
        Light(
            sky=((12, 16, 50), (26, 42, 98), (70, 98, 152)),
            key=(0.5, 0.58, 0.86),
            shade=(8, 10, 40),
            haze=(58, 84, 140),
            thickness=0.72,
            sun=(0.5, 0.72),
            disc=(246, 244, 226),
            dark=True,
            contrast=0.6,
        ),
        Light(
            sky=((18, 14, 52), (52, 38, 104), (104, 84, 152)),
            key=(0.54, 0.55, 0.85),
            shade=(12, 8, 42),
            haze=(84, 70, 140),
            thickness=0.72,
            sun=(0.5, 0.72),
            disc=(250, 242, 220),
            dark=True,
            contrast=0.6,
        ),
    ),
    "indoors": (
        Light(
            sky=((250, 238, 214), (246, 228, 200), (236, 208, 176)),
            key=(1.03, 0.98, 0.92),
            shade=(88, 64, 96),
            haze=(240, 222, 196),
            thickness=0.3,
            sun=(0.6, 0.7),
            disc=(255, 244, 214),
        ),
        Light(
            sky=((206, 226, 220), (196, 216, 208), (178, 200, 192)),
            key=(1.03, 1.0, 0.95),
            shade=(60, 70, 104),
            haze=(206, 222, 214),
            thickness=0.3,
            sun=(0.6, 0.7),
            disc=(255, 246, 220),
        ),
        Light(
            sky=((246, 214, 204), (240, 202, 194), (226, 182, 176)),
            key=(1.03, 0.98, 0.94),
            shade=(92, 60, 100),
            haze=(242, 212, 202),
            thickness=0.3,
            sun=(0.6, 0.7),
            disc=(255, 246, 220),
        ),
    ),
    "deep": (
        Light(
            sky=((86, 202, 214), (26, 128, 172), (12, 56, 112)),
            key=(0.86, 1.0, 1.02),
            shade=(8, 34, 84),
            haze=(40, 138, 178),
            thickness=0.85,
            sun=(0.3, 0.95),
            disc=(222, 255, 246),
        ),
    ),
    "space": (
        Light(
            sky=((10, 8, 34), (28, 18, 66), (62, 30, 96)),
            key=(0.98, 0.94, 1.04),
            shade=(8, 4, 32),
            haze=(60, 34, 104),
            thickness=0.5,
            sun=(0.6, 0.8),
            disc=(255, 244, 220),
            dark=True,
            contrast=0.8,
        ),
    ),
}
