"""Questions that a page asks of the kernel, and their answers: JSON, with pictures beside it as binary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from r9s_notebook.errors import InputError, R9SNotebookError, RunGoneError
from r9s_notebook.history import StoredImage
from r9s_notebook.page.bundles import PageWidget
from r9s_notebook.session.messages import sentence
from r9s_notebook.translation import Message, translated

Json: TypeAlias = dict[str, Any]
Asked = Mapping[str, Any]


@dataclass
class Album:
    """Pictures that go with a message, each once; JSON names them by their place.

    Attributes:
        buffers: The pictures' bytes.
    """

    buffers: list[bytes] = field(default_factory=list)
    _places: dict[bytes, int] = field(default_factory=dict, repr=False)

    def add(self, data: bytes, media_type: str) -> Json | None:
        """Puts a picture in, and gives what JSON says of it; None for an empty one."""
        if not data:
            return None
        if data not in self._places:
            self._places[data] = len(self.buffers)
            self.buffers.append(data)
        return {"at": self._places[data], "type": media_type}

    def thumbnail(self, image: StoredImage) -> Json | None:
        """Puts an image's thumbnail in."""
        return self.add(image.thumbnail, image.thumbnail_type)


Question = Callable[[Asked, Album], Json]
"""Reads what was asked, puts pictures into the album, and gives the rest as JSON."""


@dataclass(frozen=True)
class Answer:
    """A message to a page: JSON, and the pictures that it names by their places."""

    content: Json
    buffers: tuple[bytes, ...] = ()


def answer(questions: Mapping[str, Question], asked: Asked) -> Answer:
    """The answer to any question; what goes wrong is a sentence in it, never an exception."""
    album = Album()
    try:
        question = questions.get(str(asked.get("ask")))
        if question is None:
            raise InputError(Message("The page asked what this version does not know. Reload it."))
        content = question(asked, album)
    except (R9SNotebookError, OSError) as error:
        return Answer({"error": sentence(error), "gone": isinstance(error, RunGoneError)})
    return Answer(content, tuple(album.buffers))


class AskedWidget(PageWidget):
    """A widget whose page asks questions (``page/wire.js``). What a page sends is checked before it is believed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._questions: Mapping[str, Question] = {}
        self._submit: Callable[[Callable[[], Answer]], Future[Answer]] | None = None
        self.on_msg(self._on_message)

    def answers(
        self,
        questions: Mapping[str, Question],
        submit: Callable[[Callable[[], Answer]], Future[Answer]] | None = None,
    ) -> None:
        """Answers these questions from now on.

        Args:
            questions: By the names that the page knows them under.
            submit: Does the work elsewhere, so that a slow disk holds up neither cells nor other widgets.
        """
        self._questions, self._submit = questions, submit

    def _on_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict) or not isinstance(content.get("ticket"), str):
            return
        ticket = content["ticket"]
        if self._submit is None:
            self._say(ticket, self._answer(content))
        else:
            self._submit(lambda: self._answer(content)).add_done_callback(lambda job: self._reply(ticket, job))

    def _answer(self, asked: Json) -> Answer:
        return answer(self._questions, asked)

    def _reply(self, ticket: str, job: Future[Answer]) -> None:
        try:
            told = job.result()
        except Exception as error:  # a fault of ours: the page must not wait for ever
            text = translated(error.message) if isinstance(error, R9SNotebookError) else sentence(error)
            told = Answer({"error": text, "gone": False})
        self._say(ticket, told)

    def _say(self, ticket: str, told: Answer) -> None:
        self.send({"type": "answer", "ticket": ticket, **told.content}, list(told.buffers))
