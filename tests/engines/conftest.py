"""Engines as the server has them."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from threading import Event
from typing import Any

import pytest
from PIL import Image, ImageColor

from r9s_notebook.parameters import EDIT, GENERATION
from r9s_notebook.server import Asked, Engine, Job, Model, Output, Refusal
from r9s_notebook.server.encoding import encode
from r9s_notebook.server.validation import read


class OneColour:
    """Paints with the colour that is named: an engine with all that an engine may do, and nothing else."""

    name = "one-colour"
    description = "Paints the colour you name."

    def __init__(self) -> None:
        self.at_work, self.given_up, self.closed = Event(), Event(), False

    async def models(self) -> Sequence[Model]:
        return (Model("one-colour-1", self.description, {"generate": GENERATION, "edit": EDIT}),)

    async def read(self, asked: Asked) -> Job:
        job = await read(asked, (await self.models())[0])
        if job.prompt not in ImageColor.colormap:
            raise Refusal(400, f"{job.prompt} is no colour.", param="prompt", code="no_colour")
        return job

    async def run(self, job: Job) -> AsyncGenerator[Output, None]:
        try:
            for index, seed in enumerate(job.seeds):
                for preview in range(job.previews):
                    yield Output(index, self._painted(job, "grey"), preview=preview)
                if job.prompt == "black":
                    self.at_work.set()
                    await asyncio.Event().wait()  # works for ever, until it is given up
                if job.prompt == "red":
                    raise Refusal(503, "The red has run out.")
                if job.prompt == "maroon":
                    raise RuntimeError("/home/me/maroon.bin is broken")
                yield Output(index, self._painted(job, job.prompt), seed, f"a {job.prompt} surface")
        except (GeneratorExit, asyncio.CancelledError):
            self.given_up.set()
            raise

    def close(self) -> None:
        self.closed = True

    def _painted(self, job: Job, colour: str) -> Any:
        if job.source is None:
            return encode(Image.new("RGB", (job.width, job.height), colour), job.encoding)
        image = Image.open(io.BytesIO(job.source.images[0])).convert("RGB")
        mask = Image.open(io.BytesIO(job.source.mask or b"")).getchannel("A")
        return encode(Image.composite(image, Image.new("RGB", image.size, colour), mask), job.encoding)


async def outputs_of(engine: Engine, asked: Asked) -> list[Output]:
    job = await engine.read(asked)
    async with aclosing(engine.run(job)) as outputs:
        return [output async for output in outputs]


@pytest.fixture
def one_colour() -> OneColour:
    return OneColour()


@pytest.fixture(scope="session")
def ray_head() -> Iterator[Any]:
    """A Ray cluster, for tests that are marked ``cluster``."""
    from tests.engines.cluster import head

    with head.started() as started:
        yield started
