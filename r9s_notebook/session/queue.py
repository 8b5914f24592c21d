"""The queue: what was sent goes one after the other, and what waits can be taken out again."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from r9s_notebook.session.request import Request
from r9s_notebook.session.worker import Job, Worker

T = TypeVar("T")


@dataclass(eq=False)
class Entry:
    """One that was sent and has not ended.

    Attributes:
        id: A name for it, of this queue only.
        request: What is sent; None where nothing is.
        job: Its future; None while it is being handed over.
        turn: Done once it is under way.
        began: When that was, in seconds since the epoch.
        has_come: Whether what it makes is there already; it is about to end.
    """

    id: str
    request: Request | None = None
    job: Job[Any] | None = None
    turn: Future[None] = field(default_factory=Future, repr=False)
    began: float = 0.0
    has_come: bool = False

    @property
    def is_under_way(self) -> bool:
        """Whether it is its turn."""
        return self.turn.done() and not self.turn.cancelled()


class Queue:
    """Runs work in the order in which it was put in, one at a time.

    Args:
        worker: Who runs it.
        changed: Called after each change, on the thread that made it.
    """

    def __init__(self, worker: Worker, changed: Callable[[], object]) -> None:
        self._worker = worker
        self._changed = changed
        self._lock = threading.RLock()
        self._entries: list[Entry] = []
        self._names = itertools.count()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The one that is under way first."""
        with self._lock:
            return tuple(self._entries)

    def put(self, work: Callable[[], Coroutine[Any, Any, T]], request: Request | None = None) -> Job[T]:
        """Runs ``work()`` when its turn comes; cancelled before that, it never begins."""
        with self._lock:
            entry = Entry(f"queued-{next(self._names)}", request)
            self._entries.append(entry)
            self._next()
        self._changed()
        job = self._worker.submit(lambda: self._in_turn(entry, work))
        entry.job = job
        return job

    def find(self, name: str) -> Entry | None:
        """The entry of that name, or None where it has ended."""
        return next((entry for entry in self.entries if entry.id == name), None)

    def first(self, name: str) -> None:
        """Lets one that waits go next."""
        with self._lock:
            if (entry := self.find(name)) is not None and not entry.is_under_way:
                self._entries.remove(entry)
                self._entries.insert(1, entry)
        self._changed()

    async def _in_turn(self, entry: Entry, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        try:
            if not entry.is_under_way:  # without a step between: cancelled at once, it has begun, and says how it ended
                await asyncio.wrap_future(entry.turn)
            return await work()
        finally:
            with self._lock:
                self._entries.remove(entry)
                self._next()
            self._changed()

    def _next(self) -> None:
        if self._entries and not self._entries[0].turn.done():
            self._entries[0].began = time.time()
            with contextlib.suppress(Exception):  # it was taken out at this moment
                self._entries[0].turn.set_result(None)


class Coalesced:
    """Does work of the disk beside all else, and of many askings while it does it, only the last one.

    Args:
        worker: Who runs it.
        work: What is done.
    """

    def __init__(self, worker: Worker, work: Callable[[], object]) -> None:
        self._worker = worker
        self._work = work
        self._lock = threading.Lock()
        self._is_asked = False
        self._is_at_work = False

    def ask(self) -> None:
        """Has the work done soon, once more if it is being done."""
        with self._lock:
            self._is_asked = True
            if self._is_at_work:
                return
            self._is_at_work = True
        self._worker.submit(self._until_done)

    async def _until_done(self) -> None:
        while True:
            with self._lock:
                if not self._is_asked:
                    self._is_at_work = False
                    return
                self._is_asked = False
            try:
                await asyncio.to_thread(self._work)
            except BaseException:
                with self._lock:
                    self._is_at_work = False  # the next asking is done all the same
                raise
