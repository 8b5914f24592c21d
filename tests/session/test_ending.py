"""A program that ends while a run is under way: a script, an executed notebook, a kernel that is closed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

from r9s_notebook import History
from tests.client.loopback import GOOD, Handler, Loopback, Wire, always, http

LAB = """
import sys
from r9s_notebook import R9S, History, Studio, sweep
client = R9S(api_key="test", server_url={url!r})
"""
RUN = "studio = Studio(client, history={home!r}, prompt='a fox'); studio.generate()"
SWEEP = "sweep('a fox', seed=range(5), client=client, history=History({home!r})).start()"
AT_THE_END = "\nserver_has_it = sys.stdin.readline(); print('the script is done', flush=True)"


class Held:
    """Answers once it is let go."""

    def __init__(self, answer: Handler) -> None:
        self._answer, self.let_go, self.asked = answer, threading.Event(), threading.Semaphore(0)

    def __call__(self, wire: Wire) -> None:
        self.asked.release()
        while not (self.let_go.is_set() or wire.stopping.is_set()):
            wire.hang(0.05)
        self._answer(wire)


@contextmanager
def ended_script(code: str, held: Held, home: Path, calls: int = 1) -> Iterator[tuple[subprocess.Popen[str], Loopback]]:
    """A script that has done all it does, while so many calls are at the server."""
    with Loopback(held) as server:
        source = (LAB + code).format(url=server.url, home=str(home)) + AT_THE_END
        process = subprocess.Popen(
            [sys.executable, "-c", source],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            for _ in range(calls):
                assert held.asked.acquire(timeout=60)
            process.stdin.write("yes\n")
            process.stdin.flush()
            assert process.stdout.readline() == "the script is done\n"
            assert "Waiting for what was sent" in process.stderr.readline()
            yield process, server
        finally:
            process.kill()
            process.communicate()


def outcomes(home: Path) -> list[str]:
    with History(home) as history:
        return [run.status for run in history]


def test_a_script_that_ends_waits_for_what_was_sent_and_keeps_it(tmp_path):
    held = Held(always(http(GOOD)))
    with ended_script(RUN, held, tmp_path / "home") as (process, _server):
        held.let_go.set()
        _out, told = process.communicate(timeout=60)
        assert (process.returncode, told) == (0, "")
    assert outcomes(tmp_path / "home") == ["succeeded"]


def test_a_run_that_fails_after_the_end_is_told_and_is_seen_in_the_exit_status(tmp_path):
    held = Held(always(http({"error": {"message": "no such key"}}, 401)))
    with ended_script(RUN, held, tmp_path / "home") as (process, _server):
        held.let_go.set()
        _out, told = process.communicate(timeout=60)
        assert (process.returncode, told) == (1, "r9s_notebook: no such key\n")
    assert outcomes(tmp_path / "home") == ["failed"]


def test_the_wait_can_be_given_up_and_is_bounded(tmp_path):
    held = Held(always(http(GOOD)))
    by_hand, by_time = RUN, f"from r9s_notebook.session import worker; worker.PATIENCE_SECONDS = 0.5; {RUN}"
    for number, code in enumerate((by_hand, by_time)):
        with ended_script(code, held, tmp_path / str(number)) as (process, _server):
            if code is by_hand:
                process.send_signal(signal.SIGINT)
            _out, told = process.communicate(timeout=60)
            assert process.returncode == 1
            assert "A run was given up" in told
        assert outcomes(tmp_path / str(number)) == ["cancelled"]


def test_what_a_sweep_has_not_sent_when_the_script_ends_is_not_sent_any_more_and_told(tmp_path):
    held = Held(always(http(GOOD)))
    with ended_script(SWEEP, held, tmp_path / "home", calls=2) as (process, server):
        held.let_go.set()
        _out, told = process.communicate(timeout=60)
        assert process.returncode == 1
        assert told == (
            "r9s_notebook: 3 of 5 calls of the sweep were not sent, and not billed: the program ended first.\n"
        )
        assert len(server.requests) == 2
    assert outcomes(tmp_path / "home") == ["succeeded", "succeeded"]


@pytest.mark.slow
def test_an_executed_notebook_has_the_pictures_of_a_run_that_no_cell_waits_for(tmp_path):
    with Loopback(lambda wire: (wire.hang(0.3), always(http(GOOD))(wire))) as server:
        code = (LAB + RUN + "\nstudio").format(url=server.url, home=str(tmp_path / "home"))
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
        NotebookClient(book, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert outcomes(tmp_path / "home") == ["succeeded"]
    assert any("<img" in output.get("data", {}).get("text/html", "") for output in book.cells[0].outputs)


@pytest.mark.slow
def test_a_kernel_that_is_closed_keeps_what_comes_before_it_is_killed(tmp_path):
    held = Held(always(http(GOOD)))
    with Loopback(held) as server:
        manager, client = start_new_kernel(cwd=str(tmp_path))
        code = (LAB + RUN).format(url=server.url, home=str(tmp_path / "home"))
        client.execute_interactive(code, allow_stdin=True, timeout=60, output_hook=print, stdin_hook=print)
        assert held.asked.acquire(timeout=60)
        client.stop_channels()
        closing = threading.Thread(target=manager.shutdown_kernel)
        closing.start()
        held.let_go.set()
        closing.join(60)
    assert outcomes(tmp_path / "home") == ["succeeded"]
