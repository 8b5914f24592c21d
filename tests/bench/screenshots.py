"""``python -m tests.bench.screenshots [FOLDER]``: the pictures of the README, taken of the real lab in JupyterLab."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.lab import JupyterLab, Notebook
from tests.browser.studio import Lab

DOCS = Path(__file__).parent.parent.parent / "docs"
PROMPT = "A lighthouse on a cliff at dusk, watercolour"
CELL = "from r9s_notebook import Studio\nstudio = Studio(prompt={prompt!r}, size='512x512', n=4, seed=7)\nstudio"


def main(folder: Path) -> None:
    """Takes the lab after a run, light; an edit, dark; and what is left without a kernel."""
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        JupyterLab.start(Path(scratch)) as server,
        sync_playwright() as driver,
    ):
        browser = launch_chromium(driver)
        page = browser.new_page(viewport={"width": 1180, "height": 1120}, device_scale_factor=1.5)
        book = Notebook(server, page).open([CELL.format(prompt=PROMPT)])
        lab = Lab(book.run(0).locator(".r9s-studio"))
        page.locator(".jp-SideBar .lm-TabBar-tab.lm-mod-current").first.click()  # room for the notebook
        lab.run(4)
        keep(page, book, folder / "studio-light.webp")
        book.set_theme("JupyterLab Dark")
        lab.results.nth(1).click()
        lab.root.locator(".r9s-edit").click()
        expect(lab.canvas).to_be_visible()
        page.set_viewport_size({"width": 1180, "height": 1960})
        lab.painter.get_by_title("Lasso").first.click()
        lab.drag(page, [(0.14, 0.1), (0.24, 0.06), (0.34, 0.1), (0.36, 0.25), (0.26, 0.36), (0.16, 0.28), (0.13, 0.16)])
        lab.type_prompt("A hot-air balloon")
        keep(page, book, folder / "studio-dark.webp")
        page.set_viewport_size({"width": 1180, "height": 700})
        book.set_theme("JupyterLab Light")
        book.save()
        book.shut_down_kernels()
        book.open(kernel=False)
        expect(book.cell(0).locator(".r9s-static img").first).to_be_visible(timeout=30_000)
        keep(page, book, folder / "without-kernel.webp")
        browser.close()


def keep(page: Page, book: Notebook, path: Path) -> None:
    """Saves what the cell shows, at half of a sharp screen's size."""
    book.cell(0).scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    shot = Image.open(io.BytesIO(book.cell(0).screenshot()))
    shot.convert("RGB").save(path, quality=86, method=6)
    print(path, shot.size, path.stat().st_size // 1024, "kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)
