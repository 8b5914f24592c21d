"""What a person does with words: gaps that become a sweep, earlier prompts, a counter."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.studio import open_studio

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_gaps_of_the_prompt_offer_their_values_and_become_a_sweep_on_the_stage(notebook: Desk):
    sent = "print(len(studio.history), {run.batch for run in studio.history} != {None})"
    lab = open_studio(notebook, "colours = ['red', 'green', 'blue']\nprint(studio.session.offered)", sent)
    notebook.run(1)
    lab.choose("size", "256x256")
    lab.type_prompt("a {colours} {animal} with a {{brace}}")
    rows = lab.root.locator(".r9s-gap")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("colours · 3 values")
    expect(lab.generate).to_have_text("Generate")
    lab.generate.click()
    expect(lab.status).to_contain_text("{animal} in the prompt has no value")
    rows.nth(1).locator("input").fill("fox, owl")
    expect(lab.generate).to_have_text("Start 6 calls")
    lab.generate.click()
    sweep = lab.root.locator(".r9s-sweep")
    expect(sweep.locator(".r9s-sweep-status")).to_contain_text("6 of 6 done")
    expect(sweep.locator(".r9s-tile img")).to_have_count(6)
    expect(lab.root.locator(".r9s-grid")).to_have_count(0)
    expect(lab.status).to_have_text("6 of 6 calls done.")
    expect(notebook.run(2)).to_contain_text("6 True")
    lab.root.get_by_label("Draw one at random").check()
    expect(lab.generate).to_have_text("Generate")
    lab.run(1)
    expect(sweep).to_have_count(0)
    expect(notebook.run(2)).to_contain_text("7 True")
