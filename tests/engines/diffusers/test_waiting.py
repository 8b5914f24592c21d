"""Who waits, who leaves, and what becomes of what fails."""

from __future__ import annotations

import asyncio
import gc
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import StableDiffusionPipeline

from r9s_notebook import R9S
from r9s_notebook.engines.diffusers import engine, weights
from r9s_notebook.engines.diffusers.device import device_of
from r9s_notebook.engines.diffusers.tickets import Ticket
from r9s_notebook.errors import BadRequestError, InternalServerError, R9SError
from r9s_notebook.server import Asked, open_engine
from tests.engines.conftest import outputs_of
from tests.engines.diffusers import tiny
from tests.engines.diffusers.conftest import Calls, Steps, apart, create, pictures

pytestmark = pytest.mark.models

LONG: dict[str, Any] = {"prompt": "a fox", "model": "tiny-sd", "size": "64x64", "num_inference_steps": 40}


@contextmanager
def meanwhile(steps: Steps, client: R9S) -> Iterator[None]:
    """While the device is at work for somebody else; what is asked in it waits, and goes on together after it."""
    held = steps.hold(steps.taken + 1)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(create, client, num_inference_steps=1)
        assert held.reached.wait(60)
        yield
        held.let_go.set()
        first.result(60)


def waiting() -> list[Ticket]:
    """The pictures that wait for the device."""
    return list(device_of("cpu")._waiting)


def at_work() -> list[Ticket]:
    """Those that it makes, for which somebody waits."""
    return [ticket for ticket in device_of("cpu")._at_work if not ticket.left.is_set()]


def test_requests_that_agree_are_made_together_and_others_by_themselves(client, steps, calls, eventually):
    with ThreadPoolExecutor(8) as pool, meanwhile(steps, client):
        same = [pool.submit(create, client, prompt=f"fox {number}", seed=number) for number in range(6)]
        other = pool.submit(create, client, num_inference_steps=2)
        eventually(lambda: len(waiting()) == 7)
    assert len({client.images.read(one.result(60).data[0]) for one in same}) == 6
    assert other.result(60).data
    assert sorted(calls.batches) == [1, 1, 2, 4]
    (alone,) = pictures(client, create(client, prompt="fox 3", seed=3))
    assert apart(alone, pictures(client, same[3].result())[0]) <= 1


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
def test_a_client_that_leaves_stops_its_job_within_one_step(client, steps, streamed, eventually):
    held = steps.hold(5)

    async def leave() -> None:
        if streamed:
            stream = await client.images.create_async(**LONG, stream=True)
            assert await asyncio.to_thread(held.reached.wait, 60)
            await stream.aclose()
        else:
            call = asyncio.create_task(client.images.create_async(**LONG))
            assert await asyncio.to_thread(held.reached.wait, 60)
            call.cancel()
            await asyncio.wait([call])

    asyncio.run(leave())
    eventually(lambda: not at_work())
    held.let_go.set()
    create(client, num_inference_steps=1)
    assert steps.taken == 5 + 1


def test_clients_that_leave_stop_nobody_elses_job(client, steps, calls, eventually):
    begun, fifth = steps.hold(1), steps.hold(1 + 5)

    async def go() -> Any:
        first = asyncio.create_task(client.images.create_async(**{**LONG, "num_inference_steps": 1}))
        assert await asyncio.to_thread(begun.reached.wait, 60)
        three = [asyncio.create_task(client.images.create_async(**LONG, seed=seed)) for seed in range(3)]
        await asyncio.to_thread(eventually, lambda: len(waiting()) == 3)
        begun.let_go.set()
        assert await asyncio.to_thread(fifth.reached.wait, 60)
        three[0].cancel()
        three[2].cancel()
        await asyncio.to_thread(eventually, lambda: len(at_work()) == 1)
        fifth.let_go.set()
        await first
        return await three[1]

    answer = asyncio.run(go())
    assert calls.batches == [1, 3]
    assert steps.taken == 1 + 40
    (alone,) = pictures(client, client.images.create(**LONG, seed=1))
    assert apart(pictures(client, answer)[0], alone) <= 1


def out_of_memory_beyond(most: int) -> Any:
    def check(number: int) -> None:
        if number > most:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has /secret")

    return check


def test_out_of_memory_halves_the_batch_and_the_next_ones_are_small_at_once(client, calls: Calls):
    calls.before = out_of_memory_beyond(1)
    answer = create(client, n=4, seed=20)
    assert [one.seed for one in answer.data] == [20, 21, 22, 23]
    assert calls.batches == [4, 2, 1, 1, 2, 1, 1]
    calls.batches.clear()
    create(client, n=2, seed=20)
    assert calls.batches == [1, 1]


def test_each_picture_says_with_how_many_it_was_made(sd, calls: Calls):
    calls.before = out_of_memory_beyond(2)
    asked = Asked("generate", {"prompt": "a fox", "size": "64x64", "num_inference_steps": 2, "n": 3})
    made = asyncio.run(outputs_of(open_engine("diffusers", model=sd, device="cpu"), asked))
    assert calls.batches == [3, 1, 2]
    assert [output.batch for output in sorted(made, key=lambda output: output.index)] == [1, 2, 2]


def test_where_one_picture_is_too_large_a_sentence_says_what_would_fit(tmp_path: Path, calls: Calls):
    with R9S.offline(engine="diffusers", model=tiny.stable_diffusion(tmp_path / "tiny-sd"), device="cpu") as client:
        calls.before = out_of_memory_beyond(0)
        with pytest.raises(
            BadRequestError, match=r"256x200 needs more memory than cpu has free\. Ask for 128x96"
        ) as one:
            create(client, size="256x200")
        assert "secret" not in str(one.value)
        with pytest.raises(BadRequestError, match="Serve a smaller model"):
            create(client, size="64x64")
        calls.before = out_of_memory_beyond(4)
        create(client, size="64x72")
        calls.before = out_of_memory_beyond(0)
        with pytest.raises(BadRequestError, match=r"64x72 has fitted: ask for that, or for less\."):
            create(client, size="128x128")
        stream = create(client, size="128x128", stream=True)
        with pytest.raises(R9SError, match="64x72 has fitted"):
            stream.read()


def test_what_a_pipeline_raises_is_told_by_an_id_and_stays_in_the_log(client, calls: Calls, caplog):
    def fail(_number: int) -> None:
        raise RuntimeError("/home/me/models/secret.bin is cursed")

    calls.before = fail
    for stream in (False, True):
        with pytest.raises(R9SError, match="under req_") as caught:
            list(create(client, stream=stream, retries=None))
        assert "secret" not in str(caught.value)
        assert re.search(r"req_\w+", str(caught.value))[0] in caplog.text
    assert "secret.bin is cursed" in caplog.text
    calls.before = lambda _number: None
    assert create(client).data


def test_one_requests_fault_is_not_its_neighbours(client, steps, eventually, monkeypatch):
    encode = StableDiffusionPipeline.encode_prompt

    def picky(pipe: Any, prompt: Any, *given: Any, **named: Any) -> Any:
        if "poison" in prompt:
            raise ValueError("poisoned")
        return encode(pipe, prompt, *given, **named)

    monkeypatch.setattr(StableDiffusionPipeline, "encode_prompt", picky)
    with ThreadPoolExecutor(8) as pool, meanwhile(steps, client):
        made = [pool.submit(create, client, prompt=prompt, retries=None) for prompt in ("fox", "poison", "owl")]
        eventually(lambda: len(waiting()) == 3)
    assert [bool(made[number].result(60).data) for number in (0, 2)] == [True, True]
    with pytest.raises(InternalServerError):
        made[1].result(60)


def test_weights_are_loaded_once_for_all_that_serve_them_and_let_go_with_the_last(tmp_path, caplog, eventually):
    caplog.set_level("INFO", "r9s_notebook")
    folder = tiny.stable_diffusion(tmp_path / "own")
    first = R9S.offline(engine="diffusers", model=folder, device="cpu")
    assert first.models()
    assert "loading own" not in caplog.text
    second = R9S.offline(engine="diffusers", model=folder, device="cpu")
    for client in (first, second):
        create(client, model="own")
    assert caplog.text.count("loading own on cpu (float32)") == 1
    assert caplog.text.count("own is loaded, in ") == 1
    del first, second, client

    def is_gone() -> bool:
        gc.collect()
        return not any(source == str(folder) for source, *_ in weights._models)

    eventually(is_gone)


def test_a_model_says_that_it_is_loaded_while_it_is(tmp_path, monkeypatch):
    folder = tiny.stable_diffusion(tmp_path / "own")
    client = R9S.offline(engine="diffusers", model=folder, device="cpu")
    said, load = [client.models()[0].doing], weights.LoadedModel._load

    def seen(model: Any) -> Any:
        said.append(client.models()[0].doing)
        return load(model)

    monkeypatch.setattr(weights.LoadedModel, "_load", seen)
    create(client, model="own")
    assert said[0] == ""
    assert re.fullmatch(r"loading \d+ MB of weights", said[1])
    assert client.models()[0].doing == ""


def test_files_are_written_on_another_thread_so_that_the_device_goes_on(client, monkeypatch):
    threads, encode = [], engine.encode

    def seen(*given: Any) -> Any:
        threads.append(threading.current_thread().name)
        return encode(*given)

    monkeypatch.setattr(engine, "encode", seen)
    create(client, n=2)
    assert [name.rpartition("_")[0] for name in threads] == ["r9s-finishing"] * 2


def test_one_thread_works_a_device_whatever_is_served(client, sd):
    second = R9S.offline(engine="diffusers", model=sd, device="cpu")
    for one in (client, second):
        create(one)
    assert [thread.name for thread in threading.enumerate()].count("r9s-cpu") == 1
