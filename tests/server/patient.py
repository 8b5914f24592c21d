"""An engine of another package, for tests: it draws when a file says that it may, and leaves files that tell of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

from PIL import Image

from r9s_notebook.parameters import GENERATION
from r9s_notebook.server import Asked, Job, Model, Output
from r9s_notebook.server.encoding import encode
from r9s_notebook.server.validation import read

FOLDER = "PATIENT_FOLDER"
"""The variable that names the folder of these files."""


class Patient:
    """A prompt's request leaves a file of its name, waits for the file ``go``, and leaves one if it is given up."""

    name = "patient"
    description = "It waits."

    def __init__(self) -> None:
        self._folder = Path(os.environ[FOLDER])

    async def models(self) -> Sequence[Model]:
        return (Model("patient-1", self.description, {"generate": GENERATION}),)

    async def read(self, asked: Asked) -> Job:
        return await read(asked, (await self.models())[0])

    async def run(self, job: Job) -> AsyncGenerator[Output, None]:
        picture = encode(Image.new("RGB", (8, 8)), job.encoding)
        try:
            for preview in range(job.previews):
                yield Output(0, picture, preview=preview)
            (self._folder / job.prompt).touch()
            while not (self._folder / "go").exists():  # noqa: ASYNC110 - another process makes it
                await asyncio.sleep(0.01)
            yield Output(0, picture)
        except (GeneratorExit, asyncio.CancelledError):
            (self._folder / f"{job.prompt} given up").touch()
            raise

    def close(self) -> None: ...
