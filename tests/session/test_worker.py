from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import CancelledError, wait

import pytest

from r9s_notebook.session.told_in_turn import Turn
from r9s_notebook.session.worker import InlineWorker, Job, LoopWorker, ThreadWorker


@pytest.fixture(params=[InlineWorker, ThreadWorker])
def worker(request):
    return request.param()


async def answer():
    await asyncio.sleep(0)
    return 42


async def failure():
    raise LookupError("gone")


def test_a_job_gives_its_result(worker):
    assert worker.submit(answer).result(timeout=5) == 42


def test_a_job_gives_its_error(worker):
    with pytest.raises(LookupError, match="gone"):
        worker.submit(failure).result(timeout=5)


def test_a_job_can_be_awaited_on_another_loop(worker):
    job = worker.submit(answer)

    async def cell():
        return await job

    assert asyncio.run(cell()) == 42


def test_all_jobs_share_one_thread_that_is_not_the_callers():
    worker = ThreadWorker()

    async def where():
        return threading.current_thread().name

    names = {worker.submit(where).result(timeout=5) for _ in range(3)}
    assert names == {"r9s-worker"}


def test_cancelling_lets_running_work_tidy_up_before_it_is_done():
    started, tidied = threading.Event(), []

    async def work():
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            tidied.append(True)

    job = ThreadWorker().submit(work)
    assert started.wait(5)
    assert job.cancel()
    with pytest.raises(CancelledError):
        job.result(timeout=5)
    assert tidied == [True]
    assert job.cancelled()


def test_a_job_that_is_done_can_not_be_cancelled():
    job = ThreadWorker().submit(answer)
    job.result(timeout=5)
    assert not job.cancel()


def test_cancelling_right_after_submitting_is_not_lost():
    async def forever():
        await asyncio.Event().wait()

    worker = ThreadWorker()
    for _ in range(50):
        job = worker.submit(forever)
        job.cancel()
        with pytest.raises(CancelledError):
            job.result(timeout=5)


@pytest.mark.parametrize("stops", [True, False])
def test_interrupting_who_waits_stops_the_work_where_nothing_else_would(stops):
    going_on, stopped = threading.Event(), threading.Event()

    async def work():
        # As Ctrl+C does: the main thread, which waits, is interrupted.
        threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGINT]).start()
        try:
            await asyncio.to_thread(going_on.wait, 30)
        except asyncio.CancelledError:
            stopped.set()
            raise

    job = ThreadWorker().submit(work)
    job.stops_with_waiter = stops
    with pytest.raises(KeyboardInterrupt):
        job.result(timeout=30)
    if stops:
        assert stopped.wait(5)
    going_on.set()
    assert wait([job], timeout=5).not_done == set()
    assert job.cancelled() is stops


def test_without_threads_jobs_run_on_the_loop_that_runs():
    async def cell():
        worker, here = LoopWorker(), threading.current_thread()

        async def where():
            return threading.current_thread()

        gone, forever = worker.submit(failure), worker.submit(asyncio.Event().wait)
        assert await worker.submit(where) is here
        with pytest.raises(RuntimeError, match="await job"):
            forever.result()
        assert forever.cancel()
        with pytest.raises(asyncio.CancelledError):
            await forever
        with pytest.raises(LookupError):
            await gone
        return gone.done() and forever.cancelled()

    assert asyncio.run(cell())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")
def test_fault_41_a_forked_child_starts_its_own_thread():
    worker = ThreadWorker()
    assert worker.submit(answer).result(timeout=5) == 42
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(0 if worker.submit(answer).result(timeout=5) == 42 else 1)
        except BaseException:
            os._exit(2)
    assert os.waitpid(pid, 0)[1] == 0


def test_fault_36_nest_asyncio_and_a_foreign_loop_policy_leave_the_worker_alone():
    code = """
import asyncio, nest_asyncio
nest_asyncio.apply()
from r9s_notebook.session.worker import ThreadWorker
async def answer():
    await asyncio.sleep(0.01)
    return 42
async def cell():
    worker = ThreadWorker()
    return [worker.submit(answer).result(timeout=5), await worker.submit(answer)]
print(asyncio.run(cell()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[42, 42]"


def test_who_takes_what_a_job_has_made_already_lets_nobody_else_draw_meanwhile():
    turn, job, drawn = Turn(), Job(), threading.Event()

    def draw():
        with turn:
            drawn.set()

    job.set_result(1)
    other = threading.Thread(target=draw)
    with turn:
        other.start()
        for _ in range(20_000):
            job.result()
        assert not drawn.is_set()
    other.join(60)
    assert drawn.is_set()
