"""Fetching the image behind a link of an answer: at once, with care, and without the key."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote_to_bytes

import httpx

from r9s_notebook.client.addresses import ON_DISK
from r9s_notebook.client.calls import AGENT, Call
from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.decoding import checked, decode
from r9s_notebook.client.retries import BackoffStrategy, Policy
from r9s_notebook.client.sending import LARGEST_REFUSAL, MEGA, Opened, Sender
from r9s_notebook.errors import R9SError, ResponseValidationError, UnsafeURLError
from r9s_notebook.translation import Message, joined

LARGEST_IMAGE: Final = 64 * MEGA
"""Bytes. The API's largest images are about 20 MB."""
MOST_REDIRECTS: Final = 5
FETCH_SECONDS: Final = 120.0

_ASK_FOR_BASE64: Final = Message("Ask for the image itself with response_format='b64_json'.")
_OF_ITS_DISK: Final = Message(
    "It has expired, or what the service gave is a path of its own disk, which nobody else can read."
)

_TOO_LARGE: Final = Message(
    "What is behind the image's link is larger than {most} MB, which no image of this API is. It was not fetched.",
    most=LARGEST_IMAGE // MEGA,
)

_HEADERS: Final = httpx.Headers(
    {
        "Accept": "image/png, image/webp, image/jpeg",
        "Accept-Encoding": "identity",  # images are compressed already; a stranger's compression can be a bomb
        "User-Agent": AGENT,
    }
)
"""All that is sent: no key, no cookie."""

# Fetching costs nothing and the image is paid for: what may be transient is tried again.
_RULES: Final = Policy(frozenset({429, 500, 502, 503, 504}), 3, True, True, BackoffStrategy(300, 2_000, 2.0, 60_000))


def fetch(sender: Sender, url: str, deadline: Deadline) -> bytes:
    """The file behind an answer's link: https, the API's own origin, or a ``data:`` URI; within ``FETCH_SECONDS``.

    Raises:
        UnsafeURLError: The link, or one that it redirects to, must not be followed.
        ResponseValidationError: The link is dead, or what is behind it is no image or too large.
        NoResponseError: The link's server was not reached.
    """
    if url[:5].lower() == "data:":
        return _inline(url)
    if ON_DISK.match(url):
        told = Message(
            "In place of a link, the service gave a path of its own disk, which nobody else can read: {path}.",
            path=url[:200],
        )
        raise UnsafeURLError(joined(told, _ASK_FOR_BASE64))
    deadline.end_within(FETCH_SECONDS)
    here = _parsed(url)
    for _ in range(MOST_REDIRECTS + 1):
        opened = _opened(sender, here, deadline)
        if not opened.response.has_redirect_location:
            return checked(_body(opened))
        opened.read(LARGEST_REFUSAL)
        here = _parsed(opened.response.headers["location"], here)
    raise ResponseValidationError(Message("The image's link redirects again and again. Nothing was fetched."))


def _opened(sender: Sender, url: httpx.URL, deadline: Deadline) -> Opened:
    ours = sender.is_api(url)
    if not ours and url.scheme != "https":
        scheme = url.scheme or "nothing"
        told = Message("The image's link begins with {scheme}:, and only https: is fetched.", scheme=scheme)
        raise UnsafeURLError(joined(told, _ASK_FOR_BASE64))
    call = Call(httpx.Request("GET", url, headers=_HEADERS), float(deadline), _RULES, guarded=not ours)
    try:
        return sender.open(call, deadline, accepts=_usable)
    except R9SError as error:
        lost = Message("The image can no longer be fetched from its link (status {status}).", status=error.status_code)
        why = _OF_ITS_DISK if ours else Message("Such links often live for an hour only.")
        raise ResponseValidationError(
            joined(lost, why, _ASK_FOR_BASE64),
            status_code=error.status_code,
            body=error.body,
            headers=error.headers,
        ) from None


def _body(opened: Opened) -> bytes:
    headers = opened.response.headers
    if headers.get("content-encoding", "identity") != "identity":
        opened.read(0)  # closes it
        raise ResponseValidationError(
            Message("What is behind the image's link came compressed, unasked. It was not unpacked.")
        )
    declared = headers.get("content-length", "")
    too_large = declared.isdecimal() and int(declared) > LARGEST_IMAGE
    return bytes(opened.whole(0 if too_large else LARGEST_IMAGE, _TOO_LARGE))


def _usable(response: httpx.Response) -> bool:
    return response.is_success or response.has_redirect_location


def _parsed(url: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        return (httpx.URL(url) if base is None else base.join(url)).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        raise UnsafeURLError(Message("The image's link is not a URL that can be fetched.")) from None


def _inline(url: str) -> bytes:
    head, _, data = url.partition(",")
    return checked(decode(data) if head.lower().endswith(";base64") else unquote_to_bytes(data))
