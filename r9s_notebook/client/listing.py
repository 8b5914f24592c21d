"""The list of models that a service has: ``GET /models``, and what the embedded API adds to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from r9s_notebook.client.capabilities import Capabilities, capabilities
from r9s_notebook.client.responses import Head
from r9s_notebook.parameters import EDIT, GENERATION


def models_in(body: bytes | bytearray, head: Head) -> tuple[Capabilities, ...]:
    """What a service says of its models.

    Raises:
        ResponseValidationError: The answer is no list of models.
    """
    try:
        return tuple(_described(entry) for entry in json.loads(body)["data"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise head.invalid("The answer is no list of models.", body) from None


def _described(entry: Mapping[str, Any]) -> Capabilities:
    """What an entry of the list says; by its name alone, where it says no more."""
    operations = entry.get("parameters")
    if not isinstance(operations, Mapping):
        return capabilities(str(entry["id"]))
    generate, edit = _schemas(operations, "generate"), _schemas(operations, "edit")
    # What the API has for generations only is no parameter of its edits, though a server may take it there too.
    edit = {name: schema for name, schema in edit.items() if name in EDIT or name not in GENERATION}
    either = {**edit, **generate}
    size, edit_size = generate.get("size", {}), edit.get("size", {})
    return Capabilities(
        model=str(entry["id"]),
        description=str(entry.get("description") or ""),
        sizes=_choices(size),
        qualities=_choices(either.get("quality", {})),
        styles=_choices(either.get("style", {})),
        max_n=_number(generate.get("n", {}), "maximum", 10),
        generates=bool(generate),
        edits=bool(edit),
        masks="mask" in edit,
        edit_sizes=_choices(edit_size),
        edit_max_n=_number(edit.get("n", {}), "maximum", 10),
        max_images=_number(edit.get("image", {}), "maxItems", 1),
        streams="stream" in either,
        prompt_limit=_number(either.get("prompt", {}), "maxLength", 0),
        parameters=frozenset(generate),
        edit_parameters=frozenset(edit),
        default_size=size.get("default"),
        default_quality=either.get("quality", {}).get("default"),
        any_size="size" in either and "enum" not in either["size"],
    )


def _schemas(operations: Mapping[str, Any], operation: str) -> dict[str, Mapping[str, Any]]:
    return {name: schema for name, schema in operations.get(operation, {}).items() if isinstance(schema, Mapping)}


def _choices(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """What is worth offering: what the service shows as examples, or all that it takes."""
    return tuple(str(choice) for choice in schema.get("examples") or schema.get("enum") or ())


def _number(schema: Mapping[str, Any], name: str, otherwise: int) -> int:
    value = schema.get(name)
    return value if isinstance(value, int) else otherwise
