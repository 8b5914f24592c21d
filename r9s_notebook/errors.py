"""Everything this package raises on purpose.

::

    R9SNotebookError                     .message says what was wrong and what to do next
    ├── R9SError                         the API answered, and the answer is no (or no answer at all)
    │   ├── BadRequestError              400  the request itself: a parameter, a size, a refused prompt
    │   ├── AuthenticationError          401  no key, or a wrong one
    │   ├── PermissionDeniedError        403  the key may not do this
    │   ├── NotFoundError                404  no such model or address
    │   ├── UnprocessableEntityError     422  understood, and not acceptable
    │   ├── RateLimitError               429  .retry_after: seconds to wait, where the server said so
    │   ├── InternalServerError          500
    │   ├── ServiceUnavailableError      503
    │   ├── R9SDefaultError              any other 4XX or 5XX
    │   └── ResponseValidationError      a success that is none: HTML, no images, broken base64
    │       └── IncompleteStreamError    a stream that ended without its image; .partials are what came
    ├── NoResponseError                  nothing came back; .sent says whether the server can have done the work
    │   └── DeadlineExceededError        the total deadline passed (also a TimeoutError)
    ├── MissingKeyError                  no API key where one is needed
    ├── InputError                       refused here, before anything was sent (also a ValueError)
    │   ├── ParameterError               a parameter's value; .parameter names it, .code says what is wrong with it
    │   ├── ImageError                   not an image, too large, damaged
    │   └── MaskError                    empty, of another size, not a mask
    ├── UnsafeURLError                   an image's address that must not be fetched
    └── HistoryError                     the store of runs
        ├── StoreUnavailableError        the folder or the database cannot be opened or written
        ├── NewerStoreError              written by a newer version: readable, not writable
        └── RunGoneError                 a run that was deleted meanwhile, here or by another kernel

No error carries an API key: request headers are never kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx


class R9SNotebookError(Exception):
    """The root of the tree.

    Attributes:
        message: What was wrong, what was expected, and what to do next, in the user's words.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class R9SError(R9SNotebookError):
    """The API answered, and the answer is an error.

    Attributes:
        message: The service's own reason where it gave one, otherwise ours.
        status_code: The HTTP status.
        body: The answer's text, as far as it was read.
        headers: The answer's headers (never the request's: those carry the key).
        raw_response: The answer itself, where it is at hand; it does not survive pickling.
        data: The JSON of the body, where it was JSON.
        topic: ``"moderation"`` or ``"credit"`` where the reason is one of these, else ``""``.
        ids: What the answer calls things by, such as ``{"task_id": "t1"}``: a job that its service works on.
        links: Every link in the answer.
        partials: What a stream had brought before it failed, as ``models.ImageObject``, oldest first.
    """

    topic = ""
    ids: Mapping[str, str] = MappingProxyType({})
    links: Sequence[str] = ()
    partials: Sequence[Any] = ()

    def __init__(
        self,
        message: str,
        *,
        status_code: int = 0,
        body: str = "",
        headers: Mapping[str, str] | None = None,
        raw_response: httpx.Response | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.body = body
        self.headers: Mapping[str, str] = dict(headers or {})
        self.raw_response = raw_response
        self.data = data

    def __reduce__(self) -> tuple[Any, ...]:
        # The response holds the request, and the request holds the key: neither is pickled.
        state = {**self.__dict__, "raw_response": None}
        return (_rebuild, (type(self), self.message, state))


class BadRequestError(R9SError):
    """400: the request itself is wrong; the message names the parameter."""


class AuthenticationError(R9SError):
    """401: no API key, or one that the service does not know."""


class PermissionDeniedError(R9SError):
    """403: the key is known and may not do this."""


class NotFoundError(R9SError):
    """404: no such model, or a base URL that is not the API's."""


class UnprocessableEntityError(R9SError):
    """422: the request was understood and is not acceptable."""


class RateLimitError(R9SError):
    """429: too many requests.

    Attributes:
        retry_after: Seconds to wait, where the server gave a usable number or date.
    """

    retry_after: float | None = None


class InternalServerError(R9SError):
    """500: the service failed; the work may have been done, so it is not repeated unasked."""


class ServiceUnavailableError(R9SError):
    """503: the service is not available now."""


class R9SDefaultError(R9SError):
    """Any other 4XX or 5XX."""


class ResponseValidationError(R9SError):
    """A success that is none: an HTML page, no images, neither ``url`` nor ``b64_json``, broken base64."""


class IncompleteStreamError(ResponseValidationError):
    """A stream that ended without its final image; what had come is in ``partials``."""


class NoResponseError(R9SNotebookError):
    """Nothing came back.

    Attributes:
        sent: False where the request cannot have reached the service (a refused connection), so that repeating it
            cannot be billed twice; True where the service may have done the work.
        headers: Of the answer, where one had begun: its service may find the call by one of them.
        partials: What a stream had brought before, as ``models.ImageObject``, oldest first.
    """

    headers: Mapping[str, str] = MappingProxyType({})
    partials: Sequence[Any] = ()

    def __init__(self, message: str, *, sent: bool = True) -> None:
        super().__init__(message)
        self.sent = sent

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.message, dict(self.__dict__)))


class DeadlineExceededError(NoResponseError, TimeoutError):
    """The call's total deadline passed before its answer was complete."""


class MissingKeyError(R9SNotebookError):
    """No API key was given, and none was found where keys are looked for."""


class InputError(R9SNotebookError, ValueError):
    """Refused before anything was sent: it cannot succeed, so it costs nothing."""


class ParameterError(InputError):
    """A parameter's value that the API does not take.

    Attributes:
        parameter: Its name in the API.
        reason: What is wrong, and what was expected: the message without the name.
        code: ``invalid_type``, ``invalid_value`` or ``string_too_long``, as the API's errors call it.
    """

    def __init__(self, parameter: str, reason: str, *, code: str = "invalid_value") -> None:
        super().__init__(f"{parameter} {reason}")
        self.parameter = parameter
        self.reason = reason
        self.code = code

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.parameter, self.reason), self.__dict__)


class ImageError(InputError):
    """Not an image that can be used: unknown format, damaged, too many pixels or bytes."""


class MaskError(InputError):
    """Not a mask that can be used: empty, of another size than its image, or not finite."""


class UnsafeURLError(R9SNotebookError):
    """An image's address that must not be fetched: private, loopback, or not HTTP(S)."""


class HistoryError(R9SNotebookError):
    """The store of runs could not do what was asked."""


class StoreUnavailableError(HistoryError):
    """The store's folder or database cannot be opened or written."""


class NewerStoreError(HistoryError):
    """The store was written by a newer version of this package: it can be read, not written."""


class RunGoneError(HistoryError):
    """The run was deleted meanwhile: in this lab, or by another one that shares the history."""


BY_STATUS: dict[int, type[R9SError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    422: UnprocessableEntityError,
    429: RateLimitError,
    500: InternalServerError,
    503: ServiceUnavailableError,
}
"""The class for a status; any other 4XX or 5XX is an ``R9SDefaultError``."""


def _rebuild(kind: type[R9SNotebookError], message: str, state: dict[str, Any]) -> R9SNotebookError:
    error = kind(message)
    error.__dict__.update(state)
    return error
