"""Every tool and command of the painter: its name, its label, its keys and what to say about it.

One table for the toolbar's buttons, the keyboard, the tooltips and the screen reader, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


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
    toggles: bool = False
    needs_image: bool = True
    announce: str = ""

    @property
    def tooltip(self) -> str:
        """Label, key and hint in one line."""
        return f"{self.label} ({readable(self.keys[0])}): {self.hint[0].lower()}{self.hint[1:]}"

    def as_json(self) -> dict[str, Any]:
        """For the browser."""
        return {**asdict(self), "keys": list(self.keys)}


_TOOLS = (
    Command("brush", "Brush", ("b",), "Drag to paint what should change. Hold E to take away.", "tool"),
    Command("eraser", "Eraser", ("e",), "Drag to take away. Hold the key to use it for a moment.", "tool"),
    Command("rect", "Rectangle", ("r",), "Drag from corner to corner; Shift makes a square.", "tool"),
    Command("ellipse", "Ellipse", ("o",), "Drag from corner to corner; Shift makes a circle.", "tool"),
    Command("lasso", "Lasso", ("l",), "Draw around an area to fill it.", "tool"),
    Command("polygon", "Polygon", ("p",), "Click corner by corner; the first one, or Enter, closes it.", "tool"),
    Command("bucket", "Bucket", ("g",), "Click to fill an area of similar colour up to its painted edge.", "tool"),
    Command("wand", "Magic wand", ("w",), "Click to add an area of similar colour; with Shift, everywhere.", "tool"),
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
    Command("more", "More", ("m",), "Show or hide the other tools.", "look", toggles=True, needs_image=False),
    Command("color", "Next colour", ("c",), "Paint the mask in another colour.", "key", announce="Mask colour changed"),
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
TOOLS = tuple(command.name for command in _TOOLS)


def readable(key: str) -> str:
    """``Ctrl+Shift+z`` as a person writes it: ``Ctrl+Shift+Z``."""
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    return "+".join([*modifiers, last.upper() if len(last) == 1 else last])
