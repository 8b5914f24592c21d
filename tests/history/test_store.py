"""What the store keeps, and how it gives it back."""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from r9s_notebook.errors import HistoryError
from r9s_notebook.history import NewRun, Store
from r9s_notebook.history.database import Database
from tests.history.conftest import an_image, keep


def test_a_run_is_on_disk_as_running_before_it_is_sent(store: Store, home: Path) -> None:
    run = store.begin(NewRun(prompt="a lighthouse"))
    assert run.status == "running"
    with Store(home) as other:
        assert other.get(run.id) == run


def test_everything_about_a_run_comes_back_from_another_store(store: Store, home: Path) -> None:
    source = store.put_image(b"a photograph", "image/jpeg")
    mask_png = store.put_image(b"a mask", "image/png")
    new = NewRun(
        kind="edit",
        prompt="a red door",
        template="a {colour} door",
        params={"prompt": "a red door", "n": 2, "size": "1024x1024", "extra": {"deep": [1, None, "x"]}},
        requested_model="gpt-image-1",
        notebook="lesson.ipynb",
        cell_id="cell-1",
        parent="01900000-0000-7000-8000-000000000000",
        parent_image=source,
        source=source,
        mask='{"strokes": []}',
        mask_png=mask_png,
        client_version="1.0",
        batch="sweep-1",
        note="for the door",
    )
    begun = store.begin(new)
    run = store.complete(
        begun.id,
        [an_image(b"one", revised_prompt="a very red door"), an_image(b"two", media_type="image/webp")],
        served_model="gpt-image-1-mini",
        usage={"total_tokens": 12},
        cost=0.04,
        elapsed=3.5,
    )
    with Store(home) as other:
        assert other.get(begun.id) == run
    assert {name: getattr(run, name) for name in NewRun.__dataclass_fields__} == {
        name: getattr(new, name) for name in NewRun.__dataclass_fields__
    }
    assert (run.served_model, run.usage, run.cost, run.elapsed) == ("gpt-image-1-mini", {"total_tokens": 12}, 0.04, 3.5)
    assert run.images[0].revised_prompt == "a very red door"
    assert run.images[1].path.suffix == ".webp"


def test_originals_stay_byte_for_byte_what_the_api_sent(store: Store) -> None:
    data = bytes(range(256)) * 100
    image = keep(store, data=data).images[0]
    assert image.path.read_bytes() == data
    assert image.sha256 == image.path.stem == hashlib.sha256(data).hexdigest()
    assert store.image_bytes(image.sha256) == data


def test_failed_and_cancelled_runs_keep_their_reason(store: Store) -> None:
    failed = store.fail(store.begin(NewRun(prompt="a")).id, "The prompt was refused.", "BadRequestError")
    cancelled = store.cancel(store.begin(NewRun(prompt="b")).id, "Cancelled.")
    assert (failed.status, failed.error, failed.error_type) == ("failed", "The prompt was refused.", "BadRequestError")
    assert (cancelled.status, cancelled.error) == ("cancelled", "Cancelled.")


def test_a_run_that_succeeded_is_not_turned_into_a_failure(store: Store) -> None:
    run = keep(store)
    assert store.cancel(run.id) == run
    assert store.fail(run.id, "too late") == run


def test_images_that_come_after_a_run_was_given_up_are_kept_all_the_same(store: Store) -> None:
    run = store.begin(NewRun(prompt="a"))
    store.cancel(run.id)
    late = store.complete(run.id, [an_image()])
    assert (late.status, late.error, len(late.images)) == ("succeeded", None, 1)


def test_runs_come_newest_first_and_go_on_from_one(store: Store) -> None:
    ids = [keep(store, str(number)).id for number in range(5)]
    assert [run.id for run in store.runs(limit=2)] == [ids[4], ids[3]]
    assert [run.id for run in store.runs(before=ids[3], limit=2)] == [ids[2], ids[1]]
    assert [run.id for run in store] == ids[::-1]
    assert len(store) == 5


@pytest.mark.parametrize(
    ("filters", "prompts"),
    [
        ({"cell": "one"}, "a"),
        ({"notebook": "n.ipynb"}, "ba"),
        ({"kind": "edit"}, "b"),
        ({"status": "failed"}, "c"),
        ({"favourite": True}, "a"),
        ({"favourite": False}, "cb"),
        ({"batch": "sweep"}, "c"),
        ({"cell": "one", "status": "failed"}, ""),
    ],
)
def test_runs_are_filtered(store: Store, filters: dict[str, object], prompts: str) -> None:
    first = keep(store, "a", cell_id="one", notebook="n.ipynb")
    keep(store, "b", cell_id="two", notebook="n.ipynb", kind="edit")
    store.fail(store.begin(NewRun(prompt="c", batch="sweep")).id, "no")
    store.annotate(first.id, favourite=True)
    assert "".join(run.prompt for run in store.runs(**filters)) == prompts


def test_a_renamed_notebook_keeps_its_runs(store: Store, home: Path) -> None:
    keep(store, "before", notebook="old.ipynb", cell_id="one")
    keep(store, "after", notebook="new.ipynb", cell_id="one")
    assert [run.prompt for run in store.runs(notebook="new.ipynb")] == ["after", "before"]
    (home.parent / "old.ipynb").touch()  # it was copied, then, and not renamed
    assert [run.prompt for run in store.runs(notebook="new.ipynb")] == ["after"]


def test_favourite_note_and_cost_are_changed_one_by_one(store: Store) -> None:
    run = keep(store)
    store.annotate(run.id, favourite=True)
    store.annotate(run.id, note="the best one")
    changed = store.annotate(run.id, cost=0.1)
    assert (changed.favourite, changed.note, changed.cost) == (True, "the best one", 0.1)
    assert changed == store.get(run.id)


def test_deleting_a_run_deletes_the_images_that_no_other_run_uses(store: Store) -> None:
    first = keep(store, data=b"mine and yours")
    shared = store.complete(store.begin(NewRun(prompt="b")).id, [an_image(b"mine and yours"), an_image(b"mine")])
    store.delete(shared.id)
    assert store.get(shared.id) is None
    assert not first.images[0].missing
    assert shared.images[1].missing
    store.delete(first.id)
    assert first.images[0].missing


def test_deleting_a_run_spares_what_it_was_made_from_and_what_was_made_from_it(store: Store) -> None:
    parent = keep(store)
    image = parent.images[0].sha256
    child = keep(store, parent=parent.id, parent_image=image, source=image)
    store.delete(parent.id)
    assert store.image_bytes(image)
    store.delete(child.id)
    with pytest.raises(HistoryError, match="missing"):
        store.image_bytes(image)


def test_an_image_that_waits_for_its_run_is_not_deleted_with_another_one(store: Store) -> None:
    run = keep(store, data=b"a photograph")
    waiting = store.put_image(b"a photograph", "image/png")
    store.delete(run.id)
    assert store.image_bytes(waiting) == b"a photograph"


def test_what_is_not_there_is_an_error_that_says_so(store: Store) -> None:
    nobody = "01900000-0000-7000-8000-000000000000"
    assert store.get(nobody) is None
    assert store.get("no id at all") is None
    for call in (store.delete, store.cancel, lambda run_id: store.complete(run_id, [])):
        with pytest.raises(HistoryError, match="There is no run"):
            call(nobody)


def test_parameters_that_can_carry_a_key_are_not_kept(store: Store, home: Path) -> None:
    canary = "sk-canary-0123456789"
    params = {"n": 1, "api_key": canary, "http_headers": {"Authorization": canary}}
    run = store.complete(store.begin(NewRun(prompt="a", params=params)).id, [an_image()])
    assert dict(run.params) == {"n": 1}
    store.close()
    assert not [path for path in home.rglob("*") if path.is_file() and canary.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    "text", ["\0", "\ud800", "x" * 100_000, "🐱 שלום", "'; DROP TABLE runs; --", "../../etc/passwd"]
)
def test_any_text_can_be_kept(store: Store, text: str) -> None:
    run = keep(store, text, template=text, note=text, params={"prompt": text}, cell_id=text, notebook=text)
    assert store.runs(cell=text, notebook=text) == [run]
    kept = store.get(run.id)
    assert kept is not None
    assert kept.params["prompt"] == text
    assert kept.prompt == text.replace("\ud800", "?")


def test_many_threads_may_use_one_store(store: Store) -> None:
    start = threading.Barrier(8)

    def work(number: int) -> None:
        start.wait()
        for _ in range(5):
            keep(store, f"thread {number}", cell_id=str(number))
            assert store.runs(cell=str(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert len(store) == 40
    assert len({run.id for run in store}) == 40


def test_writes_that_wait_for_their_turn_are_written_together_and_one_that_fails_fails_alone(
    tmp_path: Path, eventually: Callable[..., None]
) -> None:
    """The disk is asked once for all of them, and each thread still has its own result or its own error."""
    transactions: list[str] = []
    database = Database(
        tmp_path / "some.db", lambda connection: connection.execute("CREATE TABLE numbers (number UNIQUE)")
    )
    entered, go_on = threading.Event(), threading.Event()

    def slow(connection: sqlite3.Connection) -> None:
        connection.set_trace_callback(lambda text: transactions.append(text) if text == "COMMIT" else None)
        entered.set()
        assert go_on.wait(60)

    def insert(number: int) -> int:
        return database.write(
            lambda connection: connection.execute("INSERT INTO numbers VALUES (?)", (number,)).rowcount
        )

    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(database.write, slow)
        assert entered.wait(60)
        waiting = [pool.submit(insert, number) for number in range(8)]
        eventually(lambda: len(database._waiting) == 8)
        go_on.set()
        first.result(60)
        assert [one.result(60) for one in waiting] == [1] * 8
    assert len(transactions) == 2

    entered.clear()
    go_on.clear()
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(database.write, slow)
        assert entered.wait(60)
        waiting = [pool.submit(insert, number) for number in (8, 3, 9)]  # 3 is there already
        eventually(lambda: len(database._waiting) == 3)
        go_on.set()
        errors = [one.exception(60) for one in waiting]
    assert [type(error) for error in errors] == [type(None), sqlite3.IntegrityError, type(None)]
    assert database.read(lambda connection: connection.execute("SELECT count(*) FROM numbers").fetchone()[0]) == 10
    database.close()


def test_a_run_from_elsewhere_takes_its_place_in_time(store: Store) -> None:
    now = keep(store)
    old = store.begin(NewRun(prompt="old"), created=datetime(2020, 1, 1, tzinfo=UTC))
    assert [run.id for run in store] == [now.id, old.id]
    assert old.created.year == 2020


@pytest.mark.usefixtures("store")
def test_the_store_keeps_itself_out_of_git(home: Path) -> None:
    assert (home / ".gitignore").read_text() == "*\n"


def test_an_empty_store_is_still_true(store: Store) -> None:
    assert len(store) == 0
    assert store


def test_a_run_can_be_pickled(store: Store) -> None:
    run = keep(store)
    assert pickle.loads(pickle.dumps(run)) == run  # noqa: S301


def test_a_run_from_elsewhere_may_bring_its_id_but_not_one_that_is_taken(store: Store) -> None:
    run = store.begin(NewRun(prompt="a"), run_id="01900000-0000-7000-8000-000000000000")
    assert run.id == "01900000-0000-7000-8000-000000000000"
    for taken in (run.id, "../../etc/passwd", "01900000-0000-7000-8000-00000000000Z"):
        with pytest.raises(HistoryError, match="no id for a new run"):
            store.begin(NewRun(prompt="b"), run_id=taken)


def test_the_room_needs_nothing_but_the_standard_library() -> None:
    code = """
import sys
import r9s_notebook.history
third = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"r9s_notebook", "__main__"}
print(sorted(name for name in third if not name.startswith("_")), "r9s_notebook.imaging" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False"


def test_the_image_that_was_edited_goes_with_the_last_run_that_names_it(store: Store) -> None:
    parent = keep(store, "a door", b"the door")
    source = store.put_image(b"the door, cut out", "image/png")
    edit = keep(store, "a red door", parent=parent.id, parent_image=parent.images[0].sha256, source=source)
    store.delete(parent.id)
    assert store.image_bytes(parent.images[0].sha256) == b"the door"
    store.delete(edit.id)
    assert [path for path in (store.home / "images").rglob("*") if path.is_file()] == []
