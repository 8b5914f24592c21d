"""What stands in the sky or shapes the land, when a prompt names it as a thing."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from math import cos, radians, sin

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.subjects.registry import subject


@subject("star", "stars", aspect=1.0, size=0.24, stands="sky", home="night_sky", colours=((255, 226, 130),))
def star(pen: Pen) -> None:
    """A star."""
    pen.glow(50, 52, 70, pen.main, 0.45)
    pen.star(50, 52, 48, pen.main, lit=False, inner=0.46)


@subject("cloud", "clouds", seat=0.6, aspect=1.7, size=0.26, stands="sky", home="sky", colours=((252, 252, 254),))
def cloud(pen: Pen) -> None:
    """A cloud."""
    for x, y, r in ((34, 68, 26), (136, 70, 24), (62, 48, 34), (100, 44, 38), (84, 70, 34), (118, 64, 28)):
        pen.oval(x, y, r, r * 0.86, pen.main, volume=0.4, line=True)
    pen.box(20, 66, 152, 93, pen.main, radius=14, volume=0.1)


@subject("rainbow", aspect=1.9, size=0.6, stands="sky", home="meadow", colours=("red",))
def rainbow(pen: Pen) -> None:
    """A rainbow."""
    bands = ((226, 70, 70), (246, 146, 62), (250, 214, 84), (92, 184, 110), (72, 144, 220), (126, 94, 200))
    for index, colour in enumerate(bands):
        pen.arc(95, 99, 90 - index * 6, 180, 360, 6.4, colour, opacity=0.78, volume=0, line=False, soft=0.4)


@subject(
    "planet",
    "saturn",
    "jupiter",
    "mars",
    "world",
    "earth",
    "globe",
    aspect=1.5,
    size=0.44,
    stands="air",
    home="space",
    colours=((226, 150, 96), (110, 160, 220), (190, 120, 170)),
)
def planet(pen: Pen) -> None:
    """A planet with a ring."""
    if pen.traits & {"earth", "world", "globe"}:
        _earth(pen)
        return
    if "mars" in pen.traits:
        disc = pen.oval(75, 50, 46, 46, (206, 98, 62), volume=1)
        for x, y, rx, ry in ((58, 34, 20, 7), (92, 58, 24, 9), (66, 74, 16, 6)):
            pen.oval(x, y, rx, ry, (166, 72, 50), clip=disc, volume=0.2)
        pen.oval(75, 6, 16, 6, (250, 240, 230), clip=disc, volume=0)
        return
    ring = lighter(pen.main, 0.45)
    pen.line(
        [(12, 62), (4, 70), (20, 74), (75, 60), (130, 38), (146, 26), (138, 22), (120, 30)],
        5,
        ring,
        taper=(0.7, 0.7),
        volume=0.1,
    )
    disc = pen.oval(75, 50, 42, 42, pen.main, volume=1)
    for y, width in ((30, 7), (46, 10), (64, 6)):
        pen.line(
            [(28, y + 6), (75, y + 2), (122, y - 6)],
            width,
            mix(pen.main, darker(pen.main, 0.5), 0.4),
            clip=disc,
            volume=0.4,
        )
    pen.line([(33, 71), (75, 60), (117, 43)], 5, ring, volume=0.1)


def _earth(pen: Pen) -> None:
    """Oceans, continents, clouds."""
    pen.glow(75, 50, 74, (120, 180, 250), 0.4)
    disc = pen.oval(75, 50, 46, 46, (52, 122, 206), volume=1)
    for land in (
        [(52, 12), (72, 10), (74, 22), (62, 32), (58, 44), (48, 38), (42, 26)],
        [(58, 48), (70, 52), (72, 66), (62, 86), (56, 72), (54, 58)],
        [(84, 14), (104, 16), (120, 34), (112, 46), (98, 36), (88, 34)],
        [(88, 42), (104, 46), (108, 60), (98, 78), (90, 66), (84, 52)],
    ):
        pen.blob(land, (98, 166, 94), clip=disc, volume=0.2)
    pen.oval(75, 97, 30, 8, WHITE, clip=disc, volume=0)
    for x, y, wide in ((62, 40, 22), (98, 26, 18), (86, 82, 20), (48, 62, 14)):
        pen.oval(x, y, wide, 3, WHITE, clip=disc, opacity=0.7, volume=0, line=False)


@subject("solar system", "planets", aspect=1.7, size=0.62, stands="air", home="space", colours=((255, 206, 90),))
def solar_system(pen: Pen) -> None:
    """The sun and eight planets on their orbits."""
    from_sun = ((24, 2.6, "grey", 40), (32, 3.6, "tan", 200), (42, 4.2, "azure", 110), (52, 3.2, "rust", 320),
        (74, 8.6, "sand", 20),
                (94, 7.2, "mustard", 165), (114, 5.4, "aqua", 330), (132, 5.2, "blue", 50))  # fmt: skip
    pen.glow(85, 50, 46, (255, 210, 120), 0.7)
    for reach, _, _, _ in from_sun:
        ring = [(85 + reach * 0.64 * cos(radians(a)), 50 + reach * 0.36 * sin(radians(a))) for a in range(0, 361, 10)]
        pen.line(ring, 0.7, (150, 150, 190), opacity=0.7, volume=0, line=False)
    pen.oval(85, 50, 12, 12, pen.main, lit=False, volume=0.4)
    for reach, r, name, turn in from_sun:
        x, y = 85 + reach * 0.64 * cos(radians(turn)), 50 + reach * 0.36 * sin(radians(turn))
        pen.oval(x, y, r, r, NAMED[name], volume=1)
        if name == "mustard":
            pen.oval(x, y, r * 2, r * 0.5, lighter(NAMED[name], 0.3), turn=-18, opacity=0.7, volume=0)


@subject(
    "comet",
    "meteor",
    "shooting star",
    "asteroid",
    aspect=1.5,
    size=0.34,
    stands="sky",
    home="night_sky",
    colours=((210, 236, 255),),
)
def comet(pen: Pen) -> None:
    """A comet and its tail."""
    for spread, opacity in ((20, 0.25), (10, 0.4), (4, 0.7)):
        pen.poly(
            [(120, 70 - spread), (120, 70 + spread), (4, 12)],
            pen.main,
            opacity=opacity,
            soft=1.5,
            lit=False,
            volume=0,
            line=False,
        )
    pen.glow(122, 71, 40, pen.main, 0.8)
    pen.oval(122, 71, 13, 13, WHITE, lit=False)


@subject("volcano", aspect=1.5, size=0.6, home="volcanic", colours=((104, 84, 92),))
def volcano(pen: Pen) -> None:
    """A volcano that glows."""
    for x, y, r in ((74, 16, 9), (84, 9, 11), (68, 6, 9), (79, 3, 8)):
        pen.oval(x, y, r, r * 0.8, (150, 140, 150), opacity=0.75, volume=0.4)
    pen.glow(75, 24, 44, (255, 140, 60), 0.8)
    cone = pen.blob([(2, 99), (34, 72), (58, 26), (75, 30), (92, 26), (116, 72), (148, 99), (75, 101)], pen.main)
    for path in (
        [(70, 26), (64, 50), (70, 74), (60, 99)],
        [(80, 26), (88, 46), (82, 66), (94, 99)],
        [(75, 24), (76, 44)],
    ):
        pen.line(path, 5, (255, 130, 50), lit=False, clip=cone, taper=(1.4, 0.6), volume=0)
    pen.oval(75, 28, 17, 4, (255, 190, 90), lit=False, volume=0)


@subject(
    "mountain", "peak", "everest", "matterhorn", aspect=1.5, size=0.66, home="mountains", colours=((112, 122, 150),)
)
def mountain(pen: Pen) -> None:
    """A mountain with snow on it."""
    body = pen.poly([(2, 99), (40, 52), (52, 58), (78, 4), (104, 50), (114, 44), (148, 99)], pen.main, volume=0.1)
    pen.poly(
        [(78, 4), (104, 50), (114, 44), (148, 99), (84, 99), (92, 60), (80, 40)],
        darker(pen.main, 0.3),
        clip=body,
        volume=0,
    )
    pen.poly([(78, 2), (94, 34), (86, 30), (80, 42), (72, 32), (62, 40)], WHITE, clip=body, volume=0.2)


@subject(
    "rock",
    "stone",
    "boulder",
    "rocks",
    "pebbles",
    seat=0.72,
    aspect=1.4,
    size=0.3,
    home="beach",
    colours=((142, 140, 150),),
)
def rock(pen: Pen) -> None:
    """Rocks."""
    for points, tone in (
        ([(4, 98), (10, 60), (36, 30), (72, 24), (92, 50), (100, 98)], 0.0),
        ([(72, 98), (82, 68), (106, 58), (128, 70), (137, 98)], 0.18),
    ):
        pen.poly(points, darker(pen.main, tone), volume=0.7)
        x, y = points[2]
        pen.poly([points[1], points[2], points[3], (x + 22, y + 22)], lighter(pen.main, 0.2), volume=0)


@subject("island", aspect=2.0, size=0.44, home="sea", stands="water", seat=0.16, colours=((238, 212, 150),))
def island(pen: Pen) -> None:
    """An island with a palm."""
    pen.line([(104, 84), (108, 56), (118, 34)], 5, (150, 110, 76), taper=(1.2, 0.8))
    for dx, dy, drop in ((-34, 0, 20), (-22, -12, 2), (30, -6, 20), (20, -16, 0), (6, 8, 30)):
        pen.blob(
            [(118, 32), (118 + dx * 0.5, 27 + dy), (118 + dx, 32 + drop), (118 + dx * 0.6, 33 + dy * 0.3)],
            (76, 152, 92),
        )
    pen.blob([(4, 99), (40, 86), (80, 78), (130, 78), (170, 88), (197, 99)], pen.main)
    for x in (60, 78, 150):
        pen.oval(x, 82, 12, 7, (96, 160, 96))


@subject("campfire", "fire", "bonfire", aspect=0.95, size=0.36, home="forest", colours=((250, 130, 44),))
def campfire(pen: Pen) -> None:
    """A campfire."""
    pen.glow(47, 60, 90, (255, 160, 70), 0.75)
    for a, b in (((10, 96), (80, 80)), ((84, 96), (14, 80))):
        pen.line([a, b], 10, (116, 78, 56))
    pen.blob(
        [(47, 2), (60, 28), (74, 44), (74, 72), (58, 88), (36, 88), (20, 72), (22, 48), (34, 34)], pen.main, lit=False
    )
    pen.blob([(48, 32), (60, 54), (62, 74), (48, 86), (34, 76), (34, 56)], (255, 196, 80), lit=False)
    pen.blob([(48, 56), (54, 70), (48, 84), (41, 72)], (255, 240, 190), lit=False)


@subject(
    "flame",
    "flames",
    "blaze",
    "ball of fire",
    "fireball",
    aspect=0.8,
    size=0.4,
    stands="air",
    home="plain",
    colours=((250, 120, 40),),
)
def flame(pen: Pen) -> None:
    """A flame that needs no logs."""
    outer = pen.main
    pen.glow(40, 60, 78, (255, 160, 70), 0.7)
    pen.blob(
        [
            (46, 0),
            (48, 18),
            (62, 32),
            (66, 22),
            (76, 46),
            (76, 72),
            (62, 94),
            (40, 100),
            (18, 94),
            (4, 72),
            (8, 46),
            (18, 30),
            (22, 42),
            (32, 24),
        ],
        darker(outer, 0.12),
        lit=False,
        volume=0.2,
    )
    pen.blob(
        [(46, 16), (48, 34), (62, 50), (66, 70), (56, 90), (40, 97), (22, 90), (14, 70), (20, 52), (26, 58), (36, 38)],
        (255, 164, 52),
        lit=False,
        volume=0,
    )
    pen.blob(
        [(42, 44), (48, 58), (56, 72), (50, 90), (40, 95), (28, 88), (26, 72), (36, 60)],
        (255, 214, 100),
        lit=False,
        volume=0,
    )
    pen.blob([(41, 66), (48, 80), (44, 92), (36, 92), (32, 80)], (255, 246, 206), lit=False, volume=0)
    for x, y, r in ((10, 20, 2.4), (70, 10, 2), (24, 8, 1.6)):
        pen.oval(x, y, r, r * 1.3, (255, 190, 90), lit=False, volume=0, line=False)


@subject("heart", "hearts", "love", aspect=1.05, size=0.4, stands="air", home="plain", colours=((226, 54, 84),))
def heart(pen: Pen) -> None:
    """A heart."""
    pen.blob(
        [
            (52, 26),
            (66, 8),
            (86, 8),
            (100, 26),
            (97, 50),
            (78, 76),
            (52, 98),
            (26, 76),
            (7, 50),
            (4, 26),
            (18, 8),
            (38, 8),
        ],
        pen.main,
        volume=1,
    )
    pen.oval(26, 28, 8, 6, lighter(pen.main, 0.75), turn=-35, opacity=0.8, volume=0, line=False)


@subject(
    "crystal",
    "gem",
    "diamond",
    "jewel",
    "crystals",
    "gemstone",
    aspect=0.95,
    size=0.4,
    home="cave",
    colours=((104, 206, 226), (190, 120, 230), (110, 220, 160)),
)
def crystal(pen: Pen) -> None:
    """A cut gem."""
    c = pen.main
    pen.glow(47, 50, 70, c, 0.4)
    pen.poly([(20, 10), (75, 10), (93, 36), (47, 97), (2, 36)], c, volume=0.1)
    pen.poly([(20, 10), (32, 36), (2, 36)], lighter(c, 0.3), volume=0)
    pen.poly([(75, 10), (62, 36), (93, 36)], darker(c, 0.3), volume=0)
    pen.poly([(20, 10), (47, 10), (32, 36)], lighter(c, 0.55), volume=0)
    pen.poly([(47, 10), (75, 10), (62, 36)], lighter(c, 0.1), volume=0)
    pen.poly([(32, 36), (62, 36), (47, 97)], lighter(c, 0.22), volume=0)
    pen.poly([(62, 36), (93, 36), (47, 97)], darker(c, 0.42), volume=0)
