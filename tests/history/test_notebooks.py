"""Whose the runs are of a notebook that was renamed, moved, copied, and of a cell that was moved."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from r9s_notebook.history import Store, notebooks
from tests.history.conftest import keep


@pytest.fixture
def folder(home: Path, store: Store) -> Path:
    """Notebooks whose cells ``c`` have run: the original, and one that has the same cell by the same id."""
    keep(store, "of the original", notebook="original.ipynb", cell_id="c")
    keep(store, "of another cell", notebook="original.ipynb", cell_id="d")
    keep(store, "of this one", notebook="this.ipynb", cell_id="c")
    save(home.parent / "this.ipynb", "c", "d")
    return home.parent


def save(path: Path, *cell_ids: str) -> None:
    cells = [{"cell_type": "code", "id": cell_id, "source": ""} for cell_id in cell_ids]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))


def of_cell(store: Store, notebook: str = "this.ipynb") -> list[str]:
    return [run.prompt for run in store.runs(cell="c", own_to=notebook)]


def of_notebook(store: Store, notebook: str = "this.ipynb") -> list[str]:
    return [run.prompt for run in store.runs(notebook=notebook)]


@pytest.mark.usefixtures("folder")
def test_a_renamed_notebook_has_all_its_runs(store: Store) -> None:
    assert of_cell(store) == ["of this one", "of the original"]
    assert of_notebook(store) == ["of this one", "of another cell", "of the original"]


def test_a_copy_and_its_original_have_their_own_runs(store: Store, folder: Path) -> None:
    save(folder / "original.ipynb", "c", "d")
    assert of_cell(store) == of_notebook(store) == ["of this one"]
    assert of_cell(store, "original.ipynb") == ["of the original"]
    assert of_notebook(store, "original.ipynb") == ["of another cell", "of the original"]
    assert of_cell(store, "a-fresh-copy.ipynb") == []


def test_a_copy_takes_over_the_runs_of_an_original_that_was_deleted(store: Store, folder: Path) -> None:
    save(folder / "original.ipynb", "c", "d")
    assert of_cell(store) == ["of this one"]
    (folder / "original.ipynb").unlink()
    assert of_cell(store) == ["of this one", "of the original"]


def test_a_cell_that_was_moved_takes_its_runs_along_and_leaves_those_of_other_cells(store: Store, folder: Path) -> None:
    save(folder / "original.ipynb", "d", "another")
    assert of_cell(store) == of_notebook(store) == ["of this one", "of the original"]


def test_a_new_notebook_under_a_former_name_does_not_hide_the_runs(store: Store, folder: Path) -> None:
    """As an Untitled.ipynb that was renamed, and the next Untitled.ipynb."""
    save(folder / "original.ipynb", "a new cell")
    assert "of the original" in of_notebook(store)


def test_runs_of_no_known_notebook_belong_to_their_cell(store: Store, folder: Path) -> None:
    keep(store, "of a script", cell_id="c")
    save(folder / "original.ipynb", "c")
    assert of_cell(store) == ["of a script", "of this one"]


@pytest.mark.usefixtures("folder")
def test_a_history_that_lies_elsewhere_finds_the_notebooks_in_the_working_folder(
    store: Store, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert of_cell(store) == ["of this one", "of the original"]
    monkeypatch.chdir(tmp_path_factory.mktemp("work"))
    save(Path("original.ipynb"), "c", "d")
    assert of_cell(store) == of_notebook(store) == ["of this one"]


def broken(path: Path) -> None:
    path.write_text('{"cells": [{"id": "c"')


def no_notebook(path: Path) -> None:
    path.write_text('["c"]')


def deep(path: Path) -> None:
    path.write_text('{"cells": ' + "[" * 200_000)


def strange_cells(path: Path) -> None:
    path.write_text('{"cells": ["c", 1, null]}')


def huge(path: Path) -> None:
    save(path, "c")
    os.truncate(path, notebooks._LARGEST + 1)


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [broken, no_notebook, deep, strange_cells, huge, a_pipe, a_folder])
def test_what_cannot_be_read_as_a_notebook_tells_nothing(
    store: Store, folder: Path, make: Callable[[Path], None]
) -> None:
    """A cell shows what has its id; a notebook, what has its name."""
    make(folder / "original.ipynb")
    assert of_cell(store) == ["of this one", "of the original"]
    assert of_notebook(store) == ["of this one"]


def test_a_notebook_is_read_again_only_where_it_was_saved_since(store: Store, folder: Path) -> None:
    save(folder / "original.ipynb", "c")
    of_cell(store)
    before = notebooks._read_cells.cache_info().misses
    of_cell(store)
    assert notebooks._read_cells.cache_info().misses == before
    save(folder / "original.ipynb", "x")
    assert of_cell(store) == ["of this one", "of the original"]
