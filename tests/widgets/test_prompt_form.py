from __future__ import annotations

import re

import pytest

from r9s_notebook import R9S, PromptForm, errors
from r9s_notebook.widgets.prompt_form import status_html
from tests.client.loopback import GOOD, PNG, Loopback, http


def test_the_form_and_the_session_have_one_prompt(make_session):
    session = make_session(prompt="a cat")
    form = PromptForm(session)
    assert form.prompt == "a cat"
    form.prompt = "a dog"
    assert session.prompt == "a dog"


def test_a_click_on_generate_makes_a_run(make_session):
    session = make_session(prompt="a cat", size="256x256")
    PromptForm(session)._generate.click()
    assert session.run.prompt == "a cat"


def test_a_press_takes_along_what_the_page_shows_in_a_form_of_its_own(make_session):
    form = PromptForm(make_session(prompt="a cat", size="256x256"))
    form._keys._handle_custom_msg({"type": "press", "form": {form._text.model_id: "an owl"}}, [])
    assert form.session.run.prompt == "an owl"


def test_the_button_says_what_it_will_do(make_session):
    session = make_session(prompt="a cat", size="256x256")
    form = PromptForm(session)
    session.generate().result(timeout=30)
    assert form._generate.description == "Generate"
    session.edit_image()
    assert form._generate.description == "Edit image"
    session.stop_editing()
    assert form._generate.description == "Generate"


def test_fault_27_a_status_never_becomes_markup():
    html = status_html("error", "<img src=x onerror=alert(1)>", 0.0)
    assert "<img" not in html
    assert "&lt;img" in html


def test_an_error_is_announced_at_once_and_the_seconds_are_not():
    assert 'role="alert"' in status_html("error", "No.", 0.0)
    assert '<span class="r9s-elapsed" data-since="3.2" aria-hidden="true"></span>' in status_html(
        "running", "Drawing", 3.2
    )


@pytest.mark.parametrize("name", ["fetch_again", "ask_for_base64"])
def test_fault_49_what_can_be_done_for_pictures_behind_dead_links_is_a_button(name, make_session):
    def handler(wire):
        if wire.request.method == "GET":
            wire.send(http(PNG) if wire.number > 2 else http(b"", 404))
        else:
            wire.send(http(GOOD if b"b64_json" in wire.request.body else {"data": [{"url": "/a.png"}]}))

    with Loopback(handler) as server, R9S(api_key="x", server_url=server.url) as client:
        session = make_session(client=client, prompt="a cat", extra={"response_format": "url"})
        form = PromptForm(session)
        shown = lambda: re.findall(r'data-act="(\w+)"', form._remedies.value)  # noqa: E731
        assert shown() == []
        with pytest.raises(errors.ResponseValidationError):
            session.generate().result(timeout=30)
        assert shown() == ["fetch_again", "ask_for_base64"]
        form._keys._handle_custom_msg({"type": "act", "name": name, "argument": ""}, [])
        assert len(session.run.images) == 1
        assert shown() == []
        posts = [request.json["response_format"] for request in server.requests if request.method == "POST"]
        assert posts == (["url"] if name == "fetch_again" else ["url", "b64_json"])


def test_a_gap_of_the_prompt_has_a_row_and_the_button_says_how_many_calls_that_makes(make_session):
    session = make_session(prompt="a cat", size="256x256")
    form = PromptForm(session)
    assert form._gaps.children == ()
    session.prompt = "a {red|green} {animal}"
    colour, animal, one = form._gaps.children
    assert (colour.description, colour.placeholder) == ("red|green · 2 values", "red, green")
    assert (animal.description, form._generate.description) == ("animal · no values yet", "Generate")
    animal.value = "fox, owl, hare"
    assert (animal.description, form._generate.description) == ("animal · 3 values", "Start 6 calls")
    one.value = True
    assert form._generate.description == "Generate"
    session.prompt = "a {animal}"
    assert form._gaps.children == (animal, one)
    assert form.fields == [form._text, animal, one]


def test_a_press_that_makes_many_calls_of_what_the_button_did_not_say_sends_nothing(make_session):
    form = PromptForm(make_session(prompt="a cat", size="256x256"))
    press = {"type": "press", "form": {form._text.model_id: "a {red|green} owl"}, "says": "Generate"}
    form._keys._handle_custom_msg(press, [])
    assert form.session.runs == ()
    assert "Start 2 calls" in form.session.status
    form._keys._handle_custom_msg({**press, "says": form._generate.description}, [])
    assert sorted(run.prompt for run in form.session.runs) == ["a green owl", "a red owl"]
