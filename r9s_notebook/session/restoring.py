"""Bringing an earlier run back into the form, whole or in part."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Final, Literal

from r9s_notebook.history import Run, Store
from r9s_notebook.imaging import Mask, inspect
from r9s_notebook.session.form import Form
from r9s_notebook.session.request import Source

Restorable = Literal["prompt", "params", "source", "images"]
EVERYTHING: Final[frozenset[Restorable]] = frozenset({"prompt", "params", "source", "images"})

_FOLLOWS = ("prompt", "stream")  # of a run's parameters, what the form has elsewhere or makes of the others


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
        form = replace(form, prompt=run.prompt, template=run.template or "")
    return form


def _with_params(form: Form, run: Run, models: Collection[str] | None) -> Form:
    params = {name: value for name, value in run.params.items() if value is not None and name not in _FOLLOWS}
    model = str(params.pop("model", None) or run.requested_model or "")
    return replace(
        form,
        model=model if model and (models is None or model in models) else form.model,
        n=_whole(params.pop("n", 1)),
        size=str(params.pop("size", "")),
        quality=str(params.pop("quality", "")),
        style=str(params.pop("style", "")),
        extra=params,
    )


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
