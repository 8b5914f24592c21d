from __future__ import annotations

import pytest

from r9s_notebook import errors
from r9s_notebook.session.template import fill, names


def test_gaps_are_filled_and_doubled_braces_are_braces():
    assert names("a {animal} in {place}, {{so}}") == {"animal", "place"}
    assert fill("a {animal} in {{braces}}, {n:03d}", {"animal": "fox", "n": 7}) == "a fox in {braces}, 007"


def test_what_is_filled_in_is_not_looked_into():
    assert fill("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


def test_a_gap_without_a_value_is_named_with_what_may_have_been_meant():
    with pytest.raises(errors.InputError, match=r"\{animal\} in the prompt has no value\. Did you mean 'animals'"):
        fill("a {animal}", {"animals": "fox"})


@pytest.mark.parametrize(
    "template", ["a { b", "a } b", "a {}", "a {0}", "a {x.y}", "a {x[0]}", "a {x!z}", "a {x:{y}}", "{x:03d}"]
)
def test_braces_that_cannot_be_read_are_refused(template):
    with pytest.raises(errors.InputError, match="Double the ones that are meant"):
        fill(template, {"x": "1"})
