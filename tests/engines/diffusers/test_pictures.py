"""What is drawn: from words, from a picture, and under a mask."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from r9s_notebook import Mask
from r9s_notebook.engines.diffusers.sources import open_canvas
from r9s_notebook.errors import BadRequestError, NotFoundError
from r9s_notebook.imaging import open_image
from r9s_notebook.server import Refusal
from r9s_notebook.server.engine import Source
from tests.engines.diffusers.conftest import Calls, Steps, apart, pictures

pytestmark = pytest.mark.models

QUICK: dict[str, Any] = {"num_inference_steps": 3, "response_format": "b64_json"}
MODELS = ("tiny-sd", "tiny-flux", "tiny-qwen")


def photo(width: int, height: int, mode: str = "RGB") -> Image.Image:
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, len(mode)), dtype=np.uint8)
    return Image.fromarray(pixels)


def as_file(image: Image.Image, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", **how)
    return out.getvalue()


@pytest.mark.parametrize("model", MODELS)
def test_words_become_pictures_of_the_size_and_format_that_was_asked_for(client, model):
    answer = client.images.create(prompt="a fox", model=model, size="72x64", n=2, seed=5, output_format="webp", **QUICK)
    assert answer.model == model
    assert [(one.format, one.size) for one in pictures(client, answer)] == [("WEBP", (72, 64))] * 2
    assert [one.seed for one in answer.data] == [5, 6]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", ["words", "picture", "mask"])
def test_a_seed_draws_the_same_alone_and_in_a_batch(client, model, kind):
    given: dict[str, Any] = {"prompt": "a fox", "model": model, **QUICK}
    draw = client.images.create
    if kind == "words":
        given["size"] = "64x64"
    else:
        given |= {"image": photo(64, 64), "strength": 0.9}
        draw = client.images.edit
    if kind == "mask":
        given["mask"] = Mask.blank(64, 64).ellipse(8, 8, 50, 50)
    together = pictures(client, draw(**given, n=3, seed=11))
    for number, one in enumerate(together):
        (alone,) = pictures(client, draw(**given, seed=11 + number))
        assert apart(one, alone) <= 1
    assert apart(together[0], together[1]) > 1


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("size", "mode"), [((64, 64), "RGB"), ((75, 97), "RGB"), ((101, 66), "RGBA"), ((20, 31), "RGB")], ids=str
)
def test_what_the_mask_keeps_is_the_pictures_own_to_the_byte(client, model, size, mode):
    source = photo(*size, mode)
    mask = Mask.blank(*size).rect(5, 5, size[0] - 7, size[1] - 8).feather(2)
    (edited,) = pictures(client, client.images.edit(image=source, mask=mask, prompt="a fox", model=model, **QUICK))
    assert (edited.size, edited.mode) == (size, mode)
    kept = np.asarray(mask.to_image()) == 0
    assert 0 < kept.sum() < kept.size
    assert (np.asarray(edited)[kept] == np.asarray(source)[kept]).all()
    assert (np.asarray(edited)[~kept] != np.asarray(source)[~kept]).any()


def test_a_picture_that_lies_on_its_side_is_edited_as_it_is_seen(client):
    turned = Image.Exif()
    turned[0x0112] = 6
    file = as_file(photo(64, 96), exif=turned)
    seen = open_image(file)
    mask = Mask.blank(96, 64).rect(0, 0, 40, 64)
    (edited,) = pictures(client, client.images.edit(image=file, mask=mask, prompt="a fox", model="tiny-sd", **QUICK))
    assert edited.size == seen.size == (96, 64)
    assert apart(edited.crop((50, 0, 96, 64)), seen.crop((50, 0, 96, 64))) == 0


def test_a_mask_without_transparency_edits_where_it_is_white(client):
    mask = Image.new("L", (64, 64), 0)
    mask.paste(255, (0, 0, 32, 64))
    source = photo(64, 64)
    values = {"prompt": "a fox", "model": "tiny-sd", **QUICK}
    raw = {"file_name": "mask.png", "content": as_file(mask), "content_type": "image/png"}
    (edited,) = pictures(client, client.images.edit(image=source, mask=raw, **values))
    assert apart(edited.crop((33, 0, 64, 64)), source.crop((33, 0, 64, 64))) == 0
    assert apart(edited, source) > 1


def test_an_edit_of_another_size_keeps_the_picture_as_it_is_at_that_size(client):
    source, mask = photo(96, 80), Mask.blank(96, 80).rect(0, 0, 48, 80)
    answer = client.images.edit(image=source, mask=mask, prompt="a fox", model="tiny-sd", size="64x64", **QUICK)
    (edited,) = pictures(client, answer)
    smaller = source.resize((64, 64), Image.Resampling.LANCZOS)
    assert apart(edited.crop((36, 0, 64, 64)), smaller.crop((36, 0, 64, 64))) == 0


def test_a_damaged_file_is_refused_with_a_sentence():
    whole, mask = as_file(photo(64, 64)), as_file(Image.new("L", (64, 64), 9))
    for images, name, sentence in (
        ((whole[: len(whole) // 2],), "image", "damaged"),
        ((whole,), "mask", "next to nothing"),
    ):
        with pytest.raises(Refusal, match=sentence) as caught:
            open_canvas(Source(images, mask, 64, 64), 64, 64)
        assert (caught.value.status, caught.value.param) == (400, name)


def test_steps_guidance_and_strength_are_the_pipelines_own(client, steps: Steps):
    given = {"prompt": "a fox", "model": "tiny-sd", "seed": 1}
    client.images.create(**given, size="64x64", num_inference_steps=7)
    assert steps.taken == 7
    steps.taken = 0
    client.images.edit(**given, image=photo(64, 64), num_inference_steps=10, strength=0.5)
    assert steps.taken == 5

    def guided(scale: float) -> Image.Image:
        answer = client.images.create(**given, size="64x64", guidance_scale=scale, **QUICK)
        return pictures(client, answer)[0]

    assert apart(guided(1.5), guided(20)) > 1


def test_what_cannot_be_looked_at_is_refused_and_not_passed_over(client):
    for values, sentence in (
        ({"model": "tiny-sd", "true_cfg_scale": 2}, "tiny-sd takes no true guidance"),
        ({"model": "tiny-flux", "negative_prompt": "rain"}, "only with a true_cfg_scale above 1"),
        ({"model": "tiny-flux", "true_cfg_scale": 4}, "true_cfg_scale only beside a negative prompt"),
        ({"model": "tiny-sd", "negative_prompt": "rain", "guidance_scale": 1}, "only with a guidance_scale above 1"),
        ({"model": "tiny-sd", "num_inference_steps": 0}, "num_inference_steps must be from 1"),
    ):
        with pytest.raises(BadRequestError, match=sentence):
            client.images.create(prompt="a fox", size="64x64", **values)
    with pytest.raises(BadRequestError, match=r"of 3 steps, 0\.1 takes none"):
        client.images.edit(prompt="a fox", image=photo(64, 64), model="tiny-sd", strength=0.1, **QUICK)


@pytest.mark.parametrize(
    ("model", "more"),
    [("tiny-sd", {"guidance_scale": 9}), ("tiny-flux", {"true_cfg_scale": 9}), ("tiny-qwen", {"true_cfg_scale": 50})],
    ids=MODELS,
)
def test_a_negative_prompt_changes_the_picture(client, model, more):
    given = {"prompt": "a fox", "model": model, "size": "64x64", "seed": 3, **QUICK, **more}
    (one,) = pictures(client, client.images.create(**given, negative_prompt=" "))
    (other,) = pictures(client, client.images.create(**given, negative_prompt="rain"))
    assert apart(one, other) > 1


@pytest.mark.parametrize(
    ("model", "size", "sentence"),
    [
        ("tiny-sd", "65x64", "no 65x64. Ask for 64x64, or another width and height in multiples of 8"),
        ("tiny-sd", "1024x1024", "no 1024x1024. Ask for 256x256,"),
        ("tiny-sd", "32x64", "Ask for 64x64"),
        ("tiny-sd", "99999x99", "Ask for 1024x64"),
        ("tiny-flux", "66x64", "multiples of 4"),
    ],
)
def test_a_size_that_a_model_does_not_draw_is_refused_with_one_that_it_does(client, model, size, sentence):
    with pytest.raises(BadRequestError, match=sentence) as caught:
        client.images.create(prompt="a fox", model=model, size=size, **QUICK)
    assert "size" in str(caught.value.body)


def test_a_picture_to_edit_that_is_too_large_is_refused_with_a_size_that_is_not(client):
    with pytest.raises(BadRequestError, match=r"has 700x350, which is more than tiny-sd draws\. Ask for 360x176"):
        client.images.edit(prompt="a fox", image=photo(700, 350), model="tiny-sd", **QUICK)


def test_one_server_has_several_models_and_the_first_is_for_who_names_none(client, calls: Calls):
    assert client.images.create(prompt="a fox", size="64x64", **QUICK).model == "tiny-sd"
    assert client.images.create(prompt="a fox", size="64x64", model="tiny-flux", **QUICK).model == "tiny-flux"
    assert calls.batches == [1]
    with pytest.raises(NotFoundError, match="no model 'gpt-image-1' here, only tiny-sd, tiny-flux, tiny-qwen"):
        client.images.create(prompt="a fox", model="gpt-image-1")


def test_a_huge_number_of_pictures_is_refused_and_many_come_in_batches(client, calls: Calls):
    with pytest.raises(BadRequestError, match="n must be from 1 to 10"):
        client.images.create(prompt="a fox", model="tiny-sd", n=10_000)
    answer = client.images.create(prompt="a fox", model="tiny-sd", n=10, size="64x64", **QUICK)
    assert len(answer.data) == 10
    assert calls.batches == [4, 4, 2]
