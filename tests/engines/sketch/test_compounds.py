"""Names of several words, how somebody is, and where: what the engine makes of them."""

from __future__ import annotations

import pytest

from r9s_notebook.engines.sketch.colour import NAMED
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.dressing import colours_of
from r9s_notebook.engines.sketch.grammar import parse
from r9s_notebook.engines.sketch.grammar.spelling import meant
from r9s_notebook.engines.sketch.subjects import WORDS


def kinds(prompt: str) -> list[str]:
    return [thing.kind for thing in parse(prompt).things]


ORDINARY = """
station water money state place president process price battle dance sunday sweet office minister officer purpose
investment prison prevent winner writer express factor faster moment selection danger typical counter portion steam
witness musical shoulder speaker violent chilly string thrown bother settle dessert towel clown chain trail break sleep
grace stove crowd shake spell smell elegant surreal shelf angle bacon stairs cannon meter poison widow tablet badge
sprint underwear teaches composite mentor printer heroin drought striker seated marker salon mounting patches radius
farther statute cheeks bidding inferior temper explode banker traction boiling gallon shrink caption genome humane
preach traitor staple spying pointer caste graphs boutique burner stricken bleach cradle bottled banter empress stature
drive fried sings heath sewing diver shear latter litter patent freeze dinner marine retrieve
""".split()  # noqa: SIM905 - prose is easier to read than a list


def test_an_ordinary_word_is_never_another_thing():
    assert {word: meant(word) for word in ORDINARY if word not in WORDS and meant(word)} == {}
    assert kinds("a space station orbiting nothing") in ([], ["space station"])


@pytest.mark.parametrize(
    ("slip", "word"),
    [("elefant", "elephant"), ("jungel", "jungle"), ("girafe", "giraffe"), ("pengiun", "penguin"),
     ("dinasour", "dinosaur"), ("bycicle", "bicycle"), ("tommato", "tomato"), ("buterfly", "butterfly"),
     ("kangeroo", "kangaroo")],
)  # fmt: skip
def test_one_slip_is_repaired(slip, word):
    assert meant(slip) == word


@pytest.mark.parametrize(
    ("prompt", "kind", "bears"),
    [
        ("a cherry tree", "fruit tree", None),
        ("two apple trees", "fruit tree", None),
        ("an appletree", "fruit tree", None),
        ("a banana tree", "tree", "banana"),
        ("a strawberry bush", "bush", "strawberry"),
        ("a red rose bush", "bush", "rose"),
        ("a coffee shop", "house", "cup"),
        ("a flower shop", "house", "flower"),
        ("a bookshop", "house", "book"),
        ("a dog house", "house", "dog"),
        ("a pine tree", "pine", None),
        ("a tea pot", "teapot", None),
        ("a snow man", "snowman", None),
        ("a house cat", "cat", None),
        ("a monster truck", "truck", None),
        ("a lion cub", "lion", None),
        ("a baby elephant", "elephant", None),
    ],
)
def test_two_nouns_that_name_one_thing_are_one(prompt, kind, bears):
    (thing,) = parse(prompt).things
    assert (thing.kind, thing.bears and thing.bears.kind) == (kind, bears)


def test_the_colour_of_a_bush_with_roses_is_the_roses():
    (bush,) = parse("a red rose bush").things
    assert bush.bears is not None
    assert (bush.colours, bush.bears.colours) == ((), ("red",))


def test_a_compound_has_the_number_and_the_place_of_its_head():
    (bushes,) = parse("three rose bushes").things
    assert (bushes.count, bushes.kind) == (3, "bush")
    cat, tree = parse("a cat under a banana tree").things
    assert (cat.relation, cat.other, tree.kind) == ("under", 1, "tree")


@pytest.mark.parametrize("prompt", ["a cat and a dog", "cat, dog, horse", "cat dog horse", "a lion a mouse"])
def test_a_list_stays_a_list(prompt):
    assert len(kinds(prompt)) == len([word for word in prompt.replace(",", "").split() if word in WORDS])


@pytest.mark.parametrize(
    ("prompt", "role"), [("a pirate cat", "pirate"), ("a cat astronaut", "astronaut"), ("a chef panda", "chef")]
)
def test_an_animal_in_a_role_is_one_animal(prompt, role):
    (animal,) = parse(prompt).things
    assert animal.role == role


def test_a_wizard_cat_wears_the_hat():
    (cat,) = parse("a wizard cat").things
    assert [worn.word for worn in cat.wears] == ["wizard hat"]


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("a coffee shop interior", "cafe"),
        ("interior of a cozy coffee shop", "cafe"),
        ("inside a castle", "room"),
        ("people in a coffee shop", "cafe"),
        ("a flower shop interior", "room"),
        ("a cat in a book shop", "library"),
        ("interior of a library", "library"),
        ("a modern kitchen interior", "kitchen"),
    ],
)
def test_an_interior_is_a_place_and_no_house(prompt, place):
    scene = parse(prompt)
    assert scene.place == place
    assert not {"house", "castle", "hospital"} & {thing.kind for thing in scene.things}


@pytest.mark.parametrize(
    ("prompt", "place", "trait"),
    [
        ("a submarine under the sea", "underwater", None),
        ("a house beneath the waves", "underwater", None),
        ("a shark in the sea", "underwater", None),
        ("a bear swimming in a lake", "lake", "swimming"),
        ("a dog swimming", "lake", "swimming"),
        ("a horse swimming at the beach", "sea", "swimming"),
        ("a bottle floating in the sea", "sea", "swimming"),
        ("a fish swimming", None, None),
        ("a whale flying in the sky", "sky", "aloft"),
        ("a flying pig", None, "aloft"),
        ("a house floating in the air", "sky", "aloft"),
        ("a castle in the clouds", "sky", "aloft"),
        ("a superhero flying over the city", "city", "aloft"),
        ("a bird flying", None, None),
    ],
)
def test_who_swims_is_in_water_and_who_flies_is_in_the_air(prompt, place, trait):
    scene = parse(prompt)
    assert scene.place == place
    assert scene.things[0].traits & {"swimming", "aloft"} == ({trait} if trait else set())


def test_what_is_said_of_two_is_true_of_both():
    assert ["swimming" in thing.traits for thing in parse("a cat and a dog swimming in a lake").things] == [True, True]
    assert ["aloft" in thing.traits for thing in parse("a cat and a flying dog").things] == [False, True]


@pytest.mark.parametrize("prompt", ["a fire breathing dragon", "a fire-breathing dragon", "a dragon breathing fire"])
def test_breath_of_fire_is_no_camp_fire(prompt):
    (dragon,) = parse(prompt).things
    assert "fire" in dragon.traits


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a train crossing a bridge", [("on", 1), (None, None)]),
        ("a man walking across a bridge", [("on", 1), (None, None)]),
        ("a car driving over a bridge", [("on", 1), (None, None)]),
        ("a dragon flying over a bridge", [("above", 1), (None, None)]),
        ("a desk with a laptop and a plant", [(None, None), ("on", 0), ("on", 0)]),
        ("a table with a cake", [(None, None), ("on", 0)]),
        ("a sofa with a cat", [(None, None), ("on", 0)]),
        ("a table with a chair", [(None, None), (None, 0)]),
        ("a bowl with two goldfish", [(None, None), ("inside", 0)]),
        ("a panda playing guitar", [(None, None), ("held", 0)]),
        ("a cat playing the piano", [(None, None), ("played", 0)]),
        ("two boys playing football", [(None, None), ("played", 0)]),
    ],
)
def test_things_are_where_the_sentence_puts_them(prompt, expected):
    assert [(thing.relation, thing.other) for thing in parse(prompt).things] == expected


def test_an_alien_in_a_spaceship_is_seen():
    assert kinds("an alien in a spaceship") == ["ufo"]


@pytest.mark.parametrize(
    ("prompt", "kind", "place"),
    [
        ("a field of flowers", "flower", "meadow"),
        ("a field full of tulips", "tulip", "meadow"),
        ("a sunflower field", "sunflower", "field"),
        ("a garden filled with roses", "rose", "garden"),
        ("a field of pumpkins", "pumpkin", "field"),
    ],
)
def test_a_field_of_flowers_is_covered_with_them(prompt, kind, place):
    scene = parse(prompt)
    (thing,) = scene.things
    assert (thing.kind, scene.place) == (kind, place)
    assert "carpet" in thing.traits
    assert thing.count >= 9


def test_a_field_of_sheep_is_no_carpet():
    (sheep,) = parse("a field of cows").things
    assert "carpet" not in sheep.traits


@pytest.mark.parametrize(
    "prompt", ["a dog and a cat sleeping on a bed", "a cat and a dog in a car", "a boy and a girl riding a horse"]
)
def test_what_two_do_together_is_said_of_both(prompt):
    first, second, base = parse(prompt).things
    assert first.relation == second.relation is not None
    assert (first.other, second.other) == (2, 2)
    assert base.relation is None


def test_a_house_does_not_sit_down_with_the_cat():
    house, cat, chair = parse("a house and a cat on a chair").things
    assert (house.relation, cat.relation, chair.kind) == (None, "on", "chair")


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("1girl, solo, blue eyes", [("woman", 1)]),
        ("coloring page of a dinosaur for kids", [("dinosaur", 1)]),
        ("a family of penguins", [("penguin", 4)]),
        ("a duck family", [("duck", 4)]),
        ("a bottle of wine and two glasses", [("bottle", 1), ("glass", 2)]),
        ("a pair of glasses", [("glasses", 1)]),
        ("a pair of headphones", [("headphones", 1)]),
        ("two penguins holding hands", [("penguin", 2)]),
        ("a horse-drawn carriage", [("horse", 1)]),
        ("jack-o'-lanterns", [("pumpkin", 3)]),
        ("a heart-shaped balloon", [("balloon", 1)]),
        ("an armchair in the shape of an avocado", [("chair", 1)]),
    ],
)
def test_how_people_write_prompts(prompt, expected):
    assert [(thing.kind, thing.count) for thing in parse(prompt).things] == expected


def test_a_picture_on_a_cup_is_no_second_thing():
    (cup,) = parse("a cat mug").things
    assert cup.bears is not None
    assert cup.bears.kind == "cat"


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("kids building a snowman", ["child", "snowman"]),
        ("when pigs fly", ["pig"]),
        ("a tree with red apples", ["tree"]),
        ("a bush with roses", ["bush"]),
        ("a house made of candy", ["house"]),
        ("a teacher in front of a class of students", ["person", "person"]),
        ("two aliens shaking hands", ["ufo"]),
        ("in a coffee shop above the city", []),
    ],
)
def test_verbs_material_and_fruit_are_no_things_of_their_own(prompt, expected):
    assert kinds(prompt) == expected


@pytest.mark.parametrize("prompt", ["a whale swimming above a city", "a cow over the village"])
def test_an_animal_above_a_place_is_in_the_air(prompt):
    assert "aloft" in parse(prompt).things[0].traits
    assert "aloft" not in parse("a bridge over a river").things[0].traits


def test_what_is_on_one_plate_was_named_together():
    apple, pear, banana, plate = parse("an apple, a pear and a banana on a plate").things
    assert {(thing.relation, thing.other) for thing in (apple, pear, banana)} == {("on", 3)}
    assert plate.relation is None


def test_a_seat_that_is_taken_stays_so():
    grandma, chair, cat = parse("grandma in a rocking chair with a cat").things
    assert (grandma.other, chair.kind, cat.relation) == (1, "chair", None)


@pytest.mark.parametrize(
    ("prompt", "kind", "bears"),
    [("a mug with a cat on it", "cup", "cat"), ("a t-shirt with a skull print", "shirt", "skull")],
)
def test_what_is_printed_on_goods_is_on_them(prompt, kind, bears):
    (thing,) = parse(prompt).things
    assert thing.bears is not None
    assert (thing.kind, thing.bears.kind) == (kind, bears)


def test_what_is_on_a_table_is_not_printed_on_it():
    assert kinds("a table with a cake on it") == ["table", "cake"]


def test_its_own_head_and_hand_are_no_things():
    assert kinds("a lion with its head in the sand") == ["lion"]
    dog, bone = parse("a dog with a bone in its mouth").things
    assert (dog.kind, bone.relation) == ("dog", "held")


@pytest.mark.parametrize(
    ("prompt", "place"),
    [("beautiful landscape, mountains, lake", "lake"), ("a motorbike on a road in the desert", "desert"),
     ("a street in the mountains", "street"), ("a landscape", "meadow")],
)  # fmt: skip
def test_a_vague_place_gives_way(prompt, place):
    assert parse(prompt).place == place


@pytest.mark.parametrize(
    ("prompt", "kind", "role"),
    [("a robot chef", "robot", "chef"), ("a woman doctor", "woman", ""), ("a girl astronaut", "astronaut", ""),
     ("a frog prince", "frog", "prince")],
)  # fmt: skip
def test_a_person_in_a_role_is_one_person(prompt, kind, role):
    (thing,) = parse(prompt).things
    assert (thing.kind, thing.role) == (kind, role)


def test_plurals_have_the_colour_of_the_singular():
    poppies, daisies = parse("poppies and daisies").things
    assert colours_of(poppies, Dice(1))[0] == NAMED["red"]
    assert colours_of(daisies, Dice(1))[0] == NAMED["white"]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a stack of books with an apple on top", [None, "on"]),
        ("a rabbit sitting at a table", ["at", None]),
        ("friends around a campfire", ["at", None]),
        ("a cat at the door", [None, None]),
        ("a vase with tulips", [None]),
    ],
)
def test_at_a_table_and_on_top(prompt, expected):
    assert [thing.relation for thing in parse(prompt).things] == expected


@pytest.mark.parametrize(
    "prompt", ["a pineapple wearing sunglasses", "a pumpkin with a witch hat", "a cup wearing a top hat"]
)
def test_fruit_and_cups_may_be_dressed(prompt):
    (thing,) = parse(prompt).things
    assert len(thing.wears) == 1


def test_glasses_beside_a_cup_are_not_worn_by_it():
    assert kinds("a cup with glasses") == ["cup", "glasses"]


@pytest.mark.parametrize("prompt", ["a carrot with a face", "a cloud with a smile"])
def test_a_face_is_on_what_has_it(prompt):
    (thing,) = parse(prompt).things
    assert "face" in thing.traits


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [("a mother duck with ducklings", [("duck", 1.0), ("duck", 0.7)]), ("a vampire bat", [("bat", 1.0)])],
)
def test_kin_are_of_the_same_kind_and_the_young_are_small(prompt, expected):
    assert [(thing.kind, thing.size) for thing in parse(prompt).things] == expected


def test_a_mountain_road_is_in_the_mountains():
    scene = parse("a red car on a mountain road")
    assert ([thing.kind for thing in scene.things], scene.place) == (["car"], "mountains")


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a basket full of apples", ("basket", "inside")),
        ("a jar of cookies", ("vase", "inside")),
        ("a plate of cookies", ("plate", "on")),
        ("a tree full of birds", ("tree", "inside")),
    ],
)
def test_what_something_is_full_of_is_in_it_or_on_it(prompt, expected):
    base, content = parse(prompt).things
    assert (base.kind, content.relation) == expected
    assert content.other == 0


def test_a_field_of_corn_is_full_of_corn():
    (corn,) = parse("a field of corn").things
    assert "carpet" in corn.traits


def test_on_the_roof_of_a_house_is_on_it():
    cat, house = parse("a cat on the roof of a house").things
    assert (cat.relation, cat.other, house.kind) == ("on", 1, "house")


def test_a_bowl_of_soup_keeps_its_soup():
    assert "filled" not in parse("a bowl of soup with a spoon").things[0].traits
    assert "filled" in parse("a bowl with strawberries").things[0].traits


def test_who_swims_in_a_river_is_in_open_water():
    assert parse("a hippo swimming in a river").place == "lake"
