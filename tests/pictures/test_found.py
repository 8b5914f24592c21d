"""What the history finds around a session, and what the panel says of it."""

from __future__ import annotations

import json

from r9s_notebook.archive.browsing import Search, page_of, scopes_of
from r9s_notebook.archive.cell import Cell
from r9s_notebook.pictures.image_grid import ImageGrid
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import InlineWorker
from r9s_notebook.widgets.history_panel import HistoryPanel

HOSTILE = '<img src=x onerror="alert(1)">\u202e ' + "long " * 20_000


def page(session, search=Search(), **more):  # noqa: B008 - frozen
    return page_of(session.store, session.cell, search, made_here={run.id for run in session.runs}, **more)


def prompts(page):
    return [run.prompt for run in page.runs]


def test_what_a_page_is_told_is_small_whatever_the_prompts_are(shelf, ask):
    for _ in range(3):
        shelf.keep(HOSTILE)
    told = ask("find", scope="cell")
    assert len(told.content["items"]) == told.content["runs"] == 3
    assert len(json.dumps(told.content)) < 4_000
    assert told.buffers == ()  # small pictures are asked for where they come into sight


def test_a_run_without_pictures_has_a_place_that_says_why(session, shelf, ask):
    shelf.keep("a fox", params={"size": "auto"})
    session.store.fail(shelf.begin("an owl", params={"size": "auto"}).id, "refused")
    shelf.begin("a cat", params={"size": "256x256"})
    told = ask("find").content["items"]
    assert [(item["size"], item["mark"], item["state"]) for item in told] == [
        ("256x256", "", "running"),
        ("any size", "refused", "failed"),
        ("64x48", "", ""),
    ]


def test_of_a_run_only_the_pictures_that_are_looked_for_are_found(session, shelf, ask):
    run = shelf.keep("a fox", "red", "green", "blue")
    session.store.mark([(run.id, 1)], rating=4)
    session.store.mark([(run.id, 2)], rating=-1)
    shelf.keep("an owl")

    def found(**wanted):
        return [item["id"].rpartition("/")[2] for item in ask("find", **wanted).content["items"]]

    assert found(rating=4) == ["1"]
    assert found(rating=5) == []
    assert found(rating=-1) == ["2"]
    assert found() == ["0", "0", "1", "2"]
    session.store.mark([(run.id, 0)], favourite=True)
    assert found(favourite=True) == ["0"]
    session.store.annotate(run.id, favourite=True)  # the run itself, by code
    assert found(favourite=True) == ["0", "1", "2"]


def test_one_looks_through_the_cell_the_notebook_or_the_whole_project(session, shelf):
    shelf.keep("here")
    shelf.keep("next cell", cell="cell-2")
    shelf.keep("elsewhere", cell="cell-3", notebook="other.ipynb")
    assert scopes_of(session.cell) == ("cell", "notebook", "project")
    assert prompts(page(session, Search(scope="cell"))) == ["here"]
    assert prompts(page(session, Search(scope="notebook"))) == ["next cell", "here"]
    assert prompts(page(session, Search(scope="project"))) == ["elsewhere", "next cell", "here"]


def test_a_renamed_notebook_has_its_runs_before_it_makes_another_one(session, shelf):
    for cell in ("cell-1", "cell-2"):
        shelf.keep(f"of {cell}", cell=cell, notebook="former.ipynb")
    assert prompts(page(session, Search(scope="notebook"))) == ["of cell-2", "of cell-1"]
    copied = session.store.home.parent / "former.ipynb"
    copied.write_text("{}")  # it is still there: this notebook is a copy, whose runs are its own
    assert prompts(page(session, Search(scope="notebook"))) == []
    copied.unlink()
    shelf.keep("under the new name")
    assert prompts(page(session, Search(scope="notebook"))) == ["under the new name", "of cell-2", "of cell-1"]


def test_the_strip_and_the_timeline_of_a_copied_notebook_leave_out_the_runs_of_the_original(session, shelf):
    shelf.keep("of the original", notebook="original.ipynb")
    session.refresh()
    assert [run.prompt for run in session.runs] == ["of the original"], "it was renamed"
    original = session.store.home.parent / "original.ipynb"
    original.write_text(json.dumps({"cells": [{"id": "cell-1"}]}))
    shelf.keep("of the copy")
    session.refresh()
    assert [run.prompt for run in session.runs] == ["of the copy"]
    assert prompts(page(session, Search(scope="cell"))) == ["of the copy"]
    assert prompts(page(session, Search(scope="notebook"))) == ["of the copy"]
    assert prompts(page(session, Search(scope="project"))) == ["of the copy", "of the original"]


def test_a_page_says_whether_there_are_older_runs_and_the_next_one_goes_on_from_it(session, shelf):
    for number in range(5):
        shelf.keep(f"run {number}")
    first = page(session, limit=3)
    assert prompts(first) == ["run 4", "run 3", "run 2"]
    assert first.more
    second = page(session, before=first.runs[-1].id, limit=3)
    assert prompts(second) == ["run 1", "run 0"]
    assert not second.more


def test_filters_and_words_narrow_what_is_found(session, shelf):
    generated = shelf.keep("a red fox")
    shelf.edit(generated, "a red hat")
    failed = shelf.begin("a red herring")
    session.store.fail(failed.id, "refused")
    session.store.annotate(generated.id, favourite=True)
    assert prompts(page(session, Search(text="red f"))) == ["a red fox"]
    assert prompts(page(session, Search(kind="edit"))) == ["a red hat"]
    assert prompts(page(session, Search(status="failed"))) == ["a red herring"]
    assert prompts(page(session, Search(favourite=True))) == ["a red fox"]


def test_what_a_page_asks_in_words_unknown_counts_as_not_asked():
    asked = {"scope": "universe", "kind": "video", "status": 3, "favourite": "yes", "text": None}
    assert Search.read(asked) == Search()


def test_without_a_cell_or_notebook_one_looks_through_what_the_session_has_made(session, shelf):
    here = Session(session.client, session.store, cell=Cell(), worker=InlineWorker())
    shelf.keep("of another lab")
    here.size = "256x256"
    for prompt in ("a fox", "an owl in a café"):
        here.prompt = prompt
        here.generate().result()
        shelf.keep("an owl of another lab")
    assert scopes_of(here.cell) == ("cell", "project")
    assert prompts(page(here, Search())) == ["an owl in a café", "a fox"]
    assert prompts(page(here, Search(text="FOX"))) == ["a fox"]
    first = page(here, limit=1)
    assert (prompts(first), first.more) == (["an owl in a café"], True)
    second = page(here, before=first.runs[-1].id, limit=1)
    assert (prompts(second), second.more) == (["a fox"], False)
    # A search means the same everywhere: whole words, the last one unfinished, accents or not.
    assert prompts(page(here, Search(text="OWL cafe"))) == ["an owl in a café"]
    assert prompts(page(here, Search(text="wl"))) == []


def test_the_panel_answers_a_page_by_its_ticket_and_shows_stars_in_the_strip(session, shelf):
    run = shelf.keep("a fox")
    session.refresh()
    panel = HistoryPanel(session)
    view, sent = panel._view, []
    changes = view.changes
    view.send = lambda content, *_buffers: sent.append(content)
    asked = {"ask": "mark", "ids": [f"{run.id}/0"], "favourite": True, "page": "p", "ticket": "p-1"}
    view._on_message(view, asked, [])
    assert {"type": "answer", "ticket": "p-1"} in sent
    assert view.changes == changes + 1
    assert panel._strip.items[0]["badge"] == "★"


def test_of_what_is_asked_at_every_key_only_the_last_is_answered(session, shelf):
    shelf.keep("a fox")
    view, sent = HistoryPanel(session)._view, []
    view.send = lambda content, *_buffers: sent.append(content)
    view._newest["p"] = "p-2"
    assert view._answer({"ask": "find", "page": "p", "ticket": "p-1"}).content == {"skipped": True}
    assert view._answer({"ask": "find", "page": "p", "ticket": "p-2"}).content["runs"] == 1


def test_a_copied_cell_says_where_its_runs_were_made_until_it_has_one_of_its_own(session, shelf):
    shelf.keep("a fox", notebook="original.ipynb")
    session.refresh()
    panel = HistoryPanel(session)
    assert panel._view.summary == "1 run of this cell, from original.ipynb"
    shelf.keep("an owl")
    session.refresh()
    assert panel._view.summary == "2 runs of this cell"


def test_nothing_is_seen_before_the_first_run_of_the_project(session, shelf):
    panel = HistoryPanel(session)
    assert panel.layout.display == "none"
    shelf.keep("elsewhere", cell="other", notebook="other.ipynb")
    other = HistoryPanel(session)
    assert other.layout.display is None or other.layout.display == ""
    assert not any(isinstance(child, ImageGrid) for child in other.children)
