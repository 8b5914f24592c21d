"""``python3 -m tests.models``: the tests with diffusion models, which need torch, and the lesson on one's own models.

It makes an environment for them in ``.venv-models``, with a torch that brings no libraries of a GPU, installs the
package as it is built, and runs pytest there; arguments go to pytest. Nothing needs to be installed before, but a
Python that torch has a build for: without one nothing is tested, and the exit status is 3. ``tests.cluster`` does the
same for its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests import pythons

FOLDER = pythons.ROOT / ".venv-models"
NO_TORCH = 3
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# Without either of these, pip brings the libraries of a GPU, which are several GB. A mirror has the first, pytorch.org
# the second; where neither is reached, what pip finds by itself will do.
TORCH = (
    ("torch==2.13.0+cpu",),
    ("torch", "--index-url", "https://download.pytorch.org/whl/cpu"),
    ("torch",),
)


def main(extras: str, marker: str, arguments: Sequence[str], within: Sequence[str] = ()) -> int:
    """Runs the tests with that marker, with the package's extras installed.

    Args:
        extras: By commas.
        marker: Of the tests.
        arguments: Of pytest.
        within: A command that runs the command which follows it.
    """
    if not has_torch(PYTHON) and not any(make_environment(version) for version in versions()):
        tried = ", ".join("{}.{}".format(*one) for one in versions())
        print(f"Nothing was tested with models: no Python here has a build of torch. Tried: {tried}.")
        return NO_TORCH
    pip("install", "--quiet", "--no-compile", f"{pythons.ROOT}[{extras},quick]", check=True)
    environment = {
        **os.environ,
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "",
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",  # several wait for each other by spinning, which a busy machine has no time for
    }
    command = [*within, PYTHON, "-m", "pytest", "-q", "-m", marker, "tests/engines", *arguments]
    print("$", *command, flush=True)
    return subprocess.run(command, cwd=pythons.ROOT, env=environment, check=False).returncode


def versions() -> list[pythons.Version]:
    """The Pythons that are claimed, the one that runs first."""
    return sorted(pythons.claimed(), key=lambda version: version != pythons.RUNNING)


def make_environment(version: pythons.Version) -> bool:
    """Makes it with that Python and a torch for it, where both are at hand."""
    python = pythons.find(version)
    if python is None:
        return False
    subprocess.run([python, "-m", "venv", "--clear", "--upgrade-deps", FOLDER], check=True)
    return any(pip("install", "--quiet", "--no-compile", *torch) for torch in TORCH)


def has_torch(python: Path) -> bool:
    return (
        python.exists()
        and not subprocess.run([python, "-c", "import torch"], capture_output=True, check=False).returncode
    )


def pip(*arguments: str, check: bool = False) -> bool:
    return not subprocess.run([PYTHON, "-m", "pip", *arguments], check=check).returncode


if __name__ == "__main__":
    raise SystemExit(main("models", "models", sys.argv[1:]))
