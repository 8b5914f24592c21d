"""What calls cost: before, after, in a file of one's own, and under a cap."""

from __future__ import annotations

import base64
import json
import re
from types import SimpleNamespace

import pytest

from r9s_notebook import R9S, History, errors
from r9s_notebook.capabilities import MODELS
from r9s_notebook.history import NewRun
from r9s_notebook.prices import PRICES, Price
from r9s_notebook.session import costs
from r9s_notebook.session.request import Request, Source
from r9s_notebook.widgets.history_panel import summary
from r9s_notebook.widgets.prompt_form import PromptForm
from tests.archive._history_help import keep, picture
from tests.client.loopback import Loopback, always, http

SOURCE = Source(b"", "image/png", 64, 48)
ONE = {"b64_json": base64.b64encode(picture()).decode()}
COUNTED = {"input_tokens": 50, "output_tokens": 272, "input_tokens_details": {"text_tokens": 10, "image_tokens": 40}}


@pytest.fixture
def service():
    with R9S("test", server_url="http://127.0.0.1:9/v1") as service:
        yield service


def test_every_price_has_its_source_and_its_day_and_is_of_a_model_that_is_known():
    for name, price in PRICES.items():
        assert name in MODELS
        assert price.source.startswith("https://")
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", price.date)


@pytest.mark.parametrize(
    ("asked", "dollars"),
    [
        ({"model": "gpt-image-1", "size": "1024x1024", "quality": "low"}, 0.011),
        ({"model": "openai/gpt-image-1", "size": "1536x1024", "quality": "high", "n": 4}, 1.0),
        ({"model": "gpt-image-1", "size": "1024x1024", "quality": "low", "extra": {"partial_images": 2}}, 0.019),
        ({"model": "gpt-image-1", "size": "auto", "quality": "low"}, None),
        ({"model": "gpt-image-1", "size": "1024x1024"}, None),
        ({"model": "gpt-image-1", "size": "1024x1024", "quality": "low", "source": SOURCE}, None),
        ({"model": "dall-e-3"}, 0.04),
        ({"model": "dall-e-2", "size": "256x256", "n": 2, "source": SOURCE}, 0.032),
        ({"model": "gpt-image-2", "size": "1024x1024", "quality": "low"}, None),
        ({"model": "nobody-knows-it"}, None),
        ({}, None),
        ({"model": "dall-e-2", "n": "many"}, None),
    ],
)
def test_what_a_call_will_cost_is_known_where_its_price_is(service, asked, dollars):
    request = Request(prompt="a cat", **asked)
    assert costs.price(service, request) == (None if dollars is None else pytest.approx(dollars))
    assert costs.price(SimpleNamespace(kind="offline", model=None), request) == 0


@pytest.mark.parametrize(
    ("usage", "editing", "dollars"),
    [
        (COUNTED, True, (10 * 5 + 40 * 10 + 272 * 40) / 1e6),
        ({"input_tokens": 10, "output_tokens": 272}, False, (10 * 5 + 272 * 40) / 1e6),
        ({"input_tokens": 10, "output_tokens": 272}, True, None),
        ({"input_tokens": 10}, False, None),
        ({"output_tokens": "272", "input_tokens": 3}, False, None),
        (None, False, None),
    ],
)
def test_what_a_call_has_cost_is_told_by_the_tokens_of_its_answer(usage, editing, dollars):
    found = PRICES["gpt-image-1"].after(usage, editing=editing)
    assert found == (None if dollars is None else pytest.approx(dollars))
    assert Price().after(usage, editing=editing) is None


def test_a_run_knows_what_it_cost_and_the_history_adds_it_up(make_session, store):
    make_session(prompt="a boat", size="256x256").generate().result(timeout=30)
    keep(store, "of yore", notebook="other.ipynb")
    answers = [
        http({"data": [ONE], "usage": COUNTED}),
        http({"data": [ONE]}),
        http({"error": {"message": "No."}}, 400),
    ]
    with Loopback(lambda wire: wire.send(answers.pop(0))) as server:
        session = make_session(R9S("test", server_url=server.url), prompt="a cat", model="gpt-image-1")
        session.size, session.quality = "1024x1024", "low"
        first, second = (session.generate().result(timeout=30) for _ in range(2))
        with pytest.raises(errors.BadRequestError):
            session.generate().result(timeout=30)
    assert first.cost == pytest.approx((10 * 5 + 40 * 10 + 272 * 40) / 1e6)
    assert second.cost == pytest.approx(0.011)
    history = History(store=store)
    spent = history.cost()
    assert (spent.dollars, spent.known, spent.unknown) == (pytest.approx(first.cost + 0.011), 3, 1)
    assert str(spent) == "$0.02, and what 1 run cost is not known"
    assert str(history.cost(notebook="other.ipynb")) == "what 1 run cost is not known"
    assert str(history.cost(cell="cell-1")) == "$0.02"
    assert history.cost(month=first.created.strftime("%Y-%m")) == spent
    assert str(history.cost(month="1999-12")) == "$0.00"
    with pytest.raises(errors.InputError, match="YYYY-MM"):
        history.cost(month="May")
    assert summary(session.runs, None) == "4 runs of this cell, $0.02"


def test_the_price_stands_beside_the_button(make_session, service):
    session = make_session(service, prompt="a cat", model="dall-e-2")
    form = PromptForm(session)
    assert ">$0.02<" in form._cost.value
    session.n = 4
    assert ">4 x $0.02 = $0.08<" in form._cost.value
    session.model = "another"
    assert ">cost not known<" in form._cost.value
    assert PromptForm(make_session())._cost.value == ""


@pytest.mark.parametrize("place", ["beside the store", "named"])
def test_a_file_of_ones_own_corrects_and_adds(make_session, service, store, monkeypatch, place):
    says = {
        "gpt-image-1": {"price": {"per_image": 0.5}},
        "house-model": {"like": "dall-e-2", "sizes": ["64x64"], "price": {"per_image": {"*": {"64x64": 0.001}}}},
    }
    file = store.home / "models.json" if place == "beside the store" else store.home.parent / "mine.json"
    file.write_text(json.dumps(says))
    if place == "named":
        monkeypatch.setenv("R9S_MODELS", str(file))
    assert costs.price(service, Request(prompt="a cat", model="gpt-image-1", n=3), store.home) == 1.5
    session = make_session(service, prompt="a cat", model="house-model")
    assert (session.offer.sizes, session.choices.max_n, session.size) == (("64x64",), 10, "64x64")
    assert session.models[:2] == ("gpt-image-1", "house-model")
    assert costs.price(service, session.request, store.home) == 0.001
    file.write_text("{}")
    assert costs.price(service, session.request, store.home) is None


@pytest.mark.parametrize(
    "says", ["{", "[]", '{"m": {"sises": []}}', '{"m": {"sizes": 3}}', '{"m": {"price": {"text": "a"}}}']
)
def test_a_file_that_cannot_be_used_is_told_and_passed_over(make_session, service, store, says):
    (store.home / "models.json").write_text(says)
    with pytest.warns(UserWarning, match=r"models\.json is passed over"):
        assert make_session(service, model="m").choices.known is False


def test_a_lab_with_a_cap_does_not_send_what_would_pass_it(make_session):
    with Loopback(always(http({"data": [ONE]}))) as server:
        session = make_session(R9S("test", server_url=server.url), prompt="a cat", model="dall-e-3")
        session.max_cost = 0.1
        for _ in range(2):
            session.generate().result(timeout=30)
        assert session.spent == pytest.approx(0.08)
        with pytest.raises(errors.InputError, match=r"costs \$0.04, .* may spend \$0.10, and has spent \$0.08"):
            session.generate().result(timeout=30)
        assert "Not sent" in session.status
        session.model = "unknown"
        with pytest.raises(errors.InputError, match="not known"):
            session.generate().result(timeout=30)
        assert len(server.requests) == 2


def test_what_is_refused_is_not_spent(make_session):
    with Loopback(always(http({"error": {"message": "No."}}, 400))) as server:
        session = make_session(R9S("test", server_url=server.url), prompt="a cat", model="dall-e-3")
        session.max_cost = 0.04
        for _ in range(2):
            with pytest.raises(errors.BadRequestError):
                session.generate().result(timeout=30)
        assert session.spent == 0


def test_what_is_embedded_costs_nothing(make_session, store):
    session = make_session(prompt="a cat", size="256x256")
    session.max_cost = 0.0
    run = session.generate().result(timeout=30)
    assert (run.cost, session.spent) == (0, 0)
    store.begin(NewRun(prompt="under way"))
    assert str(History(store=store).cost()) == "$0.00"


def test_a_sweep_of_the_lab_says_what_all_of_it_costs_and_obeys_the_labs_cap(make_session):
    with Loopback(always(http({"data": [ONE]}))) as server, R9S("test", server_url=server.url) as client:
        session = make_session(client=client, model="dall-e-2", size="256x256", prompt="a {red|green|blue} fox")
        assert session.calls == 3
        assert "$0.048" in PromptForm(session)._cost.value
        session.max_cost = 0.04
        session.press("Start 3 calls")
        assert len(server.requests) == 2
        assert session.spent == pytest.approx(0.032)
        session.prompt = "an owl"
        with pytest.raises(errors.InputError):
            session.generate().result()
        assert len(server.requests) == 2
