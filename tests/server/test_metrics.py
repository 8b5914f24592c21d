"""What Prometheus is told: requests, what waits, seconds and batches of pictures, and the process' memory."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from r9s_notebook.server import Job, Output, create_app
from tests.engines.conftest import OneColour
from tests.serving import listening, served

LABELS = ("operation", "model", "status")
KEY = {"Authorization": "Bearer secret"}


class Batches(OneColour):
    """Says of its pictures that it makes all of a request's together."""

    async def run(self, job: Job) -> AsyncGenerator[Output, None]:
        async for output in super().run(job):
            yield replace(output, batch=len(job.seeds))


@pytest.fixture
def engine() -> Batches:
    return Batches()


@pytest.fixture
def http(engine: Batches) -> Iterator[httpx.Client]:
    app = create_app(engine, api_key="secret", hosts=["127.0.0.1"], metrics=True)
    with listening(app) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=KEY, timeout=60) as http:
        yield http


def asked(prompt: str, **more: object) -> dict[str, object]:
    return {"prompt": prompt, "size": "256x256", **more}


def figures(http: httpx.Client) -> dict[tuple[str, ...], float]:
    """Values by their series' name and its labels' values, without those that make a histogram's buckets."""
    text = http.get("/metrics").raise_for_status().text
    return {
        (sample.name, *(sample.labels[label] for label in LABELS if label in sample.labels)): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith(("_bucket", "_created"))
    }


def test_requests_are_counted_by_operation_model_and_status(http, eventually):
    for prompt in ("blue", "grey", "red", "maroon", "nonsense"):
        http.post("/v1/images/generations", json=asked(prompt, stream=prompt == "maroon"))
    http.post("/v1/images/generations", json=asked("blue"), headers={"Authorization": "Bearer wrong"})
    http.get("/v1/models")
    eventually(lambda: ("r9s_requests_total", "models", "", "200") in figures(http))
    counted = {
        key[1:]: value for key, value in figures(http).items() if key[0] == "r9s_requests_total" and key[1] != "metrics"
    }
    assert counted == {
        ("generate", "one-colour-1", "200"): 2,
        ("generate", "one-colour-1", "503"): 1,
        ("generate", "one-colour-1", "500"): 1,
        ("generate", "", "400"): 1,
        ("generate", "", "401"): 1,
        ("models", "", "200"): 1,
    }


def test_names_that_clients_think_of_make_no_series(http):
    for number in range(3):
        http.post("/v1/images/generations", json=asked("blue", model=f"thought-of-{number}"))
        http.get(f"/v1/thought-of-{number}")
    assert "thought-of" not in http.get("/metrics").text


def test_each_picture_has_its_seconds_and_its_batch(http, eventually):
    http.post("/v1/images/generations", json=asked("blue", n=3))
    http.post("/v1/images/generations", json=asked("blue", stream=True, partial_images=2))
    eventually(lambda: figures(http).get(("r9s_image_seconds_count", "generate", "one-colour-1")) == 4)
    found = figures(http)
    assert found["r9s_image_seconds_sum", "generate", "one-colour-1"] > 0
    assert found["r9s_image_batch_size_sum", "one-colour-1"] == 3 * 3 + 1
    assert found["r9s_image_batch_size_count", "one-colour-1"] == 4


def test_the_queue_is_what_the_engine_has_now(http, engine, eventually):
    async def leave() -> float:
        async with httpx.AsyncClient(base_url=http.base_url, headers=KEY, timeout=60) as other:
            call = asyncio.create_task(other.post("/v1/images/generations", json=asked("black")))
            assert await asyncio.to_thread(engine.at_work.wait, 60)
            waiting = (await asyncio.to_thread(figures, http))[("r9s_queue_requests",)]
            call.cancel()
            await asyncio.wait([call])
            return waiting

    assert asyncio.run(leave()) == 1
    eventually(lambda: figures(http)[("r9s_queue_requests",)] == 0)


@pytest.mark.skipif(sys.platform != "linux", reason="the library reads /proc")
def test_the_process_memory_is_told(http):
    assert figures(http)[("process_resident_memory_bytes",)] > 2**20


def test_several_servers_in_a_process_count_for_themselves(http):
    http.post("/v1/images/generations", json=asked("blue"))
    with (
        listening(create_app(Batches(), metrics=True)) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as two,
    ):
        assert not [key for key in figures(two) if "generate" in key]


def test_it_needs_the_key_and_no_page_of_another_origin_reads_it(http):
    assert http.get("/metrics", headers={"Authorization": ""}).status_code == 401
    assert http.get("/metrics", headers={"Origin": "https://evil.example"}).status_code == 403
    assert http.get("/metrics", headers={"Host": "evil.example"}).status_code == 421


def test_it_speaks_openmetrics_to_who_asks_for_it(http):
    answer = http.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")


def test_where_the_library_is_not_installed_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with listening(create_app(OneColour(), metrics=True)) as port:
        answer = httpx.get(f"http://127.0.0.1:{port}/metrics")
    assert answer.status_code == 501
    assert 'pip install "r9s-notebook[metrics]"' in answer.json()["error"]["message"]


def test_a_server_in_process_counts_nothing(call):
    assert call("GET", "http://offline.r9s/metrics").status_code == 404


@pytest.mark.slow
def test_the_command_line_serves_it():
    with served("--workers", "0") as base:
        assert "r9s_queue_requests" in httpx.get(f"{base.removesuffix('/v1')}/metrics").text
