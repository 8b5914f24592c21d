"""What is left of the lab in a saved notebook, and in what is made of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import expect

from tests.browser.lab import Notebook
from tests.browser.studio import RUN_MS, Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUICKSTART = Path(__file__).parent.parent.parent / "notebooks" / "quickstart.ipynb"
HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\"> <script>document.title='owned'</script> "
    "$x$ \\(y\\) [l](javascript:1)"
)


PAINTER = (
    "from PIL import Image\nfrom r9s_notebook import MaskPainter\n"
    "painter = MaskPainter(Image.new('RGB', (80, 40), 'teal'))\npainter"
)


def test_fault_27_a_hostile_prompt_is_text_in_the_live_lab_and_without_a_kernel(notebook, page, tab):
    """And beside it, what a painter alone leaves."""
    lab_cell = f"from r9s_notebook import Studio\nStudio(prompt={HOSTILE!r}, size='256x256')"
    notebook.open([lab_cell, PAINTER, "painter.mask = painter.mask.rect(0, 0, 20, 40)"])
    for index in (1, 2):
        notebook.run(index)
    painted = page.get_by_alt_text(re.compile("25% of 80 x 40 pixels may change"))
    expect(painted).to_be_attached(timeout=RUN_MS)
    expect(painted).to_be_hidden()  # the painter itself is there
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    lab.run(1)
    lab.root.locator(".r9s-show-code").click()
    lab.history.first.hover()
    expect(page.locator("img[src='x']")).to_have_count(0)

    notebook.save()
    reader = notebook.read_in(tab)
    static = reader.cell(0).locator(".r9s-static")
    expect(static).to_contain_text(HOSTILE, timeout=RUN_MS)
    expect(reader.cell(1).get_by_alt_text(re.compile("25% of 80 x 40"))).to_be_visible()
    expect(reader.cell(1).get_by_text(re.compile("Error displaying widget|Loading widget"))).to_be_hidden()
    expect(tab.locator("img[src='x'], .r9s-static script, .r9s-static a")).to_have_count(0)
    assert "owned" not in (page.title(), tab.title())


def test_the_quickstart_shows_its_results_in_jupyterlab_without_a_kernel(lab, tab):
    notebook = Notebook(lab, tab)
    notebook.file.parent.mkdir()
    shutil.copy(QUICKSTART, notebook.file)
    notebook.open(kernel=False)
    pictures = notebook.page.locator(".r9s-static img")
    expect(pictures.first).to_be_visible(timeout=RUN_MS)
    expect(notebook.cell(0).get_by_text(re.compile("Error displaying widget|Loading widget"))).to_be_hidden()
    expect(notebook.cell(0).locator(".r9s-static img")).to_have_count(4)
    expect(notebook.cell(0).get_by_text("<Studio")).to_have_count(0)


def test_the_quickstart_shows_its_results_on_paper(tab, tmp_path):
    """As nbconvert's webpdf prints: its HTML, by Chromium."""
    document, _resources = HTMLExporter().from_notebook_node(nbformat.read(QUICKSTART, as_version=4))
    (tmp_path / "book.html").write_text(document, encoding="utf-8")
    tab.goto((tmp_path / "book.html").as_uri())
    expect(tab.get_by_role("img", name=re.compile("lighthouse")).first).to_be_visible()
    paper = tab.pdf()
    assert paper.startswith(b"%PDF")
    assert len(re.findall(rb"/Subtype\s*/Image", paper)) >= 5
