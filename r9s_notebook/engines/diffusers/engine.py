"""The engine of people's own diffusion models."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from os import PathLike, fspath

from PIL import Image

from r9s_notebook.engines.diffusers.device import device_of
from r9s_notebook.engines.diffusers.model_index import ModelIndex, Way, read_index
from r9s_notebook.engines.diffusers.sources import open_canvas
from r9s_notebook.engines.diffusers.terms import check_size, check_taken, described, way_of
from r9s_notebook.engines.diffusers.tickets import Ticket
from r9s_notebook.engines.diffusers.weights import DTYPES, LoadedModel, device_named, dtype_named, model_of
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.server.encoding import encode
from r9s_notebook.server.engine import Asked, Job, Model, NotServed, Output
from r9s_notebook.server.refusal import Refusal
from r9s_notebook.server.validation import check, read
from r9s_notebook.server.workers import whole_number

_NEEDS = ("torch", "diffusers", "transformers")


class DiffusersEngine:
    """Runs diffusion models that people have.

    Args:
        model: A folder that ``save_pretrained`` wrote, or a name of the Hugging Face hub; or several. The first is for
            requests that name none.
        device: As torch names it; ``"auto"`` is a GPU where there is one.
        dtype: ``"float32"``, ``"bfloat16"`` or ``"float16"``; ``"auto"`` is the device's own.
        batch: Pictures that are made at once, at most.

    Raises:
        ValueError: There is no such model or device, or what runs them is not installed.
    """

    name = "diffusers"

    def __init__(
        self,
        model: str | PathLike[str] | Sequence[str | PathLike[str]],
        *,
        device: str = "auto",
        dtype: str = "auto",
        batch: int = 4,
    ) -> None:
        missing = [name for name in _NEEDS if find_spec(name) is None]
        if missing:
            raise ValueError(f'The engine diffusers needs {missing[0]}: pip install "r9s-notebook[models]".')
        sources = [model] if isinstance(model, str | PathLike) else list(model)
        if not sources:
            raise ValueError("The engine diffusers needs a model: the path of its folder, or its name on the hub.")
        place = device_named(device)
        self._batch = batch
        self._models: dict[str, LoadedModel] = {}
        for source in sources:
            loaded = model_of(read_index(fspath(source)), place, dtype_named(dtype, place))
            if self._models.setdefault(loaded.index.name, loaded) is not loaded:
                raise ValueError(f"Two models are called {loaded.index.name!r}: rename the folder of one of them.")
        self._served = {name: described(loaded.index) for name, loaded in self._models.items()}
        self.description: str = f"Models of one's own ({', '.join(self._models)}), run by Diffusers on {place}."
        self._device = place
        # One thread, so that a picture's previews come in their order and before it.
        self._finishing = ThreadPoolExecutor(1, thread_name_prefix="r9s-finishing")
        self._tickets: set[Ticket] = set()

    @classmethod
    def command_line(cls, parser: ArgumentParser) -> Callable[[Namespace], DiffusersEngine]:
        """The options ``--model``, ``--device``, ``--dtype`` and ``--batch``."""
        parser.add_argument(
            "--model",
            action="append",
            required=True,
            metavar="PATH-OR-NAME",
            help="a folder that save_pretrained wrote, or a name of the Hugging Face hub; given twice, both are served",
        )
        parser.add_argument("--device", default="auto", help="as torch names it (default: a GPU where there is one)")
        parser.add_argument("--dtype", default="auto", choices=DTYPES, help="(default: the device's own)")
        parser.add_argument(
            "--batch", type=whole_number(1, 64), metavar="N", default=4, help="pictures at once (default: %(default)s)"
        )
        return lambda options: cls(options.model, device=options.device, dtype=options.dtype, batch=options.batch)

    async def models(self) -> Sequence[Model]:
        """What was given, by the files beside the weights: nothing is loaded."""
        return tuple(replace(served, doing=self._models[name].doing) for name, served in self._served.items())

    async def read(self, asked: Asked) -> Job:
        """Checks by what the model's pipelines take.

        Raises:
            Refusal: What cannot be done, and what can.
        """
        name = check(asked.values, {"model": PARAMETERS["model"]}).get("model", next(iter(self._models)))
        if name not in self._models:
            message = f"There is no model {name!r:.80} here, only {', '.join(self._models)}."
            raise NotServed(404, message, param="model", code="model_not_found")
        index = self._models[name].index
        job = await read(asked, self._served[name], auto=(index.side, index.side))
        way = way_of(index, job)
        check_taken(index, way, job, asked.values)
        check_size(index, job)
        return job

    async def run(self, job: Job) -> AsyncGenerator[Output, None]:
        """Pictures as they are made, and their previews; leaving stops what nobody else waits for within a step."""
        model = self._models[job.model]
        index, way = model.index, way_of(model.index, job)
        canvas = None
        if job.source is not None:
            canvas = await asyncio.to_thread(open_canvas, job.source, job.width, job.height)
        loop, outputs = asyncio.get_running_loop(), asyncio.Queue[Output | Exception]()

        def post(output: Output | Exception) -> None:
            with suppress(RuntimeError):  # the loop of who asked is closed
                loop.call_soon_threadsafe(outputs.put_nowait, output)

        def finish(ticket: Ticket, drawn: Image.Image, preview: int | None) -> None:
            self._finishing.submit(_finished, ticket, drawn, preview, post)

        tickets = [
            Ticket(
                job=job,
                index=number,
                model=model,
                way=way,
                width=index.fitting(job.width),
                height=index.fitting(job.height),
                canvas=canvas,
                most=self._batch if _can_be_many(index, way) else 1,
                done=finish,
                failed=post,
            )
            for number in range(len(job.seeds))
        ]
        self._tickets.update(tickets)
        try:
            device_of(self._device).submit(tickets)
            waiting = len(tickets)
            while waiting:
                output = await outputs.get()
                if isinstance(output, Exception):
                    raise output
                yield output
                waiting -= output.preview is None
        finally:
            self._tickets.difference_update(tickets)
            for ticket in tickets:
                ticket.left.set()

    def close(self) -> None:
        """Lets go of the models; what is being made stops within a step."""
        for ticket in list(self._tickets):
            ticket.left.set()
            ticket.failed(Refusal(503, "The server is shutting down."))
        self._models.clear()
        self._finishing.shutdown(wait=False, cancel_futures=True)


def _can_be_many(index: ModelIndex, way: Way) -> bool:
    """Whether a batch of different pictures is taken: what edits by instruction takes one image for all of it."""
    return way == "text" or "strength" in index.takes(way)


def _finished(
    ticket: Ticket, drawn: Image.Image, preview: int | None, post: Callable[[Output | Exception], None]
) -> None:
    """From what was drawn to what is sent: on a thread of its own, so that the device goes on."""
    try:
        job, canvas = ticket.job, ticket.canvas
        if preview is not None:  # without what was continued beyond the image's edges either
            drawn = drawn.crop((0, 0, min(drawn.width, -(-job.width // 2)), min(drawn.height, -(-job.height // 2))))
        elif canvas is not None:
            drawn = canvas.finished(drawn)
        seed = job.seeds[ticket.index] if preview is None else None
        post(Output(ticket.index, encode(drawn, job.encoding), seed, preview=preview, batch=ticket.together))
    except Exception as error:  # the one who asked is told, and the log
        post(error)
