"""What a prompt was understood to mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thing:
    """Something to draw.

    Attributes:
        kind: A subject's name.
        word: The word the prompt had for it.
        count: How many, 1 to 12.
        colours: Colour names that belong to it, in order.
        size: 1 as usual; 0.5 tiny, 1.6 giant.
        traits: Adjectives its drawing may heed.
        wears: What it has on its head.
        relation: How it stands to another thing: left, right, beside, on, under, above, before, behind, inside.
        other: The index of that thing.
    """

    kind: str
    word: str
    count: int = 1
    colours: tuple[str, ...] = ()
    size: float = 1.0
    traits: frozenset[str] = frozenset()
    wears: tuple[Thing, ...] = ()
    relation: str | None = None
    other: int | None = None


@dataclass(frozen=True)
class Scene:
    """A whole prompt.

    Attributes:
        things: In the order of the prompt.
        place: Where, or None for the first thing's home.
        hour: dawn, day, golden, sunset, dusk or night; None where nothing was said.
        weather: clear, cloudy, rain, storm, snow, fog or wind; None where nothing was said.
        season: spring, summer, autumn or winter; None where nothing was said.
        look: The name of a look, or None for the engine's own.
        colours: Colours that belong to no thing: the picture's own palette.
        letters: Texts in quotes.
        extras: Details of the sky: sun, moon, stars, rainbow, aurora, fireflies.
        unknown: Words that mean nothing here.
        without: Subjects and details that must not be drawn.
    """

    things: tuple[Thing, ...] = ()
    place: str | None = None
    hour: str | None = None
    weather: str | None = None
    season: str | None = None
    look: str | None = None
    colours: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    extras: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
