"""The sketch engine behind the images API: the demonstration, and what draws where nobody has a key."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser, Namespace
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace

from r9s_notebook.engines.sketch import tasks
from r9s_notebook.engines.sketch.brief import Brief
from r9s_notebook.engines.sketch.drawing import told as told_drawing
from r9s_notebook.engines.sketch.edits import told as told_edit
from r9s_notebook.parameters import PARAMETERS, SAMPLING, Parameter
from r9s_notebook.server.answers import detail
from r9s_notebook.server.encoding import EncodedImage
from r9s_notebook.server.engine import Asked, Job, Model, Output
from r9s_notebook.server.sizes import PIXEL_SIZES, RATIO_SIZES, SIZES
from r9s_notebook.server.validation import read
from r9s_notebook.server.workers import AsyncExecutor, processes, threads, whole_number

_QUALITIES = ("auto", "standard", "hd", "low", "medium", "high", "xhigh", "max")


def _size(*examples: str) -> Parameter:
    return PARAMETERS["size"]._replace(choices=SIZES, examples=examples, default="1024x1024")


_EITHER = {
    **{name: one for name, one in PARAMETERS.items() if one.kind != "file" and name not in SAMPLING},
    "quality": PARAMETERS["quality"]._replace(
        choices=_QUALITIES, examples=("standard", "hd", "low", "medium", "high"), default="standard"
    ),
}
"""What both operations take: an edit has its seed and its style too."""

MODEL = Model(
    name="sketch-1",
    description="The built-in sketch engine draws these images with vector shapes. No AI model is at work.",
    operations={
        "generate": {name: one for name, one in _EITHER.items() if name != "input_fidelity"}
        | {"size": _size(*PIXEL_SIZES, *RATIO_SIZES)},
        "edit": {
            "image": PARAMETERS["image"],
            "mask": PARAMETERS["mask"],
            **_EITHER,
            "size": _size("auto", *PIXEL_SIZES),
        },
    },
)
"""It serves every name, so that what is written for another model runs here as it stands."""

_AT_ONCE = 2
"""Pictures of one request that are drawn, or wait to be drawn, at the same time: others want some too."""


class SketchEngine:
    """Draws with vector shapes.

    Args:
        executor: Where it draws; by default on a few threads. A process pool is taken as well.
    """

    name = "sketch"
    description: str = MODEL.description

    def __init__(self, executor: Executor | None = None) -> None:
        self._drawing = AsyncExecutor(executor or threads())

    @classmethod
    def command_line(cls, parser: ArgumentParser) -> Callable[[Namespace], SketchEngine]:
        """The option ``--workers``."""
        parser.add_argument(
            "--workers",
            type=whole_number(0, 64),
            metavar="N",
            help="processes that draw; 0 draws on threads (default: one per core)",
        )
        return lambda options: cls(threads() if options.workers == 0 else processes(options.workers))

    async def models(self) -> Sequence[Model]:
        """The one model."""
        return (MODEL,)

    async def read(self, asked: Asked) -> Job:
        """Checks by the API's own table."""
        job = await read(asked, MODEL)
        marked = job.source is None or await asyncio.to_thread(tasks.is_marked, job.source)
        return replace(job, own=marked)

    async def run(self, job: Job) -> AsyncGenerator[Output, None]:
        """Draws two at a time, and gives them in order: of each image its previews, then the picture."""
        steps = [(index, preview) for index in range(len(job.seeds)) for preview in (*range(job.previews), None)]
        ahead: deque[asyncio.Task[Output]] = deque()
        try:
            for index, preview in steps:
                ahead.append(asyncio.create_task(self._drawn(job, index, preview)))
                if len(ahead) == _AT_ONCE:
                    yield await ahead.popleft()
            while ahead:
                yield await ahead.popleft()
        finally:
            for task in ahead:
                task.cancel()
            await asyncio.gather(*ahead, return_exceptions=True)

    def close(self) -> None:
        """Drops what waits; what is being drawn ends by itself."""
        self._drawing.close()

    async def _drawn(self, job: Job, index: int, preview: int | None) -> Output:
        brief = _brief(job, job.seeds[index])
        if preview is not None:
            image = await self._image(job, brief, 0.5 ** (job.previews - preview + 1))
            return Output(index, image, preview=preview)
        return Output(index, await self._image(job, brief, 1.0), brief.seed, _told(job, brief))

    async def _image(self, job: Job, brief: Brief, share: float) -> EncodedImage:
        if job.source is None:
            return await self._drawing.run(tasks.generate, brief, job.encoding, share)
        return await self._drawing.run(tasks.edit, job.source, brief, job.encoding, share)


def _told(job: Job, brief: Brief) -> str:
    if job.source is None:
        return told_drawing(brief)
    return told_edit(brief, masked=job.source.mask is not None, marked=job.own)


def _brief(job: Job, seed: int) -> Brief:
    values = job.values
    return Brief(
        prompt=job.prompt,
        negative_prompt=values.get("negative_prompt", ""),
        width=job.width,
        height=job.height,
        detail=detail(job),
        vivid=values.get("style", "vivid") == "vivid",
        transparent=values.get("background") == "transparent",
        watermark=values.get("watermark", False),
        seed=seed,
    )
