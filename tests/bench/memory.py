"""``python -m tests.bench.memory [RUNS] [STUDENTS]``: what a lab takes of a kernel's memory, above a bare kernel.

As one is used, and as a class has them: kernels side by side, each with a lab and a folder of its own. The proportional
set size (PSS), which counts what kernels share once; Linux only. Each run makes four pictures of 1024x1024 on the
embedded API.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import psutil
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from playwright.sync_api import sync_playwright

from r9s_notebook import History
from tests.browser.chromium import launch_chromium
from tests.browser.lab import JupyterLab, Notebook

LAB = "from r9s_notebook import Studio\nstudio = Studio(prompt='a fox', n=4, size='1024x1024')\nstudio"
RUN = "for _ in range({runs}): studio.generate().result()"
EDIT = (
    "studio.edit(); studio.mask = studio.mask.rect(0, 0, 300, 300); studio.prompt = 'a blue hat'\n"
    "studio.generate().result()"
)
STEPS = 10


def main(runs: int = 40, students: int = 30) -> None:
    """Prints the figures as tables."""
    with tempfile.TemporaryDirectory() as folder:
        alone(Path(folder), runs)
        print()
        a_class(Path(folder), students)
        print()
        in_a_browser(Path(folder, "browser"))


def alone(folder: Path, runs: int) -> None:
    """One kernel, as it is used more and more."""
    with kernel(folder) as (client, process):
        bare = taken(process)
        print(f"| | MB above a bare kernel ({bare:.0f} MB) |\n|---|---|")
        done = 0
        steps = [("the lab is open", LAB), ("a run", RUN.format(runs=1))]
        while done < runs:
            done += STEPS
            steps.append((f"{done} more", RUN.format(runs=STEPS)))
        for what, code in [*steps, ("an edit under a mask", EDIT)]:
            execute(client, code)
            print(f"| {what} | {taken(process) - bare:.0f} |", flush=True)


def a_class(folder: Path, students: int) -> None:
    """Many kernels at once. Each has its own history: the runs in all of them are counted in the end."""
    with ExitStack() as stack:
        kernels = [stack.enter_context(kernel(folder / f"student-{number}")) for number in range(students)]
        bare = median(taken(process) for _client, process in kernels)
        print(f"| {students} students | MB above a bare kernel ({bare:.0f} MB), median / most |\n|---|---|")
        for what, code in (("a lab is open", LAB), ("5 runs", RUN.format(runs=5)), ("5 more", RUN.format(runs=5))):
            for client, _process in kernels:
                execute(client, code)
            above = [taken(process) - bare for _client, process in kernels]
            print(f"| {what} | {median(above):.0f} / {max(above):.0f} |", flush=True)
    kept = Counter(len(History(folder / f"student-{number}" / ".r9s")) for number in range(students))
    print(f"| histories with {', '.join(f'{runs} runs' for runs in kept)} | {', '.join(map(str, kept.values()))} |")


def in_a_browser(folder: Path) -> None:
    """All that one visitor of Binder takes there: JupyterLab's server, and a kernel whose lab is used."""
    with JupyterLab.start(folder) as server, sync_playwright() as driver:
        browser = launch_chromium(driver)
        book = Notebook(server, browser.new_page()).open([LAB, *[RUN.format(runs=1)] * 10, EDIT])
        for index in range(12):
            book.run(index)
        started = [(one, " ".join(one.cmdline())) for one in psutil.Process().children(recursive=True)]
        of_jupyter = [one for one, command in started if "jupyterlab" in command or "ipykernel" in command]
        assert len(of_jupyter) == 2, of_jupyter
        print("| 10 runs and an edit in JupyterLab | MB |\n|---|---|")
        print(f"| its server and the kernel | {sum(map(taken, of_jupyter)):.0f} |")
        book.close()
        browser.close()


@contextmanager
def kernel(folder: Path) -> Iterator[tuple[BlockingKernelClient, psutil.Process]]:
    """A kernel that has done nothing yet but start, and its process."""
    folder.mkdir(exist_ok=True)
    manager, client = start_new_kernel(cwd=str(folder))
    try:
        execute(client, "pass")
        yield client, psutil.Process(manager.provisioner.pid)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def execute(client: BlockingKernelClient, code: str) -> None:
    """Runs code in a kernel, to its end."""
    answer = client.execute_interactive(code, output_hook=lambda _message: None, timeout=600)
    assert answer["content"]["status"] == "ok", answer


def taken(process: psutil.Process) -> float:
    """A process's memory in MB."""
    return float(process.memory_full_info().pss / 2**20)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
