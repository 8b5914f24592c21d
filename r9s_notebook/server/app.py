"""The images API as an ASGI application, over whatever engine it is given."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from r9s_notebook.parameters import PARAMETERS, Operation
from r9s_notebook.server import answers, catalogue
from r9s_notebook.server.access import Made, Tell, served_of
from r9s_notebook.server.closing import Closing
from r9s_notebook.server.encoding import EncodedImage
from r9s_notebook.server.engine import Asked, Engine, Job, Output
from r9s_notebook.server.faults import Faults
from r9s_notebook.server.file_store import Files, FileStore
from r9s_notebook.server.intake import incoming
from r9s_notebook.server.leaving import unless_left
from r9s_notebook.server.limits import Limits, Queue, RateLimiter
from r9s_notebook.server.middleware import Guard, announce, failed, hold, key_of, unforeseen
from r9s_notebook.server.openapi import openapi
from r9s_notebook.server.refusal import Refusal, answer, invalid
from r9s_notebook.server.registry import open_engine
from r9s_notebook.server.validation import check

if TYPE_CHECKING:
    from r9s_notebook.server.metrics import Metrics

_ON_THE_WIRE = {name: PARAMETERS[name] for name in ("stream", "partial_images")}
"""How an answer travels is the server's own business, whatever the engine."""


@dataclass(frozen=True)
class Server:
    """Everything the routes share. It belongs to no event loop.

    Attributes:
        engine: What makes the pictures.
        files: Where they are kept for ``url`` answers.
        limits: What it takes.
        faults: Faults on purpose.
        limiter: Requests a minute.
        queue: Requests at the same time.
        metrics: For Prometheus; None where nobody counts.
        closing: Whether it is about to end.
        chance: A random number, 0 <= chance < 1, for the faults.
        new_seed: A seed for a request that gave none.
        now: Seconds since 1970.
    """

    engine: Engine
    files: Files
    limits: Limits
    faults: Faults
    limiter: RateLimiter
    queue: Queue
    metrics: Metrics | None
    closing: Closing
    chance: Callable[[], float]
    new_seed: Callable[[], int] = field(default=lambda: secrets.randbelow(2**31))
    now: Callable[[], float] = time.time

    async def generations(self, request: Request) -> Response:
        """``POST /v1/images/generations``."""
        return await self._respond(request, "generate")

    async def edits(self, request: Request) -> Response:
        """``POST /v1/images/edits``."""
        return await self._respond(request, "edit")

    async def list_models(self, _request: Request) -> Response:
        """``GET /v1/models``."""
        return JSONResponse(catalogue.listed(await self.engine.models()))

    async def one_model(self, request: Request) -> Response:
        """``GET /v1/models/{name}``."""
        return JSONResponse(catalogue.one(await self.engine.models(), request.path_params["name"]))

    async def file(self, request: Request) -> Response:
        """``GET /v1/images/files/{name}``: a finished image, without a key, as a signed address would give it."""
        kept = await run_in_threadpool(self.files.get, request.path_params["name"])
        if kept is None:
            raise Refusal(404, "This image is no longer kept. Generate it again.", code="image_expired")
        return Response(kept.data, media_type=kept.media_type, headers={"Cache-Control": "public, max-age=3600"})

    async def openapi(self, _request: Request) -> Response:
        """``GET /v1/openapi.json``."""
        return JSONResponse(openapi(self.engine.description, await self.engine.models()))

    async def show_metrics(self, request: Request) -> Response:
        """``GET /metrics``."""
        if self.metrics is None:
            raise Refusal(
                501, 'This server keeps no metrics: pip install "r9s-notebook[metrics]".', code="metrics_not_installed"
            )
        page, media_type = self.metrics.page(request.headers.get("accept", ""))
        return Response(page, headers={"Content-Type": media_type})

    async def front(self, _request: Request) -> Response:
        """``GET /``: what this is."""
        return JSONResponse(
            {
                "engine": f"{self.engine.name}: {self.engine.description}",
                "api": "/v1/images/generations, /v1/images/edits, /v1/models",
                "openapi": "/v1/openapi.json",
            }
        )

    async def _respond(self, request: Request, operation: Operation) -> Response:
        self.queue.check()
        announce(request, self.limiter.take(key_of(request)))
        body = await incoming(request, limits=self.limits, files=self.files)
        if operation == "edit" and not body.images:
            raise invalid("image", "The image to edit is missing.", code="missing_required_parameter")
        streams = check(body.values, _ON_THE_WIRE).get("stream", False)
        job = await self.engine.read(
            Asked(
                operation,
                body.values,
                body.images,
                body.mask,
                fresh_seed=self.new_seed(),
                idempotency_key=request.headers.get("idempotency-key", ""),
            )
        )
        served_of(request).job = job
        self.faults.strike(self.chance(), job.prompt)
        hold(request, self.queue.place())
        created, address = int(self.now()), partial(self._address, str(request.base_url))
        if streams:
            events = self._events(request, job, created, address)
            return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})
        made = await unless_left(request, self._pictures(request, job))
        # Megabytes of base64 take their time: not on the loop.
        content = await run_in_threadpool(_finished, job, made, created, address)
        return Response(content, media_type="application/json")

    async def _pictures(self, request: Request, job: Job) -> list[Output]:
        made: dict[int, Output] = {}
        async with self.closing.bounded(), aclosing(self._outputs(request, job)) as outputs:
            await asyncio.sleep(self.faults.latency)
            async for output in outputs:
                if output.preview is None:
                    made[output.index] = output
        if not made:
            raise Refusal(500, "The engine made no picture.", code="no_picture")
        return [made[index] for index in sorted(made)]

    async def _events(self, request: Request, job: Job, created: int, address: answers.Address) -> AsyncIterator[bytes]:
        wait = self.faults.latency / (job.previews + 1)
        try:
            async with aclosing(self._outputs(request, job)) as outputs:
                while True:
                    # Not while an event is sent: that is another's await, which could not be ended here.
                    async with self.closing.bounded():
                        output = await anext(outputs, None)
                        if output is None:
                            break
                        await asyncio.sleep(wait)
                    say = answers.completed if output.preview is None else answers.partial
                    yield await run_in_threadpool(say, job, output, created=created, address=address)
        except Exception as error:  # the answer has begun: its last event says what a status would have said
            refusal = error if isinstance(error, Refusal) else unforeseen(request)
            served_of(request).status = refusal.status
            yield answers.event("error", {"type": "error", **refusal.body()})
        yield answers.DONE

    async def _outputs(self, request: Request, job: Job) -> AsyncGenerator[Output, None]:
        began, made = time.perf_counter(), served_of(request).made
        async with aclosing(self.engine.run(job)) as outputs:
            async for output in outputs:
                if output.preview is None:
                    made.append(Made(time.perf_counter() - began, output.batch))
                yield output

    def _address(self, base: str, image: EncodedImage) -> str:
        return f"{base}v1/images/files/{self.files.put(image.data, image.media_type)}"


def create_app(
    engine: Engine | None = None,
    *,
    api_key: str | None = None,
    hosts: Collection[str] | None = None,
    faults: Faults | None = None,
    limits: Limits | None = None,
    max_file_bytes: int = 96 * 2**20,
    max_read_file_bytes: int | None = None,
    files: Files | None = None,
    access_log: Tell | None = None,
    metrics: bool = False,
    closing: Closing | None = None,
    chance: Callable[[], float] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> ASGIApp:
    """The images API over an engine.

    Args:
        engine: What makes the pictures; None is the demonstration's. The application closes it when it is shut down.
        api_key: The bearer token to insist on; None takes any, and none at all.
        hosts: The names that it goes by; a request to another one, or from another one's page, is refused. None lets
            any pass, as in a process of one's own.
        faults: Faults on purpose, for teaching and tests.
        limits: What one request may bring, and how many may wait.
        max_file_bytes: Memory for images that wait behind their ``url``.
        max_read_file_bytes: Of that, for images that were fetched; None for no bound of their own.
        files: Where they wait instead.
        access_log: Is told of each request when it has ended, such as an ``AccessLog``.
        metrics: Count what is done, for ``/metrics``.
        closing: Says when the server is about to end.
        chance: Random numbers for the faults, 0 <= chance < 1.
        clock: Seconds for the rate limit and the engine's pace.

    Returns:
        An ASGI application. It belongs to no event loop: several may use it at the same time.
    """
    faults, limits, closing = faults or Faults(), limits or Limits(), closing or Closing()
    queue = Queue(limits.queue, clock)
    counted = _counted(queue) if metrics else None
    server = Server(
        engine=engine or open_engine(),
        files=files or FileStore(max_file_bytes, max_read_file_bytes),
        limits=limits,
        faults=faults,
        limiter=RateLimiter(faults.requests_per_minute, clock),
        queue=queue,
        metrics=counted,
        closing=closing,
        chance=chance or secrets.SystemRandom().random,
    )
    routes = [
        Route("/", server.front),
        Route("/v1/images/generations", server.generations, methods=["POST"]),
        Route("/v1/images/edits", server.edits, methods=["POST"]),
        Route("/v1/images/files/{name}", server.file),
        Route("/v1/models", server.list_models),
        Route("/v1/models/{name:path}", server.one_model),
        Route("/v1/openapi.json", server.openapi),
        *([Route("/metrics", server.show_metrics)] if metrics else []),
    ]

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        server.engine.close()

    app = Starlette(
        routes=routes,
        exception_handlers={Refusal: answer, HTTPException: _http_error, Exception: failed},
        lifespan=lifespan,
    )
    app.state.server = server
    tell = [access_log] if access_log is not None else []
    if counted is not None:
        tell.append(counted.count)
    return Guard(app, api_key=api_key, engine=server.engine.name, closing=closing, hosts=hosts, tell=tell)


def _counted(queue: Queue) -> Metrics | None:
    if find_spec("prometheus_client") is None:
        return None
    from r9s_notebook.server.metrics import Metrics  # which a notebook's own server has no use for

    return Metrics(queue)


def _finished(job: Job, made: list[Output], created: int, address: answers.Address) -> bytes:
    body: dict[str, Any] = answers.finished(job, made, created=created, address=address)
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    message = {
        404: f"There is nothing at {request.url.path}: this server knows {', '.join(_PATHS)}.",
        405: f"{request.method} is not possible at {request.url.path}.",
    }.get(error.status_code, str(error.detail))
    return answer(request, Refusal(error.status_code, message, headers=error.headers))


_PATHS = ("/v1/images/generations", "/v1/images/edits", "/v1/models", "/v1/openapi.json")

__all__ = ["Server", "create_app"]
