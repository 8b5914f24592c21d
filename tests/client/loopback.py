"""A server on loopback that speaks bytes, and so can misbehave in any way."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

CERTIFICATE = Path(__file__).with_name("loopback.pem")
"""A certificate for 127.0.0.1 with its key, and the authority that SSL_CERT_FILE may name."""

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A whole PNG of one pixel."""

B64 = base64.b64encode(PNG).decode()
GOOD = {"created": 1_790_000_000, "data": [{"b64_json": B64}]}


@dataclass(frozen=True)
class Request:
    """What a client sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Wire:
    """One request's connection."""

    request: Request
    number: int
    stopping: threading.Event
    connection: socket.socket = field(repr=False)

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def hang(self, seconds: float | None = None) -> None:
        """Says nothing for so long, or until the test is over or the client has gone."""
        end = time.monotonic() + (3600 if seconds is None else seconds)
        while (left := end - time.monotonic()) > 0 and not self.stopping.is_set():
            readable, _, _ = select.select([self.connection], [], [], min(left, 0.02))
            if readable:
                if not self.connection.recv(1, socket.MSG_PEEK):
                    raise ConnectionResetError
                self.stopping.wait(min(left, 0.02))

    def reset(self) -> None:
        """Ends the connection as a crash does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())  # close() would wait for the file that reads it

    def close(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)


Handler = Callable[[Wire], None]


class Loopback:
    """Calls a handler for every request; ``requests`` are those that came, in order."""

    def __init__(
        self, handler: Handler, *, host: str = "127.0.0.1", port: int = 0, start: bool = True, tls: bool = False
    ) -> None:
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if tls else None
        if self._tls is not None:
            self._tls.load_cert_chain(CERTIFICATE)
        self.requests: list[Request] = []
        self._handler = handler
        self._stopping = threading.Event()
        self._listener = socket.socket()
        self._address = (host, port)
        self._starts = start
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.connections = 0

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def origin(self) -> str:
        return f"http{'s' if self._tls else ''}://{self._address[0]}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/v1"

    @property
    def open_connections(self) -> int:
        """How many connections no side has closed."""
        with self._lock:
            return len(self._open)

    def start(self) -> None:
        """Begins to listen."""
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(self._address)
        self._listener.listen(512)
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        if self._starts:
            self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            left = list(self._open)
        for connection in left:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with contextlib.suppress(OSError), connection:
                wire = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
                file = wire.makefile("rb")
                while (request := _read(file)) is not None:
                    with self._lock:
                        self.requests.append(request)
                        number = len(self.requests)
                    self._handler(Wire(request, number, self._stopping, wire))
        finally:
            with self._lock:
                self._open.discard(connection)


def _read(file: Any) -> Request | None:
    first = file.readline()
    if not first.strip():
        return None
    method, path, _ = first.decode("latin-1").split(" ", 2)
    headers: dict[str, str] = {}
    while (line := file.readline().strip()) != b"":
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    return Request(method, path, headers, file.read(int(headers.get("content-length", 0))))


def http(body: bytes | dict[str, Any], status: int = 200, **headers: str) -> bytes:
    """A whole answer; ``content_type="..."`` gives the header Content-Type."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {"content-type": "application/json", "content-length": str(len(data))}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status} Answer\r\n{head}\r\n".encode("latin-1") + data


def always(answer: bytes) -> Handler:
    """A handler that gives one answer."""
    return lambda wire: wire.send(answer)


def sse(*events: Any, name: str | None = None) -> bytes:
    """Events as a stream has them."""
    prefix = f"event: {name}\n" if name else ""
    return b"".join(
        f"{prefix}data: {event if isinstance(event, str) else json.dumps(event)}\n\n".encode() for event in events
    )


STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"


def chunk(data: bytes) -> bytes:
    """A chunk of a chunked body."""
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def streaming(*pieces: bytes, end: bytes = END) -> bytes:
    """A whole stream, in chunks; with ``end=b""`` it lacks its end."""
    return STREAM_HEAD + b"".join(chunk(piece) for piece in pieces) + end


def partial(number: int = 0) -> dict[str, Any]:
    """A partial image in the first shape."""
    return {"type": "image_generation.partial_image", "b64_json": B64, "partial_image_index": number}


COMPLETED = {"type": "image_generation.completed", "b64_json": B64}
