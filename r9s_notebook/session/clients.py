"""Which client a lab uses when it is given none, and what the models behind a client take."""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from r9s_notebook.archive.cell import Cell
from r9s_notebook.capabilities import MODELS, Capabilities, plain_name
from r9s_notebook.client import R9S
from r9s_notebook.client.settings import DEFAULT_URL
from r9s_notebook.errors import BadRequestError, InputError, R9SError, R9SNotebookError, UnprocessableEntityError
from r9s_notebook.session import learned
from r9s_notebook.session.form import Form, form_of
from r9s_notebook.session.known_models import takes
from r9s_notebook.translation import gettext as _

_R9S = urlsplit(DEFAULT_URL).netloc
_OF_IMAGES = re.compile(
    r"imag|dall-?e|diffusion|sdxl|flux|draw|paint|picture|photo|seedream|recraft|ideogram|kolors|wan"
)
_listed: WeakKeyDictionary[Any, tuple[Capabilities, ...]] = WeakKeyDictionary()
_known: WeakKeyDictionary[Any, tuple[Capabilities, ...]] = WeakKeyDictionary()


def find_client() -> Any:
    """The real API where the environment has a key; else what was recorded for this notebook, or the embedded one.

    The real one is the caller's to close. All that is embedded in a process is one application, with one set of
    drawing threads, and stays open.
    """
    if os.environ.get("R9S_API_KEY", "").strip():
        return R9S.from_env()
    if (recorded := Cell.here().recorded) is not None:
        return _replay(recorded, recorded.stat().st_mtime_ns, os.getpid())
    return _embedded(os.environ.get("R9S_IMAGE_MODEL", ""), os.getpid())  # a fork has none of its parent's threads


def given_or_found(client: Any) -> tuple[Any, Callable[[], None]]:
    """A client that was given, or else the one that ``find_client`` finds; and what closes it, where it was found."""
    found = find_client() if client is None else client
    return found, found.close if client is None and found.kind == "api" else lambda: None


def named_clients(client: Any) -> dict[str, tuple[Any, Callable[[], object]]]:
    """One client or several by what each is called, and what closes each that was opened here.

    Raises:
        InputError: There is none.
    """
    if isinstance(client, Mapping):
        named = [(str(name), one) for name, one in client.items()]
    else:
        named = [("", one) for one in (client if isinstance(client, list | tuple) else [client])]
    if not named:
        raise InputError("There is no client in the list.")
    found: dict[str, tuple[Any, Callable[[], object]]] = {}
    for number, (name, one) in enumerate(named, start=1):
        opened, close = given_or_found(one)
        called = name or (opened.model or str(opened.kind))
        found[called if called not in found else f"{called} {number}"] = (opened, close)
    return found


def embedded_models(client: Any) -> tuple[Capabilities, ...]:
    """What is embedded in this process has these models. A service is not asked: it may be far away, or silent."""
    if client.kind not in ("offline", "replay"):
        return ()
    if client not in _known:
        try:
            _known[client] = client.models()
        except R9SNotebookError:  # an application of somebody's own need not say
            _known[client] = ()
    return _known[client]


def ask_for_models(client: Any) -> tuple[Capabilities, ...]:
    """The models that a service lists, those for images first; it is asked once, and blocks.

    Raises:
        R9SNotebookError: It has no list, or was not reached.
    """
    if client not in _listed:
        _listed[client] = tuple(sorted(client.models(), key=_rank))
    return _listed[client]


def listed_models(client: Any) -> tuple[Capabilities, ...]:
    """What ``ask_for_models`` has found; nothing is asked."""
    return _listed.get(client, ())


def _rank(one: Capabilities) -> tuple[int, int]:
    name = plain_name(one.model or "")
    if name in MODELS:
        return 0, MODELS.index(name)
    return (1 if one.known or _OF_IMAGES.search(name) else 2), 0


def examples_of(client: Any, operation: str) -> list[Form]:
    """What is known to be answered, as forms: of a replay, what was recorded."""
    return [
        form_of({"model": one.model, **asked}, asked.get("prompt", ""))
        for one in embedded_models(client)
        for asked in one.examples
        if asked.get("operation") == operation
    ]


def service_of(client: Any) -> str:
    """What is behind a client, in a few words: ``R9S``, an address' host, or what stands in for a service."""
    if client.kind == "offline":
        return _("embedded API")
    if client.kind == "replay":
        return _("replay of {name}", name=client.recording.resolve().name)
    host = urlsplit(client.server_url).netloc.rpartition("@")[2]
    return "R9S" if host == _R9S else host


def learn(client: Any, params: Mapping[str, Any], home: Path, error: BaseException | None = None) -> None:
    """Remembers what a service's answer says of a call's values: that they are taken, or which one it would not have.

    What is embedded says itself what it takes; of a model that is known, only a refusal is news.
    """
    if client.kind != "api":
        return
    model = model_of(client, params.get("model"))
    if error is None:
        chosen = {name: params[name] for name in learned.LISTED if params.get(name)}
        if chosen and not accepts(client, model, home).known:
            learned.remember(home, _address(client), model, "accepted", chosen)
        return
    name = _parameter_of(error) if isinstance(error, BadRequestError | UnprocessableEntityError) else None
    if name is not None and name in params and name not in ("prompt", "model"):
        learned.remember(home, _address(client), model, "refused", {name: params[name]})


def _address(client: Any) -> str:
    """Where a service is, without what may be a key."""
    parts = urlsplit(getattr(client, "server_url", ""))  # which a client of somebody's own need not have
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _parameter_of(error: R9SError) -> str | None:
    """Which parameter a refusal names."""
    try:
        named = json.loads(error.body)["error"]["param"]
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return named if isinstance(named, str) else None


def refuses(client: Any, model: str, home: Path) -> tuple[tuple[str, str], ...]:
    """What a service has refused of a model: names and values."""
    return learned.refused(home, _address(client), model)


def model_of(client: Any, model: str | None = None) -> str:
    """The model that a call goes to; ``""`` where the service chooses.

    Args:
        client: An ``R9S``.
        model: The one that the call names.
    """
    return model or client.model or next((one.model or "" for one in embedded_models(client)), "")


def accepts(client: Any, model: str, home: Path | None = None) -> Capabilities:
    """What a model takes: as its service says, or the user's file beside the store, or the known models.

    Of what none of them knows, what the service took and refused before.
    """
    said = (*embedded_models(client), *listed_models(client))
    own = next((one for one in said if (one.model or "") == model), None)
    if own is not None and own.described:
        return own
    found = takes(model, home)
    return found if found.known or home is None else learned.offered(found, home, _address(client), model)


@functools.lru_cache(maxsize=1)
def _replay(recorded: Path, _changed: int, _process: int) -> R9S:
    return R9S.replay(recorded.name if Path(recorded.name).absolute() == recorded else recorded)


@functools.cache
def _embedded(_model: str, _process: int) -> R9S:
    return R9S.offline()
