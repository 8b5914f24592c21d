"""What one request may bring: what is too large is refused before it is let in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator

import httpx
import pytest
from PIL import Image

from r9s_notebook.server import Asked, Job, Limits, Model, Output, create_app
from tests.serving import answer_of, begun, listening

MIB = 2**20
EDITS = "/v1/images/edits"


class Unread:
    """An engine of somebody else's, that looks at nothing itself."""

    name = "unread"
    description = "It would take any picture."

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    async def models(self) -> list[Model]:
        return [Model("unread-1")]

    async def read(self, asked: Asked) -> Job:
        self.asked.append(asked)
        return Job(asked.operation, "unread-1", "")

    async def run(self, _job: Job) -> AsyncGenerator[Output, None]:
        return
        yield

    def close(self) -> None: ...


@pytest.fixture
def engine() -> Unread:
    return Unread()


@pytest.fixture
def port(engine: Unread) -> Iterator[int]:
    with listening(create_app(engine, limits=Limits(body=MIB, pixels=64 * 64))) as port:
        yield port


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_a_body_that_says_it_is_too_large_is_refused_before_any_of_it_is_sent(port, kind):
    with begun(port, EDITS, f"Content-Type: {kind}", "Content-Length: 99999999999") as connection:
        status, body = answer_of(connection)
    assert (status, body["error"]["code"]) == (413, "request_too_large")


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_a_body_that_does_not_say_how_long_it_is_is_cut_off_at_the_limit(port, engine, kind):
    first = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'.ljust(65536, b" ")
    body = b"10000\r\n" + first + b"\r\n" + (b"10000\r\n" + b" " * 65536 + b"\r\n") * 512
    with (
        begun(port, EDITS, f"Content-Type: {kind}", "Transfer-Encoding: chunked") as connection,
        pytest.raises(OSError, match=r"reset|[Bb]roken pipe"),  # as the server closes it
    ):
        connection.sendall(body)
    assert not engine.asked


def test_what_nobody_reads_is_not_let_in_either(port):
    with begun(port, EDITS, "Content-Type: text/plain", "Content-Length: 99999999999") as connection:
        assert answer_of(connection)[0] == 415


def test_a_small_request_that_is_refused_keeps_its_connection(port):
    with httpx.Client(base_url=f"http://127.0.0.1:{port}/v1") as client:
        refused = client.post("/images/generations", content=b"cat", headers={"Content-Type": "text/plain"})
    assert refused.status_code == 415
    assert "connection" not in refused.headers


@pytest.mark.parametrize("name", ["image", "mask"])
def test_too_many_pixels_are_refused_whatever_the_engine_looks_at(port, engine, as_png, name):
    small, large = as_png(Image.new("L", (64, 64))), as_png(Image.new("L", (64, 65)))
    files = {"image": ("a.png", small), "mask": ("m.png", small), name: ("b.png", large)}
    url = f"http://127.0.0.1:{port}/v1/images/edits"
    refused = httpx.post(url, data={"prompt": "a hat"}, files=files)
    assert (refused.status_code, refused.json()["error"]["param"]) == (400, name)
    assert "64x65 pixels" in refused.json()["error"]["message"]
    assert not engine.asked
    httpx.post(url, data={"prompt": "a hat"}, files={**files, name: ("b.png", small)})
    assert len(engine.asked) == 1


def test_a_picture_that_would_be_huge_is_refused_by_its_header(port, engine, as_png):
    file = bytearray(as_png(Image.new("L", (8, 8))))
    file[16:24] = (12_000).to_bytes(4) * 2
    refused = httpx.post(
        f"http://127.0.0.1:{port}/v1/images/edits", data={"prompt": "a hat"}, files={"image": ("a.png", bytes(file))}
    )
    assert refused.status_code == 400
    assert not engine.asked
