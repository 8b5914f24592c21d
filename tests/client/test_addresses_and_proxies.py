"""Faults 49 to 51: links that are not written out, bases with a query, headers with a key, proxies, certificates."""

from __future__ import annotations

import base64
import pickle
import traceback

import pytest

from r9s_notebook import R9S, errors, models
from r9s_notebook.client.proxies import excepted
from tests.client.conftest import KEY
from tests.client.loopback import CERTIFICATE, GOOD, PNG, always, http

OWN = "azure-canary-5up3r"
_OF_THE_MACHINE = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir")


@pytest.fixture(autouse=True)
def nothing_of_the_machine(monkeypatch):
    """No proxy and no certificates but those that a test names."""
    for name in _OF_THE_MACHINE:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def serving(link):
    """A service whose answer has a link, and whose every other path is a picture."""
    return lambda wire: wire.send(http(PNG if wire.request.method == "GET" else {"data": [{"url": link(wire)}]}))


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("/img/a.png", "/img/a.png"),
        ("img/a.png?sig=a%2Bb", "/v1/images/img/a.png?sig=a%2Bb"),
        ("../a.png", "/v1/a.png"),
        (" /img/a.png\n", "/img/a.png"),
    ],
)
def test_fault_49_a_link_is_joined_to_the_answers_own_address(link, path, plain_call, serve, connect):
    server = serve(serving(lambda _wire: link))
    client = connect(server)
    (image,) = plain_call(client).data
    assert image.url == server.origin + path
    assert client.images.read(image) == PNG
    assert server.requests[-1].path == path


@pytest.mark.parametrize("link", ["http://{host}/a.png", "//{host}/a.png", "HTTP://{host}/a.png"])
def test_fault_49_a_link_to_the_api_over_http_is_fetched_over_https_as_the_api_is(link, serve, connect, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    server = serve(serving(lambda wire: link.format(host=wire.request.headers["host"])), tls=True)
    client = connect(server)
    (image,) = client.images.create(prompt="A cat").data
    assert image.url == f"{server.origin}/a.png"
    assert client.images.read(image) == PNG
    assert "authorization" not in server.requests[-1].headers


def test_fault_49_a_link_that_is_whole_is_left_as_it_is(plain_call, serve, connect):
    link = "https://cdn.test/a%2fb.png?sig=a%2Bb%3D&x=[1]"
    (image,) = plain_call(connect(serve(serving(lambda _wire: link)))).data
    assert image.url == link


@pytest.mark.parametrize("path", ["file:///data/out/1.png", r"C:\out\1.png", "~/out/1.png", r"\\nas\out\1.png"])
def test_fault_49_a_path_of_the_services_disk_says_so(path, plain_call, serve, connect):
    client = connect(serve(serving(lambda _wire: path)))
    (image,) = plain_call(client).data
    with pytest.raises(errors.UnsafeURLError, match=r"own disk.*b64_json"):
        client.images.read(image)


def test_fault_49_what_may_be_a_path_of_the_services_disk_is_looked_for_first(plain_call, serve, connect):
    def handler(wire):
        wire.send(http({}, 404) if wire.request.method == "GET" else http({"data": [{"url": "/data/out/1.png"}]}))

    client = connect(serve(handler))
    with pytest.raises(errors.ResponseValidationError, match=r"own disk.*b64_json"):
        client.images.read(plain_call(client).data[0])


# --- what is asked of a service of one's own --------------------------------------------------------------------------


def test_fault_49_a_service_on_this_computer_is_asked_for_base64(call, serve, connect):
    server = serve(always(http(GOOD)))
    call(connect(server), model="my-model")
    assert b"b64_json" in server.requests[0].body


@pytest.mark.parametrize(
    "asked", [{"response_format": "url"}, {"model": "gpt-image-2"}], ids=["asked", "a model that takes none"]
)
def test_fault_49_it_is_not_asked_for_base64_where_that_is_known_better(asked, plain_call, serve, connect):
    server = serve(always(http(GOOD)))
    plain_call(connect(server), **asked)
    assert "b64_json" not in server.requests[0].body.decode()


@pytest.mark.parametrize("host", ["api.example", "93.184.216.34"])
def test_fault_49_a_service_elsewhere_is_asked_for_nothing_that_was_not_given(host, plain_call, serve, monkeypatch):
    proxy = serve(always(http(GOOD)))
    monkeypatch.setenv("HTTP_PROXY", proxy.origin)
    with R9S(api_key=KEY, server_url=f"http://{host}/v1") as client:
        plain_call(client)
    assert proxy.requests[0].json == {"prompt": "A cat"}


@pytest.mark.parametrize("host", ["gpu-box", "comfy.local", "10.0.0.7", "[fd00::1]", "sd.lan"])
def test_fault_49_a_service_of_ones_own_network_is_known_by_its_name_or_address(host, plain_call, serve, monkeypatch):
    proxy = serve(always(http(GOOD)))
    monkeypatch.setenv("HTTP_PROXY", proxy.origin)
    with R9S(api_key=KEY, server_url=f"http://{host}:8000/v1") as client:
        plain_call(client)
    assert proxy.requests[0].json == {"prompt": "A cat", "response_format": "b64_json"}


@pytest.mark.parametrize("status", [400, 422])
def test_fault_49_a_service_that_refuses_to_be_asked_for_base64_is_called_without(status, call, serve, connect):
    def handler(wire):
        refused = b"response_format" in wire.request.body
        wire.send(http({"error": "Unknown parameter: 'response_format'"}, status) if refused else http(GOOD))

    server = serve(handler)
    assert call(connect(server)).data
    assert len(server.requests) == 2
    with pytest.raises(errors.R9SError, match="response_format"):
        call(connect(server), response_format="b64_json")  # then it was meant
    assert len(server.requests) == 3


# --- bases ------------------------------------------------------------------------------------------------------------

DEPLOYMENT = "/openai/deployments/x"


@pytest.mark.parametrize("base", [DEPLOYMENT, DEPLOYMENT + "/"])
def test_fault_50_a_bases_query_goes_with_every_request(base, call, serve):
    server = serve(always(http(GOOD)))
    with R9S(api_key=KEY, server_url=f"{server.origin}{base}?api-version=2025-04-01-preview") as client:
        call(client)
        assert "api-version" not in repr(client)
    path, _, query = server.requests[0].path.partition("?")
    assert path in {f"{DEPLOYMENT}/images/generations", f"{DEPLOYMENT}/images/edits"}
    assert query == "api-version=2025-04-01-preview"


def test_fault_50_so_it_does_with_the_list_of_models_and_with_a_calls_own_base(serve, connect):
    server = serve(lambda wire: wire.send(http({"data": [{"id": "m"}]} if wire.request.method == "GET" else GOOD)))
    with R9S(api_key=KEY, server_url=f"{server.url}?key=a%2Fb") as client:
        client.models()
    connect(server).images.create(prompt="A cat", server_url=f"{server.url}/?a=b")
    assert [request.path for request in server.requests] == ["/v1/models?key=a%2Fb", "/v1/images/generations?a=b"]


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("http://h.test/v1#top", "fragment"),
        ("http://h.test/v1#", "fragment"),
        ("http://h.test/v1/images/generations", r"endpoint already: /images/generations .* http://h\.test/v1\."),
        ("http://h.test/images/edits/?a=b", r"endpoint already.* http://h\.test\."),
        ("http://h.test/v1/chat/completions", r"endpoint already"),
        ("http://me:canary-pass@h.test/v1", "http_headers"),
        ("http://h.test:99999/v1", "host"),
        (5, "not a URL"),
    ],
)
def test_fault_50_a_base_that_cannot_be_one_is_refused(base, said, serve, connect):
    with pytest.raises(errors.InputError, match=said) as caught:
        R9S(api_key=KEY, server_url=base)
    assert "canary-pass" not in caught.value.message
    server = serve(always(http(GOOD)))
    with pytest.raises(errors.InputError, match=said):
        connect(server).images.create(prompt="A cat", server_url=base)
    assert not server.requests


@pytest.mark.parametrize(
    ("given", "meant"),
    [("base_url", "server_url"), ("server_ur", "server_url"), ("timeout", "timeout_ms"), ("headers", "http_headers")],
)
def test_fault_50_an_argument_of_others_names_the_one_that_is_meant(given, meant):
    with pytest.raises(TypeError, match=f"Did you mean '{meant}'"):
        R9S(api_key=KEY, **{given: "x"})


# --- headers of a service's own ---------------------------------------------------------------------------------------


def test_fault_50_a_key_in_a_header_of_its_own_goes_with_every_request_and_no_other_key_does(call, serve, monkeypatch):
    monkeypatch.setenv("R9S_API_KEY", "another")
    server = serve(lambda wire: wire.send(http({"data": []} if wire.request.method == "GET" else GOOD)))
    with R9S(server_url=server.url, http_headers={"api-key": OWN, "X-Team": "blue"}) as client:
        call(client)
    with R9S(server_url=server.url, http_headers={"api-key": lambda: OWN}) as client:
        client.models()
        client.images.create(prompt="A cat", http_headers={"API-Key": "this-call-only"})
    assert [request.headers["api-key"] for request in server.requests] == [OWN, OWN, "this-call-only"]
    assert not any("authorization" in request.headers for request in server.requests)
    assert server.requests[0].headers["x-team"] == "blue"


def test_fault_50_a_key_goes_beside_other_headers(plain_call, serve, connect):
    server = serve(always(http(GOOD)))
    plain_call(connect(server, http_headers={"authorization": f"Token {OWN}"}))
    plain_call(connect(server, http_headers={"X-Team": "blue"}))
    assert [request.headers["authorization"] for request in server.requests] == [f"Token {OWN}", f"Bearer {KEY}"]


@pytest.mark.parametrize(
    "headers", [{"api-key": "a\nb"}, {"a b": OWN}, {"api-key": 5}, ["api-key"], {"Content-Length": "5"}]
)
def test_fault_50_a_header_that_no_request_can_carry_is_refused_when_the_client_is_made(headers):
    with pytest.raises(errors.InputError, match="http_headers") as caught:
        R9S(api_key=KEY, http_headers=headers)
    caught.value.__traceback__ = caught.value.__traceback__.tb_next
    assert OWN not in "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())


def test_fault_43_headers_given_once_are_as_secret_as_the_key(call, serve):
    def handler(wire):
        wire.send(http({"error": {"message": f"Bad {wire.request.headers['api-key']}"}}, 401, x_echo=OWN))

    client = R9S(server_url=serve(handler).url, http_headers={"api-key": OWN})
    assert OWN not in repr([client, vars(client), client._settings])
    with pytest.raises(errors.AuthenticationError) as caught:
        call(client)
    caught.value.__traceback__ = caught.value.__traceback__.tb_next.tb_next
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert OWN not in shown + repr(vars(caught.value)) + pickle.dumps(caught.value).decode("latin-1")


# --- proxies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "host", "port", "is_excepted"),
    [
        ("127.1.2.0/24", "127.1.2.3", 80, True),
        ("127.1.2.0/24", "127.1.3.3", 80, False),
        ("127.1.2.3", "127.1.2.3", 80, True),
        ("127.1.2.3:8000", "127.1.2.3", 8000, True),
        ("127.1.2.3:8000", "127.1.2.3", 80, False),
        ("2.3", "127.1.2.3", 80, False),
        ("[fd00::1]:80", "fd00::1", 80, True),
        ("fd00::/8", "[fd00::1]", 80, True),
        ("example.com:80", "example.com", 80, True),
        ("example.com:81", "example.com", 80, False),
        ("example.com", "api.example.com", 80, True),
        (".example.com", "api.example.com", 80, True),
        (".example.com", "example.com", 80, True),
        ("*.example.com", "api.example.com", 80, True),
        ("example.com", "badexample.com", 80, False),
        ("EXAMPLE.com", "Api.Example.COM.", 443, True),
        ("a.test, , b.test", "b.test", 80, True),
        ("a.test b.test", "b.test", 80, True),
        ("*", "anything.test", 80, True),
        ("", "anything.test", 80, False),
        ("10.0.0.0/99,bad:port,[", "anything.test", 80, False),
    ],
)
def test_fault_51_no_proxy_is_read_as_its_users_know_it(entries, host, port, is_excepted):
    assert excepted(entries, host, port) == is_excepted


@pytest.mark.parametrize("entry", ["127.1.2.0/24", "127.1.2.3", "127.1.2.3:{port}", "*", "other.test, 127.1.0.0/16"])
def test_fault_51_the_proxy_does_not_see_the_key_of_an_excepted_host(entry, plain_call, serve, connect, monkeypatch):
    proxy, server = serve(always(http({}, 500))), serve(always(http(GOOD)), host="127.1.2.3")
    monkeypatch.setenv("HTTP_PROXY", proxy.origin)
    monkeypatch.setenv("NO_PROXY", entry.format(port=server.port))
    assert plain_call(connect(server)).data
    assert not proxy.requests


@pytest.mark.parametrize(
    ("status", "body"),
    [(403, b"<h1>Blocked</h1>"), (407, b""), (502, b'{"error": "no route"}'), (200, b"<html>Sign in")],
)
def test_fault_51_an_error_says_that_it_came_through_a_proxy(status, body, call, serve, monkeypatch):
    def handler(wire):
        login = base64.b64decode(wire.request.headers["proxy-authorization"].split()[1])
        assert login == b"me:canary p@ss"
        wire.send(http(body + login, status, content_type="text/html", x_echo=login.decode()))

    proxy = serve(handler)
    monkeypatch.setenv("HTTP_PROXY", f"http://me:canary%20p%40ss@127.0.0.1:{proxy.port}")
    client = R9S(api_key=KEY, server_url="http://api.example/v1")
    with pytest.raises(errors.R9SError) as caught:
        call(client)
    assert f"through the proxy {proxy.origin} (HTTP_PROXY)" in caught.value.message
    assert "canary p@ss" not in caught.value.message + repr(vars(caught.value))


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_fault_51_a_proxy_that_is_not_there_is_told_from_a_service_that_is_not(scheme, plain_call, monkeypatch):
    monkeypatch.setenv(f"{scheme}_proxy", "http://me:canary-pass@127.0.0.1:9")
    client = R9S(api_key=KEY, server_url=f"{scheme}://api.example/v1")
    with pytest.raises(errors.NoResponseError, match=rf"The proxy http://127\.0\.0\.1:9 \({scheme}_proxy\)") as caught:
        plain_call(client)
    assert not caught.value.sent
    assert "canary-pass" not in caught.value.message


def test_fault_51_a_proxy_that_lets_nothing_through_says_so(plain_call, serve, monkeypatch):
    proxy = serve(always(http(b"", 407)))
    monkeypatch.setenv("HTTPS_PROXY", proxy.origin)
    with pytest.raises(errors.NoResponseError, match=r"not let through to the service by the proxy .*407") as caught:
        plain_call(R9S(api_key=KEY, server_url="https://api.example/v1"))
    assert not caught.value.sent
    assert {request.method for request in proxy.requests} == {"CONNECT"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("http://[::1]:bad", "http://[::1]:bad"),
        ("http://me:canary-pass@[::1]:bad", "http://[::1]:bad"),
        ("me:canary@pass@proxy:bad", "http://proxy:bad"),
        ("http://proxy:99999", "http://proxy:99999"),
        ("ftp://proxy", "ftp://proxy"),
        ("socks5h://me:canary-pass@proxy:1", "socks5h://proxy:1"),
        ("http://", "http://"),
    ],
)
@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_fault_51_a_proxy_that_cannot_be_one_is_named_with_its_variable(name, value, shown, plain_call, monkeypatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(errors.InputError) as caught:
        plain_call(R9S(api_key=KEY, server_url="http://api.example/v1"))
    assert caught.value.message.startswith(f"{name} is {shown}: ")
    assert "canary" not in caught.value.message


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
@pytest.mark.parametrize("value", ["/gone.pem", __file__])
def test_fault_51_certificates_that_are_gone_are_named_with_their_variable(name, value, call, monkeypatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(errors.InputError, match=f"{name} is {value}"):
        call(R9S(api_key=KEY, server_url="https://127.0.0.1:9/v1"))


def test_fault_51_a_certificate_that_nobody_vouches_for_is_not_accepted(plain_call, serve, connect, monkeypatch):
    server = serve(always(http(GOOD)), tls=True)
    with pytest.raises(errors.NoResponseError, match="certificate was not accepted"):
        plain_call(connect(server))
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    assert plain_call(connect(server)).data  # with its authority, which was named meanwhile


def test_an_image_that_has_nothing_is_refused(serve, connect):
    with pytest.raises(errors.InputError):
        connect(serve(always(http(PNG)))).images.read(models.ImageObject())
