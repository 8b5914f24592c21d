from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from r9s_notebook import ImageGrid


def asked(grid, **question):
    """What the page is told, and the pictures that come with it."""
    told = []
    grid.send = lambda content, buffers=None: told.append((content, buffers))
    grid._on_message(grid, {"ticket": "1", **question}, [])
    ((content, buffers),) = told
    return content, buffers


def test_any_images_are_shown_as_small_pictures_with_a_text_each():
    grid = ImageGrid.of([Image.new("RGB", (900, 600), "red"), Image.new("RGBA", (64, 64))], alts=["a red field"])
    assert [item["alt"] for item in grid.items] == ["a red field", "Image 2"]
    assert [(item["width"], item["height"]) for item in grid.items] == [(900, 600), (64, 64)]
    content, buffers = asked(grid, ask="thumbs", ids=["0", "1", "7"])
    assert len(content["thumbs"]) == 2
    assert max(Image.open(io.BytesIO(buffers[0])).size) <= 320


def test_small_pictures_cross_once(monkeypatch):
    grid = ImageGrid([Image.new("RGB", (9, 9), "red")])
    sent = []
    monkeypatch.setattr(ImageGrid, "send", lambda _self, content, _buffers=None: sent.append(content))
    grid._on_message(grid, {"type": "here"}, [])
    tiles = [grid._thumbs["0"][1]]
    grid.show(tiles)
    assert sent == []  # the page asks for what it had no occasion to get
    blue = ImageGrid([Image.new("RGB", (9, 9), "blue")])._thumbs["0"][1]
    grid.show([*tiles, blue])
    assert [list(content["thumbs"]) for content in sent] == [[f"1:{grid.items[1]['v']}"]]


def test_pictures_need_no_tiles_and_can_be_opened_and_packed(tmp_path):
    Image.new("RGB", (30, 20)).save(tmp_path / "a.png")
    picture = (tmp_path / "a.png").read_bytes()
    grid = ImageGrid([Image.new("RGB", (30, 20)), picture, tmp_path / "a.png"])
    assert [(item["alt"], item["width"]) for item in grid.items] == [("Image 1", 30), ("Image 2", 30), ("Image 3", 30)]
    assert grid.abilities == ["open"]
    content, (data,) = asked(grid, ask="original", id="2")
    assert content["name"] == "image-3.png"
    assert Image.open(io.BytesIO(data)).size == (30, 20)
    content, (data,) = asked(grid, ask="zip", ids=["0", "1"])
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["image-1.png", "image-2.png"]


def test_an_option_that_is_misspelt_is_refused():
    with pytest.raises(TypeError, match="Did you mean 'label'"):
        ImageGrid([], lable="Results")


def test_what_a_person_chooses_is_told_even_when_it_was_chosen_before():
    grid = ImageGrid.of([Image.new("RGB", (9, 9)), Image.new("RGB", (9, 9))])
    chosen = []
    grid.on_choose(chosen.append)
    for _ in range(2):
        grid._on_message(grid, {"type": "choose", "index": 1}, [])
    for index in (-1, 5, "0", None):
        grid._on_message(grid, {"type": "choose", "index": index}, [])
    assert chosen == [1, 1]


@pytest.mark.parametrize("ask", ["original", "sharpen", "words", "zip", "mark", "format the disk", None])
@pytest.mark.parametrize("rubbish", [{}, {"id": "../../etc", "ids": "x"}, {"id": 7, "ids": [None], "side": "wide"}])
def test_rubbish_from_a_page_is_answered_with_a_sentence_or_with_nothing(ask, rubbish):
    content, _ = asked(ImageGrid([Image.new("RGB", (9, 9))]), ask=ask, **rubbish)
    assert content.get("error", "A sentence.").endswith(".")
