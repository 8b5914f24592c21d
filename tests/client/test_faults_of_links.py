"""Faults 22, 24 and 25: what is behind an image's link, and where it leads."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import threading

import pytest

from r9s_notebook import R9S, errors, models
from r9s_notebook.client import addresses, fetching
from r9s_notebook.client.addresses import is_public, judged
from tests.client.conftest import KEY
from tests.client.loopback import PNG, always, http


def _read(client: R9S, url: str) -> bytes:
    return client.images.read(models.ImageObject(url=url))


def _read_async(client: R9S, url: str) -> bytes:
    async def run() -> bytes:
        async with client:
            return await client.images.read_async(models.ImageObject(url=url))

    return asyncio.run(run())


@pytest.fixture(params=[_read, _read_async], ids=["sync", "async"])
def read(request):
    return request.param


@pytest.mark.parametrize(
    "url",
    [
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/a.png",
        "https://127.0.0.1/a.png",
        "https://127.1/a.png",
        "https://2130706433/a.png",
        "https://0x7f000001/a.png",
        "https://0.0.0.0/a.png",
        "https://10.0.0.7/a.png",
        "https://192.168.1.1/a.png",
        "https://172.16.0.1/a.png",
        "https://100.64.0.1/a.png",
        "https://[::1]/a.png",
        "https://[::ffff:127.0.0.1]/a.png",
        "https://[::ffff:a9fe:a9fe]/a.png",
        "https://[64:ff9b::7f00:1]/a.png",
        "https://[2002:7f00:1::]/a.png",
        "https://[fe80::1]/a.png",
        "https://[fc00::1]/a.png",
        "https://224.0.0.1/a.png",
        "https://user:password@127.0.0.1/a.png",
    ],
)
def test_fault_24_a_private_address_is_not_fetched(url, read):
    with R9S(api_key=KEY) as client, pytest.raises(errors.UnsafeURLError):
        read(client, url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a.png",
        "file:///etc/passwd",
        "ftp://example.com/a",
        "gopher://x/",
        "/etc/passwd",
        "",
        "//x/y",
    ],
)
def test_fault_24_only_https_is_fetched(url, read):
    with R9S(api_key=KEY) as client, pytest.raises((errors.UnsafeURLError, errors.InputError)):
        read(client, url)


def test_fault_24_a_loopback_port_that_is_not_the_apis_is_not_fetched(read, serve, connect):
    api, other = serve(always(http(PNG))), serve(always(http(PNG)))
    with pytest.raises(errors.UnsafeURLError):
        read(connect(api), f"{other.origin}/a.png")
    assert other.requests == []


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_fault_24_a_redirect_to_a_private_address_is_not_followed(scheme, read, serve, connect):
    other = serve(always(http(PNG)))
    target = f"{scheme}://127.0.0.1:{other.port}/secret"
    api = serve(always(http(b"", 302, location=target)))
    with pytest.raises(errors.UnsafeURLError):
        read(connect(api), f"{api.origin}/a.png")
    assert other.requests == []


def test_fault_24_a_name_that_resolves_to_a_private_address_is_not_fetched(read, monkeypatch):
    def resolved(host, port, **_):
        assert host == "innocent.example"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", port))]

    monkeypatch.setattr("r9s_notebook.client.addresses.socket.getaddrinfo", resolved)
    with R9S(api_key=KEY) as client, pytest.raises(errors.UnsafeURLError, match="innocent"):
        read(client, "https://innocent.example/a.png")


def test_fault_24_one_private_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(errors.UnsafeURLError):
        judged("mixed.example", ["93.184.216.34", "127.0.0.1"])


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_public_addresses_are_allowed(address):
    assert is_public(address)


def test_fault_24_the_connection_goes_to_the_address_that_was_judged(read, monkeypatch):
    """A name is resolved once, so a second answer of the name service has no say; TLS still asks for the name."""
    hellos = []

    def listen(listener):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    hellos.append(connection.recv(4096))

    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(addresses, "look_up", lambda host, _: {"pinned.example": ["127.0.0.1"]}[host])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, args=(listener,), daemon=True).start()
        url = f"https://pinned.example:{listener.getsockname()[1]}/a.png"
        with R9S(api_key=KEY) as client, pytest.raises(errors.NoResponseError):
            read(client, url)  # the handshake fails, and that is as far as it has to come
        listener.shutdown(socket.SHUT_RDWR)
    assert b"pinned.example" in hellos[0]


def test_a_link_to_the_api_itself_is_fetched_without_the_key(read, serve, connect):
    server = serve(always(http(PNG, content_type="image/png")))
    assert read(connect(server), f"{server.url}/images/files/a.png") == PNG
    assert "authorization" not in server.requests[0].headers
    assert KEY not in str(server.requests)


def test_a_redirect_within_the_api_is_followed(read, serve, connect):
    server = serve(lambda wire: wire.send(http(b"", 307, location="/b.png") if wire.number == 1 else http(PNG)))
    assert read(connect(server), f"{server.origin}/a.png") == PNG


def test_redirects_without_end_are_given_up(read, serve, connect):
    server = serve(always(http(b"", 302, location="/again")))
    with pytest.raises(errors.ResponseValidationError, match="redirects"):
        read(connect(server), f"{server.origin}/a.png")


@pytest.mark.parametrize("status", [403, 404, 410])
def test_fault_25_an_expired_link_says_so(status, read, serve, connect):
    server = serve(always(http(b"<Error>AccessDenied</Error>", status, content_type="application/xml")))
    with pytest.raises(errors.ResponseValidationError, match="can no longer be fetched") as caught:
        read(connect(server), f"{server.origin}/a.png")
    assert caught.value.status_code == status


def test_fault_25_a_body_of_10_gb_is_not_begun(read, serve, connect):
    def handler(wire):
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n" + PNG)
        wire.hang()

    server = serve(handler)
    with pytest.raises(errors.ResponseValidationError, match="larger than"):
        read(connect(server), f"{server.origin}/a.png")


def test_fault_25_a_body_without_an_end_is_given_up(read, serve, connect, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST_IMAGE", 2_000_000)

    def handler(wire):
        wire.send(b"HTTP/1.1 200 OK\r\n\r\n" + PNG)
        while not wire.stopping.is_set():
            wire.send(bytes(65536))

    server = serve(handler)
    with pytest.raises(errors.ResponseValidationError, match="larger than"):
        read(connect(server), f"{server.origin}/a.png")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"GIF89a" + bytes(20), "GIF"),
        (b"SIMPLE  =                    T", "FITS"),
        (b"<!DOCTYPE html>", "web page"),
        (b'{"error": 1}', "JSON"),
        (b"", "empty"),
    ],
)
def test_fault_22_what_is_no_png_jpeg_or_webp_is_refused_whatever_its_type_says(body, name, read, serve, connect):
    server = serve(always(http(body, content_type="image/png")))
    with pytest.raises(errors.ResponseValidationError, match=name):
        read(connect(server), f"{server.origin}/a.png")


def test_fault_21_an_image_that_claims_too_many_pixels_is_refused(read, serve, connect):
    bomb = PNG[:16] + (60_000).to_bytes(4, "big") * 2 + PNG[24:]
    server = serve(always(http(bomb, content_type="image/png")))
    with pytest.raises(errors.ResponseValidationError, match="60000 x 60000"):
        read(connect(server), f"{server.origin}/a.png")


def test_a_fetch_that_fails_for_a_moment_is_tried_again(read, serve, connect):
    def handler(wire):
        if wire.number == 1:
            wire.reset()
        else:
            wire.send(http(PNG) if wire.number == 3 else http(b"", 503))

    server = serve(handler)
    assert read(connect(server), f"{server.origin}/a.png") == PNG


def test_a_data_uri_is_an_image(read):
    import base64

    with R9S(api_key=KEY) as client:
        assert read(client, f"data:image/png;base64,{base64.b64encode(PNG).decode()}") == PNG


@pytest.mark.parametrize("target", ["https://[::1", "https://exa mple/\x07"])
def test_a_redirect_to_what_is_no_url_is_refused(target, read, serve, connect):
    server = serve(always(http(b"", 302, location=target)))
    with pytest.raises(errors.UnsafeURLError, match="not a URL"):
        read(connect(server), f"{server.url}/a.png")


@pytest.mark.usefixtures("packed_for_good")
def test_fault_21_a_compressed_image_is_not_unpacked(read, serve, connect):
    bomb = gzip.compress(gzip.compress(bytes(1_000_000)))
    server = serve(always(http(bomb, content_encoding="gzip, gzip")))
    with pytest.raises(errors.ResponseValidationError, match="unpacked"):
        read(connect(server), f"{server.url}/a.png")
    assert server.requests[0].headers["accept-encoding"] == "identity"


def test_a_link_to_the_address_of_the_call_is_the_apis_own(serve, connect):
    def handler(wire):
        answer = {"created": 1, "data": [{"url": f"{elsewhere.origin}/a.png"}]}
        wire.send(http(PNG if wire.request.method == "GET" else answer))

    elsewhere = serve(handler)
    client = connect(serve(always(http({}, 500))))
    image = client.images.create(prompt="A cat", server_url=elsewhere.url).data[0]
    assert client.images.read(image) == PNG


@pytest.mark.parametrize("address", ["192.0.0.192", "192.0.0.8", "fec0::1", "3fff::1", "192.88.99.1"])
def test_fault_24_addresses_that_only_newer_pythons_know_are_private_too(address):
    assert not is_public(address)


def test_a_socks_proxy_is_not_gone_past(monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    client = R9S(api_key="x", server_url="http://service.invalid/v1")
    with pytest.raises(errors.InputError, match="SOCKS"):
        client.images.create(prompt="A cat")
