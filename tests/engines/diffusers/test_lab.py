"""The lab with models of one's own: it offers what they take, shows previews, and keeps what a mask keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from r9s_notebook import R9S, Mask, Studio
from r9s_notebook.session.worker import InlineWorker

pytestmark = pytest.mark.models


@pytest.fixture
def studio(client: R9S, tmp_path: Path) -> Iterator[Studio]:
    home = tmp_path / "home"
    studio = Studio(
        client,
        history=home,
        worker=InlineWorker(),
        prompt="a fox",
        size="64x64",
        model="tiny-sd",
        num_inference_steps=8,
    )
    yield studio
    studio.close()


def shown(studio: Studio) -> set[str]:
    """The further parameters that the panel asks for."""
    studio._parameters.unfold()
    return {name for name, widget in studio._parameters._fields.items() if widget.layout.display != "none"}


def test_it_offers_what_the_model_takes_and_nothing_else(studio):
    taken = {"negative_prompt", "seed", "num_inference_steps", "guidance_scale", "partial_images"}
    sent = {"output_format", "output_compression", "response_format"}
    assert shown(studio) == taken | sent
    studio.model = "tiny-qwen"
    assert shown(studio) == taken | sent | {"true_cfg_scale"}


def test_a_run_and_an_edit_of_it_under_a_mask_are_kept_with_what_drew_them(studio):
    run = studio.generate().result()
    assert run.params["num_inference_steps"] == 8
    original = np.asarray(studio.images[0])
    studio.edit()
    studio.mask = Mask.blank(64, 64).rect(0, 0, 32, 64)
    studio.strength = 0.9
    edit = studio.generate().result()
    assert (edit.kind, edit.params["strength"]) == ("edit", 0.9)
    edited = np.asarray(studio.images[0])
    assert (edited[:, 33:] == original[:, 33:]).all()
    assert (edited[:, :32] != original[:, :32]).any()
    assert "strength=0.9" in studio.code()
