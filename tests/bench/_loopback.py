"""What the benchmarks' servers share: a process of its own that answers on loopback as fast as asyncio goes."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Iterator


class Answers(asyncio.Protocol):
    """Reads requests, however they arrive, and writes the answer to each.

    Attributes:
        seconds: How long each takes, as a model would.
    """

    seconds = 0.0

    def answer(self, head: bytes) -> bytes:
        """The whole HTTP answer to the request with that head."""
        raise NotImplementedError

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end]
            at = head.lower().find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self.buffer) < end + 4 + length:
                return
            self.buffer = self.buffer[end + 4 + length :]
            if self.seconds:
                asyncio.get_running_loop().call_later(self.seconds, self.write, head)
            else:
                self.write(head)

    def write(self, head: bytes) -> None:
        self.transport.write(self.answer(head))  # type: ignore[attr-defined]


async def serve(protocol: type[Answers]) -> None:
    """Prints the port and serves until the standard input closes."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@contextlib.contextmanager
def serving(module: str, *arguments: str) -> Iterator[str]:
    """Runs a module that calls ``serve`` in a process of its own; gives its base URL."""
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()
