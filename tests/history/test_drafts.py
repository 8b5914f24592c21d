"""What is not yet sent is kept: across processes, for each cell of each notebook, with the images that it needs."""

from __future__ import annotations

import json
from pathlib import Path

from r9s_notebook.history import NewRun, Store
from tests.history.conftest import Child


def notebook(home: Path, name: str, cell: str) -> None:
    (home.parent / name).write_text(json.dumps({"cells": [{"id": cell}]}))


def test_a_draft_outlives_a_process_that_is_killed(home: Path, child) -> None:
    process: Child = child(
        """
        import sys
        from r9s_notebook.history import Store
        store = Store(sys.argv[1])
        store.keep_draft("cell", "a.ipynb", "first")
        store.keep_draft("cell", "a.ipynb", "second")
        print("kept", flush=True)
        sys.stdin.read()
        """,
        home,
    )
    assert process.reads() == "kept"
    process.kill()
    with Store(home) as store:
        assert store.draft("cell", "a.ipynb") == "second"
        assert store.draft("other", "a.ipynb") is None
        store.keep_draft("cell", "a.ipynb", "")
        assert store.draft("cell", "a.ipynb") is None


def test_a_copys_cell_has_its_own_and_a_renamed_notebook_keeps_its(store: Store, home: Path) -> None:
    notebook(home, "a.ipynb", "cell")
    store.begin(NewRun(prompt="x", notebook="a.ipynb", cell_id="cell"))
    store.keep_draft("cell", "a.ipynb", "of the original")
    notebook(home, "copy.ipynb", "cell")
    assert store.draft("cell", "copy.ipynb") is None
    (home.parent / "a.ipynb").rename(home.parent / "b.ipynb")
    (home.parent / "copy.ipynb").unlink()
    assert store.draft("cell", "b.ipynb") == "of the original"


def test_the_images_of_a_draft_stay_as_long_as_it_does(store: Store) -> None:
    sha256 = store.put_image(b"pixels", "image/png")
    run = store.begin(NewRun(prompt="x", kind="edit", source=sha256))
    store.keep_draft("cell", None, "draft", [sha256])
    store.delete(run.id)
    assert store.image_bytes(sha256) == b"pixels"
    store.keep_draft("cell", None, "another draft")
    store.settle()
    assert not list(store.home.glob("images/*"))
