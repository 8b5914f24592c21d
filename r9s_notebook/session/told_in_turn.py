"""State that several threads change, and whose observers are told of one change at a time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

import traitlets as t


class ToldInTurn(t.HasTraits):
    """Traits whose observers never run on two threads at once.

    What shows the state reads it and draws it. Where two threads did so at once, the older drawing could be the one
    that stays. And traitlets loses notifications where two threads hold them back (``hold_trait_notifications``).
    An observer must not wait for another thread that changes the same state.
    """

    changing: threading.RLock

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """With its lock, which the first trait that is set needs."""
        made = super().__new__(cls, *args, **kwargs)
        made.changing = threading.RLock()
        return made

    @contextlib.contextmanager
    def hold_trait_notifications(self) -> Iterator[None]:
        """As traitlets does; other threads wait meanwhile with what they have to tell."""
        with self.changing, super().hold_trait_notifications():
            yield

    def _notify_trait(self, name: str, old_value: Any, new_value: Any) -> None:
        with self.changing:
            super()._notify_trait(name, old_value, new_value)
