"""The lab through restarts, second pages and saved files."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Notebook
from tests.browser.studio import RUN_MS, SLOW, Lab, open_studio

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_from_a_prompt_to_an_edit_through_a_restart_to_a_reader_without_a_kernel(notebook, page, tab):
    lab = open_studio(notebook, "mask = studio.mask\nprint(mask.size, 0.01 < mask.coverage < 0.9)")
    expect(lab.root.locator(".r9s-notice")).to_contain_text("sketch engine")

    lab.type_prompt("a red balloon over a green hill")
    lab.choose("size", "512x512")
    lab.root.locator(".r9s-n input").fill("4")
    lab.run(4)
    expect(lab.history).to_have_count(1)
    expect(lab.results.first).to_have_attribute("alt", re.compile("a red balloon over a green hill"))

    lab.results.nth(2).click()
    expect(lab.root.locator(".r9s-grid .r9s-tile").nth(2).locator(".r9s-tile-face")).to_have_attribute(
        "aria-pressed", "true"
    )
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
    expect(lab.results).to_have_count(4)
    expect(lab.prompt).to_have_value("a yellow sun")
    lab.root.locator("[data-act='use-all']").click()
    expect(lab.prompt).to_have_value("a red balloon over a green hill")
    expect(lab.painter).to_be_hidden()

    notebook.restart_kernel()
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.history).to_have_count(2, timeout=RUN_MS)
    expect(lab.prompt).to_have_value("a red balloon over a green hill")
    lab.history.nth(1).click()
    expect(lab.results).to_have_count(4)

    static = notebook.cell(0).locator(".r9s-static")
    expect(static).to_be_attached()
    expect(static).to_be_hidden()  # nothing is shown twice while the lab is alive

    saved = notebook.save()
    outputs = saved["cells"][0]["outputs"]
    assert sum("r9s-static" in "".join(out.get("data", {}).get("text/html", "")) for out in outputs) == 1

    reader = notebook.read_in(tab)
    static = reader.cell(0).locator(".r9s-static")
    expect(static).to_be_visible(timeout=RUN_MS)
    expect(static).to_contain_text("a yellow sun")
    expect(static.locator("img")).to_have_count(1)
    expect(static.locator("img").first).to_have_js_property("complete", True)
    expect(reader.cell(0).get_by_text(re.compile("Error displaying widget|Loading widget"))).to_be_hidden()


def test_four_large_images_add_at_most_100_kb_to_the_notebook(notebook):
    lab = open_studio(notebook)
    lab.type_prompt("a busy harbour at noon with many boats, oil painting")
    lab.choose("size", "1024x1024")
    lab.root.locator(".r9s-n input").fill("4")
    lab.run(4)
    saved = notebook.save()
    assert len(saved["cells"][0]["outputs"]) > 0
    cells = [cell | {"outputs": []} for cell in saved["cells"]]
    assert len(json.dumps(saved)) - len(json.dumps(saved | {"cells": cells})) < 100_000


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


def test_fault_35_running_the_cell_again_and_again_leaves_one_lab(notebook):
    notebook.restart_kernel()
    lab = open_studio(notebook, "import ipywidgets\nprint(len(ipywidgets.Widget.get_manager_state()['state']))")
    widgets_once = int(notebook.run(1).locator(".jp-OutputArea-output").inner_text())
    for _ in range(3):
        notebook.run(0)
    expect(lab.root).to_have_count(1)
    assert int(notebook.run(1).locator(".jp-OutputArea-output").inner_text()) < 2 * widgets_once


def test_fault_33_a_kernel_restarted_in_the_middle_of_a_run_leaves_the_run_as_interrupted(notebook):
    notebook.open([SLOW.format(seconds=60)])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    lab.generate.click()
    expect(lab.status).to_contain_text("Generating 1 image", timeout=RUN_MS)

    notebook.restart_kernel()
    lab = Lab(notebook.run(0).locator(".r9s-studio"))

    expect(lab.history).to_have_count(1, timeout=RUN_MS)
    expect(lab.history.first.locator(".r9s-tile-face")).to_have_attribute("title", re.compile("interrupted"))
    expect(lab.prompt).to_have_value("slow")
    expect(lab.generate).to_be_enabled()


def test_fault_34_two_pages_on_one_notebook_show_one_lab(notebook, tab):
    lab = open_studio(notebook)
    lab.choose("size", "256x256")
    notebook.save()
    other = Notebook(notebook.lab, tab, notebook.path)
    other.open()
    twin = Lab(other.run(0).locator(".r9s-studio"))
    twin.type_prompt("a fox")
    twin.run(1)
    expect(twin.history).to_have_count(1)
    tab.close()
    twin_run = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(twin_run.history).to_have_count(1, timeout=RUN_MS)
    expect(twin_run.prompt).to_have_value("a fox")
