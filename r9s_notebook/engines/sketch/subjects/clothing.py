"""What can be worn: alone, or on somebody's head."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from r9s_notebook.engines.sketch.colour import NAMED, WHITE, darker, lighter
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.subjects.registry import subject


@subject(
    "hat",
    "sunhat",
    "straw hat",
    "cowboy hat",
    "fedora",
    "sombrero",
    holds=(0.9, 1.3),
    aspect=1.7,
    size=0.3,
    home="plain",
    colours=((206, 60, 56), (226, 178, 106)),
)
def hat(pen: Pen) -> None:
    """A hat with a brim."""
    band = pen.second if pen.second != lighter(pen.main, 0.55) else darker(pen.main, 0.6)
    pen.oval(85, 84, 83, 14, darker(pen.main, 0.12))
    crown = pen.blob([(34, 84), (38, 34), (54, 8), (85, 3), (116, 8), (132, 34), (136, 84), (85, 92)], pen.main)
    pen.line([(20, 68), (85, 78), (150, 68)], 15, band, clip=crown, volume=0.5)
    pen.blob([(60, 10), (85, 18), (110, 10), (96, 24), (74, 24)], darker(pen.main, 0.25), clip=crown, volume=0.2)


@subject(
    "top hat",
    "cylinder",
    "bowler hat",
    holds=(0.9, 1.1),
    aspect=1.2,
    size=0.34,
    home="plain",
    colours=((52, 48, 62),),
)
def top_hat(pen: Pen) -> None:
    """A top hat."""
    pen.oval(60, 88, 58, 11, darker(pen.main, 0.15))
    body = pen.blob([(28, 88), (30, 60), (22, 6), (60, 2), (98, 6), (90, 60), (92, 88), (60, 95)], pen.main)
    pen.line([(10, 72), (60, 80), (110, 72)], 13, NAMED["crimson"], clip=body)
    pen.oval(60, 7, 38, 6, lighter(pen.main, 0.1), volume=0.1)


@subject("crown", "tiara", "diadem", aspect=1.4, size=0.3, home="plain", colours=((242, 192, 60),))
def crown(pen: Pen) -> None:
    """A crown."""
    pen.poly([(12, 92), (4, 28), (36, 56), (70, 8), (104, 56), (136, 28), (128, 92)], pen.main, volume=0.8)
    pen.box(12, 82, 128, 97, darker(pen.main, 0.18), radius=4)
    for x, y, name in (
        (4, 26, "ruby"),
        (70, 8, "sapphire"),
        (136, 26, "ruby"),
        (40, 76, "emerald"),
        (70, 72, "ruby"),
        (100, 76, "emerald"),
    ):
        pen.oval(x, y, 6.6, 6.6, NAMED[name])


@subject("cap", "baseball cap", "beret", aspect=1.6, size=0.28, home="plain", colours=((62, 110, 180), (206, 60, 56)))
def cap(pen: Pen) -> None:
    """A cap."""
    pen.blob([(96, 78), (150, 76), (158, 86), (130, 95), (84, 92)], darker(pen.main, 0.2))
    pen.blob([(10, 84), (14, 44), (40, 14), (70, 8), (100, 16), (122, 46), (126, 84), (68, 94)], pen.main)
    pen.oval(69, 9, 6, 4, darker(pen.main, 0.2))
    pen.line([(69, 10), (74, 50), (70, 92)], 1.2, darker(pen.main, 0.3), volume=0)


@subject(
    "beanie",
    "woolly hat",
    "bobble hat",
    "santa hat",
    aspect=1.15,
    size=0.34,
    home="plain",
    colours=((206, 66, 60), (70, 130, 150)),
)
def beanie(pen: Pen) -> None:
    """A woolly hat with a bobble."""
    pen.oval(57, 16, 15, 15, WHITE)
    dome = pen.blob([(10, 82), (14, 46), (34, 24), (57, 20), (80, 24), (100, 46), (104, 82), (57, 88)], pen.main)
    for x in (30, 57, 84):
        pen.line([(x, 20), (x, 88)], 1.4, darker(pen.main, 0.25), clip=dome, volume=0)
    pen.box(4, 76, 110, 98, WHITE, radius=10)


@subject(
    "party hat",
    "cone hat",
    "wizard hat",
    "witch hat",
    aspect=0.8,
    size=0.34,
    home="plain",
    colours=((246, 120, 150), (84, 70, 170)),
)
def party_hat(pen: Pen) -> None:
    """A pointed hat."""
    body = pen.poly([(40, 8), (76, 96), (4, 96)], pen.main, volume=0.7)
    for y in (40, 62, 84):
        pen.line([(0, y), (80, y - 10)], 6, pen.second, clip=body, volume=0.5)
    pen.oval(40, 9, 9, 9, NAMED["gold"])


@subject(
    "glasses",
    "sunglasses",
    "spectacles",
    "goggles",
    aspect=2.6,
    size=0.2,
    home="plain",
    stands="air",
    colours=((46, 44, 58),),
)
def glasses(pen: Pen) -> None:
    """Glasses: dark ones against the sun, clear ones to see better."""
    if not pen.traits & {"sunglasses", "shades", "goggles"}:
        for x in (62, 198):
            pen.oval(x, 50, 50, 44, (226, 240, 250), opacity=0.35, volume=0, line=False)
            pen.arc(x, 50, 46, 0, 360, 11, pen.main)
        pen.arc(130, 50, 22, 200, 340, 9, pen.main)
        return
    for x in (62, 198):
        pen.blob([(x - 54, 24), (x, 16), (x + 54, 24), (x + 46, 72), (x, 90), (x - 46, 72)], pen.main)
        pen.line([(x - 34, 60), (x - 14, 34)], 7, lighter(pen.main, 0.6), opacity=0.7, volume=0, line=False)
    pen.arc(130, 46, 17, 200, 340, 8, pen.main)


@subject("scarf", aspect=1.3, size=0.3, home="plain", stands="air", colours=((214, 60, 60), (70, 140, 120)))
def scarf(pen: Pen) -> None:
    """A scarf."""
    tail = pen.line([(92, 36), (98, 64), (92, 94)], 26, darker(pen.main, 0.18))
    pen.line([(70, 60), (124, 60)], 9, pen.second, clip=tail)
    pen.line([(70, 80), (124, 80)], 9, pen.second, clip=tail)
    pen.line([(10, 18), (64, 40), (120, 18)], 32, pen.main)
    for x in (36, 64, 92):
        pen.line([(x - 3, 14), (x + 3, 52)], 6, pen.second, volume=0.2)


@subject(
    "bow",
    "bowtie",
    "bow tie",
    "ribbon",
    aspect=1.5,
    size=0.26,
    home="plain",
    stands="air",
    colours=((226, 70, 110), (206, 44, 56)),
)
def bow(pen: Pen) -> None:
    """A bow."""
    for side in (-1, 1):
        pen.blob(
            [(75, 50), (75 + side * 34, 14), (75 + side * 70, 8), (75 + side * 70, 92), (75 + side * 34, 86)], pen.main
        )
        pen.blob([(75, 50), (75 + side * 24, 36), (75 + side * 44, 38), (75 + side * 28, 56)], darker(pen.main, 0.3))
    pen.oval(75, 50, 15, 20, darker(pen.main, 0.1))


@subject(
    "shirt",
    "t-shirt",
    "tshirt",
    "sweater",
    "jacket",
    "coat",
    "dress",
    aspect=1.15,
    size=0.5,
    home="plain",
    stands="air",
    colours=((70, 140, 190), (226, 92, 80)),
)
def shirt(pen: Pen) -> None:
    """A shirt."""
    pen.blob(
        [
            (34, 8),
            (57, 16),
            (80, 8),
            (96, 16),
            (112, 44),
            (94, 54),
            (87, 42),
            (88, 97),
            (26, 97),
            (27, 42),
            (20, 54),
            (2, 44),
            (18, 16),
        ],
        pen.main,
    )
    pen.blob([(40, 8), (57, 14), (74, 8), (66, 22), (57, 25), (48, 22)], darker(pen.main, 0.35))


@subject(
    "shoe",
    "boot",
    "sneaker",
    "shoes",
    "boots",
    holds=(0.4, 0.8),
    aspect=1.5,
    size=0.3,
    home="plain",
    colours=((206, 80, 66), (120, 80, 56)),
)
def shoe(pen: Pen) -> None:
    """A shoe."""
    pen.blob([(10, 82), (14, 30), (40, 22), (56, 40), (90, 58), (134, 66), (146, 84), (80, 90)], pen.main)
    pen.box(6, 80, 148, 97, WHITE, radius=7)
    for x, y in ((58, 44), (70, 52), (82, 58)):
        pen.line([(x - 5, y + 5), (x + 7, y - 5)], 3, WHITE, volume=0)
