"""How a run flows: row, request, bytes, check, thumbnails, files, row. All collaborators come as arguments."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar

from r9s_notebook._version import __version__
from r9s_notebook.archive.cell import Place
from r9s_notebook.archive.importing import new_image
from r9s_notebook.archive.rescue import rescue
from r9s_notebook.errors import ImageError, StoreUnavailableError
from r9s_notebook.formats import SUFFIXES
from r9s_notebook.history import NewImage, NewRun, Run, Store
from r9s_notebook.session.advice import sentence
from r9s_notebook.session.request import Request

T = TypeVar("T")


class ImagesClient(Protocol):
    """What a run needs of a client."""

    @property
    def images(self) -> Any:
        """The operations: ``create_async``, ``edit_async``, ``read_async``."""
        ...


@dataclass(frozen=True)
class RunContext:
    """Everything a run is made with.

    Attributes:
        client: Sends the request.
        store: Keeps the run.
        place: The cell that the run belongs to.
        clock: Seconds, monotonic.
        batch: What the runs of one sweep share.
        options: Options of the client's calls that are no parameters of the API, such as ``retries``.
    """

    client: ImagesClient
    store: Store
    place: Place = field(default_factory=Place)
    clock: Callable[[], float] = time.monotonic
    batch: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


async def perform(
    request: Request,
    context: RunContext,
    *,
    on_begin: Callable[[Run], None] | None = None,
    on_partial: Callable[[int, NewImage], None] | None = None,
) -> Run:
    """Sends a request and keeps all of it, whatever comes back.

    The row is on disk before anything is sent; the images and the finished row are on disk before this returns.

    Args:
        request: What to send.
        context: What to send it with.
        on_begin: Called with the run once its row is on disk.
        on_partial: Called with the number of an image and its newest preview, where the request asks for a stream.

    Raises:
        R9SNotebookError: What the service or the checks said; the run is kept as failed.
        asyncio.CancelledError: The run is kept as cancelled.
    """
    run = await to_the_end(_begin, request, context)
    started = context.clock()
    try:
        if on_begin is not None:
            on_begin(run)
        _stop_if_asked()
        answer = await _send(request, context, on_partial)
        images = await _collect(answer.data, context.client)
        return await to_the_end(_complete, context, run, answer, images, context.clock() - started)
    except asyncio.CancelledError:
        with contextlib.suppress(StoreUnavailableError):  # the store ends it as soon as it can
            await to_the_end(context.store.cancel, run.id, "Cancelled.")
        raise
    except Exception as error:
        with contextlib.suppress(StoreUnavailableError):
            await to_the_end(context.store.fail, run.id, sentence(error), type(error).__name__)
        raise


async def to_the_end(work: Callable[..., T], *args: Any) -> T:
    """Runs work of the disk in a thread; once begun it is not left half done, not even by a cancellation."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *args))
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            if task.cancelled():
                raise
    return task.result()


def _stop_if_asked() -> None:
    """Takes up a cancellation that came while the disk was at work."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def _begin(request: Request, context: RunContext) -> Run:
    store, source, mask = context.store, request.source, request.mask
    return store.begin(
        NewRun(
            kind=request.kind,
            prompt=request.prompt,
            template=request.template,
            params=request.params(),
            requested_model=request.model,
            notebook=context.place.notebook,
            cell_id=context.place.cell_id,
            parent=source.run_id if source else None,
            parent_image=source.sha256 if source else None,
            source=store.put_image(source.data, source.media_type) if source else None,
            mask=mask.to_json() if mask else None,
            mask_png=store.put_image(mask.to_png(), "image/png") if mask else None,
            client_version=__version__,
            batch=context.batch,
        )
    )


def _complete(context: RunContext, run: Run, answer: Any, images: list[NewImage], elapsed: float) -> Run:
    model, usage = getattr(answer, "model", None), _plain(answer.usage)
    try:
        return context.store.complete(run.id, images, served_model=model, usage=usage, elapsed=elapsed)
    except StoreUnavailableError as error:
        answered = replace(run, served_model=model, usage=usage, elapsed=elapsed)
        raise StoreUnavailableError(f"{error.message} {rescue(answered, images)}") from error


async def _send(request: Request, context: RunContext, on_partial: Callable[[int, NewImage], None] | None) -> Any:
    images = context.client.images
    call = images.create_async if request.source is None else images.edit_async
    answer = await call(**_files(request), **request.params(), **context.options)
    if not request.extra.get("stream"):
        return answer
    async with answer as events:
        async for event in events:
            if event.image is not None and not event.is_final and on_partial is not None:
                on_partial(event.index, await _one(event.image, images.read_async))
    return events.answer


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


async def _collect(objects: Iterable[Any], client: ImagesClient) -> list[NewImage]:
    """Fetches, checks and thumbnails every image; one that is bad does not take the good ones with it."""
    outcomes = await asyncio.gather(*(_one(obj, client.images.read_async) for obj in objects), return_exceptions=True)
    images = [outcome for outcome in outcomes if isinstance(outcome, NewImage)]
    failures = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    if failures and not images:
        raise failures[0]
    if not images:
        raise ImageError("The service answered without a single image. Try again, or choose another model.")
    return images


async def _one(obj: Any, read: Callable[[Any], Awaitable[bytes]]) -> NewImage:
    data = await read(obj)
    return await asyncio.to_thread(new_image, data, obj.revised_prompt)


def _plain(usage: Any) -> Any:
    return dict(usage) if isinstance(usage, dict) else usage
