"""``%%imagine`` and ``%nested_asyncio``, in a real IPython shell."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

from r9s_notebook import R9S, History
from r9s_notebook.magics import ImageMagics
from r9s_notebook.parameters import GENERATION


@pytest.fixture(scope="module")
def ipython():
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # the shell puts its own there
        shell = InteractiveShell.instance()
        shell.run_line_magic("load_ext", "r9s_notebook")
        yield shell
        InteractiveShell.clear_instance()


@pytest.fixture
def shell(ipython, tmp_path, monkeypatch):
    monkeypatch.setenv("R9S_NOTEBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("R9S_API_KEY", raising=False)
    names = set(ipython.user_ns)
    yield ipython
    for name in ipython.user_ns.keys() - names:
        del ipython.user_ns[name]


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


def test_what_was_not_understood_is_said(shell, capsys):
    shell.run_line_magic("imagine", "--size 256x256 a small boat")
    assert "understood" not in capsys.readouterr().out
    shell.run_line_magic("imagine", "--size 256x256 a blorptangle")
    assert "Not understood: " in capsys.readouterr().out


def test_a_name_that_is_not_defined_is_named(shell):
    with pytest.raises(UsageError, match="animal"):
        shell.run_cell_magic("imagine", "", "a {animal}")


def test_choices_and_lists_are_drawn_by_the_seed_and_what_was_chosen_is_kept(shell):
    shell.user_ns["animals"] = ["fox", "owl", "hare"]
    for name in ("first", "second"):
        shell.run_cell_magic("imagine", f"--size 256x256 --seed 7 --into {name}", "a {red|green} __animals__ { b")
    run = shell.user_ns["first"]
    chosen = dict(run.variables)
    assert chosen.pop("drawn by seed") == 7
    assert run.prompt == f"a {chosen['red|green']} {chosen['animals']} {{ b"
    assert shell.user_ns["second"].prompt == run.prompt


def test_braces_that_cannot_be_read_are_a_sentence(shell):
    with pytest.raises(UsageError, match="Braces"):
        shell.run_cell_magic("imagine", "", "a {b {c|d}|e}")


def test_a_cell_asks_for_what_stands_on_its_line_and_for_nothing_that_a_former_one_asked_for(shell):
    shell.run_cell_magic("imagine", "--size 256x256 --quality hd --style natural --n 2 --into first", "a boat")
    shell.run_cell_magic("imagine", "--into second", "a boat")
    assert shell.user_ns["first"].params["size"] == "256x256"
    second = shell.user_ns["second"].params
    assert (second["size"], second["quality"], second["n"]) == ("1024x1024", "standard", 1)
    assert "style" not in second


def test_every_parameter_of_a_generation_is_an_option(shell):
    options = {action.dest for action in ImageMagics.imagine.parser._actions}
    assert options - {"client", "into", "words"} == GENERATION.keys() - {"prompt"}
    line = '--seed 7 --negative-prompt "red sails" --watermark true --output-format webp --size 256x256 --into run'
    shell.run_cell_magic("imagine", line, "a small boat")
    asked = {"seed": 7, "negative_prompt": "red sails", "watermark": True, "output_format": "webp"}
    assert asked.items() <= shell.user_ns["run"].params.items()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--seed seven", "Seed must be a whole number, not 'seven'"),
        ("--n four", "n must be a whole number, not 'four'"),
        ("--n 11", "n must be from 1 to 10, not 11"),
        ("--output-compression 101", "Output compression must be from 0 to 100, not 101"),
        ("--moderation high", "Moderation must be one of auto, low, not 'high'"),
        ("--model dall-e-3 --seed 7 --background opaque", "dall-e-3 does not take background, seed"),
    ],
)
def test_an_option_that_would_not_be_sent_as_it_stands_is_refused(shell, line, message):
    with pytest.raises(UsageError, match=message):
        shell.run_cell_magic("imagine", line, "a boat")
    assert list(History()) == []


def test_a_cell_that_is_interrupted_stops_its_call(shell, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("R9S_API_KEY", "test")
        monkeypatch.setenv("R9S_BASE_URL", f"http://127.0.0.1:{silent.getsockname()[1]}/v1")

        def interrupt():
            connection, _ = silent.accept()
            with connection:
                connection.recv(1)  # the request is on its way
                os.kill(os.getpid(), signal.SIGINT)
                while connection.recv(65536):  # until the client hangs up
                    pass

        person = threading.Thread(target=interrupt)
        person.start()
        with pytest.raises(KeyboardInterrupt):
            shell.run_cell_magic("imagine", "--model dall-e-2", "a boat")
        person.join(timeout=30)
        assert not person.is_alive()
    deadline = time.monotonic() + 60
    while (ended := History()[0].status) == "running" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert ended == "cancelled"


def test_cells_hold_no_files_open_after_they_have_run(shell):
    def run():
        shell.run_cell_magic("imagine", "--size 256x256 --into run", "a boat")
        return len(list(Path("/dev/fd").iterdir()))

    run()
    assert run() == run()


def test_what_the_service_refuses_is_a_sentence_without_a_traceback(shell):
    with pytest.raises(UsageError, match="size"):
        shell.run_cell_magic("imagine", "--size 7000x7", "a boat")


@pytest.mark.parametrize("missing", [[], ["nest_asyncio2"]], ids=["as installed", "without its successor"])
def test_nested_asyncio_lets_a_cell_run_what_a_script_runs(missing):
    program = f"""
import asyncio, sys
sys.modules.update(dict.fromkeys({missing!r}))
from r9s_notebook.magics import ImageMagics

async def answer():
    return 42

async def cell():
    ImageMagics().nested_asyncio("")
    return asyncio.run(answer())

print(asyncio.run(cell()))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "42", done.stderr


def test_a_client_is_named_and_a_replay_answers(shell, tmp_path):
    shell.run_cell_magic("imagine", "--size 256x256 --seed 7 --into first", "a boat")
    lesson = History().export(tmp_path / "lesson")
    with R9S.replay(lesson) as client:
        shell.user_ns["lesson"] = client
        shell.run_cell_magic("imagine", "--client lesson --seed 7 --into again", "a boat")
    first, again = shell.user_ns["first"], shell.user_ns["again"]
    assert first.params["seed"] == again.params["seed"] == 7
    assert [image.sha256 for image in again.images] == [image.sha256 for image in first.images]


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("--sed 3", "'--seed'"),
        ("--szie 256x256", "'--size'"),
        ("--qualty=hd", "'--quality'"),
        ("--clint lesson", "'--client'"),
        ("--client lessn", "'lesson'"),
        ("--client number", "is no client"),
    ],
)
def test_a_misspelt_option_is_told_what_may_have_been_meant(shell, line, advice):
    with R9S.offline() as shell.user_ns["lesson"]:
        shell.user_ns["number"] = 3
        with pytest.raises(UsageError, match=advice):
            shell.run_cell_magic("imagine", line, "a boat")
