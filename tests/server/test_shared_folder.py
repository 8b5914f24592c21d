"""Finished images in a folder that several servers see."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from r9s_notebook import R9S
from r9s_notebook.errors import ResponseValidationError
from r9s_notebook.server import create_app
from r9s_notebook.server.file_store import SharedFolder


def test_what_one_server_made_another_has(tmp_path: Path):
    one, other = (R9S.offline(create_app(files=SharedFolder(tmp_path / "shared"))) for _ in range(2))
    link = one.images.create(prompt="a fox", size="256x256", response_format="url").data[0]
    assert Image.open(io.BytesIO(other.images.read(link))).size == (256, 256)
    with pytest.raises(ResponseValidationError, match="status 404"):
        R9S.offline().images.read(link)


def test_files_are_kept_for_a_while_after_they_were_last_put(tmp_path: Path):
    now = 1000.0
    folder = SharedFolder(tmp_path, seconds=60, now=lambda: now)
    name = folder.put(b"red", "image/png")
    now = 1050.0
    assert folder.put(b"red", "image/png") == name
    now = 1100.0
    kept = folder.get(name)
    assert kept is not None
    assert (kept.data, kept.media_type) == (b"red", "image/png")
    now = 1111.0
    assert folder.get(name) is None


def test_what_is_old_is_removed_and_nothing_of_anybody_elses(tmp_path: Path):
    now = 1000.0
    folder = SharedFolder(tmp_path, seconds=60, now=lambda: now)
    for data in (b"red", b"blue"):
        folder.put(data, "image/png")
    (tmp_path / "thesis.png").write_bytes(b"dear")
    now = 5000.0
    name = folder.put(b"green", "image/webp")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "thesis.png"])


@pytest.mark.parametrize("name", ["../secret.png", "thesis.png", "", "a" * 40 + ".png", "a" * 40 + ".part"])
def test_only_its_own_files_are_given(tmp_path: Path, name: str):
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "thesis.png").write_bytes(b"dear")
    assert SharedFolder(tmp_path / "shared").get(name) is None
