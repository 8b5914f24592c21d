"""How many calls are under way where that finds itself."""

from __future__ import annotations

import asyncio

import pytest

from r9s_notebook import R9S, History, errors, sweep
from r9s_notebook.server import create_app
from r9s_notebook.session import pace
from r9s_notebook.session.auto_concurrency import MOST, AutoConcurrency
from tests.engines.conftest import OneColour
from tests.session.test_sweeping import Moody


def settled(seconds, calls=3000):
    """The limit after so many calls, each of which takes as long as it does with so many others under way."""
    auto = AutoConcurrency()
    seen = [auto.limit]
    for _ in range(calls):
        auto.took(seconds(auto.limit))
        seen.append(auto.limit)
    return auto, seen


@pytest.mark.parametrize("room", [4, 10, 25])
def test_as_many_go_as_a_service_takes_without_slowing_down(room):
    auto, seen = settled(lambda limit: 0.5 * max(1, limit / room))
    assert room <= auto.limit <= 2 * room + 1
    assert max(seen) <= 4 * room


def test_a_service_with_room_for_all_gets_the_most_and_one_without_any_gets_few():
    auto, seen = settled(lambda _limit: 0.5)
    assert max(seen) == auto.limit == MOST
    assert len(seen[: seen.index(MOST)]) < 200, "it does not take a thousand calls to get there"
    assert settled(lambda limit: 0.1 * limit**2)[0].limit <= 3


def test_who_is_asked_to_wait_sends_half_as_many():
    auto, _seen = settled(lambda _limit: 0.5)
    auto.refused()
    assert auto.limit == MOST // 2
    for _ in range(20):
        auto.refused()
    assert auto.limit == 1


def test_no_more_are_under_way_than_the_limit_says():
    async def work():
        auto, most = AutoConcurrency(), 0

        async def call():
            nonlocal most
            async with auto.lane() as lane:
                lane.begin()
                most = max(most, auto.active)
                assert auto.active <= auto.limit
                await asyncio.sleep(0)

        await asyncio.gather(*(call() for _ in range(300)))
        return auto, most

    auto, most = asyncio.run(work())
    assert auto.active == 0
    assert most >= 2


def test_a_sweep_sends_all_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr(pace, "_FIRST_WAIT", 0.01)
    engine = Moody(3, 503)
    with R9S.offline(create_app(engine)) as client, History(tmp_path) as history:
        plan = sweep("white", seed=range(40), client=client, history=history, concurrency="auto")
        assert len(plan.start().result(timeout=60)) == 40
    assert {run.status for run in history} == {"succeeded"}


@pytest.mark.parametrize("wrong", [0, -1, "fast", 1.5, None])
def test_what_is_no_concurrency_is_refused(tmp_path, wrong):
    with R9S.offline(create_app(OneColour())) as client, pytest.raises(errors.InputError, match="or 'auto'"):
        sweep("white", seed=range(4), client=client, history=History(tmp_path), concurrency=wrong)
