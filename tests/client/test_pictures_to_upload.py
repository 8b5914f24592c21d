"""Fault 26, and everything that is an image: what is uploaded."""

from __future__ import annotations

import io
from pathlib import Path

import numpy
import pytest
from PIL import Image

from r9s_notebook import Mask, errors, models
from r9s_notebook.capabilities import capabilities
from r9s_notebook.client.uploads import uploads
from r9s_notebook.formats import header
from tests.client.loopback import B64, PNG

ANY, STRICT, GPT = capabilities(None), capabilities("dall-e-2"), capabilities("gpt-image-2")


def encoded(picture: Image.Image, kind: str = "PNG", **options) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    bands = len(Image.new(mode, (1, 1)).getbands())
    values = numpy.random.default_rng(1).integers(0, 256, (height, width, bands), dtype=numpy.uint8)
    return Image.fromarray(values.squeeze(), mode) if bands == 1 else Image.fromarray(values)


def marked_by_alpha(data: bytes) -> numpy.ndarray:
    return numpy.asarray(opened(data).getchannel("A")) == 0


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


class HasPng:
    def to_png(self) -> bytes:
        return PNG


@pytest.mark.parametrize(
    "source",
    [
        PNG,
        bytearray(PNG),
        memoryview(PNG),
        {"file_name": "cat.png", "content": PNG},
        {"file_name": "cat.png", "content": io.BytesIO(PNG), "content_type": "image/png"},
        models.ImageFile("cat.png", PNG),
        models.ImageFile("cat.png", io.BytesIO(PNG), "image/png"),
        models.ImageObject(b64_json=B64),
        io.BytesIO(PNG),
        HasPng(),
    ],
    ids=lambda source: type(source).__name__,
)
def test_files_in_every_form_are_uploaded_as_they_are(source):
    (part,) = uploads(source, None, ANY)
    assert (part.name, part.content, part.media_type) == ("image", PNG, "image/png")
    assert part.file_name.endswith(".png")


@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_is_read_and_named(kind, tmp_path):
    (tmp_path / "my cat.png").write_bytes(PNG)
    (part,) = uploads(kind(tmp_path / "my cat.png"), None, ANY)
    assert (part.file_name, part.content) == ("my cat.png", PNG)


def test_an_open_file_is_read_and_named(tmp_path):
    (tmp_path / "cat.png").write_bytes(PNG)
    with (tmp_path / "cat.png").open("rb") as file:
        (part,) = uploads(file, None, ANY)
    assert (part.file_name, part.content) == ("cat.png", PNG)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "1", "P", "LA", "CMYK", "I;16", "F", "HSV"])
def test_a_picture_of_any_mode_becomes_a_png(mode):
    picture = Image.new(mode, (7, 5)) if mode in {"I;16", "F"} else Image.new("RGB", (7, 5), "teal").convert(mode)
    (part,) = uploads(picture, None, ANY)
    assert opened(part.content).size == (7, 5)
    assert part.media_type == "image/png"


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3), (5, 7, 4)])
def test_an_array_becomes_a_png_with_the_same_pixels(shape):
    array = numpy.arange(numpy.prod(shape), dtype=numpy.uint8).reshape(shape)
    (part,) = uploads(array, None, ANY)
    assert (numpy.asarray(opened(part.content)) == array).all()


@pytest.mark.parametrize(
    "array",
    [
        numpy.zeros((0, 7), "uint8"),
        numpy.zeros((2, 3, 4, 5), "uint8"),
        numpy.zeros((5, 7, 9), "uint8"),
        numpy.zeros((5, 7), "complex64"),
        numpy.array([["a", "b"]]),
    ],
)
def test_an_array_that_is_no_image_is_refused_with_its_shape(array):
    with pytest.raises(errors.ImageError, match="shape"):
        uploads(array, None, ANY)


@pytest.mark.parametrize(
    "source", [5, None, object(), {"file_name": "x"}, [], b"", "", "/no/such/file.png", "/etc", "a\0b"]
)
def test_what_is_no_image_is_refused_with_a_sentence(source):
    with pytest.raises(errors.InputError) as caught:
        uploads(source, None, ANY)
    assert caught.value.message.endswith(".")


def test_a_file_opened_as_text_is_refused_with_advice():
    with pytest.raises(errors.InputError, match="binary mode"):
        uploads(io.StringIO("x"), None, ANY)


def test_a_closed_file_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "cat.png").write_bytes(PNG)
    with (tmp_path / "cat.png").open("rb") as file:
        pass
    with pytest.raises(errors.InputError, match="cannot be read"):
        uploads(file, None, ANY)


def test_several_images_go_in_one_edit_where_the_model_takes_several():
    parts = uploads([PNG, PNG, PNG], PNG, GPT)
    assert [part.name for part in parts] == ["image[]", "image[]", "image[]", "mask"]
    with pytest.raises(errors.InputError, match="edits 1 image"):
        uploads([PNG, PNG], None, STRICT)


def test_a_model_that_does_not_edit_says_so():
    with pytest.raises(errors.InputError, match="does not edit"):
        uploads(PNG, None, capabilities("dall-e-3"))


def test_fault_26_another_format_is_converted_for_a_model_that_insists_on_png():
    picture = noise(64, 64)
    (part,) = uploads({"file_name": "cat.webp", "content": encoded(picture, "WEBP", lossless=True)}, None, STRICT)
    assert (part.file_name, part.media_type) == ("cat.png", "image/png")
    assert opened(part.content).convert("RGB").tobytes() == picture.tobytes()


def test_fault_26_a_photo_on_its_side_is_converted_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    jpeg = encoded(Image.new("RGB", (40, 40)), "JPEG", exif=exif)
    (part,) = uploads(jpeg, None, STRICT)
    assert opened(part.content).getexif().get(0x0112) in {None, 1}


def test_a_photo_on_its_side_that_pillow_has_opened_is_uploaded_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    (part,) = uploads(opened(encoded(Image.new("RGB", (40, 30)), "JPEG", exif=exif)), None, ANY)
    assert opened(part.content).size == (30, 40)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_fault_26_a_format_that_the_api_does_not_take_is_converted(kind):
    (part,) = uploads(encoded(Image.new("RGB", (8, 8), "red"), kind), None, GPT)
    assert opened(part.content).convert("RGB").getpixel((3, 3)) == (255, 0, 0)


def test_fault_26_what_cannot_be_opened_is_refused_with_what_it_is():
    with pytest.raises(errors.ImageError, match="SVG"):
        uploads(b"<svg xmlns='http://www.w3.org/2000/svg'/>", None, GPT)


def test_fault_26_an_image_that_is_not_square_is_padded_with_its_mask():
    picture, mask = noise(60, 40), Image.new("RGBA", (60, 40), (0, 0, 0, 255))
    mask.putpixel((30, 20), (0, 0, 0, 0))
    image, cover = (opened(part.content) for part in uploads(picture, mask, STRICT))
    assert image.size == cover.size == (60, 60)
    assert image.crop((0, 10, 60, 50)).convert("RGB").tobytes() == picture.tobytes()
    alpha = numpy.asarray(cover.getchannel("A"))
    assert alpha[30, 30] == 0
    assert (alpha == 0).sum() == 1


def test_fault_26_an_image_that_is_not_square_and_has_no_mask_is_refused():
    with pytest.raises(errors.ImageError, match="60 x 40"):
        uploads(noise(60, 40), None, STRICT)


def test_fault_26_an_image_over_4_mb_loses_only_what_hides_nothing():
    picture = noise(1150, 1150).convert("RGBA")
    data = encoded(picture, compress_level=0)
    assert len(data) > 4 * 2**20
    (part,) = uploads(data, None, STRICT)
    assert len(part.content) < 4 * 2**20
    assert opened(part.content).convert("RGB").tobytes() == picture.convert("RGB").tobytes()


def test_fault_26_an_image_larger_than_the_models_output_is_scaled_with_its_mask():
    mask = Image.new("L", (1250, 1250), 255)
    image, cover = (opened(part.content) for part in uploads(noise(1250, 1250), mask, STRICT))
    assert image.size == cover.size == (1024, 1024)


def test_fault_26_an_image_that_would_lose_pixels_is_refused():
    from dataclasses import replace

    with pytest.raises(errors.ImageError, match="MB"):
        uploads(noise(900, 900), None, replace(STRICT, edit_max_bytes=1_000_000))


def test_an_image_that_the_model_takes_is_not_touched():
    data = encoded(noise(60, 40), "JPEG")
    (part,) = uploads(data, None, GPT)
    assert part.content == data
    assert part.file_name == "image.jpg"


@pytest.mark.parametrize("model", [ANY, GPT, STRICT])
def test_fault_28_a_mask_of_another_shape_is_refused_and_one_of_the_same_shape_is_scaled(model):
    with pytest.raises(errors.MaskError, match="30x20 pixels and the image 40x40"):
        uploads(noise(40, 40), Image.new("RGBA", (30, 20)), model)

    half = Mask.blank(20, 20).rect(0, 0, 10, 20)
    for mask in (half, half.to_png(), half.to_image()):
        assert marked_by_alpha(uploads(noise(40, 40), mask, model)[1].content).sum() == 20 * 40


@pytest.mark.parametrize("form", ["L", "1", "RGB", "array"])
def test_fault_28_a_mask_without_alpha_is_white_where_to_edit(form):
    mask = Image.new("L", (8, 8), 0)
    mask.putpixel((2, 3), 255)
    given = numpy.asarray(mask) if form == "array" else mask.convert(form)
    _, part = uploads(noise(8, 8), given, ANY)
    alpha = numpy.asarray(opened(part.content).getchannel("A"))
    assert alpha[3, 2] == 0
    assert (alpha == 0).sum() == 1


def test_a_mask_that_says_the_same_to_everyone_is_not_touched():
    data = Mask.blank(8, 8).rect(2, 2, 5, 5).to_png()
    assert uploads(noise(8, 8), data, GPT)[1].content == data


@pytest.mark.parametrize(
    ("data", "common"),
    [
        (encoded(Image.new("RGB", (30, 20))), True),
        (encoded(Image.new("RGBA", (30, 20))), True),
        (encoded(Image.new("P", (30, 20)), transparency=0), True),
        (encoded(Image.new("I;16", (30, 20))), False),
        (encoded(Image.new("RGB", (30, 20)), "JPEG"), True),
        (encoded(Image.new("RGB", (30, 20)), "JPEG", progressive=True), True),
        (encoded(Image.new("CMYK", (30, 20)), "JPEG"), False),
        (encoded(Image.new("RGB", (30, 20)), "WEBP"), True),
        (encoded(noise(30, 20, "RGBA"), "WEBP", lossless=True), True),
        (encoded(noise(30, 20, "RGBA"), "WEBP"), True),
    ],
)
def test_a_header_tells_the_size_and_whether_all_programs_read_the_colours_alike(data, common):
    found = header(data)
    assert (found.size, found.common) == ((30, 20), common)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_header_that_is_cut_short_is_no_error(kind):
    data = encoded(noise(30, 20), kind)
    for length in range(len(data[:200])):
        header(data[:length])


RAMP = numpy.linspace(0, 1, 12).reshape(3, 4)
EIGHT_BITS = (RAMP * 255).round().astype("uint8")


@pytest.mark.parametrize(
    "array",
    [
        RAMP,
        RAMP.astype("float32"),
        (RAMP * 65535).round().astype("uint16"),
        EIGHT_BITS.astype("int64"),
        numpy.repeat(RAMP[:, :, None], 3, axis=2),
        RAMP[:, :, None],
    ],
    ids=["float64", "float32", "uint16", "int64", "RGB of floats", "one channel"],
)
def test_an_array_of_another_depth_keeps_its_brightness(array):
    (part,) = uploads(array, None, ANY)
    sent = numpy.asarray(opened(part.content).convert("L")).astype(int)
    assert abs(sent - EIGHT_BITS).max() <= 1


@pytest.mark.parametrize(
    "array",
    [RAMP * 2, RAMP - 1, numpy.full((3, 4), numpy.nan), numpy.array([[-1]], "int8"), numpy.array([[60000]], "int32")],
    ids=["to 2", "below 0", "NaN", "negative", "of 32 bits"],
)
def test_numbers_that_are_no_brightness_are_refused_and_not_clipped(array):
    with pytest.raises(errors.ImageError, match="scale it first"):
        uploads(array, None, ANY)


def test_a_tiff_of_sixteen_bits_keeps_its_brightness_when_it_is_converted():
    deep = Image.fromarray((RAMP * 65535).round().astype("uint16"))
    (part,) = uploads(encoded(deep, "TIFF"), None, GPT)
    sent = numpy.asarray(opened(part.content).convert("L")).astype(int)
    assert abs(sent - EIGHT_BITS).max() <= 1


@pytest.mark.parametrize("array", [RAMP.round(), RAMP.round() == 1, (RAMP.round() * 65535).astype("uint16")])
def test_a_mask_of_any_depth_edits_where_it_is_bright(array):
    _image, mask = uploads(Image.new("RGB", (4, 3)), array, ANY)
    alpha = numpy.asarray(opened(mask.content).getchannel("A"))
    assert ((alpha == 0) == (RAMP.round() == 1)).all()


@pytest.mark.parametrize("mode", ["RGB", "La"])
def test_a_picture_without_pixels_is_refused(mode):
    with pytest.raises(errors.ImageError, match="empty"):
        uploads(Image.new(mode, (0, 5)), None, ANY)


def test_a_mask_with_the_pictures_colours_is_sent_without_them():
    picture = noise(1100, 1100, "RGBA")
    picture.putalpha(255)
    picture.paste((0, 0, 0, 0), (100, 100, 400, 400))
    _image, mask = uploads(Image.new("RGB", (1100, 1100)), encoded(picture), STRICT)
    assert len(mask.content) < 10_000
    assert marked_by_alpha(mask.content).sum() == 300 * 300


def test_a_mask_that_stays_too_large_is_refused():
    from dataclasses import replace

    with pytest.raises(errors.MaskError, match="takes masks below 1 MB"):
        uploads(
            Image.new("RGB", (1050, 1050)),
            encoded(noise(1050, 1050, "RGBA")),
            replace(STRICT, edit_max_bytes=1024 * 1024),
        )
