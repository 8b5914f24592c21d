"""Bringing an earlier run back into a session, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from r9s_notebook.imaging import Mask, inspect
from r9s_notebook.session.history import Run
from r9s_notebook.session.request import Source

if TYPE_CHECKING:
    from r9s_notebook.session.session import Session

Restorable = Literal["prompt", "params", "source", "images"]
EVERYTHING: Final[frozenset[Restorable]] = frozenset({"prompt", "params", "source", "images"})


def restore(session: Session, run: Run, fields: frozenset[Restorable]) -> None:
    """Puts these fields of a run into the session.

    Raises:
        HistoryError: The image that the run edited is missing from the store.
    """
    if "source" in fields:
        _source(session, run)  # first: an edit takes other parameters than a generation
    with session.hold_trait_notifications():
        if "params" in fields:
            _params(session, run)
        if "prompt" in fields:
            session.prompt = run.prompt
    if "prompt" in fields:
        session.template = run.template or ""
    if "images" in fields:
        session.show(run)
        session.say("error" if run.error else "idle", run.error or "")


def _params(session: Session, run: Run) -> None:
    params = {name: value for name, value in run.params.items() if name != "prompt"}
    model = params.pop("model", None) or run.requested_model
    if model and (session.client.kind != "offline" or model in session.models):
        session.model = model
    session.n = params.pop("n", 1)
    for name in ("size", "quality", "style"):
        setattr(session, name, params.pop(name, None) or "")
    params.pop("stream", None)  # follows from what is chosen
    session.extra = params
    session.keep_to_choices()


def _source(session: Session, run: Run) -> None:
    if run.source is None:
        if session.source is not None:
            session.stop_editing()
        return
    data = session.store.image_bytes(run.source)
    info = inspect(data)
    session.mask = None  # the former one is of another picture
    session.source = Source(data, info.media_type, info.width, info.height, run.parent, run.parent_image)
    session.mask = Mask.from_json(run.mask) if run.mask else None
