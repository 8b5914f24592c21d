"""What lies on the stage: the image, fitted for the browser, and ipycanvas's layer for the ink over it."""

from __future__ import annotations

import math
from typing import Any

import ipywidgets
from ipycanvas import Canvas
from PIL import Image

from r9s_notebook.imaging import preview

LONGEST_SIDE = 1536
"""Of the preview and of the ink's layer, in pixels: sharp on most screens, and quick to send and to repaint."""
SHARP_SIDE = 1024
"""Ink over a small image is drawn on a larger layer, so that its edge is sharp when the image fills the screen."""

EMPTY_SIZE = (16, 9)
"""The stage's ratio while there is no image."""


def layer_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the ink's layer for an image of ``width`` x ``height`` pixels."""
    longest = max(width, height)
    if longest < SHARP_SIDE:
        factor = math.ceil(SHARP_SIDE / longest)
        return width * factor, height * factor
    scale = min(1.0, LONGEST_SIDE / longest)
    return max(1, round(width * scale)), max(1, round(height * scale))


class Layers:
    """The stage's widgets.

    Attributes:
        picture: The preview of the image.
        ink: The layer that is painted on.
        stage: The box around them, with the sentence that is shown while there is no image.
    """

    def __init__(self, empty: str) -> None:
        self.picture = ipywidgets.Image(layout=_filling()).add_class("r9s-picture")
        self.ink = Canvas(width=1, height=1, layout=_filling()).add_class("r9s-ink")
        self.sheet = ipywidgets.Box([self.picture, self.ink], layout=ipywidgets.Layout(display="grid"))
        self.sheet.add_class("r9s-sheet")
        self.empty = ipywidgets.HTML(f"<p>{empty}</p>").add_class("r9s-painter-empty")
        self.stage = ipywidgets.Box([self.sheet, self.empty]).add_class("r9s-stage")
        self.show(None)

    def show(self, image: Image.Image | None) -> None:
        """Puts an image on the stage, or none."""
        self.sheet.layout.display = "none" if image is None else "grid"
        self.empty.layout.display = "" if image is None else "none"
        if image is None:
            self.picture.value = b""
            return
        fitted = preview(image, max_side=LONGEST_SIDE)
        self.picture.set_trait("format", fitted.media_type.partition("/")[2])
        self.picture.value = fitted.data
        width, height = layer_size(*image.size)
        # One message for both: between two, a browser would show a layer of neither size.
        with self.ink.hold_sync():
            self.ink.width, self.ink.height = width, height


def _filling() -> Any:
    # Both in the same cell of the grid, so that they lie on each other without any style sheet, too.
    return ipywidgets.Layout(grid_area="1 / 1", width="100%")
