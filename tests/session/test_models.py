"""The models of a service: listed, typed, and what was refused of them."""

from __future__ import annotations

import base64

import pytest

from r9s_notebook import R9S, ParameterPanel, errors
from r9s_notebook.capabilities import MODELS
from r9s_notebook.session import learned
from tests.archive._history_help import picture
from tests.client.loopback import Loopback, Wire, http
from tests.serving import served

ONE = {"b64_json": base64.b64encode(picture()).decode()}


def service(models, *, refuses=()):
    """Answers with a list of models, and with a picture or with a refusal that names a parameter."""
    refusals = list(refuses)

    def handle(wire: Wire) -> None:
        if server.requests[-1].path.endswith("/models"):
            wire.send(models)
        elif refusals:
            param = refusals.pop(0)
            wire.send(http({"error": {"message": f"Not that {param}.", "param": param}}, 400))
        else:
            wire.send(http({"data": [ONE]}))

    server = Loopback(handle)
    return server


def test_the_models_that_a_service_lists_fill_the_list_and_those_of_images_come_first(make_session):
    names = ["llama-4", "dall-e-3", "house-flux", "text-embedding", "openai/gpt-image-2"]
    with service(http({"data": [{"id": name} for name in names]})) as server:
        session = make_session(R9S("test", server_url=server.url), prompt="a cat")
        panel = ParameterPanel(session)
        assert session.models == MODELS
        assert server.requests == []
        panel._repr_mimebundle_()
        panel._repr_mimebundle_()
        expected = ("openai/gpt-image-2", "dall-e-3", "house-flux", "llama-4", "text-embedding")
        assert session.models == session.listed == expected
        assert (
            tuple(value for _label, value in panel._model.options)[: len(expected)] == ("", *expected)[: len(expected)]
        )
        assert len(server.requests) == 1


@pytest.mark.parametrize("answer", [http({"error": "no"}, 404), http({"data": []}), http(b"<html>")])
def test_a_service_without_a_list_is_told_in_a_sentence(make_session, answer):
    with service(answer) as server:
        session = make_session(R9S("test", server_url=server.url), prompt="a cat")
        panel = ParameterPanel(session)
        panel._repr_mimebundle_()
        assert "lists no models" in panel._told.value
        assert session.models == MODELS


@pytest.mark.slow
def test_what_a_service_says_of_its_models_is_what_is_offered(make_session):
    with served() as base, R9S("test", server_url=base) as client:
        session = make_session(client, prompt="a cat", model="sketch-1")
        assert session.choices.known is False
        ParameterPanel(session)._repr_mimebundle_()
        assert session.choices.known
        assert "1024x1024" in session.offer.sizes


def test_what_a_service_refused_is_remembered_of_that_model(make_session):
    with service(http({"data": []}), refuses=["size", "prompt", "steps"]) as server:
        session = make_session(R9S("test", server_url=server.url), prompt="a cat", model="house-model", size="64x64")
        session.extra = {"steps": 30}
        for _ in range(3):
            with pytest.raises(errors.BadRequestError):
                session.generate().result(timeout=30)
        assert session.told == "This service refused size=64x64, steps=30 with this model."
        session.model = "another"
        assert session.told == ""
        session.model = "house-model"
        assert "size=64x64" in ParameterPanel(session)._told.value


def test_what_a_service_took_and_refused_is_known_to_the_next_kernel(make_session):
    with service(http({"data": []}), refuses=["size"]) as server:

        def make(**values):
            return make_session(R9S("test", server_url=server.url), prompt="a cat", model="house-model", **values)

        session = make(size="1024x1024")
        assert "1024x1024" in session.choices.sizes
        with pytest.raises(errors.BadRequestError):
            session.generate().result(timeout=30)
        session.size, session.quality = "640x384", "draft"
        session.generate().result(timeout=30)
        again = make()
        assert again.choices.sizes[0] == "640x384"
        assert "1024x1024" not in again.choices.sizes
        assert again.choices.qualities[0] == "draft"
        assert again.told == "This service refused size=1024x1024 with this model."
        again.size = "1024x1024"
        again.generate().result(timeout=30)  # it has changed its mind
        assert make().told == ""
        assert make().choices.sizes[:2] == ("1024x1024", "640x384")
    with service(http({"data": []})) as other:
        elsewhere = make_session(R9S("test", server_url=other.url), model="house-model")
        assert "1024x1024" in elsewhere.choices.sizes
        assert "640x384" not in elsewhere.choices.sizes


@pytest.mark.parametrize("written", ["{", "[]", '{"http://x/v1": 7}', '{"http://x/v1": {"m": {"accepted": 7}}}'])
def test_what_somebody_has_spoilt_is_learned_anew(store, written):
    (store.home / learned.FILE).write_text(written)
    assert learned.refused(store.home, "http://x/v1", "m") == ()
    learned.remember(store.home, "http://x/v1", "m", "refused", {"size": "9x9", "prompt_extend": "x" * 999})
    assert learned.refused(store.home, "http://x/v1", "m") == (("size", "9x9"),)


def test_a_model_that_nobody_knows_is_given_any_parameters_as_json(make_session):
    with service(http({"data": []})) as server:
        session = make_session(R9S("test", server_url=server.url), prompt="a cat", model="house-model")
        panel = ParameterPanel(session)
        panel.unfold()
        session.extra = {"seed": 7}
        panel._json.value = '{"steps": 30, "loras": [{"name": "ink"}]}'
        session.generate().result(timeout=30)
        sent = server.requests[-1].json
        assert (sent["steps"], sent["loras"], sent["seed"]) == (30, [{"name": "ink"}], 7)
        panel._json.value = "{"
        assert "As JSON" in session.status
        assert session.extra["steps"] == 30
        panel._json.value = ""
        assert dict(session.extra) == {"seed": 7}
        session.extra = {"steps": 20}
        assert panel._json.value == '{"steps": 20}'
        session.model = "dall-e-3"
        session.extra = {}
        assert panel._json.layout.display == "none"


def test_a_default_is_named_where_it_is_known_and_auto_is_said_as_auto(make_session):
    with R9S("test", server_url="http://127.0.0.1:9/v1") as client:
        session = make_session(client, model="dall-e-3")
        panel = ParameterPanel(session)
        assert panel._quality.options[0] == ("model's default: standard", "")
        session.model = "gpt-image-1"
        assert panel._quality.options[0] == ("auto", "auto")
        session.model = "nobody-knows-it"
        assert panel._style.options[0] == ("model's default", "")
