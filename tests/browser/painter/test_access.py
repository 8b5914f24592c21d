"""Hands and eyes of all kinds: keys, fingers, pens, forced colours, narrow windows."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.painter.conftest import Fingers, PainterPage, Place

pytestmark = pytest.mark.browser


def test_the_toolbar_is_one_stop_and_arrows_go_from_button_to_button(painter: PainterPage):
    painter.open()
    toolbar = painter.root.get_by_role("toolbar", name="Painting tools", exact=True)
    expect(toolbar.locator("button[tabindex='0']")).to_have_count(1)
    assert toolbar.locator("button").count() > 10
    painter.button("brush").focus()
    painter.press("ArrowRight", "ArrowRight")
    expect(painter.button("rect")).to_be_focused()
    painter.press("Enter")
    expect(painter.button("rect")).to_have_attribute("aria-pressed", "true")
    painter.press("End")
    expect(painter.button("more")).to_be_focused()
    painter.press("ArrowRight")
    expect(painter.button("brush")).to_be_focused()
    painter.press("ArrowLeft", "ArrowLeft", "Tab")
    assert toolbar.locator("button:focus").count() == 0
    painter.button("visible").focus()
    painter.press("Tab", "Shift+Tab")
    expect(painter.button("visible")).to_be_focused()
    painter.press("m")
    more = painter.root.get_by_role("toolbar", name="More painting tools")
    expect(more.locator("button[class*='r9s-cmd-'][tabindex='0']")).to_have_count(1)


def test_a_polygon_is_closed_at_its_first_corner(painter: PainterPage, fingers: Fingers):
    painter.open()
    painter.press("p")
    handle = painter.root.locator(".r9s-handle.r9s-dark")
    expect(handle).to_be_hidden()
    for corner in [(100, 100), (300, 100), (300, 300)]:
        painter.click(corner)
    expect(handle).to_be_visible()
    painter.click((103, 102))
    expect(handle).to_be_hidden()
    assert painter.painted((280, 150))

    for corner in [(400, 300), (600, 300), (600, 450)]:
        fingers.touch("touchStart", painter.on_screen(corner))
        fingers.touch("touchEnd")
    box = handle.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 22
    x, y = painter.on_screen((400, 300))
    fingers.touch("touchStart", (x + 12, y - 12))
    fingers.touch("touchEnd")
    assert painter.painted((590, 350))
    assert painter.ask("[type(o).__name__ for o in painter.mask.operations]") == ["Polygon", "Polygon"]


@pytest.fixture
def draw(painter: PainterPage, page: Page) -> Callable[[str, Place], None]:
    """Sends what a pen does."""
    pen = page.context.new_cdp_session(page)

    def draw(kind: str, place: Place) -> None:
        x, y = painter.on_screen(place)
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "pointerType": "pen", "force": 0.9}
        pen.send("Input.dispatchMouseEvent", {**event, "clickCount": 1})

    return draw


@pytest.mark.parametrize(
    ("tool", "touches"), [(("b", "Stroke"), 1), (("b", "Stroke"), 2), (("g", "Pixels"), 1), (("r", "Rect"), 1)]
)
def test_a_palm_that_comes_before_the_pen_loses_to_it_and_leaves_nothing(
    painter: PainterPage,
    fingers: Fingers,
    draw: Callable[[str, Place], None],
    tool: tuple[str, str],
    touches: int,
):
    painter.open()
    painter.press(tool[0])
    palm = [painter.on_screen(place) for place in ((300, 300), (400, 350))][:touches]
    for number in range(touches):
        fingers.touch("touchStart", *palm[: number + 1])
    draw("mousePressed", (440, 150))
    fingers.touch("touchMove", *[(x - 40, y) for x, y in palm])
    draw("mouseMoved", (460, 180))
    fingers.touch("touchEnd")
    draw("mouseReleased", (460, 180))
    painter.expect_painted((450, 165))
    assert not painter.painted((300, 300))
    assert not painter.painted((270, 300))
    assert painter.ask("[type(o).__name__ for o in painter.mask.operations]") == [tool[1]]


def test_the_palm_of_the_hand_that_draws_is_not_a_second_hand(
    painter: PainterPage, fingers: Fingers, draw: Callable[[str, Place], None]
):
    painter.open()
    before = painter.root.locator(".r9s-sheet").bounding_box()
    draw("mousePressed", (100, 100))
    draw("mouseMoved", (150, 110))
    left, right = painter.on_screen((300, 300)), painter.on_screen((400, 350))
    fingers.touch("touchStart", left)
    fingers.touch("touchStart", left, right)
    fingers.touch("touchMove", (left[0] - 40, left[1]), right)
    draw("mouseMoved", (250, 120))
    fingers.touch("touchEnd")
    draw("mouseMoved", (300, 100))
    draw("mouseReleased", (300, 100))
    assert painter.root.locator(".r9s-sheet").bounding_box() == before
    assert not painter.painted((300, 300))
    assert painter.painted((280, 108))
    assert painter.ask("[type(o).__name__ for o in painter.mask.operations]") == ["Stroke"]


def test_fingers_scroll_the_page_everywhere_but_on_an_image(painter: PainterPage):
    painter.open()
    touch_action = "element => getComputedStyle(element).touchAction"
    assert painter.stage.evaluate(touch_action) == "none"
    assert painter.root.locator(".r9s-toolbar").evaluate(touch_action) == "auto"
    painter.do("painter.image = None")
    painter.page.wait_for_function("() => !document.querySelector('.r9s-has-image')")
    assert painter.stage.evaluate(touch_action) == "auto"


def test_icons_are_there_and_pressed_ones_stand_out_in_forced_colors(painter: PainterPage, page: Page):
    painter.open()
    looks = """button => {
        const { color, borderTopColor, borderTopStyle } = getComputedStyle(button);
        return [getComputedStyle(button, "::before").backgroundColor, color, borderTopStyle + borderTopColor];
    }"""
    page.emulate_media(forced_colors="active")
    try:
        (icon, text, pressed), (other, _, idle) = (painter.button(name).evaluate(looks) for name in ("brush", "rect"))
    finally:
        page.emulate_media(forced_colors="none")
    assert icon == other == text
    assert pressed != idle


def test_the_hint_is_whole_where_it_is_narrow(painter: PainterPage, page: Page):
    painter.open()
    painter.press("p")
    page.set_viewport_size({"width": 620, "height": 900})
    hint = painter.root.locator(".r9s-hint")
    page.wait_for_function("() => document.querySelector('.r9s-painter').clientWidth < 400")
    expect(hint).to_contain_text("closes it.")
    assert hint.evaluate("e => e.scrollWidth <= e.clientWidth && getComputedStyle(e).whiteSpace === 'normal'")
    assert hint.bounding_box()["height"] > 20  # two lines
