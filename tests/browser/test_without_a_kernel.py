"""What is left of the lab in a saved notebook, and in what is made of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import expect

from tests.browser.studio import RUN_MS, Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUICKSTART = Path(__file__).parent.parent.parent / "notebooks" / "quickstart.ipynb"
HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\"> <script>document.title='owned'</script> "
    "$x$ \\(y\\) [l](javascript:1)"
)


def test_fault_27_a_hostile_prompt_is_text_in_the_live_lab_and_without_a_kernel(notebook, page):
    notebook.open([f"from r9s_notebook import Studio\nStudio(prompt={HOSTILE!r}, size='256x256')"])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    lab.run(1)
    lab.root.locator(".r9s-show-code").click()
    lab.history.first.hover()
    expect(page.locator("img[src='x']")).to_have_count(0)

    notebook.save()
    notebook.shut_down_kernels()
    notebook.open(kernel=False)
    static = notebook.cell(0).locator(".r9s-static")
    expect(static).to_contain_text(HOSTILE, timeout=RUN_MS)
    expect(page.locator("img[src='x'], .r9s-static script, .r9s-static a")).to_have_count(0)
    assert page.title() != "owned"


def test_the_quickstart_shows_its_results_in_jupyterlab_without_a_kernel(notebook):
    notebook.file.parent.mkdir(parents=True)
    shutil.copy(QUICKSTART, notebook.file)
    notebook.open(kernel=False)
    pictures = notebook.page.locator(".r9s-static img")
    expect(pictures.first).to_be_visible(timeout=RUN_MS)
    expect(notebook.cell(0).get_by_text(re.compile("Error displaying widget|Loading widget"))).to_be_hidden()
    expect(notebook.cell(0).locator(".r9s-static img")).to_have_count(4)
    expect(notebook.cell(0).get_by_text("<Studio")).to_have_count(0)


def test_the_quickstart_shows_its_results_on_paper(page, tmp_path):
    """As nbconvert's webpdf prints: its HTML, by Chromium."""
    document, _resources = HTMLExporter().from_notebook_node(nbformat.read(QUICKSTART, as_version=4))
    (tmp_path / "book.html").write_text(document, encoding="utf-8")
    page.goto((tmp_path / "book.html").as_uri())
    expect(page.get_by_role("img", name=re.compile("lighthouse")).first).to_be_visible()
    paper = page.pdf()
    assert paper.startswith(b"%PDF")
    assert len(re.findall(rb"/Subtype\s*/Image", paper)) >= 5
