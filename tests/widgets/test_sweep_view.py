"""A sweep as its page gets it."""

from __future__ import annotations

import threading

import pytest

from r9s_notebook import R9S, History, Studio, sweep
from r9s_notebook.archive.rendering import sweep_html
from r9s_notebook.pictures.asking import answer
from r9s_notebook.server import Faults, create_app
from r9s_notebook.widgets.sweep_view import SweepView, _rows


@pytest.fixture
def client():
    with R9S.offline(create_app(faults=Faults(refused_words=("boat",)))) as client:
        yield client


@pytest.fixture
def view(client, tmp_path, monkeypatch):
    told = []

    def send(self, content, buffers=None):
        getattr(self, "told", told).append((content, buffers))  # a former test's view may tell its last still

    monkeypatch.setattr(SweepView, "send", send)
    with History(tmp_path / "home") as history:
        what = {"animal": ["fox", "boat"], "seed": [1, 2], "size": "256x256"}
        plan = sweep("a {animal}", **what, n=2, client=client, history=history, price=0.5)
        view = SweepView(plan)
        view.told = told
        yield view
        view.close()


def ask(view, name, **fields):
    return answer(view._questions, {"ask": name, **fields}).content


def test_all_is_counted_before_anything_is_sent(view):
    assert view.axes == [{"name": "animal", "values": ["fox", "boat"]}, {"name": "seed", "values": ["1", "2"]}]
    assert (view.calls, view.images) == (4, 2)
    assert (view.progress["waiting"], view.progress["estimate"], view.progress["going"]) == (4, 4.0, False)
    slots = ask(view, "slots")["slots"]
    assert [[item["state"] for item in slot["items"]] for slot in slots] == [["queued"] * 2] * 4
    assert len({item["id"] for slot in slots for item in slot["items"]}) == 8


def test_pictures_stand_in_their_places_and_failures_say_why(view, eventually):
    ask(view, "do", what="start")
    eventually(lambda: view.progress["done"] == 2 and view.progress["failed"] == 2 and not view.progress["going"])
    slots = ask(view, "slots")["slots"]
    assert [item["words"] for slot in slots for item in slot["items"]] == [
        *["fox, 1"] * 2, *["fox, 2"] * 2, *["boat, 1"] * 2, *["boat, 2"] * 2
    ]  # fmt: skip
    first, *_, last = [item for slot in slots for item in slot["items"]]
    assert first["width"] == 256
    assert first["v"]
    assert (last["state"], "content policy" in last["mark"]) == ("failed", True)
    thumbs = ask(view, "thumbs", ids=[first["id"]])["thumbs"]
    assert f"{first['id']}:{first['v']}" in thumbs
    assert view.progress["spent"] == 2.0

    def told():
        changes = [content for content, _ in list(view.told) if content.get("type") == "slots"]
        return {slot["number"] for content in changes for slot in content["slots"]}

    eventually(lambda: told() == {0, 1, 2, 3})


def test_a_rating_is_kept_and_what_needs_a_form_is_not_offered(view, eventually):
    ask(view, "do", what="start")
    eventually(lambda: not view.progress["going"] and view.progress["done"] == 2)
    first = ask(view, "slots")["slots"][0]["items"][0]
    assert ask(view, "mark", ids=[first["id"]], rating=5) == {}
    assert ask(view, "slots")["slots"][0]["items"][0]["rating"] == 5
    assert "error" in ask(view, "use", id=first["id"])
    assert "seed" in ask(view, "words", id=first["id"])["code"]


def test_a_retry_sends_the_failed_ones(view, eventually):
    ask(view, "do", what="start")
    eventually(lambda: not view.progress["going"] and view.progress["failed"] == 2)
    before = len(view.sweep.store)
    ask(view, "do", what="retry")
    eventually(lambda: len(view.sweep.store) == before + 2 and not view.progress["going"])


@pytest.mark.parametrize("rubbish", [{}, {"what": "format the disk"}, {"from": "x"}, {"from": -3}, {"what": None}])
def test_rubbish_starts_nothing(view, rubbish):
    for name in ("do", "slots"):
        ask(view, name, **rubbish)
    assert view.progress["waiting"] == 4


def test_without_a_kernel_it_is_a_table(view, eventually):
    ask(view, "do", what="start")
    eventually(lambda: not view.progress["going"] and view.progress["done"] == 2)
    page = sweep_html(_rows(view.sweep), ["animal", "seed"], most=3)
    assert page.count("<img ") == 3
    assert "and 1 more picture" in page
    assert "<th>1</th><th>2</th>" in page
    assert page.count("<small>failed</small>") == 2


def test_in_a_lab_a_picture_of_it_is_edited_and_made_once_more(tmp_path, eventually):
    with R9S.offline() as client:
        lab = Studio(client, history=tmp_path, prompt="a {red|green} fox", size="256x256")
        lab.session.press().result(60)
        view = lab._stage._sweep
        pictures = [item["id"] for slot in ask(view, "slots")["slots"] for item in slot["items"]]
        assert {"edit", "again"} <= set(view.abilities)
        ask(view, "edit", id=pictures[1])
        assert lab.session.source.run_id == lab.session.sweep.slots[1].run_id
        lab.session.back_to_newest()
        assert view in lab._stage.children, "the sweep is there still"
        ask(view, "vary", id=pictures[0])
        eventually(lambda: sum(bool(run.images) for run in lab.session.runs) == 3)
        assert sorted(run.prompt for run in lab.history) == ["a green fox", "a red fox", "a red fox"]
        lab.close()


def test_what_was_read_first_is_told_first(view, monkeypatch):
    """Or a slot that has ended would be under way for ever."""
    tiles, (slot, *_) = SweepView._tiles, view.sweep.slots
    is_reading, goes_on = threading.Event(), threading.Event()

    def hesitating(self, slot, run):
        read = tiles(self, slot, run)
        if self is view and not is_reading.is_set():  # another test's may tell its last still
            is_reading.set()
            assert goes_on.wait(60)
        return read

    def tell(state):
        slot.state = state
        view._changed.add(slot.number)
        thread = threading.Thread(target=view._tell)
        thread.start()
        return thread

    monkeypatch.setattr(SweepView, "_tiles", hesitating)
    first = tell("running")
    assert is_reading.wait(60)
    second = tell("cancelled")
    second.join(0.3)  # long enough to tell, where nothing holds it up
    goes_on.set()
    for thread in (first, second):
        thread.join(60)
    told = [content["slots"][0]["items"][0]["state"] for content, _buffers in view.told if content.get("slots")]
    assert told == ["running", "cancelled"]
