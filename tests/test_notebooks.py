"""The notebooks as a reader runs them, without a browser, and what is left of them in the file."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
CANARY = "r9s-canary-8d1f0c7e5b"

pytestmark = pytest.mark.slow


def execute(folder: Path, book: nbformat.NotebookNode) -> nbformat.NotebookNode:
    NotebookClient(
        book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, store_widget_state=True
    ).execute()
    return book


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The quickstart, executed in a folder of its own: the folder and the notebook."""
    folder = tmp_path_factory.mktemp("quickstart")
    shutil.copytree(NOTEBOOKS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".r9s", ".ipynb_checkpoints"))
    environment = {name: value for name, value in os.environ.items() if name.startswith("R9S_")}
    for name in environment:
        del os.environ[name]
    try:
        yield folder, execute(folder, nbformat.read(folder / "quickstart.ipynb", as_version=4))
    finally:
        os.environ.update(environment)


def html_of(book: nbformat.NotebookNode) -> list[str]:
    outputs = [output for cell in book.cells for output in cell.get("outputs", ())]
    return ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]


def test_it_runs_from_top_to_bottom_without_a_key(executed):
    _folder, book = executed
    errors = [output for cell in book.cells for output in cell.get("outputs", ()) if output.output_type == "error"]
    assert errors == []


def test_its_runs_are_on_disk_beside_it(executed):
    folder, _book = executed
    assert (folder / ".r9s" / "history.db").is_file()
    assert (folder / ".r9s" / ".gitignore").read_text().strip().endswith("*")
    assert len([path for path in (folder / ".r9s" / "images").rglob("*") if path.is_file()]) >= 9


def test_its_results_are_ordinary_outputs_with_pictures_and_alt_text(executed):
    _folder, book = executed
    static = [html for html in html_of(book) if "r9s-static" in html]
    assert any(html.count("<img ") == 4 and 'alt="' in html and "lighthouse" in html for html in static)
    assert any("A white heart" in html for html in static)


def test_it_shows_its_results_as_a_page_of_its_own(executed):
    _folder, book = executed
    page, _resources = HTMLExporter().from_notebook_node(book)
    assert page.count("data:image/") >= 6
    assert "A white heart" in page


def test_a_lesson_runs_from_top_to_bottom_and_is_clean_in_the_file(tmp_path, monkeypatch):
    monkeypatch.delenv("R9S_API_KEY", raising=False)
    lesson = nbformat.read(NOTEBOOKS / "asset-set.ipynb", as_version=4)
    assert "widgets" not in lesson.metadata
    assert [cell for cell in lesson.cells if cell.get("outputs")] == []
    book = execute(tmp_path, lesson)
    said = [str(output.get("text", "")) for cell in book.cells for output in cell.get("outputs", ())]
    assert "8 runs, 4 pictures with five stars\n" in said
    assert len((tmp_path / "assets" / "metadata.jsonl").read_text().splitlines()) == 8
    page = next(html for html in html_of(book) if "r9s-of-lab" in html)
    assert page.count("<img ") == 12  # which a reader without a kernel sees, as the sweep has ended


def test_fault_43_the_key_is_found_nowhere(tmp_path, monkeypatch):
    """A key in the environment, a lab that uses it, a failing call, saved with the widgets' state."""
    monkeypatch.setenv("R9S_API_KEY", CANARY)
    monkeypatch.setenv("R9S_BASE_URL", "http://127.0.0.1:9/v1")
    book = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(source)
            for source in (
                "import logging\nlogging.basicConfig(level=logging.DEBUG, force=True)\n"
                "from r9s_notebook import History, Studio",
                "studio = Studio(prompt='a cat', model='dall-e-2')\nstudio",
                "studio.generate().result()",
                "print(repr(studio), repr(studio.session.client), vars(studio.session.client), studio.code())",
                "import pickle\nclient = studio.session.client\n"
                "try:\n    client.images.create(prompt='x', model='dall-e-2', retries=None)\n"
                "except Exception as error:\n    print(repr(error), pickle.dumps(error))\n    raise",
                "History().export('handed-on')",
            )
        ]
    )
    for cell in book.cells:
        cell.metadata["tags"] = ["raises-exception"]

    execute(tmp_path, book)

    text = json.dumps(book)
    assert "NoResponseError" in text  # the calls were really tried
    assert CANARY not in text
    found = [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert found == []
