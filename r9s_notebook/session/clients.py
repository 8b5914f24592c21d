"""Which client a lab uses when it is given none, and which model answers when none is named."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from typing import Any

from r9s_notebook.client import R9S
from r9s_notebook.client.capabilities import SKETCH


def find_client(environ: Mapping[str, str] = os.environ) -> Any:
    """The real API where the environment has a key, the embedded one where it has none.

    The real one is the caller's to close. All that is embedded in a process is one application, with one set of
    drawing threads, and stays open.
    """
    if environ.get("R9S_API_KEY", "").strip():
        return R9S.from_env()
    return _embedded(environ.get("R9S_IMAGE_MODEL", ""), os.getpid())  # a fork has none of its parent's threads


def is_shared(client: Any) -> bool:
    """Whether ``find_client``, which gave this client, gives it to others too."""
    return bool(client.kind == "offline")


def model_of(client: Any, model: str | None = None) -> str:
    """The model that a call goes to; ``""`` where the service chooses.

    Args:
        client: An ``R9S``.
        model: The one that the call names.
    """
    return model or client.model or (SKETCH if client.kind == "offline" else "")


@functools.cache
def _embedded(_model: str, _process: int) -> R9S:
    return R9S.offline()
