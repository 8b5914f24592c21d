"""A client that goes away takes its work along."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request

from r9s_notebook.server.refusal import Refusal

Result = TypeVar("Result")


async def unless_left(request: Request, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of ``work``, which is given up when the client goes away. The request's body must have been read.

    Raises:
        Refusal: 499 then.
    """
    drawing, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((drawing, leaving), return_when=asyncio.FIRST_COMPLETED)
        if drawing.done():
            return drawing.result()
        raise went_away()
    finally:
        drawing.cancel()
        leaving.cancel()


def went_away() -> Refusal:
    """499, for the log: nobody is there to read it."""
    return Refusal(499, "The client went away.")


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
