"""The images API's client: sync and async, with or without a notebook."""

from __future__ import annotations

from r9s_notebook.client import models
from r9s_notebook.client.r9s import R9S
from r9s_notebook.client.retries import BackoffStrategy, RetryConfig

__all__ = ["R9S", "BackoffStrategy", "RetryConfig", "models"]
