"""Prompts with gaps: ``{name}`` is any value, ``{red|green}`` one of these, ``__animals__`` one of a list.

What is doubled is meant: ``{{name}}`` is sent as ``{name}``, ``____animals____`` as ``__animals__``. All else is sent
as it stands, whatever it means to the model: ``(word:1.2)``, ``[a|b]``, ``<lora:x:1>``, ``{"json": 1}``.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from r9s_notebook.errors import InputError
from r9s_notebook.suggestions import suggestion
from r9s_notebook.translation import Message, joined

_LIST = r"[^\W_](?:[\w/-]*?[^\W_])?"
_GAP: Final = re.compile(
    rf"""(?<!\{{)(?P<open>\{{++)
         (?:\ *(?P<name>[^\W\d]\w*)(?P<spec>:[\d.,]*[deEfgGxX%])?\ *|(?P<choice>[^{{}}"|]*(?:\|[^{{}}"|]*)+))
         (?P<close>\}}++)
       | (?<!_)(?P<mark>(?:__)+)(?P<list>{_LIST})(?P=mark)(?!_)""",
    re.VERBOSE,
)
_WEIGHT = re.compile(r"\s*[\d.-]+\s*(::|\$\$)")

Lookup = Callable[[str], Sequence[Any] | None]
"""The values of a list by its name; None where there is no such list."""


@dataclass(frozen=True)
class Gap:
    """A gap of a template.

    Attributes:
        name: What its values are known by: its own name, the choice as it is written, the list's name; a choice or a
            list that stands there again is another gap, with a number.
        written: As it is written.
        options: Of a choice.
        of_list: The name of the list whose values fill it; ``""`` where none does.
        spec: How a value is formatted, as Python does.
    """

    name: str
    written: str
    options: tuple[str, ...] = ()
    of_list: str = ""
    spec: str = ""

    def values(self, lists: Lookup) -> Sequence[Any]:
        """What it says itself that it may be filled with: nothing, where it is only a name.

        Raises:
            InputError: There is no such list, or it is empty, or what the choice says is not known here.
        """
        if any(_WEIGHT.match(option) for option in self.options):
            told = Message(
                "{gap} in the prompt has weights (2::) or a number of choices (2$$), which are not known here: write "
                "{choice}.",
                gap=self.written,
                choice="{red|green}",
            )
            raise InputError(joined(told, _meant(self.written)))
        found: list[Any] = []
        for option in self.options:  # a list among them stands for its values
            of_list = re.fullmatch(f"__({_LIST})__", option)
            found += _of_list(of_list[1], lists) if of_list else [option]
        return found + (_of_list(self.of_list, lists) if self.of_list else [])


def gaps(template: str) -> dict[str, Gap]:
    """The gaps of a template by their names, in its order."""
    return {piece.name: piece for piece in _pieces(template) if isinstance(piece, Gap)}


def fill(template: str, values: Mapping[str, Any]) -> str:
    """The template with each gap filled; what is filled in is not looked into again.

    Raises:
        InputError: There is no value for a gap, a value that its format does not take, or a gap within another one.
    """
    refuse_missing(gaps(template), values)
    if nested := _GAP.search(_GAP.sub(_blank, template)):
        told = Message("A gap of the prompt stands within another one: {gap}.", gap=nested[0])
        raise InputError(joined(told, _meant("{red|green}")))
    try:
        return "".join(
            format(values[piece.name], piece.spec) if isinstance(piece, Gap) else piece for piece in _pieces(template)
        )
    except (ValueError, TypeError) as error:
        raise InputError(Message("A value of the prompt's gaps cannot be formatted: {why}.", why=error)) from None


def literal(text: str) -> str:
    """A template that is sent as this text."""

    def doubled(found: re.Match[str]) -> str:
        opening, closing = ("__", "__") if found["mark"] else ("{", "}")
        return opening * _pairs(found) + found[0] + closing * _pairs(found)

    return _GAP.sub(doubled, text)


def draw(values: Mapping[str, Sequence[Any]], seed: int) -> dict[str, Any]:
    """One of the values of each name; the same seed draws the same."""
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
    return {name: chance.choice(several) for name, several in values.items()}


def refuse_missing(found: Mapping[str, Gap], known: Collection[str]) -> None:
    """Refuses gaps that nothing fills.

    Raises:
        InputError: With the name that may have been meant.
    """
    for name, gap in sorted(found.items()):
        if name not in known:
            told = Message("{gap} in the prompt has no value.", gap=gap.written)
            raise InputError(joined(told, suggestion(name, known), _meant(gap.written)))


def _meant(written: str) -> str:
    return Message("Braces and underscores that are meant as they stand are doubled: {gap}.", gap=literal(written))


def _of_list(name: str, lists: Lookup) -> list[Any]:
    values = lists(name)
    if not values:
        about = {"gap": f"__{name}__", "name": name}
        told = Message("{gap} in the prompt: {name} has no values.", **about)
        if values is None:
            told = Message(
                "{gap} in the prompt: {name} is neither a list of the notebook, nor is there a file {name}.txt beside "
                "it.",
                **about,
            )
        raise InputError(joined(told, _meant(f"__{name}__")))
    return list(values)


def _pieces(template: str) -> Iterator[str | Gap]:
    """Text and gaps in turn; of braces and underscores, each pair that is doubled is text."""
    end, met = 0, Counter[str]()
    for found in _GAP.finditer(template):
        yield template[end : found.start()]
        end, pairs = found.end(), _pairs(found)
        around = ("__" * (pairs // 2),) * 2 if found["mark"] else _beside(found, pairs - pairs // 2)
        inner = found["list"] or found[0][len(found["open"] or "") : -len(found["close"] or "")]
        yield around[0]
        yield _gap(found, inner, met) if pairs % 2 else inner
        yield around[1]
    yield template[end:]


def _gap(found: re.Match[str], inner: str, met: Counter[str]) -> Gap:
    if found["name"]:
        return Gap(found["name"], f"{{{inner}}}", spec=(found["spec"] or ":")[1:])
    options = tuple(option.strip() for option in inner.split("|")) if found["choice"] else ()
    name = "|".join(options) or inner
    met[name] += 1
    name = name if met[name] == 1 else f"{name} {met[name]}"
    return Gap(name, f"{{{inner}}}" if options else f"__{inner}__", options, found["list"] or "")


def _pairs(found: re.Match[str]) -> int:
    return len(found["mark"]) // 2 if found["mark"] else min(len(found["open"]), len(found["close"]))


def _beside(found: re.Match[str], less: int) -> tuple[str, str]:
    return "{" * (len(found["open"]) - less), "}" * (len(found["close"]) - less)


def _blank(found: re.Match[str]) -> str:
    """Of a gap what stands around it; what is text stays what no gap can hold."""
    pairs = _pairs(found)
    before, after = ("", "") if found["mark"] else _beside(found, pairs)
    return f"{before}{'_' if pairs % 2 else chr(34)}{after}"
