"""The calls of a sweep, and what came of each: read from the history, where pictures are."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, overload

from r9s_notebook.archive.runs import SHOWN, Run, Runs
from r9s_notebook.errors import RunGoneError
from r9s_notebook.history import Store
from r9s_notebook.session.planning import Call
from r9s_notebook.session.request import Request
from r9s_notebook.suggestions import Strict

_AT_ONCE = 100  # runs that are read
State = Literal["waiting", "running", "done", "failed", "cancelled"]


class Reader:
    """Reads runs, and holds nothing open for it where the history was opened for the sweep alone.

    Attributes:
        is_needed: Whether the history is at work: then it stays open.
        is_held: Whether somebody shows it: likewise.
    """

    def __init__(self, store: Store, let_go: Callable[[], object]) -> None:
        self._store, self._let_go = store, let_go
        self.is_needed: Callable[[], bool] = lambda: False
        self.is_held = False

    def get(self, run_id: str) -> Run | None:
        """The run of this id; None where it was deleted."""
        return next(self.all([run_id]))

    def all(self, ids: Iterable[str]) -> Iterator[Run | None]:
        """The runs of these ids; None for one that was deleted."""
        left = iter(ids)
        while some := list(itertools.islice(left, _AT_ONCE)):
            try:
                records = [self._store.get(run_id) for run_id in some]
            finally:
                if not self.is_held and not self.is_needed():
                    self._let_go()
            yield from (None if record is None else Run.of(record, self._store) for record in records)


@dataclass(eq=False)
class Slot(Strict):
    """One call of a sweep. Pictures are not held but read from the history.

    Attributes:
        number: Its place in the sweep, from 0.
        call: What is sent, to which client, and what it has of what varies.
        history: Reads its run.
        state: ``"waiting"``, ``"running"``, ``"done"``, ``"failed"`` or ``"cancelled"``.
        sent: Whether it was handed to the service; what was is not sent again but by ``retry()``.
        run_id: Of its run, once it has begun.
        error: Why it did not succeed, once it failed or was cancelled.
        began: Seconds of a clock that only goes forward, when it was begun.
        cost: In US dollars, where it is known.
    """

    number: int
    call: Call
    history: Reader = field(repr=False)
    state: State = "waiting"
    sent: bool = False
    run_id: str | None = None
    error: BaseException | None = None
    began: float = 0.0
    cost: float | None = None

    @property
    def request(self) -> Request:
        """What is sent."""
        return self.call.request

    @property
    def variables(self) -> Mapping[str, Any]:
        """What it has of everything that varies."""
        return self.call.variables

    @property
    def waiting(self) -> bool:
        """Not sent yet, or not ended."""
        return self.state in ("waiting", "running")

    @property
    def run(self) -> Run | None:
        """What came of it, once it succeeded; None where it did not, or was deleted since."""
        return self.history.get(self.run_id) if self.state == "done" and self.run_id else None


class SweepRuns(Sequence[Run]):
    """The runs of a sweep that succeeded, in its order, each read when it is asked for."""

    def __init__(self, history: Reader, ids: Sequence[str]) -> None:
        self._history, self._ids = history, ids

    def __iter__(self) -> Iterator[Run]:
        return (run for run in self._history.all(self._ids) if run is not None)

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Run: ...
    @overload
    def __getitem__(self, index: slice) -> SweepRuns: ...
    def __getitem__(self, index: int | slice) -> Run | SweepRuns:
        if isinstance(index, slice):
            return SweepRuns(self._history, self._ids[index])
        run = self._history.get(self._ids[index])
        if run is None:
            raise RunGoneError(f"The run {self._ids[index]} was deleted.")
        return run

    def __repr__(self) -> str:
        return f"<SweepRuns: {len(self)}>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        return Runs(self[:SHOWN])._repr_mimebundle_()
