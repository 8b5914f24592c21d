"""A notebook that a program executes, with nobody in front of it: its history lies beside it, and its pictures show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter, SlidesExporter

from r9s_notebook import History

pytestmark = pytest.mark.slow

CELLS = (
    "from r9s_notebook import Studio\nstudio = Studio(prompt='a red fox', size='256x256')\nstudio",
    "run = studio.generate().result()",
    "%load_ext r9s_notebook",
    "%%imagine --size 256x256\na blue owl",
)
BIN = Path(sys.executable).parent
PROGRAMS = {
    "papermill": [sys.executable, "-m", "papermill", "in/book.ipynb", "out/{animal}.ipynb", "-p", "animal", "fox"],
    "nbclient": ([str(BIN / "jupyter-execute"), "in/book.ipynb", "--inplace"]),
    "nbconvert": ([str(BIN / "jupyter-nbconvert"), "--execute", "--to", "notebook", "--inplace", "in/book.ipynb"]),
}
WRITTEN = {"papermill": "out/fox.ipynb", "nbclient": "in/book.ipynb", "nbconvert": "in/book.ipynb"}


@pytest.mark.parametrize("program", PROGRAMS)
def test_its_history_lies_beside_the_notebook_and_its_pictures_are_in_it(program: str, tmp_path: Path) -> None:
    for folder in ("in", "out"):
        (tmp_path / folder).mkdir()
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code) for code in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(book, tmp_path / "in" / "book.ipynb")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("R9S_")}
    # As where it is started from another notebook, or from a terminal that one has opened.
    environ = {**kept, "JPY_SESSION_NAME": "/elsewhere/outer.ipynb"}
    done = subprocess.run(
        PROGRAMS[program], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr

    written = tmp_path / WRITTEN[program]
    assert [path.parent for path in tmp_path.rglob(".r9s")] == [written.parent]
    with History(written.parent) as history:
        assert [run.prompt for run in history.search(notebook=written.name)] == ["a blue owl", "a red fox"]
        assert len(history) == 2

    result = nbformat.read(written, as_version=4)
    studio, magic = [next(cell for cell in result.cells if cell.source == code) for code in (CELLS[0], CELLS[3])]
    assert [["<img " in str(out.get("data", "")) for out in cell.outputs] for cell in (studio, magic)] == [
        [False, True],  # the live lab, which nobody sees, and beside it what was made
        [True],
    ]
    for exporter in (HTMLExporter(), SlidesExporter()):
        page, _resources = exporter.from_notebook_node(result)
        assert page.count('src="data:image/') == 2
