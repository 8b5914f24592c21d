from __future__ import annotations

import asyncio
import os
import signal

import pytest

from r9s_notebook.offline.refusal import Refusal
from r9s_notebook.offline.work import Workshop, processes


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
