"""The history's page: every picture around a session that a search finds, a page of runs at a time."""

from __future__ import annotations

from typing import Any

import traitlets as t

from r9s_notebook.archive.browsing import Search, page_of, scopes_of
from r9s_notebook.archive.runs import Run
from r9s_notebook.history.ids import is_id
from r9s_notebook.pictures.asking import Album, Answer, Asked, AskedWidget, Json
from r9s_notebook.pictures.bundle import PICTURES
from r9s_notebook.pictures.desk import Desk
from r9s_notebook.pictures.source import questions_of
from r9s_notebook.pictures.tiles import items_found
from r9s_notebook.session.session import Session


class FoundPictures(AskedWidget):
    """A title row that opens into everything: scopes, search, filters, the pictures, all that is known of one.

    Questions are answered on the session's worker, so that a slow disk holds up neither cells nor other widgets.

    Attributes:
        summary: What the panel says beside its name.
        scopes: How far one can look from here; without a notebook's name there is none to look through.
        shown: The id of the run that the lab shows.
        changes: How often runs were added, changed or deleted: open pages look again.
        abilities: See ``Source``.
        arrangement: What its page is: other galleries are a grid or a strip.
    """

    _bundle = PICTURES

    summary = t.Unicode().tag(sync=True)
    scopes = t.List(t.Unicode()).tag(sync=True)
    shown = t.Unicode().tag(sync=True)
    changes = t.Int().tag(sync=True)
    abilities = t.List(t.Unicode()).tag(sync=True)
    arrangement = t.Unicode("history").tag(sync=True)

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(scopes=list(scopes_of(session.cell)), abilities=list(Desk.abilities), **kwargs)
        self._session = session
        self._newest: dict[str, str] = {}
        desk = Desk(session)
        self.answers({**questions_of(desk), "thumbs": desk.thumbs, "find": self._find}, session.submit)

    def tell(self, summary: str, shown: str, changed: bool) -> None:
        """Says what it is beside; where runs ``changed``, open pages look again."""
        with self.hold_sync():
            self.summary, self.shown = summary, shown
            self.changes += changed

    def _find(self, asked: Asked, _album: Album) -> Json:
        """What ``Search`` reads, and ``before``, the id of a run: the pictures of the next runs."""
        session, before, search = self._session, str(asked.get("before")), Search.read(asked)
        made_here = {run.id for run in session.runs}
        page = page_of(
            session.store, session.cell, search, made_here=made_here, before=before if is_id(before) else None
        )
        runs = [Run.of(run, session.store) for run in page.runs]
        return {
            "items": [item for run in runs for item in items_found(run, search)],
            "runs": len(runs),
            "last": runs[-1].id if runs else None,
            "more": page.more,
        }

    def _on_message(self, widget: Any, content: Any, buffers: Any) -> None:
        if isinstance(content, dict) and _is_search(content):
            self._newest[str(content.get("page"))] = str(content.get("ticket"))
        super()._on_message(widget, content, buffers)

    def _answer(self, asked: Json) -> Answer:
        if _is_search(asked) and self._newest[str(asked.get("page"))] != asked["ticket"]:
            return Answer({"skipped": True})  # asked at every key: only the last one is worth an answer
        return super()._answer(asked)


def _is_search(asked: Json) -> bool:
    return asked.get("ask") == "find" and asked.get("before") is None
