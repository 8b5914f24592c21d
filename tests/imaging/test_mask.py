from __future__ import annotations

import copy
import gc
import io
import math
import pickle
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from PIL import Image

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import Mask, inspect
from r9s_notebook.imaging.steps import LEDGER_BYTES, remembered_bytes
from tests.counting import lines_run
from tests.imaging import reference
from tests.imaging.pictures import encoded, gradient


def crisp(mask: Mask) -> np.ndarray:
    return mask.pixels == 255


def walk(seed: int, count: int, side: int) -> list[tuple[float, float]]:
    rng = np.random.default_rng(seed)
    return [(float(x), float(y)) for x, y in rng.uniform(0, side, 2) + rng.normal(0, 9, (count, 2)).cumsum(axis=0)]


# --- shapes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("radius", [0.75, 1, 2.5, 8, 16, 40])
@pytest.mark.parametrize("seed", range(4))
def test_a_stroke_is_what_lies_within_its_radius_of_its_path(radius: float, seed: int) -> None:
    points = [(round(x, 2), round(y, 2)) for x, y in walk(seed, 30, 300)]
    mask = Mask.blank(300, 260).stroke(points, radius)

    assert reference.iou(crisp(mask), reference.stroke(points, radius, 300, 260)) >= 0.9999


def test_a_stroke_of_no_length_is_a_dot() -> None:
    dot = Mask.blank(50, 50).stroke([(25, 25)], 5)

    assert crisp(dot).sum() == pytest.approx(math.pi * 25, rel=0.05)
    assert np.array_equal(Mask.blank(50, 50).stroke([(25, 25), (25, 25)], 5).pixels, dot.pixels)


@pytest.mark.parametrize("where", [(10, 10), (10.5, 10.5), (10.25, 10.9)])
def test_even_the_thinnest_dot_marks_a_pixel(where: tuple[float, float]) -> None:
    assert not Mask.blank(20, 20).stroke([where], 0.001).is_empty


def test_pressure_scales_the_brush_along_the_stroke() -> None:
    mask = Mask.blank(200, 60).stroke([(20, 30, 0.2), (180, 30, 1.0)], 20)
    widths = crisp(mask).sum(axis=0)

    assert widths[20] < widths[100] < widths[179]
    assert widths[178] == pytest.approx(40, abs=2)
    assert widths[100] == pytest.approx(24, abs=1)


def test_a_stroke_goes_on_outside_the_picture_and_comes_back() -> None:
    points = [(10, 10), (-500, 40), (10, 70)]

    assert np.array_equal(crisp(Mask.blank(80, 80).stroke(points, 6)), reference.stroke(points, 6, 80, 80))


def test_points_that_are_not_finite_are_left_out() -> None:
    broken = [(10, 10), (math.nan, 20), (20, math.inf), (40, 40)]

    assert Mask.blank(64, 64).stroke(broken, 4) == Mask.blank(64, 64).stroke([(10, 10), (40, 40)], 4)


def test_points_absurdly_far_away_cost_nothing() -> None:
    tracemalloc.start()
    mask = Mask.blank(64, 64).stroke([(-1e300, 32), (1e300, 32)], 4).polygon([(-1e9, -1e9), (1e9, -1e9), (0, 1e9)])

    assert mask.is_full
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize(
    "paint",
    [
        lambda m: m.stroke([], 4),
        lambda m: m.stroke([(math.nan, 1)], 4),
        lambda m: m.stroke([(1, 2)], 0),
        lambda m: m.stroke([(1, 2)], -3),
        lambda m: m.stroke([(1, 2)], math.nan),
        lambda m: m.stroke([(1, 2)], "wide"),
        lambda m: m.stroke([(1,)], 3),
        lambda m: m.stroke(["ab"], 3),
        lambda m: m.stroke(7, 3),
        lambda m: m.rect(0, 0, math.inf, 3),
        lambda m: m.ellipse(0, None, 4, 3),
        lambda m: m.polygon([(0, 0), (1, 1)]),
        lambda m: m.grow(-1),
        lambda m: m.shrink(math.nan),
        lambda m: m.feather(5000),
        lambda m: m.scaled((0, 10)),
        lambda m: m.scaled((10, 10, 10)),
        lambda m: m | Mask.blank(3, 3),
        lambda _: Mask.blank(0, 4),
        lambda _: Mask.blank(4.5, 4),
        lambda _: Mask.blank(100_000, 100_000),
        lambda _: Mask.from_array(np.zeros((2, 2, 3))),
        lambda _: Mask.from_array(np.ones((2, 2), np.int64)),
        lambda _: Mask.from_array(np.ones((2, 2), np.uint16)),
    ],
)
def test_what_only_code_can_get_wrong_is_refused_with_a_sentence(paint: Any) -> None:
    with pytest.raises(MaskError) as caught:
        paint(Mask.blank(10, 10))

    assert caught.value.message.endswith(".")


def test_a_rectangle_holds_the_pixels_between_its_corners() -> None:
    assert crisp(Mask.blank(10, 10).rect(2, 3, 5, 7)).sum() == 3 * 4
    assert Mask.blank(10, 10).rect(5, 7, 2, 3) == Mask.blank(10, 10).rect(2, 3, 5, 7)
    assert Mask.blank(10, 10).rect(-5, -5, 15, 15).is_full


def test_an_ellipse_has_the_area_of_an_ellipse() -> None:
    mask = Mask.blank(200, 100).ellipse(10, 10, 190, 90)

    assert crisp(mask).sum() == pytest.approx(math.pi * 90 * 40, rel=0.001)
    assert mask.bounds == (10, 10, 190, 90)


def test_a_lasso_that_loops_over_itself_stays_filled() -> None:
    twice_around = [(math.cos(a) * 40 + 50, math.sin(a) * 40 + 50) for a in np.linspace(0, 4 * math.pi, 90)]

    assert Mask.blank(100, 100).polygon(twice_around).pixels[50, 50] == 255


def test_a_polygon_winds_either_way() -> None:
    corners = [(10, 10), (90, 20), (50, 80)]

    assert np.array_equal(
        Mask.blank(100, 100).polygon(corners).pixels, Mask.blank(100, 100).polygon(corners[::-1]).pixels
    )


@pytest.mark.parametrize("shape", ["stroke", "rect", "ellipse", "polygon"])
def test_every_shape_erases(shape: str) -> None:
    arguments: dict[str, tuple[Any, ...]] = {
        "stroke": ([(10, 10), (30, 30)], 5),
        "rect": (5, 5, 30, 30),
        "ellipse": (5, 5, 30, 30),
        "polygon": ([(5, 5), (30, 5), (20, 30)],),
    }
    added = getattr(Mask.blank(40, 40), shape)(*arguments[shape])
    erased = getattr(Mask.blank(40, 40).fill(), shape)(*arguments[shape], erase=True)

    assert not added.is_empty
    assert np.array_equal(erased.pixels, 255 - added.pixels)


# --- whole-mask operations ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("px", [1, 1.5, 3, 7.07, 12])
def test_growing_reaches_exactly_so_far(px: float) -> None:
    mask = Mask.blank(60, 50).stroke([(20, 20), (35, 28)], 3).rect(50, 40, 55, 45)

    assert np.array_equal(crisp(mask.grow(px)), reference.disc_dilated(crisp(mask), px))


def test_a_soft_mask_grows_too() -> None:
    soft = Mask.blank(60, 50).rect(20, 20, 30, 30).feather(3)

    assert np.all(soft.grow(4).pixels >= soft.pixels)
    assert soft.grow(4).coverage > soft.coverage


def test_the_picture_s_border_does_not_shrink_a_mask() -> None:
    assert Mask.blank(30, 20).fill().shrink(5).is_full
    assert Mask.blank(30, 20).rect(0, 0, 10, 20).shrink(4).bounds == (0, 0, 6, 20)


def test_feathering_makes_a_ramp_around_the_edge() -> None:
    soft = Mask.blank(100, 40).rect(0, 0, 50, 40).feather(6).pixels[20].astype(int)

    assert np.all(np.diff(soft) <= 0)
    assert soft[0] > 250
    assert soft[99] < 5
    assert 100 < soft[50] < 155


def test_masks_combine_like_sets() -> None:
    left, top = Mask.blank(20, 20).rect(0, 0, 10, 20), Mask.blank(20, 20).rect(0, 0, 20, 10)

    assert (left | top).coverage == 0.75
    assert (left & top).coverage == 0.25
    assert (left - top).coverage == 0.25
    assert (~left).coverage == 0.5


# --- a value --------------------------------------------------------------------------------------------------------


def test_a_mask_never_changes() -> None:
    mask = Mask.blank(20, 20)
    mask.fill()

    assert mask.is_empty
    with pytest.raises(ValueError, match="read-only"):
        mask.pixels[0, 0] = 1


def test_equal_masks_are_equal_values_with_equal_bytes() -> None:
    one = Mask.blank(64, 64).stroke([(1, 2), (30, 40)], 5).invert()
    other = Mask.blank(64, 64).stroke(np.array([[1.0, 2.0], [30.0, 40.0]]), 5.0).invert()

    assert one == other
    assert hash(one) == hash(other)
    assert one.to_png() == other.to_png()
    assert one.to_json() == other.to_json()
    assert one != other.invert()
    assert one != "a mask"


def test_a_mask_drawn_at_once_is_the_mask_drawn_step_by_step() -> None:
    def painted(look: bool) -> Mask:
        mask = Mask.blank(200, 200)
        for number in range(150):
            mask = mask.stroke(walk(number, 6, 200), 4, erase=number % 3 == 0)
            if look:
                assert mask.pixels.shape == (200, 200)
        return mask

    assert np.array_equal(painted(look=True).pixels, painted(look=False).pixels)


def test_the_next_stroke_costs_one_stroke() -> None:
    mask = Mask.blank(1024, 1024)
    for number in range(500):
        mask = mask.stroke(walk(number, 50, 1024), 16)
    all_of_them = lines_run(lambda: mask.is_empty)
    added = mask.stroke(walk(0, 50, 1024), 16)
    one_of_them = lines_run(lambda: added.is_empty)

    assert 0 < one_of_them < all_of_them / 20


def test_remembered_pixels_are_bounded_however_many_masks_are_kept() -> None:
    kept = [Mask.blank(1000, 1000)]
    for number in range(200):
        kept.append(kept[-1].stroke([(number, number)], 10))
        assert kept[-1].pixels.any()

    assert remembered_bytes() <= LEDGER_BYTES
    assert np.array_equal(kept[100].pixels, Mask(kept[100].size, kept[100].operations).pixels)
    del kept
    gc.collect()
    assert remembered_bytes() < LEDGER_BYTES / 10


def test_a_mask_does_not_change_with_the_array_it_was_made_from() -> None:
    array = np.zeros((9, 9), np.uint8)
    mask = Mask.from_array(array)
    array[:] = 255

    assert mask.is_empty


def test_a_combined_mask_holds_the_other_one_whole() -> None:
    pair = Mask.blank(30, 30).rect(0, 0, 5, 5) | Mask.blank(30, 30).rect(20, 20, 25, 25)
    loaded = Mask.from_array(pair.pixels)
    for other in (pair, loaded):
        combined = Mask.blank(30, 30).rect(9, 9, 12, 12) | other
        assert combined.bounds == (0, 0, 25, 25)
        assert np.array_equal(Mask.from_json(combined.to_json()).pixels, combined.pixels)
    assert Mask.blank(30, 30) | pair == Mask.blank(30, 30) | loaded


def test_a_mask_is_pickled_copied_and_used_as_a_key() -> None:
    mask = Mask.blank(30, 30).ellipse(3, 3, 20, 20).grow(2)

    assert pickle.loads(pickle.dumps(mask)) == copy.deepcopy(mask) == mask  # noqa: S301 - our own bytes
    assert {mask: 1}[Mask.blank(30, 30).ellipse(3, 3, 20, 20).grow(2)] == 1
    assert repr(mask) == "<Mask 30x30, 2 operations>"


# --- polarity and size ----------------------------------------------------------------------------------------------


def test_the_api_s_form_is_transparent_where_to_edit() -> None:
    mask = Mask.blank(40, 30).rect(0, 0, 10, 30)
    with Image.open(io.BytesIO(mask.to_png())) as image:
        pixels = np.asarray(image)

    assert inspect(mask.to_png()).size == (40, 30)
    assert pixels.shape == (30, 40, 4)
    assert np.array_equal(pixels[:, :, 3], 255 - mask.pixels)
    assert np.array_equal(pixels[:, :, 0], mask.pixels)


@pytest.mark.parametrize("soft", [False, True])
def test_every_form_that_is_given_away_is_taken_back(soft: bool) -> None:
    mask = Mask.blank(40, 30).ellipse(5, 5, 30, 25)
    mask = mask.feather(2) if soft else mask
    forms = [
        Mask.from_image(mask.to_png()),
        Mask.from_image(mask.to_image()),
        Mask.from_image(encoded(mask.to_image(), "PNG")),
        Mask.from_image(mask.invert().to_image(), polarity="dark"),
        Mask.from_image(mask.to_png(), polarity="light"),
        Mask.from_array(mask.pixels),
        Mask.from_array(mask.pixels / 255),
    ]

    for form in forms:
        assert np.array_equal(form.pixels, mask.pixels)


def test_white_means_edit_where_nothing_is_transparent() -> None:
    assert Mask.from_image(Image.new("1", (8, 8), 1)).is_full
    assert Mask.from_image(Image.new("RGB", (8, 8), "black")).is_empty
    assert Mask.from_image(Image.new("RGBA", (8, 8), (255, 255, 255, 255))).is_full
    assert Mask.from_image(Image.new("RGBA", (8, 8), (0, 0, 0, 0))).is_full


def test_asking_for_transparency_that_is_not_there_is_refused() -> None:
    with pytest.raises(MaskError, match="no transparent pixels"):
        Mask.from_image(gradient(), polarity="alpha")


def test_a_mask_of_another_size_is_refused_and_one_of_another_shape_is_not_fitted() -> None:
    mask = Mask.blank(100, 100).rect(0, 0, 50, 50)
    with pytest.raises(MaskError, match=r"100x100.*50x50.*scaled"):
        mask.check_size((50, 50))
    with pytest.raises(MaskError, match=r"100x100.*60x50.*scaled"):
        mask.fitted((60, 50))

    assert mask.fitted((50, 50)) == Mask.blank(50, 50).rect(0, 0, 25, 25)


@pytest.mark.parametrize("size", [(67, 100), (66, 100), (667, 1000), (2001, 3000)])
def test_a_size_that_was_rounded_is_the_same_shape(size: tuple[int, int]) -> None:
    assert Mask.blank(667, 1000).fitted(size).size == size
    assert Mask.blank(*size).fitted((667, 1000)).size == (667, 1000)


@pytest.mark.parametrize("size", [(16, 16), (8192, 16), (16, 8192), (1023, 767)])
def test_pixels_have_exactly_the_picture_s_size(size: tuple[int, int]) -> None:
    mask = Mask.blank(*size).stroke([(0, 0), size], 3)

    assert mask.to_image().size == inspect(mask.to_png()).size == size


def test_a_mask_scaled_at_the_same_ratio_keeps_its_strokes() -> None:
    small = Mask.blank(200, 100).stroke([(20, 20), (150, 80)], 8).grow(2)
    large = small.scaled((800, 400))

    assert [type(each).__name__ for each in large.operations] == ["Stroke", "Grow"]
    assert large.coverage == pytest.approx(small.coverage, abs=0.01)


def test_a_mask_scaled_at_another_ratio_covers_the_same_part() -> None:
    mask = Mask.blank(200, 100).ellipse(20, 20, 150, 80)

    assert mask.scaled((300, 300)).coverage == pytest.approx(mask.coverage, abs=0.01)
    assert mask.scaled((300, 300)).is_crisp


# --- as code --------------------------------------------------------------------------------------------------------


def test_the_code_of_a_mask_reads_like_its_making() -> None:
    mask = Mask.blank(64, 48).ellipse(8, 8, 40, 40).stroke([(1, 2), (30.5, 40)], 5, erase=True).grow(2)

    assert mask.code() == (
        "(\n"
        "    Mask.blank(64, 48)\n"
        "    .ellipse(8, 8, 40, 40)\n"
        "    .stroke([(1, 2), (30.5, 40)], radius=5, erase=True)\n"
        "    .grow(2)\n"
        ")"
    )


def test_the_code_of_painted_pixels_is_their_json() -> None:
    mask = Mask.from_array(np.eye(20, dtype=bool)).invert()

    assert eval(mask.code(), {"Mask": Mask}) == mask  # noqa: S307 - our own code


def test_many_threads_may_draw_one_mask() -> None:
    masks = [Mask.blank(300, 300)]
    for number in range(100):
        masks.append(masks[-1].stroke(walk(number, 5, 300), 6, erase=number % 4 == 0))
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda mask: mask.to_png(), reversed(masks)))

    assert together == [Mask(mask.size, mask.operations).to_png() for mask in reversed(masks)]
