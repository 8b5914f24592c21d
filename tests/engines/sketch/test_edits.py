"""Edits keep what the mask keeps."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from r9s_notebook.engines.sketch import Brief, draw
from r9s_notebook.engines.sketch.compose import THINGS, compose
from r9s_notebook.engines.sketch.edits import change, told
from r9s_notebook.engines.sketch.edits.intent import intent
from r9s_notebook.engines.sketch.geometry import bounds
from r9s_notebook.engines.sketch.grammar import parse
from tests.sampling import sample

SIZE = (256, 256)


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    return draw(Brief("a meadow", width=256, height=256, seed=4))


@pytest.fixture(scope="module")
def mask() -> Image.Image:
    sheet = Image.new("RGBA", SIZE, (0, 0, 0, 255))
    ImageDraw.Draw(sheet).ellipse((70, 60, 190, 180), fill=(0, 0, 0, 0))
    return sheet


PROMPTS = (
    "add a red hat",
    "replace the background with a beach sunset",
    "make it a watercolour",
    "remove it",
    "replace the tree with a dog",
    "make it blue",
    "make it night",
    "a castle in the mountains",
    "flibbergabble",
)


def brief(prompt: str, **how) -> Brief:
    return Brief(prompt, **{"width": 256, "height": 256, "seed": 2, **how})


@pytest.mark.parametrize("prompt", sample(PROMPTS, 3))
def test_outside_the_mask_nothing_changes_and_inside_something_does(picture, mask, prompt):
    before, after = np.asarray(picture), np.asarray(change(picture, mask, brief(prompt)))
    kept = np.asarray(mask)[..., 3] == 255
    assert (before[kept] == after[kept]).all()
    assert (before[~kept] != after[~kept]).any()


@pytest.mark.parametrize("prompt", sample(PROMPTS, len(PROMPTS)))
def test_an_edit_repeats_with_its_seed(picture, mask, prompt):
    assert change(picture, mask, brief(prompt)).tobytes() == change(picture, mask, brief(prompt)).tobytes()


@pytest.mark.exhaustive
def test_an_edit_differs_with_its_seed(picture, mask):
    one, other = (change(picture, mask, brief("a robot", seed=number)) for number in (0, 1))
    assert one.tobytes() != other.tobytes()


@pytest.mark.parametrize(
    ("prompt", "masked", "action"),
    [
        ("Add a red hat to the person", True, "add"),
        ("Replace the background with a beach sunset", True, "scene"),
        ("Make it look like a watercolor painting", False, "restyle"),
        ("remove it", True, "remove"),
        ("replace the dog with a cat", True, "swap"),
        ("make the car blue", True, "recolour"),
        ("make it night", False, "relight"),
        ("turn it into a beach at sunset", True, "scene"),
        ("a castle", True, "swap"),
        ("a red hat", True, "add"),
        ("make him wear a crown", False, "add"),
        ("a rainbow in the sky", True, "add"),
        ("replace the sky with a starry night", True, "sky"),
        ("replace the background with a city at night", False, "relight"),
        ("remove the background", False, "keep"),
        ('add the text "HELLO"', True, "letter"),
        ("flibbergabble", True, "veil"),
    ],
)
def test_what_an_edit_wants_is_understood(prompt, masked, action):
    assert intent(prompt, masked=masked).action == action


def test_recolouring_dyes_the_thing_and_not_its_surroundings():
    scene = Image.new("RGB", SIZE, (60, 140, 60))
    ImageDraw.Draw(scene).ellipse((90, 80, 170, 160), fill=(150, 150, 160))
    sheet = Image.new("RGBA", SIZE, (0, 0, 0, 255))
    sheet.paste((0, 0, 0, 0), (70, 60, 190, 180))
    after = change(scene, sheet, brief("make the ball blue"))
    assert after.getpixel((76, 66)) == (60, 140, 60)
    red, _, blue = after.getpixel((130, 120))
    assert blue > red + 60


def test_words_that_mean_nothing_do_not_cost_the_picture(picture, mask):
    before, after = (
        np.asarray(one.convert("L")).astype(int) for one in (picture, change(picture, mask, brief("xyzzy")))
    )
    inside = np.asarray(mask)[..., 3] == 0
    assert np.abs(before - after)[inside].mean() < 40


def test_snow_is_drawn_where_snow_was_asked_for():
    assert intent("make it snow", masked=False).scene.weather == "snow"


def test_quoted_words_are_written_into_the_region(picture, mask):
    after = change(picture, mask, brief('add the text "HELLO"'))
    away = np.abs(np.asarray(after).astype(int) - np.asarray(picture).astype(int)).max(axis=2)
    assert (away > 60).sum() > 500
    assert "HELLO" in told(brief('add the text "HELLO"'), masked=True)


@pytest.mark.slow
def test_only_the_new_thing_is_added():
    assert [thing.kind for thing in intent("Add a red hat to the person", masked=True).scene.things] == ["hat"]


def test_a_red_hat_is_red(picture, mask):
    after = np.asarray(change(picture, mask, brief("add a red hat"))).astype(int)
    red = (after[..., 0] > 100) & (after[..., 0] > after[..., 1] * 1.8)
    assert red[np.asarray(mask)[..., 3] == 0].mean() > 0.15


def test_the_images_of_a_request_get_different_hats_unless_one_was_named(picture, mask):
    def shapes(prompt):
        """Width by height of what four seeds draw."""
        for seed in range(4):
            after = np.asarray(change(picture, mask, brief(prompt, seed=seed))).astype(int)
            rows, columns = np.nonzero((np.abs(after - np.asarray(picture)) > 40).any(-1))
            yield (columns.max() - columns.min() + 1) / (rows.max() - rows.min() + 1)

    assert max(shapes("add a red hat")) > 1.3 * min(shapes("add a red hat"))
    assert max(shapes("add a straw hat")) < 1.1 * min(shapes("add a straw hat"))


@pytest.mark.exhaustive
def test_removing_continues_the_surroundings():
    rows = np.arange(256)
    stripes = Image.fromarray(np.repeat(((rows // 16 % 2) * 200 + 30).astype(np.uint8)[:, None], 256, axis=1)).convert(
        "RGB"
    )
    spoilt = stripes.copy()
    ImageDraw.Draw(spoilt).ellipse((100, 100, 150, 150), fill=(250, 0, 0))
    sheet = Image.new("RGBA", SIZE, (0, 0, 0, 255))
    ImageDraw.Draw(sheet).ellipse((94, 94, 156, 156), fill=(0, 0, 0, 0))
    mended = change(spoilt, sheet, brief("remove the dot"))
    wrong = np.abs(np.asarray(mended).astype(int) - np.asarray(stripes).astype(int))[94:156, 94:156].mean()
    assert wrong < 22  # a blur would be off by about 100


def test_partly_transparent_images_keep_their_alpha_outside(mask):
    source = Image.new("RGBA", SIZE, (10, 200, 30, 90))
    after = change(source, mask, brief("add a red hat"))
    assert after.getpixel((2, 2)) == (10, 200, 30, 90)


def test_an_empty_mask_changes_nothing(picture):
    kept = Image.new("RGBA", SIZE, (0, 0, 0, 255))
    assert change(picture, kept, brief("add a hat")).tobytes() == picture.tobytes()


def test_a_photograph_of_another_shape_is_not_cropped():
    wide = Image.new("RGB", (400, 200), (0, 90, 200))
    after = change(wide, None, brief("make it a watercolour"))
    assert after.size == SIZE


@pytest.mark.parametrize("seed", [1, 3])
def test_a_hat_without_a_mask_goes_on_the_head_of_who_is_drawn(seed):
    scene = Brief("a man in a park", width=384, height=384, seed=seed)
    (man,) = arranged(scene)
    before = draw(scene)
    after = change(before, None, Brief("add a red hat", width=384, height=384, seed=1))
    moved = np.abs(np.asarray(after).astype(int) - np.asarray(before).astype(int)).max(axis=2) > 60
    rows, columns = np.nonzero(moved)
    left, top, right, _bottom = man
    assert abs((columns.min() + columns.max()) / 2 - (left + right) / 2) < 0.2 * (right - left)
    assert rows.max() < top + 0.5 * (right - left)


def arranged(scene):
    """The boxes of the things of a drawing, in pixels: left, top, right, bottom."""
    drawing = compose(parse(scene.prompt), scene)
    share = scene.width / drawing.width
    groups = {}
    for shape in drawing.shapes:
        if shape.group >= THINGS:
            groups.setdefault(shape.group, []).extend(shape.outline)
    return [tuple(value * share for value in bounds(points)) for points in groups.values()]


@pytest.mark.exhaustive
def test_another_sky_leaves_what_stands_before_it():
    scene = Brief("a lighthouse at noon", width=384, height=384, seed=1)
    (tower,) = arranged(scene)
    before = draw(scene)
    mask = Image.new("RGBA", before.size, (0, 0, 0, 255))
    mask.paste((0, 0, 0, 0), (0, 0, 384, 225))
    after = change(before, mask, Brief("replace the sky with a starry night", width=384, height=384, seed=1))
    change_of = np.abs(np.asarray(after).astype(int) - np.asarray(before).astype(int)).max(axis=2)
    x, y = round((tower[0] + tower[2]) / 2), round(tower[1] + 0.5 * (tower[3] - tower[1]))
    assert y < 215
    assert change_of[y - 3 : y + 4, x - 6 : x + 7].max() < 12
    assert change_of[20:60, 300:370].mean() > 60
