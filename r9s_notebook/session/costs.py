"""What calls cost: before, by what is asked; after, by what the service counted. None is unknown, and never zero."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from r9s_notebook.session.clients import accepts, model_of
from r9s_notebook.session.known_models import price_of
from r9s_notebook.session.messages import dollars
from r9s_notebook.session.request import Request
from r9s_notebook.translation import gettext as _


def price(client: Any, request: Request, home: Path | None = None) -> float | None:
    """What a call will cost in US dollars, by list prices; what is embedded costs nothing.

    Args:
        client: An ``R9S``.
        request: What would be sent.
        home: The folder of the store, beside whose runs the user's own prices lie.
    """
    if client.kind != "api":
        return 0.0
    previews = request.extra.get("partial_images") or 0
    if not all(isinstance(count, int) for count in (request.n, previews)) or request.n < 1:  # as it was typed
        return None
    model = model_of(client, request.model)
    taken = accepts(client, model, home)
    return price_of(model, home).before(
        quality=request.quality or taken.default_quality or "",
        size=request.size or taken.default_size or "",
        n=request.n,
        editing=request.source is not None,
        previews=previews,
    )


def paid(client: Any, request: Request, usage: Any, n: int, home: Path | None = None) -> float | None:
    """What a call has cost: by the tokens that were counted, or else by the pictures that came.

    Args:
        client: An ``R9S``.
        request: What was sent.
        usage: As the service counted.
        n: How many pictures it answered with.
        home: As in ``price``.
    """
    if client.kind != "api":
        return 0.0
    counted = price_of(model_of(client, request.model), home).after(usage, editing=request.source is not None)
    expected = price(client, request, home)
    return counted if counted is not None or expected is None else expected / request.n * n


def told(client: Any, request: Request, home: Path | None = None) -> str:
    """What a call will cost, as it stands beside the button; ``""`` where it costs nothing."""
    if client.kind != "api":
        return ""
    total = price(client, request, home)
    if total is None:
        return _("cost not known")
    return f"{request.n} x {dollars(total / request.n)} = {dollars(total)}" if request.n != 1 else dollars(total)
