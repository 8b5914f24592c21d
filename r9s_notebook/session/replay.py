"""The images API, answered from recorded runs: a lesson that was recorded once with a real model works without one.

The same request gets the same images. A request that was recorded several times gets its recordings in their order, and
then from the first again.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from r9s_notebook.errors import BY_STATUS
from r9s_notebook.formats import media_type_of
from r9s_notebook.session.recordings import Question, RecordedImage, Recording, closest, question, recordings

_STATUS_BY_TYPE = {error.__name__: status for status, error in BY_STATUS.items()}
_NOT_RECORDED = 422  # understood, and not answerable


def replay_app(path: Path | str, *, otherwise: ASGIApp | None = None) -> ASGIApp:
    """An ASGI application of the images API that answers from what is recorded at ``path``.

    Args:
        path: An export (its folder or its ZIP), a store, or a folder with ``.r9s`` in it. A store is only read.
        otherwise: Answers what was never recorded; without it, that is an error 422 that says what was.

    Raises:
        HistoryError: Nothing is recorded there.
    """
    return Replay(recordings(path), otherwise)


class Replay:
    """Answers requests from recordings.

    Args:
        tape: The recordings, oldest first.
        otherwise: Answers what is not on it.
    """

    def __init__(self, tape: Iterable[Recording], otherwise: ASGIApp | None = None) -> None:
        self._tape = _by_question(tape)
        self._otherwise = otherwise
        self._turns: dict[Question, int] = {}
        self._lock = threading.Lock()
        self._files = {
            f"{number}-{place}{image.suffix}": image
            for number, recording in enumerate(self.recordings)
            for place, image in enumerate(recording.images)
        }
        self._names = {id(image): name for name, image in self._files.items()}
        self._app = Starlette(
            routes=[
                Route("/v1/images/generations", self._generations, methods=["POST"]),
                Route("/v1/images/edits", self._edits, methods=["POST"]),
                Route("/v1/images/files/{name}", self._file, name="file"),
                Route("/v1/models", self._models),
            ]
        )

    @property
    def recordings(self) -> list[Recording]:
        """All recordings."""
        return [recording for some in self._tape.values() for recording in some]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or self._otherwise is None:
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        missed = _Missed()
        await self._app({**scope, "r9s.missed": missed}, _again(body, receive), missed.unless(send))
        if missed:
            await self._otherwise(scope, _again(body, receive), send)

    def find(self, asked: Question) -> Recording | None:
        """The recording whose turn it is, or None. A request that names no model takes any model's."""
        with self._lock:
            some = self._tape.get(asked) or (self._of_any_model(asked) if not asked.model else None)
            if not some:
                return None
            turn = self._turns.get(asked, 0)
            self._turns[asked] = turn + 1
        return some[turn % len(some)]

    def _of_any_model(self, asked: Question) -> list[Recording] | None:
        return next((some for known, some in self._tape.items() if _is_same_but_for_model(known, asked)), None)

    async def _generations(self, request: Request) -> Response:
        try:
            values = json.loads(await request.body())
        except ValueError:
            return _error(400, "The body is not JSON.")
        if not isinstance(values, dict):
            return _error(400, "The body is not a JSON object.")
        return self._answer(request, question("generate", values), values)

    async def _edits(self, request: Request) -> Response:
        async with request.form() as form:
            files: dict[str, bytes] = {}
            values: dict[str, Any] = {}
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files.setdefault(name.removesuffix("[]"), await value.read())
                else:
                    values[name] = value
        asked = question("edit", values, source=files.get("image"), mask=files.get("mask"))
        return self._answer(request, asked, values)

    def _answer(self, request: Request, asked: Question, values: Mapping[str, Any]) -> Response:
        recording = self.find(asked)
        if recording is None:
            _miss(request)
            hint = closest(asked, list(self._tape))
            return _error(_NOT_RECORDED, f"This request was never recorded, so it cannot be replayed. {hint}".strip())
        if not recording.images:
            status = _STATUS_BY_TYPE.get(recording.error_type or "", _NOT_RECORDED)
            return _error(status, recording.error or "The recorded run failed.")
        try:
            data = [self._one(request, image, values) for image in recording.images]
        except (OSError, KeyError) as error:
            return _error(500, f"A recorded image cannot be read: {error}.")
        answer = {
            "created": recording.created,
            "model": recording.model or recording.question.model or None,
            "data": data,
            "usage": recording.usage,
        }
        if values.get("stream") in (True, "true", "True"):
            return Response(_events(asked.kind, answer), media_type="text/event-stream")
        return JSONResponse({name: value for name, value in answer.items() if value is not None})

    def _one(self, request: Request, image: RecordedImage, values: Mapping[str, Any]) -> dict[str, Any]:
        said = {"revised_prompt": image.revised_prompt} if image.revised_prompt else {}
        if values.get("response_format") == "url" and not values.get("stream"):
            return {"url": str(request.url_for("file", name=self._names[id(image)])), **said}
        return {"b64_json": base64.b64encode(image.read()).decode("ascii"), **said}

    async def _file(self, request: Request) -> Response:
        image = self._files.get(request.path_params["name"])
        if image is None:
            _miss(request)
            return _error(404, "There is no such image on the recording.")
        return Response(image.read(), media_type=media_type_of(image.suffix))

    async def _models(self, _request: Request) -> Response:
        names = sorted({one.question.model or one.model or "" for one in self.recordings} - {""})
        return JSONResponse({"object": "list", "data": [{"id": name, "object": "model"} for name in names]})


def _miss(request: Request) -> None:
    """Notes that the request was on no recording, so that another may answer it."""
    missed = request.scope.get("r9s.missed")
    if missed is not None:
        missed.happened()


class _Missed:
    """Whether a request was on no recording; the answer that says so is then held back."""

    def __init__(self) -> None:
        self._happened = False

    def __bool__(self) -> bool:
        return self._happened

    def happened(self) -> None:
        self._happened = True

    def unless(self, send: Send) -> Send:
        async def maybe(message: Message) -> None:
            if not self._happened:
                await send(message)

        return maybe


def _by_question(tape: Iterable[Recording]) -> dict[Question, list[Recording]]:
    """Recordings by what was asked; a failure is only replayed where nothing ever came."""
    found: dict[Question, list[Recording]] = {}
    for recording in tape:
        found.setdefault(recording.question, []).append(recording)
    return {asked: [one for one in some if one.images] or some for asked, some in found.items()}


def _is_same_but_for_model(known: Question, asked: Question) -> bool:
    return (known.kind, known.prompt, known.params, known.source, known.mask) == (
        asked.kind,
        asked.prompt,
        asked.params,
        asked.source,
        asked.mask,
    )


def _events(kind: str, answer: Mapping[str, Any]) -> bytes:
    """The answer as a stream of finished images, in both shapes that clients know."""
    name = "image_edit.completed" if kind == "edit" else "image_generation.completed"
    events = []
    for index, image in enumerate(answer["data"]):
        payload = {
            "type": name,
            "id": f"replay-{answer['created']}",
            "object": "image.generation.chunk",
            "created": answer["created"],
            "created_at": answer["created"],
            "model": answer["model"],
            "index": index,
            **image,
            "data": [{"index": index, "progress": 1.0, "is_final": True, **image}],
        }
        events.append(f"event: {name}\ndata: {json.dumps(payload)}\n\n")
    return "".join([*events, "data: [DONE]\n\n"]).encode()


def _error(status: int, message: str) -> Response:
    error = {"message": message, "type": "replay_error", "code": "not_recorded" if status == _NOT_RECORDED else None}
    return JSONResponse({"error": error}, status_code=status)


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives a body that was already read to the next reader, and then whatever else comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
