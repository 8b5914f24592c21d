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


def executed(name: str) -> nbformat.NotebookNode:
    """A notebook with its results, run in a folder of its own, without a key; an error in a cell is raised."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("R9S_")}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "notebooks")
        shutil.copytree(NOTEBOOKS, folder, ignore=shutil.ignore_patterns(".*"))
        book = nbformat.read(folder / f"{name}.ipynb", as_version=4)
        where = {"metadata": {"path": str(folder)}}
        how = {"store_widget_state": False, "coalesce_streams": True}  # of a progress bar, its end
        NotebookClient(book, timeout=600, resources=where, **how).execute(env=own)
    for cell in book.cells:
        cell.metadata.pop("execution", None)  # the minute it ran is no news, and would differ each time
    return book


def main() -> None:
    """Writes it back with its outputs."""
    path = NOTEBOOKS / "quickstart.ipynb"
    nbformat.write(executed("quickstart"), path)
    print(path.name, path.stat().st_size // 1000, "kB")


if __name__ == "__main__":
    main()
