"""What the engine understands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r9s_notebook.offline.sketch.grammar import parse
from r9s_notebook.offline.sketch.looks import LOOKS
from r9s_notebook.offline.sketch.places import PLACES
from r9s_notebook.offline.sketch.subjects import SUBJECTS


def kinds(prompt: str, negative: str = "") -> list[str]:
    return [thing.kind for thing in parse(prompt, negative).things]


def test_a_thing_has_its_colour_and_its_count():
    (thing,) = parse("three red balloons").things
    assert (thing.kind, thing.count, thing.colours) == ("balloon", 3, ("red",))


def test_an_orange_is_a_fruit_and_an_orange_cat_is_a_cat():
    assert kinds("two oranges") == ["orange fruit"]
    (cat,) = parse("an orange cat").things
    assert (cat.kind, cat.colours) == ("cat", ("orange",))


@pytest.mark.parametrize(
    ("prompt", "relation"),
    [
        ("a cat to the left of a tree", "left"),
        ("a cat on a chair", "on"),
        ("a dog under an umbrella", "under"),
        ("a fox in front of a house", "before"),
        ("a bird above a house", "above"),
        ("a mountain behind a barn", "behind"),
    ],
)
def test_things_stand_to_each_other_as_told(prompt, relation):
    first, _ = parse(prompt).things
    assert (first.relation, first.other) == (relation, 1)


def test_a_hat_is_worn():
    (cat,) = parse("a cat wearing a blue hat").things
    assert [(worn.kind, worn.colours) for worn in cat.wears] == [("hat", ("blue",))]


@pytest.mark.parametrize(
    ("prompt", "name", "value"),
    [
        ("a boat at sunset", "hour", "sunset"),
        ("a street at night", "hour", "night"),
        ("a car in the rain", "weather", "rain"),
        ("a house in autumn", "season", "autumn"),
        ("a snowy village", "season", "winter"),
        ("a fox in the forest", "place", "forest"),
        ("a fox, watercolour", "look", "watercolour"),
        ("an oil painting of a fox", "look", "oil"),
        ("a fox as pixel art", "look", "pixel"),
    ],
)
def test_hour_weather_season_place_and_look_are_read(prompt, name, value):
    assert getattr(parse(prompt), name) == value


def test_quoted_text_is_lettered_as_written():
    assert parse('a poster that says "Hello World"').letters == ("Hello World",)


def test_a_negative_prompt_removes():
    assert kinds("a cat and a dog", "dog, text") == ["cat"]
    assert parse('a "sign"', "text").letters == ()
    assert parse("a boat at night", "night").hour is None


def test_no_and_without_remove_too():
    assert kinds("a house without a tree") == ["house"]


def test_a_cup_of_coffee_is_one_thing():
    assert kinds("a cup of coffee") == ["cup"]


def test_unknown_words_are_kept_as_unknown():
    assert parse("flibber gabble").unknown == ("flibber", "gabble")


def test_there_are_enough_subjects_looks_and_places():
    assert len(SUBJECTS) >= 40
    assert len(LOOKS) >= 8
    assert len(PLACES) >= 20


def test_every_home_is_a_place():
    assert {subject.home for subject in SUBJECTS.values()} <= set(PLACES)


@given(st.text(max_size=200), st.text(max_size=50))
def test_any_text_can_be_read(prompt, negative):
    parse(prompt, negative)
