"""What can be done with the pictures of a history: marked, made again, edited, deleted and brought back, taken away."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from r9s_notebook.archive.runs import Picture
from r9s_notebook.errors import InputError
from r9s_notebook.history import Removed
from r9s_notebook.pictures.asking import Album, Asked, Json, Question
from r9s_notebook.pictures.lookup import Lookup, model_of
from r9s_notebook.pictures.source import ids_of
from r9s_notebook.pictures.tiles import place_of
from r9s_notebook.session.again import request_again
from r9s_notebook.session.clients import accepts
from r9s_notebook.session.form import Restorable
from r9s_notebook.session.session import Session
from r9s_notebook.translation import Message
from r9s_notebook.translation import gettext as _

_LONGEST_NOTE = 20_000
_UNDOABLE = 20  # deletions that can be taken back
_USED: tuple[Restorable, ...] = ("prompt", "params")


class Desk:
    """The pictures of a session's history, for a gallery. Its methods read and write the store where they are called.

    Attributes:
        abilities: See ``Source``.
    """

    abilities: Sequence[str] = ("open", "mark", "edit", "again", "delete", "retry", "family", "words")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lookup = Lookup(session)
        self._removed: OrderedDict[str, Removed] = OrderedDict()
        self.original = self._lookup.original
        self.thumbs = self._lookup.thumbs

    def questions(self) -> Mapping[str, Question]:
        """What the page may ask."""
        return {
            **self._lookup.questions(),
            "mark": self._mark,
            "edit": self._edit,
            "use": self._use,
            "vary": self._vary,
            "again": self._again,
            "delete": self._delete,
            "undelete": self._undelete,
        }

    def _mark(self, asked: Asked, _album: Album) -> Json:
        """``ids`` and ``rating``, ``favourite`` or ``note``. Of a run without pictures there is nothing to rate."""
        changes: dict[str, Any] = {}
        if isinstance(asked.get("rating"), int):
            changes["rating"] = asked["rating"]
        if isinstance(asked.get("favourite"), bool):
            changes["favourite"] = asked["favourite"]
        if isinstance(note := asked.get("note"), str):
            if len(note) > _LONGEST_NOTE:
                told = Message(
                    "A note has room for {most:,} characters; this one has {here:,}. Shorten it.",
                    most=_LONGEST_NOTE,
                    here=len(note),
                )
                raise InputError(told)
            changes["note"] = note
        store = self._session.store
        places = self._places(asked)
        store.mark([(run_id, position) for run_id, position in places if position is not None], **changes)
        of_runs = {name: value for name, value in changes.items() if name != "rating"}
        for run_id, position in places:
            if position is None:
                store.annotate(run_id, **of_runs)
        self._session.look_again()
        return {}

    def _edit(self, asked: Asked, _album: Album) -> Json:
        """``id``: it is what the next run edits."""
        image = self._lookup.picture(asked.get("id"))
        self._session.show(image.run, image.position)
        self._session.uses += 1  # the prompt is where one goes on: the page's layout changes, and takes the focus along
        self._session.edit_image()
        return {}

    def _use(self, asked: Asked, _album: Album) -> Json:
        """``id`` and ``fields``: what the draft takes over; its prompt and parameters where nothing is said."""
        wanted = asked.get("fields")
        fields = [name for name in get_args(Restorable) if name in (wanted if isinstance(wanted, list) else _USED)]
        self._session.restore(self._lookup.named(asked.get("id"))[0], fields)
        return {}

    def _vary(self, asked: Asked, _album: Album) -> Json:
        """``id``: the same request once more, with a seed of the service's choice."""
        return self._send(self._lookup.picture(asked.get("id")), {"seed": None})

    def _again(self, asked: Asked, _album: Album) -> Json:
        """``id`` and ``changes``: this one picture again, in another size or quality."""
        image = self._lookup.picture(asked.get("id"))
        wanted = asked.get("changes")
        changes = {name: value for name, value in wanted.items() if name in ("size", "quality")} if wanted else {}
        return self._send(image, {**changes, "n": 1, "seed": image.seed})

    def _send(self, image: Picture, changes: Mapping[str, Any]) -> Json:
        run = image.run
        request = request_again(run, accepts(self._session.client, model_of(run), self._session.store.home), changes)
        self._session.send(request)
        return {"said": _("Sent: it waits for its turn.") if len(self._session.queue) > 1 else _("Sent.")}

    def _delete(self, asked: Asked, _album: Album) -> Json:
        """``ids``: deletes pictures, and runs without any; ``token`` of the answer brings them back."""
        places = self._places(asked)
        for run_id in {run_id for run_id, position in places if position is None}:
            if self._lookup.run(run_id).status == "running":
                raise InputError(Message("This run is still under way. Cancel it first; then it can be deleted."))
        token = uuid.uuid4().hex
        self._removed[token] = self._session.store.remove(places)
        while len(self._removed) > _UNDOABLE:
            self._removed.popitem(last=False)
        self._session.look_again()
        return {"token": token}

    def _places(self, asked: Asked) -> list[tuple[str, int | None]]:
        """``ids``: where they are, once each is seen to be there still."""
        names = ids_of(asked)
        for name in names:
            self._lookup.named(name)
        return [place_of(name) for name in names]

    def _undelete(self, asked: Asked, _album: Album) -> Json:
        """``token``: brings back what was deleted."""
        removed = self._removed.pop(str(asked.get("token")), None)
        if removed is None:
            raise InputError(Message("They cannot be brought back any more: too much was deleted since."))
        self._session.store.put_back(removed)
        self._session.look_again()
        return {}
