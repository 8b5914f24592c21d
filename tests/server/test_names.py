"""By which names the server can be reached, and from where: a page on the web must not, behind its reader's back."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from r9s_notebook.server import create_app
from tests.serving import listening

LOCAL = {"hosts": ("localhost", "127.0.0.1", "::1")}
DRAW = {"json": {"prompt": "a fox", "size": "256x256"}}


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "LOCALHOST:1", "[::1]:8765"])
def test_it_answers_to_its_own_names(call, host):
    assert call("GET", "/models", app=LOCAL, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "127.0.0.1@evil.example"]
)
def test_a_name_that_points_here_and_is_not_ours_is_refused(call, host):
    answer = call("POST", "/images/generations", app=LOCAL, headers={"Host": host}, **DRAW)
    assert answer.status_code == 421
    assert answer.json()["error"]["code"] == "unknown_host"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example:8765", "file://"])
def test_a_page_of_another_origin_may_not_use_it(call, origin):
    headers = {"Host": "127.0.0.1", "Origin": origin}
    answer = call("POST", "/images/generations", app=LOCAL, headers=headers, **DRAW)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "unknown_origin")


def test_a_page_that_is_let_may(call):
    app = {"hosts": ("127.0.0.1", "notebooks.example")}
    headers = {"Host": "127.0.0.1", "Origin": "https://notebooks.example"}
    assert call("GET", "/models", app=app, headers=headers).status_code == 200


def test_in_process_any_name_will_do(call):
    assert call("GET", "/models", headers={"Host": "whatever"}).status_code == 200


def test_the_key_is_asked_for_where_another_application_has_mounted_it_too():
    app = Starlette(routes=[Mount("/pictures", create_app(api_key="secret"))])
    with listening(app) as port:
        base = f"http://127.0.0.1:{port}/pictures"
        for path in ("/v1/models", "/v1/nowhere", "/metrics"):
            assert httpx.get(f"{base}{path}").status_code == 401
        assert httpx.get(f"{base}/v1/models", headers={"Authorization": "Bearer secret"}).status_code == 200
        assert httpx.get(f"{base}/v1/openapi.json").status_code == 200


@pytest.mark.slow
def test_beyond_this_machine_it_needs_a_key():
    environment = {name: value for name, value in os.environ.items() if name != "R9S_SERVER_API_KEY"}
    command = [sys.executable, "-m", "r9s_notebook.server", "--host", "0.0.0.0"]  # noqa: S104 - it ends before it listens
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "give it a key" in done.stderr


@pytest.mark.parametrize(("prefix", "path"), [("/images", "/images"), ("/images", ""), ("/v", ""), ("/v1", "/v1")])
def test_a_key_is_asked_for_under_a_prefix_too(prefix, path):
    """A gateway, or Ray, may have it answer at another path than the root."""

    async def status(what: str) -> int:
        transport = httpx.ASGITransport(create_app(api_key="secret"), root_path=prefix)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as http:
            return (await http.get(f"{path}{what}")).status_code

    assert [asyncio.run(status(what)) for what in ("/v1/models", "/v1/openapi.json")] == [401, 200]
