from __future__ import annotations

import base64
import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from r9s_notebook.errors import ImageError
from r9s_notebook.imaging import open_image, preview, thumbnail
from r9s_notebook.imaging.thumbnails import described
from tests.imaging.pictures import encoded, gradient, noise, photograph


@pytest.mark.parametrize(
    "image", [gradient(1024, 1024), noise(1024, 1024), noise(700, 1400, 4), photograph(1536, 1024), gradient(8000, 3)]
)
def test_a_thumbnail_keeps_to_its_budget_whatever_it_shows(image: Image.Image) -> None:
    small = thumbnail(encoded(image, "PNG"))

    assert len(small.data) <= 17_000
    assert max(small.width, small.height) <= 320
    assert open_image(small.data).size == (small.width, small.height)
    assert small.media_type == "image/webp"


def test_four_of_the_worst_thumbnails_and_their_html_fit_in_100_kb() -> None:
    small = thumbnail(noise(1024, 1024))

    assert 4 * len(base64.b64encode(small.data)) + 4_000 < 100_000


@pytest.mark.parametrize("budget", [5_000, 1_000, 200])
def test_any_budget_is_kept(budget: int) -> None:
    assert len(thumbnail(noise(400, 300), max_bytes=budget).data) <= budget


def test_a_photograph_stays_close_to_itself() -> None:
    image = photograph(1024, 768)
    small = thumbnail(encoded(image, "JPEG", quality=95))
    expected = np.asarray(image.resize((small.width, small.height), Image.Resampling.BOX), dtype=float)

    assert (small.width, small.height) == (320, 240)
    assert np.abs(np.asarray(open_image(small.data), dtype=float) - expected).mean() < 6


def test_transparency_is_kept() -> None:
    image = gradient(600, 600).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize((600, 600)))
    alpha = np.asarray(open_image(thumbnail(encoded(image, "PNG")).data))[:, :, 3]

    assert alpha[2].mean() < 10
    assert alpha[-3].mean() > 245


def test_a_rotated_photograph_is_upright_in_small() -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    small = thumbnail(encoded(photograph(900, 600), "JPEG", exif=exif))

    assert (small.width, small.height) == (213, 320)


def test_a_small_picture_is_not_enlarged() -> None:
    small = thumbnail(gradient(20, 10))

    assert (small.width, small.height) == (20, 10)


def test_what_is_no_picture_is_an_image_error() -> None:
    with pytest.raises(ImageError):
        thumbnail(b"nothing")


@pytest.mark.parametrize("made", [thumbnail, described])
def test_what_usual_pictures_show_is_decoded_and_encoded_once(
    made: Callable[[bytes], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    load, save = PngImageFile.load, Image.Image.save

    def counted_load(image: PngImageFile) -> object:
        done.extend(["decoded"] * bool(image.tile))
        return load(image)

    def counted_save(image: Image.Image, *arguments: object, **how: object) -> None:
        done.append("encoded")
        save(image, *arguments, **how)

    data = encoded(photograph(1024, 1024), "PNG")
    monkeypatch.setattr(PngImageFile, "load", counted_load)
    monkeypatch.setattr(Image.Image, "save", counted_save)
    made(data)

    assert done == ["decoded", "encoded"]


@pytest.mark.parametrize("size", [(16, 16), (1024, 768), (3000, 1000), (37, 2000)])
def test_a_preview_keeps_the_ratio_and_says_its_scale(size: tuple[int, int]) -> None:
    fitted = preview(gradient(*size), max_side=800)

    assert max(fitted.width, fitted.height) <= 800
    assert fitted.scale == pytest.approx(min(1.0, 800 / max(size)))
    assert abs(size[0] * fitted.scale - fitted.width) <= 0.5
    assert abs(size[1] * fitted.scale - fitted.height) <= 0.5


def test_a_small_preview_is_lossless() -> None:
    image = noise(64, 64)

    assert np.array_equal(np.asarray(Image.open(io.BytesIO(preview(image).data))), np.asarray(image))


def test_a_preview_shows_transparency_in_a_type_that_has_it() -> None:
    image = gradient(1200, 900).convert("RGBA")
    image.putalpha(128)

    assert preview(image).media_type == "image/webp"
    assert preview(gradient(1200, 900)).media_type == "image/jpeg"
