"""From a prompt to a ``Scene``. Nothing is an error: what is not understood is kept as ``unknown``."""

from __future__ import annotations

import re
from functools import lru_cache

from r9s_notebook.engines.sketch.colour import NAMED
from r9s_notebook.engines.sketch.grammar import lexicon
from r9s_notebook.engines.sketch.grammar.compounds import PEOPLE, apart, is_animal, is_bearer, together
from r9s_notebook.engines.sketch.grammar.excluded import kept_things, leave_out, words_for
from r9s_notebook.engines.sketch.grammar.reading import Reading, interior_of, is_ground_cover, settle_postures
from r9s_notebook.engines.sketch.grammar.scene import Scene
from r9s_notebook.engines.sketch.grammar.spelling import meant
from r9s_notebook.engines.sketch.grammar.words import forms, is_known, kind_of, part_of, phrases, words_of
from r9s_notebook.engines.sketch.subjects import SUBJECTS, WORDS

_READ = 4000
"""Characters of a prompt that are read; a picture has no room for more."""

_GUESSED = 24
"""Unknown words of a prompt after which no more typos are looked for: each costs a search."""

_QUOTED = re.compile(
    r'"([^"]{1,80})"|“([^”]{1,80})”|«([^»]{1,80})»|„([^“”]{1,80})[“”]|(?<!\w)[\'‘]([^\n]{1,80}?)[\'’](?!\w)'  # noqa: RUF001 - as people type them
)
_TOPS = {"table", "desk", "counter", "shelf", "tablecloth"}
_EXTRAS = {
    "sun", "moon", "stars", "star", "aurora", "northern lights", "fireflies", "rainbow", "full moon", "crescent moon",
    "clouds", "milky way", "starry sky", "night sky",
}  # fmt: skip
_WITH_WATERFALLS = {"forest", "mountains", "river", "lake", "meadow", "garden", "hilltop"}
_VERBS = {"building", "fly"}
"""Nouns that are verbs where no article is before them: "children building a snowman", "pigs that fly"."""
_VAGUE = {"landscape", "countryside", "road"}
"""Places that any other place tells more of: a road in the desert is in the desert."""
_ITS = {"its", "his", "her", "their"}
_MEMBERS = {"hand", "face", "eye", "tooth", "brain"}
_GRIPS = {"hand", "hands", "mouth", "arms", "arm", "beak", "paw", "paws", "claws", "lap"}
_LANDFORMS = {"mountain", "island", "volcano"}
_PRINTED = {"on it", "on them", "print", "design", "motif"}
_COVERED = {"field", "meadow", "garden"}
_BEDS = {"field", "fields", "garden", "gardens", "meadow", "meadows"}
_MARKS = {",", ".", ";", ":", "!", "?"}
_AFTER_A_NOUN = (_MARKS | set(lexicon.RELATIONS)) - {"and", "&"}
_STILL_NEGATED = {"any", "the", "draw", "show", "include", "add", "use", "put", "paint", "or", "nor", "even", "have"}
_TONES = {"tones", "colours", "colors", "palette", "shades", "hues", "tints", "lighting"}
_HAIRED = re.compile(r"([a-z]+)-(hair|eye)(?:ed|d)")


@lru_cache(maxsize=256)
def parse(prompt: str, negative_prompt: str = "") -> Scene:
    """Read a prompt, and leave out what the negative prompt names."""
    scene = _read(prompt)
    without = scene.without | words_for(negative_prompt[:_READ])
    return leave_out(scene, without) if without else scene


def _read(prompt: str) -> Scene:
    text = prompt[:_READ]
    letters = tuple(next(group for group in match.groups() if group).strip() for match in _QUOTED.finditer(text))
    reading = Reading()
    for phrase, follower in phrases(together(words_of(_QUOTED.sub(" ", text)))):
        _step(reading, lexicon.FILLINGS.get(phrase, phrase), follower)
    _finish(reading)
    return Scene(
        things=tuple(reading.things[:8]),
        place=reading.place,
        hour=reading.hour,
        weather=reading.weather,
        season=reading.season,
        look=reading.look,
        colours=tuple(dict.fromkeys(reading.colours)),
        ground=tuple(dict.fromkeys(reading.ground)),
        letters=letters[:3],
        extras=frozenset(reading.extras),
        portrait=reading.portrait,
        unknown=tuple(dict.fromkeys(reading.unknown)),
        corrected=tuple(dict.fromkeys(reading.corrected)),
        without=frozenset(reading.without),
    )


def _step(reading: Reading, phrase: str, follower: str) -> None:
    before, reading.merged = len(reading.things), False
    _take(reading, phrase, follower)
    reading.possessed = phrase in _ITS
    reading.of, reading.after_thing = phrase == "of", reading.merged or len(reading.things) > before


def _finish(reading: Reading) -> None:
    """Colours that found no noun: "a cat, black and white" means the cat; without any thing they are the palette."""
    left = reading.settle()
    if left and reading.things and not reading.things[-1].colours:
        reading.of_last(colours=tuple(left))
    else:
        reading.colours += left
    if not reading.things and reading.place is None:
        reading.colours += reading.stray
    if reading.interior:
        _enter(reading)
    reading.things, reading.place = settle_postures(reading.things, reading.place)


def _enter(reading: Reading) -> None:
    """In a coffee shop's interior, or inside a castle, the building is the place."""
    inside = [SUBJECTS[thing.kind].family not in {"buildings", "civic"} for thing in reading.things]
    rooms = [interior_of(thing) for thing, kept in zip(reading.things, inside, strict=True) if not kept]
    reading.place = reading.place or next(iter(rooms), "room")
    reading.things = list(kept_things(reading.things, [index for index, kept in enumerate(inside) if kept]))


def _take(reading: Reading, phrase: str, follower: str) -> None:
    if phrase in _MARKS:
        reading.negated = False
        reading.relation = "and" if phrase == "," else None
        reading.fresh, reading.adjoining, reading.audience, reading.at = True, False, False, False
        return
    if phrase in lexicon.NEGATIONS:
        reading.negated = True
        return
    if reading.negated:
        reading.negated = (
            phrase in lexicon.NUMBERS or phrase in NAMED or phrase in _STILL_NEGATED or follower in {"or", "nor"}
        )
        if phrase not in _STILL_NEGATED and phrase not in lexicon.NUMBERS:
            reading.without |= words_for(phrase)
        return
    if not _adjective(reading, phrase, follower) and not _function_word(reading, phrase):
        _noun(reading, phrase, follower)


def _adjective(reading: Reading, phrase: str, follower: str) -> bool:
    """Colours, sizes, looks: what waits for its noun, or is said of the whole picture."""
    haired = _HAIRED.fullmatch(phrase)
    if haired:
        reading.wait(parts=(*reading.waiting.parts, _hair(haired[1], "hair" if haired[2] == "hair" else "eyes")))
    elif _is_look(phrase, follower):
        reading.look = reading.look or lexicon.LOOKS[phrase]
    elif phrase == "orange" and reading.waiting.counted and (not follower or follower in _AFTER_A_NOUN):
        _thing(reading, "orange fruit", phrase)  # "an orange on a plate"
    elif phrase in NAMED and not _is_colour_thing(phrase, follower):
        reading.wait(colours=(*reading.waiting.colours, phrase))
    elif phrase in lexicon.SIZES:
        reading.wait(size=lexicon.SIZES[phrase])
    elif phrase in _TONES:
        reading.colours += reading.settle()
        reading.relation = None
    else:
        return False
    return True


def _function_word(reading: Reading, phrase: str) -> bool:
    """Relations, sides and numbers."""
    if phrase in lexicon.PORTRAITS:
        reading.portrait = True
    elif phrase in lexicon.SIDES:
        _side(reading, lexicon.SIDES[phrase])
    elif phrase in lexicon.RELATIONS:
        reading.interior |= phrase == "inside" and not reading.things
        if phrase in lexicon.POSTURES:
            reading.posture(lexicon.POSTURES[phrase])
        reading.relation = lexicon.RELATIONS[phrase]
    elif phrase.isdecimal() and len(phrase) < 7:
        reading.count(int(phrase), article=False)
    elif phrase in lexicon.NUMBERS and phrase not in WORDS:
        reading.count(lexicon.NUMBERS[phrase], article=phrase in {"a", "an"})
    else:
        return False
    return True


def _hair(name: str, part: str) -> tuple[str, str]:
    return part, {"dark": "chocolate", "fair": "blonde", "grey": "silver", "gray": "silver"}.get(name, name)


def _side(reading: Reading, side: str) -> None:
    if reading.things and not reading.fresh:
        reading.of_last(side=side)
    elif side in {"left", "right"}:
        reading.wait(side=side)


def _noun(reading: Reading, phrase: str, follower: str) -> None:
    if _manner(reading, phrase):
        return
    if phrase == "playing cards" and reading.things and not reading.waiting.counted and reading.relation is None:
        reading.relation = "played"  # "two men playing cards"
    known = _circumstance(reading, phrase)
    kind = "glass" if _is_drinking(reading, phrase, follower) else kind_of(phrase)
    part = part_of(phrase)
    if reading.things and _is_piece(reading, phrase):
        return
    if part and follower == "of" and reading.relation in {"on", "above"}:
        return  # on the roof of a house is on it
    if part and reading.things and reading.relation in {"with", "and", "has", "wearing"}:
        if part == "face":
            reading.of_last(traits=reading.things[-1].traits | {"face"})
        reading.of_last(parts=(*reading.things[-1].parts, *((part, name) for name in reading.settle()[:1])))
        return
    if _is_place(reading, phrase, kind):
        return
    if kind == "star" and phrase == "stars" and not reading.waiting.counted:
        return
    if kind is not None and phrase not in lexicon.UNDRAWN and not (known and phrase == "christmas"):
        _thing(reading, kind, phrase)
    elif not known and phrase not in lexicon.STOPWORDS and phrase not in lexicon.LOOK_TAILS:
        _unknown(reading, phrase, follower)


def _manner(reading: Reading, phrase: str) -> bool:
    """What is no noun here: how somebody is, a verb that looks like a thing, whom the picture is for."""
    reading.audience |= phrase == "for"
    reading.at |= phrase in {"at", "around"}
    if phrase in _VERBS and reading.things and not reading.waiting.counted and reading.relation is None:
        if phrase == "fly":
            reading.posture("aloft")
    elif phrase in lexicon.POSTURES:
        reading.posture(lexicon.POSTURES[phrase])
    elif phrase in {"interior", "interiors"}:
        reading.interior = True
    elif reading.possessed and (kind_of(phrase) in _MEMBERS or phrase in _GRIPS):
        reading.settle()  # "with its head in the sand" has no head besides
        if reading.relation == "inside" and phrase in _GRIPS:
            reading.of_whole("held")
        reading.relation = None
    elif phrase == "on top" and reading.things:
        reading.of_whole("on")
    elif phrase in _PRINTED and reading.things:
        reading.print_last()
    else:
        return False
    return True


def _is_drinking(reading: Reading, phrase: str, follower: str) -> bool:
    """Two glasses are to drink from; a pair of glasses, or somebody's glasses, are to see with."""
    counted = reading.waiting.count > 1 and not reading.of and reading.relation != "wearing"
    return phrase == "glasses" and (counted or follower == "of")


def _is_piece(reading: Reading, phrase: str) -> bool:
    """Candles of a cake, bars of a chart, a white beard: they belong to the last thing, with number and colour."""
    last, waiting = reading.things[-1], reading.waiting
    if lexicon.TRAITS.get(phrase) == "beard" and reading.relation in {"with", "and", "has"} and last.kind in PEOPLE:
        colours = tuple(("beard", name) for name in waiting.colours[:1])
        reading.of_last(traits=last.traits | waiting.traits | {"beard"}, parts=(*last.parts, *colours))
    elif any(last.kind in lexicon.PIECES.get(form, ()) for form in forms(phrase)):
        reading.of_last(pieces=waiting.count if waiting.counted else 0)
    else:
        return False
    reading.settle()
    reading.relation = None
    return True


def _circumstance(reading: Reading, phrase: str) -> bool:
    """Traits, the hour, the weather, the season and details of the sky."""
    known = False
    if phrase in lexicon.TRAITS:
        trait = lexicon.TRAITS[phrase]
        reading.wait(traits=reading.waiting.traits | {trait})
        if reading.things and reading.relation is None:  # "a bear sleeping"
            reading.of_last(traits=reading.things[-1].traits | {trait})
        known = True
    for table, name in ((lexicon.HOURS, "hour"), (lexicon.WEATHER, "weather"), (lexicon.SEASONS, "season")):
        if phrase in table:
            setattr(reading, name, getattr(reading, name) or table[phrase])
            known = True
    if phrase in _EXTRAS:
        reading.extras.add(phrase)
        if kind_of(phrase) is None:
            reading.settle()
        known = True
    reading.adjoining &= not known or phrase in lexicon.PLACES
    return known


def _is_place(reading: Reading, phrase: str, kind: str | None) -> bool:
    """Whether it is one: at sea, in the clouds, on the moon. A thing that was counted is a thing."""
    waiting = reading.waiting
    if phrase == "moon" and reading.relation == "on":
        reading.place, reading.hour = "moon", None
        return True
    if phrase in _TOPS and reading.relation == "on" and reading.place in {None, "plain"} and not waiting.colours:
        reading.place, reading.relation = "table", None
        reading.settle()
        return True
    if phrase == "the moon" and reading.relation not in {"on", "inside"}:  # "howling at the moon" is at night
        reading.extras.add("moon")
        reading.hour = reading.hour or "night"
        return True
    if phrase in lexicon.INTERIORS and reading.relation == "inside" and reading.place is None and not waiting.colours:
        reading.place, reading.relation = lexicon.INTERIORS[phrase], None
        reading.settle()
        return True
    number = waiting.count > 1
    if phrase not in lexicon.PLACES or (kind and (number or waiting.colours)):
        return False
    vague = lexicon.PLACES[phrase] != "plain" and (reading.vague or reading.place in {"sky", "night_sky"})
    vague |= (reading.place, lexicon.PLACES[phrase]) == ("mountains", "lake")
    if reading.after_thing:
        _modified_place(reading, lexicon.PLACES[phrase])
    if reading.place is None or vague or (lexicon.PLACES[phrase] == "waterfall" and reading.place in _WITH_WATERFALLS):
        reading.place, reading.vague = lexicon.PLACES[phrase], phrase in _VAGUE
    if lexicon.PLACES[phrase] in {"lake", "river", "sea", "pool"} and reading.relation == "under":
        reading.place = "underwater"
    if reading.relation == "above" and reading.adjoining and is_animal(reading.things[-1].kind):
        reading.posture_of_last("aloft")
    if lexicon.PLACES[phrase] in {"sky", "night_sky"}:
        if reading.relation in {"inside", "above"} and reading.adjoining:
            reading.posture_of_last("aloft")
        reading.colours += reading.settle()
    else:
        reading.ground += reading.settle()
    reading.relation, reading.adjoining = None, False
    return True


def _modified_place(reading: Reading, place: str) -> None:
    """A mountain road is in the mountains, and a tulip field is full of tulips."""
    kind = reading.things[-1].kind
    if kind in _LANDFORMS:
        reading.leave_last()
        reading.place = reading.place or SUBJECTS[kind].home
    elif place in _COVERED and is_ground_cover(kind):
        reading.spread_last()


def _thing(reading: Reading, kind: str, word: str) -> None:
    hair = [name for name in reading.waiting.colours if name in {"blonde", "brunette"}]
    if hair and kind in PEOPLE:
        kept = tuple(name for name in reading.waiting.colours if name not in hair)
        reading.wait(colours=kept, parts=(*reading.waiting.parts, ("hair", hair[0])))
    reading.fresh = False
    reading.add(kind, word)


def _unknown(reading: Reading, phrase: str, follower: str) -> None:
    parts = apart(phrase) if len(reading.unknown) < _GUESSED else ()
    if parts:
        for part in parts[:-1]:
            _step(reading, part, parts[-1])
        _take(reading, parts[-1], follower)
        return
    guess = meant(phrase) if len(reading.unknown) < _GUESSED else None
    if guess is not None:
        reading.corrected.append((phrase, guess))
        _take(reading, guess, follower)
        return
    reading.unknown.append(phrase)
    reading.adjoining = False
    # "a red shaggy dog" is a red dog; "a cat with a red flibber" has no red cat in it.
    ends = not follower or follower in _MARKS or follower in lexicon.RELATIONS or not _may_be_noun(follower)
    if ends:
        reading.stray += reading.settle()
        reading.relation = None


def _may_be_noun(word: str) -> bool:
    return word not in lexicon.STOPWORDS or is_known(word)


def _is_look(phrase: str, follower: str) -> bool:
    if phrase not in lexicon.LOOKS:
        return False
    return (phrase not in WORDS and phrase not in {"line", "paper", "oil", "ink", "photo"}) or (
        follower in lexicon.LOOK_TAILS
        or (phrase in {"paper", "oil", "ink", "photo"} and follower in {"", ",", ".", "of"})
    )


def _is_colour_thing(phrase: str, follower: str) -> bool:
    """An orange is a fruit, an orange cat is a cat; a lemon tree has lemons."""
    if phrase in WORDS and (is_bearer(follower) or (follower in _BEDS and is_ground_cover(WORDS[phrase]))):
        return True
    return phrase in WORDS and not (
        follower in NAMED or kind_of(follower) or follower in lexicon.PLACES or part_of(follower) or follower in _TONES
    )
