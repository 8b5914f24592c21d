"""Two nouns for one thing: an apple tree, a coffee shop, a lion cub, a pirate cat."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from r9s_notebook.engines.sketch.grammar import lexicon
from r9s_notebook.engines.sketch.grammar.scene import Thing
from r9s_notebook.engines.sketch.grammar.words import forms, is_known, kind_of
from r9s_notebook.engines.sketch.subjects import SUBJECTS, WORDS
from r9s_notebook.engines.sketch.subjects.outfits import OUTFITS

_NUMBERED = re.compile(r"(\d+)([a-z]+)")
PEOPLE = {"person", "woman", "child", "grandma", "grandpa"}
_CHARACTERS = PEOPLE | {"astronaut", "knight", "wizard", "robot", "family", "doll"}
_BEASTS = {"pets", "fourlegged", "wild", "winged", "crawling", "creatures"}
SEA_BEASTS = {"fish", "whale", "dolphin", "shark", "octopus", "jellyfish", "crab"}
_BUILDINGS = {"house", "tower", "hospital", "factory", "barn", "castle", "church"}
_GOODS = {"chair", "cup", "bag", "shirt", "vase", "teapot", "balloon", "kite", "cake"}
_DRINKS = {"bottle", "glass", "cup", "bowl"}
_FLOWERS = {"flower", "rose", "tulip", "sunflower"}
_BEARERS = {"tree", "bush", "cactus"}
_BORNE = {"food", "groceries", "plants"}
_TREES = {"tree", "pine", "palm", "bonsai"}
_KIN = {
    "mother",
    "mom",
    "mommy",
    "mum",
    "mama",
    "father",
    "dad",
    "daddy",
    "papa",
    "grandma",
    "grandpa",
    "brother",
    "sister",
}
_GENDERS = {"woman", "man", "girl", "boy", "lady", "child", "kid", "baby"}
_YOUNG = {
    "cub", "pup", "puppy", "kitten", "chick", "calf", "foal", "kid", "lamb", "baby", "piglet", "duckling", "kit",
}  # fmt: skip
_WORN = {
    "wizard": "wizard hat", "witch": "witch hat", "sorcerer": "wizard hat", "mage": "wizard hat",
    "cowboy": "cowboy hat", "magician": "top hat", "gentleman": "top hat", "detective": "fedora", "doctor": "glasses",
    "scientist": "glasses", "professor": "glasses", "teacher": "glasses", "student": "glasses", "superhero": "scarf",
}  # fmt: skip
"""What an animal wears to be one of these."""
_ROLES = {"astronaut", "knight", *(word for word, outfit in OUTFITS.items() if outfit.hat)}
"""What an animal is by what people of that trade have on their heads."""


def compound(modifier: Thing, head: Thing, *, counted: bool) -> Thing | None:
    """The one thing that two neighbouring nouns name, or None where they name two.

    Args:
        modifier: The first noun.
        head: The second, without an article of its own.
        counted: Whether the first had an article or a number: "a house cat" is a cat, "house cat" may be a list.
    """
    alive, lives = is_animal(modifier.kind), is_animal(head.kind)
    if alive and lives:
        return _young(modifier, head)
    if {modifier.kind, head.kind} & _CHARACTERS and (alive or lives):
        animal, role = (modifier, head) if alive else (head, modifier)
        return _dressed(animal, role, modifier.count if counted and modifier.count > 1 else head.count)
    if modifier.kind in _CHARACTERS and head.kind in _CHARACTERS:
        return _trained(modifier, head) if counted else None
    if lives and not counted and SUBJECTS[modifier.kind].size >= 0.5:
        return None
    if (alive or modifier.kind in _CHARACTERS) and not (counted or head.kind in _BUILDINGS):
        return None
    return _headed(modifier, head, counted=counted)


def is_animal(kind: str) -> bool:
    """Whether it is a beast, a bird or a fish."""
    return SUBJECTS[kind].family in _BEASTS or kind in SEA_BEASTS


def is_bearer(word: str) -> bool:
    """Whether a plant of this name may have fruit or flowers."""
    return kind_of(word) in _BEARERS


def young_of(word: str) -> bool:
    """Whether it names the young of a beast."""
    return any(form in _YOUNG for form in forms(word))


def _young(modifier: Thing, head: Thing) -> Thing | None:
    """A lion cub is a small lion; two other beasts are two."""
    if not young_of(head.word):
        return None
    count = max(modifier.count, head.count)
    return replace(modifier, count=count, size=modifier.size * 0.7, traits=modifier.traits | head.traits | {"young"})


def _dressed(animal: Thing, role: Thing, count: int) -> Thing | None:
    """A wizard cat, or a cat wizard: the animal, in what its role wears; a baby elephant is a small one."""
    colours, traits = role.colours + animal.colours, role.traits | animal.traits
    animal = replace(animal, count=count, colours=colours, traits=traits, size=animal.size * role.size)
    role_words = tuple(forms(role.word))
    if role.kind == "family":
        return replace(animal, count=max(4, count))
    if _YOUNG.intersection(role_words):
        return replace(animal, size=animal.size * 0.7, traits=traits | {"young"})
    if role.kind == "robot":
        return replace(animal, colours=colours or ("silver",))
    if SUBJECTS[animal.kind].head is None or _KIN.intersection(role_words):
        return animal  # "a mother duck", "a vampire bat"
    worn = next((_WORN[word] for word in role_words if word in _WORN), None)
    if worn is not None:
        return replace(animal, wears=(*animal.wears, Thing(WORDS[worn], worn)))
    return next((replace(animal, role=word) for word in role_words if word in _ROLES), None)


def _trained(modifier: Thing, head: Thing) -> Thing | None:
    """A robot chef is a robot, a woman doctor a woman; a king and a queen are two."""
    if modifier.kind == "robot" and head.word in _ROLES:
        return replace(modifier, role=head.word)
    if modifier.word in _GENDERS and head.word not in _GENDERS:
        kind = modifier.kind if head.kind == "person" else head.kind
        return replace(head, kind=kind, count=max(modifier.count, head.count), colours=modifier.colours + head.colours)
    return None


def _headed(modifier: Thing, head: Thing, *, counted: bool) -> Thing:
    """The head noun; fruit hangs on its tree, and what a house is for is on its sign."""
    count = modifier.count if counted and modifier.count > 1 else head.count
    whole = replace(head, count=count, size=head.size * modifier.size, traits=head.traits | modifier.traits)
    whole = replace(whole, side=head.side or modifier.side, parts=modifier.parts + head.parts)
    if modifier.kind in _TREES and head.kind == "tree":
        return replace(whole, kind=modifier.kind, word=modifier.word, colours=modifier.colours + head.colours)
    if can_bear(head.kind, modifier.kind):
        return replace(whole, bears=replace(modifier, count=1))
    if head.kind == "vase" and modifier.kind in _FLOWERS:
        return replace(whole, kind="bouquet", word=modifier.word, colours=modifier.colours, parts=_vase(head))
    if head.kind in _BUILDINGS or (head.kind in _GOODS and modifier.kind not in _DRINKS):
        return replace(whole, bears=Thing(modifier.kind, modifier.word), colours=modifier.colours + head.colours)
    return replace(whole, colours=modifier.colours + head.colours)


def _vase(vase: Thing) -> tuple[tuple[str, str], ...]:
    return tuple(("vase", name) for name in vase.colours[:1])


def can_bear(plant: str, fruit: str) -> bool:
    """Whether this grows on that: lemons on a tree, roses on a bush."""
    return plant in _BEARERS and SUBJECTS[fruit].family in _BORNE and fruit not in _TREES | _BEARERS


def shows(kind: str) -> bool:
    """Whether a sign or a picture on it says what it is for: a coffee shop, a cat mug, an avocado chair."""
    return kind in _BUILDINGS or kind in _GOODS


@lru_cache(maxsize=512)
def apart(word: str) -> tuple[str, ...]:
    """The phrases of a compound that was written in one: "appletree", "clocktower"; empty where it is none."""
    shape = word.removesuffix("-shaped").removesuffix("-drawn")
    if shape != word and kind_of(shape) is not None:
        return (shape,)
    digits = _NUMBERED.fullmatch(word)
    if digits and kind_of(digits[2]) is not None:
        return digits[1], digits[2]
    for index in range(3, len(word) - 2):
        first, second = word[:index], word[index:]
        if is_known(f"{first} {second}"):
            return (f"{first} {second}",)
        head = kind_of(second)
        if head is not None and head in _BEARERS | _BUILDINGS and kind_of(first) is not None:
            return first, second
    return ()


def together(words: list[str]) -> list[str]:
    """The words, with those written in one that are one: "tea pot", "snow man", "sun flower"."""
    result: list[str] = []
    for word in words:
        last = result[-1] if result else ""
        if _is_one(last, word):
            result[-1] = last + word
        else:
            result.append(word)
    return result


def _is_one(first: str, second: str) -> bool:
    if min(len(first), len(second)) < 3 or first in lexicon.RELATIONS or first in lexicon.NUMBERS:
        return False
    return not is_known(f"{first} {second}") and kind_of(first + second) is not None
