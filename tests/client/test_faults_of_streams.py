"""Faults 13 to 20: a stream that misbehaves, sync and async."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json

import pytest

from r9s_notebook import errors
from r9s_notebook.client.streaming import PATIENCE
from tests.client.loopback import (
    B64,
    COMPLETED,
    END,
    GOOD,
    PNG,
    STREAM_HEAD,
    always,
    chunk,
    http,
    partial,
    sse,
    streaming,
)

SECOND_SHAPE = {
    "id": "img_1",
    "created": 1_790_000_000,
    "model": "gpt-image-2",
    "object": "image.generation.chunk",
    "data": [{"index": 1, "b64_json": B64, "progress": 0.5, "is_final": False}],
}


def events(client, **parameters):
    return list(client.images.create(prompt="A cat", stream=True, **parameters))


def test_fault_13_an_event_cut_off_by_the_end_is_not_an_image(stream_call, serve, connect):
    server = serve(always(streaming(sse(partial()), sse(COMPLETED)[:60])))
    with pytest.raises(errors.IncompleteStreamError) as caught:
        stream_call(connect(server))
    assert len(caught.value.partials) == 1


def test_fault_13_a_connection_that_breaks_in_an_event_is_not_an_image(stream_call, serve, connect):
    def handler(wire):
        wire.send(streaming(sse(partial()), sse(COMPLETED)[:60], end=b""))
        wire.reset()

    server = serve(handler)
    with pytest.raises(errors.IncompleteStreamError, match="broke") as caught:
        stream_call(connect(server))
    assert len(caught.value.partials) == 1
    assert len(server.requests) == 1


def test_fault_13_an_event_of_half_a_json_is_not_an_image(stream_call, serve, connect):
    server = serve(always(streaming(b"data: " + json.dumps(COMPLETED).encode()[:50] + b"\n\n", sse("[DONE]"))))
    with pytest.raises(errors.IncompleteStreamError, match="damaged"):
        stream_call(connect(server))


@pytest.mark.parametrize("end", [b"", sse("[DONE]")], ids=["silent", "done"])
def test_fault_14_partial_images_only_are_an_error_that_carries_them(end, stream_call, serve, connect):
    server = serve(always(streaming(sse(partial(0), partial(1)), end)))
    with pytest.raises(errors.IncompleteStreamError, match="2 partial images") as caught:
        stream_call(connect(server))
    assert [image.b64_json for image in caught.value.partials] == [B64, B64]


def test_fault_14_an_empty_stream_is_an_error(stream_call, serve, connect):
    server = serve(always(streaming()))
    with pytest.raises(errors.IncompleteStreamError):
        stream_call(connect(server))


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"type": "error", "error": {"message": "Refused by policy", "code": 400}}, (errors.BadRequestError, "policy")),
        ({"error": {"message": "Too busy", "status": 503}}, (errors.ServiceUnavailableError, "Too busy")),
        ({"error": "It broke"}, (errors.R9SDefaultError, "It broke")),
        ({"type": "error"}, (errors.R9SDefaultError, "without a reason")),
    ],
)
def test_fault_15_an_error_event_is_raised_as_its_error(event, expected, stream_call, serve, connect):
    kind, message = expected
    server = serve(always(streaming(sse(partial()), sse(event), sse(COMPLETED))))
    with pytest.raises(kind, match=message):
        stream_call(connect(server))


def test_fault_15_an_error_in_plain_words_is_raised(stream_call, serve, connect):
    server = serve(always(streaming(sse(partial()), sse("The engine stopped", name="error"))))
    with pytest.raises(errors.R9SError, match="The engine stopped"):
        stream_call(connect(server))


def test_fault_16_line_breaks_a_bom_comments_and_cuts_anywhere_just_work(stream_call, serve, connect):
    said = {**COMPLETED, "revised_prompt": "Ein Bär 🐻"}
    body = json.dumps(said, ensure_ascii=False).encode()
    stream = (
        b"\xef\xbb\xbf: hello\r\n\r\nevent: ping\r\ndata: {}\r\n\r\n:\r\nid: 7\r\ndata: " + body + b"\r\n\r\n: bye\r\n"
    )
    server = serve(always(streaming(*(stream[at : at + 1] for at in range(len(stream))))))
    assert stream_call(connect(server)).data[0].revised_prompt == "Ein Bär 🐻"


def test_fault_16_keep_alives_do_not_outlive_the_deadline(stream_call, serve, connect):
    def handler(wire):
        wire.send(STREAM_HEAD + chunk(sse(partial())))
        while not wire.stopping.is_set():
            wire.hang(0.05)
            wire.send(chunk(b": still here\n\n"))

    server = serve(handler)
    with pytest.raises(errors.DeadlineExceededError):
        stream_call(connect(server), timeout_ms=400)


def test_fault_17_an_event_of_20_mb_is_read_whole(stream_call, serve, connect):
    """That its time is in proportion to its size is the parser's: see ``test_readers``."""
    image = PNG + bytes(15_000_000)
    server = serve(always(streaming(sse({**COMPLETED, "b64_json": base64.b64encode(image).decode()}))))
    client = connect(server)
    assert client.images.read(stream_call(client).data[0]) == image


def test_fault_17_an_event_without_an_end_is_given_up(stream_call, serve, connect, monkeypatch):
    monkeypatch.setattr("r9s_notebook.client.reading.LARGEST_EVENT", 1_000_000)

    def handler(wire):
        wire.send(STREAM_HEAD + chunk(b"data: "))
        while not wire.stopping.is_set():
            wire.send(chunk(b"A" * 65536))

    with pytest.raises(errors.ResponseValidationError, match="larger than"):
        stream_call(connect(serve(handler)))


def test_fault_18_plain_json_in_answer_to_a_stream_just_works(stream_call, serve, connect):
    assert stream_call(connect(serve(always(http(GOOD))))).data[0].b64_json == B64


def test_fault_18_events_under_another_content_type_just_work(stream_call, serve, connect):
    server = serve(always(http(sse(partial(), COMPLETED, "[DONE]"), content_type="text/plain")))
    assert stream_call(connect(server)).data[0].b64_json == B64


def test_fault_18_a_web_page_in_answer_to_a_stream_is_an_error(stream_call, serve, connect):
    with pytest.raises(errors.ResponseValidationError, match="web page"):
        stream_call(connect(serve(always(http(b"<html></html>", content_type="text/html")))))


def test_fault_19_the_first_shape(serve, connect):
    came = events(connect(serve(always(streaming(sse(partial(0), partial(1), COMPLETED), sse("[DONE]"))))))
    assert [event.is_final for event in came] == [False, False, True]
    assert [event.partial_image_index for event in came] == [0, 1, None]
    assert came[-1].b64_json == B64


def test_fault_19_the_second_shape(serve, connect):
    last = {**SECOND_SHAPE, "data": [{"index": 1, "url": "https://x.test/a.png", "is_final": True}], "usage": {"n": 1}}
    stream = connect(serve(always(streaming(sse(SECOND_SHAPE, last))))).images.create(prompt="A cat", stream=True)
    came = list(stream)
    assert [(event.is_final, event.index, event.progress) for event in came] == [(False, 1, 0.5), (True, 1, None)]
    assert came[1].url == "https://x.test/a.png"
    assert stream.answer.model == "gpt-image-2"
    assert stream.answer.created == 1_790_000_000
    assert stream.answer.usage == {"n": 1}


def test_fault_19_the_events_of_edits_are_named_by_their_event_field(serve, connect):
    wire = sse({"b64_json": B64, "partial_image_index": 0}, name="image_edit.partial_image")
    wire += sse({"b64_json": B64}, name="image_edit.completed")
    assert [event.is_final for event in events(connect(serve(always(streaming(wire)))))] == [False, True]


def test_fault_19_unknown_types_are_passed_over(stream_call, serve, connect):
    server = serve(always(streaming(sse({"type": "keepalive"}, {"type": "mood", "mood": "good"}, [1], COMPLETED))))
    assert len(stream_call(connect(server)).data) == 1


def test_fault_19_progress_without_an_image_is_an_event(serve, connect):
    waiting = {**SECOND_SHAPE, "data": [{"index": 0, "progress": 0.25}]}
    came = events(connect(serve(always(streaming(sse(waiting, COMPLETED))))))
    assert (came[0].image, came[0].progress) == (None, 0.25)


def test_fault_20_partial_images_that_never_come_are_told(stream_call, serve, connect):
    answer = stream_call(connect(serve(always(streaming(sse(COMPLETED))))), partial_images=2)
    assert answer.notices == ("2 partial images were asked for, and none came.",)


def test_an_event_is_given_as_soon_as_it_comes(serve, connect):
    def handler(wire):
        wire.send(STREAM_HEAD + chunk(sse(partial())))
        wire.hang()

    stream = connect(serve(handler)).images.create(prompt="A cat", stream=True)
    assert not next(stream).is_final
    stream.close()


def test_the_last_empty_line_may_be_missing(stream_call, serve, connect):
    assert stream_call(connect(serve(always(streaming(sse(COMPLETED).rstrip()))))).data


def test_what_follows_the_last_image_does_not_matter(stream_call, serve, connect):
    def handler(wire):
        wire.send(streaming(sse(COMPLETED), end=b""))
        wire.reset()

    assert stream_call(connect(serve(handler))).data


def endless(wire):
    wire.send(STREAM_HEAD)
    while not wire.stopping.is_set():
        wire.send(chunk(sse(partial())))
        wire.hang(0.01)


def test_leaving_a_loop_early_closes_the_connection(serve, connect, eventually):
    server = serve(endless)
    for event in connect(server).images.create(prompt="A cat", stream=True):
        assert not event.is_final
        break
    eventually(lambda: server.open_connections == 0)


def test_leaving_an_async_loop_early_closes_the_connection(serve, connect, eventually):
    server = serve(endless)

    async def run():
        async for event in await connect(server).images.create_async(prompt="A cat", stream=True):
            assert not event.is_final
            break
        await asyncio.to_thread(eventually, lambda: server.open_connections == 0)

    asyncio.run(run())


def test_a_stream_that_nobody_reads_closes_its_connection(serve, connect, eventually):
    server = serve(endless)
    client = connect(server)
    client.images.create(prompt="A cat", stream=True)
    eventually(lambda: server.open_connections == 0)

    async def run():
        await client.images.create_async(prompt="A cat", stream=True)
        await asyncio.to_thread(eventually, lambda: server.open_connections == 0)

    asyncio.run(run())


def test_after_a_whole_stream_the_connection_is_used_again(serve, connect):
    server = serve(lambda wire: wire.send(STREAM_HEAD + chunk(sse(COMPLETED)) + END))
    client = connect(server)
    for _ in range(3):
        client.images.create(prompt="A cat", stream=True).read()
    assert server.connections == 1


def test_a_deadline_in_a_stream_carries_what_had_come(stream_call, serve, connect):
    def handler(wire):
        wire.send(STREAM_HEAD + chunk(sse(partial())))
        wire.hang()

    with pytest.raises(errors.DeadlineExceededError) as caught:
        stream_call(connect(serve(handler)), timeout_ms=500)
    assert len(caught.value.partials) == 1


def test_fault_15_an_error_in_a_stream_carries_what_had_come(stream_call, serve, connect):
    reported = {"type": "error", "error": {"message": "Overloaded", "status": 503}}
    with pytest.raises(errors.ServiceUnavailableError, match="Overloaded") as caught:
        stream_call(connect(serve(always(streaming(sse(partial(), reported))))))
    assert len(caught.value.partials) == 1


def test_numbers_that_are_none_cost_no_image(stream_call, serve, connect):
    event = json.dumps({**COMPLETED, "created": 0, "progress": 1}).replace('"created": 0', '"created": NaN')
    event = event.replace('"progress": 1', f'"progress": {10**400}')
    assert len(stream_call(connect(serve(always(streaming(sse(event)))))).data) == 1


def test_fault_17_a_stream_without_an_end_is_given_up(stream_call, serve, connect, monkeypatch):
    monkeypatch.setattr("r9s_notebook.client.reading.LARGEST_ANSWER", 200_000)  # the test need not send 256 MB

    def handler(wire):
        wire.send(STREAM_HEAD)
        while True:
            wire.send(chunk(sse(partial())))

    with pytest.raises(errors.ResponseValidationError, match="goes on"):
        stream_call(connect(serve(handler)))


def test_a_stream_is_known_by_its_type_however_that_is_written(serve, connect):
    def handler(wire):
        wire.send(STREAM_HEAD.replace(b"text/event-stream", b"Text/Event-Stream") + chunk(sse(partial())))
        wire.hang()

    stream = connect(serve(handler)).images.create(prompt="A cat", stream=True)
    assert not next(stream).is_final  # and not held back until the end
    stream.close()


def test_a_stream_with_all_its_images_is_not_waited_for(stream_call, serve, connect):
    def handler(wire):
        wire.send(STREAM_HEAD + chunk(sse(COMPLETED)))
        wire.hang()

    assert len(stream_call(connect(serve(handler), timeout_ms=3_600_000)).data) == 1


def test_a_stream_without_all_its_images_is_waited_for(stream_call, serve, connect):
    def handler(wire):
        wire.send(STREAM_HEAD + chunk(sse(COMPLETED)))
        wire.hang(PATIENCE + 0.5)
        wire.send(chunk(sse(COMPLETED)) + END)

    assert len(stream_call(connect(serve(handler)), n=2).data) == 2


def test_a_compressed_stream_is_read_as_it_comes(stream_call, serve, connect):
    packed = gzip.compress(sse(partial(), COMPLETED))
    head = STREAM_HEAD.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n")
    server = serve(always(head + chunk(packed[:40]) + chunk(packed[40:]) + END))
    assert len(stream_call(connect(server)).data) == 1
