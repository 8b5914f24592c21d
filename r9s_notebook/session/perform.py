"""How a run goes, as events: its row, the call, the bytes checked and thumbnailed, image files, the row again."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from r9s_notebook._version import __version__
from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.importing import new_image
from r9s_notebook.archive.rescue import rescue
from r9s_notebook.archive.runs import Run
from r9s_notebook.client.keys import opens
from r9s_notebook.errors import ImageError, R9SNotebookError, StoreUnavailableError
from r9s_notebook.formats import SUFFIXES
from r9s_notebook.history import NewImage, NewRun, Store
from r9s_notebook.history import Run as Record
from r9s_notebook.imaging import OutsideChange, outside_change
from r9s_notebook.session import costs
from r9s_notebook.session.clients import learn
from r9s_notebook.session.messages import sentence
from r9s_notebook.session.pace import Pace
from r9s_notebook.session.request import Request
from r9s_notebook.session.worker import to_the_end
from r9s_notebook.translation import Message, joined, translated
from r9s_notebook.translation import gettext as _

_KEPT = 64 * 1024  # characters of an answer that is not understood


@dataclass(frozen=True)
class Begun:
    """The run's row is on disk; nothing was sent yet."""

    run: Run


@dataclass(frozen=True)
class Preview:
    """The newest preview of the image with this index, where the request asks for a stream.

    Attributes:
        is_final: It is the image itself, which is kept when all have come.
    """

    index: int
    image: NewImage
    is_final: bool = False


@dataclass(frozen=True)
class Answered:
    """The service has answered: what is left is to be done here, and to follow links."""


@dataclass(frozen=True)
class Kept:
    """All that came is on disk."""

    run: Run


@dataclass(frozen=True)
class Done:
    """The run was looked at; always the last event.

    Attributes:
        run: As it was kept.
        outside: How much an edit changed outside its mask, where that is noticeable, or where its size is another one.
    """

    run: Run
    outside: OutsideChange | None = None


Event = Begun | Preview | Answered | Kept | Done


@dataclass(frozen=True)
class RunContext:
    """Everything a run is made with.

    Attributes:
        client: An ``R9S``, or whatever has its ``images``; sends the request.
        store: Keeps the run.
        cell: The cell that the run belongs to.
        batch: What the runs of one sweep share.
        options: Options of the client's calls that are no parameters of the API, such as ``retries``.
        variables: What the run has of what varies in its sweep.
        pace: How the sweep's calls keep in step.
        price: US dollars for one picture, where somebody has said it.
        run_id: The run's id, of ``store.next_id()``; None for whichever comes.
    """

    client: Any
    store: Store
    cell: Cell = field(default_factory=Cell)
    batch: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] | None = None
    pace: Pace | None = None
    price: float | None = None
    run_id: str | None = None


class _Meter:
    """How long a call takes, from now on, what it costs, and what its answer says of its values."""

    def __init__(self, request: Request, context: RunContext) -> None:
        self._request, self._context, self._started = request, context, time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds."""
        return time.monotonic() - self._started

    def learn(self, error: Exception | None = None) -> None:
        """Remembers that the service took the call's values, or why it did not."""
        learn(self._context.client, self._request.params(), self._context.store.home, error)

    def cost(self, usage: Any, n: int) -> float | None:
        """US dollars, by what the service counted or by the number of pictures in its answer."""
        context = self._context
        if context.price is not None:
            return context.price * n
        return costs.paid(context.client, self._request, usage, n, context.store.home)


async def perform(request: Request, context: RunContext) -> AsyncGenerator[Event, None]:
    """Sends a request and keeps all of it, whatever comes back.

    Whoever iterates closes it (``contextlib.aclosing``): closed before it is kept, the run is given up as cancelled.
    Pictures that had come are kept all the same, since they are paid for.

    Raises:
        R9SNotebookError: What the service or the checks said; the run is kept as failed.
        asyncio.CancelledError: The run is kept as cancelled.
    """
    store, images = context.store, context.client.images
    begun = await to_the_end(_begin, request, context)
    meter = _Meter(request, context)
    answer: Any = None
    parts: Any = None  # of a streamed answer, once a whole picture is among them
    whole: Any = None  # the answer, once all of it is here
    try:
        yield Begun(begun)
        _stop_if_asked()
        call = images.create_async if request.source is None else images.edit_async
        arguments = {**_files(request), **request.params(), **context.options}
        answer, odd = await _in_turn(lambda: call(**arguments), context.pace), []
        read: dict[int, NewImage | Exception] = {}  # by the identity of their objects
        if request.extra.get("stream"):
            try:
                async with answer:
                    async for part in answer:
                        parts = answer if part.is_final else parts
                        # A link is not followed while the stream's own time runs.
                        if part.image is not None and not (part.is_final and part.image.url):
                            preview = await _read_or_not(part.image, images.read_async)
                            if part.is_final:
                                read[id(part.image)] = preview
                            if isinstance(preview, NewImage):  # one that is damaged costs no picture
                                yield Preview(part.index, preview, part.is_final)
            except R9SNotebookError as error:
                if parts is None:
                    raise
                odd = [sentence(error)]  # what had come is kept: it is paid for
            answer = answer.answer
        whole = answer
        links = [image.url for image in answer.data if image.url]
        if links:  # before they are followed: they are all there is of what is paid for
            with contextlib.suppress(StoreUnavailableError):
                await to_the_end(store.answered, begun.id, {"images": links})
        yield Answered()
        came, left = await _read_all(answer.data, images.read_async, read)
        _tell_of_the_rest(left, answer, request.n - len(came), odd)
        kept = await to_the_end(_complete, begun, answer, came, left, meter)
    except (asyncio.CancelledError, GeneratorExit):
        with contextlib.suppress(StoreUnavailableError):  # the store ends it as soon as it can
            arrived = parts.answer if whole is None and parts is not None else whole
            await to_the_end(_give_up, begun, arrived, images.read, meter)
        raise
    except Exception as error:
        with contextlib.suppress(StoreUnavailableError):
            await to_the_end(_fail, begun, error, answer, meter)
        raise
    yield Kept(kept)
    yield Done(kept, await asyncio.to_thread(_change_outside_mask, request, kept))


async def _in_turn(call: Callable[[], Awaitable[Any]], pace: Pace | None) -> Any:
    """What a call answers; again, later, where its sweep waits for that."""
    if pace is None:
        return await call()
    while True:
        await pace.turn(begun=True)
        try:
            answer = await call()
        except R9SNotebookError as error:
            if not pace.hold(error):
                raise
        else:
            pace.arrived()
            return answer


async def fetch_again(run: Run, client: Any) -> AsyncGenerator[Event, None]:
    """The run with the pictures that are behind its links still.

    Raises:
        R9SNotebookError: One cannot be had; those before it are kept.
    """
    yield Begun(run)
    fetched = await asyncio.to_thread(run.fetch, client)
    yield Kept(fetched)
    yield Done(fetched)


def _stop_if_asked() -> None:
    """Takes up a cancellation that came while the disk was at work."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _begin(request: Request, context: RunContext) -> Run:
    store, source, mask = context.store, request.source, request.mask
    record = store.begin(
        NewRun(
            kind=request.kind,
            prompt=request.prompt,
            template=request.template,
            params=request.params(),
            requested_model=request.model,
            notebook=context.cell.notebook,
            cell_id=context.cell.id,
            parent=source.run_id if source else None,
            parent_image=source.sha256 if source else None,
            source=store.put_image(source.data, source.media_type) if source else None,
            mask=mask.to_json() if mask else None,
            mask_png=store.put_image(mask.to_png(), "image/png") if mask else None,
            client_version=__version__,
            batch=context.batch,
            variables=context.variables or request.variables,
        ),
        run_id=context.run_id,
    )
    return Run.of(record, store)


def _what_came(error: Exception, answer: Any) -> dict[str, Any] | None:
    """What is kept of an answer that had no image to show: it may have been paid for."""
    said = error if getattr(error, "headers", None) or getattr(error, "status_code", 0) else answer
    headers = getattr(said, "headers", None)
    if headers is None:
        return None
    data = next((image.b64_json for image in getattr(answer, "data", ()) if image.b64_json), "")
    return {
        "status": getattr(said, "status_code", 200),
        "headers": {name: value for name, value in headers.items() if not opens(name) and "cookie" not in name},
        "body": (getattr(said, "body", "") or data)[:_KEPT],
        "ids": dict(getattr(said, "ids", {})),
        "links": list(getattr(said, "links", ())),
    }


def _complete(run: Run, answer: Any, images: list[NewImage], left: dict[str, Any], meter: _Meter) -> Run:
    model = getattr(answer, "model", None)
    usage = dict(answer.usage) if isinstance(answer.usage, dict) else answer.usage
    outcome: dict[str, Any] = {
        "served_model": model,
        "usage": usage,
        "cost": meter.cost(usage, len(images) + len(left["images"])),
        "elapsed": meter.elapsed,
        "answer": left if any(left.values()) else None,
    }
    try:
        record = run.store.complete(run.id, images, **outcome)
    except StoreUnavailableError as error:
        answered: Record = replace(run, **outcome)
        raise StoreUnavailableError(joined(error.message, rescue(answered, images))) from error
    meter.learn()
    return Run.of(record, run.store)


def _fail(run: Run, error: Exception, answer: Any, meter: _Meter) -> None:
    run.store.fail(run.id, sentence(error), type(error).__name__, _what_came(error, answer))
    meter.learn(error)


def _give_up(run: Run, answer: Any, read: Callable[[Any], bytes], meter: _Meter) -> None:
    """Ends a run that was cancelled. The pictures that had come are kept: they are paid for."""
    record = run.store.get(run.id)
    if record is not None and record.status == "succeeded":
        return  # all was on disk already
    came, links = [], []
    for image in answer.data if answer is not None else ():
        if image.url:
            links.append(image.url)  # it is not waited for
        else:
            with contextlib.suppress(R9SNotebookError):
                came.append(new_image(read(image), revised_prompt=image.revised_prompt, seed=image.seed))
    if came:
        left = {"images": links, "notices": [_("Cancelled: what had come is kept.")]}
        _complete(run, answer, came, left, meter)
    else:
        run.store.cancel(run.id)


def _files(request: Request) -> dict[str, Any]:
    if request.source is None:
        return {}
    image = {
        "file_name": f"image.{SUFFIXES[request.source.media_type]}",
        "content": request.source.data,
        "content_type": request.source.media_type,
    }
    files: dict[str, Any] = {"image": image}
    if request.mask is not None:
        files["mask"] = {"file_name": "mask.png", "content": request.mask.to_png(), "content_type": "image/png"}
    return files


async def _read_all(
    objects: Iterable[Any], read: Callable[[Any], Awaitable[bytes]], known: Mapping[int, NewImage | Exception]
) -> tuple[list[NewImage], dict[str, Any]]:
    """Fetches, checks and thumbnails every image; one that is bad does not take the good ones with it.

    What is left of those that are bad is their links, and why. Those that are ``known`` were read before.
    """
    objects = list(objects)
    outcomes = await asyncio.gather(*(_read_or_not(obj, read, known) for obj in objects))
    images = [outcome for outcome in outcomes if isinstance(outcome, NewImage)]
    failures = [(obj, each) for obj, each in zip(objects, outcomes, strict=True) if isinstance(each, Exception)]
    if failures and not images:
        raise failures[0][1]
    if not images:
        raise ImageError(Message("The service answered without a single image. Try again, or choose another model."))
    return images, {
        "images": [obj.url for obj, _why in failures if obj.url],
        "notices": [_("An image could not be had: {why}", why=sentence(why)) for _obj, why in failures],
        "missing": [sentence(why) for obj, why in failures if not obj.url],
    }


def _tell_of_the_rest(left: dict[str, Any], answer: Any, not_come: int, odd: list[str]) -> None:
    """Adds what the answer says of itself, and of each picture that did not come, why."""
    left["notices"] = [*map(translated, answer.notices), *odd, *left["notices"]]
    missing = [*map(translated, answer.refused), *left["missing"]]
    without_a_word = not_come - len(left["images"]) - len(missing)
    left["missing"] = missing + [*odd, _("It did not come.")][:1] * without_a_word


async def _read_or_not(
    obj: Any, read: Callable[[Any], Awaitable[bytes]], known: Mapping[int, NewImage | Exception] = MappingProxyType({})
) -> NewImage | Exception:
    if id(obj) in known:
        return known[id(obj)]
    try:
        data = await read(obj)
        return await asyncio.to_thread(new_image, data, revised_prompt=obj.revised_prompt, seed=obj.seed)
    except Exception as error:
        return error


def _change_outside_mask(request: Request, run: Run) -> OutsideChange | None:
    """The largest change outside the mask among the answers; None where each is of the source's size and much alike.

    Services have ignored a mask, or repainted most of the picture around it, with status 200 and no word about it
    (vercel/ai#14360).
    """
    source, mask = request.source, request.mask
    if source is None:
        return None
    if mask is None:  # nothing was to be kept
        changes = [OutsideChange(source.size, (image.width, image.height)) for image in run.images]
    else:
        answers = (run.store.image_bytes(image.sha256) for image in run.images)
        changes = [outside_change(source.data, answer, mask) for answer in answers]
    worst = max(changes, key=lambda change: (change.reframed, change.changed, change.resized), default=None)
    if worst is None or not (worst.noticeable or worst.resized):
        return None
    as_asked = request.size == f"{worst.came[0]}x{worst.came[1]}"
    return worst if worst.noticeable or not as_asked else None
