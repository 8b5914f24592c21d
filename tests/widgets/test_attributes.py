"""What may be set on a public object is read by somebody; anything else is refused with what may have been meant."""

from __future__ import annotations

import pytest
from PIL import Image

from r9s_notebook import (
    R9S,
    HistoryPanel,
    ImageGrid,
    Mask,
    MaskPainter,
    ParameterPanel,
    PromptForm,
    Studio,
    errors,
    sweep,
)
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.session.worker import InlineWorker


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    studio = Studio(
        R9S.offline(), history=tmp_path_factory.mktemp("lab"), worker=InlineWorker(), prompt="a fox", size="256x256"
    )
    yield studio
    studio.close()


@pytest.fixture(scope="module")
def things(studio):
    plan = sweep(["a", "b"], client=R9S.offline(), history=studio.history, size="256x256")
    run = studio.generate().result()
    client = studio.session.client
    parts = {part.__name__: part(studio) for part in (PromptForm, ParameterPanel, HistoryPanel)}
    values = {"Mask": Mask.blank(2, 2), "Sweep": plan, "Slot": plan.slots[0], "Run": run, "Picture": run.images[0]}
    mine = {"Studio": studio, "Session": studio.session, "MaskPainter": MaskPainter(), "ImageGrid": ImageGrid()}
    return {**mine, **parts, **values, "History": studio.history, "R9S": client, "Images": client.images}


NEARLY = {
    "Studio": "promt",
    "Session": "promtp",
    "MaskPainter": "imagee",
    "ImageGrid": "lable",
    "PromptForm": "promt",
    "ParameterPanel": "sesion",
    "HistoryPanel": "sesion",
    "Mask": "coverge",
    "Sweep": "concurency",
    "Slot": "reqest",
    "Run": "promt",
    "Picture": "thumbnial",
    "History": "serch",
    "R9S": "server_ulr",
    "Images": "creat",
}


@pytest.mark.parametrize(("kind", "name"), NEARLY.items())
def test_a_misspelt_attribute_is_refused_when_it_is_set_and_when_it_is_read(things, kind, name):
    thing = things[kind]
    with pytest.raises(AttributeError, match="Did you mean"):
        getattr(thing, name)
    with pytest.raises(AttributeError):
        setattr(thing, name, "x")
    with pytest.raises(AttributeError):
        thing.nobody_reads_this = 1
    assert not hasattr(thing, "nobody_reads_this")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("Studio", "edit"),
        ("Studio", "images"),
        ("R9S", "images"),
        ("R9S", "kind"),
        ("History", "search"),
        ("MaskPainter", "fill"),
        ("Sweep", "runs"),
    ],
)
def test_what_can_only_be_read_or_called_is_not_replaced(things, kind, name):
    with pytest.raises(AttributeError, match="can be read or called, not set"):
        setattr(things[kind], name, "x")


def test_a_property_that_fails_says_so_itself():
    class Lab(PromptForm):
        @property
        def broken(self):
            return {}.nothing

    with pytest.raises(AttributeError, match="'dict' object has no attribute 'nothing'"):
        _ = Lab.__new__(Lab).broken


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("prompt", "an owl"),
        ("n", 2),
        ("size", "512x512"),
        ("quality", "hd"),
        ("style", "vivid"),
        ("seed", 7),
        ("model", "sketch-1"),
        ("negative_prompt", "people"),
        ("watermark", True),
        ("output_format", "webp"),
    ],
)
def test_setting_a_parameter_of_the_studio_fills_the_form_in(studio, name, value):
    setattr(studio, name, value)
    assert getattr(studio, name) == value
    assert studio.request.params()[name] == value


def test_a_picture_and_its_mask_are_set_as_attributes_and_taken_back(studio):
    studio.watermark = studio.negative_prompt = studio.seed = None
    assert "watermark" not in studio.request.params()
    studio.image, studio.n = Image.new("RGB", (64, 48), "red"), 1
    studio.mask = Mask.blank(64, 48).fill()
    assert (studio.image.size, studio.request.mask, studio.painter.image.size) == ((64, 48), studio.mask, (64, 48))
    with pytest.raises(errors.InputError, match="does not take watermark for an edit"):
        studio.watermark = True
    assert studio.watermark is None
    studio.image = None
    assert (studio.image, studio.mask, studio.request.kind) == (None, None, "generate")


@pytest.mark.parametrize(
    ("name", "value"), [("prompt", 5), ("n", "two"), ("n", None), ("image", "gone.png"), ("mask", "m")]
)
def test_what_the_form_cannot_have_is_refused_at_once(studio, name, value):
    with pytest.raises(errors.InputError):
        setattr(studio, name, value)


def test_what_the_model_does_not_take_is_refused_and_not_dropped(tmp_path):
    with R9S(api_key="test") as api, pytest.raises(errors.InputError, match="dall-e-3 does not take negative_prompt"):
        Studio(api, history=tmp_path / "home", model="dall-e-3", negative_prompt="people")


def test_every_parameter_of_the_api_is_an_attribute_of_the_studio():
    assert set(PARAMETERS) <= set(dir(Studio))


@pytest.mark.parametrize(
    ("option", "meant"), [("histroy", "history"), ("concurency", "concurrency"), ("sizes", "size")]
)
def test_a_misspelt_option_of_a_sweep_is_refused_with_what_may_have_been_meant(option, meant):
    with pytest.raises(errors.InputError, match=f"Did you mean '{meant}'"):
        sweep("a cat", client=R9S.offline(), **{option: "x"})
