"""Fault 40 at length: a database that is built again in batches, while others use it, and through a kill."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from r9s_notebook.errors import RunGoneError
from r9s_notebook.history import Run, Store, rebuild
from r9s_notebook.history.files import lay_out
from r9s_notebook.history.ids import Clockwork
from r9s_notebook.history.sidecar import write_sidecar
from tests.history.conftest import Child, an_image, keep

REBUILD = """
    import sys
    from r9s_notebook.history import Store, rebuild
    read_batch = rebuild.read_batch

    def read_batch_when_told(home, ids):
        runs = read_batch(home, ids)
        print("a batch", flush=True)
        if sys.argv[2] == "when told":
            sys.stdin.readline()
        return runs

    rebuild.read_batch = read_batch_when_told
    Store(sys.argv[1])
"""


def only_sidecars(home: Path, number: int, **changes: object) -> list[str]:
    """What is left of a history whose database is gone; the ids, oldest first."""
    lay_out(home)
    ids, now = Clockwork(), datetime.now(UTC)
    values = {"created": now, "prompt": "a lighthouse", "status": "succeeded", **changes}
    runs = [Run(id=ids.next_id(), **values) for _ in range(number)]
    for run in runs:
        write_sidecar(home, run, durable=False)
    return [run.id for run in runs]


def rows(home: Path) -> list[str]:
    connection = sqlite3.connect(home / "history.db")
    found = [run_id for (run_id,) in connection.execute("SELECT id FROM runs ORDER BY key")]
    connection.close()
    return found


def test_a_rebuild_that_was_killed_goes_on_at_the_next_opening(home: Path, child: Callable[..., Child]) -> None:
    ids = only_sidecars(home, 1_300)
    process = child(REBUILD, home, "when told")
    assert process.reads() == "a batch"
    process.told()
    assert process.reads() == "a batch"
    process.kill()
    process.wait()
    assert rows(home) == ids[-500:], "the newest come first"
    with Store(home) as store:
        assert [run.id for run in store] == ids[::-1]
        assert len(store.runs(text="lighthouse", limit=None)) == 1_300
        assert store.notice is not None
        assert "1300 runs with 0 images came back" in store.notice
    with Store(home) as store:
        assert store.notice is None
        assert store._backend.read(rebuild.under_way) is None


def test_another_kernel_writes_and_reads_while_a_rebuild_is_under_way(home: Path, child: Callable[..., Child]) -> None:
    ids = only_sidecars(home, 3_000)
    process = child(REBUILD, home, "at full speed")
    assert process.reads() == "a batch"
    appended = []
    with Store(home, patience=5) as store:  # a long batch would be "Another program has been using ..."
        while process.poll() is None:
            run = keep(store, "appended")
            assert store.runs(limit=1) == [run]
            appended.append(run.id)
        assert len(appended) > 3
        assert [run.id for run in store] == [*ids, *appended][::-1]
        assert len(store.runs(text="appended", limit=None)) == len(appended)
    assert process.wait() == 0
    assert rows(home) == [*ids, *appended]


def test_a_run_whose_row_is_not_back_yet_is_there_all_the_same(home: Path, child: Callable[..., Child]) -> None:
    with Store(home) as store:
        under_way, kept, unwanted = (keep(store, prompt) for prompt in ("paid for", "kept", "unwanted"))
    ids = [under_way.id, kept.id, unwanted.id, *only_sidecars(home, 500)]
    (home / "history.db").unlink()
    process = child(REBUILD, home, "when told")
    for _ in range(2):
        assert process.reads() == "a batch"
        if rows(home) == []:
            process.told()
    with Store(home) as store:
        assert store.notice is not None
        assert "Another program is bringing runs back" in store.notice
        assert store.get(kept.id) == kept
        assert store.complete(under_way.id, [an_image(b"paid for")]).images
        assert store.annotate(kept.id, note="the best").note == "the best"
        store.delete(unwanted.id)
        process.told()
        process.wait(20)
        assert [run.id for run in store] == [run_id for run_id in ids if run_id != unwanted.id][::-1]
        assert [run.id for run in store.runs(text="best")] == [kept.id]
        assert store.runs(text="unwanted") == []
        with pytest.raises(RunGoneError):
            store.annotate(unwanted.id, note="gone")


def test_many_lost_runs_come_back_in_batches_too(home: Path, child: Callable[..., Child]) -> None:
    with Store(home) as store:
        early = keep(store, "early")
    ids = only_sidecars(home, 700)
    process = child(REBUILD, home, "when told")
    for _ in range(2):
        assert process.reads() == "a batch"
        if len(rows(home)) == 1:
            process.told()
    process.kill()
    process.wait()
    assert rows(home) == [early.id, *ids[200:]]
    with Store(home) as store:
        assert len(store) == 701
        assert store.notice is not None
        assert "lost 700 runs; they came back" in store.notice
