"""An array means the same at every door: what its numbers cannot say is refused, never clipped."""

from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from r9s_notebook import R9S, Mask, MaskPainter, Studio, errors
from r9s_notebook.imaging import as_image, open_image, to_png
from r9s_notebook.session.worker import InlineWorker


@pytest.fixture(scope="module")
def client():
    with R9S.offline() as client:
        yield client


@pytest.fixture(scope="module")
def studio(client, tmp_path_factory):
    studio = Studio(client, history=tmp_path_factory.mktemp("home"), worker=InlineWorker(), size="256x256")
    yield studio
    studio.close()


@pytest.fixture
def doors(client, studio, tmp_path):
    """Everything that takes an array, by what it calls it."""
    picture = Image.new("RGB", (4, 3))
    return [
        ("image", as_image),
        ("image", MaskPainter),
        ("image", lambda array: client.images.edit(image=array, prompt="a fox")),
        ("image", lambda array: Studio(client, history=tmp_path, worker=InlineWorker(), image=array)),
        ("image", studio.edit),
        ("mask", Mask.from_image),
        ("mask", MaskPainter(picture).load_mask),
        ("mask", Mask.from_array),
        ("mask", lambda array: client.images.edit(image=picture, mask=array, prompt="a fox")),
    ]


RAMP = np.linspace(0, 1, 12).reshape(3, 4)
HOLED = RAMP.copy()
HOLED[1, 1] = np.nan
IN_FLOATS = "Floats are from 0 to 1: scale it first, so that nothing is clipped unseen."


@pytest.mark.parametrize(
    ("array", "values"),
    [
        (RAMP * 255, "from 0 to 255 (float64)"),
        (RAMP.astype("float32") - 1, "from -1 to 0 (float32)"),
        (HOLED, "from 0 to 1, and NaN (float64)"),
        (RAMP + np.inf, "from inf to inf (float64)"),
    ],
    ids=["to 255", "below 0", "NaN", "infinite"],
)
def test_floats_beyond_0_to_1_are_refused_at_every_door_in_the_same_words(doors, array, values):
    for name, door in doors:
        with pytest.raises(errors.ImageError) as caught:
            door(array)
        assert type(caught.value) is errors.ImageError
        assert caught.value.message == f"The {name} has values {values}. {IN_FLOATS}"


def test_whole_numbers_beyond_0_to_255_are_refused_at_every_door_in_the_same_words(doors):
    for _name, door in doors:
        with pytest.raises(errors.ImageError, match=r"from 0 to 300 \(int64\)\. Whole numbers are from 0 to 255, or"):
            door(np.array([[0, 300]], np.int64))


def test_floats_of_a_scientific_file_are_refused_beyond_what_they_can_say():
    file = io.BytesIO()
    Image.fromarray((RAMP * 4000 - 5).astype("float32")).save(file, "TIFF")

    with pytest.raises(errors.ImageError, match=r"values from -5 to 3995 \(float32\)"):
        open_image(file.getvalue())


@pytest.mark.parametrize("mode", ["F", "I"])
def test_an_eight_bit_picture_that_went_through_a_calculation_keeps_its_brightness(mode):
    picture = Image.linear_gradient("L")

    assert as_image(picture.convert(mode)).tobytes() == picture.convert("RGB").tobytes()


def test_floats_a_little_beyond_1_are_refused_in_a_pillow_image_too():
    with pytest.raises(errors.ImageError, match=r"values from 0 to 1\.2 \(float32\)"):
        as_image(Image.fromarray((RAMP * 1.2).astype("float32")))


@pytest.mark.parametrize("kind", [">u2", "<u2"])
def test_sixteen_bits_are_scaled_in_either_order_of_bytes(kind):
    assert np.array_equal(np.asarray(as_image((RAMP * 65535).round().astype(kind)))[:, :, 0], (RAMP * 255).round())


ONLY_BYTES = """
import sys
from pathlib import Path
from r9s_notebook.client.uploads import uploads
from r9s_notebook.capabilities import capabilities

image, mask = Path(sys.argv[1]), Path(sys.argv[2]).read_bytes()
for model in (None, "dall-e-2", "gpt-image-2"):
    assert [part.content for part in uploads(image, mask, capabilities(model))] == [image.read_bytes(), mask]
print([name for name in ("PIL", "numpy") if name in sys.modules])
"""


def test_a_script_with_files_that_the_model_takes_needs_no_pillow_to_edit(tmp_path):
    image, mask = tmp_path / "image.png", tmp_path / "mask.png"
    image.write_bytes(to_png(Image.new("RGB", (8, 8))))
    mask.write_bytes(Mask.blank(8, 8).rect(0, 0, 4, 4).to_png())
    command = [sys.executable, "-c", ONLY_BYTES, str(image), str(mask)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
