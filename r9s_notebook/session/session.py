"""The lab's working state and its actions. Widgets bind the traits and call the actions; nothing here is a widget."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import traitlets as t

from r9s_notebook.client.capabilities import MODELS, Capabilities, capabilities
from r9s_notebook.errors import InputError, MaskError, R9SNotebookError
from r9s_notebook.history import NewImage, Store, StoredImage
from r9s_notebook.history import Run as Record
from r9s_notebook.imaging import Mask, OutsideChange
from r9s_notebook.session import wording
from r9s_notebook.session.advice import sentence
from r9s_notebook.session.call_code import call_code
from r9s_notebook.session.history import Run
from r9s_notebook.session.outside import with_outside_kept, worst_change
from r9s_notebook.session.pipeline import Kitchen, perform
from r9s_notebook.session.place import Place
from r9s_notebook.session.request import Request, Source
from r9s_notebook.session.restoring import EVERYTHING, Restorable, restore
from r9s_notebook.session.sources import source_from
from r9s_notebook.session.wording import StatusKind
from r9s_notebook.session.worker import Job, Worker, shared_worker

T = TypeVar("T")

SKETCH = "sketch-1"  # the embedded API's own model
STRIP_LENGTH = 60
TICK_SECONDS = 0.5


class Session(t.HasTraits):
    """One lab: a form, an image that may be edited, and the runs of its cell.

    Its traits may change on another thread than the one that made it; observers are called on the thread that changes.

    Attributes:
        prompt: The words of the form.
        template: What the prompt was made from, where it was made from a template; a prompt typed anew has none.
        model: The chosen model, ``""`` for the service's own choice.
        size: The chosen size, ``""`` for the service's own choice; so with ``quality`` and ``style``.
        n: How many images, 1 to 10.
        extra: Further parameters of the call, by name.
        source: The image that the next run edits, or None to generate.
        mask: Which of its pixels may change, or None.
        choices: What the model accepts.
        busy: True while a run is under way.
        status: One sentence about what happens, and ``status_kind`` its kind.
        elapsed: Seconds since the run under way was started.
        runs: The cell's runs, newest first.
        run: The run that is shown.
        selected: The index of the chosen image in ``run.images``.
        partials: Previews of the run under way, by the number of their image.
        outside: How much the shown edit changed outside its mask, where that is noticeable; else None.
        notice: What the user should know all the time: offline, replaying, a store elsewhere.
    """

    prompt = t.Unicode()
    template = t.Unicode()
    model = t.Unicode()
    size = t.Unicode()
    quality = t.Unicode()
    style = t.Unicode()
    n = t.Int(1)
    extra = t.Dict()
    source = t.Any(None)
    mask = t.Any(None)
    choices = t.Any()
    busy = t.Bool(False)
    status = t.Unicode()
    status_kind = t.Unicode("idle")
    elapsed = t.Float(0.0)
    runs = t.Tuple()
    run = t.Any(None)
    selected = t.Int(0)
    partials: t.Dict[Any, Any] = t.Dict()
    outside = t.Any(None)
    notice = t.Unicode()

    def __init__(
        self,
        client: Any,
        store: Store,
        *,
        place: Place | None = None,
        worker: Worker | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        given = {name: value for name, value in (values or {}).items() if value is not None}
        model = given.get("model") or client.model or (SKETCH if client.kind == "offline" else "")
        super().__init__(model=model, choices=capabilities(model or None))
        self.client = client
        self.store = store
        self.place = place or Place()
        self._worker = worker or shared_worker()
        self._lock = threading.RLock()
        self._job: Job[Run] | None = None
        self._made_here: list[str] = []
        self._asked_about: Mask | None = None
        self._size_to_generate = ""
        self.notice = wording.standing_notice(client.kind, store.notice)
        self._take_defaults()
        self._return_to_last_run(except_for=given)
        self._take(given)

    # -- what is offered ------------------------------------------------------------------------------------------

    @property
    def models(self) -> tuple[str, ...]:
        """The models to choose from: the known ones, and the chosen one if it is none of them."""
        known = (SKETCH,) if self.client.kind == "offline" else tuple(name for name in MODELS if name != SKETCH)
        return known if self.model in known or not self.model else (self.model, *known)

    @property
    def sizes(self) -> tuple[str, ...]:
        """The sizes that the model accepts for what comes next, an edit or a generation."""
        choices: Capabilities = self.choices
        return choices.edit_sizes if self.source is not None else choices.sizes

    @property
    def max_n(self) -> int:
        """The most images that the model makes in one run of what comes next."""
        choices: Capabilities = self.choices
        return choices.edit_max_n if self.source is not None else choices.max_n

    @property
    def accepted(self) -> frozenset[str]:
        """The names of the parameters that the model accepts for what comes next."""
        choices: Capabilities = self.choices
        return choices.edit_parameters if self.source is not None else choices.parameters

    @t.observe("model")
    def _on_model(self, _change: Any) -> None:
        self.choices = capabilities(self.model or None)
        self.keep_to_choices()

    @t.observe("prompt")
    def _on_prompt(self, _change: Any) -> None:
        self.template = ""

    @t.observe("source")
    def _on_source(self, _change: Any) -> None:
        self.keep_to_choices()

    def _take_defaults(self) -> None:
        choices: Capabilities = self.choices
        self.size, self.quality = choices.default_size or "", choices.default_quality or ""

    def keep_to_choices(self) -> None:
        """Leaves nothing chosen that the model would refuse."""
        choices: Capabilities = self.choices
        if not choices.known:
            return
        with self.hold_trait_notifications():
            if self.size not in self.sizes:
                self.size = choices.default_size if choices.default_size in self.sizes else next(iter(self.sizes), "")
            if self.quality not in choices.qualities:
                self.quality = choices.default_quality or ""
            if self.style not in choices.styles:
                self.style = ""
            self.n = max(1, min(self.n, self.max_n))

    @property
    def chosen(self) -> StoredImage | None:
        """The chosen image of the shown run, or None where no image is shown."""
        run: Run | None = self.run
        return run.images[min(self.selected, len(run.images) - 1)] if run is not None and run.images else None

    # -- actions --------------------------------------------------------------------------------------------------

    @property
    def request(self) -> Request:
        """What would be sent now."""
        accepted = self.accepted
        choice = {
            name: getattr(self, name) or None
            for name in ("size", "quality", "style")
            if not self.choices.known or name in accepted
        }
        return Request(
            prompt=self.prompt,
            template=self.template or None,
            model=self.model or None,
            n=self.n,
            extra=_streamed(
                {name: value for name, value in self.extra.items() if not self.choices.known or name in accepted}
            ),
            source=self.source,
            mask=None if self._mask_in_use is None or self._mask_in_use.is_empty else self._mask_in_use,
            **choice,
        )

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
        self.say("notice", wording.meant_whole(mask))
        return None

    def generate(self, *, whole: bool = False) -> Job[Run]:
        """Starts the run that the form describes; while one is under way, it is that one (one click, one bill).

        Args:
            whole: Edits the whole picture, whatever the mask says. Without it, an empty mask is refused.
        """
        with self._lock:
            if self._job is not None and not self._job.done():
                return self._job
            try:
                request = replace(self.request, mask=None) if whole else self.request
                if not whole and self._mask_in_use is not None and self._mask_in_use.is_empty:
                    raise MaskError(wording.NOTHING_PAINTED)
                request.check(self.choices)
            except R9SNotebookError as error:
                self.say("error", sentence(error))
                return _failed(error)
            self.busy, self.elapsed, self.partials, self.outside = True, 0.0, {}, None
            self.say("running", wording.doing(request))
            self._job = self._worker.submit(lambda: self._perform(request))
            return self._job

    @property
    def _mask_in_use(self) -> Mask | None:
        """The mask, where there is something to edit and the model looks at masks."""
        choices: Capabilities = self.choices
        mask: Mask | None = self.mask
        return mask if self.source is not None and (choices.masks or not choices.known) else None

    def cancel(self) -> None:
        """Stops the run under way; it is kept as cancelled."""
        with self._lock:
            if self._job is not None and self._job.cancel():
                self.say("running", wording.CANCELLING)

    def restore(self, run: Run, fields: Iterable[Restorable] = EVERYTHING) -> None:
        """Brings back an earlier run: its prompt, its parameters, what it edited, its images; or some of these."""
        restore(self, run, frozenset(fields))

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
        self.mask = None
        self.source = source
        # An edit is of the picture's own size wherever the model can: nothing is scaled, nothing is added around it.
        self.size = next((own for own in ("auto", f"{source.width}x{source.height}") if own in self.sizes), self.size)
        self.say("idle", wording.PAINT_NOW)

    def stop_editing(self) -> None:
        """The next run generates again."""
        self.source = None
        self.mask = None
        if self._size_to_generate in self.sizes:
            self.size = self._size_to_generate
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

        async def work() -> Run:
            kept = Run.of(await asyncio.to_thread(with_outside_kept, run, self.store), self.store)
            self._made_here.append(kept.id)
            self.outside = None
            self._finish("done", wording.OUTSIDE_KEPT, run=kept)
            return kept

        return self._worker.submit(work)

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Job[T]:
        """Has work done where the session's own is done."""
        return self._worker.submit(work)

    def refresh(self) -> None:
        """Reads the cell's runs again: another lab or kernel may have added some."""
        self.store.settle()  # what a kernel that was killed left under way, it left for ever
        if self.place.cell_id is not None:
            # A cell's id is unique by itself, and the notebook may be renamed.
            records = self.store.runs(cell=self.place.cell_id, limit=STRIP_LENGTH)
        else:
            # No front end told which cell this is: what is known to belong here is what was made here.
            made = [self.store.get(run_id) for run_id in reversed(self._made_here[-STRIP_LENGTH:])]
            records = [record for record in made if record is not None]
        self.runs = tuple(Run.of(record, self.store) for record in records)

    # -- the run --------------------------------------------------------------------------------------------------

    async def _perform(self, request: Request) -> Run:
        ticker = asyncio.create_task(self._tick())
        # A person who waits wants to know at once how long the service asks them to wait: no silent second try.
        kitchen = Kitchen(self.client, self.store, self.place, options={"retries": None})
        try:
            record = await perform(request, kitchen, on_begin=self._on_begin, on_partial=self._on_partial)
            change = await asyncio.to_thread(self._judged, request, record)
        except asyncio.CancelledError:
            self._finish("notice", wording.CANCELLED)
            raise
        except Exception as error:
            self._finish("error", sentence(error))
            raise
        else:
            run = Run.of(record, self.store)
            self._finish(*wording.done(run, change), run=run)
            self.outside = change
            return run
        finally:
            ticker.cancel()

    def _on_begin(self, record: Record) -> None:
        self._made_here.append(record.id)

    def _on_partial(self, index: int, image: NewImage) -> None:
        self.partials = {**self.partials, index: image}

    def _judged(self, request: Request, record: Record) -> OutsideChange | None:
        if request.source is None or request.mask is None:
            return None
        answers = [self.store.image_bytes(image.sha256) for image in record.images]
        return worst_change(request.source.data, request.mask, answers)

    async def _tick(self) -> None:
        started = time.monotonic()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.elapsed = time.monotonic() - started

    def _finish(self, kind: StatusKind, text: str, run: Run | None = None) -> None:
        self.refresh()
        if run is not None:
            self.show(run)
        elif self.runs:
            self.show(self.runs[0])
        self.busy, self.partials = False, {}
        self.say(kind, text)

    def say(self, kind: StatusKind, text: str) -> None:
        """Puts a sentence into the status line."""
        with self.hold_trait_notifications():
            self.status_kind, self.status = kind, text

    # -- restoring ------------------------------------------------------------------------------------------------

    def _return_to_last_run(self, except_for: Mapping[str, Any]) -> None:
        self.refresh()
        if not self.runs:
            return
        fields: set[Restorable] = {"prompt", "params"} if "image" in except_for else {"prompt", "params", "source"}
        with contextlib.suppress(R9SNotebookError):
            self.restore(self.runs[0], fields)
        self.show(self.runs[0])

    def _take(self, given: Mapping[str, Any]) -> None:
        """What the code says goes before what the last run said."""
        own = {name: value for name, value in given.items() if name not in ("image", "mask", "extra")}
        unknown = sorted(name for name in own if not self.has_trait(name))
        if unknown:
            raise TypeError(f"unknown option {', '.join(unknown)}")
        with self.hold_trait_notifications():
            for name, value in own.items():
                setattr(self, name, value)
            self.extra = {**self.extra, **given.get("extra", {})}
        if "image" in given:
            self.edit_image(given["image"])
            self.size = given.get("size") or self.size
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


def _streamed(extra: dict[str, Any]) -> dict[str, Any]:
    """Previews come in a stream only."""
    return {**extra, "stream": True} if extra.get("partial_images") else extra
