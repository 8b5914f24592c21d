"""The lab in a cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import ipywidgets as w

from r9s_notebook.archive.history import History
from r9s_notebook.archive.runs import Run
from r9s_notebook.client.signatures import FurtherParameters, spelt_out
from r9s_notebook.errors import InputError
from r9s_notebook.imaging import Mask, as_image
from r9s_notebook.page.html import act, escaped, shortened
from r9s_notebook.page.static_output import StaticOutput
from r9s_notebook.painter.mask_painter import MaskPainter
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.pictures.image_grid import ImageGrid
from r9s_notebook.session.form import Restorable
from r9s_notebook.session.looking import newest
from r9s_notebook.session.queue import Entry
from r9s_notebook.session.request import NAMED, Request
from r9s_notebook.session.worker import Job, Worker
from r9s_notebook.suggestions import refuse_unknown
from r9s_notebook.translation import Message, pgettext
from r9s_notebook.translation import gettext as _
from r9s_notebook.widgets.history_panel import HistoryPanel
from r9s_notebook.widgets.lab_bundle import lab_bundle
from r9s_notebook.widgets.lab_part import LabPart, open_here
from r9s_notebook.widgets.parameter_panel import ParameterPanel
from r9s_notebook.widgets.prompt_form import PromptForm
from r9s_notebook.widgets.stage import Stage
from r9s_notebook.widgets.sweep_view import bundle_of

if TYPE_CHECKING:
    from PIL.Image import Image


class Studio(LabPart):
    """Prompt, parameters, results, mask painter and history in one cell.

    Without a key in the environment it runs on the embedded API, and says so.

    >>> studio = Studio(R9S.offline(), prompt="a lighthouse at dusk", size="256x256", n=2, history="lab")
    >>> run = studio.generate().result()
    >>> [image.size for image in studio.images]
    [(256, 256), (256, 256)]

    Args:
        client: An ``R9S``; None takes the environment's key, or the embedded API.
        prompt: The words to begin with.
        image: A path, bytes, PIL image or array to edit.
        model: A model's name. With ``size``, ``quality``, ``style`` and ``n`` likewise, what is not given is what the
            cell's last run had, else what the model has as its default.
        mask: A ``Mask`` of the image's size.
        preset: The name of a preset in the history's folder: its words go around the prompt, the rest into the form.
        history: A ``History``, or the path of one; None keeps it in ``.r9s`` beside the notebook.
        worker: Who does the work; None is the process's own background thread.
        max_cost: US dollars that the lab may spend: the call that would pass it, or whose price is not known, is not
            sent.
        **extra: Further parameters of the API: ``negative_prompt``, ``seed``, ``background``, ...

    Attributes:
        session: Its state and its actions; ``PromptForm(studio)`` and the like build a lab of one's own.
        history: All runs of its store.
        grid: Shows the run's images.
        prompt: What the form has now, and so every other parameter of the API: ``studio.seed = 7`` fills it in.
        image: What is edited, as a PIL image; None generates.
        mask: What of it may change; None where nothing is edited.
    """

    _css_class = "r9s-studio"

    history: History
    _painter: MaskPainter | None = None
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
        preset: str | None = None,
        history: History | Path | str | None = None,
        worker: Worker | None = None,
        max_cost: float | None = None,
        layout: w.Layout | None = None,
        **extra: Unpack[FurtherParameters],
    ) -> None:
        refuse_unknown("Studio", extra, _OPTIONS)
        choices = {"model": model, "size": size, "quality": quality, "style": style, "n": n, "preset": preset}
        session = open_here(
            client,
            history=history,
            worker=worker,
            max_cost=max_cost,
            values={"prompt": prompt, **choices, "image": image, "mask": mask, "extra": extra or None},
        )
        self.history = history if isinstance(history, History) else History(store=session.store)
        self._static = StaticOutput()
        self._n_to_generate: int | None = None
        super().__init__(session, owns=True, **({"layout": layout} if layout is not None else {}))
        self._wire()
        self._show_lines()
        self._show_source()

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

    def retry(self) -> Job[Run] | None:
        """What the button does: sends the request that failed last once more; None where none did."""
        return self.session.retry()

    def keep_outside(self) -> Job[Run]:
        """What the button does: puts the source's pixels back outside the mask, as a run of its own; costs nothing."""
        return self.session.keep_outside()

    def stop_editing(self) -> None:
        """What the button does: the next run generates from words alone again."""
        self._stop_editing()

    def save_preset(self, name: str) -> None:
        """What the button does: keeps the words around the prompt and the parameters as a preset."""
        self.session.save_preset(name)

    def use_preset(self, name: str) -> None:
        """What the list does: puts a preset's words around the prompt, and its parameters into the form."""
        self.session.use_preset(name)

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
    def status(self) -> str:
        """The status line: how it goes, or what went wrong."""
        status: str = self.session.status
        return status

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
        make = self._looks.make
        self._notice = make(w.HTML, "r9s-notice", value=_noticed(self.session.notice))
        self._form = PromptForm(self.session, inside=True)
        self._waiting = make(w.HTML, "r9s-waiting")
        self._former = make(w.HTML, "r9s-former")
        self._parameters = ParameterPanel(self.session, inside=True)
        self._stage = Stage(self.session, inside=True)
        self.grid = self._stage.grid
        loads = _("A file; or drop or paste an image into the lab")
        load = make(w.Button, "r9s-load-image", description=_("Load an image to edit"), icon="upload", tooltip=loads)
        more = f'<button type="button" class="r9s-act r9s-fold" aria-expanded="false">{escaped(_("More"))}</button>'
        fold = make(w.HTML, "r9s-more", value=more)
        side = make(w.VBox, "r9s-side", [self._form, self._former, self._waiting, fold, self._parameters, load])
        self._work = make(w.VBox, "r9s-work", [self._stage])
        body = make(w.Box, "r9s-body", [side, self._work])
        self._history_panel = HistoryPanel(self.session, inside=True)
        return [self._notice, body, self._history_panel]

    @property
    def fields(self) -> list[w.Widget]:
        """The form's and the parameters'."""
        return [*self._form.fields, *self._parameters.fields]

    @property
    def painter(self) -> MaskPainter:
        """Shows the image that is edited; made when it is needed first, since it is half of a lab."""
        if self._painter is None:
            make = self._looks.make
            self._painter = MaskPainter()
            self._painter.share_lock(self.session.changing)
            self._painter.observe(self._on_painted, "mask")
            self._source_title = make(w.HTML, "r9s-source-title")
            leaves = _("Generate from words alone again")
            leave = make(w.Button, "r9s-stop-editing", description=_("Stop editing"), icon="times", tooltip=leaves)
            leave.on_click(lambda _button: self._stop_editing())
            head = make(w.Box, "r9s-source-head", [self._source_title, leave])
            self._source = make(w.VBox, "r9s-source", [head, self._painter])
            self._looks.show(self._source, self.session.source is not None)
            self._work.children = [self._source, *self._work.children]
        return self._painter

    def _wire(self) -> None:
        session = self.session
        self._stage.on_edit(lambda: session.attempt(self._start_editing))
        self._take_fields()
        self._parameters.on_unfold(self._take_fields)
        self._form.on_gaps(self._take_fields)
        self._form.serve(self._keys)
        self._keys.on_file(
            lambda data: session.attempt(lambda: self._start_editing(data)),
            lambda name, size: session.attempt(lambda: _refuse_upload(name, size)),
        )
        self._keys.on_act(
            {
                **self._form.acts,
                "retry": lambda _argument: session.attempt(session.retry),
                "dismiss-failure": lambda _argument: session.dismiss_failure(),
                "use-prompt": lambda _argument: self._use(("prompt",)),
                "use-all": lambda _argument: self._use(("prompt", "params", "source")),
                "compare": lambda _argument: self.grid.look("slider"),
                "go-on": lambda _argument: session.attempt(session.go_on),
                "go-back": lambda _argument: session.attempt(session.back_to_draft),
                "newest": lambda _argument: session.back_to_newest(),
                "back-to-draft": lambda _argument: session.attempt(session.back_to_draft),
                "forget-draft": lambda _argument: session.set_trait("former", None),
                "take-out": session.cancel,
                "next": session.first,
            }
        )
        session.observe(self._on_busy, "busy")
        session.observe(lambda _change: self._keys.focus_prompt(), "uses")
        session.observe(lambda _change: self._show_source(), "source")
        session.observe(lambda _change: self._show_mask(), "mask")
        session.observe(lambda _change: self._show_lines(), ["notice", "queue", "former"])
        session.observe(lambda _change: self._update_static(), "runs")

    def _ipython_display_(self) -> None:
        from IPython.display import publish_display_data

        # No words: a reader who does not trust the notebook sees them above the images that are kept beside.
        publish_display_data({**self._live_bundle(), "text/plain": ""})
        self._static.show(lab_bundle(newest(self.session.runs)))

    # -- what is shown --------------------------------------------------------------------------------------------

    def _show_lines(self) -> None:
        session = self.session
        self._looks.say(self._notice, _noticed(session.notice))
        back = act("back-to-draft", _("Back to my draft"), title=_("What was in the form before comes back"))
        forget = act("forget-draft", _("Dismiss"), title=_("Dismiss: the draft from before is forgotten"))
        replaced = f"<span>{escaped(_('Your draft was replaced.'))}</span> {back}{forget}"
        self._looks.say(self._former, "" if session.former is None else replaced)
        waiting = (_waits(entry, number) for number, entry in enumerate(session.queue) if number)
        self._looks.say(self._waiting, "".join(waiting))

    def _show_source(self) -> None:
        source = self.session.source
        if source is None:
            if self._painter is not None:
                self._looks.show(self._source, False)
            return
        mask, painter = self.session.mask, self.painter
        size = _("{width} x {height} pixels", width=source.width, height=source.height)
        self._looks.say(self._source_title, f"<b>{escaped(_('Editing'))}</b> <span>{escaped(size)}</span>")
        self._looks.show(self._source, True)
        painter.show(as_image(source.data), mask if mask is not None and mask.size == source.size else None)

    def _show_mask(self) -> None:
        source, mask = self.session.source, self.session.mask
        if source is not None and mask is not self.painter.mask:
            self.painter.mask = mask if mask is not None else Mask.blank(*source.size)

    def _update_static(self) -> None:
        sweep = self.session.sweep
        if sweep is None:
            self._static.put(lab_bundle(newest(self.session.runs)))
        elif not sweep.running:
            self._static.put(bundle_of(sweep))

    # -- what is clicked ------------------------------------------------------------------------------------------

    def _use(self, fields: Sequence[Restorable]) -> None:
        """Puts what is looked at into the draft."""
        run = self.session.run
        if run is not None:
            self.session.attempt(lambda: self.session.restore(run, fields))

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
        newest_run = next(iter(session.runs), None)
        made = newest_run and newest_run.images and session.run and newest_run.id == session.run.id
        if made and session.source is not None and not change["new"]:
            self._keys.show_results()  # below the painter, they may be out of sight

    def _on_painted(self, change: Any) -> None:
        if self.session.source is not None:
            self.session.mask = change["new"]


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

_OPTIONS = (*PARAMETERS, "preset", "history", "client", "worker", "max_cost", "layout")


def _noticed(text: str) -> str:
    return f"<span>{escaped(text)}</span>" if text else ""


def _waits(entry: Entry, number: int) -> str:
    """A run that waits for its turn, with what can be done about it."""
    words = shortened(entry.request.prompt, 40) if entry.request is not None else _("the outside of the mask")
    goes = _("Let it go next: {prompt}", prompt=words)
    first = act("next", pgettext("in the queue", "Next"), entry.id, title=goes) if number > 1 else ""
    out = act("take-out", _("Remove"), entry.id, title=_("Take it out: {prompt}", prompt=words))
    waits = _("waits: {prompt}", prompt=f'<q dir="auto">{escaped(words)}</q>')
    return f'<span class="r9s-chip">{waits} {first}{out}</span>'


def _refuse_upload(name: str, size: int) -> None:
    told = Message(
        "{name} has {size:.1f} MB; a page can hand at most 10 MB to the kernel. Put the file beside the notebook and "
        "load it with code: {code}.",
        name=name,
        size=size / 2**20,
        code=f"studio.edit({name!r})",
    )
    raise InputError(told)
