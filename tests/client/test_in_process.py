"""An ASGI application in this process, and the embedded one."""

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from r9s_notebook import R9S, errors
from tests.client.loopback import B64, GOOD, partial, sse


def app_that(answer, *, stream=False):
    """An application that answers every request; ``answer`` gets its body."""

    async def app(_, receive, send):
        body = (await receive())["body"]
        kind = b"text/event-stream" if stream else b"application/json"
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        async for piece in answer(body):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    return app


async def good(_):
    yield json.dumps(GOOD).encode()


def test_calls_from_many_threads_and_loops_are_served():
    client = R9S.offline(app_that(good))

    async def several():
        return await asyncio.gather(*(client.images.create_async(prompt="x") for _ in range(5)))

    with ThreadPoolExecutor(6) as threads:
        at_once = [threads.submit(client.images.create, prompt="x") for _ in range(20)]
        loops = [threads.submit(asyncio.run, several()) for _ in range(6)]
        assert all(answer.result().data for answer in at_once)
        assert sum(len(answers.result()) for answers in loops) == 30


def test_a_sync_call_works_where_an_event_loop_runs():
    async def cell():
        return R9S.offline(app_that(good)).images.create(prompt="x")

    assert asyncio.run(cell()).data


def test_a_stream_comes_event_by_event():
    more = threading.Event()

    async def slowly(_):
        yield sse(partial())
        while not more.is_set():  # noqa: ASYNC110 - set by another thread
            await asyncio.sleep(0.005)
        yield sse({"b64_json": B64})

    stream = R9S.offline(app_that(slowly, stream=True)).images.create(prompt="x", stream=True)
    assert not next(stream).is_final
    more.set()
    assert next(stream).is_final


@pytest.mark.parametrize("when", ["closed", "cancelled"])
def test_leaving_a_call_stops_the_application(when):
    begun, stopped = threading.Event(), threading.Event()

    async def endless(_):
        try:
            yield sse(partial())
            begun.set()
            await asyncio.sleep(60)
        finally:
            stopped.set()

    client = R9S.offline(app_that(endless, stream=True))
    if when == "closed":
        with client.images.create(prompt="x", stream=True) as stream:
            next(stream)
            assert begun.wait(5)
    else:

        async def run():
            task = asyncio.create_task((await client.images.create_async(prompt="x", stream=True)).read())
            await asyncio.to_thread(begun.wait, 5)
            task.cancel()
            await asyncio.wait([task])

        asyncio.run(run())
    assert stopped.wait(5)


def test_an_application_that_fails_is_a_500():
    async def broken(*_):
        raise RuntimeError("no ink")

    with pytest.raises(errors.InternalServerError, match="no ink"):
        R9S.offline(broken).images.create(prompt="x")


def test_an_application_that_fails_in_its_answer_is_a_broken_connection():
    async def half(_):
        yield b'{"created"'
        raise RuntimeError("no ink")

    with pytest.raises(errors.NoResponseError, match="no ink"):
        R9S.offline(app_that(half)).images.create(prompt="x")


def test_an_application_that_never_answers_meets_the_deadline():
    async def silent(*_):
        await asyncio.Event().wait()

    client = R9S.offline(silent)
    with pytest.raises(errors.DeadlineExceededError):
        client.images.create(prompt="x", timeout_ms=200)
    with pytest.raises(errors.DeadlineExceededError):
        asyncio.run(client.images.create_async(prompt="x", timeout_ms=200))


def test_the_embedded_api_makes_reads_and_edits_images():
    with R9S.offline() as client:
        assert client.kind == "offline"
        answer = client.images.create(prompt="a red fox", n=2, size="256x256")
        pictures = [client.images.read(image) for image in answer.data]
        assert answer.model == "sketch-1"
        assert pictures[0] != pictures[1]
        edited = client.images.edit(image=pictures[0], prompt="a blue fox", response_format="b64_json")
        assert client.images.read(edited.data[0])[:4] == b"\x89PNG"
        assert client.images.create(prompt="a fox", size="256x256", stream=True, partial_images=1).read().data
        with pytest.raises(errors.BadRequestError, match="n "):
            client.images.create(prompt="a fox", n=0)
