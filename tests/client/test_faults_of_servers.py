"""Faults 1 to 11: a server that misbehaves, in every way of calling."""

from __future__ import annotations

import base64
import contextlib
import gzip
import io
import json
import pickle
import socket
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpcore
import httpx
import pytest
from PIL import Image

from r9s_notebook import R9S, BackoffStrategy, RetryConfig, errors
from r9s_notebook.client.connections import Connections
from r9s_notebook.client.deadline import Deadline
from r9s_notebook.client.decoding import inflated
from r9s_notebook.client.failures import lost
from tests.client.conftest import KEY
from tests.client.loopback import B64, GOOD, PNG, always, http

HTML = b"<!DOCTYPE html><html><body>Sign in</body></html>"


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("body", [b"", HTML, b"no"], ids=["empty", "html", "text"])
def test_fault_1_a_refusal_without_json_is_typed_and_says_what_to_do(status, body, call, serve, connect):
    kind = {401: errors.AuthenticationError, 403: errors.PermissionDeniedError}[status]
    server = serve(always(http(body, status, content_type="text/html")))
    with pytest.raises(kind) as caught:
        call(connect(server))
    assert caught.value.status_code == status
    assert "key" in caught.value.message
    assert caught.value.__notes__
    assert len(server.requests) == 1


def test_fault_1_the_services_own_reason_is_the_message(call, serve, connect):
    server = serve(always(http({"error": {"message": "This key expired in May."}}, 401)))
    with pytest.raises(errors.AuthenticationError, match="This key expired in May"):
        call(connect(server))


def test_fault_2_a_429_is_repeated_after_the_seconds_it_asks_for(call, serve, connect, pauses):
    def handler(wire):
        wire.send(http({}, 429, retry_after="0.2") if wire.number == 1 else http(GOOD))

    server = serve(handler)
    assert call(connect(server)).data
    assert pauses == [0.2]
    assert len(server.requests) == 2


def test_fault_2_a_429_is_repeated_after_the_date_it_names(plain_call, serve, connect, pauses):
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=50), usegmt=True)
    server = serve(lambda wire: wire.send(http({}, 429, retry_after=soon) if wire.number == 1 else http(GOOD)))
    assert plain_call(connect(server), timeout_ms=600_000).data
    (pause,) = pauses
    assert 0 < pause <= 50


@pytest.mark.parametrize("nonsense", ["-5", "NaN", "inf", "soon", "", "Wed, 99 Foo 2026"])
def test_fault_2_nonsense_in_retry_after_is_a_short_pause(nonsense, plain_call, serve, connect, pauses):
    server = serve(lambda wire: wire.send(http({}, 429, retry_after=nonsense) if wire.number == 1 else http(GOOD)))
    assert plain_call(connect(server)).data
    (pause,) = pauses
    assert 0 < pause <= 0.5


def test_fault_2_a_day_to_wait_is_an_error_at_once_that_says_so(call, serve, connect, pauses):
    server = serve(always(http({}, 429, retry_after="86400")))
    with pytest.raises(errors.RateLimitError) as caught:
        call(connect(server))
    assert caught.value.retry_after == 86400
    assert not pauses
    assert len(server.requests) == 1


def test_fault_2_a_429_that_stays_is_given_up(plain_call, serve, connect, pauses):
    server = serve(always(http({"error": {"message": "Slow down"}}, 429, retry_after="0.01")))
    with pytest.raises(errors.RateLimitError, match="Slow down"):
        plain_call(connect(server))
    assert pauses == [0.01, 0.01]
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (500, errors.InternalServerError),
        (502, errors.R9SDefaultError),
        (503, errors.ServiceUnavailableError),
        (504, errors.R9SDefaultError),
    ],
)
def test_fault_3_a_failed_service_is_not_asked_twice(status, kind, call, serve, connect):
    server = serve(always(http({"error": {"message": "boom"}}, status, retry_after="0")))
    with pytest.raises(kind, match="boom") as caught:
        call(connect(server))
    assert caught.value.status_code == status
    assert len(server.requests) == 1


def test_fault_3_with_retries_it_is_asked_again_under_one_idempotency_key(call, serve, connect):
    server = serve(lambda wire: wire.send(http({}, 502) if wire.number < 3 else http(GOOD)))
    retries = RetryConfig("backoff", BackoffStrategy(10, 50, 1.5, 5_000), retry_connection_errors=True)
    assert call(connect(server), retries=retries).data
    keys = {request.headers["idempotency-key"] for request in server.requests}
    assert len(server.requests) == 3
    assert len(keys) == 1


def test_fault_4_a_web_page_with_status_200_is_no_success(call, serve, connect):
    server = serve(always(http(HTML, content_type="text/html")))
    with pytest.raises(errors.ResponseValidationError, match="web page") as caught:
        call(connect(server))
    assert "Sign in" in caught.value.body


@pytest.mark.parametrize("body", [b"", b"[]", b'"ok"', b"null", b"{", b'{"data": 5}', b"\xff\xfe\x00", b"[" * 100_000])
def test_fault_4_a_body_that_is_no_answer_is_no_success(body, call, serve, connect):
    server = serve(always(http(body)))
    with pytest.raises(errors.ResponseValidationError):
        call(connect(server))


def test_fault_4_an_error_with_status_200_is_an_error(call, serve, connect):
    server = serve(always(http({"error": {"message": "The model is asleep"}})))
    with pytest.raises(errors.ResponseValidationError, match="asleep"):
        call(connect(server))


def test_fault_5_an_empty_list_is_no_success(call, serve, connect):
    server = serve(always(http({"created": 1, "data": []})))
    with pytest.raises(errors.ResponseValidationError, match="no image"):
        call(connect(server))


def test_fault_6_an_entry_with_neither_base64_nor_link_is_no_success(call, serve, connect):
    server = serve(always(http({"created": 1, "data": [{"revised_prompt": "x"}, {"url": "", "b64_json": None}]})))
    with pytest.raises(errors.ResponseValidationError, match="neither"):
        call(connect(server))


@pytest.mark.parametrize("broken", ["!!!!", B64[:-5] + "é" + B64[-4:], B64[:41], "data:image/png;base64,%%%"])
def test_fault_7_broken_base64_is_found_when_the_image_is_read(broken, plain_call, serve, connect):
    server = serve(always(http({"created": 1, "data": [{"b64_json": broken}]})))
    client = connect(server)
    answer = plain_call(client)
    with pytest.raises(errors.ResponseValidationError):
        client.images.read(answer.data[0])


@pytest.mark.parametrize("size", [0, 100_000], ids=["small", "large"])
def test_fault_7_a_data_uri_line_breaks_and_missing_padding_just_work(size, plain_call, serve, connect):
    picture = PNG + bytes(size) + b"\xfb\xff"
    plain = base64.b64encode(picture).decode()
    forms = [
        f"data:image/png;base64,{plain}",
        "\n".join(plain[at : at + 76] for at in range(0, len(plain), 76)),
        plain.rstrip("="),
        base64.urlsafe_b64encode(picture).decode(),
    ]
    server = serve(always(http({"created": 1, "data": [{"b64_json": form} for form in forms]})))
    client = connect(server)
    assert [client.images.read(image) for image in plain_call(client).data] == [picture] * 4


def test_fault_7_one_broken_image_does_not_take_the_good_ones_with_it(plain_call, serve, connect):
    server = serve(always(http({"created": 1, "data": [{"b64_json": "!!!!"}, {"b64_json": B64}]})))
    client = connect(server)
    assert client.images.read(plain_call(client).data[1]) == PNG


def test_fault_8_a_short_content_length_is_a_broken_connection(call, serve, connect):
    body = json.dumps(GOOD).encode()

    def handler(wire):
        wire.send(http(body, content_length=str(len(body) + 50)))
        wire.close()

    server = serve(handler)
    with pytest.raises(errors.NoResponseError) as caught:
        call(connect(server))
    assert caught.value.sent
    assert len(server.requests) == 1


def test_fault_8_a_reset_in_the_middle_is_a_broken_connection(call, serve, connect):
    def handler(wire):
        wire.send(http(b"x" * 1000)[:500])
        wire.reset()

    server = serve(handler)
    with pytest.raises(errors.NoResponseError) as caught:
        call(connect(server))
    assert caught.value.sent
    assert len(server.requests) == 1


def test_fault_8_a_connection_closed_without_an_answer_is_not_repeated(call, serve, connect):
    server = serve(lambda wire: wire.close())
    with pytest.raises(errors.NoResponseError) as caught:
        call(connect(server))
    assert caught.value.sent
    assert len(server.requests) == 1


def test_fault_8_with_retries_a_broken_connection_is_repeated(call, serve, connect):
    server = serve(lambda wire: wire.close() if wire.number == 1 else wire.send(http(GOOD)))
    retries = RetryConfig("backoff", BackoffStrategy(10, 50, 1.5, 5_000), retry_connection_errors=True)
    assert call(connect(server), retries=retries).data


def test_fault_9_a_server_that_never_answers_meets_the_deadline(call, serve, connect):
    server = serve(lambda wire: wire.hang())
    with pytest.raises(errors.DeadlineExceededError, match="after 1 seconds"):
        call(connect(server), timeout_ms=1_000)
    assert len(server.requests) == 1


@pytest.mark.parametrize("where", ["headers", "body"])
def test_fault_9_a_byte_now_and_then_does_not_outlive_the_deadline(where, call, serve, connect):
    answer = http(json.dumps(GOOD).encode())
    quick = 20 if where == "headers" else answer.index(b"\r\n\r\n") + 4

    sent = []

    def handler(wire):
        wire.send(answer[:quick])
        for at in range(quick, len(answer)):
            wire.hang(0.1)
            wire.send(answer[at : at + 1])
            sent.append(at)

    server = serve(handler)
    with pytest.raises(errors.DeadlineExceededError):
        call(connect(server), timeout_ms=400)
    assert len(sent) < len(answer) - quick  # the rest of it would have taken many seconds


def test_fault_9_pauses_for_retries_end_before_the_deadline(call, serve, connect, pauses):
    server = serve(always(http({}, 429, retry_after="30")))
    with pytest.raises(errors.RateLimitError):
        call(connect(server), timeout_ms=1000)
    assert not pauses


def test_fault_10_fewer_images_than_asked_are_given_with_a_notice(call, serve, connect):
    server = serve(always(http({"created": 1, "data": [{"b64_json": B64}] * 2})))
    answer = call(connect(server), n=4)
    assert len(answer.data) == 2
    assert answer.notices == ("4 images were asked for, and 2 came.",)


def test_fault_11_another_model_than_asked_is_told(call, serve, connect):
    server = serve(always(http({**GOOD, "model": "sketch-1"})))
    answer = call(connect(server), model="house-model")
    assert answer.model == "sketch-1"
    assert answer.notices == ("The model house-model was asked for, and sketch-1 answered.",)


@pytest.mark.parametrize("served", ["gpt-image-2", "gpt-image-2-2026-04-21", "openai/gpt-image-2"])
def test_fault_11_a_dated_or_prefixed_name_is_the_same_model(served, plain_call, serve, connect):
    server = serve(always(http({**GOOD, "model": served})))
    assert plain_call(connect(server), model="gpt-image-2").notices == ()


@pytest.mark.parametrize("created", ["NaN", "Infinity", "1e999", '"soon"', "null", str(10**400)])
def test_a_date_that_is_none_costs_no_image(created, call, serve, connect):
    body = f'{{"created": {created}, "data": [{{"b64_json": "{B64}"}}]}}'.encode()
    answer = call(connect(serve(always(http(body)))))
    assert abs(answer.created - time.time()) < 60
    assert base64.b64decode(answer.data[0].b64_json) == PNG


def test_fault_8_json_that_is_cut_short_says_so(plain_call, serve, connect):
    server = serve(always(http(json.dumps(GOOD).encode()[:60])))
    with pytest.raises(errors.ResponseValidationError, match="cut short"):
        plain_call(connect(server))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("cut", [True, False], ids=["cut", "whole"])
def test_fault_22_an_image_without_its_end_is_no_image(kind, cut, serve, connect):
    file = io.BytesIO()
    Image.effect_noise((64, 64), 90).convert("RGB").save(file, kind)
    data = file.getvalue()
    sent = base64.b64encode(data[:-40] if cut else data).decode()
    client = connect(serve(always(http({"created": 1, "data": [{"b64_json": sent}]}))))
    image = client.images.create(prompt="A cat").data[0]
    if cut:
        with pytest.raises(errors.ResponseValidationError, match="cut short"):
            client.images.read(image)
    else:
        assert client.images.read(image) == data


def test_fault_43_a_service_that_quotes_the_key_does_not_get_it_into_the_error(call, serve, connect):
    server = serve(lambda wire: wire.send(http({"error": {"message": f"Bad {wire.request.headers}"}}, 401)))
    with pytest.raises(errors.AuthenticationError, match="<the API key>") as caught:
        call(connect(server))
    said = [str(caught.value), caught.value.body, repr(caught.value.data), caught.value.raw_response.text]
    assert not any(KEY in text for text in said)


def test_an_error_can_be_pickled_whatever_the_answer_held(serve, connect):
    server = serve(always(http({"odd": {"b64_json": "A" * 10_000}})))
    with pytest.raises(errors.ResponseValidationError) as caught:
        connect(server).images.create(prompt="A cat")
    assert pickle.loads(pickle.dumps(caught.value)).data == {"odd": {"b64_json": "A" * 10_000}}  # noqa: S301


@pytest.mark.parametrize(
    "headers", [{"X": 5}, {"X": None}, {"X": "a\nb"}, {"X Y": "a"}, {5: "a"}, {"Content-Length": "5"}, {"X": "\u00fc"}]
)
def test_a_header_that_no_request_can_carry_is_refused_and_not_quoted(headers, call, serve, connect):
    server = serve(always(http(GOOD)))
    with pytest.raises(errors.InputError, match="http_headers") as caught:
        call(connect(server), http_headers=headers)
    assert "a\nb" not in caught.value.message
    assert not server.requests


@pytest.mark.parametrize("retries", [5, "backoff", object()])
def test_retries_of_another_kind_are_refused(retries, plain_call, serve, connect):
    with pytest.raises(errors.InputError, match="RetryConfig"):
        plain_call(connect(serve(always(http(GOOD)))), retries=retries)


def test_no_time_at_all_is_refused(plain_call, serve, connect):
    with pytest.raises(errors.InputError, match="timeout_ms"):
        plain_call(connect(serve(always(http(GOOD)))), timeout_ms=0)


def test_fault_9_an_upload_that_nobody_reads_ends_with_the_deadline():
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    stop = threading.Event()

    def sip() -> None:
        connection, _ = listener.accept()
        with connection:
            while not stop.wait(0.05) and connection.recv(65536):
                pass

    threading.Thread(target=sip, daemon=True).start()
    client = R9S(api_key="x", server_url=f"http://127.0.0.1:{listener.getsockname()[1]}/v1", timeout_ms=1000)
    with listener, pytest.raises(errors.DeadlineExceededError):
        client.images.edit(prompt="A cat", image=PNG + bytes(40_000_000))
    stop.set()


def _bare_deflate(data):
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("X-Gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", _bare_deflate)],
)
def test_a_compressed_answer_is_unpacked(encoding, pack, call, serve, connect):
    server = serve(always(http(pack(json.dumps(GOOD).encode()), content_encoding=encoding)))
    assert call(connect(server)).data[0].b64_json == B64


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br"])
@pytest.mark.usefixtures("packed_for_good")
def test_fault_21_a_compression_that_was_not_asked_for_is_not_unpacked(encoding, call, serve, connect):
    packed = gzip.compress(gzip.compress(bytes(1_000_000)))
    server = serve(always(http(packed, content_encoding=encoding)))
    with pytest.raises(errors.ResponseValidationError, match="compressed in a way"):
        call(connect(server))


def test_fault_21_a_bomb_is_unpacked_little_by_little_and_no_further_than_wanted():
    pieces = inflated([gzip.compress(bytes(100_000_000), 1)], "gzip")
    assert max(len(next(pieces)) for _ in range(10)) <= 256 * 1024


def test_a_damaged_compression_is_a_broken_connection(call, serve, connect):
    with pytest.raises(errors.R9SNotebookError, match=r"damaged|broke"):
        call(connect(serve(always(http(gzip.compress(bytes(100))[:10] + bytes(50), content_encoding="gzip")))))


def test_a_key_that_is_an_ordinary_word_leaves_the_reason_readable(serve):
    server = serve(always(http({"error": {"message": "The maximum is 4."}}, 400)))
    with R9S(api_key="x", server_url=server.url) as client, pytest.raises(errors.R9SError, match="The maximum is 4"):
        client.images.create(prompt="x")


def test_headers_that_are_no_dict_are_refused(plain_call, serve, connect):
    with pytest.raises(errors.InputError, match="dict"):
        plain_call(connect(serve(always(http(GOOD)))), http_headers=["X-A: b"])


# --- connecting ------------------------------------------------------------------------------------------------------


def _connecting(port, resolve, seconds):
    """A request over the client's own connections, to a name that resolves as it is told."""
    timeout = dict.fromkeys(("connect", "read", "write"), Deadline(seconds)) | {"pool": seconds}
    url = httpx.URL(f"http://some.example:{port}/")
    with contextlib.closing(Connections(resolve)) as transport:
        response = transport.handle_request(httpx.Request("GET", url, extensions={"timeout": timeout}))
        response.read()
        return response


@pytest.mark.parametrize("proxy", [None, "http://127.0.0.1:9"])
def test_fault_9_a_name_service_that_does_not_answer_meets_the_deadline(proxy, monkeypatch):
    if proxy is not None:  # then the name is judged before the proxy is asked
        monkeypatch.setenv("HTTP_PROXY", proxy)
    never = threading.Event()

    def resolve(_host, _port):
        never.wait()
        return []

    try:
        with pytest.raises(httpx.ConnectTimeout):
            _connecting(80, resolve, 0.3)
    finally:
        never.set()


def test_fault_9_several_addresses_that_do_not_answer_share_the_deadline(monkeypatch):
    allowed = []
    connect_tcp = httpcore.SyncBackend.connect_tcp

    def counted(self, host, port, timeout, *options):
        allowed.append(timeout)
        return connect_tcp(self, host, port, timeout, *options)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", counted)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        try:
            with pytest.raises(httpx.ConnectTimeout):
                _connecting(port, lambda _host, _port: ["127.0.0.1"] * 6, 0.6)
            assert 0 < sum(allowed) < 2 * 0.6
        finally:
            for one in waiting:
                one.close()


def test_calls_go_through_the_proxy_that_the_environment_names_over_one_connection(plain_call, serve, monkeypatch):
    proxy = serve(always(http(GOOD)))
    monkeypatch.setenv("HTTP_PROXY", proxy.origin)
    with R9S(api_key=KEY, server_url="http://service.example/v1") as client:
        for _ in range(2):
            assert client.images.create(prompt="A cat").data
        assert proxy.connections == 1
        assert plain_call(client).data
    assert {request.path for request in proxy.requests} == {"http://service.example/v1/images/generations"}


def test_the_next_address_is_tried_where_one_refuses(serve):
    server = serve(always(http(GOOD)))  # listens on one of the two
    assert _connecting(server.port, lambda _host, _port: ["127.0.0.2", "127.0.0.1"], 5).is_success


def test_fault_9_a_deadline_that_passes_while_connecting_is_a_deadline_and_nothing_was_sent(plain_call):
    with socket.socket() as full, socket.socket() as one, socket.socket() as other:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (one, other):
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        client = R9S(api_key=KEY, server_url=f"http://127.0.0.1:{full.getsockname()[1]}/v1", timeout_ms=300)
        with pytest.raises(errors.DeadlineExceededError):
            plain_call(client)


def test_a_connection_that_was_not_made_in_time_is_a_deadline_where_that_has_passed():
    passed, left = Deadline(-1), Deadline(60)
    late = lost(httpx.ConnectTimeout("late"), passed).error
    assert isinstance(late, errors.DeadlineExceededError)
    assert not late.sent
    assert not isinstance(lost(httpx.ConnectTimeout("late"), left).error, errors.DeadlineExceededError)
