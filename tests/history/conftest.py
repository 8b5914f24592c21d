from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from r9s_notebook.history import NewImage, NewRun, Run, Store


def an_image(data: bytes = b"the original bytes", **changes: object) -> NewImage:
    values = {
        "data": data,
        "media_type": "image/png",
        "width": 64,
        "height": 48,
        "thumbnail": b"small " + data[:10],
        "thumbnail_type": "image/webp",
    }
    return NewImage(**{**values, **changes})


def keep(store: Store, prompt: str = "a lighthouse", data: bytes | None = None, **changes: object) -> Run:
    """A run from begin to complete, with one image of its own."""
    run = store.begin(NewRun(prompt=prompt, **changes))
    return store.complete(run.id, [an_image(data or f"pixels of {run.id}".encode())])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / ".r9s"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store(home) as store:
        yield store


class Child(subprocess.Popen[str]):
    """A Python process that runs some lines and says what it has reached."""

    def __init__(self, code: str, *arguments: object) -> None:
        super().__init__(
            [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def reads(self) -> str:
        assert self.stdout is not None
        return self.stdout.readline().strip()

    def told(self, line: str = "go on") -> None:
        assert self.stdin is not None
        self.stdin.write(line + "\n")
        self.stdin.flush()


@pytest.fixture
def child() -> Iterator[Callable[..., Child]]:
    """Starts child processes, and ends those that a test leaves."""
    children: list[Child] = []

    def start(code: str, *arguments: object) -> Child:
        children.append(Child(code, *arguments))
        return children[-1]

    yield start
    for process in children:
        with process:
            process.kill()
