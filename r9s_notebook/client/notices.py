"""Whether an answer is what was asked for, and sentences about what is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from r9s_notebook.translation import Message


def notices(asked: Mapping[str, Any], came: int, model: Any) -> tuple[str, ...]:
    """Sentences about what is not as asked."""
    said = []
    n, wanted = asked.get("n"), asked.get("model")
    if isinstance(n, int) and came != n:
        said.append(Message("{asked} images were asked for, and {came} came.", asked=n, came=came))
    if isinstance(model, str) and isinstance(wanted, str) and not same_model(wanted, model):
        said.append(Message("The model {asked} was asked for, and {model} answered.", asked=wanted, model=model))
    return tuple(said)


def same_model(asked: str, served: str) -> bool:
    """Whether a name that served is the one asked for, its provider's prefix and its date aside."""
    asked, served = (name.rpartition("/")[2].lower() for name in (asked, served))
    return served == asked or served.startswith(f"{asked}-2")  # gpt-image-1.5 and gpt-image-1.5-2026-01-31
