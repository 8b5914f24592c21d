"""Fault 38: the disk fills up between the request and its answer. What was paid for is not lost."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from r9s_notebook import R9S
from r9s_notebook.archive.history import History
from r9s_notebook.errors import StoreUnavailableError
from r9s_notebook.history import Store
from r9s_notebook.session.perform import Begun, RunContext, perform
from r9s_notebook.session.request import Request
from r9s_notebook.session.session import Session
from r9s_notebook.session.worker import InlineWorker
from tests.session.conftest import CELL


@pytest.fixture(autouse=True)
def other_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "data"


def fill(disk: Path) -> None:
    with (disk / "ballast").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


async def perform_on_full_disk(request: Request, context: RunContext, disk: Path) -> None:
    """The disk is full from when the run's row is written."""
    async with contextlib.aclosing(perform(request, context)) as events:
        async for event in events:
            if isinstance(event, Begun):
                fill(disk)


def test_pictures_that_the_disk_has_no_room_for_come_back_as_their_run(small_disk: Path, other_disk: Path) -> None:
    with Store(small_disk / ".r9s") as store, R9S.offline() as client:
        request = Request(prompt="a lighthouse", size="512x512", n=2)
        with pytest.raises(StoreUnavailableError, match=r"is full\..*2 pictures.*paid for.*rescued") as caught:
            asyncio.run(perform_on_full_disk(request, RunContext(client, store), small_disk))
        rescued = sorted(other_disk.rglob("*.png"))
        assert len(rescued) == 2
        assert str(rescued[0].parent) in caught.value.message
        (small_disk / "ballast").unlink()
        store.settle()
        (left,) = store
        assert left.status == "interrupted"

        history = History(store=store)
        for path in rescued:
            history.add(path)

        (run,) = store
        assert (run.id, run.status, run.error, run.served_model) == (left.id, "succeeded", None, "sketch-1")
        assert len(run.images) == 2
        assert run.usage
        assert run.elapsed
        assert not any(image.missing for image in run.images)

    with Store(other_disk / "another") as store:
        for path in rescued:
            History(store=store).add(path)
        (elsewhere,) = store
        assert (elsewhere.id, elsewhere.kind, elsewhere.prompt) == (run.id, "generate", "a lighthouse")
        assert elsewhere.params == run.params
        assert [image.sha256 for image in elsewhere.images] == [image.sha256 for image in run.images]
        assert [image.revised_prompt for image in elsewhere.images] == [image.revised_prompt for image in run.images]


def test_the_runs_of_a_cell_can_be_read_while_the_disk_is_full(small_disk: Path) -> None:
    with Store(small_disk / ".r9s") as store, R9S.offline() as client:
        session = Session(
            client, store, cell=CELL, worker=InlineWorker(), values={"prompt": "a door", "size": "256x256"}
        )
        session.generate().result(timeout=30)
        request = Request(prompt="a lighthouse", size="512x512", n=2)
        context = RunContext(client, store, CELL)
        with pytest.raises(StoreUnavailableError):
            asyncio.run(perform_on_full_disk(request, context, small_disk))
        with pytest.raises(StoreUnavailableError):
            store.settle()  # there is something to write, and no room for it
        session.refresh()
        assert [run.prompt for run in session.runs] == ["a lighthouse", "a door"]
