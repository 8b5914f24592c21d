from __future__ import annotations

import json

import pytest

from r9s_notebook import History, Studio, errors, sweep
from r9s_notebook.widgets.parameter_panel import ParameterPanel
from r9s_notebook.widgets.prompt_form import PromptForm

INK = {"prompt": "{prompt}, {pen|brush} drawing", "negative_prompt": "photo", "size": "256x256"}


@pytest.fixture
def presets(store):
    path = store.home / "presets.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"ink": {**INK, "prompt": "{prompt}, ink drawing"}, "pens": INK, "small": {"size": "256x256"}})
    )
    return path


@pytest.mark.usefixtures("presets")
def test_a_preset_puts_its_words_around_the_prompt_and_its_parameters_into_the_form(make_session):
    session = make_session(prompt="a fox", preset="ink")
    assert (session.prompt, session.size, session.extra["negative_prompt"]) == ("a fox", "256x256", "photo")
    assert session.request.prompt == "a fox, ink drawing"
    run = session.press().result()
    assert (run.prompt, run.params["negative_prompt"]) == ("a fox, ink drawing", "photo")
    session.restore(run)
    assert (session.words, session.request.prompt) == ("", "a fox, ink drawing")
    session.use_preset("pens")
    assert session.calls == 2


@pytest.mark.usefixtures("presets")
def test_an_empty_prompt_with_words_around_it_is_not_sent(make_session):
    with pytest.raises(errors.InputError, match="Write a prompt first"):
        make_session(preset="ink").press().result()


def test_what_is_in_the_form_is_saved_under_a_name_and_found_by_another_lab(make_session, store):
    session = make_session(prompt="a fox", size="256x256", extra={"negative_prompt": "photo", "seed": 7})
    session.words = "{prompt}, in oil"
    session.save_preset(" oil ")
    kept = json.loads((store.home / "presets.json").read_text())["oil"]
    assert (kept["prompt"], kept["negative_prompt"], kept["size"]) == ("{prompt}, in oil", "photo", "256x256")
    assert kept.keys().isdisjoint({"seed", "n", "model"})
    assert make_session(prompt="an owl", preset="oil").request.prompt == "an owl, in oil"
    with pytest.raises(errors.InputError, match="needs a name"):
        session.save_preset(" ")


@pytest.mark.usefixtures("presets")
def test_a_sweep_varies_presets(client, store):
    plan = sweep("a fox", preset=[None, "ink", "pens"], client=client, history=History(store=store), size="512x512")
    assert [(slot.variables["preset"], slot.request.prompt) for slot in plan] == [
        ("none", "a fox"),
        ("ink", "a fox, ink drawing"),
        ("pens", "a fox, pen drawing"),
        ("pens", "a fox, brush drawing"),
    ]
    assert {slot.request.size for slot in plan} == {"512x512"}
    assert [slot.request.extra.get("negative_prompt") for slot in plan] == [None, "photo", "photo", "photo"]


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ('{"ink": {}}', "inc", "Did you mean 'ink'"),
        ("[]", "ink", "cannot be read as presets"),
        ('{"ink": 1}', "ink", "cannot be read as presets"),
        ("{", "ink", "cannot be read as presets"),
        ('{"ink": {"size": "7x7"}}', "ink", "size"),
        ('{"ink": {"szie": 7}}', "ink", "does not take szie"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(make_session, presets, text, name, sentence):
    presets.write_text(text)
    with pytest.raises(errors.InputError, match=sentence):
        make_session(prompt="a fox", preset=name).press().result()


@pytest.mark.usefixtures("presets")
def test_the_form_offers_presets_where_there_are_any_and_shows_the_words(make_session):
    session = make_session(prompt="a fox")
    panel, form = ParameterPanel(session), PromptForm(session)
    assert [label for label, _value in panel._preset.options] == ["none", "ink", "pens", "small"]
    assert form._adds.value == ""
    panel._preset.value = "ink"
    assert "…, ink drawing" in form._adds.value
    assert session.size == "256x256"
    panel._preset.value = ""
    assert (session.words, form._adds.value) == ("", "")
    panel.unfold()
    panel._words.value, panel._name.value = "{prompt}, at night", "night"
    panel._folded.children[-1].click()
    assert panel._preset.value == "night"


@pytest.mark.usefixtures("presets")
def test_a_studio_takes_the_name_of_one(client, store):
    studio = Studio(client, prompt="a fox", preset="ink", history=History(store=store))
    assert studio.request.prompt == "a fox, ink drawing"
    studio.close()
