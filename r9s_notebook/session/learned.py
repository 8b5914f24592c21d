"""What services took and what they refused of their models: ``services.json`` in the store's folder.

It has values by parameter, of each model by its name, of each service by its address:
``{"http://gpu-box:8000/v1": {"house-model": {"accepted": {"size": ["640x640"]}, "refused": {"size": ["64x64"]}}}}``.
The newest word about a value counts.
"""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from r9s_notebook.capabilities import Capabilities
from r9s_notebook.history.files import write_durably

Word = Literal["accepted", "refused"]
Values = Mapping[str, list[str]]
"""By the names of their parameters, the newest last."""

FILE: Final = "services.json"
LISTED: Final = {"size": ("sizes", "edit_sizes"), "quality": ("qualities",), "style": ("styles",)}
"""Parameters whose values are offered, and where ``Capabilities`` has them."""

_LONGEST: Final = 200  # characters of a value that is worth remembering
_MOST: Final = 50  # values of one parameter
_lock = threading.Lock()


def remember(home: Path, service: str, model: str, word: Word, values: Mapping[str, Any]) -> None:
    """Notes what a service said of some values of a model, where that is new.

    What cannot be written is not remembered.
    """
    with _lock:
        known = _learned(home)
        before = known.get(service, {}).get(model, {})
        said = {name: str(value) for name, value in values.items() if len(str(value)) <= _LONGEST}
        if all(value in before.get(word, {}).get(name, ()) for name, value in said.items()):
            return
        other: Word = "refused" if word == "accepted" else "accepted"
        after = {word: _with(before.get(word, {}), said), other: _without(before.get(other, {}), said)}
        document = {**known, service: {**known.get(service, {}), model: after}}
        with suppress(OSError):
            write_durably(home, [(home / FILE, json.dumps(document, indent=1, ensure_ascii=False).encode())])


def refused(home: Path, service: str, model: str) -> tuple[tuple[str, str], ...]:
    """What a service has refused of a model: names and values."""
    said = _of_model(home, service, model).get("refused", {})
    return tuple((name, value) for name, several in said.items() for value in several)


def offered(taken: Capabilities, home: Path, service: str, model: str) -> Capabilities:
    """What a model that no table knows takes: what its service took comes first, what it refused is not offered."""
    said = _of_model(home, service, model)
    lists: dict[str, Any] = {}
    for name, fields in LISTED.items():
        accepted, refused = (said.get(word, {}).get(name, []) for word in ("accepted", "refused"))
        for field in fields:
            usual = (value for value in getattr(taken, field) if value not in (*accepted, *refused))
            lists[field] = (*reversed(accepted), *usual)
    return replace(taken, **lists)


def _of_model(home: Path, service: str, model: str) -> Mapping[str, Values]:
    return _learned(home).get(service, {}).get(model, {})


def _with(known: Values, said: Mapping[str, str]) -> Values:
    former = _without(known, said)
    return {**known, **{name: [*former.get(name, []), value][-_MOST:] for name, value in said.items()}}


def _without(known: Values, said: Mapping[str, str]) -> Values:
    return {name: [value for value in several if value != said.get(name)] for name, several in known.items()}


def _learned(home: Path) -> Mapping[str, Mapping[str, Mapping[str, Values]]]:
    try:
        return _read(home / FILE, (home / FILE).stat().st_mtime_ns)
    except OSError:
        return {}


@functools.lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Mapping[str, Mapping[str, Mapping[str, Values]]]:
    try:
        document = json.loads(path.read_text("utf-8"))
        return {service: _models(models) for service, models in document.items()}
    except (OSError, ValueError, TypeError, AttributeError):  # somebody has written into it: it is learned anew
        return {}


def _models(document: Any) -> dict[str, dict[str, dict[str, list[str]]]]:
    return {
        model: {
            word: {name: [str(value) for value in several] for name, several in values.items()}
            for word, values in said.items()
        }
        for model, said in document.items()
    }
