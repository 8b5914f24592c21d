"""What the studio says of its runs; what a person does with it is in ``tests/browser``."""

from __future__ import annotations

import threading

import pytest
from PIL import Image

from r9s_notebook import R9S, MaskPainter, Studio, errors
from r9s_notebook.server import Faults, create_app
from r9s_notebook.session.worker import InlineWorker, ThreadWorker
from tests.client.loopback import Loopback, always, http


@pytest.fixture
def studio(tmp_path):
    app = create_app(faults=Faults(refused_words=("forbidden",)))
    with R9S.offline(app) as client:
        studio = Studio(client, history=tmp_path / "home", worker=InlineWorker(), prompt="a fox", size="256x256")
        yield studio
        studio.close()


def test_before_the_first_run_there_is_one_sentence_and_nothing_to_press(studio):
    assert studio._stage._empty.value == "Images appear here. Write a prompt and press Generate."
    assert studio._stage._head.layout.display == "none"
    studio.generate().result()
    assert studio._stage._empty.layout.display == "none"
    assert studio._stage._head.layout.display != "none"


def test_a_run_without_images_says_why_where_they_would_be(studio):
    studio.session.prompt = "a forbidden thing"
    with pytest.raises(Exception, match="refused"):
        studio.generate().result()
    assert studio._stage._empty.layout.display != "none"
    assert "refused" in studio._stage._empty.value


def test_a_failure_is_told_until_its_cause_goes(studio):
    banner, form, session = studio._stage._failure, studio._form, studio.session

    def fail():
        session.prompt = "a forbidden thing"
        with pytest.raises(Exception, match="refused"):
            studio.generate().result()
        assert "refused" in banner.value
        assert "alert" not in banner.value  # the status line is, for the ear
        assert "r9s-is-again" in form._status.value

    studio.generate().result()
    fail()
    session.look(session.runs[1])
    assert banner.value == ""  # these pictures did not fail
    session.back_to_newest()
    assert "refused" in banner.value
    session.store.remove([(session.runs[0].id, None)])
    session.look_again()
    assert (banner.value, session.failure, session.status) == ("", "", "")
    fail()
    studio._keys._handle_custom_msg({"type": "act", "name": "dismiss-failure", "argument": ""}, [])
    assert (banner.value, session.failure, session.status) == ("", "", "")
    assert session.retry() is None
    session.back_to_newest()
    fail()
    session.prompt = "a fox"
    studio.generate().result()
    assert banner.value == ""


def test_a_press_takes_what_the_page_shows_but_for_what_the_chosen_model_does_not_offer(studio):
    panel, words = studio._parameters, studio._form._text
    shown = {words: "an owl", panel._n: "2", panel._size: "512x512", panel._style: "gone"}
    form = {field.model_id: value for field, value in shown.items()}
    studio._keys._handle_custom_msg({"type": "press", "form": form}, [])
    assert (studio.run.prompt, len(studio.images), studio.run.params["size"]) == ("an owl", 2, "512x512")
    assert "style" not in studio.run.params


def test_a_press_that_comes_before_its_words_sends_these_and_not_what_was_there(studio):
    """With other words, the prompt's gaps and their rows are gone."""
    studio.prompt = "a {red|blue} boat"
    words, *rows = studio._form.fields
    form = {words.model_id: "an owl", **{row.model_id: row.value for row in rows}}
    studio._keys._handle_custom_msg({"type": "press", "form": form, "says": "Start 2 calls"}, [])
    assert [run.prompt for run in studio.history] == ["an owl"]


def test_fault_44_an_answer_that_is_not_understood_is_shown_and_can_be_copied(tmp_path):
    job = {"task_id": "t<1>", "status": "submitted"}
    with Loopback(always(http(job))) as server, R9S(api_key="x", server_url=server.url) as client:
        studio = Studio(client, prompt="a cat", history=tmp_path, worker=InlineWorker())
        with pytest.raises(errors.ResponseValidationError):
            studio.generate().result(timeout=30)
    assert "as a job" in studio._stage._empty.value
    assert studio._stage._answer.layout.display != "none"
    assert 'class="r9s-copy"' in studio._stage._answer.value
    assert "task_id: t&lt;1&gt;" in studio._stage._answer.value


def test_paint_and_another_source_on_two_threads_do_not_wait_for_each_other(studio, monkeypatch):
    """The painter tells the session of its mask while the session tells the painter of its source."""
    studio.edit(Image.new("RGB", (64, 48), "white"))
    is_painting, goes_on, announce = threading.Event(), threading.Event(), MaskPainter._announce

    def hesitating(painter, *args, **more):
        is_painting.set()
        assert goes_on.wait(60)
        announce(painter, *args, **more)

    monkeypatch.setattr(MaskPainter, "_announce", hesitating)
    painting = threading.Thread(target=studio.painter.fill, daemon=True)
    painting.start()
    assert is_painting.wait(60)
    loading = threading.Thread(target=studio.edit, args=(Image.new("RGB", (64, 48), "black"),), daemon=True)
    loading.start()
    loading.join(0.3)  # long enough to come to the painter, where nothing holds it up
    goes_on.set()
    for thread in (painting, loading):
        thread.join(20)
        assert not thread.is_alive()
    assert studio.painter.image.getpixel((0, 0)) == (0, 0, 0)
    assert studio.session.mask is studio.painter.mask


def test_who_follows_the_mask_may_wait_for_the_run_that_it_starts(tmp_path):
    with R9S.offline() as client:
        studio = Studio(client, history=tmp_path / "home", worker=ThreadWorker(), prompt="a hat", size="256x256")
        studio.edit(Image.new("RGB", (256, 256), "white"))
        runs = []
        studio.painter.observe(lambda _change: runs.append(studio.generate().result(timeout=60)), "mask")
        painting = threading.Thread(target=studio.painter.fill, daemon=True)
        painting.start()
        painting.join(60)
        assert [run.status for run in runs] == ["succeeded"]
        studio.close()
