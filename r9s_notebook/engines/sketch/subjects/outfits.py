"""What people wear for their work or in a story: by the word that the prompt had for them."""

# fmt: off - a row of points is easier to see whole.

from __future__ import annotations

from dataclasses import dataclass

from r9s_notebook.engines.sketch.colour import NAMED, RGB, WHITE, darker, lighter
from r9s_notebook.engines.sketch.geometry import Outline
from r9s_notebook.engines.sketch.pen import INK, Pen

Head = tuple[float, float, float]
"""Where a head is: its middle and its radius."""


@dataclass(frozen=True)
class Outfit:
    """What makes somebody a cook or a pirate.

    Attributes:
        hat: Its kind; see ``headgear``.
        shirt: Or a dress.
        trousers: Their colour.
        hair: Where the trade has its own.
        skin: Where the story has its own.
        beard: Its colour.
        back: Behind the body: ``cape`` or ``wings``.
        front: Over the body: ``apron``, ``coat``, ``belt``, ``badge``, ``overalls``, ``star`` or ``stripes``.
        mask: Over the eyes: ``patch``, ``mask``, ``hood`` or ``glasses``.
        accent: Of hat, cape, wings or badge.
    """

    hat: str = ""
    shirt: RGB | None = None
    trousers: RGB | None = None
    hair: RGB | None = None
    skin: RGB | None = None
    beard: RGB | None = None
    back: str = ""
    front: str = ""
    mask: str = ""
    accent: RGB = (206, 60, 56)


_KING = Outfit(hat="crown", shirt=(120, 50, 120), back="cape", accent=(190, 40, 60))
_COOK = Outfit(hat="chef", shirt=(246, 246, 246), front="apron", accent=WHITE)
_DOCTOR = Outfit(shirt=(120, 170, 200), front="coat", mask="glasses", accent=WHITE)
_FIRE = Outfit(hat="helmet", shirt=(196, 60, 40), trousers=(60, 54, 50), front="belt", accent=(214, 50, 40))
_POLICE = Outfit(hat="police", shirt=(46, 66, 130), trousers=(34, 42, 84), front="badge", accent=(34, 46, 96))
_SANTA = Outfit(hat="santa", shirt=(206, 44, 46), trousers=(206, 44, 46), beard=WHITE, hair=WHITE, front="belt")
_FARMER = Outfit(hat="straw", shirt=(200, 80, 60), trousers=(66, 96, 150), front="overalls", accent=(66, 96, 150))
_ELF = Outfit(hat="elf", shirt=(70, 150, 80), trousers=(130, 84, 50), front="belt", accent=(46, 130, 70))
_SAILOR = Outfit(hat="captain", shirt=(250, 250, 250), trousers=(40, 60, 110), front="stripes", accent=(40, 60, 110))
_SCIENTIST = Outfit(shirt=(90, 150, 160), hair=(226, 226, 232), front="coat", mask="glasses", accent=WHITE)

OUTFITS: dict[str, Outfit] = {
    "king": _KING, "queen": Outfit(hat="crown", shirt=(140, 60, 140)), "prince": _KING,
    "princess": Outfit(hat="crown", shirt=(240, 150, 190)), "chef": _COOK, "cook": _COOK, "baker": _COOK,
    "doctor": _DOCTOR, "nurse": Outfit(hat="nurse", shirt=(150, 200, 220), front="apron", accent=WHITE),
    "scientist": _SCIENTIST, "firefighter": _FIRE, "fireman": _FIRE, "policeman": _POLICE, "policewoman": _POLICE,
    "police officer": _POLICE, "santa": _SANTA, "santa claus": _SANTA, "farmer": _FARMER, "gardener": _FARMER,
    "elf": _ELF, "leprechaun": _ELF, "gnome": Outfit(
        hat="elf", shirt=(62, 112, 178), beard=WHITE, hair=WHITE, front="belt", accent=(206, 50, 46)
    ),
    "dwarf": Outfit(hat="elf", shirt=(150, 96, 60), beard=(172, 84, 48), front="belt", accent=(120, 60, 50)),
    "sailor": _SAILOR, "captain": Outfit(hat="captain", shirt=(40, 60, 110), beard=(214, 214, 220), front="badge"),
    "fisherman": Outfit(hat="straw", shirt=(240, 190, 60), front="overalls", accent=(70, 100, 90)),
    "pirate": Outfit(
        hat="pirate", shirt=(240, 236, 226), trousers=(90, 50, 60), beard=(50, 40, 40), front="belt", mask="patch",
        accent=(44, 40, 52),
    ),
    "cowboy": Outfit(hat="cowboy", shirt=(170, 100, 60), trousers=(66, 96, 150), front="star", accent=(140, 92, 56)),
    "clown": Outfit(
        hat="curls", shirt=(250, 208, 56), trousers=(62, 120, 200), skin=(255, 240, 230), hair=(240, 110, 50),
            front="dots",
        mask="nose",
    ),
    "ninja": Outfit(shirt=(44, 44, 60), trousers=(44, 44, 60), mask="hood", front="belt", accent=(44, 44, 60)),
    "superhero": Outfit(
        shirt=(44, 104, 204), trousers=(44, 84, 180), back="cape", front="star", mask="mask", accent=(217, 52, 48)
    ),
    "hero": Outfit(shirt=(44, 104, 204), trousers=(44, 84, 180), back="cape", front="star", accent=(217, 52, 48)),
    "vampire": Outfit(shirt=(60, 54, 70), trousers=(44, 40, 52), skin=(226, 226, 232), hair=(30, 28, 36), back="cape",
                      accent=(110, 20, 40)),
    "zombie": Outfit(shirt=(120, 110, 90), trousers=(80, 80, 90), skin=(150, 186, 130), hair=(60, 70, 50)),
    "viking": Outfit(hat="horns", shirt=(140, 100, 70), beard=(206, 130, 60), hair=(206, 130, 60), front="belt"),
    "builder": Outfit(hat="helmet", shirt=(240, 140, 50), front="stripes", accent=(250, 208, 56)),
    "worker": Outfit(hat="helmet", shirt=(240, 140, 50), front="stripes", accent=(250, 208, 56)),
    "magician": Outfit(hat="top", shirt=(60, 54, 70), back="cape", accent=(44, 40, 52)),
    "detective": Outfit(hat="cowboy", shirt=(176, 140, 96), front="coat", accent=(150, 116, 80)),
    "pilot": Outfit(hat="captain", shirt=(40, 60, 110), front="badge", accent=(40, 60, 110)),
    "explorer": Outfit(hat="straw", shirt=(190, 170, 120), trousers=(150, 130, 90), front="belt"),
    "artist": Outfit(hat="beret", shirt=(240, 236, 226), front="apron", accent=(200, 60, 60)),
    "painter": Outfit(hat="beret", shirt=(240, 236, 226), front="apron", accent=(200, 60, 60)),
    "student": Outfit(mask="glasses"), "teacher": Outfit(mask="glasses"), "grandma": Outfit(mask="glasses"),
    "grandmother": Outfit(mask="glasses"), "granny": Outfit(mask="glasses"), "grandpa": Outfit(mask="glasses"),
    "grandfather": Outfit(mask="glasses"),
    "fairy": Outfit(hat="flowers", shirt=(190, 140, 220), back="wings", accent=(210, 236, 250)),
    "angel": Outfit(hat="halo", shirt=(250, 250, 252), hair=(238, 202, 120), back="wings", accent=WHITE),
    "bride": Outfit(hat="flowers", shirt=(252, 250, 248)),
    "ballerina": Outfit(shirt=(246, 170, 190)), "dancer": Outfit(shirt=(217, 52, 80)),
    "goddess": Outfit(hat="crown", shirt=(250, 246, 236)),
}  # fmt: skip


def behind(pen: Pen, outfit: Outfit, x: float, y: float) -> None:
    """A cape or wings, behind the body."""
    if outfit.back == "cape":
        pen.blob(
            [(x - 9, y + 15), (x + 9, y + 15), (x + 19, y + 66), (x, y + 70), (x - 19, y + 66)],
            darker(outfit.accent, 0.15),
        )
    elif outfit.back == "wings":
        for side in (-1, 1):
            pen.blob(
                [
                    (x, y + 18),
                    (x + side * 14, y + 2),
                    (x + side * 25, y + 6),
                    (x + side * 24, y + 26),
                    (x + side * 8, y + 30),
                ],
                outfit.accent,
                opacity=0.92,
            )
            pen.blob(
                [(x, y + 28), (x + side * 16, y + 28), (x + side * 21, y + 40), (x + side * 8, y + 42)],
                darker(outfit.accent, 0.1),
                opacity=0.92,
            )


def over(pen: Pen, outfit: Outfit, x: float, body: Outline) -> None:  # noqa: PLR0912 - a case for each garment
    """What is worn over shirt or dress."""
    match outfit.front:
        case "apron":
            pen.blob(
                [(x - 7, 40), (x + 7, 40), (x + 10, 64), (x - 10, 64)],
                lighter(outfit.accent, 0.3),
                clip=body,
                volume=0.2,
            )
        case "coat":
            for side in (-1, 1):
                pen.poly(
                    [(x + side * 3, 31), (x + side * 16, 31), (x + side * 16, 70), (x + side * 4, 70)],
                    outfit.accent,
                    clip=body,
                    volume=0.2,
                )
        case "belt":
            pen.line([(x - 16, 59), (x + 16, 59)], 4, (70, 48, 40), clip=body, volume=0)
            pen.box(x - 3, 56.6, x + 3, 61.4, NAMED["gold"], volume=0)
        case "badge":
            pen.star(x - 5, 42, 3, NAMED["gold"], volume=0)
            for row in range(3):
                pen.oval(x + 1, 44 + row * 6, 0.8, 0.8, NAMED["gold"], volume=0)
        case "overalls":
            pen.box(x - 7, 44, x + 7, 68, outfit.accent, clip=body, radius=2, volume=0.2)
            for side in (-1, 1):
                pen.line([(x + side * 6, 46), (x + side * 7, 32)], 2.6, outfit.accent, clip=body, volume=0)
        case "star":
            pen.star(x, 46, 6, NAMED["gold"])
        case "stripes":
            for y in (40, 47, 54, 61):
                pen.line([(x - 16, y), (x + 16, y)], 2.4, outfit.accent, clip=body, volume=0)
        case "dots":
            for dx, y in ((-6, 42), (5, 46), (-4, 54), (6, 58)):
                pen.oval(x + dx, y, 2.2, 2.2, NAMED["red"], volume=0)
        case _:
            pass


def headgear(pen: Pen, outfit: Outfit, head: Head, hair: RGB) -> None:
    """Beard, mask, glasses and hat, in that order."""
    x, y, r = head
    if outfit.beard or "beard" in pen.traits:
        beard = pen.part("beard", outfit.beard or hair)
        tip = 3.2 if "long" in pen.traits else 1.5
        pen.blob(
            [(x - r, y + r * 0.2), (x - r * 0.5, y + r * 0.36), (x + r * 0.5, y + r * 0.36), (x + r, y + r * 0.2),
             (x + r * 0.72, y + r * (tip - 0.45)), (x, y + r * tip), (x - r * 0.72, y + r * (tip - 0.45))], beard,
        )  # fmt: skip
        pen.smile(x, y + r * 0.6, r * 0.24, r * 0.1)
    _mask(pen, outfit, head)
    if outfit.hat:
        _HATS[outfit.hat](pen, head, outfit.accent)


def _mask(pen: Pen, outfit: Outfit, head: Head) -> None:
    x, y, r = head
    match outfit.mask:
        case "patch":
            pen.line([(x - r, y - r * 0.5), (x + r, y + r * 0.1)], r * 0.1, INK, volume=0)
            pen.oval(x - r * 0.38, y - r * 0.05, r * 0.28, r * 0.26, INK, volume=0)
        case "mask":
            pen.blob([(x - r, y - r * 0.24), (x, y - r * 0.14), (x + r, y - r * 0.24), (x + r * 0.7, y + r * 0.24),
                      (x, y + r * 0.1), (x - r * 0.7, y + r * 0.24)], outfit.accent, volume=0.2)  # fmt: skip
            for side in (-1, 1):
                pen.oval(x + side * r * 0.38, y - r * 0.02, r * 0.2, r * 0.16, WHITE, volume=0)
                pen.oval(x + side * r * 0.38, y - r * 0.02, r * 0.1, r * 0.12, INK, volume=0)
        case "hood":
            pen.arc(x, y - r * 0.1, r * 0.9, 180, 360, r * 0.6, outfit.accent)
            pen.blob([(x - r * 1.08, y + r * 0.2), (x, y + r * 0.28), (x + r * 1.08, y + r * 0.2), (x + r * 0.8, y + r),
                      (x, y + r * 1.25), (x - r * 0.8, y + r)], outfit.accent)  # fmt: skip
        case "glasses":
            for side in (-1, 1):
                pen.arc(x + side * r * 0.4, y, r * 0.28, 0, 360, r * 0.07, INK, volume=0)
            pen.line([(x - r * 0.12, y), (x + r * 0.12, y)], r * 0.06, INK, volume=0)
        case "nose":
            pen.oval(x, y + r * 0.2, r * 0.24, r * 0.24, NAMED["red"])
        case _:
            pass


def _crown(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    top = y - r * 1.9
    pen.poly([(x - r * 0.8, y - r * 0.8), (x - r * 0.95, top), (x - r * 0.4, y - r * 1.3), (x, top - r * 0.2),
              (x + r * 0.4, y - r * 1.3), (x + r * 0.95, top), (x + r * 0.8, y - r * 0.8)], NAMED["gold"],
                  volume=0.7)  # fmt: skip
    for side in (-1, 0, 1):
        pen.oval(x + side * r * 0.5, y - r * 0.95, r * 0.1, r * 0.1, accent, volume=0)


def _chef(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    del accent
    for dx in (-0.55, 0.55, 0):
        pen.oval(x + dx * r, y - r * 1.6, r * 0.6, r * 0.5, WHITE)
    pen.box(x - r * 0.8, y - r * 1.5, x + r * 0.8, y - r * 0.7, darker(WHITE, 0.06), radius=r * 0.1)


def _brimmed(pen: Pen, head: Head, colour: RGB) -> None:
    x, y, r = head
    pen.blob([(x - r * 0.8, y - r * 0.7), (x - r * 0.6, y - r * 1.6), (x, y - r * 1.5), (x + r * 0.6, y - r * 1.6),
              (x + r * 0.8, y - r * 0.7)], colour)  # fmt: skip
    pen.line(
        [(x - r * 1.7, y - r * 0.82), (x, y - r * 0.6), (x + r * 1.7, y - r * 0.82)], r * 0.3, darker(colour, 0.15)
    )


def _straw(pen: Pen, head: Head, accent: RGB) -> None:
    del accent
    _brimmed(pen, head, (236, 202, 124))


def _helmet(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    pen.blob([(x - r * 1.05, y - r * 0.4), (x - r * 0.8, y - r * 1.35), (x, y - r * 1.6), (x + r * 0.8, y - r * 1.35),
              (x + r * 1.05, y - r * 0.4), (x, y - r * 0.55)], accent)  # fmt: skip
    pen.line([(x - r * 1.3, y - r * 0.45), (x + r * 1.3, y - r * 0.45)], r * 0.22, darker(accent, 0.2))
    pen.oval(x, y - r, r * 0.26, r * 0.3, NAMED["gold"], volume=0)


def _police(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    pen.blob([(x - r * 0.95, y - r * 0.7), (x - r * 1.2, y - r * 1.5), (x, y - r * 1.7), (x + r * 1.2, y - r * 1.5),
              (x + r * 0.95, y - r * 0.7)], accent)  # fmt: skip
    pen.line([(x - r * 0.95, y - r * 0.62), (x + r * 0.95, y - r * 0.62)], r * 0.24, INK)
    pen.star(x, y - r * 1.15, r * 0.3, NAMED["gold"], volume=0)


def _captain(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    pen.blob([(x - r * 0.9, y - r * 0.7), (x - r * 1.15, y - r * 1.4), (x, y - r * 1.55), (x + r * 1.15, y - r * 1.4),
              (x + r * 0.9, y - r * 0.7)], WHITE)  # fmt: skip
    pen.line([(x - r * 0.95, y - r * 0.62), (x + r * 0.95, y - r * 0.62)], r * 0.26, darker(accent, 0.2))
    pen.oval(x, y - r, r * 0.2, r * 0.2, NAMED["gold"], volume=0)


def _pirate(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    pen.blob([(x - r * 1.5, y - r * 0.6), (x - r * 1.2, y - r * 1.3), (x, y - r * 1.95), (x + r * 1.2, y - r * 1.3),
              (x + r * 1.5, y - r * 0.6), (x, y - r * 0.85)], accent)  # fmt: skip
    pen.oval(x, y - r * 1.3, r * 0.26, r * 0.26, WHITE, volume=0)
    pen.line([(x - r * 0.4, y - r * 0.95), (x + r * 0.4, y - r * 1.1)], r * 0.12, WHITE, volume=0)
    for side in (-1, 1):
        pen.oval(x + side * r * 0.1, y - r * 1.32, r * 0.07, r * 0.07, INK, volume=0)


def _pointed(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    pen.blob([(x - r * 0.95, y - r * 0.6), (x - r * 0.5, y - r * 1.7), (x + r * 0.5, y - r * 2),
        (x + r * 0.4, y - r * 1.4),
              (x + r * 0.95, y - r * 0.6)], accent)  # fmt: skip


def _santa(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    pen.blob([(x - r * 0.9, y - r * 0.7), (x - r * 0.5, y - r * 1.6), (x + r * 0.5, y - r * 1.7),
        (x + r * 1.4, y - r * 0.7),
              (x + r * 0.8, y - r)], accent)  # fmt: skip
    pen.oval(x + r * 1.4, y - r * 0.6, r * 0.3, r * 0.3, WHITE)
    pen.line([(x - r, y - r * 0.66), (x, y - r * 0.74), (x + r, y - r * 0.66)], r * 0.4, WHITE)


def _nurse(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    pen.blob(
        [
            (x - r * 0.7, y - r * 0.8),
            (x - r * 0.8, y - r * 1.5),
            (x + r * 0.8, y - r * 1.5),
            (x + r * 0.7, y - r * 0.8),
        ],
        accent,
    )
    pen.box(x - r * 0.3, y - r * 1.26, x + r * 0.3, y - r * 1.08, NAMED["red"], volume=0)
    pen.box(x - r * 0.09, y - r * 1.46, x + r * 0.09, y - r * 0.9, NAMED["red"], volume=0)


def _top(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    pen.box(x - r * 0.75, y - r * 2.1, x + r * 0.75, y - r * 0.8, accent, radius=r * 0.1, volume=0.6)
    pen.box(x - r * 0.75, y - r * 1.1, x + r * 0.75, y - r * 0.85, NAMED["crimson"], volume=0)
    pen.line([(x - r * 1.2, y - r * 0.76), (x + r * 1.2, y - r * 0.76)], r * 0.2, accent)


def _horns(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    for side in (-1, 1):
        pen.line([(x + side * r * 0.9, y - r * 0.8), (x + side * r * 1.6, y - r), (x + side * r * 1.6, y - r * 1.7)],
            r * 0.4,
                 NAMED["ivory"], taper=(1, 0.2))  # fmt: skip
    _helmet(pen, head, (150, 152, 160))
    del accent


def _halo(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    del accent
    pen.line([(x - r * 0.8, y - r * 1.6), (x, y - r * 1.8), (x + r * 0.8, y - r * 1.6), (x, y - r * 1.42),
        (x - r * 0.8, y - r * 1.6)],
             r * 0.16, NAMED["gold"], lit=False)  # fmt: skip


def _flowers(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    del accent
    for step, name in enumerate(("pink", "gold", "coral", "lavender", "pink")):
        place = (step - 2) * 0.42
        pen.oval(x + place * r, y - r * (1.08 - 0.2 * place * place), r * 0.24, r * 0.22, NAMED[name])


def _curls(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    del accent
    for side in (-1, 1):
        for dy in (-0.5, 0.0, 0.4):
            pen.oval(x + side * r * 1.15, y + dy * r, r * 0.42, r * 0.4, (240, 110, 50))
    pen.poly([(x - r * 0.4, y - r), (x + r * 0.4, y - r), (x, y - r * 1.9)], NAMED["azure"], volume=0.6)


def _beret(pen: Pen, head: Head, accent: RGB) -> None:
    x, y, r = head
    pen.blob(
        [
            (x - r, y - r * 0.7),
            (x - r * 1.2, y - r * 1.2),
            (x, y - r * 1.5),
            (x + r * 1.1, y - r),
            (x + r * 0.9, y - r * 0.7),
        ],
        accent,
    )


_HATS = {
    "crown": _crown, "chef": _chef, "straw": _straw, "cowboy": _brimmed, "helmet": _helmet, "police": _police,
    "captain": _captain, "pirate": _pirate, "elf": _pointed, "santa": _santa, "nurse": _nurse, "top": _top,
    "horns": _horns, "halo": _halo, "flowers": _flowers, "curls": _curls, "beret": _beret,
}  # fmt: skip
