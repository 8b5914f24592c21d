"""Brief to picture: parse, compose, and let a look paint it."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from r9s_notebook.engines.sketch.brief import Brief
from r9s_notebook.engines.sketch.compose import compose
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.grammar import Thing, parse
from r9s_notebook.engines.sketch.looks import paint
from r9s_notebook.engines.sketch.raster import View, coverage
from r9s_notebook.engines.sketch.shapes import Drawing


def draw(brief: Brief) -> Image.Image:
    """The picture, RGB, or RGBA where the brief wants it transparent. The same brief draws the same picture."""
    scene = parse(brief.prompt, brief.negative_prompt)
    view = View(brief.width, brief.height, brief.detail)
    drawing = compose(scene, brief)
    picture = paint(drawing, view, scene.look, Dice(brief.seed, "look"))
    if brief.transparent:
        picture = _cut_out(picture, drawing, view)
    if brief.watermark:
        _sign(picture, view)
    return picture


def _cut_out(picture: Image.Image, drawing: Drawing, view: View) -> Image.Image:
    """The picture where something was drawn, and nothing elsewhere."""
    alpha = Image.new("L", picture.size)
    for shape in drawing.shapes:
        patch = None if shape.glow else coverage(shape, view)
        if patch is not None:
            alpha.paste(ImageChops.lighter(alpha.crop(patch.box), patch.mask), patch.box)
    # At a half-covered edge the backdrop has mixed in: its colour is taken from further inside.
    solid = alpha.point([0] * 250 + [255] * 6)
    inside = Image.composite(picture, Image.new("RGB", picture.size), solid)
    spread, reached = inside.filter(ImageFilter.BoxBlur(2)), solid.filter(ImageFilter.BoxBlur(2))
    for step in range(1, 6):
        # Divide by the coverage, in a few bands of it: plain integers, the same everywhere.
        low, high = 255 * (step - 1) // 5 + 1, 255 * step // 5
        band = reached.point([255 if low <= value <= high else 0 for value in range(256)])
        gain = 255 / ((low + high) / 2)
        raised = spread.point([min(255, int(value * gain)) for value in range(256)] * 3)
        edge = ImageChops.multiply(band, ImageChops.invert(solid))
        picture = Image.composite(raised, picture, edge)
    result = picture.convert("RGBA")
    result.putalpha(alpha)
    return result


def _sign(picture: Image.Image, view: View) -> None:
    size = max(9, view.px(22))
    font = ImageFont.load_default(size)
    text = "R9S sketch engine"
    wide = font.getlength(text)
    place = (round(picture.width - wide - size), round(picture.height - size * 1.8))
    pen = ImageDraw.Draw(picture, "RGBA")
    pen.text((place[0] + 1, place[1] + 1), text, font=font, fill=(20, 20, 40, 120))
    pen.text(place, text, font=font, fill=(255, 255, 255, 190))


def told(brief: Brief) -> str:
    """What the engine understood, what it did not, and what it is: the answer's ``revised_prompt``."""
    scene = parse(brief.prompt, brief.negative_prompt)
    parts = [_named(thing) for thing in scene.things]
    if scene.place:
        ground = f"{scene.ground[0]} " if scene.ground else ""
        parts.append(f"at the {ground}{scene.place.replace('_', ' ')}")
    parts += [part for part in (scene.hour, scene.weather, scene.season) if part]
    parts += [f'the words "{text}"' for text in scene.letters]
    understood = ", ".join(parts) or "an abstract composition"
    look = f", in the look {scene.look}" if scene.look else ""
    read = "".join(f' "{word}" was read as "{meant}".' for word, meant in scene.corrected[:6])
    unread = f" Not understood: {', '.join(scene.unknown[:12])}." if scene.unknown else ""
    return f"Drawn by the sketch engine (vector shapes, no AI model): {understood}{look}.{read}{unread}"


def _named(thing: Thing) -> str:
    count = f"{thing.count} " if thing.count > 1 else ""
    colour = f"{' and '.join(thing.colours)} " if thing.colours else ""
    parts = [*(_named(worn) for worn in thing.wears), *(f"{name} {part}" for part, name in thing.parts)]
    extra = f" with {' and '.join(parts)}" if parts else ""
    name = " ".join(part for part in (thing.role, thing.bears.word if thing.bears else "", thing.kind) if part)
    return f"{count}{colour}{name}{extra}"
