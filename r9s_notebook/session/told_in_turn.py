"""State that several threads change, and whose observers are told of one change at a time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import traitlets as t


class _Held(threading.local):
    def __init__(self) -> None:
        self.turns: list[Turn] = []


_held = _Held()


class Turn:
    """A lock that a thread may take again, and that it gives away while it waits for a job; see ``let_others``."""

    def __init__(self) -> None:
        self.lock: Any = threading.RLock()

    def __enter__(self) -> None:
        self.lock.acquire()
        _held.turns.append(self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        _held.turns.pop()
        self.lock.release()


@contextlib.contextmanager
def let_others() -> Iterator[None]:
    """Gives away every ``Turn`` that this thread has: an observer may wait for a job, and the job tells how it goes."""
    locks = [turn.lock for turn in dict.fromkeys(_held.turns)]
    # As threading.Condition does with a lock that was taken several times.
    states = [(lock, lock._release_save()) for lock in reversed(locks)]
    try:
        yield
    finally:
        for lock, state in reversed(states):
            lock._acquire_restore(state)


class ToldInTurn(t.HasTraits):
    """Traits whose observers never run on two threads at once.

    What shows the state reads it and draws it. Where two threads did so at once, the older drawing could be the one
    that stays. And traitlets loses notifications where two threads hold them back (``hold_trait_notifications``).
    """

    changing: Turn

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """With its lock, which the first trait that is set needs."""
        made = super().__new__(cls, *args, **kwargs)
        made.changing = Turn()
        return made

    @contextlib.contextmanager
    def hold_trait_notifications(self) -> Iterator[None]:
        """As traitlets does; other threads wait meanwhile with what they have to tell."""
        with self.changing, super().hold_trait_notifications():
            yield

    def _notify_trait(self, name: str, old_value: Any, new_value: Any) -> None:
        with self.changing:
            super()._notify_trait(name, old_value, new_value)
