"""The server on a free port of loopback: as a process of its own, or an application on a thread."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import httpx
import uvicorn
from starlette.types import ASGIApp

START_SECONDS = 60


@contextmanager
def served(*options: str) -> Iterator[str]:
    """Its base address, up to and including ``/v1``."""
    with served_process(*options) as (_process, base):
        yield base


@contextmanager
def served_process(
    *options: str, stdout: int | IO[str] = subprocess.DEVNULL
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, with its standard error open to be read, and its base address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "r9s_notebook.server", "--port", str(port), *options],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
    )
    base = f"http://127.0.0.1:{port}/v1"
    deadline = time.monotonic() + START_SECONDS
    try:
        while True:
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
            try:
                httpx.get(f"{base}/openapi.json", timeout=5).raise_for_status()
                break
            except httpx.TransportError:
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.05)  # the interval of the poll; the condition is the answer above
        yield process, base
    finally:
        process.terminate()
        process.wait(60)
        if process.stderr:
            process.stderr.close()


@contextmanager
def listening(app: ASGIApp) -> Iterator[int]:
    """The port on which uvicorn serves an application, on a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:  # which takes connections before uvicorn is there
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=10))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def begun(port: int, path: str, *headers: str) -> socket.socket:
    """A connection on which a request's head has been sent, and nothing of its body."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    lines = [f"POST {path} HTTP/1.1", "Host: here", *headers, "", ""]
    connection.sendall("\r\n".join(lines).encode())
    return connection


def answer_of(connection: socket.socket) -> tuple[int, dict[str, Any]]:
    """What comes until the server closes the connection."""
    came = b""
    while more := connection.recv(65536):
        came += more
    head, _, body = came.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)
