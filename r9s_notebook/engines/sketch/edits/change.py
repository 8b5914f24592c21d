"""One edit, from the image and its mask to the image that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PIL import Image, ImageChops, ImageFilter, ImageOps

from r9s_notebook.engines.sketch import Brief, draw
from r9s_notebook.engines.sketch.colour import NAMED, RGB, darker, lighter, luma
from r9s_notebook.engines.sketch.compose import colours_of
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.dressing import worn_on
from r9s_notebook.engines.sketch.edits.faces import head_in
from r9s_notebook.engines.sketch.edits.inpaint import inpaint
from r9s_notebook.engines.sketch.edits.intent import Intent, intent
from r9s_notebook.engines.sketch.edits.marked import Region, region
from r9s_notebook.engines.sketch.edits.skyline import open_sky
from r9s_notebook.engines.sketch.edits.surroundings import grained, light_around, roughness, standing_out
from r9s_notebook.engines.sketch.exact import blended
from r9s_notebook.engines.sketch.grammar import Thing
from r9s_notebook.engines.sketch.light import Light, light_for
from r9s_notebook.engines.sketch.looks import restyle
from r9s_notebook.engines.sketch.looks.gouache import lay_shape
from r9s_notebook.engines.sketch.looks.plate import curve
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.raster import View
from r9s_notebook.engines.sketch.shapes import SHORT, Shape
from r9s_notebook.engines.sketch.subjects import SUBJECTS
from r9s_notebook.engines.sketch.subjects.registry import WORN
from r9s_notebook.engines.sketch.weather import fall

Way = Callable[[Image.Image, Region, Intent, Brief, Dice], Image.Image]

_HATS = ("hat", "beanie", "top hat", "cap")
"""Each of these is "a hat"; the images of one request, whose seeds follow each other, get different ones."""


def change(image: Image.Image, mask: Image.Image | None, brief: Brief) -> Image.Image:
    """Edit an image.

    Args:
        image: RGB or RGBA.
        mask: In the API's form, alpha 0 where to edit, of the image's size; None lets everything change.
        brief: The prompt, and the size to answer with.

    Returns:
        The edited image at the brief's size. Where the mask keeps the image, its pixels are the same to the byte
        (unless another size was asked for).
    """
    size = (brief.width, brief.height)
    if image.size != size:
        image, mask = _fitted(image, mask, size)
    area = region(mask, image.size)
    if area is None:
        return image
    wanted = intent(brief.prompt, masked=mask is not None and not area.whole)
    dice = Dice(brief.seed, brief.prompt, "edit")
    base = image.convert("RGB")
    edited = _WAYS[wanted.action](base, area, wanted, brief, dice)
    if image.mode == "RGB":
        return edited
    result = edited.convert("RGBA")
    # What was edited is there to be seen; what was kept keeps its own transparency, and the colour under it.
    result.putalpha(ImageChops.lighter(image.getchannel("A"), area.weight))
    return Image.composite(result, image, area.weight.point([0] + [255] * 255))


def _add(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """Draw the named things so that they fit the region, in the light that is there."""
    light = light_around(image, area)
    view = View(image.width, image.height, max(1, brief.detail))
    things = tuple(_varied(thing, brief.seed) for thing in wanted.scene.things) or (Thing("ball", "ball"),)
    shapes = _dressed(image, area, things, light, view, dice) or _things(
        things, area, light, view, dice, whole=area.whole
    )
    ground = image
    if any(thing.kind in WORN for thing in things):
        ground = _shaded_under(image, _painted(image, shapes, light, view), light, view)
    canvas = _with_grain_of(image, _painted(ground, shapes, light, view), area, dice)
    return Image.composite(canvas, image, area.faded(view.px(4)))


def _varied(thing: Thing, seed: int) -> Thing:
    return replace(thing, kind=_HATS[seed % len(_HATS)]) if thing.word in {"hat", "hats"} else thing


def _dressed(  # noqa: PLR0917 - one private caller
    image: Image.Image, area: Region, things: tuple[Thing, ...], light: Light, view: View, dice: Dice
) -> list[Shape]:
    """What is worn, on the head of the largest face; nothing where a place was marked, or no face is found."""
    if not area.whole or any(thing.kind not in WORN for thing in things):
        return []
    head = head_in(image)
    if head is None:
        return []
    x, y, wide = (value / view.scale for value in head)
    wearer = Pen(light=light, dice=dice, detail=2, group=1000)
    return [shape for thing in things for shape in worn_on(thing, (x, y, wide), wearer, dice, flip=False)]


def _painted(image: Image.Image, shapes: list[Shape], light: Light, view: View) -> Image.Image:
    canvas = image.copy()
    for shape in shapes:
        lay_shape(canvas, shape, light, view)
    return canvas


def _shaded_under(image: Image.Image, worn: Image.Image, light: Light, view: View) -> Image.Image:
    """The soft shadow that what is worn throws on what wears it: below it, and away from the light."""
    drawn = ImageChops.difference(image, worn).convert("L").point([0] + [255] * 255)
    shadow = Image.new("L", image.size)
    shadow.paste(drawn, (round(-light.sun[0] * view.px(14)), view.px(22)))
    shadow = shadow.filter(ImageFilter.BoxBlur(view.px(16))).filter(ImageFilter.BoxBlur(view.px(8)))
    return ImageChops.multiply(image, Image.merge("RGB", [shadow.point([255 - v * 2 // 5 for v in range(256)])] * 3))


def _with_grain_of(image: Image.Image, canvas: Image.Image, area: Region, dice: Dice) -> Image.Image:
    drawn = ImageChops.difference(image, canvas).convert("L").point([0] + [255] * 255)
    return Image.composite(grained(canvas, roughness(image, area), dice.fork("grain")), image, drawn)


def _things(
    things: tuple[Thing, ...], area: Region, light: Light, view: View, dice: Dice, *, whole: bool
) -> list[Shape]:
    slots = [(thing, number) for thing in things for number in range(thing.count)]
    left, top, right, bottom = (value / view.scale for value in area.box)
    if whole:  # nothing was marked: a place in the upper middle, where heads and skies are
        wide, tall = (right - left) * 0.42, (bottom - top) * 0.42
        high = SUBJECTS[things[0].kind].stands in {"air", "sky"} or things[0].kind in WORN
        if things[0].kind in WORN:  # above a head, and not over its face
            wide, tall = wide * 0.7, tall * 0.5
        left = left + (right - left - wide) / 2
        top = top + (bottom - top) * (0.06 if high else 0.46)
        right, bottom = left + wide, top + tall
    shapes: list[Shape] = []
    step = (right - left) / len(slots)
    for index, (thing, number) in enumerate(slots):
        box = (left + index * step, top, left + (index + 1) * step, bottom)
        if not whole:
            across = (box[0] * view.scale, box[2] * view.scale)
            room = area.room(*across, SUBJECTS[thing.kind].aspect)
            box = (room[0] / view.scale, room[1] / view.scale, room[2] / view.scale, room[3] / view.scale)
        shapes += _fit(thing, number, box, light, dice.fork(index), index)
    return shapes


def _fit(  # noqa: PLR0917 - one private caller
    thing: Thing, number: int, box: tuple[float, float, float, float], light: Light, dice: Dice, index: int
) -> list[Shape]:
    known = SUBJECTS[thing.kind]
    left, top, right, bottom = box
    wide, tall = (right - left) * 0.94, (bottom - top) * 0.94
    height = min(tall, wide / known.aspect) * min(1.0, thing.size) * dice.between(0.95, 1.0)
    x = (left + right) / 2 + dice.between(-0.4, 0.4) * max(0.0, wide - height * known.aspect) * 0.5
    floats = known.stands in {"air", "sky"}
    y = (top + bottom) / 2 + height / 2 if floats else bottom - (bottom - top) * 0.03
    main, second = colours_of(thing, dice.fork("colour"), number)
    scale = height / 100
    shapes: list[Shape] = []
    if not floats:
        shadow = Pen(light=light, dice=dice, group=2)
        shadow.oval(
            x - light.sun[0] * height * 0.08,
            y - height * 0.02,
            known.aspect * height * 0.46,
            height * 0.05,
            light.shade,
            lit=False,
            opacity=0.42,
            soft=height * 0.03,
            volume=0,
        )
        shapes += shadow.shapes
    pen = Pen(
        light=light,
        dice=dice.fork("draw"),
        detail=2,
        scale=scale,
        origin=(x - known.aspect * 50 * scale, y - height),
        width=known.aspect * 100,
        flip=dice.chance(0.5),
        group=1000 + index,
        main=main,
        second=second,
        traits=thing.traits,
    )
    known.draw(pen)
    return [*shapes, *pen.shapes]


def _remove(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """Fill from the surroundings."""
    del wanted, brief
    return Image.composite(inpaint(image, area.weight, dice), image, area.weight)


def _keep(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """Leave it as it is."""
    del area, wanted, brief, dice
    return image


def _letter(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """Write the quoted words across the region, one under another, dark on light and light on dark."""
    del dice
    canvas, view, light = image.copy(), View(image.width, image.height, brief.detail), light_around(image, area)
    left, top, right, bottom = (value / view.scale for value in area.box)
    tall = (bottom - top) / len(wanted.scene.letters)
    tall = min(tall, SHORT * 0.2) if area.whole else tall
    colour, under = ((255, 250, 236), (30, 26, 44)) if luma(light.haze) < 150 else ((40, 34, 60), (255, 252, 244))
    for line, text in enumerate(wanted.scene.letters):
        x0, y0, x1, y1 = left + tall * 0.1, top + tall * (line + 0.1), right - tall * 0.1, top + tall * (line + 0.9)
        box = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        drop = tuple((x + tall * 0.02, y + tall * 0.03) for x, y in box)
        lay_shape(canvas, Shape(drop, under, opacity=0.5, soft=4, text=text, line=False), light, view)
        lay_shape(canvas, Shape(box, colour, text=text, line=False), light, view)
    return Image.composite(canvas, image, area.weight)


def _sky(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """The sky of another place: the top of a picture that is high enough to have its horizon below the region."""
    del dice
    size = (image.width, min(area.box[3] * 5 // 2 + 16, 8 * image.width))
    new = draw(replace(brief, prompt=wanted.prompt, width=size[0], height=size[1], transparent=False)).convert("RGB")
    weight = ImageChops.multiply(area.faded(View(image.width, image.height).px(30)), open_sky(image, area))
    return Image.composite(new.crop((0, 0, *image.size)), image, weight)


def _veil(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """A light pattern over what is there: unknown words must not cost the picture."""
    del dice
    new = draw(replace(brief, prompt=wanted.prompt, width=image.width, height=image.height, transparent=False)).convert(
        "RGB"
    )
    veiled = blended(image, blended(ImageChops.soft_light(image, new), new, 0.2), 0.7)
    return Image.composite(veiled, image, area.faded(View(image.width, image.height).px(6)))


def _swap(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """Take away what is there, then draw."""
    return _add(_remove(image, area, wanted, brief, dice), area, wanted, brief, dice)


def _scene(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """Another place in the region, composed over the whole image so that its horizon fits; things inside the region."""
    del dice
    view = View(image.width, image.height, brief.detail)
    inner = bool(wanted.scene.things) and area.width * area.height < 0.5 * image.width * image.height
    if inner:
        new = image.copy()
        # Long and thin regions get a part of a picture: nothing composes well in a slit.
        wide, tall = max(16, area.width, area.height // 4), max(16, area.height, area.width // 4)
        part = draw(replace(brief, prompt=wanted.prompt, width=wide, height=tall))
        new.paste(part.convert("RGB").crop((0, 0, area.width, area.height)), area.box[:2])
    else:
        new = draw(
            replace(brief, prompt=wanted.prompt, width=image.width, height=image.height, transparent=False)
        ).convert("RGB")
    return Image.composite(new, image, area.faded(view.px(6)))


def _restyle(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """Paint what is there in another look."""
    painted = restyle(image, wanted.scene.look or "gouache", dice, detail=brief.detail)
    if painted.size != image.size:
        painted = painted.resize(image.size)
    return Image.composite(painted, image, area.faded(View(image.width, image.height).px(4)))


def _recolour(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """The same forms in another colour: their light and shade stay."""
    del brief, dice
    names = (*wanted.scene.colours, *(name for thing in wanted.scene.things for name in thing.colours))
    colour: RGB = NAMED[names[0]] if names else NAMED["teal"]
    grey = image.convert("L")
    counts = grey.histogram(area.weight.point([0] * 128 + [255] * 128))
    mean = sum(value * count for value, count in enumerate(counts)) // max(1, sum(counts))
    dyed = ImageOps.colorize(
        grey,
        black=darker(darker(colour, 0.9), 0.7),
        mid=colour,
        white=lighter(colour, 0.85),
        midpoint=max(50, min(205, mean)),
    )
    weight = area.faded(View(image.width, image.height).px(3))
    if not area.whole:
        weight = ImageChops.multiply(weight, standing_out(image, area))
    return Image.composite(blended(image, dyed, 0.86), image, weight)


def _relight(image: Image.Image, area: Region, wanted: Intent, brief: Brief, dice: Dice) -> Image.Image:
    """Another hour, weather or season over the same picture."""
    scene = wanted.scene
    weather = scene.weather or ("snow" if scene.season == "winter" else "")
    light = light_for(scene.hour or "day", weather, vivid=brief.vivid, dice=dice)
    glow = Image.new("RGB", (1, 3))
    glow.putdata(light.sky)
    sky = glow.resize(image.size, Image.Resampling.BICUBIC)
    key = [min(255, int(channel * 235)) for channel in light.key]
    graded = ImageChops.multiply(image, Image.new("RGB", image.size, (key[0], key[1], key[2])))
    graded = blended(graded, ImageChops.soft_light(graded, sky), 0.6)
    graded = blended(curve(graded, 1.1), sky, 0.08 + 0.2 * (light.thickness > 0.8))
    # What shines goes on shining.
    bright = image.point([max(0, value - 205) * 4 for value in range(256)] * 3)
    graded = ImageChops.screen(graded, ImageChops.multiply(bright, Image.new("RGB", image.size, light.disc)))
    view = View(image.width, image.height, brief.detail)
    pen = Pen(light=light, dice=dice.fork("weather"), detail=brief.detail)
    fall(
        replace(scene, weather=weather or None),
        pen,
        image.width * SHORT / min(image.size),
        image.height * SHORT / min(image.size),
    )
    for shape in pen.shapes:
        lay_shape(graded, shape, light, view)
    return Image.composite(graded, image, area.faded(view.px(5)))


_WAYS: dict[str, Way] = {
    "add": _add,
    "swap": _swap,
    "remove": _remove,
    "scene": _scene,
    "restyle": _restyle,
    "recolour": _recolour,
    "relight": _relight,
    "sky": _sky,
    "letter": _letter,
    "veil": _veil,
    "keep": _keep,
}


def _fitted(
    image: Image.Image, mask: Image.Image | None, size: tuple[int, int]
) -> tuple[Image.Image, Image.Image | None]:
    """Image and mask at another size, uncropped; what the image does not fill continues its edges, blurred."""
    share = min(size[0] / image.width, size[1] / image.height)
    inner = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    place = ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2)
    sharp = image.resize(inner, Image.Resampling.LANCZOS)
    if inner == size:
        return sharp, None if mask is None else mask.resize(size, Image.Resampling.NEAREST)
    whole = image.resize(size, Image.Resampling.BILINEAR).filter(ImageFilter.GaussianBlur(max(2, min(size) // 24)))
    whole.paste(sharp, place)
    if mask is None:
        return whole, None
    # What was added around the image is kept like everything that is not marked.
    marked = Image.new("RGBA", size, (0, 0, 0, 255))
    marked.paste(mask.convert("RGBA").resize(inner, Image.Resampling.NEAREST), place)
    return whole, marked
