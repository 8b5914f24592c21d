"""``python -m tests``: what must hold before a change lands; a browser is installed where there is none.

Lint, format and types, of the public names too; every test, against the package as it was built and installed; then the
quick tests and the types once more, on the oldest and on the newest Python that is claimed and at hand. Arguments go to
pytest, and it is all that runs then. ``python -m tests --install-browser`` only sees to the browser.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests import public_types, pythons
from tests.browser.chromium import see_to_a_browser

# Not the folder of the checkout but only what is installed is imported, by every process that a test starts as well.
ENVIRONMENT = {**os.environ, "PYTHONSAFEPATH": "1"}
ON_ALL_CORES = ("-n", "logical", "--maxprocesses", "8", "--maxschedchunk", "8")
QUICK = ("-m", "not slow and not browser")


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

    def step(name: str, tool: str, *arguments: str, python: str = sys.executable) -> None:
        began = time.monotonic()
        steps.append((name, run(tool, *arguments, python=python), time.monotonic() - began))

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        at_hand = {version: path for version in pythons.claimed() if (path := pythons.find(version))}
        environments = {
            version: pool.submit(pythons.make_environment, path, Path(folder, "python{}.{}".format(*version)))
            for version, path in pythons.others(at_hand).items()
        }
        step("lint", "ruff", "check", ".")
        step("format", "ruff", "format", "--check", "r9s_notebook", "tests")
        step("types", "mypy")
        began = time.monotonic()
        steps.append(("types of what is public", public_types.check(ENVIRONMENT), time.monotonic() - began))
        step("every test", "pytest", "-q", *ON_ALL_CORES)
        for version, environment in environments.items():
            name = "Python {}.{}: ".format(*version)
            try:
                python = environment.result()
            except subprocess.CalledProcessError as error:
                print(error.output)
                steps.append((f"{name}an environment", error.returncode, 0))
                continue
            step(f"{name}quick tests", "pytest", "-q", *ON_ALL_CORES, *QUICK, python=python)
            step(f"{name}types", "mypy", "--cache-dir", f"{folder}/types", python=python)

    for name, status, seconds in steps:
        print(f"{'FAILED' if status else 'passed':>6}  {seconds:4.0f} s  {name}")
    for version in set(pythons.claimed()) - set(at_hand):
        print("Python {}.{} is claimed and not at hand: nothing was tested with it.".format(*version))
    return int(any(status for _name, status, _seconds in steps))


def run(tool: str, *arguments: str, python: str = sys.executable) -> int:
    print("$", python, "-m", tool, *arguments, flush=True)
    return subprocess.run([python, "-m", tool, *arguments], cwd=pythons.ROOT, env=ENVIRONMENT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
