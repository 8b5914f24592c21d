"""The images API's client: sync and async, with or without a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r9s_notebook._lazy import lazy

if TYPE_CHECKING:
    from r9s_notebook.client import models as models
    from r9s_notebook.client.r9s import R9S as R9S
    from r9s_notebook.client.retries import BackoffStrategy as BackoffStrategy
    from r9s_notebook.client.retries import RetryConfig as RetryConfig

# What a model takes, and whether it answered, is asked without any HTTP.
_HOMES = {
    "R9S": "r9s_notebook.client.r9s",
    "BackoffStrategy": "r9s_notebook.client.retries",
    "RetryConfig": "r9s_notebook.client.retries",
    "models": "r9s_notebook.client.models",
}

__all__ = [
    "R9S",
    "BackoffStrategy",
    "RetryConfig",
    "models",
]
__getattr__ = lazy(__name__, _HOMES)
