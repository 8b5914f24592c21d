"""How much work something is, counted: the same on a busy machine and on an idle one, as seconds are not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import r9s_notebook

PACKAGE = str(Path(r9s_notebook.__file__).parent)


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of the package this thread runs for it."""
    count = 0

    def line(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _value: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(PACKAGE) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
