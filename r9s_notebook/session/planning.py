"""Which calls a sweep makes: every combination of what is varied, each of them checked before the first is sent."""

from __future__ import annotations

import itertools
import math
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from r9s_notebook.capabilities import Capabilities
from r9s_notebook.errors import InputError
from r9s_notebook.imaging import Mask
from r9s_notebook.parameters import EDIT, GENERATION
from r9s_notebook.session.clients import accepts, model_of
from r9s_notebook.session.lists import Lists
from r9s_notebook.session.presets import PROMPT, Preset, around, preset_named
from r9s_notebook.session.request import NAMED, Request, Source, mask_for, source_from
from r9s_notebook.session.template import Gap, fill, gaps, refuse_missing
from r9s_notebook.suggestions import suggestion
from r9s_notebook.translation import Message, joined

MOST_CALLS = 100_000
_SURELY_MISSPELT = 0.8
_OPTIONS = ("preset", "client", "image", "mask", "history", "concurrency", "max_cost", "price", "worker")


@dataclass(frozen=True)
class Call:
    """One call of a plan.

    Attributes:
        request: What is sent.
        client: To which of the clients, by its place.
        variables: What it has of everything that varies, as JSON values by the axes' names.
    """

    request: Request
    client: int
    variables: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """Calls that are counted and checked, and not sent yet.

    Attributes:
        axes: What varies, in the order in which it does, the last one fastest: names, and the values as they are shown.
        calls: In that order.
    """

    axes: Mapping[str, tuple[Any, ...]]
    calls: Sequence[Call]


def plan(
    prompt: Any,
    varied: Mapping[str, Any],
    clients: Mapping[str, Any],
    *,
    image: Any = None,
    mask: Mask | None = None,
    home: Path | None = None,
    presets: Mapping[str, Preset] | None = None,
    lists: Lists | None = None,
) -> Plan:
    """The calls of a sweep: prompts first, then presets, images, clients, the prompts' own choices, what is varied.

    The last one varies fastest.

    Args:
        prompt: A prompt, a template, or several of either.
        varied: A value or several by the name of a gap or of a parameter. What fills a gap is not sent by itself, and
            a prompt without that gap does not vary with it.
        clients: What they are for, by what each is called.
        image: With one or several, they are edits.
        mask: Laid over each of them.
        home: The folder of the store, beside which a file may say what models take.
        presets: By their names: words around the prompts, and parameters, of which those that are varied come before.
        lists: What fills the lists that a prompt names; None takes the notebook's.

    Raises:
        InputError: More than 100 000 calls, no call at all, a name that nothing uses, a gap that nothing fills, or a
            call that the model would refuse.
        ImageError, MaskError: An image or the mask cannot be used.
    """
    prompts = [_text(one) for one in values(prompt)]
    sources = sources_of(image)
    presets = presets or {"": {"prompt": PROMPT}}
    written = {(one, name): around(preset["prompt"], one) for one in prompts for name, preset in presets.items()}
    gaps_of = {template: gaps(template) for template in written.values()}
    axes = _own(gaps_of, varied, lists or Lists.here()) | {name: values(several) for name, several in varied.items()}
    for found in gaps_of.values():
        refuse_missing(found, axes)
    in_words = frozenset().union(*gaps_of.values())
    axes_of = {
        template: {name: axis for name, axis in axes.items() if name in named or name not in in_words}
        for template, named in gaps_of.items()
    }
    of_each = [math.prod(len(axis) for axis in axes_of[template].values()) for template in written.values()]
    _refuse_count(len(sources) * len(clients) * sum(of_each))
    masks = {label: None if source is None else mask_for(mask, source) for label, source in sources.items()}
    if mask is not None and None in sources.values():
        mask_for(mask, None)
    several: dict[str, tuple[Any, ...]] = {"prompt": tuple(prompts), "preset": tuple(presets)}
    several |= {"image": tuple(sources), "client": tuple(clients)}
    several |= {name: tuple(map(shown, axis)) for name, axis in axes.items()}
    varying = {name: axis for name, axis in several.items() if len(axis) > 1}
    calls = []
    checked = _Checked(in_words, home)
    each = itertools.product(written.items(), sources, enumerate(clients.items()))
    for ((one, name), template), label, (number, (called, client)) in each:
        own, of_preset = axes_of[template], {key: value for key, value in presets[name].items() if key != "prompt"}
        for chosen in itertools.product(*own.values()):
            all_of_it = dict(zip(own, chosen, strict=True))
            request = _request(template, gaps_of[template], {**of_preset, **all_of_it})
            if sources[label] is not None:
                request = replace(request, source=sources[label], mask=masks[label])
            checked.check(request, client)
            has = {"prompt": one, "preset": name, "image": label, "client": called}
            has |= {key: shown(value) for key, value in all_of_it.items()}
            calls.append(Call(request, number, {key: has[key] for key in varying if key in has}))
    return Plan(varying, calls)


class _Checked:
    """Checks requests; what a model takes is looked up once."""

    def __init__(self, gaps: Collection[str], home: Path | None) -> None:
        self._gaps, self._home = gaps, home
        self._accepted: dict[tuple[int, str | None], Capabilities] = {}

    def check(self, request: Request, client: Any) -> None:
        key = (id(client), request.model)
        if key not in self._accepted:
            self._accepted[key] = accepts(client, model_of(client, request.model), self._home)
        _refuse_misspelt(request, self._gaps, self._accepted[key])
        request.check(self._accepted[key])


def values(value: Any) -> Sequence[Any]:
    """One value or several as a list: of any iterable, a generator and an array included, but not of a text."""
    value = _plain(value)
    if not isinstance(value, Iterable) or isinstance(value, str | bytes | Mapping):
        return [value]
    return [_plain(one) for one in itertools.islice(value, MOST_CALLS + 1)]  # it may have no end


def presets_by_name(preset: Any, home: Path) -> dict[str, Preset]:
    """One preset or several by their names; ``None`` is one that changes nothing.

    Raises:
        InputError: There is none of that name.
    """
    return {
        "none" if name is None else str(name): {"prompt": PROMPT} if name is None else preset_named(str(name), home)
        for name in values(preset)
    }


def sources_of(image: Any) -> dict[str, Source | None]:
    """The images to edit by what each is called: the names of a mapping, of files, or numbers.

    Raises:
        ImageError: One of them is no image that can be used.
    """
    if image is None:
        return {"": None}
    named = image.items() if isinstance(image, Mapping) and "content" not in image else None
    several = list(named) if named is not None else [(None, one) for one in (image if _is_list(image) else [image])]
    found: dict[str, Source | None] = {}
    for number, (name, one) in enumerate(several, start=1):
        label = str(name) if name is not None else Path(one).name if isinstance(one, str | os.PathLike) else ""
        found[label if label and label not in found else f"image {number}"] = source_from(one)
    return found


def _is_list(image: Any) -> bool:
    return isinstance(image, list | tuple)


def shown(value: Any) -> Any:
    """A value as it is shown and kept: what JSON knows, as it is; anything else as its text."""
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def _plain(value: Any) -> Any:
    """NumPy's and pandas' own values as Python's, which can be sent."""
    to_list = getattr(value, "tolist", None)
    return value if to_list is None else to_list()


def _text(prompt: Any) -> str:
    if not isinstance(prompt, str):
        raise InputError(f"A prompt is a text, not {prompt!r:.80}.")
    return prompt


def _refuse_count(calls: int) -> None:
    if not 1 <= calls <= MOST_CALLS:
        raise InputError(
            Message(
                "This sweep would make {calls:,} calls; it may make 1 to {most:,}. Vary less, or split it.",
                calls=calls,
                most=MOST_CALLS,
            )
        )


def _refuse_misspelt(request: Request, gaps: Collection[str], accepted: Capabilities) -> None:
    """A model that nobody knows can be sent anything, but is hardly meant to get ``sizes`` beside ``size``."""
    is_open = not accepted.known and accepted.model is not None
    parameters = EDIT if request.source is not None else GENERATION
    for name in sorted(request.extra.keys() - parameters.keys()):
        advice = suggestion(name, {*gaps, *parameters, *_OPTIONS}, cutoff=_SURELY_MISSPELT if is_open else 0.6)
        if advice or not is_open:
            told = Message(
                "{name} is neither a gap {gap} of the prompt nor a parameter of the call.", name=name, gap=f"{{{name}}}"
            )
            raise InputError(joined(told, advice))


def _request(template: str, gaps: Collection[str], chosen: Mapping[str, Any]) -> Request:
    rest = {name: value for name, value in chosen.items() if name not in gaps}
    own = {name: rest.pop(name) for name in NAMED if name in rest}
    return Request(prompt=fill(template, chosen), template=template if gaps else None, extra=rest, **own)


def _own(gaps_of: Mapping[str, Mapping[str, Gap]], varied: Collection[str], lists: Lists) -> dict[str, Sequence[Any]]:
    """What the prompts themselves say of their gaps."""
    own = {name: gap for found in gaps_of.values() for name, gap in found.items() if name not in varied}
    found = {name: gap.values(lists) for name, gap in own.items()}
    return {name: several for name, several in found.items() if several}
