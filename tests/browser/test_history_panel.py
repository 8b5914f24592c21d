"""The history as a person looks through it: searched, opened, compared, noted, deleted, by pointer and by keyboard."""

from __future__ import annotations

import itertools
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAIT_MS = 60_000
HOSTILE = '<img src=x onerror="window.stolen = true"> \u202eevil ' + "long " * 4000

LAB = f"""
import tempfile
from r9s_notebook import Mask, Studio
studio = Studio(size="256x256", history=tempfile.mkdtemp())
lab = studio.session

def make(prompt, n=1):
    lab.prompt, lab.n = prompt, n
    lab.generate().result()

def edit(prompt, mask):
    lab.edit_image()
    lab.mask = mask
    make(prompt)
    lab.stop_editing()

make("a red balloon", n=2)
edit("a yellow sun", Mask.blank(256, 256).ellipse(150, 20, 230, 100))
edit("a small house", Mask.blank(256, 256).rect(40, 150, 120, 230))
make({HOSTILE!r})
studio
"""

MANY = """
import datetime, sqlite3
from r9s_notebook.history import Run
from r9s_notebook.history.ids import Clockwork
from r9s_notebook.history.rows import insert_run
from r9s_notebook.history import search

(image,) = lab.run.images
clock = Clockwork()

def fill(connection):
    for number in range(10_000):
        created = datetime.datetime.now(datetime.UTC)
        run = Run(id=clock.next_id(None), created=created, prompt=f"run number {number}", status="succeeded",
                  params={"size": "256x256"}, notebook="other.ipynb", cell_id="other", images=(image,))
        insert_run(connection, run)
        search.index(connection, run, new=True)

studio.history.store._backend.write(fill)
"""


class Panel:
    """What a person sees of the history."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.opener = root.get_by_role("button", name="Search and compare")
        self.find = root.get_by_label("Search prompts, notes and models")
        self.list = root.get_by_role("listbox", name="Runs that were found")
        self.runs = root.locator(".r9s-run")
        self.strip = root.locator(".r9s-tile")
        self.detail = root.get_by_role("region", name="The chosen run")
        self.status = root.locator(".r9s-timeline-status")
        self.tree = root.get_by_role("tree", name="Family of edits")
        self.note = root.get_by_label("Note", exact=True)

    def open(self) -> Panel:
        self.opener.click()
        expect(self.runs.first).to_be_visible(timeout=WAIT_MS)
        return self

    def choose(self, words: str) -> None:
        self.runs.filter(has_text=words).first.click()
        expect(self.detail.locator(".r9s-detail-prompt")).to_have_text(words, timeout=WAIT_MS)

    def do(self, name: str) -> None:
        self.detail.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def panel(notebook: Desk) -> Panel:
    notebook.open([LAB, "pass", MANY])
    notebook.run(0)
    panel = Panel(notebook.cell(0).locator(".r9s-history"))
    expect(panel.strip).to_have_count(4, timeout=WAIT_MS)
    return panel


def test_a_run_is_found_opened_restored_noted_compared_and_deleted(panel: Panel, notebook: Desk, page: Page):
    panel.open()
    expect(panel.strip.first).to_be_hidden()  # one list at a time

    # Whatever a prompt contains, it is text, and it stays in its place.
    expect(panel.detail.locator(".r9s-detail-prompt")).to_contain_text("<img src=x onerror=", timeout=WAIT_MS)
    assert page.evaluate("window.stolen") is None
    assert panel.root.evaluate("el => el.scrollWidth <= el.clientWidth + 1")

    panel.find.press_sequentially("hous")
    expect(panel.runs).to_have_count(1, timeout=WAIT_MS)
    expect(panel.status).to_have_text("1 run")

    # Its family: three generations in one line, each edit with its mask.
    expect(panel.tree.get_by_role("treeitem")).to_have_count(3, timeout=WAIT_MS)
    expect(panel.tree.locator(".r9s-masked-ink[style]")).to_have_count(2)
    expect(panel.tree.get_by_role("treeitem", selected=True)).to_have_text(re.compile("a small house"))
    panel.tree.get_by_role("treeitem").first.click()
    expect(panel.detail.locator(".r9s-detail-results img")).to_have_count(2, timeout=WAIT_MS)

    panel.do("Favourite")
    expect(panel.status).to_have_text("Marked as a favourite.", timeout=WAIT_MS)
    panel.note.fill("for the cover: grün")
    panel.note.blur()
    expect(panel.status).to_have_text("The note is kept.", timeout=WAIT_MS)
    panel.find.fill("GRÜN")
    expect(panel.runs).to_have_text([re.compile("a red balloon")], timeout=WAIT_MS)
    expect(panel.note).to_have_value("for the cover: grün", timeout=WAIT_MS)
    panel.find.fill("nothing of the kind")
    panel.root.get_by_role("button", name="Clear the filters").click()
    expect(panel.runs).to_have_count(4, timeout=WAIT_MS)
    expect(panel.find).to_be_focused()

    panel.choose("a yellow sun")
    # Its buttons are one row, and no caption lies on a picture.
    assert panel.detail.locator(".r9s-detail-actions").evaluate("row => row.clientHeight") < 40
    source = panel.detail.locator(".r9s-origin")
    caption, image = source.locator("figcaption").bounding_box(), source.locator("img").bounding_box()
    assert caption is not None
    assert image is not None
    assert caption["y"] >= image["y"] + image["height"]
    panel.do("Use the prompt only")
    prompt = notebook.cell(0).get_by_label("Prompt", exact=True).first
    expect(prompt).to_have_value("a yellow sun", timeout=WAIT_MS)
    expect(notebook.cell(0).locator(".r9s-painter")).to_be_hidden()
    panel.do("Use all: prompt, parameters, source and pictures")
    expect(notebook.cell(0).locator(".r9s-painter")).to_be_visible(timeout=WAIT_MS)
    expect(panel.status).to_have_text("The lab is as it was for this run.", timeout=WAIT_MS)
    copy = panel.detail.get_by_role("button", name="Copy code")
    copy.click()
    expect(copy).to_have_attribute("data-told", "Copied")
    expect(copy).not_to_have_attribute("data-told", re.compile(""), timeout=WAIT_MS)
    expect(panel.status).to_contain_text("copied")
    assert "r9s.images.edit(" in page.evaluate("navigator.clipboard.readText()")

    panel.runs.filter(has_text="a small house").click(modifiers=["Control"])
    differences = panel.detail.get_by_role("table")
    expect(differences.get_by_role("row", name=re.compile("^Prompt"))).to_contain_text("a small house", timeout=WAIT_MS)
    expect(differences.locator("del").first).to_have_text("yellow")
    begun = differences.get_by_role("row", name=re.compile("^Begun from"))
    expect(begun.locator(".r9s-masked-ink[style]")).to_have_count(2)

    panel.choose("a yellow sun")
    panel.do("Delete this run")
    expect(panel.detail.get_by_role("button", name="Keep")).to_be_focused()
    panel.detail.get_by_role("button", name="Delete", exact=True).click()
    expect(panel.status).to_have_text("The run is deleted.", timeout=WAIT_MS)
    expect(panel.runs).to_have_count(3)
    expect(panel.detail.locator(".r9s-detail-prompt")).to_have_text("a red balloon", timeout=WAIT_MS)
    panel.root.get_by_role("button", name="Close").click()
    expect(panel.strip).to_have_count(3)


def test_it_is_used_by_keyboard_and_survives_runs_that_vanish(panel: Panel, notebook: Desk, page: Page):
    cells = notebook.page.locator(".jp-Notebook .jp-CodeCell")
    before = cells.count()
    panel.opener.focus()
    page.keyboard.press("Enter")
    expect(panel.find).to_be_focused()
    expect(panel.runs).to_have_count(4, timeout=WAIT_MS)
    page.keyboard.press("ArrowDown")
    expect(panel.list).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(panel.detail.locator(".r9s-detail-prompt")).to_have_text("a small house", timeout=WAIT_MS)
    page.keyboard.press("Control+ArrowDown")
    page.keyboard.press("Control+Space")
    expect(panel.detail.get_by_role("table")).to_be_visible(timeout=WAIT_MS)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(panel.detail.locator(".r9s-detail-prompt")).to_have_text("a small house", timeout=WAIT_MS)
    page.keyboard.press("Delete")
    expect(panel.detail.get_by_role("button", name="Keep")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    page.keyboard.press("d")  # to JupyterLab: delete the cell
    expect(cells).to_have_count(before)

    # Another kernel deletes a run: the list does not know yet.
    code = "lab.store.delete(next(run.id for run in lab.runs if run.prompt == 'a yellow sun'))"
    notebook.lay(1, code)
    notebook.run(1)
    panel.runs.filter(has_text="a yellow sun").click()
    expect(panel.status).to_have_text("This run is gone: it was deleted, here or in another lab.", timeout=WAIT_MS)
    expect(panel.runs).to_have_count(3)


def test_ten_thousand_runs_are_paged_and_only_the_rows_in_sight_exist(panel: Panel, notebook: Desk, page: Page):
    notebook.run(2)
    panel.open()
    panel.root.get_by_text("Whole project").click()
    expect(panel.status).to_have_text("More than 60 runs, newest first", timeout=WAIT_MS)
    expect(panel.runs.first).to_contain_text("run number 9999")
    for pages in range(2, 6):
        panel.list.evaluate("el => { el.scrollTop = el.scrollHeight; }")
        height = pages * 60 * 60
        page.wait_for_function(
            "least => document.querySelector('.r9s-runs').scrollHeight >= least", arg=height, timeout=WAIT_MS
        )
    assert panel.runs.count() < 40
    expect(panel.runs.last.locator("img")).to_have_js_property("complete", True)
    panel.find.fill("number 4321")
    expect(panel.runs).to_have_text([re.compile("run number 4321")], timeout=WAIT_MS)


# The theme is new, and what JupyterLab took out of the page for it is back and drawn.
THEME_IS_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
UNCOVERED = """list => {
  const { top, bottom } = list.getBoundingClientRect();
  const rows = [...list.querySelectorAll(".r9s-run")].map(row => row.getBoundingClientRect());
  const inside = Math.min(bottom, list.firstElementChild.getBoundingClientRect().bottom) - top;
  const seen = rows.map(row => Math.min(row.bottom + 4, bottom) - Math.max(row.top, top)).filter(part => part > 0);
  return inside - seen.reduce((sum, part) => sum + part, 0);
}"""


def test_the_list_keeps_its_rows_when_the_theme_changes(panel: Panel, notebook: Desk, page: Page):
    notebook.lay(2, MANY.replace("10_000", "300"))
    notebook.run(2)
    panel.open()
    panel.root.get_by_text("Whole project").click()
    expect(panel.runs.first).to_contain_text("run number 299", timeout=WAIT_MS)
    for theme, scrolled in (("JupyterLab Dark", 0), ("JupyterLab Light", 1200)):
        panel.list.evaluate("(list, to) => { list.scrollTop = to; }", scrolled)
        notebook.set_theme(theme)
        page.evaluate(THEME_IS_DRAWN)
        expect(panel.list).to_be_visible()
        assert panel.list.evaluate(UNCOVERED) < 1


FADED_AT_THE_END = """detail => {
  detail.scrollTop = detail.scrollHeight;
  const { bottom } = detail.getBoundingClientRect();
  return detail.lastElementChild.getBoundingClientRect().bottom - (bottom - 32);
}"""


@pytest.mark.usefixtures("page")
def test_a_long_detail_fades_where_there_is_more_and_nowhere_at_its_end(panel: Panel):
    panel.open()
    panel.choose("a small house")
    expect(panel.tree).to_be_visible(timeout=WAIT_MS)
    expect(panel.detail).to_have_css("mask-image", re.compile("^linear-gradient"))
    assert panel.detail.evaluate("el => el.scrollHeight > el.clientHeight")
    assert panel.detail.evaluate(FADED_AT_THE_END) < 1


def test_it_holds_at_any_width_in_both_themes(panel: Panel, notebook: Desk, page: Page):
    panel.open()
    panel.choose("a small house")
    expect(panel.tree).to_be_visible(timeout=WAIT_MS)
    for theme, width in itertools.product(("JupyterLab Dark", "JupyterLab Light"), (600, 1600)):
        page.set_viewport_size({"width": 1280, "height": 900})
        notebook.set_theme(theme)
        page.set_viewport_size({"width": width, "height": 1000})
        expect(panel.detail).to_be_visible()
        assert panel.root.evaluate("el => el.scrollWidth <= el.clientWidth + 1")
        for control in (panel.find, panel.list, panel.detail, panel.note):
            box, frame = control.bounding_box(), panel.root.bounding_box()
            assert box is not None
            assert frame is not None
            assert frame["x"] - 1 <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
