"""The examples in docstrings of what is public, run as they are printed."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path

import pytest

import r9s_notebook

PUBLIC = {name: getattr(r9s_notebook, name) for name in r9s_notebook.__all__}
FOUND = [
    test
    for name, thing in PUBLIC.items()
    if inspect.isclass(thing) or inspect.isfunction(thing)
    for test in doctest.DocTestFinder(exclude_empty=True).find(thing, name, globs=PUBLIC)
    if test.examples
]


@pytest.mark.parametrize("test", FOUND, ids=lambda test: test.name)
def test_an_example_gives_what_it_says(test: doctest.DocTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=said.append)
    assert result.failed == 0, "".join(said)


def test_the_main_names_have_an_example():
    assert {"R9S", "Studio", "sweep", "History", "Mask"} <= {test.name for test in FOUND}
