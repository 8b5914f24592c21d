"""What leaves the process whole, what does not and says why, and that no key goes along."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys

import pytest
from PIL import Image

from r9s_notebook import R9S, History, ImageGrid, Mask, MaskPainter, PromptForm, Studio, errors, sweep
from r9s_notebook.session.worker import InlineWorker
from tests.client.loopback import GOOD, Loopback, Wire, always, http

KEY = "sk-canary-5up3r53cr37"
WAYS = {
    "pickle": lambda thing: pickle.loads(pickle.dumps(thing)),  # noqa: S301 - our own
    "deepcopy": copy.deepcopy,
    "copy": copy.copy,
}


def refused_or_good(wire: Wire) -> None:
    always(http({"error": {"message": "no such word"}}, 400) if b"forbidden" in wire.request.body else http(GOOD))(wire)


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    with (
        Loopback(refused_or_good) as server,
        R9S(api_key=KEY, server_url=server.url) as client,
        History(tmp_path_factory.mktemp("home")) as history,
    ):
        studio = Studio(client, history=history, worker=InlineWorker(), prompt="a fox", model="dall-e-2")
        studio.generate().result()
        studio.image = Image.new("RGB", (8, 8), "red")
        studio.mask = Mask.blank(8, 8).rect(0, 0, 4, 4)
        yield studio
        studio.close()


def failure(studio):
    with pytest.raises(errors.BadRequestError) as caught:
        studio.session.client.images.create(prompt="forbidden")
    return caught.value


LEAVE = {
    "run": lambda studio: studio.run,
    "runs": lambda studio: studio.history[:1],
    "picture": lambda studio: studio.run.images[0],
    "result of a job": lambda studio: studio.generate().result(),
    "request": lambda studio: studio.request,
    "form": lambda studio: studio.session.form,
    "mask": lambda studio: studio.mask,
    "response": lambda studio: studio.session.client.images.create(prompt="a cat"),
    "family": lambda studio: studio.history.family(studio.run),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("make", LEAVE.values(), ids=LEAVE)
def test_a_value_is_pickled_and_copied_whole_and_without_the_key(studio, make, way):
    value = make(studio)
    assert way(value) == value
    assert KEY.encode() not in pickle.dumps(value)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_error_with_a_response_keeps_what_the_service_said_and_not_the_key(studio, way):
    error = failure(studio)
    again = way(error)
    assert (str(again), again.status_code, again.data) == ("no such word", 400, {"error": {"message": "no such word"}})
    assert KEY.encode() not in pickle.dumps(error)


STAY = {
    "studio": lambda studio: studio,
    "part": PromptForm,
    "session": lambda studio: studio.session,
    "painter": lambda studio: studio.painter,
    "grid": lambda studio: studio.grid,
    "job": lambda studio: studio.session.submit(int),
    "sweep": lambda studio: sweep("a cat", client=studio.session.client, history=studio.history, model="dall-e-2"),
    "client": lambda studio: studio.session.client,
    "stream": lambda _studio: R9S.offline().images.create(prompt="a cat", size="256x256", stream=True),
}


@pytest.mark.parametrize("make", STAY.values(), ids=STAY)
def test_what_cannot_leave_the_process_says_why(studio, make):
    thing = make(studio)
    for way in ("pickle", "deepcopy"):
        with pytest.raises((TypeError, NotImplementedError), match=r"not pickled or copied|cannot be copied") as caught:
            WAYS[way](thing)
        assert KEY not in str(caught.value)


def test_a_copy_of_a_run_shares_its_store_and_shows_itself(studio):
    run = copy.deepcopy(studio.run)
    assert run.store is studio.run.store
    assert run.images[0].image().size == (1, 1)
    assert copy.deepcopy(studio.history).store is run.store


def test_another_process_opens_the_run_with_its_history(studio, tmp_path):
    (tmp_path / "run.pickle").write_bytes(pickle.dumps([studio.run, studio.history]))
    code = (
        "import pickle; run, history = pickle.load(open('run.pickle', 'rb')); "
        "print(run.prompt, run.images[0].image().size, run.id in [one.id for one in history], run.edits)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "a fox (1, 1) True []"


def test_a_run_whose_history_is_gone_says_so(tmp_path):
    with R9S.offline() as client, History(tmp_path / "home") as history:
        studio = Studio(client, history=history, worker=InlineWorker(), prompt="a fox", size="256x256")
        packed = pickle.dumps(studio.generate().result())
        studio.close()
    (tmp_path / "home").rename(tmp_path / "elsewhere")
    with pytest.raises(errors.StoreUnavailableError, match="which is not here"):
        pickle.loads(packed)  # noqa: S301 - our own


def test_a_painter_and_a_grid_of_their_own_say_so_too():
    for widget in (MaskPainter(), ImageGrid()):
        with pytest.raises(TypeError, match="it is a part"):
            pickle.dumps(widget)
