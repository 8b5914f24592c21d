"""What must not be drawn: everything a text may mean, taken out of a scene."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from r9s_notebook.engines.sketch.grammar import lexicon
from r9s_notebook.engines.sketch.grammar.scene import Scene, Thing
from r9s_notebook.engines.sketch.grammar.words import forms, kind_of, phrases, words_of

_LETTERS = {"text", "letters", "words", "writing", "lettering"}


def words_for(text: str) -> frozenset[str]:
    """Everything a text may mean to exclude: its words, their subjects, places, weather and details."""
    found: set[str] = set()
    for phrase, _ in phrases(words_of(text)):
        found.update(forms(phrase))
        kind = kind_of(phrase)
        if kind:
            found.add(kind)
        for table in (lexicon.PLACES, lexicon.WEATHER, lexicon.HOURS, lexicon.SEASONS):
            if phrase in table:
                found.add(table[phrase])
    return frozenset(found)


def leave_out(scene: Scene, without: frozenset[str]) -> Scene:
    """The scene without these."""
    kept = [
        index for index, thing in enumerate(scene.things) if thing.kind not in without and thing.word not in without
    ]
    things = tuple(
        replace(
            thing,
            wears=tuple(worn for worn in thing.wears if worn.kind not in without),
            bears=thing.bears if thing.bears is not None and thing.bears.kind not in without else None,
            colours=tuple(name for name in thing.colours if name not in without),
        )
        for thing in kept_things(scene.things, kept)
    )
    return replace(
        scene,
        things=things,
        place=None if scene.place in without else scene.place,
        hour=None if scene.hour in without else scene.hour,
        weather=None if scene.weather in without else scene.weather,
        season=None if scene.season in without else scene.season,
        colours=tuple(name for name in scene.colours if name not in without),
        ground=tuple(name for name in scene.ground if name not in without),
        letters=() if without & _LETTERS else scene.letters,
        extras=scene.extras - without,
        without=without,
    )


def kept_things(things: Sequence[Thing], kept: Sequence[int]) -> Iterator[Thing]:
    """The things with these indices; who stood to one that is gone stands alone."""
    moved = {old: new for new, old in enumerate(kept)}
    for index in kept:
        thing = things[index]
        gone = thing.other not in moved
        yield replace(
            thing,
            other=None if gone or thing.other is None else moved[thing.other],
            relation=None if gone else thing.relation,
        )
