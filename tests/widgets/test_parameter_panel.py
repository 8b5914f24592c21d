from __future__ import annotations

import pytest

from r9s_notebook import R9S, ParameterPanel, errors
from r9s_notebook.capabilities import MODELS, capabilities
from r9s_notebook.parameters import PARAMETERS


def unfolded(session):
    """A panel whose further parameters were opened once."""
    panel = ParameterPanel(session)
    panel.unfold()
    return panel


@pytest.fixture
def api():
    with R9S(api_key="test") as client:
        yield client


def offered(dropdown):
    return [value for _label, value in dropdown.options]


@pytest.mark.parametrize("model", [name for name in MODELS if capabilities(name).generates])
def test_fault_30_only_what_the_model_accepts_is_offered(make_session, api, model):
    session = make_session(client=api, model=model, prompt="x")
    panel = unfolded(session)
    accepts = capabilities(model)
    assert set(offered(panel._size)) - {""} == set(accepts.sizes)
    assert set(offered(panel._quality)) - {""} == set(accepts.qualities)
    assert set(offered(panel._style)) - {""} == set(accepts.styles)
    shown = {name for name, widget in panel._fields.items() if widget.layout.display != "none"}
    assert shown <= accepts.parameters
    for size in set(offered(panel._size)) - {""}:
        panel._size.value = size
        session.request.check(accepts)


def test_choosing_another_model_keeps_what_it_accepts_too(make_session, api):
    session = make_session(client=api, model="dall-e-2", size="1024x1024", n=3)
    panel = unfolded(session)
    panel._model.value = "dall-e-3"
    assert (session.model, session.size, session.n) == ("dall-e-3", "1024x1024", 1)
    assert panel._n.value == "1"
    assert session.status == "dall-e-3 takes other values: n 3 is 1 now."


def test_a_model_that_nobody_knows_can_be_named(make_session, api):
    session = make_session(client=api, model="dall-e-2")
    panel = unfolded(session)
    panel._model.value = "another model …"
    assert panel._other.layout.display != "none"
    panel._other.value = "brand-new-7"
    assert session.model == "brand-new-7"
    assert panel._model.value == "brand-new-7"


def test_a_further_parameter_is_sent_only_once_it_is_given(make_session):
    session = make_session(prompt="x")
    panel = unfolded(session)
    assert "seed" not in session.request.params()
    panel._fields["seed"].value = "7"
    assert session.request.params()["seed"] == 7
    panel._fields["seed"].value = ""
    assert "seed" not in session.request.params()


def test_a_restored_run_is_seen_in_every_control(make_session):
    session = make_session(prompt="x", size="512x512", n=2, extra={"seed": 7})
    run = session.generate().result(timeout=30)
    panel = unfolded(session)
    session.size, session.n, session.extra = "256x256", 1, {}
    session.restore(run)
    assert (panel._size.value, panel._n.value, panel._fields["seed"].value) == ("512x512", "2", "7")


def test_a_parameter_that_is_not_sent_is_not_blank_and_no_choice_of_the_api(make_session):
    panel = unfolded(make_session(prompt="x", model="gpt-image-1"))
    for field in ("background", "output_format", "moderation"):
        assert panel._fields[field].label == "model's default"
        assert panel._fields[field].index == 0
    panel._fields["background"].value = "transparent"
    assert panel.session.extra == {"background": "transparent"}
    panel._fields["background"].value = ""
    assert panel.session.extra == {}


def test_a_choice_that_the_panel_does_not_know_is_shown_as_it_is(make_session):
    panel = unfolded(make_session(prompt="x", extra={"background": "plaid"}))
    assert panel._fields["background"].label == "plaid"


def test_folded_parameters_are_counted_where_they_are_folded(make_session):
    session = make_session(prompt="x")
    panel = unfolded(session)
    assert panel._more.titles == ("More parameters",)
    panel._fields["seed"].value = "7"
    assert panel._more.titles == ("More parameters (1 set)",)


def test_sizes_are_offered_from_small_to_large_and_ratios_after_them(make_session):
    sizes = offered(ParameterPanel(make_session(prompt="x"))._size)
    assert sizes[:4] == ["256x256", "512x512", "512x1024", "1024x576"]
    assert sizes[-10:] == ["9:16", "2:3", "3:4", "4:5", "1:1", "5:4", "4:3", "3:2", "16:9", "21:9"]


def test_every_parameter_that_has_a_label_is_asked_for_with_it(make_session):
    panel = unfolded(make_session(prompt="x"))
    asked = {
        field.description.partition(" · ")[0]: field.tooltip
        for field in panel.fields
        if field not in (panel._other, panel._preset, panel._json, panel._words, panel._name)
    }
    assert asked == {one.label: one.description for one in PARAMETERS.values() if one.label}
    assert panel._model.description == "Model · embedded API"
    assert panel._fields["output_compression"].placeholder == "0 to 100"
    assert panel._fields["negative_prompt"].placeholder == "what must not be in the image"
    assert offered(panel._fields["watermark"]) == ["", True, False]


@pytest.mark.parametrize(
    ("name", "typed", "meant"), [("negative_prompt", "no people, ", "no people,"), ("seed", "007", 7)]
)
def test_a_field_that_somebody_is_writing_in_stays_as_it_is_written(make_session, name, typed, meant):
    panel = unfolded(make_session(prompt="x"))
    panel._fields[name].value = typed
    assert (panel.session.extra[name], panel._fields[name].value) == (meant, typed)
    panel.session.extra = {}
    assert panel._fields[name].value == ""


def test_what_a_field_cannot_mean_is_refused_before_it_is_sent(make_session):
    session = make_session(prompt="x", size="256x256")
    unfolded(session)._fields["output_compression"].value = "101"
    with pytest.raises(errors.ParameterError, match="output_compression"):
        session.generate().result(timeout=30)
    assert session.status == "Output compression must be from 0 to 100, not 101."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2.5", "a whole number, not 2.5"),
        ("11", "from 1 to 10, not 11"),
        ("0", "from 1 to 10, not 0"),
        ("", "a whole number, not ''"),
        ("two", "a whole number, not 'two'"),
    ],
)
def test_how_many_images_is_read_as_it_is_typed_and_never_clamped(make_session, typed, said):
    session = make_session(prompt="x", size="256x256")
    panel = unfolded(session)
    panel._n.value = typed
    with pytest.raises(errors.InputError):
        session.generate().result(timeout=30)
    assert session.status == f"n must be {said}."
    assert panel._n.value == typed
    panel._n.value = "2"
    assert len(session.generate().result(timeout=30).images) == 2


@pytest.mark.parametrize(("name", "value"), [("n", 99), ("size", "333x333"), ("quality", "best")])
def test_what_code_asks_for_and_the_model_does_not_take_is_shown_and_refused_with_a_sentence(make_session, name, value):
    session = make_session(prompt="x", **{name: value})
    panel = unfolded(session)
    assert getattr(panel, f"_{name}").value == str(value)
    with pytest.raises(errors.InputError):
        session.generate().result(timeout=30)
    assert str(value) in session.status
    assert session.runs == ()


@pytest.mark.parametrize(
    ("url", "said"), [("http://127.0.0.1:9/v1", "your own service"), ("http://h.test/v1", "model's")]
)
def test_how_pictures_come_is_asked_and_what_the_client_asks_by_itself_is_said(url, said, make_session):
    with R9S(api_key="x", server_url=url) as client:
        session = make_session(client=client, model="my-model")
        field = unfolded(session)._fields["response_format"]
        assert said in field.options[0][0]
        field.value = "url"
        assert session.request.extra == {"response_format": "url"}


def test_a_recorded_request_is_chosen_from_a_list_and_is_what_the_form_has_then(make_session):
    for line in ({"prompt": "a boat", "size": "256x256"}, {"prompt": "a cat", "size": "512x512", "n": 2}):
        recorded = make_session(**line)
        recorded.generate().result(timeout=30)
    with R9S.replay(recorded.store.home) as replay:
        session = make_session(client=replay, prompt="mine")
        panel = ParameterPanel(session)
        assert offered(panel._model)[0] == "sketch-1"
        assert panel._examples.value is None
        panel._examples.value = next(number for label, number in panel._examples.options if label.startswith("a cat"))
        assert (session.prompt, session.size, session.n) == ("a cat", "512x512", 2)
        session.prompt = "mine again"
        assert panel._examples.value is None


def test_without_a_recording_there_is_no_such_list(make_session):
    assert ParameterPanel(make_session())._examples is None
