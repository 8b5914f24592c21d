"""The moving picture of painting in the README.

    python -m tests.bench.painting_clip docs/painting.webp

Paints in a real JupyterLab, frame by frame, and keeps what a person sees; under 1.5 MB.
"""

from __future__ import annotations

import io
import math
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.bench._jupyter import jupyter_and_chromium
from tests.browser.lab import Notebook

MAX_BYTES = 1_500_000
FRAME_MS = 70
WIDTH = 760

SETUP = """
from r9s_notebook import R9S
from r9s_notebook.painter.mask_painter import MaskPainter

with R9S.offline() as r9s:
    answer = r9s.images.create(prompt="A lighthouse on a cliff at dusk, calm sea, full moon", size="1024x1024", seed=11)
    picture = r9s.images.read(answer.data[0])
painter = MaskPainter(picture)
painter
"""

Place = tuple[float, float]


class Film:
    """Paints, and takes a picture after each small movement."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frames: list[Image.Image] = []
        self.root = page.locator(".r9s-painter")
        sheet = self.root.locator(".r9s-sheet").bounding_box()
        assert sheet is not None
        self._sheet = sheet
        self._pointer: Place = (0.5, 0.5)

    def take(self, times: int = 1) -> None:
        picture = Image.open(io.BytesIO(self.root.screenshot(type="jpeg", quality=92))).convert("RGB")
        picture = picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)
        self.frames.extend([picture] * times)

    def _on_screen(self, place: Place) -> Place:
        box = self._sheet
        return box["x"] + place[0] * box["width"], box["y"] + place[1] * box["height"]

    def move(self, *places: Place, steps: int = 6) -> None:
        """To places given as shares of the image's width and height."""
        for place in places:
            start = self._pointer
            for i in range(1, steps + 1):
                share = [a + (b - a) * i / steps for a, b in zip(start, place, strict=True)]
                self.page.mouse.move(*self._on_screen((share[0], share[1])))
                self.take()
            self._pointer = place

    def drag(self, *places: Place, steps: int = 3) -> None:
        self.move(places[0], steps=4)
        self.page.mouse.down()
        self.move(*places[1:], steps=steps)
        self.page.mouse.up()
        self.take(3)

    def click(self, place: Place) -> None:
        self.move(place)
        self.page.mouse.click(*self._on_screen(place))
        self.page.wait_for_timeout(400)  # the kernel looks at the image
        self.take(4)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.take(4)


def play(film: Film) -> None:
    """The story: brush, undo, a wand, grow, lasso, the key that takes away, invert."""
    film.take(4)
    film.drag(*[(0.15 + 0.02 * i, 0.40 + 0.05 * math.sin(i * 1.3)) for i in range(9)], steps=2)
    film.press("Control+z", "w")  # easier: the moon by its colour, and a little more
    film.click((0.245, 0.40))
    film.press(".")
    film.press("l")  # around the lamp
    film.drag(*[(0.54 + 0.10 * math.sin(t / 5), 0.14 - 0.11 * math.cos(t / 5)) for t in range(33)], steps=1)
    film.page.keyboard.down("e")
    film.press("r")
    film.drag((0.42, 0.19), (0.66, 0.27), steps=6)
    film.page.keyboard.up("e")
    film.press("i")
    film.take(6)
    film.press("i")
    film.take(10)


def write(frames: list[Image.Image], target: Path, max_bytes: int = MAX_BYTES, frame_ms: int = FRAME_MS) -> None:
    """A WebP or GIF, by the target's name, at the best quality that fits."""
    for quality in (80, 65, 50, 35, 20):
        out = io.BytesIO()
        if target.suffix == ".gif":
            colors = [frame.quantize(max(32, quality * 3), dither=Image.Dither.NONE) for frame in frames]
            colors[0].save(out, "GIF", save_all=True, append_images=colors[1:], duration=frame_ms, loop=0)
        else:
            options = {"duration": frame_ms, "loop": 0, "quality": quality, "method": 4}
            frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], **options)
        if out.tell() < max_bytes:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(out.getvalue())
            return
    raise SystemExit(f"{target} does not fit in {max_bytes:,} bytes")


def main(target: Path) -> None:
    expect.set_options(timeout=60_000)
    with jupyter_and_chromium() as (lab, browser):
        page = browser.new_page(viewport={"width": 1030, "height": 1000})
        book = Notebook(lab, page).open([SETUP])
        page.locator(".jp-SideBar .lm-TabBar-tab.lm-mod-current").first.click()  # the file browser away
        book.run(0)
        expect(page.locator(".r9s-painter.r9s-inked")).to_be_visible(timeout=30_000)
        page.locator(".r9s-stage").evaluate("stage => stage.scrollIntoView({ block: 'center' })")
        page.locator(".r9s-stage").focus()
        film = Film(page)
        play(film)
        book.close()
    write(film.frames, target)
    print(f"{target}: {len(film.frames)} frames, {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/painting.webp"))
