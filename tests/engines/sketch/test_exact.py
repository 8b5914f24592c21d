"""Operations that give the same bytes on every machine."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

import r9s_notebook.engines.sketch
from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.exact import Sheet, blended, saturated, turned
from r9s_notebook.engines.sketch.looks.plate import wobble

ROUNDED = re.compile(r"\bImage\.blend\(|\bImageEnhance\b|\.rotate\(|\.transform\(|\.polygon\(\[|\.rounded_rectangle\(")
"""Calls of Pillow that compute in floating point, and round as the processor does."""


def noise(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    bands = len(Image.new(mode, (1, 1)).getbands())
    values = np.random.default_rng(3).integers(0, 256, (size[1], size[0], bands), dtype=np.uint8)
    return Image.fromarray(values if bands > 1 else values[..., 0])


def test_the_engine_does_them_nowhere_else():
    folder = Path(r9s_notebook.engines.sketch.__file__).parent
    found = {path.name for path in folder.rglob("*.py") if ROUNDED.search(path.read_text(encoding="utf-8"))}
    assert found == {"exact.py"}


@pytest.mark.parametrize("seed", range(5))
def test_a_polygon_is_the_same_wherever_on_the_paper_it_lies(seed):
    """Pillow's own is not: at the left edge, its rounding decides what the processor may decide otherwise."""
    dice = Dice("polygons", seed)
    for _ in range(100):
        size = dice.whole(20, 200), dice.whole(20, 200)
        points = [(dice.whole(0, size[0]), dice.whole(0, size[1])) for _ in range(dice.whole(3, 9))]
        sheet = Sheet(size, [points])
        sheet.polygon(points)
        far = Image.new("L", (5000 + size[0], size[1]))
        ImageDraw.Draw(far).polygon([(x + 5000, y) for x, y in points], fill=255)
        assert sheet.drawn().tobytes() == far.crop((5000, 0, 5000 + size[0], size[1])).tobytes()


def test_a_sheet_is_made_smaller_without_its_margin():
    points = [(-400, 3), (60, 0), (12, 48)]
    sheet = Sheet((48, 48), [points])
    sheet.polygon(points)
    assert sheet.drawn(4).tobytes() == sheet.drawn().reduce(4).tobytes()
    assert sheet.drawn(3).size == (16, 16)


def test_blending_ends_at_either_image_and_lies_between():
    one, other = noise(), noise().transpose(Image.Transpose.ROTATE_180)
    assert blended(one, other, 0).tobytes() == one.tobytes()
    assert blended(one, other, 1).tobytes() == other.tobytes()
    middle, a, b = (np.asarray(image).astype(int) for image in (blended(one, other, 0.5), one, other))
    assert np.abs(middle - (a + b) / 2).max() <= 1


def test_saturation_goes_from_grey_over_the_image_to_stronger_colours():
    image = noise()
    grey = np.asarray(saturated(image, 0)).astype(int)
    assert (grey.max(-1) == grey.min(-1)).all()
    assert saturated(image, 1).tobytes() == image.tobytes()

    def colour(factor: float) -> float:
        pixels = np.asarray(saturated(image, factor)).astype(int)
        return float((pixels.max(-1) - pixels.min(-1)).mean())

    assert colour(0.5) < colour(1) < colour(1.3)


def test_turning_by_quarters_is_transposing():
    image = noise("L", (20, 12))
    assert turned(image, 90).tobytes() == image.transpose(Image.Transpose.ROTATE_90).tobytes()
    assert turned(image, -180).tobytes() == image.transpose(Image.Transpose.ROTATE_180).tobytes()
    assert turned(Image.new("L", (100, 10), 255), 45).size == pytest.approx((78, 78), abs=1)


@pytest.mark.parametrize("size", [(16, 16), (17, 300), (640, 33), (256, 256), (300, 200)])
def test_a_wobble_moves_and_leaves_no_gap(size):
    image = Image.new("L", size, 255)
    assert wobble(image, Dice(1), 6).getextrema() == (255, 255)
    picture = noise("L", size)
    assert wobble(picture, Dice(1), 6).tobytes() != picture.tobytes()
