"""Processes that write runs into one store and are killed while they do."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from r9s_notebook.errors import HistoryError
from r9s_notebook.history import Store

WRITER = Path(__file__).with_name("_history_writer.py").read_text("utf-8")


@dataclass
class Writer:
    """A slot that keeps one writing process alive until its share of runs is acknowledged."""

    home: Path
    share: int
    n_bytes: int
    begun: set[str] = field(default_factory=set)
    done: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        left = self.share - len(self.done)
        self.process = subprocess.Popen(
            # As code, since what is tested may be installed, and the tests are not.
            [sys.executable, "-c", WRITER, str(self.home), str(left), str(self.n_bytes)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._threads = [
            threading.Thread(target=self._listen, args=(self.process,)),
            threading.Thread(target=self._hear_complaints, args=(self.process,)),
        ]
        for thread in self._threads:
            thread.start()

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.wait()

    def wait(self) -> None:
        assert self.process is not None
        self.process.wait()
        for thread in self._threads:
            thread.join()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def is_finished(self) -> bool:
        return len(self.done) >= self.share

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            match line.split():
                case ["begun", run_id] if line.endswith("\n"):
                    self.begun.add(run_id)
                case ["done", run_id, sha256] if line.endswith("\n"):
                    self.done[run_id] = sha256

    def _hear_complaints(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        complaint = process.stderr.read()
        if complaint:
            self.complaints.append(complaint)


@dataclass(frozen=True)
class Outcome:
    """What was found afterwards.

    Attributes:
        kills: How many processes were killed.
        acknowledged: Runs whose writer said that they are complete.
        lost: Acknowledged runs that are not there, or not complete.
        damaged: Acknowledged images that are missing or changed, and findings of SQLite's integrity check.
        locked: Complaints about a locked database.
        other: Any other complaint.
        running: Runs that still count as running although their process is dead.
        interrupted: Runs that were killed in the middle, and say so.
        recovered: Runs that were complete although their writer was killed before it could say so.
    """

    kills: int
    acknowledged: int
    lost: int
    damaged: int
    locked: int
    other: int
    running: int
    interrupted: int
    recovered: int
    seconds: float


def kill_writers(home: Path, *, writers: int, runs_each: int, kills: int, n_bytes: int, seed: int = 1) -> Outcome:
    """Lets processes write into one store and kills them at random moments, ``kills`` times in all."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark is to be repeatable
    started = time.perf_counter()
    slots = [Writer(home, runs_each, n_bytes) for _ in range(writers)]
    for slot in slots:
        slot.start()
    killed = 0
    while not all(slot.is_finished for slot in slots):
        for slot in slots:
            if not slot.is_running and not slot.is_finished:
                slot.wait()
                slot.start()
        alive = [slot for slot in slots if slot.is_running and not slot.is_finished]
        if killed < kills and alive:
            # Spread over the whole of the work, so that there is always somebody left to kill.
            progress = sum(len(slot.done) for slot in slots) / (writers * runs_each)
            if progress >= killed / kills:
                time.sleep(chance.uniform(0, 0.02))
                chance.choice(alive).kill()
                killed += 1
                continue
        time.sleep(0.001)
    for slot in slots:
        slot.wait()
    return _look(home, slots, killed, time.perf_counter() - started)


def _look(home: Path, slots: list[Writer], kills: int, seconds: float) -> Outcome:
    done = {run_id: sha256 for slot in slots for run_id, sha256 in slot.done.items()}
    begun = {run_id for slot in slots for run_id in slot.begun}
    complaints = [complaint for slot in slots for complaint in slot.complaints]
    locked = sum("locked" in complaint for complaint in complaints)
    with Store(home) as store:
        kept = {run.id: run for run in store}
        damaged = sum(not _is_whole(store, sha256) for sha256 in done.values())
    lost = sum(run_id not in kept or kept[run_id].status != "succeeded" for run_id in done)
    lost += len(begun - kept.keys())
    connection = sqlite3.connect(home / "history.db")
    findings = [text for (text,) in connection.execute("PRAGMA integrity_check")]
    connection.close()
    return Outcome(
        kills=kills,
        acknowledged=len(done),
        lost=lost,
        damaged=damaged + (findings != ["ok"]) * len(findings),
        locked=locked,
        other=len(complaints) - locked,
        running=sum(run.status == "running" for run in kept.values()),
        interrupted=sum(run.status == "interrupted" for run in kept.values()),
        recovered=sum(run.status == "succeeded" and run.id not in done for run in kept.values()),
        seconds=seconds,
    )


def _is_whole(store: Store, sha256: str) -> bool:
    try:
        store.image_bytes(sha256)
    except HistoryError:
        return False
    return True
