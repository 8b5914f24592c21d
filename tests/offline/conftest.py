"""The embedded API as its users meet it: in process, and as a real server on loopback."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from PIL import Image

from r9s_notebook.offline import create_app


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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "r9s_notebook.offline",
        "--port",
        str(port),
        "--api-key",
        "secret",
        "--workers",
        "0",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    base = f"http://127.0.0.1:{port}/v1"
    deadline = time.monotonic() + 60
    try:
        while True:
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
            try:
                httpx.get(f"{base}/openapi.json", timeout=5).raise_for_status()
                break
            except httpx.TransportError:
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.05)
        yield base
    finally:
        process.terminate()
        process.wait(20)
        if process.stderr:
            process.stderr.close()
