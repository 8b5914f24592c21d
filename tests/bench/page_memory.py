"""``python -m tests.bench.page_memory [RUNS]``: what a browser's page keeps of a cell that is run again and again.

In a real JupyterLab and Chromium, beside plain ipywidgets and plain ipycanvas in the same run. Rubbish is collected
and memory said to be short before it is read.
"""

from __future__ import annotations

import sys

from playwright.sync_api import Page, expect

from tests.bench._jupyter import jupyter_and_chromium
from tests.bench.grid import page_bytes
from tests.browser.lab import JupyterLab, Notebook

WARM = 4  # runs before it is counted: what is loaded once comes with them
PICTURE = "from PIL import Image\npicture = Image.new('RGB', (512, 512), 'teal')\n"
CELLS = {
    "60 buttons of plain ipywidgets": (
        "import ipywidgets as w\nw.VBox([w.Button(description=str(i)) for i in range(60)])",
        ".jupyter-button",
    ),
    "plain ipycanvas, four layers, closed before": (
        "import ipycanvas\n"
        "for one in [*c._canvases, c] if 'c' in globals() else []:\n    one.close()\n"
        "c = ipycanvas.MultiCanvas(4, width=512, height=512)\n"
        "for layer in c:\n    layer.fill_rect(0, 0, 100, 100)\nc",
        "canvas",
    ),
    "a lab": ("from r9s_notebook import Studio\nstudio = Studio(prompt='a fox')\nstudio", ".r9s-prompt textarea"),
    "a lab with four pictures": (
        "from r9s_notebook import Studio\nstudio = Studio(prompt='a fox', size='512x512', n=4)\n"
        "studio.generate().result(60)\nstudio",
        ".r9s-grid img",
    ),
    "a lab that edits": (
        f"from r9s_notebook import Studio\n{PICTURE}studio = Studio(image=picture)\nstudio",
        ".r9s-painter.r9s-inked",
    ),
    "a painter": (
        f"from r9s_notebook import MaskPainter\n{PICTURE}painter = MaskPainter(picture)\npainter",
        ".r9s-painter.r9s-inked",
    ),
}


def kept(lab: JupyterLab, page: Page, code: str, shown: str, runs: int) -> float:
    """Megabytes that a page grows by for each further run of the cell."""
    notebook = Notebook(lab, page).open([code])
    before = 0
    for number in range(WARM + runs):
        if number == WARM:
            before = page_bytes(page)
        expect(notebook.run(0).locator(shown).first).to_be_visible()
    after = page_bytes(page)
    notebook.close()
    return (after - before) / runs / 1e6


def main(runs: int) -> None:
    """Prints the table."""
    with jupyter_and_chromium() as (lab, browser):
        print("| MB that a page keeps of each run of a cell | |\n| --- | ---: |")
        for name, (code, shown) in CELLS.items():
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            print(f"| {name} | {kept(lab, page, code, shown, runs):.1f} |", flush=True)
            page.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
