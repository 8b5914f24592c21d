"""The prompt, its buttons, and the line that says how it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as w
import traitlets as t

from r9s_notebook.session import costs
from r9s_notebook.session.clients import accepts
from r9s_notebook.session.messages import remedies
from r9s_notebook.session.session import Session
from r9s_notebook.widgets.html import act, escaped
from r9s_notebook.widgets.lab_part import LabPart

_LIST_PRICE = "By the model's list price; models.json beside the history corrects it"
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

    _css_class = "r9s-prompt-form"

    prompt = t.Unicode()

    def __init__(self, lab: LabPart | Session | None = None, **box: Any) -> None:
        super().__init__(lab, **box)
        self._wire()
        if not self._is_inside:
            self._keys.on_press(self.fields, self.session.press)
            self._keys.on_act(self.acts)
        self._show_mode()
        self._show_busy()
        self._show_cost()
        self._show_status()
        self._show_remedies()

    @property
    def fields(self) -> list[w.Widget]:
        """What can be typed into."""
        return [self._text]

    @property
    def acts(self) -> Mapping[str, Callable[[str], Any]]:
        """What its small buttons do."""
        session = self.session
        return {
            "fetch_again": lambda _argument: session.attempt(session.fetch_again),
            "ask_for_base64": lambda _argument: session.attempt(session.ask_for_base64),
        }

    def _layout_parts(self) -> list[w.Widget]:
        make = self._looks.make
        hint = _PLACEHOLDERS["generate"]
        self._text = make(
            w.Textarea, "r9s-prompt", description="Prompt", placeholder=hint, rows=3, continuous_update=False, wide=True
        )
        sends = "Ctrl+Enter in the prompt"
        self._generate = make(
            w.Button, "r9s-generate", button_style="primary", description="Generate", icon="magic", tooltip=sends
        )
        stops = "Stop the run; what it cost is not undone"
        self._cancel = make(w.Button, "r9s-cancel", description="Cancel", tooltip=stops, shown=self.session.busy)
        self._status = make(w.HTML, "r9s-status", wide=True)
        self._cost = make(w.HTML, "r9s-cost")
        buttons = make(w.HBox, "r9s-buttons", [self._generate, self._cancel, self._cost])
        self._remedies = make(w.HTML, "r9s-remedies")
        return [self._text, buttons, self._status, self._remedies]

    def _wire(self) -> None:
        t.link((self.session, "prompt"), (self, "prompt"))
        t.link((self, "prompt"), (self._text, "value"))
        self._generate.on_click(lambda _button: self.session.press())
        self._cancel.on_click(lambda _button: self.session.cancel())
        self.session.observe(lambda _change: self._show_remedies(), "told_of")
        self.session.observe(lambda _change: self._show_mode(), "source")
        priced = ["model", "choices", "size", "quality", "n", "extra", "source"]
        self.session.observe(lambda _change: self._show_cost(), priced)
        self.session.observe(lambda _change: self._show_busy(), "busy")
        self.session.observe(lambda _change: self._show_status(), ["status", "status_kind"])

    def _show_mode(self) -> None:
        editing = self.session.source is not None
        self._generate.description = "Edit image" if editing else "Generate"
        self._text.placeholder = _PLACEHOLDERS["edit" if editing else "generate"]

    def _show_busy(self) -> None:
        self._looks.show(self._cancel, self.session.busy)

    def _show_cost(self) -> None:
        session = self.session
        said = escaped(costs.told(session.client, session.request, session.store.home))
        self._looks.say(self._cost, said and f'<span title="{_LIST_PRICE}">{said}</span>')

    def _show_remedies(self) -> None:
        run = self.session.told_of
        session = self.session
        accepted = accepts(session.client, (run and run.requested_model) or "", session.store.home)
        offered = remedies(run, accepted)
        buttons = (act(name, _REMEDIES[name], title=f"{_REMEDIES[name]}: {what}") for name, what in offered.items())
        self._looks.say(self._remedies, "".join(buttons))

    def _show_status(self) -> None:
        session = self.session
        began = session.queue[0].began if session.queue else 0.0
        again = session.status == session.failure
        self._status.value = status_html(session.status_kind, session.status, began, again=again)


def status_html(kind: str, text: str, began: float, *, again: bool = False) -> str:
    """The status line's HTML; the page counts the seconds since it began, for the eyes only.

    What the stage says too (``again``) is for the ear only, where both are in sight.
    """
    if not text:
        return ""
    role = ' role="alert"' if kind == "error" else ""
    seconds = f'<span class="r9s-elapsed" data-since="{began}" aria-hidden="true"></span>' if kind == "running" else ""
    bar = '<span class="r9s-progress" aria-hidden="true"></span>' if kind == "running" else ""
    classes = f"r9s-status-text r9s-is-{escaped(kind)}{' r9s-is-again' if again else ''}"
    return f'<div class="{classes}"{role}>{escaped(text)}{seconds}{bar}</div>'
