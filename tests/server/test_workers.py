from __future__ import annotations

import asyncio
import os
import signal

import httpx
import pytest

from r9s_notebook.server.__main__ import command_line
from r9s_notebook.server.refusal import Refusal
from r9s_notebook.server.workers import AsyncExecutor, processes
from tests.serving import served_process


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this platform kills otherwise")
def test_a_killed_drawing_process_costs_one_request_and_not_the_server():
    async def serve() -> int:
        executor = AsyncExecutor(processes(1))
        try:
            victim = await executor.run(os.getpid)
            with pytest.raises(Refusal) as refused:
                await executor.run(os.kill, victim, signal.SIGKILL)
            assert refused.value.status == 503
            return await executor.run(os.getpid) - victim
        finally:
            executor.close()

    assert asyncio.run(serve()) != 0


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this platform kills otherwise")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGKILL"])
def test_drawing_processes_end_with_their_server(name):
    with served_process("--workers", "2") as (process, base):
        body = {"prompt": "a cat", "size": "256x256", "n": 2, "quality": "low"}
        httpx.post(f"{base}/images/generations", json=body, timeout=60).raise_for_status()
        process.send_signal(getattr(signal, name))
        # The drawing processes share its standard error: that ends with the last of them.
        process.communicate(timeout=60)


@pytest.mark.parametrize(("option", "value"), [("--workers", "-1"), ("--port", "99999"), ("--port", "x")])
def test_a_number_that_cannot_be_is_refused_in_a_sentence(capsys, option, value):
    with pytest.raises(SystemExit):
        command_line([])[0].parse_args([option, value])
    assert "a whole number from" in capsys.readouterr().err
