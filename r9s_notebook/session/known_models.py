"""What a user knows better: a file that corrects and adds to what models take and cost.

``models.json`` beside the store, or the file that ``R9S_MODELS`` names, which has the last word::

    {
      "gpt-image-1-mini": {"price": {"per_image": 0.01}},
      "house-model": {"like": "dall-e-2", "sizes": ["512x512"], "max_n": 4,
                      "price": {"per_image": {"low": 0.01, "high": {"512x512": 0.03, "*": 0.05}}}}
    }

What stands beside ``like`` and ``price`` are fields of ``Capabilities``, the first of what is listed is the default;
those of ``price`` are fields of ``Price``.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from r9s_notebook.capabilities import Capabilities, capabilities, plain_name
from r9s_notebook.history.location import home_of_app
from r9s_notebook.prices import PRICES, Price
from r9s_notebook.suggestions import did_you_mean

FILE = "models.json"
_TAKES: Mapping[str, Any] = {one.name: one.default for one in dataclasses.fields(Capabilities)}
_COSTS = {one.name for one in dataclasses.fields(Price)}


@dataclasses.dataclass(frozen=True)
class KnownModel:
    """What a user's file says of one model."""

    like: str | None = None
    takes: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    price: Price | None = None


def known_models(home: Path | None) -> Mapping[str, KnownModel]:
    """What the user's files say, by the models' names; a file that cannot be used is warned of once."""
    named = os.environ.get("R9S_MODELS", "")
    homes = [] if home is None else [home_of_app(home), home]
    beside = [one / FILE for one in homes if one is not None and _changed(one / FILE)]
    paths = [*beside, *([Path(named).expanduser()] if named else [])]
    return {name: one for path in paths for name, one in _read(path, _changed(path)).items()}


def takes(model: str, home: Path | None) -> Capabilities:
    """What a model takes, as the user's file says, or else the table."""
    known = known_models(home).get(model)
    found = capabilities((known and known.like) or model or None)
    if known is None or not (known.takes or known.like):
        return found
    first = {
        default: next(iter(known.takes[listed]), None)
        for listed, default in (("sizes", "default_size"), ("qualities", "default_quality"))
        if listed in known.takes
    }
    return dataclasses.replace(found, model=model, **{"known": True, **first, **known.takes})


def price_of(model: str, home: Path | None) -> Price:
    """What a model costs, as the user's file says, or else the table; nothing is known of others."""
    known = known_models(home).get(model)
    if known is not None and known.price is not None:
        return known.price
    return PRICES.get(plain_name((known and known.like) or model), Price())


def _changed(path: Path) -> int:
    """When it was changed; 0 where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@functools.lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Mapping[str, KnownModel]:
    try:
        document = json.loads(path.read_text("utf-8"))
        return {name: _known_model(name, said) for name, said in document.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        warnings.warn(f"{path} is passed over: {error}", stacklevel=2)
        return {}


def _known_model(name: str, said: Mapping[str, Any]) -> KnownModel:
    more = dict(said)
    like, price = more.pop("like", None), more.pop("price", None)
    for given, known in ((more, {*_TAKES, "like", "price"}), (price or {}, _COSTS)):
        for field in given:
            if field not in known:
                raise ValueError(f"{name}: there is no field {field!r}.{did_you_mean(field, known)}")
    return KnownModel(like, {field: _like(_TAKES[field], value) for field, value in more.items()}, _price(name, price))


def _price(name: str, said: Any) -> Price | None:
    if said is None:
        return None
    rates = [said.get(field) for field in ("text", "image", "output")]
    if not all(rate is None or isinstance(rate, int | float) for rate in rates):
        raise ValueError(f"{name}: text, image and output are US dollars for a million tokens.")
    return Price(**said)


def _like(default: Any, value: Any) -> Any:
    """A list of JSON as what a field holds."""
    if isinstance(default, tuple | frozenset):
        if not isinstance(value, list):
            raise ValueError(f"{value!r} is no list")
        return type(default)(value)
    if default is not None and type(value) is not type(default):
        raise ValueError(f"{value!r} is not like {default!r}")
    return value
