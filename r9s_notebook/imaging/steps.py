"""A mask's steps, and the rasters remembered along them.

Masks that grow out of one another share their steps: each step knows the one before it, so a further stroke costs one
stroke, and undo is the step before. A raster is remembered with its step while the ledger has room; a step that has
lost its raster is drawn again from the nearest one before it that has one.
"""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from r9s_notebook.imaging.operations import Operation, draw
from r9s_notebook.imaging.raster import Raster

LEDGER_BYTES = 96 * 1024 * 1024
"""All remembered rasters together: 96 masks of 1024x1024."""
_AT_LEAST = 3
"""So many are remembered however large they are: a mask, what is put on it, and what comes of it."""
_STRIDE = 32
"""While a long mask is drawn, a raster is remembered at every so many steps: going back never costs more than these."""


_Shelf: TypeAlias = "OrderedDict[int, tuple[weakref.ref[Step], int]]"


class Step:
    """One operation, after the steps before it. ``depth`` counts from 0, the blank picture, which has no operation."""

    __slots__ = ("__weakref__", "before", "depth", "operation", "pixels", "size")

    def __init__(self, size: tuple[int, int], before: Step | None = None, operation: Operation | None = None) -> None:
        self.size: tuple[int, int] = size
        self.before: Step | None = before
        self.operation: Operation | None = operation
        self.depth: int = 0 if before is None else before.depth + 1
        self.pixels: Raster | None = None

    @property
    def is_milestone(self) -> bool:
        """Its raster is remembered even while only later steps are asked for."""
        return self.depth > 0 and self.depth % _STRIDE == 0

    def then(self, operation: Operation) -> Step:
        """The step that does ``operation`` after this one."""
        return Step(self.size, self, operation)

    def operations(self) -> tuple[Operation, ...]:
        """Everything done so far, oldest first."""
        done: list[Operation] = []
        step: Step | None = self
        while step is not None:
            if step.operation is not None:
                done.append(step.operation)
            step = step.before
        return tuple(reversed(done))

    def raster(self) -> Raster:
        """The pixels after this step, read-only, 255 = edit."""
        remembered = self.pixels
        if remembered is None:
            remembered = _draw(self)
        _ledger.remember(self, remembered)
        return remembered

    def keep(self, pixels: Raster) -> None:
        """Remembers the raster of this step, which is at hand already and now belongs to it."""
        _ledger.remember(self, _frozen(pixels))


def rebased(steps: Sequence[Step], old: Step, new: Step) -> list[Step]:
    """The same steps on top of ``new`` in place of ``old``, which has the same pixels; others stay as they are."""
    known = {id(old): new}  # all are alive while their descendants are
    result: list[Step] = []
    for step in steps:
        missing: list[Step] = []
        at: Step | None = step
        while at is not None and at.depth > old.depth and id(at) not in known:
            missing.append(at)
            at = at.before
        if id(at) not in known:
            result.append(step)  # not made from the old one
            continue
        for each in reversed(missing):
            known[id(each)] = _moved(each, known[id(each.before)])
        result.append(known[id(step)])
    return result


def _moved(step: Step, before: Step) -> Step:
    moved = Step(step.size, before, step.operation)
    pixels = step.pixels
    if pixels is not None:
        moved.keep(pixels)
    return moved


def remembered_bytes() -> int:
    """How much memory all remembered rasters take together."""
    return _ledger.bytes


def _draw(step: Step) -> Raster:
    missing: list[Step] = []
    start: Step | None = step
    known: Raster | None = None
    while start is not None and (known := start.pixels) is None:
        missing.append(start)
        start = start.before
    missing.reverse()
    width, height = step.size
    pixels = np.zeros((height, width), dtype=np.uint8) if known is None else known.copy()
    batch: list[Operation] = []
    for each in missing:
        if each.operation is not None:
            batch.append(each.operation)
        if each.is_milestone and each is not step and 16 * pixels.nbytes <= LEDGER_BYTES:
            draw(pixels, batch)
            batch.clear()
            _ledger.remember(each, _frozen(pixels.copy()))
    draw(pixels, batch)
    return _frozen(pixels)


def _frozen(pixels: Raster) -> Raster:
    pixels.flags.writeable = False
    return pixels


class _Ledger:
    """Which steps hold a raster. When all together are too large, the one longest out of use loses its own.

    Milestones are the last to go, since every step after them is drawn from them. Steps are held weakly: when a mask is
    gone, so are its rasters.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.bytes = 0
        self._recent: _Shelf = OrderedDict()
        self._milestones: _Shelf = OrderedDict()
        self._lock = threading.RLock()  # a step may be collected, and forgotten, while this thread holds the lock

    def remember(self, step: Step, pixels: Raster) -> None:
        key, shelf = id(step), self._milestones if step.is_milestone else self._recent
        with self._lock:
            step.pixels = pixels
            if key in shelf:
                shelf.move_to_end(key)
                return
            shelf[key] = weakref.ref(step, lambda _: self._forget(key, shelf)), pixels.nbytes
            self.bytes += pixels.nbytes
            while self.bytes > self.capacity and len(self._recent) + len(self._milestones) > _AT_LEAST:
                # The newest may be alone on its shelf; it stays, and the other shelf gives.
                alone = not self._recent or (shelf is self._recent and len(self._recent) == 1)
                self._drop_oldest(self._milestones if alone else self._recent)

    def _drop_oldest(self, shelf: _Shelf) -> None:
        key, (held, _) = next(iter(shelf.items()))
        oldest = held()
        if oldest is not None:
            oldest.pixels = None
        self._forget(key, shelf)

    def _forget(self, key: int, shelf: _Shelf) -> None:
        with self._lock:
            entry = shelf.pop(key, None)
            if entry is not None:
                self.bytes -= entry[1]


_ledger = _Ledger(LEDGER_BYTES)
