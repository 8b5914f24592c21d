"""What the API says back: the answer of a finished request, and the events of a streamed one."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from r9s_notebook.server.jobs import Picture
from r9s_notebook.server.parameters import MODEL, Common

Address = Callable[[Picture], str]
"""Keeps a picture and gives the address it can be fetched from."""


@dataclass(frozen=True)
class Made:
    """A finished picture and how it came about.

    Attributes:
        picture: The file.
        seed: Give it with the same request, and the same picture is drawn.
        told: What the engine understood.
    """

    picture: Picture
    seed: int
    told: str


def finished(asked: Common, made: Sequence[Made], *, created: int, address: Address) -> dict[str, Any]:
    """The JSON answer. ``data[i].seed`` and ``model`` are this server's own additions."""
    return {
        "created": created,
        "model": MODEL,
        "data": [{**_where(asked, one.picture, address), "revised_prompt": one.told, "seed": one.seed} for one in made],
        "usage": usage(asked, len(made)),
        "background": _background(made[0].picture),
        "output_format": asked.output_format,
        "quality": asked.quality,
        "size": asked.size,
    }


def partial(
    asked: Common, kind: str, picture: Picture, *, image: int, number: int, created: int, address: Address
) -> bytes:
    """The event of one preview; ``number`` counts an image's previews from 0."""
    where = _where(asked, picture, address)
    payload = _payload(asked, picture, where, created) | {
        "type": f"{kind}.partial_image",
        "partial_image_index": number,
        "index": image,
    }
    chunk = {
        "index": image,
        **where,
        "progress": round((number + 1) / (asked.partial_images + 1), 3),
        "is_final": False,
    }
    return event(payload["type"], payload | {"data": [chunk]})


def completed(asked: Common, kind: str, made: Made, *, image: int, created: int, address: Address) -> bytes:
    """The event of one finished image."""
    where = _where(asked, made.picture, address)
    payload = _payload(asked, made.picture, where, created) | {
        "type": f"{kind}.completed",
        "index": image,
        "revised_prompt": made.told,
        "seed": made.seed,
        "usage": usage(asked, 1),
    }
    chunk = {"index": image, **where, "progress": 1.0, "is_final": True, "revised_prompt": made.told}
    return event(payload["type"], payload | {"data": [chunk]})


def event(name: str, payload: Mapping[str, Any]) -> bytes:
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(payload, separators=(',', ':'))}\n\n".encode()


DONE = b"data: [DONE]\n\n"
"""The stream's end, for clients that wait for it: the r9s SDK's sentinel."""


def usage(asked: Common, images: int) -> dict[str, Any]:
    """Tokens as both SDKs name them. Nothing is billed: the numbers only have the usual proportions."""
    text = max(1, (len(asked.prompt) + 3) // 4)
    tiles = ((asked.width + 511) // 512) * ((asked.height + 511) // 512)
    drawn = images * (64 + tiles * (48, 256, 1024)[asked.detail])
    return {
        "input_tokens": text,
        "input_tokens_details": {"text_tokens": text, "image_tokens": 0},
        "output_tokens": drawn,
        "output_tokens_details": {"text_tokens": 0, "image_tokens": drawn},
        "total_tokens": text + drawn,
        "prompt_tokens": text,
        "image_tokens": drawn,
        "width": asked.width,
        "height": asked.height,
        "image_count": images,
    }


def _background(picture: Picture) -> str:
    # As the file is: an edit keeps its image's background, whatever was asked for.
    return "transparent" if picture.transparent else "opaque"


def _payload(asked: Common, picture: Picture, where: Mapping[str, str], created: int) -> dict[str, Any]:
    # One event speaks to both SDKs: openai reads the flat fields, r9s reads id, created, model, object and data.
    return {
        "id": f"img-{created}",
        "object": "image.generation.chunk",
        "model": MODEL,
        "created": created,
        "created_at": created,
        **where,
        "background": _background(picture),
        "output_format": asked.output_format,
        "quality": asked.quality,
        "size": asked.size,
    }


def _where(asked: Common, picture: Picture, address: Address) -> dict[str, str]:
    if asked.as_url:
        return {"url": address(picture)}
    return {"b64_json": base64.b64encode(picture.data).decode()}
