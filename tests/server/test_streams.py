"""Streams: previews that sharpen, then the picture."""

from __future__ import annotations

import base64
import io
import json

import numpy as np
from PIL import Image, ImageChops

BODY = {
    "prompt": "a lighthouse",
    "size": "256x256",
    "seed": 3,
    "stream": True,
    "partial_images": 3,
    "model": "gpt-image-1",
}


def events(text: str) -> list[dict]:
    blocks = [block for block in text.split("\n\n") if block]
    assert blocks.pop() == "data: [DONE]"
    return [json.loads(block.partition("data: ")[2]) for block in blocks]


def image(event: dict) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(event["b64_json"]))).convert("RGB")


def test_previews_come_before_the_picture(call):
    came = events(call("POST", "/images/generations", json=BODY).text)
    assert [event["type"] for event in came] == ["image_generation.partial_image"] * 3 + ["image_generation.completed"]
    assert [event["partial_image_index"] for event in came[:3]] == [0, 1, 2]


def test_previews_sharpen(call):
    came = [image(event) for event in events(call("POST", "/images/generations", json=BODY).text)]
    away = [float(np.asarray(ImageChops.difference(one, came[-1])).mean()) for one in came]
    assert away[0] > away[1] > away[2] > away[3] == 0


def test_the_streamed_picture_is_the_one_that_is_not_streamed(call):
    streamed = events(call("POST", "/images/generations", json=BODY).text)[-1]
    plain = call("POST", "/images/generations", json={**BODY, "stream": False}).json()["data"][0]
    assert streamed["b64_json"] == plain["b64_json"]


def test_several_images_are_numbered(call):
    came = events(call("POST", "/images/generations", json={**BODY, "n": 2, "partial_images": 0}).text)
    assert [event["index"] for event in came] == [0, 1]


def test_events_carry_the_other_shape_too(call):
    last = events(call("POST", "/images/generations", json=BODY).text)[-1]
    assert last["data"][0]["is_final"] is True
    assert last["data"][0]["b64_json"] == last["b64_json"]


def test_an_edit_streams_as_an_edit(call, as_png):
    files = {"image": ("a.png", as_png(Image.new("RGB", (256, 256), "white")), "image/png")}
    form = {"prompt": "add a red hat", "stream": "true", "partial_images": "1"}
    came = events(call("POST", "/images/edits", data=form, files=files).text)
    assert [event["type"] for event in came] == ["image_edit.partial_image", "image_edit.completed"]


def test_a_wrong_request_is_an_error_and_no_stream(call):
    answer = call("POST", "/images/generations", json={**BODY, "n": 0})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json"


def test_a_stream_of_addresses_carries_no_base64(call):
    came = events(call("POST", "/images/generations", json={**BODY, "response_format": "url"}).text)
    assert all("b64_json" not in event and event["url"].startswith("http") for event in came)


def test_previews_of_an_edit_are_edits_of_the_size_asked_for(call, as_png):
    files = {"image": ("a.png", as_png(Image.new("RGB", (300, 200), "white")), "image/png")}
    form = {"prompt": "add a red hat", "stream": "true", "partial_images": "3", "response_format": "b64_json"}
    came = events(call("POST", "/images/edits", data=form, files=files).text)
    assert {image(event).size for event in came} == {(300, 200)}
