"""From a prompt to a ``Scene``. Nothing is an error: what is not understood is kept as ``unknown``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from r9s_notebook.offline.sketch.colour import NAMED
from r9s_notebook.offline.sketch.grammar import lexicon
from r9s_notebook.offline.sketch.grammar.scene import Scene, Thing
from r9s_notebook.offline.sketch.subjects import SUBJECTS, WORDS
from r9s_notebook.offline.sketch.subjects.clothing import WORN

_LONGEST_PHRASE = 4
_READ = 4000
"""Characters of a prompt that are read; a picture has no room for more."""

_QUOTED = re.compile(r'"([^"]{1,80})"|“([^”]{1,80})”|«([^»]{1,80})»|(?<!\w)\'([^\']{1,80})\'(?!\w)')
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*|,|\.|;")
_GARMENTS = {"shirt", "shoe"}
_WORN_BY = {"with", "wearing", "inside"}
_FLOWERS = {"flower", "rose", "tulip", "sunflower", "leaf"}
_TOPS = {"table", "desk", "counter", "shelf", "tablecloth"}
_EXTRAS = {"sun", "moon", "stars", "star", "aurora", "northern lights", "fireflies", "rainbow", "full moon", "clouds"}


@dataclass
class _Reading:
    """What has been read so far, and the adjectives that wait for their noun."""

    things: list[Thing] = field(default_factory=list)
    place: str | None = None
    hour: str | None = None
    weather: str | None = None
    season: str | None = None
    look: str | None = None
    colours: list[str] = field(default_factory=list)
    extras: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    without: set[str] = field(default_factory=set)
    waiting_colours: list[str] = field(default_factory=list)
    waiting_count: int = 1
    waiting_size: float = 1.0
    waiting_traits: set[str] = field(default_factory=set)
    relation: str | None = None
    negated: bool = False
    of: bool = False
    after_thing: bool = False

    def settle(self) -> None:
        """Adjectives that found no noun colour the whole picture."""
        self.colours += self.waiting_colours
        self.waiting_colours = []
        self.waiting_count = 1
        self.waiting_size = 1.0
        self.waiting_traits = set()


@lru_cache(maxsize=256)
def parse(prompt: str, negative_prompt: str = "") -> Scene:
    """Read a prompt, and leave out what the negative prompt names."""
    scene = _read(prompt)
    unwanted = _unwanted(_read(negative_prompt)) if negative_prompt.strip() else frozenset()
    without = scene.without | unwanted | _words_for(negative_prompt)
    return _leave_out(scene, without) if without else scene


def _read(prompt: str) -> Scene:
    text = prompt[:_READ].casefold()
    letters = tuple(
        next(group for group in match.groups() if group).strip() for match in _QUOTED.finditer(prompt[:_READ])
    )
    words = _WORD.findall(_QUOTED.sub(" ", text))
    reading = _Reading()
    for phrase, follower in _phrases(words):
        before = len(reading.things)
        _take(reading, phrase, follower)
        reading.of, reading.after_thing = phrase == "of", len(reading.things) > before
    reading.settle()
    return Scene(
        things=tuple(reading.things[:8]),
        place=reading.place,
        hour=reading.hour,
        weather=reading.weather,
        season=reading.season,
        look=reading.look,
        colours=tuple(dict.fromkeys(reading.colours)),
        letters=letters[:3],
        extras=frozenset(reading.extras),
        unknown=tuple(dict.fromkeys(reading.unknown)),
        without=frozenset(reading.without),
    )


def _phrases(words: list[str]) -> Iterator[tuple[str, str]]:
    """The longest phrases the lexicon knows, each with the word that follows it."""
    index = 0
    while index < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - index), 0, -1):
            phrase = " ".join(words[index : index + length])
            if length == 1 or _known(phrase):
                break
        index += length
        yield phrase, words[index] if index < len(words) else ""


_TABLES: tuple[Mapping[str, object], ...] = (
    lexicon.RELATIONS,
    lexicon.LOOKS,
    lexicon.HOURS,
    lexicon.WEATHER,
    lexicon.SEASONS,
    lexicon.PLACES,
    lexicon.NUMBERS,
    WORDS,
)


def _known(phrase: str) -> bool:
    return any(phrase in table for table in _TABLES) or _kind(phrase) is not None


def _kind(word: str) -> str | None:
    """The subject a word means, in the singular or the plural."""
    for form in _forms(word):
        if form in WORDS:
            return WORDS[form]
    return None


def _forms(word: str) -> Iterator[str]:
    yield word
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("ves"):
        yield word[:-3] + "f"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    if word.endswith("'s") or word.endswith("\u2019s"):
        yield word[:-2]
    if word == "mice":
        yield "mouse"
    if word == "geese":
        yield "goose"
    if word.endswith("men"):
        yield word[:-3] + "man"


def _take(reading: _Reading, phrase: str, follower: str) -> None:
    if phrase in {",", ".", ";"}:
        if not reading.things:
            reading.settle()
        reading.negated = False
        reading.relation = "and" if phrase == "," else None
        return
    if phrase in {"no", "without", "except", "minus"}:
        reading.negated = True
        return
    if reading.negated:
        reading.without |= _words_for(phrase)
        reading.negated = phrase in lexicon.NUMBERS or phrase in NAMED or phrase in {"any", "the"}
        return
    if _is_look(phrase, follower):
        reading.look = reading.look or lexicon.LOOKS[phrase]
    elif phrase in NAMED and not _is_colour_thing(phrase, follower):
        _colour(reading, phrase)
    elif phrase in lexicon.SIZES:
        reading.waiting_size = lexicon.SIZES[phrase]
    elif phrase in lexicon.RELATIONS:
        reading.relation = lexicon.RELATIONS[phrase]
    elif phrase.isdecimal() and len(phrase) < 4:
        reading.waiting_count = max(1, min(12, int(phrase)))
    elif phrase in lexicon.NUMBERS and phrase not in WORDS:
        if phrase not in {"a", "an"} or reading.waiting_count == 1:
            reading.waiting_count = lexicon.NUMBERS[phrase]
    else:
        _noun(reading, phrase)


def _noun(reading: _Reading, phrase: str) -> None:
    known = False
    if phrase in lexicon.TRAITS:
        reading.waiting_traits.add(lexicon.TRAITS[phrase])
        if reading.things and reading.relation is None:  # "a bear sleeping"
            last = reading.things[-1]
            reading.things[-1] = replace(last, traits=last.traits | {lexicon.TRAITS[phrase]})
        known = True
    for table, name in ((lexicon.HOURS, "hour"), (lexicon.WEATHER, "weather"), (lexicon.SEASONS, "season")):
        if phrase in table:
            setattr(reading, name, getattr(reading, name) or table[phrase])
            known = True
    if phrase in _EXTRAS:
        reading.extras.add(phrase)
        known = True
    kind = _kind(phrase)
    # "on the moon" is a place; "at sea", "in the clouds" as well. A thing that was counted is a thing.
    if phrase in lexicon.PLACES and not (kind and (reading.waiting_count > 1 or reading.waiting_colours)):
        if reading.place is None or lexicon.PLACES[phrase] != "plain":
            reading.place = reading.place or lexicon.PLACES[phrase]
        reading.settle()
        reading.relation = None
        return
    if kind == "star" and phrase == "stars" and reading.waiting_count == 1:
        kind = None
    if phrase in _TOPS and reading.relation == "on" and reading.place is None:
        reading.place = "table"
        reading.settle()
        reading.relation = None
        return
    if phrase == "moon" and reading.relation == "on":
        reading.place, reading.hour = "moon", None
        return
    if kind is not None and not (known and phrase in {"christmas"}):
        _thing(reading, kind, phrase)
    elif not known and phrase not in lexicon.STOPWORDS and phrase not in lexicon.LOOK_TAILS:
        reading.unknown.append(phrase)


def _thing(reading: _Reading, kind: str, word: str) -> None:
    plural = any(form in WORDS for form in list(_forms(word))[1:])
    count = reading.waiting_count
    if plural and count == 1 and word.endswith("s") and kind not in WORN:
        count = 3
    thing = Thing(
        kind=kind,
        word=word,
        count=max(1, min(12, count)),
        colours=tuple(reading.waiting_colours),
        size=reading.waiting_size,
        traits=frozenset(reading.waiting_traits),
    )
    relation, reading.relation = reading.relation, None
    reading.waiting_colours = []
    reading.settle()
    wearer = reading.things[-1] if reading.things else None
    if wearer is not None and wearer.kind == kind and (reading.of or (reading.after_thing and relation is None)):
        return  # "a cup of coffee" and "a bear cub" are one thing
    if wearer is not None and kind in _GARMENTS and SUBJECTS[wearer.kind].head and relation in _WORN_BY:
        reading.things[-1] = replace(wearer, colours=thing.colours or wearer.colours)
        return
    if wearer is not None and reading.of and wearer.kind in {"bouquet", "vase", "houseplant"} and kind in _FLOWERS:
        reading.things[-1] = replace(wearer, kind="bouquet", colours=thing.colours or wearer.colours)
        return
    if reading.of and reading.place is not None and plural:
        thing = replace(thing, count=max(thing.count, 9))  # "a field of sunflowers"
    if kind in WORN and wearer and relation in {*_WORN_BY, "and"} and SUBJECTS[wearer.kind].head:
        reading.things[-1] = replace(wearer, wears=(*wearer.wears, thing))
        return
    if wearer is not None:
        other = len(reading.things) - 1
        thing = replace(thing, relation=None if relation in {"and", "with", "wearing"} else relation, other=other)
        if relation not in {None, "and", "with", "wearing"}:
            # "a cat on a chair": the relation was said of the first, and belongs to it.
            reading.things[-1] = replace(wearer, relation=relation, other=other + 1)
            thing = replace(thing, relation=None, other=None)
    reading.things.append(thing)


def _colour(reading: _Reading, name: str) -> None:
    reading.waiting_colours.append(name)


def _is_look(phrase: str, follower: str) -> bool:
    if phrase not in lexicon.LOOKS:
        return False
    return (phrase not in WORDS and phrase not in {"line", "paper", "oil", "ink", "photo"}) or (
        follower in lexicon.LOOK_TAILS
        or (phrase in {"paper", "oil", "ink", "photo"} and follower in {"", ",", ".", "of"})
    )


def _is_colour_thing(phrase: str, follower: str) -> bool:
    """An orange is a fruit, an orange cat is a cat."""
    return phrase in WORDS and not (follower in NAMED or _kind(follower) or follower in lexicon.PLACES)


def _words_for(text: str) -> frozenset[str]:
    """Everything a text may mean to exclude: its words, their subjects, places, weather and details."""
    found: set[str] = set()
    words = _WORD.findall(text[:_READ].casefold())
    for phrase, _ in _phrases(words):
        found.add(phrase)
        kind = _kind(phrase)
        if kind:
            found.add(kind)
        for table in (lexicon.PLACES, lexicon.WEATHER, lexicon.HOURS, lexicon.SEASONS):
            if phrase in table:
                found.add(table[phrase])
        if phrase.endswith("s"):
            found.add(phrase[:-1])
    return frozenset(found)


def _unwanted(scene: Scene) -> frozenset[str]:
    return frozenset({thing.kind for thing in scene.things})


def _leave_out(scene: Scene, without: frozenset[str]) -> Scene:
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
        letters=() if without & {"text", "letters", "words", "writing", "lettering"} else scene.letters,
        extras=scene.extras - without,
        without=without,
    )
