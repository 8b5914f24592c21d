"""What a call through Ray costs, and what a second replica gains.

Run it as ``python -m tests.bench.cluster``, where ``.[cluster,quick]`` is installed. It makes a cluster of this
machine, in a network of its own where it may.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from r9s_notebook import R9S
from tests.cluster import alone
from tests.engines.cluster.head import KEY, Head, started
from tests.serving import served

AT_ONCE = 16


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def draw(client: R9S, size: str, seed: int = 1) -> bytes:
    answer = client.images.create(prompt="a red fox", size=size, seed=seed, response_format="b64_json")
    return client.images.read(answer.data[0])


def overhead(itself: str, head: Head, sizes: list[str], rounds: int) -> None:
    """A sketch by one server and by a cluster: of each the fastest, in turns, since a busy machine only slows."""
    print("| a sketch | served by itself | through Ray | overhead |\n|---|---|---|---|")
    with (
        head.served("sketch", engine="sketch") as by_ray,
        R9S(api_key=KEY, server_url=itself) as one,
        R9S(api_key=KEY, server_url=by_ray) as other,
    ):
        for size in sizes:
            draws = [partial(draw, client, size) for client in (one, other)]
            spent = [[milliseconds(work) for work in draws] for _ in range(rounds + 1)][1:]  # the first warms up
            plain, ray = map(min, zip(*spent, strict=True))
            print(f"| {size} | {plain:.1f} ms | {ray:.1f} ms | {ray - plain:.1f} ms |", flush=True)


def gain(head: Head, seconds: float, rounds: int) -> None:
    """Pictures that take a device a fixed time: of each number of replicas the best."""
    print(f"\n| {AT_ONCE} requests at once, {seconds:g} s each | pictures a second | gain |\n|---|---|---|")
    first = 0.0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        Path(folder, "go").touch()
        for replicas in (1, 2):
            given = {"engine": "logged", "folder": folder, "seconds": seconds, "batch": 1, "replicas": replicas}
            with (
                head.served(f"replicas-{replicas}", **given) as base,
                R9S(api_key=KEY, server_url=base, timeout_ms=600_000) as client,
            ):
                spent = [
                    milliseconds(lambda client=client: list(pool.map(partial(draw, client, "256x256"), range(AT_ONCE))))
                    for _ in range(rounds)
                ]
            rate = AT_ONCE * 1000 / min(spent)
            first = first or rate
            print(f"| by {replicas} | {rate:.2f} | {rate / first:.2f} x |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cluster", description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["256x256", "1024x1024"])
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--here", action="store_true", help="in this network, whoever may reach Ray's ports in it")
    options = parser.parse_args()
    if not options.here:
        command = [*alone(), sys.executable, "-m", "tests.bench.cluster", *sys.argv[1:], "--here"]
        return subprocess.run(command, check=False).returncode
    with served("--engine", "sketch", "--workers", "0") as itself, started() as head:
        overhead(itself, head, options.sizes, options.rounds)
        gain(head, options.seconds, max(1, options.rounds // 10))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
