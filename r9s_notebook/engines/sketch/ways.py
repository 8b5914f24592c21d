"""The ways in which a thing can stand to another: each a function from a spot and what is near to the spot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from r9s_notebook.engines.sketch.crowd import Field, afloat, swims
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.grammar import Thing
from r9s_notebook.engines.sketch.grammar.compounds import is_animal
from r9s_notebook.engines.sketch.silhouette import crest
from r9s_notebook.engines.sketch.spots import LEGS, Spot, clearance
from r9s_notebook.engines.sketch.subjects import SUBJECTS

SITTER = 1.3
"""How much larger who sits at a table is than beside something else: nothing else is in the picture."""

_READ = {"book", "phone", "laptop", "computer", "map", "newspaper"}
_BEFORE_THE_BODY = {"guitar": 0.62, "violin": 0.46}
"""Instruments that are held upright before whoever plays them, by the player's height."""
_UPRIGHT = {"person", "woman", "child", "astronaut", "robot", "wizard", "knight", "scarecrow", "doll"}
_SEATS = {"chair", "sofa", "bench", "rock", "bed", "throne", "swing", "mushroom", "pumpkin", "gift", "chest"}
_WINDOW = 1.0
"""How wide at most who sits at a window is, by the height that suits it."""
_TOUCHES = 0.02
"""A narrower gap under what sits on something, by its height, is none."""
_CLEAR = {"bottle", "glass", "lightbulb", "ball", "balloon"}
_SHOULDER = (0.44, 0.7)
"""Where an animal sits on a person: aside, by the person's width, and up, by the height."""
_CROWNS = {"tree", "fruit tree", "bush", "pine", "palm"}
_BALLS = {"ball", "football", "basketball"}
_HIGH = {"umbrella", "balloon", "kite", "flag", "sword", "lantern", "star", "wand"}


@dataclass(frozen=True)
class Near:
    """What a place beside something is worked out from.

    Attributes:
        base: What is already placed.
        shift: Of several, how far from the middle one, in copies.
        field: The canvas.
        dice: Chance for this one thing.
        others: All copies of what is already placed.
    """

    base: Spot
    shift: float
    field: Field
    dice: Dice
    others: tuple[Spot, ...] = ()


Way = Callable[[Spot, Near], Spot]


def way_of(thing: Thing, base: Spot) -> str | None:
    """The way that a relation comes to here: on a bus is in it, in a castle is before its door."""
    relation, known = thing.relation, SUBJECTS[base.thing.kind]
    if relation == "riding" and is_low(base):
        return "on"
    if relation == "on" and thing.kind in _UPRIGHT and is_animal(base.thing.kind):
        return "riding"
    if relation == "inside" and known.family in {"buildings", "civic"}:
        return "at the door"
    if relation == "inside" and known.holds is None:
        return _without_inside(base.thing.kind)
    aboard = known.cab is not None or base.thing.kind in {"boat", "ship"}
    return "inside" if relation == "on" and aboard and rides(thing.kind) else relation


def is_low(base: Spot) -> bool:
    """Whether it is flat: a skateboard, a plate, a rock. What stands on it is as large as ever."""
    known = SUBJECTS[base.thing.kind]
    return known.aspect >= 1.3 and known.size <= 0.3


def _on(spot: Spot, near: Near) -> Spot:
    known, base = SUBJECTS[spot.thing.kind], near.base
    if spot.thing.kind in _UPRIGHT and base.thing.kind in _SEATS:
        return _seated(spot, near)
    if base.thing.kind in _UPRIGHT and is_animal(spot.thing.kind):
        tall = min(spot.height, base.height * 0.26)
        x = base.x + base.wide * _SHOULDER[0] * near.dice.sign()
        return replace(spot, x=x, y=base.y - base.height * _SHOULDER[1], height=tall, floats=True)
    seat = base.y - base.height * SUBJECTS[base.thing.kind].seat
    tall = min(
        spot.height, spot.height if is_low(base) else base.height * 0.75,
        base.wide * 0.9 / known.aspect / spot.thing.count, seat - near.field.height * 0.03,
    )  # fmt: skip
    x = base.x + near.shift * known.aspect * tall
    spot = replace(spot, x=x, y=seat, height=max(tall, 40.0), floats=True)
    gap = clearance(spot, base)
    return replace(spot, y=seat + gap + tall * 0.03) if gap > tall * _TOUCHES else spot


def _seated(spot: Spot, near: Near) -> Spot:
    """On the front of the seat, the legs bent over it."""
    known, base = SUBJECTS[spot.thing.kind], near.base
    seat = base.y - base.height * min(SUBJECTS[base.thing.kind].seat, crest(base.thing.kind))
    tall = min(
        max(spot.height, base.height * 0.9), base.height * 1.7, base.wide * 1.1 / known.aspect / spot.thing.count,
        (seat - near.field.height * 0.04) / (1 - LEGS),
    )  # fmt: skip
    x = base.x + near.shift * known.aspect * tall
    return replace(spot, x=x, y=seat + tall * LEGS, height=tall, floats=True, seated=True)


def _amid(spot: Spot, near: Near) -> Spot:
    """Among the branches, and seen."""
    known, base = SUBJECTS[spot.thing.kind], near.base
    tall = min(spot.height, base.height * 0.34, base.wide * 0.7 / known.aspect / spot.thing.count)
    x = base.x + near.shift * known.aspect * tall * 1.05 + (near.dice.between(-0.1, 0.1) * base.wide)
    return replace(spot, x=x, y=base.y - base.height * 0.56 + tall * 0.4, height=tall, floats=True)


def _played(spot: Spot, near: Near) -> Spot:
    """Before or between those who play it; a ball lies at their feet."""
    kind, known, base = spot.thing.kind, SUBJECTS[spot.thing.kind], near.base
    left, right = min(other.x for other in near.others), max(other.x for other in near.others)
    wide = max(base.wide * 1.15, right - left)
    share = 0.24 if kind in _BALLS else 0.5 if known.size >= 0.44 else 0.4
    tall = min(spot.height, base.height * share, wide / known.aspect / spot.thing.count)
    aside = base.wide * 0.55 if kind in _BALLS and len(near.others) == 1 else 0.0
    x = (left + right) / 2 + aside + near.shift * known.aspect * tall * 1.05
    y = max(other.y for other in near.others) + near.field.height * 0.03
    return replace(spot, x=x, y=y, height=tall, floats=base.floats)


def _riding(spot: Spot, near: Near) -> Spot:
    """Legs behind the mount's body, the rest above it."""
    known = SUBJECTS[spot.thing.kind]
    seat = near.base.y - near.base.height * SUBJECTS[near.base.thing.kind].seat
    tall = min(spot.height, near.base.height * 0.85, (seat - near.field.height * 0.04) / 0.66)
    x = near.base.x + (near.shift * 0.7 * known.aspect * tall) - (0.04 * near.base.wide * (-1 if near.base.flip else 1))
    return replace(spot, x=x, y=seat + tall * 0.34, height=max(tall, 40.0), floats=True, cut=seat + tall * 0.1)


def _under(spot: Spot, near: Near) -> Spot:
    tall = min(spot.height, near.base.height * 0.55)
    x = near.base.x + near.shift * SUBJECTS[spot.thing.kind].aspect * tall * 1.05
    if spot.thing.count == 1 and not near.base.floats and SUBJECTS[near.base.thing.kind].stands == "ground":
        x += near.dice.sign() * near.base.wide * 0.2  # beside the trunk, not before it
    y = min(near.field.ground.near, near.base.y + tall * 1.02) if near.base.floats else near.base.y + tall * 0.05
    return replace(spot, x=x, y=y, height=tall, floats=False)


def _above(spot: Spot, near: Near) -> Spot:
    over = near.base.y - near.base.height
    tall = min(spot.height, over - near.field.height * 0.02) if over > near.field.height * 0.2 else spot.height
    tall = min(tall, near.field.height * 0.32)
    x = near.base.x + near.shift * SUBJECTS[spot.thing.kind].aspect * tall * 1.1
    y = max(tall + near.field.height * 0.03, near.base.y - near.base.height * 1.03)
    return replace(spot, x=x, y=y, height=tall, floats=True)


def _behind(spot: Spot, near: Near) -> Spot:
    if rides(spot.thing.kind):  # a fox behind a tree looks round it; a mountain rises over it
        x = near.base.x + (0.22 * near.base.wide + near.shift * spot.wide) * near.dice.sign()
        return replace(spot, x=x, y=near.base.y - near.field.height * 0.02)
    tall = max(spot.height, near.base.height * 1.15)
    x = near.base.x + (0.3 * near.base.wide + near.shift * SUBJECTS[spot.thing.kind].aspect * tall) * near.dice.sign()
    return replace(spot, x=x, y=near.base.y - (near.base.y - near.field.ground.far) * 0.5, height=tall, depth=0.2)


def _inside(spot: Spot, near: Near) -> Spot:
    known = SUBJECTS[spot.thing.kind]
    if SUBJECTS[near.base.thing.kind].cab is not None:
        return _at_the_wheel(spot, near.base)
    rim, most = SUBJECTS[near.base.thing.kind].holds or (0.35, 0.8)
    room = 0.6 if spot.thing.count == 1 else (0.9 if is_animal(spot.thing.kind) else 1.25) / spot.thing.count
    tall = min(near.base.height * most, near.base.wide * room / known.aspect)
    x = near.base.x + near.shift * known.aspect * tall * 0.9
    if SUBJECTS[near.base.thing.kind].stands == "water":  # before the sails, behind the planks
        tall *= 0.8
        x += near.base.wide * (0.2 if near.base.flip else -0.2)
        edge = near.base.y - near.base.height * rim
        return replace(spot, x=x, y=edge + tall * 0.24, height=tall, floats=True, cut=edge)
    return replace(spot, x=x, y=near.base.y - near.base.height * rim + tall * 0.2, height=tall, floats=True)


def _at_the_door(spot: Spot, near: Near) -> Spot:
    """Before the door: nobody inside is seen."""
    known, base = SUBJECTS[spot.thing.kind], near.base
    _, most = SUBJECTS[base.thing.kind].holds or (0.0, 0.3)
    tall = min(spot.height, max(base.height * most, spot.height * 0.5), base.height * 0.6)
    x = base.x + near.shift * known.aspect * tall * 1.05
    return replace(spot, x=x, y=base.y + near.field.height * 0.02, height=tall)


def _without_inside(kind: str) -> str:
    """How something is "in" what is not hollow."""
    if kind in _CROWNS:
        return "amid"
    if kind in _CLEAR:
        return "within"
    return "on" if kind in _SEATS else "beside"


def _within(spot: Spot, near: Near) -> Spot:
    """Seen through the glass."""
    known, base = SUBJECTS[spot.thing.kind], near.base
    tall = min(base.height * 0.42, base.wide * 0.74 / known.aspect / spot.thing.count)
    x = base.x + near.shift * known.aspect * tall
    return replace(spot, x=x, y=base.y - base.height * 0.12, height=tall, floats=True)


def _between(spot: Spot, near: Near) -> Spot:
    middle = sum(other.x for other in near.others) / len(near.others)
    if len(near.others) == 1:
        return beside(spot, near)
    return replace(spot, x=middle + near.shift * spot.wide, y=max(other.y for other in near.others), height=spot.height)


def _at(spot: Spot, near: Near) -> Spot:
    """Behind the table, and seen over it."""
    known, base = SUBJECTS[spot.thing.kind], near.base
    tall = spot.height * SITTER
    aside = -0.16 * base.wide if spot.thing.count == 1 else 0.0  # not behind what is on it
    x = base.x + aside + near.shift * known.aspect * tall
    return replace(spot, x=x, y=base.y - base.height * 0.06, height=tall)


def rides(kind: str) -> bool:
    """Whether it is somebody who rides, plays and sits: a person or an animal."""
    return kind in _UPRIGHT or is_animal(kind)


def _at_the_wheel(spot: Spot, base: Spot) -> Spot:
    """Seen through the window, to the chest."""
    x, top, tall, sill = SUBJECTS[base.thing.kind].cab or (0.0, 0.0, 0.0, 0.0)
    scale = base.height / 100
    seat = spot.number - (spot.thing.count - 1) // 2
    x += seat * SUBJECTS[base.thing.kind].pitch
    tall = min(tall, _WINDOW * tall / SUBJECTS[spot.thing.kind].aspect)
    aside = (x - SUBJECTS[base.thing.kind].aspect * 50) * (-1 if base.flip else 1) * scale
    y = base.y - (100 - top) * scale
    return replace(
        spot, x=base.x + aside, y=y + tall * scale, height=tall * scale, floats=True, cut=base.y - (100 - sill) * scale
    )


def _before(spot: Spot, near: Near) -> Spot:
    tall = min(spot.height, near.base.height * 0.7)
    aside = (
        near.shift * SUBJECTS[spot.thing.kind].aspect * tall
        if spot.thing.count > 1
        else near.base.wide * 0.2 * near.dice.sign()
    )
    return replace(
        spot,
        x=near.base.x + aside,
        y=min(near.field.height * 0.97, near.base.y + near.field.height * 0.05),
        height=tall,
    )


def _held(spot: Spot, near: Near) -> Spot:
    """In the hand; what is read is held before the chest, what is played on as well."""
    kind, holder = spot.thing.kind, SUBJECTS[near.base.thing.kind]
    wide = holder.aspect * 100
    hand = holder.hand or (wide * 0.78, 68.0)
    scale = near.base.height / 100
    aside = (hand[0] - wide / 2) * (-1 if near.base.flip else 1) * scale
    x, y = near.base.x + aside, near.base.y - (100 - hand[1]) * scale
    if kind in _READ:
        tall = near.base.height * (0.3 if is_animal(near.base.thing.kind) else 0.2)
        return replace(spot, x=near.base.x, y=y + tall * 0.4, height=tall, floats=True, flip=False)
    if kind in _BEFORE_THE_BODY:
        tall = near.base.height * _BEFORE_THE_BODY[kind]
        return replace(spot, x=near.base.x, y=y + tall * 0.42, height=tall, floats=True)
    if kind in _HIGH:
        tall = min(near.base.height * (0.98 if kind == "umbrella" else 0.6), y - near.field.height * 0.03)
        foot = 0.2 if kind in {"sword", "umbrella", "flag", "wand"} else 0.04
        aside = (
            {"kite": 0.6, "balloon": 0.3}.get(kind, 0.0) * (-1 if near.base.flip else 1) * tall
        )  # not before the face
        return replace(
            spot,
            x=x + aside + near.shift * tall * 0.4,
            y=y + tall * foot,
            height=tall,
            floats=True,
            flip=near.base.flip,
        )
    tall = min(spot.height, near.base.height * 0.38)
    return replace(spot, x=x + near.shift * tall * 0.5, y=y + tall * 0.3, height=tall, floats=True, flip=near.base.flip)


def beside(spot: Spot, near: Near) -> Spot:
    """At the side that was told, or at either."""
    known = SUBJECTS[spot.thing.kind]
    side = {"left": -1, "right": 1}.get(spot.thing.relation or "", 0) or near.dice.fork("side").sign()
    gap = (near.base.wide + known.aspect * spot.height) / 2 + near.field.width * 0.02
    x = near.base.x + side * (gap + spot.number * known.aspect * spot.height)
    floats = known.stands in {"air", "sky"} or near.field.ground.surface == "none"
    y = (
        near.base.y
        if floats == near.base.floats
        else (near.field.height * 0.4 + spot.height / 2 if floats else near.field.ground.near)
    )
    if swims(spot.thing, near.field.ground):
        return afloat(replace(spot, x=x, y=near.field.ground.near))
    return replace(spot, x=x, y=y, floats=floats)


WAYS: dict[str, Way] = {
    "on": _on,
    "riding": _riding,
    "under": _under,
    "above": _above,
    "behind": _behind,
    "inside": _inside,
    "before": _before,
    "held": _held,
    "amid": _amid,
    "at the door": _at_the_door,
    "within": _within,
    "between": _between,
    "at": _at,
    "played": _played,
}
