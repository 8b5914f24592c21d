"""The looks: each is a renderer of its own, for drawings and for photographs alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.looks import dry, gouache, graphic, paper, photo, wet
from r9s_notebook.engines.sketch.looks.plate import Plate, edges_in, edges_of, main_colours
from r9s_notebook.engines.sketch.raster import View
from r9s_notebook.engines.sketch.shapes import Drawing

Finish = Callable[[Plate], Image.Image]


@dataclass(frozen=True)
class Look:
    """How a picture is made.

    Attributes:
        finish: From a plate to the picture; photographs take this way as well.
        lines: The finish needs the drawing's lines.
        lay: How the drawing becomes colours, where that is not the engine's usual way.
        flat: ``lay`` alone makes the picture; ``finish`` is for photographs.
    """

    finish: Finish
    lines: bool = False
    lay: Callable[[Drawing, View, Dice], Image.Image] | None = None
    flat: bool = False


LOOKS: dict[str, Look] = {
    "gouache": Look(gouache.finish),
    "watercolour": Look(wet.watercolour),
    "oil": Look(wet.oil),
    "ink": Look(dry.ink, lines=True),
    "line": Look(dry.line, lines=True),
    "comic": Look(dry.comic, lines=True),
    "pencil": Look(dry.pencil, lines=True),
    "pixel": Look(graphic.pixel, lines=True),
    "poster": Look(graphic.poster),
    "paper": Look(paper.cut, lay=paper.lay, flat=True),
    "photo": Look(photo.expose, lay=lambda drawing, view, _dice: photo.lay(drawing, view)),
    "glass": Look(graphic.glass, lines=True),
    "blueprint": Look(graphic.blueprint, lines=True),
    "neon": Look(graphic.neon, lines=True),
}
"""By name: a new look is one function and one line here."""


def paint(drawing: Drawing, view: View, name: str | None, dice: Dice) -> Image.Image:
    """Paint a drawing in a look; None is the engine's own."""
    look = LOOKS.get(name or "gouache", LOOKS["gouache"])
    colour = look.lay(drawing, view, dice) if look.lay else gouache.lay(drawing, view)
    if look.flat:
        return colour
    blank = Image.new("L", (1, 1))
    lines = look.lines or (look.finish is gouache.finish and view.detail != 1)
    inner, outer = edges_of(drawing, view) if lines else (blank, blank)
    return look.finish(Plate(colour, inner, outer, main_colours(drawing), view, dice))


def restyle(image: Image.Image, name: str, dice: Dice, *, detail: int = 1) -> Image.Image:
    """A photograph (RGB) in a look."""
    view = View(image.width, image.height, detail)
    edges = edges_in(image)
    if name == "gouache":  # its own look is how a drawing is laid; a photograph has been laid
        return image
    return LOOKS[name].finish(Plate(image, edges, edges, (), view, dice))


__all__ = ["LOOKS", "Look", "paint", "restyle"]
