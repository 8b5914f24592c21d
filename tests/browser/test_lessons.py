"""The lessons in JupyterLab: run from top to bottom, and then what their exercises ask of a hand."""

from __future__ import annotations

import re
import shutil
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import JupyterLab, Notebook
from tests.browser.studio import RUN_MS, Lab

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).parent.parent.parent / "notebooks"


def run_all(server: JupyterLab, page: Page, name: str) -> Notebook:
    """A copy of the lesson, with what lies beside it, run by the menu's command."""
    book = Notebook(server, page, f"{uuid.uuid4().hex[:8]}/{name}.ipynb")
    shutil.copytree(NOTEBOOKS, book.file.parent, ignore=shutil.ignore_patterns(".*"))
    book.open()
    page.locator(".lm-MenuBar-item", has_text="Run").click()
    page.locator(".lm-Menu-item", has_text="Run All Cells").first.click()
    last = page.locator(".jp-Notebook .jp-CodeCell").last
    expect(last.locator(".jp-InputPrompt")).to_contain_text(re.compile(r"\d"), timeout=2 * RUN_MS)
    failed = [out for cell in book.save()["cells"] for out in cell.get("outputs", ()) if out["output_type"] == "error"]
    assert failed == []
    return book


def shown(page: Page, code: str, inside: str = ".r9s-studio") -> Locator:
    """What the cell with that code shows, in sight."""
    cell = page.locator(".jp-Notebook .jp-CodeCell", has_text=code).first
    cell.scroll_into_view_if_needed()
    root = cell.locator(inside).first
    expect(root).to_be_visible(timeout=RUN_MS)
    root.scroll_into_view_if_needed()
    return root


def by_choice(_page: Page, lab: Lab) -> None:
    lab.type_prompt("A {fox|bear} in a {forest|desert}")
    expect(lab.generate).to_have_text("Start 4 calls")
    lab.root.get_by_label("Draw one at random").check()
    expect(lab.status).to_contain_text(re.compile(r"^1 image in"), timeout=RUN_MS)


def by_wand(page: Page, lab: Lab) -> None:
    said = lab.painter.locator(".r9s-painter-status")
    lab.drag(page, [(0.1, 0.1), (0.2, 0.1)])
    expect(said).to_contain_text("%")
    page.keyboard.press("Delete")
    page.keyboard.press("w")
    lab.drag(page, [(300 / 600, 140 / 400)])
    expect(said).to_contain_text(re.compile(r"[1-9][\d.]*\s?%"), timeout=RUN_MS)
    before = said.inner_text()
    page.keyboard.press(".")
    expect(said).not_to_have_text(before, timeout=RUN_MS)
    lab.generate.click()
    expect(lab.status).to_contain_text(re.compile(r"^1 image in"), timeout=RUN_MS)


def by_comparison(page: Page, lab: Lab) -> None:
    lab.results.first.click()
    page.keyboard.press("c")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=RUN_MS)
    page.keyboard.press("Escape")


def by_recording(_page: Page, lab: Lab) -> None:
    recorded = lab.root.get_by_label("Recorded")
    recorded.select_option(index=2)
    expect(lab.prompt).not_to_have_value("")  # what is shown is what is sent: the words must be there first
    lab.generate.click()
    expect(lab.status).to_contain_text(re.compile(r"^1 image in"), timeout=RUN_MS)


@pytest.mark.parametrize(
    ("name", "cell", "exercise"),
    [
        ("prompting", "lab = Studio(", by_choice),
        ("inpainting", 'lab = Studio(image="coffee.jpg"', by_wand),
        ("lesson", "lab = Studio()", by_comparison),
        ("teaching", "Studio(lesson)", by_recording),
    ],
)
def test_a_hand_does_what_a_lesson_asks_of_it(lab, tab, name, cell, exercise):
    book = run_all(lab, tab, name)
    exercise(tab, Lab(shown(tab, cell)))
    book.close()


def test_five_stars_that_a_hand_gives_are_found_by_code(lab, tab):
    book = run_all(lab, tab, "choosing")
    root = shown(tab, "birds = sweep(", ".r9s-sweep")
    root.get_by_role("button", name="Choose").click()
    for _ in range(2):
        tab.keyboard.press("5")
    tab.keyboard.press("Escape")
    cell = tab.locator(".jp-Notebook .jp-CodeCell", has_text="best = History().pictures(min_rating=5)").first
    cell.locator(".cm-content").click()
    tab.keyboard.press("Control+Enter")
    expect(cell.locator(".r9s-static img")).to_have_count(6, timeout=RUN_MS)  # four owls, and two penguins
    book.close()
