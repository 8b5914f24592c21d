"""What was paid for leaves a trace: answers that are not understood, links, and what a stream had brought."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from r9s_notebook import R9S, History, errors
from r9s_notebook.archive.rendering import answer_text
from r9s_notebook.history import Store
from r9s_notebook.session.perform import Answered, RunContext, perform
from r9s_notebook.session.request import Request
from r9s_notebook.session.worker import shared_worker
from tests.client.loopback import B64, COMPLETED, PNG, Loopback, always, http, partial, sse, streaming

KEY = "sk-canary-5up3r53cr37"
JOB = {"code": 200, "data": [{"status": "submitted", "task_id": "t1"}]}


@pytest.fixture
def service():
    """Starts a service, and gives it with a client of it."""
    with contextlib.ExitStack() as stack:

        def serve(handler):
            server = stack.enter_context(Loopback(handler))
            return server, stack.enter_context(R9S(api_key=KEY, server_url=server.url, timeout_ms=10_000))

        yield serve


def perform_all(client, store, **values):
    async def run():
        async with contextlib.aclosing(
            perform(Request(prompt="a boat", **values), RunContext(client, store))
        ) as events:
            return [event async for event in events]

    return asyncio.run(run())


def linked(*paths):
    """A service whose answers have links to itself, of which only the last picture is there, until ``found`` is set."""

    def handler(wire):
        if wire.request.method == "POST":
            base64 = b"b64_json" in wire.request.body
            entries = [{"b64_json": B64}] if base64 else [{"url": path} for path in paths]
            wire.send(http({"data": entries}))
        else:
            there = handler.found or wire.request.path == paths[-1] != paths[0]
            wire.send(http(PNG + wire.request.path.encode()) if there else http(b"", 404))

    handler.found = False
    return handler


# --- answers that are not understood ----------------------------------------------------------------------------------


def test_fault_44_a_job_in_place_of_images_stays_on_the_run(service, store, tmp_path):
    server, client = service(
        lambda wire: wire.send(
            http(
                json.dumps({**JOB, "caller": wire.request.headers["authorization"]}).encode(),
                set_cookie="session=canary-cookie",
                x_request_id="req-7",
            )
        )
    )
    with pytest.raises(errors.ResponseValidationError):
        perform_all(client, store)
    (run,) = History(store=store)
    assert (run.status, run.error_type) == ("failed", "ResponseValidationError")
    assert "t1" in run.error
    assert (run.answer["status"], run.answer["ids"]["task_id"]) == (200, "t1")
    assert run.answer["headers"]["x-request-id"] == "req-7"
    assert json.loads(run.answer["body"])["data"] == JOB["data"]
    shown = run._repr_html_()
    assert "What the service answered" in shown
    assert "task_id: t1" in answer_text(run)
    assert len(server.requests) == 1
    store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert KEY.encode() not in kept
    assert b"canary-cookie" not in kept


def test_fault_44_it_comes_back_with_a_history_that_is_built_again(service, store):
    _server, client = service(always(http(JOB)))
    with pytest.raises(errors.ResponseValidationError):
        perform_all(client, store)
    before = next(iter(store)).answer
    store.close()
    for file in store.home.glob("history.db*"):
        file.unlink()
    with Store(store.home) as again:
        assert next(iter(again)).answer == before


def test_fault_44_pictures_that_cannot_be_read_leave_what_came(service, store):
    _server, client = service(always(http({"data": [{"b64_json": "R0lGODlhAQABAAAAACw="}]}, x_request_id="req-8")))
    with pytest.raises(errors.ResponseValidationError, match="GIF"):
        perform_all(client, store)
    (run,) = store
    assert (run.answer["body"], run.answer["headers"]["x-request-id"]) == ("R0lGODlhAQABAAAAACw=", "req-8")


def test_fault_44_what_is_kept_of_a_long_answer_has_an_end(service, store):
    _server, client = service(always(http({"odd": "x " * 100_000})))
    with pytest.raises(errors.ResponseValidationError):
        perform_all(client, store)
    (run,) = History(store=store)
    assert len(run.answer["body"]) == 64 * 1024
    assert len(run._repr_html_()) < 10_000


def test_fault_44_a_history_of_an_older_version_is_brought_up_to_date(store):
    perform_all(R9S.offline(), store, size="256x256")
    store.close()
    with sqlite3.connect(store.home / "history.db") as database:
        database.execute("ALTER TABLE runs DROP COLUMN answer")
        database.execute("DELETE FROM migrations WHERE name = 'm003_what_services_answered'")
    database.close()
    for frozen in (True, False):
        with Store(store.home, frozen=frozen) as again:
            assert [(run.status, run.answer) for run in again] == [("succeeded", None)]


@pytest.mark.parametrize("stream", [False, True])
def test_fault_44_an_answer_that_breaks_off_leaves_what_its_service_calls_it(stream, service, store):
    def handler(wire):
        wire.send(http(b'{"data": [', content_length="9999", x_request_id="req-9"))
        wire.reset()

    _server, client = service(handler)
    with pytest.raises(errors.NoResponseError):
        perform_all(client, store, extra={"stream": stream})
    assert next(iter(store)).answer["headers"]["x-request-id"] == "req-9"


@pytest.mark.parametrize("shape", ["error", "broken"])
def test_fault_44_the_pictures_that_a_stream_had_brought_are_kept(shape, service, store):
    whole = streaming(sse(partial(), COMPLETED, {"error": {"message": "The second was flagged."}}))

    def handler(wire):
        wire.send(whole if shape == "error" else streaming(sse(partial(), COMPLETED), end=b""))
        if shape == "broken":
            wire.reset()

    _server, client = service(handler)
    perform_all(client, store, n=2, extra={"stream": True, "partial_images": 1})
    (run,) = store
    assert (run.status, len(run.images)) == ("succeeded", 1)
    assert ("flagged" if shape == "error" else "broke") in " ".join(run.answer["notices"])


def test_a_preview_that_is_damaged_costs_no_picture(service, store):
    damaged = {**partial(), "b64_json": "!!!"}
    _server, client = service(always(streaming(sse(damaged, COMPLETED))))
    perform_all(client, store, extra={"stream": True, "partial_images": 1})
    assert [(run.status, len(run.images)) for run in store] == [("succeeded", 1)]


def test_fault_47_one_image_refused_beside_a_good_one_is_said_in_the_lab(service, make_session):
    refused = {"error": {"code": "content_filter", "message": "Blocked."}}
    _server, client = service(always(http({"data": [{"b64_json": B64}, refused]})))
    session = make_session(client=client, prompt="a boat", n=2)
    session.generate().result(timeout=30)
    assert session.status_kind == "notice"
    assert "2 images were asked for, and 1 came." in session.status
    assert "Blocked" in session.status
    assert "moderation refused" in session.status


# --- links ------------------------------------------------------------------------------------------------------------


def test_fault_49_a_link_is_kept_before_it_is_followed(service, store):
    seen = []

    def handler(wire):
        if wire.request.method == "GET":
            with Store(store.home) as other:  # as another process would
                seen.append([(run.status, run.answer) for run in other])
        linked_to(wire)

    linked_to = linked("/a.png")
    linked_to.found = True
    server, client = service(handler)
    perform_all(client, store, extra={"response_format": "url"})
    assert seen == [[("running", {"images": [f"{server.origin}/a.png"]})]]
    assert [(run.status, run.answer) for run in store] == [("succeeded", None)]


def test_fault_49_a_dead_link_is_fetched_again_by_a_click_and_bills_nothing(service, make_session):
    handler = linked("/a.png")
    server, client = service(handler)
    session = make_session(client=client, prompt="a boat", extra={"response_format": "url"})
    with pytest.raises(errors.ResponseValidationError):
        session.generate().result(timeout=30)
    failed = session.told_of
    assert failed.links == (f"{server.origin}/a.png",)
    assert session.status_kind == "error"
    with pytest.raises(errors.ResponseValidationError):
        session.fetch_again().result(timeout=30)
    assert session.told_of.id == failed.id  # and it can be tried once more
    handler.found = True
    run = session.fetch_again().result(timeout=30)
    assert (run.id, run.status, len(run.images), run.links, run.error) == (failed.id, "succeeded", 1, (), None)
    assert session.told_of is None
    assert session.run.id == failed.id
    assert [request.method for request in server.requests] == ["POST", "GET", "GET", "GET"]


def test_fault_49_a_dead_link_is_fetched_again_by_code(service, store):
    handler = linked("/a.png")
    _server, client = service(handler)
    with pytest.raises(errors.ResponseValidationError):
        perform_all(client, store, extra={"response_format": "url"})
    handler.found = True
    (run,) = History(store=store)
    assert len(run.fetch(client).images) == 1
    assert [(kept.status, kept.answer) for kept in store] == [("succeeded", None)]


def test_fault_49_of_two_links_the_one_that_is_dead_is_left(service, make_session):
    handler = linked("/a.png", "/b.png")
    server, client = service(handler)
    session = make_session(client=client, prompt="a boat", n=2, extra={"response_format": "url"})
    run = session.generate().result(timeout=30)
    assert (run.status, len(run.images), run.links) == ("succeeded", 1, (f"{server.origin}/a.png",))
    assert "An image could not be had" in session.status
    assert session.told_of.id == run.id
    handler.found = True
    assert len(session.fetch_again().result(timeout=30).images) == 2


def test_fault_49_asking_for_base64_sends_the_run_again_so_and_leaves_the_draft(service, make_session):
    server, client = service(linked("/data/out/1.png"))
    session = make_session(client=client, prompt="a boat", size="512x512", extra={"response_format": "url", "seed": 7})
    with pytest.raises(errors.ResponseValidationError, match="own disk"):
        session.generate().result(timeout=30)
    session.prompt, session.size = "an owl", "256x256"
    run = session.ask_for_base64().result(timeout=30)
    assert (run.status, len(run.images)) == ("succeeded", 1)
    first, second = [request.json for request in server.requests if request.method == "POST"]
    assert second == {**first, "response_format": "b64_json"}
    assert (session.prompt, session.size, session.extra["response_format"]) == ("an owl", "256x256", "url")


def test_fault_49_a_run_that_is_killed_while_it_fetches_has_its_links(service, tmp_path):
    program = Path(__file__).with_name("_killed_while_fetching.py")

    def handler(wire):
        if wire.request.method == "GET" and running.poll() is None:
            running.kill()
            running.wait()
        else:
            linked_to(wire)

    linked_to = linked("/a.png")
    linked_to.found = True
    server, client = service(handler)
    with subprocess.Popen([sys.executable, program, server.url, tmp_path]) as running:
        assert running.wait(60) != 0
    with History(tmp_path) as history:
        (run,) = history
        assert (run.status, run.links) == ("interrupted", (f"{server.origin}/a.png",))
        assert "fetch them again" in run.error
        assert run.fetch(client).status == "succeeded"
    assert [request.method for request in server.requests] == ["POST", "GET", "GET"]


def test_fault_49_links_that_are_kept_are_not_handed_on(service, store, tmp_path):
    _server, client = service(linked("/a.png"))
    with pytest.raises(errors.ResponseValidationError):
        perform_all(client, store, extra={"response_format": "url"})
    folder = History(store=store).export(tmp_path / "export")
    assert "a.png" not in (folder / "runs.jsonl").read_text()


def test_a_lab_that_comes_back_offers_to_fetch_again(service, make_session):
    _server, client = service(linked("/a.png"))
    session = make_session(client=client, prompt="a boat", extra={"response_format": "url"}, worker=shared_worker())
    with pytest.raises(errors.ResponseValidationError):
        session.generate().result(timeout=30)
    again = make_session(client=client)
    assert again.told_of.id == session.told_of.id


def test_an_answer_that_has_come_is_kept_although_nobody_waits_for_it_any_more(service, store):
    _server, client = service(always(http({"data": [{"b64_json": B64}]})))

    async def leave():
        async with contextlib.aclosing(perform(Request(prompt="a boat"), RunContext(client, store))) as events:
            async for event in events:
                if isinstance(event, Answered):
                    break

    asyncio.run(leave())
    (run,) = store.runs()
    assert (run.status, len(run.images)) == ("succeeded", 1)
    assert run.answer["notices"] == ["Cancelled: what had come is kept."]
