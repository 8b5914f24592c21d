"""One thread for each device, and the pictures that wait for it: those that agree are made together.

Two threads would break each other: a model's pipelines share their scheduler, which counts the steps.
"""

from __future__ import annotations

import atexit
import threading
from collections import deque
from collections.abc import Callable, Sequence

from r9s_notebook.engines.diffusers.denoising import make
from r9s_notebook.engines.diffusers.tickets import Ticket

_LONGEST_STEP = 10.0  # seconds


class Device:
    """A device's thread.

    Args:
        name: As torch names it.
        work: What it does with a batch: it says to each ticket what became of it.
    """

    def __init__(self, name: str, work: Callable[[Sequence[Ticket]], None]) -> None:
        self._work = work
        self._waiting: deque[Ticket] = deque()
        self._at_work: list[Ticket] = []
        self._ends = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=f"r9s-{name}", daemon=True)
        self._thread.start()

    def submit(self, tickets: Sequence[Ticket]) -> None:
        """Puts them at the end of the queue, which the server bounds."""
        with self._changed:
            self._waiting.extend(tickets)
            self._changed.notify()

    def end(self) -> None:
        """Ends the thread after the step that it takes: a process that ends under it is aborted."""
        with self._changed:
            self._ends = True
            for ticket in (*self._waiting, *self._at_work):
                ticket.left.set()
            self._changed.notify()
        self._thread.join(_LONGEST_STEP)

    def _run(self) -> None:
        while self._batch():
            try:
                self._work(self._at_work)
            except Exception as error:  # those who wait are told, and the others' turn comes all the same
                for ticket in self._at_work:
                    ticket.failed(error)
            self._at_work = []

    def _batch(self) -> bool:
        """Takes the first that is waited for and those that agree with it; False where it is to end."""
        with self._changed:
            while True:
                self._waiting = deque(ticket for ticket in self._waiting if not ticket.left.is_set())
                if self._ends or self._waiting:
                    break
                self._changed.wait()
            if self._ends:
                return False
            model, kind = self._waiting[0].model, self._waiting[0].kind
            alike = [ticket for ticket in self._waiting if ticket.model is model and ticket.kind == kind]
            most = min(ticket.most for ticket in alike)
            self._at_work = alike[: min(most, model.together.get(kind, most))]
            self._waiting = deque(ticket for ticket in self._waiting if ticket not in self._at_work)
            return True


_devices: dict[str, Device] = {}
_lock = threading.Lock()


def device_of(name: str) -> Device:
    """The one of that name: all engines of this process share it."""
    with _lock:
        if name not in _devices:
            _devices[name] = Device(name, make)
            atexit.register(_devices[name].end)
        return _devices[name]
