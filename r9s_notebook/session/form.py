"""What stands in the lab's form, as one value: what a model leaves of it, what it asks for, what brings it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from r9s_notebook.capabilities import Capabilities
from r9s_notebook.history import Run, Store
from r9s_notebook.imaging import Mask, inspect
from r9s_notebook.session.presets import around
from r9s_notebook.session.request import NAMED, Request, Source
from r9s_notebook.session.template import fill, gaps, literal

Restorable = Literal["prompt", "params", "source", "images"]
EVERYTHING: Final[frozenset[Restorable]] = frozenset({"prompt", "params", "source", "images"})

_FOLLOWS = ("operation", "prompt", "stream")  # of a call, what the form has elsewhere or makes of the others


@dataclass(frozen=True, kw_only=True)
class Form:
    """The form's fields; ``""`` leaves a choice to the service. See ``Request`` for what they mean.

    What was typed stays as it was typed, an ``n`` that is no number as a text, until it is checked before sending.

    Attributes:
        fillings: What was typed for the gaps of the prompt, by their names.
        draws: One value is drawn for each gap, where else every combination is sent.
        words: Of a preset, around the prompt: ``"{prompt}, ink drawing"``.
    """

    prompt: str = ""
    template: str = ""
    fillings: Mapping[str, str] = field(default_factory=dict)
    draws: bool = False
    words: str = ""
    model: str = ""
    size: str = ""
    quality: str = ""
    style: str = ""
    n: Any = 1
    extra: Mapping[str, Any] = field(default_factory=dict)
    source: Source | None = None
    mask: Mask | None = None

    @property
    def is_work(self) -> bool:
        """Whether somebody put something in: words, an image, or parameters that no model has by itself."""
        return bool(self.prompt.strip() or self.source or self.extra)

    @property
    def written(self) -> str:
        """The prompt with the words around it, its gaps not filled."""
        return around(self.words, self.prompt)


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
        n=min(form.n, now.max_n) if isinstance(form.n, int) else form.n,
    )


def to_edit(form: Form, source: Source, accepts: Capabilities) -> Form:
    """The form for an edit of that image, unmasked, at the image's own size wherever the model can.

    So nothing is scaled, and nothing is added around it.
    """
    form = fitted(replace(form, source=source, mask=None), accepts)
    sizes, own = offer(accepts, editing=True).sizes, f"{source.width}x{source.height}"
    return replace(form, size=next((size for size in ("auto", own) if size in sizes), form.size))


def mask_in_use(form: Form, accepts: Capabilities) -> Mask | None:
    """The mask, where there is something to edit and the model looks at masks."""
    return form.mask if offer(accepts, editing=form.source is not None).masks else None


def request_of(form: Form, accepts: Capabilities) -> Request:
    """What would be sent: what is chosen, as far as the model takes it; gaps of the prompt are not filled yet."""
    parameters = offer(accepts, editing=form.source is not None).parameters
    chosen = {**{name: getattr(form, name) for name in NAMED}, **form.extra}
    sent = {name: value for name, value in chosen.items() if not accepts.known or name in parameters}
    own = {name: value for name in NAMED if (value := sent.pop(name, "")) != "" or name == "n"}
    mask = mask_in_use(form, accepts)
    written = form.written
    prompt = written if gaps(written) else fill(written, {})
    return Request(
        **{**own, "prompt": prompt},
        template=form.template or (written if prompt != written else None),
        extra=_streamed(sent),
        source=form.source,
        mask=None if mask is None or mask.is_empty else mask,
    )


def _streamed(extra: dict[str, Any]) -> dict[str, Any]:
    """Previews come in a stream only."""
    return {**extra, "stream": True} if extra.get("partial_images") else extra


def restored(
    form: Form, run: Run, fields: Collection[Restorable], store: Store, *, models: Collection[str] | None = None
) -> Form:
    """The form with these fields of a run in it.

    Args:
        form: As it stands.
        run: The earlier run; it may come from elsewhere, and hold whatever another program wrote.
        fields: Which of its fields.
        store: Where its pictures are.
        models: The models to choose from; a run of another one is made with the form's. None leaves the run's.

    Raises:
        HistoryError: The image that the run edited is missing from the store.
        MaskError: Its mask cannot be read.
    """
    if "source" in fields:
        form = replace(form, source=_source(run, store), mask=Mask.from_json(run.mask) if run.mask else None)
    if "params" in fields:
        form = _with_params(form, run, models)
    if "prompt" in fields:
        form = replace(form, prompt=literal(run.prompt), template=run.template or "", words="")
    return form


def _with_params(form: Form, run: Run, models: Collection[str] | None) -> Form:
    asked = form_of({"model": run.requested_model, **run.params}, run.prompt)
    offered = asked.model and (models is None or asked.model in models)
    own = {name: getattr(asked, name) for name in ("n", "size", "quality", "style", "extra")}
    return replace(form, model=asked.model if offered else form.model, **own)


def form_of(params: Mapping[str, Any], prompt: str) -> Form:
    """The form that a call's parameters come from; an earlier program may have written whatever it liked there."""
    given = {name: value for name, value in params.items() if value is not None and name not in _FOLLOWS}
    model, size, quality, style = (str(given.pop(name, "")) for name in ("model", "size", "quality", "style"))
    n = _whole(given.pop("n", 1))
    return Form(prompt=prompt, model=model, size=size, quality=quality, style=style, n=n, extra=given)


def _whole(n: Any) -> int:
    try:
        return int(n)
    except (TypeError, ValueError, OverflowError):
        return 1


def _source(run: Run, store: Store) -> Source | None:
    if run.source is None:
        return None
    data = store.image_bytes(run.source)
    info = inspect(data)
    return Source(data, info.media_type, info.width, info.height, run.parent, run.parent_image)
