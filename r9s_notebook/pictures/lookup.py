"""What a page may ask about the pictures of a history: their files, facts, families, and what sets two apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.archive.browsing import Search
from r9s_notebook.archive.export import file_stem, only, packed
from r9s_notebook.archive.runs import Picture, Run
from r9s_notebook.errors import HistoryError, R9SNotebookError, RunGoneError
from r9s_notebook.history import Store, compare
from r9s_notebook.imaging import Mask, to_png
from r9s_notebook.page.html import shortened
from r9s_notebook.pictures.asking import Album, Asked, Json, Question
from r9s_notebook.pictures.beginning import beginning
from r9s_notebook.pictures.differences import begin_apart, rows, same_pictures
from r9s_notebook.pictures.facts import facts_of, size_of
from r9s_notebook.pictures.source import ids_of, refuse_too_much
from r9s_notebook.pictures.tiles import SOURCE, items_found, place_of
from r9s_notebook.pictures.tree import laid_out
from r9s_notebook.session.again import other_choices
from r9s_notebook.session.clients import accepts
from r9s_notebook.session.session import Session
from r9s_notebook.translation import Message, translated
from r9s_notebook.translation import gettext as _

_OUTLINE = 1024  # pixels on the longer side
_GONE = Message("This picture is gone: it was deleted, here or in another lab.")


class Lookup:
    """Finds the pictures and runs of a session's history by what the page calls them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def _store(self) -> Store:
        return self._session.store

    def picture(self, name: Any) -> Picture:
        """A picture.

        Raises:
            RunGoneError: It was deleted.
        """
        image = self.named(name)[1]
        if image is None:
            raise RunGoneError(Message("This run has no picture."))
        return image

    def named(self, name: Any) -> tuple[Run, Picture | None]:
        """A run, and which of its pictures; None for a run that has none.

        Raises:
            RunGoneError: One of them was deleted.
        """
        run_id, position = place_of(name)
        run = self.run(run_id)
        if position is None:
            return run, None
        if position >= len(run.images):
            raise RunGoneError(_GONE)
        return run, run.images[position]

    def run(self, run_id: str) -> Run:
        """A run as it is now.

        Raises:
            RunGoneError: It was deleted.
        """
        record = self._store.get(run_id)
        if record is None:
            raise RunGoneError(_GONE)
        return Run.of(record, self._store)

    def original(self, name: str) -> tuple[bytes, str, str]:
        """The file as the service sent it, its media type, and a file name that says when and what."""
        store = self._store
        if name.startswith(f"{SOURCE}/"):
            run = self.run(name.removeprefix(f"{SOURCE}/"))
            sha256 = run.source or ""
            saved = f"{file_stem(run)}-source{store.image_path(sha256).suffix}"
            return store.image_bytes(sha256), store.image_type(sha256), saved
        image = self.picture(name)
        data = store.image_bytes(image.sha256)
        return data, image.media_type, f"{file_stem(image.run)}-{image.position + 1}{image.path.suffix}"

    def questions(self) -> Mapping[str, Question]:
        """What the page may ask."""
        return {
            "words": self._words,
            "outline": self._outline,
            "choices": self._choices,
            "run": self._run,
            "family": self._family,
            "differences": self._differences,
            "export": self._export,
        }

    def thumbs(self, asked: Asked, album: Album) -> Json:
        """``ids``: the small pictures that come into sight, under their names and versions."""
        records = [self._store.get(run_id) for run_id in {place_of(name)[0] for name in ids_of(asked)}]
        found: Json = {}
        for record in records:
            found |= _thumbs(Run.of(record, self._store), album) if record is not None else {}
        return {"thumbs": found}

    def _words(self, asked: Asked, album: Album) -> Json:
        """``id``: all that is known of a picture, or of a run without one."""
        run, image = self.named(asked.get("id"))
        try:
            code, why_not = (image or run).code(), None
        except R9SNotebookError as error:
            code, why_not = None, translated(error.message)
        return {
            "prompt": run.prompt,
            "note": (image or run).note,
            "created": run.created.timestamp() * 1000,
            "kind": run.kind,
            "status": run.status,
            "failure": run.error,
            "model": run.served_model or run.requested_model or "",
            "size": size_of(run),
            "facts": [{"name": name, "value": value} for name, value in facts_of(run, image)],
            "beginning": self._beginning(run, album),
            "code": code,
            "why_no_code": why_not,
        }

    def _outline(self, asked: Asked, album: Album) -> Json:
        """``id``: where the mask of its edit ran, as a picture to lay over it."""
        mask = self.named(asked.get("id"))[0].painted
        return {"outline": None if mask is None else album.add(_edge(mask), "image/png")}

    def _choices(self, asked: Asked, _album: Album) -> Json:
        """``id``: the sizes and qualities in which it can be made again."""
        run = self.picture(asked.get("id")).run
        choices = other_choices(run, accepts(self._session.client, model_of(run), self._session.store.home))
        return {"choices": [{"name": name, "value": value} for name, value in choices]}

    def _run(self, asked: Asked, album: Album) -> Json:
        """``id`` of a run: its pictures, where the gallery has them not."""
        run = self.run(str(asked.get("id")))
        return {"items": list(items_found(run, Search())), "thumbs": _thumbs(run, album)}

    def _family(self, asked: Asked, album: Album) -> Json:
        """``id``: the tree of edits around a picture's run, laid out."""
        run_id = place_of(asked.get("id"))[0]
        family = self._store.family(run_id)
        if family is None:
            self.run(run_id)
            raise HistoryError(Message("This run's family cannot be read. Try again."))
        nodes = laid_out(family, run_id)
        runs = {node.run.id: node.run for node in nodes}
        drawn: list[Json] = [
            {
                "id": node.run.id,
                "words": shortened(node.run.prompt, 80),
                "status": node.run.status,
                "column": node.column,
                "row": node.row,
                "parent": node.parent,
                "thumb": album.thumbnail(node.run.images[0]) if node.run.images else None,
                "beginning": beginning(node.run, runs, self._store, album),
            }
            for node in nodes
        ]
        if drawn[0]["beginning"]:  # what the oldest one edited came from elsewhere: that is the root
            drawn = [_root(drawn[0]["beginning"]["source"]), *map(_moved_on, drawn)]
        return {"nodes": drawn, "current": run_id, "hidden": len(family) - len(nodes)}

    def _differences(self, asked: Asked, album: Album) -> Json:
        """``id`` and ``other``: what sets the runs of two pictures apart."""
        both = [self.named(asked.get(name))[0] for name in ("id", "other")]
        found = compare(*both)
        apart = begin_apart(found)
        return {
            "same_run": both[0].id == both[1].id,
            "rows": rows(found),
            "same_pictures": same_pictures(*both),
            "beginnings": [{"kind": run.kind, "of": self._beginning(run, album)} for run in both] if apart else [],
        }

    def _export(self, asked: Asked, album: Album) -> Json:
        """``ids``: the pictures in one ZIP with all that is known of them, as ``History.export`` writes it."""
        pictures = [self.picture(name) for name in ids_of(asked)]
        refuse_too_much(sum(picture.n_bytes for picture in pictures))
        data = packed(self._store, only((picture.run, picture.position) for picture in pictures))
        return {"zip": album.add(data, "application/zip"), "name": "export.zip"}

    def _beginning(self, run: Run, album: Album) -> Json | None:
        parent = self._store.get(run.parent) if run.parent else None
        return beginning(run, {parent.id: parent} if parent is not None else {}, self._store, album)


def _root(picture: Json) -> Json:
    words = _("The picture that was edited")
    place = {"column": 0, "row": 0, "parent": None}
    return {"id": None, "words": words, "status": "succeeded", "thumb": picture, "beginning": None, **place}


def _moved_on(node: Json) -> Json:
    parent = node["parent"]
    return {**node, "column": node["column"] + 1, "parent": 0 if parent is None else parent + 1}


def _thumbs(run: Run, album: Album) -> Json:
    """A run's small pictures, under the names and versions that the page knows."""
    named = zip(items_found(run, Search()), run.images, strict=False)
    return {f"{item['id']}:{item['v']}": album.thumbnail(image) for item, image in named}


def model_of(run: Run) -> str:
    """The model that a run asked for."""
    return str(run.params.get("model") or run.requested_model or "")


def _edge(mask: Mask) -> bytes:
    """The line around what a mask marks, white on nothing, small enough to be sent at once."""
    strength = mask.to_image()
    strength.thumbnail((_OUTLINE, _OUTLINE), Image.Resampling.BOX)
    marked = strength.point(lambda value: 255 * (value > 127))
    edge = ImageChops.subtract(marked.filter(ImageFilter.MaxFilter(3)), marked)
    return to_png(Image.merge("LA", (Image.new("L", edge.size, 255), edge)))
