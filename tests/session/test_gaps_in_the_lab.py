"""Gaps of the prompt in the lab: noticed, filled, sent as one batch or drawn; never sent as they stand."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from r9s_notebook import Mask, errors
from r9s_notebook.history import NewRun, Store
from r9s_notebook.session import sweep_batches
from r9s_notebook.session.lists import Lists

ANIMALS = Lists({"animals": ["fox", "owl"]})


@pytest.fixture
def make(make_session):
    def make(**values):
        session = make_session(size="256x256", **values)
        session.lists = ANIMALS
        session.count()
        return session

    return make


def test_every_combination_is_sent_as_one_batch(make, store):
    session = make(prompt="a {colour} __animals__")
    assert (session.offered, session.calls) == ({"colour": (), "animals": ["fox", "owl"]}, 0)
    session.fillings = {"colour": "red, green, blue"}
    assert session.calls == 6
    session.press()
    runs = store.runs()
    assert sorted(run.prompt for run in runs) == sorted(
        f"a {c} {a}" for c in ("red", "green", "blue") for a in ("fox", "owl")
    )
    assert {(run.template, run.cell_id) for run in runs} == {("a {colour} __animals__", "cell-1")}
    assert len({run.batch for run in runs}) == 1
    assert [run.id for run in session.runs] == [run.id for run in runs]
    assert session.status == "6 of 6 calls done."
    session.press()
    assert len({run.batch for run in store.runs()}) == 2


def test_what_a_kernels_end_cut_off_goes_on_and_sends_nothing_twice(make, store, monkeypatch):
    session = make(prompt="a {red|green|blue} fox")
    session.press()
    batch = session.sweep.batch
    first, second, third = reversed(store.runs())
    store.delete(second.id)
    store.delete(third.id)
    lost = store.begin(NewRun(prompt=second.prompt, batch=batch, variables=second.variables))
    store._end(lost.id, "interrupted", None, None)
    monkeypatch.setattr(sweep_batches, "_labs_batches", set())  # another process
    again = make(prompt="a {red|green|blue} fox")
    again.press()
    assert again.sweep.batch == batch
    assert again.sweep.counts == {"done": 2, "failed": 1}  # what may have been billed is sent by Retry only
    assert [run.prompt for run in again.sweep.runs] == [first.prompt, third.prompt]
    assert len(store.runs()) == 3
    again.press()
    assert again.sweep.batch != batch
    assert again.sweep.counts == {"done": 3}


def test_what_was_deleted_is_not_taken_for_cut_off(make, store, monkeypatch):
    make(prompt="a {red|green} fox").press()
    store.delete(store.runs()[0].id)
    monkeypatch.setattr(sweep_batches, "_labs_batches", set())
    again = make(prompt="a {red|green} fox")
    again.press()
    assert again.sweep.counts == {"done": 2}
    assert len(store.runs()) == 3


@pytest.mark.parametrize("act", ["press", "generate", "start_sweep"])
def test_a_gap_without_a_value_is_never_sent(make, store, act):
    session = make(prompt="a {animal}")
    with pytest.raises(errors.InputError):
        getattr(session, act)().result()
    assert "{animal} in the prompt has no value" in session.status
    assert store.runs() == []


def test_what_the_button_did_not_say_is_not_sent(make, store):
    session = make(prompt="a {red|green} fox")
    assert session.press("Generate") is None
    assert "Start 2 calls" in session.status
    assert store.runs() == []
    session.press("Start 2 calls")
    assert len(store.runs()) == 2


def test_one_can_be_drawn_and_what_was_chosen_is_kept(make, store):
    session = make(prompt="a {red|green} __animals__")
    session.draws = True
    assert session.calls == 0
    run = session.press("Generate").result()
    assert run.template == "a {red|green} __animals__"
    assert run.prompt == f"a {run.variables['red|green']} {run.variables['animals']}"
    session.extra = {"seed": run.variables["drawn by seed"]}
    assert session.press().result().prompt == run.prompt
    assert [one.batch for one in store.runs()] == [None, None]


def test_what_is_meant_is_sent_and_comes_back_as_it_was(make):
    session = make(prompt="a {{animal}} {x:1}")
    run = session.press().result()
    assert (run.prompt, run.template) == ("a {animal} {x:1}", "a {{animal}} {x:1}")
    session.prompt = ""
    session.restore(run)
    assert session.press().result().prompt == run.prompt


def test_a_gap_that_is_called_as_a_parameter_is_refused(make, store):
    session = make(prompt="a {size} fox")
    session.fillings = {"size": "big, small"}
    with pytest.raises(errors.InputError, match="call the gap otherwise"):
        session.press().result()
    assert store.runs() == []


def test_an_edit_varies_too_under_its_mask(make, store):
    session = make(prompt="a cat")
    first = session.press().result()
    session.edit_image()
    session.mask = Mask.blank(*session.source.size).rect(0, 0, 99, 99)
    session.prompt = "a {red|green} hat"
    session.press()
    edits = store.runs(kind="edit")
    assert [(run.parent, bool(run.mask)) for run in edits] == [(first.id, True)] * 2


def test_the_draft_keeps_the_values(make, make_session):
    session = make()
    session.prompt, session.fillings, session.draws = "a {animal}", {"animal": "fox, owl"}, True
    again = make_session(size="256x256")
    assert (again.prompt, again.fillings, again.draws) == ("a {animal}", {"animal": "fox, owl"}, True)


def test_the_code_makes_the_same_calls(make, tmp_path):
    session = make(prompt="a {red|green} {animal}")
    session.fillings = {"animal": "fox"}
    script = tmp_path / "script.py"
    script.write_text(session.code())
    env = {**os.environ, "R9S_NOTEBOOK_HOME": str(tmp_path / "other")}
    subprocess.run([sys.executable, str(script)], check=True, env=env, timeout=120)
    with Store(tmp_path / "other") as other:
        assert sorted(run.prompt for run in other.runs()) == ["a green fox", "a red fox"]
