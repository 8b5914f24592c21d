"""An engine on a cluster: what arrives when, who leaves, whose processes are killed."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from r9s_notebook import R9S, BackoffStrategy, RetryConfig
from r9s_notebook.errors import BadRequestError, R9SError
from r9s_notebook.server import Limits
from tests.engines.cluster.conftest import Application
from tests.engines.cluster.head import KEY

pytestmark = pytest.mark.cluster

# In a dead front's place, Ray's proxy answers with an error of the server's: a client asks again where it was told to.
AGAIN = RetryConfig(backoff=BackoffStrategy(initial_interval=200, max_interval=1000))


def create(client: R9S, seed: int, **given: Any) -> Any:
    return client.images.create(prompt="a fox", size="256x256", seed=seed, **given)


def seed_of(making: Future[Any]) -> int:
    (picture,) = making.result(120).data
    seed: int = picture.seed
    return seed


def test_previews_arrive_as_they_are_made(deployed):
    app = deployed()
    with app.client() as client, create(client, 1, stream=True, partial_images=2) as stream:
        assert [next(stream).is_final for _ in range(2)] == [False, False]
        assert app.seeds("done") == []
        app.go()
        assert [event.is_final for event in stream] == [True]


def test_answers_are_base64_and_links_are_refused_where_there_is_no_folder_for_them(deployed):
    app = deployed()
    app.go()
    with app.client() as client:
        assert create(client, 1).data[0].b64_json
        with pytest.raises(BadRequestError, match=r"keeps no files behind links: ask for b64_json\."):
            create(client, 1, response_format="url")
    models = httpx.get(f"{app.base}/models", headers={"Authorization": f"Bearer {KEY}"}, timeout=60).json()["data"]
    assert models[0]["parameters"]["generate"]["response_format"]["enum"] == ["b64_json"]


def test_a_link_is_good_at_every_front_that_sees_the_folder(deployed, tmp_path: Path):
    app = deployed(fronts=2, files=tmp_path / "shared")
    app.go()
    with app.client() as client:
        links = [create(client, seed, response_format="url").data[0] for seed in range(12)]
        assert all(one.url.startswith(app.base) for one in links)
    for one in links:
        with app.client() as client:  # over a connection of its own
            assert client.images.read(one)[:4] == b"\x89PNG"
            assert create(client, 1).data[0].b64_json


def test_a_wrong_key_is_refused_at_the_front(deployed):
    app = deployed()
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = httpx.post(f"{app.base}/images/generations", json={"prompt": "a fox"}, headers=headers, timeout=60)
        assert answer.status_code == 401
    assert app.lines("begun") == []


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_a_client_that_leaves_stops_its_picture_on_the_replica_and_no_other(deployed, eventually, stream):
    app = deployed(replicas=2)

    async def leave(client: R9S) -> None:
        given = {"prompt": "a fox", "size": "256x256", "seed": 1}
        if stream:
            events = await client.images.create_async(**given, stream=True, partial_images=1)
            await anext(events)
            await events.aclose()
        else:
            call = asyncio.create_task(client.images.create_async(**given))
            await asyncio.to_thread(eventually, lambda: 1 in app.seeds("begun"))
            call.cancel()
            await asyncio.wait([call])

    with app.client() as client, ThreadPoolExecutor() as pool:
        stays = pool.submit(create, client, 2)
        eventually(lambda: 2 in app.seeds("begun"))
        asyncio.run(leave(client))
        eventually(lambda: app.seeds("stopped") == [1])
        app.go()
        assert seed_of(stays) == 2
    assert app.seeds("done") == [2]


def test_what_fails_on_a_replica_is_a_sentence_and_what_it_refuses_is_its_own(deployed):
    app = deployed()
    with app.client() as client:
        for stream in (False, True):
            with pytest.raises(R9SError, match="under req_") as caught:
                list(client.images.create(prompt="cursed", stream=stream, retries=None))
            assert "secret" not in str(caught.value)
            with pytest.raises(R9SError, match="The blue has run out: ask for red"):
                list(client.images.create(prompt="refused", stream=stream, retries=None))


def test_more_than_may_wait_are_refused_with_a_time(deployed):
    app = deployed()

    async def refused(more: int) -> list[httpx.Response]:
        headers = {"Authorization": f"Bearer {KEY}"}
        async with httpx.AsyncClient(headers=headers, limits=httpx.Limits(), timeout=240) as http:

            async def one(seed: int) -> httpx.Response:
                given = {"prompt": "a fox", "size": "256x256", "seed": seed}
                return await http.post(f"{app.base}/images/generations", json=given)

            asked = [asyncio.create_task(one(seed)) for seed in range(Limits().queue + more)]
            first = [await answer for answer in itertools.islice(asyncio.as_completed(asked), more)]
            for one in asked:
                one.cancel()
            await asyncio.wait(asked)
            return first

    for answer in asyncio.run(refused(more=8)):  # the others wait
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1


def test_ray_starts_another_replica_where_pictures_queue_up(deployed, eventually):
    app = deployed(replicas=1, max_replicas=2)
    with app.client() as client, ThreadPoolExecutor(16) as pool:
        made = [pool.submit(create, client, seed) for seed in range(6)]
        eventually(lambda: len({line.pid for line in app.lines("begun")}) == 2, seconds=240)  # Ray waits half a minute
        app.go()
        assert [seed_of(one) for one in made] == list(range(6))


def kill(pid: int) -> None:
    print("killed", pid)
    os.kill(pid, signal.SIGKILL)


def show(app: Application) -> None:
    """The log; pytest prints it with -s or -rP."""
    for line in sorted(app.lines("begun") + app.lines("stopped") + app.lines("done"), key=lambda line: line.seed):
        print(*line)


def test_when_a_replica_is_killed_no_picture_is_lost_and_none_is_delivered_twice(deployed, eventually):
    app = deployed(replicas=2)
    with app.client() as client, ThreadPoolExecutor(16) as pool:
        whole = [pool.submit(create, client, seed) for seed in range(8)]
        streamed = [
            pool.submit(lambda seed=seed: list(create(client, seed, stream=True, partial_images=2)))
            for seed in range(8, 12)
        ]
        eventually(lambda: len({line.pid for line in app.lines("begun")}) == 2)
        victim = app.lines("begun")[0]
        kill(victim.pid)
        app.go()
        assert [seed_of(one) for one in whole] == list(range(8))
        for one in streamed:
            assert [event.is_final for event in one.result(120)] == [False, False, True]
    show(app)
    assert app.seeds("done") == list(range(12))
    assert Counter(app.seeds("begun")) - Counter(range(12)) == Counter([victim.seed])


def test_when_a_front_is_killed_who_asks_again_is_answered_and_nothing_is_drawn_again(deployed, eventually):
    app = deployed(replicas=2, fronts=2)
    fronts = app.head.pids(app.name, "front")
    assert len(fronts) == 2
    with app.client(retry_config=AGAIN) as client, ThreadPoolExecutor(16) as pool:
        made = [pool.submit(create, client, seed) for seed in range(8)]
        eventually(lambda: len(app.lines("begun")) == 2)
        for front in fronts:  # both: nobody is left who was asked before
            kill(front)
        app.go()
        assert [seed_of(one) for one in made] == list(range(8))
    show(app)
    assert app.seeds("begun") == app.seeds("done") == list(range(8))


def test_when_a_front_is_killed_and_nobody_asks_again_its_picture_is_stopped(deployed, eventually):
    app = deployed(replicas=1)
    with app.client() as client, ThreadPoolExecutor() as pool:
        made = pool.submit(create, client, 1, retries=None)
        eventually(lambda: app.seeds("begun") == [1])
        kill(*app.head.pids(app.name, "front"))
        assert made.exception(120) is not None
        eventually(lambda: app.seeds("stopped") == [1])
    show(app)


def test_when_the_coalescer_is_killed_what_it_had_begun_is_stopped_and_made_anew(deployed, eventually):
    app = deployed(replicas=1)
    with app.client() as client, ThreadPoolExecutor() as pool:
        made = pool.submit(create, client, 1)
        eventually(lambda: app.seeds("begun") == [1])
        kill(*app.head.pids(app.name, "coalescer"))
        eventually(lambda: app.seeds("stopped") == [1] and app.seeds("begun") == [1, 1])
        app.go()
        assert seed_of(made) == 1
    show(app)
    assert app.seeds("done") == [1]


def test_a_job_that_kills_whoever_makes_it_is_given_up_after_the_second(deployed, eventually):
    app = deployed(replicas=2)
    with app.client() as client, ThreadPoolExecutor() as pool:
        made = pool.submit(create, client, 1, retries=None)
        for times in (1, 2):
            eventually(lambda times=times: len(app.lines("begun")) == times)
            kill(app.lines("begun")[-1].pid)
        assert "has died, and so has the next" in str(made.exception(120))
    assert app.seeds("begun") == [1, 1]
