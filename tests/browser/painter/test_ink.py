"""Ink: what is under the pointer at once, and in the kernel as a value."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.lab import JupyterLab, Notebook
from tests.browser.painter.conftest import CELLS, SETUP, PainterPage

pytestmark = pytest.mark.browser


def test_a_drag_is_one_stroke_one_message_and_the_same_pixels_in_the_kernel(painter: PainterPage, sent: list[str]):
    painter.open()
    expect(painter.button("undo")).to_be_disabled()
    sent.clear()
    painter.drag((100, 100), (311, 157), (197, 353), steps=40)
    assert painter.painted((311, 157))
    assert [frame for frame in sent if '"mouse_' in frame] == []
    assert len(sent) == 1
    assert painter.ask("[len(changes), [type(o).__name__ for o in painter.mask.operations]]") == [1, ["Stroke"]]
    assert painter.agreement() >= 0.995


def test_a_stroke_goes_on_outside_the_canvas_and_ends_where_it_is_released(painter: PainterPage, page: Page):
    painter.open()
    page.mouse.move(*painter.on_screen((600, 240)))
    page.mouse.down()
    page.mouse.move(*painter.on_screen((900, -300)), steps=8)  # over the toolbar and the cell above
    page.mouse.move(*painter.on_screen((600, 60)), steps=8)
    page.mouse.up()
    page.mouse.move(*painter.on_screen((200, 400)), steps=4)  # no button is down any more
    assert painter.painted((600, 60))
    assert not painter.painted((200, 400))
    assert painter.ask("len(changes)") == 1
    assert painter.agreement() >= 0.995


def test_strokes_that_are_not_drawings_leave_no_trace(painter: PainterPage, page: Page):
    painter.open()
    before = painter.ask("len(painter.mask.operations)")
    page.mouse.move(*painter.on_screen((100, 100)))
    page.mouse.down()
    page.mouse.move(*painter.on_screen((300, 100)), steps=4)
    painter.press("Escape")  # thought better of it
    page.mouse.up()
    painter.press("r")
    painter.click((320, 240))  # a rectangle of no size
    painter.press("p")
    painter.click((320, 240))
    painter.press("Enter")  # a polygon of one corner
    assert not painter.ink().any()
    # What no browser of ours sends: not finite, no points, no radius.
    painter.do(
        "import struct\n"
        "nan, inf = float('nan'), float('inf')\n"
        "for points, radius in [((nan, inf), 5), ((), 5), ((1.0, 1.0), nan), ((1.0, 1.0), -1)]:\n"
        "    op = {'type': 'stroke', 'stride': 2, 'radius': radius, 'erase': False}\n"
        "    message = {'kind': 'action', 'action': 'push', 'client': 'x', 'seq': 1, 'op': op}\n"
        "    painter._ink._handle_custom_msg(message, [struct.pack(f'<{len(points)}f', *points)])"
    )
    assert painter.ask("len(painter.mask.operations)") == before
    painter.press("b")
    painter.click((320, 240))  # a dot is a stroke
    assert painter.agreement() >= 0.99


def test_paint_is_there_at_once_while_a_cell_keeps_the_kernel_busy(painter: PainterPage):
    painter.open()
    (painter.notebook.file.parent / "question.py").write_text(
        "import pathlib, time\nuntil = time.monotonic() + 200\n"
        "while not pathlib.Path('stop').exists() and time.monotonic() < until: sum(range(10_000))"
    )
    (painter.notebook.file.parent / "stop").unlink(missing_ok=True)
    painter.notebook.run(1, wait=False)
    painter.stage.scroll_into_view_if_needed()
    # The cell's own star: messages on a subshell let the status bar say "Idle" in between.
    prompt = painter.notebook.cell(1).locator(".jp-InputPrompt").first
    expect(prompt).to_have_text("[*]:")
    painter.drag((100, 100), (400, 100))
    painter.press("r")
    expect(painter.button("rect")).to_have_attribute("aria-pressed", "true")
    painter.drag((200, 200), (300, 300))
    painter.press("Control+z", "Control+z", "Control+Shift+z", "i")
    assert not painter.painted((250, 100))
    assert painter.painted((250, 250))
    expect(prompt).to_have_text("[*]:")
    (painter.notebook.file.parent / "stop").touch()
    expect(prompt).not_to_have_text("[*]:")
    names = painter.ask("[type(o).__name__ for o in painter.mask.operations]")
    assert names == ["Stroke", "Invert"]
    assert painter.agreement() >= 0.995


def test_without_the_ink_module_painting_goes_through_the_kernel(lab: JupyterLab, chromium: Browser, tmp_path: Path):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.route("**/extensions/anywidget/**", lambda route: route.abort())
    painter = PainterPage(Notebook(lab, page).open(CELLS), page)
    (painter.notebook.file.parent / "setup.py").write_text(SETUP.replace("SIZE", "(640, 480)"))
    painter.notebook.run(0)
    canvas = painter.root.locator("canvas").first
    expect(canvas).to_be_visible()
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 3 / 4, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    page.wait_for_function(
        """() => {
            const canvas = document.querySelector('.r9s-painter canvas');
            const middle = canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1);
            return middle.data[3] > 0;
        }"""
    )
    assert painter.ask("[type(o).__name__ for o in painter.mask.operations]") == ["Stroke"]
    expect(painter.root.get_by_text("did not load in this page")).to_be_visible()
    expect(painter.root.locator(".jupyter-widgets-error-widget")).to_be_hidden()
    for dead in ("Zoom in", "Zoom out", "Fit", "Actual size", "More"):
        expect(painter.root.get_by_role("button", name=dead, exact=True)).to_have_count(0)
    painter.root.get_by_role("button", name="Save mask").click()
    with page.expect_download() as download:
        painter.root.get_by_role("link", name="Download mask.png").click()
    download.value.save_as(tmp_path / "mask.png")
    same = f"bool((Mask.from_image({str(tmp_path / 'mask.png')!r}).pixels == painter.mask.pixels).all())"
    assert painter.ask(same)
    painter.root.get_by_role("button", name="Undo").click()
    assert painter.ask("painter.mask.is_empty")
    assert painter.page.locator(".r9s-inked").count() == 0
    painter.do("painter.run('more')")
    painter.root.get_by_role("textbox", name="Numbers").fill("ten")
    painter.root.get_by_role("button", name="Add", exact=True).click()
    expect(painter.root.get_by_text("Only numbers can be placed")).to_be_visible()
    painter.notebook.close()
    context.close()
