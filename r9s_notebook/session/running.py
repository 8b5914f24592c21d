"""One run at a time: started, counted in seconds, stopped, and ended with a sentence whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from r9s_notebook.archive.history import Run
from r9s_notebook.imaging import OutsideChange
from r9s_notebook.session import wording
from r9s_notebook.session.advice import sentence
from r9s_notebook.session.wording import StatusKind
from r9s_notebook.session.worker import Job, Worker

TICK_SECONDS = 0.5


@dataclass(frozen=True)
class Ending:
    """How a run ended, for the status line."""

    kind: StatusKind
    text: str


@dataclass(frozen=True)
class Success(Ending):
    """An ending with a run to show.

    Attributes:
        run: What came of it.
        outside: How much it changed outside its mask, where that is noticeable.
    """

    run: Run
    outside: OutsideChange | None = None


class Runner:
    """Does one piece of work at a time; whoever asks for another one meanwhile gets the one that is under way.

    Args:
        worker: Where the work is done.
        on_tick: Called with the seconds since the start, again and again.
        on_end: Called with how it ended, on the worker; what it raises does not keep the next run from starting.
        on_ready: Called when another run may start.
    """

    def __init__(
        self,
        worker: Worker,
        *,
        on_tick: Callable[[float], object],
        on_end: Callable[[Ending], Awaitable[None]],
        on_ready: Callable[[], object],
    ) -> None:
        self._worker = worker
        self._on_tick, self._on_end, self._on_ready = on_tick, on_end, on_ready
        self._lock = threading.RLock()
        self._job: Job[Run] | None = None

    @property
    def job(self) -> Job[Run] | None:
        """The run under way, or None."""
        with self._lock:
            return None if self._job is None or self._job.done() else self._job

    def start(self, work: Callable[[], Coroutine[Any, Any, Success]], *, announce: Callable[[], object]) -> Job[Run]:
        """Starts the work, where none is under way.

        Args:
            work: Gives what came of it; what it raises becomes the sentence.
            announce: Called first, where it is started.
        """
        with self._lock:
            if (job := self.job) is not None:
                return job
            announce()
            job = self._job = self._worker.submit(lambda: self._run(work))
            return job

    def cancel(self) -> bool:
        """Asks the run under way to stop; False where there is none."""
        job = self.job
        return job is not None and job.cancel()

    def when_idle(self, action: Callable[[], object]) -> None:
        """Calls ``action`` once nothing is under way: now, or when the run has ended."""
        job = self.job
        if job is None:
            action()
        else:
            job.add_done_callback(lambda _job: action())

    async def _run(self, work: Callable[[], Coroutine[Any, Any, Success]]) -> Run:
        try:
            async with _ticking(self._on_tick):
                ending = await work()
        except asyncio.CancelledError:
            await self._end(Ending("notice", wording.CANCELLED))
            raise
        except Exception as error:
            await self._end(Ending("error", sentence(error)))
            raise
        await self._end(ending)
        return ending.run

    async def _end(self, ending: Ending) -> None:
        try:
            await self._on_end(ending)
        finally:
            with self._lock:
                self._job = None  # a click from now on is a run of its own
            self._on_ready()


@contextlib.asynccontextmanager
async def _ticking(show: Callable[[float], object]) -> AsyncIterator[None]:
    started = time.monotonic()

    async def tick() -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            show(time.monotonic() - started)

    ticker = asyncio.create_task(tick())
    try:
        yield
    finally:
        ticker.cancel()
