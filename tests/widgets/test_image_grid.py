from __future__ import annotations

import io

import pytest
from PIL import Image

from r9s_notebook import ImageGrid


def test_any_images_are_shown_as_small_pictures_with_a_text_each():
    grid = ImageGrid.of([Image.new("RGB", (900, 600), "red"), Image.new("RGBA", (64, 64))], alts=["a red field"])
    assert [item["alt"] for item in grid.items] == ["a red field", "Image 2"]
    assert [(item["width"], item["height"]) for item in grid.items] == [(900, 600), (64, 64)]
    assert max(Image.open(io.BytesIO(grid.thumbs[0])).size) <= 320


def test_pictures_need_no_tiles(tmp_path):
    Image.new("RGB", (30, 20)).save(tmp_path / "a.png")
    picture = (tmp_path / "a.png").read_bytes()
    grid = ImageGrid([Image.new("RGB", (30, 20)), picture, tmp_path / "a.png"])
    assert [(item["alt"], item["width"]) for item in grid.items] == [("Image 1", 30), ("Image 2", 30), ("Image 3", 30)]


def test_an_option_that_is_misspelt_is_refused():
    with pytest.raises(TypeError, match="Did you mean 'label'"):
        ImageGrid([], lable="Results")


def test_what_a_person_chooses_is_told_even_when_it_was_chosen_before():
    grid = ImageGrid.of([Image.new("RGB", (9, 9)), Image.new("RGB", (9, 9))])
    chosen = []
    grid.on_choose(chosen.append)
    for _ in range(2):
        grid._on_message(grid, {"type": "choose", "index": 1}, [])
    assert chosen == [1, 1]


def test_a_message_about_a_picture_that_is_not_there_is_ignored():
    grid = ImageGrid.of([Image.new("RGB", (9, 9))])
    grid.opens_with(lambda _index: pytest.fail("asked for"))
    for index in (-1, 5, "0", None):
        grid._on_message(grid, {"type": "open", "index": index}, [])
