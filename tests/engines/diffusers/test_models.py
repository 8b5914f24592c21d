"""What models say of themselves before they are loaded, and what is no model."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from contextlib import aclosing
from pathlib import Path
from typing import Any

import httpx
import pytest

from r9s_notebook import R9S, Mask
from r9s_notebook.errors import BadRequestError, InputError, InternalServerError
from r9s_notebook.server import Asked, Refusal, create_app, open_engine
from tests.engines.diffusers import tiny
from tests.engines.diffusers.conftest import create, pictures
from tests.serving import served_process

pytestmark = pytest.mark.models


@pytest.fixture
def copy(sd: Path, tmp_path: Path) -> Path:
    """A model whose files may be changed."""
    return shutil.copytree(sd, tmp_path / "copy")


def change(file: Path, **values: Any) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def offline(*models: Path | str, **options: Any) -> R9S:
    return R9S.offline(engine="diffusers", model=list(models), device="cpu", **options)


def test_a_model_says_what_it_takes_and_its_weights_are_not_looked_at(copy):
    for weights in copy.rglob("*.safetensors"):
        weights.unlink()
    (entry,) = offline(copy).models()
    assert (entry.model, entry.generates, entry.edits, entry.masks, entry.streams) == ("copy", True, True, True, True)
    assert entry.default_size == entry.sizes[0] == "128x128"
    assert entry.edit_sizes[0] == "auto"
    assert "144x112" in entry.sizes
    assert entry.any_size
    assert entry.max_images == 1
    assert {"negative_prompt", "num_inference_steps", "guidance_scale", "partial_images", "seed"} <= entry.parameters
    assert not {"true_cfg_scale", "strength", "quality", "background"} & entry.parameters
    assert {"strength", "mask"} <= entry.edit_parameters


def test_the_list_says_the_defaults_and_the_limit_of_sizes(client):
    answer = httpx.Client(transport=client._transport).get("http://offline.r9s/v1/models").json()
    said = {model["id"]: model["parameters"] for model in answer["data"]}
    assert said["tiny-sd"]["generate"]["num_inference_steps"]["default"] == 50
    assert said["tiny-sd"]["edit"]["guidance_scale"]["default"] == 7.5
    assert "default" not in said["tiny-sd"]["edit"]["strength"]  # with a mask it is another one than without
    sizes = "width and height in multiples of 8, up to 65536 pixels in all"
    assert sizes in said["tiny-sd"]["generate"]["size"]["description"]
    assert "true_cfg_scale" in said["tiny-flux"]["generate"]


def test_a_model_that_was_trained_to_fill_holes_only_does_that(tmp_path):
    client = offline(tiny.stable_diffusion(tmp_path / "holes", unet_channels=9))
    (entry,) = client.models()
    assert (entry.generates, entry.edits, entry.masks) == (False, True, True)
    source = tmp_path / "a.png"
    mask = Mask.blank(64, 64).rect(0, 0, 32, 32)
    given: dict[str, Any] = {"prompt": "a fox", "num_inference_steps": 2}
    with pytest.raises(BadRequestError, match="holes only edits images"):
        create(client, model="holes")
    source.write_bytes(mask.to_png())
    with pytest.raises(BadRequestError, match="only fills what a mask marks"):
        client.images.edit(image=source, **given)
    assert pictures(client, client.images.edit(image=source, mask=mask, **given))[0].size == (64, 64)


def test_a_pipeline_that_takes_no_negative_prompt_refuses_one(copy):
    change(copy / "model_index.json", _class_name="LatentConsistencyModelPipeline")
    client = offline(copy)
    (entry,) = client.models()
    assert "negative_prompt" not in entry.parameters
    assert not entry.masks
    with pytest.raises(BadRequestError, match="copy takes no negative prompt") as caught:
        create(client, model="copy", negative_prompt="rain")
    assert '"param":"negative_prompt"' in caught.value.body
    mask = Mask.blank(64, 64).fill()
    with pytest.raises(BadRequestError, match="takes no mask"):
        client.images.edit(image=mask.to_png(), mask=mask, prompt="a fox", model="copy")


def test_what_is_no_model_is_told_when_the_server_starts(copy, tmp_path):
    with pytest.raises(InputError, match=r"no Diffusers model at .*nowhere.*: model_index\.json cannot be read"):
        offline(tmp_path / "nowhere")
    (copy / "vae" / "config.json").write_text("{")
    with pytest.raises(InputError, match=r"vae/config\.json cannot be read \(JSONDecodeError\)"):
        offline(copy)
    shutil.rmtree(copy / "vae")
    with pytest.raises(InputError, match=r"vae/config\.json cannot be read \(FileNotFoundError\)"):
        offline(copy)
    for kind in ("StableDiffusionControlNetPipeline", "MyOwnPipeline"):
        (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": kind}))
        with pytest.raises(InputError, match=f"is a {kind}, which makes no pictures from words, an image and a mask"):
            offline(tmp_path)


def test_a_name_of_the_hub_without_the_internet_is_told_when_the_server_starts(tmp_path):
    code = "from r9s_notebook import R9S; R9S.offline(engine='diffusers', model='nobody/nothing', device='cpu')"
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert "There is no Diffusers model at nobody/nothing: model_index.json cannot be read" in done.stderr


def test_weights_that_are_missing_are_told_by_an_id_and_the_other_model_works(copy, sd, caplog):
    for weights in (copy / "unet").glob("*.safetensors"):
        weights.unlink()
    client = offline(copy, sd)
    for _again in range(2):
        with pytest.raises(InternalServerError, match="under req_") as caught:
            create(client, model="copy", retries=None)
        assert str(copy) not in str(caught.value)
    assert str(copy) in caplog.text
    assert create(client).data


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"device": "warp"}, "There is no device 'warp' here"),
        ({"dtype": "int4"}, "dtype is one of auto, float32, bfloat16, float16, not 'int4'"),
        ({"model": []}, "needs a model"),
    ],
)
def test_an_option_that_cannot_be_is_told_when_the_server_starts(sd, options, sentence):
    with pytest.raises(InputError, match=sentence):
        R9S.offline(engine="diffusers", **{"model": sd, **options})


def test_two_models_of_one_name_are_refused(sd, tmp_path):
    other = shutil.copytree(sd, tmp_path / sd.name)
    with pytest.raises(InputError, match="Two models are called 'tiny-sd'"):
        offline(sd, other)


def test_another_dtype_is_what_the_model_runs_in(sd, caplog):
    caplog.set_level("INFO", "r9s_notebook")
    client = offline(sd, dtype="bfloat16")
    assert pictures(client, create(client))[0].size == (64, 64)
    assert "loading tiny-sd on cpu (bfloat16)" in caplog.text


def test_an_engine_that_is_closed_answers_who_still_waits(sd, steps):
    engine = open_engine("diffusers", model=sd, device="cpu")
    held = steps.hold(1)

    async def go() -> None:
        values = {"prompt": "a fox", "size": "64x64", "num_inference_steps": 30}
        job = await engine.read(Asked("generate", values))
        async with aclosing(engine.run(job)) as outputs:
            output = asyncio.ensure_future(anext(outputs))
            assert await asyncio.to_thread(held.reached.wait, 60)
            engine.close()
            with pytest.raises(Refusal, match="shutting down"):
                await output
        held.let_go.set()

    asyncio.run(go())


@pytest.mark.slow
def test_the_command_serves_models_to_any_client_and_says_when_it_loads_one(sd, flux):
    options = ("--engine", "diffusers", "--model", str(sd), "--model", str(flux), "--device", "cpu", "--batch", "2")
    with served_process(*options) as (process, base):
        with R9S(api_key="any", server_url=base) as client:
            assert [entry.model for entry in client.models()] == ["tiny-sd", "tiny-flux"]
            assert len(create(client, n=3, model="tiny-flux").data) == 3
        assert httpx.get(f"{base}/models/tiny-sd").headers["x-r9s-engine"] == "diffusers"
        process.terminate()
        log = process.stderr.read()
    assert "loading tiny-flux on cpu (float32)" in log
    assert "loading tiny-sd" not in log


def test_what_no_model_of_ones_own_is_named_for_another_engine_draws(sd):
    app = create_app(open_engine("fallback", engines=[open_engine("diffusers", model=sd, device="cpu"), open_engine()]))
    with R9S.offline(app) as client:
        assert [entry.model for entry in client.models()] == ["tiny-sd", "sketch-1"]
        assert create(client).model == "tiny-sd"
        assert create(client, model="gpt-image-2", size="256x256").model == "sketch-1"
        with pytest.raises(BadRequestError, match="tiny-sd draws no 65x64"):
            create(client, size="65x64")
