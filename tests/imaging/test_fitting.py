from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from r9s_notebook.errors import ImageError, MaskError
from r9s_notebook.imaging import Mask, fit_for_edit, inspect, open_image
from tests.imaging.pictures import encoded, gradient, noise, photograph


def test_what_is_acceptable_is_sent_byte_for_byte() -> None:
    data = encoded(photograph(256, 256), "PNG", compress_level=9)
    fitted = fit_for_edit(data, square=True, max_bytes=4_000_000)

    assert fitted.data == data
    assert fitted.unchanged


@pytest.mark.parametrize("size", [(300, 200), (200, 300), (1000, 10), (257, 256)])
def test_a_square_holds_the_whole_picture(size: tuple[int, int]) -> None:
    image = photograph(*size)
    fitted = fit_for_edit(image, square=True)
    sent = open_image(fitted.data)

    assert sent.size == fitted.size == (max(size), max(size))
    assert np.array_equal(np.asarray(sent.crop(fitted.box)), np.asarray(image))
    assert np.array_equal(np.asarray(fitted.restore(fitted.data)), np.asarray(image))


def test_the_mask_goes_along_and_the_margin_is_kept() -> None:
    image = photograph(300, 200)
    mask = Mask.blank(300, 200).rect(0, 0, 100, 200)
    fitted = fit_for_edit(image, square=True)
    sent = fitted.fit_mask(mask)

    assert sent.size == fitted.size
    assert sent.bounds == (0, 50, 100, 250)
    with pytest.raises(MaskError):
        fitted.fit_mask(Mask.blank(3, 3))


def test_an_answer_of_another_size_is_put_back_in_place() -> None:
    fitted = fit_for_edit(gradient(300, 200), square=True)
    answer = open_image(fitted.data).resize((1024, 1024))
    difference = np.asarray(fitted.restore(answer), dtype=int) - np.asarray(gradient(300, 200))

    assert np.abs(difference).mean() < 2


def test_4_mb_are_kept_with_as_many_pixels_as_fit() -> None:
    fitted = fit_for_edit(noise(1500, 1200), square=True, max_bytes=4_000_000)

    assert len(fitted.data) <= 4_000_000
    assert inspect(fitted.data).media_type == "image/png"
    assert fitted.size[0] == fitted.size[1] > 1000
    assert fitted.restore(fitted.data).size == (1500, 1200)
    assert fitted.fit_mask(Mask.blank(1500, 1200).fill()).size == fitted.size


def test_a_lossy_type_is_preferred_to_losing_pixels() -> None:
    fitted = fit_for_edit(noise(800, 800), max_bytes=1_500_000, types=("png", "jpeg"))

    assert fitted.media_type == "image/jpeg"
    assert fitted.size == (800, 800)


def test_a_type_that_the_service_does_not_take_is_changed() -> None:
    fitted = fit_for_edit(encoded(gradient(), "BMP"), types=("image/png", "image/webp"))

    assert inspect(fitted.data).media_type == fitted.media_type == "image/png"
    assert np.array_equal(np.asarray(open_image(fitted.data)), np.asarray(gradient()))


def test_a_rotated_photograph_is_sent_as_it_is_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    fitted = fit_for_edit(encoded(gradient(), "JPEG", exif=exif), types=("image/jpeg",))

    assert not inspect(fitted.data).rotated


def test_transparency_is_kept_where_the_type_has_it() -> None:
    image = gradient(40, 20).convert("RGBA")
    image.putalpha(77)

    assert open_image(fit_for_edit(image, square=True).data).getpixel((20, 20))[3] == 77


def test_what_cannot_be_made_that_small_is_refused() -> None:
    with pytest.raises(ImageError, match="cannot be made to fit into 50 bytes"):
        fit_for_edit(noise(200, 200), max_bytes=50)
