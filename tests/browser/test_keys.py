"""Keys that are pressed in the lab stay there; none of the notebook's is taken where nothing of ours has the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import Notebook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STUDIO = """
from PIL import Image
from r9s_notebook import R9S, ImageGrid, MaskPainter, ParameterPanel, PromptForm, Studio
studio = Studio(R9S.offline(), prompt="a fox", size="256x256")
run = studio.generate().result(60)
studio.image = Image.new("RGB", (64, 48), "red")
studio
"""
PARTS = """
from IPython.display import display
display(PromptForm(studio), ParameterPanel(studio), MaskPainter(Image.new("RGB", (64, 48))))
display(ImageGrid([run.images[0].image()]), run)
"""

# Everything of ours that can have the focus, one of each kind.
FOCUSABLE = """book => {
  const ours = "button, select, input, textarea, summary, a[href], [tabindex]:not([tabindex='-1'])";
  const kinds = new Map();
  for (const el of book.querySelectorAll(`.jp-OutputArea :is(${ours})`)) {
    const kind = [el.tagName, el.type, el.role, ...el.closest("[class*='r9s-']").classList].join(" ");
    if (el.checkVisibility() && !el.disabled && el.type !== "file") kinds.set(kind, el);
  }
  [...kinds.values()].forEach((el, index) => { el.dataset.probe = index; });
  return [...kinds.keys()];
}"""
BOOK = """() => [...document.querySelectorAll(".jp-Notebook .jp-Cell")].map(cell => [...cell.classList]
  .filter(name => /Cell$|jp-mod-(selected|multiSelected|active)/.test(name)).join()
  + (cell.querySelector(".jp-InputPrompt")?.textContent ?? ""))"""
SHUT = """() => {
  for (const over of document.querySelectorAll("dialog[open]")) over.close();  // Shift+Enter pressed a button
  for (const menu of document.querySelectorAll(".r9s-menu")) menu.remove();
}"""
KEYS = ("m", "x", "d", "d", "Control+a", "Control+Shift+ArrowDown", "Shift+Enter")


def wait_for(page: Page, condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        page.wait_for_timeout(50)  # the interval of the poll
    raise AssertionError("it did not come")


def press_everywhere(page: Page) -> list[Any]:
    """What happened to the notebook, by the element that had the focus."""
    names = page.locator(".jp-Notebook").first.evaluate(FOCUSABLE)
    assert len(names) > 30, names
    wrong = []
    for index, name in enumerate(names):
        focus = f"() => {{ const el = document.querySelector('[data-probe=\"{index}\"]'); el?.focus(); return !!el; }}"
        if page.evaluate(focus):
            before = page.evaluate(BOOK)
            for key in KEYS:
                if page.evaluate(focus):  # else a key of ours has put something else in its place
                    page.keyboard.press(key)
            if (now := page.evaluate(BOOK)) != before:
                wrong.append((name, before, now))
            page.evaluate(SHUT)
    return wrong


def test_no_key_that_is_pressed_in_any_part_of_the_lab_reaches_the_notebook(notebook: Notebook, page: Page) -> None:
    notebook.open([STUDIO, PARTS, "x = 1"])
    lab = notebook.run(0).locator(".r9s-studio")
    expect(lab.locator(".r9s-painter.r9s-inked")).to_be_visible()
    notebook.run(1)
    expect(notebook.cell(1).locator(".r9s-painter.r9s-inked")).to_be_visible()
    expect(notebook.cell(1).locator("summary")).to_be_visible()
    lab.get_by_role("button", name="More parameters").click()
    lab.locator(".r9s-history-open").click()
    expect(lab.locator(".r9s-factsheet-actions")).to_be_visible()
    assert press_everywhere(page) == []

    quality = lab.locator(".r9s-quality select")
    quality.focus()
    page.keyboard.press("h")
    expect(quality.locator("option:checked")).to_have_text("high")  # in a list, letters choose

    notebook.cell(2).locator(".jp-InputPrompt").click()
    cells = page.locator(".jp-Notebook .jp-Cell")
    page.keyboard.press("b")
    expect(cells).to_have_count(4)  # where nothing of ours has the focus, all keys are the notebook's
    for number, field in enumerate((quality, lab.get_by_label("Prompt", exact=True))):
        notebook.lay(2, f"saved = {number}")  # something to save
        field.focus()
        page.keyboard.press("Control+s")  # and what is no command for a cell is the host's everywhere
        wait_for(page, lambda number=number: f"saved = {number}" in notebook.file.read_text())
