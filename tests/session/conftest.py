from __future__ import annotations

import pytest

from r9s_notebook import R9S
from r9s_notebook.archive.cell import Cell
from r9s_notebook.history import Store
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import InlineWorker

CELL = Cell(notebook="book.ipynb", id="cell-1", execution="1")


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "home")
    yield store
    store.close()


@pytest.fixture
def client():
    with R9S.offline() as client:
        yield client


@pytest.fixture
def make_session(client, store):
    """Sessions on the embedded API whose work is done before ``generate`` returns."""

    def make(client=client, cell=CELL, worker=None, **values):
        return Session(client, store, cell=cell, worker=worker or InlineWorker(), values=values)

    return make
