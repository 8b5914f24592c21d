from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import psutil
import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from r9s_notebook.offline.refusal import Refusal
from r9s_notebook.offline.waiting import all_or_none, while_connected
from r9s_notebook.offline.work import Workshop, processes
from tests.serving import offline_process


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this platform kills otherwise")
def test_a_killed_drawing_process_costs_one_request_and_not_the_server():
    async def serve() -> int:
        workshop = Workshop(processes(1), waiting=8)
        try:
            victim = await workshop.run(os.getpid)
            with pytest.raises(Refusal) as refused:
                await workshop.run(os.kill, victim, signal.SIGKILL)
            assert refused.value.status == 503
            return await workshop.run(os.getpid) - victim
        finally:
            workshop.close()

    assert asyncio.run(serve()) != 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("ending", ["SIGTERM", "SIGINT", "SIGKILL"])
def test_no_drawing_process_outlives_its_server(ending):
    with offline_process("--workers", "2") as (base, server):
        body = {"prompt": "a cat", "size": "256x256", "n": 4}
        assert httpx.post(f"{base}/images/generations", json=body, timeout=60).status_code == 200
        drawing = psutil.Process(server.pid).children(recursive=True)
        assert len(drawing) >= 2
        server.send_signal(getattr(signal, ending))
        server.wait(20)
        _ended, alive = psutil.wait_procs(drawing, timeout=20)
        assert alive == []


def test_who_leaves_takes_the_pictures_that_wait_along():
    drawn: list[int] = []

    def draw(number: int) -> int:
        drawn.append(number)
        time.sleep(0.05)
        return number

    async def serve() -> None:
        workshop = Workshop(ThreadPoolExecutor(1), waiting=64)
        began = asyncio.Event()

        async def receive() -> Message:
            await began.wait()
            return {"type": "http.disconnect"}

        async def pictures() -> list[int]:
            works = [workshop.run(draw, number) for number in range(50)]
            asyncio.get_running_loop().call_later(0.12, began.set)
            return await all_or_none(works)

        try:
            with pytest.raises(ClientDisconnect):
                await while_connected(Request({"type": "http"}, receive), pictures())
        finally:
            workshop.close()

    asyncio.run(serve())
    assert 1 <= len(drawn) < 10


def test_one_failure_takes_its_siblings_along():
    async def serve() -> bool:
        left = asyncio.Event()

        async def waits() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                left.set()

        async def fails() -> None:
            raise Refusal(503, "full")

        with pytest.raises(Refusal):
            await all_or_none([waits(), fails()])
        await asyncio.wait_for(left.wait(), 5)
        return left.is_set()

    assert asyncio.run(serve())
