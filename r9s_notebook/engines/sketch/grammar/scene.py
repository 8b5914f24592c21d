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
        parts: Colours of its parts: ("roof", "red").
        size: 1 as usual; 0.5 tiny, 1.6 giant.
        traits: Adjectives its drawing may heed.
        pieces: How many of its parts were asked for: a cake's candles, a chart's bars; 0 where nothing was said.
        wears: What it has on its head.
        role: What an animal is dressed as: a pirate, an astronaut.
        bears: What a compound says it is for: the apples of an apple tree, the cup on a coffee shop's sign.
        relation: How it stands to another thing: left, right, beside, on, riding, under, above, before, behind,
            inside, held, played.
        other: The index of that thing.
        side: Where in the picture it was put: left or right.
    """

    kind: str
    word: str
    count: int = 1
    colours: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    size: float = 1.0
    traits: frozenset[str] = frozenset()
    pieces: int = 0
    wears: tuple[Thing, ...] = ()
    role: str = ""
    bears: Thing | None = None
    relation: str | None = None
    other: int | None = None
    side: str | None = None


@dataclass(frozen=True)
class Scene:
    """A whole prompt.

    Attributes:
        things: In the order of the prompt.
        place: Where, or None for the home of the largest thing.
        hour: dawn, day, golden, sunset, dusk or night; None where nothing was said.
        weather: clear, cloudy, rain, storm, snow, fog or wind; None where nothing was said.
        season: spring, summer, autumn or winter; None where nothing was said.
        look: The name of a look, or None for the engine's own.
        colours: Colours that belong to no thing: the sky's, or the picture's own palette.
        ground: Colours of the place itself: a green hill, a white background.
        letters: Texts in quotes.
        extras: Details of the sky: sun, moon, stars, rainbow, aurora, fireflies.
        portrait: Only the head and the shoulders.
        unknown: Words that mean nothing here.
        corrected: Misspelt words, each with what it was read as.
        without: Subjects and details that must not be drawn.
    """

    things: tuple[Thing, ...] = ()
    place: str | None = None
    hour: str | None = None
    weather: str | None = None
    season: str | None = None
    look: str | None = None
    colours: tuple[str, ...] = ()
    ground: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    extras: frozenset[str] = frozenset()
    portrait: bool = False
    unknown: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    without: frozenset[str] = frozenset()
