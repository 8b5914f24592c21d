"""Each state of the lab, in either theme, for hands and eyes of all kinds: see docs/accessibility.md."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.senses import Senses
from tests.browser.states import STATES, Hand

pytestmark = pytest.mark.browser

ZOOMED = (640, 450)  # CSS pixels of a window of 1280 x 900 at 200 %
NARROW = (320, 640)
IN_ANY_THEME = {"resultTypes": ["violations"]}
OF_COLORS = {**IN_ANY_THEME, "runOnly": ["cat.color"]}  # all that a theme can change


@pytest.fixture(scope="module", params=["Light", "Dark"])
def hand(desk, request):
    desk.set_theme(f"JupyterLab {request.param}")
    side_bar = desk.page.locator("#jp-left-stack")
    desk.page.keyboard.press("Control+b")  # at 200 % it would leave no room
    side_bar.wait_for(state="hidden")
    hand = Hand(desk)
    hand.theme = request.param
    yield hand
    desk.page.keyboard.press("Control+b")
    side_bar.wait_for(state="visible")
    desk.set_theme("JupyterLab Light")


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_found(hand: Any, state: str) -> None:
    getattr(hand, state)()
    senses = Senses(hand.page)
    found = inspected(hand.page, IN_ANY_THEME if hand.theme == "Light" else OF_COLORS) + senses.told_by_colour()
    if hand.theme == "Light":  # these are the same in either theme
        found += inspected(hand.page, IN_ANY_THEME, forced_colors="active") + senses.in_forced_colors()
        found += senses.unseen_focus() + senses.moving()
        found += senses.cut_off(*ZOOMED) + senses.cut_off(*NARROW) + senses.too_small()
    for _ in range(2):
        hand.page.keyboard.press("Escape")
    getattr(hand, f"{state}_after", lambda: None)()
    assert found == []


def inspected(page: Page, options: dict[str, Any], *, forced_colors: Literal["active", "none"] = "none") -> list[str]:
    """What axe-core finds, as browsers' own inspectors run it, in what is ours."""
    page.emulate_media(forced_colors=forced_colors)
    places = [[place] for place in (".r9s-studio", ".r9s-menu") if page.locator(place).count()]
    violations = Axe().run(page, {"include": places}, options).response["violations"]
    page.emulate_media(forced_colors="none")
    return [f"{one['id']}: {one['help']} {node['html'][:200]}" for one in violations for node in one["nodes"]]
