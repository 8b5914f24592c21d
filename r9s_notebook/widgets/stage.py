"""The stage: the pictures that are looked at, under the words that made them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import ipywidgets as w

from r9s_notebook.archive.history import Run
from r9s_notebook.archive.rendering import answer_text
from r9s_notebook.history.files import sha256_of
from r9s_notebook.session.queue import Entry
from r9s_notebook.session.request import NAMED, Request
from r9s_notebook.widgets.html import act, copied, escaped, shortened
from r9s_notebook.widgets.image_grid import ImageGrid, Tile
from r9s_notebook.widgets.lab_part import LabPart
from r9s_notebook.widgets.pictures.desk import Desk
from r9s_notebook.widgets.pictures.tiles import source_tile, tiles_of

_EMPTY = "Images appear here. Write a prompt and press Generate."
_WITHOUT_IMAGES = {
    "failed": "it failed",
    "cancelled": "it was cancelled",
    "interrupted": "its kernel ended before it did",
    "running": "it is under way",
}
_TITLE = 80  # characters
_SIDE = 512  # pixels of a slot whose size the service chooses


class Stage(LabPart):
    """A session's pictures: a run's, or the slots of the one under way; a failure stands above what was there.

    Attributes:
        grid: Shows them.
    """

    _css_class = "r9s-results"

    grid: ImageGrid

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
        keeps = "Put the source's pixels back outside the mask"
        self._keep = make(w.Button, "r9s-keep", description="Keep the outside", icon="shield", tooltip=keeps)
        edits = "Use it as the source of the next edit"
        self._edit = make(w.Button, "r9s-edit", description="Edit this image", icon="paint-brush", tooltip=edits)
        shows = "The Python that makes the same call"
        self._show_code = make(w.ToggleButton, "r9s-show-code", description="Code", icon="code", tooltip=shows)
        self._code = make(w.HTML, "r9s-code")
        self._empty = make(w.HTML, "r9s-empty")
        self._edited = make(w.HTML, "r9s-edited")
        self._answer = make(w.HTML, "r9s-code")
        self.grid = ImageGrid(label="Results", layout=self._looks.plain)
        actions = make(w.Box, "r9s-actions", [self._keep, self._edit, self._show_code])
        self._head = make(w.Box, "r9s-results-head", [self._title, actions])
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
        self.grid.serve(Desk(session), session.submit)
        self.grid.observe(self._on_selected, "selected")
        self._keep.on_click(lambda _button: session.attempt(session.keep_outside))
        self._show_code.observe(lambda _change: self._show_code_panel(), "value")
        session.observe(lambda _change: self._show(), ["run", "partials", "queue", "following", "failure", "source"])
        session.observe(lambda _change: self._show_outside(), "outside")
        session.observe(lambda _change: self._show_code_panel(), [*NAMED, "extra", "source", "mask"])

    def on_edit(self, handler: Any) -> None:
        """Calls ``handler()`` where a person wants to edit the chosen picture."""
        self._edit.on_click(lambda _button: handler())

    # -- what is shown --------------------------------------------------------------------------------------------

    def _show(self) -> None:
        session = self.session
        self._looks.say(self._looking, "" if session.following or session.run is None else _looked_at(session.run))
        retry = act("retry", "Retry", title="Send the same request again")
        failed = f'<span role="alert">{escaped(session.failure)}</span> {retry}'
        self._looks.say(self._failure, failed if session.failure else "")
        entry: Entry | None = next(iter(session.queue), None)
        if session.following and entry is not None and entry.request is not None:
            self._show_slots(entry.request)
        else:
            self._show_run(session.run)

    def _show_run(self, run: Run | None) -> None:
        tiles = tiles_of(run) if run else []
        source = source_tile(run) if run is not None and tiles else None
        self.grid.show(tiles, min(self.session.selected, len(tiles) - 1), beside=[source] if source else [])
        self._looks.say(self._edited, _go_on() if run is not None and tiles and self._is_of_draft(run) else "")
        self._looks.show(self._edit, bool(tiles))
        self._looks.show(self._head, run is not None)
        self._looks.say(self._title, "" if run is None else _title(run))
        self._looks.say(self._empty, "" if tiles else escaped(_why_empty(run)))
        said = "" if run is None else answer_text(run)
        answer = f"<details><summary>What the service answered</summary>{copied(said)}</details>"
        self._looks.say(self._answer, answer if said else "")

    def _is_of_draft(self, run: Run) -> bool:
        """Whether a run edited what is being edited: then one goes on from its result, or tries again."""
        source = self.session.source
        return source is not None and run.source == sha256_of(source.data)

    def _show_slots(self, request: Request) -> None:
        """One slot for each image that is on its way: its newest preview, or a place as large as the image will be."""
        width, height = _size(request.size)
        blank = Tile("An image that is on its way", width=width, height=height, state="running", mark="on its way")
        previews = {
            index: Tile(
                f"Preview of image {index + 1}", image.thumbnail, image.thumbnail_type, image.width, image.height
            )
            for index, image in self.session.partials.items()
        }
        shown = [
            replace(previews[number], state="preview", badge="preview") if number in previews else blank
            for number in range(max([request.n, *(index + 1 for index in previews)]))
        ]
        self.grid.show([replace(tile, id=f"slot-{number}") for number, tile in enumerate(shown)])
        self._looks.show(self._edit, False)
        self._looks.show(self._head, True)
        words = f'<b dir="auto">{escaped(shortened(request.prompt, _TITLE))}</b>'
        self._looks.say(self._title, f"{words} <span>{escaped(request.model or '')}</span>")
        self._looks.say(self._empty, "")
        for line in (self._edited, self._answer):
            self._looks.say(line, "")

    def _show_outside(self) -> None:
        self._looks.show(self._keep, self.session.outside is not None)

    def _show_code_panel(self) -> None:
        self._looks.say(self._code, copied(self.session.code()) if self._show_code.value else "")

    def _on_selected(self, change: Any) -> None:
        if change["new"] >= 0:
            self.session.selected = change["new"]


def _go_on() -> str:
    """After an edit: look at both, go on from the result, or try again."""
    return (
        act("compare", "Compare", title="Source and result with a slider; hold Z to see the source")
        + act("go-back", "Former source", title="Back to the former source with its mask (Shift+U)")
        + act("go-on", "Go on from the result", title="The result is what is edited next (Shift+G)", kind="r9s-main")
    )


def _looked_at(run: Run) -> str:
    """What is seen is not the newest, and the draft is another: what can be done about that."""
    when = run.created.astimezone().strftime("%H:%M")
    return (
        f"<span>Run of {when}</span>"
        + act("use-prompt", "Use prompt", title="Put its prompt into the draft")
        + act("use-all", "Use all", title="Put its prompt, parameters and source into the draft")
        + act("newest", "Back to the newest", kind="r9s-main")
    )


def _title(run: Run) -> str:
    number = {0: "no image", 1: "1 image"}.get(len(run.images), f"{len(run.images)} images")
    served = run.served_model or run.requested_model or ""
    facts = " · ".join(part for part in (number, served) if part)
    return f'<b dir="auto">{escaped(shortened(run.prompt, _TITLE) or "A picture")}</b> <span>{escaped(facts)}</span>'


def _why_empty(run: Run | None) -> str:
    """What stands where the images would."""
    if run is None:
        return _EMPTY
    return run.error or f"This run has no images: {_WITHOUT_IMAGES.get(run.status, 'it ended')}."


def _size(asked: str | None) -> tuple[int, int]:
    width, _, height = (asked or "").replace(":", "x").partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        return _SIDE, _SIDE
    return int(width), int(height)
