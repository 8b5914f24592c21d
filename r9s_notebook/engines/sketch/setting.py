"""What nothing in a prompt forces: the place, the light, and how the picture is taken."""

from __future__ import annotations

from dataclasses import dataclass, replace

from r9s_notebook.engines.sketch.brief import Brief
from r9s_notebook.engines.sketch.colour import NAMED, RGB, lighter, mix
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.grammar import Scene, Thing
from r9s_notebook.engines.sketch.layout import follows
from r9s_notebook.engines.sketch.light import Light, light_for
from r9s_notebook.engines.sketch.places import HOURS, PLACES
from r9s_notebook.engines.sketch.places.stage import shown
from r9s_notebook.engines.sketch.subjects import SUBJECTS


@dataclass(frozen=True)
class Framing:
    """How a picture of a request differs from the one before it.

    It goes by the image's own seed, for an image must come out the same when its seed is asked for alone. A request's
    images have seeds that follow each other, so no two of up to six are framed alike.

    Attributes:
        zoom: How near it is taken: 1 as usual, more is closer.
        tilt: How far the horizon is moved down, as a share of the height.
        lean: How far things are moved to a side, as a share of the width.
    """

    zoom: float = 1.0
    tilt: float = 0.0
    lean: float = 0.0


_FRAMINGS = (
    Framing(),
    Framing(zoom=1.34, tilt=0.07),
    Framing(zoom=0.78, tilt=0.1, lean=-0.14),
    Framing(zoom=1.12, tilt=-0.1, lean=0.12),
    Framing(zoom=0.88, tilt=0.02, lean=0.16),
    Framing(zoom=1.5, tilt=0.02, lean=-0.06),
)
_OPEN_HOURS = ("day", "golden", "day", "dawn", "day", "sunset", "dusk")
"""The hour of a seed where the prompt leaves it open. Seven, for six framings: 42 seeds until both come again."""


@dataclass(frozen=True)
class Setting:
    """The decisions of a picture."""

    place: str
    light: Light
    framing: Framing


def setting_for(scene: Scene, brief: Brief, dice: Dice) -> Setting:
    """The place of the scene, its light, and the framing of this seed."""
    place = scene.place or _home(scene, brief.seed)
    if (
        place in {"kitchen", "cafe"}
        and scene.things
        and all(SUBJECTS[thing.kind].stands == "table" for thing in scene.things)
    ):
        place = "table"  # a cup is seen from near
    if place not in PLACES or place in scene.without:
        place = "plain"
    hour = _hour(scene, place, brief)
    light = light_for(hour, scene.weather or "", vivid=brief.vivid, dice=dice.fork("light"), things=shown(scene))
    if scene.ground and HOURS.get(place) == "indoors":
        colour = NAMED[scene.ground[0]]
        light = replace(light, sky=(colour, colour, colour), haze=colour)
    elif scene.colours:
        light = _tinted(light, [NAMED[name] for name in scene.colours])
    framing = _FRAMINGS[brief.seed % len(_FRAMINGS)]
    if max(brief.width, brief.height) > 1.6 * min(brief.width, brief.height):
        framing = replace(framing, zoom=max(0.92, framing.zoom))  # a long picture is far away as it is
    return Setting(place, light, framing)


_FURNISHED = {
    "table": (Thing("bouquet", "bouquet"), Thing("cup", "cup"), Thing("apple", "apples", count=2)),
    "koi_pond": (Thing("koi", "koi", count=3),),
}
"""What is in places that were asked for with nothing in them."""


def furnished(scene: Scene, place: str) -> Scene:
    """A table that was asked for without anything on it has a still life, a koi pond has its koi."""
    if scene.things or place not in _FURNISHED:
        return scene
    return replace(scene, things=tuple(thing for thing in _FURNISHED[place] if thing.kind not in scene.without))


def seasoned(scene: Scene) -> Scene:
    """The scene whose things know its season, save those whose colour was named."""
    season = scene.season or ("winter" if scene.weather == "snow" else None)
    if season is None:
        return scene
    traits = {season, "snowy"} if season == "winter" else {season}
    things = (thing if thing.colours else replace(thing, traits=thing.traits | traits) for thing in scene.things)
    return replace(scene, things=tuple(things))


_HOMES = {
    "meadow": ("meadow", "garden", "hilltop"),
    "windowsill": ("windowsill", "garden", "room"),
    "lake": ("lake", "river"),
}
"""Homes that are as good as each other; a seed goes to one of them."""


def _home(scene: Scene, seed: int) -> str:
    """The home of what the others stand to, and of these the largest; what flies by tells the least."""
    things = scene.things
    bases = [thing for index, thing in enumerate(things) if not follows(index, things)]
    rooted = [thing for thing in bases if SUBJECTS[thing.kind].stands not in {"sky", "air"}]
    afloat = [thing for thing in rooted if SUBJECTS[thing.kind].stands == "water" and thing.relation is None]
    sailing = [thing for thing in afloat if SUBJECTS[thing.kind].family == "vehicles"]
    anchor = max(sailing or rooted or bases, key=lambda thing: SUBJECTS[thing.kind].size * thing.size, default=None)
    home = SUBJECTS[anchor.kind].home if anchor else "meadow"
    if home == "windowsill" and sum(thing.count for thing in things) > 4:
        return "garden"
    homes = _HOMES.get(home, (home,))
    return homes[seed % len(homes)]


def _hour(scene: Scene, place: str, brief: Brief) -> str:
    own = HOURS.get(place)
    if own in {"deep", "space"}:
        return own
    if scene.hour is not None:
        return "indoors" if own == "indoors" and scene.hour not in {"night", "dusk"} else scene.hour
    if own is not None:
        return own
    if scene.weather:
        return "day"
    return _OPEN_HOURS[brief.seed % len(_OPEN_HOURS)]


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
