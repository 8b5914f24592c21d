"""Pages that could not load the painter's module: ipycanvas's own mouse events paint, through the kernel.

Where the browser cannot run the ink (no anywidget, a front end that blocks modules), every move comes here as a
message. It is slow, as plain ipycanvas is, and it works. A line says what is different there, and why.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import ipywidgets
import numpy as np
from ipycanvas import Canvas, hold_canvas
from PIL import ImageColor

from r9s_notebook.imaging import Mask
from r9s_notebook.imaging.operations import Operation, make
from r9s_notebook.painter.commands import COMMANDS, TOOLS, Tool
from r9s_notebook.painter.ink_widget import Ink
from r9s_notebook.translation import Message, translated
from r9s_notebook.translation import gettext as _

MIN_SIDE = 0.5
"""A rectangle or ellipse thinner than this, in image pixels, was a click."""

ONLY_WITH_MODULE = tuple(name for name, command in COMMANDS.items() if command.group in ("zoom", "size"))
"""Commands that the kernel cannot do: where a picture lies on a screen is the page's own business."""

_NOTICE = Message(
    "The painter's script did not load in this page. Painting goes through the kernel, which is slower, and there is "
    "no zoom. Reload the page; if that does not help, install anywidget where JupyterLab runs."
)
_FAILED = ".jupyter-widgets-error-widget"
_HIDDEN = ", ".join(f".r9s-cmd-{name}" for name in (*ONLY_WITH_MODULE, "more"))  # what "More" opens is open there
# The painter's own style comes with the module. The box that reports the failed widget goes, and so do the buttons that
# only the module can serve.
_STYLE = f"""<style>
.r9s-painter {_FAILED}, .r9s-plain-notice, .r9s-painter:has({_FAILED}) :is({_HIDDEN}) {{ display: none; }}
.r9s-painter:has({_FAILED}) .r9s-plain-notice {{ display: block; }}
.r9s-plain p {{ margin: 0; line-height: 1.4; white-space: normal; }}
.r9s-plain a {{ color: var(--jp-content-link-color, #1976d2); text-decoration: underline; }}
</style>"""


@dataclass(frozen=True, slots=True)
class Drag:
    """A gesture so far: a tool and the places where the pointer was, in image pixels."""

    tool: Tool
    points: tuple[tuple[float, float], ...]
    diameter: float

    def operation(self) -> Operation | None:
        """What was drawn; None where it is nothing."""
        (x0, y0), (x1, y1) = self.points[0], self.points[-1]
        match self.tool.gesture:
            case "brush":
                return make(self.tool.operation, self.points, self.diameter / 2, self.tool.erase)
            case "box" if abs(x1 - x0) >= MIN_SIDE and abs(y1 - y0) >= MIN_SIDE:
                return make(self.tool.operation, x0, y0, x1, y1)
            case "lasso" | "corners" if len(self.points) > 2:
                return make(self.tool.operation, self.points)
        return None


class PlainPage:
    """Listens to ipycanvas and hands over finished operations; paints the whole mask; says how it went.

    Args:
        canvas: The layer.
        ink: Tool, size and colour.
        draw: Takes a finished operation.
        pick: Takes a click of the bucket or the wand, in image pixels.

    Attributes:
        widget: The line: a notice, and the last sentence that was said.
        in_use: Whether somebody has painted so.
    """

    def __init__(
        self,
        canvas: Canvas,
        ink: Ink,
        *,
        draw: Callable[[Operation], object],
        pick: Callable[[float, float], object],
    ) -> None:
        self._canvas: Any = canvas
        self._ink, self._draw, self._pick = ink, draw, pick
        self._drag: Drag | None = None
        self.in_use: bool = False
        self.widget = ipywidgets.HTML().add_class("r9s-plain")
        self.say("")
        canvas.on_mouse_down(self._down)
        canvas.on_mouse_move(self._move)
        canvas.on_mouse_up(self._up)
        canvas.on_mouse_out(self._up)
        canvas.on_touch_start(lambda touches: self._down(*touches[0]) if len(touches) == 1 else self._cancel())
        canvas.on_touch_move(lambda touches: self._move(*touches[0]) if len(touches) == 1 else self._cancel())
        canvas.on_touch_end(lambda _touches: self._finish())

    def say(self, sentence: str) -> None:
        """Shows a sentence in place of the last one."""
        self._show_line(escape(sentence))

    def offer(self, name: str, png: bytes) -> None:
        """Shows a link that downloads a PNG, without any script."""
        data = base64.b64encode(png).decode("ascii")
        label = escape(_("Download {name}", name=name))
        self._show_line(f'<a download="{escape(name)}" href="data:image/png;base64,{data}">{label}</a>')

    def paint(self, mask: Mask) -> None:
        """The whole mask through ipycanvas."""
        strength = np.asarray(mask.to_image().resize((self._canvas.width, self._canvas.height)))
        pixels = np.empty((*strength.shape, 4), dtype=np.uint8)
        pixels[..., :3] = ImageColor.getrgb(self._ink.color)[:3]
        pixels[..., 3] = strength * (self._ink.opacity if self._ink.visible else 0)
        with hold_canvas():
            self._canvas.clear()
            self._canvas.put_image_data(pixels)

    def _show_line(self, html: str) -> None:
        self.widget.value = (
            f'{_STYLE}<p class="r9s-plain-notice">{escape(translated(_NOTICE))}</p><p role="status">{html}</p>'
        )

    @property
    def _scale(self) -> tuple[float, float]:
        """The layer's pixels for one image pixel, in x and y."""
        width, height = self._ink.image_size
        return self._canvas.width / width, self._canvas.height / height

    def _down(self, x: float, y: float) -> None:
        self.in_use = True
        tool, (sx, sy) = TOOLS[self._ink.tool], self._scale
        if tool.gesture == "pick":
            self._pick(x / sx, y / sy)
        else:
            self._drag = Drag(tool, ((x / sx, y / sy),), self._ink.size)

    def _move(self, x: float, y: float) -> None:
        if self._drag is None:
            return
        before, (sx, sy) = self._drag, self._scale
        self._drag = Drag(before.tool, (*before.points, (x / sx, y / sy)), before.diameter)
        if before.tool.gesture == "brush":
            start = before.points[-1]
            self._show_stroke(start[0] * sx, start[1] * sy, x, y, before.tool.erase)

    def _up(self, x: float, y: float) -> None:
        self._move(x, y)
        self._finish()

    def _finish(self) -> None:
        drag, self._drag = self._drag, None
        operation = None if drag is None else drag.operation()
        if operation is not None:
            self._draw(operation)

    def _cancel(self) -> None:
        self._drag = None

    def _show_stroke(self, x0: float, y0: float, x1: float, y1: float, erase: bool) -> None:
        canvas = self._canvas
        with hold_canvas():
            canvas.global_alpha, canvas.stroke_style = self._ink.opacity, self._ink.color
            canvas.global_composite_operation = "destination-out" if erase else "source-over"
            canvas.line_cap, canvas.line_width = "round", self._ink.size * self._scale[0]
            canvas.stroke_line(x0, y0, x1, y1)
