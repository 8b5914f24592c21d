"""Any engine in replicas on a cluster, by Ray Serve: the extra ``cluster``. See ``docs/cluster.md``.

Three deployments stand in a row. A *front* is the images API, as any server has it. The *coalescer* has each job made
once and keeps the pictures for a while, so that who asks again after a front's death is answered. A *replica* has the
engine. How many there are, where, and whether they live, is Ray's business. But Ray tells nobody that who waited for an
answer has died: so each is given its caller, and looks.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager, suppress
from dataclasses import replace
from typing import Any

import ray
from ray import serve
from ray.exceptions import RayActorError, RayTaskError

from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.server import Asked, Engine, Job, Model, Output, Refusal, create_app, open_engine
from r9s_notebook.server.coalescing import Coalescer
from r9s_notebook.server.file_store import SharedFolder
from r9s_notebook.server.refusal import invalid

_AT_ONCE = 1024  # requests of a front and jobs of the coalescer, which a front bounds itself
_PATIENCE = 30.0  # seconds in which a caller may ask again after a front's death
_LOOK = 1.0  # seconds between two looks at whether a caller lives


def app(args: Mapping[str, Any]) -> Any:
    """What ``serve run r9s_notebook.engines.ray:app model=FOLDER replicas=2 gpus=1`` starts.

    Args:
        args: Those of ``application``, by name; text that is JSON is read as such (``model='["one", "two"]'``).
    """
    return application(**{name: _value(given) for name, given in args.items()})


def application(
    *,
    engine: str = "diffusers",
    replicas: int = 1,
    max_replicas: int | None = None,
    gpus: float = 0,
    fronts: int = 1,
    files: str | None = None,
    no_key: bool = False,
    **options: Any,
) -> Any:
    """An application for ``serve.run``. Its key is the one in ``R9S_SERVER_API_KEY``.

    Args:
        engine: What makes the pictures.
        replicas: Of the engine.
        max_replicas: As many as Ray may start while pictures queue up; None keeps to ``replicas``.
        gpus: Of each replica.
        fronts: Processes that speak HTTP.
        files: A folder that all fronts see; ``url`` answers are given only with it.
        no_key: Serve anybody.
        options: The engine's own.

    Raises:
        ValueError: There is neither a key nor ``no_key``, or a ``device`` that Ray is to choose.
    """
    key = os.environ.get("R9S_SERVER_API_KEY")
    if not (key or no_key):
        raise ValueError("Others can reach a cluster: give it a key (R9S_SERVER_API_KEY), or say no_key=true.")
    if "device" in options:
        raise ValueError("Ray says which device is whose: say gpus=1, for one GPU a replica, in place of device.")
    at_once = options.get("batch", 4)
    scale: dict[str, Any] = {"num_replicas": replicas}
    if max_replicas is not None:
        bounds = {"min_replicas": replicas, "max_replicas": max_replicas, "target_ongoing_requests": at_once}
        scale = {"autoscaling_config": bounds}

    def front() -> Any:
        coalescer = serve.get_deployment_handle("coalescer", serve.get_replica_context().app_name)
        reader = open_engine(engine, **options)  # which loads no weights and needs no GPU: it makes nothing
        folder = SharedFolder(files) if files else None
        return create_app(RayEngine(reader, coalescer, links=folder is not None), api_key=key, files=folder)

    waits = {"max_ongoing_requests": _AT_ONCE, "ray_actor_options": {"num_cpus": 0}}
    replica = serve.deployment(_Replica).options(
        name="replica",
        max_ongoing_requests=2 * at_once,  # a batch at work and one that waits: more would die with the replica
        ray_actor_options={"num_gpus": gpus},
        **scale,
    )
    coalescer = serve.deployment(_Coalescer).options(name="coalescer", **waits)
    entrance = serve.deployment(serve.ingress(front)(_Front)).options(name="front", num_replicas=fronts, **waits)
    return entrance.bind(coalescer.bind(replica.bind(engine, options)))


class RayEngine:
    """A front's engine: it reads what is asked, and has it made elsewhere.

    Args:
        reader: An engine as the replicas have it; it is closed with this one.
        coalescer: Ray Serve's handle.
        links: Whether ``url`` answers can be given.
    """

    name = "ray"

    def __init__(self, reader: Engine, coalescer: Any, *, links: bool) -> None:
        self._reader = reader
        self._coalescer = coalescer
        self._links = links
        self.description: str = f"The engine {reader.name}, in replicas on a Ray cluster."

    async def models(self) -> Sequence[Model]:
        """The engine's; without a folder for links, none is offered."""
        models = await self._reader.models()
        return models if self._links else tuple(map(_without_links, models))

    async def read(self, asked: Asked) -> Job:
        """As the engine reads it; it is answered with base64 unless a link is asked for.

        Raises:
            Refusal: The engine's; 400 for a link where no folder is shared.
        """
        job = await self._reader.read(asked)
        as_url = asked.values.get("response_format") == "url"
        if as_url and not self._links:
            raise invalid("response_format", "This server keeps no files behind links: ask for b64_json.")
        return replace(job, as_url=as_url)

    def run(self, job: Job) -> AsyncGenerator[Output, None]:
        """As whichever replica makes it."""
        return _outputs(self._coalescer, job)

    def close(self) -> None:
        """Closes the engine that read."""
        self._reader.close()


class _Front:
    """Ray puts the images API in here."""

    def __init__(self, coalescer: Any) -> None:
        """Binding it deploys it; the API finds it by its name."""


class _Coalescer:
    def __init__(self, replicas: Any) -> None:
        self._coalescer = Coalescer(lambda job: _outputs(replicas, job))

    async def run(self, job: Job, caller: Any) -> AsyncGenerator[Output, None]:
        with _while_it_lives(caller) as death:
            outputs = self._coalescer.run(job, patience=lambda: _PATIENCE if death.done() else 0)
            async with aclosing(outputs):
                async for output in outputs:
                    yield output


class _Replica:
    def __init__(self, engine: str, options: Mapping[str, Any]) -> None:
        self._engine = open_engine(engine, **options)

    async def run(self, job: Job, caller: Any) -> AsyncGenerator[Output, None]:
        with _while_it_lives(caller):
            async with aclosing(self._engine.run(job)) as outputs:
                async for output in outputs:
                    yield output


async def _outputs(handle: Any, job: Job) -> AsyncGenerator[Output, None]:
    """What a deployment makes. If it dies, another one makes it anew, and what has come does not come again.

    Once only: a job that kills whoever makes it must not go from one machine to the next.
    """
    here = ray.get_runtime_context().current_actor
    came: set[tuple[int, int | None]] = set()
    for chances in (1, 0):
        answer = handle.options(stream=True).run.remote(job, here)
        try:
            async for output in answer:
                if (output.index, output.preview) not in came:
                    came.add((output.index, output.preview))
                    yield output
            return
        except RayActorError:
            if not chances:
                message = "The process that made this picture has died, and so has the next. Try again."
                raise Refusal(502, message, code="replica_died") from None
        except RayTaskError as error:
            raise (error.cause if isinstance(error.cause, Refusal) else error) from None
        finally:
            answer.cancel()


@contextmanager
def _while_it_lives(caller: Any) -> Iterator[asyncio.Task[None]]:
    """Cancels what the task does within it when the caller's process dies; what is given is done then."""
    task = asyncio.current_task()

    async def death() -> None:
        with suppress(RayActorError):
            while True:
                await caller.__ray_ready__.remote()
                await asyncio.sleep(_LOOK)

    def cancel(ended: asyncio.Task[None]) -> None:
        if task and not ended.cancelled():
            task.cancel()

    looking = asyncio.create_task(death())
    looking.add_done_callback(cancel)
    try:
        yield looking
    finally:
        looking.cancel()


def _without_links(model: Model) -> Model:
    if model.operations is None:
        return model
    base64 = {"response_format": PARAMETERS["response_format"]._replace(choices=("b64_json",))}
    return replace(model, operations={name: {**taken, **base64} for name, taken in model.operations.items()})


def _value(given: Any) -> Any:
    try:
        return json.loads(given)
    except (TypeError, ValueError):
        return given
