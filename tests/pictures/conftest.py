from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from r9s_notebook.history import NewImage, NewRun, Run, Store
from r9s_notebook.imaging import thumbnail
from r9s_notebook.pictures.asking import Answer, answer
from r9s_notebook.pictures.desk import Desk
from r9s_notebook.pictures.found import FoundPictures
from r9s_notebook.pictures.source import questions_of
from r9s_notebook.session.session import Session
from tests.sessions import sessions


def picture(color: str) -> NewImage:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(out, "PNG")
    small = thumbnail(out.getvalue())
    return NewImage(
        data=out.getvalue(),
        media_type="image/png",
        width=64,
        height=48,
        thumbnail=small.data,
        thumbnail_type=small.media_type,
    )


class Shelf:
    """A history to fill by hand."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def keep(self, prompt: str, *colors: str, cell: str = "cell-1", notebook: str = "book.ipynb", **more: Any) -> Run:
        """A run that succeeded with images of these colours."""
        run = self.begin(prompt, cell=cell, notebook=notebook, **more)
        return self.store.complete(run.id, [picture(color) for color in colors or ("red",)], served_model="sketch-1")

    def begin(self, prompt: str, *, cell: str = "cell-1", notebook: str = "book.ipynb", **more: Any) -> Run:
        values = {"params": {"size": "256x256"}, "requested_model": "sketch-1", **more}
        return self.store.begin(NewRun(prompt=prompt, cell_id=cell, notebook=notebook, **values))

    def edit(self, parent: Run, prompt: str, **more: Any) -> Run:
        """An edit of that run's first image."""
        sha256 = parent.images[0].sha256
        return self.keep(prompt, "blue", kind="edit", parent=parent.id, parent_image=sha256, source=sha256, **more)


@pytest.fixture
def make_session(tmp_path):
    with sessions(tmp_path / "home") as make:
        yield make


@pytest.fixture
def session(make_session) -> Session:
    return make_session()


@pytest.fixture
def shelf(session) -> Shelf:
    return Shelf(session.store)


@pytest.fixture
def ask(session):
    """Asks what a page may ask about the session's pictures."""
    questions = {**questions_of(Desk(session)), "find": FoundPictures(session)._find}

    def ask(name: str, **fields: Any) -> Answer:
        return answer(questions, {"ask": name, **fields})

    return ask
