"""The sketch engine: a prompt in, a picture out, drawn with vector shapes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from PIL import Image, ImageColor, ImageDraw


@dataclass(frozen=True)
class Brief:
    """What to draw."""

    prompt: str
    negative_prompt: str = ""
    width: int = 1024
    height: int = 1024
    detail: int = 1
    vivid: bool = True
    transparent: bool = False
    watermark: bool = False
    seed: int = 0
    variation: int = 0


def draw(brief: Brief) -> Image.Image:
    """The picture. The same brief draws the same picture."""
    dice = Random(f"{brief.seed}/{brief.variation}/{brief.prompt}")
    image = Image.new("RGBA" if brief.transparent else "RGB", (brief.width, brief.height))
    pen = ImageDraw.Draw(image)
    if not brief.transparent:
        hue = dice.randrange(360)
        for y in range(brief.height):
            share = y / brief.height
            pen.line(
                [(0, y), (brief.width, y)],
                ImageColor.getrgb(f"hsl({hue},{70 if brief.vivid else 25}%,{85 - 40 * share}%)"),
            )
    named = [word for word in brief.prompt.lower().split() if word in ImageColor.colormap] or ["tomato", "gold"]
    for _ in range(6 + 6 * brief.detail):
        x, y, r = dice.random() * brief.width, dice.random() * brief.height, dice.random() * brief.height / 6
        pen.ellipse((x - r, y - r, x + r, y + r), fill=dice.choice(named))
    return image


def told(brief: Brief) -> str:
    """What the engine understood, and what it is."""
    return f"Sketch engine (no AI model): {brief.prompt}"
