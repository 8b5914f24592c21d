from __future__ import annotations

import httpx
import pytest

from r9s_notebook import R9S
from r9s_notebook.session.clients import service_of
from r9s_notebook.session.messages import sentence

REASON = b'{"error": {"message": "The prompt was refused", "type": "invalid_request_error"}}'


def said(status, body=REASON, headers=None):
    """What the lab says when a service answers like this."""
    transport = httpx.MockTransport(lambda _request: httpx.Response(status, content=body, headers=headers))
    with R9S(api_key="test", transport=transport) as client, pytest.raises(Exception) as caught:  # noqa: PT011
        client.images.create(prompt="x", retries=None)
    return sentence(caught.value)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 422, 429, 500, 502, 503, 504])
def test_the_services_own_reason_comes_first(status):
    assert said(status).startswith("The prompt was refused.")


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "Check the key in R9S_API_KEY"),
        (403, "choose another model"),
        (404, "R9S_BASE_URL"),
        (429, "Wait 7 seconds"),
        (500, "try again in a moment"),
        (503, "try again in a moment"),
    ],
)
def test_what_to_do_follows(status, advice):
    assert advice in said(status, headers={"Retry-After": "7"})


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
def test_without_a_reason_it_is_still_a_sentence(status):
    text = said(status, body=b"<html>oops</html>")
    assert text.endswith(".")
    assert "<html>" not in text


def test_what_the_service_says_about_waiting_is_not_said_again():
    reason = b'{"error": {"message": "Too many requests. Try again in 58 seconds."}}'
    assert said(429, body=reason, headers={"Retry-After": "58"}) == "Too many requests. Try again in 58 seconds."


def test_a_fault_of_the_lab_itself_is_no_traceback():
    assert sentence(ZeroDivisionError("division by zero")).startswith("The lab itself failed (ZeroDivisionError")


@pytest.mark.parametrize(
    ("status", "body", "advice"),
    [
        (429, b'{"error": {"code": "insufficient_quota", "message": "Quota."}}', "no credit left"),
        (402, b"", "no credit left"),
        (400, b'{"error": {"code": "content_policy_violation", "message": "No."}}', "moderation refused"),
        (200, b'{"code": 1102, "msg": "balance"}', "no credit left"),
    ],
)
def test_fault_47_of_moderation_and_an_empty_account_it_is_said_what_helps(status, body, advice):
    text = said(status, body=body, headers={"Retry-After": "60"})
    assert advice in text
    assert "Wait" not in text


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://api.r9s.ai/v1", "R9S"),
        ("https://images.example.org/v1?key=secret", "images.example.org"),
        ("http://127.0.0.1:8000/v1", "127.0.0.1:8000"),
    ],
)
def test_a_service_is_named_by_its_host_without_what_is_secret(url, named):
    with R9S(api_key="secret", server_url=url) as client:
        assert service_of(client) == named


def test_what_stands_in_for_a_service_is_named_as_such(make_session, monkeypatch):
    session = make_session(prompt="a fox beside a zorgle", size="256x256")
    session.generate().result()
    assert session.status.endswith("Not understood: zorgle.")
    assert service_of(session.client) == "embedded API"
    session.restore(session.run)
    monkeypatch.chdir(session.store.home)
    with R9S.replay(".") as client:
        assert service_of(client) == f"replay of {session.store.home.name}"
