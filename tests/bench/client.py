"""``python -m tests.bench.client``: the client beside bare httpx, openai and r9s, in one run on loopback.

Prints a table of process CPU times, which the server's process is not part of. The clients take turns in every round,
so that a busy moment of the machine hits them alike; each cell is the best of the rounds.
"""

from __future__ import annotations

import argparse
import atexit
import functools
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from statistics import median

from tests.bench._client_async import idle_lag, loop_lag, throughput
from tests.bench._client_peers import Peer, ours, peers
from tests.bench._loopback import serving


@functools.cache
def _with_bytecode() -> dict[str, str]:
    """The environment with a place for everybody's bytecode: some of it may be missing or not be allowed here."""
    folder = tempfile.mkdtemp(prefix="bytecode-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": folder}


def cpu(work: Callable[[], object], times: int) -> float:
    """Seconds of this process's CPU for one of ``times`` runs."""
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


def fresh(program: str) -> float:
    """Seconds of CPU for a fresh interpreter to run a program, from bytecode, as after any installation."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, env=_with_bytecode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best(measure: Callable[[Peer], float], of: list[Peer], rounds: int) -> dict[str, float]:
    """Each client's best of the rounds, in which they take turns."""
    found: dict[str, list[float]] = {peer.name: [] for peer in of}
    for _ in range(rounds):
        for peer in of:
            found[peer.name].append(measure(peer))
    return {name: min(times) for name, times in found.items()}


def table(base: str, rounds: int, calls: int) -> list[tuple[str, str, dict[str, float]]]:
    """The rows: what was measured, its unit, and the figures by client."""
    everyone = peers(base)
    for peer in everyone:  # connections and lazy imports
        peer.small()
        peer.image()
        fresh(peer.ready)  # compiles what it imports
    empty = min(fresh("pass") for _ in range(3 * rounds))  # short, and so noisier than the rest
    quick = [peer for peer in everyone if peer.name != "r9s"]
    events = best(lambda peer: cpu(lambda: peer.stream("event"), 3), quick, rounds)
    events["r9s"] = cpu(lambda: next(peer for peer in everyone if peer.name == "r9s").stream("event"), 1)
    return [
        ("small generation", "us", best(lambda peer: cpu(peer.small, calls) * 1e6, everyone, rounds)),
        ("3 MB image, to its bytes", "ms", best(lambda peer: cpu(peer.image, 10) * 1e3, everyone, rounds)),
        ("one 1.5 MB stream event", "ms", {name: seconds * 1e3 for name, seconds in events.items()}),
        ("one 20 MB stream event", "ms", best(lambda peer: cpu(lambda: peer.stream("huge"), 1) * 1e3, quick, rounds)),
        ("fresh import, client made", "ms", best(lambda peer: (fresh(peer.fresh) - empty) * 1e3, everyone, 3 * rounds)),
        (
            "fresh import, method at hand",
            "ms",
            best(lambda peer: (fresh(peer.ready) - empty) * 1e3, everyone, 3 * rounds),
        ),
    ]


def printed(rows: list[tuple[str, str, dict[str, float]]]) -> str:
    """The rows as a Markdown table; beside each figure its ratio to bare httpx."""
    names = list(rows[0][2])
    lines = ["| CPU time | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for what, unit, figures in rows:
        cells = []
        for name in names:
            figure = figures.get(name)
            cells.append("" if figure is None else f"{figure:.4g} {unit} ({figure / figures['bare httpx']:.2f} x)")
        lines.append(f"| {what} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def memory(work: Callable[[], object], calls: int) -> tuple[int, int]:
    """Peak resident kB after a tenth of the calls, and after all of them."""
    peaks = []
    for part in (calls // 10, calls - calls // 10):
        for _ in range(part):
            work()
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return peaks[0], peaks[1]


def spread(seconds: list[float]) -> str:
    """The median and the range of the rounds, in milliseconds."""
    return f"median {median(seconds) * 1e3:.1f} ms ({min(seconds) * 1e3:.1f} to {max(seconds) * 1e3:.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calls", type=int, default=200, help="small calls in a round")
    options = parser.parse_args()
    with serving("tests.bench._client_server") as base:
        first, last = memory(ours(base).small, 1000)  # before anything else has been in memory
        print(printed(table(base, options.rounds, options.calls)))
        print("\nFresh imports: every client from bytecode, compiled beforehand into a folder of this run.")
        print(f"\n1,000 small calls: peak memory {first / 1024:.1f} MB after 100, {last / 1024:.1f} MB after all.")
        bare, own = throughput(base, options.rounds * 2)
        print(
            f"200 at once: {own.by_clock:.0f} a second, {own.by_clock / bare.by_clock:.2f} x bare AsyncClient, "
            f"{own.by_cpu:.0f} a second of CPU, {own.by_cpu / bare.by_cpu:.2f} x."
        )
        # A percentile's best round would hide what it is there to show: all rounds, beside an idle loop's.
        busy = [loop_lag(base) for _ in range(options.rounds)]
        idle = [idle_lag() for _ in range(options.rounds)]
        print(
            f"Loop lag, p99 while 3 MB images are decoded and thumbnailed: {spread(busy)}; idle loop: {spread(idle)}."
        )


if __name__ == "__main__":
    main()
