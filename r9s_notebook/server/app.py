"""The embedded images API as an ASGI application."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from r9s_notebook.engines.sketch import Brief
from r9s_notebook.engines.sketch import told as told_drawing
from r9s_notebook.engines.sketch.edits import told as told_edit
from r9s_notebook.server import answers, jobs
from r9s_notebook.server.files import FileStore
from r9s_notebook.server.guard import Guard, announce, failed, key_of
from r9s_notebook.server.intake import Incoming, incoming
from r9s_notebook.server.jobs import Encoding, Picture, Source
from r9s_notebook.server.limits import Limits, Misbehaviour, RateLimiter
from r9s_notebook.server.models import model, models
from r9s_notebook.server.openapi import description
from r9s_notebook.server.parameters import COMMON, EDIT, MAX_SEED, Common, read
from r9s_notebook.server.refusal import Refusal, answer, invalid
from r9s_notebook.server.work import BoundedExecutor, threads, unless_left

_AT_ONCE = 2
"""Pictures of one request that are drawn, or wait to be drawn, at the same time: others want some too."""


@dataclass(frozen=True)
class Work:
    """How one kind of request is served.

    Attributes:
        kind: ``image_generation`` or ``image_edit``: the first half of its events' names.
        make: Draws a brief as a file, at a share of its size: previews are drawn small.
        tell: What was understood, for ``revised_prompt``.
    """

    kind: str
    make: Callable[[Brief, Encoding, float], Awaitable[Picture]]
    tell: Callable[[Brief], str]


@dataclass(frozen=True)
class Server:
    """Everything the routes share. It belongs to no event loop.

    Attributes:
        drawing: Where pictures are drawn.
        files: Where they are kept for ``url`` answers.
        limits: What one request may bring.
        misbehaviour: Faults on purpose.
        limiter: Requests a minute.
        chance: A random number, 0 <= chance < 1, for the faults.
        new_seed: A seed for a request that gave none.
        now: Seconds since 1970.
    """

    drawing: BoundedExecutor
    files: FileStore
    limits: Limits
    misbehaviour: Misbehaviour
    limiter: RateLimiter
    chance: Callable[[], float]
    new_seed: Callable[[], int] = field(default=lambda: secrets.randbelow(2**31))
    now: Callable[[], float] = time.time

    async def generations(self, request: Request) -> Response:
        """``POST /v1/images/generations``."""
        announce(request, self.limiter.take(key_of(request)))
        body = await incoming(request, limits=self.limits, files=self.files)
        asked = read(body.values, fields=COMMON)
        self.misbehaviour.strike(self.chance(), asked.prompt)
        return await self._respond(request, asked, Work("image_generation", self._generate, told_drawing))

    async def edits(self, request: Request) -> Response:
        """``POST /v1/images/edits``."""
        announce(request, self.limiter.take(key_of(request)))
        body = await incoming(request, limits=self.limits, files=self.files)
        if not body.images:
            raise invalid("image", "The image to edit is missing.", code="missing_required_parameter")
        source = await self._source(body)
        asked = read(body.values, fields=EDIT, auto=(source.width, source.height))
        self.misbehaviour.strike(self.chance(), asked.prompt)
        tell = partial(told_edit, masked=source.mask is not None, marked=source.marked)
        return await self._respond(request, asked, Work("image_edit", partial(self._edit, source), tell))

    async def list_models(self, _request: Request) -> Response:
        """``GET /v1/models``."""
        return JSONResponse(models())

    async def one_model(self, request: Request) -> Response:
        """``GET /v1/models/{name}``."""
        return JSONResponse(model(request.path_params["name"]))

    async def file(self, request: Request) -> Response:
        """``GET /v1/images/files/{name}``: a finished image, without a key, as a signed address would give it."""
        kept = self.files.get(request.path_params["name"])
        if kept is None:
            raise Refusal(404, "This image is no longer kept. Generate it again.", code="image_expired")
        return Response(kept.data, media_type=kept.media_type, headers={"Cache-Control": "public, max-age=3600"})

    async def openapi(self, _request: Request) -> Response:
        """``GET /v1/openapi.json``."""
        return JSONResponse(description())

    async def front(self, _request: Request) -> Response:
        """``GET /``: what this is."""
        return JSONResponse(
            {
                "engine": "sketch-1: draws with vector shapes, no AI model",
                "api": "/v1/images/generations, /v1/images/edits, /v1/models",
                "openapi": "/v1/openapi.json",
            }
        )

    async def _source(self, body: Incoming) -> Source:
        return await self.drawing.run(jobs.check_source, body.images, body.mask, self.limits.pixels)

    async def _generate(self, brief: Brief, encoding: Encoding, share: float) -> Picture:
        return await self.drawing.run(jobs.generate, brief, encoding, share)

    async def _edit(self, source: Source, brief: Brief, encoding: Encoding, share: float) -> Picture:
        return await self.drawing.run(jobs.edit, source, brief, encoding, share)

    async def _respond(self, request: Request, asked: Common, work: Work) -> Response:
        seed = self.new_seed() if asked.seed is None else asked.seed
        # Each image has a seed of its own, so that it can be drawn again alone.
        briefs = [_brief(asked, (seed + number) % (MAX_SEED + 1)) for number in range(asked.n)]
        encoding = Encoding(asked.output_format, asked.compression)
        created = int(self.now())
        address = partial(self._address, str(request.base_url))
        if asked.stream:
            events = self._events(asked, work, briefs=briefs, encoding=encoding, created=created, address=address)
            return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})
        made = await unless_left(request, self._all(briefs, encoding, work))
        body = answers.finished(asked, made, created=created, address=address)
        # Megabytes of base64 take their time: not on the loop.
        content = await self.drawing.run(_json, body) if not asked.as_url else _json(body)
        return Response(content, media_type="application/json")

    async def _all(self, briefs: Sequence[Brief], encoding: Encoding, work: Work) -> list[answers.Made]:
        await asyncio.sleep(self.misbehaviour.latency)
        gate = asyncio.Semaphore(_AT_ONCE)

        async def one(brief: Brief) -> answers.Made:
            async with gate:
                return answers.Made(await work.make(brief, encoding, 1.0), brief.seed, work.tell(brief))

        try:
            async with asyncio.TaskGroup() as group:
                made = [group.create_task(one(brief)) for brief in briefs]
        except BaseExceptionGroup as failures:
            # The first failure has stopped the others: it is the reason.
            raise failures.exceptions[0] from None
        return [task.result() for task in made]

    async def _events(
        self,
        asked: Common,
        work: Work,
        *,
        briefs: Sequence[Brief],
        encoding: Encoding,
        created: int,
        address: answers.Address,
    ) -> AsyncIterator[bytes]:
        wait = self.misbehaviour.latency / (asked.partial_images + 1)
        try:
            for image, brief in enumerate(briefs):
                for number in range(asked.partial_images):
                    await asyncio.sleep(wait)
                    preview = await work.make(brief, encoding, 0.5 ** (asked.partial_images - number + 1))
                    yield answers.partial(
                        asked, work.kind, preview, image=image, number=number, created=created, address=address
                    )
                await asyncio.sleep(wait)
                made = answers.Made(await work.make(brief, encoding, 1.0), brief.seed, work.tell(brief))
                yield answers.completed(asked, work.kind, made, image=image, created=created, address=address)
        except Refusal as refusal:
            yield answers.event("error", {"type": "error", **refusal.body()})
        yield answers.DONE

    def _address(self, base: str, picture: Picture) -> str:
        return f"{base}v1/images/files/{self.files.put(picture.data, picture.media_type)}"


def create_app(
    *,
    api_key: str | None = None,
    misbehaviour: Misbehaviour | None = None,
    limits: Limits | None = None,
    executor: Executor | None = None,
    max_file_bytes: int = 96 * 2**20,
    chance: Callable[[], float] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> ASGIApp:
    """The embedded images API.

    Args:
        api_key: The bearer token to insist on; None takes any, and none at all.
        misbehaviour: Faults on purpose, for teaching and tests.
        limits: What one request may bring.
        executor: Where pictures are drawn; by default on a few threads. A process pool is taken as well.
        max_file_bytes: Memory for images that wait behind their ``url``.
        chance: Random numbers for the faults, 0 <= chance < 1.
        clock: Seconds for the rate limit.

    Returns:
        An ASGI application. It belongs to no event loop: several may use it at the same time.
    """
    misbehaviour = misbehaviour or Misbehaviour()
    limits = limits or Limits()
    server = Server(
        drawing=BoundedExecutor(executor or threads(), waiting=limits.waiting),
        files=FileStore(max_file_bytes),
        limits=limits,
        misbehaviour=misbehaviour,
        limiter=RateLimiter(misbehaviour.requests_per_minute, clock),
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
        server.drawing.close()

    app = Starlette(
        routes=routes,
        exception_handlers={Refusal: answer, HTTPException: _http_error, Exception: failed},
        lifespan=lifespan,
    )
    app.state.server = server
    return Guard(app, api_key=api_key)


def _brief(asked: Common, seed: int) -> Brief:
    return Brief(
        prompt=asked.prompt,
        negative_prompt=asked.negative_prompt,
        width=asked.width,
        height=asked.height,
        detail=asked.detail,
        vivid=asked.vivid,
        transparent=asked.transparent,
        watermark=asked.watermark,
        seed=seed,
    )


def _json(body: dict[str, Any]) -> bytes:
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
