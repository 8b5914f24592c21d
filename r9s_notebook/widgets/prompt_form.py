"""The prompt, its buttons, and the line that says how it goes."""

from __future__ import annotations

import html
from typing import Any

import ipywidgets as w
import traitlets as t

from r9s_notebook.session.clients import accepts
from r9s_notebook.session.messages import remedies
from r9s_notebook.session.session import Session
from r9s_notebook.widgets.lab_part import LabPart

_REMEDIES = {"fetch_again": "Fetch again", "ask_for_base64": "Ask for base64"}
_PLACEHOLDERS = {
    "generate": "Describe an image: a lighthouse on a cliff at dusk, watercolour",
    "edit": "Describe the change: a red hat",
}


class PromptForm(LabPart):
    """A text area, Generate, Cancel and a status line, bound to a session: a studio's, or one of its own.

    Attributes:
        prompt: The words, in step with ``session.prompt``.
    """

    prompt = t.Unicode()

    def __init__(self, lab: LabPart | Session | None = None, **box: Any) -> None:
        super().__init__(lab, **box)
        self.add_class("r9s-prompt-form")
        self._wire()
        self._show_mode()
        self._show_busy()
        self._show_status()
        self._show_remedies()

    @property
    def fields(self) -> list[w.Widget]:
        """What can be typed into."""
        return [self._text]

    def _layout_parts(self) -> list[w.Widget]:
        self._text = w.Textarea(
            description="Prompt", rows=3, continuous_update=False, layout=w.Layout(width="auto", height="auto")
        ).add_class("r9s-prompt")
        self._generate = w.Button(button_style="primary", tooltip="Ctrl+Enter in the prompt").add_class("r9s-generate")
        self._cancel = w.Button(description="Cancel", tooltip="Stop the run; what it cost is not undone")
        self._cancel.add_class("r9s-cancel")
        self._status = w.HTML().add_class("r9s-status")
        buttons = w.HBox([self._generate, self._cancel]).add_class("r9s-buttons")
        self._remedies = {
            name: w.Button(description=label).add_class(f"r9s-{name.replace('_', '-')}")
            for name, label in _REMEDIES.items()
        }
        remedies = w.HBox(list(self._remedies.values())).add_class("r9s-buttons")
        return [self._text, buttons, self._status, remedies]

    def _wire(self) -> None:
        t.link((self.session, "prompt"), (self, "prompt"))
        t.link((self, "prompt"), (self._text, "value"))
        self._generate.on_click(lambda _button: self.session.press())
        self._cancel.on_click(lambda _button: self.session.cancel())
        for name, button in self._remedies.items():
            button.on_click(lambda _button, name=name: self.session.attempt(getattr(self.session, name)))
        self.session.observe(lambda _change: self._show_remedies(), "told_of")
        self.session.observe(lambda _change: self._show_mode(), "source")
        self.session.observe(lambda _change: self._show_busy(), "busy")
        self.session.observe(lambda _change: self._show_status(), ["status", "status_kind", "elapsed"])

    def _show_mode(self) -> None:
        editing = self.session.source is not None
        self._generate.description = "Edit image" if editing else "Generate"
        self._generate.icon = "magic"
        self._text.placeholder = _PLACEHOLDERS["edit" if editing else "generate"]

    def _show_busy(self) -> None:
        self._generate.disabled = self.session.busy
        self._cancel.disabled = not self.session.busy
        self._cancel.layout.display = "" if self.session.busy else "none"

    def _show_remedies(self) -> None:
        run = self.session.told_of
        offered = remedies(run, accepts(self.session.client, run.requested_model or "")) if run is not None else {}
        for name, button in self._remedies.items():
            button.tooltip = offered.get(name, "")
            button.layout.display = "" if name in offered else "none"

    def _show_status(self) -> None:
        self._status.value = status_html(self.session.status_kind, self.session.status, self.session.elapsed)


def status_html(kind: str, text: str, elapsed: float) -> str:
    """The status line's HTML; the running seconds are for the eyes, not announced."""
    if not text:
        return ""
    role = ' role="alert"' if kind == "error" else ""
    seconds = f'<span class="r9s-elapsed" aria-hidden="true"> · {elapsed:.0f} s</span>' if kind == "running" else ""
    bar = '<span class="r9s-progress" aria-hidden="true"></span>' if kind == "running" else ""
    return f'<div class="r9s-status-text r9s-is-{html.escape(kind)}"{role}>{html.escape(text)}{seconds}{bar}</div>'
