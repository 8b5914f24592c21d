"""What holds for all tests."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import r9s_notebook

# No example fails by the clock: a busy machine takes as long as it takes.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")

TESTS = Path(__file__).parent


def pytest_configure() -> None:
    """Interrupts arrive. Under ``python -m tests``, which sets this flag, what is tested is what was built.

    What is tested speaks English, whatever language the tester has chosen in JupyterLab.
    """
    os.environ["R9S_LANGUAGE"] = "en"
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # of a shell that started this in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    package = Path(r9s_notebook.__file__).parent
    if sys.flags.safe_path and package == TESTS.parent / "r9s_notebook":
        raise pytest.UsageError(
            f"python -m tests tests the built package, and {package} is the checkout. "
            'Install with pip install ".[test]", without -e, or run python -m pytest.'
        )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where nobody asks for the tests with models or a cluster, there need be no torch and no Ray for the others."""
    asked = config.getoption("markexpr")
    needs = {TESTS / "engines" / "diffusers": "models", TESTS / "engines" / "cluster": "cluster"}
    return True if needs.get(collection_path, asked) not in asked else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Some only where they are asked for. Browser tests last: their driver keeps a loop running here."""
    for marker in ("exhaustive", "models", "cluster"):
        if marker not in config.getoption("markexpr"):
            left_out = [item for item in items if item.get_closest_marker(marker)]
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if not item.get_closest_marker(marker)]
    items.sort(key=lambda item: item.path.is_relative_to(TESTS / "browser"))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: no garbage collection of a test looks through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 2 MB, where the tests may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    arguments = [mount or "mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if mount is None or subprocess.run(arguments, capture_output=True, check=False).returncode:
        pytest.skip("only a superuser of Linux may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Waits until something holds, and fails where it does not within a minute, or the seconds that are given."""

    def wait(holds: Callable[[], bool], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end
            time.sleep(0.01)

    return wait
