"""The lab under a finger, on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import Notebook
from tests.browser.studio import RUN_MS, STUDIO, Lab

pytestmark = pytest.mark.browser

FINGER = 40  # CSS pixels that a finger hits
TOO_SMALL = f"""elements => elements
  .filter(e => e.checkVisibility({{visibilityProperty: true}}) && getComputedStyle(e).pointerEvents !== "none")
  .filter(e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < {FINGER})
  .map(e => e.outerHTML.slice(0, 120))"""


@contextmanager
def resting_on(place: Locator) -> Iterator[None]:
    """A finger that lies on the middle of something."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    hand = place.page.context.new_cdp_session(place.page)
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    yield
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    hand.detach()


def zoomed_by_a_pinch_on(place: Locator, factor: float = 2) -> float:
    """How large the page is seen after two fingers were spread over something, or drawn together."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    hand = place.page.context.new_cdp_session(place.page)
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    hand.send("Input.synthesizePinchGesture", {**middle, "scaleFactor": factor, "relativeSpeed": 2000})
    hand.detach()
    return float(place.evaluate("() => visualViewport.scale"))


def test_buttons_are_large_a_menu_is_in_sight_and_the_form_makes_room_for_the_pictures(lab, chromium):
    context = chromium.new_context(viewport={"width": 820, "height": 1100}, has_touch=True, is_mobile=True)
    studio = STUDIO.replace("Studio()", "Studio(size='256x256', n=2)")
    book = Notebook(lab, context.new_page()).open([studio, "studio.grid.look('cull')"])
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
    viewer, page = seen.root.locator(".r9s-viewer"), context.pages[0]
    page.get_by_role("menuitem", name="Open").tap()
    expect(viewer.locator("img[data-original]").first).to_be_visible(timeout=RUN_MS)
    assert viewer.locator(".r9s-viewer-bar :is(button, select)").evaluate_all(TOO_SMALL) == []
    picture = viewer.locator(".r9s-viewer-stage")
    before = viewer.locator(".r9s-zoom").inner_text()
    for place in (picture, viewer.locator(".r9s-viewer-title"), viewer.locator(".r9s-filmstrip")):
        assert zoomed_by_a_pinch_on(place) == 1  # the page stays as it is
    expect(viewer.locator(".r9s-zoom")).not_to_have_text(before)
    viewer.get_by_role("button", name="Close (Escape)").tap()
    assert zoomed_by_a_pinch_on(seen.prompt) > 1.5  # and here one has it larger
    zoomed_by_a_pinch_on(seen.prompt, 0.1)

    with resting_on(seen.results.nth(1)):
        expect(page.get_by_role("menu")).to_be_visible()
    expect(page.get_by_role("menu")).to_be_visible()  # also once it is lifted, which chooses nothing
    expect(seen.root.locator(".r9s-grid .r9s-tile-face").first).to_have_attribute("aria-pressed", "true")
    page.get_by_role("menuitem", name="Favourite").tap()
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(seen.root.locator(".r9s-grid .r9s-told").first).to_have_text("Marked as a favourite.")

    book.run(1)
    title = viewer.locator(".r9s-viewer-title")
    expect(title).to_contain_text("1 of 2, 1 kept")
    for name, said in (
        ("Keep (P)", "2 of 2, 2 kept"),
        ("Reject (X)", "2 of 2, 1 kept"),
        ("Next (Space)", "2 of 2, 1 kept"),
    ):
        viewer.get_by_role("button", name=name).tap()
        expect(title).to_contain_text(said)
    assert viewer.locator(".r9s-viewer-bar :is(button, select)").evaluate_all(TOO_SMALL) == []
    book.close()
    context.close()
