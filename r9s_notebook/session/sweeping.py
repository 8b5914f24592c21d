"""Sweeps: one call for every combination of what is varied, counted before it starts, each slot on its own."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import sys
import threading
import time
import warnings
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, Self

from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.history import History
from r9s_notebook.archive.host import this_kernel
from r9s_notebook.archive.runs import Picture, Run
from r9s_notebook.archive.visits import this_visit
from r9s_notebook.errors import InputError, NoResponseError, R9SError
from r9s_notebook.history import Status, Store
from r9s_notebook.session import auto_concurrency, costs
from r9s_notebook.session.auto_concurrency import AutoConcurrency, Lane
from r9s_notebook.session.clients import named_clients
from r9s_notebook.session.messages import FIRST_FRAME
from r9s_notebook.session.pace import Pace
from r9s_notebook.session.perform import Answered, Begun, Event, Kept, RunContext, perform
from r9s_notebook.session.planning import Call, presets_by_name
from r9s_notebook.session.planning import plan as plan_calls
from r9s_notebook.session.sweep_batches import batch_of_lab, batch_of_sweep, name_of
from r9s_notebook.session.sweep_slots import Reader, Slot, State, SweepRuns
from r9s_notebook.session.sweep_tables import frame, tally
from r9s_notebook.session.worker import Job, Worker, ending, shared_worker
from r9s_notebook.suggestions import Strict
from r9s_notebook.translation import Message, ask_for_language

_log = logging.getLogger(__name__)
Concurrency = int | Literal["auto"]
_STATES: Mapping[str, State] = {"succeeded": "done", "failed": "failed", "cancelled": "cancelled"}
_GRACE = 5.0  # seconds that what has been answered gets to be kept when the sweep is cancelled
_CUT_OFF = Message("Its kernel ended before it did: it may have been billed. Retry sends it again.")


class _Lanes(NamedTuple):
    """In what the calls of a sweep are made.

    Attributes:
        most: How many calls may ever be under way.
        limit: How many may now.
        lane: What each is made in.
    """

    most: int
    limit: Callable[[], int]
    lane: Callable[[], AbstractAsyncContextManager[Lane]]


@dataclass(eq=False)
class Sweep(Strict):
    """A counted set of calls; ``len(sweep)`` is how many will be sent and billed.

    Iterating gives the slots in order, whatever their state. Nothing is sent before ``start()``.

    Attributes:
        axes: What varies, by name, in its order, the last one fastest; the values as they are shown.
        slots: The calls.
        batch: What its runs have in common in the history.
        concurrency: How many calls are under way at the same time; ``"auto"`` finds that out as it goes.
        max_cost: US dollars that it may cost; None for no limit.
        stopped: Why it did not send all of it; ``""`` where it did, or is not at its end.
    """

    _stays = "its calls are under way in this process. Take its runs."
    axes: Mapping[str, Sequence[Any]]
    slots: list[Slot]
    contexts: Sequence[RunContext]
    worker: Worker
    concurrency: Concurrency = 2
    max_cost: float | None = None
    price: Callable[[Call], float | None] = lambda _call: None
    let_go: Callable[[], object] = lambda: None  # closes, after the last call, what was opened for the sweep alone
    stopped: str = ""
    _listeners: list[Callable[[Slot], object]] = field(default_factory=list)
    _begun: list[Callable[[Slot], object]] = field(default_factory=list)
    _ended: list[Callable[[Self], object]] = field(default_factory=list)
    _job: Job[SweepRuns] | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _pace: Pace = field(default_factory=Pace)
    _owed: float = 0.0  # US dollars: what was paid, and the price of what is under way

    @classmethod
    def plan(
        cls,
        prompt: str | Sequence[str],
        varied: Mapping[str, Any],
        *,
        client: Any = None,
        image: Any = None,
        mask: Any = None,
        preset: Any = None,
        history: History | None = None,
        concurrency: Concurrency = 2,
        max_cost: float | None = None,
        price: float | None = None,
        worker: Worker | None = None,
        cell: Cell | None = None,
    ) -> Self:
        """Plans the calls; see ``widgets.sweeps.sweep``, which is what users call.

        With a ``cell`` given, it is a lab's of that cell: it begins anew, unless the end of an earlier kernel cut off
        the same calls; then it goes on with those that were not sent.
        """
        ask_for_language()
        if concurrency != "auto" and (not isinstance(concurrency, int) or concurrency < 1):
            raise InputError(
                f"concurrency is how many calls are under way at the same time: 1 or more, or 'auto', "
                f"not {concurrency!r}."
            )
        opened = named_clients(client)
        clients = {name: one for name, (one, _close) in opened.items()}
        kept = History() if history is None else history
        home = kept.store.home
        presets = None if preset is None else presets_by_name(preset, home)
        planned = plan_calls(prompt, varied, clients, image=image, mask=mask, home=home, presets=presets)
        if any(call.request.source is not None and call.request.source.first_frame for call in planned.calls):
            warnings.warn(FIRST_FRAME, stacklevel=2)

        several = list(clients.values())

        def price_of(call: Call) -> float | None:
            request = call.request
            return costs.price(several[call.client], request, home) if price is None else price * request.n

        if max_cost is not None and any(price_of(call) is None for call in planned.calls):
            raise InputError(
                Message(
                    "What a picture costs is not known here, so max_cost could not be kept. Say it: "
                    "sweep(..., price=0.04), in US dollars for one image, or write it into models.json "
                    "beside the history."
                )
            )

        def let_go() -> None:  # of what was opened here; whoever uses it again opens it again
            if history is None:
                kept.close()
            for _one, close in opened.values():
                close()

        here = cell or Cell.here().within(kept.store)
        name = name_of(here, planned.calls, clients)
        batch = batch_of_sweep(name, here) if cell is None else batch_of_lab(name, here, kept.store, len(planned.calls))
        contexts = [
            RunContext(one, kept.store, here, batch=batch, options={"retries": None}, price=price)
            for one in clients.values()
        ]
        reader = Reader(kept.store, let_go)
        slots = [Slot(number, call, reader) for number, call in enumerate(planned.calls)]
        planned_sweep = cls(
            planned.axes, slots, contexts, worker or shared_worker(), concurrency, max_cost, price_of, let_go
        )
        reader.is_needed = lambda: planned_sweep.running
        if here.id is not None:
            planned_sweep._take_up()
            if (visit := this_visit()) is not None:
                visit.on_known(planned_sweep._take_up)
        let_go()  # a plan holds nothing open
        return planned_sweep

    def __len__(self) -> int:
        return len(self.slots)

    def __iter__(self) -> Iterator[Slot]:
        return iter(self.slots)

    def __repr__(self) -> str:
        varied = " x ".join(f"{len(axis)} {name}" for name, axis in self.axes.items()) or "nothing varies"
        states = ", ".join(f"{number} {state}" for state, number in self.counts.items())
        return f"<Sweep of {len(self)} calls ({varied}): {states}>"

    @property
    def batch(self) -> str:
        """What its runs have in common in the history."""
        return self.contexts[0].batch or ""

    @property
    def store(self) -> Store:
        """Where its runs are kept."""
        return self.contexts[0].store

    @property
    def counts(self) -> dict[str, int]:
        """How many slots there are in each state; states in which none is are left out."""
        found = Counter(slot.state for slot in self.slots)
        return {state: found[state] for state in ("done", "running", "waiting", "failed", "cancelled") if found[state]}

    @property
    def running(self) -> bool:
        """Whether calls of it are under way, or will be."""
        return self._job is not None and not self._job.done()

    @property
    def paused(self) -> bool:
        """Whether it is held up by ``pause()``."""
        return self._pace.paused

    @property
    def waits_for(self) -> str:
        """Why nothing is sent just now, as a sentence: its service asks for a pause, or is away."""
        return self._pace.why if self.running else ""

    @property
    def runs(self) -> SweepRuns:
        """The runs that succeeded so far, in the sweep's order."""
        return SweepRuns(self._reader, [slot.run_id for slot in self.slots if slot.state == "done" and slot.run_id])

    @property
    def _reader(self) -> Reader:
        return self.slots[0].history

    def runs_of(self, slots: Iterable[Slot]) -> Iterator[Run | None]:
        """What came of some slots, as ``Slot.run`` says it, read together."""
        slots = list(slots)
        read = self._reader.all(slot.run_id for slot in slots if slot.state == "done" and slot.run_id)
        return (next(read) if slot.state == "done" and slot.run_id else None for slot in slots)

    def _with_runs(self) -> Iterator[tuple[Slot, Run | None]]:
        return zip(self.slots, self.runs_of(self.slots), strict=True)

    def hold(self, held: bool = True) -> None:
        """Keeps its history open for whoever shows it, or lets go of it again."""
        self._reader.is_held = held
        if not held and not self.running:
            self.let_go()

    @property
    def pictures(self) -> list[Picture]:
        """All pictures that came so far, in the sweep's order."""
        return [picture for run in self.runs for picture in run.images]

    @property
    def failed(self) -> list[Slot]:
        """The slots that failed or were cancelled."""
        return [slot for slot in self.slots if slot.error is not None]

    @property
    def spent(self) -> float | None:
        """What it has cost so far in US dollars; None where that is not known of every call that was sent."""
        costs = [slot.cost for slot in self.slots if slot.state == "done"]
        return None if any(cost is None for cost in costs) else sum(cost for cost in costs if cost is not None)

    @property
    def owed(self) -> float:
        """US dollars: what was paid, and the price of what may have been billed, as far as they are known."""
        return self._owed

    @property
    def estimate(self) -> float | None:
        """What the calls that are still to be sent will cost, in US dollars; None where one's price is not known."""
        prices = [self.price(slot.call) for slot in self.slots if slot.waiting]
        return None if any(price is None for price in prices) else sum(price for price in prices if price is not None)

    # -- for code -------------------------------------------------------------------------------------------------

    def on_slot(self, listener: Callable[[Slot], object]) -> None:
        """Calls ``listener(slot)`` as each slot ends, on the worker's thread. What it raises is logged."""
        self._listeners.append(listener)

    def on_begun(self, listener: Callable[[Slot], object]) -> None:
        """Calls ``listener(slot)`` as each slot begins, likewise."""
        self._begun.append(listener)

    def on_ended(self, listener: Callable[[Self], object]) -> None:
        """Calls ``listener(sweep)`` as what was started or retried has ended, likewise."""
        self._ended.append(listener)

    def start(self) -> Job[SweepRuns]:
        """Sends what has not been sent; the future gives all runs that succeeded.

        ``cancel()`` keeps the finished ones, and so does interrupting the cell that waits for the future.
        While the sweep is under way, it is that future again, and nothing is sent twice.
        """
        with self._lock:
            job = self._job
            if job is None or job.done():
                self._pace.pause(False)
                self.stopped = ""
                job = self._job = self.worker.submit(self._all)
                job.stops_with_waiter = True
                job.add_done_callback(lambda _job: self._tell(self._ended, self))
            return job

    def run(self) -> SweepRuns:
        """Sends what has not been sent, shows how far it is, and gives all runs that succeeded when it has ended."""
        from tqdm import tqdm

        left = [slot for slot in self.slots if slot.state == "waiting"]
        out = sys.stderr if this_kernel() is None else sys.stdout  # which a notebook does not show in red
        with tqdm(total=len(left), unit="call", file=out) as bar:
            listener: Callable[[Slot], object] = lambda _slot: bar.update()  # noqa: E731 - taken out again below
            self.on_slot(listener)
            try:
                return self.start().result()
            finally:
                self._listeners.remove(listener)

    def pause(self) -> None:
        """Sends nothing more until ``resume()``; what is under way goes on."""
        self._pace.pause()

    def resume(self) -> None:
        """Goes on after ``pause()``."""
        self._pace.pause(False)

    def cancel(self) -> None:
        """Gives up what is under way, and sends nothing more; what came is kept."""
        if self._job is not None:
            self._job.cancel()

    def retry(self) -> Job[SweepRuns]:
        """Sends the failed slots once more, and only those; while the sweep is under way, none."""
        with self._lock:
            if not self.running:
                for slot in self.failed:
                    slot.state, slot.sent, slot.error = "waiting", False, None
            return self.start()

    def tally(self, axis: str | None = None) -> dict[Any, tuple[int, int]]:
        """How many of its pictures are starred and how many there are, for each value of one thing that varies.

        Args:
            axis: Its name; None is ``client`` where that varies, else the last one.

        Raises:
            InputError: Nothing of that name varies.
        """
        axis = axis or self.voted
        if axis not in self.axes:
            raise InputError(f"{axis!r} does not vary in this sweep: {', '.join(self.axes) or 'nothing'} does.")
        return tally(self._with_runs(), axis, self.axes[axis])

    @property
    def voted(self) -> str:
        """What a vote is about: the clients where they vary, else what varies last; ``""`` where nothing does."""
        return "client" if "client" in self.axes else next(reversed(list(self.axes)), "")

    def to_frame(self) -> Any:
        """A pandas ``DataFrame`` with a row for each picture, and for each call that has none.

        Its columns are the variables, then ``prompt``, ``state``, ``error``, ``run``, ``picture`` (the original's
        path), ``width``, ``height``, ``seed``, ``rating``, ``favourite``, ``note``, ``cost`` and ``elapsed`` (seconds).

        Raises:
            ImportError: pandas is not installed.
        """
        return frame(self._with_runs())

    # -- at work ----------------------------------------------------------------------------------------------------

    async def _all(self) -> SweepRuns:
        self._pace.begin()
        self._owed = sum(slot.cost or 0.0 for slot in self.slots)
        left = deque(slot for slot in self.slots if slot.waiting and not slot.sent)
        lanes, keeping = self._lanes(), set[asyncio.Task[None]]()
        try:
            try:
                async with asyncio.TaskGroup() as calls:  # which waits until every call has tidied up, cancelled or not
                    for _ in range(min(lanes.most, len(left))):
                        calls.create_task(self._serve(left, lanes, keeping))
            finally:
                await _done(keeping)
        except asyncio.CancelledError:
            self.stopped = Message("Cancelled.")
            raise
        finally:
            if not self._reader.is_held:
                await asyncio.to_thread(self.let_go)
        if (unsent := sum(slot.waiting and not slot.sent for slot in self.slots)) and not self.stopped:
            late = Message(
                "{unsent} of {calls} calls of the sweep were not sent, and not billed: the program ended first.",
                unsent=unsent,
                calls=len(self),
            )
            raise NoResponseError(late, sent=False)
        return self.runs

    def _lanes(self) -> _Lanes:
        if self.concurrency != "auto":
            most = self.concurrency
            return _Lanes(most, lambda: most, lambda: nullcontext(Lane()))
        auto = AutoConcurrency()
        self._pace.on_hold = auto.refused
        return _Lanes(auto_concurrency.MOST, lambda: auto.limit, auto.lane)

    async def _serve(self, left: deque[Slot], lanes: _Lanes, keeping: set[asyncio.Task[None]]) -> None:
        while left:
            async with lanes.lane() as lane:
                await self._pace.turn()
                slot = self._next(left)
                if slot is None:
                    return
                events = perform(slot.request, self._context(slot))
                lane.begin()
                if await self._heard(slot, events, Begun) and await self._heard(slot, events, Answered):
                    # The service is free for the next call, whatever the disk and the processor have to do here.
                    task = asyncio.create_task(self._keep(slot, events))
                    keeping.add(task)
                    task.add_done_callback(keeping.discard)
                    while len(keeping) > lanes.limit():  # but no more is held in memory than is under way
                        await asyncio.wait(keeping, return_when=asyncio.FIRST_COMPLETED)

    async def _keep(self, slot: Slot, events: AsyncGenerator[Event, None]) -> None:
        async with aclosing(events):
            await self._heard(slot, events, Kept)

    def _next(self, left: deque[Slot]) -> Slot | None:
        """The next one to be sent; None where there is none, or none may be."""
        if not left or ending.is_set():
            return None
        slot = left[0]
        price = self.price(slot.call) or 0.0
        if self.max_cost is not None and self._owed + price > self.max_cost + 1e-9:
            self.stopped = Message(
                "{count} calls were not sent: they would cost more than ${most:g} in all.",
                count=len(left),
                most=self.max_cost,
            )
            left.clear()
            return None
        self._owed += price
        left.popleft()
        slot.sent, slot.state, slot.began = True, "running", time.monotonic()
        return slot

    def _context(self, slot: Slot) -> RunContext:
        context = self.contexts[slot.call.client]
        # Its id now: so the history has the runs in the sweep's order, whichever row is written first.
        return replace(context, variables=slot.variables, pace=self._pace, run_id=context.store.next_id())

    async def _heard(self, slot: Slot, events: AsyncGenerator[Event, None], last: type[Event]) -> bool:
        """Takes in the events of a call up to one of this kind; False where it has ended."""
        try:
            async for event in events:
                if isinstance(event, Begun):
                    slot.run_id = event.run.id
                    self._tell(self._begun, slot)
                elif isinstance(event, Kept):
                    self._paid(slot, event.run.cost)
                    break
                if isinstance(event, last):
                    return True
        except asyncio.CancelledError:
            self._end(slot, CancelledError())
            raise
        except Exception as error:  # one failure does not take the others with it
            self._end(slot, error)
        else:
            self._end(slot, None)
        return False

    def _paid(self, slot: Slot, cost: float | None) -> None:
        expected = self.price(slot.call)
        slot.cost = expected if cost is None else cost
        self._owed += (slot.cost or 0.0) - (expected or 0.0)

    def _end(self, slot: Slot, error: BaseException | None) -> None:
        given_up = isinstance(error, CancelledError)
        if isinstance(error, R9SError) and 400 <= error.status_code < 500:  # refused: nobody bills that
            self._owed -= self.price(slot.call) or 0.0
        slot.error = error
        slot.state = "cancelled" if given_up else "done" if error is None else "failed"
        self._tell(self._listeners, slot)

    def _tell(self, listeners: Sequence[Callable[[Any], object]], of: Any) -> None:
        for listener in list(listeners):
            try:
                listener(of)
            except Exception:  # the calls that are still to come are worth more than who watches them
                _log.exception("A listener of the sweep failed; the sweep goes on.")

    def _take_up(self) -> None:
        """What an earlier start of the same sweep has done, in this kernel or in one that ended, is not done again."""
        before: dict[str, deque[tuple[str, Status, float | None]]] = {}
        for run_id, status, variables, cost in self.store.batch(self.batch):
            before.setdefault(_key(variables), deque()).append((run_id, status, cost))
        for slot in self.slots:
            earlier = before.get(_key(slot.variables))
            if not earlier or slot.state != "waiting":
                continue
            done = next((one for one in earlier if one[1] == "succeeded"), None)
            run_id, status, cost = done or earlier[-1]  # of several tries, the one that came to something
            slot.run_id, slot.sent, slot.state = run_id, True, _STATES.get(status, "failed")
            if done:
                earlier.remove(done)
                slot.cost = self.price(slot.call) if cost is None else cost
            else:
                record = self.store.get(run_id)
                slot.error = NoResponseError((record and record.error) or _CUT_OFF)


async def _done(keeping: set[asyncio.Task[None]]) -> None:
    """Waits until what was answered is kept. Cancelled, it waits only for a moment: a link may never answer."""
    here, clock = asyncio.current_task(), asyncio.get_running_loop().time
    interrupted: asyncio.CancelledError | None = None
    until: float | None = None
    while keeping:
        if until is None and here is not None and here.cancelling():
            until = clock() + _GRACE
        try:
            await asyncio.wait(keeping, timeout=None if until is None else max(0.0, until - clock()))
        except asyncio.CancelledError as error:  # once more: who has come that far is kept all the same
            interrupted = error
        if until is not None and clock() >= until:
            until = math.inf
            for one in keeping:
                one.cancel()
    if interrupted is not None:
        raise interrupted


def _key(variables: Mapping[str, Any]) -> str:
    return json.dumps(dict(variables), sort_keys=True, default=str)
