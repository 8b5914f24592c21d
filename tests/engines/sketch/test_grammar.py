"""What the engine understands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r9s_notebook.engines.sketch.grammar import parse
from r9s_notebook.engines.sketch.looks import LOOKS
from r9s_notebook.engines.sketch.places import PLACES
from r9s_notebook.engines.sketch.subjects import SUBJECTS


def kinds(prompt: str, negative: str = "") -> list[str]:
    return [thing.kind for thing in parse(prompt, negative).things]


def test_a_thing_has_its_colour_and_its_count():
    (thing,) = parse("three red balloons").things
    assert (thing.kind, thing.count, thing.colours) == ("balloon", 3, ("red",))


def test_an_orange_is_a_fruit_and_an_orange_cat_is_a_cat():
    assert kinds("two oranges") == ["orange fruit"]
    assert kinds("an orange on a plate") == ["orange fruit", "plate"]
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


@pytest.mark.parametrize(
    ("prompt", "count"), [("eleven cats", 11), ("twelve birds", 12), ("twenty stars over a hill", 0),
        ("a hundred balloons", 12),
                          ("15 birds", 12), ("wolves", 3), ("strawberries", 3)],
)  # fmt: skip
def test_numbers_are_understood_and_more_than_twelve_are_a_crowd(prompt, count):
    things = parse(prompt).things
    assert [thing.count for thing in things][:1] == ([count] if count else [12])


def test_two_red_and_three_green_apples_are_five():
    two, three = parse("two red and three green apples").things
    assert (two.kind, two.count, two.colours) == ("apple", 2, ("red",))
    assert (three.kind, three.count, three.colours) == ("apple", 3, ("green",))
    (ball,) = parse("a red and blue ball").things
    assert ball.colours == ("red", "blue")


def test_the_colour_of_a_place_stays_with_the_place():
    scene = parse("a cow on a green hill")
    assert (scene.ground, scene.colours, scene.things[0].colours) == (("green",), (), ())
    assert parse("a red rose on a black background").ground == ("black",)
    assert parse("a pink sky over the sea").colours == ("pink",)


def test_the_colour_of_a_part_is_no_colour_of_the_sky_or_the_whole():
    (house,) = parse("a blue house with a red roof and a yellow door").things
    assert (house.colours, house.parts) == (("blue",), (("roof", "red"), ("door", "yellow")))
    (cat,) = parse("a blue cat wearing yellow boots").things
    assert (cat.colours, cat.parts) == (("blue",), (("shoe", "yellow"),))
    (girl,) = parse("a girl with blonde hair and a green dress").things
    assert (girl.colours, girl.parts) == (("green",), (("hair", "blonde"),))


def test_a_colour_of_something_unknown_colours_nothing_else():
    scene = parse("a purple flibber on a table")
    assert (scene.colours, scene.ground, scene.unknown) == ((), (), ("flibber",))


def test_left_and_right_without_of_are_sides_of_the_picture():
    tree, house = parse("a tree on the left and a house on the right").things
    assert (tree.side, house.side) == ("left", "right")


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("an astronaut riding a horse", [("astronaut", "riding", 1), ("horse", None, None)]),
        ("a man driving a car", [("person", "inside", 1), ("car", None, None)]),
        ("a robot holding a flower", [("robot", None, None), ("flower", "held", 0)]),
        ("a girl with a red umbrella", [("woman", None, None), ("umbrella", "held", 0)]),
        ("a girl reading a book under a tree", [("woman", "under", 2), ("book", "held", 0), ("tree", None, None)]),
    ],
)
def test_what_somebody_does_is_a_relation(prompt, expected):
    assert [(thing.kind, thing.relation, thing.other) for thing in parse(prompt).things] == expected


def test_flowers_in_a_vase_are_one_thing():
    assert kinds("a bouquet of tulips in a vase") == ["bouquet"]
    assert kinds("white flowers in a blue vase") == ["bouquet"]


def test_a_rabbit_sits_in_a_hat_and_a_cat_wears_it():
    assert kinds("a rabbit in a hat") == ["rabbit", "hat"]
    assert kinds("a cat in a hat") == ["cat"]


@pytest.mark.parametrize(
    ("prompt", "left"),
    [
        ("not a dog", []),
        ("a cat, not a dog", ["cat"]),
        ("don't draw a cat, draw a dog", ["dog"]),
        ("no people or cars", []),
    ],
)
def test_negations_are_heard(prompt, left):
    assert kinds(prompt) == left


@pytest.mark.parametrize(
    ("word", "kind"),
    [("hot dog", "hot dog"), ("sea lion", "seal"), ("Eiffel tower", "eiffel tower"), ("ice cream cone", "ice cream"),
     ("polar bear", "polar bear"), ("teddy bear", "teddy bear"), ("light bulb", "lightbulb"),
     ("stack of books", "stack of books"), ("bed", "bed"),
         ("sofa", "sofa")],
)  # fmt: skip
def test_a_name_of_several_words_is_no_stand_in(word, kind):
    assert kinds(f"a {word}") == [kind]


def test_what_has_no_picture_gets_no_wrong_one():
    assert parse("the water cycle").unknown == ("water cycle",)


def test_typos_are_read_and_told():
    scene = parse("an elefant in the jungel")
    assert (scene.things[0].kind, scene.place) == ("elephant", "forest")
    assert ("jungel", "jungle") in scene.corrected


@pytest.mark.parametrize(
    "prompt", ["eine schwarze Katze auf einem Stuhl", "un chat noir sur une chaise", "un gato negro sobre una silla"]
)
def test_german_french_and_spanish_are_read(prompt):
    cat, chair = parse(prompt).things
    assert (cat.kind, cat.colours, chair.kind) == ("cat", ("black",), "chair")


def test_an_apostrophe_ends_no_quotation():
    assert parse("a sign that says 'It's fine'").letters == ("It's fine",)


EVERYDAY = """
cat dog horse cow pig sheep goat chicken duck rabbit mouse owl eagle penguin flamingo fish shark whale octopus turtle
frog
snake crocodile dinosaur dragon unicorn bear panda koala kangaroo monkey elephant giraffe zebra lion tiger wolf fox deer
squirrel hedgehog bat bee ant spider butterfly snail camel rhino hippo seal man woman child king queen princess knight
wizard pirate robot astronaut ghost superhero chef doctor nurse firefighter policeman fairy santa grandma grandpa mum
dad
family house castle church school hospital factory bridge tower lighthouse windmill statue fountain car bus truck train
bicycle boat ship airplane rocket tractor ambulance skateboard apple banana lemon tomato potato grapes pineapple corn
bread
cheese egg pizza burger soup salad cake cookie donut cup glass plate bowl table chair sofa bed lamp clock book phone
guitar
violin drum ball kite doll umbrella bag suitcase hat shoes glasses ring key door mirror spoon candle gift vase flower
rose
tree cactus mountain star planet earth heart skull brain eye hand tooth bone atom dna microscope magnet map sign gear
anchor
""".split()  # noqa: SIM905 - prose is easier to read than a list


def test_everyday_nouns_are_drawn():
    assert [word for word in EVERYDAY if not kinds(f"a {word}")] == []


def test_a_field_of_something_is_full_of_it():
    (thing,) = parse("a field of sunflowers").things
    assert thing.count >= 9


def test_repeated_parts_belong_to_what_has_them():
    (cake,) = parse("a birthday cake with five candles").things
    assert (cake.kind, cake.pieces) == ("cake", 5)
    (man,) = parse("an old man with a long white beard").things
    assert (man.colours, man.parts) == ((), (("beard", "white"),))
    assert {"old", "beard", "long"} <= man.traits


@pytest.mark.parametrize(
    ("prompt", "place"),
    [("a doctor and a nurse in a hospital", "ward"), ("a robot reading a book in a library", "library"),
     ("a waterfall in the jungle", "waterfall"), ("a jungle with a waterfall", "waterfall"),
     ("a logo of a fox", "emblem"), ("a teacher in a classroom", "classroom")],
)  # fmt: skip
def test_rooms_waterfalls_and_emblems_are_places(prompt, place):
    assert parse(prompt).place == place


def test_a_building_that_nobody_is_in_is_a_building():
    assert kinds("a hospital next to a school") == ["hospital", "hospital"]
