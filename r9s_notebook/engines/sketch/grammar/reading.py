"""What has been read of a prompt so far, and how a new thing joins what is there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from r9s_notebook.engines.sketch.grammar import lexicon
from r9s_notebook.engines.sketch.grammar.compounds import (
    PEOPLE,
    SEA_BEASTS,
    can_bear,
    compound,
    is_animal,
    shows,
    young_of,
)
from r9s_notebook.engines.sketch.grammar.scene import Thing
from r9s_notebook.engines.sketch.grammar.words import IRREGULAR, forms
from r9s_notebook.engines.sketch.subjects import SUBJECTS, WORDS
from r9s_notebook.engines.sketch.subjects.registry import HEADLESS, WORN

_GARMENTS = {"shirt", "shoe"}
_WORN_BY = {"with", "wearing", "inside", "has"}
_BESIDE = {None, "and", "with", "wearing", "has"}
_OF_THE_NEW = {*_BESIDE, "held", "played"}
_FLOWERS = {"flower", "rose", "tulip", "sunflower", "leaf", "bouquet"}
_VASES = {"bouquet", "vase", "houseplant"}
_OUT_OF_HATS = {"rabbit", "mouse", "bird", "frog", "duck", "chicken"}
_IN_HAND = {
    "flower", "rose", "tulip", "sunflower", "balloon", "umbrella", "book", "lantern", "flag", "sword", "kite", "cup",
    "apple", "ice cream", "candle", "gift", "star", "heart", "key", "phone", "camera", "guitar", "fish", "bouquet",
    "carrot", "pizza", "mushroom", "leaf", "telescope", "ball", "violin", "trumpet", "bag", "sign", "map", "glass",
    "magnet", "shield", "suitcase", "spoon", "cookie", "donut", "banana", "snowball", "wand", "bow and arrow",
}  # fmt: skip
"""What somebody "with" it carries; "holding" makes anything small one of these."""
_TOPS = {"table", "plate"}
_SEATS = {"chair", "sofa", "bed", "bench", "throne", "swing"}
"""What stands "with" a table stands on it; on a seat only who would sit there."""
_HOLDERS = {"bowl", "basket", "bag", "gift", "chest", "suitcase", "bathtub"}
_PLAYED_IN_HAND = {"guitar", "violin", "trumpet"}
_SAUCERS = {"ufo", "rocket"}
_LANDS = {"field", "meadow", "garden", "hilltop", "mountains"}
_WATERS = {"lake", "river", "sea", "pool", "harbour", "koi_pond", "waterfall"}
_IN_WATER = {"beach": "sea", "sea_cliff": "sea", "river": "lake", None: "lake"}


@dataclass(frozen=True)
class Waiting:
    """Adjectives that wait for their noun."""

    colours: tuple[str, ...] = ()
    count: int = 1
    counted: bool = False
    size: float = 1.0
    traits: frozenset[str] = frozenset()
    side: str | None = None
    parts: tuple[tuple[str, str], ...] = ()


@dataclass
class Reading:
    """What has been read so far."""

    things: list[Thing] = field(default_factory=list)
    place: str | None = None
    hour: str | None = None
    weather: str | None = None
    season: str | None = None
    look: str | None = None
    colours: list[str] = field(default_factory=list)
    ground: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    extras: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    corrected: list[tuple[str, str]] = field(default_factory=list)
    without: set[str] = field(default_factory=set)
    portrait: bool = False
    waiting: Waiting = field(default_factory=Waiting)
    elided: list[Waiting] = field(default_factory=list)
    relation: str | None = None
    negated: bool = False
    of: bool = False
    after_thing: bool = False
    fresh: bool = True
    counted: bool = False
    merged: bool = False
    adjoining: bool = False
    interior: bool = False
    audience: bool = False
    vague: bool = False
    at: bool = False
    possessed: bool = False
    earlier: tuple[list[Thing], str | None] = ((), None)  # type: ignore[assignment]

    def wait(self, **what: object) -> None:
        """Add to the adjectives that wait."""
        self.waiting = replace(self.waiting, **what)  # type: ignore[arg-type]

    def count(self, number: int, *, article: bool) -> None:
        """A number. "Two red and three green apples" leaves out the first noun: its adjectives wait aside."""
        if self.waiting.counted and self.waiting.colours and not article:
            self.elided.append(self.waiting)
            self.waiting = Waiting()
        if not article or not self.waiting.counted:
            self.wait(count=max(1, min(12, number)), counted=True)

    def settle(self) -> list[str]:
        """Forget the adjectives that wait; the colours among them."""
        colours, self.waiting, self.elided = list(self.waiting.colours), Waiting(), []
        return colours

    def of_last(self, **what: object) -> None:
        """Say something more of the last thing."""
        self.things[-1] = replace(self.things[-1], **what)  # type: ignore[arg-type]

    def posture(self, trait: str) -> None:
        """How somebody is: "a flying pig", "a cat and a dog swimming"."""
        if self.waiting.counted or not self.things or self.fresh or self.relation is not None:
            self.wait(traits=self.waiting.traits | {trait})
        else:
            self.posture_of_last(trait)

    def posture_of_last(self, trait: str) -> None:
        """How the last thing is, and those it was named with."""
        index: int | None = len(self.things) - 1
        while index is not None:
            thing = self.things[index]
            self.things[index] = replace(thing, traits=thing.traits | {trait})
            index = thing.other if thing.relation is None else None

    def add(self, kind: str, word: str) -> None:
        """A noun: its adjectives are those that waited for it."""
        word = word.removesuffix("'s")
        plural = any(form in WORDS for form in list(forms(word))[1:]) and (word.endswith("s") or word in IRREGULAR)
        relation, self.relation = self.relation, None
        if self.audience and kind in PEOPLE | {"family"}:
            self.settle()  # "a colouring page for kids" has no kids in it
            return
        self.audience = False
        adjectives = [*self.elided, self.waiting]
        if self.of and self.place is not None and (plural or (kind == "corn" and not self.waiting.counted)):
            adjectives[-1] = self._spread(adjectives[-1], kind)
        if young_of(word) and any(kind == other.kind for other in self.things):
            adjectives = [replace(waiting, size=waiting.size * 0.7) for waiting in adjectives]  # a hen's chicks
        if self.of and kind == "glasses" and adjectives[-1].count == 2:
            adjectives[-1] = replace(adjectives[-1], count=1)  # "a pair of glasses" is one thing
        self.settle()
        for number, waiting in enumerate(adjectives):
            count = waiting.count if waiting.counted or not plural or kind in WORN else 3
            thing = Thing(
                kind, word, count, waiting.colours, waiting.parts, waiting.size, waiting.traits, side=waiting.side
            )
            if number or not self._compounded(thing, relation, counted=waiting.counted):
                self.earlier = list(self.things), relation if number == 0 else "and"
                self.counted = waiting.counted
                self._join(thing, relation if number == 0 else "and")
        self.adjoining, self.at = bool(self.things), False

    def print_last(self) -> None:
        """As in "a mug with a cat on it": the last thing is a picture on the one before."""
        last = self.things[-1]
        if last.other is not None and last.relation is None and shows(self.things[last.other].kind):
            self.things[last.other] = replace(self.things[last.other], bears=last)
            del self.things[-1]

    def leave_last(self) -> None:
        """Take back the last noun, which was a modifier."""
        self.things = list(self.earlier[0])

    def of_whole(self, relation: str) -> None:
        """As in "a dog with a bone in its mouth", "books with an apple on top"."""
        last = self.things[-1] if self.things else None
        if last is not None and last.other is not None and last.relation is None:
            self.of_last(relation=relation)

    def spread_last(self) -> None:
        """A tulip field is full of the last thing."""
        last = self.things[-1]
        self.of_last(count=max(last.count, 9), traits=last.traits | {"carpet"})

    def _spread(self, waiting: Waiting, kind: str) -> Waiting:
        """As in "a field of sunflowers": many, and where they are small plants, all over it."""
        covers = self.place in _LANDS and is_ground_cover(kind)
        if covers and SUBJECTS[kind].family == "plants" and self.place == "field":
            self.place = "meadow"
        traits = waiting.traits | {"carpet"} if covers else waiting.traits
        return replace(waiting, count=max(waiting.count, 9), counted=True, traits=traits)

    def _compounded(self, thing: Thing, relation: str | None, *, counted: bool) -> bool:
        """Whether it makes one thing of the noun right before it; that one is then joined in its place."""
        if relation is not None or not self.after_thing or counted or not self.things:
            return False
        if self.things[-1].kind == thing.kind:
            return False
        one = compound(self.things[-1], thing, counted=self.counted)
        if one is None:
            return False
        self.things, relation = list(self.earlier[0]), self.earlier[1]
        self._join(replace(one, relation=None, other=None), relation)
        self.merged = bool(self.things)
        return True

    def _join(self, thing: Thing, relation: str | None) -> None:
        if relation == "inside" and thing.kind == "house" and thing.bears is not None and self.place is None:
            self.place = interior_of(thing)  # in a coffee shop
            return
        if not self.things:
            self.things.append(thing)
            return
        last = self.things[-1]
        if self._is_same(last, thing, relation) or self._is_worn(last, thing, relation):
            return
        # What is said after "a girl with a book" is said of the girl.
        subject = last.other if last.relation == "held" and last.other is not None else len(self.things) - 1
        holder = self.things[subject]
        if relation == "above" and thing.kind == "bridge" and "aloft" not in holder.traits:
            relation = "on"  # "a train going over a bridge"
        if relation == "shaped" or (relation in {"with", "has"} and can_bear(holder.kind, thing.kind)):
            if shows(holder.kind) or can_bear(holder.kind, thing.kind):
                self.things[subject] = replace(holder, bears=replace(thing, count=1))
            return
        if self.at and thing.kind in {"table", "campfire"} and relation in {None, "and"}:
            relation = "at"
        put = self._put_with(subject, thing, relation)
        if put is not None:
            self.things[put[1]] = _emptied(self.things[put[1]])
            self.things.append(replace(thing, relation=put[0], other=put[1]))
        elif relation not in _OF_THE_NEW and holder.relation is None:
            # "a cat on a chair": the relation was said of the first, and belongs to it; "a cat and a dog" are two.
            for index in self._company(subject, thing):
                self.things[index] = replace(self.things[index], relation=relation, other=len(self.things))
            self.things.append(_emptied(thing) if relation == "inside" else thing)
        else:
            self.things.append(replace(thing, relation=_relation_to(holder, thing, relation), other=subject))

    def _company(self, subject: int, base: Thing) -> list[int]:
        """What shares what is said of the last of it: those who live, and what is on one plate, named together."""
        company = [subject]
        served = base.kind in _TOPS | _HOLDERS
        while True:
            last = self.things[company[-1]]
            if last.other is None or self.things[last.other].relation is not None:
                return company
            pair = [last.kind, self.things[last.other].kind]
            if not all(_is_alive(kind) or (served and _is_small(kind)) for kind in pair):
                return company
            company.append(last.other)

    def _put_with(self, subject: int, thing: Thing, relation: str | None) -> tuple[str, int] | None:
        """As in "a desk with a laptop and a plant" or "a basket with kittens": on it, or in it."""
        base = subject
        if relation == "and":
            other = self.things[subject].other
            if self.things[subject].relation not in {"on", "inside"} or other is None or other > subject:
                return None
            base = other
        elif relation not in {"with", "has"}:
            return None
        holder = self.things[base].kind
        taken = holder in _SEATS and relation != "and" and any(other.other == base for other in self.things)
        large = SUBJECTS[thing.kind].size > 0.62 or thing.kind in PEOPLE | {"table"} | _SEATS
        if taken or large:
            return None
        if holder in _HOLDERS:
            return "inside", base
        sits = holder in _SEATS and (is_animal(thing.kind) or thing.kind in {"teddy bear", "doll", "book"})
        return ("on", base) if sits or holder in _TOPS else None

    def _is_same(self, last: Thing, thing: Thing, relation: str | None) -> bool:
        """Two nouns for one thing: "a cup of coffee", "a bear cub", "tulips in a vase"."""
        if last.kind == thing.kind and ((self.of and self.adjoining) or (self.after_thing and relation is None)):
            if self.of and last.kind == "bowl":
                self.of_last(word=thing.word)  # a bowl of soup has soup in it, whatever else
            return True
        if relation == "inside" and last.kind == "ufo" and thing.kind in _SAUCERS:
            return True  # an alien is drawn in what it flies
        if self.of and last.kind == "family" and is_animal(thing.kind):
            self.of_last(kind=thing.kind, word=thing.word, count=max(4, thing.count), colours=thing.colours)
            return True
        return self._fills(last, thing, relation)

    def _fills(self, last: Thing, thing: Thing, relation: str | None) -> bool:
        """Apples in a bowl, tulips in a vase."""
        if self.of and last.kind in _VASES and thing.kind in _FLOWERS:
            self.of_last(kind="bouquet", word=thing.word, colours=thing.colours or last.colours, count=1)
            return True
        way = _full_of(last.kind, thing.kind) if self.of else None
        if way is not None:
            self.of_last(traits=last.traits | {"filled"})
            self.things.append(replace(thing, relation=way, other=len(self.things) - 1))
            return True
        if last.kind == "vase" and thing.kind in _FLOWERS and relation in {"with", "has"}:
            parts = tuple(("vase", name) for name in last.colours[:1])
            self.of_last(kind="bouquet", word=thing.word, colours=thing.colours, count=1, parts=parts)
            return True
        if last.kind in _FLOWERS and thing.kind == "vase" and relation == "inside":
            self.of_last(kind="bouquet", count=1, parts=(*last.parts, *(("vase", name) for name in thing.colours[:1])))
            return True
        return False

    def _is_worn(self, last: Thing, thing: Thing, relation: str | None) -> bool:
        subject = last.other if last.relation == "held" and last.other is not None else len(self.things) - 1
        wearer = self.things[subject]
        family = SUBJECTS[wearer.kind].family
        fruit = family in {"food", "groceries", "plants"} or (family in HEADLESS and relation == "wearing")
        dressed = SUBJECTS[wearer.kind].head is not None or (thing.kind in WORN and (fruit or bool(wearer.wears)))
        if not dressed or relation not in {*_WORN_BY, "and"}:
            return False
        if thing.kind in _GARMENTS and (relation != "and" or wearer.parts or wearer.wears):
            people = wearer.kind in PEOPLE and thing.kind == "shirt"
            parts = wearer.parts if people else (*wearer.parts, *((thing.kind, name) for name in thing.colours[:1]))
            colours = thing.colours or wearer.colours if people else wearer.colours
            self.things[subject] = replace(wearer, colours=colours, parts=parts)
            return True
        if thing.kind in WORN and not (relation == "inside" and wearer.kind in _OUT_OF_HATS):
            self.things[subject] = replace(wearer, wears=(*wearer.wears, thing))
            return True
        return False


def _relation_to(holder: Thing, thing: Thing, relation: str | None) -> str | None:
    """How a new thing stands to the one that the sentence is about."""
    if relation in _BESIDE:
        held = relation in {"with", "has"} and thing.kind in _IN_HAND and SUBJECTS[holder.kind].hand is not None
        return "held" if held else None
    if relation == "played":
        return "held" if thing.kind in _PLAYED_IN_HAND else "played"
    if relation == "held" and SUBJECTS[holder.kind].family == "vehicles":
        return "on"
    small = SUBJECTS[thing.kind].size * thing.size <= 0.56 and thing.kind not in PEOPLE
    return "held" if relation == "held" and small else "beside"


def _full_of(base: str, kind: str) -> str | None:
    """How things are to what is full of them: apples in a bowl, cookies on a plate, birds in a tree."""
    small = SUBJECTS[kind].size < 0.5 and SUBJECTS[kind].family not in {"clothing", "household"}
    if base in _HOLDERS | {"vase"}:
        return "inside" if small else None
    if base in {"tree", "fruit tree"}:
        return "inside" if small and is_animal(kind) else None
    return "on" if small and base in _TOPS else None


def _emptied(base: Thing) -> Thing:
    """A bowl that something else is in has no soup, unless it is a bowl of soup."""
    return replace(base, traits=base.traits | {"filled"}) if base.word in {"bowl", "bowls"} else base


def _is_small(kind: str) -> bool:
    return SUBJECTS[kind].stands == "table" and SUBJECTS[kind].size < 0.5


def _is_alive(kind: str) -> bool:
    return kind in PEOPLE or is_animal(kind) or SUBJECTS[kind].family == "heroes"


def is_ground_cover(kind: str) -> bool:
    """Whether a field may be full of it: flowers, fruit and vegetables."""
    known = SUBJECTS[kind]
    return known.family in {"plants", "food", "groceries"} and known.size < 0.6 and kind not in {"bush", "bonsai"}


_ROOMS = {"book": "library", "stack of books": "library", "cup": "cafe", "cake": "cafe", "bread": "cafe"}
"""What a shop is like inside, by what is on its sign."""


def interior_of(building: Thing) -> str:
    """The place that a building is from inside."""
    if building.bears is not None:
        return _ROOMS.get(building.bears.kind, "room")
    return lexicon.INTERIORS.get(building.word, "room")


def settle_postures(things: list[Thing], place: str | None) -> tuple[list[Thing], str | None]:
    """The things and their place: who swims is in water, what floats in the air has no ground under it.

    What lives in the water or flies by itself needs no word for it.
    """
    settled = []
    for thing in things:
        known, traits = SUBJECTS[thing.kind], set(thing.traits)
        if "afloat" in traits:
            traits.add("swimming" if place in _WATERS else "aloft")
        if known.stands in {"air", "sky"}:
            traits -= {"swimming", "aloft"}
        if known.stands == "water":
            traits -= {"swimming"}
        settled.append(replace(thing, traits=frozenset(traits - {"afloat"})))
    if any("swimming" in thing.traits for thing in settled):
        place = _IN_WATER.get(place, place)
    if place is None and any("aloft" in thing.traits and SUBJECTS[thing.kind].home in _WATERS for thing in settled):
        place = "sky"
    deep = [thing for thing in settled if thing.relation is None or thing.other is None]
    homes = {"underwater" if thing.kind in SEA_BEASTS else SUBJECTS[thing.kind].home for thing in deep}
    if place in _WATERS and homes == {"underwater"} and any(SUBJECTS[thing.kind].stands == "air" for thing in deep):
        place = "underwater"
    return settled, place
