"""From a call's parameters to the request that is sent: what is not given is not sent."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import httpx

from r9s_notebook._version import __version__
from r9s_notebook.client.decoding import ENCODINGS
from r9s_notebook.client.retries import Policy, RetryConfig, policy
from r9s_notebook.client.settings import Settings, parse, seconds
from r9s_notebook.client.signatures import OPTIONS, UNSET
from r9s_notebook.errors import InputError
from r9s_notebook.parameters import EDIT, GENERATION, Parameter

AGENT: Final = f"r9s-notebook/{__version__}"


class Call(NamedTuple):
    """One request, ready to be sent as often as its policy allows."""

    request: httpx.Request  # whole, the key among its headers, which hide it from their repr
    seconds: float  # the whole call's deadline
    rules: Policy  # when it may be sent again
    asked: Mapping[str, Any] = MappingProxyType({})  # without files: to compare with what came
    guarded: bool = False  # to whom an answer's link names, over connections that judge their addresses


def generation(settings: Settings, parameters: Mapping[str, Any]) -> Call:
    """The request of ``images.create``."""
    body = _body(settings, parameters, GENERATION)
    try:
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError:
        raise _half_a_character() from None
    except (TypeError, ValueError) as error:
        raise InputError(f"A parameter cannot be sent as JSON: {error}.") from None
    return _call(settings, parameters, "/images/generations", body, content=content)


def edit(settings: Settings, parameters: Mapping[str, Any]) -> Call:
    """The request of ``images.edit``: a form, whose files are sent from where they are, in as many tries as it takes.

    Raises:
        InputError: An image or a mask that the model does not take, and that cannot be converted without a loss.
    """
    from r9s_notebook.client.capabilities import capabilities
    from r9s_notebook.client.uploads import uploads

    body = _body(settings, parameters, EDIT)
    images, mask = body.pop("image", None), body.pop("mask", None)
    if images is None:
        raise InputError("An edit needs an image: pass image=.")
    files = [(name, tuple(file)) for name, *file in uploads(images, mask, capabilities(body.get("model")))]
    try:
        return _call(settings, parameters, "/images/edits", body, data=_form(body), files=files)
    except UnicodeEncodeError:
        raise _half_a_character() from None


def listing(settings: Settings) -> Call:
    """The request for the list of models."""
    rules = policy(settings.retries, given=settings.retries is not None)
    headers = {"Accept": "application/json", "User-Agent": AGENT, **_authorization(settings)}
    request = httpx.Request("GET", parse(f"{settings.server_url}/models"), headers=headers)
    return Call(request, seconds(settings.timeout_ms), rules)


def _half_a_character() -> InputError:
    return InputError(
        "The text holds half of a character (a lone surrogate), which cannot be sent. "
        "It often comes from text that was cut in two: type it again."
    )


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


def _call(settings: Settings, parameters: Mapping[str, Any], path: str, asked: dict[str, Any], **content: Any) -> Call:
    headers = {
        "Accept": "text/event-stream, application/json" if asked.get("stream") else "application/json",
        "Accept-Encoding": ", ".join(ENCODINGS),
        "User-Agent": AGENT,
        # The same for every try of this call: a service that keeps it does the work, and bills it, once.
        "Idempotency-Key": os.urandom(16).hex(),
        **_authorization(settings),
    }
    if "content" in content:
        headers["Content-Type"] = "application/json"  # a form's has its boundary in it, and comes with it
    server_url, timeout_ms, added = (parameters.get(name) for name in ("server_url", "timeout_ms", "http_headers"))
    given = "retries" in parameters and parameters["retries"] is not UNSET
    retries = parameters["retries"] if given else settings.retries
    if retries is not None and not isinstance(retries, RetryConfig):
        raise InputError("retries takes a RetryConfig of r9s_notebook, or None to send exactly once.")
    return Call(
        httpx.Request(
            "POST",
            parse((server_url.rstrip("/") if server_url else settings.server_url) + path),
            headers=_with_added(headers, added) if added else headers,
            **content,
        ),
        seconds(settings.timeout_ms if timeout_ms is None else timeout_ms),
        policy(retries, given=given or retries is not None),
        asked,
    )


def _authorization(settings: Settings) -> dict[str, str]:
    return {} if settings.key is None else {"Authorization": f"Bearer {settings.key.reveal()}"}


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OF_THE_CLIENT = frozenset({"content-length", "content-type", "transfer-encoding", "connection"})


def _with_added(headers: dict[str, str], added: Any) -> httpx.Headers:
    """The headers and the caller's own. Where one cannot be sent, its value is not quoted: it may be a key."""
    if not isinstance(added, Mapping):
        raise InputError("http_headers takes a dict of names and values.")
    together = httpx.Headers(headers)
    for name, value in added.items():
        if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name):
            raise InputError(f"{name!r} in http_headers is not a header's name.")
        if name.lower() in _OF_THE_CLIENT:
            raise InputError(f"{name} in http_headers is the client's own to set.")
        if not isinstance(value, str) or not value.isascii() or not value.isprintable():
            raise InputError(f"The value of {name} in http_headers must be a line of plain ASCII text.")
        together[name] = value
    return together


def _form(body: Mapping[str, Any]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value, default=str) for name, value in body.items()}
