"""``python -m tests.bench.lab_clip [TARGET]``: README's moving picture, of the real lab in JupyterLab.

From a prompt to four pictures, one of them chosen, painted and edited; under 2 MB.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.bench._jupyter import jupyter_and_chromium
from tests.bench.painting_clip import write
from tests.browser.lab import Notebook
from tests.browser.studio import RUN_MS, Lab

TARGET = Path(__file__).parent.parent.parent / "docs" / "lab.webp"
MAX_BYTES = 2_000_000
FRAME_MS = 100
WIDTH = 800
SECOND = 1000 // FRAME_MS  # frames
CELL = "from r9s_notebook import Studio\n\nStudio(size='512x512', n=4, seed=7)"
PROMPT = "A lighthouse on a cliff at dusk, watercolour"
BALLOON = [(0.14, 0.1), (0.24, 0.06), (0.34, 0.1), (0.36, 0.25), (0.26, 0.36), (0.16, 0.28), (0.13, 0.16), (0.14, 0.1)]
SCREEN = {"width": 1180, "height": 1010}

Place = tuple[float, float]


class Film:
    """Moves a pointer that is seen, and takes a picture after each small movement."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frames: list[Image.Image] = []
        self._at: Place = (SCREEN["width"] * 0.7, SCREEN["height"] * 0.6)
        page.evaluate(POINTER)

    def take(self, times: int = 1) -> None:
        shot = Image.open(io.BytesIO(self.page.screenshot(type="jpeg", quality=92))).convert("RGB")
        picture = shot.resize((WIDTH, round(shot.height * WIDTH / shot.width)), Image.Resampling.LANCZOS)
        self.frames.extend([picture] * times)

    def move(self, *places: Place, steps: int = 5) -> None:
        """To places of the window, in CSS pixels."""
        for place in places:
            start = self._at
            for step in range(1, steps + 1):
                x, y = (a + (b - a) * step / steps for a, b in zip(start, place, strict=True))
                self.page.mouse.move(x, y)
                self.page.evaluate("([x, y]) => window.showPointer(x, y)", [x, y])
                self.take()
            self._at = place

    def click(self, target: Locator) -> None:
        box = target.bounding_box()
        assert box is not None
        self.move((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
        target.click()
        self.take(2)

    def write_words(self, words: str) -> None:
        for start in range(0, len(words), 3):
            self.page.keyboard.type(words[start : start + 3])
            self.take()

    def until(self, seen: Locator, count: int) -> None:
        """Takes pictures until so many of it are seen."""
        for _ in range(60 * SECOND):
            if seen.count() >= count:
                break
            self.take()
            self.page.wait_for_timeout(FRAME_MS)
        expect(seen).to_have_count(count, timeout=RUN_MS)


# A screenshot has no pointer of its own.
POINTER = """() => {
  const pointer = document.createElement('div');
  pointer.style.cssText = 'position:fixed;z-index:2147483647;pointer-events:none;width:0;height:0;left:70%;top:60%';
  pointer.innerHTML = '<svg width="22" height="22" viewBox="0 0 22 22"><path d="M3 2v15l4-4 3 7 3-1-3-7h6z" '
    + 'fill="black" stroke="white" stroke-width="1.5"/></svg>';
  document.body.append(pointer);
  window.showPointer = (x, y) => { pointer.style.left = `${x - 3}px`; pointer.style.top = `${y - 2}px`; };
}"""


def play(film: Film, lab: Lab) -> None:
    """The story."""
    film.take(SECOND // 2)
    film.click(lab.prompt)
    film.write_words(PROMPT)
    film.click(lab.generate)
    film.until(lab.results, 4)
    film.take(SECOND)
    film.click(lab.results.nth(1))
    film.click(lab.root.locator(".r9s-edit"))
    expect(lab.root.locator(".r9s-painter.r9s-inked")).to_be_visible(timeout=RUN_MS)
    film.page.wait_for_timeout(1000)  # the picture comes into the painter
    film.take(SECOND // 2)
    film.click(lab.painter.get_by_title("Lasso").first)
    box = lab.canvas.bounding_box()
    assert box is not None
    outline = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in BALLOON]
    film.move(outline[0])
    film.page.mouse.down()
    film.move(*outline[1:], steps=2)
    film.page.mouse.up()
    film.take(SECOND // 2)
    film.click(lab.prompt)
    film.page.keyboard.press("Control+a")
    film.write_words("A hot-air balloon")
    film.click(lab.generate)
    film.until(lab.root.locator(".r9s-history > .r9s-strip .r9s-tile"), 2)
    film.page.wait_for_timeout(500)
    film.take(3 * SECOND)


def main(target: Path) -> None:
    expect.set_options(timeout=RUN_MS)
    with jupyter_and_chromium() as (server, browser):
        page = browser.new_page(viewport=SCREEN)
        book = Notebook(server, page).open([CELL])
        page.locator(".jp-SideBar .lm-TabBar-tab.lm-mod-current").first.click()  # the file browser away
        lab = Lab(book.run(0).locator(".r9s-studio"))
        expect(lab.prompt).to_be_visible(timeout=RUN_MS)
        book.cell(0).evaluate("cell => cell.scrollIntoView({ block: 'start' })")
        film = Film(page)
        play(film, lab)
        book.close()
    write(film.frames, target, MAX_BYTES, FRAME_MS)
    print(f"{target}: {len(film.frames)} frames, {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
