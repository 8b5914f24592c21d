"""How a server ends: what has begun is finished, for a while, and nothing begins."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from typing import Any, NamedTuple

import httpx
import pytest

from r9s_notebook.server.closing import Closing
from tests.server import patient
from tests.serving import served_process

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="this platform has other signals"),
]
SIGNALS = [signal.SIGTERM, signal.SIGINT]


class Begun(NamedTuple):
    """A server with a whole and a streamed request at work."""

    process: Popen[str]
    base: str
    folder: Path
    whole: Future[httpx.Response]
    streamed: Future[httpx.Response]

    def is_closing(self) -> bool:
        return httpx.get(f"{self.base}/models").status_code == 503


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the engine ``patient`` lies, as pip installs one, and what it leaves."""
    shutil.copy(patient.__file__, tmp_path / "patient_engine.py")
    (tmp_path / "patient-1.0.dist-info").mkdir()
    metadata = "Metadata-Version: 2.1\nName: patient\nVersion: 1.0\n"
    (tmp_path / "patient-1.0.dist-info" / "METADATA").write_text(metadata)
    entry = "[r9s_notebook.engines]\npatient = patient_engine:Patient\n"
    (tmp_path / "patient-1.0.dist-info" / "entry_points.txt").write_text(entry)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *filter(None, sys.path)]))
    monkeypatch.setenv(patient.FOLDER, str(tmp_path))
    return tmp_path


@pytest.fixture
def begun(folder, eventually):
    @contextmanager
    def begin(*options: str):
        with ThreadPoolExecutor() as pool, served_process("--engine", "patient", *options) as (process, base):

            def ask(prompt: str, **more: Any) -> Future[httpx.Response]:
                body = {"prompt": prompt, "response_format": "b64_json", **more}
                return pool.submit(httpx.post, f"{base}/images/generations", json=body, timeout=60)

            whole, streamed = ask("whole"), ask("streamed", stream=True, partial_images=1)
            eventually(lambda: (folder / "whole").exists() and (folder / "streamed").exists())
            yield Begun(process, base, folder, whole, streamed)

    return begin


def events(answer: httpx.Response) -> list[dict[str, Any]]:
    *blocks, done, rest = answer.text.split("\n\n")
    assert (done, rest) == ("data: [DONE]", "")
    return [json.loads(block.partition("data: ")[2]) for block in blocks]


@pytest.mark.parametrize("name", SIGNALS)
def test_what_has_begun_is_finished_and_what_comes_is_told_so(begun, eventually, name):
    with begun("--grace", "600") as server:
        server.process.send_signal(name)
        eventually(server.is_closing)
        with httpx.Client() as client:
            refused = client.post(f"{server.base}/images/generations", json={"prompt": "late"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "shutting_down")
        assert refused.headers["connection"] == "close"
        assert not (server.folder / "late").exists()
        (server.folder / "go").touch()
        assert server.whole.result(60).json()["data"][0]["b64_json"]
        assert [event["type"].rpartition(".")[2] for event in events(server.streamed.result(60))] == [
            "partial_image",
            "completed",
        ]
        _, errors = server.process.communicate(timeout=60)
    assert server.process.returncode == (-signal.SIGTERM if name == signal.SIGTERM else 0)
    assert "finishing 2 requests, for 600 seconds at most" in errors
    assert "Traceback" not in errors


def test_what_takes_too_long_is_given_up_with_an_answer_and_a_last_event(begun):
    with begun("--grace", "1") as server:
        server.process.send_signal(signal.SIGTERM)
        whole = server.whole.result(60)
        assert (whole.status_code, whole.json()["error"]["code"]) == (503, "shutting_down")
        preview, last = events(server.streamed.result(60))
        assert preview["type"].endswith("partial_image")
        assert (last["type"], last["error"]["code"]) == ("error", "shutting_down")
        _, errors = server.process.communicate(timeout=60)
    assert (server.folder / "whole given up").exists()
    assert (server.folder / "streamed given up").exists()
    assert server.process.returncode == -signal.SIGTERM
    assert "Traceback" not in errors


@pytest.mark.parametrize("name", SIGNALS)
def test_a_second_signal_ends_it_at_once(begun, eventually, name):
    with begun("--grace", "600") as server:
        server.process.send_signal(name)
        eventually(server.is_closing)
        server.process.send_signal(name)
        assert server.process.wait(60) == -name
        for call in (server.whole, server.streamed):
            assert isinstance(call.exception(60), httpx.RemoteProtocolError)


def test_what_was_made_can_still_be_fetched(begun, eventually):
    with begun("--grace", "600") as server:
        (server.folder / "go").touch()
        server.whole.result(60)
        body = {"prompt": "kept", "response_format": "url"}
        url = httpx.post(f"{server.base}/images/generations", json=body).json()["data"][0]["url"]
        (server.folder / "go").unlink()
        with httpx.stream("POST", f"{server.base}/images/generations", json={"prompt": "more", "stream": True}):
            server.process.send_signal(signal.SIGTERM)
            eventually(server.is_closing)
            assert httpx.get(url).status_code == 200


@pytest.mark.usefixtures("folder")
def test_nothing_to_finish_is_no_reason_to_wait():
    with served_process("--engine", "patient", "--grace", "600") as (process, _base):
        process.terminate()
        _, errors = process.communicate(timeout=60)
    assert "finishing" not in errors


def test_a_time_out_of_the_engines_own_is_the_engines_own():
    async def fail() -> None:
        async with Closing().bounded():
            raise TimeoutError("of the network")

    with pytest.raises(TimeoutError, match="of the network"):
        asyncio.run(fail())
