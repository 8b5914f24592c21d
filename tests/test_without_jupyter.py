"""Fault 37: no IPython, no widgets: a plain script still generates, keeps and finds."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"IPython", "ipykernel", "ipywidgets", "anywidget", "ipycanvas"}:
            raise ImportError(name)

sys.meta_path.insert(0, Absent())
from r9s_notebook import R9S, History, Mask, sweep

plan = sweep("a {animal}", animal=["cat", "owl"], size="256x256", client=R9S.offline())
plan.start().result(60)
print([run.prompt for run in History()], Mask.blank(8, 8).fill().coverage)
"""


def test_fault_37_a_script_without_jupyter_generates_and_keeps(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.strip() == "['a owl', 'a cat'] 1.0", done.stderr
