"""Where an engine works: away from the event loop, on threads in process or on processes of a server."""

from __future__ import annotations

import asyncio
import os
import signal
from argparse import ArgumentTypeError
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Lock, Thread
from typing import Any, TypeVar

from r9s_notebook.server.refusal import Refusal

Result = TypeVar("Result")


class AsyncExecutor:
    """Runs work on an executor, for whoever awaits it.

    It belongs to no event loop: requests may come from several loops at the same time.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def run(self, work: Callable[..., Result], *arguments: object) -> Result:
        """The result of ``work(*arguments)``.

        Raises:
            Refusal: 503 where the process that drew has died.
        """
        # A cancelled request takes its work out of the queue, unless it has begun.
        try:
            return await asyncio.wrap_future(self._executor.submit(work, *arguments))
        except BrokenExecutor:
            raise Refusal(
                503, "The process that drew this picture has died. Try again.", headers={"Retry-After": "1"}
            ) from None

    def close(self) -> None:
        """Drop what waits; what is being drawn ends by itself."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def threads(count: int | None = None) -> Executor:
    """An executor for use inside another program's process, such as a notebook's kernel."""
    return ThreadPoolExecutor(count or max(2, min(8, os.cpu_count() or 2)), thread_name_prefix="r9s-engine")


def processes(count: int | None = None) -> Executor:
    """An executor for a server of its own: all cores, and an event loop that shares its interpreter with no drawing."""
    return _Processes(count or os.cpu_count() or 2)


class _Processes(Executor):
    """A process pool that is replaced when one of its processes dies: the system kills what needs too much memory."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = Lock()
        self._pool = self._hired()

    def _hired(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, mp_context=get_context("spawn"), initializer=_stay_with_parent)

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        with self._lock:
            try:
                return self._pool.submit(fn, *args, **kwargs)
            except BrokenExecutor:
                self._pool = self._hired()
                return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def _stay_with_parent() -> None:
    """In a drawing process: end with the server, however it ended. A killed one can tell nobody to stop."""
    # Ctrl-C in a terminal reaches every process: the server's own shutdown is what ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(0)

    Thread(target=watch, daemon=True, name="parent-watch").start()


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Reads an option of the command line."""

    def read(text: str) -> int:
        if not text.strip().isdecimal() or not low <= int(text) <= high:
            raise ArgumentTypeError(f"a whole number from {low} to {high}, not {text!r}")
        return int(text)

    return read
