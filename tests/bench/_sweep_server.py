"""The loopback server of the sweep's benchmark: whole PNGs of a wanted size, no two alike, as fast as asyncio goes.

``python -m tests.bench._sweep_server SIDE BYTES`` prints its port and serves until its standard input closes.
"""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import random
import struct
import sys
import zlib


def png(side: int, size: int) -> bytes:
    """A picture of that side in pixels whose file has about so many bytes: smooth, and noise where that is too few."""
    noisy = max(0, min(side, (size - side * side // 16) // (3 * side)))
    chance = random.Random(1)  # noqa: S311
    smooth = b"\0" + bytes(value for x in range(side) for value in (x * 255 // side, 90, 160))
    lines = [b"\0" + chance.randbytes(3 * side) if y < noisy else smooth for y in range(side)]
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 1)), (b"IEND", b""))
    )


class Pictures(asyncio.Protocol):
    """Answers every request with the picture, made another one by a chunk of text in front of its end."""

    picture = b""
    numbers = itertools.count()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self.buffer) < end + 4 + length:
                return
            self.buffer = self.buffer[end + 4 + length :]
            text = b"tEXtNumber\0%d" % next(self.numbers)
            own = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
            picture = self.picture[:-12] + own + self.picture[-12:]
            answer = {"created": 1_790_000_000, "data": [{"b64_json": base64.b64encode(picture).decode()}]}
            body = json.dumps(answer).encode()
            kind = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            self.transport.write(f"{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body)  # type: ignore[attr-defined]


async def main() -> None:
    Pictures.picture = png(int(sys.argv[1]), int(sys.argv[2]))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Pictures, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
