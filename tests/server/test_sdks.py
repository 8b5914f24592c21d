"""The official SDKs, unchanged, against the real server."""

from __future__ import annotations

import asyncio
import base64
import io

import httpx
import openai
import pytest
import r9s
from PIL import Image

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def photo() -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def mask() -> bytes:
    sheet = Image.new("RGBA", (256, 256), (0, 0, 0, 255))
    sheet.paste((0, 0, 0, 0), (60, 60, 200, 200))
    file = io.BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()


def opened(encoded: str | None) -> Image.Image:
    assert encoded is not None
    return Image.open(io.BytesIO(base64.b64decode(encoded)))


def test_r9s_generates(server):
    with r9s.R9S(api_key="secret", server_url=server) as client:
        result = client.images.create(
            prompt="A cute cat sitting on a windowsill", model="gpt-4o-mini", n=1, quality="standard",
            response_format="url", size="1024x1024", style="vivid",
        )  # fmt: skip
    fetched = httpx.get(result.data[0].url)
    assert Image.open(io.BytesIO(fetched.content)).size == (1024, 1024)


def test_r9s_edits_with_a_mask(server, photo, mask):
    with r9s.R9S(api_key="secret", server_url=server) as client:
        result = client.images.edit(
            image={"file_name": "photo.png", "content": photo},
            mask={"file_name": "mask.png", "content": mask},
            prompt="Replace the background with a beach sunset", n=2, size="256x256", response_format="b64_json",
        )  # fmt: skip
    assert [opened(item.b64_json).size for item in result.data] == [(256, 256)] * 2


def test_r9s_edits_asynchronously(server, photo):
    async def edit() -> str:
        async with r9s.R9S(api_key="secret", server_url=server) as client:
            result = await client.images.edit_async(
                image={"file_name": "input.png", "content": photo}, prompt="Make it look like a watercolor painting"
            )
            return result.data[0].url

    assert httpx.get(asyncio.run(edit())).status_code == 200


def test_r9s_streams(server):
    with r9s.R9S(api_key="secret", server_url=server) as client:
        stream = client.images.create(
            prompt="a boat", size="256x256", stream=True, partial_images=2, response_format="b64_json"
        )
        chunks = [event.data.data[0] for event in stream]
    assert [chunk.is_final for chunk in chunks] == [False, False, True]
    assert opened(chunks[-1].b64_json).size == (256, 256)


def test_r9s_streams_an_edit(server, photo):
    with r9s.R9S(api_key="secret", server_url=server) as client:
        stream = client.images.edit(
            image={"file_name": "a.png", "content": photo},
            prompt="add a hat",
            size="256x256",
            stream=True,
            partial_images=1,
        )
        names = [event.event for event in stream]
    assert names == ["image_edit.partial_image", "image_edit.completed"]


def test_r9s_raises_its_own_errors(server):
    with r9s.R9S(api_key="wrong", server_url=server) as client, pytest.raises(r9s.errors.AuthenticationError):
        client.images.create(prompt="a boat")
    with (
        r9s.R9S(api_key="secret", server_url=server) as client,
        pytest.raises(r9s.errors.BadRequestError, match="from 1 to 10"),
    ):
        client.images.create(prompt="a boat", n=0)


def test_openai_generates(server):
    with openai.OpenAI(api_key="secret", base_url=server) as client:
        result = client.images.generate(
            prompt="a red balloon", model="gpt-image-1", size="1024x1536", background="transparent"
        )
    assert opened(result.data[0].b64_json).mode == "RGBA"


def test_openai_edits_several_images(server, photo, mask):
    with openai.OpenAI(api_key="secret", base_url=server) as client:
        result = client.images.edit(
            image=[("a.png", photo), ("b.png", photo)],
            mask=("m.png", mask),
            prompt="add a crown",
            model="gpt-image-1",
            size="auto",
        )
    assert opened(result.data[0].b64_json).size == (256, 256)


def test_openai_streams(server):
    with openai.OpenAI(api_key="secret", base_url=server) as client:
        stream = client.images.generate(
            prompt="a boat", model="gpt-image-1", size="1024x1024", stream=True, partial_images=2
        )
        kinds = [event.type for event in stream]
    assert kinds == ["image_generation.partial_image"] * 2 + ["image_generation.completed"]


def test_openai_raises_its_own_errors(server):
    with (
        openai.OpenAI(api_key="secret", base_url=server, max_retries=0) as client,
        pytest.raises(openai.BadRequestError) as caught,
    ):
        client.images.generate(prompt="a boat", size="3x3")  # type: ignore[call-overload]
    assert caught.value.param == "size"


def test_openai_lists_the_models(server):
    with openai.OpenAI(api_key="secret", base_url=server) as client:
        assert [model.id for model in client.models.list()] == ["sketch-1"]
