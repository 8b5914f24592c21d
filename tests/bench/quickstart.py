"""``python -m tests.bench.quickstart``: runs the quickstart and keeps its results in the file, as a reader finds them.

The outputs that need no kernel are what shows on GitHub and in nbviewer. No widget state is kept: it would be of no use
there, and large.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent.parent / "notebooks"


def main() -> None:
    """Executes a copy in an empty folder, and writes it back with its outputs."""
    for name in [name for name in os.environ if name.startswith("R9S_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for path in NOTEBOOKS.iterdir():
            if path.is_file():
                shutil.copy(path, folder)
        book = nbformat.read(folder / "quickstart.ipynb", as_version=4)
        client = NotebookClient(
            book, timeout=120, resources={"metadata": {"path": str(folder)}}, store_widget_state=False
        )
        client.execute()
    for cell in book.cells:
        cell.metadata.pop("execution", None)  # the minute it ran is no news, and would differ each time
    path = NOTEBOOKS / "quickstart.ipynb"
    nbformat.write(book, path)
    print(path.name, path.stat().st_size // 1000, "kB")


if __name__ == "__main__":
    main()
