"""The lab's state and actions, on the real embedded API and a real store."""

from __future__ import annotations

import base64
import io
import re
import threading
import time
from concurrent.futures import wait

import pytest
from PIL import Image

from r9s_notebook import R9S, Mask, errors, models
from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.runs import Run
from r9s_notebook.history import NewRun, Store
from r9s_notebook.server import Faults, create_app
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import InlineWorker, shared_worker
from tests.history.test_disk_faults import file_size_limit
from tests.session.conftest import CELL

SMALL = "256x256"


@pytest.fixture
def make_session(request, make_session):
    """Sessions with the thread that they have in a notebook, or with another worker where a test names one."""

    def make(**values):
        return make_session(**{"worker": getattr(request, "param", None) or shared_worker(), **values})

    return make


# For what happens in an order: one worker is done when ``generate`` returns, the other has hardly begun.
BOTH_WORKERS = pytest.mark.parametrize(
    "make_session", [InlineWorker(), shared_worker()], ids=["inline", "thread"], indirect=True
)


@BOTH_WORKERS
def test_a_prompt_becomes_images_on_disk_before_they_are_shown(make_session):
    session = make_session(prompt="a red balloon", size=SMALL, n=2)
    on_disk = []
    session.observe(lambda change: on_disk.append(all(i.path.exists() for i in change["new"].images)), "run")

    run = session.generate().result(timeout=30)

    assert on_disk == [True]
    assert [(image.width, image.height) for image in run.images] == [(256, 256), (256, 256)]
    assert session.run.id == run.id
    assert session.runs[0].id == run.id
    assert session.status_kind == "done"
    assert not session.busy


def test_another_session_of_the_cell_finds_everything_again(make_session):
    make_session(prompt="a green boat", size=SMALL, n=2).generate().result(timeout=30)

    again = make_session()

    assert (again.prompt, again.size, again.n) == ("a green boat", SMALL, 2)
    assert len(again.run.images) == 2


def test_what_the_code_says_goes_before_what_the_last_run_said(make_session):
    make_session(prompt="a green boat", size=SMALL, n=2).generate().result(timeout=30)

    assert make_session(prompt="a blue boat").prompt == "a blue boat"


def test_each_cell_has_its_own_runs(make_session):
    make_session(prompt="one", size=SMALL).generate().result(timeout=30)

    assert make_session(cell=Cell("book.ipynb", "cell-2")).runs == ()


def test_an_empty_prompt_is_refused_with_a_sentence_and_leaves_no_run(make_session):
    session = make_session(prompt="  ")

    with pytest.raises(errors.InputError):
        session.generate().result(timeout=5)

    assert session.status_kind == "error"
    assert "Write a prompt" in session.status
    assert session.runs == ()


@pytest.mark.parametrize(("prompt", "word"), [("a\0b", "NUL"), ("a\ud800b", "surrogate")])
def test_fault_27_a_prompt_that_cannot_be_sent_is_named(make_session, prompt, word):
    session = make_session(prompt="x")
    session.prompt = prompt
    with pytest.raises(errors.InputError, match=word):
        session.generate().result(timeout=5)


@pytest.mark.parametrize(
    "prompt",
    [
        "<img src=x onerror=alert(1)>",
        "/etc/passwd",
        r"C:\path\file.png",
        "🦊🌈" * 20,
        "\u202eright to left",
        "x " * 9999,
    ],
    ids=["html", "path", "windows path", "emoji", "bidi", "20 kB"],
)
def test_fault_27_any_other_prompt_is_sent_and_kept_as_it_is(make_session, prompt):
    session = make_session(prompt=prompt, size=SMALL)
    run = session.generate().result(timeout=30)
    assert run.prompt == prompt
    assert make_session().prompt == prompt


def test_fault_27_a_prompt_over_the_models_limit_is_refused_before_it_is_sent(make_session):
    with R9S(api_key="test", server_url="http://127.0.0.1:9/v1") as api:
        session = make_session(client=api, model="dall-e-2", prompt="x" * 100_000)
        with pytest.raises(errors.InputError, match=r"at most 1000 characters; this one has 100000"):
            session.generate().result(timeout=5)


@BOTH_WORKERS
def test_what_the_service_refuses_is_kept_as_failed_with_its_reason(make_session):
    with R9S.offline(create_app(faults=Faults(refused_words=("forbidden",)))) as client:
        session = make_session(client=client, prompt="a forbidden thing")
        with pytest.raises(errors.BadRequestError):
            session.generate().result(timeout=30)
    assert session.runs[0].status == "failed"
    assert session.status_kind == "error"
    assert session.status == session.runs[0].error
    assert "refused" in session.status


def test_a_rate_limit_says_how_long_to_wait(make_session):
    app = create_app(faults=Faults(requests_per_minute=1))
    with R9S.offline(app) as client:
        session = make_session(client=client, prompt="x", size=SMALL)
        session.generate().result(timeout=30)
        with pytest.raises(errors.RateLimitError):
            session.generate().result(timeout=110)
    assert re.fullmatch(r"Rate limit reached: 1 request a minute\. Try again in \d+ seconds\.", session.status)  # once


def test_no_connection_is_a_sentence_and_says_that_nothing_was_billed(make_session):
    with R9S(api_key="test", server_url="http://127.0.0.1:9/v1", retry_config=None) as client:
        session = make_session(client=client, model="dall-e-2", prompt="x")
        with pytest.raises(errors.NoResponseError):
            session.generate().result(timeout=60)
    assert "nothing was billed" in session.status


@pytest.mark.parametrize("n", [0, 11, -1])
def test_fault_30_a_number_of_images_out_of_range_is_refused(make_session, n):
    session = make_session(prompt="a cat")
    session.n = n
    with pytest.raises(errors.InputError, match="from 1 to 10"):
        session.generate().result(timeout=5)


def test_fault_30_changing_the_model_leaves_nothing_chosen_that_it_refuses(make_session):
    with R9S(api_key="test") as api:
        session = make_session(client=api, model="dall-e-2", size="256x256", n=4, prompt="x")
        session.model = "dall-e-3"
        assert session.size in session.offer.sizes
        assert session.n == 1
        session.request.check(session.choices)


def test_a_restored_run_of_another_model_keeps_all_that_its_own_model_takes(make_session, store):
    asked = {"prompt": "p", "model": "dall-e-3", "n": 1, "size": "1792x1024", "quality": "hd", "style": "natural"}
    kept = store.begin(NewRun(prompt="p", params=asked, requested_model="dall-e-3"))
    with R9S(api_key="test") as api:
        session = make_session(client=api, model="dall-e-2", size="256x256", n=4)
        session.restore(Run.of(kept, store))
        assert session.request.params() == asked


def test_any_size_of_a_model_that_takes_any_survives_a_restoration(make_session, store):
    asked = {"prompt": "p", "model": "gpt-image-2", "n": 1, "size": "1600x800", "quality": "high"}
    kept = store.begin(NewRun(prompt="p", params=asked, requested_model="gpt-image-2"))
    with R9S(api_key="test") as api:
        session = make_session(client=api, model="dall-e-2")
        session.restore(Run.of(kept, store))
        assert session.request.params() == asked


def test_a_run_that_another_program_wrote_oddly_still_opens_the_lab(make_session, store):
    odd = {"prompt": "p", "n": "4", "size": 1024, "quality": ["hd"], "style": None, "seed": {"a": 1}}
    store.begin(NewRun(prompt="p", params=odd, cell_id="cell-1", source="0" * 64, mask="no mask"))
    session = make_session()
    assert (session.prompt, session.n, session.size) == ("p", 4, "1024x1024")


@pytest.mark.parametrize(("name", "value"), [("n", "4"), ("n", True), ("size", 1024), ("prompt", ["a cat"])])
def test_an_option_of_another_kind_is_refused_with_its_name(make_session, name, value):
    with pytest.raises(errors.InputError, match=f"{name} must be a"):
        make_session(**{name: value})


@pytest.mark.parametrize("image", ["nope.png", "."])
def test_a_file_that_cannot_be_read_is_refused_with_its_name(make_session, image):
    with pytest.raises(errors.ImageError, match=re.escape(f"The image {image} cannot be read")):
        make_session(image=image)


@pytest.mark.parametrize("seed", ["abc", 1.5, True])
def test_a_seed_that_is_no_number_is_refused_with_a_sentence_and_leaves_no_run(make_session, seed):
    session = make_session(prompt="x", size=SMALL, extra={"seed": seed})
    with pytest.raises(errors.InputError):
        session.generate().result(timeout=30)
    assert session.status == f"Seed must be a whole number, not {seed!r}."
    assert session.runs == ()


@BOTH_WORKERS
def test_a_run_that_fails_leaves_the_images_that_are_shown(make_session):
    app = create_app(faults=Faults(refused_words=("forbidden",)))
    with R9S.offline(app) as client:
        session = make_session(client=client, prompt="a fox", size=SMALL)
        good = session.generate().result(timeout=30)
        session.prompt = "a forbidden thing"
        with pytest.raises(errors.BadRequestError):
            session.generate().result(timeout=30)
        assert (session.run.id, session.status_kind) == (good.id, "error")
        assert [run.status for run in session.runs] == ["failed", "succeeded"]
        again = make_session(client=client)
    assert (again.run.id, again.prompt) == (good.id, "a forbidden thing")


def test_an_unknown_model_can_be_sent_anything(make_session):
    with R9S(api_key="test") as api:
        extra = {"guidance": 7, "background": "plaid", "output_compression": 101, "watermark": "small"}
        session = make_session(client=api, model="brand-new-7", size="77x33", prompt="x", extra=extra)
        assert session.request.params() == {"prompt": "x", "model": "brand-new-7", "n": 1, "size": "77x33", **extra}
        session.request.check(session.choices)


def test_an_edit_changes_the_pixels_under_the_mask_and_no_others(make_session, store):
    session = make_session(prompt="a photo", size=SMALL)
    session.generate().result(timeout=30)
    session.edit_image()
    session.mask = Mask.blank(256, 256).rect(64, 64, 192, 192)
    session.prompt = "a red hat"

    run = session.generate().result(timeout=30)

    before = Image.open(store.image_path(run.source)).convert("RGB")
    after = Image.open(run.images[0].path).convert("RGB")
    assert before.crop((64, 64, 192, 192)).tobytes() != after.crop((64, 64, 192, 192)).tobytes()
    for box in ((0, 0, 256, 64), (0, 192, 256, 256), (0, 0, 64, 256), (192, 0, 256, 256)):
        assert before.crop(box).tobytes() == after.crop(box).tobytes()
    assert run.kind == "edit"
    assert run.parent == session.runs[1].id


def test_a_click_on_an_earlier_run_restores_prompt_parameters_mask_and_images(make_session):
    session = make_session(prompt="a boat", size=SMALL, n=2)
    first = session.generate().result(timeout=30)
    session.edit_image()
    session.mask = Mask.blank(256, 256).rect(0, 0, 99, 99)
    session.prompt, session.n = "a flag", 1
    second = session.generate().result(timeout=30)

    session.restore(first)
    assert (session.prompt, session.n, session.source, session.run.id) == ("a boat", 2, None, first.id)

    session.restore(second)
    assert (session.prompt, session.n, session.run.id) == ("a flag", 1, second.id)
    assert session.mask == Mask.blank(256, 256).rect(0, 0, 99, 99)


def test_what_is_sent_while_a_run_is_under_way_waits_for_its_turn(make_session):
    session = make_session(prompt="one", size=SMALL, worker=shared_worker())
    first = session.generate()
    session.prompt = "two"
    second = session.generate()
    assert session.busy
    session.prompt = "a draft"
    assert second.result(timeout=30).prompt == "two"
    assert first.done()
    assert [run.prompt for run in session.runs] == ["two", "one"]
    assert (session.prompt, session.run.prompt) == ("a draft", "two")


def test_what_waits_can_go_first_or_be_taken_out_and_is_not_sent_then(store):
    with R9S.offline(create_app(faults=Faults(latency=0.5))) as slow:
        session = Session(slow, store, cell=CELL, values={"size": SMALL})
        jobs = []
        for prompt in ("one", "two", "three", "four"):
            session.prompt = prompt
            jobs.append(session.generate())
        names = {entry.request.prompt: entry.id for entry in session.queue}
        session.first(names["four"])
        session.cancel(names["two"])
        for job in jobs:
            wait([job], 30)
        assert jobs[1].cancelled()
        assert [run.prompt for run in store] == ["three", "four", "one"]
        assert (session.queue, session.busy) == ((), False)


def test_an_old_run_is_looked_at_while_another_is_under_way_and_the_draft_stays(store):
    with R9S.offline(create_app(faults=Faults(latency=0.3))) as slow:
        session = Session(slow, store, cell=CELL, values={"prompt": "old", "size": SMALL})
        old = session.generate().result(timeout=30)
        session.prompt = "new"
        job = session.generate()
        session.prompt = "a draft"
        session.look(old)
        new = job.result(timeout=30)
        assert (session.run.id, session.prompt) == (old.id, "a draft")
        session.back_to_newest()
        assert session.run.id == new.id


def test_a_draft_that_is_replaced_can_be_had_back_mask_and_all(make_session):
    session = make_session(prompt="old", size=SMALL)
    old = session.generate().result()
    session.edit_image()
    session.mask = session.mask_in_use or Mask.blank(256, 256).rect(0, 0, 99, 99)
    session.prompt = "a red hat"
    before = session.form
    session.restore(old, ("prompt", "params", "source"))
    assert (session.prompt, session.source) == ("old", None)
    session.back_to_draft()
    assert (session.form, session.former) == (before, None)  # what was there is where it came from
    session.restore(old, ("prompt",))
    session.prompt = "old, and changed"
    session.back_to_draft()
    session.back_to_draft()
    assert (session.prompt, session.former) == ("old, and changed", before)
    session.put(before)
    assert session.former is None  # it is back, by hand


def test_a_draft_outlives_its_session_and_code_that_says_something_new_goes_before_it(make_session):
    session = make_session(prompt="from code", size=SMALL, worker=InlineWorker())
    session.generate().result()
    session.edit_image()
    session.mask = Mask.blank(256, 256).rect(0, 0, 99, 99)
    session.prompt = "typed"
    before = session.form
    assert make_session(prompt="from code", size=SMALL).form == before
    other = make_session(prompt="other code", size=SMALL)
    assert (other.prompt, other.former) == ("other code", before)


def test_what_the_status_says_of_the_draft_goes_when_the_draft_changes(make_session):
    session = make_session(size=SMALL)
    with pytest.raises(errors.InputError):
        session.generate().result()
    assert session.status_kind == "error"
    session.n = 1
    assert session.status_kind == "error"  # nothing has changed
    session.prompt = "a fox"
    assert (session.status_kind, session.status) == ("idle", "")
    session.say("running", "Generating 1 image")  # while a run is under way, another is refused
    for session.n in (11, 12):
        with pytest.raises(errors.ParameterError):
            session.generate().result()
    assert session.status_kind == "error"
    session.n = 1
    assert (session.status_kind, session.status) == ("running", "Generating 1 image")
    session.generate().result()
    said = session.status
    session.prompt = "an owl"
    assert session.status == said  # it speaks of the run
    session.edit_image()
    session.mask = Mask.blank(256, 256)
    assert session.press() is None
    assert session.status_kind == "notice"
    session.mask = Mask.blank(256, 256).rect(0, 0, 99, 99)
    assert session.status_kind == "idle"


def test_that_a_draft_is_not_kept_is_said_once_and_goes_when_it_is_kept_again(make_session):
    session = make_session(prompt="a fox", size=SMALL, worker=InlineWorker())
    said = []
    session.observe(lambda change: said.append(change["new"]), "status")
    with file_size_limit(1):
        for words in ("a", "a b", "a b c"):
            session.prompt = words
    assert len(said) == 1
    assert said[0].startswith("What is written here cannot be kept")
    session.prompt = "a b c d"
    assert said[1:] == [""]


def test_nothing_painted_is_asked_about_before_every_edit(make_session, store):
    session = make_session(prompt="x", size=SMALL)
    session.generate().result()
    for edits in (1, 2):
        session.edit_image()
        session.mask = Mask.blank(256, 256)
        assert session.press() is None
        assert session.press().result(timeout=30)
        assert len(store) == 1 + edits


def test_a_click_as_soon_as_the_lab_is_ready_again_is_a_run_of_its_own(make_session, store):
    session = make_session(prompt="x", size=SMALL, worker=shared_worker())
    second = []

    def click(change):
        if not change["new"] and not second:
            second.append(session.generate())

    session.observe(click, "busy")
    first = session.generate()
    first.result(timeout=30)
    run = second[0].result(timeout=30)
    assert second[0] is not first
    assert (len(store), session.run.id) == (2, run.id)


def test_the_button_comes_back_when_the_store_breaks_while_the_service_works(tmp_path):
    app = create_app(faults=Faults(latency=0.3))
    with R9S.offline(app) as slow, Store(tmp_path / "breaks", patience=0.2) as store:
        session = Session(slow, store, cell=CELL, values={"prompt": "x", "size": SMALL})
        job = session.generate()
        while not len(store):  # until its row is on disk
            time.sleep(0.005)
        store.close()
        for file in store.home.glob("history.db*"):
            file.unlink()
        (store.home / "history.db").mkdir()
        with pytest.raises(errors.StoreUnavailableError):
            job.result(timeout=30)
        assert not session.busy
        assert session.status_kind == "error"
        assert "cannot be used" in session.status
        again = session.generate()
        assert again is not job
        with pytest.raises(errors.StoreUnavailableError):
            again.result(timeout=30)


def test_a_form_that_does_not_resume_begins_with_the_models_defaults(client, store, make_session):
    make_session(prompt="a boat", size="256x256", quality="hd", extra={"seed": 7}).generate().result(timeout=30)
    fresh = Session(client, store, cell=CELL, worker=InlineWorker(), resume=False)
    assert (fresh.prompt, fresh.size, fresh.quality, fresh.extra) == ("", "1024x1024", "standard", {})
    assert len(fresh.runs) == 1


@pytest.mark.parametrize("served", ["gpt-image-1-2025-04-23", "openai/gpt-image-1"])
def test_a_dated_name_is_the_model_that_was_asked_for(make_session, served):
    session = make_session(client=Answers(served), model="gpt-image-1", prompt="x")
    session.generate().result(timeout=30)
    assert session.status_kind == "done"
    assert "asked for" not in session.run._repr_html_()


def test_another_model_than_asked_for_and_fewer_images_are_said_in_one_breath(make_session):
    session = make_session(client=Answers("dall-e-2"), model="gpt-image-1", prompt="x", n=2)
    session.generate().result(timeout=30)
    assert session.status_kind == "notice"
    assert re.fullmatch(
        r"1 image in [\d.]+ s\. 2 images were asked for, and 1 came\. "
        r"The model gpt-image-1 was asked for, and dall-e-2 answered\.",
        session.status,
    )


class Answers:
    """A service that answers with one picture, by a model of its choice."""

    kind, model = "api", None

    def __init__(self, served):
        self._served = served

    @property
    def images(self):
        return self

    async def create_async(self, **_request):
        data = io.BytesIO()
        Image.new("RGB", (64, 64), "blue").save(data, "PNG")
        encoded = base64.b64encode(data.getvalue()).decode()
        return models.ImageGenerationResponse(
            created=0, data=[models.ImageObject(b64_json=encoded)], model=self._served
        )

    async def read_async(self, image):
        return base64.b64decode(image.b64_json)


def test_fault_32_actions_may_come_from_any_thread(make_session):
    session = make_session(prompt="x", size=SMALL, worker=shared_worker())
    outcome = []
    thread = threading.Thread(target=lambda: outcome.append(session.generate().result(timeout=30)))
    thread.start()
    thread.join(timeout=30)
    assert outcome[0].status == "succeeded"


def test_the_code_makes_the_same_call(make_session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    session = make_session(prompt='a "quoted" cat\nwith a line', size=SMALL, extra={"seed": 7})
    run = session.generate().result(timeout=30)

    exec(compile(session.code(), "code", "exec"), {})  # noqa: S102 - running it is the test

    assert (tmp_path / "result_0.png").read_bytes() == run.images[0].path.read_bytes()


def test_misspelt_options_are_refused(make_session):
    with pytest.raises(TypeError, match="promt"):
        make_session(promt="x")


@BOTH_WORKERS
def test_previews_are_seen_while_the_run_is_under_way(make_session):
    session = make_session(prompt="a boat", size=SMALL, extra={"partial_images": 2})
    seen = []
    session.observe(lambda change: seen.append(sorted(change["new"])), "partials")

    run = session.generate().result(timeout=30)

    assert seen.count([0]) == 2
    assert session.partials == {}
    assert len(run.images) == 1
    assert run.params["partial_images"] == 2


@BOTH_WORKERS
def test_fault_12_a_service_that_ignores_the_mask_is_seen_and_the_outside_can_be_kept(make_session):
    session = make_session(client=IgnoresTheMask(), model="dall-e-2", image=Image.new("RGB", (256, 256), "white"))
    session.prompt, session.mask = "a hat", Mask.blank(256, 256).rect(100, 100, 149, 149)

    answered = session.generate().result(timeout=30)
    assert "ignored the mask" in session.status
    assert session.outside.mask_ignored

    session.prompt = ""
    with pytest.raises(errors.InputError):
        session.generate().result(timeout=30)
    assert session.outside.mask_ignored  # the edit is still on show

    kept = session.keep_outside().result(timeout=30)
    picture = kept.images[0].image().convert("RGB")
    assert picture.getpixel((10, 10)) == (255, 255, 255)
    assert picture.getpixel((120, 120)) == (0, 0, 255)
    assert kept.parent == answered.id
    assert session.outside is None


@pytest.mark.parametrize("gone", ["source", "original"])
def test_keeping_the_outside_of_what_is_gone_is_a_sentence_and_leaves_no_run(gone, make_session, store):
    session = make_session(client=IgnoresTheMask(), model="dall-e-2", image=Image.new("RGB", (256, 256), "white"))
    session.prompt, session.mask = "a hat", Mask.blank(256, 256).rect(100, 100, 149, 149)
    run = session.generate().result(timeout=30)
    store.image_path(run.source if gone == "source" else run.images[0].sha256).unlink()

    with pytest.raises(errors.HistoryError):
        session.keep_outside().result(timeout=30)

    assert session.status_kind == "error"
    assert "missing" in session.status
    assert not session.busy
    assert [kept.id for kept in store] == [run.id]


def test_keeping_the_outside_while_a_run_is_under_way_waits_for_it(make_session):
    session = make_session(prompt="x", size=SMALL, worker=shared_worker())
    job = session.generate()
    keeping = session.keep_outside()
    assert job.result(timeout=30)
    with pytest.raises(Exception):  # noqa: B017, PT011 - there was nothing to keep
        keeping.result(timeout=30)


@pytest.mark.parametrize("mask", [Mask.blank(683, 512).rect(100, 100, 149, 149), None], ids=["mask", "no mask"])
@pytest.mark.parametrize("size", [(672, 512), (512, 512)], ids=["cut to multiples of 32", "cut to a square"])
def test_fault_48_an_edit_in_another_frame_is_told_as_such_and_the_mask_is_not_accused(size, mask, make_session):
    client = IgnoresTheMask(size)
    session = make_session(client=client, model="any", prompt="a hat", image=Image.new("RGB", (683, 512)), mask=mask)

    run = session.generate().result(timeout=30)

    assert session.status_kind == "notice"
    assert f"came back as {size[0]}x{size[1]} pixels, and its image has 683x512" in session.status
    assert "ignored" not in session.status
    assert session.outside is None
    assert (run.images[0].width, run.images[0].height) == size
    if mask is not None:
        with pytest.raises(errors.ImageError, match="another frame"):
            session.keep_outside().result(timeout=30)


def test_fault_48_an_edit_of_the_size_that_was_asked_for_is_nothing_to_tell(make_session):
    image = Image.new("RGB", (683, 512))
    session = make_session(client=IgnoresTheMask((512, 512)), model="any", prompt="a hat", image=image, size="512x512")

    session.generate().result(timeout=30)

    assert session.status_kind == "done"


class IgnoresTheMask:
    """A service that paints all of the picture, whatever the mask says; its answer is a real PNG."""

    kind, model = "api", None

    def __init__(self, size=(256, 256)):
        self.size = size

    @property
    def images(self):
        return self

    async def edit_async(self, **_request):
        data = io.BytesIO()
        Image.new("RGB", self.size, "blue").save(data, "PNG")
        encoded = base64.b64encode(data.getvalue()).decode()
        return models.ImageGenerationResponse(created=0, data=[models.ImageObject(b64_json=encoded)])

    async def read_async(self, image):
        return base64.b64decode(image.b64_json)


@pytest.fixture
def editing(make_session):
    """A session that edits a white square."""
    return make_session(prompt="a hat", image=Image.new("RGB", (256, 256), "white"))


def test_fault_28_an_empty_mask_is_refused_before_anything_is_sent(editing):
    editing.mask = Mask.blank(256, 256)
    with pytest.raises(errors.MaskError, match="Nothing is painted"):
        editing.generate().result(timeout=5)
    assert editing.runs == ()


@pytest.mark.parametrize("mask", [Mask.blank(256, 256), Mask.blank(256, 256).fill()], ids=["empty", "full"])
def test_fault_28_the_button_asks_once_whether_all_of_the_picture_is_meant(editing, mask):
    editing.mask = mask
    assert editing.press() is None
    assert "press Edit image again" in editing.status
    run = editing.press().result(timeout=30)
    assert run.kind == "edit"
    assert run.mask is None


def test_fault_28_a_mask_of_another_shape_is_refused_with_both_sizes(editing):
    before = editing.mask
    with pytest.raises(errors.MaskError, match="64x48 pixels and the image 256x256"):
        editing.mask = Mask.blank(64, 48).fill()
    assert editing.mask is before


def test_fault_28_a_mask_of_the_same_shape_is_scaled_to_its_image(editing):
    editing.mask = Mask.blank(64, 64).rect(0, 0, 16, 16)
    assert editing.mask == Mask.blank(256, 256).rect(0, 0, 64, 64)


def test_what_is_no_mask_is_refused_and_leaves_the_mask_as_it_was(editing):
    with pytest.raises(errors.MaskError, match=r"Mask\.from_image"):
        editing.mask = "mask.png"
    assert editing.mask is None
    assert editing.generate().result(timeout=30).status == "succeeded"


def test_a_mask_without_an_image_is_refused_not_dropped(make_session):
    with pytest.raises(errors.MaskError, match="choose the image"):
        make_session(prompt="x").mask = Mask.blank(64, 64).fill()


def test_another_image_takes_the_mask_of_the_former_with_it(editing):
    editing.mask = Mask.blank(256, 256).fill()
    editing.edit_image(Image.new("RGB", (64, 64)))
    assert editing.mask is None


def test_the_whole_picture_can_be_edited_by_code(editing):
    editing.mask = Mask.blank(256, 256)
    assert editing.generate(whole=True).result(timeout=30).status == "succeeded"


def test_a_photograph_is_edited_at_its_own_size_and_shape(make_session):
    photograph = Image.effect_mandelbrot((300, 200), (-2, -1.5, 1, 1.5), 90).convert("RGB")
    session = make_session(prompt="a hat", image=photograph, mask=Mask.blank(300, 200).rect(50, 50, 149, 149))

    run = session.generate().result(timeout=30)

    after = run.images[0].image().convert("RGB")
    assert after.size == (300, 200)
    assert after.crop((0, 0, 300, 50)).tobytes() == photograph.crop((0, 0, 300, 50)).tobytes()


def test_after_an_edit_the_size_is_again_what_it_was(make_session):
    session = make_session(prompt="a boat", size=SMALL)
    session.generate().result(timeout=30)
    session.edit_image()
    assert session.size == "auto"
    session.stop_editing()
    assert session.size == SMALL


def test_a_restored_edit_and_a_restored_generation_ask_for_exactly_what_they_asked_for(make_session):
    session = make_session(prompt="a boat", size="512x512", n=2)
    generation = session.generate().result(timeout=30)
    session.edit_image()
    session.mask, session.n = Mask.blank(512, 512).rect(0, 0, 99, 99), 1
    edit = session.generate().result(timeout=30)
    for run in (generation, edit, generation, edit):
        session.restore(run)
        assert session.request.params() == dict(run.params)
