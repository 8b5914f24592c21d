from __future__ import annotations

import pytest

from r9s_notebook import R9S, History, errors, sweep
from r9s_notebook.offline import Misbehaviour, create_app
from r9s_notebook.session.worker import ThreadWorker


@pytest.fixture
def history(store):
    return History(store=store)


def test_a_template_and_parameters_are_counted_before_anything_is_sent(client, history):
    plan = sweep(
        "a {animal} in {place}", animal=["cat", "owl"], place=("Rome", "rain"), size=["256x256", "512x512"],
        client=client, history=history,
    )  # fmt: skip
    assert len(plan) == 8
    assert len(history) == 0
    assert [slot.request.prompt for slot in plan][::2] == [
        "a cat in Rome", "a cat in rain", "a owl in Rome", "a owl in rain"
    ]  # fmt: skip


def test_every_slot_is_a_run_of_its_own_and_remembers_its_template(client, history):
    plan = sweep("a {animal}", animal=["cat", "owl"], size="256x256", client=client, history=history)
    runs = plan.start().result(timeout=60)
    assert [run.prompt for run in runs] == ["a cat", "a owl"]
    assert {run.template for run in runs} == {"a {animal}"}
    assert len({run.batch for run in runs}) == 1
    assert len(history) == 2


def test_one_failure_does_not_take_the_others_and_can_be_sent_again(history):
    app = create_app(misbehaviour=Misbehaviour(refused_words=("forbidden",)))
    with R9S.offline(app) as client:
        plan = sweep(["a cat", "a forbidden cat", "an owl"], size="256x256", client=client, history=history)
        runs = plan.start().result(timeout=60)
        assert [run.prompt for run in runs] == ["a cat", "an owl"]
        assert [slot.request.prompt for slot in plan.failed] == ["a forbidden cat"]
        plan.retry().result(timeout=60)
    assert [run.prompt for run in history].count("a cat") == 1
    assert [run.prompt for run in history].count("a forbidden cat") == 2


def test_cancelling_keeps_what_was_finished(history):
    app = create_app(misbehaviour=Misbehaviour(latency=0.2))
    with R9S.offline(app) as client:
        plan = sweep("a cat", seed=range(40), size="256x256", client=client, history=history, worker=ThreadWorker())
        job = plan.start()
        plan.on_slot(lambda _slot: job.cancel())
        with pytest.raises(BaseException):  # noqa: B017, PT011 - a cancelled job raises its CancelledError
            job.result(timeout=60)
    assert 1 <= len(plan.runs) < 40
    assert all(run.images[0].path.exists() for run in plan.runs)


def test_a_sweep_too_large_is_refused_with_its_number(client, history):
    with pytest.raises(errors.InputError, match="1600 calls"):
        sweep("x", seed=range(40), n=[1] * 40, client=client, history=history)


def test_a_call_that_the_model_would_refuse_is_refused_before_the_first_is_sent(client, history):
    with pytest.raises(errors.InputError, match="size"):
        sweep("x", model="dall-e-3", size=["1024x1024", "7x7"], client=client, history=history)
    assert len(history) == 0
