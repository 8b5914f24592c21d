"""The PNG writer: what any reader gets back, and how large the files are."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from r9s_notebook.engines.sketch import Brief, draw
from r9s_notebook.imaging.png import encode_picture


def noise(width: int, height: int, mode: str) -> Image.Image:
    pixels = np.random.default_rng(3).integers(0, 256, (height, width, len(mode)), dtype=np.uint8)
    return Image.fromarray(pixels)


def saved_by_pillow(image: Image.Image) -> int:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return len(file.getvalue())


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@settings(max_examples=30, deadline=None)
@given(width=st.integers(1, 70), height=st.integers(1, 70))
def test_a_reader_gets_every_pixel_back(mode, width, height):
    image = noise(width, height, mode)
    read = Image.open(io.BytesIO(encode_picture(image)))
    assert (read.format, read.mode, read.size) == ("PNG", mode, image.size)
    assert read.tobytes() == image.tobytes()  # decoding checks every chunk's CRC


@pytest.mark.parametrize("prompt", ["a fox in the forest", "a fox in the forest, watercolour"])
def test_files_are_about_as_small_as_the_ones_of_pillow(prompt):
    image = draw(Brief(prompt, width=512, height=512, seed=1))
    assert len(encode_picture(image)) < 1.1 * saved_by_pillow(image)
