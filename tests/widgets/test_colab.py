"""Google Colab, as far as it can be tested without it: a stand-in for the module with which it is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from r9s_notebook.archive.host import is_forgotten

STAND_IN = """
from types import SimpleNamespace
_widgets = SimpleNamespace(_installed_url=None)
def enable_custom_widget_manager():
    assert _widgets._installed_url is None, "once is enough"
    _widgets._installed_url = "https://manager.invalid"
"""
SHOW = """
import json, google.colab.output
from r9s_notebook import HistoryPanel, MaskPainter, Studio
studio = Studio()
def named(widget):
    _data, metadata = widget._repr_mimebundle_()
    return metadata["application/vnd.jupyter.widget-view+json"]["colab"]["custom_widget_manager"]["url"]
widgets = [studio, HistoryPanel(studio), MaskPainter(), studio.grid]
print(json.dumps([[named(widget) for widget in widgets], studio.session.notice]))
"""


def shown(folder: Path) -> tuple[list[str], str]:
    """Which manager the widgets name in a process that has the module, and what the lab says above everything."""
    module = folder / "google" / "colab" / "output.py"
    module.parent.mkdir(parents=True)
    for package in (folder / "google", module.parent):
        (package / "__init__.py").touch()
    module.write_text(STAND_IN)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("R9S_")}
    path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    environ = {**kept, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=folder, env=environ, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    found: tuple[list[str], str] = json.loads(done.stdout)
    return found


def test_what_lies_on_a_mounted_drive_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_forgotten(Path("/content/.r9s"))
    monkeypatch.setitem(sys.modules, "google.colab", ModuleType("google.colab"))
    assert is_forgotten(Path("/content/.r9s"))
    assert not is_forgotten(Path("/content/drive/MyDrive/runs"))


def test_its_manager_for_widgets_is_asked_for_and_it_is_said_that_the_runs_go_with_the_machine(tmp_path: Path) -> None:
    managers, notice = shown(tmp_path)
    assert managers == ["https://manager.invalid"] * 4
    assert f"Colab deletes {tmp_path / '.r9s'} when it takes the machine back." in notice
