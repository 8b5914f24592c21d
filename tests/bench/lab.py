"""``python -m tests.bench.lab``: how long a person waits for the lab, and what a run adds to the notebook.

In a real JupyterLab and Chromium: from the click on Generate until every image is on the screen.
"""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import Page

from tests.bench._jupyter import jupyter_and_chromium
from tests.browser.lab import JupyterLab, Notebook
from tests.browser.studio import Lab

ROUNDS = 7
CELL = "from r9s_notebook import Studio\nstudio = Studio(size='{size}', n=4)\nstudio"
SUBJECTS = ("lighthouse", "fox", "harbour", "owl", "castle", "train", "garden")

# Seen from inside the page, frame by frame, so that the driver's own round trips do not count.
ALL_SHOWN = """([count, before]) => new Promise(resolve => {
  const look = () => {
    const images = [...document.querySelectorAll(".r9s-grid img")];
    const fresh = images.length === count && images.every(i => i.complete && i.naturalWidth && i.alt !== before);
    fresh ? resolve(performance.now()) : requestAnimationFrame(look);
  };
  document.querySelector(".r9s-generate").click();
  window.clicked = performance.now();
  look();
})"""


def main() -> None:
    """Prints a table for each size."""
    with jupyter_and_chromium() as (server, browser):
        print("| four images | click to all on screen, median | slowest | a run adds to the .ipynb |")
        print("|---|---|---|---|")
        for size in ("512x512", "1024x1024"):
            page = browser.new_page(viewport={"width": 1280, "height": 1000})
            times, added = measure(server, page, size)
            print(
                f"| {size} | {statistics.median(times):.2f} s | {max(times):.2f} s "
                f"| {statistics.median(added) / 1000:.0f} kB |"
            )
            page.close()


def measure(server: JupyterLab, page: Page, size: str) -> tuple[list[float], list[int]]:
    """Seconds from click to screen, and bytes that the saved notebook grew by, for each round."""
    book = Notebook(server, page).open([CELL.format(size=size)])
    empty = book.file.stat().st_size
    lab = Lab(book.run(0).locator(".r9s-studio"))
    times, added = [], []
    for subject in SUBJECTS[:ROUNDS]:
        before = lab.results.first.get_attribute("alt") if lab.results.count() else None
        lab.type_prompt(f"a {subject} at dusk")
        lab.prompt.press("Tab")
        shown = page.evaluate(ALL_SHOWN, [4, before])
        times.append((shown - page.evaluate("window.clicked")) / 1000)
        time.sleep(1)  # the next click must not look like a double click
        book.save()
        added.append(book.file.stat().st_size - empty)
    book.close()
    return times, added


if __name__ == "__main__":
    main()
