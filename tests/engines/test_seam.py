"""An engine of a few lines serves all of the API: what is between it and the client is no concern of its own."""

from __future__ import annotations

import asyncio
import io
import re

import httpx
import pytest
from PIL import Image

from r9s_notebook import R9S, Mask
from r9s_notebook.errors import BadRequestError, InternalServerError, R9SError, ServiceUnavailableError
from r9s_notebook.server import create_app
from tests.engines.conftest import OneColour


@pytest.fixture
def client(one_colour: OneColour) -> R9S:
    return R9S.offline(create_app(one_colour))


def pixels(client: R9S, image: object) -> Image.Image:
    return Image.open(io.BytesIO(client.images.read(image)))  # type: ignore[arg-type]


def test_words_become_pictures_of_the_size_and_format_that_was_asked_for(client):
    answer = client.images.create(prompt="blue", n=2, size="512x512", output_format="webp", seed=7)
    assert answer.model == "one-colour-1"
    assert [image.revised_prompt for image in answer.data] == ["a blue surface"] * 2
    for image in answer.data:
        picture = pixels(client, image)
        assert (picture.format, picture.size) == ("WEBP", (512, 512))
    assert (answer.usage.image_count, answer.usage.width) == (2, 512)


def test_an_edit_gets_its_picture_and_its_mask(client):
    source = Image.new("RGB", (48, 32), "white")
    answer = client.images.edit(image=source, mask=Mask.blank(48, 32).rect(0, 0, 24, 32), prompt="blue")
    edited = pixels(client, answer.data[0]).convert("RGB")
    assert (edited.getpixel((5, 5)), edited.getpixel((40, 5))) == ((0, 0, 255), (255, 255, 255))


def test_previews_come_before_their_picture_and_only_where_somebody_sees_them(client):
    with client.images.create(prompt="blue", n=2, stream=True, partial_images=2, size="256x256") as stream:
        kinds = [event.type for event in stream]
    assert [kind.rpartition(".")[2] for kind in kinds] == ["partial_image", "partial_image", "completed"] * 2
    assert len(client.images.create(prompt="blue", partial_images=2, size="256x256").data) == 1


def test_what_the_engine_refuses_before_it_begins_is_an_error_of_the_call_streamed_or_not(client):
    for stream in (False, True):
        with pytest.raises(BadRequestError, match="nonsense is no colour"):
            client.images.create(prompt="nonsense", stream=stream)


def test_what_fails_on_the_way_is_an_error_of_the_call_or_of_the_stream(client):
    with pytest.raises(ServiceUnavailableError, match="red has run out"):
        client.images.create(prompt="red", retries=None)
    stream = client.images.create(prompt="red", stream=True, partial_images=1, retries=None)
    with pytest.raises(R9SError, match="red has run out"):
        stream.read()
    assert len(stream.partials) == 1


def test_what_nobody_foresaw_is_a_sentence_with_the_id_under_which_the_log_has_it(client, caplog):
    with pytest.raises(InternalServerError, match="under req_") as whole:
        client.images.create(prompt="maroon", retries=None)
    stream = client.images.create(prompt="maroon", stream=True, partial_images=1, retries=None)
    with pytest.raises(R9SError, match="under req_") as streamed:
        stream.read()
    assert len(stream.partials) == 1
    for caught in (whole, streamed):
        assert "maroon.bin" not in str(caught.value)
        assert re.search(r"req_\w+", str(caught.value))[0] in caplog.text
    assert caplog.text.count("\nRuntimeError: /home/me/maroon.bin is broken") == 2


@pytest.mark.parametrize("values", [{}, {"stream": True, "partial_images": 1}], ids=["whole", "streamed"])
def test_a_client_that_goes_away_makes_the_engine_give_up(one_colour, values):
    async def leave() -> None:
        client = R9S.offline(create_app(one_colour))
        call = asyncio.create_task(client.images.create_async(prompt="black", **values))
        if values:
            stream = await call
            await anext(stream)
            await stream.aclose()
        else:
            assert await asyncio.to_thread(one_colour.at_work.wait, 60)
            call.cancel()
            await asyncio.wait([call])

    asyncio.run(leave())
    assert one_colour.given_up.wait(60)


def test_an_engine_says_what_it_is_and_is_closed_with_its_server(one_colour):
    app = create_app(one_colour)

    async def ask() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as http:
            front = await http.get("/")
            assert front.json()["engine"] == "one-colour: Paints the colour you name."
            assert front.headers["x-r9s-engine"] == "one-colour"
            assert (await http.get("/v1/models")).json()["data"][0]["id"] == "one-colour-1"
            assert "Paints the colour" in (await http.get("/v1/openapi.json")).json()["info"]["description"]

    async def live() -> None:
        messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

        async def receive() -> object:
            return next(messages)

        async def send(_message: object) -> None:
            pass

        await app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)  # type: ignore[arg-type]

    asyncio.run(ask())
    asyncio.run(live())
    assert one_colour.closed
