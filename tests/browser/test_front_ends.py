"""The lab in Notebook 7, behind a proxy such as a hub's; all other tests in a browser drive JupyterLab."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.bench.delaying_proxy import DelayingProxy
from tests.browser.lab import JupyterLab, Notebook
from tests.browser.studio import RUN_MS, STUDIO, Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def proxied(lab: JupyterLab) -> Iterator[JupyterLab]:
    """The server as a hub's users reach it: on another port, from which a proxy hands everything on."""
    address = urlsplit(lab.url)
    with DelayingProxy(address.port or 0).running() as proxy:
        yield replace(lab, url=f"http://127.0.0.1:{proxy.port}{address.path}", is_notebook=True)


def test_from_a_prompt_to_an_edit_through_a_reload_to_a_reader_without_a_kernel_in_notebook_7(
    proxied: JupyterLab, tab: Page
) -> None:
    notebook = Notebook(proxied, tab).open([STUDIO, "print(studio.mask.size, 0.01 < studio.mask.coverage < 0.9)"])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.prompt).to_be_visible(timeout=RUN_MS)
    lab.type_prompt("a red balloon")
    lab.choose("size", "256x256")
    lab.run(1)
    lab.root.locator(".r9s-edit").click()
    lab.drag(tab, [(0.3, 0.3), (0.7, 0.3), (0.7, 0.6)])
    expect(notebook.run(1).locator(".jp-OutputArea-output")).to_have_text("(256, 256) True")
    lab.type_prompt("a yellow sun")
    lab.run(1)
    notebook.save()

    tab.reload()
    expect(notebook.cell(0)).to_be_visible(timeout=RUN_MS)
    notebook.expect_idle()
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.history).to_have_count(2, timeout=RUN_MS)
    expect(lab.prompt).to_have_value("a yellow sun")
    assert (notebook.file.parent / ".r9s" / "history.db").is_file()

    notebook.shut_down_kernels()
    reader = Notebook(proxied, tab)
    reader.file.parent.mkdir()
    shutil.copy(notebook.file, reader.file)
    reader.open(kernel=False)
    static = reader.cell(0).locator(".r9s-static img")
    expect(static.first).to_be_visible(timeout=RUN_MS)
    expect(reader.cell(0).get_by_text(re.compile("Error displaying widget|Loading widget"))).to_be_hidden()
