"""Recorded runs as an engine: a lesson that was recorded once with a real model works without one.

The same request gets the same images, whether it writes its defaults out or leaves them out. A request that was
recorded several times gets its recordings in their order, and then from the first again. Where recordings are kept, and
how they are read, is not known here.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from r9s_notebook.capabilities import capabilities
from r9s_notebook.errors import BY_STATUS
from r9s_notebook.imaging.compare import pixels_of
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.server.encoding import EncodedImage
from r9s_notebook.server.engine import Asked, Job, Model, NotServed, Output
from r9s_notebook.server.refusal import Refusal, invalid
from r9s_notebook.server.validation import EMPTY_PROMPT

Read = Callable[[], bytes]

NOT_RECORDED = 422  # understood, and not answerable
_MOST_EXAMPLES = 200  # of one model: more is no list to choose from

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
    """The comparable form of a request; a parameter that is null and one that is not given are the same."""
    texts = {name: _text(value) for name, value in params.items() if value is not None}
    prompt, model = texts.pop("prompt", ""), texts.pop("model", "")
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
        self._recordings = tuple(recordings)
        self._by_words: dict[str, list[tuple[Recording, Question]]] = {}
        for recording in self._recordings:
            plain = _plain(recording.question, _model(recording))
            self._by_words.setdefault(plain.prompt, []).append((recording, plain))
        self._turns: Counter[int] = Counter()
        self._lock = threading.Lock()

    async def models(self) -> Sequence[Model]:
        """The models of the recordings, and what was asked of each. What else they take is not known."""
        examples: dict[str, dict[Question, Mapping[str, Any]]] = {}
        for one in self._recordings:
            if one.images:
                model = _model(one)
                examples.setdefault(model, {}).setdefault(_plain(one.question, model), _example(one.question))
        return tuple(
            Model(name, "Recorded runs.", examples=tuple(asked.values())[:_MOST_EXAMPLES])
            for name, asked in examples.items()
        )

    async def read(self, asked: Asked) -> Job:
        """The recording whose turn it is.

        Raises:
            NotServed: 422; it was never recorded. The message names what comes near.
            Refusal: As the recorded run was refused; or 400, the prompt is empty.
        """
        wanted = await asyncio.to_thread(_question, asked)
        recording = self.find(wanted)
        if recording is None and not wanted.prompt.strip():
            raise invalid("prompt", EMPTY_PROMPT)
        if recording is None:
            hint = closest(wanted, [one.question for one in self._recordings])
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
        some = self._by_words.get(asked.prompt, ())
        same = [one for one, plain in some if _plain(asked, asked.model or plain.model) == plain]
        came = [one for one in same if one.images] or same  # a failure is only replayed where nothing ever came
        best = [one for one in came if one.question == asked] or [one for one in came if _model(one) == _model(came[0])]
        if not best:
            return None
        with self._lock:
            turn = self._turns[id(best[0])]
            self._turns[id(best[0])] += 1
        return best[turn % len(best)]


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
    asked, recorded = _plain(asked, asked.model or recorded.model), _plain(recorded, recorded.model)
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


def _model(recording: Recording) -> str:
    """The model that made it, where that is known: the one that was asked for, or else the one that served."""
    return recording.question.model or recording.model or ""


def _plain(asked: Question, model: str) -> Question:
    """The request to that model, with nothing in it that would be the same left out."""
    known = capabilities(model or None)
    size = {known.default_size or "1024x1024"} if asked.kind == "generate" else set()  # an edit keeps its image's
    usual: Mapping[str, Collection[str]] = {
        **_USUAL,
        "size": {"auto", *size},
        "quality": {"auto", known.default_quality or "standard"},
    }
    params = tuple((name, text) for name, text in asked.params if text not in usual.get(name, ()))
    return replace(asked, model=model, params=params)


_USUAL = {"n": ("1",), "background": ("auto",), "moderation": ("auto",), "output_format": ("png",)}
"""What every model takes where nothing is given."""


def _example(asked: Question) -> dict[str, Any]:
    """A recorded request as a caller writes it."""
    given = {"operation": asked.kind, "prompt": asked.prompt, **({"model": asked.model} if asked.model else {})}
    return given | {name: _value(name, text) for name, text in asked.params}


def _value(name: str, text: str) -> Any:
    if name in PARAMETERS:
        return PARAMETERS[name].from_text(text)
    try:
        return json.loads(text)
    except ValueError:
        return text


def _text(value: Any) -> str:
    """A value as a form would send it: an edit's parameters come as text, a generation's as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True)
