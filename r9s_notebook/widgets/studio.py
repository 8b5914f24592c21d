"""The lab in a cell."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import ipywidgets as w

from r9s_notebook.archive.history import History, Run
from r9s_notebook.archive.rendering import answer_text
from r9s_notebook.client.signatures import FurtherParameters, spelt_out
from r9s_notebook.errors import InputError
from r9s_notebook.imaging import Mask, as_image
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.session.request import NAMED, Request
from r9s_notebook.session.worker import Job, Worker
from r9s_notebook.suggestions import refuse_unknown
from r9s_notebook.widgets.history_panel import HistoryPanel
from r9s_notebook.widgets.image_grid import ImageGrid, Tile
from r9s_notebook.widgets.lab_part import LabPart, open_here
from r9s_notebook.widgets.mask_painter import MaskPainter
from r9s_notebook.widgets.parameter_panel import ParameterPanel
from r9s_notebook.widgets.prompt_form import PromptForm
from r9s_notebook.widgets.static_output import StaticOutput

if TYPE_CHECKING:
    from PIL.Image import Image


class Studio(LabPart):
    """Prompt, parameters, results, mask painter and history in one cell.

    Without a key in the environment it runs on the embedded API, and says so.

    Args:
        client: An ``R9S``; None takes the environment's key, or the embedded API.
        prompt: The words to begin with.
        image: A path, bytes, PIL image or array to edit.
        model: A model's name. With ``size``, ``quality``, ``style`` and ``n`` likewise, what is not given is what the
            cell's last run had, else what the model has as its default.
        mask: A ``Mask`` of the image's size.
        history: A ``History``, or the path of one; None keeps it in ``.r9s`` beside the notebook.
        worker: Who does the work; None is the process's own background thread.
        **extra: Further parameters of the API: ``negative_prompt``, ``seed``, ``background``, ...

    Attributes:
        session: Its state and its actions; ``PromptForm(studio)`` and the like build a lab of one's own.
        history: All runs of its store.
        painter: Shows the image that is edited.
        grid: Shows the run's images.
        prompt: What the form has now, and so every other parameter of the API: ``studio.seed = 7`` fills it in.
        image: What is edited, as a PIL image; None generates.
        mask: What of it may change; None where nothing is edited.
    """

    history: History
    painter: MaskPainter
    grid: ImageGrid
    prompt: str
    model: str
    size: str
    quality: str
    style: str
    n: int
    image: Any
    mask: Any

    @spelt_out
    def __init__(
        self,
        client: Any = None,
        *,
        prompt: str | None = None,
        image: Any = None,
        model: str | None = None,
        size: str | None = None,
        quality: str | None = None,
        style: str | None = None,
        n: int | None = None,
        mask: Any = None,
        history: History | Path | str | None = None,
        worker: Worker | None = None,
        layout: w.Layout | None = None,
        **extra: Unpack[FurtherParameters],
    ) -> None:
        refuse_unknown("Studio", extra, _OPTIONS)
        choices = {"model": model, "size": size, "quality": quality, "style": style, "n": n}
        session = open_here(
            client,
            history=history,
            worker=worker,
            values={"prompt": prompt, **choices, "image": image, "mask": mask, "extra": extra or None},
        )
        self.history = history if isinstance(history, History) else History(store=session.store)
        self._static = StaticOutput()
        self._n_to_generate: int | None = None
        super().__init__(session, owns=True, **({"layout": layout} if layout is not None else {}))
        self.add_class("r9s-studio")
        self._wire()
        self._show_results()
        self._show_source()
        self._show_outside()

    # -- for code -------------------------------------------------------------------------------------------------

    def generate(self, *, whole: bool = False) -> Job[Run]:
        """What the button does: starts the run and returns its future.

        ``studio.generate().result()`` waits for it, ``await studio.generate()`` too.

        Args:
            whole: Edits the whole picture, whatever the mask says. Without it, an empty mask is refused.
        """
        return self.session.generate(whole=whole)

    def fetch_again(self, run: Run | None = None) -> Job[Run]:
        """What the button does: fetches the pictures of a run whose links are kept; costs nothing."""
        return self.session.fetch_again(run)

    def ask_for_base64(self, run: Run | None = None) -> Job[Run]:
        """What the button does: sends a run's request again, for pictures in the answer itself."""
        return self.session.ask_for_base64(run)

    def cancel(self) -> None:
        """What the button does: stops the run under way."""
        self.session.cancel()

    @property
    def images(self) -> list[Image]:
        """The shown run's images as PIL images, at their own size."""
        run = self.session.run
        return [as_image(self.session.store.image_bytes(image.sha256)) for image in run.images] if run else []

    @property
    def selected(self) -> Image | None:
        """The chosen image as a PIL image, or None."""
        image = self.session.chosen
        return None if image is None else as_image(self.session.store.image_bytes(image.sha256))

    @property
    def request(self) -> Request:
        """What a click on Generate would send now."""
        return self.session.request

    @property
    def run(self) -> Run | None:
        """The run that is shown."""
        run: Run | None = self.session.run
        return run

    def edit(self, image: Any = None) -> None:
        """Makes an image the source of the next run: the chosen one, or a path, bytes, PIL image or array."""
        self.session.edit_image(image)

    def code(self) -> str:
        """The Python that makes the same call without the lab."""
        return self.session.code()

    def __repr__(self) -> str:
        return f"<Studio {self.session.client.kind} model={self.session.model!r} prompt={self.session.prompt!r}>"

    # -- layout ---------------------------------------------------------------------------------------------------

    def _layout_parts(self) -> list[w.Widget]:
        self._notice = w.HTML().add_class("r9s-notice")
        self._form = PromptForm(self.session, inside=True)
        self._parameters = ParameterPanel(self.session, inside=True)
        self.painter = MaskPainter()
        self._source_title = w.HTML().add_class("r9s-source-title")
        self._leave = _button("Stop editing", "times", "Generate from words alone again", "r9s-stop-editing")
        source_head = w.Box([self._source_title, self._leave]).add_class("r9s-source-head")
        self._source = w.VBox([source_head, self.painter]).add_class("r9s-source")
        self.grid = ImageGrid(label="Results")
        self._results_title = w.HTML().add_class("r9s-results-title")
        self._empty = w.HTML().add_class("r9s-empty")
        self._edit = _button("Edit this image", "paint-brush", "Use it as the source of the next edit", "r9s-edit")
        load = _button(
            "Load an image to edit", "upload", "A file; or drop or paste an image into the lab", "r9s-load-image"
        )
        self._keep = _button("Keep the outside", "shield", "Put the source's pixels back outside the mask", "r9s-keep")
        self._show_code = w.ToggleButton(description="Code", icon="code", tooltip="The Python that makes the same call")
        self._show_code.add_class("r9s-show-code")
        self._code = w.HTML().add_class("r9s-code")
        actions = w.Box([self._keep, self._edit, self._show_code]).add_class("r9s-actions")
        self._results_head = w.Box([self._results_title, actions]).add_class("r9s-results-head")
        self._answer = w.HTML().add_class("r9s-code")
        results = w.VBox([self._results_head, self._empty, self.grid, self._answer, self._code])
        results.add_class("r9s-results")
        side = w.VBox([self._form, self._parameters, load]).add_class("r9s-side")
        work = w.VBox([self._source, results]).add_class("r9s-work")
        body = w.Box([side, work]).add_class("r9s-body")
        self._history_panel = HistoryPanel(self.session, inside=True)
        return [self._notice, body, self._history_panel]

    def _wire(self) -> None:
        session = self.session
        self.grid.opens_with(self._original)
        self.grid.observe(self._on_selected, "selected")
        self._edit.on_click(lambda _button: session.attempt(self._start_editing))
        self._keep.on_click(lambda _button: session.attempt(session.keep_outside))
        self._leave.on_click(lambda _button: self._stop_editing())
        self._keys.on_press([*self._form.fields, *self._parameters.fields], session.press)
        self._keys.on_file(
            lambda data: session.attempt(lambda: self._start_editing(data)),
            lambda name, size: session.attempt(lambda: _refuse_upload(name, size)),
        )
        self.painter.observe(self._on_painted, "mask")
        self._show_code.observe(lambda _change: self._show_code_panel(), "value")
        session.observe(lambda _change: self._show_results(), ["run", "notice", "partials"])
        session.observe(self._on_busy, "busy")
        session.observe(lambda _change: self._show_outside(), "outside")
        session.observe(lambda _change: self._show_source(), "source")
        session.observe(lambda _change: self._show_mask(), "mask")
        session.observe(lambda _change: self._update_static(), "runs")
        session.observe(lambda _change: self._show_code_panel(), [*NAMED, "extra", "source", "mask"])

    def _ipython_display_(self) -> None:
        from IPython.display import publish_display_data

        # No words: a reader who does not trust the notebook sees them above the images that are kept beside.
        publish_display_data({**self._repr_mimebundle_(), "text/plain": ""})
        self._static.show(self._last_run())

    # -- what is shown --------------------------------------------------------------------------------------------

    def _show_results(self) -> None:
        if self.session.partials:
            self._show_partials()
            return
        run = self.session.run
        self._notice.value = f"<span>{html.escape(self.session.notice)}</span>" if self.session.notice else ""
        self._notice.layout.display = "" if self.session.notice else "none"
        tiles = [
            Tile(
                alt=f"{run.prompt[:120]} ({number} of {len(run.images)})",
                thumbnail=image.thumbnail,
                media_type=image.thumbnail_type,
                width=image.width,
                height=image.height,
                title=f"{image.width} x {image.height} · {image.revised_prompt or run.prompt}",
            )
            for number, image in enumerate(run.images if run else (), start=1)
        ]
        self.grid.show(tiles, min(self.session.selected, len(tiles) - 1))
        self._edit.disabled = not tiles
        self._edit.layout.display = "" if tiles else "none"
        self._results_head.layout.display = "none" if run is None else ""
        self._results_title.value = "" if run is None else _results_title(run)
        said = "" if run is None else answer_text(run)
        self._answer.value = said and f"<details><summary>What the service answered</summary>{_copied(said)}</details>"
        self._answer.layout.display = "" if said else "none"
        self._empty.value = "" if tiles else html.escape(_why_empty(run))
        self._empty.layout.display = "none" if tiles else ""

    def _show_partials(self) -> None:
        tiles = [
            Tile(f"Preview of image {index + 1}", image.thumbnail, image.thumbnail_type, image.width, image.height)
            for index, image in sorted(self.session.partials.items())
        ]
        self.grid.show([replace(tile, state="preview", badge="preview") for tile in tiles])
        self._results_head.layout.display = ""
        self._results_title.value = "<b>Previews</b> <span>the images are on their way</span>"
        self._empty.layout.display = "none"

    def _show_outside(self) -> None:
        self._keep.layout.display = "none" if self.session.outside is None else ""

    def _show_source(self) -> None:
        source = self.session.source
        self._source.layout.display = "none" if source is None else ""
        if source is None:
            return
        self._source_title.value = f"<b>Editing</b> <span>{source.width} x {source.height} pixels</span>"
        mask = self.session.mask
        self.painter.show(as_image(source.data), mask if mask is not None and mask.size == source.size else None)

    def _show_mask(self) -> None:
        source, mask = self.session.source, self.session.mask
        if source is not None and mask is not self.painter.mask:
            self.painter.mask = mask if mask is not None else Mask.blank(*source.size)

    def _show_code_panel(self) -> None:
        shown = bool(self._show_code.value)
        self._code.layout.display = "" if shown else "none"
        if shown:
            self._code.value = _copied(self.session.code())

    def _update_static(self) -> None:
        self._static.update(self._last_run())

    def _last_run(self) -> Run | None:
        """The newest run with images; where there is none, the newest."""
        runs = self.session.runs
        return next((run for run in runs if run.images), runs[0] if runs else None)

    # -- what is clicked ------------------------------------------------------------------------------------------

    def _start_editing(self, image: Any = None) -> None:
        """One picture and new words: what an edit mostly is."""
        n, generated = self.session.n, self.session.source is None
        self.session.edit_image(image)
        if generated:
            self._n_to_generate, self.session.n = n, 1
        self._keys.focus_prompt()

    def _stop_editing(self) -> None:
        self.session.stop_editing()
        self.session.n = min(self._n_to_generate or self.session.n, self.session.offer.max_n)

    def _on_busy(self, change: Any) -> None:
        session = self.session
        newest = next(iter(session.runs), None)
        made = newest is not None and newest.images and newest.id == session.run.id
        if made and session.source is not None and not change["new"]:
            self._keys.show_results()  # below the painter, they may be out of sight

    def _on_selected(self, change: Any) -> None:
        if change["new"] >= 0:
            self.session.selected = change["new"]

    def _on_painted(self, change: Any) -> None:
        if self.session.source is not None:
            self.session.mask = change["new"]

    def _original(self, index: int) -> tuple[bytes, str]:
        image = self.session.run.images[index]
        return self.session.store.image_bytes(image.sha256), image.media_type


class _InForm:
    """A parameter of the API as an attribute: what the form has, to read and to set."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, studio: Studio | None, _owner: type) -> Any:
        if studio is None:
            return self
        session, name = studio.session, self._name
        if name == "image":
            return None if session.source is None else as_image(session.source.data)
        return getattr(session, name) if name in (*NAMED, "mask") else session.extra.get(name)

    def __set__(self, studio: Studio, value: Any) -> None:
        own = self._name in (*NAMED, "image", "mask")
        studio.session.fill_in({self._name: value} if own else {"extra": {self._name: value}})


for _name in PARAMETERS:
    setattr(Studio, _name, _InForm(_name))

_OPTIONS = (*PARAMETERS, "history", "client", "worker", "layout")
_WITHOUT_IMAGES = {
    "failed": "it failed",
    "cancelled": "it was cancelled",
    "interrupted": "its kernel ended before it did",
    "running": "it is under way",
}


def _copied(text: str) -> str:
    """Text with a button that copies it; the page's script does."""
    return f'<button type="button" class="r9s-copy">Copy</button><pre tabindex="0">{html.escape(text)}</pre>'


def _results_title(run: Run) -> str:
    number = {0: "No image", 1: "1 image"}.get(len(run.images), f"{len(run.images)} images")
    served = run.served_model or run.requested_model or ""
    return f"<b>{number}</b> <span>{html.escape(served)}</span>"


def _why_empty(run: Run | None) -> str:
    """What stands where the images would."""
    if run is None:
        return "Images appear here. Write a prompt and press Generate."
    return run.error or f"This run has no images: {_WITHOUT_IMAGES.get(run.status, 'it ended')}."


def _refuse_upload(name: str, size: int) -> None:
    raise InputError(
        f"{name} has {size / 2**20:.1f} MB; a page can hand at most 10 MB to the kernel. Put the file beside the "
        f"notebook and load it with code: studio.edit({name!r})."
    )


def _button(label: str, icon: str, tooltip: str, css_class: str) -> w.Button:
    return w.Button(description=label, icon=icon, tooltip=tooltip, layout=w.Layout(width="auto")).add_class(css_class)
