"""Sessions for the tests of what shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from r9s_notebook import R9S
from r9s_notebook.archive.cell import Cell
from r9s_notebook.history import Store
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import InlineWorker


@contextmanager
def sessions(home: Path) -> Iterator[Callable[..., Session]]:
    """Makes sessions of one cell whose work is done before ``generate`` returns; on the embedded API if not told."""
    with R9S.offline() as offline, Store(home) as store:

        def make(client: Any = None, **values: Any) -> Session:
            cell = Cell("book.ipynb", "cell-1", "1")
            return Session(client or offline, store, cell=cell, worker=InlineWorker(), values=values)

        yield make
