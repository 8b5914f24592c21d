"""Engines in turn: what one has nothing for, the next is asked."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, NamedTuple

from r9s_notebook.server.engine import Asked, Engine, Job, Model, NotServed, Output


class _Turn(NamedTuple):
    """Whose job it is.

    Attributes:
        engine: Its place in the row.
        own: That engine's own note.
    """

    engine: int
    own: Any


class FallbackEngine:
    """Asks its engines in their order, until one serves the request or refuses it for good.

    Args:
        engines: One or more; they are closed with it.
    """

    def __init__(self, engines: Sequence[Engine]) -> None:
        if not engines:
            raise ValueError("engines in turn need at least one engine")
        self._engines = tuple(engines)
        self.name: str = "+".join(engine.name for engine in engines)
        self.description: str = " Or else: ".join(engine.description for engine in engines)

    async def models(self) -> Sequence[Model]:
        """All that its engines have. Of one name, what any of them takes may be asked, and the examples stay."""
        found: dict[str, Model] = {}
        for engine in self._engines:
            for model in await engine.models():
                first = found.get(model.name, model)
                found[model.name] = first if first.operations else replace(model, examples=first.examples)
        return tuple(found.values())

    async def read(self, asked: Asked) -> Job:
        """What the first of them reads that serves it.

        Raises:
            Refusal: Of the engine that refused for good, or else of the first.
        """
        first: NotServed | None = None
        for place, engine in enumerate(self._engines):
            try:
                job = await engine.read(asked)
            except NotServed as refusal:
                first = first or refusal
            else:
                return replace(job, own=_Turn(place, job.own))
        assert first is not None  # noqa: S101 - there is at least one engine
        raise first

    async def run(self, job: Job) -> AsyncGenerator[Output, None]:
        """As the engine that read it runs it."""
        turn: _Turn = job.own
        async with aclosing(self._engines[turn.engine].run(replace(job, own=turn.own))) as outputs:
            async for output in outputs:
                yield output

    def close(self) -> None:
        """Closes all of them."""
        for engine in self._engines:
            engine.close()
