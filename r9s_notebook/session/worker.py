"""The one background thread whose loop owns all HTTP and all database work.

Callbacks of widgets may run on another thread than the cells do, each with a loop of its own, and a task left on the
cells' loop can stall when the cell ends (ipython/ipykernel#1510). Nothing here runs on those loops: whoever wants work
done submits it, and gets a future that may be waited for, cancelled, or forgotten. Where there are no threads, the loop
that runs has to do.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import ctypes
import functools
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Generic, NoReturn, Protocol, TypeVar

from r9s_notebook.archive.host import is_unattended, this_kernel
from r9s_notebook.session.told_in_turn import let_others

T = TypeVar("T")

_TICK_SECONDS = 0.5
_TIDY_SECONDS = 10.0
_DISK_THREADS = min(16, (os.cpu_count() or 1) + 4)

PATIENCE_SECONDS = 120.0
"""How long the end of a program waits for what was sent: the slowest models take about two minutes."""

ending = threading.Event()
"""Set when the program has ended, and what was not sent yet is not sent any more."""


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
            with contextlib.nullcontext() if self.done() else let_others():
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
    """One daemon thread with one loop, started with the first job. A forked child starts its own.

    A program that ends waits for its jobs, ``PATIENCE_SECONDS`` at most, and says on standard error what became of
    those that failed; a script's exit status is then 1.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pid = 0
        self._jobs: set[Job[Any]] = set()

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Job[T]:
        """Starts ``work()`` on the worker's loop, from any thread."""
        job: Job[T] = Job()
        loop = self._running_loop()
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        self._hold_cells()

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
                self._loop, self._pid, self._jobs = asyncio.SelectorEventLoop(), os.getpid(), set()
                self._loop.set_default_executor(_started_executor())
                _before_the_end(self._finish)
                threading.Thread(target=_serve, args=(self._loop,), name="r9s-worker", daemon=True).start()
            return self._loop

    def _finish(self) -> None:
        """The program has ended: what was sent is waited for."""
        if self._pid == os.getpid() and (jobs := list(self._jobs)):
            with contextlib.suppress(KeyboardInterrupt):
                ending.set()
                if this_kernel() is not None:  # its server says so first, terminates it, and then kills it
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                _tell(f"Waiting for what was sent, at most {PATIENCE_SECONDS:.0f} s. Ctrl+C gives it up.")
                wait(jobs, PATIENCE_SECONDS)
            wait([job for job in jobs if job.cancel()], _TIDY_SECONDS)
            for failure in filter(None, map(_failure, jobs)):
                _tell(failure)
                _failures.append(failure)

    def _hold_cells(self) -> None:
        """Where nobody sits before the notebook (nbconvert, papermill), its kernel is killed after its last cell.

        So there a cell ends when what it has begun has ended.
        """
        if is_unattended():
            this_kernel().shell.events.register("post_run_cell", self._hold_cell)  # once, however often

    def _hold_cell(self, _result: object) -> None:
        wait(list(self._jobs), PATIENCE_SECONDS)


class InlineWorker:
    """Runs each job to its end before ``submit`` returns; for tests, and for callers that run no loop of their own."""

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Job[T]:
        """Runs ``work()`` on a loop of its own; the job is done when this returns."""
        job: Job[T] = Job()
        loop = asyncio.new_event_loop()
        loop.set_default_executor(_Here())  # whoever submits may hold a lock that other threads would wait for
        try:
            loop.run_until_complete(_settle(job, work))
        finally:
            loop.close()
        return job


class _Here(ThreadPoolExecutor):
    """Does on the loop's own thread what would be done beside it."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as error:
            done.set_exception(error)
        return done


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


def give_memory_back() -> None:
    """Lets go of what pictures have left behind: glibc keeps freed memory for each thread that has had some.

    A lab that is at work holds some 35 MB less so, which counts where thirty share a machine.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):  # no glibc
        ctypes.CDLL(None).malloc_trim(0)


def _start(job: Job[T], work: Callable[[], Coroutine[Any, Any, T]], loop: asyncio.AbstractEventLoop) -> None:
    task = loop.create_task(_settle(job, work))
    _running.add(task)  # the loop holds tasks weakly: one that nobody holds can vanish
    task.add_done_callback(_running.discard)
    # Asked to stop at once, the work takes its first step all the same, so that it can tidy up and say how it ended.
    job._stop = functools.partial(loop.call_soon_threadsafe, task.cancel)


def _started_executor() -> ThreadPoolExecutor:
    """For what is done in a thread, ``asyncio.to_thread``; all its threads have begun.

    They would begin when first needed, and that may be when the program ends: Python 3.12 starts none then.
    """
    executor = ThreadPoolExecutor(_DISK_THREADS, thread_name_prefix="r9s-disk")
    all_here = threading.Barrier(_DISK_THREADS)
    try:
        for _ in range(_DISK_THREADS):
            executor.submit(all_here.wait)
    except RuntimeError:  # no more threads are allowed: those that are there do the work
        all_here.abort()
    return executor


def _before_the_end(finish: Callable[[], None]) -> None:
    """Calls ``finish`` when the main thread is done, while other threads and their executors still work.

    ``atexit`` would be too late: disk work goes through executors, and those take no more of it by then. What joins
    them, ``concurrent.futures.thread``, has registered itself the same way when it was imported, and the last one
    registered is called first.
    """
    getattr(threading, "_register_atexit", atexit.register)(finish)


_failures: list[str] = []


@atexit.register
def _end_honestly() -> None:
    """Nobody was there to see these failures: a script says so by its exit status. A kernel has its own end."""
    if _failures and this_kernel() is None:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        os._exit(1)


def _failure(job: Job[Any]) -> str | None:
    if not job.done():
        return "A run did not end. The next start says what became of it."
    if job.cancelled():
        return "A run was given up. The history has it as cancelled; the service may have billed it."
    error = job.exception()
    return None if error is None else str(error)


def _tell(sentence: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"r9s_notebook: {sentence}\n")


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
