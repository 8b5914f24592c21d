"""A mask's steps, and the rasters remembered along them.

Masks that grow out of one another share their steps: each step knows the one before it, so a further stroke costs one
stroke, and undo is the step before. A raster is remembered with its step while the ledger has room; a step that has
lost its raster is drawn again from the nearest one before it that has one.
"""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict

import numpy as np

from r9s_notebook.imaging.drawing import draw
from r9s_notebook.imaging.operations import Operation
from r9s_notebook.imaging.raster import Pixels

LEDGER_BYTES = 96 * 1024 * 1024
"""All remembered rasters together, beyond the newest one: 96 masks of 1024x1024."""
_STRIDE = 64
"""While a long mask is drawn, a raster is remembered at every step whose number divides by this: undo costs no more."""


class Step:
    """One operation, after the steps before it. ``depth`` counts from 0, the blank picture, which has no operation."""

    __slots__ = ("__weakref__", "before", "depth", "operation", "pixels", "size")

    def __init__(self, size: tuple[int, int], before: Step | None = None, operation: Operation | None = None) -> None:
        self.size = size
        self.before = before
        self.operation = operation
        self.depth: int = 0 if before is None else before.depth + 1
        self.pixels: Pixels | None = None

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

    def raster(self) -> Pixels:
        """The pixels after this step, read-only, 255 = edit."""
        remembered = self.pixels
        if remembered is None:
            remembered = _draw(self)
        _ledger.remember(self, remembered)
        return remembered


def remembered_bytes() -> int:
    """How much memory all remembered rasters take together."""
    return _ledger.bytes


def _draw(step: Step) -> Pixels:
    missing: list[Step] = []
    start: Step | None = step
    known: Pixels | None = None
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
        milestone = each.depth % _STRIDE == 0 or each is step.before  # an undo away, and the likeliest place to go
        if milestone and each.depth and 16 * pixels.nbytes <= LEDGER_BYTES:
            draw(pixels, batch)
            batch.clear()
            _ledger.remember(each, _frozen(pixels.copy()))
    draw(pixels, batch)
    return _frozen(pixels)


def _frozen(pixels: Pixels) -> Pixels:
    pixels.flags.writeable = False
    return pixels


class _Ledger:
    """Which steps hold a raster, oldest use first; the oldest lose theirs when all together are too large.

    Steps are held weakly: when a mask is gone, so are its rasters.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self.bytes = 0
        self._entries: OrderedDict[int, tuple[weakref.ref[Step], int]] = OrderedDict()
        self._lock = threading.RLock()  # a step may be collected, and forgotten, while this thread holds the lock

    def remember(self, step: Step, pixels: Pixels) -> None:
        key = id(step)
        with self._lock:
            step.pixels = pixels
            if key in self._entries:
                self._entries.move_to_end(key)
                return
            self._entries[key] = weakref.ref(step, lambda _: self._forget(key)), pixels.nbytes
            self.bytes += pixels.nbytes
            while self.bytes > self._capacity and len(self._entries) > 1:
                oldest = self._entries[next(iter(self._entries))][0]()
                if oldest is not None:
                    oldest.pixels = None
                    self._forget(id(oldest))
                else:
                    self._forget(next(iter(self._entries)))

    def _forget(self, key: int) -> None:
        with self._lock:
            entry = self._entries.pop(key, None)
            if entry is not None:
                self.bytes -= entry[1]


_ledger = _Ledger(LEDGER_BYTES)
