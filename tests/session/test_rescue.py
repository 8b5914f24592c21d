"""Fault 38: the disk fills up between the request and its answer. What was paid for is not lost."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from r9s_notebook import R9S
from r9s_notebook.errors import StoreUnavailableError
from r9s_notebook.history import Store
from r9s_notebook.session.history import History
from r9s_notebook.session.pipeline import Kitchen, perform
from r9s_notebook.session.request import Request


def test_pictures_that_the_disk_has_no_room_for_are_kept_elsewhere(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    ballast = small_disk / "ballast"

    def fill(_run: object) -> None:
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))

    with Store(small_disk / ".r9s") as store, R9S.offline() as client:
        request = Request(prompt="a lighthouse", size="512x512", n=2)
        with pytest.raises(StoreUnavailableError, match=r"is full\..*rescued") as caught:
            asyncio.run(perform(request, Kitchen(client, store), on_begin=fill))
        rescued = sorted((tmp_path / "data").rglob("*.png"))
        assert len(rescued) == 2
        assert str(rescued[0].parent) in caught.value.message
        ballast.unlink()
        store.settle()
        assert [run.status for run in store] == ["interrupted"]
        assert History(store=store).add(rescued[0]).images[0].width == 512
