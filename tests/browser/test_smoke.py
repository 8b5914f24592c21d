import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_jupyterlab_runs_a_cell(notebook):
    notebook.open(["print(6 * 7)"])
    cell = notebook.run(0)
    expect(cell.locator(".jp-OutputArea-output")).to_have_text("42")
    notebook.restart_kernel()
    notebook.set_theme("JupyterLab Dark")
    saved = notebook.save()
    assert saved["cells"][0]["outputs"]
