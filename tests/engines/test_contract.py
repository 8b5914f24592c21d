"""What every engine keeps to, whatever it is: one run over a real server, with our client and both official SDKs."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import openai
import pytest
import r9s
from PIL import Image

from r9s_notebook import R9S, Mask
from r9s_notebook.errors import R9SError
from r9s_notebook.history import Store
from r9s_notebook.imaging import to_png
from tests.archive._history_help import keep, picture
from tests.serving import served

pytestmark = pytest.mark.slow

SIDE = 256
SOURCE = Image.linear_gradient("L").convert("RGB")
MASK = Mask.blank(SIDE, SIDE).rect(0, 0, 100, SIDE)


@dataclass(frozen=True)
class Served:
    """An engine behind a server.

    Attributes:
        name: Of the engine.
        base: The API's address.
        model: One that it has.
        previews: Whether it makes previews.
        key: The server's, where it insists on one.
    """

    name: str
    base: str
    model: str
    previews: bool = True
    key: str = "any"

    @property
    def generation(self) -> dict[str, Any]:
        return {"prompt": "a red fox", "model": self.model, "size": f"{SIDE}x{SIDE}", "response_format": "b64_json"}

    @property
    def edit(self) -> dict[str, Any]:
        return {"prompt": "a blue hat", "model": self.model, "size": f"{SIDE}x{SIDE}", "response_format": "b64_json"}


def _sketch(_folder: Path) -> tuple[str, tuple[str, ...], bool]:
    return "sketch-1", ("--workers", "0"), True


def _replay(folder: Path) -> tuple[str, tuple[str, ...], bool]:
    """Recorded from nothing but what the tests ask."""
    params = {"model": "gpt-image-1", "size": f"{SIDE}x{SIDE}", "response_format": "b64_json"}
    edited = Image.composite(Image.new("RGB", SOURCE.size, "blue"), SOURCE, MASK.to_image())
    with Store(folder / ".r9s") as store:
        for n in (1, 2):
            images = [picture(colour, size=(SIDE, SIDE)) for colour in ("red", "brown")[:n]]
            keep(store, "a red fox", images=images, params={"prompt": "a red fox", **params, "n": n, "seed": 7})
        files = {
            "source": store.put_image(to_png(SOURCE), "image/png"),
            "mask_png": store.put_image(MASK.to_png(), "image/png"),
        }
        for more in ({}, {"input_fidelity": "low"}):  # which the official SDK sends by itself
            given = {"prompt": "a blue hat", **params, **more}
            keep(store, "a blue hat", images=[to_png(edited)], kind="edit", params=given, **files)
    return "gpt-image-1", ("--recordings", str(folder)), False


def _diffusers(folder: Path) -> tuple[str, tuple[str, ...], bool]:
    from tests.engines.diffusers import tiny  # which needs torch

    return "tiny-sd", ("--model", str(tiny.stable_diffusion(folder / "tiny-sd")), "--device", "cpu"), True


ENGINES = {"sketch": _sketch, "replay": _replay, "diffusers": _diffusers}


@pytest.fixture(
    scope="module",
    params=[
        "sketch",
        "replay",
        pytest.param("diffusers", marks=pytest.mark.models),
        pytest.param("ray sketch", marks=pytest.mark.cluster),
        pytest.param("ray diffusers", marks=pytest.mark.cluster),
    ],
)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    name = request.param.rpartition(" ")[2]
    model, options, previews = ENGINES[name](tmp_path_factory.mktemp(name))
    if name != request.param:
        from tests.engines.cluster.head import KEY

        given = {"model": options[1], "replicas": 1} if name == "diffusers" else {"replicas": 2}
        with request.getfixturevalue("ray_head").served(f"contract-{name}", engine=name, **given) as base:
            yield Served("ray", base, model, previews, KEY)
        return
    with served("--engine", request.param, *options) as base:
        yield Served(request.param, base, model, previews)


@pytest.fixture
def ours(engine: Served) -> Iterator[R9S]:
    with R9S(api_key=engine.key, server_url=engine.base) as client:
        yield client


def opened(encoded: str | None) -> Image.Image:
    assert encoded is not None
    return Image.open(io.BytesIO(base64.b64decode(encoded)))


def test_its_name_stands_on_every_answer_and_its_models_are_listed(engine, ours):
    answer = httpx.get(f"{engine.base}/models", headers={"Authorization": f"Bearer {engine.key}"})
    assert answer.headers["x-r9s-engine"] == engine.name
    assert engine.model in [model.model for model in ours.models()]


def test_each_picture_comes_once_in_its_order_with_the_size_that_was_asked_for(engine, ours):
    answer = ours.images.create(**engine.generation, n=2, seed=7)
    assert answer.model == engine.model
    assert [opened(one.b64_json).size for one in answer.data] == [(SIDE, SIDE)] * 2
    assert len({one.b64_json for one in answer.data}) == 2


def test_the_same_request_with_its_seed_is_answered_with_the_same_pictures(engine, ours):
    first, second = (ours.images.create(**engine.generation, seed=7) for _ in range(2))
    assert first.data[0].b64_json == second.data[0].b64_json


def test_what_a_mask_keeps_is_kept(engine, ours):
    answer = ours.images.edit(**engine.edit, image=SOURCE, mask=MASK)
    edited = np.asarray(opened(answer.data[0].b64_json).convert("RGB"))
    kept = np.asarray(MASK.to_image()) == 0
    assert (edited[kept] == np.asarray(SOURCE)[kept]).all()
    assert (edited[~kept] != np.asarray(SOURCE)[~kept]).any()


def test_a_stream_has_previews_before_their_picture_and_each_picture_once(engine, ours):
    given = {**engine.generation, "n": 2, "seed": 7, "stream": True, "partial_images": 2}
    with ours.images.create(**given) as stream:
        events = [(event.index, event.is_final) for event in stream]
    each = [*[False] * (2 if engine.previews else 0), True]
    assert [[final for index, final in events if index == number] for number in (0, 1)] == [each, each]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_what_it_does_not_serve_is_an_error_with_a_sentence(engine, ours, stream):
    for wrong in ({"n": 99}, {"prompt": ""}, {"size": "3x3"}):
        with pytest.raises(R9SError) as caught:
            ours.images.create(**{**engine.generation, **wrong}, stream=stream, retries=None)
        assert 400 <= (caught.value.status_code or 0) < 500
        assert caught.value.message.endswith(".")


def test_openais_sdk_generates_and_edits(engine):
    with openai.OpenAI(api_key=engine.key, base_url=engine.base, max_retries=0) as client:
        made = client.images.generate(**engine.generation, extra_body={"seed": 7})
        assert opened(made.data[0].b64_json).size == (SIDE, SIDE)
        files = {"image": ("a.png", to_png(SOURCE)), "mask": ("m.png", MASK.to_png())}
        edited = client.images.edit(**engine.edit, **files)
        assert opened(edited.data[0].b64_json).size == (SIDE, SIDE)
        stream = client.images.generate(**engine.generation, stream=True, partial_images=1, extra_body={"seed": 7})
        assert [event.type for event in stream][-1] == "image_generation.completed"
        with pytest.raises(openai.APIStatusError) as caught:
            client.images.generate(**{**engine.generation, "prompt": ""})
        assert 400 <= caught.value.status_code < 500


def test_the_r9s_sdk_generates_and_edits(engine):
    with r9s.R9S(api_key=engine.key, server_url=engine.base) as client:
        made = client.images.create(**engine.generation, seed=7)
        assert opened(made.data[0].b64_json).size == (SIDE, SIDE)
        files = {
            "image": {"file_name": "a.png", "content": to_png(SOURCE)},
            "mask": {"file_name": "m.png", "content": MASK.to_png()},
        }
        edited = client.images.edit(**engine.edit, **files)
        assert opened(edited.data[0].b64_json).size == (SIDE, SIDE)
        stream = client.images.create(**engine.generation, seed=7, stream=True, partial_images=1)
        assert [event.data.data[0].is_final for event in stream][-1]
