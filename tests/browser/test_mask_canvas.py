"""The mask is what the browser shows: the same strokes on a real canvas, compared pixel by pixel."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from r9s_notebook.imaging import Mask
from tests.browser.canvas import Stroke, painted
from tests.imaging.reference import iou

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def canvas(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def strokes(seed: int, radius: float) -> list[Stroke]:
    rng = np.random.default_rng(seed)
    return [
        ((rng.uniform(0, 400, 2) + rng.normal(0, 12, (30, 2)).cumsum(axis=0)).round(2).tolist(), radius, number == 2)
        for number in range(4)
    ]


@pytest.mark.parametrize(("radius", "least"), [(4, 0.98), (8, 0.99), (16, 0.995), (40, 0.995)])
def test_a_mask_is_what_the_canvas_shows(canvas: Page, radius: float, least: float) -> None:
    """Thin strokes are nearly all edge, and a canvas places its edges to a few hundredths of a pixel only."""
    for seed in range(3):
        drawn = strokes(seed, radius)
        mask = Mask.blank(400, 300)
        for points, width, erase in drawn:
            mask = mask.stroke(points, width, erase)

        assert iou(mask.pixels == 255, painted(canvas, (400, 300), drawn)) >= least


def test_a_dot_is_what_the_canvas_shows(canvas: Page) -> None:
    dot = [([(50.3, 60.7)], 20.0, False)]
    mask = Mask.blank(100, 100).stroke(*dot[0])

    assert iou(mask.pixels == 255, painted(canvas, (100, 100), dot)) >= 0.99
