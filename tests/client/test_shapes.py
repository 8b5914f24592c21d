"""The call shapes of the official SDK and of its documentation, and what is sent."""

from __future__ import annotations

import asyncio
import base64
import inspect
import subprocess
import sys

import pytest
from r9s.images import Images as OfficialImages

import r9s_notebook
from r9s_notebook import R9S, Mask, errors, models
from r9s_notebook.client import BackoffStrategy, RetryConfig
from r9s_notebook.client.images import Images
from tests.client.conftest import KEY
from tests.client.loopback import GOOD, PNG, always, http


@pytest.mark.parametrize("name", ["create", "create_async", "edit", "edit_async"])
def test_every_parameter_of_the_official_sdk_is_taken_under_its_name(name):
    official = inspect.signature(getattr(OfficialImages, name)).parameters
    ours = inspect.signature(getattr(Images, name)).parameters
    assert set(official) <= set(ours)
    for parameter in official:
        assert ours[parameter].kind == official[parameter].kind
        required = official[parameter].default is inspect.Parameter.empty
        assert (ours[parameter].default is inspect.Parameter.empty) == required


@pytest.mark.parametrize(
    "name",
    ["Quality", "Size", "Style", "ImageGenerationRequestResponseFormat", "ImageEditSize", "ImageEditQuality"]
    + [f"ImageGeneration{what}" for what in ("Background", "Moderation", "OutputFormat")]
    + [f"ImageEdit{what}" for what in ("Background", "Moderation", "OutputFormat", "InputFidelity", "ResponseFormat")],
)
def test_the_choices_are_the_official_ones(name):
    from typing import get_args

    import r9s.models

    assert set(get_args(getattr(models, name))) == set(get_args(getattr(r9s.models, name)))


def test_the_documented_generation_runs_as_written(serve, capsys):
    server = serve(always(http({"created": 1, "data": [{"url": "https://x.test/a.png"}]})))
    with R9S(api_key="<YOUR_BEARER_TOKEN_HERE>", server_url=server.url) as r9_s:
        res = r9_s.images.create(
            prompt="A cute cat sitting on a windowsill",
            model="gpt-4o-mini",
            n=1,
            quality="standard",
            response_format="url",
            size="1024x1024",
            style="vivid",
        )
        print(res)
    assert "https://x.test/a.png" in capsys.readouterr().out
    assert server.requests[0].path == "/v1/images/generations"
    assert server.requests[0].json == {
        "prompt": "A cute cat sitting on a windowsill",
        "model": "gpt-4o-mini",
        "n": 1,
        "quality": "standard",
        "response_format": "url",
        "size": "1024x1024",
        "style": "vivid",
    }


def test_the_documented_edit_with_a_mask_runs_as_written(serve, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.png").write_bytes(PNG)
    mask = Mask.blank(1, 1).fill().to_png()
    (tmp_path / "mask.png").write_bytes(mask)
    server = serve(always(http({**GOOD, "data": GOOD["data"] * 2})))
    with (
        R9S(api_key=KEY, server_url=server.url) as client,
        open("photo.png", "rb") as img,  # noqa: PTH123 - as written
        open("mask.png", "rb") as msk,  # noqa: PTH123
    ):
        res = client.images.edit(
            image={"file_name": "photo.png", "content": img.read()},
            mask={"file_name": "mask.png", "content": msk.read()},
            prompt="Replace the background with a beach sunset",
            n=2,
            response_format="b64_json",
        )
    for i, img in enumerate(res.data):
        (tmp_path / f"result_{i}.png").write_bytes(base64.b64decode(img.b64_json))
    assert (tmp_path / "result_1.png").read_bytes() == PNG
    body = server.requests[0].body
    assert server.requests[0].path == "/v1/images/edits"
    assert b'name="image"; filename="photo.png"\r\nContent-Type: image/png\r\n\r\n' + PNG in body
    assert b'name="mask"; filename="mask.png"\r\nContent-Type: image/png\r\n\r\n' + mask in body
    assert b'name="n"\r\n\r\n2\r\n' in body
    assert b'name="prompt"\r\n\r\nReplace the background with a beach sunset\r\n' in body


def test_the_documented_async_edit_runs_as_written(serve, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "input.png").write_bytes(PNG)
    server = serve(always(http({"created": 1, "data": [{"url": "https://x.test/a.png"}]})))
    monkeypatch.setenv("R9S_BASE_URL", server.url)

    async def edit_image():
        async with R9S(api_key=KEY) as client:
            with open("input.png", "rb") as f:  # noqa: ASYNC230, PTH123
                res = await client.images.edit_async(
                    image={"file_name": "input.png", "content": f.read()},
                    prompt="Make it look like a watercolor painting",
                )
            return res.data[0].url

    assert asyncio.run(edit_image()) == "https://x.test/a.png"


def test_what_is_not_given_is_not_sent(plain_call, serve, connect):
    server = serve(always(http(GOOD)))
    plain_call(connect(server), n=None, size=None, model="gpt-image-2")
    assert server.requests[0].json == {"prompt": "A cat", "model": "gpt-image-2"}


def test_extra_parameters_pass_through(plain_call, serve, connect):
    server = serve(always(http(GOOD)))
    plain_call(connect(server), model="new-model", guidance=7.5, loras=["a"], sizes="huge")
    assert server.requests[0].json["guidance"] == 7.5
    assert server.requests[0].json["loras"] == ["a"]
    assert server.requests[0].json["sizes"] == "huge"


@pytest.mark.parametrize(("misspelt", "meant"), [("qualty", "quality"), ("sede", "seed")])
def test_a_misspelt_parameter_of_a_known_model_is_refused_with_advice(plain_call, serve, connect, misspelt, meant):
    server = serve(always(http(GOOD)))
    with pytest.raises(errors.InputError, match=f"Did you mean '{meant}'"):
        plain_call(connect(server), **{misspelt: "hd"})
    assert server.requests == []


@pytest.mark.parametrize("prompt", [None, 5, b"bytes"])
def test_a_call_without_a_prompt_is_refused(prompt):
    with R9S(api_key=KEY) as client, pytest.raises(errors.InputError, match="prompt"):
        client.images.create(prompt=prompt)


@pytest.mark.parametrize(
    "prompt", ["<img src=x onerror=alert(1)>", "/etc/passwd", "a\0b", "x" * 100_000, "🐻 بحر שלום"]
)
def test_fault_27_a_prompt_arrives_as_it_was_written(prompt, serve, connect):
    server = serve(always(http(GOOD)))
    client = connect(server)
    client.images.create(prompt=prompt)
    client.images.edit(prompt=prompt, image=PNG)
    assert server.requests[0].json["prompt"] == prompt
    assert prompt.encode() in server.requests[1].body


def test_fault_27_half_a_character_is_refused_with_a_sentence(serve, connect):
    server = serve(always(http(GOOD)))
    client = connect(server)
    with pytest.raises(errors.InputError, match="half of a character"):
        client.images.create(prompt="x\ud800")
    with pytest.raises(errors.InputError, match="half of a character"):
        client.images.edit(prompt="x\ud800", image=PNG)
    assert server.requests == []


def test_server_url_is_per_call_too(plain_call, serve, connect):
    first, second = serve(always(http(GOOD))), serve(always(http(GOOD)))
    plain_call(connect(first), server_url=f"{second.url}/")
    assert (len(first.requests), len(second.requests)) == (0, 1)


@pytest.mark.parametrize("url", ["api.r9s.ai/v1", "ftp://x/v1", "https://", "http://[::1/v1", "file:///v1"])
def test_a_base_url_that_is_none_is_refused(url):
    with pytest.raises(errors.InputError):
        R9S(api_key=KEY, server_url=url)


@pytest.mark.parametrize("timeout_ms", [-1, float("nan"), "5", True])
def test_a_time_that_is_none_is_refused(timeout_ms):
    with pytest.raises(errors.InputError):
        R9S(api_key=KEY, timeout_ms=timeout_ms)


def test_a_moved_base_url_is_told_and_the_key_does_not_follow(plain_call, serve, connect):
    other = serve(always(http(GOOD)))
    server = serve(always(http(b"", 308, location=f"{other.url}/images/generations")))
    with pytest.raises(errors.R9SDefaultError, match="moved to"):
        plain_call(connect(server))
    assert other.requests == []


def test_a_compressed_answer_is_unpacked(plain_call, serve, connect):
    import gzip
    import json

    server = serve(always(http(gzip.compress(json.dumps(GOOD).encode()), content_encoding="gzip")))
    assert plain_call(connect(server)).data


def test_usage_reads_as_a_dict_and_by_attribute(plain_call, serve, connect):
    server = serve(always(http({**GOOD, "usage": {"total_tokens": 7}}, x_request_id="req_1")))
    answer = plain_call(connect(server))
    assert answer.usage["total_tokens"] == answer.usage.total_tokens == 7
    assert answer.usage.prompt_tokens is None
    assert answer.request_id == "req_1"


def test_an_image_shows_its_size_and_not_its_megabytes():
    assert repr(models.ImageObject(b64_json="A" * 5000)) == (
        "ImageObject(url=None, b64_json=<5000 characters>, revised_prompt=None)"
    )


def test_the_front_door_has_the_clients_names():
    assert r9s_notebook.R9S is R9S
    assert r9s_notebook.models is models
    assert RetryConfig("backoff", BackoffStrategy(1, 2, 1.5, 3), False).backoff.exponent == 1.5


@pytest.mark.parametrize("module", ["PIL", "numpy", "starlette", "ipywidgets", "traitlets", "asyncio", "httpcore"])
def test_a_client_loads_nothing_that_it_does_not_need_yet(module):
    program = f"import sys; from r9s_notebook import R9S; R9S(api_key='x'); print({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_an_injected_transport_serves_sync_and_async_calls():
    import httpx

    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={**GOOD, "model": request.method}))
    with R9S(api_key=KEY, transport=transport) as client:
        assert client.images.create(prompt="x").model == "POST"
        assert asyncio.run(client.images.create_async(prompt="x")).model == "POST"
        assert client.images.create(prompt="x", stream=True).read().data
