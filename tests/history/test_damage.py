"""Fault 40: a damaged database, one of a newer version, one of an older version, one that is gone."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from r9s_notebook.errors import NewerStoreError, StoreUnavailableError
from r9s_notebook.history import NewRun, Store, schema
from tests.history.conftest import Child, an_image, keep


def test_a_damaged_database_is_set_aside_and_everything_comes_back(home: Path) -> None:
    with Store(home) as store:
        store.annotate(keep(store, "a lighthouse", cell_id="one").id, favourite=True, note="the best")
        store.fail(store.begin(NewRun(prompt="a submarine")).id, "Refused.", "BadRequestError")
        before = list(store)
    (home / "history.db").write_bytes(b"this is no database" * 1000)
    with Store(home) as store:
        assert list(store) == before
        assert store.runs(text="lighthouse", favourite=True)
        assert store.notice is not None
        assert "2 runs with 1 image came back" in store.notice
    assert list(home.glob("damaged-*.db"))
    with Store(home) as store:
        assert store.notice is None


def test_a_page_that_is_damaged_while_the_store_is_open_is_noticed_and_mended(home: Path) -> None:
    with Store(home) as store:
        for number in range(200):
            store.complete(store.begin(NewRun(prompt=f"lighthouse {number}", note="x" * 500)).id, [an_image()])
    damage_in_the_middle(home / "history.db")
    with Store(home) as store:
        assert len(list(store)) == 200
        assert len(store.runs(text="lighthouse", limit=None)) == 200
        keep(store)
        assert len(store) == 201
        assert store.notice is not None
        assert "was damaged" in store.notice


def test_a_truncated_database_is_mended(home: Path) -> None:
    with Store(home) as store:
        for number in range(50):
            keep(store, f"lighthouse {number}")
    data = (home / "history.db").read_bytes()
    (home / "history.db").write_bytes(data[: len(data) // 3])
    with Store(home) as store:
        assert len(list(store)) == 50


def test_a_database_that_is_gone_is_built_again(home: Path) -> None:
    with Store(home) as store:
        run = keep(store)
    (home / "history.db").unlink()
    with Store(home) as store:
        assert store.get(run.id) == run
        assert store.notice is not None
        assert "1 run with 1 image came back" in store.notice


def test_what_is_missing_after_a_rebuild_is_counted(home: Path) -> None:
    with Store(home) as store:
        keep(store).images[0].path.unlink()
        keep(store)
    (home / "history.db").unlink()
    with Store(home) as store:
        assert store.notice is not None
        assert "2 runs with 1 image came back; 1 image file is missing" in store.notice


def test_damaged_sidecars_do_not_stop_the_others(home: Path) -> None:
    with Store(home) as store:
        runs = [keep(store) for _ in range(4)]
    damaged, emptied, foreign, whole = (home / "runs" / f"{run.id}.json" for run in runs)
    damaged.write_text('{"id": ')
    emptied.write_text("")
    foreign.write_text(whole.read_text())
    (home / "runs" / "notes.json").write_text("{}")
    (home / "history.db").unlink()
    with Store(home) as store:
        assert [run.id for run in store] == [runs[3].id]


def test_another_process_that_has_the_database_open_goes_on_in_the_new_one(
    home: Path, child: Callable[..., Child]
) -> None:
    process = child(
        """
        import sys
        from r9s_notebook.history import NewRun, Store
        store = Store(sys.argv[1])
        first = store.begin(NewRun(prompt="first"))
        print("ready", flush=True)
        sys.stdin.readline()
        store.complete(first.id, [])
        store.complete(store.begin(NewRun(prompt="second")).id, [])
        print(len(store), flush=True)
        """,
        home,
    )
    assert process.reads() == "ready"
    damaged = home / "not-yet.db"
    damaged.write_bytes(b"this is no database" * 1000)
    damaged.replace(home / "history.db")
    with Store(home) as store:
        process.told()
        assert process.reads() == "2"
        assert [(run.prompt, run.status) for run in store] == [("second", "succeeded"), ("first", "succeeded")]


def test_threads_go_on_while_the_database_is_replaced_again_and_again(home: Path, store: Store) -> None:
    """As another kernel does that has found it damaged: a reader and a writer must not wait for each other."""
    keep(store)
    done = {"read": 0, "written": 0}
    stop = threading.Event()

    def work(name: str, act: Callable[[], object]) -> None:
        while not stop.is_set():
            act()
            done[name] += 1

    threads = [
        threading.Thread(target=work, args=("read", lambda: store.runs(limit=1)), daemon=True),
        threading.Thread(target=work, args=("written", lambda: store.begin(NewRun(prompt="again"))), daemon=True),
    ]
    for thread in threads:
        thread.start()
    for _ in range(25):
        before = dict(done)
        (home / "history.db").unlink(missing_ok=True)  # where nobody has come back to it since
        deadline = time.monotonic() + 60
        while any(done[name] == before[name] for name in done):
            assert time.monotonic() < deadline, "the threads wait for each other"
            assert all(thread.is_alive() for thread in threads), "a thread got an error"
            time.sleep(0.002)  # the interval of the poll; the condition is that both have gone on
    stop.set()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


def test_a_run_under_way_survives_the_damage(home: Path) -> None:
    with Store(home) as store:
        run = store.begin(NewRun(prompt="a"))
        store._backend.close()
        (home / "history.db").write_bytes(b"this is no database" * 1000)
        assert store.complete(run.id, [an_image()]).status == "succeeded"


def test_a_newer_history_is_read_and_not_written(home: Path) -> None:
    with Store(home) as store:
        run = keep(store, "a lighthouse")
    with sqlite3.connect(home / "history.db") as connection:
        connection.execute("INSERT INTO migrations (name, at) VALUES ('m999_from_the_future', '2099-01-01')")
        connection.execute("ALTER TABLE runs ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")
    connection.close()
    with Store(home) as store:
        assert store.get(run.id) == run
        assert store.runs(text="light") == [run]
        assert not store.writable
        assert store.notice is not None
        assert "newer version" in store.notice
        for write in (
            lambda: store.begin(NewRun(prompt="a")),
            lambda: store.delete(run.id),
            lambda: store.annotate(run.id, note="x"),
            lambda: store.put_image(b"x", "image/png"),
        ):
            with pytest.raises(NewerStoreError, match="pip install --upgrade"):
                write()


def test_a_history_that_becomes_newer_while_it_is_open_is_only_read_from_then_on(home: Path) -> None:
    with Store(home) as store:
        kept, under_way = keep(store, "a lighthouse"), store.begin(NewRun(prompt="under way"))
        with sqlite3.connect(home / "history.db") as connection:
            connection.execute("INSERT INTO migrations (name, at) VALUES ('m999_from_the_future', '2099-01-01')")
        connection.close()
        for write in (
            lambda: store.begin(NewRun(prompt="a")),
            lambda: store.annotate(kept.id, note="x"),
            lambda: store.complete(under_way.id, [an_image(b"paid for")]),
        ):
            with pytest.raises(NewerStoreError, match="pip install --upgrade"):
                write()
        assert not store.writable
        assert store.settle() == 0
        assert store.notice is not None
        assert "has changed the history" in store.notice
        assert [run.note for run in store.runs(text="light")] == [""]
    with sqlite3.connect(home / "history.db") as connection:
        connection.execute("DELETE FROM migrations WHERE name = 'm999_from_the_future'")
    connection.close()
    with Store(home) as store:  # as the newer version finds it
        assert [(run.prompt, run.status) for run in store] == [
            ("under way", "succeeded"),
            ("a lighthouse", "succeeded"),
        ]


def test_what_a_killed_process_left_in_a_history_that_has_become_newer_is_left_alone(home: Path) -> None:
    with Store(home) as store:
        with Store(home) as killed:
            run = killed.begin(NewRun(prompt="under way"))
        with sqlite3.connect(home / "history.db") as connection:
            connection.execute("INSERT INTO migrations (name, at) VALUES ('m999_from_the_future', '2099-01-01')")
        connection.close()
        assert store.settle() == 0
        assert not store.writable
        assert store.runs(status="running") == [run]


def test_each_migration_is_applied_once_with_its_record(tmp_path: Path) -> None:
    seen = []

    def m003_more(connection: sqlite3.Connection) -> None:
        seen.append("m003")
        connection.execute("ALTER TABLE runs ADD COLUMN mood TEXT")

    migrations = (*schema.MIGRATIONS, m003_more)
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    while schema.migrate_one(connection, migrations):
        pass
    assert seen == ["m003"]
    assert schema.applied(connection) == [migration.__name__ for migration in migrations]
    assert not schema.is_newer(schema.applied(connection), migrations)
    connection.close()


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def m003_breaks(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE runs ADD COLUMN mood TEXT")
        connection.execute("ALTER TABLE nowhere ADD COLUMN mood TEXT")

    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    while schema.migrate_one(connection):
        pass
    before = schema.applied(connection)
    connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate_one(connection, (*schema.MIGRATIONS, m003_breaks))
    connection.execute("ROLLBACK")
    assert schema.applied(connection) == before
    assert "mood" not in [row[1] for row in connection.execute("PRAGMA table_info(runs)")]
    connection.close()


def test_a_store_can_be_moved(home: Path, tmp_path: Path) -> None:
    with Store(home) as store:
        run = keep(store)
    shutil.move(home, tmp_path / "elsewhere")
    with Store(tmp_path / "elsewhere") as store:
        moved = store.get(run.id)
        assert moved is not None
        assert not moved.images[0].missing


def damage_in_the_middle(database: Path) -> None:
    """Overwrites pages, but not the first: the file still opens."""
    with database.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(size // 4 // 4096 * 4096)
        file.write(b"\xa5" * (size // 2))


def test_runs_that_the_database_has_lost_come_back_and_deleted_ones_do_not(home: Path) -> None:
    """As when its write-ahead log is lost, or an older copy of it is put back."""
    with Store(home) as store:
        early = keep(store, "early")
    shutil.copy(home / "history.db", home / "older.db")
    with Store(home) as store:
        kept = [early.id, *(keep(store, f"late {number}").id for number in range(3))]
        store.delete(keep(store, "deleted").id)
    (home / "older.db").replace(home / "history.db")
    with Store(home) as store:
        assert {run.id for run in store} == set(kept)
        assert store.notice is not None
        assert "lost 3 runs" in store.notice
        assert [run.prompt for run in store.runs(text="late")] == ["late 2", "late 1", "late 0"]
    with Store(home) as store:
        assert store.notice is None


@pytest.mark.parametrize("damage", [b"\xff\xfe", b'"{['], ids=["no text", "no JSON"])
def test_one_damaged_value_costs_no_other_run_and_its_own_comes_from_its_sidecar(home: Path, damage: bytes) -> None:
    with Store(home) as store:
        for number in range(3):
            keep(store, f"lighthouse {number}", params={"prompt": f"lighthouse {number}", "size": "MARK"})
    with sqlite3.connect(home / "history.db") as connection:
        connection.execute("UPDATE runs SET params = CAST(? AS TEXT) WHERE prompt = 'lighthouse 1'", (damage,))
    with Store(home) as store:
        runs = list(store)
        assert [run.prompt for run in runs] == ["lighthouse 2", "lighthouse 1", "lighthouse 0"]
        assert all(run.params["size"] == "MARK" for run in runs)
        (home / "runs" / f"{runs[1].id}.json").unlink()
        assert [run.prompt for run in store] == ["lighthouse 2", "lighthouse 0"]


def test_a_link_in_place_of_the_database_is_refused(home: Path, tmp_path: Path) -> None:
    with Store(home) as store:
        keep(store)
    (home / "history.db").replace(tmp_path / "elsewhere.db")
    (home / "history.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(StoreUnavailableError, match="is a link"):
        Store(home)
