"""From a call's parameters to the request that is sent: what is not given is not sent."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import httpx

from r9s_notebook._version import __version__
from r9s_notebook.client.inflating import ENCODINGS
from r9s_notebook.client.protocol import Call
from r9s_notebook.client.retries import RetryConfig, policy
from r9s_notebook.client.settings import Settings, parse, seconds
from r9s_notebook.client.signatures import OPTIONS, UNSET
from r9s_notebook.errors import InputError
from r9s_notebook.parameters import EDIT, GENERATION, Parameter

_AGENT = f"r9s-notebook/{__version__}"


class _Content(NamedTuple):
    path: str
    media_type: str
    data: bytes


def generation(settings: Settings, parameters: Mapping[str, Any]) -> Call:
    """The request of ``images.create``."""
    body = _body(settings, parameters, GENERATION)
    try:
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError:
        raise InputError(
            "The text holds half of a character (a lone surrogate), which cannot be sent. "
            "It often comes from text that was cut in two: type it again."
        ) from None
    except (TypeError, ValueError) as error:
        raise InputError(f"A parameter cannot be sent as JSON: {error}.") from None
    return _call(settings, parameters, _Content("/images/generations", "application/json", content), body)


def listing(settings: Settings) -> Call:
    """The request for the list of models."""
    headers = httpx.Headers({"Accept": "application/json", "User-Agent": _AGENT})
    if settings.key is not None:
        headers["Authorization"] = f"Bearer {settings.key.reveal()}"
    rules = policy(settings.retries, given=settings.retries is not None)
    url = parse(f"{settings.server_url}/models")
    return Call("GET", url, headers, b"", seconds(settings.timeout_ms), rules)


def edit(settings: Settings, parameters: Mapping[str, Any]) -> Call:
    """The request of ``images.edit``.

    Raises:
        InputError: An image or a mask that the model does not take, and that cannot be converted without a loss.
    """
    from r9s_notebook.client import multipart
    from r9s_notebook.client.attachments import attachments
    from r9s_notebook.client.capabilities import capabilities

    body = _body(settings, parameters, EDIT)
    images, mask = body.pop("image", None), body.pop("mask", None)
    if images is None:
        raise InputError("An edit needs an image: pass image=.")
    files = attachments(images, mask, capabilities(body.get("model")))
    try:
        fields = [multipart.Part(name, _form_value(value)) for name, value in body.items()]
    except UnicodeEncodeError:
        raise InputError("The text holds half of a character (a lone surrogate), which cannot be sent.") from None
    content, content_type = multipart.encode([*files, *fields])
    return _call(settings, parameters, _Content("/images/edits", content_type, content), body)


def _body(settings: Settings, parameters: Mapping[str, Any], known: Mapping[str, Parameter]) -> dict[str, Any]:
    body = {name: value for name, value in parameters.items() if value is not None and name not in OPTIONS}
    if settings.model is not None:
        body.setdefault("model", settings.model)
    unknown = body.keys() - known.keys()
    if unknown:
        _refuse_misspelt(sorted(unknown), known, body.get("model"))
    prompt = body.get("prompt")
    if not isinstance(prompt, str):
        raise InputError("A call needs a prompt: the words that say what to make, as text.")
    return body


def _refuse_misspelt(unknown: list[str], known: Iterable[str], model: str | None) -> None:
    """A model that is known takes nothing of nearly the same name; one that is not may take anything."""
    import difflib

    from r9s_notebook.client.capabilities import capabilities

    if model is not None and not capabilities(model).known:
        return
    for name in unknown:
        close = difflib.get_close_matches(name, [*known, *OPTIONS], n=1, cutoff=0.8)
        if close:
            raise InputError(f"There is no parameter {name!r}. Did you mean {close[0]!r}?")


def _call(settings: Settings, parameters: Mapping[str, Any], content: _Content, body: dict[str, Any]) -> Call:
    headers = httpx.Headers(
        {
            "Accept": "text/event-stream, application/json" if body.get("stream") else "application/json",
            "Accept-Encoding": ", ".join(ENCODINGS),
            "Content-Type": content.media_type,
            "User-Agent": _AGENT,
            # The same for every try of this call: a service that keeps it does the work, and bills it, once.
            "Idempotency-Key": os.urandom(16).hex(),
        }
    )
    if settings.key is not None:
        headers["Authorization"] = f"Bearer {settings.key.reveal()}"
    server_url = parameters.get("server_url")
    added = parameters.get("http_headers") or {}
    if not isinstance(added, Mapping):
        raise InputError("http_headers takes a dict of names and values.")
    for name, value in added.items():
        _check_header(name, value)
        headers[name] = value
    timeout_ms = parameters.get("timeout_ms")
    given = "retries" in parameters and parameters["retries"] is not UNSET
    retries = parameters["retries"] if given else settings.retries
    if retries is not None and not isinstance(retries, RetryConfig):
        raise InputError("retries takes a RetryConfig of r9s_notebook, or None to send exactly once.")
    return Call(
        method="POST",
        url=parse((server_url.rstrip("/") if server_url else settings.server_url) + content.path),
        headers=headers,
        content=content.data,
        seconds=seconds(settings.timeout_ms if timeout_ms is None else timeout_ms),
        rules=policy(retries, given=given or retries is not None),
        asked=body,
    )


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OF_THE_CLIENT = frozenset({"content-length", "content-type", "transfer-encoding", "connection"})


def _check_header(name: Any, value: Any) -> None:
    """Refuses what no request can carry. The value is not quoted: it may be a key."""
    if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name):
        raise InputError(f"{name!r} in http_headers is not a header's name.")
    if name.lower() in _OF_THE_CLIENT:
        raise InputError(f"{name} in http_headers is the client's own to set.")
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        raise InputError(f"The value of {name} in http_headers must be a line of plain ASCII text.")


def _form_value(value: Any) -> bytes:
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, (dict, list)):
        return json.dumps(value).encode()
    return str(value).encode()
