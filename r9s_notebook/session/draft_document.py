"""A draft as the store keeps it, under its cell: JSON, and the images that it names."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from r9s_notebook.errors import R9SNotebookError
from r9s_notebook.history import Store
from r9s_notebook.history.files import sha256_of
from r9s_notebook.imaging import Mask, inspect
from r9s_notebook.session import messages
from r9s_notebook.session.clients import accepts
from r9s_notebook.session.draft import Draft
from r9s_notebook.session.form import Form, fitted
from r9s_notebook.session.queue import Coalesced
from r9s_notebook.session.request import Source
from r9s_notebook.session.worker import Worker

_PLAIN = tuple(field.name for field in dataclasses.fields(Form) if field.name not in ("source", "mask"))


@dataclass(frozen=True)
class Kept:
    """What was kept.

    Attributes:
        form: The draft.
        former: The one that it had replaced, or None.
        begun: What the cell's code had said when the draft was begun; see ``fingerprint``.
    """

    form: Form
    former: Form | None
    begun: str


class Keeping:
    """Keeps the draft of a cell, and brings it back.

    Args:
        draft: What is kept.
        place: The cell's id, and its notebook.
        begun: What the cell's code says; see ``fingerprint``.
        worker: Who does the work.
    """

    def __init__(self, draft: Draft, place: tuple[str, str | None], begun: str, worker: Worker) -> None:
        self._draft, self._place, self._begun = draft, place, begun
        self._unkept = ""  # why it is not kept, where it is not
        self.soon = Coalesced(worker, self._keep).ask

    def bring_back(self) -> None:
        """What was written since the cell's code was run stays; where the code says something new, it is offered."""
        draft = self._draft
        kept = read(draft.store, self._place)
        if kept is not None and kept.begun == self._begun:
            draft.put(fitted(kept.form, accepts(draft.client, kept.form.model, draft.store.home)))
            draft.former = kept.former
        elif kept is not None and kept.form != draft.form:
            draft.former = kept.form

    def _keep(self) -> None:
        draft, before, self._unkept = self._draft, self._unkept, ""
        try:
            keep(draft.store, self._place, Kept(draft.form, draft.former, self._begun))
        except R9SNotebookError as error:
            self._unkept = messages.draft_not_kept(error)
        if self._unkept != before and (self._unkept or draft.status == before):
            draft.say("notice" if self._unkept else "idle", self._unkept)


def keep(store: Store, place: tuple[str, str | None], kept: Kept) -> None:
    """Writes a draft, and the images that it edits, for a cell (its id) of a notebook.

    Raises:
        HistoryError: The store cannot be written.
    """
    images: dict[int, str] = {}
    for form in (kept.form, kept.former):
        if form is not None and form.source is not None:
            images[id(form.source)] = store.put_image(form.source.data, form.source.media_type)
    document = {
        "form": _written(kept.form, images),
        "former": None if kept.former is None else _written(kept.former, images),
        "begun": kept.begun,
    }
    store.keep_draft(*place, json.dumps(document, default=str), images.values())


def read(store: Store, place: tuple[str, str | None]) -> Kept | None:
    """The draft of a cell of a notebook; None where there is none that can be read."""
    text = store.draft(*place)
    if text is None:
        return None
    try:
        document = json.loads(text)
        former = document["former"]
        return Kept(
            _read(store, document["form"]), None if former is None else _read(store, former), str(document["begun"])
        )
    except (ValueError, KeyError, TypeError, R9SNotebookError):
        return None  # of another version


def fingerprint(given: Mapping[str, Any], source: Source | None) -> str:
    """What a cell's code says, so that it can be told when it says something else."""
    plain = {name: value for name, value in given.items() if name not in ("image", "mask")}
    if "image" in given and source is not None:
        plain["image"] = sha256_of(source.data)
    if isinstance(mask := given.get("mask"), Mask):
        plain["mask"] = mask.to_json()
    return json.dumps(plain, sort_keys=True, default=repr)


def _written(form: Form, images: Mapping[int, str]) -> dict[str, Any]:
    plain: dict[str, Any] = {name: getattr(form, name) for name in _PLAIN}
    source = form.source
    return {
        **plain,
        "extra": dict(form.extra),
        "source": None if source is None else [images[id(source)], source.run_id, source.sha256],
        "mask": None if form.mask is None else form.mask.to_json(),
    }


def _read(store: Store, values: Mapping[str, Any]) -> Form:
    form = Form(**{name: values[name] for name in _PLAIN if name in values})
    if values["source"] is None:
        return form
    sha256, run_id, picture = values["source"]
    data = store.image_bytes(sha256)
    info = inspect(data)
    mask = None if values["mask"] is None else Mask.from_json(values["mask"])
    return replace(form, source=Source(data, info.media_type, info.width, info.height, run_id, picture), mask=mask)
