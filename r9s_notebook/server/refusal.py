"""The API's way of saying no: ``{"error": {"message", "type", "param", "code"}}`` and a status."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse


class Refusal(Exception):  # noqa: N818 - an answer of the API, and no failure of the server
    """A request that is answered with an error.

    Attributes:
        status: The HTTP status, 400 to 599.
        message: What was wrong, what was expected, and what to do next.
        param: The parameter that is to blame, where one is.
        code: A machine-readable reason, such as ``invalid_value``.
        headers: Extra headers of the answer, such as ``Retry-After``.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        param: str | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.param = param
        self.code = code
        self.headers: dict[str, str] = dict(headers or {})

    def __reduce__(self) -> tuple[object, ...]:
        # Checks may run in another process.
        return (_rebuild, (self.status, self.message, self.param, self.code, self.headers))

    @property
    def type(self) -> str:
        """The error's family, as the API names them."""
        return _TYPES.get(self.status, "server_error" if self.status >= 500 else "invalid_request_error")

    def body(self) -> dict[str, dict[str, str | None]]:
        """The JSON body. Without a parameter to blame there is no ``param``: the r9s 0.9.0 SDK refuses a null there."""
        error = {"message": self.message, "type": self.type, "code": self.code}
        if self.param is not None:
            error["param"] = self.param
        return {"error": error}


def invalid(param: str, message: str, *, code: str = "invalid_value") -> Refusal:
    """A 400 that names its parameter."""
    return Refusal(400, message, param=param, code=code)


def answer(_request: Request, refusal: Exception) -> JSONResponse:
    """The exception handler: a ``Refusal`` as the API would send it."""
    if not isinstance(refusal, Refusal):
        raise refusal
    return JSONResponse(refusal.body(), refusal.status, headers=refusal.headers)


_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
    503: "service_unavailable_error",
}


def _rebuild(status: int, message: str, param: str | None, code: str | None, headers: Mapping[str, str]) -> Refusal:
    return Refusal(status, message, param=param, code=code, headers=headers)
