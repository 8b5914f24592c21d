from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r9s_notebook import errors
from r9s_notebook.session.lists import Lists, values_of
from r9s_notebook.session.template import draw, fill, gaps, literal

ANIMALS = Lists({"animals": ["fox", "owl"], "animal": "fox", "none": []})
VALUES = {"animal": "fox", "n": 7, "animals": "owl", "animals 2": "hare", "a|b": "b", "a|b 2": "a", "|red": ""}


@pytest.mark.parametrize(
    ("template", "names", "filled"),
    [
        ("a {animal} {n:03d}", ["animal", "n"], "a fox 007"),
        ("{animal} and { animal }", ["animal"], "fox and fox"),
        ("{a|b} then {a | b}", ["a|b", "a|b 2"], "b then a"),
        ("a {|red} fox", ["|red"], "a  fox"),
        ("__animals__ beside __animals__", ["animals", "animals 2"], "owl beside hare"),
        ("{{animal}} {{a|b}} ____animals____", [], "{animal} {a|b} __animals__"),
        ("{{{animal}}}", ["animal"], "{fox}"),
        ('{"style": {animal}}', ["animal"], '{"style": fox}'),
        ("{x:{animal}}", ["animal"], "{x:fox}"),
    ],
)
def test_gaps_are_found_and_filled(template, names, filled):
    assert list(gaps(template)) == names
    assert fill(template, VALUES) == filled


@pytest.mark.parametrize(
    "text",
    [
        *("(word:1.2)", "((x))", "[a|b]", "[cat:dog:0.5]", "<lora:x:1>", "{word:1.2}", "a { b", "a } b", "{}", "{0}"),
        *('{"a": {"b": 1}}', '{"a": "x|y"}', "{x.y}", "{x[0]}", "{{", "}}", "__", "a __ b", "snake_case__x", "_a_"),
        *("a BREAK b", "50% off", "a\\{b", "____"),
    ],
)
def test_weights_and_brackets_of_other_tools_are_left_alone(text):
    assert gaps(text) == {}
    assert fill(text, {}) == text


@given(st.text(alphabet='{}_|": a1' + string.punctuation[:3], max_size=14))
def test_any_text_can_be_meant(text):
    assert gaps(literal(text)) == {}
    assert fill(literal(text), {}) == text


def test_what_is_filled_in_is_not_looked_into():
    assert fill("{a} {b}", {"a": "{b}", "b": "__c__"}) == "{b} __c__"


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("a {animl}", r"\{animl\} in the prompt has no value\. Did you mean 'animal'.*doubled: \{\{animl\}\}"),
        ("a {a {a|b}|c}", "stands within another"),
        ("{n:d} {animal:d}", "cannot be formatted"),
    ],
)
def test_what_cannot_be_filled_is_refused_with_a_sentence(template, sentence):
    with pytest.raises(errors.InputError, match=sentence):
        fill(template, VALUES)


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("__animls__", "animls is neither a list of the notebook, nor is there a file animls.txt"),
        ("__none__", "none has no values"),
        ("{2::red|blue}", "weights"),
        ("{2$$red|blue}", "number of choices"),
    ],
)
def test_what_has_no_values_is_refused_with_a_sentence(template, sentence):
    with pytest.raises(errors.InputError, match=sentence):
        values_of(template, {}, ANIMALS)


@pytest.mark.parametrize(
    ("template", "typed", "values"),
    [
        ("{red|green}", "", ["red", "green"]),
        ("{red|green}", "blue", ["blue"]),
        ("{__animals__|robot}", "", ["fox", "owl", "robot"]),
        ("__animals__", "", ["fox", "owl"]),
        ("{animals}", "", ["fox", "owl"]),
        ("{kind}", "fox, owl ,, hare", ["fox", "owl", "hare"]),
        ("{kind}", '"ink, brush", oil', ["ink, brush", "oil"]),
        ("{kind}", "animals", ["fox", "owl"]),
        ("{kind}", "animal", ["animal"]),
    ],
)
def test_a_gap_has_the_values_that_are_typed_else_its_own(template, typed, values):
    assert values_of(template, dict.fromkeys(gaps(template), typed), ANIMALS) == dict.fromkeys(gaps(template), values)


def test_a_list_is_a_text_file_beside_the_notebook(tmp_path):
    (tmp_path / "nature").mkdir()
    (tmp_path / "nature" / "birds.txt").write_text(
        "\ufeff# of the north\nowl\n\n snow goose  # white\n#fff\nC#\n", "utf-8"
    )
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\xfa")
    assert values_of("__nature/birds__", {}, Lists({}, tmp_path)) == {"nature/birds": ["owl", "snow goose", "C#"]}
    with pytest.raises(errors.InputError, match=r"bad\.txt cannot be read"):
        values_of("__bad__", {}, Lists({}, tmp_path))


def test_a_seed_draws_the_same_again_and_every_value_sometimes():
    values = {"animals": ["fox", "owl"], "n": range(3)}
    assert draw(values, 7) == draw(values, 7)
    drawn = [draw(values, seed) for seed in range(50)]
    assert {tuple(one.values()) for one in drawn} == {(a, n) for a in values["animals"] for n in range(3)}
