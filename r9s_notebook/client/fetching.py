"""Fetching the image behind a link of an answer: at once, with care, and without the key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import unquote_to_bytes

import httpx

from r9s_notebook._version import __version__
from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.decoding import checked, decode
from r9s_notebook.client.protocol import LARGEST_REFUSAL, MEGA, Call, Flow, Lost, Read, TooLarge, exchange
from r9s_notebook.client.retries import BackoffStrategy, Policy
from r9s_notebook.errors import R9SError, ResponseValidationError, UnsafeURLError

LARGEST_IMAGE: Final = 64 * MEGA
"""Bytes. The API's largest images are about 20 MB."""
MOST_REDIRECTS: Final = 5
FETCH_SECONDS: Final = 120.0

_HEADERS: Final = httpx.Headers(
    {
        "Accept": "image/png, image/webp, image/jpeg",
        "Accept-Encoding": "identity",  # images are compressed already; a stranger's compression can be a bomb
        "User-Agent": f"r9s-notebook/{__version__}",
    }
)
"""All that is sent: no key, no cookie."""

# Fetching costs nothing and the image is paid for: what may be transient is tried again.
_RULES: Final = Policy(frozenset({429, 500, 502, 503, 504}), 3, True, True, BackoffStrategy(300, 2_000, 2.0, 60_000))


def fetch(url: str, is_api: Callable[[httpx.URL], bool], *, timeout: float = FETCH_SECONDS) -> Flow[bytes]:
    """The file behind a link.

    Args:
        url: Of an answer; https, or the API's own origin, or a ``data:`` URI.
        is_api: Whether a URL leads to the API itself, which may be on this computer.
        timeout: Seconds for all of it; never more than ``FETCH_SECONDS``.

    Raises:
        UnsafeURLError: The link, or one that it redirects to, must not be followed.
        ResponseValidationError: The link is dead, or what is behind it is no image or too large.
        NoResponseError: The link's server was not reached.
    """
    if url[:5].lower() == "data:":
        return _inline(url)
    deadline = Deadline(min(timeout, FETCH_SECONDS))
    here = _parsed(url)
    for _ in range(MOST_REDIRECTS + 1):
        response = yield from _opened(here, deadline, is_api)
        if not response.has_redirect_location:
            return checked((yield from _body(response, deadline)))
        yield Read(response, deadline, LARGEST_REFUSAL)
        here = _parsed(response.headers["location"], here)
    raise ResponseValidationError("The image's link redirects again and again. Nothing was fetched.")


def _opened(url: httpx.URL, deadline: Deadline, is_api: Callable[[httpx.URL], bool]) -> Flow[httpx.Response]:
    ours = is_api(url)
    if not ours and url.scheme != "https":
        raise UnsafeURLError(
            f"The image's link begins with {url.scheme or 'nothing'}:, and only https: is fetched. "
            "Ask for the image itself with response_format='b64_json'."
        )
    call = Call("GET", url, _HEADERS, b"", float(deadline), _RULES, guarded=not ours)
    try:
        return (yield from exchange(call, deadline, accepts=_usable))
    except R9SError as error:
        raise ResponseValidationError(
            f"The image can no longer be fetched from its link (status {error.status_code}). Such links often live for "
            "an hour only. Ask for the image itself with response_format='b64_json'.",
            status_code=error.status_code,
            body=error.body,
            headers=error.headers,
        ) from None


def _body(response: httpx.Response, deadline: Deadline) -> Flow[bytes]:
    if response.headers.get("content-encoding", "identity") != "identity":
        yield Read(response, deadline, 0)  # closes it
        raise ResponseValidationError("What is behind the image's link came compressed, unasked. It was not unpacked.")
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > LARGEST_IMAGE:
        yield Read(response, deadline, 0)  # closes it
        raise _too_large()
    body = yield Read(response, deadline, LARGEST_IMAGE)
    if isinstance(body, TooLarge):
        raise _too_large()
    if isinstance(body, Lost):
        raise body.error
    return bytes(body)


def _usable(response: httpx.Response) -> bool:
    return response.is_success or response.has_redirect_location


def _too_large() -> ResponseValidationError:
    return ResponseValidationError(
        f"What is behind the image's link is larger than {LARGEST_IMAGE // MEGA} MB, which no image of this API is. "
        "It was not fetched."
    )


def _parsed(url: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        return (httpx.URL(url) if base is None else base.join(url)).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        raise UnsafeURLError("The image's link is not a URL that can be fetched.") from None


def _inline(url: str) -> bytes:
    head, _, data = url.partition(",")
    return checked(decode(data) if head.lower().endswith(";base64") else unquote_to_bytes(data))
