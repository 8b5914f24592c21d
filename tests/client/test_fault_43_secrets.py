"""Fault 43: the key is found nowhere, and where it is looked for."""

from __future__ import annotations

import asyncio
import copy
import io
import logging
import pickle
import sys
import traceback
import types

import pytest

from r9s_notebook import R9S, errors
from r9s_notebook.client import keys
from tests.client.conftest import KEY
from tests.client.loopback import GOOD, always, http, partial, sse, streaming


def everything_about(error: BaseException) -> str:
    """A traceback with every frame's variables, the reprs, and the pickle."""
    shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    attributes = repr(vars(error)) + repr(error) + str(error)
    pickled = pickle.dumps(error)
    restored = pickle.loads(pickled)  # noqa: S301 - our own
    return shown + attributes + pickled.decode("latin-1") + repr(vars(restored))


MISDEEDS = {
    "refused": always(http({"error": {"message": "no"}}, 401)),
    "failed": always(http(b"", 500)),
    "html": always(http(b"<html>")),
    "empty": always(http({"data": []})),
    "limit": always(http({}, 429, retry_after="86400")),
    "reset": lambda wire: wire.reset(),
    "silent": lambda wire: wire.hang(),
    "cut": lambda wire: (wire.send(http(b"x" * 100)[:120]), wire.close()),
    "moved": always(http(b"", 301, location="https://elsewhere.example/v1")),
    "half a stream": always(streaming(sse(partial()))),
}


@pytest.mark.parametrize("handler", MISDEEDS.values(), ids=MISDEEDS.keys())
def test_no_error_shows_the_key(handler, call, serve, connect, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(errors.R9SNotebookError) as caught:
        call(connect(serve(handler)), timeout_ms=300)
    # The frames of the test itself do not count: a caller may know its own key.
    caught.value.__traceback__ = caught.value.__traceback__.tb_next.tb_next
    assert KEY not in everything_about(caught.value)
    assert KEY not in caplog.text


def test_the_response_of_an_error_does_not_lead_to_the_key(plain_call, serve, connect):
    with pytest.raises(errors.AuthenticationError) as caught:
        plain_call(connect(serve(always(http({}, 401)))))
    response = caught.value.raw_response
    assert response.status_code == 401
    with pytest.raises(RuntimeError):
        _ = response.request
    assert KEY not in str(vars(response))


def test_a_client_that_worked_shows_no_key(plain_call, serve, connect, caplog):
    caplog.set_level(logging.DEBUG)
    client = connect(serve(always(http(GOOD))))
    answer = plain_call(client)
    shown = [client, client.images, answer, vars(client), client._settings, client._sender, vars(client.images)]
    assert KEY not in repr(shown) + str(shown) + caplog.text
    assert KEY.encode() not in pickle.dumps(answer)


@pytest.mark.parametrize("copied", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_client_is_not_pickled_or_copied(copied):
    with R9S(api_key=KEY) as client, pytest.raises(TypeError, match="holds an API key"):
        copied(client)


@pytest.mark.parametrize("bad", ["sk- 123", "sk-“123”", "sk-1\n23", " ", "sk-\x00", "Bearer x"])
def test_a_key_that_cannot_be_one_is_refused_without_being_shown(bad):
    with pytest.raises(errors.InputError) as caught:
        R9S(api_key=bad)
    caught.value.__traceback__ = caught.value.__traceback__.tb_next.tb_next
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert bad.strip() == "" or repr(bad)[1:-1] not in shown


def test_a_key_copied_with_a_line_break_at_its_end_works(serve):
    server = serve(always(http(GOOD)))
    with R9S(api_key=f"{KEY}\n", server_url=server.url) as client:
        client.images.create(prompt="x")
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_function_gives_the_key_for_each_call(serve):
    server = serve(always(http(GOOD)))
    given = iter(["sk-one", "sk-two"])
    with R9S(api_key=lambda: next(given), server_url=server.url) as client:
        client.images.create(prompt="x")
        client.images.create(prompt="x")
    assert [request.headers["authorization"] for request in server.requests] == ["Bearer sk-one", "Bearer sk-two"]


def test_the_callers_headers_reach_the_service(plain_call, serve, connect):
    server = serve(always(http(GOOD)))
    plain_call(connect(server), http_headers={"X-Class": "7b", "User-Agent": "mine"})
    assert server.requests[0].headers["x-class"] == "7b"
    assert server.requests[0].headers["user-agent"] == "mine"


def test_a_wrong_base_url_is_refused_without_showing_the_key():
    with pytest.raises(errors.InputError) as caught:
        R9S(api_key=KEY, server_url="not a url")
    caught.value.__traceback__ = caught.value.__traceback__.tb_next
    assert KEY not in everything_about(caught.value)


# --- where the key is looked for -------------------------------------------------------------------------------------


@pytest.fixture
def nowhere(monkeypatch):
    """No key anywhere, and nobody at the keyboard."""
    monkeypatch.delenv("R9S_API_KEY", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("make", [R9S, R9S.from_env])
def test_without_a_key_the_error_says_what_to_do(make):
    with pytest.raises(errors.MissingKeyError) as caught:
        make()
    for advice in ("R9S_API_KEY", "api_key=", "keyring set", "R9S.offline()"):
        assert advice in caught.value.message


def used_key(client: R9S) -> str:
    return client._settings.key.reveal()


@pytest.mark.usefixtures("nowhere")
def test_the_argument_comes_before_the_environment(monkeypatch):
    monkeypatch.setenv("R9S_API_KEY", "sk-environment")
    assert used_key(R9S("sk-argument")) == "sk-argument"
    assert used_key(R9S()) == "sk-environment"


def fake_keyring(key: str | None) -> types.ModuleType:
    module = types.ModuleType("keyring")
    module.get_password = lambda service, name: {("r9s", "R9S_API_KEY"): key}[service, name]
    return module


@pytest.mark.usefixtures("nowhere")
def test_the_environment_comes_before_the_keyring_and_that_before_colab(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", fake_keyring("sk-keyring"))
    colab = types.ModuleType("google.colab")
    colab.userdata = types.SimpleNamespace(get=lambda name: {"R9S_API_KEY": "sk-colab"}[name])
    monkeypatch.setitem(sys.modules, "google.colab", colab)
    assert used_key(R9S()) == "sk-keyring"
    monkeypatch.setitem(sys.modules, "keyring", fake_keyring(None))
    assert used_key(R9S()) == "sk-colab"
    monkeypatch.setenv("R9S_API_KEY", "sk-environment")
    assert used_key(R9S()) == "sk-environment"


@pytest.mark.usefixtures("nowhere")
def test_a_keyring_that_fails_is_passed_over(monkeypatch):
    module = types.ModuleType("keyring")

    def locked(*_):
        raise OSError("the keyring is locked")

    module.get_password = locked
    monkeypatch.setitem(sys.modules, "keyring", module)
    with pytest.raises(errors.MissingKeyError):
        R9S()


@pytest.mark.usefixtures("nowhere")
def test_a_person_is_asked_last_and_only_at_a_terminal(monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda _: "sk-typed")
    with pytest.raises(errors.MissingKeyError):
        R9S()
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(isatty=lambda: True))
    assert used_key(R9S()) == "sk-typed"


@pytest.mark.usefixtures("nowhere")
def test_from_env_asks_nobody(monkeypatch):
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("getpass.getpass", lambda _: pytest.fail("asked"))
    with pytest.raises(errors.MissingKeyError):
        R9S.from_env()


def test_from_env_reads_the_key_the_base_url_and_the_model(monkeypatch, serve):
    server = serve(always(http(GOOD)))
    monkeypatch.setenv("R9S_API_KEY", KEY)
    monkeypatch.setenv("R9S_BASE_URL", f"{server.url}/")
    monkeypatch.setenv("R9S_IMAGE_MODEL", "gpt-image-2")
    with R9S.from_env() as client:
        assert (client.server_url, client.model, client.kind) == (server.url, "gpt-image-2", "api")
        client.images.create(prompt="x")
        client.images.create(prompt="x", model="other")
    assert [request.json["model"] for request in server.requests] == ["gpt-image-2", "other"]


def test_the_keys_sources_are_asked_in_order_and_blanks_are_no_keys():
    asked = []

    def source(name, key):
        return lambda: asked.append(name) or key

    assert keys.find_key([source("a", None), source("b", "  "), source("c", "sk"), source("d", "no")]) == "sk"
    assert asked == ["a", "b", "c"]


def test_an_event_loops_error_report_shows_no_key(serve, connect, caplog):
    """A task whose error nobody retrieves is logged with its exception."""

    async def run() -> None:
        async with connect(serve(always(http({}, 401)))) as client:
            task = asyncio.create_task(client.images.create_async(prompt="x"))
            await asyncio.wait([task])
            del task

    asyncio.run(run())
    assert KEY not in caplog.text


@pytest.mark.slow
def test_an_executed_notebook_with_tracebacks_of_variables_holds_no_key(serve, tmp_path, monkeypatch):
    """As nbclient saves it, widget state included, with IPython showing every variable of every frame."""
    import nbformat
    from nbclient import NotebookClient

    server = serve(always(http({"error": {"message": "no"}}, 401)))
    monkeypatch.setenv("R9S_API_KEY", KEY)
    monkeypatch.setenv("R9S_BASE_URL", server.url)
    cells = [
        "%xmode Verbose",
        "from r9s_notebook import R9S\nimport ipywidgets\nclient = R9S()\nclient",
        "print(client, vars(client)); ipywidgets.Text(repr(client))",
        "client.images.create(prompt='x')",
        "await client.images.create_async(prompt='x')",
        "client.images.create(prompt='x', stream=True)",
        "import pickle; pickle.dumps(client)",
        "%debug_is_no_magic\nclient.__dict__",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": str(tmp_path)}}).execute()
    saved = nbformat.writes(notebook)
    assert "AuthenticationError" in saved
    assert KEY not in saved
    assert len(server.requests) == 3
