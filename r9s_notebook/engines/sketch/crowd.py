"""One thing or several of a kind, in a part of the canvas: every copy is seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.grammar import Thing
from r9s_notebook.engines.sketch.places import Ground
from r9s_notebook.engines.sketch.spots import Spot, headroom, reference
from r9s_notebook.engines.sketch.subjects import SUBJECTS

MARGIN = 0.05
"""The share of the canvas that things keep from its edges."""

_RISE = 0.36
"""How far one row stands behind the next, by a copy's height."""


_CLEAR = 0.8
"""The same where there is room for it: no row hides much of the one behind it."""


@dataclass(frozen=True)
class Field:
    """The part of the canvas that a group has.

    Attributes:
        ground: Where its feet may be.
        width: Of the canvas.
        height: Of the canvas.
        left: Canvas units.
        right: Canvas units.
        groups: How many share the canvas.
        zoom: How near the picture is taken.
    """

    ground: Ground
    width: float
    height: float
    left: float
    right: float
    groups: int = 1
    zoom: float = 1.0

    @property
    def room(self) -> float:
        """Canvas units across."""
        return self.right - self.left


def group(thing: Thing, field: Field, dice: Dice) -> list[Spot]:
    """Spots for all copies of a thing."""
    known = SUBJECTS[thing.kind]
    tall = reference(field.width, field.height) * known.size * thing.size * (0.96 if field.groups == 1 else 0.8)
    tall *= field.zoom
    if thing.count == 1:
        return [_single(thing, field, tall, dice)]
    tall *= dice.between(0.9, 1.08) * {2: 0.86, 3: 0.76, 4: 0.68}.get(thing.count, 0.66)
    return _aloft(thing, field, tall, dice) if _floats(thing, field.ground) else _standing(thing, field, tall, dice)


def _floats(thing: Thing, ground: Ground) -> bool:
    aloft = SUBJECTS[thing.kind].stands in {"air", "sky"} or "aloft" in thing.traits
    return (aloft and not swims(thing, ground)) or ground.surface == "none"


def swims(thing: Thing, ground: Ground) -> bool:
    """Whether it is in the water here; what lives under it shows its back."""
    lives = SUBJECTS[thing.kind].home == "underwater" and "aloft" not in thing.traits
    return ground.surface == "water" and ("swimming" in thing.traits or lives)


def _foot(thing: Thing, ground: Ground) -> float:
    return ground.near if swims(thing, ground) else ground.under(SUBJECTS[thing.kind].stands)


_ALOFT = 0.46
"""How tall at most what does not fly by itself is in the air, by the canvas's height: air shows under it."""

_DRAUGHT = 0.42
"""How much of a swimmer is under water, by the height."""


def afloat(spot: Spot) -> Spot:
    """The spot, sunk into the water that it stood on."""
    return replace(spot, y=spot.y + spot.height * _DRAUGHT, cut=spot.y, floats=True, wet=True)


def _single(thing: Thing, field: Field, tall: float, dice: Dice) -> Spot:
    known, ground = SUBJECTS[thing.kind], field.ground
    tall *= dice.between(0.88, 1.12) * (1.2 if field.groups == 1 and known.size < 0.4 else 1.0)
    tall = min(tall, field.room / known.aspect, field.height * 0.84)
    free = max(0.0, field.room - tall * known.aspect)
    x = (field.left + field.right) / 2 + dice.between(-0.5, 0.5) * min(free, field.room * 0.46)
    if not _floats(thing, ground):
        near = _foot(thing, ground)
        tall = min(tall, (near - field.height * 0.05) / (1 + headroom(thing)))
        back = 0.6 if thing.side == "back" else 0.0
        y = near - (near - min(near, ground.far)) * back
        spot = Spot(thing, 0, x, y, tall * (1 - 0.45 * back), dice.chance(0.5), 0.3 * back)
        return afloat(spot) if swims(thing, ground) else spot
    if "aloft" in thing.traits:
        tall = min(tall, field.height * _ALOFT)
    y = (
        _middle("air" if "aloft" in thing.traits else known.stands, field)
        + dice.between(-0.04, 0.04) * field.height
        + tall / 2
    )
    y = max(tall + field.height * 0.03, min(field.height * 0.96, y))
    if thing.kind == "rainbow":  # its feet are on the ground
        y = ground.far
    return Spot(thing, 0, x, y, tall, dice.chance(0.5), 0.4 if known.stands == "sky" else 0.12, True)


def _middle(stands: str, field: Field) -> float:
    if field.ground.surface == "none":
        return field.height * 0.5
    return field.height * 0.44 if stands == "air" else min(field.ground.sky, field.height * 0.94) * 0.42


def _standing(thing: Thing, field: Field, tall: float, dice: Dice) -> list[Spot]:
    """Rows on the ground, each half a step beside the one before it, so that the back row looks through the gaps."""
    known, ground, count = SUBJECTS[thing.kind], field.ground, thing.count
    foot = _foot(thing, ground)
    near = max(foot, min(field.height * 0.95, foot + field.height * 0.05))
    band = near - min(ground.far, near)
    best, rows = 0.0, 1
    for candidate in range(1, 4):
        columns = ceil(count / candidate)
        apart = band / max(1, candidate - 1)
        fits = min(
            tall, (0.94 if candidate == 1 else 0.66) * field.room / (columns + (candidate > 1) * 0.5) / known.aspect
        )
        if candidate > 1:
            # Rows that stand clear of each other may be as wide as they like.
            clear = min(tall, 0.9 * field.room / (columns + 0.5) / known.aspect, apart / _CLEAR)
            fits = max(clear, min(fits, apart / _RISE))
        if fits > best * 1.08:
            best, rows = fits, candidate
    columns = ceil(count / rows)
    step = field.room / (columns + (0.5 if rows > 1 else 0.0))
    spots = []
    for number in range(count):
        row, column = divmod(number, columns)  # row 0 is the last
        in_row = min(columns, count - row * columns)
        shift = (step * 0.5 if row % 2 else 0.0) + (columns - in_row) * step * 0.5 * (rows == 1)
        x = field.left + step * (column + 0.5) + shift + dice.between(-0.05, 0.05) * step
        behind = rows - 1 - row
        y = (
            near
            - behind * max(best * _RISE, min(band / max(1, rows - 1), best * _CLEAR))
            - dice.between(0, 0.06) * best
        )
        spots.append(
            Spot(
                thing, number, x, y, best * dice.between(0.9, 1.0) * (1 - 0.06 * behind), dice.chance(0.5), 0.1 * behind
            )
        )
    return [afloat(spot) for spot in spots] if swims(thing, ground) else spots


def _aloft(thing: Thing, field: Field, tall: float, dice: Dice) -> list[Spot]:
    """Rows in the air, none before another."""
    known, count = SUBJECTS[thing.kind], thing.count
    free = field.height * (0.9 if field.ground.surface == "none" else 0.8)
    if known.stands == "sky" and field.ground.surface != "none":
        free = min(free, field.ground.sky)
    best, rows = 0.0, 1
    for candidate in range(1, 5):
        columns = ceil(count / candidate)
        fits = min(tall, 0.92 * field.room / columns / known.aspect, free / (candidate + 0.2))
        if fits > best * 1.05:
            best, rows = fits, candidate
    columns = ceil(count / rows)
    step, rise = field.room / columns, min(free / rows, best * 1.5)
    top = max(field.height * 0.04, _middle("air" if "aloft" in thing.traits else known.stands, field) - rise * rows / 2)
    slack = max(0.0, rise - best)
    sway = min(field.height * 0.12, free - best) if rows == 1 else slack
    spots = []
    for number in range(count):
        row, column = divmod(number, columns)
        in_row = min(columns, count - row * columns)
        aside = 0.2 * (1 if row % 2 else -1) * (rows > 1 and in_row == columns)
        x = field.left + step * (column + 0.5 + (columns - in_row) * 0.5 + aside)
        x += dice.between(-0.5, 0.5) * max(0.0, step - best * known.aspect) * 0.6
        size = best * dice.between(0.9, 1.0)
        y = top + rise * row + best + dice.between(-0.5, 0.5) * sway
        y = max(size + field.height * 0.03, min(field.height * 0.96, y))
        spots.append(Spot(thing, number, x, y, size, dice.chance(0.5), 0.12, True))
    return spots
