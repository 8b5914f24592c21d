"""Pictures as cameras and programs write them: seen, measured, masked and sent upright, under their true names."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, features

from r9s_notebook import Mask, MaskPainter, Studio, errors, models
from r9s_notebook.capabilities import capabilities
from r9s_notebook.client.uploads import uploads
from r9s_notebook.formats import format_of
from r9s_notebook.imaging import as_file, as_image, inspect
from r9s_notebook.session.request import source_from
from tests.imaging.pictures import encoded, gradient, photograph

MODELS = (None, "gpt-image-2", "dall-e-2")
UPRIGHT = Image.new("RGB", (48, 64), "navy")
UPRIGHT.paste("red", (0, 0, 24, 32))  # the upper left quarter


def sent(given: Any, model: str | None = None) -> Any:
    return uploads(given, None, capabilities(model))[0]


def opened(data: bytes) -> Image.Image:
    """As a service that knows no EXIF sees it."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def is_upright(image: Image.Image) -> bool:
    corners = [image.getpixel(at)[0] > 128 for at in ((8, 8), (40, 8), (8, 56))]
    return image.size == (48, 64) and corners == [True, False, False]


def turned(kind: str, **options: Any) -> bytes:
    """A photograph that lies on its side, and says so."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(UPRIGHT.rotate(90, expand=True), kind, exif=exif, **options)


def turned_by_xmp() -> bytes:
    words = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    return encoded(UPRIGHT.rotate(90, expand=True), "JPEG", xmp=words.encode())


ON_THEIR_SIDE = {
    "JPEG": turned("JPEG"),
    "progressive JPEG": turned("JPEG", progressive=True),
    "PNG": turned("PNG"),
    "WebP": turned("WEBP"),
    "lossless WebP": turned("WEBP", lossless=True),
    "TIFF": turned("TIFF"),
    "AVIF": turned("AVIF") if features.check("avif") else turned("PNG"),
    "XMP": turned_by_xmp(),
}
FORMS: dict[str, Callable[[Path], Any]] = {
    "path": lambda path: path,
    "text": str,
    "bytes": Path.read_bytes,
    "file object": lambda path: io.BytesIO(path.read_bytes()),
    "PIL image": Image.open,
    "dict": lambda path: {"file_name": path.name, "content": path.read_bytes()},
    "dict of a file": lambda path: {"file_name": path.name, "content": path.open("rb"), "content_type": "image/jpeg"},
    "ImageFile": lambda path: models.ImageFile(path.name, path.read_bytes()),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ON_THEIR_SIDE)
def test_a_photograph_on_its_side_is_sent_upright_in_every_form(kind, form, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(ON_THEIR_SIDE[kind])

    part = sent(FORMS[form](tmp_path / "photo.jpg"))
    assert is_upright(opened(part.content))
    assert Image.open(io.BytesIO(part.content)).getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("kind", ON_THEIR_SIDE)
def test_a_photograph_on_its_side_is_masked_as_it_is_seen_for_every_model(kind, model):
    photo, mask = ON_THEIR_SIDE[kind], Mask.blank(48, 64).rect(0, 0, 24, 32)

    image, cover = (opened(part.content) for part in uploads(photo, mask, capabilities(model)))
    assert image.size == cover.size
    marked = np.asarray(cover)[:, :, 0] == 255
    assert marked.sum() == 24 * 32
    assert (np.asarray(image)[marked][:, 0] > 128).mean() > 0.95  # the red quarter, and nothing else


@pytest.mark.parametrize("kind", ON_THEIR_SIDE)
def test_the_lab_sees_and_measures_a_photograph_upright(kind):
    data = ON_THEIR_SIDE[kind]
    source = source_from(data)

    assert inspect(data).size == source.size == (48, 64)
    assert is_upright(opened(source.data))
    assert is_upright(MaskPainter(data).image)


@pytest.mark.parametrize("turn", range(2, 9))
def test_every_way_to_lie_is_put_upright(turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    data = encoded(gradient(), "PNG", exif=exif)

    assert opened(sent(data).content).tobytes() == as_image(data).tobytes()


def test_a_photograph_that_stands_is_not_touched():
    exif = Image.Exif()
    exif[0x0112] = 1
    exif[0x010F] = "A camera"
    data = encoded(gradient(), "JPEG", exif=exif)
    assert sent(data).content == data


# --- names and types --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS[:2])
@pytest.mark.parametrize(
    ("given", "kind", "name", "media_type"),
    [
        ("cat.jpg", "PNG", "cat.png", "image/png"),
        ("cat.png", "JPEG", "cat.jpg", "image/jpeg"),
        ("cat.JPEG", "JPEG", "cat.JPEG", "image/jpeg"),
        ("cat.jpg", "WEBP", "cat.webp", "image/webp"),
        ("cat", "PNG", "cat.png", "image/png"),
        ("cat.v2", "PNG", "cat.v2.png", "image/png"),
        ("holiday/cat.gif", "GIF", "cat.png", "image/png"),
        (r"C:\cats\cat.bmp", "BMP", "cat.png", "image/png"),
        ("cat.tif", "TIFF", "cat.png", "image/png"),
        ("кот.heic", "PNG", "кот.png", "image/png"),
    ],
)
def test_a_file_goes_out_under_its_true_type_and_name(given, kind, name, media_type, model):
    part = sent({"file_name": given, "content": encoded(gradient(), kind), "content_type": "image/gif"}, model)
    assert (part.file_name, part.media_type) == (name, media_type)
    assert format_of(part.content).media_type == media_type


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG"),
        (b"\0\0\0\x1cftypisom\0\0\2\0isomiso2mp41", "a video"),
        (b"\x1a\x45\xdf\xa3\x01\0\0\0", "a video"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "raw file"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
        (b"nothing that is known", "not an image"),
    ],
)
def test_what_is_no_picture_is_refused_by_its_name_for_every_model(data, what, model):
    with pytest.raises(errors.ImageError, match=what):
        sent(data, model)


def test_a_file_of_any_kind_goes_out_as_it_is_where_that_is_meant():
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    part = sent(models.ImageFile("cat.svg", drawing, "image/svg+xml", as_is=True))
    assert (part.file_name, part.content, part.media_type) == ("cat.svg", drawing, "image/svg+xml")

    photo = models.ImageFile("lying.jpg", ON_THEIR_SIDE["JPEG"], as_is=True)
    image, mask = uploads(photo, np.ones((4, 4), bool), capabilities("dall-e-2"))
    assert image.content == ON_THEIR_SIDE["JPEG"]
    assert np.asarray(Image.open(io.BytesIO(mask.content)))[0, 0].tolist() == [255, 255, 255, 0]


# --- HEIF containers --------------------------------------------------------------------------------------------------


def ftyp(major: bytes, *others: bytes) -> bytes:
    brands = major + bytes(4) + b"".join(others)
    return (8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands + b"\0\0\0\x10meta" + bytes(40)


@pytest.mark.parametrize(
    ("brands", "name"),
    [
        *(((brand, b"mif1"), "heic") for brand in (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm")),
        *(((brand, b"mif1", b"miaf"), "avif") for brand in (b"avif", b"avis")),
        ((b"mif1", b"mif1", b"heic"), "heic"),
        ((b"mif1", b"avif", b"miaf", b"MA1B"), "avif"),
        ((b"msf1", b"msf1", b"hevc"), "heic"),
        ((b"msf1", b"avis", b"mif1"), "avif"),
        ((b"mif1",), "heic"),
    ],
)
def test_the_brands_of_a_container_say_what_it_holds(brands, name):
    assert format_of(ftyp(*brands)).name == name


WITHOUT = """
import sys
sys.modules[sys.argv[1]] = None  # as where it is not installed
from pathlib import Path
from r9s_notebook import errors
from r9s_notebook.capabilities import capabilities
from r9s_notebook.client.uploads import uploads
from r9s_notebook.imaging import as_image

doors = [lambda data: uploads(data, None, capabilities(model)) for model in (None, "gpt-image-2")]
for door in (as_image, *doors):
    try:
        door(Path(sys.argv[2]).read_bytes())
    except errors.ImageError as error:
        print(error)
"""


@pytest.mark.parametrize(
    ("missing", "brand", "sentence"),
    [
        (
            "pillow_heif",
            b"heix",
            "a HEIC picture, which cannot be opened here. Install what reads it (pip install pillow-",
        ),
        (
            "PIL._avif",
            b"avif",
            "an AVIF picture, which cannot be opened here. Install what reads it (pip install 'pillow>",
        ),
    ],
)
def test_a_photograph_that_nothing_here_reads_is_named_with_what_to_install(missing, brand, sentence, tmp_path):
    (tmp_path / "photo").write_bytes(ftyp(brand, b"mif1"))
    command = [sys.executable, "-c", WITHOUT, missing, str(tmp_path / "photo")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert [line[: len(sentence) + 13] for line in done.stdout.splitlines()] == [f"The image is {sentence}"] * 3


@pytest.mark.parametrize("model", MODELS)
def test_a_heic_photograph_is_read_where_the_plugin_is(model, tmp_path):
    heif = pytest.importorskip("pillow_heif")
    exif = Image.Exif()
    exif[0x0112] = 6
    big = UPRIGHT.resize((192, 256)).rotate(90, expand=True)
    heif.from_pillow(big).save(tmp_path / "IMG_1.HEIC", exif=exif.tobytes(), quality=90)

    data = (tmp_path / "IMG_1.HEIC").read_bytes()
    mask = Mask.blank(192, 256).rect(0, 0, 96, 128)
    image, cover = uploads(tmp_path / "IMG_1.HEIC", mask, capabilities(model))
    assert (image.file_name, image.media_type, inspect(data).size) == ("IMG_1.png", "image/png", (192, 256))
    assert opened(image.content).size == opened(cover.content).size
    if model != "dall-e-2":
        assert is_upright(opened(image.content).resize((48, 64)))
    with pytest.raises(errors.ImageError, match="damaged"):
        sent(data[: len(data) // 2])


# --- other relatives --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF"])
@pytest.mark.parametrize("model", MODELS[:2])
def test_a_file_that_is_cut_short_is_not_sent(kind, model):
    data = encoded(photograph(200, 150), kind)
    with pytest.raises(errors.ImageError, match="The image is damaged or cut short"):
        sent(data[: len(data) // 2], model)
    with pytest.raises(errors.ImageError, match="The mask is damaged or cut short"):
        uploads(photograph(200, 150), data[: len(data) // 2], capabilities(model))


def test_what_a_phone_puts_after_its_picture_costs_nothing():
    data = encoded(gradient(), "JPEG") + b"a film of three seconds" * 400
    assert sent(data).content == as_file(data)[0] == data


@pytest.mark.parametrize("model", MODELS[:2])
def test_a_picture_of_cmyk_or_sixteen_bits_is_sent_as_it_is_seen(model):
    orange = encoded(Image.new("CMYK", (8, 8), (0, 128, 255, 0)), "JPEG", quality=95)
    deep = encoded(Image.fromarray(np.full((8, 8), 40_000, np.uint16)), "PNG")

    red, green, blue = opened(sent(orange, model).content).getpixel((4, 4))
    assert red > 230
    assert 100 < green < 160
    assert blue < 40
    assert Image.open(io.BytesIO(sent(deep, model).content)).getpixel((4, 4)) == 156


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_frame_is_sent_and_the_lab_and_the_client_say_so(kind, tmp_path):
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "lime", "blue")]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])

    with pytest.warns(UserWarning, match="first one is sent"):
        part = sent(data)
    red, green, _ = opened(part.content).getpixel((3, 3))
    assert red > 240
    assert green < 10
    studio = Studio(history=tmp_path, image=data)
    assert "first one is edited" in studio.session.status
    studio.close()


def test_a_picture_too_large_to_open_is_refused_by_its_header_where_it_would_be_opened():
    from tests.imaging.pictures import bomb_png

    for door in (lambda data: uploads(gradient(), data, capabilities(None)), as_file, MaskPainter):
        with pytest.raises(errors.ImageError, match="million"):
            door(bomb_png(30_000, 30_000))
