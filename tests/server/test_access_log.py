"""What is written of each request: enough to count and to find it, and nothing of what was said in it."""

from __future__ import annotations

import asyncio
import io
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from PIL import Image

from r9s_notebook.server import AccessLog, create_app
from tests.engines.conftest import OneColour
from tests.serving import begun, listening, served_process

FIELDS = ["time", "request_id", "operation", "model", "n", "size", "status", "seconds", "bytes"]
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def lines(written: io.StringIO) -> Lines:
    return lambda: [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.fixture
def one_colour() -> OneColour:
    return OneColour()


@pytest.fixture
def http(one_colour: OneColour, written: io.StringIO) -> Iterator[httpx.Client]:
    app = create_app(one_colour, api_key="canary-key", access_log=AccessLog(written))
    headers = {"Authorization": "Bearer canary-key"}
    with listening(app) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}/v1", headers=headers) as http:
        yield http


def asked(prompt: str, **more: object) -> dict[str, object]:
    return {"prompt": prompt, "size": "256x256", **more}


def test_a_request_is_a_line_with_what_came_of_it(http, lines, eventually):
    began = datetime.now(UTC)
    answer = http.post("/images/generations", json=asked("blue", n=2))
    eventually(lambda: len(lines()) == 1)
    (line,) = lines()
    assert list(line) == FIELDS
    written_at = datetime.fromisoformat(line.pop("time"))
    assert timedelta(milliseconds=-1) <= written_at - began <= datetime.now(UTC) - began
    assert line.pop("seconds") >= 0
    assert line == {
        "request_id": answer.headers["x-request-id"],
        "operation": "generate",
        "model": "one-colour-1",
        "n": 2,
        "size": "256x256",
        "status": 200,
        "bytes": len(answer.content),
    }


def test_a_stream_is_a_line_when_it_has_ended(http, lines, eventually):
    answer = http.post("/images/generations", json=asked("blue", n=2, stream=True, partial_images=1))
    eventually(lambda: len(lines()) == 1)
    (line,) = lines()
    assert (line["n"], line["status"], line["bytes"]) == (2, 200, len(answer.content))


@pytest.mark.parametrize(("prompt", "status"), [("red", 503), ("maroon", 500), ("nonsense", 400)])
def test_what_failed_says_so_in_a_stream_too(http, lines, eventually, prompt, status):
    for stream in (False, True):
        http.post("/images/generations", json=asked(prompt, stream=stream))
    eventually(lambda: len(lines()) == 2)
    assert [(line["status"], line["n"]) for line in lines()] == [(status, 0)] * 2


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_who_went_away_is_a_line_too(http, one_colour, lines, eventually, stream):
    async def leave() -> None:
        async with httpx.AsyncClient(base_url=http.base_url, headers=http.headers, timeout=60) as client:
            call = asyncio.create_task(client.post("/images/generations", json=asked("black", stream=stream)))
            assert await asyncio.to_thread(one_colour.at_work.wait, 60)
            call.cancel()
            await asyncio.wait([call])

    asyncio.run(leave())
    eventually(lambda: len(lines()) == 1)
    assert lines()[0]["status"] == 499


def test_who_went_away_while_sending_is_no_failure_of_the_server(http, lines, eventually, caplog):
    key = "Authorization: Bearer canary-key"
    begun(http.base_url.port, "/v1/images/generations", key, "Content-Length: 100").close()
    eventually(lambda: len(lines()) == 1)
    assert lines()[0]["status"] == 499
    assert "failed" not in caplog.text


def test_what_was_refused_at_the_door_is_a_line_too(http, lines, eventually):
    http.post("/images/edits", json=asked("blue"), headers={"Authorization": "Bearer wrong"})
    http.get("/nowhere")
    eventually(lambda: len(lines()) == 2)
    assert [(line["operation"], line["status"]) for line in lines()] == [("edit", 401), ("other", 404)]
    assert lines()[0]["model"] is None


def test_nothing_of_what_was_said_or_sent_is_written(http, written, lines, eventually, as_png):
    files = {"image": ("canary.png", as_png(Image.new("RGB", (48, 32))), "image/png")}
    form = {"prompt": "canary", "user": "canary", "model": "canary-model"}
    http.post("/images/edits", data=form, files=files)
    http.post("/images/generations", json=asked("canary-red"))
    made = http.post("/images/generations", json=asked("blue", response_format="url")).json()
    http.get(made["data"][0]["url"])
    eventually(lambda: len(lines()) == 4)
    assert lines()[3]["operation"] == "file"
    assert "canary" not in written.getvalue()
    assert made["data"][0]["url"].rpartition("/")[2] not in written.getvalue()


def test_prompts_are_written_where_they_are_asked_for(one_colour, written, lines):
    app = create_app(one_colour, access_log=AccessLog(written, prompts=True))
    with listening(app) as port:
        httpx.post(f"http://127.0.0.1:{port}/v1/images/generations", json=asked("blue"))
        httpx.get(f"http://127.0.0.1:{port}/v1/models")
    assert [line["prompt"] for line in lines()] == ["blue", None]


@pytest.mark.slow
def test_the_command_line_writes_it_on_standard_output_and_no_other_lines(tmp_path):
    with (tmp_path / "access.jsonl").open("w+") as file:
        with served_process("--workers", "0", "--access-log", "--api-key", "canary", stdout=file) as (process, base):
            headers = {"Authorization": "Bearer canary"}
            httpx.post(f"{base}/images/generations", json=asked("canary"), headers=headers).raise_for_status()
            process.terminate()
            _, errors = process.communicate(timeout=60)
        file.seek(0)
        lines = [json.loads(line) for line in file]
    assert [line["operation"] for line in lines if line["operation"] != "openapi"] == ["generate"]
    assert "canary" not in os.linesep.join([errors, json.dumps(lines)])


def test_prompts_without_a_log_are_refused_in_a_sentence(capsys):
    from r9s_notebook.server.__main__ import main

    with pytest.raises(SystemExit):
        main(["--log-prompts"])
    assert "give both" in capsys.readouterr().err
