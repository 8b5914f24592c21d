"""An HTTP response besides its body, and the errors that are made of both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar

import httpx

from r9s_notebook.client.answers import is_job, traces_in
from r9s_notebook.client.calls import Call
from r9s_notebook.client.decoding import understood
from r9s_notebook.client.keys import veil
from r9s_notebook.client.reasons import advice, complaint_in, in_short, reason_in, topic_of, unexplained, words_in
from r9s_notebook.errors import BY_STATUS, R9SDefaultError, R9SError, ResponseValidationError
from r9s_notebook.translation import Message, joined

KEPT: Final = 64 * 1024
"""Bytes that are kept of a body that is not understood."""

_SHOWN: Final = 300
_NO_IMAGE: Final = Message("The answer has neither an image nor a link to one.")

E = TypeVar("E", bound=R9SError)
V = TypeVar("V", bound=ResponseValidationError)


class Head:
    """What is known of an answer before its body is read: what was asked, by whom it was answered, how.

    Whatever is said of it, and of its body, holds no secret of the request.
    """

    def __init__(self, call: Call, response: httpx.Response) -> None:
        self.asked = call.asked
        self.url = call.request.url
        self.status = response.status_code
        proxy = response.extensions.get("proxy")
        self.proxy = proxy if proxy is not None and self.url.scheme == "http" else None  # else it only passes on
        login = self.proxy.login if self.proxy is not None else None
        self.veil = veil(call.request.headers.raw, self.url.query, login)  # hides the request's secrets
        self.headers = dict(response.headers)  # names in lower case
        quoted = "\n".join(self.headers.values()).encode()
        if self.veil(quoted) is not quoted:
            self.headers = {name: self.veil(held.encode()).decode() for name, held in self.headers.items()}
        self._moved = self.headers["location"] if response.has_redirect_location else ""

    def refusal(self, body: bytes | bytearray) -> R9SError:
        """The error for an answer that is no success."""
        body = self.veil(bytes(body))
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            data = None
        moved = Message(
            "The base URL has moved to {address}. Use that one: redirects are not followed.", address=self._moved
        )
        said = in_short(data) if data is not None else words_in(body)
        reason = (self._moved and moved) or reason_in(data) or unexplained(self.status, said, len(body))
        kept = [(name, value) for name, value in self.headers.items() if name != "content-encoding"]
        # A copy that does not know its request: that one's headers hold the key.
        raw = httpx.Response(self.status, headers=kept, content=body)
        kind = BY_STATUS.get(self.status, R9SDefaultError)
        return self._about(kind(self._told(reason), body=body.decode("utf-8", "replace"), raw_response=raw, data=data))

    def invalid(
        self,
        message: str,
        body: bytes | bytearray = b"",
        data: Any = None,
        kind: type[V] = ResponseValidationError,  # type: ignore[assignment]
    ) -> V:
        """The error for a success that is none."""
        text = self.veil(bytes(body[: KEPT + 4096]))[:KEPT].decode("utf-8", "replace")  # no half of a secret at its end
        return self._about(kind(self._told(message), body=text, data=_plain(data)))

    def reported(self, event: Mapping[str, Any]) -> R9SError:
        """The error that an event of a stream reports."""
        details = event["error"] if isinstance(event.get("error"), dict) else event
        codes = (details.get(name) for name in ("status", "status_code", "code"))
        status = next((code for code in codes if type(code) is int), 0)
        said = {name: held for name, held in event.items() if name != "type"}
        reason = reason_in(said) or Message("The service reported an error in mid-stream, without a reason.")
        error = self._about(BY_STATUS.get(status, R9SDefaultError)(self._told(reason), data=_plain(dict(event))))
        error.status_code = status or self.status
        return error

    def nothing_in(self, value: Any, body: bytes | bytearray) -> ResponseValidationError:
        """The error for an answer of JSON that has no image: what it is in place of one, in the service's words."""
        value = _plain(value)
        said = complaint_in(value)
        ids, links = traces_in(value, self.url, self.headers)
        traces = ", ".join([*(f"{name} {held}" for name, held in ids.items()), *links[:3]])
        if said:
            told = Message("The service answered with an error: {words}", words=said)
        elif is_job(value, self.status, self.headers):
            told = Message(
                "The service took this as a job and sent no image yet; this client does not wait for jobs. "
                "What it can be asked for later is: {traces}. Nothing was sent a second time.",
                traces=traces or in_short(value),
            )
        else:
            entries = value.get("data") if isinstance(value, dict) else value
            said = reason_in(value, fields=False).rstrip(".")
            told = joined(
                Message("The answer has no image: its list is empty.") if entries == [] else _NO_IMAGE,
                Message("It says: {words}.", words=said) if said else "",
                Message("It names: {traces}.", traces=traces) if traces else "",
            )
        return self.invalid(told, body, value)

    def not_json(self, body: bytes | bytearray) -> ResponseValidationError:
        """The error for a body that is neither JSON, nor events, nor a picture."""
        encoding, start = self.headers.get("content-encoding", ""), body[:1024].lstrip().lower()
        shown = words_in(self.veil(bytes(body)))[:_SHOWN] or Message("{size:,} bytes that are no text", size=len(body))
        if not understood(encoding):
            said = Message(
                "The answer is compressed in a way that was not asked for ({encoding}). It was not unpacked.",
                encoding=encoding[:_SHOWN],
            )
        elif is_job(None, self.status, self.headers):
            return self.nothing_in({}, body)
        elif not start:
            said = Message("The answer is empty.")
        elif start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
            said = Message(
                "The answer is a web page, not the images API's ({words}). Check the base URL: it often ends in /v1.",
                words=shown,
            )
        elif start.startswith(b"{"):
            said = Message(
                "The answer was cut short or damaged on its way: it begins as JSON and does not end as JSON."
            )
        else:
            said = Message(
                "The answer is not JSON, so it does not come from the images API ({words}). Check the base URL.",
                words=shown,
            )
        return self.invalid(said, body)

    def _told(self, message: str) -> str:
        if self.proxy is None:
            return message
        ended = message if message.endswith(".") else f"{message}."
        return joined(ended, Message("The answer came through {proxy}.", proxy=self.proxy.told))

    def _about(self, error: E) -> E:
        error.status_code, error.headers = self.status, self.headers
        error.ids, error.links = traces_in(error.data, self.url, self.headers)
        error.topic = topic_of(error.message, error.data, self.status)
        what_to_do = advice(error.topic, self.status)
        if what_to_do:
            error.add_note(what_to_do)
        return error


def _plain(value: Any) -> Any:
    """JSON whose long texts are text again, and not views of the body they came in: an error outlives its body."""
    return json.loads(json.dumps(value, default=lambda view: str(view, "utf-8", "replace")))
