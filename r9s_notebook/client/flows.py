"""The flows of the calls: an answer at once, or a stream of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.protocol import Call, Flow, exchange, whole

if TYPE_CHECKING:
    from r9s_notebook.client.models import ImageGenerationResponse


def answer(call: Call) -> Flow[ImageGenerationResponse]:
    """Sends a call and gives its answer."""
    deadline = Deadline(call.seconds)
    response = yield from exchange(call, deadline)
    body = yield from whole(response, deadline)
    from r9s_notebook.client import answers  # comes with the first answer

    return answers.response(body, response.headers, call.asked, response.status_code)


def opening(call: Call, deadline: Deadline) -> Flow[tuple[httpx.Response, bytes | None]]:
    """Sends a call that asks for a stream.

    Returns:
        The response: open where it is a stream of events. Some services answer at once: then its body is there too.
    """
    response = yield from exchange(call, deadline)
    if response.headers.get("content-type", "").lower().startswith("text/event-stream"):
        return response, None
    return response, (yield from whole(response, deadline))
