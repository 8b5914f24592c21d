"""Animals on four legs from the side: one body plan, many builds."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from dataclasses import dataclass

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter, mix
from r9s_notebook.engines.sketch.geometry import Outline
from r9s_notebook.engines.sketch.pen import INK, Pen
from r9s_notebook.engines.sketch.subjects.registry import subject

PINK: RGB = (244, 156, 160)


@dataclass(frozen=True)
class Build:
    """The proportions of an animal, in a box of 130 x 100, its head to the right.

    Attributes:
        back: y of the back.
        belly: y of the belly.
        legs: Their width.
        neck: How far the head is over the back.
        head: Its radius.
        snout: How far the muzzle reaches forward.
        ears: ``pointed``, ``round``, ``long``, ``small``.
        tail: ``thin``, ``bushy``, ``tuft``, ``curl``, ``short``.
        coat: ``stripes``, ``spots``, ``plain`` or ``pale``: a pale belly.
        mane: Hair along the neck.
        horns: ``goat``, ``rhino``, ``unicorn``, ``boar`` or none.
        hoofs: Dark feet.
        humps: On its back.
    """

    back: float = 40
    belly: float = 68
    legs: float = 10
    neck: float = 14
    head: float = 13
    snout: float = 9
    ears: str = "pointed"
    tail: str = "thin"
    coat: str = "plain"
    mane: bool = False
    horns: str = ""
    hoofs: bool = False
    humps: int = 0


def _animal(pen: Pen, build: Build) -> None:
    coat, far = pen.main, darker(pen.main, 0.3)
    top, low = build.back, build.belly
    x, y = 100.0, top - build.neck
    _tail(pen, build)
    for leg in (34, 88):
        pen.line([(leg + 7, low - 8), (leg + 8, 97)], build.legs * 0.9, far, taper=(1.2, 0.9))
        _foot(pen, build, leg + 8, far)
    for hump in range(build.humps):
        hx = 44 + hump * 26 + (13 if build.humps == 1 else 0)
        pen.blob([(hx - 15, top + 8), (hx - 6, top - 12), (hx + 6, top - 13), (hx + 15, top + 8)], coat)
    body = pen.blob(
        [(16, top + 12), (26, top), (56, top + 1), (86, top - 3), (98, top + 8), (96, low - 6), (82, low), (50, low),
         (26, low), (15, low - 10)], coat,
    )  # fmt: skip
    if build.coat == "pale":
        pen.blob(
            [(24, low - 9), (56, low - 5), (92, low - 12), (90, low + 6), (24, low + 6)],
            lighter(coat, 0.6),
            clip=body,
            volume=0.2,
        )
    _pattern(pen, build, body, 18, 94, top - 4, low + 2)
    neck = pen.blob(
        [(80, top + 3), (90, y - 2), (x + 4, y - 2), (x + 5, y + 9), (98, top + 20), (84, top + 22)], coat, volume=0.5
    )
    _pattern(pen, build, neck, 84, 104, y, top + 20)
    for leg in (28, 84):
        pen.line([(leg, low - 10), (leg, 97)], build.legs, coat, taper=(1.3, 0.85))
        if build.coat == "stripes":
            for dy in (76, 84):
                pen.line([(leg - 5, dy), (leg + 5, dy + 1)], 2.2, pen.part("stripes", INK), volume=0, line=False)
        _foot(pen, build, leg, coat)
    if build.mane:
        colour = pen.part("mane", INK if build.coat == "stripes" else darker(coat, 0.7))
        pen.line([(x - 2, y - 14), (88, y), (80, top + 3)], 7, colour, taper=(0.8, 0.6))
    _head(pen, build, x + 4, y)


def _pattern(  # noqa: PLR0917
    pen: Pen, build: Build, body: Outline, x0: float, x1: float, y0: float, y1: float
) -> None:
    if build.coat == "stripes":
        colour, step = pen.part("stripes", INK), 9
        for index in range(int((x1 - x0) / step) + 1):
            x = x0 + index * step
            pen.line(
                [(x + 3, y0), (x, (y0 + y1) / 2), (x + 3, y1)],
                3.4,
                colour,
                clip=body,
                taper=(1, 0.3),
                volume=0,
                line=False,
            )
    elif build.coat == "spots":
        colour = pen.part("spots", darker(pen.main, 0.8))
        for row in range(int((y1 - y0) / 8)):
            for index in range(int((x1 - x0) / 9) + 1):
                x = x0 + index * 9 + (4.5 if row % 2 else 0)
                pen.oval(x, y0 + 5 + row * 8, 2.4, 2, colour, clip=body, volume=0, line=False)


def _foot(pen: Pen, build: Build, x: float, colour: RGB) -> None:
    if build.hoofs:
        pen.box(x - build.legs * 0.44, 93, x + build.legs * 0.44, 99, INK, radius=1.5)
    else:
        pen.oval(x + 1.5, 96.4, build.legs * 0.62, 3, pen.part("shoe", colour))


def _tail(pen: Pen, build: Build) -> None:
    coat, top = pen.part("tail", pen.main), build.back
    match build.tail:
        case "bushy":
            pen.blob([(20, top + 8), (8, top + 2), (0, top + 22), (2, top + 42), (10, top + 36), (16, top + 22)], coat)
            pen.blob([(1, top + 30), (2, top + 42), (8, top + 37)], lighter(coat, 0.6), volume=0.3)
        case "curl":
            pen.arc(14, top + 10, 5, 60, 380, 2.6, coat)
        case "short":
            pen.oval(15, top + 10, 6, 5, coat)
        case "tuft":
            pen.line([(18, top + 8), (9, top + 22), (9, top + 36)], 2.6, coat)
            pen.oval(9, top + 39, 3.4, 5, darker(coat, 0.7))
        case "mane":
            pen.line(
                [(20, top + 6), (8, top + 16), (8, top + 44)], 9, pen.part("mane", darker(coat, 0.6)), taper=(0.7, 0.4)
            )
        case _:
            pen.line([(20, top + 8), (6, top + 14), (4, top + 34), (12, top + 38)], 5, coat, taper=(1, 0.6))
            if build.coat == "stripes":
                pen.oval(11, top + 38, 3, 3, INK, volume=0)


def _head(pen: Pen, build: Build, x: float, y: float) -> None:
    coat, r = pen.main, build.head
    inner = mix(coat, PINK, 0.6)
    match build.ears:
        case "round":
            for side in (-1, 1):
                pen.oval(x + side * r * 0.6 - 2, y - r * 0.9, r * 0.36, r * 0.36, coat)
                pen.oval(x + side * r * 0.6 - 2, y - r * 0.88, r * 0.2, r * 0.2, inner, volume=0)
        case "long":
            for side in (-1, 1):
                pen.blob([(x + side * 4 - 5, y - r * 0.6), (x + side * 7 - 7, y - r * 1.9),
                    (x + side * 7 - 1, y - r * 1.8),
                          (x + side * 4 + 2, y - r * 0.6)], coat)  # fmt: skip
        case "small":
            pen.oval(x - r * 0.6, y - r * 0.8, r * 0.22, r * 0.26, coat)
        case _:
            for side in (-1, 1):
                ex = x + side * r * 0.56 - 2
                pen.poly([(ex - r * 0.36, y - r * 0.6), (ex - r * 0.1, y - r * 1.5), (ex + r * 0.4, y - r * 0.7)], coat)
    _horns(pen, build, x, y)
    pen.oval(x, y, r, r * 0.94, coat)
    reach = build.snout
    muzzle = lighter(coat, 0.5) if build.coat in {"stripes", "spots", "pale"} else lighter(coat, 0.12)
    pen.blob([(x + r * 0.2, y - r * 0.2), (x + r * 0.7 + reach, y + r * 0.05), (x + r * 0.74 + reach, y + r * 0.55),
              (x + r * 0.4, y + r * 0.85), (x - r * 0.1, y + r * 0.7)], muzzle)  # fmt: skip
    if build.horns == "boar" or build.tail == "curl":
        pen.oval(x + r * 0.74 + reach, y + r * 0.28, r * 0.22, r * 0.34, PINK)
        pen.oval(x + r * 0.78 + reach, y + r * 0.28, 0.9, 1.4, darker(PINK, 0.5), volume=0)
    else:
        pen.oval(x + r * 0.7 + reach, y + r * 0.16, r * 0.2, r * 0.16, INK, volume=0.2)
    if build.coat == "stripes":
        for dx in (-0.5, -0.1, 0.3):
            pen.line(
                [(x + dx * r, y - r * 0.9), (x + dx * r * 0.8, y - r * 0.45)],
                2,
                pen.part("stripes", INK),
                volume=0,
                line=False,
            )
    pen.arc(x + r * 0.55 + reach * 0.5, y + r * 0.42, r * 0.3, 20, 130, 0.9, INK, volume=0)
    pen.eye(x + r * 0.24, y - r * 0.14, r * 0.17)


def _horns(pen: Pen, build: Build, x: float, y: float) -> None:
    r = build.head
    match build.horns:
        case "goat":
            for dx in (-4, 3):
                pen.line(
                    [(x + dx, y - r * 0.7), (x + dx - 5, y - r * 1.5), (x + dx - 13, y - r * 1.6)],
                    4,
                    NAMED["tan"],
                    taper=(1, 0.3),
                )
            pen.blob([(x + r * 0.4, y + r * 0.7), (x + r * 0.9, y + r * 0.7), (x + r * 0.6, y + r * 1.6)], WHITE)
        case "rhino":
            pen.blob([(x + r * 0.9, y), (x + r * 1.5, y - r * 1.2), (x + r * 1.5, y + r * 0.2)], NAMED["ivory"])
        case "unicorn":
            pen.poly([(x + 1, y - r * 0.8), (x + 12, y - r * 2.5), (x + 7, y - r * 0.7)], NAMED["gold"], volume=0.7)
        case _:
            pass


@subject("zebra", aspect=1.3, size=0.52, home="savanna", seat=0.56, head=(104, 14, 24), colours=("white",))
def zebra(pen: Pen) -> None:
    """A zebra."""
    _animal(pen, Build(neck=20, coat="stripes", mane=True, tail="tuft", hoofs=True, legs=8, head=12, snout=11))


@subject(
    "tiger", "tigress", aspect=1.3, size=0.48, home="forest", seat=0.56, head=(103, 20, 28), colours=((240, 146, 52),)
)
def tiger(pen: Pen) -> None:
    """A tiger."""
    _animal(pen, Build(neck=6, coat="stripes", ears="round", head=15, snout=4, legs=11, belly=70))


@subject(
    "leopard",
    "cheetah",
    "jaguar",
    "panther",
    "lynx",
    "puma",
    aspect=1.3,
    size=0.46,
    home="savanna",
    seat=0.56,
    head=(103, 20, 26),
    colours=((240, 190, 104),),
)
def leopard(pen: Pen) -> None:
    """A leopard."""
    _animal(pen, Build(neck=6, coat="spots", ears="round", head=14, snout=4, legs=9, back=42))


@subject(
    "wolf",
    "wolves",
    "husky",
    "coyote",
    "hyena",
    aspect=1.3,
    size=0.46,
    home="forest",
    seat=0.56,
    head=(103, 16, 26),
    colours=((128, 134, 146), (96, 98, 112)),
)
def wolf(pen: Pen) -> None:
    """A wolf."""
    _animal(pen, Build(neck=10, coat="pale", tail="bushy", head=13, snout=10, legs=8, back=42))


@subject(
    "pig", "piglet", "hog", "boar", aspect=1.3, size=0.38, seat=0.62, head=(103, 26, 28), colours=((246, 172, 176),)
)
def pig(pen: Pen) -> None:
    """A pig."""
    _animal(pen, Build(back=36, belly=76, neck=-6, head=16, snout=5, tail="curl", legs=10, hoofs=True))


@subject(
    "goat",
    "kid goat",
    "ibex",
    "antelope",
    "gazelle",
    aspect=1.3,
    size=0.44,
    home="mountains",
    seat=0.58,
    head=(103, 12, 24),
    colours=((236, 230, 220), (170, 130, 96)),
)
def goat(pen: Pen) -> None:
    """A goat."""
    _animal(pen, Build(neck=16, head=12, horns="goat", tail="short", hoofs=True, legs=7, snout=8, ears="small"))


@subject(
    "camel",
    "dromedary",
    aspect=1.3,
    size=0.56,
    home="desert",
    seat=0.66,
    head=(104, 10, 22),
    colours=((214, 166, 106),),
)
def camel(pen: Pen) -> None:
    """A camel."""
    _animal(pen, Build(back=44, neck=24, head=11, snout=11, humps=2, tail="tuft", legs=8, ears="small"))


@subject(
    "donkey",
    "mule",
    "llama",
    "alpaca",
    aspect=1.3,
    size=0.48,
    seat=0.56,
    head=(104, 10, 22),
    colours=((150, 140, 136), (236, 226, 210)),
)
def donkey(pen: Pen) -> None:
    """A donkey."""
    _animal(pen, Build(neck=18, head=12, snout=12, ears="long", mane=True, tail="tuft", hoofs=True, legs=8))


@subject(
    "unicorn",
    "unicorns",
    aspect=1.3,
    size=0.54,
    home="meadow",
    seat=0.56,
    head=(104, 14, 24),
    colours=((250, 246, 252),),
)
def unicorn(pen: Pen) -> None:
    """A unicorn with a bright mane."""
    _animal(pen, Build(neck=20, head=12, snout=11, horns="unicorn", tail="mane", hoofs=False, legs=8, coat="plain"))
    for index, name in enumerate(("pink", "lavender", "aqua", "gold")):
        pen.line([(100 - index * 5, 10 + index * 6), (88 - index * 3, 22 + index * 5),
            (86 - index * 2, 36 + index * 3)], 6,
                 NAMED[name], taper=(1, 0.4))  # fmt: skip
        pen.line(
            [(20, 45 + index), (8 + index * 2, 58), (6 + index * 4, 84 - index * 3)], 4, NAMED[name], taper=(1, 0.4)
        )


@subject("rhino", "rhinoceros", aspect=1.3, size=0.5, home="savanna", seat=0.64, colours=((150, 152, 162),))
def rhino(pen: Pen) -> None:
    """A rhinoceros."""
    _animal(pen, Build(back=30, belly=74, neck=-10, head=16, snout=14, horns="rhino", legs=15, tail="tuft"))


@subject(
    "hippo",
    "hippopotamus",
    aspect=1.3,
    size=0.44,
    home="river",
    seat=0.66,
    head=(103, 26, 30),
    colours=((164, 146, 164),),
)
def hippo(pen: Pen) -> None:
    """A hippopotamus."""
    _animal(pen, Build(back=30, belly=78, neck=-8, head=18, snout=12, legs=14, tail="short", ears="round"))


@subject(
    "polar bear",
    "ice bear",
    aspect=1.3,
    size=0.5,
    home="snow",
    seat=0.64,
    head=(103, 20, 28),
    colours=((248, 246, 240),),
)
def polar_bear(pen: Pen) -> None:
    """A polar bear."""
    _animal(pen, Build(back=32, belly=74, neck=2, head=15, snout=9, legs=15, tail="short", ears="round"))


@subject(
    "guinea pig",
    "capybara",
    "beaver",
    "badger",
    "raccoon",
    "ferret",
    "weasel",
    "otter",
    aspect=1.3,
    size=0.3,
    seat=0.6,
    head=(103, 30, 28),
    colours=((176, 122, 80), (110, 84, 66)),
)
def guinea_pig(pen: Pen) -> None:
    """A small round animal."""
    _animal(pen, Build(back=40, belly=86, neck=-10, head=20, snout=4, legs=10, tail="short", ears="round", coat="pale"))
