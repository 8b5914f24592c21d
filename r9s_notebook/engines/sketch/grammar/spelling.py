"""What a misspelt word was meant to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from r9s_notebook.engines.sketch.colour import NAMED
from r9s_notebook.engines.sketch.grammar import lexicon
from r9s_notebook.engines.sketch.grammar.words import forms, is_known
from r9s_notebook.engines.sketch.subjects import WORDS

_VOWELS = frozenset("aeiouy")
_DOUBLED = re.compile(r"(.)\1")
_ENDINGS = frozenset(("d", "ed", "er", "ers", "est", "ing", "y", "ly", "n", "s", "es", "'s"))


@lru_cache(maxsize=512)
def meant(word: str) -> str | None:
    """What a word was meant to be, where one slip of the fingers or of the ear explains it; otherwise None.

    A word that ordinary English has is never another one: better nothing than the wrong thing.
    """
    if len(word) < 5 or not word.isalpha() or word in NAMED:
        return None
    if any(is_known(form) or form in ORDINARY for form in forms(word)):
        return None
    near = [other for other in _vocabulary().get(word[0], ()) if is_slip(word, other)]
    return next((other for other in near if not _is_derived(word, other)), None)


def is_slip(word: str, other: str) -> bool:
    """Whether two words sound alike as written, or differ by one slip.

    A slip is two neighbouring letters swapped; in longer words also a letter too many, one missing, another vowel, or
    the same vowels in another order between the same consonants.
    """
    if _sound(word) == _sound(other):
        return True
    if len(word) > 6 and sorted(word) == sorted(other) and _consonants(word) == _consonants(other):
        return True
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) == len(longer):
        unlike = [index for index in range(len(word)) if word[index] != other[index]]
        first, last = unlike[0], unlike[-1]
        if len(unlike) == 2 and last == first + 1:
            return (word[first], word[last]) == (other[last], other[first])
        return len(unlike) == 1 and len(word) > 5 and {word[first], other[first]} <= _VOWELS
    if len(longer) - len(shorter) != 1 or len(shorter) < 6:
        return False
    return any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))


def _sound(word: str) -> str:
    return _DOUBLED.sub(r"\1", word.replace("ph", "f").replace("ck", "k"))


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in _VOWELS)


def _is_derived(word: str, other: str) -> bool:
    """Whether it is an inflection of the other: what is housed is no house."""
    stems = (other, other.removesuffix("e"))
    return any(word.startswith(stem) and word[len(stem) :] in _ENDINGS for stem in stems)


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, list[str]]:
    """Every single word of five letters or more that draws something, by its first letter."""
    found: dict[str, list[str]] = {}
    tables: tuple[Mapping[str, object], ...] = (WORDS, lexicon.PLACES, NAMED, lexicon.SEASONS)
    for word in sorted({word for table in tables for word in table if len(word) >= 5 and word.isalpha()}):
        found.setdefault(word[0], []).append(word)
    return found


ORDINARY = frozenset(
    """
    angle antarctic applies backer bacon badge bandana banker barker battle beaker bereft bleach boast boasts bolder
    boost boosts booths bother brainy breach break bridle bronzer bronzes canon caper carnal caste chain cheery chill
    chilly chimps chopper choral clown collide compute concerto confer consider corral counter crater create creeps
    cropper crouch crowd curate cutler dairy dance danger dessert detail details digger dingy dinner dragoon ducking
    duress elections elegant explore express factor fairly farther faster fiddler filed firmer flaming flinch forces
    foreman forget former freeze froze gallon gasses genome giggles glosses grace gripes hears hearth heats heroin
    hoarse humane indoor investment jingle latter leave levels litter magneto marine mellon meter minister minster
    moments money mousse musical noting officer pains palate parent parson patent persona piazza pinter place places
    plain plans pointer poplar popper portion potter preach preaches presence preset presets prevent price prison
    process produce produced purpose pursue rabbi racket retrieve roaster rooks roster sable saharan salon seater
    selection settle shake sharp shelf shine shoulder shoves sicker signer simmer skiers sleep sleight sliver sludge
    smell solder solver sparing speaker spectacle spell sprang sprung squish stairs stale starts state stature statute
    steam stinger stove string sunday surreal sweats sweet sweeter swinger tablet thrown toasty topical towel trail
    treasurer treasury tryout turnkey typical violent voila volley wallow water weaves whiter widow windows winner
    witness writer
    """.split()  # noqa: SIM905 - prose is easier to read than a list
)
"""Words of everyday English that are one slip away from the name of a thing."""
