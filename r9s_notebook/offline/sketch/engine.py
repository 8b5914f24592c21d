"""Brief to picture: parse, compose, and let a look paint it."""

from __future__ import annotations

from PIL import Image

from r9s_notebook.offline.sketch.brief import Brief
from r9s_notebook.offline.sketch.compose import compose
from r9s_notebook.offline.sketch.grammar import parse
from r9s_notebook.offline.sketch.dice import Dice
from r9s_notebook.offline.sketch.looks import paint
from r9s_notebook.offline.sketch.raster import View


def draw(brief: Brief) -> Image.Image:
    """The picture. The same brief draws the same picture."""
    scene = parse(brief.prompt, brief.negative_prompt)
    view = View(brief.width, brief.height, brief.detail)
    return paint(compose(scene, brief), view, scene.look, Dice(brief.seed, brief.variation, "look"))


def told(brief: Brief) -> str:
    """What the engine understood, and what it is."""
    return f"Sketch engine (no AI model): {brief.prompt}"
