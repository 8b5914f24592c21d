from __future__ import annotations

import sys
import threading

import pytest

from r9s_notebook import R9S
from r9s_notebook.archive.cell import Cell
from r9s_notebook.history import Store
from r9s_notebook.pictures.image_grid import ImageGrid
from r9s_notebook.pictures.tiles import id_of
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


def test_what_comes_while_the_stage_is_drawn_is_what_is_shown(session, monkeypatch):
    """One thread draws what another one has just replaced."""
    stage, show = Stage(session), ImageGrid.show
    press(session, "a cat")
    press(session, "an owl")
    session.look(session.runs[1])
    is_drawing, goes_on = threading.Event(), threading.Event()

    def hesitating(grid, tiles, *rest, **more):
        if grid is stage.grid and not is_drawing.is_set():
            is_drawing.set()
            assert goes_on.wait(60)
        show(grid, tiles, *rest, **more)

    monkeypatch.setattr(ImageGrid, "show", hesitating)
    drawing = threading.Thread(target=lambda: setattr(session, "failure", "The shelf is empty."))
    drawing.start()
    assert is_drawing.wait(60)
    coming = threading.Thread(target=session.back_to_newest)
    coming.start()
    coming.join(0.3)  # long enough to draw, where nothing holds it up
    goes_on.set()
    for thread in (drawing, coming):
        thread.join(60)
    assert session.run.prompt == "an owl"
    assert [item["id"] for item in stage.grid.items] == [id_of(session.run.images[0])]
    stage.close()


def test_no_dollar_is_lost_between_two_threads(session):
    def spend():
        for _ in range(20_000):
            session._spend(0.25)

    threads = [threading.Thread(target=spend) for _ in range(4)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    finally:
        sys.setswitchinterval(interval)
    assert session.spent == 20_000
