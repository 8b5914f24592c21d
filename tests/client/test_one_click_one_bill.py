"""A call is sent once, but where the service cannot have done the work."""

from __future__ import annotations

import socket
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from r9s_notebook import R9S, BackoffStrategy, RetryConfig, errors
from r9s_notebook.client.retries import LONGEST_PAUSE, Failure, pause, policy, retry_after
from tests.client.conftest import KEY
from tests.client.loopback import GOOD, Loopback, always, http

CAREFUL = policy(None, given=False)


def test_a_refused_connection_is_typed_and_unsent(call, pauses):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    client = R9S(api_key=KEY, server_url=f"http://127.0.0.1:{port}/v1")
    with client, pytest.raises(errors.NoResponseError, match="refused") as caught:
        call(client)
    assert not caught.value.sent
    assert len(pauses) == 2


def test_a_refused_connection_is_tried_again(plain_call):
    """A server that comes up a moment later gets the call, once."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    late = Loopback(always(http(GOOD)), port=port, start=False)
    timer = threading.Timer(0.15, late.start)
    with R9S(api_key=KEY, server_url=f"http://127.0.0.1:{port}/v1") as client, late:
        timer.start()
        assert plain_call(client).data
        assert len(late.requests) == 1


@pytest.mark.usefixtures("pauses")
def test_an_unknown_host_is_typed_and_unsent(plain_call):
    client = R9S(api_key=KEY, server_url="http://no-such-host.invalid/v1")
    with client, pytest.raises(errors.NoResponseError, match="name was not found") as caught:
        plain_call(client)
    assert not caught.value.sent


def test_retries_none_sends_exactly_once(plain_call, serve, connect):
    server = serve(always(http({}, 429, retry_after="0")))
    with pytest.raises(errors.RateLimitError):
        plain_call(connect(server), retries=None)
    assert len(server.requests) == 1


def test_the_clients_retry_config_is_for_calls_that_bring_none(plain_call, serve, connect):
    server = serve(lambda wire: wire.send(http({}, 500) if wire.number == 1 else http(GOOD)))
    config = RetryConfig("backoff", BackoffStrategy(1, 10, 1.5, 1000))
    assert plain_call(connect(server, retry_config=config)).data


def test_every_call_has_its_own_idempotency_key(plain_call, serve, connect):
    server = serve(always(http(GOOD)))
    client = connect(server)
    plain_call(client)
    plain_call(client)
    keys = [request.headers["idempotency-key"] for request in server.requests]
    assert len(set(keys)) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 409, 422, 500, 502, 503, 504])
def test_unasked_no_status_but_429_is_repeated(status):
    assert (
        pause(CAREFUL, Failure(OSError(), status=status), tries=1, elapsed=0, remaining=100, jitter=lambda: 0.5) is None
    )


def test_unasked_what_may_have_been_sent_is_not_repeated():
    assert pause(CAREFUL, Failure(OSError(), sent=True), tries=1, elapsed=0, remaining=100, jitter=lambda: 0.5) is None


backoffs = st.builds(
    BackoffStrategy,
    initial_interval=st.integers(0, 10_000),
    max_interval=st.integers(0, 60_000),
    exponent=st.floats(0, 10),
    max_elapsed_time=st.integers(0, 600_000),
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the strategies
@given(
    backoff=backoffs,
    failure=st.builds(
        Failure, st.just(OSError()), status=st.sampled_from([429, 500, 503]), retry_after=st.none() | st.floats(0, 1e6)
    ),
    tries=st.integers(1, 10_000),
    times=st.tuples(st.floats(0, 1000), st.floats(0.001, 1000)),
    jitter=st.floats(0, 1),
)
def test_a_pause_is_never_negative_too_long_or_past_the_deadline(backoff, failure, tries, times, jitter):
    rules = policy(RetryConfig("backoff", backoff, True), given=True)
    elapsed, remaining = times
    seconds = pause(rules, failure, tries=tries, elapsed=elapsed, remaining=remaining, jitter=lambda: jitter)
    if seconds is not None:
        assert 0 <= seconds <= LONGEST_PAUSE
        assert seconds < remaining
        assert elapsed + seconds <= backoff.max_elapsed_time / 1000


def test_pauses_grow_and_stop_growing():
    rules = policy(RetryConfig("backoff", BackoffStrategy(100, 400, 2, 10_000)), given=True)
    pauses = [
        pause(rules, Failure(OSError(), status=503), tries=tries, elapsed=0, remaining=100, jitter=lambda: 1.0)
        for tries in range(1, 6)
    ]
    assert pauses == [0.1, 0.2, 0.4, 0.4, 0.4]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        ("0.5", 0.5),
        ("Thu, 01 Jan 1970 00:01:40 GMT", 10.0),
        ("Thu, 01 Jan 1970 00:00:10 GMT", 0.0),
        ("-5", None),
        ("NaN", None),
        ("inf", None),
        ("tomorrow", None),
        ("", None),
        (None, None),
        ("Thu, 01 Jan 99999 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_nothing(value, seconds):
    assert retry_after(value, now=90.0) == seconds


@given(st.text(max_size=60))
def test_retry_after_survives_anything(value):
    found = retry_after(value, now=0.0)
    assert found is None or found >= 0
