from __future__ import annotations

from r9s_notebook.archive.cell import Cell
from r9s_notebook.history import NewRun
from r9s_notebook.session.recall import earlier_prompts

HERE = Cell(notebook="book.ipynb", id="cell-1")


def keep(store, prompt, cell="cell-1", notebook="book.ipynb", **more):
    params = {"prompt": prompt}
    store.begin(NewRun(kind="generate", prompt=prompt, params=params, cell_id=cell, notebook=notebook, **more))


def test_the_cells_come_first_then_the_notebooks_each_once_and_as_it_was_written(store):
    keep(store, "of another notebook", cell="x", notebook="other.ipynb")
    keep(store, "first")
    keep(store, "of another cell", cell="cell-2")
    for animal in ("fox", "owl"):
        keep(store, f"a {animal}", template="a {animal}", batch="b")
    keep(store, "meant: {animal}")
    keep(store, "first")
    found = ["first", "meant: {{animal}}", "a {animal}", "of another cell"]
    assert earlier_prompts(store, HERE) == found
    assert earlier_prompts(store, Cell())[:3] == found[:3]
    assert "of another notebook" in earlier_prompts(store, Cell())
