"""The loopback server of the client's benchmark: canned answers, in a process of its own, as fast as asyncio goes.

``python -m tests.bench._client_server`` prints its port and serves until its standard input closes.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random

from tests.bench._loopback import Answers, serve

SMALL, IMAGE = 1_400, 3_000_000


def _picture(size: int) -> str:
    """Base64 of a PNG's two ends and noise, which is what a compressed photograph looks like to a client."""
    start, end = b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND\xaeB`\x82"
    return base64.b64encode(start + random.Random(1).randbytes(size - len(start + end)) + end).decode()  # noqa: S311


def _answer(size: int) -> bytes:
    image = {"b64_json": _picture(size), "revised_prompt": "A lighthouse at dusk, in oil"}
    usage = {"input_tokens": 12, "output_tokens": 4160, "total_tokens": 4172}
    return _http(json.dumps({"created": 1_790_000_000, "data": [image], "usage": usage}).encode(), "application/json")


def _stream(size: int) -> bytes:
    event = {
        "id": "img_1",
        "created": 1_790_000_000,
        "model": "gpt-image-1",
        "object": "image.generation.chunk",
        "type": "image_generation.completed",
        "b64_json": _picture(size),
        "data": [],
    }
    # The official SDK reads the second shape, openai's the first: one event that both accept.
    event["data"] = [{"index": 0, "b64_json": "", "progress": 1.0, "is_final": True}]
    return _http(b"data: " + json.dumps(event).encode() + b"\n\ndata: [DONE]\n\n", "text/event-stream")


def _http(body: bytes, content_type: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


ANSWERS = {
    b"small": _answer(SMALL),
    b"image": _answer(IMAGE),
    b"event": _stream(1_100_000),  # 1.5 MB of base64
    b"huge": _stream(15_000_000),  # 20 MB of base64
}


class Canned(Answers):
    """Answers every request by the first part of its path."""

    def answer(self, head: bytes) -> bytes:
        return ANSWERS[head.split(b"/", 2)[1]]


if __name__ == "__main__":
    asyncio.run(serve(Canned))
