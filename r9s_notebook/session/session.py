"""The lab's working state and its actions. Widgets bind the traits and call the actions; nothing here is a widget."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, TypeVar, cast

import traitlets as t

from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.history import History
from r9s_notebook.archive.host import is_forgotten
from r9s_notebook.archive.runs import Run
from r9s_notebook.errors import InputError, MaskError, R9SError, R9SNotebookError
from r9s_notebook.history import Store
from r9s_notebook.imaging import Mask, OutsideChange
from r9s_notebook.session import costs, messages
from r9s_notebook.session.again import request_again
from r9s_notebook.session.clients import (
    accepts,
    ask_for_models,
    embedded_models,
    examples_of,
    model_of,
    refuses,
)
from r9s_notebook.session.draft_document import Keeping, fingerprint
from r9s_notebook.session.form import Restorable
from r9s_notebook.session.lists import drawn, values_of
from r9s_notebook.session.looking import Looking, newest
from r9s_notebook.session.messages import StatusKind, sentence
from r9s_notebook.session.outside_mask import put_back
from r9s_notebook.session.perform import Begun, Done, Event, Kept, Preview, RunContext, fetch_again, perform
from r9s_notebook.session.queue import Queue
from r9s_notebook.session.request import NAMED, Request
from r9s_notebook.session.sweep_slots import SweepRuns
from r9s_notebook.session.sweeping import Sweep
from r9s_notebook.session.template import gaps
from r9s_notebook.session.waiting import told_of_waiting
from r9s_notebook.session.worker import Job, Worker, give_memory_back, shared_worker, ticking, to_the_end
from r9s_notebook.suggestions import refuse_unknown
from r9s_notebook.translation import translated

_log = logging.getLogger(__name__)
_ROUNDING = 1e-9  # of sums of dollars

T = TypeVar("T")
Outcome = Callable[[Run, OutsideChange | None], tuple[StatusKind, str]]

_OF_DRAFT = (
    "prompt",
    "fillings",
    "draws",
    "model",
    "size",
    "quality",
    "style",
    "n",
    "extra",
    "source",
    "mask",
    "former",
)


class Session(Looking):
    """One lab: its draft, what is looked at, its queue, and what it may spend.

    Its traits may change on another thread than the one that made it; observers are called on the thread that changes,
    one at a time.

    Attributes:
        busy: True while a run is under way.
        queue: The runs that were sent and have not ended, the one under way first.
        elapsed: Seconds since the run under way was started.
        sweep: The sweep that was started here last, until another run is sent; None where there is none.
        partials: Previews of the run under way, by the number of their image.
        failure: How the last run failed, as a sentence; ``""`` where it did not, another was sent since, or it was
            dismissed or deleted.
        taken_up: Whether its history has become that of an app's visitor.
        notice: What the user should know all the time: offline, replaying, a store elsewhere.
        opened: What is closed with it.
        listed: The names of the models that the service lists, once it was asked.
        max_cost: US dollars that it may spend; the call that would pass it is not sent. None for no limit.
        spent: US dollars: what it has paid, and the price of what is under way, as far as they are known.
    """

    _stays = "its runs are under way in this process. Take its run, its request or its form."
    busy = t.Bool(False)
    queue = t.Tuple()
    elapsed = t.Float(0.0)
    sweep = t.Any(None)
    partials: t.Dict[Any, Any] = t.Dict()
    failure = t.Unicode()
    taken_up = t.Bool(False)
    notice = t.Unicode()
    listed = t.Tuple()
    _asked_for_models = False
    _keeping: Keeping | None = None
    _is_beginning = False
    max_cost = t.Float(None, allow_none=True)
    spent = t.Float(0.0)
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
        max_cost: float | None = None,
    ) -> None:
        given = {name: value for name, value in (values or {}).items() if value is not None}
        refuse_unknown("The lab", given, (*NAMED, "extra", "image", "mask", "preset"))
        super().__init__(client, store, model_of(client, given.get("model")), (cell or Cell()).within(store))
        self._worker = worker or shared_worker()
        self._queue = Queue(self._worker, self._on_queue)
        self._failed: Request | None = None
        self._failed_run = ""
        self._asked_about: Mask | None = None
        self.opened = contextlib.ExitStack()
        self.max_cost = max_cost
        odd = messages.on_colab(store.home) if is_forgotten(store.home) else store.notice
        self.notice = messages.standing_notice(client.kind, embedded_models(client), odd)
        self._given, self._resumes = given, resume
        self._begin()
        self._begun = self.form
        if self._keeping is not None and store.writable:
            self.observe(lambda _change: self._keep_soon(), _OF_DRAFT)

    def _begin(self) -> None:
        """Goes on where the cell was left, as far as its code says nothing else."""
        given = self._given
        self.refresh()
        self._begin_with_example(given)
        if self._resumes:
            self._return_to_last_run(except_for=given)
        if "preset" in given:
            self.use_preset(given["preset"])
        self.fill_in(given)
        if self.cell.id is not None:
            place, begun = (self.cell.id, self.cell.notebook), fingerprint(given, self.source)
            self._keeping = Keeping(self, place, begun, self._worker)
            if self._resumes:
                self._keeping.bring_back()

    @property
    def is_at_work(self) -> bool:
        """Whether a run is under way, or a sweep is what is shown."""
        return self.busy or self.sweep is not None

    def _keep_soon(self) -> None:
        if self._keeping is not None and not self._is_beginning:
            self._keeping.soon()

    def take_up(self) -> None:
        """Goes on in the history of an app's visitor, which its own has become; what is in the draft by now stays."""
        if self.form == self._begun:
            self._is_beginning = True  # the draft that the visitor has left is not written over before it is read
            try:
                self._begin()
            finally:
                self._is_beginning = False
        else:
            self.refresh()
            self.show(newest(self.runs))
            self._keep_soon()
        self.taken_up = True

    # -- sending --------------------------------------------------------------------------------------------------

    def press(self, says: str | None = None) -> Job[Any] | None:
        """What the button does: as ``generate`` or ``start_sweep``, but what is rarely meant is asked about first.

        A mask that is empty or full sends the whole picture to be changed; and what was typed last may have made many
        calls of one. Pressing again says that it is meant. None where it was asked.

        Args:
            says: What was written on the button.
        """
        self.count()
        if says is not None and self.calls and says.strip() != messages.starts(self.calls):
            self.say("notice", messages.meant_calls(self.calls), of_draft=True)
            return None
        mask = self.mask_in_use
        whole = mask is not None and (mask.is_empty or mask.is_full)
        if mask is not None and whole and self._asked_about is not mask:
            self._asked_about = mask
            self.say("notice", messages.meant_whole(mask), of_draft=True)
            return None
        self._asked_about = None  # the next one is asked about again
        return self.start_sweep(whole=whole) if self.calls else self.generate(whole=whole)

    def generate(self, *, whole: bool = False) -> Job[Run]:
        """Sends what the draft describes; while another run is under way, it waits for its turn.

        Of each gap of the prompt one value is drawn, by the call's seed where it has one.

        Args:
            whole: Edits the whole picture, whatever the mask says. Without it, an empty mask is refused.
        """
        try:
            request = self._asked_for(whole)
            written = self.form.written
            if gaps(written):
                values = values_of(written, self.fillings, self.lists)
                prompt, variables = drawn(written, values, request.extra.get("seed"))
                request = replace(request, prompt=prompt, template=written, variables=variables)
            request.check(self.choices)
            self._price(request)
        except R9SNotebookError as error:
            self.say("error", sentence(error), of_draft=True)
            return _failed(error)
        return self.send(request)

    def start_sweep(self, *, whole: bool = False) -> Job[SweepRuns]:
        """Sends every combination of the values of the prompt's gaps, as one batch; the sweep is then ``sweep``."""
        try:
            if self.sweep is not None and self.sweep.running:
                raise InputError(messages.ONE_SWEEP)
            request = self._asked_for(whole)
            values = values_of(self.form.written, self.fillings, self.lists)
            params = {name: value for name, value in request.params().items() if name != "prompt"}
            if both := sorted(params.keys() & values.keys()):
                raise InputError(messages.named_as_parameter(both[0]))
            plan = Sweep.plan(
                self.form.written,
                {**values, **params},
                client=self.client,
                image=request.source,
                mask=request.mask,
                history=History(store=self.store),
                worker=self._worker,
                cell=self.cell,
                max_cost=None if self.max_cost is None else max(self.max_cost - self.spent, 0.0),
            )
        except R9SNotebookError as error:
            self.say("error", sentence(error), of_draft=True)
            return _failed(error)
        expected = plan.estimate or 0.0
        former = sum(slot.cost or 0.0 for slot in plan)  # paid before a kernel's end cut it off
        if plan.max_cost is not None:
            plan.max_cost += former
        self._spend(expected)

        def ended(sweep: Sweep) -> None:
            nonlocal expected
            self._spend(sweep.owed - former - expected)
            expected = sweep.owed - former
            self.submit(lambda: self._on_swept(sweep))

        plan.on_ended(ended)
        plan.on_begun(lambda slot: self._made_here.append(slot.run_id or ""))
        self.following, self.sweep, self.failure = True, plan, ""
        self.say("idle", messages.sweeping(len(plan), plan.counts.get("waiting", 0)))
        return plan.start()

    def _asked_for(self, whole: bool) -> Request:
        """What the draft describes, its gaps not filled yet.

        Raises:
            MaskError: Its mask is empty, and not the ``whole`` picture is meant.
        """
        if not whole and self.mask_in_use is not None and self.mask_in_use.is_empty:
            raise MaskError(messages.NOTHING_PAINTED)
        return replace(self.request, mask=None) if whole else self.request

    def _on_swept(self, sweep: Sweep) -> None:
        self.refresh()
        if self.chosen is None:
            self.show(newest(self.runs))
        if self.sweep is sweep:
            self.say("idle", messages.swept(sweep.counts, len(sweep)))

    def send(self, request: Request) -> Job[Run]:
        """Sends a request, whatever the draft says.

        Raises:
            InputError: It would pass ``max_cost``.
        """
        with self.changing:  # of two threads, each sees what the other one spends
            price = self._price(request)
            self._spend(price)
        # A person who waits wants to know at once how long the service asks them to wait: no silent second try.
        context = RunContext(self.client, self.store, self.cell, options={"retries": None})
        self.following = True
        if self.sweep is not None and not self.sweep.running:
            self.sweep = None
        began = False

        def events() -> AsyncGenerator[Event, None]:
            nonlocal began
            began = True
            return perform(request, context)

        job = self._start(events, request, messages.doing(request), messages.done)
        job.add_done_callback(lambda ended: self._settle(price, ended, began=began))
        if len(self._queue.entries) > 1:
            self.say("running", messages.waits(len(self._queue.entries) - 1))
        return job

    def _price(self, request: Request) -> float:
        """What a call will cost, 0 where that is neither known nor asked.

        Raises:
            InputError: It would pass the cap, or it is not known whether it would.
        """
        price = costs.price(self.client, request, self.store.home)
        if self.max_cost is not None and (price is None or self.spent + price > self.max_cost + _ROUNDING):
            raise InputError(messages.too_dear(price, self.spent, self.max_cost))
        return price or 0.0

    def _spend(self, dollars: float) -> None:
        with self.changing:
            self.spent += dollars

    def _settle(self, price: float, job: Future[Run], *, began: bool) -> None:
        """Takes what was paid in the place of what was expected."""
        error = None if job.cancelled() else job.exception()
        if not began:
            self._spend(-price)
        elif not job.cancelled() and error is None:  # else it may have been billed
            cost = job.result().cost
            self._spend((price if cost is None else cost) - price)
        elif isinstance(error, InputError) or (isinstance(error, R9SError) and 400 <= error.status_code < 500):
            self._spend(-price)  # refused: nobody bills that

    def fetch_again(self, run: Run | None = None) -> Job[Run]:
        """Fetches the pictures of a run whose links are kept, by default of the one told of; costs nothing."""
        told_of = run or self.told_of
        return self._start(lambda: fetch_again(told_of, self.client), None, messages.FETCHING, messages.done)

    def ask_for_base64(self, run: Run | None = None) -> Job[Run]:
        """Sends a run's request again, by default of the one told of, so that its pictures come in the answer itself.

        Raises:
            HistoryError: What the run edited is missing from the store.
        """
        again = run or self.told_of
        accepted = accepts(self.client, str(again.params.get("model") or again.requested_model or ""), self.store.home)
        request = request_again(again, accepted, {"response_format": "b64_json"})
        request.check(accepted)
        return self.send(request)

    def retry(self) -> Job[Run] | None:
        """Sends again what failed last; None where nothing did."""
        return None if self._failed is None else self.send(self._failed)

    def dismiss_failure(self) -> None:
        """The last failure is taken as read: nothing speaks of it any more."""
        if self.failure and self.status == self.failure:
            self.say("idle", "")
        self.failure, self._failed = "", None

    def cancel(self, name: str | None = None) -> None:
        """Stops the run under way, which is kept as cancelled, or takes one that waits out of the queue.

        Args:
            name: The ``id`` of an entry of the queue; None for the one under way.
        """
        entries = self._queue.entries
        entry = next(iter(entries), None) if name is None else self._queue.find(name)
        if entry is not None and entry.job is not None:
            is_under_way = entry.is_under_way
            if entry.job.cancel():
                self.say("running", messages.CANCELLING if is_under_way else messages.TAKEN_OUT)

    def first(self, name: str) -> None:
        """Lets a run that waits go next."""
        self._queue.first(name)

    def keep_outside(self) -> Job[Run]:
        """Puts the source's pixels back outside the mask of the shown edit, as a run of its own; costs nothing."""
        run = self.run
        return self._start(lambda: put_back(run), None, messages.KEEPING_OUTSIDE, messages.outside_kept)

    # -- keeping up -----------------------------------------------------------------------------------------------

    def look_again(self) -> None:
        """Shows what the store says now of the runs that are shown: pictures were marked, deleted, brought back."""
        self.refresh()
        if self.failure and self._failed_run and self.store.get(self._failed_run) is None:
            self.dismiss_failure()
        if self.run is not None:
            record = self.store.get(self.run.id)
            self.show(newest(self.runs) if record is None else Run.of(record, self.store), self.selected)

    def attempt(self, action: Callable[[], object]) -> None:
        """Does what a click asks for; what goes wrong becomes a sentence in the status line."""
        try:
            action()
        except (R9SNotebookError, OSError) as error:
            self.say("error", sentence(error))

    def submit(self, work: Callable[[], T]) -> Job[T]:
        """Does work of the store beside whatever else the worker has under way."""
        return self._worker.submit(lambda: asyncio.to_thread(work))

    def ask_for_models(self) -> None:
        """Fills the list of models with those that the service has, as soon as it says so; nobody waits for that."""
        if self.client.kind != "api" or self._asked_for_models:
            return
        self._asked_for_models = True

        def ask() -> None:
            try:
                found = ask_for_models(self.client)
            except R9SNotebookError:
                found = ()
            self.told = self.told or ("" if found else translated(messages.NO_LIST))
            self.put(self.form)  # what the model takes, its service may know better
            self.listed = tuple(one.model for one in found)

        self.submit(ask)

    def close(self) -> None:
        """Closes what was opened for this session alone, as soon as the last of its runs has ended."""
        jobs = [entry.job for entry in self._queue.entries if entry.job is not None]
        if self.sweep is not None and self.sweep.running:
            jobs.append(self.sweep.start())  # the one that is under way
        if jobs:
            left = iter(jobs)

            def close_after_the_last(_job: Any = None) -> None:
                job = next(left, None)
                self.opened.close() if job is None else job.add_done_callback(close_after_the_last)

            close_after_the_last()
        else:
            self.opened.close()

    @t.observe("model")
    def _tell_of_refusals(self, _change: Any = None) -> None:
        refused = refuses(self.client, self.model, self.store.home)
        self.told = messages.refused(refused) if refused else ""

    # -- the run --------------------------------------------------------------------------------------------------

    def _start(
        self, events: Callable[[], AsyncGenerator[Event, None]], request: Request | None, doing: str, outcome: Outcome
    ) -> Job[Run]:
        """Lets a run begin when its turn comes; ``doing`` and ``outcome`` say in the status line what happens."""

        async def follow() -> Run:
            self.elapsed, self.partials, self.failure = 0.0, {}, ""
            self.say("running", doing)
            model = "" if request is None else request.model or ""
            try:
                async with told_of_waiting(
                    self.client, model, lambda what: self.say("running", messages.waiting(doing, what))
                ):
                    return await self._follow(events(), outcome)
            except Exception:
                self._failed = request
                self._tell_of_refusals()
                raise
            finally:
                await asyncio.to_thread(give_memory_back)

        return self._queue.put(follow, request)

    def _on_queue(self) -> None:
        self.queue = self._queue.entries
        self.busy = bool(self.queue)

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
            if (
                self.following
                and begun is not None
                and self.runs
                and self.runs[0].id == begun.id
                and self.runs[0].images
            ):
                self.show(self.runs[0])  # what had come
            raise
        except Exception as error:
            self.failure, self._failed_run = sentence(error), begun.id if begun else ""
            await self._end("error", self.failure, begun)
            raise
        done = cast(Done, event)  # the last one
        await self._end(*outcome(done.run, done.outside), done.run)
        return done.run

    def _fold(self, event: Event) -> None:
        match event:
            case Begun(run) if run.id not in self._made_here:
                self._made_here.append(run.id)
            case Preview(index):
                self.partials = {**self.partials, index: event}
            case Kept(run):
                self._queue.entries[0].has_come = True
                with self.hold_trait_notifications():
                    self.partials = {}
                    if self.following:
                        self.show(run)
            case Done(run, outside):
                if self.run is not None and self.run.id == run.id:
                    self.outside = outside if outside is not None and outside.noticeable else None

    def _count(self, seconds: float) -> None:
        self.elapsed = seconds

    async def _end(self, kind: StatusKind, text: str, ended: Run | None = None) -> None:
        """Says how it ended; what fails on the way there is said, too."""
        try:
            self.runs = await to_the_end(self._read_runs)
            if self.runs and self.chosen is None:
                self.show(self.runs[0])  # else the images stay, and the status line tells
        except Exception as error:
            kind, text = "error", text if kind == "error" else f"{text.rstrip('.')}. {sentence(error)}"
        self.partials = {}
        self.say(kind, text, next((run for run in self.runs if ended and run.id == ended.id), None))

    def _begin_with_example(self, given: Mapping[str, Any]) -> None:
        """What was recorded with the words that are given, or first, is what the form begins with, words aside."""
        examples = examples_of(self.client, "edit" if "image" in given else "generate")
        fitting = [one for one in examples if given.get("model") in (None, one.model)]
        fitting = [one for one in fitting if one.prompt == given.get("prompt")] or fitting
        if fitting:
            self.put(replace(fitting[0], prompt=self.prompt))

    def _return_to_last_run(self, except_for: Mapping[str, Any]) -> None:
        if not self.runs:
            return
        form: frozenset[Restorable] = frozenset({"prompt", "params"})
        everything: frozenset[Restorable] = form | {"source"}
        for fields in (form if "image" in except_for else everything, form):
            with contextlib.suppress(R9SNotebookError):  # what it edited may be missing: then without it
                self.take(self.runs[0], fields)
                break
        self.show(newest(self.runs))
        last = self.runs[0]
        if last.links:
            self.say("error", last.error or " ".join((last.answer or {})["notices"]), last)


def _failed(error: BaseException) -> Job[Any]:
    job: Job[Any] = Job()
    job.set_exception(error)
    return job
