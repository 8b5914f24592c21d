"""Every tool and command of the painter: name, label, keys and icon, what to say about it, what a hand does with it.

One table for the toolbar's buttons, the keyboard, the tooltips, the screen reader, the gestures and the shapes by
numbers, so that they cannot disagree.
"""

from __future__ import annotations

import json
from dataclasses import KW_ONLY, asdict, dataclass, field, replace
from typing import Self

from r9s_notebook.translation import ENGLISH, language, pgettext
from r9s_notebook.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a button and a key do.

    Attributes:
        name: As code calls it; the button's CSS class is ``r9s-cmd-<name>``.
        label: What the button is called.
        keys: Keys as the browser names them, with ``Ctrl+`` and ``Shift+`` before them; the first one is shown.
        hint: One sentence for the tooltip and the status line.
        group: ``tool`` for what the pointer does; the others say where the button stands.
        toggles: The button stays pressed while it is on.
        needs_image: There is nothing to do without an image.
        announce: What a screen reader says afterwards.
    """

    name: str
    label: str
    keys: tuple[str, ...]
    hint: str
    group: str
    _: KW_ONLY
    toggles: bool = False
    needs_image: bool = True
    announce: str = ""

    @property
    def tooltip(self) -> str:
        """Label, key and hint in one line."""
        own = self.translated
        first = own.hint[0].lower() if language() == ENGLISH else own.hint[0]  # a noun elsewhere keeps its capital
        return f"{own.label} ({readable(self.keys[0])}): {first}{own.hint[1:]}"

    @property
    def translated(self) -> Self:
        """The same in the language that is spoken."""
        return replace(self, label=_(self.label), hint=_(self.hint), announce=self.announce and _(self.announce))


@dataclass(frozen=True, slots=True)
class Tool(Command):
    """Something that the pointer does.

    Attributes:
        gesture: What a hand does: draw with a ``brush``, drag a ``box``, draw around with a ``lasso``, put ``corners``
            one by one, or ``pick`` a place in the image, whose pixels the kernel looks at.
        operation: What comes of it, by its name in ``imaging.operations``.
        erase: It always takes away.
    """

    group: str = field(default="tool", init=False)
    gesture: str
    operation: str
    erase: bool = field(default=False, kw_only=True)


_TOOLS = (
    Tool("brush", "Brush", ("b",), "Drag to paint what should change. Hold E to take away.", "brush", "stroke"),
    Tool(
        "eraser", "Eraser", ("e",), "Drag to take away. Hold the key for a moment's use.", "brush", "stroke", erase=True
    ),
    Tool("rect", "Rectangle", ("r",), "Drag from corner to corner; Shift makes a square.", "box", "rect"),
    Tool("ellipse", "Ellipse", ("o",), "Drag from corner to corner; Shift makes a circle.", "box", "ellipse"),
    Tool("lasso", "Lasso", ("l",), "Draw around an area to fill it.", "lasso", "polygon"),
    Tool("polygon", "Polygon", ("p",), "Click corner by corner; the first, or Enter, closes it.", "corners", "polygon"),
    Tool("bucket", "Bucket", ("g",), "Click to fill a similar colour up to its painted edge.", "pick", "pixels"),
    Tool("wand", "Magic wand", ("w",), "Click to add an area of similar colour; Shift: everywhere.", "pick", "pixels"),
)
_STEPS = (
    Command("undo", "Undo", ("Ctrl+z",), "Take the last step back.", "step", announce="Undone"),
    Command("redo", "Redo", ("Ctrl+Shift+z", "Ctrl+y"), "Do it again.", "step", announce="Done again"),
    Command("invert", "Invert", ("i",), "Swap what is painted and what is not.", "whole", announce="Mask inverted"),
    Command("clear", "Clear", ("Delete", "Backspace"), "Remove all paint.", "whole", announce="Mask cleared"),
    Command("fill", "Fill", ("f",), "Paint the whole image.", "whole", announce="Whole image painted"),
)
_EDGES = (
    Command("grow", "Grow", (".", ">"), "Widen the mask by the reach.", "edge"),
    Command("shrink", "Shrink", (",", "<"), "Narrow the mask by the reach.", "edge"),
    Command("feather", "Feather", ("s",), "Soften the mask's edge by the reach.", "edge"),
)
_VIEW = (
    Command("zoom_out", "Zoom out", ("-",), "See more of the image.", "zoom"),
    Command("zoom_in", "Zoom in", ("+", "="), "Come closer; Ctrl and the wheel do the same.", "zoom"),
    Command("fit", "Fit", ("0",), "Show the whole image.", "zoom"),
    Command("actual", "Actual size", ("1",), "One image pixel for one screen pixel.", "size"),
    Command("visible", "Show mask", ("h",), "Show or hide the mask.", "look", toggles=True),
    Command(
        "more",
        "More",
        ("m",),
        "Show or hide more tools, shapes by numbers too.",
        "look",
        toggles=True,
        needs_image=False,
    ),
    Command("crosshair", "Crosshair", ("k",), "Paint by keyboard: arrows move it, Space paints, Escape ends.", "key"),
    Command("color", "Next colour", ("c",), "Paint the mask in another colour.", "key"),
    Command("smaller", "Smaller brush", ("[",), "Make the brush smaller.", "key"),
    Command("larger", "Larger brush", ("]",), "Make the brush larger.", "key"),
    Command("fainter", "Fainter mask", ("{",), "See more of the image through the mask.", "key"),
    Command("stronger", "Stronger mask", ("}",), "See less of the image through the mask.", "key"),
)
_FILES = (
    Command("load", "Load mask", ("Shift+o",), "Use a picture of a mask from a file.", "file"),
    Command("save", "Save mask", ("Shift+s",), "Download the mask as a PNG, white where to edit.", "file"),
    Command("alpha", "From transparency", ("Shift+a",), "Paint what is transparent in the image.", "file"),
)

COMMANDS = {command.name: command for command in (*_TOOLS, *_STEPS, *_EDGES, *_VIEW, *_FILES)}
TOOLS = {tool.name: tool for tool in _TOOLS}

ICONS = {
    "brush": "M20 4c-3 1-8 5.5-10.5 9L12 15.5C15.5 13 20 7.5 20 4z"
    "M8.5 14c-2 .2-3 1.6-3 3.2 0 1-.8 1.9-2 2.3"
    " 3.5 1.4 7.5.3 7.5-3z",
    "eraser": "M4.5 15.5 13.5 6.5a2 2 0 0 1 2.8 0l2.7 2.7a2 2 0 0 1 0 2.8L12 19H8zM9 11l6 6M8 19h12",
    "rect": "M4 6h16v12H4z",
    "ellipse": "M12 6c4.7 0 8.5 2.7 8.5 6s-3.8 6-8.5 6-8.5-2.7-8.5-6 3.8-6 8.5-6z",
    "lasso": "M12 4.5c4.7 0 8.5 2.3 8.5 5.2S16.7 15 12 15s-8.5-2.4-8.5-5.3S7.3 4.5 12 4.5z"
    "M7 14c-1.5.8-1.5 2.8 0 3 1.7.2 2.3-1.7 1-2.7M7 17c.8 1.2.6 2.3-.5 3",
    "polygon": "M12 4l8 6-3 9H7L4 10zM12 4v.01M20 10v.01M17 19v.01M7 19v.01M4 10v.01",
    "bucket": "M9 4l8.5 8.5-6.2 6.2a2 2 0 0 1-2.8 0l-4.2-4.2a2 2 0 0 1 0-2.8L10.8 5.8"
    "M4.5 13h12.5M20 15.5c1 1.5 1.5 2.3 1.5 3a1.5 1.5 0 0 1-3 0c0-.7.5-1.5 1.5-3z",
    "wand": "M4 20 14.5 9.5M16.5 3.5v4M14.5 5.5h4M19.5 10.5v3M18 12h3M10.5 4v3M9 5.5h3",
    "undo": "M8.5 5 4 9.5 8.5 14M4 9.5h10a5 5 0 0 1 0 10h-4",
    "redo": "M15.5 5 20 9.5 15.5 14M20 9.5H10a5 5 0 0 0 0 10h4",
    "invert": "M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16zM12 4v16M12 8h3.5M12 12h7.5M12 16h5.5",
    "clear": "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v6M13.5 10.5v6",
    "fill": "M4.5 4.5h15v15h-15z",
    "grow": "M9 9h6v6H9zM12 6V2.5M12 21.5V18M6 12H2.5M21.5 12H18",
    "shrink": "M4 4l5 5M9 5v4H5M20 4l-5 5M15 5v4h4M4 20l5-5M9 19v-4H5M20 20l-5-5M15 19v-4h4",
    "feather": "M20 4C12 4 7 9 6.5 16L4 20M6.5 16c6 1 11-2 12-7h-4M10 12.5h6.5",
    "zoom_in": "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 1 0 0-12zM15 15l5 5M10.5 8v5M8 10.5h5",
    "zoom_out": "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 1 0 0-12zM15 15l5 5M8 10.5h5",
    "fit": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    "actual": "M5 8l2.5-2v12M16 8l2.5-2v12M12 10v.01M12 14.5v.01",
    "visible": "M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5"
    "c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12z"
    "M12 9a3 3 0 1 0 0 6 3 3 0 1 0 0-6z",
    "more": "M5 7h8M17 7h2M5 12h2M11 12h8M5 17h6M15 17h4M15 5v4M9 10v4M13 15v4",
    "load": "M12 15V4M7.5 8.5 12 4l4.5 4.5M4.5 15v4.5h15V15",
    "save": "M12 4v11M7.5 10.5 12 15l4.5-4.5M4.5 15v4.5h15V15",
    "alpha": "M4 4h16v16H4zM5.5 5.5v13h13v-13z"
    "M5.5 5.5h4.4v4.4H5.5zM14.1 5.5h4.4v4.4h-4.4zM9.8 9.8h4.4v4.4H9.8zM5.5 14.1h4.4v4.4H5.5zM14.1 14.1h4.4v4.4h-4.4z",
}
"""A path for each button on a grid of 24 x 24, drawn for this painter."""


def commands_js() -> str:
    """The table for the browser, as JavaScript."""
    return f"const PAINTER_COMMANDS = {json.dumps([asdict(command.translated) for command in COMMANDS.values()])};\n"


def readable(key: str) -> str:
    """``Ctrl+Shift+z`` as a person writes it: ``Ctrl+Shift+Z``."""
    named = {"Ctrl": _("Ctrl"), "Shift": _("Shift"), "Delete": pgettext("key", "Delete"), "Backspace": _("Backspace")}
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    return "+".join(named.get(part, part.upper() if len(part) == 1 else part) for part in [*modifiers, last])
