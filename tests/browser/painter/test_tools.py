"""Every tool, by its key and by its button, with a mouse, with fingers, and with neither."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.painter.conftest import Fingers, PainterPage

pytestmark = pytest.mark.browser


def operations(painter: PainterPage) -> list[str]:
    return painter.ask("[type(o).__name__ for o in painter.mask.operations]")


def test_each_tool_draws_its_shape_by_key_or_button(painter: PainterPage, page: Page):
    painter.open()
    painter.button("rect").click()
    painter.drag((20, 20), (120, 80))
    painter.press("o")
    painter.drag((140, 20), (240, 80))
    painter.press("l")
    painter.drag((260, 20), (360, 20), (360, 80), (260, 80), steps=3)
    painter.press("p")
    for corner in [(20, 120), (120, 120), (120, 200)]:
        painter.click(corner)
    painter.press("Enter")
    painter.press("w")
    painter.click((448, 168))  # the sun
    painter.expect_painted((448, 168))
    page.keyboard.down("e")  # held: the tool at hand takes away
    painter.press("r")
    painter.drag((430, 150), (466, 186))
    page.keyboard.up("e")
    painter.press("b")
    painter.drag((200, 300), (300, 300))
    painter.press("e")
    painter.drag((250, 280), (250, 320))
    assert operations(painter) == ["Rect", "Ellipse", "Polygon", "Polygon", "Pixels", "Rect", "Stroke", "Stroke"]
    assert [painter.painted(place) for place in [(70, 50), (190, 50), (310, 50), (100, 140), (340, 168)]] == [
        *(True, True, True, True),
        False,
    ]
    assert not painter.painted((448, 168))
    assert not painter.painted((250, 300))
    assert painter.agreement() >= 0.99


def test_the_whole_mask_is_filled_inverted_grown_and_taken_back_step_by_step(painter: PainterPage):
    painter.open()
    painter.stage.focus()
    painter.press("r")
    painter.drag((100, 100), (200, 200))
    painter.press(".")  # grow by 8
    painter.expect_painted((95, 150))
    painter.press(",")
    painter.expect_painted((95, 150), False)
    painter.press("i")
    assert not painter.painted((150, 150))
    painter.press("f")
    assert painter.painted((150, 150))
    painter.press("Delete")
    assert not painter.ink().any()
    for _ in range(5):
        painter.button("undo").click()
    painter.expect_painted((150, 150))
    assert not painter.painted((95, 150))
    painter.press("Control+z")
    expect(painter.button("undo")).to_be_disabled()
    assert not painter.ink().any()
    painter.press("Control+Shift+z")
    assert operations(painter) == ["Rect"]
    painter.do("painter.mask = Mask.blank(640, 480).ellipse(300, 100, 500, 300)")
    painter.expect_painted((400, 200))
    assert not painter.painted((150, 150))
    painter.stage.focus()
    painter.press("Control+z")
    painter.expect_painted((150, 150))


def test_a_mask_is_saved_to_a_file_and_loaded_again(painter: PainterPage, page: Page, tmp_path: Path):
    painter.open()
    painter.press("m", "r")
    painter.drag((100, 100), (200, 200))
    with page.expect_download() as download:
        painter.button("save").click()
    download.value.save_as(tmp_path / "mask.png")
    painter.stage.focus()
    painter.press("Delete")
    painter.expect_painted((150, 150), False)
    with page.expect_file_chooser() as chooser:
        painter.press("Shift+O")
    chooser.value.set_files(tmp_path / "mask.png")
    painter.expect_painted((150, 150))
    assert painter.ask("painter.mask.bounds") == [100, 100, 200, 200]
    with page.expect_file_chooser() as chooser:
        painter.root.get_by_role("button", name="Load mask").click()
    chooser.value.set_files({"name": "no.png", "mimeType": "image/png", "buffer": b"not a picture"})
    expect(painter.root.get_by_role("status")).to_contain_text("The mask is not an image")


def test_zoomed_in_paint_lands_where_it_is_seen(painter: PainterPage, page: Page):
    painter.open()
    page.mouse.move(*painter.on_screen((448, 168)))
    page.keyboard.down("Control")
    for _ in range(4):
        page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    expect(painter.root.locator(".r9s-zoom")).not_to_contain_text("132 %")
    painter.drag((440, 160), (456, 176))
    page.keyboard.down(" ")
    painter.drag((448, 168), (400, 120))  # pans
    page.keyboard.up(" ")
    painter.drag((480, 200), (490, 210))
    painter.press("0")
    assert painter.painted((448, 168))
    assert painter.painted((485, 205))
    assert painter.agreement() >= 0.99
    assert operations(painter) == ["Stroke", "Stroke"]


def test_the_page_scrolls_over_the_stage_and_tab_leaves_it_and_keys_stay_inside(painter: PainterPage, page: Page):
    painter.open()
    cells = page.locator(".jp-CodeCell").count()
    painter.stage.focus()
    painter.press("b", "d", "d", "a", "x")  # JupyterLab would insert, delete, insert, cut
    assert page.locator(".jp-CodeCell").count() == cells
    page.set_viewport_size({"width": 1280, "height": 500})
    page.mouse.move(*painter.on_screen((320, 60)))
    before = painter.stage.bounding_box()
    page.mouse.wheel(0, -60)
    page.mouse.wheel(0, 100)
    page.wait_for_function(
        "y => document.querySelector('.r9s-stage').getBoundingClientRect().y !== y", arg=before and before["y"]
    )
    painter.stage.focus()
    painter.press("Tab")
    expect(painter.stage).not_to_be_focused()


def test_one_finger_paints_and_two_fingers_zoom(painter: PainterPage, fingers: Fingers):
    painter.open()
    start, middle, end = (painter.on_screen((x, 200)) for x in (100, 150, 200))
    fingers.touch("touchStart", start)
    fingers.touch("touchMove", middle)
    fingers.touch("touchMove", end)
    fingers.touch("touchEnd")
    assert painter.painted((150, 200))
    left, right = painter.on_screen((300, 300)), painter.on_screen((340, 300))
    fingers.touch("touchStart", left)
    fingers.touch("touchMove", (left[0] + 2, left[1]))
    fingers.touch("touchStart", left, right)
    fingers.touch("touchMove", (left[0] - 60, left[1]), (right[0] + 60, right[1]))
    fingers.touch("touchEnd")
    assert not painter.painted((300, 300))
    assert operations(painter) == ["Stroke"]
    assert painter.root.locator(".r9s-sheet").bounding_box()["width"] > 1500


def test_somebody_without_a_mouse_places_moves_and_hears(painter: PainterPage, page: Page):
    painter.open()
    painter.stage.focus()
    painter.press("m")
    page.get_by_role("textbox", name="Numbers").fill("100, 100, 50 x 40")
    page.get_by_role("button", name="Add", exact=True).click()
    painter.expect_painted((125, 120))
    expect(painter.root.get_by_role("status")).to_contain_text("Done: ")  # comes after the paint
    painter.stage.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(painter.root.get_by_role("status")).to_have_text("Moved 1 down")
    assert painter.ask("[(o.x0, o.y0, o.x1, o.y1) for o in painter.mask.operations]") == [[110, 101, 160, 141]]
    page.get_by_role("textbox", name="Numbers").fill("ten, ten")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(painter.root.get_by_role("status")).to_contain_text("Only numbers can be placed")
    for button in painter.root.locator("button").all():
        assert button.inner_text().strip() or button.get_attribute("aria-label") or button.text_content()


def test_keys_in_the_toolbar_stay_there_and_a_mouse_gives_the_stage_its_keys_back(painter: PainterPage, page: Page):
    painter.open()
    cells = page.locator(".jp-CodeCell").count()
    painter.drag((100, 100), (300, 100))
    readout = painter.root.locator(".r9s-brush-size .widget-readout")
    readout.click()
    painter.press("Backspace", "b", "Delete")
    assert painter.painted((200, 100))
    painter.root.locator(".r9s-brush-size [role=slider]").focus()
    painter.press("d", "d", "a", "ArrowRight")
    expect(painter.root.locator(".r9s-brush-size [role=slider]")).to_be_focused()
    painter.button("undo").focus()
    painter.press("ArrowDown", "ArrowUp", "x")
    expect(painter.button("undo")).to_be_focused()
    assert page.locator(".jp-CodeCell").count() == cells
    painter.button("zoom_in").click()
    expect(painter.stage).to_be_focused()


def test_painting_shows_a_hidden_mask_and_undo_in_a_stroke_gives_it_up(painter: PainterPage, page: Page):
    painter.open()
    painter.press("h")
    expect(painter.button("visible")).to_have_attribute("aria-pressed", "false")
    painter.press("w")
    page.keyboard.down("e")
    painter.click((448, 168))
    page.keyboard.up("e")
    expect(painter.button("visible")).to_have_attribute("aria-pressed", "true")
    expect(painter.button("wand")).to_have_attribute("aria-pressed", "true")
    painter.press("b")
    page.mouse.move(*painter.on_screen((100, 100)))
    page.mouse.down()
    page.mouse.move(*painter.on_screen((300, 100)), steps=4)
    painter.press("Control+z")
    page.mouse.up()
    assert not painter.ink().any()


def test_two_fingers_in_a_polygon_leave_the_corners_before_them(painter: PainterPage, fingers: Fingers):
    painter.open()
    painter.press("p")
    for corner in [(100, 100), (300, 100), (300, 300)]:
        fingers.touch("touchStart", painter.on_screen(corner))
        fingers.touch("touchEnd")
    left, right = painter.on_screen((150, 350)), painter.on_screen((190, 350))
    fingers.touch("touchStart", left)
    fingers.touch("touchStart", left, right)
    fingers.touch("touchMove", (left[0] - 5, left[1]), right)
    fingers.touch("touchEnd")
    painter.press("Enter")
    assert operations(painter) == ["Polygon"]
    assert painter.painted((250, 150))


WATCH_BITMAPS = """() => {
    const make = window.createImageBitmap;
    window.bitmaps = [];
    window.createImageBitmap = async (...source) => {
        const bitmap = await make(...source);
        window.bitmaps.push(bitmap);
        return bitmap;
    };
}"""


def test_old_steps_of_the_kernel_are_given_back_and_can_be_undone_nevertheless(painter: PainterPage, page: Page):
    painter.open()
    page.evaluate(WATCH_BITMAPS)
    painter.do(
        "from r9s_notebook.painter import browsers\n"
        "browsers.PATIENCE = 0\n"  # all of them are sent
        "for i in range(40): painter.mask = Mask.blank(640, 480).rect(0, 0, 10 * i + 10, 100)\n"
        "browsers.PATIENCE = 0.25"
    )
    painter.expect_painted((395, 50))
    assert page.evaluate("window.bitmaps.length") == 40
    assert page.evaluate("window.bitmaps.filter(({ width }) => width > 0).length") <= 16  # a closed one has no width
    for _ in range(30):
        painter.press("Control+z")
    painter.expect_painted((105, 50), False)
    painter.expect_painted((95, 50))
    assert painter.agreement() >= 0.99


def test_the_bucket_stays_inside_paint_the_wand_does_not_and_what_changes_nothing_is_no_step(painter: PainterPage):
    painter.open()
    said = painter.root.get_by_role("status")
    painter.press("Delete")
    expect(said).to_have_text("Nothing to clear")
    painter.drag((100, 100), (200, 100), (200, 200), (100, 200), (100, 95))
    painter.press("g")
    painter.click((150, 150))
    painter.expect_painted((150, 150))
    expect(said).to_contain_text("Done: ")
    painter.click((150, 150))
    expect(said).to_have_text("Nothing changed: this place is painted already")
    assert not painter.painted((300, 300))
    painter.press("w")
    painter.click((150, 150))
    painter.expect_painted((300, 300))
    assert not painter.painted((448, 168))
    painter.press("Control+z", "Control+z")
    painter.expect_painted((150, 150), False)
    painter.press("e")
    painter.drag((90, 90), (210, 90), (210, 210), (90, 210), (90, 90), (210, 210))
    painter.do("painter.size = 300")
    painter.drag((150, 150), (152, 152))
    assert not painter.ink().any()
    painter.press(
        "Control+z", "Control+Shift+z", "Delete"
    )  # the page cannot know that nothing is left; the kernel does
    expect(said).to_have_text("Nothing changed: 0% of the image is painted")
    painter.press("Control+z")
    painter.expect_painted((150, 50), False)
    assert operations(painter) == ["Stroke", "Stroke"]
    assert painter.agreement() >= 0.99


def test_with_shift_the_wand_takes_a_colour_everywhere(painter: PainterPage, page: Page):
    painter.open()
    painter.do("picture = painter.image.copy(); picture.paste('#ffe082', (20, 20, 60, 60)); painter.image = picture")
    painter.press("w")
    page.keyboard.down("Shift")
    painter.click((448, 168))
    page.keyboard.up("Shift")
    painter.expect_painted((40, 40))
    assert painter.painted((448, 168))
    assert not painter.painted((200, 200))


def test_the_page_keeps_no_more_steps_than_can_be_undone_twice_over(painter: PainterPage, page: Page):
    painter.open()
    page.evaluate(
        """() => {
            const canvas = OffscreenCanvas.prototype, take = canvas.transferToImageBitmap;
            window.flattened = 0;
            canvas.transferToImageBitmap = function () { window.flattened++; return take.call(this); };
        }"""
    )
    painter.do("painter._ink.undo_limit = 3")
    for x in range(50, 400, 50):
        painter.drag((x, 100), (x, 300), steps=2)
    page.wait_for_function("window.flattened === 1")
    assert painter.agreement() >= 0.99
    painter.press(*["Control+z"] * 3)
    expect(painter.button("undo")).to_be_disabled()
    assert len(operations(painter)) == 4
    assert painter.agreement() >= 0.99


def test_of_many_masks_in_one_cell_the_page_gets_a_few_and_the_newest_last(painter: PainterPage, page: Page):
    painter.open()
    page.evaluate(WATCH_BITMAPS)
    painter.drag((20, 400), (60, 400))
    painter.do("for i in range(40): painter.mask = Mask.blank(640, 480).rect(0, 0, 10 * i + 10, 100)")
    painter.expect_painted((395, 50))
    assert page.evaluate("window.bitmaps.length") <= 10
    painter.drag((20, 300), (60, 300))
    assert operations(painter)[-1] == "Stroke"
    assert painter.agreement() >= 0.99
    painter.press("Control+z", "Control+z")
    painter.expect_painted((395, 50), False)
    painter.expect_painted((385, 50))
