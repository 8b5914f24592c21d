"""What a client is made with, checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import httpx

from r9s_notebook.errors import InputError

if TYPE_CHECKING:
    from r9s_notebook.client.keys import Secret
    from r9s_notebook.client.retries import RetryConfig

Kind = Literal["api", "offline", "replay"]

DEFAULT_URL: Final = "https://api.r9s.ai/v1"
DEFAULT_TIMEOUT_MS: Final = 300_000
"""Five minutes for a whole call: the slowest models take about two."""


class Settings(NamedTuple):
    """What a client was made with."""

    server_url: str  # the API's base, without a slash at its end
    key: Secret | None = None  # None where the service takes none
    model: str | None = None  # sent with calls that name none
    timeout_ms: int = DEFAULT_TIMEOUT_MS  # a whole call's deadline
    retries: RetryConfig | None = None  # for calls that bring none
    kind: Kind = "api"  # what is behind it


def from_environment(
    environ: Mapping[str, str],
    *,
    key: Secret,
    server_url: str | None = None,
    timeout_ms: int | None = None,
    retries: RetryConfig | None = None,
) -> Settings:
    """The settings as they are given, and where they are not, as the environment or the defaults have them.

    Raises:
        InputError: The base URL or the time cannot be one.
    """
    base = (server_url or environ.get("R9S_BASE_URL") or DEFAULT_URL).strip().rstrip("/")
    parse(base)
    timeout_ms = DEFAULT_TIMEOUT_MS if timeout_ms is None else timeout_ms
    seconds(timeout_ms)
    return Settings(base, key, environ.get("R9S_IMAGE_MODEL") or None, timeout_ms, retries)


@lru_cache(maxsize=128)
def parse(url: str) -> httpx.URL:
    """A URL that can be called.

    Raises:
        InputError: It cannot.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        raise InputError("The base URL is not a URL. It looks like https://api.r9s.ai/v1.") from None
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise InputError("The base URL must begin with https:// or http:// and a host: https://api.r9s.ai/v1.")
    return parsed


def seconds(timeout_ms: Any) -> float:
    """A call's time in seconds.

    Raises:
        InputError: It is no time.
    """
    if isinstance(timeout_ms, bool) or not isinstance(timeout_ms, (int, float)) or not 0 < timeout_ms < 1e10:
        raise InputError("timeout_ms is the whole call's time in milliseconds, for example 300000.")
    return float(timeout_ms) / 1000
