"""``python -m tests.bench.sweep``: a sweep beside bare httpx that writes the same files, in one run on loopback.

The two take turns in every round; figures are medians of the rounds. The server is a process of its own. It answers as
fast as it can, which no model does, and then as a very fast model would.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import os
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

import httpx
import psutil

from r9s_notebook import R9S, History, sweep
from tests.bench._loopback import serving

CONCURRENCY = 16


async def bare(url: str, number: int, folder: Path) -> float:
    """Calls a second of ``httpx.AsyncClient``, each picture written to a file that is on the disk when it counts."""
    left = iter(range(number))
    async with httpx.AsyncClient(timeout=60) as client:

        async def work() -> None:
            for index in left:
                answer = await client.post(f"{url}/images/generations", json={"prompt": f"picture {index}"})
                data = base64.b64decode(answer.json()["data"][0]["b64_json"])
                await asyncio.to_thread(write, folder / f"{index}.png", data)

        began = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(CONCURRENCY)))
        return number / (time.perf_counter() - began)


def write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def ours(url: str, number: int, folder: Path) -> tuple[float, float, float]:
    """Calls a second of a sweep, its worker loop's lag (p99, seconds), and how much memory it took at most (MB)."""
    process = psutil.Process()
    with R9S(api_key="none", server_url=url) as client, History(folder) as history:
        plan = sweep("picture {number}", number=range(number), client=client, history=history, concurrency=CONCURRENCY)
        before, most, lags = process.memory_info().rss, 0, []
        ended = threading.Event()

        async def lag() -> None:
            while not ended.is_set():
                began = time.perf_counter()
                await asyncio.sleep(0.01)
                lags.append(time.perf_counter() - began - 0.01)

        watching = plan.worker.submit(lag)
        began = time.perf_counter()
        job = plan.start()
        while not job.done():
            most = max(most, process.memory_info().rss - before)
            ended.wait(0.05)
        rate = number / (time.perf_counter() - began)
        assert len(job.result()) == number
        ended.set()
        watching.result(timeout=10)
    return rate, sorted(lags)[len(lags) * 99 // 100], most / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=200, help="of 1 MB, in each round")
    parser.add_argument("--tiny", type=int, default=1000, help="of 2 kB, in each round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"{'':>24} {'bare httpx':>12} {'sweep':>12} {'ratio':>7} {'loop lag p99':>14} {'memory':>10}")
    for name, side, size, number, seconds in (
        ("1024x1024, 1 MB", 1024, 1_000_000, options.images, 0.0),
        ("32x32, 2 kB", 32, 2_000, options.tiny, 0.0),
        ("1 MB in half a second", 1024, 1_000_000, options.images, 0.5),
    ):
        rates: list[tuple[float, tuple[float, float, float]]] = []
        with (
            serving("tests.bench._sweep_server", str(side), str(size), str(seconds)) as base,
            tempfile.TemporaryDirectory() as folder,
        ):
            for turn in range(options.rounds):
                (Path(folder) / f"bare-{turn}").mkdir()
                plain = asyncio.run(bare(f"{base}/v1", number, Path(folder) / f"bare-{turn}"))
                rates.append((plain, ours(f"{base}/v1", number, Path(folder) / f"ours-{turn}")))
        plain = median(rate for rate, _ in rates)
        rate, lag, memory = (median(own[index] for _, own in rates) for index in range(3))
        ratio = median(own[0] / bare_rate for bare_rate, own in rates)
        print(f"{name:>24} {plain:>10.1f}/s {rate:>10.1f}/s {ratio:>7.2f} {lag * 1000:>11.1f} ms {memory:>7.0f} MB")


if __name__ == "__main__":
    main()
