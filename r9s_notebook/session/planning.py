"""Which calls a sweep makes: every combination of what is varied, each of them checked before the first is sent."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from r9s_notebook.capabilities import Capabilities
from r9s_notebook.errors import InputError
from r9s_notebook.imaging import Mask
from r9s_notebook.parameters import EDIT, GENERATION
from r9s_notebook.session.clients import accepts, model_of
from r9s_notebook.session.request import NAMED, Request, Source
from r9s_notebook.session.template import fill, names, refuse_missing
from r9s_notebook.suggestions import did_you_mean

MOST_CALLS = 1000
_SURELY_MISSPELT = 0.8
_OPTIONS = ("client", "image", "mask", "history", "at_once", "worker")


def plan(
    prompt: Any, varied: Mapping[str, Any], client: Any, *, source: Source | None = None, mask: Mask | None = None
) -> list[Request]:
    """The requests of a sweep, in order: the prompts first, then what is varied, the last one fastest.

    Args:
        prompt: A prompt, a template, or several of either.
        varied: A value or several by the name of a gap or of a parameter. What fills a gap is not sent by itself, and
            a prompt without that gap does not vary with it.
        client: What they are for.
        source: With it, they are edits.
        mask: Of the source's size.

    Raises:
        InputError: More than 1000 calls, no call at all, a name that nothing uses, a gap that nothing fills, or a call
            that the model would refuse.
    """
    prompts = values(prompt)
    axes = {name: values(several) for name, several in varied.items()}
    gaps = {template: names(template) for template in map(_text, prompts)}
    for own in gaps.values():
        refuse_missing(own, axes)
    in_words = frozenset().union(*gaps.values())
    axes_of = [
        {name: axis for name, axis in axes.items() if name in gaps[template] or name not in in_words}
        for template in prompts
    ]
    _refuse_count(sum(math.prod(len(axis) for axis in own.values()) for own in axes_of))
    requests = [
        replace(_request(template, gaps[template], dict(zip(own, chosen, strict=True))), source=source, mask=mask)
        for template, own in zip(prompts, axes_of, strict=True)
        for chosen in itertools.product(*own.values())
    ]
    for request in requests:
        accepted = accepts(client, model_of(client, request.model))
        _refuse_misspelt(request, in_words, accepted)
        request.check(accepted)
    return requests


def values(value: Any) -> Sequence[Any]:
    """One value or several as a list: of any iterable, a generator and an array included, but not of a text."""
    value = _plain(value)
    if not isinstance(value, Iterable) or isinstance(value, str | bytes | Mapping):
        return [value]
    return [_plain(one) for one in itertools.islice(value, MOST_CALLS + 1)]  # it may have no end


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
        raise InputError(f"This sweep would make {calls} calls; it may make 1 to {MOST_CALLS}. Vary less, or split it.")


def _refuse_misspelt(request: Request, gaps: Collection[str], accepted: Capabilities) -> None:
    """A model that nobody knows can be sent anything, but is hardly meant to get ``sizes`` beside ``size``."""
    is_open = not accepted.known and accepted.model is not None
    parameters = EDIT if request.source is not None else GENERATION
    for name in sorted(request.extra.keys() - parameters.keys()):
        advice = did_you_mean(name, {*gaps, *parameters, *_OPTIONS}, cutoff=_SURELY_MISSPELT if is_open else 0.6)
        if advice or not is_open:
            raise InputError(f"{name} is neither a gap {{{name}}} of the prompt nor a parameter of the call.{advice}")


def _request(template: str, gaps: Collection[str], chosen: Mapping[str, Any]) -> Request:
    rest = {name: value for name, value in chosen.items() if name not in gaps}
    own = {name: rest.pop(name) for name in NAMED if name in rest}
    return Request(prompt=fill(template, chosen), template=template if gaps else None, extra=rest, **own)
