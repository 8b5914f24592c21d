"""Painting without the ink module: ipycanvas's own mouse events, through the kernel.

Where the browser cannot run the ink (no anywidget, a front end that blocks modules), every move comes here as a
message. It is slow, as plain ipycanvas is, and it works.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ipycanvas import Canvas, hold_canvas

from r9s_notebook.imaging.operations import Operation, make
from r9s_notebook.widgets.painter.commands import TOOLS, Tool

MIN_SIDE = 0.5
"""A rectangle or ellipse thinner than this, in image pixels, was a click."""


class Brush(Protocol):
    """What a gesture needs to know about the painter (``Ink`` has all of it)."""

    tool: str
    size: float
    color: str
    opacity: float


@dataclass(frozen=True, slots=True)
class Drag:
    """A gesture so far: a tool and the places where the pointer was, in image pixels."""

    tool: Tool
    points: tuple[tuple[float, float], ...]
    diameter: float

    def to(self, x: float, y: float) -> Drag:
        """The gesture, one place further."""
        return Drag(self.tool, (*self.points, (x, y)), self.diameter)

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


class KernelGestures:
    """Listens to ipycanvas and hands over finished operations.

    Args:
        canvas: The layer.
        brush: Tool, size and colour.
        scale: Gives the layer's pixels for one image pixel, in x and y.
        draw: Takes a finished operation.
        pick: Takes a click of the bucket or the wand, in image pixels.
    """

    def __init__(
        self,
        canvas: Canvas,
        brush: Brush,
        *,
        scale: Callable[[], tuple[float, float]],
        draw: Callable[[Operation], object],
        pick: Callable[[float, float], object],
    ) -> None:
        self._canvas, self._brush = canvas, brush
        self._scale, self._draw, self._pick = scale, draw, pick
        self._drag: Drag | None = None
        self.in_use: bool = False
        canvas.on_mouse_down(self._down)
        canvas.on_mouse_move(self._move)
        canvas.on_mouse_up(self._up)
        canvas.on_mouse_out(self._up)
        canvas.on_touch_start(lambda touches: self._down(*touches[0]) if len(touches) == 1 else self._cancel())
        canvas.on_touch_move(lambda touches: self._move(*touches[0]) if len(touches) == 1 else self._cancel())
        canvas.on_touch_end(lambda _touches: self._finish())

    def _image_point(self, x: float, y: float) -> tuple[float, float]:
        sx, sy = self._scale()
        return x / sx, y / sy

    def _down(self, x: float, y: float) -> None:
        self.in_use = True
        tool = TOOLS[self._brush.tool]
        if tool.gesture == "pick":
            self._pick(*self._image_point(x, y))
            return
        self._drag = Drag(tool, (self._image_point(x, y),), self._brush.size)

    def _move(self, x: float, y: float) -> None:
        if self._drag is None:
            return
        before = self._drag.points[-1]
        self._drag = self._drag.to(*self._image_point(x, y))
        if self._drag.tool.gesture == "brush":
            self._show(before, self._drag)

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

    def _show(self, start: tuple[float, float], drag: Drag) -> None:
        (sx, sy), end = self._scale(), drag.points[-1]
        canvas: Any = self._canvas
        with hold_canvas():
            canvas.global_alpha = self._brush.opacity
            canvas.stroke_style = self._brush.color
            canvas.global_composite_operation = "destination-out" if drag.tool.erase else "source-over"
            canvas.line_cap, canvas.line_width = "round", self._brush.size * sx
            canvas.stroke_line(start[0] * sx, start[1] * sy, end[0] * sx, end[1] * sy)
