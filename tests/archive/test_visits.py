"""An app's visitors: each has a history of their own, apart from the notebook's."""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from r9s_notebook.archive import host, visits
from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.history import History
from r9s_notebook.archive.visits import Visit, this_visit
from r9s_notebook.client import R9S
from r9s_notebook.history import NewRun, Store
from r9s_notebook.session.known_models import known_models
from r9s_notebook.session.open_session import open_session
from r9s_notebook.session.presets import presets_of, save_preset
from r9s_notebook.session.sweeping import Sweep
from r9s_notebook.session.worker import InlineWorker
from tests.archive._history_help import new_image, picture

ADA, BEN = "a" * 64, "b" * 64


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a notebook that Voila serves; the environment is what it gives to a kernel."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/a%20book.ipynb")
    for name in [name for name in os.environ if name.startswith("R9S_")]:
        monkeypatch.delenv(name)
    this_visit.cache_clear()
    yield tmp_path
    this_visit.cache_clear()


def visit() -> Visit:
    """A page of the app that is opened now: a kernel of its own."""
    this_visit.cache_clear()
    here = this_visit()
    assert here is not None
    return here


def make(store: Store, prompt: str, colour: str = "teal") -> str:
    run = store.begin(NewRun(prompt=prompt, notebook=str(Path.cwd() / "a book.ipynb"), cell_id="cell"))
    store.complete(run.id, [new_image(picture(colour))])
    return run.id


def prompts(history: History) -> list[str]:
    return [run.prompt for run in history]


def test_a_visitor_finds_their_own_runs_and_no_other_ones(project: Path) -> None:
    with Store(project / ".r9s") as authors:
        make(authors, "the author's")
    for secret, prompt in ((ADA, "Ada's"), (BEN, "Ben's")):
        page = visit()
        with History() as history:
            page.known_by(secret)
            make(history.store, prompt)
            assert prompts(history) == [prompt]
    visit().known_by(ADA)
    with History() as history:
        assert prompts(history) == ["Ada's"]
        assert [run.prompt for run in history.search(notebook="a book.ipynb")] == ["Ada's"]
    assert prompts(History(project)) == ["the author's"]


def test_what_code_made_before_the_page_was_there_goes_to_the_visitor(project: Path) -> None:
    page = visit()
    with History() as first, History() as second:
        run_id = make(first.store, "made by code")
        source = first[run_id].images[0].path.read_bytes()
        page.known_by(ADA)
        assert prompts(second) == ["made by code"]
        kept = second[run_id]
        assert (kept.cell_id, kept.notebook, kept.status) == ("cell", "a book.ipynb", "succeeded")
        assert kept.images[0].path.read_bytes() == source
        assert kept.images[0].path.is_relative_to(project / ".r9s" / "visitors")


@pytest.mark.usefixtures("project")
def test_a_visitor_becomes_known_when_what_code_has_begun_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    page, asked = visit(), threading.Event()
    monkeypatch.setattr(visits.time, "sleep", lambda _seconds: asked.set())
    with History() as history:
        run = history.store.begin(NewRun(prompt="under way"))
        told = threading.Thread(target=page.known_by, args=(ADA,))
        told.start()
        assert asked.wait(60)
        history.store.complete(run.id, [new_image(picture("teal"))])
        told.join(60)
        assert [(one.prompt, one.status) for one in history] == [("under way", "succeeded")]


@pytest.mark.usefixtures("project")
def test_what_is_sent_while_the_visitor_becomes_known_is_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    page, moves = visit(), Store.move
    with History() as history:
        source = history.store.put_image(picture("navy"), "image/png")
        sent: list[threading.Thread] = []

        def move(store: Store, home: Path) -> None:
            sent.append(threading.Thread(target=make, args=(store, "sent meanwhile")))
            sent[0].start()
            moves(store, home)

        monkeypatch.setattr(Store, "move", move)
        page.known_by(ADA)
        sent[0].join(60)
        assert prompts(history) == ["sent meanwhile"]
        assert history.store.image_bytes(source) == picture("navy")


@pytest.mark.parametrize("secret", ["", "short", "../" * 20, "A" * 64, "a" * 1000, "ä" * 64])
def test_what_is_no_secret_makes_nobody_known(project: Path, secret: str) -> None:
    page = visit()
    with History() as history:
        before = history.store.home
        page.known_by(secret)
        assert history.store.home == before
        assert [path.name for path in (project / ".r9s" / "visitors").iterdir()] == [before.name]


@pytest.mark.usefixtures("project")
def test_the_first_word_of_a_page_counts() -> None:
    page = visit()
    with History() as history:
        page.known_by(ADA)
        make(history.store, "Ada's")
        page.known_by(BEN)
        assert prompts(history) == ["Ada's"]


def test_presets_and_models_of_the_notebook_are_every_visitors(project: Path) -> None:
    with Store(project / ".r9s") as authors:
        save_preset("ink", "{prompt}, ink", {}, authors.home)
        (authors.home / "models.json").write_text(json.dumps({"house": {"like": "dall-e-2"}}))
    page = visit()
    with History() as history:
        page.known_by(ADA)
        home = history.store.home
        save_preset("oil", "{prompt}, oil", {}, home)
        assert set(presets_of(home)) == {"ink", "oil"}
        assert set(known_models(home)) == {"house"}
    assert set(presets_of(project / ".r9s")) == {"ink"}


def test_a_lab_goes_on_where_its_visitor_was_and_code_has_the_last_word(project: Path) -> None:
    cell = Cell(str(project / "a book.ipynb"), "cell")

    def lab(*, prompt: str | None = None) -> tuple[Visit, object]:
        page = visit()
        given = {"size": "256x256", "prompt": prompt}
        return page, open_session(R9S.offline(), cell=cell, worker=InlineWorker(), values=given)

    page, session = lab()
    page.known_by(ADA)
    session.prompt = "a red fox"
    session.generate().result()
    session.close()
    session.prompt = "not sent"

    page, session = lab()
    assert (session.prompt, session.runs) == ("", ())
    page.known_by(ADA)
    assert [run.prompt for run in session.runs] == ["a red fox"]
    assert session.run.prompt == "a red fox"
    assert session.prompt == "not sent"
    session.close()

    page, session = lab()
    session.prompt = "by the next cell"
    page.known_by(ADA)
    assert session.prompt == "by the next cell"
    assert session.run.prompt == "a red fox"
    session.close()

    page, session = lab()
    page.known_by(ADA)
    assert session.prompt == "by the next cell"
    session.close()

    page, session = lab(prompt="by its own cell")
    page.known_by(BEN)
    assert (session.prompt, session.runs) == ("by its own cell", ())
    session.prompt = "typed over it"
    session.close()

    page, session = lab(prompt="by its own cell")
    page.known_by(BEN)
    assert session.prompt == "typed over it"
    session.close()


@pytest.mark.usefixtures("project")
def test_a_sweep_goes_on_where_its_visitor_was_and_sends_nothing_twice() -> None:
    def planned(secret: str) -> Sweep:
        page = visit()
        # As in a cell that is executed again: its own name is the same, and so is the sweep's.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Cell, "here", lambda: Cell(str(Path.cwd() / "a book.ipynb"), "cell", secrets.token_hex(4)))
            sweep = Sweep.plan("a {what}", {"what": ["fox", "owl"], "size": "256x256"}, client=R9S.offline())
        assert sweep.counts == {"waiting": 2}
        page.known_by(secret)
        return sweep

    assert len(planned(ADA).run()) == 2
    again = planned(ADA)
    assert again.counts == {"done": 2}
    assert [run.prompt for run in again.runs] == ["a fox", "a owl"]
    assert planned(BEN).counts == {"waiting": 2}
    visit().known_by(ADA)
    assert len(History()) == 2


def test_the_notebook_is_the_one_that_is_served(project: Path) -> None:
    (project / "a book.ipynb").write_text("{}")
    assert host.served_notebook() == project / "a book.ipynb"
    assert Cell.here().notebook == str(project / "a book.ipynb")


def test_cells_are_known_by_their_code(tmp_path: Path) -> None:
    book = tmp_path / "book.ipynb"
    cells = [{"id": "one", "source": ["a\n", "b"]}, {"id": "two", "source": "c"}, {"id": "three", "source": "c"}]
    book.write_text(json.dumps({"cells": cells}))
    assert host.id_by_code(book, "a\nb") == "one"
    assert host.id_by_code(book, "c") not in ("two", "three")
    assert host.id_by_code(book, "c") == host.id_by_code(tmp_path / "gone.ipynb", "c")
