"""Applications on the tests' own cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from r9s_notebook import R9S
from tests.engines.cluster.head import KEY, Head
from tests.engines.cluster.logged import Line, lines


@dataclass(frozen=True)
class Application:
    """An application whose engine says what it does.

    Attributes:
        head: Where it runs.
        name: As Serve knows it.
        base: The API's address.
        folder: Of the engine's log.
    """

    head: Head
    name: str
    base: str
    folder: Path

    def client(self, **options: object) -> R9S:
        return R9S(api_key=KEY, server_url=self.base, timeout_ms=120_000, **options)  # type: ignore[arg-type]

    def lines(self, what: str) -> list[Line]:
        return [line for line in lines(self.folder) if line.what == what]

    def seeds(self, what: str) -> list[int]:
        return sorted(line.seed for line in self.lines(what))

    def go(self) -> None:
        """From now on, pictures are finished."""
        (self.folder / "go").touch()


_numbers = count()


@pytest.fixture
def deployed(ray_head: Head, tmp_path: Path) -> Iterator[Callable[..., Application]]:
    """Deploys one with these arguments; it is deleted at the end."""
    with ExitStack() as stack:

        def deploy(**arguments: object) -> Application:
            name = f"logged-{next(_numbers)}"
            served = ray_head.served(name, engine="logged", folder=tmp_path, batch=1, **arguments)
            return Application(ray_head, name, stack.enter_context(served), tmp_path)

        yield deploy
