"""A job that more than one asks for is made once, kept for a while, and stopped where nobody waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from r9s_notebook.server import Job, Output, Refusal
from r9s_notebook.server.coalescing import Coalescer
from r9s_notebook.server.encoding import EncodedImage
from r9s_notebook.server.engine import Source

JOB = Job("generate", "m", "a fox", seeds=(1, 2), idempotency_key="key")
EDIT = replace(JOB, source=Source((b"fox",), b"mask", 1, 1))
OWL = Source((b"owl",), b"mask", 1, 1)
PICTURE = EncodedImage(b"0123456789", "image/png")


class Making:
    """Makes previews at once, and pictures when it may."""

    def __init__(self) -> None:
        self.begun, self.stopped = 0, 0
        self.go = asyncio.Event()
        self.fails: Exception | None = None

    async def __call__(self, job: Job) -> AsyncGenerator[Output, None]:
        self.begun += 1
        try:
            for index, seed in enumerate(job.seeds):
                yield Output(index, PICTURE, preview=0)
                await self.go.wait()
                if self.fails:
                    raise self.fails
                yield Output(index, PICTURE, seed)
        except (GeneratorExit, asyncio.CancelledError):
            self.stopped += 1
            raise


def coalesced(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Runs a test on a loop of its own, with what makes and what coalesces."""

    def run() -> None:
        async def bounded() -> None:
            making = Making()
            await asyncio.wait_for(test(making, Coalescer(making)), 60)

        asyncio.run(bounded())

    run.__name__ = test.__name__
    return run


async def all_of(outputs: AsyncGenerator[Output, None]) -> list[Output]:
    return [output async for output in outputs]


def at_once() -> float:
    return 0


async def until(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110 - of what has no event
        await asyncio.sleep(0)


@coalesced
async def test_who_asks_again_while_it_is_made_gets_all_of_it_from_the_start(making: Making, coalescer: Coalescer):
    async with aclosing(coalescer.run(JOB, at_once)) as first:
        assert (await anext(first)).preview == 0
        again = asyncio.create_task(all_of(coalescer.run(JOB, at_once)))
        await asyncio.sleep(0)
        making.go.set()
        rest = await all_of(first)
    outputs = await again
    assert [output.seed for output in outputs] == [None, 1, None, 2]
    assert outputs[1:] == rest
    assert making.begun == 1


@coalesced
async def test_pictures_are_kept_under_their_key_and_previews_are_not(making: Making, coalescer: Coalescer):
    making.go.set()
    await all_of(coalescer.run(JOB, at_once))
    another_seed = Job("generate", "m", "a fox", seeds=(8, 9), idempotency_key="key")  # where none was given
    again = await all_of(coalescer.run(another_seed, at_once))
    assert [(output.index, output.seed) for output in again] == [(0, 1), (1, 2)]
    assert making.begun == 1


@pytest.mark.parametrize(
    "other", [{"prompt": "an owl"}, {"idempotency_key": "other"}, {"values": {"seed": 3}}, {"source": OWL}]
)
def test_something_else_is_made_for_itself(other: dict[str, Any]):
    @coalesced
    async def test(making: Making, coalescer: Coalescer) -> None:
        making.go.set()
        await all_of(coalescer.run(EDIT, at_once))
        await all_of(coalescer.run(EDIT, at_once))
        assert making.begun == 1
        await all_of(coalescer.run(replace(EDIT, **other), at_once))
        assert making.begun == 2

    test()


@coalesced
async def test_without_a_key_nothing_is_the_same(making: Making, coalescer: Coalescer):
    making.go.set()
    for _ in range(2):
        await all_of(coalescer.run(Job("generate", "m", "a fox"), at_once))
    assert making.begun == 2


@coalesced
async def test_what_nobody_waits_for_is_stopped_when_the_last_has_left(making: Making, coalescer: Coalescer):
    two = [coalescer.run(JOB, at_once) for _ in range(2)]
    for one in two:
        await anext(one)
    await two[0].aclose()
    for _ in range(10):
        await asyncio.sleep(0)
    assert making.stopped == 0
    await two[1].aclose()
    await until(lambda: making.stopped == 1)
    making.go.set()
    assert len(await all_of(coalescer.run(JOB, at_once))) == 4
    assert making.begun == 2


@coalesced
async def test_with_patience_it_goes_on_for_who_may_ask_again(making: Making, coalescer: Coalescer):
    left = coalescer.run(JOB, lambda: 3600)
    await anext(left)
    await left.aclose()
    making.go.set()
    await all_of(coalescer.run(JOB, at_once))
    assert (making.begun, making.stopped) == (1, 0)


@coalesced
async def test_what_failed_is_told_to_all_who_wait_and_made_anew_for_who_asks_again(
    making: Making, coalescer: Coalescer
):
    making.fails = Refusal(503, "The red has run out.")
    waiting = [asyncio.create_task(all_of(coalescer.run(JOB, at_once))) for _ in range(2)]
    await until(lambda: making.begun == 1)
    making.go.set()
    told = await asyncio.gather(*waiting, return_exceptions=True)
    assert told == [making.fails] * 2
    making.fails = None
    assert await all_of(coalescer.run(JOB, at_once))
    assert making.begun == 2


def test_what_is_kept_is_bounded_in_bytes_and_in_time():
    async def test() -> None:
        now = 0.0
        making = Making()
        making.go.set()
        coalescer = Coalescer(making, most_bytes=25, seconds=60, clock=lambda: now)

        async def begun(key: str) -> int:
            await all_of(coalescer.run(Job("generate", "m", "a fox", idempotency_key=key), at_once))
            return making.begun

        assert [await begun(key) for key in "ab"] == [1, 2]
        assert [await begun(key) for key in "ab"] == [2, 2]
        assert await begun("c") == 3  # 30 bytes: too much, so that the oldest goes
        assert [await begun(key) for key in "bc"] == [3, 3]
        now = 61.0
        assert [await begun(key) for key in "bc"] == [4, 5]

    asyncio.run(asyncio.wait_for(test(), 60))
