"""Handing on: a folder or a ZIP that others can use."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from r9s_notebook.archive.history import History
from r9s_notebook.errors import HistoryError, InputError, StoreUnavailableError
from r9s_notebook.history import NewRun, Store
from r9s_notebook.imaging import Mask
from r9s_notebook.imaging.metadata import read_metadata
from tests.archive._history_help import keep, picture

CANARY = "sk-canary-0123456789"
CANARY_PLACE = "/home/somebody/private"


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A generation of two images, an edit of one with a mask, and a failure."""
    store = Store(tmp_path / ".r9s")
    prompt = "A lighthouse, <b>bold</b> & /etc/passwd"
    parent = keep(store, prompt, images=[picture("red"), picture("green", "JPEG")], note="for the cover", cell_id="c")
    source = parent.images[0].sha256
    mask = Mask.blank(64, 48).rect(4, 4, 20, 20)
    mask_png = store.put_image(mask.to_png(), "image/png")
    edit = {"kind": "edit", "source": source, "mask_png": mask_png, "mask": mask.to_json(), "parent_image": source}
    params = {"prompt": "=SUM(A1)", "api_key": CANARY, "size": "1024x1024"}
    keep(store, "=SUM(A1)", images=[picture("blue", "WEBP")], parent=parent.id, params=params, **edit)
    elsewhere = NewRun(
        prompt="a submarine", notebook=f"{CANARY_PLACE}/b.ipynb", cell_id=f"{CANARY_PLACE}/b.ipynb#W0sZmlsZQ"
    )
    store.fail(store.begin(elsewhere).id, "The prompt was refused.", "BadRequestError")
    return History(store=store)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_metadata_follows_the_image_folder_convention(history: History, tmp_path: Path) -> None:
    folder = history.export(tmp_path / "out")
    rows = lines(folder / "metadata.jsonl")
    assert len(rows) == 3
    assert len({frozenset(row) for row in rows}) == 1
    for row in rows:
        with Image.open(folder / str(row["file_name"])) as image:
            assert image.size == (row["width"], row["height"])
        assert row["text"] == row["prompt"]
    edited = rows[2]
    assert (folder / str(edited["source_file_name"])).read_bytes() == picture("red")
    assert (folder / str(edited["mask_file_name"])).read_bytes().startswith(b"\x89PNG")
    assert not {str(path.relative_to(folder)) for path in (folder / "images").iterdir()} - {
        row["file_name"] for row in rows
    }


def test_exported_copies_carry_their_run_and_keep_their_pixels(history: History, tmp_path: Path) -> None:
    folder = history.export(tmp_path / "out")
    for row in lines(folder / "metadata.jsonl"):
        data = (folder / str(row["file_name"])).read_bytes()
        carried = read_metadata(data)["run"]
        assert carried["prompt"] == row["prompt"]
        assert "note" not in carried
        assert "cell_id" not in carried
    for run in history:
        for image in run.images:
            assert b"r9s_notebook" not in image.path.read_bytes()


def test_originals_in_the_store_stay_byte_for_byte(history: History, tmp_path: Path) -> None:
    before = {image.path: image.path.read_bytes() for run in history for image in run.images}
    history.export(tmp_path / "out")
    assert before == {path: path.read_bytes() for path in before}


def test_a_spreadsheet_shows_every_run_and_takes_no_prompt_for_a_formula(history: History, tmp_path: Path) -> None:
    text = (history.export(tmp_path / "out") / "runs.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["status"] for row in rows] == ["succeeded", "succeeded", "failed"]
    assert rows[1]["prompt"] == "'=SUM(A1)"
    assert rows[0]["note"] == "for the cover"
    assert len(rows[0]["files"].split()) == 2


def test_the_contact_sheet_links_every_image_and_escapes_every_prompt(history: History, tmp_path: Path) -> None:
    folder = history.export(tmp_path / "out")
    page = (folder / "index.html").read_text()
    assert page.count("<img") == 3
    assert "<b>bold" not in page
    assert "The prompt was refused." in page
    for row in lines(folder / "metadata.jsonl"):
        assert f'href="{row["file_name"]}"' in page


def test_a_zip_holds_the_same(history: History, tmp_path: Path) -> None:
    folder, archive = history.export(tmp_path / "out"), history.export(tmp_path / "out", zip=True)
    assert archive == tmp_path / "out.zip"
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        assert set(opened.namelist()) == names


def test_no_key_and_no_path_of_this_machine_is_handed_on(history: History, tmp_path: Path) -> None:
    folder = history.export(tmp_path / "out")
    for path in folder.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes()
            assert str(tmp_path).encode() not in path.read_bytes()
            assert CANARY_PLACE.encode() not in path.read_bytes()
    assert b"b.ipynb" in (folder / "runs.jsonl").read_bytes()


def test_some_runs_only(history: History, tmp_path: Path) -> None:
    folder = history.export(tmp_path / "out", runs=history.search("lighthouse"))
    assert len(lines(folder / "runs.jsonl")) == 1


def test_pictures_and_whoever_has_runs_are_handed_on_as_well(history: History, tmp_path: Path) -> None:
    failed, edit, generation = history
    sweep = SimpleNamespace(runs=[edit, failed])
    for number, (things, expected) in enumerate(
        [
            (generation.images[1], [(generation.id, 1)]),
            ([generation.images[1], generation.images[0], generation.images[1]], [(generation.id, 2)]),
            ([edit, generation.images[0], edit.images[0]], [(generation.id, 1), (edit.id, 1)]),
            (edit, [(edit.id, 1)]),
            (sweep, [(edit.id, 1), (failed.id, 0)]),
            (history.pictures(), [(generation.id, 2), (edit.id, 1)]),
            ([], []),
        ]
    ):
        folder = history.export(tmp_path / str(number), things)
        assert [(run["id"], len(run["images"])) for run in lines(folder / "runs.jsonl")] == expected
    with pytest.raises(InputError, match="'no run'"):
        history.export(tmp_path / "none", ["no run"])


def test_all_of_it_is_counted_before_it_is_written(
    history: History, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history.export(tmp_path / "some", history.search("lighthouse"))
    assert capsys.readouterr().out == ""
    history.export(tmp_path / "all")
    assert "3 pictures of 3 runs" in capsys.readouterr().out


@pytest.mark.slow
def test_the_library_for_data_sets_reads_it(history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    folder = history.export(tmp_path / "a set: of #3")
    for number, given in enumerate([{"path": "imagefolder", "data_dir": str(folder)}, {"path": str(folder)}]):
        read = datasets.load_dataset(**given, split="train", cache_dir=str(tmp_path / f"cache {number}"))
        assert [row["prompt"] for row in read] == [row["prompt"] for row in lines(folder / "metadata.jsonl")]
        assert read[2]["source"].size == read[2]["mask"].size == (64, 48)
        for column in read.column_names:
            assert f"`{column}`" in (folder / "README.md").read_text()


def test_an_earlier_export_is_brought_up_to_date(history: History, tmp_path: Path) -> None:
    folder = history.export(tmp_path / "out")
    (folder / "notes.txt").write_text("mine")
    history.store.delete(history.search("lighthouse")[0].id)
    history.export(folder)
    assert len(list((folder / "images").iterdir())) == 1
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_folder_with_other_things_in_it_is_left_alone(history: History, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(HistoryError, match="new folder"):
        history.export(tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_an_earlier_export_cannot_make_us_delete_files_elsewhere(history: History, tmp_path: Path) -> None:
    folder = history.export(tmp_path / "out")
    (tmp_path / "thesis.txt").write_text("mine")
    with (folder / "runs.jsonl").open("a") as file:
        file.write(
            json.dumps({"images": [{"file_name": "../thesis.txt"}], "source_file_name": str(tmp_path / "thesis.txt")})
        )
    history.export(folder)
    assert (tmp_path / "thesis.txt").exists()


def test_an_image_that_is_gone_is_left_out(history: History, tmp_path: Path) -> None:
    history.search("lighthouse")[0].images[1].path.unlink()
    folder = history.export(tmp_path / "out")
    assert len(lines(folder / "metadata.jsonl")) == 2
    assert len(lines(folder / "runs.jsonl")) == 3


def test_a_target_that_cannot_be_written_is_an_error_that_says_so(history: History, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailableError, match="cannot be written"):
        history.export(tmp_path / "file" / "out")
    with pytest.raises(StoreUnavailableError, match="cannot be written"):
        history.export(tmp_path / "file" / "out", zip=True)


def test_an_export_comes_back_into_another_history(history: History, tmp_path: Path) -> None:
    folder = history.export(tmp_path / "out")
    with History(tmp_path / "other") as other:
        for path in sorted((folder / "images").iterdir()):
            other.add(path)
        parent, edit = (next(iter(other.search(text))) for text in ("lighthouse", "SUM"))
        original = history[parent.id]
        assert len(other) == 2
        assert (parent.created, parent.served_model, len(parent.images)) == (original.created, "gpt-image-1", 2)
        assert parent.images[0].path.read_bytes() == picture("red")
        assert edit.edited == parent
        assert edit.painted == history[edit.id].painted
        for path in (folder / "images").iterdir():
            other.add(path)
        assert len(other) == 2
        assert len(other[parent.id].images) == 2


def test_an_export_that_was_interrupted_is_done_again(history: History, tmp_path: Path) -> None:
    keep(history.store, "a")
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "images").write_text("in the way of the folder of this name")
    (tmp_path / "export" / "images").rename(tmp_path / "aside")
    (tmp_path / "aside").rename(tmp_path / "export" / "images")
    with pytest.raises(HistoryError):
        history.export(tmp_path / "export")
    (tmp_path / "export" / "images").unlink()
    assert (history.export(tmp_path / "export") / "images").is_dir()


def test_another_zip_is_left_alone(history: History, tmp_path: Path) -> None:
    keep(history.store, "a")
    (tmp_path / "mine.zip").write_bytes(b"my own")
    with pytest.raises(HistoryError, match="no export"):
        history.export(tmp_path / "mine", zip=True)
    assert (tmp_path / "mine.zip").read_bytes() == b"my own"
    assert history.export(tmp_path / "ours", zip=True) == history.export(tmp_path / "ours", zip=True)
