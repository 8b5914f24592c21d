from __future__ import annotations

import pytest

from r9s_notebook import R9S
from r9s_notebook.archive.cell import Cell
from r9s_notebook.history import Store
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import InlineWorker


@pytest.fixture
def make_session(tmp_path):
    """Sessions whose work is done before ``generate`` returns; on the embedded API unless a client is given."""
    store, offline = Store(tmp_path / "home"), R9S.offline()

    def make(client=None, **values):
        cell = Cell("book.ipynb", "cell-1", "1")
        return Session(client or offline, store, cell=cell, worker=InlineWorker(), values=values)

    with offline:
        yield make
    store.close()
