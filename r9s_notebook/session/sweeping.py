"""Sweeps: one call for every combination of what is varied, counted before it starts, each slot on its own."""

from __future__ import annotations

import asyncio
import logging
import threading
import uuid
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.history import History, Run
from r9s_notebook.client.signatures import spelt_out
from r9s_notebook.errors import NoResponseError
from r9s_notebook.session.clients import given_or_found
from r9s_notebook.session.messages import FIRST_FRAME
from r9s_notebook.session.perform import Kept, RunContext, perform
from r9s_notebook.session.planning import plan
from r9s_notebook.session.request import Request, mask_for, source_from
from r9s_notebook.session.worker import Job, Worker, ending, shared_worker
from r9s_notebook.suggestions import Strict

_log = logging.getLogger(__name__)


@dataclass
class Slot(Strict):
    """One call of a sweep.

    Attributes:
        request: What is sent.
        sent: Whether it was handed to the service; what was is not sent again but by ``retry()``.
        run: What came of it, once it succeeded.
        error: Why it did not, once it failed or was cancelled.
    """

    request: Request
    sent: bool = False
    run: Run | None = None
    error: BaseException | None = None

    @property
    def waiting(self) -> bool:
        """Not sent yet, or not ended."""
        return self.run is None and self.error is None


@dataclass
class Sweep(Strict):
    """A counted set of calls; ``len(sweep)`` is how many will be sent and billed.

    Iterating gives the slots in order, whatever their state. Nothing is sent before ``start()``.
    """

    _stays = "its calls are under way in this process. Take its runs."
    # ``let_go`` closes, after the last call, what was opened for the sweep alone.
    slots: list[Slot]
    context: RunContext
    worker: Worker
    at_once: int = 2
    let_go: Callable[[], object] = lambda: None
    _listeners: list[Callable[[Slot], object]] = field(default_factory=list)
    _job: Job[list[Run]] | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __len__(self) -> int:
        return len(self.slots)

    def __iter__(self) -> Iterator[Slot]:
        return iter(self.slots)

    @property
    def runs(self) -> list[Run]:
        """The runs that succeeded so far, in the sweep's order."""
        return [slot.run for slot in self.slots if slot.run is not None]

    @property
    def failed(self) -> list[Slot]:
        """The slots that failed or were cancelled."""
        return [slot for slot in self.slots if slot.error is not None]

    def on_slot(self, listener: Callable[[Slot], object]) -> None:
        """Calls ``listener(slot)`` as each slot ends, on the worker's thread. What it raises is logged."""
        self._listeners.append(listener)

    def start(self) -> Job[list[Run]]:
        """Sends what has not been sent; the future gives all runs that succeeded.

        ``cancel()`` keeps the finished ones, and so does interrupting the cell that waits for the future.
        While the sweep is under way, it is that future again, and nothing is sent twice.
        """
        with self._lock:
            if self._job is None or self._job.done():
                self._job = self.worker.submit(self._all)
                self._job.stops_with_waiter = True
            return self._job

    def retry(self) -> Job[list[Run]]:
        """Sends the failed slots once more, and only those; while the sweep is under way, none."""
        with self._lock:
            if self._job is None or self._job.done():
                for slot in self.failed:
                    slot.sent, slot.error = False, None
            return self.start()

    async def _all(self) -> list[Run]:
        gate, beginning = asyncio.Semaphore(self.at_once), asyncio.Lock()
        try:
            async with asyncio.TaskGroup() as calls:  # which waits until every call has tidied up, cancelled or not
                for slot in self.slots:
                    if slot.waiting and not slot.sent:
                        calls.create_task(self._one(slot, gate, beginning))
        finally:
            await asyncio.to_thread(self.let_go)
        if unsent := sum(slot.waiting and not slot.sent for slot in self.slots):
            late = f"{unsent} of {len(self)} calls of the sweep were not sent, and not billed: the program ended first."
            raise NoResponseError(late, sent=False)
        return self.runs

    async def _one(self, slot: Slot, gate: asyncio.Semaphore, beginning: asyncio.Lock) -> None:
        try:
            async with gate, aclosing(perform(slot.request, self.context)) as events:
                async with beginning:  # one after the other, so that the history has them in the sweep's order
                    if ending.is_set():
                        return
                    slot.sent = True
                    await anext(events)
                async for event in events:
                    if isinstance(event, Kept):
                        slot.run = event.run
                        break
        except asyncio.CancelledError:
            slot.error = CancelledError()
            raise
        except Exception as error:  # one failure does not take the others with it
            slot.error = error
        finally:
            self._tell(slot)

    def _tell(self, slot: Slot) -> None:
        for listener in list(self._listeners):
            try:
                listener(slot)
            except Exception:  # the calls that are still to come are worth more than who watches them
                _log.exception("A listener of the sweep failed; the sweep goes on.")


@spelt_out
def sweep(
    prompt: str | Sequence[str],
    *,
    client: Any = None,
    image: Any = None,
    mask: Any = None,
    history: History | None = None,
    at_once: int = 2,
    worker: Worker | None = None,
    **varied: Any,
) -> Sweep:
    """Plans a call for every combination of what is given as a list.

    A prompt may be a template: ``sweep("a {animal} in {place}", animal=["cat", "owl"], place=["Rome", "the rain"])``
    plans four calls. Parameters of the API vary the same way: ``size=["512x512", "1024x1024"]``, ``seed=range(4)``.

    Args:
        prompt: A prompt, a template, or several of either.
        client: An ``R9S``; None takes the environment's key, or the embedded API.
        image: What to edit: a path, bytes, a PIL image or an array. With it, every call is an edit.
        mask: A ``Mask`` of the image's size.
        history: Where the runs are kept; None is the history beside the notebook.
        at_once: How many calls are under way at the same time.
        worker: Who does the work.
        **varied: A value, or a list, range, array or other iterable of values, of a template's name or of an API
            parameter. Braces that are meant are doubled in a prompt: ``{{``.

    Raises:
        InputError: More than 1000 calls, no call at all, a name that neither the prompt nor the API knows, a gap of the
            prompt without a value, or a call that the model would refuse; nothing is sent.
    """
    source = None if image is None else source_from(image)
    if source is not None and source.first_frame:
        warnings.warn(FIRST_FRAME, stacklevel=2)
    client, close = given_or_found(client)
    requests = plan(prompt, varied, client, source=source, mask=mask_for(mask, source))
    kept = History() if history is None else history

    def let_go() -> None:  # of what was opened here; whoever uses it again opens it again
        if history is None:
            kept.close()
        close()

    let_go()  # a plan holds nothing open
    context = RunContext(client, kept.store, Cell.here().within(kept.store), batch=uuid.uuid4().hex)
    return Sweep([Slot(request) for request in requests], context, worker or shared_worker(), at_once, let_go)
