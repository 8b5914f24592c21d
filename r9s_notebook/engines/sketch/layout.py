"""Where things stand: who shares the canvas, who depends on whom, and what is drawn first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from r9s_notebook.engines.sketch.crowd import MARGIN, Field, group
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.grammar import Thing
from r9s_notebook.engines.sketch.places import Ground
from r9s_notebook.engines.sketch.related import abreast, beside_other, lowered
from r9s_notebook.engines.sketch.spots import Spot, alone, inside, reference
from r9s_notebook.engines.sketch.subjects import SUBJECTS

__all__ = ["Spot", "alone", "arrange", "bust", "follows"]


def arrange(  # noqa: PLR0917
    things: Sequence[Thing], ground: Ground, width: float, height: float, dice: Dice, zoom: float = 1.0
) -> list[Spot]:
    """Spots for all things, in the order they are drawn: the far ones first."""
    if not things:
        return []
    anchors = [index for index in range(len(things)) if not follows(index, things)]
    field = Field(ground, width, height, width * MARGIN, width * (1 - MARGIN), len(anchors), zoom)
    if len(things) > 1 or things[0].count > 1:
        field = _gathered([things[index] for index in anchors], field, dice.fork("gathered"))
    placed: dict[int, list[Spot]] = {}
    scenery = _scenery([things[index] for index in anchors], ground)
    shares = dict(zip(anchors, _shares([things[index] for index in anchors]), strict=True))
    left = field.left
    for index in _in_order(anchors, things, dice):
        right = left + shares[index] * field.room
        if len(anchors) == 1 and things[index].side in {"left", "right"}:
            middle = (field.left + field.right) / 2
            left, right = (left, middle) if things[index].side == "left" else (middle, right)
        part = replace(field, left=left, right=right)
        if scenery:
            part = _stepped(field, things, anchors, index, scenery)
        riders = [thing for thing in things if thing.other == index and thing.relation in {"on", "riding", "at"}]
        placed[index] = lowered(group(things[index], part, dice.fork(index)), riders, field)
        left = right
    waiting = [index for index in range(len(things)) if index not in placed]
    while waiting:
        ready = [index for index in waiting if things[index].other in placed] or waiting[:1]
        for index in ready:
            if index in placed:
                continue
            mates = [other for other in ready if _share(things[index], things[other], placed)]
            if len(mates) > 1:
                base = max(placed[things[index].other or 0], key=lambda spot: spot.height)
                rows = abreast([things[mate] for mate in mates], base, field, dice.fork(index))
                placed.update(zip(mates, rows, strict=True))
            else:
                placed[index] = beside_other(things[index], placed, field, dice.fork(index))
        waiting = [index for index in waiting if index not in placed]
    spots = [inside(spot, width, height) for index in sorted(placed) for spot in placed[index]]
    rank = {id(spot): position for position, spot in enumerate(spots)}
    return sorted(spots, key=lambda spot: (_layer(spot), spot.y if not spot.floats else 0, rank[id(spot)]))


_LANDMARKS = {"mountain", "volcano", "tree", "pine", "palm", "cactus", "fruit tree"}


def _scenery(anchors: Sequence[Thing], ground: Ground) -> frozenset[str]:
    """The kinds that stand behind the others, each with the whole width: camels before pyramids.

    Only where both are many: one house and one tree stand side by side.
    """
    many = {thing.kind: thing.count > 1 for thing in anchors}
    back = {kind for kind in many if SUBJECTS[kind].family in {"buildings", "civic"} or kind in _LANDMARKS}
    front = {kind for kind in many if kind not in back and SUBJECTS[kind].stands == "ground"}
    both = back and front and back | front == set(many)
    crowded = both and any(many[kind] for kind in back) and any(many[kind] for kind in front)
    return frozenset(back) if crowded and ground.surface == "land" else frozenset()


def _stepped(
    field: Field, things: Sequence[Thing], anchors: Sequence[int], index: int, scenery: frozenset[str]
) -> Field:
    """The back or the front of the ground for a thing; those on the same side of it share the canvas's width."""
    back = things[index].kind in scenery
    row = [other for other in anchors if (things[other].kind in scenery) == back]
    shares = _shares([things[other] for other in row])
    aside = field.width * _ASIDE * (1 if back else -1)
    room = field.width * (1 - 2 * MARGIN)
    left = field.width * MARGIN + aside + room * sum(shares[: row.index(index)])
    ground = field.ground
    middle = ground.far + (ground.near - ground.far) * 0.35
    ground = replace(ground, near=ground.far) if back else replace(ground, far=middle)
    right = left + room * shares[row.index(index)]
    return replace(field, left=left, right=right, ground=ground, groups=1 if back else field.groups)


_ASIDE = 0.05
"""How far the back and the front are moved apart, by the canvas's width: heads show between walls."""


def _share(one: Thing, other: Thing, placed: dict[int, list[Spot]]) -> bool:
    """Whether two stand on or in the same thing."""
    same = (one.relation, one.other) == (other.relation, other.other)
    return same and one.relation in {"on", "inside", "under", "riding", "before", "at"} and one.other in placed


_LOOSE = 1.8
"""How wide a group stands, by what its members cover: in a long picture they still belong together."""


def _gathered(anchors: Sequence[Thing], field: Field, dice: Dice) -> Field:
    """The field, no wider than those on the ground need to stand together, somewhat off the middle."""
    if any(SUBJECTS[thing.kind].stands in {"air", "sky"} for thing in anchors) or field.ground.surface == "none":
        return field
    tall = reference(field.width, field.height) * 0.8 * field.zoom
    covered = sum(
        tall * SUBJECTS[thing.kind].size * thing.size * SUBJECTS[thing.kind].aspect * min(thing.count, 5) ** 0.8
        for thing in anchors
    )
    free = field.room - covered * _LOOSE
    if free <= 0 or any(thing.side for thing in anchors):
        return field
    left = field.left + free * dice.between(0.3, 0.7)
    return replace(field, left=left, right=left + covered * _LOOSE)


def bust(spot: Spot, width: float, height: float) -> Spot:
    """Only the head and the shoulders: the rest is below the picture."""
    known = SUBJECTS[spot.thing.kind]
    tall = height * 1.7
    if known.head is not None:
        tall = min(tall, width * 0.44 / (known.head[2] / 100))
        tall = max(tall, height * 1.02)
    return replace(spot, x=width / 2, y=height * 0.13 + tall, height=tall, depth=0.0, floats=True)


def follows(index: int, things: Sequence[Thing]) -> bool:
    """Whether a thing's place depends on another's; of those that depend on each other, the first does not wait."""
    seen = [index]
    while True:
        thing = things[seen[-1]]
        if thing.relation is None or thing.other is None or not 0 <= thing.other < len(things):
            return len(seen) > 1
        if thing.other in seen:
            ring = seen[seen.index(thing.other) :]
            return index != min(ring)
        seen.append(thing.other)


def _in_order(anchors: list[int], things: Sequence[Thing], dice: Dice) -> list[int]:
    """From left to right: as told, and else by chance."""
    order = dice.shuffled(anchors) if len(anchors) > 1 else list(anchors)
    rank = {"left": -1, "right": 1}
    return sorted(order, key=lambda index: rank.get(things[index].side or "", 0))


def _layer(spot: Spot) -> int:
    if SUBJECTS[spot.thing.kind].stands == "sky" or spot.thing.side == "back":
        return 0
    if spot.thing.relation == "held" and spot.thing.kind == "umbrella":
        return 0  # behind the head, not before the face
    if spot.thing.relation == "inside" and spot.cut is not None:
        return 2
    return {
        "behind": 0,
        "at": 0,
        "riding": 0,
        "inside": 0,
        "before": 2,
        "under": 2,
        "on": 2,
        "amid": 2,
        "within": 2,
        "at the door": 2,
        "played": 2,
        "held": 3,
    }.get(spot.thing.relation or "", 1)


def _shares(things: Sequence[Thing]) -> list[float]:
    weights = [
        SUBJECTS[thing.kind].aspect ** 0.5 * SUBJECTS[thing.kind].size * thing.size * thing.count**0.5
        for thing in things
    ]
    return [weight / sum(weights) for weight in weights]
