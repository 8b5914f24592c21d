"""From an HTTP response to a value, or to the error that says what was wrong with it."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping
from typing import Any

import httpx

from r9s_notebook.client.capabilities import Capabilities, capabilities
from r9s_notebook.client.decoding import loads, understood
from r9s_notebook.client.models import ImageGenerationResponse, ImageObject, ImageUsage
from r9s_notebook.client.notices import notices
from r9s_notebook.errors import BY_STATUS, R9SDefaultError, R9SError, ResponseValidationError
from r9s_notebook.parameters import EDIT, GENERATION

_SHOWN = 300
_A_KEY = 8

_SAYS_NOTHING = {
    400: "The service did not accept the request, and gave no reason.",
    401: "The service did not accept the API key.",
    403: "The API key may not do this.",
    404: "The service has no such model or address.",
    413: "What was uploaded is too large for the service.",
    422: "The service understood the request and will not do it; it gave no reason.",
    429: "Too many requests for now.",
    500: "The service failed.",
    502: "The service behind the gateway failed.",
    503: "The service is not available now.",
    504: "The service behind the gateway did not answer in time.",
}

_WHAT_TO_DO = {
    401: "Check the key: R9S(api_key=...) or the environment's R9S_API_KEY.",
    403: "Choose another model, or ask for access.",
    404: "Check the model's name and the base URL (server_url=, or R9S_BASE_URL).",
    413: "Send a smaller image.",
    429: "Wait, then send it again; .retry_after has the seconds where the service named them.",
}
_SERVER_FAILED = "It was not sent a second time, so that it is not billed twice. Ask for that with retries=."


def response(
    body: bytes | bytearray, headers: httpx.Headers, asked: Mapping[str, Any], status: int = 200
) -> ImageGenerationResponse:
    """A successful answer's value, which says where it is not as asked.

    Raises:
        ResponseValidationError: It is no answer of this API, or it has no image.
    """
    try:
        value = loads(body)
    except (ValueError, RecursionError):
        raise invalid(_not_json(body, headers), body, headers, status) from None
    entries = value.get("data") if isinstance(value, dict) else None
    if not isinstance(entries, list):
        reason = reason_in(value)
        said = f"The service answered with an error: {reason}" if reason else "The answer has no list of images."
        raise invalid(said, body, headers, status, value)
    images = [image for entry in entries if isinstance(entry, dict) and (image := image_object(entry))]
    if not images:
        said = "The answer has neither images nor links." if entries else "The answer has no image: its list is empty."
        raise invalid(said, body, headers, status, value)
    usage, created, model = value.get("usage"), value.get("created"), value.get("model")
    return ImageGenerationResponse(
        created=whole_number(created) or int(time.time()),
        data=images,
        usage=ImageUsage(usage) if isinstance(usage, dict) else None,
        model=model if isinstance(model, str) else None,
        headers=dict(headers),
        notices=notices(asked, len(images), model),
    )


def image_object(entry: Mapping[str, Any]) -> ImageObject | None:
    """An entry of the answer's list; None where it holds no image."""
    url, b64_json, revised = entry.get("url"), entry.get("b64_json"), entry.get("revised_prompt")
    url = url if isinstance(url, str) and url else None
    b64_json = b64_json if isinstance(b64_json, (str, memoryview)) and len(b64_json) else None
    if url is None and b64_json is None:
        return None
    return ImageObject(url, b64_json, revised if isinstance(revised, str) else None)


def number(value: Any) -> float | None:
    """A number of an answer; None for anything else, such as NaN or what no float can hold."""
    try:
        found = float(value) if isinstance(value, (int, float)) else math.nan
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def whole_number(value: Any) -> int | None:
    """As ``number``, without its fraction."""
    found = number(value)
    return None if found is None else int(found)


def refusal(answer: httpx.Response, body: bytes, key: str = "") -> R9SError:
    """The error for an answer that is no success.

    ``key`` is what was sent as ``Authorization``: some services quote it in their reason.
    """
    status = answer.status_code
    secret = key.removeprefix("Bearer ").encode()
    if len(secret) >= _A_KEY:  # a shorter one, as in a test, is part of ordinary words
        body = body.replace(secret, b"<the API key>")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    reason = reason_in(data) or _plain_text(body, answer.headers) or _unexplained(answer)
    error = BY_STATUS.get(status, R9SDefaultError)(
        reason,
        status_code=status,
        body=body.decode("utf-8", "replace"),
        headers=answer.headers,
        raw_response=detached(answer, body),
        data=data,
    )
    advice = _WHAT_TO_DO.get(status) or (_SERVER_FAILED if status >= 500 else None)
    if advice:
        error.add_note(advice)
    return error


def invalid(
    message: str, body: bytes | bytearray, headers: Mapping[str, str], status: int = 200, data: Any = None
) -> ResponseValidationError:
    """The error for a success that is none."""
    text = body[: 64 * 1024].decode("utf-8", "replace")
    return ResponseValidationError(message, status_code=status, body=text, headers=headers, data=_plain(data))


def _plain(value: Any) -> Any:
    """JSON whose long texts are text again, and not views of the body they came in: an error outlives its body."""
    if isinstance(value, memoryview):
        return str(value, "utf-8", "replace")
    if isinstance(value, dict):
        return {name: _plain(entry) for name, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, list) else value


def reason_in(data: Any) -> str | None:
    """The service's own reason, in any of the forms that such services use."""
    if not isinstance(data, dict):
        return None
    error = data.get("error")
    candidates = [error.get("message"), error.get("detail")] if isinstance(error, dict) else [error]
    reasons = (_as_text(candidate) for candidate in (*candidates, data.get("message"), data.get("detail")))
    return next((reason for reason in reasons if reason), None)


def _as_text(reason: Any) -> str | None:
    if isinstance(reason, list):  # FastAPI's list of what is wrong with which field
        reason = "; ".join(str(part.get("msg", part)) if isinstance(part, dict) else str(part) for part in reason)
    return reason.strip() if isinstance(reason, str) else None


def detached(answer: httpx.Response, body: bytes) -> httpx.Response:
    """A copy of an answer that knows its address but not its request's headers: those hold the key."""
    headers = [(name, value) for name, value in answer.headers.multi_items() if name != "content-encoding"]
    return httpx.Response(answer.status_code, headers=headers, content=body)


def _unexplained(answer: httpx.Response) -> str:
    status = answer.status_code
    if answer.has_redirect_location:
        return f"The base URL has moved to {answer.headers['location']}. Use that one: redirects are not followed."
    return _SAYS_NOTHING.get(status) or f"The service answered with status {status} and gave no reason."


def _plain_text(body: bytes, headers: httpx.Headers) -> str | None:
    text = body.decode("utf-8", "replace").strip()
    plain = "text/plain" in headers.get("content-type", "")
    return text[:_SHOWN] if plain and text and not text.startswith("<") else None


def _not_json(body: bytes | bytearray, headers: Mapping[str, str]) -> str:
    encoding = headers.get("content-encoding", "")
    if not understood(encoding):
        return f"The answer is compressed in a way that was not asked for ({encoding[:_SHOWN]}). It was not unpacked."
    start = body[:1024].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        return "The answer is a web page, not the images API's. Check the base URL: it often ends in /v1."
    if not start:
        return "The answer is empty."
    if start.startswith(b"{"):
        return "The answer was cut short or damaged on its way: it begins as JSON and does not end as JSON."
    return "The answer is not JSON, so it does not come from the images API. Check the base URL."


# --- the list of models -----------------------------------------------------------------------------------------------


def models_in(body: bytes | bytearray, response: httpx.Response) -> tuple[Capabilities, ...]:
    """What a service says of its models: ``GET /models``, and what the embedded API adds to it.

    Raises:
        ResponseValidationError: The answer is no list of models.
    """
    try:
        return tuple(_described(entry) for entry in json.loads(body)["data"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ResponseValidationError(
            "The answer is no list of models.",
            status_code=response.status_code,
            headers=response.headers,
            body=body[:_SHOWN].decode("utf-8", "replace"),
        ) from None


def _described(entry: Mapping[str, Any]) -> Capabilities:
    """What an entry of the list says; by its name alone, where it says no more."""
    operations = entry.get("parameters")
    if not isinstance(operations, Mapping):
        return capabilities(str(entry["id"]))
    generate, edit = _schemas(operations, "generate"), _schemas(operations, "edit")
    # What the API has for generations only is no parameter of its edits, though a server may take it there too.
    edit = {name: schema for name, schema in edit.items() if name in EDIT or name not in GENERATION}
    either = {**edit, **generate}
    size, edit_size = generate.get("size", {}), edit.get("size", {})
    return Capabilities(
        model=str(entry["id"]),
        description=str(entry.get("description") or ""),
        sizes=_choices(size),
        qualities=_choices(either.get("quality", {})),
        styles=_choices(either.get("style", {})),
        max_n=_number(generate.get("n", {}), "maximum", 10),
        generates=bool(generate),
        edits=bool(edit),
        masks="mask" in edit,
        edit_sizes=_choices(edit_size),
        edit_max_n=_number(edit.get("n", {}), "maximum", 10),
        max_images=_number(edit.get("image", {}), "maxItems", 1),
        streams="stream" in either,
        prompt_limit=_number(either.get("prompt", {}), "maxLength", 0),
        parameters=frozenset(generate),
        edit_parameters=frozenset(edit),
        default_size=size.get("default"),
        default_quality=either.get("quality", {}).get("default"),
        any_size="size" in either and "enum" not in either["size"],
    )


def _schemas(operations: Mapping[str, Any], operation: str) -> dict[str, Mapping[str, Any]]:
    return {name: schema for name, schema in operations.get(operation, {}).items() if isinstance(schema, Mapping)}


def _choices(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """What is worth offering: what the service shows as examples, or all that it takes."""
    return tuple(str(choice) for choice in schema.get("examples") or schema.get("enum") or ())


def _number(schema: Mapping[str, Any], name: str, otherwise: int) -> int:
    value = schema.get(name)
    return value if isinstance(value, int) else otherwise
