"""The outermost layer: whose requests are served, request ids, and no failure without the API's JSON."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from r9s_notebook.server.access import SERVED, Served, Tell, operation_of
from r9s_notebook.server.closing import Closing
from r9s_notebook.server.refusal import Refusal, answer

_log = logging.getLogger(__name__)


class Guard:
    """Wraps the application. What it adds holds for every answer, errors included."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        api_key: str | None,
        engine: str,
        closing: Closing,
        hosts: Collection[str] | None = None,
        tell: Sequence[Tell] = (),
    ) -> None:
        self._app = app
        self._tell = tell
        self._closing = closing
        self._api_key = api_key
        self._engine = engine
        self._hosts = None if hosts is None else {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = f"req_{secrets.token_hex(12)}"
        served = scope[SERVED] = Served(request_id, operation_of(_path_of(scope)))
        extra = scope[_EXTRA] = {"x-request-id": request_id, "x-r9s-engine": self._engine}
        answered, unread = False, _much_to_read(Headers(scope=scope))

        async def receive_to_the_end() -> Message:
            nonlocal unread
            message = await receive()
            unread = unread and message.get("more_body", False)
            return message

        async def send_signed(message: Message) -> None:
            nonlocal answered
            answered = message["type"] == "http.response.body" and not message.get("more_body", False)
            served.size += len(message.get("body", b""))
            if message["type"] == "http.response.start":
                served.status = message["status"]
                headers = MutableHeaders(scope=message)
                headers.update(extra)
                headers["openai-processing-ms"] = str(round((time.perf_counter() - served.began) * 1000))
                if unread and message["status"] >= 400:  # nobody will read the rest: who sends it shall stop
                    headers["Connection"] = "close"
            await send(message)

        try:
            self._check(scope)
            with ExitStack() as scope[_HELD]:
                await self._app(scope, receive_to_the_end, send_signed)
        except Refusal as refusal:
            await answer(Request(scope), refusal)(scope, receive, send_signed)
        except Exception:
            # The traceback belongs in the log; the caller gets the id to look for.
            _log.exception("request %s failed", request_id)
            # `failed` has answered already, unless the answer had begun before: then only an end tells the caller.
            if not answered:
                raise
        finally:
            served.end(answered=answered)
            for tell in self._tell:
                tell(served)

    def _check(self, scope: Scope) -> None:
        self._check_names(Headers(scope=scope))
        path = _path_of(scope)
        if not path.startswith(_FILES):  # what was made just now can still be fetched
            self._closing.check()
        if self._api_key is None or path in _OPEN or path.startswith(_FILES):
            return
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Refusal(
                401, "No API key: send it as 'Authorization: Bearer KEY'.", code="missing_api_key", headers=_CHALLENGE
            )
        if not hmac.compare_digest(token.strip().encode(), self._api_key.encode()):
            message = "This API key is not the one this server was started with."
            raise Refusal(401, message, code="invalid_api_key", headers=_CHALLENGE)

    def _check_names(self, headers: Headers) -> None:
        """Lets no web page have its reader's computer work for it.

        It could by a name of its own that points here, or as a page of another origin: a browser sends what such a page
        asks, even where it may not read the answer.
        """
        if self._hosts is None:
            return
        host, origin = host_of(headers.get("host", "")), headers.get("origin")
        if host not in self._hosts:
            message = f"This server does not go by the name {host or '(none)'}. Start it with --allow-host to let it."
            raise Refusal(421, message, code="unknown_host")
        if origin is not None and host_of(origin.partition("://")[2]) not in self._hosts:
            message = f"A page of {origin} may not use this server. Start it with --allow-host to let it."
            raise Refusal(403, message, code="unknown_origin")


def _path_of(scope: Scope) -> str:
    """The path that is asked for, below where another application has mounted this one."""
    path: str = scope["path"]
    prefix: str = scope.get("root_path", "")
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path


def _much_to_read(headers: Headers) -> bool:
    """Whether a body comes that costs more to let in, unread, than another connection would."""
    length = headers.get("content-length", "")
    return "transfer-encoding" in headers or (length.isdecimal() and int(length) > _SMALL)


def host_of(address: str) -> str:
    """The name in ``name:port``, in small letters; an IPv6 address without its brackets."""
    return (urlsplit(f"//{address}").hostname or "") if address.isprintable() else ""


def announce(request: Request, headers: Mapping[str, str]) -> None:
    """Send these headers with whatever answer the request gets, errors included."""
    request.scope[_EXTRA].update(headers)


def hold(request: Request, context: AbstractContextManager[object]) -> None:
    """Enter it, and leave it when the answer, a stream too, has gone out or nobody waits for it any more."""
    held: ExitStack = request.scope[_HELD]
    held.enter_context(context)


def failed(request: Request, _failure: Exception) -> JSONResponse:
    """The exception handler of what no one foresaw. Starlette raises it again after it was answered: see `Guard`."""
    return answer(request, _engine_failed(request))


def unforeseen(request: Request) -> Refusal:
    """In an exception's handler: writes it to the log, and gives what the caller is told of it."""
    _log.exception("request %s failed", request.scope[_EXTRA]["x-request-id"])
    return _engine_failed(request)


def _engine_failed(request: Request) -> Refusal:
    request_id = request.scope[_EXTRA]["x-request-id"]
    return Refusal(500, f"The engine failed. The server's log has the reason under {request_id}.")


def key_of(request: Request) -> str:
    """Whose requests are counted together: the bearer token's owner, or the client's address."""
    token = request.headers.get("authorization", "")
    if token:
        return hashlib.sha256(token.encode()).hexdigest()  # the key itself is kept nowhere
    return request.client.host if request.client else ""


_EXTRA = "r9s_notebook.headers"
_HELD = "r9s_notebook.held"
_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_SMALL = 64 * 2**10

# An image's address works like a signed one: whoever has it may fetch it.
_FILES = "/v1/images/files/"
_OPEN = ("/", "/v1/openapi.json")
