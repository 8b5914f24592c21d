"""Recorded runs as an engine: a lesson that was recorded once with a real model works without one.

The same request gets the same images. A request that was recorded several times gets its recordings in their order, and
then from the first again. Where recordings are kept, and how they are read, is not known here.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from r9s_notebook.errors import BY_STATUS
from r9s_notebook.imaging.compare import pixels_of
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.server.encoding import EncodedImage
from r9s_notebook.server.engine import Asked, Job, Model, NotServed, Output
from r9s_notebook.server.refusal import Refusal

Read = Callable[[], bytes]

NOT_RECORDED = 422  # understood, and not answerable

_STATUS_BY_TYPE = {error.__name__: status for status, error in BY_STATUS.items()}

_NOT_SHOWN = frozenset(name for name, one in PARAMETERS.items() if one.effect != "picture" or one.kind == "file")
"""Parameters that change how images travel, not what they show; files are compared by their pixels."""


@dataclass(frozen=True)
class Question:
    """A request in the one form in which requests are compared.

    Attributes:
        kind: ``"generate"`` or ``"edit"``.
        prompt: The words.
        model: The model asked for, ``""`` where none was.
        params: Every other parameter that shows in the images, as text, sorted.
        source: What the source image shows (see ``pixels_of``), ``""`` for a generation.
        mask: What the mask's pixels are, ``""`` without one.
    """

    kind: str
    prompt: str
    model: str
    params: tuple[tuple[str, str], ...]
    source: str = ""
    mask: str = ""


@dataclass(frozen=True)
class RecordedImage:
    """An image that was answered once.

    Attributes:
        read: Gives its bytes.
        media_type: Of these.
        revised_prompt: What the service said of it.
        seed: What it said it was drawn from.
    """

    read: Read = field(repr=False)
    media_type: str
    revised_prompt: str | None = None
    seed: int | None = None


@dataclass(frozen=True)
class Recording:
    """One recorded run: what was asked, and what came.

    Attributes:
        question: The request.
        images: What came; none for a run that failed.
        model: The model that served.
        usage: As the service counted.
        error: Why nothing came.
        error_type: The name of that exception's class.
        created: Seconds since 1970.
    """

    question: Question
    images: tuple[RecordedImage, ...]
    model: str | None = None
    usage: Any = None
    error: str | None = None
    error_type: str | None = None
    created: int = 0


def question(
    kind: str, params: Mapping[str, Any], *, source: bytes | None = None, mask: bytes | None = None
) -> Question:
    """The comparable form of a request; parameters that are not given and those with their default are the same."""
    texts = {name: _text(value) for name, value in params.items() if value is not None}
    prompt, model = texts.pop("prompt", ""), texts.pop("model", "")
    if texts.get("n") == "1":
        del texts["n"]
    shown = tuple(sorted((name, text) for name, text in texts.items() if name not in _NOT_SHOWN and text))
    return Question(kind, prompt, model, shown, pixels_of(source), pixels_of(mask))


class ReplayEngine:
    """Answers requests from recordings.

    Args:
        recordings: Oldest first.
    """

    name = "replay"
    description = "Recorded runs, answered again as they came."

    def __init__(self, recordings: Iterable[Recording]) -> None:
        self._recordings = _by_question(recordings)
        self._turns: dict[Question, int] = {}
        self._lock = threading.Lock()

    async def models(self) -> Sequence[Model]:
        """The models of the recordings. What they take is only known from what was recorded."""
        known = [one for some in self._recordings.values() for one in some]
        names = sorted({one.question.model or one.model or "" for one in known} - {""})
        return tuple(Model(name, "Recorded runs.") for name in names)

    async def read(self, asked: Asked) -> Job:
        """The recording whose turn it is.

        Raises:
            NotServed: 422; it was never recorded. The message names what comes near.
            Refusal: As the recorded run was refused.
        """
        wanted = await asyncio.to_thread(_question, asked)
        recording = self.find(wanted)
        if recording is None:
            hint = closest(wanted, list(self._recordings))
            message = f"This request was never recorded, so it cannot be replayed. {hint}".strip()
            raise NotServed(NOT_RECORDED, message, code="not_recorded")
        if not recording.images:
            status = _STATUS_BY_TYPE.get(recording.error_type or "", NOT_RECORDED)
            raise Refusal(status, recording.error or "The recorded run failed.")
        model = recording.model or recording.question.model
        return Job(
            asked.operation,
            model,
            wanted.prompt,
            as_url=asked.values.get("response_format") == "url",
            answer={"created": recording.created, "model": model or None, "usage": recording.usage},
            own=recording.images,
        )

    async def run(self, job: Job) -> AsyncGenerator[Output, None]:
        """The recorded images, byte for byte."""
        images: tuple[RecordedImage, ...] = job.own
        for index, image in enumerate(images):
            try:
                data = await asyncio.to_thread(image.read)
            except (OSError, KeyError) as error:
                raise Refusal(500, f"A recorded image cannot be read: {error}.") from error
            encoded = EncodedImage(data, image.media_type)
            yield Output(index, encoded, seed=image.seed, revised_prompt=image.revised_prompt)

    def close(self) -> None:
        """There is nothing to let go of."""

    def find(self, asked: Question) -> Recording | None:
        """The recording whose turn it is, or None. A request that names no model takes any model's."""
        with self._lock:
            some = self._recordings.get(asked) or (self._of_any_model(asked) if not asked.model else None)
            if not some:
                return None
            turn = self._turns.get(asked, 0)
            self._turns[asked] = turn + 1
        return some[turn % len(some)]

    def _of_any_model(self, asked: Question) -> list[Recording] | None:
        return next((some for known, some in self._recordings.items() if replace(known, model="") == asked), None)


def closest(asked: Question, known: Sequence[Question]) -> str:
    """What was recorded that comes near, as a sentence; ``""`` where nothing does."""
    import difflib

    same_words = [one for one in known if one.prompt == asked.prompt and one.kind == asked.kind]
    if same_words:
        return f"That prompt was recorded with {_differences(asked, same_words[-1])}."
    prompts = list(dict.fromkeys(one.prompt[:200] for one in known if one.kind == asked.kind))
    near = difflib.get_close_matches(asked.prompt[:200], prompts, n=3, cutoff=0.3) or prompts[-3:]
    return "Recorded prompts: " + "; ".join(f"“{prompt}”" for prompt in near) + "." if near else ""


def _differences(asked: Question, recorded: Question) -> str:
    mine, theirs = dict(asked.params), dict(recorded.params)
    parts = []
    if recorded.model != asked.model:
        parts.append(f"model={recorded.model or 'none'}")
    for name in sorted({*mine, *theirs}):
        if mine.get(name) != theirs.get(name):
            parts.append(f"{name}={theirs[name]}" if name in theirs else f"no {name}")
    if recorded.source != asked.source:
        parts.append("another source image")
    if recorded.mask != asked.mask:
        parts.append("another mask" if recorded.mask else "no mask")
    return ", ".join(parts) or "the same parameters"


def _question(asked: Asked) -> Question:
    return question(asked.operation, asked.values, source=asked.images[0] if asked.images else None, mask=asked.mask)


def _by_question(recordings: Iterable[Recording]) -> dict[Question, list[Recording]]:
    """Recordings by what was asked; a failure is only replayed where nothing ever came."""
    found: dict[Question, list[Recording]] = {}
    for recording in recordings:
        found.setdefault(recording.question, []).append(recording)
    return {asked: [one for one in some if one.images] or some for asked, some in found.items()}


def _text(value: Any) -> str:
    """A value as a form would send it: an edit's parameters come as text, a generation's as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)
