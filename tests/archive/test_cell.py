"""Which cell the code that runs is in, as the front ends tell it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.host import executed_by
from r9s_notebook.history import Store


def uri(path: str, fragment: str = "W0sZmlsZQ%3D%3D") -> str:
    """As VS Code names a cell."""
    return f"vscode-notebook-cell:{path}#{fragment}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / ".r9s") as store:
        yield store


@pytest.mark.parametrize("fragment", ["W0sZmlsZQ", "W0sZmlsZQ%3D%3D", "X23sdnNjb2RlLXJlbW90ZQ%3D%3D"])
def test_cells_that_vs_code_counts_are_told_apart_by_their_notebooks(
    store: Store, tmp_path: Path, fragment: str
) -> None:
    paths = [str(tmp_path / "one" / "book.ipynb"), str(tmp_path / "two" / "book.ipynb"), "/elsewhere/book.ipynb"]
    named = [Cell(path, cell_id).within(store) for path in paths for cell_id in (uri(path, fragment), fragment)]
    assert len({cell.id for cell in named}) == len(paths)
    assert named[0].notebook == "one/book.ipynb"
    assert named[0].id is not None
    assert named[0].id.startswith("one/book.ipynb#")


@pytest.mark.parametrize(
    "cell",
    [
        Cell("/somewhere/Untitled-1.ipynb", uri("Untitled-1.ipynb?jupyter-notebook", "W0sdW50aXRsZWQ%3D")),
        Cell(None, uri("Interactive-1.interactive", "W0sdnNjb2RlLWludGVyYWN0aXZl")),
    ],
)
def test_a_cell_without_a_file_has_no_id_that_would_be_another_ones_tomorrow(store: Store, cell: Cell) -> None:
    assert cell.within(store).id is None


@pytest.mark.parametrize("cell_id", ["0f1c2d3e", "c4a1b6de-8f5e-4c6b-9f0a-1d2e3f4a5b6c", "a-cell", None])
def test_ids_of_the_notebook_file_stay_as_they_are(store: Store, tmp_path: Path, cell_id: str | None) -> None:
    assert Cell(str(tmp_path / "book.ipynb"), cell_id).within(store) == Cell("book.ipynb", cell_id)


def here(client: BlockingKernelClient, cell_id: str, before: str = "pass") -> list[str | None]:
    """What the cell's code finds."""
    code = f"import json; from r9s_notebook.archive.cell import Cell; {before}; cell = Cell.here()"
    asked = {"found": "json.dumps([cell.notebook, cell.id])"}
    content = {"code": code, "silent": False, "user_expressions": asked}
    message = client.session.msg("execute_request", content, metadata={"cellId": cell_id})
    client.shell_channel.send(message)
    while (reply := client.get_shell_msg(timeout=60))["parent_header"].get("msg_id") != message["header"]["msg_id"]:
        pass
    found: list[str | None] = json.loads(eval(reply["content"]["user_expressions"]["found"]["data"]["text/plain"]))  # noqa: S307
    return found


@pytest.mark.slow
def test_a_kernel_of_jupyter_and_one_of_vs_code_know_their_notebook_by_its_path(tmp_path: Path) -> None:
    """A notebook's kernel works in its folder; a server may pass the path, or the name alone."""
    manager, client = start_new_kernel(cwd=str(tmp_path), env={**os.environ, "JPY_SESSION_NAME": "folder/book.ipynb"})
    try:
        assert here(client, "c") == [str(tmp_path / "book.ipynb"), "c"]
        assert here(client, "c", "import os; os.environ['JPY_SESSION_NAME'] = '/a/b.ipynb'") == ["/a/b.ipynb", "c"]
        told = here(client, uri("/v/b.ipynb"), "__vsc_ipynb_file__ = '/v/b.ipynb'")
        assert told == ["/v/b.ipynb", uri("/v/b.ipynb")]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.mark.parametrize(
    ("command", "notebook"),
    [
        ("python /bin/papermill in.ipynb out/out.ipynb", "out/out.ipynb"),
        ("python -m papermill --no-progress-bar in.ipynb out.ipynb -p a 1 -p b x.ipynb", "out.ipynb"),
        ("python /bin/papermill in.ipynb out/{name}.ipynb -p name fox", "out/fox.ipynb"),
        ("python /bin/papermill in.ipynb s3://bucket/out.ipynb", "in.ipynb"),
        ("python /bin/papermill in.ipynb -", "in.ipynb"),
        ("C:\\env\\Scripts\\papermill.exe in.ipynb out.ipynb", "out.ipynb"),
        ("python /bin/jupyter-execute a/book.ipynb --output=done.ipynb", "a/book.ipynb"),
        ("python /bin/jupyter-nbconvert --execute --to html book.ipynb", "book.ipynb"),
        ("python -m nbconvert --execute one.ipynb two.ipynb", None),
        ("python script.py book.ipynb", None),
        ("python -m ipykernel_launcher -f kernel.json", None),
        ("", None),
    ],
)
def test_a_command_line_tells_the_notebook_that_it_executes(command: str, notebook: str | None) -> None:
    assert executed_by(command.split()) == ([notebook] if notebook else [])
