"""What one can do with the runs around a session."""

from __future__ import annotations

import json

import pytest

from r9s_notebook.archive.browsing import Search
from r9s_notebook.archive.cell import Cell
from r9s_notebook.errors import InputError, RunGoneError
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import InlineWorker
from r9s_notebook.widgets.timeline.timeline import Timeline


def prompts(page):
    return [run.prompt for run in page.runs]


def test_one_looks_through_the_cell_the_notebook_or_the_whole_project(timeline, shelf):
    shelf.keep("here")
    shelf.keep("next cell", cell="cell-2")
    shelf.keep("elsewhere", cell="cell-3", notebook="other.ipynb")
    assert timeline.scopes == ("cell", "notebook", "project")
    assert prompts(timeline.page(Search(scope="cell"))) == ["here"]
    assert prompts(timeline.page(Search(scope="notebook"))) == ["next cell", "here"]
    assert prompts(timeline.page(Search(scope="project"))) == ["elsewhere", "next cell", "here"]


def test_a_renamed_notebook_has_its_runs_before_it_makes_another_one(timeline, shelf):
    for cell in ("cell-1", "cell-2"):
        shelf.keep(f"of {cell}", cell=cell, notebook="former.ipynb")
    assert prompts(timeline.page(Search(scope="notebook"))) == ["of cell-2", "of cell-1"]
    copied = timeline.store.home.parent / "former.ipynb"
    copied.write_text("{}")  # it is still there: this notebook is a copy, whose runs are its own
    assert prompts(timeline.page(Search(scope="notebook"))) == []
    copied.unlink()
    shelf.keep("under the new name")
    assert prompts(timeline.page(Search(scope="notebook"))) == ["under the new name", "of cell-2", "of cell-1"]


def test_the_strip_and_the_timeline_of_a_copied_notebook_leave_out_the_runs_of_the_original(timeline, shelf):
    shelf.keep("of the original", notebook="original.ipynb")
    timeline.session.refresh()
    assert [run.prompt for run in timeline.session.runs] == ["of the original"], "it was renamed"
    original = timeline.store.home.parent / "original.ipynb"
    original.write_text(json.dumps({"cells": [{"id": "cell-1"}]}))
    shelf.keep("of the copy")
    timeline.session.refresh()
    assert [run.prompt for run in timeline.session.runs] == ["of the copy"]
    assert prompts(timeline.page(Search(scope="cell"))) == ["of the copy"]
    assert prompts(timeline.page(Search(scope="notebook"))) == ["of the copy"]
    assert prompts(timeline.page(Search(scope="project"))) == ["of the copy", "of the original"]


def test_a_page_says_whether_there_are_older_runs_and_the_next_one_goes_on_from_it(timeline, shelf):
    for number in range(5):
        shelf.keep(f"run {number}")
    first = timeline.page(Search(), limit=3)
    assert prompts(first) == ["run 4", "run 3", "run 2"]
    assert first.more
    second = timeline.page(Search(), before=first.runs[-1].id, limit=3)
    assert prompts(second) == ["run 1", "run 0"]
    assert not second.more


def test_filters_and_words_narrow_what_is_found(timeline, shelf):
    generated = shelf.keep("a red fox")
    shelf.edit(generated, "a red hat")
    failed = shelf.begin("a red herring")
    timeline.store.fail(failed.id, "refused")
    timeline.favour(generated.id, True)
    assert prompts(timeline.page(Search(text="red f"))) == ["a red fox"]
    assert prompts(timeline.page(Search(kind="edit"))) == ["a red hat"]
    assert prompts(timeline.page(Search(status="failed"))) == ["a red herring"]
    assert prompts(timeline.page(Search(favourite=True))) == ["a red fox"]


def test_what_a_page_asks_in_words_unknown_counts_as_not_asked():
    asked = {"scope": "universe", "kind": "video", "status": 3, "favourite": "yes", "text": None}
    assert Search.read(asked) == Search()


def test_without_a_cell_or_notebook_one_looks_through_what_the_session_has_made(timeline, shelf):
    session = Session(timeline.session.client, timeline.store, cell=Cell(), worker=InlineWorker())
    shelf.keep("of another lab")
    session.size = "256x256"
    for prompt in ("a fox", "an owl in a café"):
        session.prompt = prompt
        session.generate().result()
        shelf.keep("an owl of another lab")
    here = Timeline(session)
    assert here.scopes == ("cell", "project")
    assert prompts(here.page(Search())) == ["an owl in a café", "a fox"]
    assert prompts(here.page(Search(text="FOX"))) == ["a fox"]
    first = here.page(Search(), limit=1)
    assert (prompts(first), first.more) == (["an owl in a café"], True)
    second = here.page(Search(), before=first.runs[-1].id, limit=1)
    assert (prompts(second), second.more) == (["a fox"], False)
    # A search means the same everywhere: whole words, the last one unfinished, accents or not.
    assert prompts(here.page(Search(text="OWL cafe"))) == ["an owl in a café"]
    assert prompts(here.page(Search(text="wl"))) == []


def test_a_deleted_run_leaves_the_strip_the_result_and_the_disk(timeline, shelf):
    session = timeline.session
    older, newer = shelf.keep("older", "green"), shelf.keep("newer", "blue")
    session.refresh()
    session.show(session.runs[0])
    timeline.delete(newer.id)
    assert [run.id for run in session.runs] == [older.id]
    assert session.run.id == older.id
    assert not newer.images[0].path.exists()
    with pytest.raises(RunGoneError):
        timeline.find(newer.id)


def test_a_run_under_way_is_not_deleted(timeline, shelf):
    run = shelf.begin("under way")
    with pytest.raises(InputError, match="Cancel it first"):
        timeline.delete(run.id)


def test_a_run_that_vanished_is_a_typed_error_for_every_action(timeline, shelf):
    gone, there = shelf.keep("gone"), shelf.keep("there")
    timeline.store.delete(gone.id)
    for action in (
        lambda: timeline.favour(gone.id, True),
        lambda: timeline.note(gone.id, "words"),
        lambda: timeline.delete(gone.id),
        lambda: timeline.restore(gone.id, ("prompt",)),
        lambda: timeline.edit_image(gone.id),
        lambda: timeline.family(gone.id),
        lambda: timeline.compare(there.id, gone.id),
    ):
        with pytest.raises(RunGoneError, match="deleted"):
            action()


def test_a_note_and_a_star_show_in_the_strip_at_once(timeline, shelf):
    run = shelf.keep("a fox")
    timeline.note(run.id, "for the cover")
    timeline.favour(run.id, True)
    assert [(kept.note, kept.favourite) for kept in timeline.session.runs] == [("for the cover", True)]


def test_one_field_is_restored_without_the_others(timeline, shelf):
    run = shelf.keep("a fox", params={"size": "512x512"})
    timeline.session.prompt, timeline.session.size = "mine", "256x256"
    timeline.restore(run.id, ("params",))
    assert (timeline.session.prompt, timeline.session.size) == ("mine", "512x512")
    timeline.restore(run.id, ("prompt",))
    assert timeline.session.prompt == "a fox"


def test_any_picture_of_a_run_becomes_the_source_of_an_edit_with_its_lineage(timeline, shelf):
    run = shelf.keep("two", "red", "blue")
    timeline.edit_image(run.id, 1)
    source = timeline.session.source
    assert (source.run_id, source.sha256) == (run.id, run.images[1].sha256)
    with pytest.raises(InputError, match="no picture"):
        timeline.edit_image(run.id, 2)
