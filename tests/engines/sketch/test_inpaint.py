"""A hole is filled with what is found elsewhere in the image."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PIL import Image, ImageDraw

from r9s_notebook.engines.sketch.dice import Dice
from r9s_notebook.engines.sketch.edits.inpaint import inpaint
from r9s_notebook.engines.sketch.edits.marked import region
from tests.sampling import sample

SIZE = (256, 256)


def disc(size: tuple[int, int] = SIZE, share: float = 0.25) -> Image.Image:
    hole = Image.new("L", size)
    x, y, radius = size[0] / 2, size[1] / 2, share * min(size)
    ImageDraw.Draw(hole).ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return hole


def wall() -> Image.Image:
    """Bricks with pale joints."""
    sheet = Image.new("RGB", SIZE, (214, 206, 196))
    pen = ImageDraw.Draw(sheet)
    for row in range(16):
        for column in range(-1, 9):
            x, y = column * 32 + row % 2 * 16, row * 16
            pen.rectangle((x + 2, y + 2, x + 29, y + 13), fill=(170, 70 + 20 * (column % 2), 56))
    return sheet


def street() -> Image.Image:
    """Houses in pastel colours with windows, over a grey road with dashes."""
    sheet = Image.new("RGB", SIZE, (150, 190, 230))
    pen = ImageDraw.Draw(sheet)
    for house in range(8):
        x, top = house * 32, 40 + house * 7 % 20
        pen.rectangle((x, top, x + 31, 150), fill=((230, 180, 120), (200, 120, 110), (160, 180, 140))[house % 3])
        for y in range(top + 10, 140, 18):
            pen.rectangle((x + 5, y, x + 12, y + 9), fill=(100, 120, 130))
            pen.rectangle((x + 19, y, x + 26, y + 9), fill=(100, 120, 130))
    pen.rectangle((0, 150, 256, 160), fill=(200, 190, 170))
    pen.rectangle((0, 161, 256, 256), fill=(90, 88, 92))
    for x in range(8, 256, 32):
        pen.rectangle((x, 216, x + 16, 220), fill=(240, 230, 200))
    return sheet


def spoilt(image: Image.Image, hole: Image.Image) -> Image.Image:
    """The image with something blue where the hole is: nothing of it may be seen afterwards."""
    return Image.composite(Image.new("RGB", image.size, (0, 0, 255)), image, hole)


def off(one: Image.Image, other: Image.Image, hole: Image.Image) -> float:
    """How many levels a pixel of the hole differs, on average."""
    difference = np.abs(np.asarray(one).astype(int) - np.asarray(other).astype(int))
    return float(difference[np.asarray(hole) > 0].mean())


def test_a_wall_is_bricks_again_and_outside_the_hole_nothing_changes():
    image, hole = wall(), disc()
    mended = inpaint(spoilt(image, hole), hole, Dice(1))
    flat = Image.new("RGB", SIZE, tuple(int(mean) for mean in np.asarray(image).reshape(-1, 3).mean(0)))
    assert off(mended, image, hole) < 0.35 * off(flat, image, hole)
    kept = np.asarray(hole) == 0
    assert (np.asarray(mended)[kept] == np.asarray(image)[kept]).all()


@pytest.mark.exhaustive
def test_a_busy_area_is_not_filled_with_a_flat_one_of_its_colour():
    noise = np.random.default_rng(1).integers(-70, 71, (256, 256, 1))
    noise[:, 190:] = 0
    image, hole = Image.fromarray(np.repeat(128 + noise, 3, axis=2).astype(np.uint8)), disc()
    mended = np.asarray(inpaint(spoilt(image, hole), hole, Dice(1)).convert("L")).astype(int)
    assert mended[np.asarray(hole) > 0].std() > 0.7 * mended[:, :60].std()


@pytest.mark.exhaustive
@pytest.mark.parametrize("box", [(0, 110, 150, 240), (60, 120, 256, 235)])
def test_houses_stay_above_the_road(box):
    image, hole = street(), Image.new("L", SIZE)
    hole.paste(255, box)
    road = np.asarray(inpaint(spoilt(image, hole), hole, Dice(1))).astype(int)[165:]
    coloured = road.max(-1) - road.min(-1) > 45
    assert coloured[np.asarray(hole)[165:] > 0].mean() < 0.005


@pytest.mark.exhaustive
def test_a_large_image_keeps_its_detail():
    image = wall().resize((1024, 1024), Image.Resampling.NEAREST)
    grain = np.random.default_rng(1).integers(-40, 41, (1024, 1024, 1))
    image = Image.fromarray(np.clip(np.asarray(image).astype(int) + grain, 0, 255).astype(np.uint8))
    hole = disc(image.size)
    fine = np.abs(np.diff(np.asarray(inpaint(spoilt(image, hole), hole, Dice(1)).convert("L")).astype(int), axis=1))
    inside = np.asarray(hole)[:, 1:] > 0
    assert fine[inside].mean() > 0.7 * fine[~inside].mean()


@pytest.mark.exhaustive
def test_a_sky_that_grows_lighter_goes_on_through_the_hole():
    ramp = np.repeat(np.linspace(90, 200, 256).astype(np.uint8)[:, None], 256, axis=1)
    grain = np.random.default_rng(1).integers(-12, 13, (256, 256))
    image = Image.fromarray(np.clip(ramp + grain, 0, 255).astype(np.uint8)).convert("RGB")
    mended = np.asarray(inpaint(spoilt(image, disc()), disc(), Dice(1)).convert("L")).astype(int)
    assert np.abs(mended[96:160, 96:160].mean(1) - ramp[96:160, 0]).max() < 8


@pytest.mark.parametrize(
    ("size", "box"),
    sample(
        [
            ((16, 16), (4, 4, 12, 12)),
            ((700, 16), (100, 0, 300, 16)),
            ((64, 64), (0, 0, 63, 64)),
            ((90, 40), (0, 0, 90, 20)),
        ],
        4,
    ),
)
def test_little_to_learn_from_still_fills(size, box):
    image, hole = Image.effect_noise(size, 60).convert("RGB"), Image.new("L", size)
    hole.paste(255, box)
    mended = inpaint(spoilt(image, hole), hole, Dice(1))
    blue = (np.asarray(mended)[np.asarray(hole) > 0] == (0, 0, 255)).all(-1)
    assert mended.size == size
    assert not blue.any()


@pytest.mark.exhaustive
def test_the_same_dice_fill_the_same():
    hole = disc(share=0.12)
    image = spoilt(wall(), hole)
    assert inpaint(image, hole, Dice(1)).tobytes() == inpaint(image, hole, Dice(1)).tobytes()


@pytest.mark.exhaustive
def test_a_large_image_is_mended_at_the_price_of_a_small_one():
    def seconds(side: int) -> float:
        image, gap = wall().resize((side, side)), Image.new("L", (side, side))
        gap.paste(255, (side * 3 // 8, side * 3 // 8, side * 5 // 8, side * 5 // 8))
        started = time.process_time()
        inpaint(image, gap, Dice(1))
        return time.process_time() - started

    assert seconds(2048) < 4 * seconds(512)


@pytest.mark.exhaustive
def test_scratches_cost_no_more_than_an_area():
    hole = Image.new("L", (400, 400))
    for y in range(0, 400, 30):
        ImageDraw.Draw(hole).line((0, y, 400, y + 40), fill=255, width=2)
    image = wall().resize((400, 400))

    def seconds(gap: Image.Image) -> float:
        started = time.process_time()
        inpaint(image, gap, Dice(1))
        return time.process_time() - started

    assert seconds(hole) < 4 * seconds(disc(image.size))


@pytest.mark.parametrize("aspect", [0.5, 1.0, 1.7])
def test_there_is_room_for_a_thing_inside_what_was_marked(aspect):
    sheet = Image.new("RGBA", SIZE, (0, 0, 0, 255))
    ImageDraw.Draw(sheet).polygon([(20, 20), (240, 60), (150, 200), (90, 200)], fill=(0, 0, 0, 0))
    area = region(sheet, SIZE)
    left, top, right, bottom = area.room(area.box[0], area.box[2], aspect)
    inside = np.asarray(area.weight.crop((round(left), round(top), round(right), round(bottom)))) > 0
    assert inside.mean() > 0.9
    assert (right - left) / (bottom - top) == pytest.approx(aspect, rel=0.1)
    assert (right - left) * (bottom - top) > 0.3 * (np.asarray(area.weight) > 0).sum()
