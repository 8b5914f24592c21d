"""What the lab tells, once: to whoever looks elsewhere, to the ear, and to whoever asks for the keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Desk
from tests.browser.studio import RUN_MS, open_studio

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FAILING = """
from r9s_notebook import R9S, Studio
from r9s_notebook.server import Faults, create_app
studio = Studio(R9S.offline(create_app(faults=Faults(refused_words=("forbidden",)))), prompt="a fox", size="256x256")
studio
"""
HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
LISTEN = """() => {
  window.heard = [];
  const ear = document.querySelector(".r9s-ear");
  const watcher = new MutationObserver(() => heard.push(ear.textContent));
  watcher.observe(ear, { childList: true, characterData: true, subtree: true });
}"""
NOTES = """() => {
  window.notes = [];
  const Real = window.Notification;
  window.Notification = class extends Real {
    constructor(...told) { super(...told); notes.push(told[0]); }
  };
}"""


def test_a_run_that_ends_on_a_hidden_page_is_in_its_title_until_the_page_is_seen(notebook: Desk, page: Page) -> None:
    lab = open_studio(notebook)
    lab.choose("size", "256x256")
    lab.type_prompt("a fox")
    lab.run(1)
    title = page.title()
    assert "●" not in title
    page.evaluate(HIDE, True)
    lab.generate.click()
    expect(page).to_have_title(re.compile(r"^● 1 image in [\d.]+ s · .*book"), timeout=RUN_MS)
    notebook.cell(1).locator(".cm-content").fill("1 + 1")
    page.evaluate("document.title = 'another title of the host'")
    expect(page).to_have_title(re.compile(r"^● 1 image in [\d.]+ s · another title of the host"))
    page.evaluate(HIDE, False)
    expect(page).to_have_title("another title of the host")
    page.evaluate("title => { document.title = title; }", title)


def test_a_notification_is_off_until_its_bell_is_pressed_and_stays_on(notebook: Desk, page: Page) -> None:
    lab = open_studio(notebook)
    lab.choose("size", "256x256")
    lab.type_prompt("a fox")
    page.context.grant_permissions(["notifications", "clipboard-read", "clipboard-write"])
    page.evaluate(NOTES)
    page.evaluate(HIDE, True)
    bell = lab.root.get_by_role("button", name="Notify me when a run ends while this page is hidden")
    try:
        expect(bell).to_have_attribute("aria-pressed", "false")
        lab.run(1)
        assert page.evaluate("notes") == []
        bell.click()
        expect(bell).to_have_attribute("aria-pressed", "true")
        expect(lab.root.locator(".r9s-told", has_text="You will be notified")).to_be_visible()
        lab.generate.click()
        page.wait_for_function("() => notes.length")
        assert re.fullmatch(r"1 image in [\d.]+ s", page.evaluate("notes[0]"))

        notebook.run(0)
        expect(bell).to_have_attribute("aria-pressed", "true")  # whoever opens the next lab has not to ask again
    finally:
        page.evaluate(HIDE, False)
        page.evaluate("localStorage.removeItem('r9s-notify')")


def test_the_ear_hears_each_sentence_once_and_a_failure_as_an_alert(notebook: Desk, page: Page) -> None:
    notebook.open([FAILING])
    root = notebook.run(0).locator(".r9s-studio")
    expect(root.locator(".r9s-generate")).to_be_visible(timeout=RUN_MS)
    page.evaluate(LISTEN)
    root.locator(".r9s-generate").click()
    expect(root.locator(".r9s-ear")).to_have_text(re.compile("1 image in"), timeout=RUN_MS)
    heard = page.evaluate("heard")
    assert len(heard) == len(set(heard))
    assert any(sentence.startswith("Generating 1 image") for sentence in heard)  # a busy kernel has said so before
    root.get_by_label("Prompt", exact=True).fill("a forbidden fox")
    page.keyboard.press("Control+Enter")
    expect(root.locator(".r9s-status").get_by_role("alert")).to_contain_text("refused", timeout=RUN_MS)
    assert not any("refused" in sentence for sentence in page.evaluate("heard"))  # it is an alert, and said as one
    banner = root.locator(".r9s-failure")
    expect(banner).to_contain_text("refused")
    assert root.get_by_role("alert").count() == 1
    expect(root.locator(".r9s-is-again")).to_have_css("position", "absolute")  # beside the banner, for the ear only
    banner.get_by_role("button", name="Dismiss").click()
    expect(banner).to_be_hidden()
    expect(root.get_by_role("alert")).to_have_count(0)


def test_all_keys_are_one_list_that_gives_the_focus_back(notebook: Desk, page: Page) -> None:
    lab = open_studio(notebook)
    lab.choose("size", "256x256")
    lab.type_prompt("a fox?")
    lab.prompt.press("?")
    expect(lab.prompt).to_have_value("a fox??")  # in a text it is a letter
    lab.run(1)
    tile = lab.root.locator(".r9s-grid .r9s-tile-face")
    tile.focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    for words in (
        "Send what the form shows",
        "Paint by keyboard",
        "shapes by numbers",
        "Vary: the same again",
        "Full screen",
        "Keep",
        "Slider",
    ):
        expect(keys.get_by_text(words).first).to_be_visible()
    here = keys.locator(".r9s-here h3")
    expect(here).to_have_text(["Among pictures", "With pictures", "Everywhere"])
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    expect(tile).to_be_focused()
    page.keyboard.press("Enter")
    expect(lab.root.locator(".r9s-viewer")).to_be_visible()
    page.keyboard.press("?")
    expect(here).to_have_text(["Viewer", "With pictures"])
    expect(keys.locator(".r9s-here").first).to_contain_text("Next picture")
    page.keyboard.press("Escape")
    expect(lab.root.locator(".r9s-viewer")).to_be_visible()
    page.keyboard.press("Escape")
    opens = lab.root.get_by_role("button", name="Keys (?)")
    opens.click()
    page.keyboard.press("Escape")
    expect(opens).to_be_focused()
