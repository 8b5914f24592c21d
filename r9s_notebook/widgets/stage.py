"""The stage: the pictures that are looked at, under the words that made them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import ipywidgets as w

from r9s_notebook.archive.rendering import answer_text
from r9s_notebook.archive.runs import Run
from r9s_notebook.history.files import sha256_of
from r9s_notebook.page.html import act, copied, escaped, shortened
from r9s_notebook.pictures.image_grid import ImageGrid
from r9s_notebook.pictures.slots import Slots, slots
from r9s_notebook.pictures.tiles import id_of, source_tile
from r9s_notebook.session.queue import Entry
from r9s_notebook.session.request import NAMED, Request
from r9s_notebook.translation import Message, ngettext, translated
from r9s_notebook.translation import gettext as _
from r9s_notebook.widgets.lab_part import LabPart
from r9s_notebook.widgets.sweep_view import SweepView

_EMPTY = Message("Images appear here. Write a prompt and press Generate.")
_WITHOUT_IMAGES = {
    "failed": Message("This run has no images: it failed."),
    "cancelled": Message("This run has no images: it was cancelled."),
    "interrupted": Message("This run has no images: its kernel ended before it did."),
    "running": Message("This run has no images: it is under way."),
}
_TITLE = 80  # characters


class Stage(LabPart):
    """A session's pictures: a run's, or the slots of the one under way; a failure stands above what was there.

    Attributes:
        grid: Shows them.
    """

    _css_class = "r9s-results"

    grid: ImageGrid
    children: Any

    def __init__(self, lab: Any = None, **box: Any) -> None:
        super().__init__(lab, **box)
        self._wire()
        self._show()
        self._show_outside()
        self._show_code_panel()

    def _layout_parts(self) -> list[w.Widget]:
        make = self._looks.make
        self._looking = make(w.HTML, "r9s-looking")
        self._failure = make(w.HTML, "r9s-failure")
        self._title = make(w.HTML, "r9s-results-title")
        keeps = _("Put the source's pixels back outside the mask")
        self._keep = make(
            w.Button, "r9s-keep", description=_("Keep the outside"), icon="shield", tooltip=keeps, shown=False
        )
        edits = _("Use it as the source of the next edit")
        self._edit = make(
            w.Button, "r9s-edit", description=_("Edit this image"), icon="paint-brush", tooltip=edits, shown=False
        )
        shows = _("The Python that makes the same call")
        self._show_code = make(w.ToggleButton, "r9s-show-code", description=_("Code"), icon="code", tooltip=shows)
        self._code = make(w.HTML, "r9s-code")
        self._empty = make(w.HTML, "r9s-empty", value="" if self.session.run else translated(_EMPTY))
        self._edited = make(w.HTML, "r9s-edited")
        self._answer = make(w.HTML, "r9s-code")
        self.grid = ImageGrid(label=_("Results"), abilities=list(Slots.abilities), layout=self._looks.plain)
        actions = make(w.Box, "r9s-actions", [self._keep, self._edit, self._show_code])
        self._head = make(w.Box, "r9s-results-head", [self._title, actions], shown=self.session.run is not None)
        return [
            self._looking,
            self._failure,
            self._head,
            self._empty,
            self.grid,
            self._edited,
            self._answer,
            self._code,
        ]

    def _wire(self) -> None:
        session = self.session
        self._slots = Slots(session, self._show)
        self._sweep: SweepView | None = None
        self.grid.serve(self._slots, session.submit)
        self.grid.observe(self._on_selected, "selected")
        self._keep.on_click(lambda _button: session.attempt(session.keep_outside))
        self._show_code.observe(lambda _change: self._show_code_panel(), "value")
        session.observe(
            lambda _change: self._show(), ["run", "partials", "queue", "following", "failure", "source", "sweep"]
        )
        session.observe(lambda _change: self._show_outside(), "outside")
        session.observe(lambda _change: self._show_code_panel(), [*NAMED, "extra", "source", "mask"])

    def on_edit(self, handler: Any) -> None:
        """Calls ``handler()`` where a person wants to edit the chosen picture."""
        self._edit.on_click(lambda _button: handler())

    def close(self) -> None:
        """Closes it, with a sweep that is not in sight."""
        if self._sweep is not None:
            self._sweep.close()
        super().close()

    # -- what is shown --------------------------------------------------------------------------------------------

    def _show(self) -> None:
        session = self.session
        self._looks.say(self._looking, "" if session.following or session.run is None else _looked_at(session.run))
        self._looks.say(self._failure, _failed(session.failure, session.run) if session.following else "")
        if self._show_sweep():
            return
        entry: Entry | None = next(iter(session.queue), None)
        if session.following and entry is not None and entry.request is not None and not entry.has_come:
            self._show_slots(entry.request, entry.began)
        else:
            self._show_run(session.run)

    def _show_sweep(self) -> bool:
        """Whether a sweep stands here in place of a run."""
        session, former = self.session, self._sweep
        if former is not None and former.sweep is not session.sweep:
            self._sweep = None
        if self._sweep is None and session.sweep is not None:
            self._sweep = SweepView(session.sweep, session)
        shown = self._sweep if self._sweep is not None and session.following else self.grid
        if shown not in self.children:
            self.children = [
                shown if part is self.grid or isinstance(part, SweepView) else part for part in self.children
            ]
        if former is not None and former is not self._sweep:
            former.close()
        if shown is self.grid:
            return False
        self._looks.show(self._head, False)
        for line in (self._empty, self._edited, self._answer):
            self._looks.say(line, "")
        return True

    def _show_run(self, run: Run | None) -> None:
        pictures = len(run.images) if run else 0
        source = source_tile(run) if run is not None and pictures else None
        goes_on = run is not None and pictures > 0 and self._is_of_draft(run)
        lined = goes_on and run is not None and run.mask is not None
        shown = [replace(tile, outlined=lined and not tile.state) for tile in self._slots.tiles(run)] if run else []
        self.grid.show(shown, min(self.session.selected, pictures - 1), beside=[source] if source else [])
        self._looks.say(self._edited, _go_on() if goes_on else "")
        self._looks.show(self._edit, bool(pictures))
        self._looks.show(self._head, run is not None)
        self._looks.say(
            self._title, "" if run is None else _title(run.prompt, pictures, run.served_model or run.requested_model)
        )
        self._looks.say(self._empty, "" if pictures else escaped(_why_empty(run)))
        said = "" if run is None else answer_text(run)
        answer = f"<details><summary>{escaped(_('What the service answered'))}</summary>{copied(said)}</details>"
        self._looks.say(self._answer, answer if said else "")

    def _is_of_draft(self, run: Run) -> bool:
        """Whether a run edited what is being edited: then one goes on from its result, or tries again."""
        source = self.session.source
        return source is not None and run.source == sha256_of(source.data)

    def _show_slots(self, request: Request, began: float) -> None:
        self.grid.show(slots(request, began, self.session.partials))
        self._looks.show(self._head, True)
        self._looks.say(self._title, _title(request.prompt, request.n, request.model))
        self._looks.say(self._empty, "")
        for line in (self._edited, self._answer):
            self._looks.say(line, "")

    def _show_outside(self) -> None:
        self._looks.show(self._keep, self.session.outside is not None)

    def _show_code_panel(self) -> None:
        self._looks.say(self._code, copied(self.session.code()) if self._show_code.value else "")

    def _on_selected(self, change: Any) -> None:
        run, index = self.session.run, change["new"]
        if index < 0:
            return
        chosen = self.grid.items[index]["id"]
        own = run is not None and chosen in map(id_of, run.images)  # slots, and what came into them, are others
        if own:
            self.session.selected = index
        self._looks.show(self._edit, own)


def _failed(why: str, run: Run | None) -> str:
    """Why the last run failed, unless that stands in place of its pictures; the status line tells the ear."""
    if not why:
        return ""
    said = "" if run is not None and run.error == why else f"<span>{escaped(why)}</span> "
    retry = act("retry", _("Retry"), title=_("Send the same request again"))
    return said + retry + act("dismiss-failure", _("Dismiss"), title=_("Dismiss: it has been read"))


def _go_on() -> str:
    """After an edit: look at both, go on from the result, or try again."""
    return (
        act("compare", _("Compare"), title=_("Source and result with a slider; hold Z to see the source"))
        + act("go-back", _("Former source"), title=_("Back to the former source with its mask (Shift+U)"))
        + act(
            "go-on",
            _("Go on from the result"),
            title=_("The result is what is edited next (Shift+G)"),
            kind="r9s-main",
        )
    )


def _looked_at(run: Run) -> str:
    """What is seen is not the newest, and the draft is another: what can be done about that."""
    when = run.created.astimezone().strftime("%H:%M")
    return (
        f"<span>{escaped(_('Run of {time}', time=when))}</span>"
        + act("use-prompt", _("Use prompt"), title=_("Put its prompt into the draft"))
        + act("use-all", _("Use all"), title=_("Put its prompt, parameters and source into the draft"))
        + act("newest", _("Back to the newest"), kind="r9s-main")
    )


def _title(prompt: str, pictures: int, model: str | None) -> str:
    number = ngettext("{count} image", "{count} images", pictures) if pictures else _("no image")
    facts = f"{number} · {model}" if model else number
    return f'<b dir="auto">{escaped(shortened(prompt, _TITLE) or _("A picture"))}</b> <span>{escaped(facts)}</span>'


def _why_empty(run: Run | None) -> str:
    """What stands where the images would."""
    if run is None:
        return translated(_EMPTY)
    return run.error or translated(_WITHOUT_IMAGES.get(run.status, Message("This run has no images: it ended.")))
