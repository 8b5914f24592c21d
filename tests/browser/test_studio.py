"""The lab as a person uses it: typed, clicked, dragged, and looked at."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Notebook
from tests.browser.studio import RUN_MS, Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What reaches over the studio's right edge: nothing should, but for what scrolls in a frame of its own.
WIDER = """studio => {
  const edge = studio.getBoundingClientRect().right + 1;
  if (studio.scrollWidth <= studio.clientWidth + 1) return [];
  return [...studio.querySelectorAll("*")].filter(el => el.getBoundingClientRect().right > edge)
    .map(el => el.className).filter(name => typeof name === "string");
}"""
SLOW = (
    "from r9s_notebook import R9S, Studio\nfrom r9s_notebook.server import Faults, create_app\n"
    "slow = create_app(faults=Faults(latency={seconds}))\n"
    "studio = Studio(R9S.offline(slow), prompt='slow', size='256x256')\nstudio"
)
STUDIO = "from r9s_notebook import Studio\nstudio = Studio()\nstudio"


def open_studio(notebook: Notebook, *cells: str) -> Lab:
    notebook.open([STUDIO, *cells])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.prompt).to_be_visible(timeout=RUN_MS)
    return lab


def test_from_a_prompt_to_an_edit_through_a_restart_to_a_reader_without_a_kernel(notebook, page):
    lab = open_studio(notebook, "mask = studio.mask\nprint(mask.size, 0.01 < mask.coverage < 0.9)")
    expect(lab.root.locator(".r9s-notice")).to_contain_text("sketch engine")

    lab.type_prompt("a red balloon over a green hill")
    lab.choose("size", "512x512")
    lab.root.locator(".r9s-n input").fill("4")
    lab.run(4)
    expect(lab.history).to_have_count(1)
    expect(lab.results.first).to_have_attribute("alt", re.compile("a red balloon over a green hill"))

    lab.results.nth(2).click()
    expect(lab.root.locator(".r9s-grid .r9s-tile").nth(2)).to_have_attribute("aria-selected", "true")
    lab.root.locator(".r9s-edit").click()
    expect(lab.painter).to_be_visible()
    expect(lab.generate).to_have_text(re.compile("Edit image"))
    expect(lab.canvas).to_be_visible()
    lab.drag(page, [(0.3, 0.3), (0.7, 0.3), (0.7, 0.6), (0.3, 0.6)])
    output = notebook.run(1).locator(".jp-OutputArea-output")
    expect(output).to_have_text("(512, 512) True")

    lab.type_prompt("a yellow sun")
    lab.root.locator(".r9s-n input").fill("1")
    lab.run(1)
    expect(lab.history).to_have_count(2)

    lab.history.nth(1).click()
    expect(lab.prompt).to_have_value("a red balloon over a green hill")
    expect(lab.results).to_have_count(4)
    expect(lab.painter).to_be_hidden()

    notebook.restart_kernel()
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.history).to_have_count(2, timeout=RUN_MS)
    expect(lab.prompt).to_have_value("a yellow sun")
    lab.history.nth(1).click()
    expect(lab.results).to_have_count(4)

    static = notebook.cell(0).locator(".r9s-static")
    expect(static).to_be_attached()
    expect(static).to_be_hidden()  # nothing is shown twice while the lab is alive

    saved = notebook.save()
    outputs = saved["cells"][0]["outputs"]
    assert sum("r9s-static" in "".join(out.get("data", {}).get("text/html", "")) for out in outputs) == 1

    notebook.shut_down_kernels()
    notebook.open(kernel=False)
    static = notebook.cell(0).locator(".r9s-static")
    expect(static).to_be_visible(timeout=RUN_MS)
    expect(static).to_contain_text("a yellow sun")
    expect(static.locator("img")).to_have_count(1)
    expect(static.locator("img").first).to_have_js_property("complete", True)
    expect(notebook.cell(0).get_by_text(re.compile("Error displaying widget|Loading widget"))).to_be_hidden()


def test_four_large_images_add_at_most_100_kb_to_the_notebook(notebook):
    lab = open_studio(notebook)
    empty = notebook.file.stat().st_size
    lab.type_prompt("a busy harbour at noon with many boats, oil painting")
    lab.choose("size", "1024x1024")
    lab.root.locator(".r9s-n input").fill("4")
    lab.run(4)
    saved = notebook.save()
    assert len(json.dumps(saved)) - empty < 100_000


def test_after_a_restart_the_lab_keeps_its_shape_and_says_what_to_do(notebook):
    lab = open_studio(notebook)
    lab.choose("size", "256x256")
    lab.type_prompt("a fox")
    lab.run(1)
    lab.root.locator(".r9s-edit").click()
    expect(lab.canvas).to_be_visible()
    parts = (lab.prompt, lab.generate, lab.root.locator(".r9s-size select"), lab.results.first, lab.painter)
    before = [(box["x"], box["width"]) for box in (part.bounding_box() for part in parts)]
    notebook.restart_kernel()
    expect(lab.root).to_have_class(re.compile("disconnected"))
    assert [(box["x"], box["width"]) for box in (part.bounding_box() for part in parts)] == before
    said = "element => [getComputedStyle(element, '::before').content, getComputedStyle(element, '::before').display]"
    words, display = lab.root.evaluate(said)
    assert (words, display) == ('"The kernel has ended. Run this cell again to go on: every run is kept."', "block")
    assert lab.root.locator(".r9s-prompt").evaluate(said)[1] == "none"
    icon = "element => getComputedStyle(element, '::before').maskImage"
    assert lab.painter.locator(".r9s-cmd-brush").evaluate(icon) != "none"


def test_further_parameters_are_opened_by_keyboard_and_a_wrong_one_is_refused(notebook, page):
    lab = open_studio(notebook)
    fold = lab.root.get_by_role("button", name=re.compile("More parameters"))
    expect(fold).to_have_attribute("aria-expanded", "false")
    lab.root.locator(".r9s-n input").focus()
    page.keyboard.press("Tab")
    expect(fold).to_be_focused()
    page.keyboard.press("Enter")
    seed = lab.root.locator(".r9s-seed input")
    expect(seed).to_be_visible()
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(lab.root.locator(".r9s-background select")).to_have_value(re.compile("."))
    lab.type_prompt("a fox")
    seed.fill("abc")
    lab.generate.click()
    expect(lab.status.get_by_role("alert")).to_have_text("Seed must be a whole number, not 'abc'.")
    expect(lab.history).to_have_count(0)
    expect(fold).to_have_text(re.compile("1 set"))
    fold.focus()
    page.keyboard.press(" ")
    expect(seed).to_be_hidden()


def test_what_a_person_looks_at_stays_in_sight_from_the_edit_to_the_history(notebook, page):
    lab = open_studio(notebook)
    lab.choose("size", "512x512")
    lab.type_prompt("a lighthouse at dusk")
    lab.run(1)
    page.wait_for_function(
        "() => { const i = document.querySelector('.r9s-grid img'); return i.naturalWidth >= i.width }"
    )
    lab.root.locator(".r9s-n input").fill("2")
    lab.run(2)

    lab.root.locator(".r9s-edit").click()
    expect(lab.prompt).to_be_focused()
    assert lab.prompt.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)") != ""
    expect(lab.root.locator(".r9s-n input")).to_have_value("1")
    for name in ("Size", "Reach", "Tolerance", "Colour", "Opacity", "Place"):
        expect(lab.painter.locator(f"[aria-label='{name}']").first).to_be_attached()
    expect(lab.canvas).to_be_visible()
    lab.drag(page, [(0.3, 0.3), (0.6, 0.3)])
    lab.type_prompt("a red balloon")
    lab.run(1)
    expect(lab.results.first).to_be_in_viewport(ratio=0.6)
    expect(lab.generate).to_be_in_viewport(ratio=1)  # it sticks beside the picture

    lab.root.locator(".r9s-show-code").click()
    expect(lab.root.locator(".r9s-code pre")).to_be_visible()
    assert lab.root.evaluate(WIDER) == []

    earlier = lab.history.nth(1)
    earlier.scroll_into_view_if_needed()
    top = earlier.bounding_box()["y"]
    earlier.click()
    expect(lab.painter).to_be_hidden()
    expect(lab.results).to_have_count(2)
    expect(lab.history.nth(1)).to_be_in_viewport(ratio=1)
    assert abs(lab.history.nth(1).bounding_box()["y"] - top) < 4


def test_an_error_is_a_sentence_that_says_what_to_do(notebook):
    lab = open_studio(notebook)
    lab.generate.click()
    expect(lab.status.get_by_role("alert")).to_have_text(
        "Write a prompt first: a few words about the picture you want."
    )
    expect(notebook.page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)


def test_ctrl_enter_sends_the_words_as_they_stand_and_does_not_run_the_cell(notebook, page):
    lab = open_studio(notebook)
    prompt = notebook.cell(0).locator(".jp-InputPrompt").first
    number = prompt.inner_text()
    lab.choose("size", "256x256")
    lab.prompt.click()
    page.keyboard.type("a small green boat")
    page.keyboard.press("Control+Enter")
    expect(lab.status).to_contain_text("1 image in", timeout=RUN_MS)
    expect(lab.results.first).to_have_attribute("alt", re.compile("a small green boat"))
    expect(prompt).to_have_text(number)


def test_fault_31_a_double_click_on_generate_is_one_run(notebook):
    lab = open_studio(notebook, "print(len(studio.session.runs))")
    lab.choose("size", "256x256")
    lab.type_prompt("a fox")
    lab.generate.dblclick()
    expect(lab.status).to_contain_text("1 image in", timeout=RUN_MS)
    expect(notebook.run(1).locator(".jp-OutputArea-output")).to_have_text("1")


@pytest.mark.parametrize("sent", ["click", "key"])
def test_what_the_form_shows_is_what_is_sent_however_busy_the_kernel(notebook, page, sent):
    lab = open_studio(notebook, "import time\ntime.sleep(3)", "print(studio.run.prompt, len(studio.images))")
    lab.type_prompt("a red")
    notebook.run(1, wait=False)
    lab.choose("size", "256x256")
    lab.root.locator(".r9s-n input").focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")  # ipywidgets holds back all but the first, until the kernel answers
    lab.type_prompt("a red fox")
    if sent == "click":
        lab.generate.click()
    else:
        page.keyboard.press("Control+Enter")
    expect(lab.results).to_have_count(4, timeout=RUN_MS)
    expect(notebook.run(2).locator(".jp-OutputArea-output")).to_have_text("a red fox 4")


def test_a_second_click_that_is_meant_is_a_second_run(notebook):
    lab = open_studio(notebook)
    lab.choose("size", "256x256")
    lab.type_prompt("a fox")
    lab.generate.click()
    expect(lab.history).to_have_count(1, timeout=RUN_MS)
    expect(lab.generate).to_be_enabled()
    lab.generate.click()
    expect(lab.history).to_have_count(2, timeout=RUN_MS)


def test_a_run_can_be_cancelled_while_the_kernel_stays_responsive(notebook):
    notebook.open([SLOW.format(seconds=60), "print(6 * 7)"])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    lab.generate.click()
    expect(lab.status).to_contain_text(re.compile(r"Generating 1 image.* [1-9] s"), timeout=RUN_MS)
    expect(notebook.run(1).locator(".jp-OutputArea-output")).to_have_text("42")
    lab.cancel.click()
    expect(lab.status).to_contain_text("Cancelled. The run is kept in the history.", timeout=RUN_MS)
    expect(lab.history).to_have_count(1)
    expect(lab.history.first).to_contain_text("cancelled")
    expect(lab.generate).to_be_enabled()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@pytest.mark.parametrize("width", [600, 1600])
def test_the_lab_holds_at_any_width_in_both_themes(notebook, page, theme, width):
    lab = open_studio(notebook)
    notebook.set_theme(theme)
    lab.choose("size", "256x256")
    lab.type_prompt("a lighthouse at dusk")
    lab.run(1)
    lab.root.locator(".r9s-edit").click()
    page.set_viewport_size({"width": width, "height": 1000})
    expect(lab.canvas).to_be_visible()
    assert lab.root.evaluate(WIDER) == []
    for control in (lab.prompt, lab.generate, lab.root.locator(".r9s-size select"), lab.results.first):
        box, frame = control.bounding_box(), lab.root.bounding_box()
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1


def test_fault_35_running_the_cell_again_and_again_leaves_one_lab(notebook):
    lab = open_studio(notebook, "import ipywidgets\nprint(len(ipywidgets.Widget.get_manager_state()['state']))")
    widgets_once = int(notebook.run(1).locator(".jp-OutputArea-output").inner_text())
    for _ in range(5):
        notebook.run(0)
    expect(lab.root).to_have_count(1)
    assert int(notebook.run(1).locator(".jp-OutputArea-output").inner_text()) < 2 * widgets_once


def test_the_picture_opens_at_its_original_size_by_keyboard(notebook, page):
    lab = open_studio(notebook)
    lab.choose("size", "512x512")
    lab.type_prompt("an owl")
    lab.run(1)
    lab.results.first.click()
    page.keyboard.press("Enter")
    original = lab.root.locator(".r9s-viewer img[data-original]")
    expect(original).to_have_js_property("naturalWidth", 512, timeout=RUN_MS)
    page.keyboard.press("Escape")
    expect(lab.root.locator(".r9s-viewer")).to_have_count(0)


def test_fault_33_a_kernel_restarted_in_the_middle_of_a_run_leaves_the_run_as_interrupted(notebook):
    notebook.open([SLOW.format(seconds=60)])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    lab.generate.click()
    expect(lab.status).to_contain_text("Generating 1 image", timeout=RUN_MS)

    notebook.restart_kernel()
    lab = Lab(notebook.run(0).locator(".r9s-studio"))

    expect(lab.history).to_have_count(1, timeout=RUN_MS)
    expect(lab.history.first).to_have_attribute("title", re.compile("interrupted"))
    expect(lab.prompt).to_have_value("slow")
    expect(lab.generate).to_be_enabled()


def test_fault_33_an_interrupted_cell_does_not_lose_the_run_that_it_waits_for(notebook, page):
    notebook.open([SLOW.format(seconds=4), "studio.generate().result()"])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    cell = notebook.run(1, wait=False)
    expect(lab.status).to_contain_text("Generating 1 image", timeout=RUN_MS)
    page.locator(".jp-NotebookPanel-toolbar [data-command='notebook:interrupt-kernel']").first.click()
    expect(cell.locator(".jp-OutputArea-output").last).to_contain_text("KeyboardInterrupt", timeout=RUN_MS)
    expect(lab.status).to_contain_text("1 image in", timeout=RUN_MS)
    expect(lab.results).to_have_count(1)


def test_fault_33_a_lab_closed_in_the_middle_of_a_run_still_keeps_the_run(notebook):
    closing = "job = studio.generate(); studio.close()"
    notebook.open([SLOW.format(seconds=2), closing, "run = job.result(60); print(run.status, len(run.images))"])
    notebook.run(0)
    notebook.run(1)
    expect(notebook.run(2).locator(".jp-OutputArea-output")).to_have_text("succeeded 1")


def test_fault_34_two_pages_on_one_notebook_show_one_lab(notebook, page):
    lab = open_studio(notebook)
    lab.choose("size", "256x256")
    second = page.context.new_page()
    other = Notebook(notebook.lab, second, notebook.path)
    other.open()
    twin = Lab(other.run(0).locator(".r9s-studio"))
    twin.type_prompt("a fox")
    twin.run(1)
    expect(twin.history).to_have_count(1)
    second.close()
    twin_run = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(twin_run.history).to_have_count(1, timeout=RUN_MS)
    expect(twin_run.prompt).to_have_value("a fox")
