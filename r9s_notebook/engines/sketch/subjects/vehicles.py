"""What moves people on roads, rails and water."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from itertools import pairwise

from r9s_notebook.engines.sketch.colour import NAMED, RGB, darker, lighter
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

GLASS: RGB = (176, 216, 232)
TYRE: RGB = (52, 50, 62)


def _wheel(pen: Pen, x: float, y: float, r: float) -> None:
    pen.oval(x, y, r, r, TYRE)
    pen.oval(x, y, r * 0.55, r * 0.55, (206, 210, 218))
    pen.oval(x, y, r * 0.2, r * 0.2, TYRE, volume=0)


def _lamp(pen: Pen, x: float, y: float, r: float) -> None:
    pen.oval(x, y, r, r, (255, 238, 170), lit=False, volume=0.2)
    if pen.light.dark:
        pen.glow(x, y, r * 6, (255, 230, 150), 0.8)


@subject(
    "car",
    "automobile",
    "taxi",
    "van",
    "jeep",
    "beetle car",
    "sedan",
    cab=(107, 15, 74, 47),
    holds=(0.45, 0.7),
    aspect=1.75,
    size=0.34,
    home="street",
    colours=((214, 62, 54), (62, 140, 176), (246, 190, 72), (110, 160, 120)),
)
def car(pen: Pen) -> None:
    """A small round car."""
    body = pen.main
    pen.blob([(36, 50), (48, 16), (74, 6), (108, 8), (128, 24), (140, 50)], body)
    pen.blob([(48, 47), (56, 22), (74, 14), (84, 14), (84, 47)], GLASS)
    pen.blob([(91, 47), (91, 14), (106, 15), (120, 28), (128, 47)], GLASS)
    pen.blob([(8, 76), (10, 54), (40, 46), (138, 46), (164, 56), (169, 78), (150, 86), (26, 86)], body)
    pen.box(4, 76, 171, 86, darker(body, 0.35), radius=5)
    pen.line([(14, 62), (164, 62)], 1.2, darker(body, 0.35), volume=0)
    pen.line([(88, 48), (88, 78)], 1, darker(body, 0.35), volume=0)
    pen.line([(94, 56), (102, 56)], 2.2, darker(body, 0.6), volume=0)
    for x in (44, 134):
        pen.oval(x, 82, 21, 20, darker(body, 0.6))
        _wheel(pen, x, 83, 16)
    _lamp(pen, 163, 64, 5)
    pen.box(5, 60, 11, 70, NAMED["red"], radius=2)


@subject(
    "truck",
    "lorry",
    "pickup",
    "fire truck",
    "fire engine",
    "ambulance",
    holds=(0.45, 0.7),
    cab=(137, 32, 50, 52),
    aspect=1.8,
    size=0.38,
    home="street",
    colours=((62, 120, 176), (214, 70, 56)),
)
def truck(pen: Pen) -> None:
    """A truck."""
    pen.box(6, 12, 116, 80, lighter(pen.main, 0.72), radius=4)
    for x in (32, 60, 88):
        pen.line([(x, 14), (x, 78)], 1, darker(lighter(pen.main, 0.72), 0.2), volume=0, line=False)
    if "ambulance" in pen.traits:
        pen.box(55, 26, 65, 64, NAMED["red"], volume=0)
        pen.box(41, 40, 79, 50, NAMED["red"], volume=0)
        pen.box(128, 22, 142, 30, NAMED["azure"], radius=3, lit=False)
    elif pen.traits & {"fire truck", "fire engine"}:
        pen.box(6, 12, 116, 80, pen.main, radius=4)
        for y in (20, 30):
            pen.line([(10, y), (150, y - 6)], 2.4, NAMED["silver"])
        for x in range(16, 150, 12):
            pen.line([(x, 20 - x * 0.04), (x, 30 - x * 0.04)], 1.6, NAMED["silver"], volume=0)
    pen.blob([(118, 82), (118, 30), (146, 28), (160, 50), (174, 56), (174, 82)], pen.main)
    pen.blob([(126, 52), (126, 36), (143, 35), (153, 52)], GLASS)
    pen.box(4, 78, 176, 86, TYRE, radius=3)
    for x in (34, 60, 146):
        _wheel(pen, x, 86, 13)
    _lamp(pen, 171, 68, 4)


@subject(
    "bus",
    "school bus",
    "tram",
    "minibus",
    "camper",
    "caravan",
    holds=(0.45, 0.7),
    cab=(85.5, 21, 60, 45),
    pitch=29,
    aspect=1.9,
    size=0.4,
    home="street",
    colours=((240, 172, 48), (206, 60, 56)),
)
def bus(pen: Pen) -> None:
    """A bus."""
    pen.box(6, 8, 184, 84, pen.main, radius=12)
    pen.box(6, 52, 184, 60, lighter(pen.main, 0.7), volume=0)
    for x in range(16, 160, 29):
        pen.box(
            x,
            20,
            x + 23,
            45,
            (255, 226, 150) if pen.light.dark else GLASS,
            lit=not pen.light.dark,
            radius=4,
            volume=0.1,
        )
    pen.box(165, 20, 184, 48, GLASS, radius=4)
    for x in (44, 148):
        _wheel(pen, x, 84, 15)
    _lamp(pen, 180, 70, 4)


@subject("bicycle", "bike", seat=0.6, aspect=1.55, size=0.4, home="street", colours=((62, 150, 160), (222, 84, 70)))
def bicycle(pen: Pen) -> None:
    """A bicycle."""
    for x in (34, 120):
        pen.arc(x, 68, 28, 0, 360, 3.4, TYRE)
        for dx, dy in ((1, 0), (0.5, 0.87), (-0.5, 0.87)):
            pen.line([(x - 27 * dx, 68 - 27 * dy), (x + 27 * dx, 68 + 27 * dy)], 0.7, TYRE, volume=0)
        pen.oval(x, 68, 3.4, 3.4, TYRE)
    for path in (
        [(34, 68), (66, 68), (104, 30)],
        [(66, 68), (56, 28)],
        [(34, 68), (60, 38), (104, 34)],
        [(120, 68), (104, 26), (102, 16)],
    ):
        for start, end in pairwise(path):
            pen.line([start, end], 4, pen.main)
    pen.line([(102, 16), (114, 14), (117, 20)], 3.4, TYRE)
    pen.blob([(44, 26), (64, 23), (70, 27), (56, 31)], (104, 70, 52))
    pen.oval(66, 68, 6, 6, (200, 206, 214))
    pen.line([(66, 68), (72, 80)], 2.4, TYRE)


@subject(
    "scooter",
    "motorcycle",
    "motorbike",
    "vespa",
    seat=0.5,
    aspect=1.4,
    size=0.42,
    home="street",
    colours=((110, 190, 176), (226, 92, 74)),
)
def scooter(pen: Pen) -> None:
    """A motor scooter."""
    for x in (30, 114):
        _wheel(pen, x, 82, 16)
    pen.blob([(8, 72), (20, 48), (52, 44), (70, 66), (74, 82), (46, 84), (46, 72), (28, 64)], pen.main)
    pen.blob([(70, 82), (72, 74), (92, 76), (94, 34), (104, 30), (112, 62), (104, 84)], pen.main)
    pen.blob([(96, 66), (114, 60), (130, 72), (126, 78), (112, 68)], pen.main)
    pen.blob([(18, 46), (24, 38), (58, 38), (62, 46)], (98, 66, 52))
    pen.line([(99, 34), (95, 16), (84, 12)], 3.4, TYRE)
    _lamp(pen, 104, 26, 5.4)


@subject(
    "train",
    "locomotive",
    "steam train",
    "railway",
    seat=0.9,
    holds=(0.45, 0.7),
    cab=(43, 25, 60, 46),
    pitch=12,
    aspect=2.0,
    size=0.42,
    home="field",
    colours=((62, 110, 92), (180, 60, 56), (60, 90, 150)),
)
def train(pen: Pen) -> None:
    """A steam locomotive."""
    for step in range(5):
        pen.oval(
            148 - step * 17,
            13 - step * 2,
            6 + step * 1.8,
            5 + step * 1.2,
            (246, 246, 250),
            opacity=0.85 - step * 0.1,
            volume=0.4,
        )
    pen.box(140, 20, 154, 46, TYRE)
    pen.poly([(137, 20), (157, 20), (160, 12), (134, 12)], TYRE)
    pen.box(66, 40, 168, 76, pen.main, radius=14, volume=0.9)
    pen.oval(112, 38, 9, 8, NAMED["gold"])
    pen.box(16, 16, 70, 78, pen.main, radius=2)
    pen.box(10, 8, 76, 18, darker(pen.main, 0.55), radius=4)
    pen.box(26, 26, 60, 46, (255, 226, 150) if pen.light.dark else GLASS, lit=not pen.light.dark, radius=2)
    for x in (90, 128):
        pen.line([(x, 42), (x, 75)], 2.6, NAMED["gold"], volume=0)
    pen.box(10, 74, 178, 82, darker(pen.main, 0.6))
    pen.poly([(172, 78), (196, 98), (168, 98)], NAMED["crimson"])
    for x, r in ((36, 15), (72, 15), (108, 11), (136, 11), (160, 8)):
        _wheel(pen, x, 98 - r, r)
    pen.line([(36, 84), (72, 84), (108, 87)], 3, NAMED["gold"])
    _lamp(pen, 170, 50, 6)


@subject(
    "boat",
    "sailboat",
    "yacht",
    "sailing boat",
    "dinghy",
    "canoe",
    "boats",
    seat=0.2,
    holds=(0.2, 0.55),
    aspect=1.0,
    size=0.54,
    home="sea",
    stands="water",
    colours=((196, 74, 60), (58, 96, 150), (250, 246, 238)),
)
def boat(pen: Pen) -> None:
    """A sailing boat."""
    sail = pen.second if pen.second != lighter(pen.main, 0.55) else (252, 246, 232)
    pen.line([(46, 82), (46, 2)], 2.4, (126, 86, 60))
    pen.blob([(49, 6), (66, 34), (80, 68), (64, 72), (49, 72)], sail, volume=0.5)
    pen.blob([(43, 14), (32, 46), (16, 72), (30, 73), (43, 72)], darker(sail, 0.12), volume=0.5)
    pen.poly([(46, 2), (58, 5), (46, 9)], NAMED["red"])
    pen.blob([(4, 78), (30, 82), (66, 82), (97, 76), (88, 92), (76, 99), (24, 99), (12, 92)], pen.main)
    pen.line([(6, 80), (46, 84), (94, 79)], 3, lighter(pen.main, 0.65), volume=0)


@subject(
    "ship",
    "galleon",
    "pirate ship",
    "ferry",
    "vessel",
    holds=(0.25, 0.3),
    aspect=1.25,
    size=0.62,
    home="sea",
    stands="water",
    colours=((132, 84, 58),),
)
def ship(pen: Pen) -> None:
    """A tall ship."""
    sail = pen.second if pen.second != lighter(pen.main, 0.55) else (250, 242, 224)
    for x, top in ((38, 14), (66, 2), (94, 16)):
        pen.line([(x, 82), (x, top)], 2.4, darker(pen.main, 0.2))
        for y, half in ((top + 8, 11), (top + 28, 15)):
            pen.blob(
                [
                    (x - half, y),
                    (x, y - 2),
                    (x + half, y),
                    (x + half + 4, y + 10),
                    (x + half, y + 18),
                    (x, y + 16),
                    (x - half, y + 18),
                    (x - half + 3, y + 9),
                ],
                sail,
                volume=0.6,
            )
        pen.poly([(x, top), (x + 12, top + 3), (x, top + 6)], NAMED["crimson"])
    pen.line([(112, 72), (124, 60)], 2.4, darker(pen.main, 0.2))
    pen.blob(
        [(2, 62), (20, 66), (26, 78), (92, 78), (110, 68), (118, 70), (106, 96), (92, 99), (26, 99), (10, 88)], pen.main
    )
    pen.line([(14, 84), (60, 88), (108, 82)], 2.6, NAMED["gold"], volume=0)
    for x in (34, 50, 66, 82):
        pen.box(x, 88.5, x + 6, 93.5, INK, volume=0)


@subject(
    "submarine",
    holds=(0.7, 0.6),
    cab=(94, 55, 30, 68),
    pitch=28,
    aspect=1.6,
    size=0.4,
    home="underwater",
    stands="air",
    colours=((246, 190, 62),),
)
def submarine(pen: Pen) -> None:
    """A yellow submarine, unless it is another colour."""
    pen.line([(92, 26), (92, 6), (104, 6)], 4, darker(pen.main, 0.3))
    pen.box(72, 22, 108, 48, pen.main, radius=6)
    pen.poly([(22, 62), (4, 42), (10, 62), (4, 84)], darker(pen.main, 0.3))
    pen.blob([(14, 62), (40, 40), (100, 36), (142, 46), (157, 64), (142, 84), (100, 94), (40, 88)], pen.main)
    for x in (66, 94, 122):
        pen.oval(x, 62, 9, 9, darker(pen.main, 0.4))
        pen.oval(x, 62, 6.4, 6.4, (180, 236, 240), lit=False, volume=0.3)


@subject(
    "tractor",
    seat=0.7,
    holds=(0.45, 0.7),
    aspect=1.4,
    size=0.42,
    home="field",
    colours=((76, 150, 76), (206, 66, 52)),
)
def tractor(pen: Pen) -> None:
    """A tractor."""
    pen.line([(100, 42), (100, 18)], 4, TYRE)
    pen.box(70, 40, 130, 70, pen.main, radius=5)
    pen.box(30, 8, 74, 70, pen.main, radius=4)
    pen.box(36, 15, 68, 42, GLASS, radius=2)
    pen.box(24, 4, 80, 11, darker(pen.main, 0.35), radius=2)
    _wheel(pen, 44, 70, 28)
    _wheel(pen, 116, 82, 16)
    pen.oval(44, 70, 10, 10, NAMED["gold"])
    _lamp(pen, 129, 50, 4)
