from __future__ import annotations

import asyncio
from typing import get_args

import pytest

from r9s_notebook import R9S
from r9s_notebook.capabilities import MODELS, capabilities
from r9s_notebook.client.models import Size
from r9s_notebook.errors import ResponseValidationError
from r9s_notebook.parameters import EDIT, GENERATION, SAMPLING
from tests.client.loopback import always, http


def test_an_unknown_model_is_offered_every_size_that_the_api_names():
    assert capabilities("new-model").sizes == ("auto", *get_args(Size))


@pytest.mark.parametrize("model", MODELS)
def test_every_known_models_defaults_are_among_its_choices(model):
    entry = capabilities(model)
    assert entry.known
    assert entry.model == model
    assert entry.default_size in entry.sizes
    assert entry.default_quality is None or entry.default_quality in entry.qualities
    assert entry.parameters <= GENERATION.keys()
    assert entry.edit_parameters <= EDIT.keys()
    assert 1 <= entry.max_n <= 10
    assert bool(entry.edit_sizes) == entry.edits
    assert bool(entry.edit_parameters) == entry.edits


@pytest.mark.parametrize("model", MODELS)
def test_a_choice_is_offered_only_with_its_parameter(model):
    entry = capabilities(model)
    assert bool(entry.qualities) == ("quality" in entry.parameters)
    assert bool(entry.styles) == ("style" in entry.parameters)
    assert entry.streams == ("stream" in entry.parameters)


@pytest.mark.parametrize("model", ["gpt-image-2-2026-04-21", "openai/gpt-image-2", "GPT-Image-2"])
def test_a_snapshot_and_a_providers_prefix_are_the_same_model(model):
    assert capabilities(model).known
    assert capabilities(model).model == model
    assert capabilities(model).sizes == capabilities("gpt-image-2").sizes


def test_a_family_is_known_by_its_name():
    assert capabilities("gemini-3-pro-image-preview").known
    assert not capabilities("gemini-3-pro").known


@pytest.mark.parametrize("model", [None, "gpt-4o-mini", "new-model", ""])
def test_an_unknown_model_is_permitted_everything(model):
    entry = capabilities(model)
    assert not entry.known
    assert entry.generates
    assert entry.edits
    assert entry.masks
    assert entry.any_size
    assert entry.parameters >= GENERATION.keys()
    assert entry.edit_parameters >= EDIT.keys()


def test_the_embedded_engine_says_itself_what_it_takes():
    from r9s_notebook.server.sizes import SIZES

    with R9S.offline() as client:
        (entry,) = client.models()
        assert asyncio.run(client.models_async()) == (entry,)
    assert entry.known
    assert "No AI" in entry.description
    assert set(entry.sizes) | set(entry.edit_sizes) <= set(SIZES)
    assert {entry.default_size} <= set(entry.sizes) & set(entry.edit_sizes)
    assert entry.default_quality in entry.qualities
    assert entry.styles == ("vivid", "natural")
    assert (entry.generates, entry.edits, entry.masks, entry.streams) == (True, True, True, True)
    assert (entry.max_n, entry.edit_max_n, entry.max_images, entry.prompt_limit) == (10, 10, 16, 32_000)
    assert entry.parameters == GENERATION.keys() - set(SAMPLING)
    assert entry.edit_parameters == EDIT.keys() - set(SAMPLING)


def test_a_services_models_are_those_it_lists(serve, connect):
    server = serve(always(http({"object": "list", "data": [{"id": "gpt-image-2"}, {"id": "house-model"}]})))
    known, unknown = connect(server).models()
    assert known == capabilities("gpt-image-2")
    assert (unknown.model, unknown.known) == ("house-model", False)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"data": 3}', b'{"data": [{}]}', b"[" * 100_000])
def test_what_is_no_list_of_models_is_said_to_be_none(serve, connect, body):
    with pytest.raises(ResponseValidationError, match="no list of models"):
        connect(serve(always(http(body)))).models()
