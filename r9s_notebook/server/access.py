"""What became of a request: gathered while it is served, and told to access log and metrics when it has ended."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, TextIO

from starlette.requests import Request

from r9s_notebook.server.engine import Job

SERVED = "r9s_notebook.served"
"""Where a request's scope has its ``Served``."""

_OPERATIONS = {
    "/v1/images/generations": "generate",
    "/v1/images/edits": "edit",
    "/v1/images/files/": "file",
    "/v1/models": "models",
    "/v1/openapi.json": "openapi",
    "/metrics": "metrics",
}
_LEFT = 499


class Made(NamedTuple):
    """A finished picture.

    Attributes:
        seconds: From the engine's getting the request to its giving the picture.
        batch: Pictures that the engine made together with it, itself included.
    """

    seconds: float
    batch: int


@dataclass
class Served:
    """A request, from its head to the end of its answer.

    Attributes:
        request_id: As the answer's ``x-request-id`` has it.
        operation: ``generate``, ``edit``, ``file``, ``models``, ``openapi``, ``metrics``, or ``other``.
        status: Of the answer; of a stream that failed on the way, the status that its last event stands for. 499 where
            the client went away.
        size: Bytes of the answer's body.
        seconds: Until the answer's end.
        job: What the engine was asked, where it came that far.
        made: The pictures, as they came.
    """

    request_id: str
    operation: str
    status: int = _LEFT
    size: int = 0
    seconds: float = 0.0
    job: Job | None = None
    made: list[Made] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter)

    def end(self, *, answered: bool) -> None:
        """The answer has ended, whole or not."""
        self.seconds = time.perf_counter() - self.began
        if not answered and self.status < 400:
            self.status = _LEFT


Tell = Callable[[Served], None]
"""Is told of each request when it has ended."""


def operation_of(path: str) -> str:
    """What is asked at a path."""
    return next((name for start, name in _OPERATIONS.items() if path.startswith(start)), "other")


def served_of(request: Request) -> Served:
    """What is known of a request that is being served."""
    served: Served = request.scope[SERVED]
    return served


class AccessLog:
    """Writes a line of JSON for each request that has ended: nothing of what was said or sent in it.

    Args:
        stream: Where to.
        prompts: Write the prompts too.
    """

    def __init__(self, stream: TextIO, *, prompts: bool = False) -> None:
        self._prompts = prompts
        # A logger of its own, which no other handler sees: it writes whole lines, and outlives a reader that is gone.
        self._log = logging.Logger(__name__, logging.INFO)
        self._log.addHandler(logging.StreamHandler(stream))

    def __call__(self, served: Served) -> None:
        """Writes the line of that request."""
        self._log.info(json.dumps(self._line(served)))

    def _line(self, served: Served) -> dict[str, object]:
        job = served.job
        line: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "request_id": served.request_id,
            "operation": served.operation,
            "model": job and job.model,
            "n": len(served.made),
            # What is answered again as it was recorded has its own size, which is not known here.
            "size": f"{job.width}x{job.height}" if job is not None and job.answer is None else None,
            "status": served.status,
            "seconds": round(served.seconds, 3),
            "bytes": served.size,
        }
        return {**line, "prompt": job and job.prompt} if self._prompts else line
