"""Jobs that more than one may wait for: who asks again gets what was made, and what nobody waits for is stopped."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from contextvars import Context
from dataclasses import dataclass, field, replace

from r9s_notebook.server.engine import Job, Output


@dataclass(eq=False)
class _Drawing:
    """A job that is under way, or done.

    Attributes:
        job: In the form in which jobs are compared.
        outputs: What came so far; when it is done, the pictures.
        followers: Who wait for it.
        changed: Set when something came or it ended; then there is another.
        ended: When, in seconds of the coalescer's clock.
    """

    job: Job
    outputs: list[Output] = field(default_factory=list)
    followers: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    ended: float | None = None
    task: asyncio.Task[None] = field(init=False)

    @property
    def size(self) -> int:
        return sum(len(output.image.data) for output in self.outputs)

    def tell(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()


class Coalescer:
    """Takes jobs, has each made once, and keeps the pictures for a while under their idempotency key.

    It belongs to one event loop.

    Args:
        make: Makes a job's pictures.
        most_bytes: Of pictures that are kept; the oldest go first.
        seconds: For which they are kept.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        make: Callable[[Job], AsyncGenerator[Output, None]],
        *,
        most_bytes: int = 256 * 2**20,
        seconds: float = 600,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make = make
        self._most_bytes = most_bytes
        self._seconds = seconds
        self._clock = clock
        self._drawings: dict[str, _Drawing] = {}

    async def run(self, job: Job, patience: Callable[[], float]) -> AsyncGenerator[Output, None]:
        """Previews and pictures: from the start, whatever of them was made for somebody before.

        Args:
            job: What is to be made. One with the key of another that asks the same is that one.
            patience: Asked when this generator is closed: seconds that the job goes on with nobody waiting for it.

        Raises:
            Exception: What its making raised, to all who wait. It is made anew for who asks again.
        """
        drawing = self._drawing_of(job)
        outputs, came = drawing.outputs, 0  # this list itself: another takes its place at the end
        drawing.followers += 1
        try:
            while True:
                changed = drawing.changed
                for output in outputs[came:]:
                    came += 1
                    yield output
                if drawing.task.done() and came == len(outputs):
                    drawing.task.result()
                    return
                await changed.wait()
        finally:
            drawing.followers -= 1
            asyncio.get_running_loop().call_later(patience(), self._stop_where_left, drawing)

    def _drawing_of(self, job: Job) -> _Drawing:
        self._forget()
        key, same = job.idempotency_key, _comparable(job)
        known = self._drawings.get(key)
        if known is not None and known.job == same:
            return known
        drawing = _Drawing(same)
        # It belongs to nobody's request: in a context of its own, it is not cancelled along with the first one's.
        drawing.task = asyncio.create_task(self._draw(drawing, job), context=Context())
        if key:
            self._drawings[key] = drawing
        return drawing

    async def _draw(self, drawing: _Drawing, job: Job) -> None:
        try:
            async with aclosing(self._make(job)) as outputs:
                async for output in outputs:
                    drawing.outputs.append(output)
                    drawing.tell()
            drawing.outputs = [output for output in drawing.outputs if output.preview is None]
            drawing.ended = self._clock()
            self._forget()
        finally:
            if drawing.ended is None:
                self._drop(drawing)
            asyncio.get_running_loop().call_soon(drawing.tell)  # when the task is done

    def _stop_where_left(self, drawing: _Drawing) -> None:
        if not drawing.followers and drawing.ended is None:
            self._drop(drawing)  # now: who comes next begins anew
            drawing.task.cancel()

    def _drop(self, drawing: _Drawing) -> None:
        key = drawing.job.idempotency_key
        if self._drawings.get(key) is drawing:
            del self._drawings[key]

    def _forget(self) -> None:
        """Drops what was kept long enough, and the oldest of what is too much."""
        done = [one for one in self._drawings.values() if one.ended is not None]
        held = sum(one.size for one in done)
        for one in sorted(done, key=lambda one: one.ended or 0):
            if held > self._most_bytes or self._clock() - (one.ended or 0) > self._seconds:
                held -= one.size
                self._drop(one)


def _comparable(job: Job) -> Job:
    """Without what differs when the same is asked again, such as a seed that nobody gave; and of files only digests."""
    files = (*job.source.images, job.source.mask or b"") if job.source else ()
    return replace(job, seeds=(), source=None, own=[hashlib.sha256(file).digest() for file in files])
