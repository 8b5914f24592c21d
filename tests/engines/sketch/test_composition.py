"""Where things are in the picture, and that they are seen."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from r9s_notebook.engines.sketch import Brief, draw
from r9s_notebook.engines.sketch.compose import THINGS, compose
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.drawing import told
from r9s_notebook.engines.sketch.geometry import bounds
from r9s_notebook.engines.sketch.grammar import parse
from r9s_notebook.engines.sketch.lettering import writable
from r9s_notebook.engines.sketch.raster import View, coverage
from r9s_notebook.engines.sketch.setting import setting_for
from r9s_notebook.engines.sketch.subjects import SUBJECTS
from tests.sampling import sample

VIEW = View(256, 256)


def drawing(prompt: str, negative: str = "", **how):
    brief = Brief(prompt, negative, **{"width": 256, "height": 256, "seed": 1, **how})
    return compose(parse(prompt, negative), brief)


def shares_seen(prompt: str, **how) -> list[float]:
    """Of each copy, the share of its pixels that nothing drawn later covers."""
    masks: dict[int, np.ndarray] = {}
    top = np.zeros((256, 256), dtype=int)
    for shape in drawing(prompt, **how).shapes:
        if shape.group < THINGS or shape.glow or shape.opacity < 0.6:
            continue
        patch = coverage(shape, VIEW)
        if patch is not None:
            whole = Image.new("L", (256, 256))
            whole.paste(patch.mask, patch.box)
            inside = np.asarray(whole) > 100
            masks[shape.group] = masks.get(shape.group, np.zeros_like(inside)) | inside
            top[inside] = shape.group
    return [float((top[mask] == group).mean()) for group, mask in masks.items() if mask.any()]


def middles(prompt: str, **how) -> list[tuple[float, float]]:
    """The middle of each thing, in the order it is drawn."""
    points: dict[int, list] = {}
    for shape in drawing(prompt, **how).shapes:
        if shape.group >= THINGS and not shape.glow and not shape.clip:
            points.setdefault(shape.group, []).extend(shape.outline)
    boxes = [bounds(outline) for outline in points.values()]
    return [((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in boxes]


@pytest.mark.parametrize("seed", sample([1, 2, 3], 3))
@pytest.mark.parametrize("prompt", ["ten apples", "nine cats", "six dogs", "twelve birds", "five cars", "twelve fish"])
def test_every_copy_is_seen(prompt, seed):
    seen = shares_seen(prompt, seed=seed)
    assert len(seen) == parse(prompt).things[0].count
    assert min(seen) > 0.6


@pytest.mark.parametrize("seed", range(6))
def test_left_is_left_and_right_is_right(seed):
    found = drawing("a tree on the left and a house on the right", seed=seed)
    x = {shape.group: bounds(shape.outline)[0] for shape in found.shapes if shape.group >= THINGS and not shape.glow}
    trunks = [shape for shape in found.shapes if shape.group >= THINGS]
    assert len(x) == 2
    house = next(shape.group for shape in reversed(trunks) if len(shape.outline) == 3)  # its gable
    other = next(group for group in x if group != house)
    assert x[other] < x[house]


def place_of(prompt: str) -> str:
    return setting_for(parse(prompt), Brief(prompt, seed=1), Dice(1)).place


def test_the_place_is_the_home_of_the_largest():
    assert place_of("a tiny mouse next to a huge elephant") == SUBJECTS["elephant"].home
    assert place_of("a cat on a sofa") == "room"


def test_a_plain_background_is_exactly_the_colour_that_was_asked_for():
    picture = draw(Brief("a red rose on a black background", width=128, height=128, seed=1))
    corner = np.asarray(picture)[:6, :6].reshape(-1, 3)
    assert (corner == (42, 40, 52)).all()


def test_a_crown_is_in_the_picture_without_a_ground_too():
    for prompt in ("a cat wearing a crown", "a giraffe with a top hat", "a penguin with a hat"):
        picture = draw(Brief(prompt, width=256, height=256, seed=1, transparent=True))
        alpha = np.asarray(picture)[..., 3]
        assert alpha[0].max() == 0, prompt


def test_a_forest_without_trees_has_none():
    with_trees, without = drawing("a forest"), drawing("a forest", "trees")
    assert len(without.shapes) < len(with_trees.shapes) - 100  # some thirty trees of five shapes


def test_a_meadow_without_flowers_has_none():
    def rounds(prompt: str) -> int:
        return sum(1 for shape in drawing(prompt).shapes if shape.depth < 0.35 and len(shape.outline) in {12, 20})

    assert rounds("a meadow without flowers") < rounds("a meadow")


@pytest.mark.parametrize("look", ["line art", "coloring page", "outline"])
def test_a_page_to_colour_in_is_black_on_white(look):
    pixels = np.asarray(draw(Brief(f"a house by a lake, {look}", width=256, height=256, seed=1))).astype(int)
    assert (pixels.min(axis=2) > 250).mean() > 0.7
    assert (pixels.max(axis=2) - pixels.min(axis=2)).mean() < 3


def test_a_comic_has_no_strip_along_its_edge():
    pixels = np.asarray(draw(Brief("a house in a meadow, comic", width=256, height=256, seed=1))).astype(int)
    assert np.abs(pixels[0] - pixels[6]).mean() < 20


def test_quality_shows():
    low, standard, high = (
        np.asarray(draw(Brief("a fox in the forest", width=256, height=256, seed=1, detail=detail))).astype(int)
        for detail in range(3)
    )
    assert np.abs(low - standard).mean() > 4
    assert np.abs(high - standard).mean() > 4


def test_a_portrait_fills_the_picture():
    found = drawing("a portrait of a woman")
    points = [point for shape in found.shapes if shape.group >= THINGS for point in shape.outline]
    left, top, right, bottom = bounds(points)
    assert right - left > 0.4 * found.width
    assert 0 < top < 0.3 * found.height
    assert bottom > found.height


@pytest.mark.exhaustive
def test_seeds_that_follow_each_other_are_taken_from_near_and_from_afar():
    heights = []
    for seed in range(4):
        found = drawing("a fox in the forest", seed=seed)
        points = [
            point for shape in found.shapes if shape.group >= THINGS and not shape.glow for point in shape.outline
        ]
        _, top, _, bottom = bounds(points)
        heights.append(bottom - top)
    assert max(heights) > 1.5 * min(heights)


@pytest.mark.parametrize(
    ("text", "written"),
    [("Grüße aus München", "Gru\u0308sse aus Mu\u0308nchen"), ("Привет", "Privet"),
     ("crème brûlée", "cre\u0300me bru\u0302le\u0301e"),
     ("“fine”…", "\"fine\"..."), ("你好 OK", "OK")],
)  # fmt: skip
def test_lettering_writes_what_its_font_has_and_accents_over_it(text, written):
    assert writable(text) == written


def test_an_accent_is_drawn():
    with_it, without = (
        np.asarray(draw(Brief(f'"{word}"', width=256, height=256, seed=1))).astype(int) for word in ("uuuu", "üüüü")
    )
    assert np.abs(with_it - without).mean() > 0.1


def test_what_was_not_understood_is_told():
    answer = told(Brief("a cat with a flibber and an elefant"))
    assert "Not understood: flibber" in answer
    assert '"elefant" was read as "elephant"' in answer or "elephant" in answer
