"""Without a mouse: painting, undoing, editing, and going on, by keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.studio import RUN_MS, Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EDITING = """
from PIL import Image
from r9s_notebook import Studio
studio = Studio(image=Image.new("RGB", (1000, 500), "#88aacc"), prompt="a red balloon")
studio
"""
QUESTION = (
    "print([type(one).__name__ for one in studio.mask.operations], studio.mask.pixels[250, [499, 739, 741, 999]])"
)


def test_a_mask_is_painted_taken_back_and_sent_by_keys_alone(notebook: Desk, page: Page) -> None:
    notebook.open([EDITING, QUESTION])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    expect(lab.root.locator(".r9s-painter.r9s-inked")).to_be_visible(timeout=RUN_MS)
    said, stage = lab.painter.locator(".r9s-said"), lab.painter.locator(".r9s-stage")
    lab.prompt.focus()
    for _ in range(60):
        if stage.evaluate("stage => stage === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("k")
    expect(said).to_have_text("500, 250 of 1000 x 500, not painted")
    expect(lab.painter.locator(".r9s-cross.r9s-light")).to_be_visible()
    page.keyboard.press("Space")  # a dab
    expect(said).to_have_text("500, 250 of 1000 x 500, painted")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(said).to_have_text("740, 250 of 1000 x 500, not painted")
    page.keyboard.down("Space")  # a line, of several steps of the arrows
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.keyboard.up("Space")
    expect(said).to_have_text("840, 250 of 1000 x 500, painted")
    page.keyboard.press("Control+z")
    page.keyboard.press("ArrowUp")
    expect(said).to_have_text("840, 240 of 1000 x 500, not painted")  # the whole line was one step
    page.keyboard.press("Control+y")
    page.keyboard.press("ArrowDown")
    expect(said).to_have_text("840, 250 of 1000 x 500, painted")
    page.keyboard.press("p")  # other tools are put down corner by corner
    for key in ("ArrowUp", "ArrowLeft", "ArrowDown"):
        page.keyboard.press("Space")
        page.keyboard.press(f"Shift+{key}")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(lab.painter.locator(".r9s-cross.r9s-light")).to_be_hidden()
    answer = notebook.run(1).locator(".jp-OutputArea-output")
    expect(answer).to_have_text("['Stroke', 'Stroke', 'Polygon'] [255 255 255   0]")
    stage.focus()
    page.keyboard.press("m")
    expect(said).to_contain_text("places shapes by numbers")
    page.keyboard.press("Control+Enter")
    expect(lab.status).to_have_text(re.compile("^1 image in"), timeout=RUN_MS)
    expect(lab.history).to_have_count(1)
    expect(notebook.cell(0).locator(".jp-InputPrompt").first).not_to_have_text("[*]:")
