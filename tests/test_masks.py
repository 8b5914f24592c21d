"""A mask means the same at every door, and to every service, whatever its reader looks at."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from r9s_notebook import R9S, Mask, MaskPainter, errors, models
from r9s_notebook.capabilities import capabilities
from r9s_notebook.client.uploads import uploads
from tests.client.loopback import GOOD, Loopback, always, http

SIZE = (24, 16)
BOX = (4, 3, 15, 11)
PICTURE = Image.new("RGB", SIZE, "teal")
MARKED = np.zeros((16, 24), dtype=bool)
MARKED[3:11, 4:15] = True


def drawn(mode: str, ground: object, paint: object) -> Image.Image:
    image = Image.new(mode, SIZE, ground)
    image.paste(paint, BOX)
    return image


def with_alpha(alpha: Image.Image | int, mode: str = "RGB") -> Image.Image:
    image = drawn("RGB", "black", "white").convert(mode)
    image.putalpha(alpha)
    return image


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


GREY = drawn("L", 0, 255)
TREMBLING = Image.fromarray(np.random.default_rng(2).integers(230, 256, (16, 24), dtype=np.uint8))
ALPHA_SAYS = {
    "black hole": drawn("RGBA", (0, 0, 0, 255), (0, 0, 0, 0)),
    "white hole": drawn("RGBA", (255, 255, 255, 255), (255, 255, 255, 0)),
    "hole in a picture": drawn("RGBA", (9, 130, 200, 255), (200, 9, 60, 0)),
    "LA": drawn("LA", (90, 255), (90, 0)),
    "PA": with_alpha(drawn("L", 255, 0), "P"),
    "premultiplied": drawn("RGBA", (0, 0, 0, 255), (0, 0, 0, 0)).convert("RGBa"),
}
ALPHA_SAYS_NOTHING = {
    "opaque RGBA": GREY.convert("RGBA"),
    "opaque LA": GREY.convert("LA"),
    "opaque PA": GREY.convert("PA"),
    "all 254": with_alpha(254),
    "all 128": with_alpha(128),
    "nearly opaque": with_alpha(TREMBLING),
    "L": GREY,
    "1": GREY.convert("1"),
    "P": GREY.convert("P"),
    "RGB": GREY.convert("RGB"),
    "CMYK": GREY.convert("RGB").convert("CMYK"),
    "I;16": Image.fromarray(np.asarray(GREY).astype(np.uint16) * 257),
    "I": GREY.convert("I"),
    "F of 0 to 255": GREY.convert("F"),
    "F of 0 to 1": Image.fromarray(MARKED.astype(np.float32)),
}
FORMS = {**ALPHA_SAYS, **ALPHA_SAYS_NOTHING}
FILES = {
    **{name: encoded(image) for name, image in FORMS.items() if image.mode in {"1", "L", "LA", "P", "RGB", "RGBA"}},
    "I;16": encoded(FORMS["I;16"]),
    "palette with transparency": encoded(drawn("P", 1, 0), transparency=0),
    "GIF": encoded(GREY, "GIF"),
    "BMP": encoded(GREY, "BMP"),
    "TIFF": encoded(FORMS["F of 0 to 1"], "TIFF"),
    "WebP": encoded(FORMS["nearly opaque"], "WEBP", lossless=True),
}
ARRAYS = {
    "bool": MARKED,
    "uint8": np.asarray(GREY),
    "np.where": np.where(MARKED, 255, 0),
    "uint16": MARKED.astype(np.uint16) * 65535,
    "float": MARKED.astype(float),
    "opaque RGBA": np.asarray(GREY.convert("RGBA")),
}


def of_code(given: object) -> np.ndarray:
    return Mask.from_image(given).pixels == 255


def of_painter(given: object) -> np.ndarray:
    painter = MaskPainter(PICTURE)
    painter.load_mask(given)
    return painter.mask.pixels == 255


def of_page(given: object) -> np.ndarray:
    """What a person chooses as a file in the painter's toolbar."""
    painter = MaskPainter(PICTURE)
    file = {"name": "mask", "type": "", "size": len(given), "content": memoryview(given), "last_modified": 0}
    painter._toolbar.upload.set_state({"value": [file]})
    return painter.mask.pixels == 255


def sent(given: object, model: str | None = None) -> bytes:
    return uploads(PICTURE, given, capabilities(model))[1].content


def to_alpha_readers(data: bytes) -> np.ndarray:
    """Where OpenAI's services edit: where the mask is wholly transparent."""
    return np.asarray(Image.open(io.BytesIO(data)).getchannel("A")) == 0


def to_brightness_readers(data: bytes) -> np.ndarray:
    """Where stable-diffusion.cpp's server edits: its alpha dropped, where the mask is white."""
    image = Image.open(io.BytesIO(data))
    return np.asarray(image.convert("RGB").convert("L")) == 255


DOORS = {
    "code": of_code,
    "painter": of_painter,
    "client, read by alpha": lambda given: to_alpha_readers(sent(given)),
    "client, read by brightness": lambda given: to_brightness_readers(sent(given)),
    "gpt-image-2": lambda given: to_brightness_readers(sent(given, "gpt-image-2")),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", [*FORMS, *(f"{name}, as an array" for name in ARRAYS)])
def test_a_mask_marks_the_same_pixels_at_every_door(name, door):
    given = FORMS.get(name, ARRAYS.get(name.removesuffix(", as an array")))
    assert np.array_equal(DOORS[door](given), MARKED)


@pytest.mark.parametrize("door", {**DOORS, "page": of_page})
@pytest.mark.parametrize("name", FILES)
def test_a_file_of_a_mask_marks_the_same_pixels_at_every_door(name, door):
    assert np.array_equal({**DOORS, "page": of_page}[door](FILES[name]), MARKED)


@pytest.mark.parametrize("array", [ARRAYS[name] for name in ARRAYS if name != "opaque RGBA"])
def test_an_array_is_the_same_mask_by_either_name(array):
    assert Mask.from_array(array) == Mask.from_image(array)


def test_a_mask_on_its_side_is_read_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = encoded(GREY.rotate(90, expand=True), "PNG", exif=exif)

    for door in DOORS.values():
        assert np.array_equal(door(lying), MARKED)


def test_where_black_means_edit_is_said():
    inverted = Image.eval(GREY, lambda value: 255 - value)
    assert np.array_equal(Mask.from_image(inverted, polarity="dark").pixels == 255, MARKED)
    assert np.array_equal(to_brightness_readers(sent(Mask.from_image(inverted, polarity="dark"))), MARKED)


def test_a_wholly_transparent_mask_edits_everything():
    for colour in ((0, 0, 0, 0), (255, 255, 255, 0), (90, 20, 7, 3)):
        assert Mask.from_image(Image.new("RGBA", SIZE, colour)).coverage > 0.98


# --- a mask that marks nothing ----------------------------------------------------------------------------------------

NOTHING = {
    "an unpainted Mask": Mask.blank(*SIZE),
    "its file": Mask.blank(*SIZE).to_png(),
    "black": Image.new("L", SIZE),
    "black and opaque": Image.new("RGBA", SIZE, (0, 0, 0, 255)),
    "False": np.zeros((16, 24), bool),
}
LABELS = {"of eight bits": MARKED.astype(np.uint8), "of 16 bits": MARKED.astype(np.uint16), "of 64 bits": MARKED * 3}


@pytest.fixture(scope="module")
def server():
    with Loopback(always(http(GOOD))) as server:
        yield server


@pytest.mark.parametrize("model", [None, "gpt-image-2", "dall-e-2"])
@pytest.mark.parametrize("name", NOTHING)
def test_a_mask_that_marks_nothing_does_not_go_out_unasked(name, model, server):
    before = len(server.requests)
    with (
        R9S(api_key="k", server_url=server.url) as client,
        pytest.raises(errors.MaskError, match=r"marks nothing.*as_is=True"),
    ):
        client.images.edit(image=PICTURE, mask=NOTHING[name], prompt="a hat", model=model)
    assert len(server.requests) == before


@pytest.mark.parametrize("door", [of_code, of_painter, sent, Mask.from_array])
@pytest.mark.parametrize("labels", LABELS)
def test_labels_are_no_mask(labels, door):
    with pytest.raises(errors.MaskError, match=r"labels == 1"):
        door(LABELS[labels])


def test_a_mask_goes_out_as_it_is_where_that_is_meant(server):
    empty = encoded(Image.new("L", SIZE))
    files = [
        models.ImageFile("m.png", empty, as_is=True),
        {"file_name": "m.png", "content": io.BytesIO(empty), "as_is": True},
    ]
    with R9S(api_key="k", server_url=server.url) as client:
        for mask in files:
            client.images.edit(image=PICTURE, mask=mask, prompt="a hat")
            assert b'name="mask"; filename="m.png"\r\nContent-Type: image/png\r\n\r\n' + empty in (
                server.requests[-1].body
            )


def test_the_embedded_server_edits_where_the_mask_says_and_nowhere_else():
    with R9S.offline() as client:
        for mask in (ALPHA_SAYS["hole in a picture"], ALPHA_SAYS_NOTHING["all 254"], MARKED):
            answer = client.images.edit(
                image=PICTURE.resize((240, 160)),
                mask=Mask.from_image(mask).scaled((240, 160)),
                prompt="a red hat",
                response_format="b64_json",
            )
            came = np.asarray(Image.open(io.BytesIO(client.images.read(answer.data[0]))).convert("RGB"))
            changed = (came != np.asarray(PICTURE.resize((240, 160)))).any(axis=2)
            inside = Mask.from_array(MARKED).scaled((240, 160)).pixels == 255
            assert changed[inside].any()
            assert not changed[~inside].any()


def test_a_mask_stays_small():
    mask = Mask.blank(1024, 1024).ellipse(200, 200, 800, 700).stroke([(100, 900), (900, 950)], 24)
    assert len(mask.to_png()) < 16_000


def test_a_program_that_changes_a_mask_takes_its_word_away(tmp_path: Path):
    Image.open(io.BytesIO(Mask.blank(*SIZE).fill().to_png())).convert("L").save(tmp_path / "mask.png")
    with Image.open(tmp_path / "mask.png") as image:
        image.point(lambda _: 0).save(tmp_path / "mask.png")
    with pytest.raises(errors.MaskError, match="marks nothing"):
        sent(tmp_path / "mask.png")
