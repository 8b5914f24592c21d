"""How many requests an engine has at the same time, and when those come again that found no room."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from starlette.requests import ClientDisconnect

from r9s_notebook.server import Limits, Refusal, create_app
from r9s_notebook.server.limits import Queue
from tests.engines.conftest import OneColour
from tests.serving import answer_of, begun, listening


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def told(queue: Queue) -> int:
    """The seconds after which who finds no room shall come again."""
    with pytest.raises(Refusal) as refused:
        queue.check()
    assert refused.value.status == 429
    assert f"Try again in {refused.value.headers['Retry-After']} second" in refused.value.message
    return int(refused.value.headers["Retry-After"])


def served(queue: Queue, clock: Clock, *, seconds: float, together: int = 1) -> None:
    """Requests that come at once, and end at once after so many seconds."""
    with ExitStack() as places:
        for _ in range(together):
            places.enter_context(queue.place())
        clock.now += seconds


def test_each_that_is_refused_is_told_of_another_place_at_the_pace_of_the_last_requests(clock):
    queue = Queue(3, clock)
    for _ in range(4):
        served(queue, clock, seconds=5)
    served(queue, clock, seconds=0)
    with queue.place(), queue.place(), queue.place():
        assert [told(queue) for _ in range(5)] == [4, 8, 12, 12, 12]
        clock.now += 4
        assert told(queue) > 8


def test_what_is_made_together_leaves_room_sooner(clock):
    queue = Queue(4, clock)
    for _ in range(8):
        served(queue, clock, seconds=8, together=4)
    with queue.place(), queue.place(), queue.place(), queue.place():
        assert told(queue) == 2


def test_an_engine_that_has_nothing_to_do_is_not_slow(clock):
    queue = Queue(1, clock)
    for _ in range(3):
        served(queue, clock, seconds=2)
        clock.now += 3600
    with queue.place():
        assert told(queue) == 2


def test_before_anything_was_served_and_where_nothing_ends_the_time_since_then_is_told(clock):
    queue = Queue(1, clock)
    with queue.place():
        assert told(queue) == 1
        clock.now += 30
        assert told(queue) == 30


def test_the_engine_of_an_hour_ago_is_forgotten(clock):
    queue = Queue(1, clock)
    served(queue, clock, seconds=600)
    for _ in range(32):
        served(queue, clock, seconds=3)
    with queue.place():
        assert told(queue) == 3


@pytest.fixture
def port(one_colour: OneColour) -> Iterator[int]:
    with listening(create_app(one_colour, limits=Limits(queue=1))) as port:
        yield port


@pytest.fixture
def one_colour() -> OneColour:
    return OneColour()


@pytest.fixture
def http(port: int) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}/v1", timeout=60) as http:
        yield http


def asked(prompt: str, **more: object) -> dict[str, object]:
    return {"prompt": prompt, "size": "256x256", **more}


def test_where_there_is_no_room_a_request_is_refused_unread_until_somebody_leaves(http, port, one_colour, eventually):
    def ask(prompt: str) -> httpx.Response:
        return http.post("/images/generations", json=asked(prompt))

    async def leave() -> tuple[int, dict[str, Any]]:
        async with httpx.AsyncClient(base_url=http.base_url, timeout=60) as other:
            call = asyncio.create_task(other.post("/images/generations", json=asked("black")))
            assert await asyncio.to_thread(one_colour.at_work.wait, 60)
            with begun(port, "/v1/images/generations", "Content-Length: 9999999") as connection:
                refused = await asyncio.to_thread(answer_of, connection)
            assert int((await asyncio.to_thread(ask, "blue")).headers["retry-after"]) >= 1
            call.cancel()
            await asyncio.wait([call])
            return refused

    status, body = asyncio.run(leave())
    assert (status, body["error"]["type"], body["error"]["code"]) == (429, "rate_limit_error", "queue_full")
    eventually(lambda: ask("blue").status_code == 200)


@pytest.mark.parametrize("prompt", ["blue", "red", "maroon", "nonsense"])
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_what_ends_well_or_badly_gives_its_place_back(http, prompt, stream):
    for _ in range(2):
        answer = http.post("/images/generations", json=asked(prompt, stream=stream))
        assert answer.status_code != 429


def test_a_stream_that_its_client_leaves_gives_its_place_back(http, one_colour, eventually):
    with http.stream("POST", "/images/generations", json=asked("black", stream=True, partial_images=1)) as stream:
        events = stream.iter_raw()
        next(events)
        assert http.post("/images/generations", json=asked("blue")).status_code == 429
    assert one_colour.given_up.wait(60)
    eventually(lambda: http.post("/images/generations", json=asked("blue")).status_code == 200)


def test_a_stream_that_could_not_even_begin_gives_its_place_back(one_colour):
    app = create_app(one_colour, limits=Limits(queue=1))
    body = b'{"prompt": "blue", "stream": true}'

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body}

    async def gone(_message: object) -> None:
        raise OSError("the connection is gone")

    async def serve() -> int:
        scope = {"type": "http", "method": "POST", "path": "/v1/images/generations", "headers": [], "query_string": b""}
        scope |= {"scheme": "http", "server": ("here", 80), "root_path": "", "asgi": {"spec_version": "2.4"}}
        with pytest.raises(ClientDisconnect):
            await app(scope, receive, gone)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here/v1") as client:
            return (await client.post("/images/generations", json=asked("blue"))).status_code

    assert asyncio.run(serve()) == 200


def test_many_threads_find_the_room_there_is(clock):
    queue, most = Queue(8, clock), 0

    def come(_number: int) -> bool:
        nonlocal most
        try:
            with queue.place():
                most = max(most, queue.held)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(32) as pool:
        assert any(pool.map(come, range(2000)))
    assert most <= 8
    assert queue.held == 0
