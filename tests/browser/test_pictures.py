"""Pictures come first: looked at closely, compared, chosen and taken away, by hand and by key."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Download, expect

from r9s_notebook.history import Store
from tests.browser.studio import RUN_MS, SERVICE, Lab, open_studio
from tests.client.loopback import B64

pytestmark = pytest.mark.browser

MANY = """
from PIL import Image
from r9s_notebook import ImageGrid
grid = ImageGrid([Image.new("RGB", (32, 32), (n % 256, n // 4 % 256, 90)) for n in range(1000)])
grid
"""


PRESS = """(stage, key) => {
  stage.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  return getComputedStyle(document.querySelector(".r9s-factsheet .r9s-facts")).visibility;
}"""


def run_of(lab: Lab, images: int, words: str) -> None:
    lab.choose("size", "256x256")
    lab.type_prompt(words)
    field = lab.root.locator(".r9s-n input")
    field.fill(str(images))
    field.press("Tab")
    lab.run(images)


def tile(lab: Lab, index: int):
    return lab.root.locator(".r9s-grid .r9s-tile").nth(index)


def saved(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_a_picture_is_looked_at_closely_rated_noted_and_taken_away(notebook, page):
    lab = open_studio(notebook)
    run_of(lab, 3, "an owl")
    tile(lab, 0).locator(".r9s-tile-face").dblclick()
    viewer = lab.root.locator(".r9s-viewer")
    picture = viewer.locator(".r9s-pane img").first
    expect(picture).to_have_attribute("data-original", "true", timeout=RUN_MS)
    expect(viewer.locator(".r9s-viewer-title")).to_contain_text("1 of 3 · 256 x 256 · seed ")
    page.keyboard.press("ArrowRight")
    expect(viewer.locator(".r9s-viewer-title")).to_contain_text("2 of 3")

    page.keyboard.press("z")  # 100 %
    expect(viewer.locator(".r9s-zoom")).to_have_text("100 %")
    page.keyboard.press("z")
    expect(viewer.locator(".r9s-zoom")).to_have_text("Fit")
    box = viewer.locator(".r9s-pane").bounding_box()
    at = (box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.3)
    under = "([x, y]) => { const b = document.querySelector('.r9s-pane img').getBoundingClientRect();"
    under += " return [(x - b.x) / b.width, (y - b.y) / b.height] }"
    before = page.evaluate(under, at)
    page.mouse.move(*at)
    for _ in range(6):
        page.mouse.wheel(0, -300)
    expect(viewer.locator(".r9s-zoom")).not_to_have_text("Fit")
    after = page.evaluate(under, at)
    assert after == pytest.approx(before, abs=0.01)  # the point under the pointer stays there

    page.keyboard.press("4")
    page.keyboard.press("i")
    note = viewer.locator("textarea")
    note.fill("for the cover")
    note.press("Escape")
    expect(viewer.locator(".r9s-told")).to_have_text("The note is kept.")
    sheet = viewer.locator(".r9s-factsheet")
    for key, at in (("ArrowRight", 3), ("ArrowLeft", 2)):
        # Until its own facts are here, none are shown: never those of the picture before.
        assert viewer.locator(".r9s-viewer-stage").evaluate(PRESS, key) == "hidden"
        expect(sheet.locator(".r9s-facts")).to_contain_text(f"{at} of 3")
        expect(sheet.locator(".r9s-facts")).to_be_visible()
    expect(sheet.locator("textarea")).to_have_value("for the cover")
    with page.expect_download() as download:
        page.keyboard.press("d")
    assert re.fullmatch(r"\d{8}-\d{6}-an-owl-\w+-2\.png", download.value.suggested_filename)

    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(tile(lab, 1).locator(".r9s-tile-face")).to_be_focused()
    expect(tile(lab, 1)).to_have_attribute("data-rating", "4")
    with Store(notebook.home, frozen=True) as store:
        (run,) = store
        kept = run.images[1]
        assert (kept.rating, kept.note) == (4, "for the cover")
        assert saved(download.value) == store.image_bytes(kept.sha256)


def test_two_pictures_are_compared_in_every_way(notebook, page):
    lab = open_studio(notebook)
    run_of(lab, 2, "a boat")
    tile(lab, 0).locator(".r9s-tile-face").click()
    tile(lab, 1).locator(".r9s-tile-face").click(modifiers=["Control"])
    lab.root.get_by_role("toolbar", name="The chosen pictures").get_by_role("button", name="Compare").click()
    viewer = lab.root.locator(".r9s-viewer")
    expect(viewer.locator(".r9s-pane img[data-original]")).to_have_count(2, timeout=RUN_MS)
    second = viewer.locator(".r9s-pane img").nth(1)
    slider = viewer.get_by_role("slider")
    before = second.evaluate("e => e.style.clipPath")
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] - 130, box["y"] + 200, steps=4)
    page.mouse.up()
    assert second.evaluate("e => e.style.clipPath") != before
    expect(viewer.locator(".r9s-viewer-title")).to_have_text("a boat (1 of 2) | a boat (2 of 2)")
    viewer.locator(".r9s-viewer-stage").focus()
    page.keyboard.down(" ")
    expect(second).to_have_css("clip-path", "none")  # flicker: all of the second
    page.keyboard.up(" ")
    page.keyboard.press("d")
    expect(viewer.locator(".r9s-told")).to_have_text(re.compile(r"^[\d.]+ % of the pixels differ\.$"), timeout=RUN_MS)
    page.keyboard.press("p")
    expect(viewer.locator(".r9s-pane")).to_have_count(2)
    page.keyboard.press("+")
    widths = viewer.locator(".r9s-pane img").evaluate_all("all => all.map(e => e.style.width)")
    assert len(set(widths)) == 1  # they zoom together


def test_of_a_thousand_pictures_those_in_sight_are_in_the_page_and_many_are_taken_at_once(notebook, page):
    notebook.open([MANY])
    grid = notebook.run(0).locator(".r9s-grid")
    tiles = grid.locator(".r9s-tile")
    expect(tiles.first.locator("img")).to_be_visible(timeout=RUN_MS)
    assert tiles.count() < 120
    grid.locator(".r9s-gallery-scroller").evaluate("e => e.scrollTop = e.scrollHeight")
    last = grid.locator(".r9s-tile[aria-posinset='1000']")
    expect(last.locator("img")).to_be_visible(timeout=RUN_MS)
    assert tiles.count() < 120

    last.locator(".r9s-tile-face").click()
    page.keyboard.press("Home")
    expect(grid.locator(".r9s-tile[aria-posinset='1'] .r9s-tile-face")).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    bar = grid.get_by_role("toolbar")
    expect(bar).to_contain_text("3 pictures chosen")
    with page.expect_download() as download:
        bar.get_by_role("button", name="ZIP").click()
    assert len(zipfile.ZipFile(io.BytesIO(saved(download.value))).namelist()) == 3
    page.keyboard.press("Control+a")
    expect(bar).to_contain_text("1,000 pictures chosen")


def test_pictures_are_culled_by_key_and_the_kept_are_exported(notebook, page):
    lab = open_studio(notebook, "studio.grid.look('cull')")
    run_of(lab, 4, "a lighthouse")
    notebook.run(1)
    viewer = lab.root.locator(".r9s-viewer")
    title = viewer.locator(".r9s-viewer-title")
    expect(title).to_contain_text("1 of 4, 0 kept", timeout=RUN_MS)
    for key, said in (
        ("p", "2 of 4, 1 kept"),
        ("x", "3 of 4, 1 kept"),
        (" ", "4 of 4, 1 kept"),
        ("3", "4 of 4, 2 kept"),
    ):
        page.keyboard.press(key)
        expect(title).to_contain_text(said)
    with page.expect_download() as download:
        viewer.get_by_role("button", name="Export the kept").click()
    lines = zipfile.ZipFile(io.BytesIO(saved(download.value))).read("metadata.jsonl").decode().splitlines()
    assert [(kept["favourite"], kept["rating"]) for kept in map(json.loads, lines)] == [(True, 0), (False, 3)]
    viewer.get_by_label("Which pictures").select_option(label="Rejected")
    expect(title).to_contain_text("1 of 1")


def test_what_is_deleted_comes_back(notebook, page):
    lab = open_studio(notebook)
    run_of(lab, 2, "a boat")
    tile(lab, 0).locator(".r9s-tile-face").focus()
    page.keyboard.press("Delete")
    expect(lab.results).to_have_count(1, timeout=RUN_MS)
    lab.root.locator(".r9s-grid .r9s-told").get_by_role("button", name="Undo").click()
    expect(lab.results).to_have_count(2, timeout=RUN_MS)


def test_a_draft_is_safe_from_looking_from_a_reload_and_from_a_restart(notebook, page):
    lab = open_studio(notebook)
    run_of(lab, 1, "a fox")
    run_of(lab, 1, "an owl")
    lab.root.locator(".r9s-edit").click()
    expect(lab.canvas).to_be_visible(timeout=RUN_MS)
    lab.drag(page, [(0.3, 0.3), (0.6, 0.3)])
    lab.type_prompt("a red hat, not sent")
    lab.history.nth(1).locator(".r9s-tile-face").click()
    expect(lab.root.locator(".r9s-looking")).to_contain_text("Back to the newest")
    expect(lab.results.first).to_have_attribute("alt", re.compile("a fox"))
    expect(lab.prompt).to_have_value("a red hat, not sent")
    expect(lab.canvas).to_be_visible()

    lab.root.get_by_role("button", name="Put its prompt, parameters and source into the draft").click()
    expect(lab.prompt).to_have_value("a fox")
    lab.root.get_by_role("button", name="What was in the form before comes back").click()
    expect(lab.prompt).to_have_value("a red hat, not sent")
    expect(lab.canvas).to_be_visible()

    notebook.save()
    notebook.restart_kernel()
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.prompt).to_have_value("a red hat, not sent", timeout=RUN_MS)
    expect(lab.canvas).to_be_visible(timeout=RUN_MS)
    lab.generate.click()  # the mask is there as well, or it would ask whether nothing is meant
    expect(lab.status).to_contain_text(re.compile("^1 image in"), timeout=RUN_MS)


def test_what_is_sent_while_a_run_is_under_way_waits_and_can_be_taken_out(notebook):
    slow = (
        "from r9s_notebook import R9S, Studio\nfrom r9s_notebook.server import Faults, create_app\n"
        "studio = Studio(R9S.offline(create_app(faults=Faults(latency=2))), size='256x256')\nstudio"
    )
    notebook.open([slow])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    for words in ("one", "two", "three"):
        lab.type_prompt(words)
        lab.generate.click()
        expect(lab.generate).not_to_have_attribute("aria-busy", "true")
    expect(lab.root.locator(".r9s-chip")).to_have_count(2)
    expect(lab.root.locator(".r9s-grid .r9s-tile[data-state=running]")).to_have_count(1)
    lab.root.get_by_role("button", name="Take it out: two").click()
    lab.type_prompt("a draft meanwhile")
    expect(lab.results.first).to_have_attribute("alt", re.compile("three"), timeout=RUN_MS)
    expect(lab.history).to_have_count(2)
    expect(lab.prompt).to_have_value("a draft meanwhile")


def test_after_an_edit_one_compares_goes_on_and_goes_back_by_key(notebook, page):
    page.set_viewport_size({"width": 1500, "height": 1000})
    lab = open_studio(notebook)
    run_of(lab, 1, "a lighthouse")
    lab.root.locator(".r9s-edit").click()
    expect(lab.canvas).to_be_visible(timeout=RUN_MS)
    lab.drag(page, [(0.2, 0.2), (0.5, 0.2), (0.5, 0.4)])
    lab.type_prompt("a balloon")
    lab.generate.click()
    go_on = lab.root.get_by_role("button", name="The result is what is edited next")
    expect(go_on).to_be_visible(timeout=RUN_MS)
    painter, result = lab.painter.bounding_box(), lab.results.first.bounding_box()
    assert painter["x"] + painter["width"] <= result["x"]  # side by side
    outline = tile(lab, 0).locator("img.r9s-outline")
    expect(outline).to_have_js_property("complete", True)
    assert outline.bounding_box() == result  # it lies over the picture
    tile(lab, 0).locator(".r9s-tile-face").focus()
    page.keyboard.press("m")
    expect(outline).to_be_hidden()
    page.keyboard.press("m")
    expect(outline).to_be_visible()
    lab.root.get_by_role("button", name="Source and result with a slider").click()
    viewer = lab.root.locator(".r9s-viewer")
    expect(viewer.locator("img.r9s-outline")).to_have_count(1, timeout=RUN_MS)
    page.keyboard.press("Escape")
    tile(lab, 0).locator(".r9s-tile-face").focus()
    page.keyboard.press("Shift+G")
    expect(lab.root.locator(".r9s-former")).to_contain_text("Back to my draft", timeout=RUN_MS)
    expect(go_on).to_be_hidden()
    expect(outline).to_have_count(0)  # what is painted next is another mask
    lab.root.get_by_role("button", name="What was in the form before comes back").click()
    expect(go_on).to_be_visible()


PARTIAL = f"""{SERVICE}
calls = []

def answer(asked):
    calls.append(json.loads(asked))
    good, bad = {{"b64_json": {B64!r}}}, {{"error": "Blocked by the <b>filter</b>."}}
    return 200, {{"data": [good, bad, bad] if len(calls) == 1 else [good]}}

studio = Studio(R9S(api_key="sk-test", server_url=address), prompt="a boat", model="some-model", n=3, size="512x512")
studio
"""


def test_a_slot_counts_its_seconds_says_why_nothing_came_and_asks_for_that_one_again(notebook):
    notebook.open([PARTIAL, "go_on.set()", "go_on.clear()"])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.generate).to_be_visible(timeout=RUN_MS)
    lab.generate.click()
    tiles = lab.root.locator(".r9s-grid .r9s-tile")
    expect(tiles).to_have_count(3)
    expect(tiles.nth(2)).to_have_attribute("data-state", "running")
    expect(tiles.nth(2)).to_contain_text(re.compile("on its way · [1-9][0-9]* s"))
    notebook.run(1)
    expect(lab.results).to_have_count(1, timeout=RUN_MS)
    expect(tiles.nth(1)).to_contain_text("Blocked by the <b>filter</b>.")
    assert tiles.nth(1).locator(".r9s-tile-tools").count() == 0  # there is nothing to open, rate or vary
    notebook.run(2)
    tiles.nth(2).get_by_role("button", name="Ask for this picture again").click()
    expect(tiles.nth(2)).to_have_attribute("data-state", "running")
    expect(tiles.nth(1)).to_contain_text("Blocked")
    expect(lab.results).to_have_count(1)
    notebook.run(1)
    expect(lab.results).to_have_count(2, timeout=RUN_MS)
    expect(tiles.nth(2)).to_have_attribute("data-state", "")
    expect(tiles.nth(2).locator(".r9s-act-edit")).to_have_count(1)
