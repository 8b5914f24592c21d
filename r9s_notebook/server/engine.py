"""What makes the pictures: one small protocol between the images API and whatever draws, generates or remembers.

An engine says what it is called and which models it has. A request reaches it twice. ``read`` looks at what was asked
and gives a job, or refuses: nothing has been sent then, so a refusal is an HTTP error with its status. ``run`` does the
job and yields previews and pictures as they come; to stop early, its generator is closed, in the middle if need be.
What is between an engine and a client (bodies, files, streams, keys, limits) is no concern of the engine.

Engines are found by name through the entry points of the group ``r9s_notebook.engines``: see ``server.registry``.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from r9s_notebook.parameters import Operation, Parameter
from r9s_notebook.server.encoding import EncodedImage, Encoding
from r9s_notebook.server.refusal import Refusal

CREATED = 1_767_225_600
"""Seconds since 1970: 2026-01-01."""


@dataclass(frozen=True)
class Model:
    """A model that is served: what ``/v1/models`` says of it, and with what its requests are checked.

    Attributes:
        name: As requests name it.
        description: For people: what it is.
        operations: The parameters of each operation that it has, by name; no key for what it cannot do. None where
            anything may be asked of it and only the engine can tell.
        owned_by: Whose it is.
        created: Seconds since 1970.
        examples: Requests that it answers, as parameters by name, ``operation`` among them: of an engine that answers
            no others, all there are.
        doing: What it is at before it can draw, in a few words (``"loading its weights"``); ``""`` where it can.
    """

    name: str
    description: str = ""
    operations: Mapping[Operation, Mapping[str, Parameter]] | None = None
    owned_by: str = "r9s_notebook"
    created: int = CREATED
    examples: Sequence[Mapping[str, Any]] = ()
    doing: str = ""


@dataclass(frozen=True)
class Asked:
    """A request as it came, unpacked and not yet looked at.

    Attributes:
        operation: ``"generate"`` or ``"edit"``.
        values: Parameters with the types of JSON.
        images: The files to edit, in order; at least one for an edit. None has more pixels than the server's limit.
        mask: The mask's file.
        fresh_seed: For a request that brings no seed.
        idempotency_key: The same for a request that is sent again; ``""`` where the client gave none.
    """

    operation: Operation
    values: Mapping[str, Any]
    images: tuple[bytes, ...] = ()
    mask: bytes | None = None
    fresh_seed: int = 0
    idempotency_key: str = ""


@dataclass(frozen=True)
class Source:
    """What an edit starts from, checked.

    Attributes:
        images: Image files; the first is edited.
        mask: The mask's file, of the first image's size: alpha 0 where to edit.
        width: Pixels of the first image.
        height: Pixels of the first image.
    """

    images: tuple[bytes, ...]
    mask: bytes | None
    width: int
    height: int


@dataclass(frozen=True)
class Job:
    """What is to be made. It is plain data, so that it can cross to another process or machine.

    Attributes:
        operation: ``"generate"`` or ``"edit"``.
        model: The model that serves it.
        prompt: As given, without characters that JSON could not carry back.
        seeds: One for each image: each can be drawn again by its own.
        width: Pixels of each image.
        height: Pixels.
        values: The other parameters that were given, checked.
        encoding: How the images become files.
        source: What an edit starts from.
        previews: Previews of each image that somebody wants to see, 0 to 3.
        as_url: Answer with addresses; otherwise with base64.
        answer: What the answer says beside its images, such as ``usage``; None lets the server say it.
        own: The engine's own note; nobody else looks at it.
        idempotency_key: The same for a request that is sent again; ``""`` where the client gave none.
    """

    operation: Operation
    model: str
    prompt: str
    seeds: tuple[int, ...] = (0,)
    width: int = 1024
    height: int = 1024
    values: Mapping[str, Any] = field(default_factory=dict)
    encoding: Encoding = field(default_factory=Encoding)
    source: Source | None = None
    previews: int = 0
    as_url: bool = False
    answer: Mapping[str, Any] | None = None
    own: Any = None
    idempotency_key: str = ""


@dataclass(frozen=True)
class Output:
    """A picture of a job, or a preview of one.

    Attributes:
        index: Which of the job's images, from 0.
        image: The file.
        seed: Draws the same picture again, where the engine can.
        revised_prompt: What was understood.
        preview: Counts an image's previews from 0; None is the picture itself.
        batch: Pictures that were made together with it, itself included, for the server's metrics.
    """

    index: int
    image: EncodedImage
    seed: int | None = None
    revised_prompt: str | None = None
    preview: int | None = None
    batch: int = 1


class NotServed(Refusal):
    """This engine has nothing for the request; where engines stand in a row, the next is asked."""


class Engine(Protocol):
    """Whatever makes the pictures. It belongs to no event loop: several may use it at the same time.

    Attributes:
        name: As ``--engine`` and the answers' ``x-r9s-engine`` header name it.
        description: For people: what answers here.
    """

    name: str
    description: str

    async def models(self) -> Sequence[Model]:
        """What it has, the one for requests that name none first."""
        ...

    async def read(self, asked: Asked) -> Job:
        """What is to be made. ``server.validation.read`` does this by the tables of a ``Model``.

        Raises:
            Refusal: The request is wrong, or cannot be served; ``NotServed`` where another engine might.
        """
        ...

    def run(self, job: Job) -> AsyncGenerator[Output, None]:
        """Previews and pictures as they come, each picture once; closing the generator gives the rest up.

        Raises:
            Refusal: It could not be done: the answer's error, or a stream's last event.
        """
        ...

    def close(self) -> None:
        """Lets go of threads, processes and files; what is being drawn may end by itself."""
        ...


class EngineType(Protocol):
    """What an entry point names: makes engines, in process by keywords and for the command line by its options.

    ``command_line(parser)``, where there is one, adds the engine's options and gives what makes the engine of them.
    """

    def __call__(self, **options: Any) -> Engine:
        """The engine."""
        ...
