"""Engines in turn."""

from __future__ import annotations

import asyncio

import pytest

from r9s_notebook.engines.fallback import FallbackEngine
from r9s_notebook.engines.replay import RecordedImage, Recording, ReplayEngine, question
from r9s_notebook.server import Asked, NotServed, Refusal
from tests.engines.conftest import OneColour, outputs_of


def recorded(prompt: str, **more: object) -> Recording:
    image = RecordedImage(lambda: b"recorded", "image/png")
    return Recording(question("generate", {"prompt": prompt}), (image,), **more)  # type: ignore[arg-type]


def asked(prompt: str, **values: object) -> Asked:
    return Asked("generate", {"prompt": prompt, **values})


def test_the_first_that_serves_a_request_answers_it():
    engine = FallbackEngine([ReplayEngine([recorded("blue", model="old")]), OneColour()])
    (first,) = asyncio.run(outputs_of(engine, asked("blue")))
    assert first.image.data == b"recorded"
    (second,) = asyncio.run(outputs_of(engine, asked("green", size="256x256")))
    assert second.revised_prompt == "a green surface"


def test_a_refusal_for_good_is_not_passed_on():
    failed = Recording(question("generate", {"prompt": "blue"}), (), error="No.", error_type="BadRequestError")
    engine = FallbackEngine([ReplayEngine([failed]), OneColour()])
    with pytest.raises(Refusal, match="No") as refused:
        asyncio.run(engine.read(asked("blue")))
    assert refused.value.status == 400


def test_what_nobody_serves_is_refused_in_the_words_of_the_first():
    engine = FallbackEngine([ReplayEngine([recorded("blue")]), ReplayEngine([recorded("green")])])
    with pytest.raises(NotServed, match="blue") as refused:
        asyncio.run(engine.read(asked("red")))
    assert (refused.value.status, refused.value.code) == (422, "not_recorded")


def test_its_models_are_all_of_theirs_and_it_closes_them_all():
    colours = OneColour()
    engine = FallbackEngine([ReplayEngine([recorded("blue", model="old")]), colours, OneColour()])
    old, colour = asyncio.run(engine.models())
    assert (old.name, colour.name) == ("old", "one-colour-1")
    assert old.examples == ({"operation": "generate", "prompt": "blue"},)
    assert engine.name == "replay+one-colour+one-colour"
    engine.close()
    assert colours.closed


def test_a_row_of_no_engines_is_none():
    with pytest.raises(ValueError, match="at least one"):
        FallbackEngine([])


def test_of_a_model_that_was_recorded_and_is_here_all_may_be_asked_and_the_recordings_are_listed():
    engine = FallbackEngine([ReplayEngine([recorded("blue", model="one-colour-1")]), OneColour()])
    (model,) = asyncio.run(engine.models())
    assert model.operations is not None
    assert [example["prompt"] for example in model.examples] == ["blue"]
