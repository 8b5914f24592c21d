"""Every picture is somebody: its seed, and what a person says of it, stay with it wherever it goes."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from r9s_notebook import R9S, sweep
from r9s_notebook.archive.history import History
from r9s_notebook.archive.importing import new_image
from r9s_notebook.archive.runs import Picture
from r9s_notebook.errors import InputError, RunGoneError
from r9s_notebook.history import NewRun, Store
from r9s_notebook.imaging import as_image
from tests.archive._history_help import picture


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(store=Store(tmp_path / ".r9s"))


def keep(history: History, prompt: str, *colours: str, **run: object) -> tuple[Picture, ...]:
    new = history.store.begin(NewRun(prompt=prompt, **run))
    images = [new_image(picture(colour), seed=100 + number) for number, colour in enumerate(colours)]
    history.store.complete(new.id, images)
    return history[new.id].images


def test_marks_are_kept_one_by_one_and_survive_a_lost_database(history: History) -> None:
    first, second = keep(history, "doors", "red", "blue")
    assert first.mark(rating=4).mark(note="for the cover").mark(favourite=True).rating == 4
    second.mark(rating=-1)
    history.close()
    history.store.close()
    (history.store.home / "history.db").unlink()
    one, other = History(history.store.home)[0].images
    assert (one.rating, one.favourite, one.note, one.seed) == (4, True, "for the cover", 100)
    assert (other.rating, other.favourite, other.note, other.seed) == (-1, False, "", 101)


def test_one_is_given_wherever_a_path_is(history: History) -> None:
    (red,) = keep(history, "a fox", "red")
    assert os.fspath(red) == str(red.path)
    assert as_image(red).tobytes() == red.image().tobytes()
    with R9S.offline() as client:
        (edit,) = sweep("a hat", image=[red], client=client, history=history, size="256x256").start().result(60)
    assert edit.source == red.sha256


def test_pictures_are_found_by_what_was_said_of_them(history: History) -> None:
    red, blue = keep(history, "doors", "red", "blue")
    (green,) = keep(history, "a wall", "green")
    red.mark(rating=4, note="Kilimanjaro")
    green.mark(rating=5, favourite=True)
    blue.mark(rating=-1)

    def found(**asked: object) -> list[str]:
        return [image.sha256 for image in history.pictures(**asked)]

    assert found() == [green.sha256, red.sha256, blue.sha256]
    assert found(min_rating=4) == [green.sha256, red.sha256]
    assert found(min_rating=4, limit=1) == [green.sha256]
    assert found(rating=-1) == [blue.sha256]
    assert found(favourite=True) == [green.sha256]
    assert found(favourite=False, max_rating=0) == [blue.sha256]
    assert [run.prompt for run in history.search("kilimanj")] == ["doors"]
    assert [run.prompt for run in history.search("101")] == ["doors"]  # a seed
    assert [run.prompt for run in history.search(favourite=True)] == ["a wall"]


def test_more_pictures_than_a_page_of_runs_are_found(history: History) -> None:
    for number in range(120):
        keep(history, f"door {number}", "red")
    assert len(history.pictures(limit=None)) == 120
    assert len(history.pictures()) == 100


def test_many_are_marked_at_once_or_none(history: History) -> None:
    images = keep(history, "doors", "red", "blue")
    with pytest.raises(RunGoneError):
        history.store.mark([(images[0].run_id, 0), (images[0].run_id, 2)], rating=3)
    assert [image.rating for image in history[0].images] == [0, 0]
    history.store.mark([(image.run_id, image.position) for image in images], rating=3)
    assert [image.rating for image in history[0].images] == [3, 3]


@pytest.mark.parametrize("rating", [6, -2, 2.5, True, "4"])
def test_what_is_no_rating_is_refused(history: History, rating: object) -> None:
    (red,) = keep(history, "a door", "red")
    with pytest.raises(InputError, match="1 to 5"):
        red.mark(rating=rating)
    assert history[0].images[0].rating == 0


def test_marks_stay_where_a_run_is_completed_again(history: History) -> None:
    red, _ = keep(history, "doors", "red", "blue")
    red.mark(rating=5)
    history.store.complete(red.run_id, [new_image(picture("red")), new_image(picture("green"))])
    assert [image.rating for image in history[0].images] == [5, 0]


def test_they_are_exported_and_the_seed_goes_with_the_file(history: History, tmp_path: Path) -> None:
    red, blue = keep(history, "doors", "red", "blue")
    red.mark(rating=4, note="for the cover")
    lines = (history.export(tmp_path / "out") / "metadata.jsonl").read_text().splitlines()
    one, other = map(json.loads, lines)
    assert (one["seed"], one["rating"], one["note"], one["number"], one["media_type"]) == (
        *(100, 4, "for the cover", 1),
        "image/png",
    )
    assert (other["seed"], other["rating"], other["note"], other["number"]) == (101, 0, "", 2)
    elsewhere = History(store=Store(tmp_path / "elsewhere"))
    back = elsewhere.add(tmp_path / "out" / one["file_name"])
    assert back.images[0].seed == red.seed
    assert blue.seed == 101


def test_seeds_larger_than_a_database_counts_are_kept(history: History) -> None:
    run = history.store.begin(NewRun(prompt="a door"))
    history.store.complete(run.id, [new_image(picture("red"), seed=2**64 - 1)])
    assert history[0].images[0].seed == 2**64 - 1


def test_a_history_of_before_is_taken_over(history: History) -> None:
    keep(history, "doors", "red")
    history.store.close()
    with sqlite3.connect(history.store.home / "history.db") as connection:
        for index in ("images_by_rating", "favourite_images"):
            connection.execute(f"DROP INDEX {index}")
        for column in ("seed", "rating", "favourite", "note"):
            connection.execute(f"ALTER TABLE images DROP COLUMN {column}")
        connection.execute("DELETE FROM migrations WHERE name LIKE 'm004%'")
    connection.close()
    (red,) = History(history.store.home)[0].images
    assert (red.seed, red.rating) == (None, 0)
    assert red.mark(rating=2).rating == 2


def test_pictures_show_themselves(history: History) -> None:
    red, _ = keep(history, "doors", "red", "blue")
    red.mark(rating=3)
    bundle = history.pictures()._repr_mimebundle_()
    assert bundle["text/html"].count("<img") == 2
    assert "★★★" in bundle["text/html"]
    assert bundle["image/jpeg"]
    assert "seed 101" in bundle["text/plain"]


def test_what_is_deleted_can_be_brought_back_with_marks_made_since(history: History) -> None:
    red, blue = keep(history, "doors", "red", "blue")
    removed = history.store.remove([(red.run_id, 0)])
    assert [image.sha256 for image in history[0].images] == [blue.sha256]
    history[0].images[0].mark(rating=5)
    history.store.settle()
    history.store.put_back(removed)
    assert [(image.sha256, image.rating) for image in history[0].images] == [(red.sha256, 0), (blue.sha256, 5)]
    assert history.store.image_bytes(red.sha256)


def test_a_run_without_pictures_left_goes_and_comes_back_whole(history: History) -> None:
    images = keep(history, "doors", "red", "blue", cell_id="cell")
    removed = history.store.remove((image.run_id, image.position) for image in images)
    assert len(history) == 0
    assert not history.search("doors")
    history.store.put_back(removed)
    (run,) = history.search("doors", cell="cell")
    assert [image.seed for image in run.images] == [100, 101]
    assert not any(image.missing for image in run.images)
