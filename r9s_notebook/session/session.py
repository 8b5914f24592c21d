"""The lab's working state and its actions. Widgets bind the traits and call the actions; nothing here is a widget."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any, TypeVar, cast

import traitlets as t

from r9s_notebook.archive.cell import Cell, runs_of_cell
from r9s_notebook.archive.code import call_code
from r9s_notebook.archive.history import Run
from r9s_notebook.capabilities import MODELS
from r9s_notebook.errors import InputError, MaskError, R9SNotebookError
from r9s_notebook.history import Store, StoredImage
from r9s_notebook.imaging import Mask, OutsideChange
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.session import messages
from r9s_notebook.session.clients import accepts, embedded_models, model_of
from r9s_notebook.session.form import (
    EVERYTHING,
    Form,
    Offer,
    Restorable,
    fitted,
    mask_in_use,
    offer,
    request_of,
    restored,
    to_edit,
)
from r9s_notebook.session.messages import StatusKind, sentence
from r9s_notebook.session.outside_mask import put_back
from r9s_notebook.session.perform import Begun, Done, Event, Kept, Preview, RunContext, fetch_again, perform
from r9s_notebook.session.request import NAMED, Request, Source, mask_for, source_from
from r9s_notebook.session.worker import Job, Worker, shared_worker, ticking, to_the_end
from r9s_notebook.suggestions import Strict, refuse_unknown

_log = logging.getLogger(__name__)

T = TypeVar("T")
Outcome = Callable[[Run, OutsideChange | None], tuple[StatusKind, str]]

_IN_FORM = tuple(field.name for field in fields_of(Form))


class Session(Strict, t.HasTraits):
    """One lab: a form, an image that may be edited, and the runs of its cell.

    Its traits may change on another thread than the one that made it; observers are called on the thread that changes.

    Attributes:
        prompt: The words of the form.
        template: What the prompt was made from, where it was made from a template; a prompt typed anew has none.
        model: The chosen model, ``""`` for the service's own choice.
        size: The chosen size, ``""`` for the service's own choice; so with ``quality`` and ``style``.
        n: How many images; a text where what was typed is no number.
        extra: Further parameters of the call, by name.
        source: The image that the next run edits, or None to generate.
        mask: Which of its pixels may change, or None.
        choices: What the model accepts.
        busy: True while a run is under way.
        status: One sentence about what happens, and ``status_kind`` its kind.
        told_of: The run that the status speaks of, where some of its pictures can still be had; else None.
        elapsed: Seconds since the run under way was started.
        runs: The cell's runs, newest first.
        run: The run that is shown.
        selected: The index of the chosen image in ``run.images``.
        partials: Previews of the run under way, by the number of their image.
        outside: How much the shown edit changed outside its mask, where that is noticeable; else None.
        notice: What the user should know all the time: offline, replaying, a store elsewhere.
        opened: What is closed with it.
    """

    _stays = "its runs are under way in this process. Take its run, its request or its form."
    prompt = t.Unicode()
    template = t.Unicode()
    model = t.Unicode()
    size = t.Unicode()
    quality = t.Unicode()
    style = t.Unicode()
    n = t.Any(1)
    extra = t.Dict()
    source = t.Any(None)
    mask = t.Any(None)
    choices = t.Any()
    busy = t.Bool(False)
    status = t.Unicode()
    status_kind = t.Unicode("idle")
    told_of = t.Any(None)
    elapsed = t.Float(0.0)
    runs = t.Tuple()
    run = t.Any(None)
    selected = t.Int(0)
    partials: t.Dict[Any, Any] = t.Dict()
    outside = t.Any(None)
    notice = t.Unicode()
    client: Any
    store: Store
    cell: Cell
    opened: contextlib.ExitStack

    def __init__(
        self,
        client: Any,
        store: Store,
        *,
        cell: Cell | None = None,
        worker: Worker | None = None,
        values: Mapping[str, Any] | None = None,
        resume: bool = True,
    ) -> None:
        given = {name: value for name, value in (values or {}).items() if value is not None}
        refuse_unknown("The lab", given, (*NAMED, "extra", "image", "mask"))
        model = model_of(client, given.get("model"))
        super().__init__(model=model, choices=accepts(client, model))
        self.client = client
        self.store = store
        self.cell = (cell or Cell()).within(store)
        self._worker = worker or shared_worker()
        self._lock = threading.RLock()
        self._job: Job[Run] | None = None
        self._made_here: list[str] = []
        self._asked_about: Mask | None = None
        self._size_to_generate = ""
        self.opened = contextlib.ExitStack()
        self.notice = messages.standing_notice(client.kind, embedded_models(client), store.notice)
        self._put(replace(self.form, size=self.choices.default_size or "", quality=self.choices.default_quality or ""))
        self.refresh()
        if resume:
            self._return_to_last_run(except_for=given)
        self.fill_in(given)

    # -- what is offered ------------------------------------------------------------------------------------------

    @property
    def models(self) -> tuple[str, ...]:
        """The models to choose from: the known ones, and the chosen one if it is none of them."""
        known = tuple(one.model or "" for one in embedded_models(self.client)) or MODELS
        return known if self.model in known or not self.model else (self.model, *known)

    @property
    def offer(self) -> Offer:
        """What the model accepts for what comes next, an edit or a generation."""
        return offer(self.choices, editing=self.source is not None)

    @property
    def form(self) -> Form:
        """All of the form's fields as one value."""
        return Form(**{name: getattr(self, name) for name in _IN_FORM})

    def _put(self, form: Form) -> None:
        """Fills the form in at once, so that nobody sees one model with the choices of another."""
        mask_for(form.mask, form.source)
        with self.hold_trait_notifications():
            self.choices = accepts(self.client, form.model)
            for name in _IN_FORM:
                setattr(self, name, getattr(form, name))
        self.template = form.template  # which a new prompt has cleared

    @t.observe("model")
    def _on_model(self, _change: Any) -> None:
        if self.choices.model == (self.model or None):
            return
        before, former = self.form, self.choices
        form = fitted(before, accepts(self.client, self.model))
        self._put(form)
        if changed := messages.adjusted(before, form, former):
            self.say("notice", changed)

    @t.observe("source")
    def _on_source(self, _change: Any) -> None:
        form = self.form
        if form.source is None or (form.mask is not None and form.mask.size != form.source.size):
            form = replace(form, mask=None)  # it was of another picture
        self._put(fitted(form, self.choices))

    @t.observe("prompt")
    def _on_prompt(self, _change: Any) -> None:
        self.template = ""

    @t.validate("mask")
    def _check_mask(self, proposal: Any) -> Any:
        return mask_for(proposal["value"], self.source)

    @property
    def chosen(self) -> StoredImage | None:
        """The chosen image of the shown run, or None where no image is shown."""
        run: Run | None = self.run
        return run.images[min(self.selected, len(run.images) - 1)] if run is not None and run.images else None

    # -- actions --------------------------------------------------------------------------------------------------

    @property
    def request(self) -> Request:
        """What would be sent now."""
        return request_of(self.form, self.choices)

    def code(self) -> str:
        """The Python that makes the same call without the lab."""
        request, store = self.request, self.store
        image = mask = None
        if request.source is not None:
            image = store.image_path(store.put_image(request.source.data, request.source.media_type))
        if request.mask is not None:
            mask = store.image_path(store.put_image(request.mask.to_png(), "image/png"))
        recording = getattr(self.client, "recording", None)
        return call_code(request.params(), client=self.client.kind, image=image, mask=mask, recording=recording)

    def press(self) -> Job[Run] | None:
        """What the button does: as ``generate``, but a mask that is empty or full is asked about first.

        Either sends the whole picture to be changed, and is rarely meant; pressing again says that it is. None where
        it was asked.
        """
        mask = self._mask_in_use
        if mask is None or not (mask.is_empty or mask.is_full):
            return self.generate()
        if self._asked_about is mask:
            return self.generate(whole=True)
        self._asked_about = mask
        self.say("notice", messages.meant_whole(mask))
        return None

    def generate(self, *, whole: bool = False) -> Job[Run]:
        """Starts the run that the form describes; while one is under way, it is that one (one click, one bill).

        Args:
            whole: Edits the whole picture, whatever the mask says. Without it, an empty mask is refused.
        """
        if (job := self._under_way) is not None:
            return job
        try:
            request = replace(self.request, mask=None) if whole else self.request
            if not whole and self._mask_in_use is not None and self._mask_in_use.is_empty:
                raise MaskError(messages.NOTHING_PAINTED)
            request.check(self.choices)
        except R9SNotebookError as error:
            self.say("error", sentence(error))
            return _failed(error)
        return self._send(request)

    def _send(self, request: Request) -> Job[Run]:
        # A person who waits wants to know at once how long the service asks them to wait: no silent second try.
        context = RunContext(self.client, self.store, self.cell, options={"retries": None})
        return self._start(lambda: perform(request, context), messages.doing(request), messages.done)

    def fetch_again(self, run: Run | None = None) -> Job[Run]:
        """Fetches the pictures of a run whose links are kept, by default of the one told of; costs nothing."""
        told_of = run or self.told_of
        return self._start(lambda: fetch_again(told_of, self.client), messages.FETCHING, messages.done)

    def ask_for_base64(self, run: Run | None = None) -> Job[Run]:
        """Sends a run's request again, by default of the one told of, so that its pictures come in the answer itself.

        Raises:
            HistoryError: What the run edited is missing from the store.
        """
        form = restored(Form(), run or self.told_of, EVERYTHING, self.store)
        choices = accepts(self.client, form.model)
        request = request_of(replace(form, extra={**form.extra, "response_format": "b64_json"}), choices)
        request.check(choices)
        return self._send(request)

    @property
    def _mask_in_use(self) -> Mask | None:
        return mask_in_use(self.form, self.choices)

    def cancel(self) -> None:
        """Stops the run under way; it is kept as cancelled."""
        if (job := self._under_way) is not None and job.cancel():
            self.say("running", messages.CANCELLING)

    def restore(self, run: Run, fields: Iterable[Restorable] = EVERYTHING) -> None:
        """Brings back an earlier run: its prompt, its parameters, what it edited, its images; or some of these.

        Raises:
            HistoryError: The image that the run edited is missing from the store.
        """
        fields = frozenset(fields)
        models = self.models if self.client.kind == "offline" else None
        form = restored(self.form, run, fields, self.store, models=models)
        form = fitted(form, accepts(self.client, form.model)) if "params" in fields else form
        if "source" in fields and form.source is None and self.source is not None:
            self.stop_editing()
        self._put(form)
        if "images" in fields:
            self.show(run)
            self.say("error" if run.error else "idle", run.error or "", run)

    def show(self, run: Run | None, selected: int = 0) -> None:
        """Shows a run's images without touching the form."""
        with self.hold_trait_notifications():
            self.run, self.selected, self.outside = run, selected, None

    def edit_image(self, image: Any = None) -> None:
        """Makes an image the source of the next run: the chosen one, or any path, bytes, PIL image or array.

        Raises:
            ImageError: It is no image that can be used.
        """
        source = self._source_of_selected() if image is None else source_from(image)
        if self.choices.known and not self.choices.edits:
            raise InputError(f"{self.model} cannot edit images. Choose another model first.")
        if self.source is None:
            self._size_to_generate = self.size
        self._put(to_edit(self.form, source, self.choices))
        self.say(
            "idle", messages.PAINT_NOW if not source.first_frame else f"{messages.FIRST_FRAME} {messages.PAINT_NOW}"
        )

    def stop_editing(self) -> None:
        """The next run generates again."""
        form = replace(self.form, source=None, mask=None)
        if self._size_to_generate in offer(self.choices, editing=False).sizes:
            form = replace(form, size=self._size_to_generate)
        self._put(fitted(form, self.choices))
        self.say("idle", "")

    def attempt(self, action: Callable[[], object]) -> None:
        """Does what a click asks for; what goes wrong becomes a sentence in the status line."""
        try:
            action()
        except (R9SNotebookError, OSError) as error:
            self.say("error", sentence(error))

    def keep_outside(self) -> Job[Run]:
        """Puts the source's pixels back outside the mask of the shown edit, as a run of its own; costs nothing."""
        run = self.run
        return self._start(lambda: put_back(run), messages.KEEPING_OUTSIDE, messages.outside_kept)

    def submit(self, work: Callable[[], T]) -> Job[T]:
        """Does work of the store beside whatever else the worker has under way."""
        return self._worker.submit(lambda: asyncio.to_thread(work))

    def refresh(self) -> None:
        """Reads the cell's runs again: another lab or kernel may have added some."""
        self.runs = self._read_runs()

    def close(self) -> None:
        """Closes what was opened for this session alone, as soon as the run under way has ended."""
        if (job := self._under_way) is not None:
            job.add_done_callback(lambda _job: self.opened.close())
        else:
            self.opened.close()

    def _read_runs(self) -> tuple[Run, ...]:
        return runs_of_cell(self.store, self.cell, self._made_here)

    # -- the run --------------------------------------------------------------------------------------------------

    @property
    def _under_way(self) -> Job[Run] | None:
        with self._lock:
            return None if self._job is None or self._job.done() else self._job

    def _start(self, events: Callable[[], AsyncGenerator[Event, None]], doing: str, outcome: Outcome) -> Job[Run]:
        """Starts a run, where none is under way; ``doing`` and ``outcome`` say in the status line what happens."""
        with self._lock:
            if (job := self._under_way) is not None:
                return job
            self.busy, self.elapsed, self.partials = True, 0.0, {}
            self.say("running", doing)
            job = self._job = self._worker.submit(lambda: self._follow(events(), outcome))
            return job

    async def _follow(self, events: AsyncGenerator[Event, None], outcome: Outcome) -> Run:
        """Folds a run's events into the state, on the worker; however it ends, a sentence says so."""
        begun: Run | None = None
        try:
            async with contextlib.aclosing(events), ticking(self._count):
                async for event in events:
                    begun = event.run if isinstance(event, Begun) else begun
                    try:
                        self._fold(event)
                    except Exception:  # what is on its way is paid for, whoever cannot show it
                        _log.exception("What shows a run failed; the run goes on.")
        except asyncio.CancelledError:
            await self._end("notice", messages.CANCELLED, begun)
            raise
        except Exception as error:
            await self._end("error", sentence(error), begun)
            raise
        done = cast(Done, event)  # the last one
        await self._end(*outcome(done.run, done.outside), done.run)
        return done.run

    def _fold(self, event: Event) -> None:
        match event:
            case Begun(run) if run.id not in self._made_here:
                self._made_here.append(run.id)
            case Preview(index, image):
                self.partials = {**self.partials, index: image}
            case Kept(run):
                self.partials = {}
                self.show(run)
            case Done(_run, outside):
                self.outside = outside if outside is not None and outside.noticeable else None

    def _count(self, seconds: float) -> None:
        self.elapsed = seconds

    async def _end(self, kind: StatusKind, text: str, ended: Run | None = None) -> None:
        """Says how it ended, and lets the next run begin; what fails on the way there is said, too."""
        try:
            try:
                self.runs = await to_the_end(self._read_runs)
                if self.runs and self.chosen is None:
                    self.show(self.runs[0])  # else the images stay, and the status line tells
            except Exception as error:
                kind, text = "error", text if kind == "error" else f"{text.rstrip('.')}. {sentence(error)}"
            self.partials = {}
            self.say(kind, text, next((run for run in self.runs if ended and run.id == ended.id), None))
        finally:
            with self._lock:
                self._job = None  # a click from now on is a run of its own
            self.busy = False

    def say(self, kind: StatusKind, text: str, told_of: Run | None = None) -> None:
        """Puts a sentence into the status line."""
        with self.hold_trait_notifications():
            self.status_kind, self.status = kind, text
            self.told_of = told_of if told_of is not None and told_of.links else None

    # -- restoring ------------------------------------------------------------------------------------------------

    def _return_to_last_run(self, except_for: Mapping[str, Any]) -> None:
        if not self.runs:
            return
        form: frozenset[Restorable] = frozenset({"prompt", "params"})
        everything: frozenset[Restorable] = form | {"source"}
        for fields in (form if "image" in except_for else everything, form):
            with contextlib.suppress(R9SNotebookError):  # what it edited may be missing: then without it
                self.restore(self.runs[0], fields)
                break
        self.show(next((run for run in self.runs if run.images), self.runs[0]))
        last = self.runs[0]
        if last.links:
            self.say("error", last.error or " ".join((last.answer or {})["notices"]), last)

    def fill_in(self, given: Mapping[str, Any]) -> None:
        """Puts what code says into the form: parameters by name, others in ``extra``, and what to edit.

        Raises:
            InputError: A value of another kind, or what the model does not take.
        """
        own = {name: PARAMETERS[name].check_type(given[name]) for name in NAMED if name in given}
        self.model = own.get("model", self.model)
        if "image" in given:
            self.edit_image(given["image"]) if given["image"] is not None else self.stop_editing()
        further = given.get("extra", {})
        form = replace(self.form, **own, extra={**self.extra, **further})
        sent = request_of(form, self.choices).params()
        unsent = [name for name, value in {**own, **further}.items() if value and sent.get(name) != value]
        if unsent:
            editing = " for an edit" if form.source is not None else ""
            raise InputError(f"{form.model or 'The model'} does not take {', '.join(sorted(unsent))}{editing}.")
        self._put(form if form.prompt == self.prompt else replace(form, template=""))
        if "mask" in given:
            self.mask = given["mask"]

    def _source_of_selected(self) -> Source:
        image = self.chosen
        if image is None:
            raise InputError("There is no image to edit yet: generate one, or load one from a file.")
        return source_from(self.store.image_bytes(image.sha256), run_id=self.run.id, sha256=image.sha256)


def _failed(error: BaseException) -> Job[Run]:
    job: Job[Run] = Job()
    job.set_exception(error)
    return job
