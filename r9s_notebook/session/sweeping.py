"""Sweeps: one call for every combination of what is varied, counted before it starts, each slot on its own."""

from __future__ import annotations

import asyncio
import itertools
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace
from typing import Any

from r9s_notebook.client.capabilities import capabilities
from r9s_notebook.errors import InputError
from r9s_notebook.session.clients import find_client
from r9s_notebook.session.history import History, Run
from r9s_notebook.session.pipeline import Kitchen, perform
from r9s_notebook.session.place import Place
from r9s_notebook.session.request import Request
from r9s_notebook.session.sources import source_from
from r9s_notebook.session.worker import Job, Worker, shared_worker

MOST_CALLS = 1000
_OF_THE_REQUEST = ("model", "n", "size", "quality", "style")


@dataclass
class Slot:
    """One call of a sweep.

    Attributes:
        request: What is sent.
        run: What came of it, once it succeeded.
        error: Why it did not, once it failed or was cancelled.
    """

    request: Request
    run: Run | None = None
    error: BaseException | None = None

    @property
    def waiting(self) -> bool:
        """Not sent yet, or not ended."""
        return self.run is None and self.error is None


@dataclass
class Sweep:
    """A counted set of calls; ``len(sweep)`` is how many will be sent and billed.

    Iterating gives the slots in order, whatever their state. Nothing is sent before ``start()``.
    """

    slots: list[Slot]
    kitchen: Kitchen
    worker: Worker
    at_once: int = 2
    _listeners: list[Callable[[Slot], None]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.slots)

    def __iter__(self) -> Iterator[Slot]:
        return iter(self.slots)

    @property
    def runs(self) -> list[Run]:
        """The runs that succeeded so far, in the sweep's order."""
        return [slot.run for slot in self.slots if slot.run is not None]

    @property
    def failed(self) -> list[Slot]:
        """The slots that failed or were cancelled."""
        return [slot for slot in self.slots if slot.error is not None]

    def on_slot(self, listener: Callable[[Slot], None]) -> None:
        """Calls ``listener(slot)`` as each slot ends, on the worker's thread."""
        self._listeners.append(listener)

    def start(self) -> Job[list[Run]]:
        """Sends what has not been sent; the future gives all runs that succeeded. ``cancel()`` keeps the finished."""
        return self.worker.submit(self._all)

    def retry(self) -> Job[list[Run]]:
        """Sends the failed slots once more, and only those."""
        for slot in self.failed:
            slot.error = None
        return self.start()

    async def _all(self) -> list[Run]:
        gate = asyncio.Semaphore(self.at_once)
        await asyncio.gather(*(self._one(slot, gate) for slot in self.slots if slot.waiting))
        return self.runs

    async def _one(self, slot: Slot, gate: asyncio.Semaphore) -> None:
        try:
            async with gate:
                slot.run = Run.of(await perform(slot.request, self.kitchen), self.kitchen.store)
        except asyncio.CancelledError:
            slot.error = CancelledError()
            raise
        except Exception as error:  # one failure does not take the others with it
            slot.error = error
        finally:
            for listener in self._listeners:
                listener(slot)


def sweep(
    prompt: str | Sequence[str],
    *,
    client: Any = None,
    image: Any = None,
    mask: Any = None,
    history: History | None = None,
    at_once: int = 2,
    worker: Worker | None = None,
    **varied: Any,
) -> Sweep:
    """Plans a call for every combination of what is given as a list.

    A prompt may be a template: ``sweep("a {animal} in {place}", animal=["cat", "owl"], place=["Rome", "the rain"])``
    plans four calls. Parameters of the API vary the same way: ``size=["512x512", "1024x1024"]``, ``seed=range(4)``.

    Args:
        prompt: A prompt, a template, or several of either.
        client: An ``R9S``; None takes the environment's key, or the embedded API.
        image: What to edit: a path, bytes, a PIL image or an array. With it, every call is an edit.
        mask: A ``Mask`` of the image's size.
        history: Where the runs are kept; None is the history beside the notebook.
        at_once: How many calls are under way at the same time.
        worker: Who does the work.
        **varied: A value, or a list, tuple or range of values, of a template's name or of an API parameter.

    Raises:
        InputError: More than 1000 calls, no call at all, or one that the model would refuse; nothing is sent.
    """
    axes = {name: _values(value) for name, value in {"prompt": prompt, **varied}.items()}
    count = 1
    for values in axes.values():
        count *= len(values)
    if not 1 <= count <= MOST_CALLS:
        raise InputError(f"This sweep would make {count} calls; it may make 1 to {MOST_CALLS}. Vary less, or split it.")
    source = None if image is None else source_from(image)
    slots = []
    for combination in itertools.product(*axes.values()):
        request = replace(_request(dict(zip(axes, combination, strict=True))), source=source, mask=mask)
        request.check(capabilities(request.model))
        slots.append(Slot(request))
    store = (history or History()).store
    kitchen = Kitchen(client if client is not None else find_client(), store, Place.here(), batch=uuid.uuid4().hex)
    return Sweep(slots, kitchen, worker or shared_worker(), at_once)


def _values(value: Any) -> Sequence[Any]:
    return list(value) if isinstance(value, list | tuple | range) else [value]


def _request(chosen: Mapping[str, Any]) -> Request:
    template = chosen["prompt"]
    words = {name: value for name, value in chosen.items() if f"{{{name}}}" in template}
    prompt = template
    for name, value in words.items():
        prompt = prompt.replace(f"{{{name}}}", str(value))
    rest = {name: value for name, value in chosen.items() if name not in words and name != "prompt"}
    own = {name: rest.pop(name) for name in _OF_THE_REQUEST if name in rest}
    return Request(prompt=prompt, template=template if words else None, extra=rest, **own)
