"""Where a thing stands that was placed by another, alone or with others, and the room that both need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from r9s_notebook.engines.sketch.crowd import MARGIN, Field
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.grammar import Thing
from r9s_notebook.engines.sketch.spots import Spot, reference
from r9s_notebook.engines.sketch.subjects import SUBJECTS
from r9s_notebook.engines.sketch.ways import SITTER, WAYS, Near, beside, rides, way_of


def beside_other(thing: Thing, placed: dict[int, list[Spot]], field: Field, dice: Dice) -> list[Spot]:
    """Spots for a thing that stands to one already placed; may move that one to make room."""
    others = placed.get(thing.other if thing.other is not None else -1) or next(iter(placed.values()))
    base = max(others, key=lambda spot: spot.height * spot.wide)
    natural = natural_height(thing, field)
    relation = way_of(thing, base)
    if relation == "played":
        others = [spot for row in placed.values() for spot in row if _plays(spot.thing)] or others
    if relation == "between":
        others = _parted(thing, natural, placed)
    placed_as = replace(thing, relation=relation)
    way = WAYS.get(relation or "", beside)
    spots = []
    for number in range(thing.count):
        spot = Spot(placed_as, number, base.x, base.y, natural * (1.0 if thing.count == 1 else 0.72), dice.chance(0.5))
        shift = number - (thing.count - 1) / 2
        near = Near(base, shift, field, dice, tuple(others))
        spots.append(way(replace(spot, depth=base.depth, floats=base.floats), near))
    if way is beside or relation == "between":
        _make_room(spots, placed, field.width)
    return spots


def _plays(thing: Thing) -> bool:
    return rides(thing.kind) and thing.relation is None


def natural_height(thing: Thing, field: Field) -> float:
    """How tall a thing is beside another, canvas units."""
    return reference(field.width, field.height) * SUBJECTS[thing.kind].size * thing.size * 0.8 * field.zoom


def lowered(spots: list[Spot], riders: Sequence[Thing], field: Field) -> list[Spot]:
    """What others are on or at, smaller where there is no room over it for them."""
    if not riders:
        return spots
    if riders[0].relation == "at":
        high = min(natural_height(thing, field) for thing in riders) * SITTER * _TABLE
        return [replace(spot, height=min(spot.height, high)) for spot in spots]
    wanted = max(min(natural_height(thing, field), spots[0].height * 1.2) for thing in riders)
    top = min(spot.y for spot in spots) - field.height * 0.04
    under = max(spot.height for spot in spots) * SUBJECTS[spots[0].thing.kind].seat
    if top - under >= wanted * _CRAMPED:
        return spots
    share = top / (under + wanted)
    return [replace(spot, height=spot.height * share) for spot in spots]


_TABLE = 0.5
"""How high a table is at most for who sits at it, by the sitter's height."""

_CRAMPED = 0.6
"""Who has less than this share of the height that suits it over the seat is cramped."""


def abreast(things: Sequence[Thing], base: Spot, field: Field, dice: Dice) -> list[list[Spot]]:
    """Spots for several things that share the top or the inside of another, side by side."""
    ways = [beside_other(replace(thing, other=0), {0: [base]}, field, dice.fork(thing.kind)) for thing in things]
    spots = [spot for way in ways for spot in way]
    if any(spot.cut is not None for spot in spots):
        return _at_windows(ways, base)
    wide = {"before": max(base.wide, field.width * 0.8), "at": field.width * 0.75}.get(
        things[0].relation or "", base.wide * 0.94
    )
    share = min(1.0, wide / sum(spot.wide for spot in spots))
    left = base.x - share * sum(spot.wide for spot in spots) / 2
    result = []
    for way in ways:
        row = []
        for spot in way:
            row.append(replace(spot, x=left + share * spot.wide / 2, height=spot.height * share))
            left += share * spot.wide
        result.append(row)
    return result


def _at_windows(ways: list[list[Spot]], base: Spot) -> list[list[Spot]]:
    """Passengers or riders of several kinds, each at a window or a seat of its own."""
    step = (SUBJECTS[base.thing.kind].pitch or 15.0) * base.height / 100
    if ways[0][0].thing.relation == "riding":
        step = min(ways[0][0].wide, base.wide * 0.28)
    count = len(ways)
    return [
        [replace(spot, x=spot.x + (index - (count - 1) / 2) * step) for spot in way] for index, way in enumerate(ways)
    ]


def _parted(thing: Thing, tall: float, placed: dict[int, list[Spot]]) -> list[Spot]:
    """Those on both sides of something, moved apart to make room for it."""
    pair = [index for index in (thing.other or 0, (thing.other or 0) + 1) if index in placed]
    pair = pair[:1] if pair and len(placed[pair[0]]) > 1 else pair
    if not pair:
        return next(iter(placed.values()))
    spots = [spot for index in pair for spot in placed[index]]
    middle = sum(spot.x for spot in spots) / len(spots)
    room = tall * SUBJECTS[thing.kind].aspect * thing.count * 0.5
    for index in pair:
        placed[index] = [replace(spot, x=spot.x + (room if spot.x > middle else -room)) for spot in placed[index]]
    return [spot for index in pair for spot in placed[index]]


def _make_room(spots: list[Spot], placed: dict[int, list[Spot]], width: float) -> None:
    """Shift everything so that two neighbours share the canvas."""
    everyone = [*spots, *(spot for group in placed.values() for spot in group)]
    left = min(spot.x - spot.wide / 2 for spot in everyone)
    right = max(spot.x + spot.wide / 2 for spot in everyone)
    shift = width / 2 - (left + right) / 2
    share = min(1.0, width * (1 - 2 * MARGIN) / max(1.0, right - left))
    middle = (left + right) / 2

    def moved(spot: Spot) -> Spot:
        return replace(spot, x=middle + (spot.x - middle) * share + shift, height=spot.height * share)

    spots[:] = [moved(spot) for spot in spots]
    for index, members in placed.items():
        placed[index] = [moved(spot) for spot in members]
