"""A run as its events tell it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import CancelledError

import pytest
from PIL import Image

from r9s_notebook import R9S, Mask, errors
from r9s_notebook.server import Faults, create_app
from r9s_notebook.session.perform import Answered, Begun, Done, Kept, Preview, RunContext, perform
from r9s_notebook.session.request import Request, source_from
from r9s_notebook.session.worker import shared_worker
from tests.client.loopback import COMPLETED, STREAM_HEAD, Loopback, chunk, partial, sse
from tests.session.conftest import CELL

REQUEST = Request(prompt="a boat", size="256x256")
STREAMED = Request(prompt="a boat", size="256x256", extra={"partial_images": 2, "stream": True})


async def told(request, context, *, until=None):
    """The events, up to the first of a kind; who has enough closes what tells them."""
    events = []
    async with contextlib.aclosing(perform(request, context)) as telling:
        async for event in telling:
            events.append(event)
            if until is not None and isinstance(event, until):
                break
    return events


def test_a_run_is_on_disk_with_each_event(client, store):
    async def statuses():
        async with contextlib.aclosing(perform(REQUEST, RunContext(client, store, CELL))) as telling:
            return [(type(event), store.runs()[0].status) async for event in telling]

    assert asyncio.run(statuses()) == [
        (Begun, "running"), (Answered, "running"), (Kept, "succeeded"), (Done, "succeeded")
    ]  # fmt: skip


def test_previews_come_between_the_beginning_and_the_end(client, store):
    events = asyncio.run(told(STREAMED, RunContext(client, store)))
    assert [type(event) for event in events] == [Begun, Preview, Preview, Answered, Kept, Done]
    assert events[1].index == 0


@pytest.mark.parametrize("until", [Begun, Preview])
def test_who_closes_a_run_before_it_is_kept_gives_it_up(client, store, until):
    asyncio.run(told(STREAMED, RunContext(client, store), until=until))
    assert [(run.status, run.error) for run in store] == [("cancelled", "Cancelled.")]


def test_who_closes_a_run_once_it_is_kept_keeps_it(client, store):
    source = source_from(Image.new("RGB", (64, 64), "white"))
    request = Request(prompt="a hat", source=source, mask=Mask.blank(64, 64).rect(0, 0, 9, 9))
    asyncio.run(told(request, RunContext(client, store), until=Kept))
    assert [run.status for run in store] == ["succeeded"]


def test_a_refusal_is_kept_and_raised(store):
    with R9S.offline(create_app(faults=Faults(refused_words=("boat",)))) as client, pytest.raises(errors.R9SError):
        asyncio.run(told(REQUEST, RunContext(client, store)))
    assert [run.status for run in store] == ["failed"]


def test_cancelling_right_after_the_click_ends_in_a_sentence_and_a_button_that_works(make_session, store):
    session = make_session(prompt="a boat", size="256x256", worker=shared_worker())
    for _ in range(20):
        job = session.generate()
        session.cancel()
        ended = threading.Event()
        job.add_done_callback(lambda _job, ended=ended: ended.set())
        assert ended.wait(30)
        assert job.cancelled()
        assert (session.busy, session.status) == (False, "Cancelled. The run is kept in the history.")
    assert {run.status for run in store} <= {"cancelled"}


@pytest.mark.parametrize("came", [0, 1])
def test_what_had_come_of_a_streamed_run_when_it_is_cancelled_is_kept_and_shown(make_session, came):
    seen, ended = threading.Event(), threading.Event()

    def handler(wire):
        wire.send(STREAM_HEAD + chunk(sse(*[COMPLETED] * came, partial())))
        ended.wait(30)

    with Loopback(handler) as server, R9S(api_key="x", server_url=server.url) as client:
        session = make_session(client, worker=shared_worker(), prompt="a boat", n=2, extra={"partial_images": 1})
        session.observe(lambda change: change["new"] and seen.set(), "partials")
        job = session.generate()
        assert seen.wait(30)  # what was sent before it has come, too
        session.cancel()
        with pytest.raises(CancelledError):
            job.result(30)
        ended.set()
    assert session.status == "Cancelled. The run is kept in the history."
    run = session.runs[0]
    assert (run.status, len(run.images)) == (("succeeded", 1) if came else ("cancelled", 0))
    assert session.run.id == run.id


def test_who_cannot_show_a_preview_does_not_stop_a_run_that_is_paid_for(make_session, caplog):
    session = make_session(prompt="a boat", size="256x256", extra={"partial_images": 1})
    session.observe(lambda change: 1 / len(change["new"].keys() - {0}) if change["new"] else None, "partials")
    run = session.generate().result(timeout=30)
    assert (run.status, session.run.id, session.status_kind) == ("succeeded", run.id, "done")
    assert "ZeroDivisionError" in caplog.text
