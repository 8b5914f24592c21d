from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from r9s_notebook.errors import ImageError, MaskError
from r9s_notebook.imaging import Mask, keep_outside, open_image, outside_change
from tests.imaging.pictures import encoded, photograph

SIZE = (300, 200)
MASK = Mask.blank(*SIZE).ellipse(100, 50, 200, 150)


def edited_inside(before: Image.Image) -> Image.Image:
    return Image.composite(Image.new("RGB", SIZE, "red"), before, MASK.to_image())


def test_an_edit_that_kept_to_its_mask_changed_nothing_outside() -> None:
    before = photograph(*SIZE)
    change = outside_change(before, edited_inside(before), MASK)

    assert (change.changed, change.mean_difference, change.resized) == (0.0, 0.0, False)
    assert not change.noticeable


def test_recompression_is_not_taken_for_a_change() -> None:
    before = photograph(*SIZE)
    change = outside_change(before, encoded(edited_inside(before), "JPEG", quality=80), MASK)

    assert not change.noticeable
    assert change.mean_difference > 0


def test_a_service_that_ignored_the_mask_is_found_out() -> None:
    change = outside_change(photograph(*SIZE), Image.new("RGB", SIZE, "navy"), MASK)

    assert change.mask_ignored
    assert change.changed > 0.9
    assert str(change).startswith("The service ignored the mask: ")


def test_the_part_that_changed_is_measured() -> None:
    before = Image.new("RGB", SIZE, "white")
    after = before.copy()
    after.paste("black", (0, 0, 300, 20))
    mask = Mask.blank(*SIZE).rect(0, 100, 300, 200)
    change = outside_change(before, after, mask, margin=0)

    assert change.kept == pytest.approx(0.5)
    assert change.changed == pytest.approx(0.2)
    assert change.mean_difference == pytest.approx(0.2)
    assert change.noticeable
    assert not change.mask_ignored


def test_an_answer_of_another_size_is_compared_all_the_same() -> None:
    before = photograph(*SIZE)
    change = outside_change(before, edited_inside(before).resize((1024, 683)), MASK)

    assert change.resized
    assert not change.noticeable
    assert str(change).startswith(
        "The edit came back as 1024x683 pixels, and its image has 300x200. Outside the mask, no"
    )


def test_an_answer_that_is_smaller_is_compared_at_its_size_so_that_lost_detail_is_no_change() -> None:
    before = Image.effect_noise(SIZE, 120).convert("RGB")
    change = outside_change(before, edited_inside(before).resize((150, 100), Image.Resampling.LANCZOS), MASK)

    assert not change.noticeable


@pytest.mark.parametrize("size", [(296, 200), (200, 200), (300, 224), (1024, 1024)])
def test_an_answer_in_another_frame_is_told_and_neither_judged_nor_put_back(size: tuple[int, int]) -> None:
    before = photograph(*SIZE)
    change = outside_change(before, Image.new("RGB", size, "navy"), MASK)

    assert (change.reframed, change.noticeable, change.mask_ignored) == (True, False, False)
    assert (change.asked, change.came) == (SIZE, size)
    told = f"The edit came back as {size[0]}x{size[1]} pixels, and its image has 300x200: another frame"
    assert str(change).startswith(told)
    with pytest.raises(ImageError, match=told):
        keep_outside(before, Image.new("RGB", size), MASK)


def test_a_full_mask_leaves_nothing_to_judge() -> None:
    change = outside_change(photograph(*SIZE), Image.new("RGB", SIZE), MASK.fill())

    assert (change.changed, change.kept) == (0.0, 0.0)


def test_keeping_the_outside_puts_every_pixel_back() -> None:
    before, after = photograph(*SIZE), Image.new("RGB", (600, 400), "red")
    kept = np.asarray(keep_outside(before, after, MASK))

    assert np.array_equal(kept[MASK.pixels == 0], np.asarray(before)[MASK.pixels == 0])
    assert np.all(kept[MASK.pixels == 255] == (255, 0, 0))
    assert outside_change(before, keep_outside(before, after, MASK), MASK).changed == 0


def test_a_soft_mask_blends() -> None:
    before, after = Image.new("RGB", SIZE, "black"), Image.new("RGB", SIZE, "white")
    soft = MASK.feather(5)

    assert np.abs(np.asarray(keep_outside(before, after, soft))[:, :, 0].astype(int) - soft.pixels).max() <= 1


def test_a_mask_of_another_picture_is_refused() -> None:
    with pytest.raises(MaskError, match="10x10"):
        keep_outside(photograph(*SIZE), photograph(*SIZE), Mask.blank(10, 10).fill())


def test_what_lies_under_full_transparency_is_not_compared() -> None:
    before = Image.new("RGBA", SIZE, (255, 0, 0, 0))
    after = Image.new("RGBA", SIZE, (0, 0, 255, 0))

    assert outside_change(encoded(before, "PNG"), open_image(encoded(after, "PNG")), MASK).changed == 0
