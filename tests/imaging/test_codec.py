from __future__ import annotations

import base64
import contextlib
import io
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from r9s_notebook.errors import ImageError
from r9s_notebook.imaging import as_file, as_image, inspect, open_image, to_png
from r9s_notebook.imaging.codec import plain
from tests.imaging.pictures import bomb_png, encoded, gradient, noise


@pytest.mark.parametrize(
    ("kind", "name", "media_type"),
    [
        ("PNG", "png", "image/png"),
        ("JPEG", "jpeg", "image/jpeg"),
        ("WEBP", "webp", "image/webp"),
        ("GIF", "gif", "image/gif"),
        ("BMP", "bmp", "image/bmp"),
        ("TIFF", "tiff", "image/tiff"),
    ],
)
def test_the_format_is_read_from_the_bytes(kind: str, name: str, media_type: str) -> None:
    info = inspect(encoded(gradient(), kind))

    assert (info.format, info.media_type, info.size) == (name, media_type, (64, 48))
    assert open_image(encoded(gradient(), kind)).size == (64, 48)


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (60_000, 60_000), (8193, 8192)])
def test_a_decompression_bomb_is_refused_by_its_header(width: int, height: int) -> None:
    tracemalloc.start()
    with pytest.raises(ImageError, match="million"):
        open_image(bomb_png(width, height))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 2_000_000


def test_the_limit_of_pixels_is_the_callers_and_not_the_process_s() -> None:
    limit = Image.MAX_IMAGE_PIXELS
    with pytest.raises(ImageError):
        inspect(encoded(gradient(100, 100), "PNG"), max_pixels=9_999)

    assert limit == Image.MAX_IMAGE_PIXELS
    assert inspect(encoded(gradient(100, 100), "PNG"), max_pixels=10_000).size == (100, 100)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.95])
def test_a_picture_cut_short_is_an_image_error(kind: str, part: float) -> None:
    data = encoded(noise(200, 150), kind)

    with pytest.raises(ImageError, match=r"damaged|not an image"):
        open_image(data[: int(len(data) * part)])


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_whatever_byte_is_damaged_nothing_but_an_image_error_comes_out() -> None:
    rng = np.random.default_rng(5)
    whole = [encoded(gradient(40, 30), kind) for kind in ("PNG", "JPEG", "WEBP", "GIF", "TIFF")]
    for _ in range(400):
        data = bytearray(whole[rng.integers(len(whole))])
        for at in rng.integers(0, len(data), 3):
            data[at] = rng.integers(256)
        with contextlib.suppress(ImageError):
            open_image(bytes(data), max_pixels=1_000_000)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>', "SVG"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand -->\n<svg></svg>', "SVG"),
        (b"SIMPLE  =                    T / FITS" + b" " * 2880, "FITS"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
        (b'{"error": {"message": "no"}}', "JSON"),
        (b"%PDF-1.7\n", "PDF"),
        (base64.b64encode(encoded(gradient(), "PNG")), "base64"),
        (b"", "empty"),
        (b"\x00" * 64, "not an image"),
        (b"hello", "not an image"),
    ],
)
def test_what_is_no_image_is_named_and_says_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(ImageError, match=what) as caught:
        inspect(data)

    assert caught.value.message.count(".") >= 1


def test_an_animation_is_flagged_and_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (20, 10), color) for color in ("red", "lime", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])

    assert inspect(data).animated
    assert open_image(data).getpixel((3, 3)) == (255, 0, 0)


def test_cmyk_becomes_rgb() -> None:
    data = encoded(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG", quality=95)
    red, green, blue = np.asarray(open_image(data))[8, 8]

    assert inspect(data).mode == "CMYK"
    assert red > 200
    assert green < 60
    assert blue < 60


def test_16_bits_are_scaled_and_not_clipped() -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None, :].repeat(8, axis=0)
    data = encoded(Image.fromarray(ramp), "PNG")

    assert inspect(data).mode.startswith("I")
    assert np.array_equal(np.asarray(open_image(data))[0, :, 0], np.arange(256))


def test_floats_of_a_scientific_tiff_are_scaled() -> None:
    data = encoded(Image.fromarray(np.linspace(0, 1, 256, dtype=np.float32)[None, :].repeat(4, axis=0)), "TIFF")

    assert np.abs(np.asarray(open_image(data))[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_a_palette_with_transparency_becomes_rgba() -> None:
    image = Image.new("P", (4, 4), 1)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.putpixel((0, 0), 0)
    data = encoded(image, "PNG", transparency=0)

    opened = open_image(data)
    assert inspect(data).has_alpha
    assert opened.mode == "RGBA"
    assert opened.getpixel((0, 0)) == (0, 0, 0, 0)
    assert opened.getpixel((1, 1)) == (255, 0, 0, 255)


def test_an_exif_rotation_is_applied_once() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn clockwise to be upright
    data = encoded(gradient(64, 48), "JPEG", exif=exif, quality=95)

    info, upright = inspect(data), open_image(data)
    assert info.size == upright.size == (48, 64)
    assert info.rotated
    assert as_image(upright).size == (48, 64)
    assert open_image(to_png(upright)).size == (48, 64)


def test_a_phones_second_picture_is_no_animation() -> None:
    data = encoded(gradient(), "MPO", save_all=True, append_images=[gradient()])
    info = inspect(data)

    assert (info.format, info.animated) == ("jpeg", False)


def test_every_form_of_source_gives_the_same_pixels(tmp_path: Path) -> None:
    image = gradient()
    data = encoded(image, "PNG")
    path = tmp_path / "picture.png"
    path.write_bytes(data)
    uri = "data:image/png;base64," + base64.b64encode(data).decode()

    with path.open("rb") as file:
        for source in (image, data, bytearray(data), path, str(path), uri, file, io.BytesIO(data), np.asarray(image)):
            assert np.array_equal(np.asarray(as_image(source)), np.asarray(image))


@pytest.mark.parametrize(
    "array",
    [
        np.full((3, 5), 255, np.uint8),
        np.full((3, 5, 1), 65535, np.uint16),
        np.ones((3, 5, 3), np.float32),
        np.ones((3, 5), bool),
        np.full((3, 5), 255, np.int64),
    ],
)
def test_arrays_of_any_usual_kind_become_rgb(array: np.ndarray) -> None:
    image = as_image(array)

    assert (image.mode, image.size, image.getpixel((0, 0))) == ("RGB", (5, 3), (255, 255, 255))


@pytest.mark.parametrize(
    "source",
    [
        np.zeros((2, 2, 2)),
        np.zeros(5),
        np.zeros((0, 4)),
        np.full((2, 2), 300),
        np.zeros((2, 2), "M8[s]"),
        "/no/such/file.png",
        "a\0b",
        "x" * 100_000,
        "data:image/png;base64,@@@",
        "data:image/png,abc",
        io.StringIO("text"),
        42,
        None,
    ],
)
def test_what_cannot_be_a_picture_is_an_image_error_of_one_short_sentence(source: object) -> None:
    with pytest.raises(ImageError) as caught:
        as_image(source)

    assert len(caught.value.message) < 400


def test_png_of_the_same_pixels_is_the_same_bytes_whatever_the_image_carries() -> None:
    image = gradient()
    described = image.copy()
    described.info = {"Comment": "a secret", "dpi": (300, 300)}

    assert to_png(described) == to_png(image)
    assert np.array_equal(np.asarray(open_image(to_png(image))), np.asarray(image))


def test_pictures_are_opened_from_many_threads_at_once() -> None:
    data = [encoded(gradient(40 + i, 30), "PNG") for i in range(16)]
    with ThreadPoolExecutor(8) as pool:
        sizes = list(pool.map(lambda each: open_image(each).size, data))

    assert sizes == [(40 + i, 30) for i in range(16)]


# --- a picture as a file --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_file_that_services_take_stays_byte_for_byte(kind: str, tmp_path: Path) -> None:
    data = encoded(gradient(), kind)
    (tmp_path / "picture").write_bytes(data)

    for source in (data, tmp_path / "picture", str(tmp_path / "picture"), io.BytesIO(data)):
        assert as_file(source) == (data, inspect(data))


@pytest.mark.parametrize("source", [encoded(gradient(), "BMP"), gradient(), np.asarray(gradient())])
def test_anything_else_is_written_as_png_with_the_same_pixels(source: object) -> None:
    data, info = as_file(source)

    assert (info.media_type, info.size) == ("image/png", (64, 48))
    assert np.array_equal(np.asarray(open_image(data)), np.asarray(gradient()))


def test_a_rotated_photograph_and_an_animation_are_written_as_they_are_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    frames = [Image.new("RGB", (20, 10), color) for color in ("red", "lime")]

    turned, _ = as_file(encoded(gradient(), "JPEG", exif=exif))
    still, _ = as_file(encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True))
    assert (inspect(turned).rotated, inspect(turned).size) == (False, (48, 64))
    assert (inspect(still).animated, open_image(still).getpixel((3, 3))) == (False, (255, 0, 0))


def test_a_file_keeps_its_transparency_and_not_its_notes() -> None:
    image = gradient(40, 20).convert("RGBA")
    image.putalpha(77)
    image.info = {"Comment": "a secret"}

    data, _ = as_file(image)
    assert open_image(data).getpixel((20, 10))[3] == 77
    assert b"secret" not in data


def test_a_palette_and_a_grey_with_transparency_are_no_larger_for_being_written_plainly() -> None:
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    palette.putpixel((0, 0), 0)
    palette.info = {"transparency": 0, "dpi": (300, 300)}

    written = Image.open(io.BytesIO(to_png(plain(palette))))
    assert (written.mode, dict(written.info)) == ("P", {"transparency": 0})
    assert written.convert("RGBA").getpixel((0, 0))[3] == 0


def test_an_empty_picture_is_refused() -> None:
    with pytest.raises(ImageError, match="0 x 5 pixels: it is empty"):
        as_image(Image.new("RGB", (0, 5)))
