"""Colours as three whole numbers, and what a painter does with them."""

from __future__ import annotations

RGB = tuple[int, int, int]
"""Red, green, blue, each 0 to 255."""

NIGHT: RGB = (28, 24, 62)
"""Shade is never black: dark colours lean towards this."""

WHITE: RGB = (255, 255, 255)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """Between two colours: ``share`` 0 is the one, 1 the other."""
    a, b = 1 - share, share
    return (_byte(one[0] * a + other[0] * b), _byte(one[1] * a + other[1] * b), _byte(one[2] * a + other[2] * b))


def lighter(colour: RGB, share: float) -> RGB:
    """Towards a warm white."""
    return mix(colour, (255, 252, 240), share)


def darker(colour: RGB, share: float) -> RGB:
    """Towards the colour's own shadow: deeper, and a little cooler."""
    shadow = tint(colour, (0.46, 0.42, 0.52))
    return mix(colour, mix(shadow, NIGHT, 0.35), share)


def tint(colour: RGB, by: tuple[float, float, float]) -> RGB:
    """Each channel multiplied: light of a colour that falls on a colour."""
    return (_byte(colour[0] * by[0]), _byte(colour[1] * by[1]), _byte(colour[2] * by[2]))


def luma(colour: RGB) -> float:
    """How bright it looks, 0 to 255, with the weights of ITU-R BT.601."""
    return (299 * colour[0] + 587 * colour[1] + 114 * colour[2]) / 1000


def apart(one: RGB, other: RGB) -> int:
    """How unlike two colours are: the square of their distance, 0 to 195075."""
    return sum((a - b) * (a - b) for a, b in zip(one, other, strict=True))


MELTS = 75 * 75
"""Colours less unlike than this melt into one another."""


def saturate(colour: RGB, factor: float) -> RGB:
    """Away from its grey (factor over 1) or towards it."""
    grey = luma(colour)
    r, g, b = (grey + (channel - grey) * factor for channel in colour)
    return (_byte(r), _byte(g), _byte(b))


def _byte(value: float) -> int:
    return 0 if value < 0 else 255 if value > 255 else int(value + 0.5)


NAMED: dict[str, RGB] = {
    "red": (217, 52, 48),
    "crimson": (176, 28, 52),
    "scarlet": (230, 52, 36),
    "maroon": (118, 30, 44),
    "burgundy": (112, 24, 48),
    "ruby": (190, 24, 70),
    "coral": (250, 122, 96),
    "salmon": (248, 146, 124),
    "orange": (244, 132, 38),
    "tangerine": (246, 146, 40),
    "amber": (250, 178, 44),
    "rust": (178, 78, 36),
    "terracotta": (202, 102, 72),
    "copper": (190, 108, 62),
    "bronze": (166, 116, 62),
    "gold": (236, 184, 52),
    "golden": (240, 188, 60),
    "yellow": (250, 208, 56),
    "lemon": (250, 226, 90),
    "mustard": (214, 164, 44),
    "blonde": (238, 202, 120),
    "blond": (238, 202, 120),
    "brunette": (98, 62, 44),
    "cream": (250, 236, 206),
    "ivory": (250, 244, 226),
    "beige": (226, 204, 168),
    "tan": (208, 170, 122),
    "sand": (230, 206, 158),
    "brown": (132, 84, 52),
    "chocolate": (92, 54, 36),
    "ginger": (222, 128, 58),
    "green": (62, 150, 76),
    "lime": (166, 210, 60),
    "olive": (128, 132, 56),
    "mint": (160, 224, 194),
    "sage": (158, 178, 142),
    "emerald": (24, 148, 104),
    "jade": (48, 160, 120),
    "teal": (28, 136, 140),
    "turquoise": (58, 196, 194),
    "aqua": (92, 212, 218),
    "cyan": (60, 200, 226),
    "blue": (44, 104, 204),
    "navy": (30, 46, 104),
    "azure": (70, 150, 232),
    "sapphire": (24, 70, 172),
    "indigo": (70, 60, 158),
    "violet": (132, 80, 196),
    "purple": (124, 62, 168),
    "lavender": (184, 164, 224),
    "lilac": (204, 168, 220),
    "magenta": (212, 48, 144),
    "fuchsia": (222, 58, 160),
    "pink": (246, 140, 172),
    "rose": (232, 104, 132),
    "peach": (252, 190, 150),
    "white": (248, 246, 240),
    "silver": (192, 198, 208),
    "grey": (140, 144, 152),
    "gray": (140, 144, 152),
    "charcoal": (64, 66, 76),
    "black": (42, 40, 52),
}
"""Colours that a prompt can name, as an illustrator would mix them rather than as a screen defines them."""
