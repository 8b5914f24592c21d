"""What is tested: one package, in this process and in those that tests start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import r9s_notebook


def test_a_process_that_a_test_starts_loads_the_package_that_is_tested_here():
    code = "import r9s_notebook; print(r9s_notebook.__file__)"
    checkout = Path(__file__).parent.parent
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == r9s_notebook.__file__, "start the tests by python -m tests, or by python -m pytest"
