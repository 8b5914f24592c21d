"""How a subject is shaped, found out by drawing it once."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.light import light_for
from r9s_notebook.engines.sketch.pen import Pen
from r9s_notebook.engines.sketch.subjects import SUBJECTS
from r9s_notebook.engines.sketch.subjects.registry import HEADLESS

STEPS = 40
"""Columns of a profile."""


def crest(kind: str) -> float:
    """How high a subject is in its middle, by its height."""
    return profile(kind)[STEPS // 2][0]


def head_of(kind: str) -> tuple[float, float, float] | None:
    """Where a hat would sit: the subject's own head, or the upper end of a fruit, a plant or a cup."""
    known = SUBJECTS[kind]
    if known.head is not None or known.family not in HEADLESS:
        return known.head
    return known.aspect * 50, 100 * (1 - crest(kind)) + 3, min(known.aspect * 55, 60.0)


@lru_cache(maxsize=512)
def profile(kind: str) -> tuple[tuple[float, float], ...]:
    """From left to right how high it reaches and how low, by its height; (0, 1) where nothing is drawn."""
    known, dice = SUBJECTS[kind], Dice("silhouette")
    pen = Pen(
        light=light_for("day", "", vivid=True, dice=dice), dice=dice, width=known.aspect * 100, main=known.colours[0]
    )
    known.draw(pen)
    tops, soles = [100.0] * STEPS, [0.0] * STEPS
    for shape in pen.shapes:
        if shape.glow or shape.opacity < 0.6 or shape.clip:
            continue
        for (x, y), (far, low) in pairwise((*shape.outline, shape.outline[0])):
            for step in range(STEPS):
                at = (step + 0.5) / STEPS * known.aspect * 100
                if x != far and min(x, far) <= at <= max(x, far):
                    height = y + (low - y) * (at - x) / (far - x)
                    tops[step], soles[step] = min(tops[step], height), max(soles[step], height)
    return tuple((max(0.0, 1 - top / 100), min(1.0, 1 - sole / 100)) for top, sole in zip(tops, soles, strict=True))
