"""What the engine draws."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from r9s_notebook.engines.sketch import Brief, draw
from r9s_notebook.engines.sketch.compose import compose
from r9s_notebook.engines.sketch.geometry import bounds
from r9s_notebook.engines.sketch.grammar import parse
from r9s_notebook.engines.sketch.looks import LOOKS
from r9s_notebook.engines.sketch.subjects import SUBJECTS
from tests.sampling import sample


def small(prompt: str, **how) -> Image.Image:
    return draw(Brief(prompt, **{"width": 192, "height": 192, "seed": 1, **how}))


def distance(one: Image.Image, other: Image.Image) -> float:
    return float(np.asarray(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean())


def share_of(image: Image.Image, test) -> float:
    r, g, b = (np.asarray(channel).astype(int) for channel in image.convert("RGB").split())
    return float(test(r, g, b).mean())


@pytest.mark.parametrize("look", sample(sorted(LOOKS), 4))
def test_a_seed_repeats_to_the_byte(look):
    prompt = {
        "gouache": "a cat",
        "line": "a cat, line art",
        "paper": "a cat, paper cut",
        "glass": "a cat, stained glass",
    }.get(look, f"a cat, {look} art")
    assert small(prompt).tobytes() == small(prompt).tobytes()


def test_a_seed_repeats_in_another_process():
    code = (
        "import hashlib; from r9s_notebook.engines.sketch import Brief, draw;"
        "brief = Brief('a fox in the forest, oil painting', width=192, height=192, seed=1);"
        "print(hashlib.sha256(draw(brief).tobytes()).hexdigest())"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert out.stdout.strip() == hashlib.sha256(small("a fox in the forest, oil painting").tobytes()).hexdigest()


def test_another_seed_draws_another_picture():
    assert distance(small("a cat"), small("a cat", seed=2)) > 4


def test_seeds_that_follow_each_other_are_other_compositions():
    pictures = [small("a boat on a lake", seed=number) for number in range(4)]
    assert all(distance(one, other) > 3 for one, other in itertools.combinations(pictures, 2))


@pytest.mark.parametrize(
    ("colour", "test"),
    [
        ("red", lambda r, g, b: (r > 110) & (r > g * 1.7) & (r > b * 1.5)),
        ("blue", lambda r, g, b: (b > 100) & (b > r * 1.6) & (b > g * 1.2)),
        ("yellow", lambda r, g, b: (r > 150) & (g > 120) & (b < g * 0.72)),
        ("purple", lambda r, g, b: (r > g * 1.3) & (b > g * 1.4)),
    ],
)
def test_a_named_colour_shows(colour, test):
    with_it = share_of(small(f"a {colour} balloon on a plain background", seed=3), test)
    other = "green" if colour != "green" else "red"
    assert with_it > 0.02 + share_of(small(f"a {other} balloon on a plain background", seed=3), test)


def test_vivid_is_more_colourful_than_natural():
    def colourfulness(vivid: bool) -> float:
        return share_of(
            small("a garden", vivid=vivid),
            lambda r, g, b: np.maximum(np.maximum(r, g), b) - np.minimum(np.minimum(r, g), b),
        )

    assert colourfulness(True) > 1.25 * colourfulness(False)


def test_quality_is_detail():
    low, high = (len(compose(parse("a garden"), Brief("a garden", detail=detail)).shapes) for detail in (0, 2))
    assert high > 1.3 * low


@pytest.mark.exhaustive
def test_looks_are_different_renderers():
    names = (
        "",
        "watercolour",
        "oil painting",
        "pen and ink",
        "pixel art",
        "line art",
        "paper cut",
        "poster print",
        "photo",
        "pencil drawing",
        "stained glass",
    )
    pictures = [small(f"a fox in the forest, {name}") for name in names]
    assert all(distance(one, other) > 2 for one, other in itertools.combinations(pictures, 2))


def test_pixel_art_has_large_pixels_of_few_colours():
    picture = small("a castle, pixel art", width=512, height=512)
    assert len(picture.getcolors(100_000)) <= 40


def test_a_negative_prompt_takes_things_out_of_the_picture():
    kept = compose(parse("a cat and a dog", "dog"), Brief("a cat and a dog", "dog"))
    assert {shape.group for shape in kept.shapes if shape.group >= 1000} == {1000}


def test_lettering_changes_the_picture():
    assert distance(small('a barn "HELLO"'), small("a barn")) > 0.5


def test_unknown_words_have_pictures_of_their_own():
    one, other = small("flibber"), small("gabble wock")
    assert distance(one, other) > 5


FORMATS = (256, 256), (448, 192), (192, 448)


@pytest.mark.exhaustive
@pytest.mark.parametrize("turn", range(len(FORMATS)))
def test_no_subject_is_cut_off_or_lost(turn):
    """Each subject in one of the formats; in the three turns in all of them."""
    for name, (width, height) in zip(SUBJECTS, itertools.cycle(FORMATS[turn:] + FORMATS[:turn]), strict=False):
        brief = Brief(f"one {name} in a meadow", width=width, height=height, seed=5)
        drawing = compose(parse(brief.prompt), brief)
        points = [
            point
            for shape in drawing.shapes
            if shape.group >= 1000 and not shape.glow and not shape.clip and shape.opacity > 0.4
            for point in shape.outline
        ]
        left, top, right, bottom = bounds(points)
        slack = 0.12 * min(drawing.width, drawing.height)
        assert left > -slack, name
        assert right < drawing.width + slack, name
        assert top > -slack, name
        assert bottom < drawing.height + slack, name
        assert max((right - left) / drawing.width, (bottom - top) / drawing.height) > 0.16, name


@settings(max_examples=40, deadline=None)
@given(prompt=st.text(max_size=60), seed=st.integers(0, 2**31), detail=st.integers(0, 2), transparent=st.booleans())
def test_any_words_make_a_picture(prompt, seed, detail, transparent):
    picture = draw(Brief(prompt, width=64, height=96, seed=seed, detail=detail, transparent=transparent))
    assert picture.size == (64, 96)
    assert picture.mode == ("RGBA" if transparent else "RGB")
