"""``python -m tests.bench.screenshots [FOLDER [NAME ...]]``: what the real lab in JupyterLab looks like.

Without arguments, the pictures of the README. With a folder, each moment of ``MOMENTS`` on each of ``SCREENS``, in
light and in dark; with names, only those moments.
"""

from __future__ import annotations

import io
import itertools
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.bench._jupyter import jupyter_and_chromium
from tests.browser.lab import JupyterLab, Notebook
from tests.browser.studio import RUN_MS, Lab

DOCS = Path(__file__).parent.parent.parent / "docs"
PROMPT = "A lighthouse on a cliff at dusk, watercolour"
CELL = "from r9s_notebook import Studio\nstudio = Studio(prompt={prompt!r}, size='512x512', n=4, seed=7)\nstudio"
SLOW = (
    "from r9s_notebook import R9S, Studio\nfrom r9s_notebook.server import Faults, create_app\n"
    "Studio(R9S.offline(create_app(faults=Faults(latency=600))), size='512x512', n=4)"
)
SWEEP = (
    "from r9s_notebook import R9S, sweep\nfrom r9s_notebook.server import Faults, create_app\n"
    "slow = R9S.offline(create_app(faults=Faults(latency={latency})))\n"
    "sweep('a {{animal}}, {{style}}', animal=['fox', 'owl', 'whale'],\n"
    "      style=['ink', 'watercolour', 'oil', 'pixel art'], size='256x256', seed={seed}, client=slow)"
)
SEEDS = itertools.count(3)  # the same sweep in the same cell would go on
LOOK = "studio.grid.look({mode!r})"
THEMES = ("Light", "Dark")


@dataclass(frozen=True)
class Screen:
    """Where the lab is looked at: sizes in CSS pixels, and whether by finger."""

    width: int
    height: int
    touch: bool = False


SCREENS = {
    "600": Screen(600, 900),
    "1000": Screen(1000, 800),
    "1600": Screen(1600, 1000),
    "tablet": Screen(820, 1180, touch=True),
}


def results(_book: Notebook, lab: Lab) -> None:
    """A run's pictures, the chosen one under the pointer or the finger."""
    lab.results.nth(1).scroll_into_view_if_needed()
    lab.results.first.hover()


def viewer(book: Notebook, _lab: Lab) -> None:
    """One picture, with its facts."""
    look(book, "view")
    expect(book.page.locator(".r9s-viewer .r9s-factsheet")).to_contain_text("1 of 4")


def compare(book: Notebook, _lab: Lab) -> None:
    """Two pictures and a slider."""
    look(book, "slider")


def cull(book: Notebook, _lab: Lab) -> None:
    """One after the other, two of them judged."""
    look(book, "cull")
    for key in ("p", "x"):
        book.page.keyboard.press(key)
    expect(book.page.locator(".r9s-viewer img[data-original]").first).to_be_visible(timeout=RUN_MS)


def queue(book: Notebook, _lab: Lab) -> None:
    """One run under way and two that wait."""
    book.cell(2).locator(".cm-content").fill(SLOW)
    lab = Lab(book.run(2).locator(".r9s-studio"))
    for waiting, words in enumerate(("An owl", "An owl in ink", "An owl at night")):
        lab.type_prompt(words)
        lab.generate.click()
        expect(lab.generate).not_to_have_attribute("aria-busy", "true")  # else the next click were a double one
        expect(lab.root.locator(".r9s-grid .r9s-tile[data-state=running]")).to_have_count(4)
        expect(lab.root.locator(".r9s-chip")).to_have_count(waiting)
    lab.root.evaluate("element => element.scrollIntoView()")


def history(_book: Notebook, lab: Lab) -> None:
    """What was made, beside all that is known of one picture."""
    panel = lab.root.locator(".r9s-history")
    panel.locator(".r9s-history-open").click()
    expect(panel.locator(".r9s-factsheet-prompt")).to_be_visible(timeout=RUN_MS)
    panel.evaluate("element => element.scrollIntoView()")


def sweep(book: Notebook, _lab: Lab) -> None:
    """A sweep that is under way."""
    book.cell(2).locator(".cm-content").fill(SWEEP.format(latency=1, seed=next(SEEDS)))
    root = book.run(2).locator(".r9s-sweep").first
    root.get_by_role("button", name="Start").click()
    expect(root.locator(".r9s-tile img").nth(2)).to_be_visible(timeout=RUN_MS)
    root.evaluate("element => element.scrollIntoView()")


MOMENTS: dict[str, Callable[[Notebook, Lab], None]] = {
    moment.__name__: moment for moment in (results, viewer, compare, cull, history, queue, sweep)
}


def look(book: Notebook, mode: str) -> None:
    """Opens the viewer by code, as a hand on any screen would."""
    book.cell(1).locator(".cm-content").fill(LOOK.format(mode=mode))
    book.run(1)
    expect(book.page.locator(".r9s-viewer img[data-original]").first).to_be_visible(timeout=RUN_MS)
    if book.page.locator(".r9s-viewer .r9s-factsheet").is_visible() != (mode == "view"):
        book.page.keyboard.press("i")
    if mode == "view":
        expect(book.page.locator(".r9s-viewer .r9s-factsheet-prompt")).to_be_visible(timeout=RUN_MS)


def main(folder: Path | None, names: Collection[str]) -> None:
    """Takes them."""
    expect.set_options(timeout=RUN_MS)
    with jupyter_and_chromium() as (server, browser):
        if folder is None:
            of_readme(browser, server, DOCS)
        else:
            folder.mkdir(exist_ok=True)
            for name, screen in SCREENS.items():
                context = browser.new_context(
                    viewport={"width": screen.width, "height": screen.height},
                    has_touch=screen.touch,
                    is_mobile=screen.touch,
                )
                for moment, theme in taken(Notebook(server, context.new_page()), screen, names or MOMENTS):
                    path = folder / f"{moment}-{theme.lower()}-{name}.png"
                    context.pages[0].screenshot(path=path)
                    print(path, flush=True)
                context.close()


def taken(book: Notebook, screen: Screen, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Brings the window into each moment in each theme, and gives the names of both."""
    page = book.page
    book.open([CELL.format(prompt=PROMPT), "", ""])
    page.keyboard.press("Control+b")  # room for the notebook
    lab = Lab(book.run(0).locator(".r9s-studio"))
    lab.run(4)
    for theme in THEMES:
        page.set_viewport_size({"width": 1000, "height": screen.height})  # the menus need room
        book.set_theme(f"JupyterLab {theme}")
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        for moment in names:
            MOMENTS[moment](book, lab)
            yield moment, theme
            for _ in range(2):
                page.keyboard.press("Escape")
    book.close()


def of_readme(browser: Browser, server: JupyterLab, folder: Path) -> None:
    """Takes the lab after a run, light; an edit, dark; and what is left without a kernel."""
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
    page.close()
    sweep_of_readme(browser, server, folder)


def sweep_of_readme(browser: Browser, server: JupyterLab, folder: Path) -> None:
    """Takes a sweep under way, done, and what is left of it without a kernel."""
    page = browser.new_page(viewport={"width": 1100, "height": 1120}, device_scale_factor=1.5)
    book = Notebook(server, page).open([SWEEP.format(latency=1.2, seed=next(SEEDS))])
    page.locator(".jp-SideBar .lm-TabBar-tab.lm-mod-current").first.click()
    root = book.run(0).locator(".r9s-sweep").first
    root.get_by_role("button", name="Start").click()
    expect(root.locator(".r9s-tile img").nth(4)).to_be_visible(timeout=RUN_MS)
    keep(page, book, folder / "sweep-under-way.webp")
    expect(root.get_by_role("button", name="Choose")).to_be_visible(timeout=RUN_MS)
    expect(root.locator(".r9s-tile img")).to_have_count(12)
    keep(page, book, folder / "sweep-done.webp")
    book.save()
    book.shut_down_kernels()
    book.open(kernel=False)
    expect(book.cell(0).locator(".r9s-static img").nth(11)).to_be_visible(timeout=RUN_MS)
    keep(page, book, folder / "sweep-without-kernel.webp")
    page.close()


def keep(page: Page, book: Notebook, path: Path) -> None:
    """Saves what the cell shows, at half of a sharp screen's size."""
    book.cell(0).scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    shot = Image.open(io.BytesIO(book.cell(0).screenshot()))
    shot.convert("RGB").save(path, quality=86, method=6)
    print(path, shot.size, path.stat().st_size // 1024, "kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None, sys.argv[2:])
