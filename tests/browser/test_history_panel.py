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
        self.found = root.get_by_role("list", name="Pictures that were found")
        self.tiles = self.found.locator(".r9s-tile")
        self.strip = root.locator(".r9s-strip .r9s-tile")
        self.sheet = root.locator(".r9s-history-body > .r9s-factsheet")
        self.prompt = self.sheet.locator(".r9s-factsheet-prompt")
        self.count = root.locator(".r9s-found-count")
        self.told = root.locator(".r9s-found .r9s-told")
        self.tree = self.sheet.get_by_role("tree", name="Family of edits")
        self.note = self.sheet.get_by_label("Note", exact=True)
        self.viewer = root.locator(".r9s-viewer")

    def open(self) -> Panel:
        self.opener.click()
        expect(self.tiles.first).to_be_visible(timeout=WAIT_MS)
        return self

    def tile(self, words: str) -> Locator:
        return self.tiles.filter(has_text=words).first.locator(".r9s-tile-face")

    def choose(self, words: str) -> None:
        self.tile(words).click()
        expect(self.prompt).to_have_text(words, timeout=WAIT_MS)

    def do(self, name: str) -> None:
        self.sheet.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def panel(notebook: Desk) -> Panel:
    notebook.open([LAB, "pass", MANY])
    notebook.run(0)
    panel = Panel(notebook.cell(0).locator(".r9s-history"))
    expect(panel.strip).to_have_count(4, timeout=WAIT_MS)
    return panel


def test_a_picture_is_found_marked_used_compared_deleted_and_brought_back(panel: Panel, notebook: Desk, page: Page):
    panel.open()
    expect(panel.strip.first).to_be_hidden()  # one list at a time
    expect(panel.count).to_have_text("5 pictures of 4 runs")

    # Whatever a prompt contains, it is text, and it stays in its place.
    expect(panel.prompt).to_contain_text("<img src=x onerror=", timeout=WAIT_MS)
    assert page.evaluate("window.stolen") is None
    assert panel.root.evaluate("el => el.scrollWidth <= el.clientWidth + 1")

    panel.find.press_sequentially("hous")
    expect(panel.tiles).to_have_count(1, timeout=WAIT_MS)
    expect(panel.count).to_have_text("1 picture of 1 run")

    # Its family: three generations in one line, each edit with its mask. One that was not searched for is looked at.
    expect(panel.tree.get_by_role("treeitem")).to_have_count(3, timeout=WAIT_MS)
    expect(panel.tree.locator(".r9s-masked-ink[style]")).to_have_count(2)
    expect(panel.tree.get_by_role("treeitem", selected=True)).to_have_text(re.compile("a small house"))
    panel.tree.get_by_role("treeitem").first.click()
    expect(panel.prompt).to_have_text("a red balloon", timeout=WAIT_MS)

    # It is rated, starred and noted there as everywhere, and found by that.
    panel.find.fill("balloon")
    expect(panel.tiles).to_have_count(2, timeout=WAIT_MS)
    panel.tile("a red balloon").click()
    page.keyboard.press("4")
    page.keyboard.press("s")
    expect(panel.told).to_have_text("Marked as a favourite.", timeout=WAIT_MS)
    page.keyboard.press("n")
    expect(panel.note).to_be_focused()
    page.keyboard.insert_text("for the cover: grün")
    panel.note.blur()
    expect(panel.told).to_have_text("The note is kept.", timeout=WAIT_MS)
    panel.find.fill("GRÜN")
    expect(panel.tiles).to_have_count(2, timeout=WAIT_MS)
    panel.root.get_by_label("Rating", exact=True).select_option(label="★★★★ or more")
    expect(panel.tiles).to_have_count(1, timeout=WAIT_MS)
    panel.root.get_by_label("Rating", exact=True).select_option(label="★★★★★")
    expect(panel.tiles).to_have_count(0, timeout=WAIT_MS)
    panel.root.get_by_role("button", name="Clear the filters").click()
    expect(panel.tiles).to_have_count(5, timeout=WAIT_MS)
    expect(panel.find).to_be_focused()

    panel.choose("a yellow sun")
    panel.do("Use the prompt only")
    prompt = notebook.cell(0).get_by_label("Prompt", exact=True).first
    expect(prompt).to_have_value("a yellow sun", timeout=WAIT_MS)
    expect(notebook.cell(0).locator(".r9s-painter")).to_be_hidden()
    panel.do("Use all: prompt, parameters and source")
    expect(notebook.cell(0).locator(".r9s-painter")).to_be_visible(timeout=WAIT_MS)
    expect(panel.told).to_have_text("All of it is in the form.", timeout=WAIT_MS)
    panel.do("Copy code: the Python that makes it again")
    expect(panel.told).to_contain_text("copied", timeout=WAIT_MS)
    assert "r9s.images.edit(" in page.evaluate("navigator.clipboard.readText()")

    # Two are set beside one another: what differs in words, and the pictures in the viewer.
    panel.tile("a small house").click(modifiers=["Control"])
    differences = panel.sheet.get_by_role("table")
    expect(differences.get_by_role("row", name=re.compile("^Prompt"))).to_contain_text("a small house", timeout=WAIT_MS)
    expect(differences.locator("del").first).to_have_text("yellow")
    begun = differences.get_by_role("row", name=re.compile("^Begun from"))
    expect(begun.locator(".r9s-masked-ink[style]")).to_have_count(2)
    panel.root.get_by_role("toolbar").get_by_role("button", name="Compare").click()
    expect(panel.viewer.locator(".r9s-pane img[data-original]")).to_have_count(2, timeout=WAIT_MS)
    page.keyboard.press("i")
    expect(panel.viewer.get_by_role("row", name=re.compile("^Prompt"))).to_be_visible(timeout=WAIT_MS)
    page.keyboard.press("Escape")
    expect(panel.viewer).to_be_hidden()

    panel.choose("a yellow sun")
    page.keyboard.press("Delete")
    expect(panel.told).to_contain_text("Deleted 1 picture.", timeout=WAIT_MS)
    expect(panel.tiles).to_have_count(4)
    expect(panel.prompt).to_have_text("a red balloon", timeout=WAIT_MS)  # its neighbour
    panel.told.get_by_role("button", name="Undo").click()
    expect(panel.tiles).to_have_count(5, timeout=WAIT_MS)
    panel.find.press("Escape")
    expect(panel.strip).to_have_count(4)
    expect(panel.strip.first).to_be_visible()
    expect(panel.opener).to_be_focused()


def test_a_family_is_looked_at_closely_in_the_viewer(panel: Panel, page: Page):
    panel.open()
    panel.tile("a small house").dblclick()
    page.keyboard.press("i")
    tree = panel.viewer.get_by_role("tree", name="Family of edits")
    tree.get_by_role("treeitem").first.click(timeout=WAIT_MS)
    expect(panel.viewer.locator(".r9s-viewer-title")).to_contain_text("1 of 2", timeout=WAIT_MS)
    expect(panel.viewer.locator(".r9s-factsheet-prompt")).to_have_text("a red balloon", timeout=WAIT_MS)
    page.keyboard.press("5")
    page.keyboard.press("Escape")
    expect(panel.viewer).to_be_hidden()
    expect(panel.tiles.filter(has_text="a red balloon").first).to_have_attribute("data-rating", "5", timeout=WAIT_MS)


def test_it_is_used_by_keyboard_and_survives_runs_that_vanish(panel: Panel, notebook: Desk, page: Page):
    cells = notebook.page.locator(".jp-Notebook .jp-CodeCell")
    before = cells.count()
    panel.opener.focus()
    page.keyboard.press("Enter")
    expect(panel.find).to_be_focused()
    expect(panel.tiles).to_have_count(5, timeout=WAIT_MS)
    page.keyboard.press("ArrowDown")
    expect(panel.tiles.first.locator(".r9s-tile-face")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(panel.prompt).to_have_text("a small house", timeout=WAIT_MS)
    page.keyboard.press("Shift+ArrowRight")
    expect(panel.sheet.get_by_role("table")).to_be_visible(timeout=WAIT_MS)
    page.keyboard.press("Escape")  # the two are let go, then the panel
    expect(panel.sheet.get_by_role("table")).to_have_count(0, timeout=WAIT_MS)
    page.keyboard.press("q")
    page.keyboard.press("j")
    page.keyboard.press("j")  # to JupyterLab: other cells
    expect(cells).to_have_count(before)

    # Another kernel deletes a run: the page does not know yet.
    code = "lab.store.delete(next(run.id for run in lab.runs if run.prompt == 'a yellow sun'))"
    notebook.lay(1, code)
    notebook.run(1)
    panel.tile("a small house").click()
    panel.tile("a yellow sun").click()
    expect(panel.told).to_have_text("This picture is gone: it was deleted, here or in another lab.", timeout=WAIT_MS)
    expect(panel.tiles).to_have_count(4)
    expect(panel.prompt).to_have_text("a red balloon", timeout=WAIT_MS)  # its neighbour


def test_ten_thousand_runs_are_paged_and_only_the_tiles_in_sight_exist(panel: Panel, notebook: Desk):
    notebook.run(2)
    panel.open()
    panel.root.get_by_text("Whole project").click()
    expect(panel.count).to_have_text("More than 60 pictures of 60 runs, newest first", timeout=WAIT_MS)
    expect(panel.tiles.first).to_contain_text("run number 9999")
    scroller = panel.root.locator(".r9s-found .r9s-has-window")
    for runs in (120, 180, 240):
        scroller.evaluate("el => { el.scrollTop = el.scrollHeight; }")
        expect(panel.count).to_have_text(re.compile(rf"^More than {runs} "), timeout=WAIT_MS)
    assert panel.tiles.count() < 60
    expect(panel.tiles.last.locator("img")).to_have_js_property("complete", True)
    panel.find.fill("number 4321")
    expect(panel.tiles).to_have_text([re.compile("run number 4321")], timeout=WAIT_MS)


# The theme is new, and what JupyterLab took out of the page for it is back and drawn.
THEME_IS_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
UNCOVERED = """list => {
  const { top, bottom } = list.parentElement.getBoundingClientRect();
  const tiles = [...list.querySelectorAll(".r9s-tile")].map(tile => tile.getBoundingClientRect());
  const highest = Math.min(...tiles.map(tile => tile.top)), lowest = Math.max(...tiles.map(tile => tile.bottom));
  const end = Math.min(bottom, list.getBoundingClientRect().bottom - 8);
  return Math.max(0, highest - top - 8) + Math.max(0, end - lowest);
}"""


def test_the_tiles_stay_when_the_theme_changes(panel: Panel, notebook: Desk, page: Page):
    notebook.lay(2, MANY.replace("10_000", "300"))
    notebook.run(2)
    panel.open()
    panel.root.get_by_text("Whole project").click()
    expect(panel.tiles.first).to_contain_text("run number 299", timeout=WAIT_MS)
    for theme, scrolled in (("JupyterLab Dark", 0), ("JupyterLab Light", 1200)):
        panel.found.evaluate("(list, to) => { list.parentElement.scrollTop = to; }", scrolled)
        notebook.set_theme(theme)
        page.evaluate(THEME_IS_DRAWN)
        expect(panel.found).to_be_visible()
        assert panel.found.evaluate(UNCOVERED) < 1


FADED_AT_THE_END = """sheet => {
  sheet.scrollTop = sheet.scrollHeight;
  const { bottom } = sheet.getBoundingClientRect();
  return sheet.lastElementChild.getBoundingClientRect().bottom - (bottom - 32);
}"""


def test_it_holds_at_any_width_in_both_themes(panel: Panel, notebook: Desk, page: Page):
    panel.open()
    panel.choose("a small house")
    expect(panel.tree).to_be_visible(timeout=WAIT_MS)
    expect(panel.sheet).to_have_css("mask-image", re.compile("^linear-gradient"))
    assert panel.sheet.evaluate(FADED_AT_THE_END) < 1  # more fades, the end does not
    for theme, width in itertools.product(("JupyterLab Dark", "JupyterLab Light"), (600, 1600)):
        page.set_viewport_size({"width": 1280, "height": 900})
        notebook.set_theme(theme)
        page.set_viewport_size({"width": width, "height": 1000})
        expect(panel.sheet).to_be_visible()
        assert panel.root.evaluate("el => el.scrollWidth <= el.clientWidth + 1")
        for control in (panel.find, panel.found, panel.sheet, panel.note):
            box, frame = control.bounding_box(), panel.root.bounding_box()
            assert box is not None
            assert frame is not None
            assert frame["x"] - 1 <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
