"""The algebra of masks, over masks that nobody thought of."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from r9s_notebook.imaging import Mask
from r9s_notebook.imaging.mask import shortened

coordinate = st.floats(-40, 90, allow_nan=False)
point = st.tuples(coordinate, coordinate)
pressed = st.tuples(coordinate, coordinate, st.floats(0, 1))
radius = st.floats(0.01, 30)
reach = st.floats(0, 12)
erase = st.booleans()
step = st.one_of(
    st.tuples(st.just("stroke"), st.one_of(st.lists(point, min_size=1), st.lists(pressed, min_size=1)), radius, erase),
    st.tuples(st.just("rect"), coordinate, coordinate, coordinate, coordinate, erase),
    st.tuples(st.just("ellipse"), coordinate, coordinate, coordinate, coordinate, erase),
    st.tuples(st.just("polygon"), st.lists(point, min_size=3), erase),
    st.tuples(st.sampled_from(["grow", "shrink", "feather"]), reach),
    st.tuples(st.sampled_from(["fill", "clear", "invert"])),
)


@st.composite
def masks(draw: st.DrawFn) -> Mask:
    mask = Mask.blank(draw(st.integers(1, 60)), draw(st.integers(1, 60)))
    for name, *arguments in draw(st.lists(step, max_size=6)):
        mask = getattr(mask, name)(*arguments)
    return mask


quickly = settings(max_examples=50, deadline=None)


@quickly
@given(masks())
def test_inverting_twice_changes_nothing(mask: Mask) -> None:
    assert np.array_equal(mask.invert().invert().pixels, mask.pixels)
    assert np.array_equal(mask.invert().pixels, 255 - mask.pixels)


@quickly
@given(masks(), reach)
def test_growing_contains_and_shrinking_is_contained(mask: Mask, px: float) -> None:
    assert np.all(mask.grow(px).pixels >= mask.pixels)
    assert np.all(mask.shrink(px).pixels <= mask.pixels)


@quickly
@given(masks(), reach)
def test_growing_what_is_kept_is_shrinking_what_is_edited(mask: Mask, px: float) -> None:
    assert np.array_equal(mask.invert().grow(px).invert().pixels, mask.shrink(px).pixels)


@quickly
@given(masks())
def test_json_and_back_is_the_same_mask_and_the_same_bytes(mask: Mask) -> None:
    back = Mask.from_json(mask.to_json())

    assert back == mask
    assert hash(back) == hash(mask)
    assert back.to_json() == mask.to_json()
    assert back.to_png() == mask.to_png()


@quickly
@given(masks())
def test_the_code_of_a_mask_builds_it_again(mask: Mask) -> None:
    assert eval(mask.code(), {"Mask": Mask}) == mask  # noqa: S307 - our own code


@quickly
@given(masks())
def test_the_api_s_form_holds_every_pixel(mask: Mask) -> None:
    assert np.array_equal(Mask.from_image(mask.to_png(), polarity="auto").pixels, mask.pixels)


@quickly
@given(masks(), st.integers(1, 200), st.integers(1, 200))
def test_a_mask_scales_to_any_size(mask: Mask, width: int, height: int) -> None:
    scaled = mask.scaled((width, height))

    assert scaled.size == (width, height)
    assert scaled.pixels.shape == (height, width)
    assert mask.scaled(mask.size) == mask


@quickly
@given(masks(), masks())
def test_combining_follows_the_laws_of_sets(one: Mask, other: Mask) -> None:
    other = other.scaled(one.size)

    assert np.array_equal((one | other).pixels, (other | one).pixels)
    assert np.array_equal((~(one | other)).pixels, (~one & ~other).pixels)
    assert np.array_equal((one - other).pixels, (one & ~other).pixels)


@quickly
@given(masks())
def test_what_a_mask_says_of_itself_agrees(mask: Mask) -> None:
    assert 0.0 <= mask.coverage <= 1.0
    assert mask.is_empty == (mask.coverage == 0.0) == (mask.bounds is None)
    assert mask.is_full == (mask.coverage == 1.0)


@quickly
@given(masks(), st.lists(step, max_size=8), st.integers(0, 6), st.booleans())
def test_shortened_masks_have_the_same_pixels_and_bytes(mask: Mask, later: list[tuple], most: int, drawn: bool) -> None:
    kept = [mask]
    for name, *arguments in later:
        kept.append(getattr(kept[-1], name)(*arguments))
        if drawn:
            assert kept[-1].pixels.shape == (mask.height, mask.width)
    stranger = Mask.blank(*mask.size).rect(1, 1, 9, 9)
    *short, same = shortened([*kept, stranger], most)

    assert same == stranger
    for before, after in zip(kept, short, strict=True):
        assert after.to_png() == before.to_png()
        assert Mask.from_json(after.to_json()) == after
        assert Mask.from_json(after.to_json()).to_png() == before.to_png()
    assert len(short[0].operations) <= max(most, 1)
    assert len(short[-1].operations) == len(short[0].operations) + len(later)


@quickly
@given(st.integers(1, 40), st.integers(1, 20), st.randoms(use_true_random=False))
def test_pixels_of_any_width_are_kept_crisp_or_soft(width: int, height: int, random: Any) -> None:
    soft = np.array([[random.randrange(16, 256) for _ in range(width)] for _ in range(height)], dtype=np.uint8)
    for pixels in (soft, np.where(soft > 127, np.uint8(255), np.uint8(0))):
        mask = Mask.from_array(pixels)
        assert np.array_equal(mask.pixels, pixels)
        assert np.array_equal(Mask.from_json(mask.to_json()).pixels, pixels)
