"""Where pictures are on their way, or did not come beside others."""

from __future__ import annotations

import contextlib
import threading

import pytest

from r9s_notebook import R9S
from r9s_notebook.archive.cell import Cell
from r9s_notebook.history import Store
from r9s_notebook.pictures.asking import answer
from r9s_notebook.pictures.source import questions_of
from r9s_notebook.session.session import Session
from r9s_notebook.widgets.stage import Stage
from tests.client.loopback import B64, COMPLETED, END, Loopback, chunk, http, partial, sse, streaming

BAD = {"error": {"code": "content_filter", "message": "Blocked by the content filter."}}
GOOD = {"b64_json": B64}
DAMAGED = {"b64_json": "iVBORw0KGgoAAAANSUhEUgAAAAEA"}
GONE = {"url": "/gone.png"}


@pytest.fixture
def stage_of(tmp_path):
    """A stage of a lab whose service answers as a function says, with the requests that came there."""
    with contextlib.ExitStack() as stack:
        store = stack.enter_context(Store(tmp_path / "home"))

        def make(handler, **values):
            server = stack.enter_context(Loopback(handler))
            client = stack.enter_context(R9S(api_key="sk-test", server_url=server.url, timeout_ms=20_000))
            cell = Cell(notebook="book.ipynb", id="cell-1", execution="1")
            values = {"prompt": "a boat", "model": "some-model", **values}
            session = Session(client, store, cell=cell, values=values)
            return Stage(session), server

        yield make


def states(stage):
    return [(item["state"], bool(item["v"]), item["retry"]) for item in stage.grid.items]


def ask(stage, name, **fields):
    told = answer(questions_of(stage._slots), {"ask": name, **fields})
    return told.content


def shows(stage, wanted):
    """Waits until the stage shows these states."""
    seen = threading.Event()

    def look(_change=None):
        if states(stage) == wanted:
            seen.set()

    stage.grid.observe(look, "items")
    look()
    assert seen.wait(30), states(stage)


DONE = ("", True, False)
FAILED = ("failed", False, True)


@pytest.mark.parametrize(
    ("data", "n", "shown", "reasons"),
    [
        ([BAD, GOOD], 2, [DONE, FAILED], ["Blocked by the content filter."]),
        ([GOOD, DAMAGED, GOOD], 3, [DONE, DONE, FAILED], ["image"]),
        ([GOOD], 3, [DONE, FAILED, FAILED], ["did not come", "did not come"]),
        ([GOOD, GONE], 2, [DONE, ("failed", False, False)], ["fetch it again"]),
        ([GOOD, GOOD, GOOD], 2, [DONE, DONE, DONE], []),
        ([GOOD], 1, [DONE], []),
    ],
    ids=["refused", "damaged", "fewer", "link", "more", "whole"],
)
def test_a_slot_says_why_its_picture_did_not_come_also_when_the_run_is_opened_again(data, n, shown, reasons, stage_of):
    def handler(wire):
        wire.send(http({"data": data}) if wire.request.method == "POST" else http(b"", 404))

    stage, _server = stage_of(handler, n=n)
    session = stage.session
    session.generate().result(timeout=30)
    for seen in (stage, Stage(Session(session.client, session.store, cell=session.cell))):
        assert states(seen) == shown
        said = [item["mark"] for item in seen.grid.items if item["state"]]
        assert len(said) == len(reasons)
        assert all(reason in mark for reason, mark in zip(reasons, said, strict=True))


def test_retry_asks_for_one_picture_with_the_same_parameters_and_fills_its_slot(stage_of):
    go_on, calls = threading.Event(), []

    def handler(wire):
        calls.append(wire.request.json)
        if len(calls) > 1:
            go_on.wait(20)
        wire.send(http({"data": [GOOD, BAD, BAD] if len(calls) == 1 else [GOOD]}))

    stage, _server = stage_of(handler, n=3, size="512x512", quality="high", extra={"background": "opaque"})
    run = stage.session.generate().result(timeout=30)
    first, second = (item["id"] for item in stage.grid.items if item["retry"])
    assert ask(stage, "retry", id=first) == {}
    assert ask(stage, "retry", id=second) == {}  # it joins the queue
    shows(stage, [DONE, ("running", False, False), ("queued", False, False)])
    assert "error" in ask(stage, "retry", id=first)  # a second press is no second bill
    go_on.set()
    shows(stage, [DONE, DONE, DONE])
    assert calls[1] == calls[2] == {**calls[0], "n": 1}
    assert stage.session.run.id == run.id
    assert len(stage.session.runs) == 3
    ask(stage, "delete", ids=[stage.grid.items[1]["id"]])
    stage._show()
    assert states(stage) == [DONE, FAILED, DONE]


def test_a_retry_that_fails_leaves_its_reason_in_the_slot_and_the_others_as_they_are(stage_of):
    answers = iter([http({"data": [GOOD, BAD]}), http({"error": {"message": "The third shelf is empty."}}, 400)])
    stage, _server = stage_of(lambda wire: wire.send(next(answers)), n=2)
    stage.session.generate().result(timeout=30)
    ask(stage, "retry", id=stage.grid.items[1]["id"])
    shows(stage, [DONE, FAILED])
    stage.session.submit(lambda: None).result(timeout=30)
    assert "The third shelf is empty." in stage.grid.items[1]["mark"]


def test_each_picture_of_a_stream_is_shown_when_it_comes(stage_of):
    rest = threading.Event()

    def handler(wire):
        wire.send(streaming(sse({**partial(), "index": 1}), sse({**COMPLETED, "index": 0}), end=b""))
        rest.wait(20)
        wire.send(chunk(sse({**COMPLETED, "index": 1})) + END)

    stage, _server = stage_of(handler, n=2, extra={"stream": True, "partial_images": 1})
    job = stage.session.generate()
    shows(stage, [("done", True, False), ("preview", True, False)])
    rest.set()
    job.result(timeout=30)
    shows(stage, [DONE, DONE])


def test_a_slot_says_when_it_began_and_that_once(stage_of):
    go_on = threading.Event()

    def handler(wire):
        go_on.wait(20)
        wire.send(http({"data": [GOOD]}))

    stage, _server = stage_of(handler)
    first = stage.session.generate()
    shows(stage, [("running", False, False)])
    (before,) = stage.grid.items
    assert before["since"] > 0
    assert not before["retry"]
    go_on.set()
    first.result(timeout=30)
    shows(stage, [DONE])
    assert stage.grid.items[0]["since"] == 0
