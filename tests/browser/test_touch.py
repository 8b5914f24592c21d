"""The lab under a finger, on a narrow screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Notebook
from tests.browser.studio import RUN_MS, STUDIO, Lab

pytestmark = pytest.mark.browser

FINGER = 40  # CSS pixels that a finger hits
TOO_SMALL = f"""elements => elements
  .filter(e => e.checkVisibility({{visibilityProperty: true}}) && getComputedStyle(e).pointerEvents !== "none")
  .filter(e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < {FINGER})
  .map(e => e.outerHTML.slice(0, 120))"""


def test_buttons_are_large_a_menu_is_in_sight_and_the_form_makes_room_for_the_pictures(lab, chromium):
    context = chromium.new_context(viewport={"width": 820, "height": 1100}, has_touch=True, is_mobile=True)
    book = Notebook(lab, context.new_page()).open([STUDIO.replace("Studio()", "Studio(size='256x256', n=2)")])
    seen = Lab(book.run(0).locator(".r9s-studio"))
    model = seen.root.locator(".r9s-model select")
    expect(model).to_be_visible(timeout=RUN_MS)
    seen.type_prompt("a boat")
    seen.run(2)
    expect(model).to_be_hidden()
    more = seen.root.get_by_role("button", name="More", exact=True)
    more.tap()
    expect(model).to_be_visible()
    more.tap()
    expect(model).to_be_hidden()

    seen.results.first.tap()
    tools = seen.root.locator(".r9s-grid .r9s-tile-tools")
    expect(tools.first.get_by_role("button", name="Edit: paint over it (E)")).to_be_visible()
    menu = tools.nth(1).get_by_role("button", name="More (.)")
    expect(menu).to_be_visible()
    assert seen.root.locator(".r9s-grid button").evaluate_all(TOO_SMALL) == []
    menu.tap()
    assert context.pages[0].locator(".r9s-menu button").evaluate_all(TOO_SMALL) == []
    context.pages[0].get_by_role("menuitem", name="Open").tap()
    expect(seen.root.locator(".r9s-viewer img[data-original]").first).to_be_visible(timeout=RUN_MS)
    assert seen.root.locator(".r9s-viewer-bar :is(button, select)").evaluate_all(TOO_SMALL) == []
    book.close()
    context.close()
