from __future__ import annotations

import time
from collections import deque

import numpy as np
import pytest
from PIL import Image

from r9s_notebook.errors import MaskError
from r9s_notebook.imaging import region
from tests.imaging.pictures import gradient, noise


def flooded(alike: np.ndarray, row: int, column: int) -> np.ndarray:
    """The textbook's flood fill."""
    reached = np.zeros_like(alike)
    reached[row, column] = True
    queue = deque([(row, column)])
    while queue:
        y, x = queue.popleft()
        for at in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
            if 0 <= at[0] < alike.shape[0] and 0 <= at[1] < alike.shape[1] and alike[at] and not reached[at]:
                reached[at] = True
                queue.append(at)
    return reached


@pytest.mark.parametrize("seed", range(60))
def test_a_region_is_what_a_flood_fill_reaches(seed: int) -> None:
    rng = np.random.default_rng(seed)
    alike = rng.random((rng.integers(1, 24), rng.integers(1, 24))) < 0.62
    row, column = (int(rng.integers(side)) for side in alike.shape)
    alike[row, column] = True

    assert np.array_equal(region(alike, column, row, 0).pixels == 255, flooded(alike, row, column))


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


@pytest.mark.slow
def test_a_4k_picture_takes_under_a_second_even_where_it_is_all_noise() -> None:
    for picture, tolerance in ((gradient(3840, 2160), 60), (noise(3840, 2160), 150)):
        started = time.process_time()
        region(picture, 1900, 1000, tolerance)
        assert time.process_time() - started < 1
