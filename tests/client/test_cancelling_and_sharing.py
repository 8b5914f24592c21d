"""A client that is cancelled, shared between threads and event loops, closed, forgotten, and forked."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import gc
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import pytest

from r9s_notebook import R9S, errors
from r9s_notebook.client.deadline import Deadline
from tests.client.conftest import KEY
from tests.client.loopback import COMPLETED, GOOD, PNG, STREAM_HEAD, always, chunk, http, partial, sse


def test_cancelling_at_any_point_leaves_a_client_that_works(serve, connect):
    body = http(GOOD)

    def handler(wire):  # a connection for each call: waiting calls get new ones all the time
        wire.send(body.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        wire.close()

    server = serve(handler)
    chance = random.Random(7)  # noqa: S311

    async def run():
        async with connect(server) as client:
            for _ in range(20):
                tasks = [asyncio.create_task(client.images.create_async(prompt="x")) for _ in range(20)]
                for task in tasks:
                    asyncio.get_running_loop().call_later(chance.random() * 0.02, task.cancel)
                await asyncio.gather(*tasks, return_exceptions=True)
            answers = await asyncio.gather(
                *(client.images.create_async(prompt="x", timeout_ms=3000) for _ in range(20))
            )
            assert all(answer.data for answer in answers)

    asyncio.run(run())


def test_cancelling_before_the_first_step_loses_no_slot(serve, connect):
    server = serve(always(http(GOOD)))

    async def run():
        async with connect(server) as client:
            for _ in range(5):
                tasks = [asyncio.create_task(client.images.create_async(prompt="x")) for _ in range(50)]
                await asyncio.sleep(0)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.wait_for(client.images.create_async(prompt="x"), 3)

    asyncio.run(run())


def test_a_cancelled_call_is_cancelled_and_its_connection_closed(serve, connect, eventually):
    server = serve(lambda wire: wire.hang())

    async def run():
        client = connect(server)
        task = asyncio.create_task(client.images.create_async(prompt="x"))
        await asyncio.to_thread(eventually, lambda: len(server.requests) == 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.to_thread(eventually, lambda: server.open_connections == 0)

    asyncio.run(run())


def test_a_cancelled_stream_closes_its_connection(serve, connect, eventually):
    def handler(wire):
        wire.send(STREAM_HEAD + chunk(sse(partial())))
        wire.hang()

    server = serve(handler)

    async def run():
        came = asyncio.Event()

        async def watch():
            async for _ in await connect(server).images.create_async(prompt="x", stream=True):
                came.set()

        task = asyncio.create_task(watch())
        await asyncio.wait_for(came.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.to_thread(eventually, lambda: server.open_connections == 0)

    asyncio.run(run())


def test_a_deadline_in_one_call_does_not_disturb_the_others(serve, connect):
    def handler(wire):
        wire.hang(0.3)
        wire.send(http(GOOD))

    server = serve(handler)

    async def run():
        async with connect(server) as client:
            slow = [asyncio.create_task(client.images.create_async(prompt="x")) for _ in range(5)]
            with pytest.raises(errors.DeadlineExceededError):
                await client.images.create_async(prompt="x", timeout_ms=50)
            assert all(answer.data for answer in await asyncio.gather(*slow))

    asyncio.run(run())


def test_an_interrupt_in_a_sync_call_leaves_a_client_that_works(serve, connect):
    """As the stop button of a notebook does it."""
    server = serve(lambda wire: wire.hang() if wire.number == 1 else wire.send(http(GOOD)))
    client = connect(server)
    timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        client.images.create(prompt="x")
    assert client.images.create(prompt="x").data


def test_one_client_serves_many_threads(serve, connect):
    server = serve(always(http(GOOD)))
    client = connect(server)
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda _: client.images.create(prompt="x"), range(200)))
    assert all(answer.data for answer in answers)
    assert server.connections <= 16 + 4


def test_one_client_serves_many_event_loops_at_once(serve, connect):
    server = serve(always(http(GOOD)))
    client = connect(server)

    async def several():
        return await asyncio.gather(*(client.images.create_async(prompt="x") for _ in range(10)))

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: asyncio.run(several()), range(8)))
    assert sum(len(found) for found in answers) == 80


def test_one_client_serves_sync_and_async_calls_in_turn(serve, connect):
    client = connect(serve(always(http(GOOD))))
    for _ in range(3):
        assert client.images.create(prompt="x").data
        assert asyncio.run(client.images.create_async(prompt="x")).data


def test_connections_are_kept_between_calls(serve, connect):
    server = serve(always(http(GOOD)))
    client = connect(server)

    async def run():
        for _ in range(5):
            await client.images.create_async(prompt="x")

    for _ in range(5):
        client.images.create(prompt="x")
    asyncio.run(run())
    assert server.connections == 1


def test_an_event_loop_that_ends_leaves_its_connection_to_the_next(serve, connect, eventually):
    server = serve(always(http(GOOD)))
    client = connect(server)
    gc.collect()  # what former tests have left is not counted here
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        for _ in range(3):
            asyncio.run(client.images.create_async(prompt="x"))
            gc.collect()
        assert server.connections == 1
        client.close()
        gc.collect()
    eventually(lambda: server.open_connections == 0)


def test_a_client_that_is_forgotten_closes_its_connections(serve, eventually):
    server = serve(always(http(GOOD)))

    async def run():
        client = R9S(api_key=KEY, server_url=server.url)
        await client.images.create_async(prompt="x")
        del client
        gc.collect()
        await asyncio.to_thread(eventually, lambda: server.open_connections == 0)

    asyncio.run(run())


def test_closing_closes_the_connections_of_other_threads_loops(serve, connect, eventually):
    server = serve(always(http(GOOD)))
    client = connect(server)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(client.images.create_async(prompt="x"), loop).result(5)
        assert server.open_connections == 1
        client.close()
        eventually(lambda: server.open_connections == 0)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_a_closed_client_opens_again_when_it_is_called(serve, connect):
    client = connect(serve(always(http(GOOD))))
    client.images.create(prompt="x")
    client.close()
    assert client.images.create(prompt="x").data


def test_a_call_that_is_under_way_survives_the_closing(serve, connect, eventually):
    def handler(wire):
        wire.hang(0.3)
        wire.send(http(GOOD))

    server = serve(handler)
    client = connect(server)
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(client.images.create, prompt="x")
        eventually(lambda: len(server.requests) == 1)
        client.close()
        assert answer.result(5).data


def test_a_thousand_calls_leave_no_connections_tasks_or_memory_behind(serve, connect):
    server = serve(always(http(GOOD)))

    async def run():
        async with connect(server) as client:
            for _ in range(50):
                await client.images.create_async(prompt="x")
            server.requests.clear()
            gc.collect()
            before = len(gc.get_objects())
            for _ in range(950):
                await client.images.create_async(prompt="x")
            server.requests.clear()
            gc.collect()
            assert len(gc.get_objects()) - before < 200
            assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())
    assert server.connections == 1


def test_in_a_cell_with_nested_asyncio_it_works(serve):
    """In a process of its own: nest_asyncio patches asyncio for good."""
    server = serve(always(http(GOOD)))
    program = f"""
        import asyncio, nest_asyncio
        from r9s_notebook import R9S
        nest_asyncio.apply()
        async def call():
            async with R9S(api_key="x", server_url={server.url!r}) as client:
                return len((await client.images.create_async(prompt="x")).data)
        async def cell():
            return asyncio.run(call()) + asyncio.run(call())
        print(asyncio.run(cell()))
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(program)],
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.stdout.strip() == "2", done.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_has_connections_of_its_own(serve):
    server = serve(always(http(GOOD)))
    program = f"""
        import os
        from r9s_notebook import R9S
        client = R9S(api_key="x", server_url={server.url!r})
        client.images.create(prompt="parent")
        child = os.fork()
        for _ in range(20):
            assert client.images.create(prompt="x").data
        if child:
            assert os.waitpid(child, 0)[1] == 0
            print("fine")
        else:
            os._exit(0)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], check=False, capture_output=True, text=True, timeout=30
    )
    assert done.stdout.strip() == "fine", done.stderr
    assert server.connections == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_that_closes_its_client_leaves_the_parents_connection(serve):
    server = serve(always(http(GOOD)))
    program = f"""
        import os
        from r9s_notebook import R9S
        client = R9S(api_key="x", server_url={server.url!r})
        client.images.create(prompt="parent")
        child = os.fork()
        if not child:
            client.close()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        client.images.create(prompt="parent")
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=True, timeout=30)
    assert server.connections == 1


@pytest.mark.parametrize("early", [True, False], ids=["before", "meanwhile"])
def test_a_cancelled_deadline_ends_a_pause(early):
    deadline = Deadline(3600)
    pausing = threading.Thread(target=deadline.pause, args=(3600,), daemon=True)
    if early:
        deadline.cancel()
    pausing.start()
    deadline.cancel()
    pausing.join(5)
    assert not pausing.is_alive()


def test_what_a_cancelled_call_no_longer_waits_in_is_let_alone():
    deadline, connection = Deadline(3600), Mock()
    deadline.waits_in(connection)
    deadline.waits_in(None)
    deadline.cancel()
    assert deadline.passed
    connection.stop.assert_not_called()


def test_threads_are_used_again(serve, connect):
    client = connect(serve(always(http(GOOD))))
    asyncio.run(client.images.create_async(prompt="x"))
    before = threading.active_count()

    async def run():
        for _ in range(20):
            await client.images.create_async(prompt="x")

    asyncio.run(run())
    assert threading.active_count() < before + 10


def test_a_stream_can_be_closed_from_another_thread(serve, connect):
    def handler(wire):
        wire.send(STREAM_HEAD + chunk(sse(partial())))
        wire.hang()

    stream = connect(serve(handler), timeout_ms=3_600_000).images.create(prompt="x", stream=True)
    next(stream)
    threading.Timer(0.2, stream.close).start()
    with contextlib.suppress(errors.R9SNotebookError):
        for event in stream:
            assert not event.is_final


def test_the_loop_stays_free_while_images_are_decoded(serve, connect, monkeypatch):
    import base64
    import binascii
    from types import SimpleNamespace

    from tests.client.loopback import PNG

    pieces = []

    def decoded(text, **how):
        pieces.append((threading.get_ident(), len(text)))
        return binascii.a2b_base64(text, **how)

    monkeypatch.setattr(
        "r9s_notebook.client.decoding.binascii", SimpleNamespace(a2b_base64=decoded, Error=binascii.Error)
    )
    picture = base64.b64encode(PNG + bytes(3_000_000)).decode()
    server = serve(always(http({"created": 1, "data": [{"b64_json": picture}] * 2})))

    async def run():
        async with connect(server) as client:
            answer = await client.images.create_async(prompt="x")
            images = await asyncio.gather(*(client.images.read_async(image) for image in answer.data * 2))
        assert all(len(image) == len(PNG) + 3_000_000 for image in images)

    asyncio.run(run())
    # On another thread, and never for long: while it decodes a piece, it holds the interpreter.
    assert sum(length for _thread, length in pieces) == 4 * len(picture)
    assert all(thread != threading.get_ident() and length <= 128 * 1024 for thread, length in pieces)


def test_streams_are_read_by_next_too(serve, connect):
    stream = connect(serve(always(http(sse(partial(), COMPLETED), content_type="text/event-stream")))).images.create(
        prompt="x", stream=True
    )
    with stream:
        assert not next(stream).is_final
        assert next(stream).is_final
        with pytest.raises(StopIteration):
            next(stream)


def _of_the_client(client):
    return client._lock


def _of_httpcore(client):
    ((connection,),) = client.images._sender._api._pool._idle.values()
    return connection._connection._state_lock


def _in_a_cycle(stream):
    next(stream)
    stream._itself = stream


def _looped_over_in_a_cycle(stream):
    stream._loop = iter(stream)
    next(stream._loop)


@pytest.mark.parametrize("leave", [_in_a_cycle, _looped_over_in_a_cycle])
@pytest.mark.parametrize("lock_of", [_of_the_client, _of_httpcore])
def test_a_stream_collected_in_the_middle_of_a_call_does_not_stop_it(leave, lock_of, serve, connect, eventually):
    """The garbage collector runs anywhere: also where this thread holds the lock that closing the stream needs."""

    def handler(wire):
        if "stream" in wire.request.json:
            wire.send(STREAM_HEAD + chunk(sse(partial())))
            wire.hang()
        else:
            wire.send(http(GOOD))

    server = serve(handler)
    client = connect(server)
    done = threading.Event()

    def work():
        stream = client.images.create(prompt="x", stream=True)
        leave(stream)
        client.images.create(prompt="x")  # has another connection, which waits for the next call
        with lock_of(client):
            del stream
            gc.collect()
            eventually(lambda: server.open_connections == 1)
        assert client.images.create(prompt="x").data
        done.set()

    threading.Thread(target=work, daemon=True).start()
    assert done.wait(10), "closing the stream waits for a lock of its own thread"
    eventually(lambda: server.open_connections == 1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_decodes_large_images_by_itself(serve):
    large = base64.b64encode(PNG[:-12] + bytes(400_000) + PNG[-12:]).decode()
    server = serve(always(http({"created": 1, "data": [{"b64_json": large}]})))
    program = f"""
        import asyncio, os
        from r9s_notebook import R9S
        client = R9S(api_key="x", server_url={server.url!r})
        async def read():
            answer = await client.images.create_async(prompt="x")
            return len(await asyncio.wait_for(client.images.read_async(answer.data[0]), 10))
        parents = asyncio.run(read())
        child = os.fork()
        if child:
            assert os.waitpid(child, 0)[1] == 0
            print("fine")
        else:
            os._exit(0 if asyncio.run(read()) == parents else 1)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], check=False, capture_output=True, text=True, timeout=40
    )
    assert done.stdout.strip() == "fine", done.stderr


def test_event_loops_that_come_and_go_leave_no_open_socket_behind(serve, connect):
    def handler(wire):
        if wire.number % 2:
            wire.hang(0.3)
        wire.send(http(GOOD))

    client = connect(serve(handler))

    async def one(cancelled):
        task = asyncio.create_task(client.images.create_async(prompt="x"))
        if cancelled:
            await asyncio.sleep(0.02)
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        for number in range(10):
            asyncio.run(one(cancelled=number % 2 == 0))
        gc.collect()
    assert [str(warning.message) for warning in caught if warning.category is ResourceWarning] == []
