"""An export comes back as a history, wherever it lies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from r9s_notebook.archive.history import History
from r9s_notebook.client.r9s import R9S
from r9s_notebook.errors import HistoryError
from r9s_notebook.history import NewRun, Store
from r9s_notebook.imaging import Mask
from tests.archive._history_help import keep, picture

MASK = Mask.blank(64, 48).rect(4, 4, 20, 20)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A sweep's run with marks, an edit of its picture, a failure and a cancelled run."""
    home = tmp_path / "project" / ".r9s"
    with Store(home) as store:
        some = {"template": "a {animal}", "variables": {"animal": "fox"}, "batch": "b", "note": "for the cover"}
        parent = keep(store, "a fox", images=[picture("red"), picture("green", "JPEG")], cell_id="c", **some)
        source = parent.images[0].sha256
        edit = {"kind": "edit", "source": source, "mask": MASK.to_json(), "parent_image": source, "parent": parent.id}
        keep(
            store,
            "a hat",
            images=[picture("blue", "WEBP")],
            mask_png=store.put_image(MASK.to_png(), "image/png"),
            **edit,
        )
        store.fail(store.begin(NewRun(prompt="refused")).id, "The prompt was refused.", "BadRequestError")
        store.cancel(store.begin(NewRun(prompt="cancelled")).id)
        store.mark([(parent.id, 1)], rating=4, favourite=True, note="the best")
        store.annotate(parent.id, favourite=True, cost=0.08)
    return home


def told(history: History) -> list[dict[str, object]]:
    """All that an export has of a history."""
    leaves_out = {"owner", "answer", "client_version", "usage"}
    return [
        {name: value for name, value in vars(run).items() if name not in {*leaves_out, "store", "images"}}
        | {"images": [(i.sha256, i.rating, i.favourite, i.note, i.media_type, i.seed) for i in run.images]}
        for run in history
    ]


@pytest.mark.parametrize("as_zip", [False, True])
def test_an_export_loads_back_as_the_history_it_was(home: Path, tmp_path: Path, as_zip: bool) -> None:
    with History(home) as history:
        export = history.export(tmp_path / "handed-on", zip=as_zip)
        before = told(history)
        with History.load(export) as loaded:
            assert told(loaded) == before
            edit = loaded.search("hat")[0]
            assert edit.edited is not None
            assert edit.edited.prompt == "a fox"
            assert edit.painted == MASK
            assert loaded.store.image_bytes(edit.images[0].sha256) == picture("blue", "WEBP")


def test_nothing_is_written_where_it_lies_and_nothing_stays(home: Path, tmp_path: Path) -> None:
    with History(home) as history:
        export = history.export(tmp_path / "handed-on")
    before = {path: path.stat().st_mtime_ns for path in export.rglob("*")}
    loaded = History.load(export)
    place = loaded.store.home
    assert len(loaded) == 4
    loaded.close()
    assert not place.exists()
    assert {path: path.stat().st_mtime_ns for path in export.rglob("*")} == before


def test_it_comes_into_a_history_that_has_runs_and_comes_once(home: Path, tmp_path: Path) -> None:
    with History(home) as history:
        export = history.export(tmp_path / "handed-on")
    for _ in range(2):
        with History.load(export, into=tmp_path / "mine") as mine:
            keep(mine.store, "my own") if len(mine) == 4 else None
            assert len(mine) == 5
    with R9S.replay(tmp_path / "mine") as client:
        assert client.images.create(prompt="a fox").data


def test_lines_that_somebody_spoilt_do_not_take_the_others_with_them(home: Path, tmp_path: Path) -> None:
    with History(home) as history:
        export = history.export(tmp_path / "handed-on")
    good = [json.loads(line) for line in (export / "runs.jsonl").read_text().splitlines()]
    spoilt = [
        "{",
        "[]",
        json.dumps({**good[0], "id": "../../etc"}),
        json.dumps({**good[0], "images": [{"file_name": "images/none.png"}]}),
        json.dumps({**good[0], "images": 3}),
        json.dumps({**good[0], "source_file_name": "runs.csv"}),
    ]
    (export / "runs.jsonl").write_text("\n".join([*spoilt, *map(json.dumps, good)]))
    with pytest.warns(UserWarning, match="6 runs of .* cannot be read"), History.load(export) as loaded:
        assert len(loaded) == 4


def test_what_is_no_export_is_said_to_be_none(tmp_path: Path, home: Path) -> None:
    with pytest.raises(HistoryError, match="no export"):
        History.load(tmp_path / "nowhere")
    with History(home) as history:
        export = history.export(tmp_path / "handed-on")
    with pytest.raises(HistoryError, match=r"History\.load"):
        History(export)
