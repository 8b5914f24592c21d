"""The async half of the client's benchmark: throughput, and how long the event loop is kept from its other work."""

from __future__ import annotations

import asyncio
import io
import time
from typing import NamedTuple

import httpx

from r9s_notebook import R9S
from tests.bench._client_peers import KEY, PROMPT

CONCURRENT = 200


class Rate(NamedTuple):
    """Calls a second, by the clock and by this process's CPU, which other work on the machine does not slow."""

    by_clock: float
    by_cpu: float


def _rate(rounds: list[tuple[float, float]]) -> Rate:
    return Rate(*(CONCURRENT / min(times) for times in zip(*rounds, strict=True)))


def throughput(base: str, rounds: int) -> tuple[Rate, Rate]:
    """Small calls, 200 at once: bare ``httpx.AsyncClient``, and this client; each the best of the rounds."""

    async def measured() -> tuple[Rate, Rate]:
        bare: list[tuple[float, float]] = []
        ours: list[tuple[float, float]] = []
        async with httpx.AsyncClient(timeout=60) as client, R9S(api_key=KEY, server_url=f"{base}/small") as r9s:
            url, headers = f"{base}/small/images/generations", {"Authorization": f"Bearer {KEY}"}

            async def one_bare() -> None:
                (await client.post(url, json={"prompt": PROMPT}, headers=headers)).json()

            async def one_of_ours() -> None:
                await r9s.images.create_async(prompt=PROMPT)

            for _ in range(rounds):
                for one, found in ((one_bare, bare), (one_of_ours, ours)):
                    began, used = time.perf_counter(), time.process_time()
                    await asyncio.gather(*(one() for _ in range(CONCURRENT)))
                    found.append((time.perf_counter() - began, time.process_time() - used))
        return _rate(bare), _rate(ours)

    return asyncio.run(measured())


def loop_lag(base: str, images: int = 64, at_once: int = 8) -> float:
    """The 99th percentile of how late a 5 ms timer fires, in seconds, while images arrive, are decoded and shrunk."""
    photo = _photo()

    async def measured() -> float:
        lags: list[float] = []
        async with R9S(api_key=KEY, server_url=f"{base}/image") as r9s:
            slots = asyncio.Semaphore(at_once)

            async def one() -> None:
                async with slots:
                    answer = await r9s.images.create_async(prompt=PROMPT)
                    data = await r9s.images.read_async(answer.data[0])
                    assert len(data) == 3_000_000
                    await asyncio.to_thread(_shrunk, photo)

            ticker = asyncio.create_task(_ticking(lags))
            await asyncio.gather(*(one() for _ in range(images)))
            ticker.cancel()
        return _p99(lags)

    return asyncio.run(measured())


def idle_lag(seconds: float = 2.0) -> float:
    """The same percentile on a loop that has nothing else to do: what the machine itself adds."""

    async def measured() -> float:
        lags: list[float] = []
        ticker = asyncio.create_task(_ticking(lags))
        await asyncio.sleep(seconds)
        ticker.cancel()
        return _p99(lags)

    return asyncio.run(measured())


async def _ticking(lags: list[float]) -> None:
    while True:
        due = time.perf_counter() + 0.005
        await asyncio.sleep(0.005)
        lags.append(time.perf_counter() - due)


def _p99(lags: list[float]) -> float:
    return sorted(lags)[int(len(lags) * 0.99)]


def _photo() -> bytes:
    """A PNG of about 3 MB that Pillow can open."""
    import numpy
    from PIL import Image

    noise = numpy.random.default_rng(1).integers(0, 256, (1024, 1024, 3), dtype=numpy.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "PNG", compress_level=1)
    return file.getvalue()


def _shrunk(data: bytes) -> bytes:
    from PIL import Image

    picture = Image.open(io.BytesIO(data))
    picture.thumbnail((320, 320))
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=70)
    return file.getvalue()
