"""The table of parameters: that everything else says what it says."""

from __future__ import annotations

import inspect
import pickle
import re
from typing import get_args

import pytest

from r9s_notebook import Studio, errors, sweep
from r9s_notebook.client import models
from r9s_notebook.client.images import Images
from r9s_notebook.client.signatures import OPTIONS, EditParameters, FurtherParameters, GenerationParameters
from r9s_notebook.parameters import EDIT, GENERATION, PARAMETERS, Parameter
from r9s_notebook.session.request import NAMED

TYPES = {"text": "str", "choice": "str", "whole number": "int", "number": "float", "flag": "bool"}
CALLS = {"create": GENERATION, "create_async": GENERATION, "edit": EDIT, "edit_async": EDIT}


@pytest.mark.parametrize(("name", "table"), CALLS.items())
def test_a_calls_signature_is_the_table(name, table):
    given = inspect.signature(getattr(Images, name)).parameters
    assert given.keys() - OPTIONS - {"self", "extra"} == table.keys()
    for parameter in table.values():
        assert (given[parameter.name].default is inspect.Parameter.empty) == parameter.required
        if parameter.kind == "file":
            continue
        hint = given[parameter.name].annotation.removesuffix(" | None")
        literal = re.fullmatch(r"models\.(\w+)( \| str)?", hint)
        assert literal or hint == TYPES[parameter.kind], f"{parameter.name} is typed {hint}"
        if literal and parameter.choices:
            assert set(get_args(getattr(models, literal[1]))) == set(parameter.choices)


@pytest.mark.parametrize(("typed", "table"), [(GenerationParameters, GENERATION), (EditParameters, EDIT)])
def test_what_type_checkers_know_is_the_table(typed, table):
    assert typed.__annotations__.keys() - OPTIONS == table.keys() - {"stream"}  # which has overloads instead


@pytest.mark.parametrize(("name", "table"), [("create", GENERATION), ("edit", EDIT)])
def test_a_calls_help_has_a_line_for_each_parameter(name, table):
    lines = [line.strip() for line in inspect.getdoc(getattr(Images, name)).splitlines()]
    assert [f"{one.name}: {one.description}" for one in table.values()] == [
        line for line in lines if line.partition(":")[0] in PARAMETERS
    ]


STRENGTH = Parameter("strength", "number", "Strength", "How much is changed", low=0, high=1)


@pytest.mark.parametrize(
    ("parameter", "value", "code", "message"),
    [
        (PARAMETERS["n"], "four", "invalid_type", "n must be a whole number, not 'four'."),
        (PARAMETERS["n"], True, "invalid_type", "n must be a whole number, not True."),
        (PARAMETERS["n"], 1.5, "invalid_type", "n must be a whole number, not 1.5."),
        (PARAMETERS["n"], 11, "invalid_value", "n must be from 1 to 10, not 11."),
        (PARAMETERS["watermark"], 1, "invalid_type", "watermark must be true or false, not 1."),
        (PARAMETERS["moderation"], "high", "invalid_value", "moderation must be one of auto, low, not 'high'."),
        (PARAMETERS["moderation"], 3, "invalid_value", "moderation must be one of auto, low, not 3."),
        (PARAMETERS["user"], "x" * 1001, "string_too_long", "user has 1001 characters; the limit is 1000."),
        (PARAMETERS["user"], ["\ud800"], "invalid_type", r"user must be a text, not ['\ud800']."),
        (PARAMETERS["size"], ["x" * 60], "invalid_type", f"size must be a text, not ['{'x' * 55}...."),
        (STRENGTH, float("nan"), "invalid_type", "strength must be a number, not nan."),
        (STRENGTH, True, "invalid_type", "strength must be a number, not True."),
        (STRENGTH, 1.25, "invalid_value", "strength must be from 0 to 1, not 1.25."),
        (STRENGTH._replace(low=None), 2, "invalid_value", "strength must be at most 1, not 2."),
        (STRENGTH._replace(high=None), -1, "invalid_value", "strength must be at least 0, not -1."),
    ],
)
def test_a_value_that_is_not_taken_is_refused_with_its_name_and_a_code(parameter, value, code, message):
    with pytest.raises(errors.ParameterError) as caught:
        parameter.check(value)
    assert str(caught.value) == message
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - checks may run in another process
    for error in (caught.value, again):
        assert (error.parameter, error.code) == (parameter.name, code)
        assert error.message == f"{error.parameter} {error.reason}"


def test_a_number_that_python_does_not_write_is_refused_too():
    with pytest.raises(errors.ParameterError, match="not a number of thousands of digits"):
        PARAMETERS["seed"].check(10**5000)


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (PARAMETERS["seed"], " 12 ", 12),
        (PARAMETERS["seed"], "-1", -1),
        (PARAMETERS["seed"], "1.5", 1.5),
        (PARAMETERS["seed"], "abc", "abc"),
        (PARAMETERS["watermark"], "true", True),
        (PARAMETERS["watermark"], "False", False),
        (PARAMETERS["watermark"], "maybe", "maybe"),
        (PARAMETERS["user"], "12", "12"),
        (STRENGTH, "1", 1),
        (STRENGTH, "0.5", 0.5),
        (STRENGTH, "strong", "strong"),
    ],
)
def test_a_text_is_read_as_what_the_parameter_is(parameter, text, value):
    read = parameter.from_text(text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("parameter", "schema"),
    [
        (PARAMETERS["n"], {"type": "integer", "minimum": 1, "maximum": 10}),
        (PARAMETERS["style"], {"type": "string", "enum": ["vivid", "natural"]}),
        (PARAMETERS["size"], {"type": "string"}),
        (PARAMETERS["stream"], {"type": "boolean"}),
        (PARAMETERS["prompt"], {"type": "string", "minLength": 1, "maxLength": 32_000}),
        (PARAMETERS["image"], {"type": "string", "format": "binary", "maxItems": 16}),
        (STRENGTH, {"type": "number", "minimum": 0, "maximum": 1}),
    ],
)
def test_a_parameter_is_described_as_json_schema(parameter, schema):
    assert parameter.schema() == {**schema, "description": parameter.description}


def test_a_description_says_what_may_be_given():
    assert PARAMETERS["output_compression"].description == "The quality of a JPEG or a WebP: 0 to 100."
    assert PARAMETERS["output_format"].description == "The file's format: png, jpeg or webp."
    assert PARAMETERS["negative_prompt"].description == "What must not be in the image."


@pytest.mark.parametrize("maker", [Studio, sweep])
def test_a_lab_and_a_sweep_name_every_parameter_that_they_take(maker):
    given = inspect.signature(maker).parameters
    further = {name for name, one in PARAMETERS.items() if one.kind != "file" and name not in NAMED}
    assert further <= given.keys()
    assert FurtherParameters.__annotations__.keys() == further
