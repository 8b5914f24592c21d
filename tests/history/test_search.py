"""Full-text search, for whatever a user types."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from r9s_notebook.history import NewRun, Store
from tests.history.conftest import an_image, keep


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("lighthouse", True),
        ("LIGHT", True),
        ("light", True),
        ("fog lighthouse", True),
        ("fog light", True),
        ("house", False),
        ("cafe", True),
        ("灯台", True),
        ("台の", True),
        ("🐱", True),
        ("keeper", True),
        ("gpt-image", True),
        ("submarine", False),
        ("lighthouse submarine", False),
        ('"', False),
        ("AND", False),
        ("lighthouse*", True),
        ("lighthouse OR", False),
        ("NEAR(", False),
        ("50%", True),
        ("%", True),
        ("_", False),
        ("   ", True),
        ("x" * 100_000, False),
        ("\0", True),
        ("\ud800", False),
    ],
)
def test_what_is_found(store: Store, text: str, finds: bool) -> None:
    run = store.begin(
        NewRun(prompt="A lighthouse in the fog, 50% grey, café, 夜の灯台の絵 🐱🐶", requested_model="gpt-image-1")
    )
    store.complete(run.id, [an_image()])
    store.annotate(run.id, note="for the keeper")
    assert bool(store.runs(text=text)) is finds


def test_revised_prompts_are_searched(store: Store) -> None:
    run = store.begin(NewRun(prompt="a boat"))
    store.complete(run.id, [an_image(revised_prompt="a schooner at sea")])
    assert store.runs(text="schooner")


def test_a_changed_note_is_found_and_the_old_one_is_not(store: Store) -> None:
    run = keep(store)
    store.annotate(run.id, note="first")
    store.annotate(run.id, note="second")
    assert store.runs(text="second")
    assert not store.runs(text="first")


def test_a_deleted_run_is_not_found(store: Store) -> None:
    store.delete(keep(store, "a zebra").id)
    assert not store.runs(text="zebra")


def test_search_goes_with_every_filter(store: Store) -> None:
    keep(store, "a cat", cell_id="one")
    newer = keep(store, "a cat", cell_id="two")
    newest = keep(store, "a cat", cell_id="two")
    assert [run.id for run in store.runs(text="cat", cell="two", before=newest.id)] == [newer.id]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=40))
def test_no_text_breaks_the_search(store: Store, text: str) -> None:
    store.runs(text=text)


def test_without_an_index_the_search_reads_the_runs(home: Path) -> None:
    with Store(home) as store:
        keep(store, "a lighthouse, 100% grey")
        drop_index(home)  # what a SQLite without FTS5 leaves us with
        assert store.runs(text="house 100%")
        assert not store.runs(text="submarine")


def test_an_index_left_behind_by_a_sqlite_without_fts5_is_made_again(home: Path) -> None:
    with Store(home) as store:
        keep(store, "a lighthouse")
    drop_index(home)
    with Store(home) as store:
        assert store.runs(text="lighthouse")
        keep(store, "a zebra")
        assert store.runs(text="zebra")


def drop_index(home: Path) -> None:
    connection = sqlite3.connect(home / "history.db")
    with connection:
        connection.execute("DROP TABLE search")
        connection.execute("INSERT OR REPLACE INTO facts VALUES ('search', 'stale')")
    connection.close()
