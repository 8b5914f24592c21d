"""The notebooks as a reader runs them, without a browser, and what is left of them in the file."""

from __future__ import annotations

import json
import os
import re
import shutil
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from r9s_notebook import R9S

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
LESSONS = sorted({path.stem for path in NOTEBOOKS.glob("*.ipynb")} - {"quickstart"})
CANARY = "r9s-canary-8d1f0c7e5b"

# What each lesson prints when it has done what it teaches; own-models is run where there are models.
SAID = {
    "asset-set": "8 runs, 4 pictures with five stars",
    "choosing": "4 pictures with five stars",
    "client": "sent twice: 1 picture",
    "inpainting": "100% changed outside the mask. Ignored: True",
    "lesson": "This request was never recorded, so it cannot be replayed.",
    "prompting": "sent:    A bear in a forest, watercolour",
    "teaching": "sketch-1 | edit | A red balloon",
}

pytestmark = pytest.mark.slow


def execute(folder: Path, book: nbformat.NotebookNode, name: str = "book") -> nbformat.NotebookNode:
    """Runs it as JupyterLab would, whose server tells a kernel what its notebook is called."""
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(book, timeout=120, kernel_name="python3", resources=resources, store_widget_state=True)
    client.execute(env={**os.environ, "JPY_SESSION_NAME": str(folder / f"{name}.ipynb")})
    return book


def read(name: str) -> nbformat.NotebookNode:
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def copied(folder: Path) -> None:
    """What a reader finds: the notebooks and what lies beside them."""
    shutil.copytree(NOTEBOOKS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".r9s", ".ipynb_checkpoints"))


@contextmanager
def without_settings() -> Iterator[None]:
    """No key, and no service, whatever the environment has."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("R9S_")]:
            patch.delenv(name)
        yield


def answers(book: nbformat.NotebookNode) -> list[str]:
    """The code of the folded answers, each block as a reader copies it into a cell."""
    folded = [text for cell in book.cells for text in re.findall(r"<details>(.*?)</details>", cell.source, re.DOTALL)]
    fence = re.compile(r"^( *)```\w*\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(code).strip() for text in folded for _indent, code in fence.findall(text)]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The quickstart, executed in a folder of its own: the folder and the notebook."""
    folder = tmp_path_factory.mktemp("quickstart")
    copied(folder)
    with without_settings():
        yield folder, execute(folder, read("quickstart"), "quickstart")


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


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_lesson_and_then_its_folded_answers_run_from_top_to_bottom(name, tmp_path):
    lesson = read(name)
    own = len(lesson.cells)
    lesson.cells += [nbformat.v4.new_code_cell(code) for code in answers(lesson)]
    assert len(lesson.cells) > own, "its exercises have answers"
    copied(tmp_path)
    with without_settings():
        book = execute(tmp_path, lesson, name)  # which an error in a cell ends
    said = "".join(str(output.get("text", "")) for cell in book.cells[:own] for output in cell.get("outputs", ()))
    assert SAID[name] in said
    if name == "asset-set":
        assert len((tmp_path / "assets" / "metadata.jsonl").read_text().splitlines()) == 8
        page = next(html for html in html_of(book) if "r9s-of-lab" in html)
        assert page.count("<img ") == 12  # which a reader without a kernel sees, as the sweep has ended
    if name == "teaching":
        asked = [one.examples for one in R9S.replay(tmp_path / "my-lesson").models()]
        recorded = [one.examples for one in R9S.replay(NOTEBOOKS / "lesson").models()]
        assert all(one in asked[0] for one in recorded[0])  # so what it makes can take the place of the folder


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_clean_in_the_file_and_begins_with_what_its_reader_will_be_able_to_do(name):
    lesson = read(name)
    nbformat.validate(lesson)
    assert "widgets" not in lesson.metadata
    assert lesson.metadata.kernelspec.name == "python3"
    assert [cell.id for cell in lesson.cells] == [f"{name}-{number}" for number in range(1, len(lesson.cells) + 1)]
    assert [cell for cell in lesson.cells if cell.get("outputs") or cell.get("execution_count") or cell.metadata] == []
    first, last = lesson.cells[0].source, lesson.cells[-1].source
    assert re.match(r"# .+\n\nAfter this lesson you can\b", first)
    assert "ten minutes" in first
    assert "## Exercises\n" in last
    assert "<details><summary>Answers</summary>" in last


def test_every_notebook_is_listed_where_readers_look():
    for page in (NOTEBOOKS / "README.md", NOTEBOOKS.parent / "README.md"):
        listed = re.findall(r"\]\((?:notebooks/)?([\w-]+)\.ipynb\)", page.read_text("utf-8"))
        assert sorted({*listed}) == sorted([*LESSONS, "quickstart"]), page
    assert sorted([*SAID, "own-models"]) == LESSONS


def test_what_was_recorded_for_the_students_is_small_and_knows_no_machine():
    files = [path for path in (NOTEBOOKS / "lesson").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 300_000
    texts = [path.read_text("utf-8") for path in files if path.suffix in (".jsonl", ".csv", ".html", ".md")]
    assert len(texts) == 5
    assert [text for text in texts if re.search(r"\B/(home|root|tmp|work|Users)/", text)] == []


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
