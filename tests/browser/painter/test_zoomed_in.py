"""Closer than the preview is sharp: what the screen shows there is the mask, pixel by pixel."""

import io
import re
import time

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.painter.conftest import PainterPage, overlap

pytestmark = pytest.mark.browser

SIDE = 4096
FRAME = 4  # CSS pixels at the stage's edge that show where the keyboard is
HALF_INK = (255 + 127 - 167) / 2  # red minus green, halfway between the ink and the image
CLOSE_UP = """([x, y]) => {
    const canvas = document.querySelector('.r9s-close-up');
    return canvas.getContext('2d').getImageData(x * canvas.width, y * canvas.height, 1, 1).data[3];
}"""


def look_closely(painter: PainterPage) -> None:
    """A large image at 1:1, with ink that can be told by its colour."""
    painter.open((SIDE, SIDE))
    painter.do("painter._ink.color, painter._ink.opacity, painter.size = '#ff0000', 1.0, 61")
    painter.press("1")
    expect(painter.root.locator(".r9s-close-up")).to_be_visible()


def seen(painter: PainterPage) -> tuple[NDArray[np.bool_], tuple[int, int]]:
    """Where the screen shows ink, and the image pixel in the corner of that; at 1:1."""
    painter.page.mouse.move(2, 2)  # the ring away
    stage, sheet = (painter.root.locator(name).bounding_box() for name in (".r9s-stage", ".r9s-sheet"))
    assert stage is not None
    assert sheet is not None
    x, y = stage["x"] + FRAME, stage["y"] + FRAME
    clip = {"x": x, "y": y, "width": int(stage["width"]) - 2 * FRAME, "height": int(stage["height"]) - 2 * FRAME}
    with Image.open(io.BytesIO(painter.page.screenshot(clip=clip))) as shot:  # type: ignore[arg-type]
        red, green, _ = np.asarray(shot.convert("RGB"), dtype=int).transpose(2, 0, 1)
    return red - green > HALF_INK, (round(x - sheet["x"]), round(y - sheet["y"]))


def expect_seen(painter: PainterPage) -> None:
    """Waits until what the screen shows is the kernel's mask: what only the kernel knows takes a moment."""
    mask = painter.mask()
    deadline = time.monotonic() + 60
    while True:
        ink, (x, y) = seen(painter)
        there = mask[y : y + ink.shape[0], x : x + ink.shape[1]]
        assert 0.02 < there.mean() < 0.98
        agreement = overlap(ink, there)
        if agreement >= 0.995:
            return
        assert time.monotonic() < deadline, agreement


@pytest.mark.parametrize("style", ["transform: scale(0.6); transform-origin: 0 0", "zoom: 1.4", "zoom: 0.7"])
def test_in_an_element_that_is_scaled_zooming_and_panning_hold_what_is_under_the_pointer(
    painter: PainterPage, page: Page, style: str
):
    painter.open()
    painter.root.evaluate(
        "(root, style) => root.setAttribute('style', `${root.getAttribute('style')}; ${style}`)", style
    )
    painter.look()
    painter.press("+", "+", "+", "+")  # so that there is no room around the image, in which it would be centred
    expect(painter.root.locator(".r9s-zoom")).to_contain_text(re.compile("[2-9].. %"))
    place = (320, 240)
    at = painter.on_screen(place)
    page.mouse.move(*at)
    said = painter.root.locator(".r9s-zoom").inner_text()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -60)
    page.keyboard.up("Control")
    expect(painter.root.locator(".r9s-zoom")).not_to_have_text(said)
    assert painter.on_screen(place) == pytest.approx(at, abs=2)
    page.keyboard.down(" ")
    page.mouse.down()
    page.mouse.move(at[0] - 40, at[1] - 30, steps=4)
    page.mouse.up()
    page.keyboard.up(" ")
    assert painter.on_screen(place) == pytest.approx((at[0] - 40, at[1] - 30), abs=2)
    painter.drag(place, (324, 244))
    assert painter.painted((322, 242))


def test_ink_is_as_sharp_as_the_image_whoever_has_painted_it(painter: PainterPage, page: Page):
    look_closely(painter)
    painter.drag((1800, 1900), (2211, 2057), (1907, 2153), (2300, 2160))
    expect_seen(painter)
    painter.do("painter.grow(9)")
    expect_seen(painter)
    painter.press("e")
    painter.drag((1900, 1850), (2100, 2200))  # over an area that only the kernel could work out
    expect_seen(painter)
    page.keyboard.down(" ")
    painter.drag((2300, 2200), (2100, 2050))
    page.keyboard.up(" ")
    painter.press("Control+z", "Control+z", "Control+z", "Control+Shift+z", "Control+Shift+z")
    expect_seen(painter)
    painter.press("0")
    expect(painter.root.locator(".r9s-close-up")).to_have_count(0)
    assert painter.agreement() >= 0.98  # the layer's pixels are larger than the mask's


def test_a_stroke_is_sharp_at_once_while_the_kernel_is_busy(painter: PainterPage, page: Page):
    look_closely(painter)
    painter.do("painter.mask = Mask.blank(4096, 4096).ellipse(1800, 1800, 2300, 2000).grow(5)")
    expect_seen(painter)
    (painter.notebook.file.parent / "question.py").write_text(
        "import pathlib, time\nuntil = time.monotonic() + 200\n"
        "while not pathlib.Path('stop').exists() and time.monotonic() < until: sum(range(10_000))"
    )
    (painter.notebook.file.parent / "stop").unlink(missing_ok=True)
    painter.notebook.run(1, wait=False)
    painter.look()
    prompt = painter.notebook.cell(1).locator(".jp-InputPrompt").first
    expect(prompt).to_have_text("[*]:")
    page.mouse.move(*painter.on_screen((1900, 2150)))
    page.mouse.down()
    page.mouse.move(*painter.on_screen((2200, 2200)), steps=10)
    left, top = painter.on_screen((0, 0))
    stage = painter.stage.bounding_box()
    assert stage is not None
    x, y = left + 2050 - stage["x"], top + 2175 - stage["y"]
    assert page.evaluate(CLOSE_UP, [x / stage["width"], y / stage["height"]]) == 255
    page.mouse.up()
    expect(prompt).to_have_text("[*]:")
    (painter.notebook.file.parent / "stop").touch()
    expect(prompt).not_to_have_text("[*]:")
    expect_seen(painter)


def test_two_views_another_width_and_a_reload_are_as_sharp(painter: PainterPage, page: Page):
    look_closely(painter)
    painter.do(
        "from r9s_notebook.imaging.operations import Stroke\n"
        "for i in range(30): painter.apply(Stroke([(1700.3 + 20.3 * i, 1900), (1759.1 + 18.7 * i, 2203.6)], 7.3))"
    )
    expect_seen(painter)
    painter.do("from IPython.display import display; display(painter)")
    expect(page.locator(".r9s-painter.r9s-inked")).to_have_count(2)
    expect(page.locator(".r9s-close-up")).to_have_count(1)  # the other view shows the whole image
    page.set_viewport_size({"width": 1100, "height": 900})
    painter.press("e")
    painter.drag((1800, 2000), (2200, 2100))
    expect_seen(painter)
    painter.notebook.run(1)  # the other view away
    painter.notebook.save()
    painter.reload()
    painter.press("1")
    expect(painter.root.locator(".r9s-close-up")).to_be_visible()
    expect_seen(painter)


def test_late_answers_about_pixels_are_ignored(painter: PainterPage):
    look_closely(painter)
    painter.drag((1800, 1900), (2211, 2057))
    expect(painter.root.locator(".r9s-detail")).to_be_visible()
    before = painter.root.locator(".r9s-detail").get_attribute("src")
    painter.do(
        "from r9s_notebook.painter.wire import part_of\n"
        "full = part_of(Mask.blank(4096, 4096).fill(), (0, 0, 4096, 4096), 64)\n"
        "for content in ({'kind': 'ink', 'revision': painter._browsers._revision, 'op': full.content},\n"
        "                {'kind': 'detail', 'box': [0, 0, 4096, 4096], 'media_type': 'image/png'}):\n"
        "    painter._ink.send(content | {'view': 'earlier'}, list(full.buffers))\n"
        "painter._say('That was late')"
    )
    expect(painter.root.get_by_role("status")).to_have_text("That was late")  # messages are taken in order
    expect_seen(painter)
    assert painter.root.locator(".r9s-detail").get_attribute("src") == before
