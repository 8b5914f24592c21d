"""Previews: what the picture will be, told while it is being made."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    PNDMScheduler,
    UniPCMultistepScheduler,
)
from PIL import Image

from r9s_notebook import R9S
from r9s_notebook.engines.diffusers.denoising import preview_steps
from r9s_notebook.engines.diffusers.latents import clean
from tests.engines.diffusers import tiny
from tests.engines.diffusers.conftest import create

pytestmark = pytest.mark.models

OTHERS = [EulerDiscreteScheduler, DPMSolverMultistepScheduler, UniPCMultistepScheduler]


@pytest.mark.parametrize(
    "scheduler",
    [
        DDIMScheduler(**tiny.NOISE, clip_sample=False),
        EulerDiscreteScheduler(**tiny.NOISE),
        FlowMatchEulerDiscreteScheduler(),
        DPMSolverMultistepScheduler(**tiny.NOISE),
        UniPCMultistepScheduler(**tiny.NOISE),
    ],
    ids=lambda scheduler: type(scheduler).__name__,
)
def test_the_clean_latents_are_those_that_the_model_predicts(scheduler):
    """A model that always sees the same picture behind the noise."""
    torch.manual_seed(0)
    picture, noise = torch.randn(2, 1, 4, 8, 8)
    scheduler.set_timesteps(6)
    flows = isinstance(scheduler, FlowMatchEulerDiscreteScheduler)
    latents = noise * getattr(scheduler, "init_noise_sigma", 1)
    for time in scheduler.timesteps:
        given = latents if flows else scheduler.scale_model_input(latents, time)
        if flows:
            share = scheduler.sigmas[scheduler.step_index or 0]
            told = (given - picture) / share
        elif isinstance(scheduler, EulerDiscreteScheduler):
            scheduler._step_index = scheduler._step_index or 0
            told = (latents - picture) / scheduler.sigmas[scheduler.step_index]
        else:
            share = scheduler.alphas_cumprod[int(time)]
            told = (given - share**0.5 * picture) / (1 - share) ** 0.5
        before, latents = latents, scheduler.step(told, time, latents, return_dict=False)[0]
        if time == scheduler.timesteps[-1]:
            break  # nobody sees a preview of what is finished
        assert torch.allclose(clean(scheduler, time, before, latents), picture, atol=1e-3)


@pytest.mark.parametrize("model", ["tiny-sd", "tiny-flux", "tiny-qwen"])
@pytest.mark.parametrize("n", [1, 2])
def test_previews_are_half_as_wide_and_come_before_their_picture(client, model, n):
    values: dict[str, Any] = {"prompt": "a fox", "model": model, "size": "96x64", "num_inference_steps": 8, "n": n}
    with client.images.create(**values, stream=True, partial_images=3, response_format="b64_json") as stream:
        events = list(stream)
    for index in range(n):
        own = [event for event in events if event.index == index]
        assert [event.partial_image_index for event in own] == [0, 1, 2, None]
        assert [event.is_final for event in own] == [False, False, False, True]
        sizes = [Image.open(io.BytesIO(client.images.read(event.image))).size for event in own]
        assert sizes == [(48, 32)] * 3 + [(96, 64)]


def test_previews_of_an_edit_end_where_the_picture_ends(client):
    given = {"image": Image.new("RGB", (75, 97), "red"), "prompt": "a fox", "model": "tiny-sd", "strength": 1.0}
    how = {"num_inference_steps": 8, "stream": True, "partial_images": 1, "response_format": "b64_json"}
    with client.images.edit(**given, **how) as stream:
        sizes = [Image.open(io.BytesIO(client.images.read(event.image))).size for event in stream]
    assert sizes == [(38, 48), (75, 97)]


@pytest.mark.parametrize(
    ("steps", "previews", "at"),
    [(50, 3, [12, 25, 37]), (4, 1, [2]), (4, 3, [1, 2]), (3, 3, [1]), (2, 3, []), (1, 1, []), (9, 0, [])],
)
def test_previews_are_spread_over_the_steps(steps, previews, at):
    assert preview_steps(steps, previews) == at


@pytest.mark.parametrize("scheduler", OTHERS)
def test_other_schedulers_have_previews_too(tmp_path: Path, scheduler: Any):
    folder = tiny.stable_diffusion(tmp_path / "model", scheduler=scheduler(**tiny.NOISE, steps_offset=1))
    with R9S.offline(engine="diffusers", model=folder, device="cpu") as client:
        values: dict[str, Any] = {"prompt": "a fox", "size": "64x64", "num_inference_steps": 5}
        with client.images.create(**values, stream=True, partial_images=2, response_format="b64_json") as stream:
            assert [event.is_final for event in stream] == [False, False, True]


def test_where_no_preview_can_be_told_none_is_offered_and_the_picture_comes(tmp_path: Path):
    folder = tiny.stable_diffusion(
        tmp_path / "model", scheduler=PNDMScheduler(**tiny.NOISE, steps_offset=1, skip_prk_steps=True)
    )
    with R9S.offline(engine="diffusers", model=folder, device="cpu") as client:
        (entry,) = client.models()
        assert entry.streams
        assert "partial_images" not in entry.parameters | entry.edit_parameters
        values: dict[str, Any] = {"prompt": "a fox", "size": "64x64", "num_inference_steps": 5}
        with client.images.create(**values, stream=True, partial_images=2) as stream:
            assert [event.is_final for event in stream] == [True]


def test_a_preview_that_cannot_be_made_costs_no_picture(client, monkeypatch, caplog):
    def no_room(*_given: Any) -> Any:
        raise torch.OutOfMemoryError("no room to decode")

    monkeypatch.setattr("r9s_notebook.engines.diffusers.latents.decoded", no_room)
    with create(client, num_inference_steps=8, stream=True, partial_images=3) as stream:
        assert [event.is_final for event in stream] == [True]
    assert "no room to decode" in caplog.text
