"""What a page may ask about the history, and what it is told.

Each question is a JSON object with the fields that its function below reads, and each answer is a JSON object with the
pictures that it names. Nothing that a page sends is believed before it is checked.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import get_args

from r9s_notebook.archive.browsing import Search
from r9s_notebook.history import Run
from r9s_notebook.history.ids import is_id
from r9s_notebook.session.form import Restorable
from r9s_notebook.widgets.asking import Album, Asked, Json, Question
from r9s_notebook.widgets.html import shortened
from r9s_notebook.widgets.timeline.cards import card, cards, detail
from r9s_notebook.widgets.timeline.differences import begin_apart, rows, same_pictures
from r9s_notebook.widgets.timeline.pictures import beginning
from r9s_notebook.widgets.timeline.timeline import Timeline
from r9s_notebook.widgets.timeline.tree import laid_out

_MOST_THUMBNAILS = 60
_EVERYTHING: tuple[Restorable, ...] = get_args(Restorable)


def questions(timeline: Timeline) -> dict[str, Question]:
    """Every question that the panel's page asks."""
    return {name: functools.partial(question, timeline) for name, question in _QUESTIONS.items()}


def _find(timeline: Timeline, asked: Asked, album: Album) -> Json:
    """``scope``, ``text``, ``kind``, ``status``, ``favourite``, ``before``: a page of runs."""
    before = str(asked.get("before"))
    page = timeline.page(Search.read(asked), before=before if is_id(before) else None)
    return {"runs": cards(page.runs, album), "more": page.more}


def _thumbnails(timeline: Timeline, asked: Asked, album: Album) -> Json:
    """``ids``: the thumbnails of runs that come into sight again."""
    names = asked.get("ids")
    found = {}
    for name in names[:_MOST_THUMBNAILS] if isinstance(names, list) else ():
        run = timeline.store.get(str(name))
        found[str(name)] = album.thumbnail(run.images[0]) if run is not None and run.images else None
    return {"thumbs": found}


def _open(timeline: Timeline, asked: Asked, album: Album) -> Json:
    """``id``: everything about a run, and what it began from."""
    run = timeline.find(_id(asked))
    return {"run": {**detail(run, album), "beginning": _beginning(timeline, run, album)}}


def _family(timeline: Timeline, asked: Asked, album: Album) -> Json:
    """``id``: the tree of edits around a run, laid out."""
    family = timeline.family(_id(asked))
    nodes = laid_out(family, _id(asked))
    runs = {node.run.id: node.run for node in nodes}
    drawn = [
        {
            "id": node.run.id,
            "words": shortened(node.run.prompt, 80),
            "status": node.run.status,
            "column": node.column,
            "row": node.row,
            "parent": node.parent,
            "thumb": album.thumbnail(node.run.images[0]) if node.run.images else None,
            "beginning": beginning(node.run, runs, timeline.store, album),
        }
        for node in nodes
    ]
    return {"nodes": drawn, "hidden": len(family) - len(nodes)}


def _compare(timeline: Timeline, asked: Asked, album: Album) -> Json:
    """``id`` and ``other``: two runs, and what differs."""
    before, after, differences = timeline.compare(_id(asked), str(asked.get("other")))
    both = [{**card(run, album), "images": [album.thumbnail(image) for image in run.images]} for run in (before, after)]
    if begin_apart(differences):
        for told, run in zip(both, (before, after), strict=True):
            told["beginning"] = _beginning(timeline, run, album)
    return {
        "runs": both,
        "rows": rows(differences),
        "begin_apart": begin_apart(differences),
        "same_pictures": same_pictures(before, after),
    }


def _favour(timeline: Timeline, asked: Asked, _album: Album) -> Json:
    """``id`` and ``value``: marks a run as a favourite, or not."""
    timeline.favour(_id(asked), asked.get("value") is True)
    return {}


def _note(timeline: Timeline, asked: Asked, _album: Album) -> Json:
    """``id`` and ``text``: the user's words about a run."""
    timeline.note(_id(asked), str(asked.get("text") or ""))
    return {}


def _delete(timeline: Timeline, asked: Asked, _album: Album) -> Json:
    """``id``: deletes a run and its images."""
    timeline.delete(_id(asked))
    return {}


def _restore(timeline: Timeline, asked: Asked, _album: Album) -> Json:
    """``id`` and ``fields``: brings a run back into the form, or some fields of it."""
    wanted = asked.get("fields")
    fields = tuple(name for name in _EVERYTHING if wanted is None or name in wanted)
    timeline.restore(_id(asked), fields)
    return {}


def _edit(timeline: Timeline, asked: Asked, _album: Album) -> Json:
    """``id`` and ``number``: one of a run's images is what the next run edits."""
    number = asked.get("number")
    timeline.edit_image(_id(asked), number if isinstance(number, int) else 0)
    return {}


def _beginning(timeline: Timeline, run: Run, album: Album) -> Json | None:
    parent = timeline.store.get(run.parent) if run.parent else None
    return beginning(run, {parent.id: parent} if parent is not None else {}, timeline.store, album)


def _id(asked: Asked) -> str:
    return str(asked.get("id"))


_QUESTIONS: Mapping[str, Callable[[Timeline, Asked, Album], Json]] = MappingProxyType(
    {
        "find": _find,
        "thumbnails": _thumbnails,
        "open": _open,
        "family": _family,
        "compare": _compare,
        "favour": _favour,
        "note": _note,
        "delete": _delete,
        "restore": _restore,
        "edit": _edit,
    }
)
