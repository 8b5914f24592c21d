"""What the history holds under kills, under load, and when it is large.

``python -m tests.bench.history`` prints Markdown; ``--quick`` is a tenth of it, for a look. The store lies in a
temporary folder of the current one's file system (``--folder`` for another): memory would flatter it.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from io import FileIO
from pathlib import Path

from r9s_notebook.history import NewRun, Store
from r9s_notebook.history.files import lay_out, write_durably
from tests.bench._history_kills import kill_writers
from tests.bench._history_large import a_prompt, fill, questions, vocabulary
from tests.bench._history_writer import an_image

IMAGE_BYTES = 1_500_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="where the store is made, and removed again")
    options = parser.parse_args()
    scale = 10 if options.quick else 1
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory(prefix=".bench-history-", dir=options.folder) as folder:
        rows += kills(Path(folder) / "kills", scale)
        rows += appends(Path(folder) / "appends", scale)
        rows += large(Path(folder), scale)
    print("| what | measured | at most |\n|---|---|---|")
    for what, measured, limit in rows:
        print(f"| {what} | {measured} | {limit} |")


def kills(home: Path, scale: int) -> list[tuple[str, str, str]]:
    """Four processes, a thousand runs, two hundred ``kill -9``."""
    found = kill_writers(home, writers=4, runs_each=250 // scale, kills=200 // scale, n_bytes=200_000)
    title = f"4 processes, {found.acknowledged} runs, {found.kills} `kill -9`"
    print(f"{title}: {found}", file=sys.stderr)
    return [
        (f"{title}: acknowledged runs lost", str(found.lost), "0"),
        ("... images or pages damaged", str(found.damaged), "0"),
        ('... "database is locked"', str(found.locked), "0"),
        ("... other complaints, runs left running", f"{found.other}, {found.running}", "0, 0"),
        (
            "... runs killed in the middle: kept as interrupted / found complete",
            f"{found.interrupted} / {found.recovered}",
            "",
        ),
    ]


def appends(home: Path, scale: int) -> list[tuple[str, str, str]]:
    """A run with an image of 1.5 MB, from before it is sent to complete; and the bare disk in turn with it."""
    bare_folder = home.with_name("bare")
    lay_out(bare_folder)
    with Store(home) as store, (bare_folder / "log").open("ab", buffering=0) as log:
        bare, whole = [], []
        for number in range(400 // scale):
            image = an_image(IMAGE_BYTES)
            bare.append(seconds(lambda image=image, number=number: write_bare(bare_folder, log, image.data, number)))
            whole.append(seconds(lambda image=image: append(store, image, "a lighthouse in the fog")))
    beyond = quantile(whole, 0.99) - quantile(bare, 0.99)
    return [
        (
            "append with a 1.5 MB image, from before it is sent to complete, p50 / p99",
            f"{ms(quantile(whole, 0.5))} / {ms(quantile(whole, 0.99))}",
            "",
        ),
        (
            "... the disk alone: the same files, the same fsyncs, p50 / p99",
            f"{ms(quantile(bare, 0.5))} / {ms(quantile(bare, 0.99))}",
            "",
        ),
        ("... p99 beyond the disk's own", ms(beyond), "25 ms"),
    ]


def write_bare(folder: Path, log: FileIO, image: bytes, number: int) -> None:
    """What an append asks of the disk, and nothing else: two commits of a log, an image, and a small file."""
    log.write(bytes(4_000))
    os.fsync(log.fileno())
    write_durably(folder, [(folder / "images" / f"{number}.png", image)])
    write_durably(folder, [(folder / "runs" / f"{number}.json", bytes(12_000))])
    log.write(bytes(20_000))
    os.fsync(log.fileno())


def large(folder: Path, scale: int) -> list[tuple[str, str, str]]:
    """A hundred thousand runs beside an empty store."""
    number, chance = 100_000 // scale, random.Random(7)  # noqa: S311 - repeatable
    words = vocabulary(chance)
    with Store(folder / "empty") as empty, Store(folder / "large") as full:
        started = time.perf_counter()
        fill(full, number, chance, words)
        print(f"filled with {number} runs in {time.perf_counter() - started:.0f} s", file=sys.stderr)
        small, big = [], []
        for _ in range(400 // scale):
            image, prompt = an_image(100_000), a_prompt(chance, words)
            small.append(seconds(lambda image=image, prompt=prompt: append(empty, image, prompt)))
            big.append(seconds(lambda image=image, prompt=prompt: append(full, image, prompt)))
        before = resident()
        found = [seconds(lambda text=text: full.runs(text=text, limit=50)) for text in questions(400, chance, words)]
        in_cell = [
            seconds(lambda text=text: full.runs(text=text, cell="cell-7", limit=50))
            for text in questions(200, chance, words)
        ]
        strips = [seconds(lambda cell=cell: full.runs(cell=f"cell-{cell}", limit=60)) for cell in range(100)]
        notebook = [seconds(lambda n=n: full.runs(notebook=f"notebook-{n}.ipynb", limit=60)) for n in range(20)]
        seen = sum(1 for _ in full)
        grown = resident() - before
    reopened = seconds(lambda: Store(folder / "large").close())
    title = f"with {number:,} runs"
    return [
        (
            f"{title}: append, p50, against an empty store",
            f"{statistics.median(big) / statistics.median(small):.2f}",
            "1.2",
        ),
        ("... append, mean, against an empty store", f"{statistics.mean(big) / statistics.mean(small):.2f}", "1.2"),
        ("... full-text search, p95", ms(quantile(found, 0.95)), "20 ms"),
        ("... full-text search in one cell, p95", ms(quantile(in_cell, 0.95)), "20 ms"),
        ("... a cell's strip of 60, p95", ms(quantile(strips, 0.95)), "20 ms"),
        ("... a notebook's strip of 60, p95", ms(quantile(notebook, 0.95)), "20 ms"),
        ("... opening the store", ms(reopened), ""),
        (f"... memory grown by 720 questions and by reading all {seen:,} runs", f"{grown / 1e6:.0f} MB", "flat"),
    ]


def append(store: Store, image: object, prompt: str) -> None:
    run = store.begin(NewRun(prompt=prompt, params={"prompt": prompt, "n": 1}, cell_id="cell-7", notebook="a.ipynb"))
    store.complete(run.id, [image])  # type: ignore[list-item]


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def quantile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ms(value: float) -> str:
    return f"{value * 1000:.1f} ms"


def resident() -> int:
    """Bytes of memory that this process has now, or at its most where the system tells only that."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
