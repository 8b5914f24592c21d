"""Undo and redo, as a value: masks that were, the mask that is, masks that can come back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from r9s_notebook.imaging.mask import Mask, shortened

UNDO_LIMIT = 500
"""How many steps can be undone. A mask shares its operations with the one before it, so that a step costs little."""


@dataclass(frozen=True, slots=True)
class History:
    """The painter's masks in time.

    What happened before all that can be undone becomes one raster now and then: a mask that somebody paints on all day
    has at most about twice as many operations as can be undone. Its pixels are the same, and so are its PNG's bytes.

    Attributes:
        done: Oldest first; the last one is the mask that is shown. Never empty.
        undone: What redo brings back, the next one first.
        limit: How many steps can be undone.
    """

    done: tuple[Mask, ...]
    undone: tuple[Mask, ...] = ()
    limit: int = UNDO_LIMIT

    @property
    def current(self) -> Mask:
        """The mask that is shown."""
        return self.done[-1]

    @property
    def steps(self) -> int:
        """How many steps can be undone."""
        return len(self.done) - 1

    def push(self, mask: Mask) -> History:
        """One step further; what was undone is gone."""
        return replace(self, done=shortened((*self.done, mask)[-self.limit - 1 :], self.limit), undone=())

    def amend(self, mask: Mask) -> History:
        """The last step, otherwise."""
        return replace(self, done=(*self.done[:-1], mask), undone=())

    @property
    def before(self) -> Mask:
        """The mask before the last step."""
        return self.done[-2] if self.steps else self.current

    def undo(self) -> History:
        """One step back, or the same history where there is none."""
        if not self.steps:
            return self
        return replace(self, done=self.done[:-1], undone=(self.current, *self.undone))

    def redo(self) -> History:
        """One step forward again, or the same history where there is none."""
        if not self.undone:
            return self
        return replace(self, done=(*self.done, self.undone[0]), undone=self.undone[1:])
