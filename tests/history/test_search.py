"""Full-text search, for whatever a user types."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from r9s_notebook.history import NewRun, Store, search
from tests.history.conftest import Child, an_image, keep


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


ALIKE = [
    ("Straße", "strasse"),
    ("strasse", "STRAßE"),
    ("Straße", "stras"),
    ("a \ufb01ne line", "fine"),
    ("a fine line", "\ufb01n"),
    ("H₂O", "h2o"),
    ("H₂O", "h2"),
    ("20 m²", "m2"),
    ("\uff26\uff2f\uff27", "fog"),
    ("ﾈｺ", "ネコ"),
    ("ΟΔΟΣ", "οδος"),
    ("code in C++, please", "c++"),
    ("code in C++", "C+"),
    ("code in c++", "c"),
    ("code in c++", "c code"),
    ("code in C#", "c#"),
    ("a fog++ of (C#)", "fog c#"),
    ("the #1 lighthouse", "#1"),
    ("a lighthouse", "#lighthouse"),
]
APART = [("code in C", "c++"), ("a cat", "c++"), ("code in C#", "c++"), ("code in C+", "c++"), ("a class", "c#")]


@pytest.mark.parametrize(("prompt", "text"), ALIKE)
@pytest.mark.parametrize("when", ["kept", "reindexed"])
def test_spellings_of_one_word_are_found_by_each_other(home: Path, prompt: str, text: str, when: str) -> None:
    with Store(home) as store:
        keep(store, prompt)
    if when == "reindexed":
        as_before_words_were_folded(home)
    with Store(home) as store:
        assert [run.prompt for run in store.runs(text=text)] == [prompt]


@pytest.mark.parametrize(("prompt", "text"), APART)
def test_signs_at_the_end_of_a_word_count(store: Store, prompt: str, text: str) -> None:
    keep(store, prompt)
    assert store.runs(text=text) == []


def test_every_beginning_of_what_is_typed_finds_what_all_of_it_finds(store: Store) -> None:
    run = keep(store, "die Große Straße, H₂O und C++")
    for text in ("große strasse", "GROSSE STRAßE", "h2o", "c++"):
        for end in range(1, len(text) + 1):
            assert store.runs(text=text[:end]) == [run], text[:end]


def test_words_are_folded_without_an_index_too(home: Path) -> None:
    with Store(home) as store:
        run = keep(store, "die Straße, H₂O und C++")
        drop_index(home)
        for text in ("strasse", "h2o", "c++", "STRAßE"):
            assert store.runs(text=text) == [run]


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


def test_a_history_of_the_version_before_that_cannot_be_written_is_searched_all_the_same(home: Path) -> None:
    with Store(home) as store:
        run = keep(store, "Straße")
    as_before_words_were_folded(home)
    (home / "tmp").rmdir()
    (home / "tmp").write_text("a file in place of the folder: nothing can be written here")
    with Store(home) as store:
        assert not store.writable
        assert store.runs(text="STRASSE") == [run]


def test_an_index_is_made_again_in_batches_while_another_kernel_writes_and_through_a_kill(
    home: Path, child: Callable[..., Child]
) -> None:
    with Store(home) as store:
        runs = [keep(store, f"Straße {number}") for number in range(12)]
    as_before_words_were_folded(home)
    process = child(
        """
        import sys
        from r9s_notebook.history import Store, search
        is_being_made, search._IN_ONE_BATCH = search.is_being_made, 5

        def asked(connection):
            print("goes on?", flush=True)
            sys.stdin.readline()
            return is_being_made(connection)

        search.is_being_made = asked
        Store(sys.argv[1])
        """,
        home,
    )
    for _ in range(2):
        assert process.reads() == "goes on?"
        process.told()
    assert process.reads() == "goes on?"  # after the first batch
    with Store(home) as store:
        assert len(store.runs(text="strasse", limit=None)) == 12  # read one by one, as long as it takes
        store.annotate(runs[0].id, note="with a note")
        store.delete(runs[1].id)
        store.annotate(runs[11].id, note="with a note")
        keep(store, "Straße 12")
        assert store.notice is None
    process.kill()
    process.wait()
    with Store(home) as store:
        assert store._backend.read(search.is_ready)
        assert (
            store._backend.read(lambda database: database.execute("SELECT count(*) FROM search_words").fetchone()[0])
            == 12
        )
        assert len(store.runs(text="strasse", limit=None)) == 12
        assert [run.prompt for run in store.runs(text="note")] == ["Straße 11", "Straße 0"]


def as_before_words_were_folded(home: Path) -> None:
    """The database as the version before left it: the same tables, whose index knows the words as they were typed."""
    connection = sqlite3.connect(home / "history.db")
    with connection:
        connection.execute("DELETE FROM migrations WHERE name LIKE 'm002%'")
        connection.execute("DROP TABLE search_words")
        connection.execute("CREATE VIRTUAL TABLE search USING fts5(words)")
        connection.execute("INSERT INTO search (rowid, words) SELECT key, prompt FROM runs")
    connection.close()


def drop_index(home: Path) -> None:
    connection = sqlite3.connect(home / "history.db")
    with connection:
        connection.execute("DROP TABLE search_words")
        connection.execute("INSERT OR REPLACE INTO facts VALUES ('search', 'stale')")
    connection.close()
