"""A thing in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from r9s_notebook.engines.sketch.grammar import Thing
from r9s_notebook.engines.sketch.silhouette import STEPS, head_of, profile
from r9s_notebook.engines.sketch.subjects import SUBJECTS
from r9s_notebook.engines.sketch.subjects.registry import LOW, WORN


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
        cut: The y below which nothing of it shows: a rider's legs, a driver's lap, what is under water.
        wet: It is cut by the water.
        seated: Its legs are those of somebody who sits.
    """

    thing: Thing
    number: int
    x: float
    y: float
    height: float
    flip: bool
    depth: float = 0.0
    floats: bool = False
    cut: float | None = None
    seated: bool = False
    wet: bool = False

    @property
    def wide(self) -> float:
        """Canvas units."""
        return SUBJECTS[self.thing.kind].aspect * self.height


LEGS = 0.34
"""How long the legs of who stands upright are, by the height."""

BENT = 0.72
"""How much of them is seen of somebody who sits."""


def reference(width: float, height: float) -> float:
    """What a subject's size is measured by: the short side, and a little of the long one."""
    short, long = min(width, height), max(width, height)
    return short * (1 + (0.42 if height > width else 0.2) * (min(2.4, long / short) - 1))


def inside(spot: Spot, width: float, height: float) -> Spot:
    """The spot, moved and shrunk until nothing of it, or of what it wears, is cut off."""
    margin = 0.025
    hat = headroom(spot.thing)
    tall = min(
        spot.height,
        width * (1 - 2 * margin) / (SUBJECTS[spot.thing.kind].aspect + reach(spot.thing)),
        height * (1 - 2 * margin) / (1 + hat),
    )
    half = SUBJECTS[spot.thing.kind].aspect * tall / 2
    left, right = (reach(spot.thing), 0.0) if spot.flip else (0.0, reach(spot.thing))
    x = min(max(spot.x, half + left * tall + width * margin), width - half - right * tall - width * margin)
    y = max(spot.y, tall * (1 + hat) + height * margin)
    if not spot.wet:  # a swimmer's feet are nowhere to be seen
        y = min(y, height * (1 - margin))
    cut = spot.cut and spot.cut + y - spot.y
    return replace(spot, x=x, y=y, height=tall, cut=cut)


def alone(spot: Spot, width: float, height: float, share: float = 0.88) -> Spot:
    """The spot, filling so much of the canvas: for a thing on a transparent ground, or on an emblem."""
    hat = headroom(spot.thing)
    side = min(width, height) if share < 0.88 else 0.0
    tall = min((side or height) * share / (1 + hat), (side or width) * share / SUBJECTS[spot.thing.kind].aspect)
    return replace(spot, x=width / 2, y=height / 2 + tall * (1 + hat) / 2, height=tall)


def enlarged(spot: Spot, width: float, height: float, zoom: float) -> Spot:
    """The spot, larger if it is small for how near the picture is taken: nothing else is in it."""
    side = min(width, height) * 0.5 * zoom
    factor = max(1.0, min(1.6, side / max(spot.height, spot.wide)))
    foot = spot.y + spot.height * (factor - 1) * (0.5 if spot.floats else 0.2)
    return inside(replace(spot, height=spot.height * factor, y=foot), width, height)


def reach(thing: Thing) -> float:
    """How far its breath of fire comes before its own box, by its height."""
    known = SUBJECTS[thing.kind]
    if known.head is None or "fire" not in thing.traits:
        return 0.0
    x, _, wide = known.head
    return max(0.0, (x + wide * 2.65) / 100 - known.aspect)


def headroom(thing: Thing) -> float:
    """How far what it wears rises over its own box, by its height."""
    head = head_of(thing.kind) if thing.wears or thing.role else None
    if head is None:
        return 0.0
    over = max(0.0, (head[2] * 0.85 - head[1]) / 100) if thing.role else 0.0
    for worn in thing.wears:
        if worn.kind in WORN and worn.kind not in LOW:
            tall = head[2] * WORN[worn.kind] * worn.size / SUBJECTS[worn.kind].aspect
            over = max(over, (tall - head[1] - head[2] * 0.14) / 100)
    return over


def clearance(upper: Spot, lower: Spot) -> float:
    """How far one thing could sink until it touches the other, canvas units; 0 where they touch or pass each other."""
    gaps = []
    for step in range(STEPS):
        x = upper.x + ((step + 0.5) / STEPS - 0.5) * upper.wide
        place = int(((x - lower.x) / lower.wide + 0.5) * STEPS)
        if 0 <= place < STEPS:
            top, _ = profile(lower.thing.kind)[STEPS - 1 - place if lower.flip else place]
            _, sole = profile(upper.thing.kind)[STEPS - 1 - step if upper.flip else step]
            if top > 0 and sole < 1:
                gaps.append((upper.y - upper.height * sole, lower.y - lower.height * top))
    return max(0.0, min((top - sole for sole, top in gaps), default=0.0))
