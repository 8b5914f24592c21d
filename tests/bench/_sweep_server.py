"""The loopback server of the sweep's benchmark: whole PNGs of a wanted size, no two alike, as fast as asyncio goes.

``python -m tests.bench._sweep_server SIDE BYTES SECONDS`` prints its port and serves until its standard input closes;
each picture takes so many seconds.
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

from tests.bench._loopback import Answers, serve


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


class Pictures(Answers):
    """Answers every request with the picture, made another one by a chunk of text in front of its end."""

    picture = b""
    numbers = itertools.count()

    def answer(self, head: bytes) -> bytes:  # noqa: ARG002
        text = b"tEXtNumber\0%d" % next(self.numbers)
        own = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
        picture = self.picture[:-12] + own + self.picture[-12:]
        answer = {"created": 1_790_000_000, "data": [{"b64_json": base64.b64encode(picture).decode()}]}
        body = json.dumps(answer).encode()
        kind = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        return f"{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body


if __name__ == "__main__":
    Pictures.picture = png(int(sys.argv[1]), int(sys.argv[2]))
    Pictures.seconds = float(sys.argv[3])
    asyncio.run(serve(Pictures))
