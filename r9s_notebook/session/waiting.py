"""What a run waits for, where its model says so: the weights that are loaded before its first picture."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

from r9s_notebook.errors import R9SNotebookError
from r9s_notebook.session.clients import listed_models, model_of

_ASK_SECONDS = 1.0
_AT_MOST = 15.0  # between two questions, where the model is at nothing


@contextlib.asynccontextmanager
async def told_of_waiting(client: Any, model: str, tell: Callable[[str], object]) -> AsyncIterator[None]:
    """Asks now and then, while a run is under way, what its model is at, and tells each time that it is another thing.

    Weights are loaded before the first picture, so a model that is at nothing is asked more and more seldom. Only what
    is embedded is asked, and a service that described its models before: others would not know.

    Args:
        client: An ``R9S``.
        model: The one that the run names.
        tell: Is given what the model is at, ``""`` for nothing.
    """
    name = model_of(client, model)

    async def watch() -> None:
        told, pause = "", _ASK_SECONDS
        while True:
            await asyncio.sleep(pause)
            pause = min(2 * pause, _AT_MOST)
            with contextlib.suppress(R9SNotebookError):  # the run itself tells what is wrong with the service
                doing = next((one.doing for one in await client.models_async() if one.model == name), "")
                pause = _ASK_SECONDS if doing else pause
                if doing != told:
                    told = doing
                    tell(doing)

    asks = client.kind == "offline" or any(one.described for one in listed_models(client))
    watcher = asyncio.create_task(watch()) if asks else None
    try:
        yield
    finally:
        if watcher is not None:
            watcher.cancel()
