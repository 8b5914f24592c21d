"""``python -m tests.bench.grid``: what many pictures cost, beside plain ``ipywidgets.Image`` in the same run.

In a real JupyterLab and Chromium: a thousand pictures, looked at and scrolled; sixteen results of 1024x1024, as they
come and in the saved notebook; two hundred labs that are made, used and closed.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator

import psutil
from playwright.sync_api import Page, expect

from tests.bench._jupyter import jupyter_and_chromium
from tests.bench.open_lab import Counter
from tests.browser.lab import JupyterLab, Notebook
from tests.browser.studio import RUN_MS, Lab

CYCLES = 200
MANY = 1000

# A thousand different thumbnails, as a history has them: WebP of up to 17 kB.
PREPARE = f"""
import io, ipywidgets as w, numpy as np, os
from PIL import Image
from r9s_notebook.imaging import thumbnail
from r9s_notebook.pictures.image_grid import ImageGrid, Tile
ground = Image.effect_noise((320, 320), 40).convert("RGB")
small = [thumbnail(Image.blend(ground, Image.new("RGB", (320, 320), (n % 256, n // 4 % 256, 90)), 0.7)).data
         for n in range({MANY})]
"""
OURS = "ImageGrid([Tile(f'Image {n}', data, width=1024, height=1024, id=str(n)) for n, data in enumerate(small)])"
PLAIN = (
    "w.Box([w.Image(value=data, format='webp', width=168) for data in small],"
    " layout=w.Layout(flex_flow='row wrap', height='675px', overflow='auto'))"
)
MANY_OF = {"ours": (OURS, ".r9s-gallery-scroller"), "plain": (PLAIN, ".widget-box")}

# From the press of the key until all that is seen of the cell's pictures is there, frame by frame.
FIRST_SCREEN = """selector => new Promise(resolve => {
  const started = performance.now();
  const look = () => {
    const scroller = document.querySelector(".jp-Cell:nth-of-type(2) " + selector);
    const seen = [...(scroller?.querySelectorAll("img") ?? [])].filter(img => {
      const box = img.getBoundingClientRect(), within = scroller.getBoundingClientRect();
      return box.bottom > within.top && box.top < Math.min(within.bottom, innerHeight);
    });
    const there = seen.length >= 12 && seen.every(img => img.complete && img.naturalWidth);
    there ? resolve(performance.now() - started) : requestAnimationFrame(look);
  };
  look();
})"""
# A hand's fast wheel: 120 px with each frame, to the end and back.
SCROLL = """selector => new Promise(resolve => {
  const scroller = document.querySelector(".jp-Cell:nth-of-type(2) " + selector);
  const frames = [];
  let last = null, step = 120;
  const next = now => {
    if (last !== null) frames.push(now - last);
    last = now;
    scroller.scrollTop += step;
    if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1) step = -120;
    if (frames.length < 300) return requestAnimationFrame(next);
    frames.sort((a, b) => a - b);
    resolve(frames[Math.floor(frames.length * 0.95)]);
  };
  requestAnimationFrame(next);
})"""

LAB = "from r9s_notebook import Studio\nstudio = Studio(size='1024x1024', n=8)\nstudio"
ORIGINALS = """
import ipywidgets as w
pictures = [image for run in studio.session.runs for image in run.images]
w.HBox([w.Image(value=picture.path.read_bytes()) for picture in pictures])
"""
SUBJECTS = ("a lighthouse at dusk", "a fox in the forest")

CYCLE = """
import gc, psutil, tempfile, ipywidgets as w
from r9s_notebook import History, Studio
from r9s_notebook.session.worker import shared_worker
history = History(tempfile.mkdtemp())
def ours(number):
    studio = Studio(history=history, prompt=f"a boat {number}", size="256x256", response_format="b64_json")
    studio.generate().result(60)
    studio.close()
picture = next(iter(small))
def plain(number):
    box = w.HBox([w.Image(value=picture + bytes([number % 256]))])
    for image in box.children:
        image.close()
    box.close()
def state():
    gc.collect()
    return len(w.widgets.widget._instances), psutil.Process().memory_info().rss
def cycles(make, count):
    for number in range(count):
        make(number)
def tell(before):
    after = state()
    print(after[0] - before[0], (after[1] - before[1]) / 1e6)
"""
# In cells of their own: while one runs, what the page answers to each widget waits, unread, in the kernel's memory.
CYCLES_OF = ("cycles({make}, 30)", "before = state()", "cycles({make}, {count})", "tell(before)")


def main(cycles: int) -> None:
    """Prints the figures as one table."""
    with jupyter_and_chromium() as (server, browser):
        keep_states(server)

        @contextlib.contextmanager
        def notebook(*cells: str) -> Iterator[tuple[Notebook, Page, Counter]]:
            page, counter = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page(), Counter()
            counter.watch(page)
            book = Notebook(server, page).open(cells)
            yield book, page, counter
            book.close()
            page.context.close()

        print("| | plain `ipywidgets.Image` | ours | ratio |\n|---|---|---|---|", flush=True)
        seen = {}
        for name, (code, selector) in MANY_OF.items():
            with notebook(PREPARE, code) as (book, page, _counter):
                book.run(0)
                before = page_bytes(page)
                book.run(1, wait=False)
                first = page.evaluate(FIRST_SCREEN, selector)
                book.expect_idle()
                scroll = page.evaluate(SCROLL, selector)
                seen[name] = (first / 1000, scroll, (page_bytes(page) - before) / 1e6)
        rows = ("to the first screen", "s"), ("scrolling: frame, p95", "ms"), ("memory of the page", "MB")
        for (what, unit), plain, ours in zip(rows, seen["plain"], seen["ours"], strict=True):
            row(f"{MANY:,} pictures: {what}", plain, ours, unit)

        with notebook(LAB, "", ORIGINALS) as (book, page, counter):
            lab = Lab(book.run(0).locator(".r9s-studio"))
            expect(lab.prompt).to_be_visible(timeout=RUN_MS)
            lab.type_prompt("a boat")
            lab.run(8)  # what a first run makes beside its pictures: the strip, the bar
            book.expect_idle()
            messages = size = 0
            for words in SUBJECTS:
                lab.type_prompt(words)
                lab.prompt.press("Tab")
                quiet(page, counter)
                lab.generate.click()
                expect(lab.results.first).to_have_attribute("alt", re.compile(f"{words} .1 of 8"), timeout=RUN_MS)
                expect(lab.status).to_contain_text("8 images in", timeout=RUN_MS)
                book.expect_idle()
                messages, size = messages + counter.messages, size + counter.size
            ours = messages, size / 1000
            book.save()
            saved = book.file.stat().st_size / 1000
            counter.taken()
            book.run(2)
            book.expect_idle()
            plain = counter.messages, counter.size / 1000
            book.save()
            both = book.file.stat().st_size / 1000
        row("sixteen 1024x1024 results, two runs: messages", plain[0] * 16 / 24, ours[0], "")
        row("... bytes", plain[1] * 16 / 24, ours[1], "kB")
        row("... in the notebook, with the widgets' state", (both - saved) * 16 / 24, saved, "kB")

        steps = [step.format(make=make, count=cycles) for make in ("plain", "ours") for step in CYCLES_OF]
        with notebook(PREPARE, CYCLE, *steps) as (book, page, _counter):
            page.set_default_timeout(300_000)
            left = []
            for cell, step in enumerate([PREPARE, CYCLE, *steps]):
                book.cell(cell).scroll_into_view_if_needed()
                book.run(cell, wait=False)
                expect(book.cell(cell).locator(".jp-InputPrompt")).to_have_text(f"[{cell + 1}]:", timeout=300_000)
                book.expect_idle()
                if step == CYCLES_OF[-1]:
                    left.append(
                        [float(x) for x in book.cell(cell).locator(".jp-OutputArea-output").inner_text().split()]
                    )
        row(f"{cycles} cycles of generate and close: widget models left", left[0][0], left[1][0], "")
        row("... memory of the kernel grown by", left[0][1], left[1][1], "MB")


def quiet(page: Page, counter: Counter) -> None:
    """Waits until nothing has crossed for a second, and begins to count: typed words are not a run's."""
    while counter.messages:
        counter.taken()
        page.wait_for_timeout(1000)


def keep_states(server: JupyterLab) -> None:
    """Has JupyterLab store the widgets' state with the notebook, as a person's setting does."""
    folder = server.root.parent / "settings" / "@jupyter-widgets" / "jupyterlab-manager"
    folder.mkdir(parents=True)
    (folder / "plugin.jupyterlab-settings").write_text('{"saveState": true}')


def page_bytes(page: Page) -> int:
    """What the browser's pages hold when memory is short, by the system's count: pictures can be decoded again."""
    inspector = page.context.new_cdp_session(page)
    inspector.send("HeapProfiler.collectGarbage")
    inspector.send("Memory.simulatePressureNotification", {"level": "critical"})
    inspector.detach()
    renderers = (
        process
        for process in psutil.Process().children(recursive=True)
        if any("--type=renderer" in word for word in process.cmdline())
    )
    return sum(process.memory_full_info().uss for process in renderers)


def row(what: str, plain: float, ours: float, unit: str) -> None:
    """One line of the table."""
    ratio = f"{ours / plain:.2f}" if plain > 0 else ""
    print(f"| {what} | {plain:,.4g} {unit} | {ours:,.4g} {unit} | {ratio} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CYCLES)
