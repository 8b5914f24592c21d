"""What must not be drawn: everything a text may mean, taken out of a scene."""

from __future__ import annotations

from dataclasses import replace

from r9s_notebook.offline.sketch.grammar import lexicon
from r9s_notebook.offline.sketch.grammar.scene import Scene
from r9s_notebook.offline.sketch.grammar.words import forms, kind_of, phrases, words_of

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
    moved = {old: new for new, old in enumerate(kept)}
    things = tuple(
        replace(
            thing,
            other=moved.get(thing.other) if thing.other is not None else None,
            relation=thing.relation if thing.other in moved else None,
            wears=tuple(worn for worn in thing.wears if worn.kind not in without),
            colours=tuple(name for name in thing.colours if name not in without),
        )
        for index, thing in enumerate(scene.things)
        if index in moved
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
