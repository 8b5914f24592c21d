"""Subjects, places and light: what each word shows, and that it is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from r9s_notebook.engines.sketch import Brief, draw
from r9s_notebook.engines.sketch.colour import NAMED, apart
from r9s_notebook.engines.sketch.compose import THINGS, compose
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.geometry import bounds
from r9s_notebook.engines.sketch.grammar import parse
from r9s_notebook.engines.sketch.light import light_for
from r9s_notebook.engines.sketch.looks.gouache import lay
from r9s_notebook.engines.sketch.places import PLACES
from r9s_notebook.engines.sketch.raster import View
from r9s_notebook.engines.sketch.setting import setting_for
from r9s_notebook.engines.sketch.shapes import Drawing, Shape
from r9s_notebook.engines.sketch.subjects import SUBJECTS
from tests.sampling import sample


def drawing(prompt: str, **how) -> Drawing:
    brief = Brief(prompt, **{"width": 256, "height": 256, "seed": 1, **how})
    return compose(parse(prompt), brief)


def pixels(prompt: str, **how) -> np.ndarray:
    return np.asarray(draw(Brief(prompt, **{"width": 256, "height": 256, "seed": 1, **how}))).astype(int)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("a wicker basket", "basket"), ("a park bench", "bench"), ("a newspaper", "newspaper"), ("a throne", "throne"),
        ("a chess board with pieces", "chess"), ("playing cards", "playing cards"), ("a soccer ball", "football"),
        ("a basketball", "basketball"), ("a tree house", "tree house"), ("a bottle of perfume", "perfume"),
        ("a market stall with fruit", "market stall"), ("a sleigh", "sleigh"), ("a space station", "space station"),
        ("a satellite", "satellite"), ("a clock tower", "clock tower"), ("an apple tree", "fruit tree"),
        ("a cherry tree", "fruit tree"), ("an orange tree", "fruit tree"), ("a lemon tree", "fruit tree"),
        ("an iceberg", "iceberg"), ("a hamster", "hamster"), ("a koi", "koi"), ("a bath tub", "bathtub"),
        ("a stroller", "stroller"), ("headphones", "headphones"), ("a microphone", "microphone"),
        ("a trophy", "trophy"), ("a swing", "swing"), ("a slide", "slide"), ("a flame", "flame"),
        ("a ferris wheel", "ferris wheel"), ("a carousel", "carousel"), ("a bookshelf", "bookshelf"),
        ("a fireplace", "fireplace"), ("a love letter", "envelope"), ("scissors", "scissors"), ("a seahorse",
                                                                                                "seahorse"),
        ("a campfire", "campfire"), ("an alarm clock", "clock"), ("a handbag", "bag"), ("a beach ball", "ball"),
    ],
)  # fmt: skip
def test_a_word_draws_the_thing_itself_once(words, kind):
    assert [(thing.kind, thing.count) for thing in parse(words).things] == [(kind, 1)]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("a cat in a cafe", "cafe"), ("a cat in a coffee shop", "cafe"), ("a cat in a restaurant", "cafe"),
        ("a cat in a market street", "market"), ("a dancer on a stage", "stage"), ("a dog in a bathroom", "bathroom"),
        ("a dog in a swimming pool", "pool"), ("a dog in an office", "office"), ("a dog in a bedroom", "bedroom"),
        ("a dog in a gym", "gym"), ("a dog in a playground", "playground"), ("a boat in a harbour", "harbour"),
        ("a cowboy in a canyon", "canyon"), ("a koi", "koi_pond"), ("a cup of coffee in a cafe", "table"),
    ],
)  # fmt: skip
def test_a_word_leads_to_its_place(words, place):
    scene = parse(words)
    assert setting_for(scene, Brief(words, seed=1), Dice(1)).place == place


@pytest.mark.parametrize(
    ("place", "width", "height"),
    # Of three formats every seventh case: some of the places, in all of the formats.
    sample(((place, *size) for place in sorted(PLACES) for size in ((256, 256), (144, 256), (256, 144))), 7),
)
def test_every_place_shows_itself_and_what_stands_in_it(place, width, height):
    scene = replace(parse("a dog"), place=place)
    brief = Brief("a dog", width=width, height=height, seed=2)
    shown = compose(scene, brief)
    own = [shape for shape in shown.shapes if shape.group < THINGS]
    assert len(own) >= 2
    points = [p for shape in shown.shapes if shape.group >= THINGS and not shape.clip for p in shape.outline]
    left, top, right, bottom = bounds(points)
    assert left > -0.1 * shown.width
    assert right < 1.1 * shown.width
    assert top > -0.1 * shown.height
    assert bottom < 1.05 * shown.height


def test_fruit_trees_bear_their_own_fruit():
    def share(prompt: str, test) -> float:
        image = pixels(f"{prompt} on a plain background", seed=2)
        return float(test(*(image[..., channel] for channel in range(3))).mean())

    def yellow(r, g, b):
        return (r > 190) & (g > 160) & (b < 110)

    def red(r, g, b):
        return (r > 130) & (r > 2.2 * g) & (r > 1.6 * b)

    assert share("a lemon tree", yellow) > 2 * share("a cherry tree", yellow) + 0.003
    assert share("a cherry tree", red) > 2 * share("a lemon tree", red) + 0.003


@pytest.mark.parametrize(
    ("prompt", "kind"), [("a camel in the desert", "camel"), ("pyramids in the desert", "pyramid")]
)
def test_the_ground_is_not_of_the_colour_of_what_stands_on_it(prompt, kind):
    dunes = [shape for shape in drawing(prompt).shapes if shape.group < THINGS and shape.stops and shape.depth < 0.2]
    light = setting_for(parse(prompt), Brief(prompt, seed=1), Dice(1, prompt)).light
    coat = light.on(SUBJECTS[kind].colours[0])
    assert dunes
    assert all(apart(shape.stops[0], coat) > 60 * 60 for shape in dunes)


def test_a_beam_of_light_fades_out():
    width = drawing("a lighthouse at night").width
    beams = [
        (bounds(shape.outline), shape.opacity)
        for shape in drawing("a lighthouse at night", seed=9).shapes
        if shape.group >= THINGS and shape.soft and shape.opacity < 0.5
    ]
    longest = max(beams, key=lambda beam: beam[0][2])
    assert longest[0][2] > width * 0.6
    assert longest[1] < 0.06


def test_trees_and_roofs_know_the_season():
    def redness(prompt: str) -> float:
        image = pixels(prompt, seed=3)[40:150, 60:196]
        return float((image[..., 0] - image[..., 1]).mean())

    assert redness("a tree in autumn") > redness("a tree in summer") + 8
    assert redness("a green tree in autumn") < redness("a tree in autumn") - 8

    def white(prompt: str) -> int:
        return sum(
            min(shape.colour) > 225
            for shape in drawing(prompt, seed=6).shapes
            if shape.group >= THINGS and shape.volume == 0.4
        )

    assert white("a house in winter at noon") > white("a house in summer at noon")


@pytest.mark.parametrize("side", [-1, 1])
def test_a_thing_is_brighter_at_its_edge_towards_the_light(side):
    light = replace(light_for("night", "", vivid=True, dice=Dice(1)), sun=(0.6 * side, 0.5))
    square = Shape(((300, 300), (700, 300), (700, 700), (300, 700)), (30, 30, 40), group=THINGS)
    image = np.asarray(lay(Drawing(1000, 1000, (square,), light, (0, 0, 0)), View(250, 250)).convert("L")).astype(int)
    left, right = image[125, 75:79].mean(), image[125, 171:175].mean()
    assert (right - left) * side > 20


def test_a_tall_sky_has_more_in_it_than_a_square_one():
    def clouds(height: int) -> int:
        shapes = drawing("a hill at noon", height=height, seed=4).shapes
        return sum(shape.group < THINGS and shape.depth > 0.96 and not shape.line for shape in shapes)

    assert clouds(455) > 1.4 * clouds(256)


@pytest.mark.parametrize("colour", ["cream", "mint", "pink"])
def test_a_wall_is_not_of_the_colour_of_what_stands_before_it(colour):
    for seed in range(6):
        scene = parse(f"a {colour} cat in a room")
        light = setting_for(scene, Brief("a cat", seed=seed), Dice(seed, "a cat")).light
        assert apart(light.sky[1], NAMED[colour]) > 50 * 50


@pytest.mark.parametrize(
    ("place", "thing"), [("bathroom", "bath tub"), ("bedroom", "bed"), ("playground", "swing"), ("playground", "slide")]
)
def test_a_place_brings_no_second_one_of_what_was_asked_for(place, thing):
    def backdrop(prompt: str) -> int:
        return sum(shape.group < THINGS for shape in drawing(prompt, seed=2).shapes)

    assert backdrop(f"a {thing} in a {place}") < backdrop(f"a dog in a {place}") - 8


def test_fruit_trees_blossom_in_spring():
    image = pixels("a cherry tree in spring at noon", seed=3)[40:140, 70:186]
    other = pixels("a cherry tree in summer at noon", seed=3)[40:140, 70:186]
    pink = [float(((a[..., 0] > 200) & (a[..., 0] > a[..., 1] + 25)).mean()) for a in (image, other)]
    assert pink[0] > pink[1] + 0.1
