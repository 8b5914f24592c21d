"""``/v1/models``: what this server has, and what its models take, as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from r9s_notebook.parameters import Operation, Parameter
from r9s_notebook.server.engine import Model
from r9s_notebook.server.refusal import Refusal


def listed(models: Sequence[Model]) -> dict[str, Any]:
    """The list of models."""
    return {"object": "list", "data": [described(model) for model in models]}


def one(models: Sequence[Model], name: str) -> dict[str, Any]:
    """One model.

    Raises:
        Refusal: 404 for any other name. (Images may be asked of any name all the same, where the engine says so.)
    """
    for model in models:
        if model.name == name:
            return described(model)
    names = ", ".join(repr(model.name) for model in models) or "none"
    raise Refusal(404, f"There is no model {name!r} here, only {names}.", param="model", code="model_not_found")


def described(model: Model) -> dict[str, Any]:
    """A model as the API describes one; ``parameters``, ``examples`` and ``doing`` are this server's own."""
    about: dict[str, Any] = {
        "id": model.name,
        "object": "model",
        "created": model.created,
        "owned_by": model.owned_by,
        "description": model.description,
    }
    if model.examples:
        about["examples"] = list(model.examples)
    if model.doing:
        about["doing"] = model.doing
    return about if model.operations is None else {**about, "parameters": _parameters(model.operations)}


def _parameters(operations: Mapping[Operation, Mapping[str, Parameter]]) -> dict[str, Any]:
    return {
        operation: {name: parameter.schema() for name, parameter in taken.items()}
        for operation, taken in operations.items()
    }
