"""One app, several event loops and threads."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx

from r9s_notebook.offline import create_app
from r9s_notebook.offline.files import FileStore
from r9s_notebook.offline.limits import Limits
from r9s_notebook.offline.work import Workshop, threads


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
    workshop = Workshop(threads(1), waiting=Limits().waiting)

    async def go() -> int:
        first = asyncio.create_task(workshop.run(sum, range(10)))
        waiting = asyncio.create_task(workshop.run(sum, range(10)))
        await asyncio.sleep(0)
        waiting.cancel()
        return await first

    assert asyncio.run(go()) == 45
    workshop.close()


def test_the_file_store_is_bounded():
    store = FileStore(max_bytes=100)
    names = [store.put(bytes([number]) * 40, "image/png") for number in range(5)]
    assert store.held <= 100
    assert store.get(names[-1]) is not None
    assert store.get(names[0]) is None
