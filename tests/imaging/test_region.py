from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import Mask, connected, region
from tests.counting import lines_run
from tests.imaging.pictures import gradient, noise
from tests.sampling import sample

SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))
CORNERS = ((1, 1), (1, -1), (-1, 1), (-1, -1))


def flooded(alike: np.ndarray, row: int, column: int, steps: tuple[tuple[int, int], ...] = SIDES) -> np.ndarray:
    """The textbook's flood fill."""
    reached = np.zeros_like(alike)
    reached[row, column] = True
    queue = deque([(row, column)])
    while queue:
        y, x = queue.popleft()
        for at in ((y + down, x + right) for down, right in steps):
            if 0 <= at[0] < alike.shape[0] and 0 <= at[1] < alike.shape[1] and alike[at] and not reached[at]:
                reached[at] = True
                queue.append(at)
    return reached


def spots(seed: int) -> tuple[np.ndarray, int, int]:
    """A small picture of spots, dense or sparse, and a place on one."""
    rng = np.random.default_rng(seed)
    alike = rng.random((rng.integers(1, 24), rng.integers(1, 24))) < (0.62, 0.97)[seed % 2]
    row, column = (int(rng.integers(side)) for side in alike.shape)
    alike[row, column] = True
    return alike, row, column


# Row by row, in bands of some rows, and all at once; with some rows first that are near, and without.
@pytest.mark.parametrize(("cells", "near"), [(1, 512), (60, 512), (60, 3), (1 << 19, 1)])
@pytest.mark.parametrize("seed", sample(range(60), 4))
def test_a_region_is_what_a_flood_fill_reaches(
    seed: int, cells: int, near: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("connected", "region"):
        monkeypatch.setattr(importlib.import_module(f"r9s_notebook.imaging.{name}"), "CELLS_AT_ONCE", cells)
    monkeypatch.setattr(connected, "_NEAR", near)
    alike, row, column = spots(seed)

    assert np.array_equal(region(alike, column, row, 0).pixels == 255, flooded(alike, row, column))


@pytest.mark.parametrize("cells", [1, 60, 1 << 19])
@pytest.mark.parametrize("seed", range(40))
def test_all_areas_are_what_flood_fills_reach_corners_included_one_by_one_from_the_top(
    seed: int, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connected, "CELLS_AT_ONCE", cells)
    marked = np.random.default_rng(seed).random((seed % 9 + 1, seed % 23 + 1)) < (0.2, 0.45, 0.8)[seed % 3]

    rest = marked.copy()
    for rows, columns in connected.areas(marked):
        row, column = np.argwhere(rest)[0]
        expected = flooded(marked, row, column, SIDES + CORNERS)
        assert np.array_equal((rows, columns), np.nonzero(expected))
        rest &= ~expected
    assert not rest.any()


def test_a_spiral_is_followed_to_its_end() -> None:
    side = 61
    wall = np.ones((side, side), bool)
    top, left, bottom, right = 0, 0, side - 1, side - 1
    while top < bottom:  # rings, joined at alternating corners
        wall[top, left : right + 1] = wall[bottom, left : right + 1] = False
        wall[top : bottom + 1, left] = wall[top : bottom + 1, right] = False
        top, left, bottom, right = top + 2, left + 2, bottom - 2, right - 2
        if top < bottom:
            wall[top - 1, left] = False
    path = ~wall

    assert np.array_equal(region(path, 0, 0, 0).pixels == 255, path)


def test_the_tolerance_is_per_channel() -> None:
    picture = np.zeros((1, 3, 3), np.uint8)
    picture[0, 1] = (30, 0, 0)
    picture[0, 2] = (60, 0, 31)

    assert region(picture, 0, 0, 29).coverage == pytest.approx(1 / 3)
    assert region(picture, 0, 0, 30).coverage == pytest.approx(2 / 3)
    assert region(picture, 1, 0, 31).coverage == 1


def test_all_of_a_colour_is_selected_where_connection_does_not_matter() -> None:
    stripes = np.zeros((10, 10), bool)
    stripes[:, ::2] = True

    assert region(stripes, 0, 0, 0).coverage == pytest.approx(0.1)
    assert region(stripes, 0, 0, 0, contiguous=False).coverage == pytest.approx(0.5)


def test_transparency_counts_as_a_colour() -> None:
    image = Image.new("RGBA", (10, 10), (0, 0, 0, 255))
    image.paste((0, 0, 0, 0), (0, 0, 5, 10))

    assert region(image, 0, 0, 10).bounds == (0, 0, 5, 10)


@pytest.mark.parametrize(
    ("x", "y", "tolerance"), [(-1, 0, 3), (64, 0, 3), (0, 48, 3), (float("nan"), 0, 3), (0, 0, 300)]
)
def test_a_point_outside_or_an_odd_tolerance_is_refused(x: float, y: float, tolerance: float) -> None:
    with pytest.raises(MaskError):
        region(gradient(), x, y, tolerance)


@pytest.mark.parametrize("seed", sample(range(30), 3))
def test_within_a_mask_is_what_a_flood_fill_reaches_in_it(seed: int) -> None:
    alike, row, column = spots(seed)
    painted = np.random.default_rng(seed).random(alike.shape) < 0.9
    painted[row, column] = True

    inside = region(alike, column, row, 0, within=Mask.from_array(painted))
    assert np.array_equal(inside.pixels == 255, flooded(alike & painted, row, column))
    everywhere = region(alike, column, row, 0, contiguous=False, within=Mask.from_array(painted))
    assert np.array_equal(everywhere.pixels == 255, alike & painted)


def test_an_outline_holds_the_paint_in_and_out() -> None:
    flat = Image.new("RGB", (60, 60), "teal")
    outline = Mask.blank(60, 60).stroke([(10, 10), (50, 10), (50, 50), (10, 50), (10, 10)], 2)

    inner = region(flat, 30, 30, within=~outline)
    outer = region(flat, 1, 1, within=~outline)
    assert inner.bounds == (12, 12, 48, 48)
    assert (inner | outer | outline).is_full
    assert (inner & outer).is_empty
    assert region(flat, 10, 30, within=outline | inner).pixels.sum() == (outline | inner).pixels.sum()


def test_without_a_picture_the_mask_is_all_that_bounds_the_region() -> None:
    outline = Mask.blank(16, 16).ellipse(1, 1, 15, 15).ellipse(3, 3, 13, 13, erase=True)

    assert region(None, 8, 8, within=~outline) == region(Image.new("RGB", (16, 16)), 8, 8, within=~outline)
    with pytest.raises(MaskError, match="picture to look at, or a mask"):
        region(None, 8, 8)


def test_paint_joins_a_soft_edge_without_a_seam_and_does_not_leak_through_it() -> None:
    flat = Image.new("RGB", (80, 80))
    ring = Mask.blank(80, 80).ellipse(10, 10, 70, 70).ellipse(20, 20, 60, 60, erase=True).feather(2)

    poured = ring | region(flat, 40, 40, within=~ring)
    assert (poured.pixels[15:66, 40] == 255).all()
    assert (poured.pixels[40, :5] == 0).all()
    assert (ring - region(flat, 15, 40, within=ring)).is_empty


@pytest.mark.parametrize(
    ("within", "sentence"),
    [(Mask.blank(64, 48), "not in the mask"), (Mask.blank(9, 9).fill(), "must be of one size")],
)
def test_a_point_outside_the_mask_and_a_mask_of_another_size_are_refused(within: Mask, sentence: str) -> None:
    with pytest.raises(MaskError, match=sentence):
        region(gradient(), 5, 5, within=within)


def ramp(width: int, height: int) -> Image.Image:
    grey = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", [grey, grey.transpose(Image.Transpose.ROTATE_90), grey])


@pytest.mark.slow
@pytest.mark.parametrize(("made", "tolerance"), [(ramp, 60), (noise, 140), (noise, 150)])
def test_a_region_takes_steps_in_proportion_to_the_pixels(made: Callable[..., Image.Image], tolerance: int) -> None:
    """Each line is at most one pass over a band of the picture, and there are 16 times as many bands."""

    def steps(side: int) -> int:
        picture = made(side, side)
        return lines_run(lambda: region(picture, side // 2, side // 2, tolerance))

    assert steps(4096) < 2 * 16 * steps(1024)
