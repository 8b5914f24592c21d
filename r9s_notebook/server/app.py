"""The images API as an ASGI application, over whatever engine it is given."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from r9s_notebook.parameters import PARAMETERS, Operation
from r9s_notebook.server import answers, catalogue
from r9s_notebook.server.encoding import EncodedImage
from r9s_notebook.server.engine import Asked, Engine, Job, Output
from r9s_notebook.server.faults import Faults
from r9s_notebook.server.file_store import Files, FileStore
from r9s_notebook.server.intake import incoming
from r9s_notebook.server.leaving import unless_left
from r9s_notebook.server.limits import Limits, RateLimiter
from r9s_notebook.server.middleware import Guard, announce, failed, key_of, unforeseen
from r9s_notebook.server.openapi import openapi
from r9s_notebook.server.refusal import Refusal, answer, invalid
from r9s_notebook.server.registry import open_engine
from r9s_notebook.server.validation import check

_ON_THE_WIRE = {name: PARAMETERS[name] for name in ("stream", "partial_images")}
"""How an answer travels is the server's own business, whatever the engine."""


@dataclass(frozen=True)
class Server:
    """Everything the routes share. It belongs to no event loop.

    Attributes:
        engine: What makes the pictures.
        files: Where they are kept for ``url`` answers.
        limits: What one request may bring.
        faults: Faults on purpose.
        limiter: Requests a minute.
        chance: A random number, 0 <= chance < 1, for the faults.
        new_seed: A seed for a request that gave none.
        now: Seconds since 1970.
    """

    engine: Engine
    files: Files
    limits: Limits
    faults: Faults
    limiter: RateLimiter
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
                max_pixels=self.limits.pixels,
                idempotency_key=request.headers.get("idempotency-key", ""),
            )
        )
        self.faults.strike(self.chance(), job.prompt)
        created, address = int(self.now()), partial(self._address, str(request.base_url))
        if streams:
            events = self._events(request, job, created, address)
            return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})
        made = await unless_left(request, self._pictures(job))
        # Megabytes of base64 take their time: not on the loop.
        content = await run_in_threadpool(_finished, job, made, created, address)
        return Response(content, media_type="application/json")

    async def _pictures(self, job: Job) -> list[Output]:
        await asyncio.sleep(self.faults.latency)
        made: dict[int, Output] = {}
        async with aclosing(self.engine.run(job)) as outputs:
            async for output in outputs:
                if output.preview is None:
                    made[output.index] = output
        if not made:
            raise Refusal(500, "The engine made no picture.", code="no_picture")
        return [made[index] for index in sorted(made)]

    async def _events(self, request: Request, job: Job, created: int, address: answers.Address) -> AsyncIterator[bytes]:
        wait = self.faults.latency / (job.previews + 1)
        try:
            async with aclosing(self.engine.run(job)) as outputs:
                async for output in outputs:
                    await asyncio.sleep(wait)
                    say = answers.completed if output.preview is None else answers.partial
                    yield await run_in_threadpool(say, job, output, created=created, address=address)
        except Refusal as refusal:
            yield answers.event("error", {"type": "error", **refusal.body()})
        except Exception:  # the answer has begun: its last event says what a status would have said
            yield answers.event("error", {"type": "error", **unforeseen(request).body()})
        yield answers.DONE

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
    files: Files | None = None,
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
        limits: What one request may bring.
        max_file_bytes: Memory for images that wait behind their ``url``.
        files: Where they wait instead.
        chance: Random numbers for the faults, 0 <= chance < 1.
        clock: Seconds for the rate limit.

    Returns:
        An ASGI application. It belongs to no event loop: several may use it at the same time.
    """
    faults = faults or Faults()
    server = Server(
        engine=engine or open_engine(),
        files=files or FileStore(max_file_bytes),
        limits=limits or Limits(),
        faults=faults,
        limiter=RateLimiter(faults.requests_per_minute, clock),
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
    return Guard(app, api_key=api_key, engine=server.engine.name, hosts=hosts)


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
