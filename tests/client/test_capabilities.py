from __future__ import annotations

import pytest

from r9s_notebook.client.capabilities import MODELS, capabilities
from r9s_notebook.parameters import EDIT, GENERATION


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


def test_the_embedded_engine_is_known_and_comes_first():
    assert MODELS[0] == "sketch-1"


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


def test_the_embedded_engines_sizes_are_the_servers():
    from r9s_notebook.server.sizes import SIZES

    assert set(capabilities("sketch-1").sizes) <= set(SIZES)
    assert set(capabilities("sketch-1").edit_sizes) <= set(SIZES)
