"""Words and phrases: which ones are known, and what a plural means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from r9s_notebook.engines.sketch.grammar import lexicon
from r9s_notebook.engines.sketch.grammar.tongues import in_english
from r9s_notebook.engines.sketch.subjects import WORDS

LONGEST_PHRASE = 5
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*|,|\.|;|:|!|\?")

_TABLES: tuple[Mapping[str, object], ...] = (
    lexicon.RELATIONS, lexicon.SIDES, lexicon.LOOKS, lexicon.HOURS, lexicon.WEATHER, lexicon.SEASONS, lexicon.PLACES,
    lexicon.NUMBERS, lexicon.PARTS, lexicon.TRAITS, lexicon.POSTURES, lexicon.FILLINGS, lexicon.UNDRAWN, WORDS,
)  # fmt: skip

IRREGULAR = {
    "mice": "mouse", "geese": "goose", "feet": "foot", "teeth": "tooth", "children": "child", "people": "person",
    "oxen": "ox", "cacti": "cactus", "knives": "knife",
}  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words and marks of a text in lower case; German, French and Spanish everyday words in English."""
    return in_english([word.replace("\u2019", "'") for word in _WORD.findall(text.casefold().replace("'-", "-"))])


def phrases(words: list[str]) -> Iterator[tuple[str, str]]:
    """The longest phrases the lexicon knows, each with the word that follows it."""
    index = 0
    while index < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - index), 0, -1):
            phrase = " ".join(words[index : index + length])
            if length == 1 or is_known(phrase):
                break
        index += length
        yield phrase, words[index] if index < len(words) else ""


def is_known(phrase: str) -> bool:
    """Whether a table has it."""
    return any(phrase in table for table in _TABLES) or kind_of(phrase) is not None


def kind_of(word: str) -> str | None:
    """The subject a word means, in the singular or the plural."""
    return next((WORDS[form] for form in forms(word) if form in WORDS), None)


def forms(word: str) -> Iterator[str]:
    """The word itself, and what may be its singular."""
    yield word
    if word in IRREGULAR:
        yield IRREGULAR[word]
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("ves"):
        yield word[:-3] + "f"
        yield word[:-3] + "fe"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    if word.endswith("'s"):
        yield word[:-2]
    if word.endswith("men"):
        yield word[:-3] + "man"


def part_of(word: str) -> str | None:
    """The part of a thing that a word names: a roof, hair, wings."""
    return next((lexicon.PARTS[form] for form in forms(word) if form in lexicon.PARTS), None)
