"""What is tested: one package, in this process and in those that tests start."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import r9s_notebook

ROOT = Path(__file__).parent.parent


def test_a_process_that_a_test_starts_loads_the_package_that_is_tested_here():
    code = "import r9s_notebook; print(r9s_notebook.__file__)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == r9s_notebook.__file__, "start the tests by python -m tests, or by python -m pytest"


def test_what_binder_installs_has_all_that_the_package_needs_each_by_its_hash():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["lab"]]
    lock = (ROOT / "binder" / "requirements.txt").read_text("utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==\S+ (?:; .+ )?\\\n    --hash=(sha256):", lock, re.MULTILINE))
    assert len(locked) == len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE))
    assert {re.split(r"[<>=!~; ]", one)[0] for one in needed} <= locked.keys(), "renew it: binder/renew"
