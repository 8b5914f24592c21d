"""Which client a lab uses when it is given none, and what the models behind a client take."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from r9s_notebook.capabilities import Capabilities
from r9s_notebook.client import R9S
from r9s_notebook.client.settings import DEFAULT_URL
from r9s_notebook.errors import R9SNotebookError
from r9s_notebook.session.form import Form, form_of
from r9s_notebook.session.known_models import takes

_R9S = urlsplit(DEFAULT_URL).netloc
_known: WeakKeyDictionary[Any, tuple[Capabilities, ...]] = WeakKeyDictionary()


def find_client() -> Any:
    """The real API where the environment has a key, the embedded one where it has none.

    The real one is the caller's to close. All that is embedded in a process is one application, with one set of
    drawing threads, and stays open.
    """
    if os.environ.get("R9S_API_KEY", "").strip():
        return R9S.from_env()
    return _embedded(os.environ.get("R9S_IMAGE_MODEL", ""), os.getpid())  # a fork has none of its parent's threads


def given_or_found(client: Any) -> tuple[Any, Callable[[], None]]:
    """A client that was given, or else the one that ``find_client`` finds; and what closes it, where it was found."""
    found = find_client() if client is None else client
    return found, found.close if client is None and found.kind != "offline" else lambda: None


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
        return "embedded API"
    if client.kind == "replay":
        return f"replay of {client.recording.resolve().name}"
    host = urlsplit(client.server_url).netloc.rpartition("@")[2]
    return "R9S" if host == _R9S else host


def model_of(client: Any, model: str | None = None) -> str:
    """The model that a call goes to; ``""`` where the service chooses.

    Args:
        client: An ``R9S``.
        model: The one that the call names.
    """
    return model or client.model or next((one.model or "" for one in embedded_models(client)), "")


def accepts(client: Any, model: str, home: Path | None = None) -> Capabilities:
    """What a model takes, as its engine says, or else the user's file beside the store, or else the known models."""
    own = next((one for one in embedded_models(client) if (one.model or "") == model), None)
    return own or takes(model, home)


@functools.cache
def _embedded(_model: str, _process: int) -> R9S:
    return R9S.offline()
