"""``/v1/models``: what this server has, and what it says it is."""

from __future__ import annotations

from typing import Any

from r9s_notebook.server.parameters import MODEL
from r9s_notebook.server.refusal import Refusal

CREATED = 1_767_225_600
"""Seconds since 1970: 2026-01-01."""


def models() -> dict[str, Any]:
    """The list of models."""
    return {"object": "list", "data": [_SKETCH]}


def model(name: str) -> dict[str, Any]:
    """One model.

    Raises:
        Refusal: 404 for any other name. (Images may be asked of any name all the same.)
    """
    if name != MODEL:
        raise Refusal(404, f"There is no model {name!r} here, only {MODEL!r}.", param="model", code="model_not_found")
    return _SKETCH


_SKETCH = {
    "id": MODEL,
    "object": "model",
    "created": CREATED,
    "owned_by": "r9s_notebook",
    "description": "Sketch engine: draws your words with vector shapes. No AI model.",
}
