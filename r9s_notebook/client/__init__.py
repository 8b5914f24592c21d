"""The images API's client: sync and async, with or without a notebook."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from r9s_notebook.client import models as models
    from r9s_notebook.client.r9s import R9S as R9S
    from r9s_notebook.client.retries import BackoffStrategy as BackoffStrategy
    from r9s_notebook.client.retries import RetryConfig as RetryConfig

_HOMES = {
    "R9S": "r9s_notebook.client.r9s",
    "BackoffStrategy": "r9s_notebook.client.retries",
    "RetryConfig": "r9s_notebook.client.retries",
}

__all__ = [*_HOMES, "models"]  # noqa: PLE0604 - the names are strings, in one table


def __getattr__(name: str) -> Any:
    # A name comes with its first use: what a model takes, and whether it answered, is asked without any HTTP.
    if name == "models":
        return import_module("r9s_notebook.client.models")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value
