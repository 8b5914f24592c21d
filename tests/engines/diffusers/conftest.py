"""Tiny models, and what is seen of the pipelines while they work."""

from __future__ import annotations

import functools
import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from diffusers import DDIMScheduler, StableDiffusionPipeline
from PIL import Image

from r9s_notebook import R9S
from tests.engines.diffusers import tiny


@pytest.fixture(scope="session")
def sd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of Stable Diffusion's family."""
    return tiny.stable_diffusion(tmp_path_factory.mktemp("models") / "tiny-sd")


@pytest.fixture(scope="session")
def flux(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of Flux's."""
    return tiny.flux(tmp_path_factory.mktemp("models") / "tiny-flux")


@pytest.fixture(scope="session")
def qwen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of Qwen-Image's."""
    return tiny.qwen_image(tmp_path_factory.mktemp("models") / "tiny-qwen")


@pytest.fixture
def client(sd: Path, flux: Path, qwen: Path) -> R9S:
    """All of them, in process."""
    return R9S.offline(engine="diffusers", model=[sd, flux, qwen], device="cpu")


def pictures(client: R9S, answer: Any) -> list[Image.Image]:
    return [Image.open(io.BytesIO(client.images.read(one))) for one in answer.data]


def apart(one: Image.Image, other: Image.Image) -> int:
    """The greatest difference of two pictures, in steps of 255."""
    return int(np.abs(np.asarray(one, np.int16) - np.asarray(other, np.int16)).max())


def create(client: R9S, **given: Any) -> Any:
    """A small generation in a few steps."""
    usual = {"prompt": "a fox", "model": "tiny-sd", "size": "64x64", "num_inference_steps": 3}
    return client.images.create(**{**usual, "response_format": "b64_json", **given})


class Held:
    """A step that is held up: ``reached`` tells that it is, until ``let_go`` is set."""

    def __init__(self) -> None:
        self.reached, self.let_go = threading.Event(), threading.Event()


class Steps:
    """Counts the steps of Stable Diffusion's pipelines, and holds some up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.taken = 0
        self._held: dict[int, Held] = {}
        step = DDIMScheduler.step

        def counted(scheduler: Any, *given: Any, **named: Any) -> Any:
            self.taken += 1
            if held := self._held.get(self.taken):
                held.reached.set()
                assert held.let_go.wait(60)
            return step(scheduler, *given, **named)

        monkeypatch.setattr(DDIMScheduler, "step", counted)

    def hold(self, number: int) -> Held:
        """Holds up the step of that number, counted from 1."""
        return self._held.setdefault(number, Held())


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    return Steps(monkeypatch)


class Calls:
    """What a pipeline is called with; ``before``, where it is set, runs first and may raise."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.batches: list[int] = []
        self.before: Callable[[int], None] = lambda _pictures: None
        call = StableDiffusionPipeline.__call__

        @functools.wraps(call)
        def seen(pipe: Any, **values: Any) -> Any:
            self.batches.append(len(values["prompt"]))
            self.before(len(values["prompt"]))
            return call(pipe, **values)

        monkeypatch.setattr(StableDiffusionPipeline, "__call__", seen)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    return Calls(monkeypatch)
