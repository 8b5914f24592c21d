"""One app, several event loops and threads."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Event, Semaphore

import httpx

from r9s_notebook.engines.sketch.engine import SketchEngine
from r9s_notebook.server import create_app
from r9s_notebook.server.file_store import FileStore
from r9s_notebook.server.workers import AsyncExecutor, threads


def test_one_app_serves_several_loops_at_once():
    app = create_app()

    def client(number: int) -> int:
        async def go() -> int:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://offline.r9s/v1") as http:
                body = {"prompt": "a cat", "size": "256x256", "seed": number}
                return (await http.post("/images/generations", json=body)).status_code

        return asyncio.run(go())

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(client, range(8))) == [200] * 8


def test_a_cancelled_request_leaves_the_queue():
    executor = AsyncExecutor(threads(1))

    async def go() -> int:
        first = asyncio.create_task(executor.run(sum, range(10)))
        waiting = asyncio.create_task(executor.run(sum, range(10)))
        await asyncio.sleep(0)
        waiting.cancel()
        return await first

    assert asyncio.run(go()) == 45
    executor.close()


def test_who_goes_away_leaves_nothing_to_draw_and_one_request_leaves_room_for_others():
    executor, begun, go_on = ThreadPoolExecutor(8), Semaphore(0), Event()

    def slow(*_arguments: object) -> None:
        begun.release()
        go_on.wait(20)

    class Counting(Executor):
        submitted = 0

        def submit(self, *_arguments: object, **_more: object) -> Future:
            Counting.submitted += 1
            return executor.submit(slow)

    app, gone = create_app(SketchEngine(Counting())), asyncio.Event()
    body = iter([{"type": "http.request", "body": b'{"prompt": "a cat", "n": 10}'}])

    async def receive() -> dict[str, object]:
        if (message := next(body, None)) is not None:
            return message
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(_message: object) -> None: ...

    async def serve() -> None:
        path = "/v1/images/generations"
        scope = {"type": "http", "method": "POST", "path": path, "headers": [], "query_string": b"", "scheme": "http"}
        answering = asyncio.create_task(app({**scope, "server": ("offline", 80), "root_path": ""}, receive, send))
        for _ in range(2):
            await asyncio.to_thread(begun.acquire)
        gone.set()
        await answering

    asyncio.run(asyncio.wait_for(serve(), 15))
    go_on.set()
    assert Counting.submitted == 2
    executor.shutdown()


def test_the_file_store_is_bounded():
    store = FileStore(max_bytes=100)
    names = [store.put(bytes([number]) * 40, "image/png") for number in range(5)]
    assert store.held <= 100
    assert store.get(names[-1]) is not None
    assert store.get(names[0]) is None


def test_what_was_fetched_goes_before_what_is_waited_for():
    store = FileStore(max_bytes=1000, max_read_bytes=100)
    waits = store.put(bytes(90), "image/png")
    names = [store.put(bytes([number]) * 40, "image/png") for number in range(1, 6)]
    assert all(store.get(name) for name in names)
    assert store.held == 90 + 2 * 40
    assert [store.get(name) is not None for name in names] == [False, False, False, True, True]
    assert store.get(waits) is not None
    assert store.get(waits) is not None, "the newest may be fetched again, however large"
