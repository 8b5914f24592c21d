"""What a page asks, and what it is told."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from r9s_notebook.imaging import Mask
from r9s_notebook.widgets.asking import answer
from r9s_notebook.widgets.history_panel import HistoryPanel
from r9s_notebook.widgets.html import shortened
from r9s_notebook.widgets.timeline.cards import usage_line
from r9s_notebook.widgets.timeline.differences import pieces
from r9s_notebook.widgets.timeline.replies import questions

HOSTILE = '<img src=x onerror="alert(1)">\u202e ' + "long " * 20_000


def test_a_page_of_the_list_is_small_whatever_the_prompts_are(timeline, shelf):
    for _ in range(3):
        shelf.keep(HOSTILE)
    told = answer(questions(timeline), {"ask": "find", "scope": "cell"})
    assert len(told.content["runs"]) == 3
    assert len(json.dumps(told.content)) < 3_000
    assert len(told.buffers) == 1  # the same picture travels once


def test_a_row_tells_how_large_the_images_are_whatever_was_asked_for(timeline, shelf):
    shelf.keep("a fox", params={"size": "auto"})
    shelf.begin("an owl", params={"size": "auto"})
    shelf.begin("a cat")
    told = answer(questions(timeline), {"ask": "find"}).content["runs"]
    assert [run["size"] for run in told] == ["256x256", "any size", "64x48"]


def test_a_run_is_told_whole_with_its_code_and_every_parameter(timeline, shelf):
    run = shelf.keep("a fox", "red", "blue", params={"size": "256x256", "seed": 7, "tags": ["x", "y"]})
    told = answer(questions(timeline), {"ask": "open", "id": run.id}).content["run"]
    facts = {fact["name"]: fact["value"] for fact in told["facts"]}
    assert (facts["size"], facts["seed"], facts["tags"]) == ("256x256", "7", '["x", "y"]')
    assert (facts["Model asked for"], facts["Model that answered"]) == ("sketch-1", "sketch-1")
    assert "r9s.images.create(" in told["code"]
    assert [(image["width"], image["height"]) for image in told["images"]] == [(64, 48)] * 2


def test_code_that_cannot_be_given_has_its_reason(timeline, shelf):
    parent = shelf.keep("a fox")
    run = shelf.edit(parent, "a hat")
    parent.images[0].path.unlink()
    told = answer(questions(timeline), {"ask": "open", "id": run.id}).content["run"]
    assert told["code"] is None
    assert "missing" in told["why_no_code"]


def test_a_family_comes_laid_out_with_sources_and_masks(timeline, shelf):
    parent = shelf.keep("a fox")
    mask = Mask.blank(64, 48).rect(0, 0, 32, 48)
    child = shelf.edit(parent, "a hat", mask=mask.to_json())
    told = answer(questions(timeline), {"ask": "family", "id": child.id})
    first, second = told.content["nodes"]
    assert (first["column"], first["parent"], first["beginning"]) == (0, None, None)
    assert (second["column"], second["row"], second["parent"]) == (1, 0, 0)
    assert second["beginning"]["source"] == first["thumb"]
    with Image.open(io.BytesIO(told.buffers[second["beginning"]["mask"]["at"]])) as ink:
        alpha = ink.getchannel("A")
    assert (alpha.getpixel((8, 24)), alpha.getpixel((56, 24))) == (255, 0)


def test_two_runs_are_told_side_by_side_with_the_words_that_differ(timeline, shelf):
    one = shelf.keep("a red fox", "red")
    other = shelf.keep("a blue fox", "red", params={"size": "512x512"})
    told = answer(questions(timeline), {"ask": "compare", "id": one.id, "other": other.id}).content
    rows = {row["name"]: (row["before"], row["after"]) for row in told["rows"]}
    assert [piece["text"] for piece in rows["Prompt"][0] if piece["differs"]] == ["red"]
    assert [piece["text"] for piece in rows["Prompt"][1] if piece["differs"]] == ["blue"]
    assert rows["size"][1] == [{"text": "512x512", "differs": False}]
    assert told["same_pictures"]


def test_two_edits_are_compared_by_the_pictures_that_they_began_from(timeline, shelf):
    parent = shelf.keep("a fox")
    left, right = (Mask.blank(64, 48).rect(x, 0, x + 32, 48).to_json() for x in (0, 32))
    one, other = shelf.edit(parent, "a hat", mask=left), shelf.edit(parent, "a hat", mask=right)
    told = answer(questions(timeline), {"ask": "compare", "id": one.id, "other": other.id}).content
    assert told["begin_apart"]
    before, after = (run["beginning"] for run in told["runs"])
    assert before["source"] == after["source"]
    assert before["mask"] != after["mask"]
    again = shelf.edit(parent, "a scarf", mask=left)
    told = answer(questions(timeline), {"ask": "compare", "id": one.id, "other": again.id}).content
    assert not told["begin_apart"]
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


@pytest.mark.parametrize("ask", [*questions(None), "format the disk", None, 7])
@pytest.mark.parametrize("rubbish", [{}, {"id": None}, {"id": "../../etc", "ids": "x", "number": "1", "before": 3}])
def test_rubbish_from_a_page_is_answered_with_a_sentence_or_with_nothing(timeline, ask, rubbish):
    told = answer(questions(timeline), {"ask": ask, **rubbish}).content
    assert told.get("error", "A sentence.").endswith(".") or "runs" in told


def test_the_panel_answers_a_page_by_its_ticket_and_marks_favourites_in_the_strip(timeline, shelf):
    run = shelf.keep("a fox")
    timeline.session.refresh()
    panel = HistoryPanel(timeline.session)
    view, sent = panel._view, []
    view.send = lambda content, *_buffers: sent.append(content)
    view._on_message(view, {"ask": "favour", "id": run.id, "value": True, "page": "p", "ticket": "p-1"}, [])
    assert {"type": "answer", "ticket": "p-1"} in sent
    assert {"type": "changed"} in sent
    assert panel._strip.items[0]["badge"] == "★"


def test_a_copied_cell_says_where_its_runs_were_made_until_it_has_one_of_its_own(timeline, shelf):
    shelf.keep("a fox", notebook="original.ipynb")
    timeline.session.refresh()
    panel = HistoryPanel(timeline.session)
    assert panel._view.summary == "1 run of this cell, from original.ipynb"
    shelf.keep("an owl")
    timeline.session.refresh()
    assert panel._view.summary == "2 runs of this cell"


def test_nothing_is_seen_before_the_first_run_of_the_project(timeline, shelf):
    panel = HistoryPanel(timeline.session)
    assert panel.layout.display == "none"
    shelf.keep("elsewhere", cell="other", notebook="other.ipynb")
    other = HistoryPanel(timeline.session)
    assert other.layout.display is None or other.layout.display == ""
    assert other._strip.layout.display == "none"
