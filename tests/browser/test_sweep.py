"""A sweep as a person sees it: counted, started, paused, looked at, taken up again."""

from __future__ import annotations

import json
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WAIT_MS = 60_000

CODE = """
from r9s_notebook import R9S, sweep
from r9s_notebook.server import Faults, create_app
client = R9S.offline(create_app(faults=Faults(latency=0.1, refused_words=("boat",))))
plan = sweep("a {animal}, {style}", animal=["fox", "owl", "boat"], style=["ink", "oil"], seed=[1, 2], size="256x256",
             client=client, price=0.04)
plan
"""
AGAIN = CODE.replace('refused_words=("boat",)', "")


def test_a_sweep_is_counted_started_paused_looked_at_and_goes_on_after_a_restart(notebook: Desk, page: Page):
    notebook.open([CODE, "print(plan.counts)"])
    root = notebook.run(0).locator(".r9s-sweep").first
    status = root.locator(".r9s-sweep-status")
    expect(status).to_have_text("Nothing is sent yet; costs $0.48.", timeout=WAIT_MS)
    expect(root.locator(".r9s-across")).to_contain_text("seed: 1")
    root.get_by_role("button", name="Start 12 calls").click()
    root.get_by_role("button", name="Pause").click(timeout=WAIT_MS)
    expect(status).to_contain_text("paused", timeout=WAIT_MS)
    expect(status).not_to_contain_text("under way", timeout=WAIT_MS)
    expect(status).not_to_contain_text("12 of 12")
    root.get_by_role("button", name="Resume").click()
    expect(status).to_have_text("8 of 12 done, 4 failed, $0.32 so far.", timeout=WAIT_MS)
    tiles = root.locator(".r9s-tile")
    expect(tiles.locator("img")).to_have_count(8, timeout=WAIT_MS)
    expect(tiles.filter(has_text="content policy").first).to_be_visible()

    tiles.first.locator(".r9s-tile-face").dblclick()
    viewer = root.locator(".r9s-viewer")
    expect(viewer.locator(".r9s-viewer-title")).to_contain_text("1 of 8")
    page.keyboard.press("4")
    page.keyboard.press("Escape")
    expect(tiles.first).to_have_attribute("data-rating", "4", timeout=WAIT_MS)

    root.get_by_role("button", name="Choose").click()
    page.keyboard.press("p")
    page.keyboard.press("x")
    with page.expect_download() as download:
        viewer.get_by_role("button", name="Export the kept").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        (kept,) = map(json.loads, archive.read("metadata.jsonl").decode().splitlines())
    assert (kept["animal"], kept["style"], kept["asked_seed"]) == ("fox", "ink", 1)
    assert (kept["favourite"], kept["rating"]) == (True, 4)
    page.keyboard.press("Escape")

    # Blind, the first of each two is better: which seed that was, the table says at the end.
    root.get_by_role("button", name="Vote blind").click()
    vote = root.get_by_role("dialog", name="Which is better?")
    for number in range(4):
        expect(vote.locator(".r9s-viewer-title")).to_have_text(f"Which is better? {number + 1} of 4")
        page.keyboard.press("1")
    expect(vote.get_by_role("columnheader").first).to_have_text("seed", timeout=WAIT_MS)
    cells = vote.get_by_role("row").locator("td:first-of-type").all_inner_texts()
    assert sum(map(int, cells)) == 4
    page.keyboard.press("Escape")
    expect(vote).to_have_count(0)

    # In a new kernel the same cell goes on: nothing that was sent is sent again, and what failed can be.
    notebook.lay(0, AGAIN.replace("from r9s_notebook import R9S", HOME.format(home=str(notebook.home)), 1))
    notebook.restart_kernel()
    root = notebook.run(0).locator(".r9s-sweep").first
    expect(status).to_have_text(re.compile(r"^8 of 12 done, 4 failed"), timeout=WAIT_MS)
    expect(tiles.first).to_have_attribute("data-rating", "4", timeout=WAIT_MS)
    root.get_by_role("button", name="Retry failed").click()
    expect(status).to_have_text(re.compile(r"^12 of 12 done"), timeout=WAIT_MS)
    expect(root.get_by_role("button", name="Retry failed")).to_have_count(0)


HOME = "import os; os.environ['R9S_NOTEBOOK_HOME'] = {home!r}\nfrom r9s_notebook import R9S"
