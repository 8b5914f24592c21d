"""Which requests are one request, and what is said of what was recorded."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from r9s_notebook.engines.replay import RecordedImage, Recording, ReplayEngine, question

IMAGE = RecordedImage(lambda: b"", "image/png")


def recorded(*, served: str | None = None, kind: str = "generate", **params: Any) -> Recording:
    return Recording(question(kind, {"prompt": "a boat", **params}), (IMAGE,), model=served)


def asked(kind: str = "generate", **params: Any) -> Any:
    return question(kind, {"prompt": "a boat", **params})


@pytest.mark.parametrize(
    ("as_recorded", "as_asked", "same"),
    [
        ({"quality": "standard", "size": "1024x1024", "n": 1}, {}, True),
        ({}, {"quality": "standard", "size": "1024x1024", "n": 1}, True),
        ({}, {"background": "auto", "output_format": "png", "moderation": "auto"}, True),
        ({"model": "gpt-image-1"}, {"model": "gpt-image-1", "size": "auto", "quality": "auto"}, True),
        ({"model": "gpt-image-1"}, {"model": "gpt-image-1", "size": "1024x1024"}, False),
        ({"model": "gemini-2.5-flash-image"}, {"model": "gemini-2.5-flash-image", "size": "1:1"}, True),
        ({"model": "dall-e-3"}, {"model": "dall-e-3", "quality": "hd"}, False),
        ({"served": "sketch-1"}, {"model": "sketch-1"}, True),
        ({"model": "sketch-1"}, {}, True),
        ({"model": "sketch-1"}, {"model": "another"}, False),
        ({"size": "512x512"}, {}, False),
        ({"kind": "edit"}, {"kind": "edit", "size": "auto"}, True),
        ({"kind": "edit"}, {"kind": "edit", "size": "1024x1024"}, False),
        ({"n": 2}, {"n": 1}, False),
    ],
)
def test_defaults_written_out_and_left_out_are_one_request(as_recorded: Any, as_asked: Any, same: bool) -> None:
    assert (ReplayEngine([recorded(**as_recorded)]).find(asked(**as_asked)) is not None) is same


def test_of_several_recordings_the_very_request_comes_first() -> None:
    written, left = recorded(quality="auto"), recorded()
    engine = ReplayEngine([written, left, recorded(quality="standard")])
    assert [engine.find(asked()) for _ in range(2)] == [left, left]
    assert engine.find(asked(quality="auto")) is written


def test_a_request_that_names_no_model_gets_all_of_one_models_recordings_in_turn() -> None:
    one, two = recorded(model="one"), recorded(model="two")
    engine = ReplayEngine([one, two, one])
    assert [engine.find(asked()) for _ in range(3)] == [one] * 3


def test_what_was_recorded_is_listed_once_for_each_request_as_a_caller_writes_it() -> None:
    some = [recorded(model="one", seed=7, n=2, prompt_extend=True, tuned={"a": [1]}), recorded(served="two")]
    failed = Recording(question("generate", {"prompt": "refused", "model": "one"}), (), error="No.")
    one, two = asyncio.run(ReplayEngine([*some, *some, failed]).models())
    given = {"model": "one", "seed": 7, "n": 2, "prompt_extend": True, "tuned": {"a": [1]}}
    assert one.examples == ({"operation": "generate", "prompt": "a boat", **given},)
    assert (two.name, two.examples) == ("two", ({"operation": "generate", "prompt": "a boat"},))
