from __future__ import annotations

import pytest

from r9s_notebook import R9S
from r9s_notebook.archive.cell import Place
from r9s_notebook.history import Store
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import InlineWorker

CELL = Place(notebook="book.ipynb", cell_id="cell-1", execution="1")


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

    def make(client=client, place=CELL, worker=None, **values):
        return Session(client, store, place=place, worker=worker or InlineWorker(), values=values)

    return make
