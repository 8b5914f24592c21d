"""The Pythons that the package claims, which of them this machine has, and an environment of one of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent

Version = tuple[int, int]
RUNNING: Version = sys.version_info[:2]

# What can make an environment says which Python it is; a shim of pyenv's for a version that is not chosen does not.
WHICH = "import sys, venv; print(*sys.version_info[:2])"


def claimed() -> list[Version]:
    """The versions in the package's classifiers, the oldest first."""
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    found = (re.fullmatch(r"Programming Language :: Python :: (\d+)\.(\d+)", line) for line in classifiers)
    return sorted((int(match[1]), int(match[2])) for match in found if match)


def ends(at_hand: dict[Version, str]) -> set[Version]:
    """The oldest and the newest of them."""
    return {min(at_hand), max(at_hand)} if at_hand else set()


def find(version: Version) -> str | None:
    """The program of a Python of this version: the one that runs, on the path, or among pyenv's."""
    return next((path for path in candidates(version) if is_version(path, version)), None)


def candidates(version: Version) -> Iterator[str]:
    if version == RUNNING:
        yield sys.executable
    name = "{}.{}".format(*version)
    if on_path := shutil.which(f"python{name}"):
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from map(str, pyenv.glob(f"versions/{name}.*/bin/python"))


def is_version(path: str, version: Version) -> bool:
    try:
        told = subprocess.run([path, "-c", WHICH], capture_output=True, text=True, timeout=60, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.split() == [str(number) for number in version]


def binders() -> Version:
    """The Python that Binder runs."""
    major, minor = (ROOT / "binder/runtime.txt").read_text("utf-8").strip().removeprefix("python-").split(".")
    return int(major), int(minor)


def make_environment(python: str, folder: Path, *, as_on_binder: bool = False) -> str:
    """A virtual environment with the package built and installed, and what its quick tests need; gives its Python.

    Args:
        python: Makes it.
        folder: Where.
        as_on_binder: Whether what the package needs is what Binder installs, to the byte.

    Raises:
        subprocess.CalledProcessError: It could not be made; ``output`` says why.
    """
    own = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    run([python, "-m", "venv", "--without-pip", folder])
    # pip takes ten times as much of the processor. But it knows the mirrors that it was told of.
    uv = [sys.executable, "-m", "uv", "pip", "install", "--python", own]
    pip = [sys.executable, "-m", "pip", "--python", own, "install", "--no-compile"]
    locked = [["--require-hashes", "-r", ROOT / "binder/requirements.txt"], ["--no-deps", ROOT]]
    for what in [*(locked if as_on_binder else []), [f"{ROOT}[quick]"]]:
        try:
            run([*uv, "--quiet", *what])
        except subprocess.CalledProcessError:
            run([*pip, "--quiet", *what])
    return str(own)


def run(command: Sequence[str | Path]) -> None:
    subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)
