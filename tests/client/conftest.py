from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from r9s_notebook import R9S
from r9s_notebook.client.deadline import Deadline
from tests.client.loopback import PNG, Loopback

Call = Callable[..., Any]
KEY = "sk-canary-5up3r53cr37"


def _sync(client: R9S, **parameters: Any) -> Any:
    return client.images.create(prompt="A cat", **parameters)


def _async(client: R9S, **parameters: Any) -> Any:
    async def run() -> Any:
        async with client:
            return await client.images.create_async(prompt="A cat", **parameters)

    return asyncio.run(run())


def _stream(client: R9S, **parameters: Any) -> Any:
    return client.images.create(prompt="A cat", stream=True, **parameters).read()


def _async_stream(client: R9S, **parameters: Any) -> Any:
    async def run() -> Any:
        async with client:
            return await (await client.images.create_async(prompt="A cat", stream=True, **parameters)).read()

    return asyncio.run(run())


def _edit(client: R9S, **parameters: Any) -> Any:
    return client.images.edit(prompt="A cat", image=PNG, **parameters)


AT_ONCE = {"sync": _sync, "async": _async}
STREAMS = {"stream": _stream, "async stream": _async_stream}
EVERY = {**AT_ONCE, **STREAMS, "edit": _edit}


@pytest.fixture(params=EVERY.values(), ids=EVERY.keys())
def call(request: pytest.FixtureRequest) -> Call:
    """Every way to make a call: sync, async, both streams, an edit."""
    return request.param


@pytest.fixture(params=AT_ONCE.values(), ids=AT_ONCE.keys())
def plain_call(request: pytest.FixtureRequest) -> Call:
    return request.param


@pytest.fixture(params=STREAMS.values(), ids=STREAMS.keys())
def stream_call(request: pytest.FixtureRequest) -> Call:
    return request.param


@pytest.fixture
def serve() -> Iterator[Callable[..., Loopback]]:
    """Starts servers that misbehave as their handler says."""
    with ExitStack() as stack:
        yield lambda handler, **options: stack.enter_context(Loopback(handler, **options))


@pytest.fixture
def connect() -> Iterator[Callable[..., R9S]]:
    """Makes clients of a server, with a canary for a key."""
    with ExitStack() as stack:

        def made(server: Loopback, **settings: Any) -> R9S:
            settings.setdefault("timeout_ms", 10_000)
            return stack.enter_context(R9S(api_key=KEY, server_url=server.url, **settings))

        yield made


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that a call waits before it is sent again: written down, not waited."""
    written: list[float] = []
    monkeypatch.setattr(Deadline, "pause", lambda _deadline, seconds: written.append(seconds))
    return written


@pytest.fixture
def packed_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be unpacked: what is refused is refused before any of it is."""
    monkeypatch.setattr("zlib.decompressobj", lambda _bits: object())
