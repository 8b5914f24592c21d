"""From an HTTP request to checked parameters and image files: JSON and multipart alike."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.server.file_store import Files
from r9s_notebook.server.leaving import went_away
from r9s_notebook.server.limits import Limits
from r9s_notebook.server.refusal import Refusal, invalid
from r9s_notebook.server.validation import size_of

MAX_IMAGES = PARAMETERS["image"].limit or 1
_LONGEST_TEXT = 4 * (PARAMETERS["prompt"].limit or 0) + 64_000
_IMAGE_FIELDS = ("image", "image[]", "images", "images[]")


@dataclass(frozen=True)
class Incoming:
    """A request's body, unpacked and not yet checked.

    Attributes:
        values: Parameters with the types of JSON.
        images: Image files, in order.
        mask: The mask's file.
    """

    values: Mapping[str, Any]
    images: tuple[bytes, ...] = ()
    mask: bytes | None = None


async def incoming(request: Request, *, limits: Limits, files: Files) -> Incoming:
    """Unpack a body of JSON or ``multipart/form-data``.

    Args:
        request: The request, unread.
        limits: The largest body, and the largest image.
        files: Where an image that is named by this server's own address is looked up.

    Raises:
        Refusal: 400 for what cannot be read, and for an image of too many pixels; 413 for a body over the limit; 415
            for another kind of body.
    """
    body = await _unpacked(request, limits, files)
    if body.images or body.mask is not None:
        await run_in_threadpool(_check_pixels, body, limits)
    return body


def _check_pixels(body: Incoming, limits: Limits) -> None:
    for image in body.images:
        size_of(image, "image", max_pixels=limits.pixels)
    if body.mask is not None:
        size_of(body.mask, "mask", max_pixels=limits.pixels)


async def _unpacked(request: Request, limits: Limits, files: Files) -> Incoming:
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _from_multipart(request, limits)
    if kind == "application/json" or kind.endswith("+json"):
        body = b"".join([chunk async for chunk in _limited(request, limits)])
        return _from_json(body, files)
    raise Refusal(
        415, f"Send application/json or multipart/form-data, not {kind[:60]}.", code="unsupported_content_type"
    )


async def _limited(request: Request, limits: Limits) -> AsyncIterator[bytes]:
    too_large = Refusal(
        413, f"The request is larger than {limits.body // 2**20} MiB. Send smaller images.", code="request_too_large"
    )
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limits.body:
        raise too_large
    received = 0
    try:
        async for chunk in request.stream():
            received += len(chunk)
            if received > limits.body:
                raise too_large
            yield chunk
    except ClientDisconnect:
        raise went_away() from None


async def _from_multipart(request: Request, limits: Limits) -> Incoming:
    parser = MultiPartParser(
        request.headers,
        _async_generator(_limited(request, limits)),
        max_files=MAX_IMAGES + 1,
        max_fields=64,
        max_part_size=_LONGEST_TEXT,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise Refusal(400, f"The form could not be read: {error.message}", code="invalid_form") from error
    except (KeyError, ValueError, AttributeError) as error:
        raise Refusal(400, "The form could not be read: it has no valid boundary.", code="invalid_form") from error
    try:
        return await _from_form(form)
    finally:
        await form.close()


async def _async_generator(chunks: AsyncIterator[bytes]) -> Any:
    async for chunk in chunks:
        yield chunk


async def _from_form(form: FormData) -> Incoming:
    values: dict[str, str] = {}
    images: list[bytes] = []
    mask: bytes | None = None
    for name, value in form.multi_items():
        if isinstance(value, str):
            if name in _IMAGE_FIELDS or name == "mask":
                raise invalid(name, f"{name} must be a file of the form, with a file name; it came as text.")
            values[name] = value
        elif name in _IMAGE_FIELDS:
            images.append(await _bytes(value))
        elif name == "mask":
            mask = await _bytes(value)
    return Incoming(_counted_previews(_from_text(values)), _counted(images), mask)


def _from_text(values: Mapping[str, str]) -> dict[str, Any]:
    """A form's strings as the types JSON would have had; what does not convert stays as it is, to be refused."""
    return {
        name: PARAMETERS[name].from_text(text) if name in PARAMETERS else text
        for name, text in values.items()
        if text.strip() or name == "prompt"
    }


def _counted_previews(values: dict[str, Any]) -> dict[str, Any]:
    """R9S's own compliance suite asks for previews with a yes: that is one."""
    yes = {"true": 1, "false": 0}.get(str(values.get("partial_images")).lower())
    return values if yes is None else {**values, "partial_images": yes}


async def _bytes(file: UploadFile) -> bytes:
    return await file.read()


def _from_json(body: bytes, files: Files) -> Incoming:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "The body is not valid JSON.", code="invalid_json") from error
    if not isinstance(values, dict):
        raise Refusal(400, 'The body must be a JSON object, such as {"prompt": "a red fox"}.', code="invalid_json")
    images: list[bytes] = []
    for name in ("image", "images"):
        given = values.pop(name, None)
        if given is not None:
            listed = given if isinstance(given, list) else [given]
            images += [_named_image(name, item, files) for item in listed[: MAX_IMAGES + 1]]
    mask = values.pop("mask", None)
    mask = None if mask is None else _named_image("mask", mask, files)
    return Incoming(_counted_previews(values), _counted(images), mask)


def _named_image(param: str, value: Any, files: Files) -> bytes:
    """An image in JSON: base64, a data URI, an address of this server, or an object that holds one of these."""
    if isinstance(value, dict):
        value = value.get("image_url") or value.get("b64_json") or value.get("url")
        if isinstance(value, dict):
            value = value.get("url")
    if not isinstance(value, str):
        raise invalid(
            param, f"{param} must be base64, a data URI, or an object with an image_url.", code="invalid_type"
        )
    if value.startswith(("http://", "https://")):
        kept = files.get(value.rpartition("/")[2])
        if kept is None:
            raise invalid(param, f"{param}: this server fetches no addresses but its own images, while they are kept.")
        return kept.data
    encoded = value.partition(",")[2] if value.startswith("data:") else value
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid(param, f"{param} is not valid base64.") from error


def _counted(images: list[bytes]) -> tuple[bytes, ...]:
    if len(images) > MAX_IMAGES:
        raise invalid("image", f"An edit takes at most {MAX_IMAGES} images.", code="too_many_images")
    return tuple(images)
