"""A run's request once more: as it was, with another seed, or with another size or quality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from r9s_notebook.archive.runs import Run
from r9s_notebook.capabilities import Capabilities
from r9s_notebook.errors import InputError
from r9s_notebook.session.form import Form, offer, request_of, restored
from r9s_notebook.session.request import NAMED, Request
from r9s_notebook.translation import Message


def request_again(run: Run, accepts: Capabilities, changes: Mapping[str, Any]) -> Request:
    """What a run sent, with these parameters in place of its own; None takes one away.

    Args:
        run: Any run whose prompt and source are here.
        accepts: What its model accepts now.
        changes: Parameters by their names in the API.

    Raises:
        InputError: It has no prompt.
        HistoryError: The image that it edited is missing.
    """
    if not run.prompt:
        raise InputError(Message("This picture came without a prompt, so it cannot be made again."))
    form = restored(Form(), run, {"prompt", "params", "source"}, run.store)
    own: dict[str, Any] = {name: "" if value is None else value for name, value in changes.items() if name in NAMED}
    extra = {**form.extra, **{name: value for name, value in changes.items() if name not in NAMED}}
    form = replace(form, **own, extra={name: value for name, value in extra.items() if value is not None})
    return request_of(form, accepts)


def other_choices(run: Run, accepts: Capabilities) -> list[tuple[str, str]]:
    """The sizes and qualities that the model offers beside those of the run, as names of parameters and values."""
    sizes = offer(accepts, editing=run.kind == "edit").sizes
    choices = [*(("size", size) for size in sizes), *(("quality", quality) for quality in accepts.qualities)]
    return [(name, value) for name, value in choices if run.params.get(name) != value]
