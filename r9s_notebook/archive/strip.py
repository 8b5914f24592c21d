"""The runs of a cell, as its strip shows them."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from r9s_notebook.archive.cell import Place
from r9s_notebook.archive.history import Run
from r9s_notebook.errors import StoreUnavailableError
from r9s_notebook.history import Store

STRIP_LENGTH = 60


def strip(store: Store, place: Place, made_here: Sequence[str]) -> tuple[Run, ...]:
    """The newest runs of a cell, the newest first; other labs and kernels may have added some.

    Args:
        store: Where they are kept.
        place: The cell.
        made_here: The ids of the runs that this lab made, the oldest first.

    Raises:
        HistoryError: The store cannot be read.
    """
    with contextlib.suppress(StoreUnavailableError):  # a full disk can still be read, and whoever writes next is told
        store.settle()  # what a kernel that was killed left under way, it left for ever
    if place.cell_id is not None:
        # A cell keeps its id where the notebook is renamed, and has it in common with that of a copy.
        records = store.runs(cell=place.cell_id, own_to=place.notebook, limit=STRIP_LENGTH)
    else:
        # No front end told which cell this is: what is known to belong here is what was made here.
        made = [store.get(run_id) for run_id in reversed(made_here[-STRIP_LENGTH:])]
        records = [record for record in made if record is not None]
    return tuple(Run.of(record, store) for record in records)
