"""What can be done with the pictures of a history: marked, made again, edited, deleted and brought back, taken away."""

from __future__ import annotations

import contextlib
import uuid
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from PIL import Image, ImageChops, ImageFilter

from r9s_notebook.archive.export import file_stem
from r9s_notebook.archive.history import Picture, Run
from r9s_notebook.errors import InputError, R9SNotebookError, RunGoneError
from r9s_notebook.history import Removed, Store
from r9s_notebook.imaging import Mask, to_png
from r9s_notebook.session.again import other_choices, request_again
from r9s_notebook.session.clients import accepts
from r9s_notebook.session.session import Session
from r9s_notebook.widgets.asking import Album, Asked, Json, Question
from r9s_notebook.widgets.image_grid import Tile
from r9s_notebook.widgets.pictures.source import ids_of, small
from r9s_notebook.widgets.timeline.cards import facts, readable

_LONGEST_NOTE = 20_000
_SOURCE = "source"
_OUTLINE = 1024  # pixels on the longer side
_UNDOABLE = 20  # deletions that can be taken back


def id_of(picture: Picture) -> str:
    """What the page knows a picture under."""
    return f"{picture.run_id}/{picture.position}"


def tiles_of(run: Run) -> list[Tile]:
    """A run's pictures as tiles; those of an edit are compared with its source."""
    return [
        Tile(
            alt=f"{run.prompt[:120]} ({number} of {len(run.images)})",
            thumbnail=image.thumbnail,
            media_type=image.thumbnail_type,
            width=image.width,
            height=image.height,
            title=f"{image.width} x {image.height} · {image.revised_prompt or run.prompt}",
            id=id_of(image),
            seed=image.seed,
            rating=image.rating,
            favourite=image.favourite,
            noted=bool(image.note.strip()),
            against=f"{_SOURCE}/{run.id}" if run.source else "",
        )
        for number, image in enumerate(run.images, start=1)
    ]


def source_tile(run: Run) -> Tile | None:
    """What a run edited, as a tile; None where that is gone, or nothing was edited."""
    if run.source is None:
        return None
    with contextlib.suppress(R9SNotebookError):
        data, media_type, width, height = _small_source(run.store, run.source)
        return Tile("The source of this edit", data, media_type, width, height, id=f"{_SOURCE}/{run.id}")
    return None


@lru_cache(maxsize=64)
def _small_source(store: Store, sha256: str) -> tuple[bytes, str, int, int]:
    """As ``small``; a run is shown again and again while another one is under way."""
    return small(store.image_bytes(sha256))


class Desk:
    """The pictures of a session's history, for a gallery. Its methods read and write the store where they are called.

    Attributes:
        abilities: See ``Source``.
    """

    abilities = ("open", "mark", "edit", "again", "delete", "retry")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._removed: OrderedDict[str, Removed] = OrderedDict()

    def original(self, picture: str) -> tuple[bytes, str, str]:
        """The file as the service sent it, under a name that says when and what."""
        store = self._session.store
        if picture.startswith(f"{_SOURCE}/"):
            run = self._run(picture.removeprefix(f"{_SOURCE}/"))
            name = f"{file_stem(run)}-source{store.image_path(run.source or '').suffix}"
            return store.image_bytes(run.source or ""), store.image_type(run.source or ""), name
        image = self._find(picture)
        data = store.image_bytes(image.sha256)
        return data, image.media_type, f"{file_stem(image.run)}-{image.position + 1}{image.path.suffix}"

    def questions(self) -> Mapping[str, Question]:
        """What the page may ask."""
        return {
            "words": self._words,
            "outline": self._outline,
            "mark": self._mark,
            "edit": self._edit,
            "use": self._use,
            "vary": self._vary,
            "choices": self._choices,
            "again": self._again,
            "delete": self._delete,
            "undelete": self._undelete,
        }

    # -- what is known ------------------------------------------------------------------------------------------------

    def _words(self, asked: Asked, _album: Album) -> Json:
        """``id``: prompt, facts, note and code."""
        image = self._find(asked.get("id"))
        run = image.run
        try:
            code, why_not = image.code(), None
        except R9SNotebookError as error:
            code, why_not = None, error.message
        return {
            "prompt": run.prompt,
            "note": image.note,
            "facts": [{"name": name, "value": value} for name, value in _facts(image, run)],
            "code": code,
            "why_no_code": why_not,
        }

    def _outline(self, asked: Asked, album: Album) -> Json:
        """``id``: where the mask of its edit ran, as a picture to lay over it."""
        run = self._run(_place(asked.get("id"))[0])
        mask = run.painted
        return {"outline": None if mask is None else album.add(_edge(mask), "image/png")}

    def _choices(self, asked: Asked, _album: Album) -> Json:
        """``id``: the sizes and qualities in which it can be made again."""
        run = self._find(asked.get("id")).run
        choices = other_choices(run, accepts(self._session.client, _model(run)))
        return {"choices": [{"name": name, "value": value} for name, value in choices]}

    # -- what is done -------------------------------------------------------------------------------------------------

    def _mark(self, asked: Asked, _album: Album) -> Json:
        """``ids`` and ``rating``, ``favourite`` or ``note``."""
        changes: dict[str, Any] = {}
        if isinstance(asked.get("rating"), int):
            changes["rating"] = asked["rating"]
        if isinstance(asked.get("favourite"), bool):
            changes["favourite"] = asked["favourite"]
        if isinstance(note := asked.get("note"), str):
            if len(note) > _LONGEST_NOTE:
                raise InputError(f"A note has room for {_LONGEST_NOTE:,} characters; this one has {len(note):,}.")
            changes["note"] = note
        self._session.store.mark([_place(one) for one in ids_of(asked)], **changes)
        self._session.look_again()
        return {}

    def _edit(self, asked: Asked, _album: Album) -> Json:
        """``id``: it is what the next run edits."""
        image = self._find(asked.get("id"))
        self._session.show(image.run, image.position)
        self._session.edit_image()
        return {}

    def _use(self, asked: Asked, _album: Album) -> Json:
        """``id``: its prompt and parameters are the draft's."""
        image = self._find(asked.get("id"))
        self._session.restore(image.run, ("prompt", "params"))
        return {}

    def _vary(self, asked: Asked, _album: Album) -> Json:
        """``id``: the same request once more, with a seed of the service's choice."""
        return self._send(self._find(asked.get("id")), {"seed": None})

    def _again(self, asked: Asked, _album: Album) -> Json:
        """``id`` and ``changes``: this one picture again, in another size or quality."""
        image = self._find(asked.get("id"))
        wanted = asked.get("changes")
        changes = {name: value for name, value in wanted.items() if name in ("size", "quality")} if wanted else {}
        return self._send(image, {**changes, "n": 1, "seed": image.seed})

    def _send(self, image: Picture, changes: Mapping[str, Any]) -> Json:
        run = image.run
        request = request_again(run, accepts(self._session.client, _model(run)), changes)
        self._session.send(request)
        return {"said": "Sent: it waits for its turn." if len(self._session.queue) > 1 else "Sent."}

    def _delete(self, asked: Asked, _album: Album) -> Json:
        """``ids``: deletes the pictures; ``token`` of the answer brings them back."""
        token = uuid.uuid4().hex
        self._removed[token] = self._session.store.remove([_place(one) for one in ids_of(asked)])
        while len(self._removed) > _UNDOABLE:
            self._removed.popitem(last=False)
        self._session.look_again()
        return {"token": token}

    def _undelete(self, asked: Asked, _album: Album) -> Json:
        """``token``: brings back what was deleted."""
        removed = self._removed.pop(str(asked.get("token")), None)
        if removed is None:
            raise InputError("They cannot be brought back any more: too much was deleted since.")
        self._session.store.put_back(removed)
        self._session.look_again()
        return {}

    def _find(self, picture: Any) -> Picture:
        run_id, position = _place(picture)
        images = self._run(run_id).images
        if position >= len(images):
            raise RunGoneError("This picture is gone: it was deleted, here or in another lab.")
        return images[position]

    def _run(self, run_id: str) -> Run:
        record = self._session.store.get(run_id)
        if record is None:
            raise RunGoneError("This picture is gone: it was deleted, here or in another lab.")
        return Run.of(record, self._session.store)


def _place(picture: Any) -> tuple[str, int]:
    run_id, _, position = str(picture).rpartition("/")
    if not run_id or not position.isdecimal():
        raise InputError("There is no such picture.")
    return run_id, int(position)


def _edge(mask: Mask) -> bytes:
    """The line around what a mask marks, white on nothing, small enough to be sent at once."""
    strength = mask.to_image()
    strength.thumbnail((_OUTLINE, _OUTLINE), Image.Resampling.BOX)
    marked = strength.point(lambda value: 255 * (value > 127))
    edge = ImageChops.subtract(marked.filter(ImageFilter.MaxFilter(3)), marked)
    return to_png(Image.merge("LA", (Image.new("L", edge.size, 255), edge)))


def _model(run: Run) -> str:
    return str(run.params.get("model") or run.requested_model or "")


def _facts(image: Picture, run: Run) -> Iterable[tuple[str, str]]:
    """What is known of a picture, then of its run."""
    asked = run.params.get("size")
    size = f"{image.width} x {image.height}"
    own = [
        ("Size", f"{size}, asked for {asked}" if asked and asked != f"{image.width}x{image.height}" else size),
        ("Seed", image.seed),
        ("Format", f"{image.media_type}, {image.n_bytes:,} bytes"),
        ("Revised prompt", image.revised_prompt if image.revised_prompt != run.prompt else None),
        ("Picture", f"{image.position + 1} of {len(run.images)}"),
        ("Made", run.created.astimezone().strftime("%Y-%m-%d %H:%M")),
        ("Original", "missing: deleted or moved" if image.missing else None),
    ]
    yield from ((name, readable(value)) for name, value in own if value is not None)
    yield from ((name, value) for name, value in facts(run) if name not in ("size", "seed"))
