"""From a scene to a drawing: light, a place, and things standing where they belong."""

from __future__ import annotations

from dataclasses import replace

from r9s_notebook.engines.sketch import abstract, weather
from r9s_notebook.engines.sketch.brief import Brief
from r9s_notebook.engines.sketch.carpet import Rows, carpet
from r9s_notebook.engines.sketch.colour import NAMED, RGB
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.dressing import THINGS, colours_of, drawn
from r9s_notebook.engines.sketch.grammar import Scene
from r9s_notebook.engines.sketch.grammar.excluded import kept_things
from r9s_notebook.engines.sketch.layout import Spot, alone, arrange, bust
from r9s_notebook.engines.sketch.lettering import letters
from r9s_notebook.engines.sketch.light import Light
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.places import PLACES, Ground, Stage
from r9s_notebook.engines.sketch.setting import Framing, furnished, seasoned, setting_for
from r9s_notebook.engines.sketch.shapes import SHORT, Drawing, Shape
from r9s_notebook.engines.sketch.spots import enlarged, inside
from r9s_notebook.engines.sketch.subjects import SUBJECTS

__all__ = ["THINGS", "colours_of", "compose"]


def compose(scene: Scene, brief: Brief) -> Drawing:
    """Everything to paint, in canvas units, back to front."""
    dice = Dice(brief.seed, brief.prompt)
    scale = SHORT / min(brief.width, brief.height)
    width, height = brief.width * scale, brief.height * scale
    setting = setting_for(scene, brief, dice)
    light, framing = setting.light, setting.framing
    backdrop = Pen(light=light, dice=dice.fork("place"), detail=brief.detail, width=width, group=1)
    stage = Stage(backdrop, width, height, light, dice.fork("place"), scene, framing.tilt)
    if _is_abstract(scene):
        abstract.compose(stage)
        written = letters(scene, (), width, height, light, alone=True)
        shapes = [*backdrop.shapes[brief.transparent :], *written]
        return Drawing(width, height, tuple(shapes), light, _accent(scene, light))
    ground = PLACES[setting.place](stage)
    if scene.weather == "storm" and setting.place not in weather.SHELTERED:
        weather.strike(backdrop, width, ground.sky)
    scene = seasoned(furnished(scene, setting.place))
    rows: Rows = []
    if not brief.transparent:
        scene, rows = _carpeted(scene, ground, (width, height), light, dice.fork("carpet"), brief.detail)
        backdrop.shapes += [shape for y, row in rows if y <= ground.near for shape in row]
    spots = _spots(scene, ground, width, height, dice, framing)
    if setting.place == "emblem" and len(spots) == 1:
        spots = [alone(spots[0], width, height, 0.5)]
    elif setting.place == "plain" and len(spots) == 1 and not scene.portrait:
        spots = [enlarged(spots[0], width, height, framing.zoom)]
    if brief.transparent and len(spots) == 1 and not scene.portrait:
        spots = [alone(spots[0], width, height)]
    things: list[Shape] = []
    for index, spot in enumerate(spots):
        things += drawn(
            spot, index, light, dice.fork("thing", index), brief.detail, ground, shadows=not brief.transparent
        )
    written = letters(scene, spots, width, height, light, alone=False)
    if brief.transparent and things:
        return Drawing(width, height, (*things, *written), light, _accent(scene, light))
    front = Pen(light=light, dice=dice.fork("weather"), detail=brief.detail, width=width, group=2)
    weather.fall(scene, front, width, height)
    before = [shape for y, row in rows if y > ground.near for shape in row]
    shapes = [*backdrop.shapes, *things, *before, *front.shapes, *written]
    return Drawing(width, height, tuple(shapes), light, _accent(scene, light))


def _carpeted(  # noqa: PLR0917 - one caller
    scene: Scene, ground: Ground, size: tuple[float, float], light: Light, dice: Dice, detail: int
) -> tuple[Scene, Rows]:
    """The scene without what its place is full of, and the rows of that."""
    full = [index for index, thing in enumerate(scene.things) if "carpet" in thing.traits]
    if not full or ground.surface != "land":
        return scene, []
    rows = [row for index in full for row in carpet(scene.things[index], ground, size, light, dice.fork(index), detail)]
    kept = [index for index in range(len(scene.things)) if index not in full]
    return replace(scene, things=tuple(kept_things(scene.things, kept))), sorted(rows, key=lambda row: row[0])


def _spots(  # noqa: PLR0917 - one caller
    scene: Scene, ground: Ground, width: float, height: float, dice: Dice, framing: Framing
) -> list[Spot]:
    spots = arrange(scene.things, ground, width, height, dice.fork("layout"), framing.zoom)
    if scene.portrait and spots and SUBJECTS[spots[0].thing.kind].head is not None and spots[0].thing.count == 1:
        return [bust(spots[0], width, height)]
    if framing.lean and len(spots) == 1 and not spots[0].thing.side:
        return [inside(replace(spot, x=spot.x + framing.lean * width), width, height) for spot in spots]
    return spots


def _is_abstract(scene: Scene) -> bool:
    return (
        not scene.things and scene.place is None and not (scene.extras or scene.hour or scene.weather or scene.season)
    )


def _accent(scene: Scene, light: Light) -> RGB:
    named = [*scene.colours, *(name for thing in scene.things for name in thing.colours)]
    if named:
        return NAMED[named[0]]
    if scene.things:
        return SUBJECTS[scene.things[0].kind].colours[0]
    return light.sky[0]
