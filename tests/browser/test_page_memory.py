"""A page forgets the labs of former executions: cells are run again and again, and a tab stays open for days."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.studio import Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WITH_PICTURES = """from r9s_notebook import Studio
studio = Studio(prompt='a fox', size='256x256', n=2)
studio.generate().result(60)
studio"""
WITH_PAINTER = """from PIL import Image
from r9s_notebook import Studio
studio = Studio(image=Image.new('RGB', (64, 64)))
studio"""
KEEP_WEAKLY = """root => window.former = Object.fromEntries(
    ['.r9s-prompt textarea', '.r9s-generate', '.r9s-gallery-root', '.r9s-picture', 'canvas']
        .map(what => [what, root.querySelector(what)])
        .filter(([, element]) => element)
        .map(([what, element]) => [what, new WeakRef(element)]))"""
STILL_THERE = "() => Object.keys(former).filter(what => former[what].deref())"


@pytest.mark.parametrize("code", [WITH_PICTURES, WITH_PAINTER], ids=["pictures", "painter"])
def test_what_a_cell_has_shown_before_it_is_run_again_is_let_go(notebook: Desk, page: Page, code: str) -> None:
    notebook.open([code, "studio"])
    for _ in range(2):  # a page's first lab may stay: what is loaded once for a page came with it
        lab = Lab(notebook.run(0).locator(".r9s-studio"))
        expect(lab.prompt).to_be_visible()
    lab.type_prompt("a fox with a hat")  # so that what waits, listens and counts has begun to
    lab.prompt.press("Tab")
    lab.root.evaluate(KEEP_WEAKLY)
    assert len(page.evaluate(STILL_THERE)) >= 3
    for _ in range(3):  # the newest of the former may stay: front ends remember what they have drawn last
        lab = Lab(notebook.run(0).locator(".r9s-studio"))
        expect(lab.prompt).to_be_visible()
    developer = page.context.new_cdp_session(page)
    for _ in range(120):
        developer.send("HeapProfiler.collectGarbage")
        if not (there := page.evaluate(STILL_THERE)):
            break
        page.wait_for_timeout(250)  # what ends by itself, within seconds: libraries' timers, an animation
    developer.detach()
    assert there == []
