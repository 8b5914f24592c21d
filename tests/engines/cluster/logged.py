"""An engine that says in a log what it begins, does and stops, and waits for leave to finish."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from r9s_notebook.parameters import GENERATION
from r9s_notebook.server import Asked, Job, Model, Output, Refusal
from r9s_notebook.server.encoding import encode
from r9s_notebook.server.validation import read

MODEL = Model("logged-1", "Says what it does.", {"generate": GENERATION})


class Line(NamedTuple):
    """What the log has of a picture."""

    what: str  # begun, done, stopped
    seed: int
    pid: int


class LoggedEngine:
    """Paints surfaces, each of which it finishes when there is a file ``go`` in its folder.

    Args:
        folder: Where the log is.
        seconds: That a surface takes.
        batch: Surfaces at a time.
    """

    name = "logged"
    description = MODEL.description

    def __init__(self, folder: str, *, seconds: float = 0, batch: int = 1) -> None:
        self._folder = Path(folder)
        self._seconds = seconds
        self._turn = asyncio.Semaphore(batch)

    async def models(self) -> Sequence[Model]:
        return (MODEL,)

    async def read(self, asked: Asked) -> Job:
        return await read(asked, MODEL)

    async def run(self, job: Job) -> AsyncGenerator[Output, None]:
        async with self._turn:
            for index, seed in enumerate(job.seeds):
                self._log("begun", seed)
                try:
                    for preview in range(job.previews):
                        yield Output(index, self._surface(job, "grey"), preview=preview)
                    if job.prompt == "cursed":
                        raise RuntimeError("/home/me/secret.bin is broken")
                    if job.prompt == "refused":
                        raise Refusal(400, "The blue has run out: ask for red.", param="prompt")
                    await asyncio.sleep(self._seconds)
                    while not (self._folder / "go").exists():  # noqa: ASYNC110 - another process makes it
                        await asyncio.sleep(0.01)
                except BaseException:
                    self._log("stopped", seed)
                    raise
                self._log("done", seed)
                yield Output(index, self._surface(job, "blue"), seed)

    def close(self) -> None:
        pass

    def _surface(self, job: Job, colour: str) -> Any:
        return encode(Image.new("RGB", (job.width, job.height), colour), job.encoding)

    def _log(self, what: str, seed: int) -> None:
        with (self._folder / "log").open("a") as log:
            log.write(json.dumps(Line(what, seed, os.getpid())) + "\n")


def lines(folder: Path) -> list[Line]:
    """The log so far."""
    log = folder / "log"
    return [Line(*json.loads(line)) for line in log.read_text().splitlines()] if log.exists() else []
