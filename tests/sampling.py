"""Matrices of cases: a sample of them in every run, all of them under ``-m exhaustive``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def sample(cases: Iterable[Any], every: int) -> list[Any]:
    """For ``parametrize``: of so many cases the first is tested in every run, the others where all are asked for."""
    values = [case if isinstance(case, tuple) else (case,) for case in cases]
    return [pytest.param(*case, marks=pytest.mark.exhaustive if at % every else ()) for at, case in enumerate(values)]
