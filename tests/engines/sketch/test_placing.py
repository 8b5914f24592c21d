"""Where things are to each other: on it and touching it, in it and seen, before or between them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from r9s_notebook.engines.sketch import Brief, draw
from r9s_notebook.engines.sketch.compose import THINGS, compose
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.geometry import bounds
from r9s_notebook.engines.sketch.grammar import parse
from r9s_notebook.engines.sketch.layout import arrange
from r9s_notebook.engines.sketch.places import Ground
from r9s_notebook.engines.sketch.setting import setting_for
from r9s_notebook.engines.sketch.spots import Spot, clearance, reach

SIDE = 1000.0
LAND = Ground(near=900, far=760, sky=600)
WATER = Ground(near=800, far=680, surface="water", sky=560)


def spots(prompt: str, ground: Ground = LAND, seed: int = 1) -> dict[str, list[Spot]]:
    """The spots of a prompt's things, by kind."""
    found: dict[str, list[Spot]] = {}
    for spot in arrange(parse(prompt).things, ground, SIDE, SIDE, Dice(seed)):
        found.setdefault(spot.thing.kind, []).append(spot)
    return found


def order(prompt: str) -> list[str]:
    """The kinds in the order they are drawn."""
    return [spot.thing.kind for spot in arrange(parse(prompt).things, LAND, SIDE, SIDE, Dice(1))]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("prompt", "above", "below"),
    [
        ("a mermaid sitting on a rock", "mermaid", "rock"),
        ("a goat on a mountain", "goat", "mountain"),
        ("a burger on a plate", "burger", "plate"),
        ("a train crossing a bridge", "train", "bridge"),
        ("a corgi on a skateboard", "dog", "skateboard"),
        ("a boy riding a skateboard", "person", "skateboard"),
    ],
)
def test_what_is_on_something_touches_it(prompt, above, below, seed):
    found = spots(prompt, seed=seed)
    (upper,), (lower,) = found[above], found[below]
    assert clearance(upper, lower) < 0.03 * upper.height
    assert abs(upper.x - lower.x) < lower.wide / 2


@pytest.mark.parametrize("seed", range(4))
def test_who_rides_a_skateboard_is_larger_than_it(seed):
    found = spots("a corgi wearing sunglasses on a skateboard", seed=seed)
    (dog,), (board,) = found["dog"], found["skateboard"]
    assert dog.height > 1.2 * board.height
    assert board.wide < 2 * dog.wide
    assert dog.height + board.height > 0.4 * SIDE


def test_things_on_a_desk_stand_side_by_side_on_it():
    found = spots("a desk with a laptop and a plant")
    (desk,), (laptop,), (plant,) = found["table"], found["computer"], found["bonsai"]
    assert abs(laptop.x - plant.x) >= 0.9 * (laptop.wide + plant.wide) / 2
    for spot in (laptop, plant):
        assert abs(spot.x - desk.x) + spot.wide / 2 < 0.55 * desk.wide
        assert spot.y == pytest.approx(desk.y - desk.height * 0.84, abs=0.05 * desk.height)


def test_somebody_on_a_sofa_sits():
    found = spots("a woman on a sofa")
    (woman,), (sofa,) = found["woman"], found["sofa"]
    assert woman.seated
    assert woman.height > 0.8 * sofa.height
    assert order("a woman on a sofa") == ["sofa", "woman"]


@pytest.mark.parametrize(
    ("prompt", "played", "players"),
    [("two girls playing the piano", "piano", "woman"), ("a cat playing the piano", "piano", "cat")],
)
def test_what_is_played_is_before_those_who_play(prompt, played, players):
    found = spots(prompt)
    (instrument,) = found[played]
    middle = sum(spot.x for spot in found[players]) / len(found[players])
    assert abs(instrument.x - middle) < 1
    assert order(prompt)[-1] == played


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("prompt", ["camels and pyramids", "cows and barns"])
def test_a_herd_stands_before_its_landmarks_and_both_are_wide(prompt, seed):
    landmarks, herd = list(spots(prompt, seed=seed).values())
    assert max(spot.y for spot in landmarks) < max(spot.y for spot in herd)
    assert min(spot.height for spot in herd) > 0.15 * SIDE
    for group in (herd, landmarks):
        assert max(spot.x for spot in group) - min(spot.x for spot in group) > 0.4 * SIDE


def test_swimmers_are_cut_by_the_water_and_no_bank_is_under_them():
    (bear,) = spots("a bear swimming in a lake", WATER)["bear"]
    assert bear.wet
    assert bear.cut == WATER.near
    assert bear.y > WATER.near


def test_what_flies_that_cannot_leaves_air_under_itself():
    (pig,) = spots("a flying pig")["pig"]
    assert pig.floats
    assert pig.y < LAND.near - 0.1 * SIDE


@pytest.mark.parametrize("prompt", ["a princess in a castle", "a bird in a tree", "a bear in a tent"])
def test_who_is_in_a_building_or_a_tree_is_seen(prompt):
    first, base = (thing.kind for thing in parse(prompt).things)
    assert order(prompt) == [base, first]


def test_passengers_sit_at_windows_of_their_own():
    children = spots("three children on a school bus")["child"]
    places = sorted(spot.x for spot in children)
    assert min(right - left for left, right in pairwise(places)) > children[0].wide * 0.5
    assert all(spot.cut is not None for spot in children)


def _groups(prompt: str, **how) -> set[int]:
    brief = Brief(prompt, **{"width": 256, "height": 256, "seed": 1, **how})
    return {shape.group for shape in compose(parse(prompt), brief).shapes if shape.group >= THINGS}


@pytest.mark.exhaustive
def test_a_field_of_flowers_reaches_from_the_horizon_to_the_front_on_both_sides():
    brief = Brief("a field of sunflowers", width=256, height=256, seed=1)
    plain = Brief("a meadow", width=256, height=256, seed=1)
    yellow = np.asarray(draw(brief)).astype(int)
    bare = np.asarray(draw(plain)).astype(int)
    for picture, wanted in ((yellow, True), (bare, False)):
        golden = (picture[..., 0] > 190) & (picture[..., 1] > 130) & (picture[..., 2] < 110)
        for part in (golden[190:, :80], golden[190:, 176:], golden[240:, 80:176]):
            assert bool(part.mean() > 0.12) is wanted
    assert _groups("a field of sunflowers") == set()
    assert _groups("a dog in a field of sunflowers") == {THINGS}


def test_a_field_of_flowers_without_a_ground_still_has_flowers():
    assert len(_groups("a field of sunflowers", transparent=True)) >= 9


def test_breath_of_fire_leaves_the_mouth():
    def flames(prompt: str) -> list[tuple[float, float, float, float]]:
        shapes = compose(parse(prompt), Brief(prompt, width=256, height=256, seed=1)).shapes
        return [bounds(shape.outline) for shape in shapes if shape.colour == (250, 120, 40) and shape.group >= THINGS]

    assert flames("a dragon") == []
    ((left, top, right, bottom),) = flames("a dragon breathing fire")
    assert right - left > 40
    assert bottom - top > 20


def test_fruit_hangs_in_its_tree():
    def shapes(prompt: str) -> int:
        return len(compose(parse(prompt), Brief(prompt, width=256, height=256, seed=1)).shapes)

    assert shapes("a tree with apples") > shapes("a tree") + 9
    assert shapes("a rose bush") > shapes("a bush") + 9


def test_a_ship_in_a_bottle_is_seen_through_the_glass():
    found = spots("a ship in a bottle")
    (ship,), (bottle,) = found["ship"], found["bottle"]
    assert ship.wide < bottle.wide
    assert bottle.y - bottle.height < ship.y - ship.height < ship.y < bottle.y
    assert order("a ship in a bottle") == ["bottle", "ship"]


def test_a_boat_is_on_water_whoever_is_near_it():
    for prompt in ("a man fishing from a boat", "a man and a boat"):
        assert setting_for(parse(prompt), Brief("", seed=1), Dice(1)).place == "sea"


def test_upside_down_is_upside_down():
    def lowest_point_is_narrow(prompt: str) -> bool:
        shapes = compose(parse(prompt), Brief(prompt, width=256, height=256, seed=1)).shapes
        roof = next(shape.outline for shape in shapes if shape.group >= THINGS and len(shape.outline) == 3)
        low = max(y for _, y in roof)
        return sum(1 for _, y in roof if abs(y - low) < 1) == 1

    assert lowest_point_is_narrow("an upside down house")
    assert not lowest_point_is_narrow("a house")


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_a_desk_leaves_room_for_what_is_on_it(zoom):
    things = parse("a desk with a vase").things
    found = {spot.thing.kind: spot for spot in arrange(things, LAND, 1778.0, SIDE, Dice(1), zoom)}
    desk, vase = found["table"], found["vase"]
    assert desk.height < 1.6 * vase.height
    assert vase.y - vase.height > 0


def test_who_rides_a_skateboard_stands_on_it():
    (boy,) = spots("a boy riding a skateboard")["person"]
    assert boy.cut is None


def test_the_breath_of_a_dragon_is_in_the_picture():
    found = spots("a fire breathing dragon")
    (dragon,) = found["dragon"]
    assert reach(dragon.thing) > 0.1
    front = dragon.wide / 2 + reach(dragon.thing) * dragon.height
    assert (dragon.x - front > 0) if dragon.flip else (dragon.x + front < SIDE)


def test_a_family_before_its_house_stands_side_by_side():
    found = arrange(parse("my mum and my dad and my dog in front of our house").things, LAND, SIDE, SIDE, Dice(1))
    family = sorted((spot for spot in found if spot.thing.kind != "house"), key=lambda spot: spot.x)
    assert len(family) == 3
    for left, right in pairwise(family):
        assert right.x - left.x > 0.45 * (left.wide + right.wide)


def test_who_sits_at_a_table_is_seen_over_it():
    found = spots("a bear and a rabbit at a table")
    (table,) = found["table"]
    assert order("a bear and a rabbit at a table")[-1] == "table"
    for kind in ("bear", "rabbit"):
        (sitter,) = found[kind]
        assert sitter.y - sitter.height < table.y - 1.5 * table.height * 0.84


@pytest.mark.parametrize("prompt", ["a sheep between two cows", "a cat between a dog and a rabbit"])
def test_between_is_in_the_middle(prompt):
    middle, *_ = parse(prompt).things
    found = sorted(arrange(parse(prompt).things, LAND, SIDE, SIDE, Dice(1)), key=lambda spot: spot.x)
    assert [spot.thing.kind for spot in found][1] == middle.kind
    assert len(found) == 3
    for left, right in pairwise(found):
        assert right.x - left.x > 0.4 * (left.wide + right.wide)


def test_chess_is_between_two_players_of_different_kinds():
    found = spots("a cat and a dog playing chess")
    (cat,), (dog,), (chess,) = found["cat"], found["dog"], found["chess"]
    assert min(cat.x, dog.x) < chess.x < max(cat.x, dog.x)


def test_a_fox_behind_a_tree_is_no_giant():
    found = spots("a fox behind a tree")
    assert found["fox"][0].height < 0.8 * found["tree"][0].height
    assert order("a fox behind a tree") == ["fox", "tree"]


def test_who_is_on_a_ship_is_on_deck():
    found = spots("a pirate on a ship", WATER)
    (pirate,), (ship,) = found["person"], found["ship"]
    assert pirate.cut is not None
    assert ship.y - ship.height < pirate.y - pirate.height


def test_who_sits_on_a_horse_rides_it():
    found = spots("a man sitting on a horse")
    (man,), (horse,) = found["person"], found["horse"]
    assert man.cut is not None
    assert man.cut < horse.y
    assert order("a man sitting on a horse") == ["person", "horse"]


def test_a_lighthouse_stands_on_the_ground_of_its_island():
    found = spots("a lighthouse on an island", WATER)
    (tower,), (island,) = found["lighthouse"], found["island"]
    assert island.y - 0.3 * island.height < tower.y <= island.y
