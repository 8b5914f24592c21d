"""The outermost layer: request ids, the bearer token, and no failure without the API's JSON."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
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
        answered = False

        async def send_signed(message: Message) -> None:
            nonlocal answered
            answered = message["type"] == "http.response.body" and not message.get("more_body")
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                headers["x-r9s-engine"] = "sketch-1"
                headers["openai-processing-ms"] = str(round((time.perf_counter() - started) * 1000))
            await send(message)

        scope.setdefault("state", {})["request_id"] = request_id
        try:
            self._check(scope)
            await self._app(scope, receive, send_signed)
        except Refusal as refusal:
            await answer(Request(scope), refusal)(scope, receive, send_signed)
        except ClientDisconnect:
            _log.info("request %s: the client has gone", request_id)
        except Exception:
            # The traceback belongs in the log. The caller has been told already (see ``failed``), unless the failure
            # came in the middle of an answer: then the connection has to break.
            _log.exception("request %s failed", request_id)
            if not answered:
                raise

    def _check(self, scope: Scope) -> None:
        path = scope["path"]
        if self._api_key is None or not path.startswith("/v1/") or path.startswith(_OPEN):
            return
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise _unauthorised("No API key: send it as 'Authorization: Bearer KEY'.", "missing_api_key")
        if not hmac.compare_digest(token.strip().encode(), self._api_key.encode()):
            raise _unauthorised("This API key is not the one this server was started with.", "invalid_api_key")


def _unauthorised(message: str, code: str) -> Refusal:
    return Refusal(401, message, code=code, headers={"WWW-Authenticate": "Bearer"})


def failed(request: Request, _error: Exception) -> Response:
    """The answer where the server itself failed: in the API's form, with the id under which its log has the reason."""
    message = f"The sketch engine failed. Its log has the reason under {request.state.request_id}."
    return answer(request, Refusal(500, message))


def key_of(request: Request) -> str:
    """Whose requests are counted together: the bearer token's owner, or the client's address."""
    token = request.headers.get("authorization", "")
    if token:
        return hashlib.sha256(token.encode()).hexdigest()  # the key itself is kept nowhere
    return request.client.host if request.client else ""


# An image's address works like a signed one: whoever has it may fetch it.
_OPEN = ("/v1/images/files/", "/v1/openapi.json")
