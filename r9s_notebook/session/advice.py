"""Errors as sentences for the lab: what happened, and what to do."""

from __future__ import annotations

import asyncio

from r9s_notebook.errors import (
    AuthenticationError,
    DeadlineExceededError,
    InputError,
    MissingKeyError,
    NoResponseError,
    NotFoundError,
    PermissionDeniedError,
    R9SError,
    R9SNotebookError,
    RateLimitError,
)


def sentence(error: BaseException) -> str:
    """One or two sentences for the status line, never a traceback.

    The service's own reason comes first where it gave one; what to do about it follows.
    """
    if isinstance(error, asyncio.CancelledError):
        return "Cancelled. The run is kept in the history."
    if not isinstance(error, R9SNotebookError):
        return f"The lab itself failed ({type(error).__name__}: {error}). The run is kept, so you can try it again."
    return " ".join(part for part in (_ended(error.message), _what_to_do(error)) if part)


def _what_to_do(error: R9SNotebookError) -> str:
    match error:
        case RateLimitError() if error.retry_after is not None:
            return f"Too many requests: wait {error.retry_after:.0f} seconds, then generate again."
        case RateLimitError():
            return "Too many requests: wait a minute, then generate again."
        case AuthenticationError():
            return "Check the key in R9S_API_KEY, or work without one: Studio(R9S.offline())."
        case PermissionDeniedError():
            return "This key may not use this model: choose another model, or ask for access."
        case NotFoundError():
            return "Check the model's name and the address in R9S_BASE_URL."
        case R9SError() if error.status_code >= 500:
            return "The service failed, not you: try again in a moment."
        case DeadlineExceededError() | InputError() | MissingKeyError():
            return ""  # their messages already say it
        case NoResponseError() if not error.sent:
            return "Nothing was sent, so nothing was billed."
    return ""


def _ended(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?" else text + "."
