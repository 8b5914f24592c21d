"""``python -m tests.wheel``: what is built, installed where nothing else is, does the quickstart.

Builds the source distribution and the wheel from it, looks at both as an index would, and runs the quickstart with the
wheel: on each Python that is claimed, and any newer one at hand, with the newest of what it depends on, and on the
oldest with the lowest that ``pyproject.toml`` allows; there the quick tests run too. ``--lowest`` is what the gate does
of it: with the lowest versions, the quickstart, and masks and arrays at every door of the package.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import pythons

QUICKSTART = ("tests/test_notebooks.py::test_it_runs_from_top_to_bottom_without_a_key",)
DOORS = ("tests/test_masks.py", "tests/test_arrays.py")
# What tests stand on. They and what they bring give way to the lowest versions, never the other way round.
RUNNERS = ("pytest", "pytest-timeout", "hypothesis", "nbclient", "nbconvert", "ipykernel", "pandas", "psutil")
EXTRAS = ("keyring", "heic", "metadata", "metrics")
# They call the official SDKs, which want newer versions than the package does.
WITH_SDKS = ("tests/client/test_shapes.py", "tests/engines/test_contract.py", "tests/server/test_sdks.py")
QUICK = ("-m", "not slow and not browser", *(f"--ignore={path}" for path in WITH_SDKS), "--ignore=tests/browser")
NEWER = range(1, 5)  # minor versions beyond the newest that is claimed


def main(*, only_lowest: bool) -> int:
    """Takes each step, and says how each went; gives an exit status."""
    found = {version: path for version in versions() if (path := pythons.find(version))}
    oldest = min(found)
    failed = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        wheel = build(folder / "dist", both=not only_lowest)
        for version, python in {} if only_lowest else found.items():
            if not tested(newest(python, folder / "{}.{}".format(*version), wheel), QUICKSTART):
                failed.append("Python {}.{}, newest versions".format(*version))
        own = lowest(found[oldest], folder / "lowest", wheel)
        for tests in [(*QUICKSTART, *DOORS)] if only_lowest else [QUICKSTART, QUICK]:
            if not tested(own, tests):
                failed.append("Python {}.{}, lowest versions: {}".format(*oldest, " ".join(tests)))
    for version in sorted(set(pythons.claimed()) - found.keys()):
        print("Python {}.{} is claimed and not at hand: nothing was tried with it.".format(*version))
    for what in failed:
        print("FAILED", what)
    return int(bool(failed))


def versions() -> list[pythons.Version]:
    """Those that are claimed, and the next ones, which may be at hand."""
    major, minor = max(pythons.claimed())
    return [*pythons.claimed(), *((major, minor + more) for more in NEWER)]


def build(folder: Path, *, both: bool) -> Path:
    """The wheel; where both are built, it comes from the source distribution, so that nothing is missing in that."""
    uv("build", "--quiet", "--out-dir", folder, *([] if both else ["--wheel"]), pythons.ROOT)
    if both:
        run(sys.executable, "-m", "twine", "check", "--strict", *folder.glob("*.whl"), *folder.glob("*.tar.gz"))
    (wheel,) = folder.glob("*.whl")
    return wheel


def newest(python: str, folder: Path, wheel: Path) -> Path:
    """An environment with the wheel, what it needs and what tests need; gives its Python."""
    own = environment(python, folder)
    install(own, wheel, *RUNNERS)
    return own


def lowest(python: str, folder: Path, wheel: Path) -> Path:
    """The same with the lowest versions of what ``pyproject.toml`` names; these are printed."""
    own = environment(python, folder)
    pins = folder / "lowest.txt"
    extras = [word for extra in EXTRAS for word in ("--extra", extra)]
    how = ("--resolution", "lowest-direct", "--no-annotate", "--no-header", "--quiet")
    uv("pip", "compile", *how, "--python", own, *extras, "--output-file", pins, pythons.ROOT / "pyproject.toml")
    print(*pins.read_text("utf-8").split())
    install(own, "-r", pins, *RUNNERS)
    install(own, "--no-deps", wheel)
    return own


def environment(python: str, folder: Path) -> Path:
    uv("venv", "--quiet", "--python", python, folder)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(python: Path, *what: str | Path) -> None:
    uv("pip", "install", "--quiet", "--python", python, *what)


def tested(python: Path, tests: tuple[str, ...]) -> bool:
    """Whether they pass with what is installed there, and nothing of the checkout."""
    print("$", python, "-m pytest", *tests, flush=True)
    settings = {**os.environ, "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    began = time.monotonic()
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore::DeprecationWarning", *tests]
    done = subprocess.run(command, cwd=pythons.ROOT, env=settings, check=False)
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    return done.returncode == 0


def uv(*arguments: str | Path) -> None:
    run(sys.executable, "-m", "uv", *arguments)


def run(*command: str | Path) -> None:
    subprocess.run(command, cwd=pythons.ROOT, check=True)


if __name__ == "__main__":
    raise SystemExit(main(only_lowest="--lowest" in sys.argv[1:]))
