"""What the API answers."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageChops

from r9s_notebook.server import Faults, Limits
from r9s_notebook.server.sizes import SIZES
from tests.sampling import sample

SMALL = {"prompt": "a red fox", "size": "256x256", "seed": 1}


def decoded(item: dict[str, str]) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(item["b64_json"])))


def test_a_url_can_be_fetched_and_is_a_png(call):
    answer = call("POST", "/images/generations", json=SMALL).raise_for_status().json()
    fetched = call("GET", answer["data"][0]["url"])
    assert fetched.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(fetched.content)).size == (256, 256)


def test_base64_comes_where_it_was_asked_for(call):
    answer = call("POST", "/images/generations", json={**SMALL, "response_format": "b64_json"}).json()
    assert decoded(answer["data"][0]).size == (256, 256)


def test_gpt_image_models_answer_with_base64(call):
    answer = call("POST", "/images/generations", json={**SMALL, "model": "gpt-image-1"}).json()
    assert "b64_json" in answer["data"][0]


def test_the_answer_says_what_drew_it(call):
    answer = call("POST", "/images/generations", json={**SMALL, "model": "dall-e-3"}).json()
    assert answer["model"] == "sketch-1"
    assert "no AI model" in answer["data"][0]["revised_prompt"]
    assert answer["data"][0]["seed"] == 1


def test_usage_counts_in_both_vocabularies(call):
    usage = call("POST", "/images/generations", json=SMALL).json()["usage"]
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"]
    assert usage["prompt_tokens"] == usage["input_tokens"]


def test_every_answer_has_its_own_request_id(call):
    first, second = call("GET", "/models"), call("GET", "/nowhere")
    assert first.headers["x-request-id"].startswith("req_")
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_the_model_list_says_that_no_ai_is_at_work(call):
    (model,) = call("GET", "/models").json()["data"]
    assert model["id"] == "sketch-1"
    assert "No AI" in model["description"]
    assert call("GET", "/models/sketch-1").json() == model


def test_another_model_is_not_found(call):
    assert call("GET", "/models/gpt-9").status_code == 404


@pytest.mark.parametrize("size", sample(SIZES, 4))
def test_every_size_is_drawn_exactly(call, size):
    answer = call(
        "POST", "/images/generations", json={"prompt": "a tree", "size": size, "seed": 1, "quality": "low"}
    ).json()
    image = Image.open(io.BytesIO(call("GET", answer["data"][0]["url"]).content))
    assert f"{image.width}x{image.height}" == answer["size"]
    if "x" in size:
        assert answer["size"] == size
    if ":" in size:
        across, down = map(int, size.split(":"))
        assert image.width / image.height == pytest.approx(across / down, rel=0.03)


@pytest.mark.parametrize(("name", "kind"), [("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WEBP")])
def test_every_output_format_is_written(call, name, kind):
    body = {**SMALL, "output_format": name, "response_format": "b64_json"}
    assert decoded(call("POST", "/images/generations", json=body).json()["data"][0]).format == kind


def test_more_compression_makes_a_smaller_file(call):
    def length(quality: int) -> int:
        body = {**SMALL, "output_format": "jpeg", "output_compression": quality, "response_format": "b64_json"}
        return len(call("POST", "/images/generations", json=body).json()["data"][0]["b64_json"])

    assert length(20) < length(95)


def test_a_transparent_background_leaves_only_the_things(call):
    body = {**SMALL, "background": "transparent", "response_format": "b64_json"}
    alpha = decoded(call("POST", "/images/generations", json=body).json()["data"][0]).getchannel("A")
    assert alpha.getextrema() == (0, 255)
    assert alpha.getpixel((0, 0)) == 0


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"n": 0}, "n"),
        ({"n": 11}, "n"),
        ({"n": -1}, "n"),
        ({"n": "four"}, "n"),
        ({"n": True}, "n"),
        ({"n": 1.5}, "n"),
        ({"size": "999x999"}, "size"),
        ({"size": 512}, "size"),
        ({"quality": "superb"}, "quality"),
        ({"style": "cubist"}, "style"),
        ({"prompt": None}, "prompt"),
        ({"prompt": "   "}, "prompt"),
        ({"prompt": 7}, "prompt"),
        ({"prompt": "x" * 100_000}, "prompt"),
        ({"response_format": "gif"}, "response_format"),
        ({"output_compression": 101}, "output_compression"),
        ({"partial_images": 4}, "partial_images"),
        ({"seed": -1}, "seed"),
        ({"background": "transparent", "output_format": "jpeg"}, "background"),
    ],
)
def test_a_wrong_parameter_is_named_in_a_400(call, change, param):
    answer = call("POST", "/images/generations", json={**SMALL, **change})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["param"] == param
    assert error["type"] == "invalid_request_error"
    assert error["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_a_400(call, body):
    assert call("POST", "/images/generations", content=body).status_code == 400


def test_another_kind_of_body_is_a_415(call):
    headers = {"content-type": "text/plain"}
    assert call("POST", "/images/generations", content=b"cat", headers=headers).status_code == 415


@pytest.mark.parametrize(
    "prompt", ["<img src=x onerror=alert(1)>", "/etc/passwd", "a\x00cat", "\ud800", "مرحبا 🐱", "🦊" * 500]
)
def test_odd_prompts_are_drawn(call, prompt):
    import json

    answer = call("POST", "/images/generations", content=json.dumps({**SMALL, "prompt": prompt}))
    assert answer.status_code == 200, answer.text


def test_a_generation_can_be_a_form(call):
    answer = call("POST", "/images/generations", files={key: (None, str(value)) for key, value in SMALL.items()})
    assert answer.json()["size"] == "256x256"


def test_without_the_key_nothing_is_drawn(call):
    app = {"api_key": "secret"}
    assert call("POST", "/images/generations", json=SMALL, app=app).status_code == 401
    wrong = {"Authorization": "Bearer other"}
    answer = call("POST", "/images/generations", json=SMALL, app=app, headers=wrong)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "invalid_api_key"
    assert answer.headers["www-authenticate"] == "Bearer"
    right = {"Authorization": "Bearer secret"}
    assert call("POST", "/images/generations", json=SMALL, app=app, headers=right).status_code == 200


def test_the_rate_limit_is_announced_and_kept(call):
    app = {"faults": Faults(requests_per_minute=1), "clock": _noon}
    first = call("POST", "/images/generations", json=SMALL, app=app)
    assert first.headers["x-ratelimit-remaining-requests"] == "0"
    second = call("POST", "/images/generations", json=SMALL, app=app)
    assert second.status_code == 429
    assert second.headers["retry-after"] == "60"
    assert second.json()["error"]["type"] == "rate_limit_error"


def test_a_wrong_request_is_counted_and_told_so(call):
    app = {"faults": Faults(requests_per_minute=9)}
    answer = call("POST", "/images/generations", json={**SMALL, "n": 0}, app=app)
    assert answer.status_code == 400
    assert answer.headers["x-ratelimit-remaining-requests"] == "8"


def test_each_of_several_images_can_be_drawn_again_alone(call):
    form = {**SMALL, "response_format": "b64_json", "quality": "low"}
    several = call("POST", "/images/generations", json={**form, "n": 2}).json()["data"]
    again = call("POST", "/images/generations", json={**form, "seed": several[1]["seed"]}).json()["data"]
    assert again[0]["b64_json"] == several[1]["b64_json"] != several[0]["b64_json"]


def test_the_images_of_a_request_are_framed_differently(call):
    form = {**SMALL, "prompt": "a red ball on a white background", "response_format": "b64_json", "n": 4}
    boxes = []
    for image in call("POST", "/images/generations", json=form).json()["data"]:
        red, green, _ = decoded(image).convert("RGB").split()
        boxes.append(ImageChops.subtract(red, green, offset=-70).point([0] + [255] * 255).getbbox())
    # Noise would leave the ball where it is, and as large as it is: sizes and places differ.
    heights = sorted(bottom - top for _, top, _, bottom in boxes)
    assert heights[-1] > 1.4 * heights[0]
    middles = sorted((left + right) / 2 for left, _, right, _ in boxes)
    assert middles[-1] - middles[0] > 0.12 * 256


def _noon() -> float:
    return 0.0


def test_it_fails_as_often_as_it_was_told_to(call):
    app = {"faults": Faults(error_rate=1.0, error_status=503)}
    answer = call("POST", "/images/generations", json=SMALL, app=app)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"


def test_words_can_be_refused(call):
    app = {"faults": Faults(refused_words=("fox",))}
    answer = call("POST", "/images/generations", json=SMALL, app=app)
    assert answer.json()["error"]["code"] == "content_policy_violation"


def test_a_refused_word_is_a_whole_word(call):
    app = {"faults": Faults(refused_words=("gun",))}
    assert call("POST", "/images/generations", json={**SMALL, "prompt": "it has begun"}, app=app).status_code == 200


def test_a_body_over_the_limit_is_a_413(call):
    app = {"limits": Limits(body=100)}
    answer = call("POST", "/images/generations", json={**SMALL, "user": "u" * 200}, app=app)
    assert answer.status_code == 413


def test_an_image_over_the_pixel_limit_is_refused(call, as_png: Callable[[Image.Image], bytes]):
    app = {"limits": Limits(pixels=1000)}
    files = {"image": ("a.png", as_png(Image.new("RGB", (64, 64))), "image/png")}
    answer = call("POST", "/images/edits", data={"prompt": "a hat"}, files=files, app=app)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "image"


def test_the_description_lists_every_parameter(call):
    described = call("GET", "/openapi.json").json()
    body = described["paths"]["/images/generations"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert {"prompt", "n", "seed", "negative_prompt", "stream", "background"} <= set(body["properties"])


def test_the_description_tells_json_images_from_files_and_lists_every_path(call):
    paths = call("GET", "/openapi.json").json()["paths"]
    assert {"/models/{name}", "/images/files/{name}"} <= set(paths)
    kinds = paths["/images/edits"]["post"]["requestBody"]["content"]
    assert "binary" not in str(kinds["application/json"])
    assert "binary" in str(kinds["multipart/form-data"])
    assert {"405", "500"} <= set(paths["/images/edits"]["post"]["responses"])


def test_files_forget_the_oldest(call):
    app = {"max_file_bytes": 1}
    first = call("POST", "/images/generations", json=SMALL, app=app).json()["data"][0]["url"]
    call("POST", "/images/generations", json={**SMALL, "seed": 2}, app=app)
    gone = call("GET", first, app=app)
    assert gone.status_code == 404
    assert gone.json()["error"]["code"] == "image_expired"


@pytest.mark.parametrize(("asked", "previews"), [(True, 1), (False, 0), ("true", 1)])
def test_previews_that_are_asked_for_with_a_yes_are_one(call, asked, previews):
    body = {"prompt": "a cat", "size": "256x256", "stream": True, "partial_images": asked}
    events = call("POST", "/images/generations", json=body).text
    assert events.count("event: image_generation.partial_image") == previews


def test_what_a_model_takes_is_said_as_json_schema(call):
    (model,) = call("GET", "/models").json()["data"]
    size = model["parameters"]["generate"]["size"]
    assert size["default"] in size["examples"]
    assert set(size["examples"]) <= set(size["enum"]) == set(SIZES)
    assert model["parameters"]["edit"]["image"]["maxItems"] == 16
    assert "mask" not in model["parameters"]["generate"]
