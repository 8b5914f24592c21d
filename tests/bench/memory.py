"""``python -m tests.bench.memory [RUNS]``: what a lab takes of a kernel's memory, above a bare kernel, as it is used.

The proportional set size (PSS), which counts what kernels share once; Linux only. Each run makes four pictures of
1024x1024 on the embedded API.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

LAB = "from r9s_notebook import Studio\nstudio = Studio(prompt='a fox', n=4, size='1024x1024')\nstudio"
RUN = "for _ in range({runs}): studio.generate().result()"
EDIT = (
    "studio.edit(); studio.mask = studio.mask.rect(0, 0, 300, 300); studio.prompt = 'a blue hat'\n"
    "studio.generate().result()"
)
STEPS = 10


def main(runs: int) -> None:
    """Prints the figures as a table."""
    with kernel() as (client, process):
        bare = taken(process)
        print(f"| | MB above a bare kernel ({bare:.0f} MB) |\n|---|---|")
        done = 0
        steps = [("the lab is open", LAB), ("a run", RUN.format(runs=1))]
        while done < runs:
            done += STEPS
            steps.append((f"{done} more", RUN.format(runs=STEPS)))
        for what, code in [*steps, ("an edit under a mask", EDIT)]:
            answer = client.execute_interactive(code, output_hook=lambda _message: None, timeout=600)
            assert answer["content"]["status"] == "ok", answer
            print(f"| {what} | {taken(process) - bare:.0f} |", flush=True)


@contextmanager
def kernel() -> Iterator[tuple[BlockingKernelClient, psutil.Process]]:
    """A kernel that has done nothing yet but start, and its process."""
    with tempfile.TemporaryDirectory() as folder:
        manager, client = start_new_kernel(cwd=folder)
        try:
            client.execute_interactive("pass", timeout=60)
            yield client, psutil.Process(manager.provisioner.pid)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


def taken(process: psutil.Process) -> float:
    """A process's memory in MB."""
    return float(process.memory_full_info().pss / 2**20)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
