"""``%%imagine`` and ``%nested_asyncio``, in a real IPython shell."""

from __future__ import annotations

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from r9s_notebook import History
from r9s_notebook.magics import fill


@pytest.fixture
def shell(tmp_path, monkeypatch):
    monkeypatch.setenv("R9S_NOTEBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("R9S_API_KEY", raising=False)
    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "r9s_notebook")
    yield shell
    shell.run_line_magic("reset", "-f")
    InteractiveShell.clear_instance()


def test_a_cell_is_a_prompt_and_its_run_is_kept(shell):
    shell.run_cell_magic("imagine", "--size 256x256 --n 2 --into run", "a small boat")
    run = shell.user_ns["run"]
    assert (run.prompt, len(run.images)) == ("a small boat", 2)
    assert [kept.id for kept in History()] == [run.id]


def test_variables_are_filled_in_and_the_template_is_remembered(shell):
    shell.user_ns["animal"] = "fox"
    shell.run_cell_magic("imagine", "--size 256x256 --into run", "a {animal} in {{braces}}")
    run = shell.user_ns["run"]
    assert run.prompt == "a fox in {braces}"
    assert run.template == "a {animal} in {{braces}}"


def test_one_line_is_enough(shell):
    shell.run_line_magic("imagine", "--size 256x256 --into run a small boat")
    assert shell.user_ns["run"].prompt == "a small boat"


def test_a_name_that_is_not_defined_is_named(shell):
    with pytest.raises(UsageError, match="animal"):
        shell.run_cell_magic("imagine", "", "a {animal}")


@pytest.mark.parametrize("template", ["a { b", "a {0.__class__}", "a {x!z}"])
def test_braces_that_cannot_be_read_are_refused(template):
    with pytest.raises(UsageError):
        fill(template, {"x": 1})


def test_what_the_service_refuses_is_a_sentence_without_a_traceback(shell):
    with pytest.raises(UsageError, match="size"):
        shell.run_cell_magic("imagine", "--size 7000x7", "a boat")
