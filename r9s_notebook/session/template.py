"""Prompts with gaps: ``{name}`` stands for a value, and a doubled brace for a brace that is meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from string import Formatter
from typing import Any

from r9s_notebook.errors import InputError
from r9s_notebook.suggestions import did_you_mean


def names(template: str) -> frozenset[str]:
    """The names of a template's gaps.

    Raises:
        InputError: The braces do not match, or what is between them is no name.
    """
    try:
        found = {name for _text, name, _spec, _conversion in Formatter().parse(template) if name is not None}
    except ValueError as error:
        raise _unreadable(error) from None
    wrong = sorted(name for name in found if not name.isidentifier())
    if wrong:
        raise _unreadable(f"{{{wrong[0]}}} holds no name")
    return frozenset(found)


def fill(template: str, values: Mapping[str, Any]) -> str:
    """The template with each gap filled; what is filled in is not looked into again.

    Raises:
        InputError: There is no value for a gap, or the braces cannot be read.
    """
    gaps = names(template)
    refuse_missing(gaps, values.keys())
    try:
        return template.format_map({name: values[name] for name in gaps})
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise _unreadable(error) from None


def refuse_missing(gaps: Collection[str], known: Collection[str]) -> None:
    """Refuses gaps that nothing fills.

    Raises:
        InputError: With the name that may have been meant.
    """
    for name in sorted(set(gaps) - set(known)):
        raise InputError(
            f"{{{name}}} in the prompt has no value.{did_you_mean(name, known)} Double the braces that are meant: "
            f"{{{{{name}}}}}."
        )


def _unreadable(reason: object) -> InputError:
    return InputError(f"The braces of the prompt cannot be read ({reason}). Double the ones that are meant: {{{{.")
