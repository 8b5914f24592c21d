"""The outermost layer: request ids, the bearer token, and no failure without the API's JSON."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from r9s_notebook.offline.refusal import Refusal, answer

_log = logging.getLogger(__name__)


class Guard:
    """Wraps the application. What it adds holds for every answer, errors included."""

    def __init__(self, app: ASGIApp, *, api_key: str | None) -> None:
        self._app = app
        self._api_key = api_key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = f"req_{secrets.token_hex(12)}"
        started = time.perf_counter()
        begun = False

        async def send_signed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                headers["x-r9s-engine"] = "sketch-1"
                headers["openai-processing-ms"] = str(round((time.perf_counter() - started) * 1000))
            await send(message)

        try:
            self._check(scope)
            await self._app(scope, receive, send_signed)
        except Refusal as refusal:
            await answer(Request(scope), refusal)(scope, receive, send_signed)
        except Exception:
            # The traceback belongs in the log; the caller gets the id to look for.
            _log.exception("request %s failed", request_id)
            if begun:
                raise
            failure = Refusal(500, f"The sketch engine failed. Its log has the reason under {request_id}.")
            await answer(Request(scope), failure)(scope, receive, send_signed)

    def _check(self, scope: Scope) -> None:
        path = scope["path"]
        if self._api_key is None or not path.startswith("/v1/") or path.startswith(_OPEN):
            return
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Refusal(401, "No API key: send it as 'Authorization: Bearer KEY'.", code="missing_api_key")
        if not hmac.compare_digest(token.strip().encode(), self._api_key.encode()):
            raise Refusal(401, "This API key is not the one this server was started with.", code="invalid_api_key")


def key_of(request: Request) -> str:
    """Whose requests are counted together: the bearer token's owner, or the client's address."""
    token = request.headers.get("authorization", "")
    if token:
        return hashlib.sha256(token.encode()).hexdigest()  # the key itself is kept nowhere
    return request.client.host if request.client else ""


# An image's address works like a signed one: whoever has it may fetch it.
_OPEN = ("/v1/images/files/", "/v1/openapi.json")
