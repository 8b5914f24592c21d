"""``python -m tests.site [FOLDER]``: builds the documentation's pages, in ``build/site`` or a folder of yours.

Lessons are run for their results, each in a folder of its own. A warning ends it with a status that is not 0: a link or
an anchor that leads nowhere, a docstring that cannot be read. ``--links`` leaves the lessons' results out, which is
quick, and all that the gate needs: its tests run the lessons.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

from tests import pythons
from tests.bench.quickstart import executed

# What links lead to: the pages, and files that are handed out with them.
SOURCES = ("*.md", "LICENSE", "pyproject.toml", "docs", "notebooks", "binder")
WITH_RESULTS = {"quickstart", "own-models"}  # kept in the file; or none, since it needs a diffusion model


def main(target: Path, *, only_links: bool = False) -> int:
    """Builds them, and gives Sphinx's exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        sources = Path(scratch)
        copy(sources)
        if not only_links:
            lessons = [path for path in (sources / "notebooks").glob("*.ipynb") if path.stem not in WITH_RESULTS]
            with ThreadPoolExecutor(2) as pool:
                for path, book in zip(lessons, pool.map(executed, [path.stem for path in lessons]), strict=True):
                    nbformat.write(book, path)
        command = ["-m", "sphinx", "-W", "--keep-going", "-q", "-d", sources / "build", "-c", "docs", ".", target]
        return subprocess.run([sys.executable, *command], cwd=sources, check=False).returncode


def copy(folder: Path) -> None:
    """The sources as git has them, or would; not what lessons wrote where they lie."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *SOURCES]
    names = subprocess.run(listed, cwd=pythons.ROOT, capture_output=True, text=True, check=True).stdout
    for name in names.rstrip("\0").split("\0"):
        if (pythons.ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(pythons.ROOT / name, folder / name)


if __name__ == "__main__":
    folders = [Path(argument).resolve() for argument in sys.argv[1:] if not argument.startswith("--")]
    default = pythons.ROOT / "build" / "site"
    raise SystemExit(main(folders[0] if folders else default, only_links="--links" in sys.argv[1:]))
