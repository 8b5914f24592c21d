"""What the API says back: the answer of a finished request, and the events of a streamed one."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from r9s_notebook.server.encoding import EncodedImage
from r9s_notebook.server.engine import Job, Output

Address = Callable[[EncodedImage], str]
"""Keeps an image and gives the address it can be fetched from."""

_DETAIL = {"low": 0, "hd": 2, "high": 2, "xhigh": 2, "max": 2}


def detail(job: Job) -> int:
    """How much detail the quality asks for: 0 low, 1 standard, 2 high."""
    return _DETAIL.get(job.values.get("quality", ""), 1)


def finished(job: Job, made: Sequence[Output], *, created: int, address: Address) -> dict[str, Any]:
    """The JSON answer. ``data[i].seed`` and ``model`` are this server's own additions."""
    said = {**_described(job, made[0].image), "usage": usage(job, len(made))} if job.answer is None else job.answer
    data = [{**_where(job, one.image, address), **_said(one)} for one in made]
    return _known({"created": created, "model": job.model, "data": data, **said})


def partial(job: Job, output: Output, *, created: int, address: Address) -> bytes:
    """The event of one preview."""
    number = output.preview or 0
    where = _where(job, output.image, address)
    payload = _payload(job, output, where, created) | {"partial_image_index": number, "index": output.index}
    progress = round((number + 1) / (job.previews + 1), 3)
    chunk = {"index": output.index, **where, "progress": progress, "is_final": False}
    return _image_event(job, "partial_image", payload, chunk)


def completed(job: Job, output: Output, *, created: int, address: Address) -> bytes:
    """The event of one finished image."""
    where = _where(job, output.image, address)
    said = _said(output)
    counted = {"usage": usage(job, 1)} if job.answer is None else {}
    payload = _payload(job, output, where, created) | {"index": output.index, **said, **counted}
    chunk = {"index": output.index, **where, "progress": 1.0, "is_final": True, **said}
    return _image_event(job, "completed", payload, chunk)


def event(name: str, payload: Mapping[str, Any]) -> bytes:
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(payload, separators=(',', ':'))}\n\n".encode()


DONE = b"data: [DONE]\n\n"
"""The stream's end, for clients that wait for it: the r9s SDK's sentinel."""


def usage(job: Job, images: int) -> dict[str, Any]:
    """Tokens as both SDKs name them. Nothing is billed: the numbers only have the usual proportions."""
    text = max(1, (len(job.prompt) + 3) // 4)
    tiles = ((job.width + 511) // 512) * ((job.height + 511) // 512)
    drawn = images * (64 + tiles * (48, 256, 1024)[detail(job)])
    return {
        "input_tokens": text,
        "input_tokens_details": {"text_tokens": text, "image_tokens": 0},
        "output_tokens": drawn,
        "output_tokens_details": {"text_tokens": 0, "image_tokens": drawn},
        "total_tokens": text + drawn,
        "prompt_tokens": text,
        "image_tokens": drawn,
        "width": job.width,
        "height": job.height,
        "image_count": images,
    }


def _image_event(job: Job, kind: str, payload: Mapping[str, Any], chunk: Mapping[str, Any]) -> bytes:
    # One event speaks to both SDKs: openai reads the flat fields, r9s reads id, created, model, object and data.
    name = f"image_{'edit' if job.operation == 'edit' else 'generation'}.{kind}"
    return event(name, {**payload, "type": name, "data": [chunk]})


def _payload(job: Job, output: Output, where: Mapping[str, str], created: int) -> dict[str, Any]:
    said = _described(job, output.image) if job.answer is None else job.answer
    known = _known({"model": job.model, "created": created, **said})
    return {
        "id": f"img-{known['created']}",
        "object": "image.generation.chunk",
        "created_at": known["created"],
        **known,
        **where,
    }


def _described(job: Job, image: EncodedImage) -> dict[str, Any]:
    return {
        # As the file is: an edit keeps its image's background, whatever was asked for.
        "background": "transparent" if image.transparent else "opaque",
        "output_format": job.encoding.output_format,
        "quality": ("low", "medium", "high")[detail(job)],
        "size": f"{job.width}x{job.height}",
    }


def _said(output: Output) -> dict[str, Any]:
    return _known({"revised_prompt": output.revised_prompt, "seed": output.seed})


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _where(job: Job, image: EncodedImage, address: Address) -> dict[str, str]:
    if job.as_url:
        return {"url": address(image)}
    return {"b64_json": base64.b64encode(image.data).decode()}
