"""From a scene to a drawing: light, a place, and things standing where they belong."""

from __future__ import annotations

from dataclasses import dataclass, replace

from r9s_notebook.offline.sketch import abstract, weather
from r9s_notebook.offline.sketch.brief import Brief
from r9s_notebook.offline.sketch.colour import NAMED, RGB, lighter, luma, mix
from r9s_notebook.offline.sketch.dice import Dice
from r9s_notebook.offline.sketch.grammar import Scene, Thing
from r9s_notebook.offline.sketch.layout import Spot, alone, arrange
from r9s_notebook.offline.sketch.light import Light, light_for
from r9s_notebook.offline.sketch.pen import Pen
from r9s_notebook.offline.sketch.places import HOURS, PLACES, Ground, Stage
from r9s_notebook.offline.sketch.shapes import SHORT, Drawing, Shape
from r9s_notebook.offline.sketch.subjects import SUBJECTS
from r9s_notebook.offline.sketch.subjects.clothing import WORN

THINGS = 1000
"""Groups from here on belong to things; lower ones to the place."""


@dataclass(frozen=True)
class Setting:
    """The decisions of a picture that nothing in its prompt forces."""

    place: str
    light: Light


def compose(scene: Scene, brief: Brief) -> Drawing:
    """Everything to paint, in canvas units, back to front."""
    dice = Dice(brief.seed, brief.variation, brief.prompt)
    scale = SHORT / min(brief.width, brief.height)
    width, height = brief.width * scale, brief.height * scale
    setting = _setting(scene, brief, dice)
    light = setting.light
    backdrop = Pen(light=light, dice=dice.fork("place"), detail=brief.detail, width=width, group=1)
    stage = Stage(backdrop, width, height, light, dice.fork("place"), scene)
    if _is_abstract(scene):
        abstract.compose(stage)
        shapes = [*backdrop.shapes[brief.transparent :], *_letters(scene, width, height, light, dice)]
        return Drawing(width, height, tuple(shapes), light, _accent(scene, light))
    ground = PLACES[setting.place](stage)
    things: list[Shape] = []
    spots = arrange(scene.things, ground, width, height, dice.fork("layout"))
    if brief.transparent and len(spots) == 1:
        spots = [alone(spots[0], width, height)]
    for index, spot in enumerate(spots):
        things += _draw(
            spot, index, light, dice.fork("thing", index), brief.detail, ground, shadows=not brief.transparent
        )
    if brief.transparent and things:
        shapes = [*things, *_letters(scene, width, height, light, dice)]
        return Drawing(width, height, tuple(shapes), light, _accent(scene, light))
    front = Pen(light=light, dice=dice.fork("weather"), detail=brief.detail, width=width, group=2)
    weather.fall(scene, front, width, height)
    shapes = [*backdrop.shapes, *things, *front.shapes, *_letters(scene, width, height, light, dice)]
    return Drawing(width, height, tuple(shapes), light, _accent(scene, light))


def _is_abstract(scene: Scene) -> bool:
    return (
        not scene.things and scene.place is None and not (scene.extras or scene.hour or scene.weather or scene.season)
    )


def _setting(scene: Scene, brief: Brief, dice: Dice) -> Setting:
    place = scene.place
    if place is None:
        # What stands on something tells more about the place than what flies by.
        rooted = [thing for thing in scene.things if SUBJECTS[thing.kind].stands not in {"sky", "air"}]
        anchor = next(iter((*rooted, *scene.things)), None)
        place = SUBJECTS[anchor.kind].home if anchor else "meadow"
    if place not in PLACES or place in scene.without:
        place = "plain"
    hour = scene.hour
    if hour is None:
        hour = HOURS.get(place)
    elif HOURS.get(place) == "indoors" and hour not in {"night", "dusk"}:
        hour = "indoors"
    elif HOURS.get(place) in {"deep", "space"}:
        hour = HOURS[place]
    if hour is None:
        hour = dice.fork("hour").pick(("day", "day", "day", "golden", "dawn", "sunset")) if not scene.weather else "day"
    light = light_for(hour, scene.weather or "", vivid=brief.vivid, dice=dice.fork("light"))
    if scene.colours:
        light = _tinted(light, [NAMED[name] for name in scene.colours])
    return Setting(place, light)


def _tinted(light: Light, colours: list[RGB]) -> Light:
    """Colours that belong to no thing become the sky's."""
    first, last = colours[0], colours[-1]
    top, middle, low = light.sky
    share = 0.72
    sky = (
        mix(top, first, share),
        mix(middle, mix(first, last, 0.5) if len(colours) > 1 else lighter(first, 0.25), share),
        mix(low, last if len(colours) > 1 else lighter(first, 0.6), share),
    )
    return replace(light, sky=sky, haze=mix(light.haze, sky[2], 0.6))


def _accent(scene: Scene, light: Light) -> RGB:
    named = [*scene.colours, *(name for thing in scene.things for name in thing.colours)]
    if named:
        return NAMED[named[0]]
    if scene.things:
        return SUBJECTS[scene.things[0].kind].colours[0]
    return light.sky[0]


_BY_WORD = {
    "goldfish": "orange", "clownfish": "orange", "swan": "white", "dove": "white", "seagull": "white", "gull": "white",
    "crow": "black", "raven": "black", "ladybug": "red", "taxi": "yellow", "fire truck": "red", "orca": "black",
    "corgi": "orange", "labrador": "cream", "parrot": "emerald", "poppy": "red", "daisy": "white", "lily": "white",
    "lemons": "lemon", "pear": "lime", "santa hat": "red", "witch hat": "indigo", "wizard hat": "indigo",
    "straw hat": "sand", "mars": "rust", "earth": "azure", "world": "azure",
    "cherry": "crimson", "milk": "white", "wine": "burgundy",
}  # fmt: skip
"""Words that carry a colour of their own."""


def colours_of(thing: Thing, dice: Dice, index: int = 0) -> tuple[RGB, RGB | None]:
    """The main and the second colour of a thing, or of one of several."""
    own = (NAMED[_BY_WORD[thing.word]],) if thing.word in _BY_WORD else SUBJECTS[thing.kind].colours
    named = [NAMED[name] for name in thing.colours]
    if len(named) > 1:
        return (named[index % len(named)], None) if thing.count > 1 else (named[0], named[1])
    if named:
        return named[0], None
    if thing.count > 1 and len(own) > 1:
        return own[(index + dice.whole(0, len(own) - 1)) % len(own)] if index == 0 else own[index % len(own)], None
    return dice.pick(own), None


def _draw(  # noqa: PLR0917 - one private caller
    spot: Spot, index: int, light: Light, dice: Dice, detail: int, ground: Ground, *, shadows: bool
) -> list[Shape]:
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
        traits=thing.traits,
    )
    known.draw(pen)
    shapes = [*(_shadow(spot, pen.shapes, light, ground) if shadows else ()), *pen.shapes]
    for worn in thing.wears:
        shapes += _wear(worn, spot, pen, dice)
    if shadows and ground.surface == "water" and known.stands == "water":
        shapes += _reflection(pen.shapes, spot, light)
    return shapes


def _wear(worn: Thing, spot: Spot, wearer: Pen, dice: Dice) -> list[Shape]:
    known, head = SUBJECTS[worn.kind], SUBJECTS[spot.thing.kind].head
    if head is None:
        return []
    scale = spot.height / 100
    x, y, wide = head
    x = wearer.width - x if spot.flip else x
    share = WORN.get(worn.kind, 1.2) * worn.size
    size = wide * share * scale / (known.aspect * 100)
    tall = size * 100
    drop = {"scarf": wide * 1.15, "glasses": wide * 0.62, "bow": wide * 1.1}.get(worn.kind, wide * 0.14) * scale
    left = spot.x + (x - wearer.width / 2) * scale - known.aspect * tall / 2
    top = spot.y - spot.height + y * scale + drop - (tall / 2 if worn.kind in {"glasses", "scarf", "bow"} else tall)
    main, second = colours_of(worn, dice.fork("worn", worn.kind))
    pen = Pen(
        light=wearer.light, dice=dice.fork("wear"), detail=wearer.detail, scale=size, origin=(left, top),
        width=known.aspect * 100, flip=spot.flip, depth=spot.depth, group=wearer.group, main=main, second=second,
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
    pen.oval(
        middle + lean,
        spot.y - tall * 0.1,
        reach + abs(lean) * 0.7,
        tall * 1.25,
        light.shade,
        lit=False,
        opacity=strength * 0.6,
        soft=tall * 0.5,
        volume=0,
        line=False,
    )
    pen.oval(
        middle + lean * 0.2,
        spot.y - tall * 0.2,
        reach * 0.9,
        tall * 0.6,
        light.shade,
        lit=False,
        opacity=strength,
        soft=tall * 0.22,
        volume=0,
        line=False,
    )
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


def _letters(scene: Scene, width: float, height: float, light: Light, dice: Dice) -> list[Shape]:
    """Texts in quotes, each on its own line near the top."""
    shapes: list[Shape] = []
    alone = _is_abstract(scene)
    tall = min(height * 0.16, 170.0) * (1.25 if alone else 1.0)
    top = height * (0.5 - 0.1 * len(scene.letters)) if alone else height * 0.055
    for line, text in enumerate(scene.letters):
        y0 = top + line * tall * 1.2
        box = ((width * 0.07, y0), (width * 0.93, y0), (width * 0.93, y0 + tall), (width * 0.07, y0 + tall))
        behind = light.sky[0] if not alone else light.sky[1]
        colour = (255, 250, 236) if luma(behind) < 150 else mix(light.shade, (40, 34, 60), 0.4)
        under = light.shade if luma(colour) > 150 else (255, 252, 244)
        drop = tuple((x + 4, y + 6) for x, y in box)
        shapes.append(Shape(drop, under, opacity=0.5, soft=4, text=text, group=THINGS - 1, line=False))
        shapes.append(Shape(box, colour, text=text, group=THINGS - 1 - line, line=False))
    del dice
    return shapes
