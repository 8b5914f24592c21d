"""Where subjects are registered: a new one is a small function under one decorator line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from r9s_notebook.offline.sketch.colour import NAMED, RGB
from r9s_notebook.offline.sketch.pen import Pen

Draw = Callable[[Pen], None]


@dataclass(frozen=True)
class Subject:
    """Something the engine can draw.

    Attributes:
        name: Its name, which is also a word for it.
        draw: Draws it into the pen's box: x 0 to 100 * aspect, y 0 (top) to 100 (where it stands).
        aspect: Width by height of its box.
        size: Its height by the canvas's short side, where it is the only one.
        home: The place it is shown in where the prompt names none.
        colours: Its own colours; one of them is picked where the prompt names none.
        stands: On the ``ground``, in the ``air``, on ``water``, on a ``table``, or in the ``sky`` far away.
        head: Where a hat would sit: x and y of its brim's middle, and the head's width; None where nothing does.
    """

    name: str
    draw: Draw
    aspect: float = 1.0
    size: float = 0.5
    home: str = "meadow"
    colours: tuple[RGB, ...] = ((200, 120, 80),)
    stands: str = "ground"
    head: tuple[float, float, float] | None = None


SUBJECTS: dict[str, Subject] = {}
"""By name."""

WORDS: dict[str, str] = {}
"""Every word for a subject, and the subject's name."""


def subject(
    name: str,
    *words: str,
    aspect: float = 1.0,
    size: float = 0.5,
    home: str = "meadow",
    colours: tuple[RGB | str, ...] = ((200, 120, 80),),
    stands: str = "ground",
    head: tuple[float, float, float] | None = None,
) -> Callable[[Draw], Draw]:
    """Register a drawing function under a name and its other words; see ``Subject`` for the rest."""

    def register(draw: Draw) -> Draw:
        mixed = tuple(NAMED[colour] if isinstance(colour, str) else colour for colour in colours)
        SUBJECTS[name] = Subject(name, draw, aspect, size, home, mixed, stands, head)
        for word in (name, *words):
            WORDS[word] = name
        return draw

    return register
