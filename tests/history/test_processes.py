"""Faults 33, 39 and 41: killed processes, several kernels on one store, forks, databases locked by others."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from r9s_notebook.errors import RunGoneError, StoreUnavailableError
from r9s_notebook.history import NewRun, Store
from tests.bench._history_kills import kill_writers
from tests.history.conftest import Child, an_image, keep

BEGIN_AND_WAIT = """
    import sys
    from r9s_notebook.history import NewRun, Store
    store = Store(sys.argv[1])
    run = store.begin(NewRun(prompt="under way"))
    print(run.id, flush=True)
    sys.stdin.readline()
"""


def test_a_run_of_a_killed_process_becomes_interrupted(home: Path, child: Callable[..., Child]) -> None:
    process = child(BEGIN_AND_WAIT, home)
    run_id = process.reads()
    process.kill()
    process.wait()
    with Store(home) as store:
        run = store.get(run_id)
        assert run is not None
        assert run.status == "interrupted"
        assert run.error is not None
        assert "Generate again" in run.error


def test_a_run_of_a_living_process_stays_under_way(home: Path, child: Callable[..., Child]) -> None:
    run_id = child(BEGIN_AND_WAIT, home).reads()
    with Store(home) as store:
        assert store.settle() == 0
        run = store.get(run_id)
        assert run is not None
        assert run.status == "running"


def test_a_store_that_is_open_notices_that_another_process_died(
    store: Store, home: Path, child: Callable[..., Child]
) -> None:
    process = child(BEGIN_AND_WAIT, home)
    run_id = process.reads()
    process.kill()
    process.wait()
    assert store.settle() == 1
    assert [run.id for run in store.runs(status="interrupted")] == [run_id]


def test_a_run_of_a_closed_store_becomes_interrupted(home: Path) -> None:
    store = Store(home)
    run = store.begin(NewRun(prompt="a"))
    store.close()
    with Store(home) as other:
        assert other.runs(status="interrupted")[0].id == run.id


def test_a_run_killed_between_its_files_and_its_row_is_complete(home: Path, child: Callable[..., Child]) -> None:
    process = child(
        """
        import os, signal, sys
        from r9s_notebook.history import NewImage, NewRun, Store, transactions
        store = Store(sys.argv[1])
        run = store.begin(NewRun(prompt="under way"))
        print(run.id, flush=True)
        transactions.update_run = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
        small = {"width": 64, "height": 48, "thumbnail": b"small", "thumbnail_type": "image/webp"}
        store.complete(run.id, [NewImage(data=b"paid for", media_type="image/png", **small)])
        """,
        home,
    )
    run_id = process.reads()
    assert process.wait() == -signal.SIGKILL
    with Store(home) as store:
        run = store.get(run_id)
        assert run is not None
        assert run.status == "succeeded"
        assert store.image_bytes(run.images[0].sha256) == b"paid for"


def test_a_database_held_by_another_process_is_waited_for(
    store: Store, home: Path, child: Callable[..., Child]
) -> None:
    keep(store)
    process = hold(home, child)
    threading.Timer(0.3, process.told).start()
    run = keep(store)
    assert store.get(run.id) == run


def test_a_strip_is_shown_while_another_process_writes(store: Store, home: Path, child: Callable[..., Child]) -> None:
    keep(store)
    process = hold(home, child)
    assert len(store.runs()) == 1
    assert process.poll() is None  # it still waits to be told to go on, and holds the database


def test_a_database_held_for_too_long_is_an_error_that_says_what_to_do(home: Path, child: Callable[..., Child]) -> None:
    with Store(home, patience=0.1) as store:
        process = hold(home, child)
        with pytest.raises(StoreUnavailableError, match="Another program"):
            store.begin(NewRun(prompt="a"))
        process.told()
        process.wait()
        assert keep(store)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no forks")
def test_a_forked_process_has_a_store_of_its_own(store: Store) -> None:
    keep(store, "parent")
    waiting = store.begin(NewRun(prompt="the parent's"))
    process = multiprocessing.get_context("fork").Process(target=keep, args=(store, "child"))
    process.start()
    process.join(20)
    assert process.exitcode == 0
    keep(store, "parent again")
    assert store.settle() == 0
    assert [run.prompt for run in store] == ["parent again", "child", "the parent's", "parent"]
    assert store.complete(waiting.id, []).status == "succeeded"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no forks")
def test_a_killed_process_is_not_kept_alive_by_its_forks(home: Path, child: Callable[..., Child]) -> None:
    process = child(
        """
        import os, sys, time
        from r9s_notebook.history import NewRun, Store
        store = Store(sys.argv[1])
        run = store.begin(NewRun(prompt="under way"))
        reading, writing = os.pipe()
        forked = os.fork()
        if forked == 0:
            os.write(writing, b"forked")
            time.sleep(60)
        os.read(reading, 6)  # what the child does first of all is done
        print(run.id, forked, flush=True)
        time.sleep(60)
        """,
        home,
    )
    run_id, forked = process.reads().split()
    try:
        process.kill()
        process.wait()
        with Store(home) as store:
            assert [run.id for run in store.runs(status="interrupted")] == [run_id]
    finally:
        os.kill(int(forked), signal.SIGKILL)


def test_two_processes_that_make_a_store_at_once_share_it(home: Path, child: Callable[..., Child]) -> None:
    code = """
        import sys
        from r9s_notebook.history import NewRun, Store
        print("ready", flush=True)
        sys.stdin.readline()
        store = Store(sys.argv[1])
        store.complete(store.begin(NewRun(prompt="a")).id, [])
        print("done", flush=True)
    """
    processes = [child(code, home) for _ in range(4)]
    for process in processes:
        assert process.reads() == "ready"
    for process in processes:
        process.told()
    for process in processes:
        assert process.reads() == "done"
    with Store(home) as store:
        assert len(store) == 4
        assert store.notice is None


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_writers_are_killed(home: Path) -> None:
    found = kill_writers(home, writers=3, runs_each=20, kills=15, n_bytes=50_000)
    assert found.kills >= 10  # on a busy machine the last writers are done before their turn comes
    assert found.acknowledged == 60
    assert (found.lost, found.damaged, found.locked, found.other, found.running) == (0, 0, 0, 0, 0)


def hold(home: Path, child: Callable[..., Child]) -> Child:
    process = child(
        """
        import sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        print("held", flush=True)
        sys.stdin.readline()
        connection.execute("COMMIT")
        """,
        home / "history.db",
    )
    assert process.reads() == "held"
    return process


KILLED = """
    import os, signal, sys
    from r9s_notebook.history import NewImage, NewRun, Store, originals, retention

    def die(*_args):
        os.kill(os.getpid(), signal.SIGKILL)

    def and_die(work):
        return lambda *args: (work(*args), die())

    store = Store(sys.argv[1])
    run = store.begin(NewRun(prompt="a lighthouse"))
    print(run.id, flush=True)
    image = NewImage(
        data=b"the original", media_type="image/png", width=1, height=1, thumbnail=b"s", thumbnail_type="image/webp"
    )
    if sys.argv[2] == "completing":
        originals.write_missing = and_die(originals.write_missing)  # the files are written, the row is not
    store.complete(run.id, [image])
    retention.find_image = die  # the row is gone, the files are not
    store.delete(run.id)
"""


def test_a_run_killed_after_its_images_and_before_its_row_is_complete(home: Path, child: Callable[..., Child]) -> None:
    process = child(KILLED, home, "completing")
    run_id = process.reads()
    process.wait(20)
    with Store(home) as store:
        run = store.get(run_id)
        assert run is not None
        assert run.status == "succeeded"
        assert store.image_bytes(run.images[0].sha256) == b"the original"


def test_a_run_killed_while_it_was_deleted_stays_deleted_and_leaves_no_file(
    home: Path, child: Callable[..., Child]
) -> None:
    process = child(KILLED, home, "deleting")
    run_id = process.reads()
    process.wait(20)
    with Store(home) as store:
        assert store.get(run_id) is None
        assert [path for path in (home / "images").rglob("*") if path.is_file()] == []
    (home / "history.db").unlink()
    with Store(home) as store:
        assert len(store) == 0


def test_a_run_deleted_by_another_kernel_while_it_was_completed_leaves_nothing_and_does_not_come_back(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(home) as store, Store(home) as other:
        shared = keep(other, data=b"of another run, too")
        run = store.begin(NewRun(prompt="under way"))
        write_files = store._backend.files

        def write_files_before_it_is_deleted(work: Callable[[], None]) -> None:
            write_files(work)
            other.delete(run.id)

        monkeypatch.setattr(store._backend, "files", write_files_before_it_is_deleted)
        with pytest.raises(RunGoneError, match="was deleted"):
            store.complete(run.id, [an_image(b"its own"), an_image(b"of another run, too")])
        assert [path.stem for path in (home / "runs").iterdir()] == [shared.id]
        assert [path.stem for path in (home / "images").iterdir()] == [shared.images[0].sha256]
    with Store(home) as store:
        assert list(store) == [shared]
        assert store.notice is None
