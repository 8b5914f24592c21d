"""What stands in the lab's form, as one value; what a model leaves of it; and the request that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from r9s_notebook.client.capabilities import Capabilities
from r9s_notebook.imaging import Mask
from r9s_notebook.session.request import NAMED, Request, Source


@dataclass(frozen=True, kw_only=True)
class Form:
    """The form's fields; ``""`` leaves a choice to the service. See ``Request`` for what they mean."""

    prompt: str = ""
    template: str = ""
    model: str = ""
    size: str = ""
    quality: str = ""
    style: str = ""
    n: int = 1
    extra: Mapping[str, Any] = field(default_factory=dict)
    source: Source | None = None
    mask: Mask | None = None


@dataclass(frozen=True)
class Offer:
    """What a model accepts for what comes next, an edit or a generation.

    Attributes:
        sizes: As the API writes them.
        max_n: The most images in one run.
        parameters: The names of all parameters.
        masks: Whether a mask is looked at.
    """

    sizes: tuple[str, ...]
    max_n: int
    parameters: frozenset[str]
    masks: bool


def offer(accepts: Capabilities, *, editing: bool) -> Offer:
    """What of a model's capabilities matters now."""
    if editing:
        return Offer(
            accepts.edit_sizes, accepts.edit_max_n, accepts.edit_parameters, accepts.masks or not accepts.known
        )
    return Offer(accepts.sizes, accepts.max_n, accepts.parameters, masks=False)


def fitted(form: Form, accepts: Capabilities) -> Form:
    """The form with nothing chosen that the model would refuse; a model that nobody knows may be sent anything."""
    if not accepts.known:
        return form
    now = offer(accepts, editing=form.source is not None)
    default_size = accepts.default_size if accepts.default_size in now.sizes else next(iter(now.sizes), "")
    takes_size = form.size in now.sizes or (accepts.any_size and form.size)
    return replace(
        form,
        size=form.size if takes_size else default_size or "",
        quality=form.quality if form.quality in accepts.qualities else accepts.default_quality or "",
        style=form.style if form.style in accepts.styles else "",
        n=max(1, min(form.n, now.max_n)),
    )


def mask_in_use(form: Form, accepts: Capabilities) -> Mask | None:
    """The mask, where there is something to edit and the model looks at masks."""
    return form.mask if offer(accepts, editing=form.source is not None).masks else None


def request_of(form: Form, accepts: Capabilities) -> Request:
    """What would be sent: what is chosen, as far as the model takes it."""
    parameters = offer(accepts, editing=form.source is not None).parameters
    chosen = {**{name: getattr(form, name) for name in NAMED}, **form.extra}
    sent = {name: value for name, value in chosen.items() if not accepts.known or name in parameters}
    own = {name: value for name in NAMED if (value := sent.pop(name, "")) != ""}
    mask = mask_in_use(form, accepts)
    return Request(
        **{"prompt": form.prompt, **own},
        template=form.template or None,
        extra=_streamed(sent),
        source=form.source,
        mask=None if mask is None or mask.is_empty else mask,
    )


def _streamed(extra: dict[str, Any]) -> dict[str, Any]:
    """Previews come in a stream only."""
    return {**extra, "stream": True} if extra.get("partial_images") else extra
