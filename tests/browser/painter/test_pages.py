"""Pages come and go: reloads, two tabs, two views, themes, widths, and images of any size."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.lab import Notebook
from tests.browser.painter.conftest import PainterPage

pytestmark = pytest.mark.browser


def test_a_reloaded_page_shows_the_mask_and_can_still_undo(painter: PainterPage):
    painter.open()
    painter.drag((100, 100), (300, 100))
    painter.press("r")
    painter.drag((400, 300), (500, 400))
    assert painter.ask("len(changes)") == 2
    painter.notebook.save()
    painter.reload()
    painter.expect_painted((200, 100))
    painter.expect_painted((450, 350))
    painter.stage.focus()
    painter.press("Control+z")  # a step that only the kernel remembers
    painter.expect_painted((450, 350), False)
    painter.press("b")
    painter.drag((100, 200), (300, 200))
    assert painter.ask("[type(o).__name__ for o in painter.mask.operations]") == ["Stroke", "Stroke"]
    assert painter.agreement() >= 0.99


def test_two_tabs_and_two_views_agree(painter: PainterPage, page: Page, chromium: Browser):
    painter.open()
    painter.do("from IPython.display import display; display(painter)")
    expect(page.locator(".r9s-painter.r9s-inked")).to_have_count(2)
    painter.drag((100, 100), (300, 100))
    screens = "[...document.querySelectorAll('canvas.r9s-ink, .r9s-ink canvas')].map(canvas => canvas.toDataURL())"
    first, second = page.evaluate(screens)
    assert first == second
    painter.notebook.save()

    context = chromium.new_context(viewport={"width": 1100, "height": 900})
    other = PainterPage(Notebook(painter.notebook.lab, context.new_page(), painter.notebook.path), context.pages[0])
    other.notebook.open()
    other.wait()
    other.expect_painted((200, 100))
    other.button("rect").click()
    other.drag((400, 300), (500, 400))
    painter.expect_painted((450, 350))
    painter.button("brush").click()
    painter.drag((100, 200), (300, 200))
    other.expect_painted((200, 200))
    other.button("undo").click()  # of the other's stroke: there is one history
    painter.expect_painted((200, 200), False)
    context.close()


def test_a_painter_whose_view_went_is_shown_again_with_its_ink_and_with_what_code_did_meanwhile(
    painter: PainterPage,
):
    painter.open()
    painter.drag((100, 100), (300, 100))
    painter.drag((100, 200), (300, 200))
    painter.agreement()  # the kernel has both
    canvas = painter.root.locator(".r9s-ink canvas, canvas.r9s-ink").element_handle()
    (painter.notebook.file.parent / "setup.py").write_text(
        "from r9s_notebook.imaging.operations import Rect\npainter.apply(Rect(400, 300, 500, 400))"
    )
    painter.notebook.run(0)
    painter.wait()
    painter.expect_painted((450, 350))
    assert [painter.painted(place) for place in [(200, 100), (200, 200), (200, 300)]] == [True, True, False]
    assert painter.agreement() >= 0.995
    assert canvas is not None
    assert canvas.evaluate("canvas => [canvas.isConnected, canvas.width]") == [False, 1]  # its memory is free
    painter.look()
    painter.press("Control+z", "Control+z")
    painter.expect_painted((200, 200), False)
    painter.drag((100, 300), (300, 300))
    assert painter.agreement() >= 0.995


def test_images_of_any_size_get_strokes_in_their_own_pixels(painter: PainterPage):
    painter.open((16, 16))
    for width, height in [(16, 16), (3000, 40), (40, 3000), (8192, 8192)]:
        painter.size = width, height
        painter.do(f"painter.image = picture({width}, {height})")
        expect(painter.root.locator(".r9s-zoom")).to_contain_text(f"{width} × {height}")  # noqa: RUF001 - as shown
        painter.drag((width * 0.25, height * 0.3), (width * 0.6, height * 0.55), (width * 0.3, height * 0.7))
        assert painter.painted((width * 0.6, height * 0.55))
        assert painter.ask("painter.mask.to_image().size") == [width, height]
        assert painter.ask("painter.size") == pytest.approx(
            max(1, round(min(max(width, height) * 0.06, min(width, height) * 0.5))), rel=0.02
        )
        if max(width, height) < 8192:
            assert painter.agreement() >= (0.9 if min(width, height) < 100 else 0.99)
    # Zoomed in further than the preview is sharp, the image's own pixels come.
    expect(painter.root.locator(".r9s-detail")).to_be_hidden()
    painter.press("1")
    expect(painter.root.locator(".r9s-detail")).to_be_visible()
    sheet, detail = (painter.root.locator(name).bounding_box() for name in (".r9s-sheet", ".r9s-detail"))
    natural = painter.root.locator(".r9s-detail").evaluate("image => image.naturalWidth")
    assert sheet is not None
    assert detail is not None
    assert sheet["width"] == pytest.approx(8192, abs=1)
    assert detail["width"] == pytest.approx(natural, abs=2)


def test_it_looks_made_for_the_theme_and_holds_at_any_width(painter: PainterPage, page: Page):
    painter.open()
    painter.press("m")
    painter.drag((100, 100), (300, 150))
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        painter.notebook.set_theme(theme)
        background = "getComputedStyle(document.querySelector('.r9s-painter')).backgroundColor"
        lab = "getComputedStyle(document.querySelector('.jp-Notebook .jp-Cell')).getPropertyValue('--jp-layout-color1')"
        assert page.evaluate(f"{background} !== '' && {lab} !== ''")
        assert painter.painted((200, 125))
    page.locator(".jp-SideBar .lm-TabBar-tab.lm-mod-current").first.click()  # the file browser away
    for width in (600, 1600):
        page.set_viewport_size({"width": width + 150, "height": 900})
        page.wait_for_function("() => document.querySelector('.r9s-painter').clientWidth > 0")
        assert page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.r9s-painter'))")
        assert painter.painted((200, 125))
    heights = set()
    for width in range(320, 640, 40):
        painter.root.evaluate("(el, width) => { el.style.width = `${width}px`; }", width)
        for place in ((200, 125), (-400, 125)):  # the pointer over the picture, and beside it
            page.mouse.move(*painter.on_screen(place))
            heights.add((width, painter.root.evaluate("el => el.offsetHeight")))
    painter.root.evaluate("el => { el.style.width = ''; }")
    assert len(heights) == 8  # what is below stays where it is
    painter.drag((100, 300), (300, 300))
    assert painter.agreement() >= 0.99
    # A container of no width, and back.
    painter.root.evaluate("el => { el.style.display = 'none'; }")
    (painter.notebook.file.parent / "question.py").write_text("painter.invert()")
    painter.notebook.run(1)
    painter.root.evaluate("el => { el.style.display = ''; }")
    painter.expect_painted((200, 125), False)
    painter.drag((100, 125), (300, 125))
    assert painter.painted((200, 125))


def test_with_the_kernel_gone_painting_says_so_and_can_be_undone(painter: PainterPage):
    painter.open()
    painter.notebook.restart_kernel()
    painter.look()
    painter.drag((100, 100), (300, 100))
    expect(painter.root.get_by_role("status")).to_contain_text("The kernel is gone")
    assert painter.painted((200, 100))
    painter.press("Control+z")
    assert not painter.painted((200, 100))
