"""The one background thread whose loop owns all HTTP and all database work.

Callbacks of widgets may run on another thread than the cells do, each with a loop of its own, and a task left on the
cells' loop can stall when the cell ends (ipython/ipykernel#1510). Nothing here runs on those loops: whoever wants work
done submits it, and gets a future that may be waited for, cancelled, or forgotten. Where there are no threads, the loop
that runs has to do.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from concurrent.futures import Future
from typing import Any, Generic, NoReturn, Protocol, TypeVar

T = TypeVar("T")

_TICK_SECONDS = 0.5


class Job(Future[T], Generic[T]):
    """The future of submitted work.

    ``result(timeout)`` waits as any ``concurrent.futures.Future`` does, and ``await job`` waits in a cell.
    Unlike a plain future, ``cancel()`` works on running work: it asks the coroutine to stop, and the job is done when
    the coroutine has tidied up.

    Attributes:
        stops_with_waiter: Whether a person who interrupts the waiting (Ctrl+C, "Interrupt kernel") stops the work too:
            so where it has no other button, and calls would go on unseen.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stops_with_waiter = False
        self._stop: Callable[[], object] = lambda: None
        self._asked_to_stop = False

    def result(self, timeout: float | None = None) -> T:
        """Waits for the work."""
        try:
            return super().result(timeout)
        except KeyboardInterrupt:
            if self.stops_with_waiter:
                self.cancel()
            raise

    def cancel(self) -> bool:
        """Asks the work to stop; False where it is already done."""
        if self.done():
            return False
        self._asked_to_stop = True
        self._stop()
        return True

    def __reduce__(self) -> NoReturn:
        raise TypeError("A job is not pickled or copied: its work is done in this process. Take job.result().")

    def __await__(self) -> Generator[Any, None, T]:
        return asyncio.wrap_future(self).__await__()


class Worker(Protocol):
    """Whoever runs the work."""

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Job[T]:
        """Starts ``work()`` soon, and returns at once."""
        ...


class ThreadWorker:
    """One daemon thread with one loop, started with the first job. A forked child starts its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pid = 0

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Job[T]:
        """Starts ``work()`` on the worker's loop, from any thread."""
        job: Job[T] = Job()
        loop = self._running_loop()

        def start() -> None:
            _start(job, work, loop)
            if job._asked_to_stop:
                job._stop()

        loop.call_soon_threadsafe(start)
        return job

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None or self._pid != os.getpid():
                # The plain selector loop, whatever policy (uvloop, nest_asyncio) the notebook has set for its own.
                self._loop, self._pid = asyncio.SelectorEventLoop(), os.getpid()
                threading.Thread(target=_serve, args=(self._loop,), name="r9s-worker", daemon=True).start()
            return self._loop


class InlineWorker:
    """Runs each job to its end before ``submit`` returns; for tests, and for callers that run no loop of their own."""

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Job[T]:
        """Runs ``work()`` on a loop of its own; the job is done when this returns."""
        job: Job[T] = Job()
        loop = asyncio.new_event_loop()
        try:
            loop.run_until_complete(_settle(job, work))
        finally:
            loop.close()
        return job


class LoopWorker:
    """Runs jobs on the loop that runs where they are submitted, for platforms without threads (Pyodide).

    Such a loop cannot be waited for from its own thread: ``await`` the job.
    """

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Job[T]:
        """Starts ``work()`` as a task of the running loop."""
        job: Job[T] = _LoopJob()
        _start(job, work, asyncio.get_running_loop())
        return job


class _LoopJob(Job[T]):
    def result(self, timeout: float | None = None) -> T:
        if not self.done():
            raise RuntimeError("Without threads a job cannot be waited for: write `await job` instead of job.result().")
        return super().result(timeout)


_running: set[asyncio.Task[None]] = set()
_shared: Worker = LoopWorker() if sys.platform == "emscripten" else ThreadWorker()


def shared_worker() -> Worker:
    """The worker of this process."""
    return _shared


@contextlib.asynccontextmanager
async def ticking(show: Callable[[float], object]) -> AsyncIterator[None]:
    """Shows the seconds since the start, again and again, while something is under way."""
    started = time.monotonic()

    async def tick() -> None:
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            show(time.monotonic() - started)

    ticker = asyncio.create_task(tick())
    try:
        yield
    finally:
        ticker.cancel()


async def to_the_end(work: Callable[..., T], *args: Any) -> T:
    """Runs work of the disk in a thread; once begun it is not left half done, not even by a cancellation."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *args))
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():
                raise
    return task.result()


def _start(job: Job[T], work: Callable[[], Coroutine[Any, Any, T]], loop: asyncio.AbstractEventLoop) -> None:
    task = loop.create_task(_settle(job, work))
    _running.add(task)  # the loop holds tasks weakly: one that nobody holds can vanish
    task.add_done_callback(_running.discard)
    # Asked to stop at once, the work takes its first step all the same, so that it can tidy up and say how it ended.
    job._stop = functools.partial(loop.call_soon_threadsafe, task.cancel)


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()


async def _settle(job: Job[T], work: Callable[[], Coroutine[Any, Any, T]]) -> None:
    """Runs the work and puts what comes of it into the job; nothing escapes into the loop."""
    try:
        result = await work()
    except asyncio.CancelledError:
        Future.cancel(job)
        job.set_running_or_notify_cancel()
    except BaseException as error:  # whoever waits for the job gets it, whatever it is
        job.set_exception(error)
    else:
        job.set_result(result)
