"""What a client is made with, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import httpx

from r9s_notebook.client.keys import Secret
from r9s_notebook.errors import InputError

if TYPE_CHECKING:
    from r9s_notebook.client.retries import RetryConfig

Kind = Literal["api", "offline", "replay"]

DEFAULT_URL: Final = "https://api.r9s.ai/v1"
DEFAULT_SECONDS: Final = 300.0
"""Five minutes for a whole call: the slowest models take about two."""


class Settings(NamedTuple):
    """What a client was made with."""

    server_url: str  # the API's base, as ``base`` writes it
    key: Secret | None = None  # None where the service takes none, or takes it in a header of its own
    model: str | None = None  # sent with calls that name none
    timeout_ms: int | None = None  # a whole call's deadline; None is ``DEFAULT_SECONDS``
    retries: RetryConfig | None = None  # for calls that bring none
    kind: Kind = "api"  # what is behind it
    headers: Mapping[str, Secret] = {}  # of every request


_ENDPOINT = re.compile(r"(.*?)/(?:images/(?:generations|edits|variations)|(?:chat/)?completions|responses|models)")


def base(server_url: Any) -> str:
    """An API's base without a slash at its path's end; what its query says is sent with every request.

    Raises:
        InputError: It cannot be one.
    """
    try:
        url = httpx.URL(server_url.strip())
    except (httpx.InvalidURL, AttributeError):
        raise InputError("The base URL is not a URL. It looks like https://api.r9s.ai/v1.") from None
    if url.scheme not in {"http", "https"} or not url.host or not (url.port or 1) < 2**16:
        raise InputError("The base URL must begin with https:// or http:// and a host: https://api.r9s.ai/v1.")
    if url.userinfo:
        raise InputError(
            "A name and password in the base URL are not sent. Leave them out, and give them once in a header: "
            'R9S(http_headers={"Authorization": ...}).'
        )
    if "#" in server_url:
        raise InputError(f"The base URL has a fragment (#{url.fragment}), which is never sent. Leave it out.")
    path, _, query = url.raw_path.decode().partition("?")
    found = _ENDPOINT.fullmatch(path.rstrip("/"))
    if found:
        raise InputError(
            f"The base URL is an endpoint already: {path[len(found[1]) :]} is added to it by each call. "
            f"Leave that out: {url.copy_with(raw_path=found[1].encode())}."
        )
    return str(url.copy_with(raw_path=(path.rstrip("/") + (f"?{query}" if query else "")).encode()))


@lru_cache(maxsize=128)
def endpoint(server_url: str, path: str) -> httpx.URL:
    """Where a call goes: the path joined to the base's own, whose query stays.

    Raises:
        InputError: The base cannot be one.
    """
    url = httpx.URL(base(server_url))
    own, mark, query = url.raw_path.partition(b"?")
    return url.copy_with(raw_path=own.rstrip(b"/") + path.encode() + mark + query)


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OF_THE_CLIENT = frozenset({"content-length", "content-type", "transfer-encoding", "connection"})


def problem_in(added: Any) -> str | None:
    """What keeps the caller's own headers from being sent; their values are not quoted, they may be keys."""
    if not isinstance(added, Mapping):
        return "http_headers takes a dict of names and values."
    for name, value in added.items():
        if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name):
            return f"{name!r} in http_headers is not a header's name."
        if name.lower() in _OF_THE_CLIENT:
            return f"{name} in http_headers is the client's own to set."
        problem = None if callable(value) else Secret(value, name).problem()
        if problem is not None:
            return problem
    return None


def secrets_in(added: Mapping[str, Any]) -> dict[str, Secret]:
    """The caller's own headers, where no repr shows their values."""
    return {name: Secret(value, name) for name, value in added.items()}


def seconds(timeout_ms: Any) -> float:
    """A call's time in seconds.

    Raises:
        InputError: It is no time.
    """
    if timeout_ms is None:
        return DEFAULT_SECONDS
    if isinstance(timeout_ms, bool) or not isinstance(timeout_ms, (int, float)) or not 0 < timeout_ms < 1e10:
        raise InputError("timeout_ms is the whole call's time in milliseconds, for example 300000.")
    return float(timeout_ms) / 1000
