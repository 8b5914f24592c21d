"""Everything the sketch engine can draw, by family."""

from __future__ import annotations

from r9s_notebook.engines.sketch.subjects import (  # noqa: F401 - importing a family registers it
    buildings,
    civic,
    clothing,
    crawling,
    creatures,
    fairground,
    flying,
    food,
    fourlegged,
    furniture,
    groceries,
    handheld,
    heroes,
    household,
    interior,
    leisure,
    meals,
    objects,
    orchard,
    people,
    pets,
    plants,
    science,
    sky,
    structures,
    things,
    vehicles,
    water,
    wild,
    winged,
)
from r9s_notebook.engines.sketch.subjects.registry import SUBJECTS, WORDS, Subject

__all__ = ["SUBJECTS", "WORDS", "Subject"]
