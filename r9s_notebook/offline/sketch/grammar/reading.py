"""What has been read of a prompt so far, and how a new thing joins what is there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from r9s_notebook.offline.sketch.grammar.scene import Thing
from r9s_notebook.offline.sketch.grammar.words import IRREGULAR, forms
from r9s_notebook.offline.sketch.subjects import SUBJECTS, WORDS
from r9s_notebook.offline.sketch.subjects.registry import WORN

_GARMENTS = {"shirt", "shoe"}
_WORN_BY = {"with", "wearing", "inside", "has"}
_BESIDE = {None, "and", "with", "wearing", "has"}
_FLOWERS = {"flower", "rose", "tulip", "sunflower", "leaf", "bouquet"}
_CONTAINERS = {"bowl"}
_VASES = {"bouquet", "vase", "houseplant"}
_OUT_OF_HATS = {"rabbit", "mouse", "bird", "frog", "duck", "chicken"}
_IN_HAND = {
    "flower", "rose", "tulip", "sunflower", "balloon", "umbrella", "book", "lantern", "flag", "sword", "kite", "cup",
    "apple", "ice cream", "candle", "gift", "star", "heart", "key", "phone", "camera", "guitar", "fish", "bouquet",
    "carrot", "pizza", "mushroom", "leaf", "telescope", "ball", "violin", "trumpet", "bag", "sign", "map", "glass",
    "magnet", "shield", "suitcase", "spoon", "cookie", "donut", "banana", "snowball", "wand", "bow and arrow",
}  # fmt: skip
"""What somebody "with" it carries; "holding" makes anything small one of these."""
PEOPLE = {"person", "woman", "child", "grandma", "grandpa"}


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

    def add(self, kind: str, word: str) -> None:
        """A noun: its adjectives are those that waited for it."""
        plural = any(form in WORDS for form in list(forms(word))[1:]) and (word.endswith("s") or word in IRREGULAR)
        relation, self.relation = self.relation, None
        adjectives = [*self.elided, self.waiting]
        if self.of and self.place is not None and plural:
            adjectives[-1] = replace(
                adjectives[-1], count=max(adjectives[-1].count, 9), counted=True
            )  # "a field of sunflowers"
        self.settle()
        for number, waiting in enumerate(adjectives):
            count = waiting.count if waiting.counted or not plural or kind in WORN else 3
            thing = Thing(
                kind, word, count, waiting.colours, waiting.parts, waiting.size, waiting.traits, side=waiting.side
            )
            self._join(thing, relation if number == 0 else "and")

    def _join(self, thing: Thing, relation: str | None) -> None:
        if not self.things:
            self.things.append(thing)
            return
        last = self.things[-1]
        if self._is_same(last, thing, relation) or self._is_worn(last, thing, relation):
            return
        # What is said after "a girl with a book" is said of the girl.
        subject = last.other if last.relation == "held" and last.other is not None else len(self.things) - 1
        holder = self.things[subject]
        if relation in _BESIDE:
            held = relation in {"with", "has"} and thing.kind in _IN_HAND and SUBJECTS[holder.kind].hand is not None
            self.things.append(replace(thing, relation="held" if held else None, other=subject))
        elif relation == "held":
            small = SUBJECTS[thing.kind].size * thing.size <= 0.56 and thing.kind not in PEOPLE
            self.things.append(replace(thing, relation="held" if small else "beside", other=subject))
        elif holder.relation is None:
            # "a cat on a chair": the relation was said of the first, and belongs to it.
            self.things[subject] = replace(holder, relation=relation, other=len(self.things))
            self.things.append(thing)
        else:
            self.things.append(replace(thing, relation="beside", other=subject))

    def _is_same(self, last: Thing, thing: Thing, relation: str | None) -> bool:
        """Two nouns for one thing: "a cup of coffee", "a bear cub", "tulips in a vase"."""
        if last.kind == thing.kind and (self.of or (self.after_thing and relation is None)):
            return True
        if self.of and last.kind in _CONTAINERS and SUBJECTS[thing.kind].size < 0.5:
            self.of_last(traits=last.traits | {"filled"})
            self.things.append(replace(thing, relation="inside", other=len(self.things) - 1))
            return True
        if self.of and last.kind in _VASES and thing.kind in _FLOWERS:
            self.of_last(kind="bouquet", word=thing.word, colours=thing.colours or last.colours, count=1)
            return True
        if last.kind in _FLOWERS and thing.kind == "vase" and relation == "inside":
            self.of_last(kind="bouquet", count=1, parts=(*last.parts, *(("vase", name) for name in thing.colours[:1])))
            return True
        return False

    def _is_worn(self, last: Thing, thing: Thing, relation: str | None) -> bool:
        subject = last.other if last.relation == "held" and last.other is not None else len(self.things) - 1
        wearer = self.things[subject]
        if SUBJECTS[wearer.kind].head is None or relation not in {*_WORN_BY, "and"}:
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
