"""``python -m tests``: what must hold before a change lands; a browser is installed where there is none.

Lint, format and types, of the public names too; every test; the quick tests and the types once more, on the oldest and
on the newest Python that is claimed and at hand, and on those between them what Python itself decides: how threads,
loops and programs end. The lessons run on the Python that Binder runs, with what is installed there, where it is at
hand; and on the oldest the quickstart runs with the lowest versions that are allowed.
There are two lanes: the browser's tests and then the types are one.
All of it runs against the package as it was built and installed. Arguments go to pytest, and it is all that runs then.
``python -m tests --install-browser`` only sees to the browser.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

from tests import public_types, pythons, site, wheel
from tests.browser.chromium import see_to_a_browser

# Not the folder of the checkout but only what is installed is imported, by every process that a test starts as well.
# Nothing was compiled by pip: the first process that imports a module does it, and must be allowed to for the others.
ENVIRONMENT = {**os.environ, "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": ""}
# One process with one JupyterLab, whose pages and kernels its tests share; it keeps a core busy.
BROWSER = ("-q", "tests/browser")
OTHERS = ("-q", "--ignore=tests/browser", "-n", str(min(8, max(1, (os.cpu_count() or 1) - 1))), "--maxschedchunk", "8")
QUICK = ("-m", "not slow and not browser")
HOW_PYTHON_ENDS = ("tests/session/test_ending.py", "tests/session/test_worker.py", "tests/server/test_loops.py")
LESSONS = ("tests/test_notebooks.py",)


def main(arguments: list[str]) -> int:
    see_to_a_browser()
    if "--install-browser" in arguments:
        return 0
    if arguments:
        return run("pytest", *arguments)
    return gate()


def gate() -> int:
    """Takes every step, whatever failed before it, and says how long each took; gives an exit status."""
    steps: list[tuple[str, int, float]] = []

    def step(name: str, tool: str, *arguments: str, **how: Any) -> None:
        own_step(name, lambda: run(tool, *arguments, **how))

    def own_step(name: str, work: Callable[[], int]) -> None:
        began = time.monotonic()
        steps.append((name, work(), time.monotonic() - began))

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        at_hand = {version: path for version in pythons.claimed() if (path := pythons.find(version))}
        environments = {
            version: pool.submit(
                pythons.make_environment,
                path,
                Path(folder, "python{}.{}".format(*version)),
                as_on_binder=version == pythons.binders(),
            )
            for version, path in at_hand.items()
            if version != pythons.RUNNING
        }
        ends = pythons.ends(at_hand)

        def browser_and_types(output: IO[str]) -> None:
            step("tests in the browser", "pytest", *BROWSER, output=output)
            step("types", "mypy", output=output)
            own_step("types of what is public", lambda: public_types.check(ENVIRONMENT))
            own_step("the pages' links", lambda: site.main(Path(folder, "site"), only_links=True))
            for version, environment in environments.items():
                if version not in ends or environment.exception():
                    continue  # the other lane says so
                number = "{}.{}".format(*version)
                of = ("--python-version", number, "--python-executable", environment.result())
                step(f"Python {number}: types", "mypy", *of, "--cache-dir", f"{folder}/types", output=output)

        with Path(folder, "browser").open("w+", encoding="utf-8") as output:
            beside = pool.submit(browser_and_types, output)
            step("lint", "ruff", "check", ".")
            step("format", "ruff", "format", "--check", "r9s_notebook", "tests")
            elsewhere = [f"--ignore={path}" for path in LESSONS if pythons.binders() in environments]
            step("every other test", "pytest", *OTHERS, *elsewhere)
            for version, environment in environments.items():
                number = "{}.{}".format(*version)
                try:
                    python = environment.result()
                except subprocess.CalledProcessError as error:
                    print(error.output)
                    steps.append((f"Python {number}: an environment", error.returncode, 0))
                    continue
                if version in ends:
                    step(f"Python {number}: quick tests", "pytest", *OTHERS, *QUICK, python=python)
                else:
                    step(f"Python {number}: how it ends", "pytest", "-q", *HOW_PYTHON_ENDS, python=python)
                if version == pythons.binders():
                    step(f"Python {number}, as on Binder: the lessons", "pytest", "-q", *LESSONS, python=python)
            own_step("lowest versions: the quickstart, masks, arrays", lambda: wheel.main(only_lowest=True))
            beside.result()
            output.seek(0)
            print(output.read())

    for name, status, seconds in steps:
        print(f"{'FAILED' if status else 'passed':>6}  {seconds:4.0f} s  {name}")
    for version in set(pythons.claimed()) - set(at_hand):
        print("Python {}.{} is claimed and not at hand: nothing was tested with it.".format(*version))
    return int(any(status for _name, status, _seconds in steps))


def run(tool: str, *arguments: str, python: str = sys.executable, output: IO[str] | None = None) -> int:
    """Runs a module as ``python -m`` does; what it says is shown at once, or written to a file."""
    command = [python, "-m", tool, *arguments]
    print("$", *command, file=output, flush=True)
    run = subprocess.run(command, cwd=pythons.ROOT, env=ENVIRONMENT, stdout=output, stderr=output, check=False)
    return run.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
