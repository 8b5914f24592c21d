from __future__ import annotations

import base64
import csv
import itertools
import json
import logging
import os
import subprocess
import sys
import threading
from concurrent.futures import CancelledError
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import psutil
import pytest
from PIL import Image

from r9s_notebook import R9S, History, Mask, errors, sweep
from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.importing import new_image
from r9s_notebook.history import NewRun
from r9s_notebook.parameters import GENERATION
from r9s_notebook.server import Asked, Faults, Job, Refusal, create_app
from r9s_notebook.session import pace, perform
from r9s_notebook.session.worker import ThreadWorker
from tests.archive._history_help import picture
from tests.client.loopback import Loopback, always, http
from tests.engines.conftest import OneColour


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


def test_the_history_has_a_sweeps_runs_in_the_sweeps_order(client, history, monkeypatch):
    begin, overtaken = history.store.begin, threading.Event()

    def held_up(new, **how):
        if new.prompt == "a cat":
            assert overtaken.wait(60)  # by the owl, whose row is on disk before the cat's
        run = begin(new, **how)
        overtaken.set()
        return run

    monkeypatch.setattr(history.store, "begin", held_up)
    sweep("a {animal}", animal=["cat", "owl"], size="256x256", client=client, history=history).start().result(
        timeout=60
    )
    assert [run.prompt for run in history] == ["a owl", "a cat"]


def test_one_failure_does_not_take_the_others_and_can_be_sent_again(history):
    app = create_app(faults=Faults(refused_words=("forbidden",)))
    with R9S.offline(app) as client:
        plan = sweep(["a cat", "a forbidden cat", "an owl"], size="256x256", client=client, history=history)
        runs = plan.start().result(timeout=60)
        assert [run.prompt for run in runs] == ["a cat", "an owl"]
        assert [slot.request.prompt for slot in plan.failed] == ["a forbidden cat"]
        plan.retry().result(timeout=60)
    assert [run.prompt for run in history].count("a cat") == 1
    assert [run.prompt for run in history].count("a forbidden cat") == 2


def test_cancelling_keeps_what_was_finished(history):
    app = create_app(faults=Faults(latency=0.2))
    with R9S.offline(app) as client:
        plan = sweep("a cat", seed=range(40), size="256x256", client=client, history=history, worker=ThreadWorker())
        job = plan.start()
        plan.on_slot(lambda _slot: job.cancel())
        with pytest.raises(CancelledError):
            job.result(timeout=60)
    assert 1 <= len(plan.runs) < 40
    assert all(run.images[0].path.exists() for run in plan.runs)


@pytest.fixture
def keeps_slowly(monkeypatch):
    """Answers are here, and what is done with them waits: ``came`` has the number of those, ``goes_on`` lets it go."""
    here = SimpleNamespace(came=threading.Semaphore(0), goes_on=threading.Event())

    def slow(data, **said):
        here.came.release()
        assert here.goes_on.wait(60)
        return new_image(data, **said)

    monkeypatch.setattr(perform, "new_image", slow)
    yield here
    here.goes_on.set()


def test_the_service_has_the_next_call_while_a_picture_is_kept_and_not_all_of_them(history, eventually, keeps_slowly):
    engine = Moody(0)
    with R9S.offline(create_app(engine)) as client:
        plan = sweep("white", seed=range(8), client=client, history=history, concurrency=1, worker=ThreadWorker())
        job = plan.start()
        assert keeps_slowly.came.acquire(timeout=60)
        eventually(lambda: engine.asked == 2)
        assert keeps_slowly.came.acquire(timeout=60)
        assert engine.asked == 2  # as many wait to be kept as may be under way, and one more
        assert plan.counts == {"running": 2, "waiting": 6}
        keeps_slowly.goes_on.set()
        assert len(job.result(timeout=60)) == 8


def test_what_was_answered_is_kept_when_the_sweep_is_cancelled_and_not_sent_again(history, keeps_slowly):
    engine = Moody(0)
    with R9S.offline(create_app(engine)) as client:
        plan = sweep("white", seed=range(4), client=client, history=history, concurrency=1, worker=ThreadWorker())
        job = plan.start()
        for _ in range(2):
            assert keeps_slowly.came.acquire(timeout=60)
        job.cancel()
        keeps_slowly.goes_on.set()
        with pytest.raises(CancelledError):
            job.result(timeout=60)
        assert plan.counts == {"done": 2, "waiting": 2}
        assert [run.status for run in history] == ["succeeded"] * 2
        assert len(plan.start().result(timeout=60)) == 4
        assert engine.asked == 4


def test_a_sweep_too_large_is_refused_with_its_number(client, history):
    with pytest.raises(errors.InputError, match="160,000 calls"):
        sweep("x", seed=range(400), n=[1] * 400, client=client, history=history)


def test_a_call_that_the_model_would_refuse_is_refused_before_the_first_is_sent(client, history):
    with pytest.raises(errors.InputError, match="size"):
        sweep("x", model="dall-e-3", size=["1024x1024", "7x7"], client=client, history=history)
    assert len(history) == 0


@pytest.fixture
def slow():
    """The embedded API, slow enough that a second click comes while it works."""
    with R9S.offline(create_app(faults=Faults(latency=0.3))) as client:
        yield client


def test_a_sweep_that_is_started_again_while_it_runs_sends_nothing_twice(slow, history):
    plan = sweep("a {animal}", animal=["cat", "owl"], size="256x256", client=slow, history=history)
    assert plan.start() is plan.start()
    plan.start().result(timeout=60)
    assert len(history) == 2
    assert len(plan.start().result(timeout=60)) == 2
    assert len(history) == 2


def test_a_retry_while_the_sweep_runs_sends_nothing_twice(slow, history):
    plan = sweep(["a cat", "an owl"], size="256x256", client=slow, history=history, concurrency=1)
    job = plan.start()
    first_ended = threading.Event()
    plan.on_slot(lambda _slot: first_ended.set())
    assert first_ended.wait(30)
    assert plan.retry() is job
    job.result(timeout=60)
    assert len(history) == 2
    assert all(slot.sent for slot in plan)


def test_what_a_cancelled_sweep_has_not_sent_can_be_sent_later(slow, history):
    plan = sweep("a cat", seed=range(3), size="256x256", client=slow, history=history, concurrency=1)
    job = plan.start()
    plan.on_slot(lambda _slot: job.cancel())
    with pytest.raises(CancelledError):
        job.result(timeout=60)
    assert [run.status for run in history].count("running") == 0, "the job is over when every call has tidied up"
    assert len(plan.retry().result(timeout=60)) == 3


@pytest.mark.parametrize(
    ("varied", "message"),
    [
        ({"animals": ["cat", "owl"]}, r"\{animal\} in the prompt has no value. Did you mean 'animals'"),
        ({"animal": ["cat"], "sizes": ["256x256"]}, "sizes is neither .* Did you mean 'size'"),
        ({"animal": ["cat"], "guidance": [7]}, "guidance is neither"),
        ({"animal": ["cat"], "size": "7x7"}, "size='7x7'"),
        ({}, "has no value"),
    ],
    ids=["a gap", "a parameter", "no parameter", "a size", "nothing"],
)
def test_what_is_misspelt_is_refused_with_advice_before_anything_is_billed(client, history, varied, message):
    with pytest.raises(errors.InputError, match=message):
        sweep("a {animal}", client=client, history=history, **varied)


@pytest.mark.parametrize("name", [name for name in GENERATION if name not in ("prompt", "n")])
def test_every_parameter_is_known_when_it_is_misspelt(client, history, name):
    with pytest.raises(errors.InputError, match=f"Did you mean '{name}'"):
        sweep("a cat", client=client, history=history, **{f"{name}x": 1})


def test_a_value_out_of_range_is_refused_before_anything_is_billed(client, history):
    with pytest.raises(errors.ParameterError, match="output_compression must be from 0 to 100, not 101"):
        sweep("a cat", output_compression=[90, 101], client=client, history=history)


def test_the_model_of_the_environment_is_the_one_that_is_checked(history, monkeypatch):
    monkeypatch.setenv("R9S_IMAGE_MODEL", "dall-e-3")
    with R9S(api_key="test") as api, pytest.raises(errors.InputError, match="dall-e-3 does not take size='512x512'"):
        sweep("a cat", size="512x512", client=api, history=history)


def test_a_model_that_nobody_knows_can_be_sent_anything_but_a_slip(history):
    with R9S(api_key="test") as api:
        plan = sweep("a cat", model="brand-new-7", guidance=[5, 7], size="77x33", client=api, history=history)
        assert [slot.request.extra["guidance"] for slot in plan] == [5, 7]
        with pytest.raises(errors.InputError, match="Did you mean 'quality'"):
            sweep("a cat", model="brand-new-7", qualty=["hd"], client=api, history=history)


def test_what_fills_a_gap_is_not_filled_again_and_doubled_braces_are_meant(client, history):
    plan = sweep("{a} and {b}, {{so}}", a="{b}", b="x", client=client, history=history)
    assert [slot.request.prompt for slot in plan] == ["{b} and x, {so}"]


def test_a_prompt_varies_only_with_its_own_gaps(client, history):
    plan = sweep(["a {animal}", "a house"], animal=["cat", "owl"], client=client, history=history)
    assert [slot.request.prompt for slot in plan] == ["a cat", "a owl", "a house"]
    assert all("animal" not in slot.request.params() for slot in plan)


@pytest.mark.parametrize("seeds", [(n for n in range(3)), np.arange(3), {0, 1, 2}], ids=["generator", "array", "set"])
def test_any_iterable_is_several_values(client, history, seeds):
    plan = sweep("a cat", seed=seeds, client=client, history=history)
    assert [slot.request.extra["seed"] for slot in plan] == [0, 1, 2]
    assert {type(slot.request.extra["seed"]) for slot in plan} == {int}


def test_an_axis_without_an_end_is_refused(client, history):
    with pytest.raises(errors.InputError, match="100,001 calls"):
        sweep("a cat", seed=iter(int, 1), client=client, history=history)


def test_a_listener_that_fails_is_logged_and_the_calls_go_on(client, history, caplog):
    plan = sweep("a cat", seed=range(3), size="256x256", client=client, history=history)
    heard = []
    plan.on_slot(lambda _slot: 1 / 0)
    plan.on_slot(heard.append)
    with caplog.at_level(logging.ERROR):
        assert len(plan.start().result(timeout=60)) == 3
    assert len(heard) == 3
    assert "ZeroDivisionError" in caplog.text


def test_sweeps_hold_no_files_open_but_while_they_run(client, tmp_path, monkeypatch):
    monkeypatch.setenv("R9S_NOTEBOOK_HOME", str(tmp_path / "home"))
    sweep("a cat", size="256x256", client=client).start().result(timeout=60)
    plans = [sweep("a cat", size="256x256", client=client) for _ in range(5)]
    assert open_files(tmp_path) == []
    assert [run.status for run in plans[0].start().result(timeout=60)] == ["succeeded"]
    assert open_files(tmp_path) == []


def open_files(folder):
    """What this process has open there; elsewhere, what earlier tests left may be closed at any moment."""
    paths = [Path(file.path) for file in psutil.Process().open_files()]
    return [path for path in paths if path.is_relative_to(folder.resolve())]


@pytest.mark.slow
def test_a_sweep_over_the_real_api_does_not_load_the_embedded_one(tmp_path):
    code = "import sys; from r9s_notebook import sweep; sweep('a fox'); print('starlette' in sys.modules)"
    environment = {**os.environ, "R9S_API_KEY": "no-secret"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"


# -- taken up again, in step, within its cost ---------------------------------------------------------------------


@pytest.fixture
def in_cell(monkeypatch):
    """Code runs in a cell; each call of it is another execution."""
    numbers = itertools.count()

    def run_cell():
        here = Cell("book.ipynb", "cell-1", str(next(numbers)))
        monkeypatch.setattr(Cell, "here", classmethod(lambda _cls: here))

    run_cell()
    return run_cell


def test_the_same_sweep_in_the_same_cell_goes_on_and_sends_nothing_twice(history, in_cell):
    what = {"size": "256x256", "history": history}
    app = create_app(faults=Faults(refused_words=("owl",)))
    with R9S.offline(app) as client:
        cap = {"price": 1, "max_cost": 1}  # of which nobody pays for the owl
        plan = sweep("a {animal}", animal=["owl", "cat", "fox"], client=client, concurrency=1, **cap, **what)
        plan.start().result(timeout=60)
        in_cell()
        again = sweep("a {animal}", animal=["owl", "cat", "fox"], client=client, **what)
        assert again.batch == plan.batch
        assert [slot.state for slot in again] == ["failed", "done", "waiting"]
        assert "content policy" in str(again.slots[0].error)
        again.start().result(timeout=60)
        assert [slot.state for slot in again] == ["failed", "done", "done"]
        assert [run.prompt for run in history] == ["a fox", "a cat", "a owl"]
        in_cell()
        whole = sweep("a {animal}", animal=["owl", "cat", "fox"], client=client, **what)
        assert len(whole.start().result(timeout=60)) == 2
        assert len(history) == 3
        other = sweep("a {animal}", animal=["cat", "owl", "hare"], client=client, **what)
        assert other.batch != plan.batch
        assert other.counts == {"waiting": 3}


def test_the_same_sweep_twice_in_one_execution_is_two_sweeps(client, history, in_cell):
    def make():
        return [sweep("a cat", size="256x256", client=client, history=history).start().result(60)[0] for _ in range(2)]

    one, other = make()
    assert one.batch != other.batch
    in_cell()
    assert [run.id for run in make()] == [one.id, other.id]
    assert len(history) == 2


def test_a_kernel_that_ended_in_the_middle_leaves_a_call_that_only_a_retry_sends_again(client, history, in_cell):
    plan = sweep("a cat", seed=[1, 2], size="256x256", client=client, history=history)
    variables, batch = plan.slots[0].variables, plan.batch
    lost = history.store.begin(NewRun(prompt="a cat", batch=batch, variables=variables))
    history.store._end(lost.id, "interrupted", None, None)
    in_cell()
    again = sweep("a cat", seed=[1, 2], size="256x256", client=client, history=history)
    assert again.counts == {"waiting": 1, "failed": 1}
    assert "may have been billed" in str(again.slots[0].error)
    again.start().result(timeout=60)
    assert again.counts == {"done": 1, "failed": 1}
    again.retry().result(timeout=60)
    assert again.counts == {"done": 2}


class Moody(OneColour):
    """Refuses the first calls with a status, each with the pause that it asks for."""

    def __init__(self, refusals, status=429, wait="0"):
        super().__init__()
        self.left, self.status, self.wait, self.asked = refusals, status, wait, 0

    async def read(self, asked: Asked) -> Job:
        self.asked += 1
        if self.left:
            self.left -= 1
            raise Refusal(self.status, "Not now.", headers={"Retry-After": self.wait})
        return await super().read(asked)


@pytest.mark.parametrize("status", [429, 502, 503])
def test_all_calls_wait_where_the_service_asks_for_it_or_is_away_and_none_fails(history, status, monkeypatch):
    monkeypatch.setattr(pace, "_FIRST_WAIT", 0.01)
    engine = Moody(5, status)
    with R9S.offline(create_app(engine)) as client:
        plan = sweep("white", seed=range(6), client=client, history=history, concurrency=3)
        assert len(plan.start().result(timeout=60)) == 6
    assert engine.asked == 11
    assert {run.status for run in history} == {"succeeded"}
    assert len(history) == 6, "waiting makes no runs"


def test_one_call_that_must_wait_holds_up_all(history, eventually):
    engine = Moody(1, wait="1")
    with R9S.offline(create_app(engine)) as client:
        plan = sweep("white", seed=range(4), client=client, history=history, concurrency=1, worker=ThreadWorker())
        reasons = []
        plan.on_slot(lambda _slot: reasons.append(plan.waits_for))
        job = plan.start()
        eventually(lambda: plan.waits_for == "The service asks to wait.")
        assert engine.asked == 1
        job.result(timeout=60)
    assert set(reasons) == {""}


def test_a_paused_sweep_sends_nothing_until_it_is_resumed(slow, history, eventually):
    plan = sweep("a cat", seed=range(4), size="256x256", client=slow, history=history, concurrency=1)
    first_ended = threading.Event()
    plan.on_slot(lambda _slot: (plan.pause(), first_ended.set()))
    job = plan.start()
    assert first_ended.wait(30)
    assert plan.paused
    eventually(lambda: plan.counts.get("running", 0) == 0)
    sent = [slot for slot in plan if slot.sent]
    assert len(sent) <= 2  # the next one may have been under way while the first was kept
    assert plan.counts == {"done": len(sent), "waiting": 4 - len(sent)}
    plan._listeners.clear()
    plan.resume()
    assert len(job.result(timeout=60)) == 4


def test_a_call_that_would_pass_the_cap_is_not_sent(client, history):
    def capped(most):
        return sweep("a cat", seed=range(5), size="256x256", client=client, history=history, price=0.04, max_cost=most)

    plan = capped(0.1)
    assert plan.estimate == pytest.approx(0.2)
    assert len(plan.start().result(timeout=60)) == 2
    assert plan.stopped == "3 calls were not sent: they would cost more than $0.1 in all."
    assert plan.spent == pytest.approx(0.08)
    plan.max_cost = 0.2
    assert len(plan.start().result(timeout=60)) == 5
    with R9S("test", server_url="http://127.0.0.1:9/v1") as service:
        with pytest.raises(errors.InputError, match="max_cost could not be kept"):
            sweep("a cat", size="256x256", client=service, history=history, max_cost=1)
        what = {"size": "1024x1024", "client": [service, client], "history": history, "max_cost": 1}
        plan = sweep("a cat", model="gpt-image-1", quality=["low", "high"], **what)
        assert plan.estimate == pytest.approx(0.011 + 0.167)


def test_what_a_sweep_costs_is_unknown_where_it_is_not_known_and_nothing_where_it_is_embedded(client, history):
    answer = {"data": [{"b64_json": base64.b64encode(picture()).decode()}]}
    with Loopback(always(http(answer))) as server, R9S("test", server_url=server.url) as service:
        plan = sweep("a cat", size="256x256", client=[client, service], history=history)
        assert plan.estimate is None
        plan.start().result(timeout=60)
        assert [slot.cost for slot in plan] == [0, None]
        assert plan.spent is None


# -- images, clients, and what is handed on -----------------------------------------------------------------------


def test_images_vary_with_one_mask_over_each(client, history, tmp_path):
    Image.new("RGB", (256, 256), "red").save(tmp_path / "red.png")
    mask = Mask.blank(256, 256).rect(10, 10, 90, 90)
    images = [tmp_path / "red.png", Image.new("RGB", (512, 512), "blue")]
    plan = sweep("a hat", image=images, mask=mask, n=1, client=client, history=history)
    assert plan.axes == {"image": ("red.png", "image 2")}
    assert [slot.request.mask.size for slot in plan] == [(256, 256), (512, 512)]
    assert [run.kind for run in plan.start().result(timeout=60)] == ["edit", "edit"]
    named = sweep("a hat", image={"a": images[0], "b": images[1]}, client=client, history=history)
    assert named.axes == {"image": ("a", "b")}


def test_one_prompt_goes_to_many_services(history):
    with R9S.offline() as one, R9S.offline(create_app(OneColour())) as other:
        plan = sweep("white", client={"sketch": one, "flat": other}, history=history)
        runs = plan.start().result(timeout=60)
        assert [run.variables for run in runs] == [{"client": "sketch"}, {"client": "flat"}]
        assert [run.served_model for run in runs] == ["sketch-1", "one-colour-1"]
        plan.pictures[1].mark(favourite=True)
        assert plan.tally() == {"sketch": (0, 1), "flat": (1, 1)}
        with pytest.raises(errors.InputError, match="'seed' does not vary in this sweep: client does"):
            plan.tally("seed")


def test_each_variable_is_a_column_of_what_is_handed_on(client, history, tmp_path):
    plan = sweep("a {animal}", animal=["cat", "owl"], seed=[1, 2], size="256x256", client=client, history=history)
    runs = plan.start().result(timeout=60)
    history.export(tmp_path / "out", runs=runs)
    lines = [json.loads(line) for line in (tmp_path / "out" / "metadata.jsonl").read_text().splitlines()]
    assert [(line["animal"], line["asked_seed"], line["template"]) for line in lines] == [
        (animal, seed, "a {animal}") for animal in ("cat", "owl") for seed in (1, 2)
    ]
    assert {line["batch"] for line in lines} == {plan.batch}
    with (tmp_path / "out" / "runs.csv").open(encoding="utf-8-sig") as table:
        assert [row["animal"] for row in csv.DictReader(table)] == ["cat", "cat", "owl", "owl"]
    frame = plan.to_frame()
    assert list(frame["animal"]) == ["cat", "cat", "owl", "owl"]
    assert list(frame["state"]) == ["done"] * 4
    assert Path(frame["picture"][0]).exists()
    assert [picture.run_id for picture in plan.pictures] == [run.id for run in runs]


def test_progress_is_told_where_no_widget_is(client, history, capsys):
    plan = sweep("a cat", seed=range(3), size="256x256", client=client, history=history)
    assert len(plan.run()) == 3
    assert "3/3" in capsys.readouterr().err
    assert repr(plan) == "<Sweep of 3 calls (3 seed): 3 done>"


def test_choices_and_lists_of_the_prompt_are_axes_of_their_own(client, history, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("animals.txt").write_text("fox\nowl\n")
    plan = sweep("a {red|green} __animals__", seed=[1, 2], size="256x256", client=client, history=history)
    assert {name: list(values) for name, values in plan.axes.items()} == {
        "red|green": ["red", "green"], "animals": ["fox", "owl"], "seed": [1, 2],
    }  # fmt: skip
    assert [slot.request.prompt for slot in plan][::2] == ["a red fox", "a red owl", "a green fox", "a green owl"]
    runs = plan.start().result(timeout=60)
    assert (runs[-1].template, dict(runs[-1].variables)) == (
        "a {red|green} __animals__", {"red|green": "green", "animals": "owl", "seed": 2},
    )  # fmt: skip
    other = sweep("a {red|green} __animals__", animals="hare", size="256x256", client=client, history=history)
    assert [slot.request.prompt for slot in other] == ["a red hare", "a green hare"]


def test_a_list_that_is_nowhere_is_refused_before_anything_is_sent(client, history):
    with pytest.raises(errors.InputError, match=r"nowhere\.txt"):
        sweep("a __nowhere__", client=client, history=history)
