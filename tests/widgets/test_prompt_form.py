from __future__ import annotations

from r9s_notebook import PromptForm
from r9s_notebook.widgets.prompt_form import status_html


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
    assert '<span class="r9s-elapsed" aria-hidden="true"> · 3 s</span>' in status_html("running", "Drawing", 3.2)
