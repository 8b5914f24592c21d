from __future__ import annotations

import pytest

from r9s_notebook import R9S
from r9s_notebook.archive.cell import Cell
from r9s_notebook.history import Store
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import ThreadWorker
from r9s_notebook.widgets.stage import Stage
from r9s_notebook.widgets.sweep_view import SweepView


@pytest.fixture
def session(tmp_path):
    with R9S.offline() as client, Store(tmp_path / "home") as store:
        cell = Cell("book.ipynb", "cell-1", "1")
        yield Session(client, store, cell=cell, worker=ThreadWorker(), values={"size": "256x256"})


def shown(stage):
    return next(part for part in stage.children if part is stage.grid or isinstance(part, SweepView))


def press(session, prompt):
    session.prompt = prompt
    session.press().result(timeout=60)


def test_a_sweep_stands_on_the_stage_until_another_run_is_looked_at_or_sent(session):
    stage = Stage(session)
    press(session, "a cat")
    assert shown(stage) is stage.grid
    press(session, "a {red|green} fox")
    view = shown(stage)
    assert view._progress()["done"] == 2
    session.look(session.runs[-1])
    assert shown(stage) is stage.grid
    session.back_to_newest()
    assert shown(stage) is view
    press(session, "an owl")
    assert shown(stage) is stage.grid
    assert view.comm is None
    stage.close()
