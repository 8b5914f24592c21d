"""Errors as sentences for the lab: what happened, and what to do."""

from __future__ import annotations

import asyncio
import re

from r9s_notebook.errors import (
    AuthenticationError,
    NoResponseError,
    NotFoundError,
    ParameterError,
    PermissionDeniedError,
    R9SError,
    R9SNotebookError,
    RateLimitError,
)

_ADVICE = (
    (AuthenticationError, "Check the key in R9S_API_KEY, or work without one: Studio(R9S.offline())."),
    (PermissionDeniedError, "This key may not use this model: choose another model, or ask for access."),
    (NotFoundError, "Check the model's name and the address in R9S_BASE_URL."),
)


def sentence(error: BaseException) -> str:
    """One or two sentences for the status line, never a traceback.

    The service's own reason comes first where it gave one; what to do about it follows.
    """
    if isinstance(error, asyncio.CancelledError):
        return "Cancelled. The run is kept in the history."
    if not isinstance(error, R9SNotebookError):
        return f"The lab itself failed ({type(error).__name__}: {error}). The run is kept, so you can try it again."
    return " ".join(part for part in (_ended(_message(error)), _what_to_do(error)) if part)


def _message(error: R9SNotebookError) -> str:
    if not isinstance(error, ParameterError) or len(error.parameter) == 1:
        return error.message
    return f"{error.parameter.replace('_', ' ').capitalize()} {error.reason}"


def _what_to_do(error: R9SNotebookError) -> str:
    if isinstance(error, RateLimitError):
        if re.search(r"try again in \d", error.message, re.IGNORECASE):
            return ""  # the service has said it
        wait = "a minute" if error.retry_after is None else f"{error.retry_after:.0f} seconds"
        return f"Wait {wait}, then try again."
    if isinstance(error, R9SError) and error.status_code >= 500:
        return "It was not your request: try again in a moment."
    if isinstance(error, NoResponseError) and not error.sent:
        return "Nothing was sent, so nothing was billed."
    return next((advice for kind, advice in _ADVICE if isinstance(error, kind)), "")


def _ended(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?" else text + "."
