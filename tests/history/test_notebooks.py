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


@pytest.fixture
def twins(home: Path, store: Store) -> tuple[Path, Path]:
    """Two notebooks of one name in two folders of one project, with the same cells: the one is a copy of the other."""
    paths = home.parent / "one" / "book.ipynb", home.parent / "two" / "book.ipynb"
    for path in paths:
        path.parent.mkdir()
        save(path, "c", "d")
        keep(store, f"of {path.parent.name}", notebook=str(path), cell_id="c")
    return paths


def test_notebooks_of_one_name_in_two_folders_have_their_own_runs(store: Store, twins: tuple[Path, Path]) -> None:
    for path in twins:
        own = [f"of {path.parent.name}"]
        for known in (str(path), f"{path.parent.name}/book.ipynb"):
            assert of_cell(store, known) == of_notebook(store, known) == own
    assert of_notebook(store, "book.ipynb") == ["of two", "of one"]  # by its name alone, whichever it is
    assert [run.prompt for run in store.runs(notebook="book.ipynb", own_to="book.ipynb")] == []


def test_a_notebook_that_was_moved_to_another_folder_keeps_its_runs(store: Store, twins: tuple[Path, Path]) -> None:
    moved = twins[0].parent.parent / "three" / "renamed.ipynb"
    moved.parent.mkdir()
    twins[0].rename(moved)
    keep(store, "of three", notebook=str(moved), cell_id="c")
    assert of_cell(store, str(moved)) == of_notebook(store, str(moved)) == ["of three", "of one"]


def test_a_project_that_was_moved_as_a_whole_is_the_same(store: Store, twins: tuple[Path, Path]) -> None:
    store.close()
    project = twins[0].parent.parent
    moved = project.rename(project.with_name("elsewhere"))
    with Store(moved / ".r9s") as again:
        assert of_cell(again, str(moved / "one" / "book.ipynb")) == ["of one"]


def test_a_project_behind_a_link_is_the_same(store: Store, twins: tuple[Path, Path]) -> None:
    project = twins[0].parent.parent
    link = project.with_name("link")
    link.symlink_to(project)
    assert of_cell(store, str(link / "one" / "book.ipynb")) == ["of one"]


def test_a_history_that_several_projects_share_knows_notebooks_by_their_whole_paths(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folders = [tmp_path_factory.mktemp("project") for _ in range(2)]
    for number, folder in enumerate(folders):
        save(folder / "book.ipynb", "c")
        run = keep(store, f"of {number}", notebook=str(folder / "book.ipynb"), cell_id="c")
        assert run.notebook == (folder / "book.ipynb").as_posix()
    assert [of_cell(store, str(folder / "book.ipynb")) for folder in folders] == [["of 0"], ["of 1"]]


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
