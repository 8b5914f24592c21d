"""What a page asks, and what it is told."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from r9s_notebook import R9S
from r9s_notebook.imaging import Mask
from r9s_notebook.page.html import shortened
from r9s_notebook.pictures import source
from r9s_notebook.pictures.differences import pieces
from r9s_notebook.pictures.facts import usage_line
from tests.pictures.conftest import picture


def test_a_picture_is_told_whole_with_its_code_and_every_parameter(shelf, ask):
    run = shelf.keep("a fox", "red", "blue", params={"size": "256x256", "seed": 7, "tags": ["x", "y"]})
    told = ask("words", id=f"{run.id}/1").content
    facts = {fact["name"]: fact["value"] for fact in told["facts"]}
    assert (facts["Size"], facts["tags"]) == ("64 x 48, asked for 256x256", '["x", "y"]')
    assert (facts["Picture"], facts["Model asked for"], facts["Model that answered"]) == (
        "2 of 2",
        "sketch-1",
        "sketch-1",
    )
    assert "r9s.images.create(" in told["code"]


def test_code_that_cannot_be_given_has_its_reason(shelf, ask):
    parent = shelf.keep("a fox")
    run = shelf.edit(parent, "a hat")
    parent.images[0].path.unlink()
    told = ask("words", id=f"{run.id}/0").content
    assert told["code"] is None
    assert "missing" in told["why_no_code"]


def test_a_note_on_the_run_is_not_lost(session, shelf, ask):
    run = shelf.keep("a fox")
    session.store.annotate(run.id, note="of the whole run")
    facts = {fact["name"]: fact["value"] for fact in ask("words", id=f"{run.id}/0").content["facts"]}
    assert facts["Note on the run"] == "of the whole run"


def test_any_run_of_a_family_can_be_looked_at_with_its_small_pictures(shelf, ask):
    run = shelf.keep("a fox", "red", "blue")
    told = ask("run", id=run.id)
    assert [item["id"] for item in told.content["items"]] == [f"{run.id}/0", f"{run.id}/1"]
    assert list(told.content["thumbs"]) == [f"{item['id']}:{item['v']}" for item in told.content["items"]]
    assert len(told.buffers) == 2


def test_a_family_comes_laid_out_with_sources_and_masks(shelf, ask):
    parent = shelf.keep("a fox")
    mask = Mask.blank(64, 48).rect(0, 0, 32, 48)
    child = shelf.edit(parent, "a hat", mask=mask.to_json())
    told = ask("family", id=f"{child.id}/0")
    first, second = told.content["nodes"]
    assert (first["column"], first["parent"], first["beginning"]) == (0, None, None)
    assert (second["column"], second["row"], second["parent"]) == (1, 0, 0)
    assert second["beginning"]["source"] == first["thumb"]
    with Image.open(io.BytesIO(told.buffers[second["beginning"]["mask"]["at"]])) as ink:
        alpha = ink.getchannel("A")
    assert (alpha.getpixel((8, 24)), alpha.getpixel((56, 24))) == (255, 0)


def test_a_picture_from_elsewhere_is_the_root_of_its_family(session, shelf, ask):
    sha256 = session.store.put_image(picture("green").data, "image/png")
    first = shelf.keep("a hat", "blue", kind="edit", source=sha256)
    second = shelf.edit(first, "a scarf")
    told = ask("family", id=f"{second.id}/0")
    places = [(node["id"], node["column"], node["row"], node["parent"]) for node in told.content["nodes"]]
    assert places == [(None, 0, 0, None), (first.id, 1, 0, 0), (second.id, 2, 0, 1)]
    with Image.open(io.BytesIO(told.buffers[told.content["nodes"][0]["thumb"]["at"]])) as root:
        assert root.convert("RGB").getpixel((20, 20)) == pytest.approx((0, 128, 0), abs=3)


def test_chosen_pictures_are_exported_with_what_made_them_and_load_as_recordings(session, shelf, ask, tmp_path):
    one, other = shelf.keep("a fox", "red", "blue"), shelf.keep("an owl", "green")
    session.store.mark([(one.id, 1)], rating=4, note="the cover")
    told = ask("export", ids=[f"{other.id}/0", f"{one.id}/1"])
    with zipfile.ZipFile(io.BytesIO(told.buffers[0])) as archive:
        archive.extractall(tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "metadata.jsonl").read_text().splitlines()]
    assert [(line["text"], line["rating"], line["note"]) for line in lines] == [
        ("a fox", 4, "the cover"),
        ("an owl", 0, ""),
    ]
    assert all((tmp_path / line["file_name"]).is_file() for line in lines)
    with R9S.replay(tmp_path) as r9s:
        answer = r9s.images.create(prompt="a fox", model="sketch-1", size="256x256")
    assert len(answer.data) == 1


def test_what_is_too_much_for_one_download_says_how_else_to_have_it(shelf, ask, monkeypatch):
    monkeypatch.setattr(source, "_LARGEST_DOWNLOAD", 100)
    run = shelf.keep("a fox")
    for question in ("zip", "export"):
        assert "History().export(" in ask(question, ids=[f"{run.id}/0"]).content["error"]


def test_two_runs_are_told_side_by_side_with_the_words_that_differ(shelf, ask):
    one = shelf.keep("a red fox", "red")
    other = shelf.keep("a blue fox", "red", params={"size": "512x512"})
    told = ask("differences", id=f"{one.id}/0", other=f"{other.id}/0").content
    rows = {row["name"]: (row["before"], row["after"]) for row in told["rows"]}
    assert [piece["text"] for piece in rows["Prompt"][0] if piece["differs"]] == ["red"]
    assert [piece["text"] for piece in rows["Prompt"][1] if piece["differs"]] == ["blue"]
    assert rows["size"][1] == [{"text": "512x512", "differs": False}]
    assert told["same_pictures"]


def test_two_edits_are_compared_by_the_pictures_that_they_began_from(shelf, ask):
    parent = shelf.keep("a fox")
    left, right = (Mask.blank(64, 48).rect(x, 0, x + 32, 48).to_json() for x in (0, 32))
    one, other = shelf.edit(parent, "a hat", mask=left), shelf.edit(parent, "a hat", mask=right)
    told = ask("differences", id=f"{one.id}/0", other=f"{other.id}/0").content
    before, after = (beginning["of"] for beginning in told["beginnings"])
    assert before["source"] == after["source"]
    assert before["mask"] != after["mask"]
    again = shelf.edit(parent, "a scarf", mask=left)
    told = ask("differences", id=f"{one.id}/0", other=f"{again.id}/0").content
    assert told["beginnings"] == []
    assert [row["name"] for row in told["rows"]] == ["Prompt"]


def test_usage_is_told_in_words():
    usage = {"output_tokens": 320, "width": 256, "height": 128, "image_count": 1, "tier": "free", "details": {"a": 1}}
    assert usage_line(usage) == "320 output tokens, 1 image, tier: free, 256x128 pixels"
    assert usage_line({"image_count": 4}) == "4 images"
    assert usage_line(None) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_pieces_put_together_are_the_texts(before, after):
    first, second = pieces(before, after)
    assert "".join(piece["text"] for piece in first) == before
    assert "".join(piece["text"] for piece in second) == after


@given(st.text(max_size=600))
def test_a_shortened_text_is_one_short_line(text):
    short = shortened(text)
    assert len(short) <= 160
    assert not set(short) & set("\n\r\t")
