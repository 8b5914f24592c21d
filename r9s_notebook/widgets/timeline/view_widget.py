"""The history's page side: an anywidget that asks its questions of the kernel and shows the answers."""

from __future__ import annotations

from typing import Any

import traitlets as t

from r9s_notebook.widgets.asking import Answer, AskedWidget, Json
from r9s_notebook.widgets.timeline.replies import questions
from r9s_notebook.widgets.timeline.timeline import Timeline


class TimelineView(AskedWidget):
    """A title row that opens into everything: scopes, search, filters, the list, a run's detail, two runs compared.

    Questions are answered on the session's worker, so that a slow disk holds up neither cells nor other widgets.

    Attributes:
        summary: What the panel says beside its name.
        scopes: How far one can look from here.
        shown: The id of the run that the lab shows.
    """

    _module = "timeline"

    summary = t.Unicode().tag(sync=True)
    scopes = t.List(t.Unicode()).tag(sync=True)
    shown = t.Unicode().tag(sync=True)

    def __init__(self, timeline: Timeline, **kwargs: Any) -> None:
        super().__init__(scopes=list(timeline.scopes), **kwargs)
        self._newest: dict[str, str] = {}
        self.answers(questions(timeline), timeline.session.submit)

    def tell_changed(self) -> None:
        """Lets open pages look again: runs were added, changed or deleted."""
        self.send({"type": "changed"})

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
