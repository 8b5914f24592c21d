"""The history as its users see it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from r9s_notebook.archive.document import for_picture
from r9s_notebook.archive.history import History
from r9s_notebook.errors import HistoryError, StoreUnavailableError
from r9s_notebook.history import Store
from r9s_notebook.imaging import Mask, embed
from tests.archive._history_help import keep, picture


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(store=Store(tmp_path / ".r9s"))


def test_runs_come_newest_first_and_open_their_images(history: History) -> None:
    keep(history.store, "a red door", color="red")
    keep(history.store, "a blue door", color="blue")
    assert [run.prompt for run in history] == ["a blue door", "a red door"]
    assert history[0].images[0].image().getpixel((0, 0)) == (0, 0, 255)
    assert len(history) == 2


def test_a_run_is_found_by_its_id_and_nobody_is_not(history: History) -> None:
    run = keep(history.store, "a")
    assert history[run.id] == history[0]
    with pytest.raises(KeyError):
        history["01900000-0000-7000-8000-000000000000"]
    with pytest.raises(IndexError):
        history[1]


def test_search_gives_runs_that_show_themselves(history: History) -> None:
    keep(history.store, "a lighthouse", cell_id="one")
    keep(history.store, "a lighthouse", cell_id="two")
    (run,) = history.search("light", cell="one")
    bundle = run._repr_mimebundle_()
    assert 'class="r9s-static"' in bundle["text/html"]
    assert "Python that repeats this run" in bundle["text/html"]
    assert bundle["image/jpeg"]


def test_a_history_shows_its_newest_runs_within_its_limit(history: History) -> None:
    for number in range(14):
        keep(history.store, f"door {number}")
    bundle = history._repr_mimebundle_()
    assert bundle["text/html"].count("<img") == 12
    assert "… and 2 more" in bundle["text/html"]
    assert len(json.dumps(bundle)) <= 400_000


def test_relatives_and_differences(history: History) -> None:
    parent = keep(history.store, "a door")
    keep(history.store, "a red door", parent=parent.id, kind="edit")
    child = history[0]
    assert child.edited == history[1]
    assert history[1].edits == [child]
    assert [run.prompt for _, run in history.family(child)] == ["a door", "a red door"]
    assert "prompt" in [difference.field for difference in history.compare(history[1], child)]
    with pytest.raises(HistoryError):
        history.family("nobody")


def test_the_mask_of_a_run_is_a_value_again(history: History) -> None:
    mask = Mask.blank(64, 48).rect(4, 4, 20, 20)
    keep(history.store, "a", kind="edit", mask=mask.to_json())
    assert history[0].painted == mask


def test_an_original_that_is_gone_is_said(history: History) -> None:
    keep(history.store, "a").images[0].path.unlink()
    with pytest.raises(HistoryError, match="missing"):
        history[0].images[0].image()
    assert "The original is missing" in history[0]._repr_html_()


def test_a_projects_folder_leads_to_its_history(tmp_path: Path, history: History) -> None:
    keep(history.store, "a")
    with History(tmp_path) as other:
        assert len(other) == 1


def test_the_front_door_knows_it() -> None:
    code = "from r9s_notebook import History; import sys; print('ipywidgets' in sys.modules, History.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "History"]


def test_a_picture_without_a_run_comes_in_as_it_is(tmp_path: Path, history: History) -> None:
    path = tmp_path / "photo.png"
    Image.new("RGB", (8, 8), "green").save(path)
    run = history.add(path)
    assert (run.prompt, run.note, run.status) == ("", "photo.png", "succeeded")
    assert run.images[0].path.read_bytes() == path.read_bytes()
    assert history.add(path) == run
    assert len(history) == 1


def test_parameters_of_automatic1111_are_read(tmp_path: Path, history: History) -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text(
        "parameters",
        "a lighthouse\nNegative prompt: people\n"
        "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 8x8, Model: dream",
    )
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png", pnginfo=info)
    run = history.add(tmp_path / "a.png")
    assert (run.prompt, run.requested_model) == ("a lighthouse", "dream")
    assert run.params["negative_prompt"] == "people"
    assert str(run.params["seed"]) == "42"
    assert "AUTOMATIC1111" in run.note
    assert history.search("lighthouse") == [run]


def test_parameters_of_invokeai_are_read(tmp_path: Path, history: History) -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("invokeai_metadata", json.dumps({"positive_prompt": "a harbour", "seed": 7, "steps": 30}))
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png", pnginfo=info)
    run = history.add(tmp_path / "a.png")
    assert run.prompt == "a harbour"
    assert "InvokeAI" in run.note


def test_what_is_no_picture_is_refused(tmp_path: Path, history: History) -> None:
    (tmp_path / "a.png").write_text("no picture")
    with pytest.raises(ValueError, match=r"."):
        history.add(tmp_path / "a.png")
    with pytest.raises(HistoryError, match="cannot be read"):
        history.add(tmp_path / "nothing.png")
    assert len(history) == 0


def test_a_picture_whose_run_is_nonsense_is_still_taken_in(tmp_path: Path, history: History) -> None:
    from r9s_notebook.imaging.metadata import embed

    odd = {"id": "../../etc/passwd", "prompt": "a", "params": {"api_key": "x"}, "created": "never", "parent": 7}
    (tmp_path / "a.png").write_bytes(embed(picture("red"), odd))
    run = history.add(tmp_path / "a.png")
    assert run.prompt == "a"
    assert dict(run.params) == {}


def test_a_misspelt_path_is_no_new_history(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="no folder"):
        History(tmp_path / "no" / "such")
    assert not any(tmp_path.iterdir())
    with History(tmp_path / "new") as history:
        assert len(history) == 0


def test_a_slice_of_a_history_shows_itself(history: History) -> None:
    for number in range(5):
        keep(history.store, f"door {number}")
    assert [run.prompt for run in history[1:3]] == ["door 3", "door 2"]
    assert [run.prompt for run in history[::-2]] == ["door 0", "door 2", "door 4"]
    assert [run.prompt for run in history[-1:]] == ["door 0"]
    assert history[9:] == []
    bundle = history.search("door")._repr_mimebundle_()
    assert bundle["text/html"].count("<img") == 5
    assert bundle["image/jpeg"]
    assert str(history.store.home) not in repr(history.search("door")) + repr(history[0])


@pytest.mark.parametrize(
    "nonsense",
    [
        {"elapsed": "abc"},
        {"cost": "free"},
        {"elapsed": {"a": 1}, "served_model": {"b": 2}, "cost": [1], "usage": 5},
        {"served_model": 7},
        {"created": "0001-01-01T00:00:00+05:00"},
        {"created": "9999-12-31T23:59:59-05:00"},
        {"created": 5},
        {"cost": 10**400},
    ],
    ids=repr,
)
def test_a_picture_that_says_nonsense_of_its_run_does_not_spoil_the_history(
    nonsense: dict[str, object], tmp_path: Path, history: History
) -> None:
    run = keep(history.store, "a red door")
    document = {**for_picture(run, run.images[0]), **nonsense}
    history.store.delete(run.id)
    (tmp_path / "door.png").write_bytes(embed(picture("red"), document))
    assert history.add(tmp_path / "door.png").prompt == "a red door"
    assert "a red door" in history._repr_html_()
    assert (history.export(tmp_path / "export") / "metadata.jsonl").read_text().count("\n") == 1


def test_a_picture_that_was_painted_over_elsewhere_is_a_picture_of_its_own(tmp_path: Path, history: History) -> None:
    run = keep(history.store, "a red door")
    copy = tmp_path / "copy.png"
    copy.write_bytes(embed(picture("red"), for_picture(run, run.images[0])))
    assert history.add(copy).id == run.id
    copy.write_bytes(embed(picture("blue"), for_picture(run, run.images[0])))
    painted = history.add(copy)
    assert painted.id != run.id
    assert painted.images[0].image().getpixel((0, 0)) == (0, 0, 255)


def test_an_export_is_not_taken_for_a_history(tmp_path: Path, history: History) -> None:
    keep(history.store, "a red door")
    export = history.export(tmp_path / "export")
    with pytest.raises(HistoryError, match="is an export"):
        History(export)
    assert not (export / "history.db").exists()
    assert not (export / ".gitignore").exists()
