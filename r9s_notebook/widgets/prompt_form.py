"""The prompt, its buttons, and the line that says how it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import ipywidgets as w
import traitlets as t

from r9s_notebook.page.html import act, escaped, shortened
from r9s_notebook.session import costs
from r9s_notebook.session.clients import accepts
from r9s_notebook.session.messages import remedies, starts
from r9s_notebook.session.presets import PROMPT, around
from r9s_notebook.session.recall import earlier_prompts
from r9s_notebook.session.session import Session
from r9s_notebook.translation import Message, ngettext, translated
from r9s_notebook.translation import gettext as _
from r9s_notebook.widgets.key_bindings import KeyBindings
from r9s_notebook.widgets.lab_part import LabPart

_LIST_PRICE = Message("By the model's list price; models.json beside the history corrects it")
_REMEDIES = {"fetch_again": Message("Fetch again"), "ask_for_base64": Message("Ask for base64")}
_SHOWN = 12  # values of a gap
_PLACEHOLDERS = {
    "generate": Message("Describe an image: a lighthouse on a cliff at dusk, watercolour"),
    "edit": Message("Describe the change: a red hat"),
}


class PromptForm(LabPart):
    """A text area, Generate, Cancel and a status line, bound to a session: a studio's, or one of its own.

    Attributes:
        prompt: The words, in step with ``session.prompt``.
    """

    _css_class = "r9s-prompt-form"

    prompt = t.Unicode()
    _heard: Callable[[], object]

    def __init__(self, lab: LabPart | Session | None = None, **box: Any) -> None:
        super().__init__(lab, **box)
        self._wire()
        if not self._is_inside:
            self._take_fields()
            self.on_gaps(self._take_fields)
            self._keys.on_act(self.acts)
            self.serve(self._keys)
        self._show_words()
        self._show_gaps()
        self._show_mode()
        self._show_busy()
        self._show_cost()
        self._show_status()
        self._show_remedies()

    @property
    def fields(self) -> list[w.Widget]:
        """What can be typed into, and what a press takes along."""
        return [self._text, *self._gaps.children]

    def on_gaps(self, handler: Callable[[], object]) -> None:
        """Calls ``handler()`` when the prompt has other gaps, and so the form other fields."""
        self._heard = handler

    def serve(self, keys: KeyBindings) -> None:
        """Gives the page what it asks of the prompt: the earlier ones."""
        session = self.session
        keys.on_earlier(lambda: earlier_prompts(session.store, session.cell))

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
        hint = translated(_PLACEHOLDERS["generate"])
        self._text = make(
            w.Textarea,
            "r9s-prompt",
            description=_("Prompt"),
            placeholder=hint,
            rows=3,
            continuous_update=False,
            wide=True,
        )
        self._rows: dict[str, w.Text] = {}  # what fills the gaps of the prompt, by their names
        self._heard = lambda: None
        self._adds = make(w.HTML, "r9s-adds")
        self._draws: w.Checkbox | None = None
        self._gaps = make(w.Box, "r9s-gaps r9s-parameter-grid", shown=bool(self.session.offered))
        sends = _("Ctrl+Enter in the prompt")
        self._generate = make(
            w.Button, "r9s-generate", button_style="primary", description=_("Generate"), icon="magic", tooltip=sends
        )
        stops = _("Stop the run; what it cost is not undone")
        self._cancel = make(w.Button, "r9s-cancel", description=_("Cancel"), tooltip=stops, shown=self.session.busy)
        self._status = make(w.HTML, "r9s-status", wide=True)
        self._cost = make(w.HTML, "r9s-cost")
        buttons = make(w.HBox, "r9s-buttons", [self._generate, self._cancel, self._cost])
        self._remedies = make(w.HTML, "r9s-remedies")
        return [self._text, self._adds, self._gaps, buttons, self._status, self._remedies]

    def _wire(self) -> None:
        t.link((self.session, "prompt"), (self, "prompt"))
        t.link((self, "prompt"), (self._text, "value"))
        self._generate.on_click(lambda _button: self.session.press())
        self._cancel.on_click(lambda _button: self.session.cancel())
        self.session.observe(lambda _change: self._show_remedies(), "told_of")
        self.session.observe(lambda _change: self._show_mode(), ["source", "calls"])
        self.session.observe(lambda _change: self._show_words(), "words")
        self.session.observe(lambda _change: self._show_gaps(), ["offered", "fillings"])
        priced = ["model", "choices", "size", "quality", "n", "extra", "source", "calls"]
        self.session.observe(lambda _change: self._show_cost(), priced)
        self.session.observe(lambda _change: self._show_busy(), "busy")
        self.session.observe(lambda _change: self._show_status(), ["status", "status_kind"])

    def _show_mode(self) -> None:
        editing, calls = self.session.source is not None, self.session.calls
        self._generate.description = starts(calls) if calls else _("Edit image") if editing else _("Generate")
        self._text.placeholder = translated(_PLACEHOLDERS["edit" if editing else "generate"])

    def _show_words(self) -> None:
        words = self.session.words
        said = f'<q dir="auto">{escaped(around(words, "…"))}</q>'
        adds = f"<span>{_('sent as {words}', words=said)}</span>"
        self._looks.say(self._adds, adds if words and words != PROMPT else "")

    def _show_gaps(self) -> None:
        session = self.session
        self._looks.show(self._gaps, bool(session.offered))
        if self._rows.keys() != session.offered.keys():
            former, rows = self._rows, {}
            for name in session.offered:
                rows[name] = former.pop(name, None) or self._row(name)
            self._rows = rows
            self._gaps.children = [*rows.values(), self._draw_one()]
            self._heard()
            for row in former.values():
                row.close()
        for name, row in self._rows.items():
            several = session.offered[name]
            number = ngettext("{count:,} value", "{count:,} values", len(several)) if several else _("no values yet")
            row.description = f"{shortened(name, 40)} · {number}"
            own = ", ".join(str(value) for value in several[:_SHOWN]) + ", …" * (len(several) > _SHOWN)
            row.placeholder = own or _("fox, owl, hare, or the name of a list")
            if (typed := session.fillings.get(name, "")).strip() != row.value.strip():
                row.value = typed

    def _row(self, name: str) -> w.Text:
        fills = _(
            "Values with commas between them, or the name of a list: a variable of the notebook, or a file beside it"
        )
        row = self._looks.make(w.Text, "r9s-gap", continuous_update=False, wide=True, tooltip=fills)
        row.value = self.session.fillings.get(name, "")
        row.observe(lambda change: self._fill(name, change["new"]), "value")
        return row

    def _draw_one(self) -> w.Checkbox:
        if self._draws is None:
            draws = _("Send one call with one of the values of each gap; else every combination is sent")
            make, says = self._looks.make, _("Draw one at random")
            self._draws = make(w.Checkbox, "r9s-draws", description=says, indent=False, tooltip=draws)
            t.link((self.session, "draws"), (self._draws, "value"))
        return self._draws

    def _fill(self, name: str, typed: str) -> None:
        self.session.fillings = {**self.session.fillings, name: typed}

    def _show_busy(self) -> None:
        self._looks.show(self._cancel, self.session.busy)

    def _show_cost(self) -> None:
        session = self.session
        request = session.request
        if isinstance(request.n, int):
            request = replace(request, n=request.n * max(session.calls, 1))
        said = escaped(costs.told(session.client, request, session.store.home))
        self._looks.say(self._cost, said and f'<span title="{escaped(translated(_LIST_PRICE))}">{said}</span>')

    def _show_remedies(self) -> None:
        run = self.session.told_of
        session = self.session
        accepted = accepts(session.client, (run and run.requested_model) or "", session.store.home)
        offered = remedies(run, accepted)
        buttons = (
            act(name, translated(_REMEDIES[name]), title=f"{translated(_REMEDIES[name])}: {what}")
            for name, what in offered.items()
        )
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
