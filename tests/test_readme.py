"""The code of README and of the how-tos, run in a notebook as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image

from tests.serving import served

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "how-to.md")

# A key in the environment would have the lab of the first blocks call the service too.
BEFORE = """
%load_ext r9s_notebook
import os
os.environ["R9S_BASE_URL"] = "{base}"
animal = "fox"
"""
AFTER = "await edit_image()"


def blocks() -> Iterator[str]:
    for page in PAGES:
        for language, code in re.findall(r"^```(\w*)\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE):
            if language in ("python", ""):
                yield code.strip()


@pytest.mark.slow
def test_every_block_runs_as_it_is_printed(tmp_path: Path):
    Image.new("RGB", (256, 256), "#7fa7c9").save(tmp_path / "photo.png")
    Image.new("RGBA", (256, 256), (0, 0, 0, 0)).save(tmp_path / "mask.png")
    with served("--workers", "0") as base:
        cells = [BEFORE.format(base=base), *blocks(), AFTER]
        assert len(cells) >= 9
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        # An error in a cell is an error of the execution.
        NotebookClient(
            book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
        ).execute()
    for folder in ("handed-on", "data-set"):
        assert (tmp_path / folder / "metadata.jsonl").is_file()
    assert book.cells[-1].outputs[0].data["text/plain"].startswith("b'\\x89PNG")


def test_its_figures_are_those_of_the_page_that_has_them_all():
    text = PAGES[0].read_text("utf-8")
    table = text[text.index("\n## Figures") : text.index("\n## Where")]
    all_of_them = re.findall(r"\d[\d,.]*", (ROOT / "docs" / "figures.md").read_text("utf-8"))
    figures = re.findall(r"\d[\d,.]*", table)
    assert len(figures) > 10
    assert [figure for figure in figures if figure not in all_of_them] == []
