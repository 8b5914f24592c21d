"""How fast and how fair the embedded API is. Run it as ``python -m tests.bench.server``.

CPU seconds are the process's own; the wall-clock figures share the machine with whatever else runs on it.
"""

from __future__ import annotations

import asyncio
import os
import platform
import statistics
import time

import httpx
import PIL

from r9s_notebook.engines.sketch import Brief
from r9s_notebook.engines.sketch.tasks import generate
from r9s_notebook.server import create_app
from r9s_notebook.server.encoding import Encoding
from tests.serving import served

PROMPTS = (
    "a cute cat sitting on a windowsill",
    "a lighthouse at sunset",
    "three red balloons over a snowy village at dusk",
    "a fox in the forest",
    "a robot in the city at night",
    "a castle in the mountains",
    "a sailing boat on a lake",
    "a cup of coffee",
    "a house in autumn",
    "palm trees on a beach at sunset",
)
LOOKS = (
    "",
    "watercolour",
    "oil painting",
    "pen and ink",
    "pixel art",
    "line art",
    "paper cut",
    "poster print",
    "photo",
)


def cpu(size: int, look: str = "", rounds: int = 3) -> list[float]:
    """Milliseconds of CPU for each picture: parsed, composed, painted, and encoded as a PNG."""
    taken = []
    for seed in range(rounds):
        for prompt in PROMPTS:
            brief = Brief(f"{prompt}, {look}" if look else prompt, width=size, height=size, seed=seed)
            started = time.process_time()
            generate(brief, Encoding(), 1.0)
            taken.append((time.process_time() - started) * 1000)
    return taken


async def lag(concurrent: int, *, requests: int = 48) -> tuple[float, float]:
    """How late a loop is that serves drawings in its own process: p99 and maximum in milliseconds."""
    late: list[float] = []
    stopped = False

    async def watch() -> None:
        while not stopped:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            late.append((time.perf_counter() - before - 0.005) * 1000)

    transport = httpx.ASGITransport(create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://offline.r9s/v1", timeout=120) as client:
        watcher = asyncio.create_task(watch())
        gate = asyncio.Semaphore(max(1, concurrent))

        async def one(number: int) -> None:
            async with gate:
                body = {"prompt": PROMPTS[number % len(PROMPTS)], "size": "512x512", "seed": number}
                (await client.post("/images/generations", json=body)).raise_for_status()

        if concurrent:
            await asyncio.gather(*(one(number) for number in range(requests)))
        else:
            await asyncio.sleep(2)
        stopped = True
        await watcher
    return statistics.quantiles(late, n=100)[98], max(late)


async def four() -> float:
    """Seconds for one request of four 512x512 images, in process."""
    transport = httpx.ASGITransport(create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://offline.r9s/v1", timeout=60) as client:
        body = {"prompt": PROMPTS[0], "size": "512x512", "n": 4, "seed": 1}
        await client.post("/images/generations", json=body)
        started = time.perf_counter()
        (await client.post("/images/generations", json=body)).raise_for_status()
        return time.perf_counter() - started


async def classroom(base: str, students: int = 30) -> list[float]:
    """Seconds until each of so many students who click at once has an image, downloaded."""
    async with httpx.AsyncClient(base_url=base, timeout=120) as client:

        async def student(number: int) -> float:
            started = time.perf_counter()
            body = {"prompt": PROMPTS[number % len(PROMPTS)], "size": "512x512", "seed": number}
            answer = (await client.post("images/generations", json=body)).raise_for_status()
            (await client.get(answer.json()["data"][0]["url"])).raise_for_status()
            return time.perf_counter() - started

        return await asyncio.gather(*(student(number) for number in range(students)))


def warm(base: str) -> None:
    """Let every process of a server have drawn something."""
    body = {"prompt": "warm up", "size": "256x256", "n": 4}
    httpx.post(f"{base}/images/generations", json=body, timeout=60).raise_for_status()


def row(name: str, figure: str, goal: str = "") -> None:
    """One line of the table."""
    print(f"| {name} | {figure} | {goal} |", flush=True)


def main() -> None:
    """Print the table."""
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, Pillow {PIL.__version__}\n"
    )
    row("measure", "figure", "goal")
    row("---", "---", "---")
    for size, goal in ((512, 80), (1024, 250)):
        taken = cpu(size)
        middle, slowest = statistics.median(taken), max(taken)
        row(f"{size}x{size} standard, PNG: CPU p50 (max)", f"{middle:.0f} ms ({slowest:.0f} ms)", f"{goal} ms")
    for look in LOOKS[1:]:
        row(f"1024x1024, {look}: CPU p50", f"{statistics.median(cpu(1024, look, rounds=1)):.0f} ms")
    row("four 512x512 in one request, in process", f"{asyncio.run(four()):.2f} s", "1 s")
    p99, worst = asyncio.run(lag(0))
    row("the same loop, idle (what the machine itself adds)", f"{p99:.0f} ms ({worst:.0f} ms)")
    p99, worst = asyncio.run(lag(16))
    row("loop lag at 16 concurrent, threads in process: p99 (max)", f"{p99:.0f} ms ({worst:.0f} ms)", "50 ms")
    with served() as base:
        warm(base)
        waits = asyncio.run(classroom(base))
    row("30 students at once, own server: p50 (last)", f"{statistics.median(waits):.2f} s ({max(waits):.2f} s)", "5 s")


if __name__ == "__main__":
    main()
