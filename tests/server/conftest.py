"""The embedded API as its users meet it: in process, and as a real server on loopback."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import httpx
import pytest
from PIL import Image

from r9s_notebook.server import create_app
from tests.serving import served


def png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def hole(size: tuple[int, int], box: tuple[int, int, int, int]) -> bytes:
    """A mask in the API's form: alpha 0 in the box."""
    mask = Image.new("RGBA", size, (0, 0, 0, 255))
    mask.paste((0, 0, 0, 0), box)
    return png(mask)


@pytest.fixture(scope="session")
def as_png() -> Callable[[Image.Image], bytes]:
    return png


@pytest.fixture(scope="session")
def mask_of() -> Callable[[tuple[int, int], tuple[int, int, int, int]], bytes]:
    return hole


Call = Callable[..., httpx.Response]


@pytest.fixture
def call() -> Call:
    """One request to a fresh app: ``call("POST", "/images/generations", json=..., app={...})``."""
    import anyio

    apps: dict[str, object] = {}

    def send(method: str, path: str, *, app: dict[str, object] | None = None, **how: object) -> httpx.Response:
        served = apps.setdefault(repr(sorted((app or {}).items(), key=str)), create_app(**(app or {})))  # type: ignore[arg-type]

        async def go() -> httpx.Response:
            transport = httpx.ASGITransport(served)  # type: ignore[arg-type]
            async with httpx.AsyncClient(transport=transport, base_url="http://offline.r9s/v1") as client:
                return await client.request(method, path, **how)  # type: ignore[arg-type]

        return anyio.run(go)

    return send


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a real server that insists on the key ``secret``."""
    with served("--api-key", "secret", "--workers", "0") as base:
        yield base
