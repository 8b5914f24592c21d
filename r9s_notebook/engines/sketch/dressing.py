"""One thing drawn where it stands: in its colours, with what it wears, its shadow and its mirror image."""

from __future__ import annotations

from dataclasses import replace

from r9s_notebook.engines.sketch.colour import NAMED, RGB, mix
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.geometry import Outline, bounds
from r9s_notebook.engines.sketch.grammar import Thing
from r9s_notebook.engines.sketch.grammar.words import forms
from r9s_notebook.engines.sketch.light import Light
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.places import Ground
from r9s_notebook.engines.sketch.shapes import Shape
from r9s_notebook.engines.sketch.silhouette import head_of
from r9s_notebook.engines.sketch.spots import BENT, LEGS, Spot
from r9s_notebook.engines.sketch.subjects import SUBJECTS
from r9s_notebook.engines.sketch.subjects.registry import LOW, WORN
from r9s_notebook.engines.sketch.trimmings import borne, breath, features, headwear, ripples, sign

THINGS = 1000
"""Groups from here on belong to things; lower ones to the place."""

_BY_WORD = {
    "goldfish": "orange", "clownfish": "orange", "swan": "white", "dove": "white", "seagull": "white", "gull": "white",
    "crow": "black", "raven": "black", "ladybug": "red", "taxi": "yellow", "fire truck": "red", "orca": "black",
    "school bus": "yellow", "corgi": "orange", "labrador": "cream", "parrot": "emerald", "poppy": "red",
    "daisy": "white", "lily": "white",
    "pear": "lime", "santa hat": "red", "witch hat": "indigo", "wizard hat": "indigo", "lime": "lime",
    "straw hat": "sand", "mars": "rust", "earth": "azure", "world": "azure", "fire engine": "red",
    "cherry": "crimson", "milk": "white", "wine": "burgundy", "ambulance": "white", "police car": "navy",
    "golden retriever": "sand", "dalmatian": "white", "shiba inu": "orange", "chihuahua": "sand",
    "lavender flower": "lavender", "panther": "black", "jaguar": "mustard",
}  # fmt: skip
"""Words that carry a colour of their own."""


def colours_of(thing: Thing, dice: Dice, index: int = 0) -> tuple[RGB, RGB | None]:
    """The main and the second colour of a thing, or of one of several."""
    by_word = next((_BY_WORD[form] for form in forms(thing.word) if form in _BY_WORD), None)
    own = (NAMED[by_word],) if by_word else SUBJECTS[thing.kind].colours
    named = [NAMED[name] for name in thing.colours]
    part = NAMED[thing.parts[0][1]] if thing.parts else None
    if len(named) > 1:
        return (named[index % len(named)], part) if thing.count > 1 else (named[0], named[1])
    if named:
        return named[0], part
    if thing.count > 1 and len(own) > 1:
        return own[(index + dice.whole(0, len(own) - 1)) % len(own)] if index == 0 else own[index % len(own)], part
    return dice.pick(own), part


def drawn(  # noqa: PLR0917 - one caller
    spot: Spot, index: int, light: Light, dice: Dice, detail: int, ground: Ground, *, shadows: bool
) -> list[Shape]:
    """The shapes of one thing in its place."""
    thing, known = spot.thing, SUBJECTS[spot.thing.kind]
    main, second = colours_of(thing, dice.fork("colour"), spot.number)
    scale = spot.height / 100
    pen = Pen(
        light=light,
        dice=dice.fork(spot.number),
        detail=detail,
        scale=scale,
        origin=(spot.x - known.aspect * 50 * scale, spot.y - spot.height),
        width=known.aspect * 100,
        flip=spot.flip,
        depth=spot.depth,
        group=THINGS + index,
        main=main,
        second=second,
        traits=thing.traits | {thing.word},
        parts={part: NAMED[name] for part, name in thing.parts},
        pieces=thing.pieces,
    )
    known.draw(pen)
    _trim(pen, thing, dice)
    if "upside down" in thing.traits:
        pen.shapes[:] = _upended(pen.shapes, spot)
    if spot.seated:
        pen.shapes[:] = _sitting(pen.shapes, spot)
    if spot.cut is not None:
        pen.shapes[:] = _cut_below(pen.shapes, spot.cut)
        if spot.wet:
            ripples(pen, spot.cut)
    shapes = [*(_shadow(spot, pen.shapes, light, ground) if shadows else ()), *pen.shapes]
    head_at = head_of(thing.kind) if thing.wears else None
    if head_at is not None:
        x, y, wide = head_at
        x = spot.x + ((pen.width - x if spot.flip else x) - pen.width / 2) * scale
        head = (x, spot.y - spot.height + y * scale, wide * scale)
        for worn in thing.wears:
            shapes += worn_on(worn, head, pen, dice, flip=spot.flip)
    if shadows and ground.surface == "water" and known.stands == "water":
        shapes += _reflection(pen.shapes, spot, light)
    return shapes


def _trim(pen: Pen, thing: Thing, dice: Dice) -> None:
    """What the thing has besides its own drawing: fruit, a sign, a role's hat, a breath of fire."""
    head = SUBJECTS[thing.kind].head
    if thing.bears is not None:
        colour, _ = colours_of(thing.bears, dice.fork("borne"))
        if not thing.bears.colours and not any(form in _BY_WORD for form in forms(thing.bears.word)):
            # A green apple is not seen in a tree.
            colour = max(SUBJECTS[thing.bears.kind].colours, key=lambda own: _unlike(own, pen.main))
        if thing.kind in {"tree", "bush", "cactus"}:
            borne(pen, thing.kind, thing.bears, colour)
        else:
            sign(pen, thing.kind, thing.bears, colour)
    if "face" in thing.traits and head is None:
        features(pen)
    if head is not None and thing.role:
        headwear(pen, thing.role, head)
    if head is not None and "fire" in thing.traits:
        breath(pen, head)


def _unlike(one: RGB, other: RGB) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def _upended(shapes: list[Shape], spot: Spot) -> list[Shape]:
    """The thing on its head."""
    axis = 2 * spot.y - spot.height

    def turned(outline: Outline) -> Outline:
        return tuple((x, axis - y) for x, y in outline)

    return [
        replace(shape, outline=turned(shape.outline), clip=shape.clip and turned(shape.clip), stops=shape.stops[::-1])
        for shape in shapes
    ]


def _sitting(shapes: list[Shape], spot: Spot) -> list[Shape]:
    """The legs of who stands, shorter: seen from the front, thighs point at us."""
    hip = spot.y - spot.height * LEGS

    def bent(y: float) -> float:
        return y if y < hip else hip + (y - hip) * BENT

    return [
        replace(shape, outline=tuple((x, bent(y)) for x, y in shape.outline),
                clip=shape.clip and tuple((x, bent(y)) for x, y in shape.clip))
        for shape in shapes
    ]  # fmt: skip


def _cut_below(shapes: list[Shape], y: float) -> list[Shape]:
    """Only what is above a line."""
    cut = []
    for shape in shapes:
        left, top, right, bottom = bounds(shape.outline)
        if bottom <= y or shape.glow:
            cut.append(shape)
        elif top < y and shape.clip is None:
            cut.append(replace(shape, clip=((left, top - 9), (right, top - 9), (right, y), (left, y))))
    return cut


def worn_on(worn: Thing, head: tuple[float, float, float], wearer: Pen, dice: Dice, *, flip: bool) -> list[Shape]:
    """The shapes of what is worn.

    Args:
        worn: A hat, glasses, a scarf.
        head: The middle of a hat's brim, x and y, and the head's width, in canvas units.
        wearer: The pen that drew who wears it: the same light, detail, depth and group.
        dice: Chance for it.
        flip: Mirrored.
    """
    known, (x, y, wide) = SUBJECTS[worn.kind], head
    tall = wide * WORN.get(worn.kind, 1.2) * worn.size / known.aspect
    low = worn.kind in LOW
    top = y + wide * LOW.get(worn.kind, 0.14) - (tall / 2 if low else tall)
    main, second = colours_of(worn, dice.fork("worn", worn.kind))
    pen = Pen(
        light=wearer.light, dice=dice.fork("wear"), detail=wearer.detail, scale=tall / 100,
        origin=(x - known.aspect * tall / 2, top), width=known.aspect * 100, flip=flip, depth=wearer.depth,
        group=wearer.group, main=main, second=second, traits=frozenset({worn.word}),
    )  # fmt: skip
    known.draw(pen)
    return pen.shapes


def _shadow(spot: Spot, shapes: list[Shape], light: Light, ground: Ground) -> list[Shape]:
    """The shadow on the ground, as wide as what stands there, longer when the light is low."""
    known = SUBJECTS[spot.thing.kind]
    if ground.surface == "none" or spot.floats or (ground.surface == "water" and known.stands == "water"):
        return []
    feet = [x for shape in shapes for x, y in shape.outline if not shape.glow and abs(y - spot.y) < spot.height * 0.07]
    if not feet:
        return []
    middle, half = (min(feet) + max(feet)) / 2, max(12.0, (max(feet) - min(feet)) / 2)
    reach = min(half, known.aspect * spot.height * 0.5) + spot.height * 0.04
    lean = -light.sun[0] * spot.height * 0.12 * (1.6 - min(1.0, light.sun[1]))
    strength = 0.24 + 0.3 * light.contrast
    tall = max(6.0, reach * 0.13)
    pen = Pen(light=light, dice=Dice("shadow"), group=2, depth=spot.depth)
    how = {"lit": False, "volume": 0, "line": False}
    pen.oval(
        middle + lean, spot.y - tall * 0.1, reach + abs(lean) * 0.7, tall * 1.25, light.shade,
        opacity=strength * 0.6, soft=tall * 0.5, **how,
    )  # fmt: skip
    pen.oval(
        middle + lean * 0.2, spot.y - tall * 0.2, reach * 0.9, tall * 0.6, light.shade,
        opacity=strength, soft=tall * 0.22, **how,
    )  # fmt: skip
    return pen.shapes


def _reflection(shapes: list[Shape], spot: Spot, light: Light) -> list[Shape]:
    """The thing upside down in the water, faint."""
    mirrored = []
    for shape in shapes:
        if shape.glow or shape.opacity < 0.5 or shape.text:
            continue
        outline = tuple((x, spot.y + (spot.y - y) * 0.42 - 2) for x, y in shape.outline)
        mirrored.append(
            replace(
                shape,
                outline=outline,
                clip=None,
                opacity=0.2,
                volume=0.0,
                line=False,
                group=2,
                soft=2.0,
                colour=mix(shape.colour, light.sky[1], 0.4),
                stops=(),
            )
        )
    return mirrored[:24]
