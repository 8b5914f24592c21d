"""A lesson that its teacher records once, and that a student's notebook finds beside it."""

from __future__ import annotations

import nbformat
import pytest

from r9s_notebook import R9S, History, Studio, errors
from r9s_notebook.archive.cell import Cell
from r9s_notebook.session.clients import find_client, given_or_found
from tests.test_notebooks import execute, without_settings

LESSON = [
    "%load_ext r9s_notebook\nfrom r9s_notebook import Studio",
    "%%imagine --size 256x256 --seed 7\nA lighthouse",
    "lab = Studio(prompt='A fox', size='256x256')\nlab.generate().result()",
]


@pytest.fixture(autouse=True)
def no_settings():
    with without_settings():
        yield


@pytest.fixture
def notebook(tmp_path):
    path = tmp_path / "lesson.ipynb"
    write(path, LESSON)
    return path


def write(path, cells):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, path)


def made(session, prompt, **values):
    """A run, of a cell of its own."""
    lab = session(prompt=prompt, size="256x256", cell=Cell("lesson.ipynb", prompt), **values)
    return lab.generate().result(timeout=30)


@pytest.mark.slow
def test_what_a_notebook_made_is_recorded_and_tried_as_a_student_will_run_it(notebook, tmp_path):
    execute(tmp_path, nbformat.read(notebook, as_version=4), notebook.stem)
    with History(tmp_path) as history:
        lesson = history.record(notebook)
        assert lesson.folder == tmp_path / "lesson"
        assert [one.prompt for one in lesson.runs] == ["A lighthouse", "A fox"]
        assert lesson.problems == ()
        assert "Every cell of lesson.ipynb runs with it, without a key." in str(lesson)
        assert len(history) == 2  # whoever tries it does not write into the teacher's history

        write(notebook, [*LESSON, "%%imagine --sise 256x256\nA fox", "lab.prompt = 'An owl'\nlab.generate()", "1 / 0"])
        again = history.record(notebook)
    assert len(again.problems) == 3
    assert "--size" in again.problems[0]
    assert "division by zero" in again.problems[1]
    assert "“An owl”: This request was never recorded" in again.problems[2]
    assert again._repr_html_().count("<li>") == 3


def test_a_notebook_finds_its_recordings_where_there_is_no_key(notebook, make_session, store, monkeypatch):
    run = made(make_session, "A lighthouse")
    folder = History(store=store).export(notebook.with_suffix(""))
    monkeypatch.setenv("JPY_SESSION_NAME", str(notebook))
    monkeypatch.chdir(notebook.parent)
    lab = Studio(prompt="A lighthouse", size="256x256", history=notebook.parent / "student")
    assert "Replaying" in lab.session.notice
    assert "R9S.replay('lesson')" in lab.code()
    assert lab.generate().result().images[0].path.read_bytes() == run.images[0].path.read_bytes()
    assert find_client() is find_client()  # which a lab that is closed does not close for the others
    lab.close()
    client, close = given_or_found(None)
    close()
    assert client.models()

    monkeypatch.setenv("R9S_API_KEY", "a-key")
    with find_client() as real:
        assert real.kind == "api"
    monkeypatch.delenv("R9S_API_KEY")
    monkeypatch.setenv("JPY_SESSION_NAME", str(notebook.with_name("other.ipynb")))
    assert find_client().kind == "offline"
    History(store=store).export(folder, zip=True).rename(notebook.with_name("other.zip"))
    assert find_client().kind == "replay"


def test_what_a_teacher_has_tried_twice_or_wrongly_is_not_handed_out(notebook, make_session, store, monkeypatch):
    monkeypatch.setattr("r9s_notebook.archive.lesson._tried", lambda _notebook: [])  # the test above runs it
    made(make_session, "A lighthouse", extra={"seed": 7})
    made(make_session, "A lighthouse", extra={"seed": 7})
    made(make_session, "A fox")
    made(make_session, "A fox")  # another picture, without a seed
    with pytest.raises(errors.R9SNotebookError), R9S(server_url="http://127.0.0.1:9/v1", api_key="x") as nobody:
        made(make_session, "An owl", client=nobody, model="dall-e-2")
    lesson = History(store=store).record(notebook, History(store=store))
    assert [one.prompt for one in lesson.runs] == ["A lighthouse", "A fox", "A fox"]
    assert lesson.problems == ()
    favourite = History(store=store).record(notebook, lesson.runs[0].images[0])
    assert len(list((favourite.folder / "images").iterdir())) == 1


def test_a_picture_that_is_gone_is_told(notebook, make_session, store, monkeypatch):
    monkeypatch.setattr("r9s_notebook.archive.lesson._tried", lambda _notebook: [])
    made(make_session, "A fox")
    made(make_session, "A lighthouse").images[0].path.unlink()
    assert ["lighthouse" in one for one in History(store=store).record(notebook, History(store=store)).problems] == [
        True
    ]


def test_what_cannot_be_recorded_is_a_sentence(notebook, store, monkeypatch):
    history = History(store=store)
    with pytest.raises(errors.HistoryError, match="has made nothing yet"):
        history.record(notebook)
    with pytest.raises(errors.InputError, match=r"no notebook .*missing\.ipynb"):
        history.record("missing")
    monkeypatch.setenv("JPY_SESSION_NAME", str(notebook))
    with pytest.raises(errors.InputError, match="from another notebook"):
        history.record(notebook)
