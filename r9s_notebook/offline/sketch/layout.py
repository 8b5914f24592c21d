"""Where things stand: counts, sizes, relations, and a composition that fits any canvas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from r9s_notebook.offline.sketch.dice import Dice
from r9s_notebook.offline.sketch.grammar import Thing
from r9s_notebook.offline.sketch.places import Ground
from r9s_notebook.offline.sketch.subjects import SUBJECTS

_MARGIN = 0.05
"""The share of the canvas that things keep from its edges."""


@dataclass(frozen=True)
class Spot:
    """One thing in its place.

    Attributes:
        thing: What.
        number: Which of several.
        x: The middle of its foot, canvas units.
        y: Its foot, canvas units.
        height: Canvas units.
        flip: Mirrored.
        depth: 0 near, 1 at the horizon.
        floats: It casts no shadow on the ground.
    """

    thing: Thing
    number: int
    x: float
    y: float
    height: float
    flip: bool
    depth: float = 0.0
    floats: bool = False

    @property
    def wide(self) -> float:
        """Canvas units."""
        return SUBJECTS[self.thing.kind].aspect * self.height


def arrange(things: Sequence[Thing], ground: Ground, width: float, height: float, dice: Dice) -> list[Spot]:
    """Spots for all things, in the order they are drawn: the far ones first."""
    if not things:
        return []
    anchors = [index for index, thing in enumerate(things) if not _follows(thing, things)]
    placed: dict[int, list[Spot]] = {}
    shares = _shares([things[index] for index in anchors])
    left = 0.0
    order = dice.shuffled(range(len(anchors))) if len(anchors) > 1 else [0]
    for rank in order:
        index, share = anchors[rank], shares[rank]
        placed[index] = _cluster(
            things[index], ground, width, height, (left, left + share), len(anchors), dice.fork(index)
        )
        left += share
    for index, thing in enumerate(things):
        if index not in placed:
            placed[index] = _relative(thing, placed, ground, width, height, dice.fork(index))
    spots = [_inside(spot, width, height) for index in sorted(placed) for spot in placed[index]]
    rank_of = {id(spot): position for position, spot in enumerate(spots)}
    return sorted(spots, key=lambda spot: (_layer(spot), spot.y if not spot.floats else 0, rank_of[id(spot)]))


def _follows(thing: Thing, things: Sequence[Thing]) -> bool:
    """Whether a thing's place depends on another's; of two that depend on each other, the first does."""
    if thing.relation is None or thing.other is None or not 0 <= thing.other < len(things):
        return False
    other = things[thing.other]
    return other.relation is None or other.other is None or thing.other > things.index(thing)


def _layer(spot: Spot) -> int:
    if SUBJECTS[spot.thing.kind].stands == "sky":
        return 0
    return 2 if spot.thing.relation in {"before", "under", "on"} else 0 if spot.thing.relation == "behind" else 1


def _shares(things: Sequence[Thing]) -> list[float]:
    weights = [
        SUBJECTS[thing.kind].aspect ** 0.5 * SUBJECTS[thing.kind].size * thing.size * thing.count**0.5
        for thing in things
    ]
    return [weight / sum(weights) for weight in weights]


def _reference(width: float, height: float) -> float:
    """What a subject's size is measured by: the short side, and a little of the long one."""
    short, long = min(width, height), max(width, height)
    return short * (1 + 0.42 * (long / short - 1)) if height > width else short


def _cluster(  # noqa: PLR0917
    thing: Thing, ground: Ground, width: float, height: float, span: tuple[float, float], groups: int, dice: Dice
) -> list[Spot]:
    known, count = SUBJECTS[thing.kind], thing.count
    tall = _reference(width, height) * known.size * thing.size * (0.96 if groups == 1 else 0.8)
    tall *= dice.between(0.84, 1.12) * (1.2 if count == 1 and groups == 1 and known.size < 0.4 else 1.0)
    room = (span[1] - span[0]) * width * (1 - 2 * _MARGIN)
    x0 = width * (_MARGIN + span[0] * (1 - 2 * _MARGIN))
    columns = min(
        count, max(1, round((count * room / max(1.0, tall * known.aspect * 1.6)) ** 0.5) if count > 3 else count)
    )
    if count > 1:
        tall *= {2: 0.86, 3: 0.76, 4: 0.66}.get(count, 0.56)
    tall = min(tall, room / max(1, columns) / known.aspect * (1.0 if count == 1 else 1.12), height * 0.84)
    floats = known.stands in {"air", "sky"} or ground.surface == "none"
    spots = []
    for number in range(count):
        column, row = number % columns, number // columns
        rows = (count + columns - 1) // columns
        in_row = min(columns, count - row * columns)
        step = room / in_row
        x = (
            x0
            + step * (column + 0.5)
            + (
                dice.between(-0.12, 0.12) * step
                if count > 1 or groups > 1
                else _off_centre(dice, room, tall * known.aspect)
            )
        )
        size = tall * (dice.between(0.88, 1.1) if count > 1 else 1.0)
        if floats:
            y = _aloft(known.stands, ground, height, size, row, rows, dice, count)
            depth = 0.12 if known.stands != "sky" else 0.4
            if thing.kind == "rainbow":  # its feet are on the ground
                y = ground.far
        else:
            back = 1 - (row + 1) / rows if rows > 1 else 0.0
            y = ground.near - (ground.near - ground.far) * (0.75 * back + (dice.between(0, 0.16) if count > 1 else 0))
            size *= 1 - 0.3 * back
            depth = 0.16 * back
            size = min(size, y - height * 0.05)
        spots.append(Spot(thing, number, x, y, size, dice.chance(0.5) and count > 0, depth, floats))
    return spots


def alone(spot: Spot, width: float, height: float) -> Spot:
    """The spot, filling the canvas: for a thing on a transparent ground."""
    tall = min(height * 0.88, width * 0.88 / SUBJECTS[spot.thing.kind].aspect)
    return replace(spot, x=width / 2, y=height / 2 + tall / 2, height=tall)


def _off_centre(dice: Dice, room: float, wide: float) -> float:
    free = max(0.0, room - wide)
    return dice.between(-0.5, 0.5) * min(free, room * 0.46)


def _aloft(  # noqa: PLR0917
    stands: str, ground: Ground, height: float, size: float, row: int, rows: int, dice: Dice, count: int
) -> float:
    limit = min(ground.sky, height * 0.94)
    if ground.surface == "none" or stands == "air":
        middle = height * (0.5 if ground.surface == "none" else 0.46)
        band = height * (0.2 if count > 1 else 0.03)
    else:
        middle, band = limit * 0.42, limit * 0.2
    spread = (row + 0.5) / rows - 0.5
    y = middle + spread * height * 0.6 * (rows > 1) + dice.between(-band, band) * (0.5 if rows > 1 else 1.0) + size / 2
    return max(size + height * 0.03, min(height * 0.96, y))


def _relative(  # noqa: PLR0917
    thing: Thing, placed: dict[int, list[Spot]], ground: Ground, width: float, height: float, dice: Dice
) -> list[Spot]:
    others = placed.get(thing.other if thing.other is not None else -1) or next(iter(placed.values()))
    base = max(others, key=lambda spot: spot.height * spot.wide)
    known = SUBJECTS[thing.kind]
    natural = _reference(width, height) * known.size * thing.size * 0.8
    relation = thing.relation
    spots = []
    for number in range(thing.count):
        shift = number - (thing.count - 1) / 2
        tall = natural * (1.0 if thing.count == 1 else 0.72)
        x, y, floats, depth = base.x, base.y, base.floats, base.depth
        if relation == "on":
            tall = min(
                tall, base.height * 0.75, base.wide * 0.9 / known.aspect / thing.count, base.y - base.height * 0.8
            )
            x, y, floats = (
                base.x + shift * known.aspect * tall,
                base.y - base.height * _SEAT.get(base.thing.kind, 0.97),
                True,
            )
        elif relation == "under":
            tall = min(tall, base.height * 0.62)
            x, y, floats = base.x + shift * known.aspect * tall * 1.05, base.y + tall * 0.05, False
            if base.floats:
                y = min(ground.near, base.y + tall * 1.02)
        elif relation == "above":
            tall = (
                min(tall, base.y - base.height - height * 0.02)
                if base.y - base.height > height * 0.2
                else min(tall, height * 0.25)
            )
            x, y, floats = (
                base.x + shift * known.aspect * tall * 1.1,
                max(tall + height * 0.03, base.y - base.height * 1.03),
                True,
            )
        elif relation == "behind":
            y, depth = base.y - (base.y - ground.far) * 0.5, 0.2
            tall = max(tall, base.height * 1.15)
            x = base.x + (0.3 * base.wide + shift * known.aspect * tall) * dice.sign()
        elif relation == "inside" and base.thing.kind in _HOLDS:
            tall = min(tall, base.height * 0.8, base.wide * 0.6 / known.aspect)
            x, y, floats = base.x + shift * known.aspect * tall * 0.9, base.y - base.height * 0.35, True
        elif relation == "before":
            tall = min(tall, base.height * 0.7)
            x, y = (
                base.x + (shift * known.aspect * tall if thing.count > 1 else dice.between(-0.2, 0.2) * base.wide),
                min(height * 0.97, base.y + height * 0.05),
            )
        else:
            side = {"left": -1, "right": 1}.get(relation or "", dice.sign())
            gap = (base.wide + known.aspect * tall) / 2 + width * 0.02
            x = base.x + side * (gap + (number) * known.aspect * tall)
            floats = known.stands in {"air", "sky"}
            y = base.y if floats == base.floats else (height * 0.4 + tall / 2 if floats else ground.near)
        spots.append(Spot(thing, number, x, y, tall, dice.chance(0.5), depth, floats))
    if relation in {"left", "right", "beside", None} or (relation == "inside" and base.thing.kind not in _HOLDS):
        _make_room(spots, placed, width)
    return spots


_HOLDS = {
    "boat",
    "ship",
    "cup",
    "gift",
    "car",
    "bus",
    "truck",
    "train",
    "hot-air balloon",
    "vase",
    "teapot",
    "rocket",
    "ufo",
    "submarine",
    "house",
    "tent",
    "shoe",
    "hat",
    "top hat",
    "chest",
    "igloo",
    "castle",
    "bouquet",
}
"""What another thing can be in, and look out of."""

_SEAT = {
    "chair": 0.44,
    "sofa": 0.48,
    "table": 0.84,
    "boat": 0.2,
    "whale": 0.6,
    "horse": 0.6,
    "elephant": 0.84,
    "bicycle": 0.72,
    "mushroom": 0.94,
    "rock": 0.72,
    "bridge": 0.7,
    "book": 0.7,
    "tree": 0.6,
    "house": 0.94,
    "turtle": 0.76,
}
"""How high on it something sits, by its height; on anything else it sits at the top."""


def _make_room(spots: list[Spot], placed: dict[int, list[Spot]], width: float) -> None:
    """Shift everything so that two neighbours share the canvas."""
    everyone = [*spots, *(spot for group in placed.values() for spot in group)]
    left = min(spot.x - spot.wide / 2 for spot in everyone)
    right = max(spot.x + spot.wide / 2 for spot in everyone)
    shift = width / 2 - (left + right) / 2
    share = min(1.0, width * (1 - 2 * _MARGIN) / max(1.0, right - left))
    middle = (left + right) / 2

    def moved(spot: Spot) -> Spot:
        return replace(spot, x=middle + (spot.x - middle) * share + shift, height=spot.height * share)

    spots[:] = [moved(spot) for spot in spots]
    for index, group in placed.items():
        placed[index] = [moved(spot) for spot in group]


def _inside(spot: Spot, width: float, height: float) -> Spot:
    """The spot, moved and shrunk until nothing of it is cut off."""
    margin = 0.025
    tall = min(spot.height, width * (1 - 2 * margin) / SUBJECTS[spot.thing.kind].aspect, height * (1 - 2 * margin))
    half = SUBJECTS[spot.thing.kind].aspect * tall / 2
    x = min(max(spot.x, half + width * margin), width - half - width * margin)
    y = min(max(spot.y, tall + height * margin), height * (1 - margin))
    return replace(spot, x=x, y=y, height=tall)
