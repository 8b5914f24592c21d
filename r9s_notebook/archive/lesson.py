"""A lesson for a class: what a notebook made, recorded beside it, and tried as a student will run it."""

from __future__ import annotations

import html
import os
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.history import History
from r9s_notebook.archive.recordings import RecordedRuns, recording_of
from r9s_notebook.archive.runs import Run, Runs
from r9s_notebook.errors import HistoryError, InputError
from r9s_notebook.history import Run as Record
from r9s_notebook.history import Store

_CELL_SECONDS = 600
_REFUSED = "BadRequestError"  # what a service would not make may be what a lesson is about


@dataclass(frozen=True)
class Lesson:
    """A notebook and its recordings.

    Attributes:
        notebook: The students' notebook.
        folder: Its recordings, an export: what is handed out with it.
        runs: What was recorded, oldest first.
        problems: What a student would not get, as sentences; none where every cell is answered.
    """

    notebook: Path
    folder: Path
    runs: Runs
    problems: tuple[str, ...]

    def __repr__(self) -> str:
        runs = "1 run" if len(self.runs) == 1 else f"{len(self.runs):,} runs"
        said = f"{self.folder}: {runs}, {_size(self.folder):,.0f} kB."
        if not self.problems:
            return f"{said} Every cell of {self.notebook.name} runs with it, without a key."
        return "\n".join([f"{said} Not all of {self.notebook.name} runs with it:", *(f"- {p}" for p in self.problems)])

    def _repr_html_(self) -> str:
        first, *problems = str(self).splitlines()
        listed = "".join(f"<li>{html.escape(problem.removeprefix('- '))}</li>" for problem in problems)
        return f"<p>{html.escape(first)}</p>" + (f"<ul>{listed}</ul>" if listed else "")


def record(history: History, notebook: Path, runs: Iterable[Record] | None = None) -> Lesson:
    """Writes the recordings beside the notebook, and runs it with them.

    Raises:
        InputError: There is no such notebook, or it is the one that runs.
        HistoryError: It has made nothing yet; or another thing is where the recordings belong.
    """
    path = notebook if notebook.suffix == ".ipynb" else notebook.with_name(f"{notebook.name}.ipynb")
    path = path.expanduser().absolute()
    if not path.is_file():
        raise InputError(f"There is no notebook {path}.")
    if Cell.here().notebook == str(path):
        raise InputError(f"Record {path.name} from another notebook: what stands in it is what students get.")
    made = history.search(notebook=str(path), limit=None) if runs is None else runs
    came = [run for run in made if run.images or run.error_type == _REFUSED]
    kept = _each_once(history.store, sorted(came, key=lambda run: run.id))
    if not kept:
        raise HistoryError(f"{path.name} has made nothing yet that could be recorded. Run it with your key first.")
    folder = history.export(path.with_suffix(""), kept)
    recorded = Runs(Run.of(run, history.store) for run in kept)
    return Lesson(path, folder, recorded, (*_not_exact(history.store, kept, folder), *_tried(path)))


def _each_once(store: Store, runs: Iterable[Record]) -> list[Record]:
    """Without those that asked and got the same: the notebook was run again, with seeds or with its own recordings."""
    once: dict[Any, Record] = {}
    for run in runs:
        once.setdefault((recording_of(run, store).question, tuple(image.sha256 for image in run.images)), run)
    return list(once.values())


def _not_exact(store: Store, runs: Sequence[Record], folder: Path) -> list[str]:
    """Asks everything again: what is not answered with the very bytes that came."""
    engine = RecordedRuns(folder)
    problems = []
    for run in runs:
        answer = engine.find(recording_of(run, store).question)
        came = [image.read() for image in answer.images] if answer else []
        if any(image.missing for image in run.images):
            problems.append(f"“{run.prompt:.80}”: a picture of it is missing from the history.")
        elif came != [image.path.read_bytes() for image in run.images]:
            problems.append(f"“{run.prompt:.80}” is not answered as it was recorded.")
    return problems


def _tried(notebook: Path) -> list[str]:
    """Runs it from top to bottom as a student would, with a history of its own: what did not work."""
    try:
        import nbclient
        import nbformat
    except ImportError:
        return ["It was not run, which nbclient does: pip install nbclient."]
    problems: list[str] = []

    def note(cell: Any, cell_index: int, execute_reply: Any) -> None:
        if "raises-exception" not in cell.metadata.get("tags", ()):  # a failure that the lesson is about
            first = cell.source.strip().splitlines()[0]
            problems.append(f"Cell {cell_index + 1} (“{first:.60}”): {execute_reply['content']['evalue']}")

    with tempfile.TemporaryDirectory(prefix="r9s-", ignore_cleanup_errors=True) as home:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("R9S_")}
        environment |= {"R9S_NOTEBOOK_HOME": home, "JPY_SESSION_NAME": str(notebook)}
        client = nbclient.NotebookClient(
            nbformat.read(notebook, as_version=4),  # type: ignore[no-untyped-call]
            timeout=_CELL_SECONDS,
            allow_errors=True,
            on_cell_error=note,
            resources={"metadata": {"path": str(notebook.parent)}},
        )
        try:
            with ThreadPoolExecutor(1) as pool:  # the loop of a notebook's own thread runs
                pool.submit(client.execute, env=environment).result()
        except (nbclient.exceptions.CellControlSignal, RuntimeError) as error:  # it took too long, or its kernel ended
            problems.append(f"It was not run to its end: {error}")
        with History(home) as made:
            unheard = [
                run for run in reversed(list(made)) if run.error and not any(run.error in one for one in problems)
            ]
        problems += [f"“{run.prompt:.80}”: {run.error}" for run in unheard]
    return problems


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1000
