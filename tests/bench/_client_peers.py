"""The same calls through bare httpx, the openai SDK, the r9s SDK, and this client."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass

PROMPT = "A lighthouse at dusk"
KEY = "no-secret"


@dataclass(frozen=True)
class Peer:
    """One client.

    Attributes:
        name: As the table shows it.
        small: One small generation, to a parsed answer.
        image: One generation of a 3 MB image, to its bytes.
        stream: One streamed generation, to its last event; takes ``"event"`` or ``"huge"``.
        fresh: A program that makes the client.
        ready: A program that also looks up the method to call, which loads what a client puts off until then.
    """

    name: str
    small: Callable[[], object]
    image: Callable[[], bytes]
    stream: Callable[[str], object] | None
    fresh: str
    ready: str


def peers(base: str) -> list[Peer]:
    """All of them, against a server at ``base``, each over one kept connection."""
    return [_httpx(base), _openai(base), _r9s(base), ours(base)]


def _httpx(base: str) -> Peer:
    import httpx

    client = httpx.Client()
    headers = {"Authorization": f"Bearer {KEY}"}

    def post(kind: str) -> dict:
        answer = client.post(f"{base}/{kind}/images/generations", json={"prompt": PROMPT}, headers=headers)
        answer.raise_for_status()
        return answer.json()

    def image() -> bytes:
        return base64.b64decode(post("image")["data"][0]["b64_json"])

    def stream(kind: str) -> object:
        found = None
        url = f"{base}/{kind}/images/generations"
        with client.stream("POST", url, json={"prompt": PROMPT, "stream": True}, headers=headers) as answer:
            for line in answer.read().split(b"\n"):
                if line.startswith(b"data: {"):
                    found = json.loads(line[6:])
        return found

    return Peer("bare httpx", lambda: post("small"), image, stream, "import httpx", "import httpx")


def _openai(base: str) -> Peer:
    from openai import OpenAI

    clients = {kind: OpenAI(api_key=KEY, base_url=f"{base}/{kind}") for kind in ("small", "image", "event", "huge")}

    def generate(kind: str) -> object:
        return clients[kind].images.generate(prompt=PROMPT)

    def image() -> bytes:
        return base64.b64decode(generate("image").data[0].b64_json)  # type: ignore[attr-defined]

    def stream(kind: str) -> object:
        return list(clients[kind].images.generate(prompt=PROMPT, stream=True, model="gpt-image-1"))

    fresh = "from openai import OpenAI; OpenAI(api_key='x')"
    return Peer("openai", lambda: generate("small"), image, stream, fresh, f"{fresh}.images.generate")


def _r9s(base: str) -> Peer:
    from r9s import R9S

    client = R9S(api_key=KEY)

    def create(kind: str, **parameters: object) -> object:
        return client.images.create(prompt=PROMPT, server_url=f"{base}/{kind}", **parameters)  # type: ignore[call-overload]

    def image() -> bytes:
        return base64.b64decode(create("image").data[0].b64_json)  # type: ignore[attr-defined]

    def stream(kind: str) -> object:
        return list(create(kind, stream=True))  # type: ignore[call-overload]

    fresh = "from r9s import R9S; R9S(api_key='x')"
    return Peer("r9s", lambda: create("small"), image, stream, fresh, f"{fresh}.images.create")


def ours(base: str) -> Peer:
    """This client alone."""
    from r9s_notebook import R9S

    client = R9S(api_key=KEY, server_url=base)

    def create(kind: str) -> object:
        return client.images.create(prompt=PROMPT, server_url=f"{base}/{kind}")

    def image() -> bytes:
        return client.images.read(create("image").data[0])  # type: ignore[attr-defined]

    def stream(kind: str) -> object:
        return list(client.images.create(prompt=PROMPT, server_url=f"{base}/{kind}", stream=True))

    fresh = "from r9s_notebook import R9S; R9S(api_key='x')"
    return Peer("r9s_notebook", lambda: create("small"), image, stream, fresh, f"{fresh}.images.create")
