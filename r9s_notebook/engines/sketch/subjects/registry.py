"""Where subjects are registered: a new one is a small function under one decorator line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from r9s_notebook.engines.sketch.colour import NAMED, RGB
from r9s_notebook.engines.sketch.pen import Pen

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
        hand: Where it holds something, x and y; None where it has no hand.
        seat: How high on it something sits, by its height.
        holds: Where another thing in it shows: its rim and that thing's height, by its own height; None where
            nothing can be in it.
        cab: The window that a driver looks out of: its x, and the driver's top, height and lower end.
        pitch: How far apart the windows of several passengers are; 0 where there is one.
    """

    name: str
    draw: Draw
    aspect: float = 1.0
    size: float = 0.5
    home: str = "meadow"
    colours: tuple[RGB, ...] = ((200, 120, 80),)
    stands: str = "ground"
    head: tuple[float, float, float] | None = None
    hand: tuple[float, float] | None = None
    seat: float = 0.97
    holds: tuple[float, float] | None = None
    cab: tuple[float, float, float, float] | None = None
    pitch: float = 0.0

    @property
    def family(self) -> str:
        """The module it is drawn in: pets, plants, vehicles."""
        return self.draw.__module__.rpartition(".")[2]


WORN = {
    "hat": 1.5, "top hat": 1.25, "crown": 1.0, "cap": 1.3, "party hat": 0.8, "glasses": 0.92, "scarf": 1.0, "bow": 0.8,
    "beanie": 1.05, "chef hat": 1.1, "helmet": 1.15, "pirate hat": 1.5,
}  # fmt: skip
"""Subjects that sit on a head, with their width by the head's."""

LOW = {"scarf": 1.15, "glasses": 0.62, "bow": 1.1}
"""Of these, those that sit lower than on top: how far, by the head's width."""

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
    hand: tuple[float, float] | None = None,
    seat: float = 0.97,
    holds: tuple[float, float] | None = None,
    cab: tuple[float, float, float, float] | None = None,
    pitch: float = 0.0,
) -> Callable[[Draw], Draw]:
    """Register a drawing function under a name and its other words; see ``Subject`` for the rest."""

    def register(draw: Draw) -> Draw:
        mixed = tuple(NAMED[colour] if isinstance(colour, str) else colour for colour in colours)
        SUBJECTS[name] = Subject(name, draw, aspect, size, home, mixed, stands, head, hand, seat, holds, cab, pitch)
        for word in (name, *words):
            WORDS[word] = name
        return draw

    return register


HEADLESS = frozenset({"food", "groceries", "plants", "meals", "sky", "household"})
"""Families that have no head of their own, and may be dressed all the same."""
