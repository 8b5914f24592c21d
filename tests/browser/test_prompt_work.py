"""What a person does with words: gaps that become a sweep, earlier prompts, a counter."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.studio import Lab, open_studio

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
    saved = "".join(notebook.save()["cells"][0]["outputs"][1]["data"]["text/html"])
    assert saved.count("<img") == 6
    lab.root.get_by_label("Draw one at random").check()
    expect(lab.generate).to_have_text("Generate")
    lab.run(1)
    expect(sweep).to_have_count(0)
    expect(notebook.run(2)).to_contain_text("7 True")


EARLIER = """
from r9s_notebook import R9S, Studio
studio = Studio()
for prompt in ("a red boat", "an owl", "a {red|green} fox"):
    studio.session.prompt = prompt
    studio.generate().result()
studio.session.prompt = ""
studio
"""


def test_earlier_prompts_come_back_with_an_arrow_or_from_a_list(notebook: Desk, page: Page):
    notebook.open([EARLIER, "studio.model = 'dall-e-2'", "studio.prompt"])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    lab.prompt.click()
    for key, words in [("Up", "a {red|green} fox"), ("Up", "an owl"), ("Up", "a red boat"), ("Up", "a red boat")]:
        page.keyboard.press(f"Arrow{key}")
        expect(lab.prompt).to_have_value(words)
    page.keyboard.press("ArrowDown")
    expect(lab.prompt).to_have_value("an owl")
    page.keyboard.type("!")
    page.keyboard.press("ArrowUp")
    expect(lab.prompt).to_have_value("an owl!")
    page.keyboard.press("Alt+ArrowUp")
    dialog = lab.root.get_by_role("dialog", name="Earlier prompts")
    expect(dialog.get_by_role("listitem")).to_have_count(3)
    page.keyboard.type("RED boat")
    expect(dialog.get_by_role("listitem")).to_have_text(["a red boat"])
    page.keyboard.press("Enter")
    expect(lab.prompt).to_have_value("a red boat")
    expect(lab.prompt).to_be_focused()
    expect(dialog).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(lab.prompt).to_have_value("an owl!")
    lab.root.get_by_role("button", name="Earlier prompts").click()
    dialog.get_by_role("button", name="a {red|green} fox").click()
    expect(lab.root.locator(".r9s-gap")).to_have_count(1)


def test_a_counter_is_quiet_up_to_the_models_limit_and_says_in_words_what_is_over(notebook: Desk):
    lab = open_studio(notebook, "studio.model = 'dall-e-2'")
    count = lab.root.locator(".r9s-count")
    expect(count).to_have_text("")
    lab.type_prompt("a fox 🦊")
    notebook.run(1)
    expect(count).to_have_text("7 / 1,000")
    before = lab.generate.bounding_box()
    lab.type_prompt("x" * 1001)
    expect(count).to_have_text("1 too many: at most 1,000 characters")
    expect(lab.root.locator(".r9s-ear")).to_contain_text("longer than the 1,000 characters")
    assert lab.generate.bounding_box() == before


PRESETS = """
import json, pathlib
home = pathlib.Path(os.environ["R9S_NOTEBOOK_HOME"])
(home / "presets.json").write_text(json.dumps({"ink": {"prompt": "{prompt}, ink drawing", "size": "256x256"}}))
from r9s_notebook import Studio
studio = Studio(prompt="a fox")
studio
"""


def test_a_preset_shows_the_words_that_it_adds_and_what_is_in_the_form_can_be_saved_as_one(notebook: Desk):
    notebook.open([PRESETS, "print((home / 'presets.json').read_text())"])
    lab = Lab(notebook.run(0).locator(".r9s-studio"))
    lab.choose("preset", "ink")
    expect(lab.root.locator(".r9s-adds")).to_contain_text("…, ink drawing")
    expect(lab.root.locator(".r9s-size select")).to_have_value("256x256")
    lab.run(1)
    expect(lab.root.locator(".r9s-results-title")).to_contain_text("a fox, ink drawing")
    lab.root.get_by_text("More parameters").click()
    lab.root.get_by_label("Words around the prompt").fill("{prompt} at night")
    lab.root.get_by_label("Name of a preset").fill("night")
    lab.root.get_by_role("button", name="Save as preset").click()
    expect(lab.status).to_have_text("Kept as the preset night.")
    expect(lab.root.locator(".r9s-preset select")).to_have_value("night")
    expect(notebook.run(1)).to_contain_text("{prompt} at night")
