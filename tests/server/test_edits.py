"""Edits over the wire: files of a form, JSON, and what is said of them."""

from __future__ import annotations

import base64
import io

from PIL import Image


def test_an_edit_over_the_wire_keeps_the_image_size_by_default(call, as_png, mask_of):
    files = {
        "image": ("a.png", as_png(Image.new("RGB", (300, 200), "white")), "image/png"),
        "mask": ("m.png", mask_of((300, 200), (50, 50, 150, 150)), "image/png"),
    }
    answer = call(
        "POST", "/images/edits", data={"prompt": "a red hat", "response_format": "b64_json"}, files=files
    ).json()
    assert Image.open(io.BytesIO(base64.b64decode(answer["data"][0]["b64_json"]))).size == (300, 200)


def test_a_mask_of_another_size_is_refused(call, as_png, mask_of):
    files = {
        "image": ("a.png", as_png(Image.new("RGB", (64, 64))), "image/png"),
        "mask": ("m.png", mask_of((32, 32), (1, 1, 9, 9)), "image/png"),
    }
    answer = call("POST", "/images/edits", data={"prompt": "a hat"}, files=files)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "mask"


def test_an_edit_can_be_json(call, as_png):
    encoded = base64.b64encode(as_png(Image.new("RGB", (64, 64), "white"))).decode()
    body = {"prompt": "add a hat", "images": [{"image_url": f"data:image/png;base64,{encoded}"}]}
    assert call("POST", "/images/edits", json=body).status_code == 200


def test_an_image_that_this_server_made_can_be_edited_by_its_address(call):
    url = call("POST", "/images/generations", json={"prompt": "a cat", "size": "256x256"}).json()["data"][0]["url"]
    assert call("POST", "/images/edits", json={"prompt": "add a hat", "image": url}).status_code == 200


def test_a_missing_image_is_a_400(call):
    assert call("POST", "/images/edits", data={"prompt": "a hat"}, files={"x": b""}).json()["error"]["param"] == "image"


def test_a_mask_that_marks_nothing_is_told_and_the_background_is_told_as_it_is(call, as_png):
    files = {
        "image": ("a.png", as_png(Image.new("RGB", (64, 64))), "image/png"),
        "mask": ("m.png", as_png(Image.new("RGBA", (64, 64), (0, 0, 0, 255))), "image/png"),
    }
    form = {"prompt": "a hat", "background": "transparent"}
    answer = call("POST", "/images/edits", data=form, files=files).json()
    assert "marks nothing" in answer["data"][0]["revised_prompt"]
    assert answer["background"] == "opaque"
