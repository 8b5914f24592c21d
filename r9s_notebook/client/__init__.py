"""The images API's client: sync and async, with or without a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r9s_notebook.client.r9s import R9S

if TYPE_CHECKING:
    from r9s_notebook.client import models as models
    from r9s_notebook.client.retries import BackoffStrategy as BackoffStrategy
    from r9s_notebook.client.retries import RetryConfig as RetryConfig

__all__ = ["R9S", "BackoffStrategy", "RetryConfig", "models"]


def __getattr__(name: str) -> Any:
    if name in __all__:  # comes with its first use
        from importlib import import_module

        if name == "models":
            return import_module("r9s_notebook.client.models")
        return getattr(import_module("r9s_notebook.client.retries"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
