"""Fault 27 in a real browser: what a notebook shows of a hostile prompt is its text, and nothing of it runs."""

from __future__ import annotations

import io
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter, SlidesExporter
from playwright.sync_api import Page

from r9s_notebook.archive.history import History
from r9s_notebook.history import NewRun, Store
from tests.archive._history_help import new_image, picture

pytestmark = pytest.mark.browser

HOSTILE = (
    "<img src=x onerror='window.ran=1'><script>window.ran=2</script>\" onload=\"window.ran=3 </p></div></table>"
    "<svg onload=window.ran=4> javascript:window.ran=5 $\\alpha$ \\(\\beta\\) 🐱 שלום"
)


@pytest.fixture
def history(tmp_path: Path) -> History:
    store = Store(tmp_path / ".r9s")
    run = store.begin(NewRun(prompt=HOSTILE, params={"user": HOSTILE}, requested_model=HOSTILE, note=HOSTILE))
    store.complete(run.id, [new_image(picture("teal"), HOSTILE), new_image(picture("navy"), HOSTILE)])
    store.fail(store.begin(NewRun(prompt=HOSTILE)).id, HOSTILE)
    return History(store=store)


def pages(history: History, folder: Path) -> list[Path]:
    """The run, the list and the contact sheet as nbconvert and the export write them."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell("run") for _ in range(3)]
    bundles = (history[0]._repr_mimebundle_(), history[1]._repr_mimebundle_(), history._repr_mimebundle_())
    for cell, bundle in zip(notebook.cells, bundles, strict=True):
        cell.outputs = [nbformat.v4.new_output("display_data", bundle)]
    written = io.StringIO()
    nbformat.write(notebook, written)
    found = [folder / "page.html", folder / "slides.html"]
    for path, exporter in zip(found, (HTMLExporter(), SlidesExporter()), strict=True):
        path.write_text(exporter.from_notebook_node(nbformat.reads(written.getvalue(), 4))[0])
    return [*found, history.export(folder / "export") / "index.html"]


def test_nothing_of_a_hostile_prompt_runs_and_all_of_it_is_read(history: History, tab: Page, tmp_path: Path) -> None:
    tab.route("http*://**", lambda route: route.abort())
    for path in pages(history, tmp_path):
        tab.goto(path.as_uri(), wait_until="domcontentloaded")
        assert tab.evaluate("window.ran") is None
        assert "<script>window.ran=2</script>" in (tab.locator("body").text_content() or "")
        broken = "[...document.images].filter(image => image.complete && !image.naturalWidth).length"
        assert tab.evaluate(broken) == 0
        assert tab.locator("img[alt]").count() == tab.locator("img").count() >= 2
