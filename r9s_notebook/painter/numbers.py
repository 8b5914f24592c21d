"""Shapes by numbers: the painter for somebody without a mouse, or with a ruler."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import ipywidgets

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging.operations import Operation, make
from r9s_notebook.painter.commands import TOOLS
from r9s_notebook.translation import Message, pgettext, translated
from r9s_notebook.translation import gettext as _

_TAKES = {
    "box": ("{tool}", Message("x, y, width, height")),
    "corners": ("{tool}", Message("x, y, x, y, x, y, …")),
    "brush": (Message("{tool} line"), Message("x, y, x, y, …")),
    "pick": (Message("{tool} at"), Message("x, y")),
}
"""A tool's gesture -> what its shape is called here, and which numbers it takes, all in image pixels."""

SHAPES = {
    tool.name: (Message(called, tool=Message(tool.label)), numbers)
    for gesture, (called, numbers) in _TAKES.items()
    for tool in TOOLS.values()
    if tool.gesture == gesture and not tool.erase
} | {"colour": (Message("All of the colour at"), Message("x, y"))}
"""Name of a shape -> its label and which numbers it takes."""

PLACED_BY_POINT = {name: name for name, tool in TOOLS.items() if tool.gesture == "pick"} | {"colour": "wand"}
"""Names of ``SHAPES`` that take a place in the image -> the tool that looks for an area there."""

_CORNERS = Message("{shape} takes {expected}: at least three corners.")
_PAIRS = Message("{shape} takes {expected}: pairs.")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_SEPARATORS = re.compile(r"[\s,;()\[\]x]*")


def read_numbers(text: str) -> list[float]:
    """The numbers in a text such as ``"10, 20 300x200"``.

    Raises:
        MaskError: There is something else in it, or nothing.
    """
    left_over = _SEPARATORS.sub("", _NUMBER.sub(" ", text))
    if left_over or not text.strip():
        raise MaskError(
            Message("Only numbers can be placed, separated by commas; this is {text}.", text=f"{text!r:.60}")
        )
    return [float(number) for number in _NUMBER.findall(text)]


def read_shape(shape: str, text: str, *, diameter: float, erase: bool = False) -> Operation:
    """The operation that the numbers describe.

    Raises:
        MaskError: Too few or too many numbers; the message says which are expected.
    """
    numbers = read_numbers(text)
    label, expected = SHAPES[shape]
    pairs = [(numbers[i], numbers[i + 1]) for i in range(0, len(numbers) - 1, 2)]
    tool = TOOLS[shape]
    if tool.gesture == "box":
        if len(numbers) != 4 or min(numbers[2:]) <= 0:
            raise MaskError(
                Message("{shape} takes {expected}, with a width and a height above 0.", shape=label, expected=expected)
            )
        x, y, width, height = numbers
        return make(tool.operation, x, y, x + width, y + height, erase)
    corners = tool.gesture == "corners"
    if len(numbers) % 2 or (corners and len(pairs) < 3):
        told = _CORNERS if corners else _PAIRS
        raise MaskError(Message(told, shape=label, expected=expected))
    return make(tool.operation, pairs, *(() if corners else (diameter / 2,)), erase=erase)


def read_point(shape: str, text: str) -> tuple[float, float]:
    """The place for a tool that looks for an area.

    Raises:
        MaskError: Not two numbers.
    """
    point = read_numbers(text)
    if len(point) != 2:
        raise MaskError(Message("{shape} takes one place: x, y.", shape=SHAPES[shape][0]))
    return point[0], point[1]


def _expected(shape: str) -> str:
    return translated(SHAPES[shape][1])


class NumbersForm:
    """Choose a shape, type its numbers, add it or take it away.

    Attributes:
        box: The widgets.
        on_place: Called with the shape's name, the text, and whether it takes away.
    """

    def __init__(self) -> None:
        self.on_place: Callable[[str, str, bool], object] = lambda _shape, _text, _erase: None
        self.shape = ipywidgets.Dropdown(
            options=[(translated(label), name) for name, (label, _expected) in SHAPES.items()],
            value="rect",
            description=pgettext("a shape by numbers", "Place"),
        )
        self.text = ipywidgets.Text(description=_("Numbers"), placeholder=_expected("rect"))
        self.shape.observe(lambda change: setattr(self.text, "placeholder", _expected(change["new"])), "value")
        add = ipywidgets.Button(description=_("Add"), tooltip=_("Add this shape to the mask"))
        remove = ipywidgets.Button(description=_("Take away"), tooltip=_("Take this shape out of the mask"))
        add.on_click(lambda _button: self._place(erase=False))
        remove.on_click(lambda _button: self._place(erase=True))
        self.text.on_msg(self._on_text_message)
        self.box = ipywidgets.HBox([self.shape, self.text, add, remove]).add_class("r9s-group").add_class("r9s-numbers")

    def _on_text_message(self, _text: object, content: Any, _buffers: object) -> None:
        if content.get("event") == "submit":  # Enter
            self._place(erase=False)

    def _place(self, *, erase: bool) -> None:
        self.on_place(self.shape.value, self.text.value, erase)
