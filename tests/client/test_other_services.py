"""Servers that people run themselves, each with its habits: docs/other-services.md has a line for each test."""

from __future__ import annotations

import base64
import email.parser
import email.policy
import io
import json
from typing import Any

import numpy as np
import pytest
from PIL import Image

from r9s_notebook import Mask, errors
from tests.client.loopback import B64, PNG, Request, Wire, http

MASK = Mask.blank(8, 6).rect(2, 1, 5, 4)
PICTURE = Image.new("RGB", (8, 6), "red")


def form(request: Request) -> dict[str, bytes]:
    """The parts of a multipart body, by name."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + request.body)
    return {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)  # type: ignore[misc]
        for part in message.iter_parts()
    }


def asked(request: Request) -> dict[str, Any]:
    """What was asked, of JSON or a form."""
    if "json" in request.headers["content-type"]:
        return dict(request.json)
    return {name: value.decode("latin-1") for name, value in form(request).items()}


def sglang(wire: Wire) -> None:
    """Answers with relative links where nothing is asked, and with none where its pictures are kept nowhere."""
    if wire.request.method == "GET":
        wire.send(http(PNG, content_type="image/png"))
    elif asked(wire.request).get("response_format", "url") == "b64_json":
        wire.send(http({"id": "1", "created": 1, "data": [{"b64_json": B64, "file_path": "/data/1.png"}]}))
    else:
        wire.send(
            http({"id": "1", "created": 1, "data": [{"url": "/v1/images/1/content", "file_path": "/data/1.png"}]})
        )


def vllm_omni(wire: Wire) -> None:
    """Base64 or nothing, sizes written out, and one model."""
    given = asked(wire.request)
    wrong = {
        "model": given.get("model") not in (None, "Qwen/Qwen-Image"),
        "size": given.get("size") == "auto",
        "response_format": given.get("response_format") == "url",
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            detail = [{"type": "value_error", "loc": ["body", name], "msg": f"Value error, {name} cannot be that"}]
            wire.send(http({"detail": detail}, 422))
            return
    wire.send(http({"created": 1, "data": [{"b64_json": B64, "url": None, "revised_prompt": None}]}))


def stable_diffusion_cpp(wire: Wire) -> None:
    """Says why not in a text, and reads masks by their brightness."""
    if wire.request.method == "GET":
        wire.send(http({"data": [{"id": "sd-cpp-local", "object": "model", "owned_by": "local"}]}))
    elif not asked(wire.request).get("prompt"):
        wire.send(http({"error": "prompt required"}, 400))
    else:
        wire.send(http({"created": 1, "data": [{"b64_json": B64}], "output_format": "png"}))


def local_ai(wire: Wire) -> None:
    """Fills holes at an address of its own; there are no edits."""
    if wire.request.path == "/v1/images/generations":
        wire.send(http({"id": "1", "created": 1, "data": [{"b64_json": B64, "url": ""}]}))
    else:
        wire.send(http({"error": {"code": 404, "message": "Not Found", "type": ""}}, 404))


def xinference(wire: Wire) -> None:
    """Where it is not asked for base64, its links are paths of its disk; it takes seeds inside a text of JSON."""
    if asked(wire.request).get("response_format") == "b64_json":
        wire.send(http({"created": 1, "data": [{"url": None, "b64_json": B64}]}))
    else:
        wire.send(http({"created": 1, "data": [{"url": r"C:\image\1.jpg", "b64_json": None}]}))


@pytest.mark.parametrize(
    "service", [sglang, vllm_omni, stable_diffusion_cpp, local_ai, xinference], ids=lambda service: service.__name__
)
def test_pictures_come_from_each_of_them_where_nothing_is_asked(service, call, serve, connect):
    if service is local_ai and "edit" in call.__name__:
        with pytest.raises(errors.NotFoundError):
            call(connect(serve(service)))
        return
    client = connect(serve(service))
    assert [client.images.read(image) for image in call(client).data] == [PNG]


def test_sglangs_links_are_relative_and_fetched_where_they_are_asked_for(plain_call, serve, connect):
    server = serve(sglang)
    client = connect(server)
    (image,) = plain_call(client, response_format="url").data
    assert image.url == f"{server.origin}/v1/images/1/content"
    assert client.images.read(image) == PNG


def test_vllm_omni_is_asked_for_no_size_where_none_is_given_and_says_what_it_refuses(plain_call, serve, connect):
    client = connect(serve(vllm_omni))
    assert plain_call(client, model="Qwen/Qwen-Image", size="1024x1024").data
    for given in ({"model": "gpt-image-2"}, {"size": "auto"}, {"response_format": "url"}):
        with pytest.raises(errors.UnprocessableEntityError, match=f"{next(iter(given))} cannot be that"):
            plain_call(client, **given)


def test_vllm_omnis_own_name_for_a_mask_goes_through_as_it_is(serve, connect):
    server = serve(vllm_omni)
    white = io.BytesIO()
    MASK.to_image().save(white, "PNG")
    link = f"data:image/png;base64,{base64.b64encode(white.getvalue()).decode()}"
    connect(server).images.edit(image=PICTURE, prompt="A cat", mask_image=link, num_inference_steps=20)
    sent = asked(server.requests[0])
    assert (sent["mask_image"], sent["num_inference_steps"]) == (link, "20")


def test_a_mask_says_the_same_to_stable_diffusion_cpp_which_drops_its_alpha(serve, connect):
    server = serve(stable_diffusion_cpp)
    connect(server).images.edit(image=PICTURE, prompt="A cat", mask=MASK)
    sent = Image.open(io.BytesIO(form(server.requests[0])["mask"]))
    edited = np.asarray(MASK.to_image())
    assert (np.asarray(sent.convert("RGB").convert("L")) == edited).all()
    assert (np.asarray(sent.getchannel("A")) == 255 - edited).all()


def test_stable_diffusion_cpp_lists_its_model_and_its_reasons_are_read(serve, connect):
    server = serve(stable_diffusion_cpp)
    client = connect(server)
    assert [model.model for model in client.models()] == ["sd-cpp-local"]
    words = 'A cat<sd_cpp_extra_args>{"seed": 7}</sd_cpp_extra_args>'
    client.images.create(prompt=words)
    assert asked(server.requests[-1])["prompt"] == words
    with pytest.raises(errors.BadRequestError, match="prompt required"):
        client.images.create(prompt="")


def test_xinferences_seed_goes_through_in_its_text_of_json(serve, connect):
    server = serve(xinference)
    connect(server).images.create(prompt="A cat", model="sd3", kwargs=json.dumps({"seed": 7}))
    assert json.loads(asked(server.requests[0])["kwargs"]) == {"seed": 7}


def test_a_path_of_xinferences_disk_says_so_where_links_are_asked_for(plain_call, serve, connect):
    client = connect(serve(xinference))
    (image,) = plain_call(client, response_format="url").data
    with pytest.raises(errors.UnsafeURLError, match=r"own disk.*b64_json"):
        client.images.read(image)
