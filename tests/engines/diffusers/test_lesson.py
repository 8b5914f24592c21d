"""The lesson on one's own models, as a reader runs it, on a tiny model."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.engines.diffusers import tiny

LESSON = Path(__file__).parents[3] / "notebooks" / "own-models.ipynb"

pytestmark = [pytest.mark.models, pytest.mark.slow]


def test_the_lesson_runs_from_top_to_bottom_and_is_clean_in_the_file(tmp_path, monkeypatch):
    monkeypatch.delenv("R9S_API_KEY", raising=False)
    lesson = nbformat.read(LESSON, as_version=4)
    assert "widgets" not in lesson.metadata
    assert [cell for cell in lesson.cells if cell.get("outputs")] == []
    folder = tiny.stable_diffusion(tmp_path / "tiny-sd")
    lesson.cells[1].source, replaced = re.subn(r"(?m)^MODEL = .*$", f"MODEL = {str(folder)!r}", lesson.cells[1].source)
    assert replaced == 1
    # An error in a cell is an error of the execution.
    where = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(lesson, timeout=120, kernel_name="python3", resources=where).execute()
    outputs = [output for cell in lesson.cells for output in cell.get("outputs", ())]
    said = "".join(str(output.get("text", "")) for output in outputs)
    assert "draws 128x128," in said
    assert "edits True | masks True | previews True" in said
    pages = ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]
    assert max(page.count("<img ") for page in pages) == 4
    assert "\\x89PNG" in outputs[-1].data["text/plain"]
