"""The history's page side: an anywidget that asks its questions of the kernel and shows the answers."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import anywidget
import traitlets as t

from r9s_notebook.errors import R9SNotebookError
from r9s_notebook.session.messages import sentence
from r9s_notebook.widgets.modules import joined, text
from r9s_notebook.widgets.timeline.replies import Answer, answer
from r9s_notebook.widgets.timeline.timeline import Timeline

_MODULES = ("wire", "words", "list", "facts", "tree", "comparison", "detail", "toolbar", "index")
_STYLES = ("panel", "list", "detail", "tree")


class TimelineView(anywidget.AnyWidget):
    """A title row that opens into everything: scopes, search, filters, the list, a run's detail, two runs compared.

    Questions are answered on the session's worker, so that a slow disk holds up neither cells nor other widgets.

    Attributes:
        summary: What the panel says beside its name.
        scopes: How far one can look from here.
        shown: The id of the run that the lab shows.
    """

    _esm = joined("own_keys", "dom", *(f"timeline/view/{name}" for name in _MODULES))
    _css = text("lab.css", *(f"timeline/view/{name}.css" for name in _STYLES))

    summary = t.Unicode().tag(sync=True)
    scopes = t.List(t.Unicode()).tag(sync=True)
    shown = t.Unicode().tag(sync=True)

    def __init__(self, timeline: Timeline, **kwargs: Any) -> None:
        super().__init__(scopes=list(timeline.scopes), **kwargs)
        self._timeline = timeline
        self._newest: dict[str, str] = {}
        self.on_msg(self._on_message)

    def tell_changed(self) -> None:
        """Lets open pages look again: runs were added, changed or deleted."""
        self.send({"type": "changed"})

    def _on_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict) or not isinstance(content.get("ticket"), str):
            return
        page, ticket = str(content.get("page")), content["ticket"]
        is_search = content.get("ask") == "find" and content.get("before") is None
        if is_search:
            self._newest[page] = ticket

        def work() -> Answer:
            if is_search and self._newest[page] != ticket:
                return Answer({"skipped": True})  # asked at every key: only the last one is worth an answer
            return answer(self._timeline, content)

        self._timeline.session.submit(work).add_done_callback(lambda job: self._reply(ticket, job))

    def _reply(self, ticket: str, job: Future[Answer]) -> None:
        try:
            told = job.result()
        except Exception as error:  # a fault of ours: the page must not wait for ever
            text = error.message if isinstance(error, R9SNotebookError) else sentence(error)
            told = Answer({"error": text, "gone": False})
        self.send({"type": "answer", "ticket": ticket, **told.content}, list(told.buffers))
