"""What a model is at before it can draw stands in the lab's status line."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

from r9s_notebook import R9S
from r9s_notebook.server import create_app
from r9s_notebook.session.worker import ThreadWorker
from tests.engines.conftest import OneColour


class Loading(OneColour):
    """Draws once it was let go; until then it says that it loads."""

    def __init__(self):
        super().__init__()
        self.let_go = threading.Event()

    async def models(self):
        doing = "" if self.let_go.is_set() else "loading 4.2 GB of weights"
        return [replace(one, doing=doing) for one in await super().models()]

    async def run(self, job):
        await asyncio.to_thread(self.let_go.wait, 60)
        async for output in super().run(job):
            yield output


def test_the_status_line_says_that_a_model_is_loaded_first(make_session, eventually):
    engine = Loading()
    with R9S.offline(create_app(engine)) as client:
        session = make_session(client=client, worker=ThreadWorker(), prompt="blue", size="256x256")
        job = session.generate()
        eventually(lambda: "loading" in session.status)
        assert session.status.endswith(" (loading 4.2 GB of weights)")
        assert session.status_kind == "running"
        engine.let_go.set()
        assert job.result(60).images
        assert "loading" not in session.status
