"""What a replay answers is what the service once sent, byte for byte, and what was recorded stays as it was."""

from __future__ import annotations

import io
import json
import logging
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from PIL import Image

from r9s_notebook.archive.history import History
from r9s_notebook.archive.recordings import read_recordings
from r9s_notebook.history import Store
from r9s_notebook.imaging.metadata import embed, read_metadata
from tests.archive._history_help import keep, picture

XMP = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    b' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
    b'  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title>\n'
    b'  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
)
STRANGE_XMP = b"not \xff XML at all"


def image(seed: int, mode: str) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (9, 13, len(mode)), dtype=np.uint8)
    return Image.fromarray(pixels, mode)


@some.composite
def originals(draw: some.DrawFn) -> bytes:
    """PNG, JPEG and WebP with and without metadata of their own."""
    kind = draw(some.sampled_from(["PNG", "JPEG", "WEBP"]))
    mode = "RGB" if kind == "JPEG" else draw(some.sampled_from(["RGB", "RGBA"]))
    options: dict[str, Any] = {}
    if draw(some.booleans()):
        exif = Image.Exif()
        exif[0x010E] = draw(some.text("abcdefg", min_size=1, max_size=9))
        options["exif"] = exif.tobytes()
    if draw(some.booleans()):
        options["icc_profile"] = draw(some.binary(min_size=1, max_size=300))
    if kind != "PNG" and draw(some.booleans()):
        options["xmp"] = draw(some.sampled_from([XMP, XMP + b"\n" * 3, STRANGE_XMP]))
    if kind == "WEBP":
        options["lossless"] = draw(some.booleans())
        if draw(some.booleans()):
            options |= {"save_all": True, "append_images": [image(9, mode), image(10, mode)]}
    out = io.BytesIO()
    image(draw(some.integers(0, 9)), mode).save(out, kind, **options)
    data = out.getvalue()
    if kind == "JPEG" and draw(some.booleans()):
        data = data[:2] + b"\xff" + data[2:]  # padding between segments, which writers may put there
    return data + draw(some.sampled_from([b"", b"", b"after the end"]))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=originals(), prompt=some.sampled_from(["a door", "ein Tür & <more>", "long " * 20_000]))
def test_an_exported_picture_is_answered_as_it_came(data: bytes, prompt: str, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "lesson", ignore_errors=True)
    shutil.rmtree(tmp_path / "export", ignore_errors=True)
    with Store(tmp_path / "lesson" / ".r9s") as store:
        keep(store, prompt, images=[data])
        History(store=store).export(tmp_path / "export")
    (recording,) = read_recordings(tmp_path / "export")
    assert recording.images[0].read() == data
    (copy,) = (tmp_path / "export" / "images").iterdir()
    assert read_metadata(copy.read_bytes())["prompt"] == prompt


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_plain_pictures_lie_in_an_export_only_once(kind: str, tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        keep(store, "a door", images=[picture("red", kind)])
        History(store=store).export(tmp_path / "export")
    assert not (tmp_path / "export" / "originals").exists()


def test_a_second_export_removes_the_originals_of_the_first(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        run = keep(store, "a door", images=[picture("red", "JPEG") + b"", b"\xff\xd8\xff" + picture("red", "JPEG")[2:]])
        history = History(store=store)
        history.export(tmp_path / "export")
        assert len(list((tmp_path / "export" / "originals").iterdir())) == 1
        store.delete(run.id)
        history.export(tmp_path / "export")
    assert not list((tmp_path / "export" / "originals").iterdir())


def test_a_picture_that_was_changed_since_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Store(tmp_path / ".r9s") as store:
        keep(store, "a door")
        History(store=store).export(tmp_path / "export")
    (path,) = (tmp_path / "export" / "images").iterdir()
    changed = embed(picture("blue"), json.loads(json.dumps(read_metadata(path.read_bytes())["run"])))
    path.write_bytes(changed)
    (recording,) = read_recordings(tmp_path / "export")
    with caplog.at_level(logging.WARNING):
        assert recording.images[0].read() == changed
    assert "is not the image that was recorded" in caplog.text


# --- a store is only read -------------------------------------------------------------------------------------------


def state_of(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Size, time of the last change and bytes of everything in a folder."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_size,
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in [folder, *folder.rglob("*")]
    }


# The tests are not installed: a process of its own gets their help as code.
KILLED = f"""
{Path(__file__).with_name("_history_help.py").read_text("utf-8")}
import os, sys
store = Store(sys.argv[1])
keep(store, "a door")
store.begin(NewRun(prompt="under way", params={{"prompt": "under way"}}))
os._exit(9)
"""


@pytest.fixture
def left_behind(tmp_path: Path) -> Path:
    """The store of a process that was killed: a write-ahead log with all of its runs, and one run under way."""
    home = tmp_path / "lesson" / ".r9s"
    assert subprocess.run([sys.executable, "-c", KILLED, str(home)], check=False).returncode == 9
    assert (home / "history.db-wal").stat().st_size > 0
    return home


def test_replaying_a_store_changes_nothing_in_it(left_behind: Path) -> None:
    before = state_of(left_behind)
    (recording,) = read_recordings(left_behind)
    assert recording.images[0].read() == picture("red")
    assert state_of(left_behind) == before


def test_a_store_without_its_other_folders_gets_none(left_behind: Path) -> None:
    for name in ("tmp", "alive"):
        shutil.rmtree(left_behind / name)
    before = state_of(left_behind)
    assert len(read_recordings(left_behind)) == 1
    assert state_of(left_behind) == before


def test_a_store_on_a_read_only_file_system_is_replayed(left_behind: Path, small_disk: Path) -> None:
    shutil.copytree(left_behind, small_disk / ".r9s")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    (recording,) = read_recordings(small_disk)
    assert recording.images[0].read() == picture("red")


def test_a_store_in_use_is_replayed_as_it_is_now(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        keep(store, "a door")
        assert len(read_recordings(tmp_path)) == 1
        keep(store, "a window")
        assert len(read_recordings(tmp_path)) == 2


def test_a_damaged_store_is_not_mended_by_who_only_reads(left_behind: Path) -> None:
    (left_behind / "history.db-wal").unlink()
    (left_behind / "history.db").write_bytes(b"no database" * 1000)
    before = state_of(left_behind)
    with pytest.raises(Exception, match="damaged"):
        read_recordings(left_behind)
    assert state_of(left_behind) == before


def test_recordings_that_are_skipped_are_counted(tmp_path: Path) -> None:
    with Store(tmp_path / ".r9s") as store:
        keep(store, "a door")
        History(store=store).export(tmp_path / "export")
    with (tmp_path / "export" / "runs.jsonl").open("a") as file:
        file.write('not JSON\n{"kind": "generate"}\n')
    with pytest.warns(UserWarning, match=r"^2 recordings in .*export cannot be replayed \(the first: line 2 of runs"):
        assert len(read_recordings(tmp_path / "export")) == 1


def test_a_snapshot_of_a_store_cannot_be_written(tmp_path: Path) -> None:
    Store(tmp_path / ".r9s").close()
    with Store(tmp_path / ".r9s", frozen=True) as store, pytest.raises(Exception, match="can only be read"):
        keep(store, "a door")
    with sqlite3.connect(tmp_path / ".r9s" / "history.db") as connection:
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (0,)
