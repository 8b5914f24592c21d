"""The client: where the API is, what it is called with, and ``images``."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Never, NoReturn, Self

import httpx

from r9s_notebook.client.keys import Secret, environment, find_key, opens
from r9s_notebook.client.settings import DEFAULT_URL, Kind, Settings, base, endpoint, problem_in, seconds, secrets_in
from r9s_notebook.errors import InputError
from r9s_notebook.suggestions import Strict, did_you_mean

if TYPE_CHECKING:
    from r9s_notebook.capabilities import Capabilities
    from r9s_notebook.client.calls import Call
    from r9s_notebook.client.deadline import Deadline
    from r9s_notebook.client.images import Images
    from r9s_notebook.client.inprocess import ASGIApp
    from r9s_notebook.client.retries import RetryConfig
    from r9s_notebook.client.sending import Sender


class R9S(Strict):
    """A client of the R9S images API, or of any other that is compatible with OpenAI's.

    ``recording`` is what ``R9S.replay`` answers from, else None.

    One client serves many threads and many event loops, which share its connections. Use it in ``with`` or ``async
    with``, or not; connections that are left over are closed with the client.

    >>> with R9S.offline() as r9s:
    ...     answer = r9s.images.create(prompt="a fox in the snow", size="256x256", seed=7)
    ...     data = r9s.images.read(answer.data[0])
    >>> data[1:4], answer.data[0].seed
    (b'PNG', 7)

    Args:
        api_key: The key, or a function that gives it for each call. None looks for one in the environment
            (``R9S_API_KEY``), the system's keyring, Colab's secrets, and last asks for it where somebody can answer;
            but none where ``http_headers`` has one.
        server_url: The API's base, up to and including ``/v1``; None takes ``R9S_BASE_URL`` or the R9S service. What a
            ``?`` follows in it is sent with every request.
        timeout_ms: A whole call's deadline in milliseconds, retries and the last byte of the answer included.
        retry_config: What may be sent again. None repeats only what the service cannot have done: after a refused
            connection, or 429.
        http_headers: Sent with every request, and as secret as the key; each a text, or a function that gives it. A
            service that takes its key in one (``{"api-key": ...}``) gets no ``Authorization`` unless one is given.
        transport: Sends the calls instead of the network, for tests and recordings; the async ones from threads. It
            stays the caller's to close.

    Raises:
        MissingKeyError: No key was given and none was found.
        InputError: The base URL, the key or a header cannot be one.
        TypeError: There is no such argument.
    """

    recording: Path | None = None

    def __init__(
        self,
        api_key: str | Callable[[], str] | None = None,
        *,
        server_url: str | None = None,
        timeout_ms: int | None = None,
        retry_config: RetryConfig | None = None,
        http_headers: Mapping[str, str | Callable[[], str]] | None = None,
        transport: httpx.BaseTransport | None = None,
        **misspelt: Never,
    ) -> None:
        key, asked_each_time = None if api_key is None else Secret(api_key), callable(api_key)
        unknown, problem = _meant(misspelt), problem_in(http_headers or {})
        headers = {} if problem else secrets_in(http_headers or {})
        del api_key, http_headers, misspelt  # a traceback that shows local variables shall not find a key here
        if unknown is not None:
            raise TypeError(unknown)
        if problem is not None:
            raise InputError(problem)
        if key is None and not any(map(opens, headers)):
            key = Secret(find_key())
        problem = None if key is None or asked_each_time else key.problem()
        if problem is not None:
            raise InputError(problem)
        url = base(server_url or os.environ.get("R9S_BASE_URL") or DEFAULT_URL)
        seconds(timeout_ms)  # or it is refused
        model = os.environ.get("R9S_IMAGE_MODEL") or None
        self._assemble(Settings(url, key, model, timeout_ms, retry_config, headers=headers), transport)

    @classmethod
    def from_env(cls) -> R9S:
        """The client that the environment describes: ``R9S_API_KEY``, ``R9S_BASE_URL`` and ``R9S_IMAGE_MODEL``.

        Raises:
            MissingKeyError: ``R9S_API_KEY`` is not set. Nobody is asked, and nothing else is looked into.
        """
        return cls(find_key([environment]))

    @classmethod
    def offline(cls, app: ASGIApp | None = None, *, engine: str | None = None, **options: Any) -> R9S:
        """The images API in this process: no key, no network, no port.

        Args:
            app: An ASGI application of the same API, in place of the embedded one.
            engine: What makes the pictures, by its name; None is the demonstration's.
            **options: The engine's own.

        Raises:
            InputError: There is no such engine here.
        """
        return cls._in_process("offline", _served(engine, **options) if app is None else app)

    @classmethod
    def replay(cls, path: str | PathLike[str], *, sketch: bool = False) -> R9S:
        """Recorded runs in place of a service: the same request gets the same images, without key or network.

        Args:
            path: An export (its folder or its ZIP), a history's folder, or a folder with ``.r9s`` in it.
            sketch: What was never recorded is drawn by the sketch engine; without it, it is an UnprocessableEntityError
                that names the closest recordings.

        Raises:
            HistoryError: Nothing is recorded there.
        """
        recording = Path(path).expanduser()
        app = _served("replay", otherwise="sketch" if sketch else None, recordings=recording)
        self = cls._in_process("replay", app)
        self.recording = recording
        return self

    @classmethod
    def _in_process(cls, kind: Kind, app: ASGIApp) -> R9S:
        """A client without a key, of an application in this process."""
        from r9s_notebook.client.inprocess import InProcess

        model = os.environ.get("R9S_IMAGE_MODEL") or None
        self = cls.__new__(cls)
        self._assemble(Settings(f"http://{kind}.r9s/v1", model=model, kind=kind), InProcess(app))
        return self

    def _assemble(self, settings: Settings, transport: httpx.BaseTransport | None) -> None:
        self._settings = settings
        self._transport = transport
        self._sender: Sender | None = None
        self._lock = threading.Lock()

    # What follows is loaded when it is first used: a client is often made long before its first call, or in vain.

    @cached_property
    def images(self) -> Images:
        """The images API: ``create``, ``edit``, ``read``, and the same with ``_async``."""
        from r9s_notebook.client.images import Images

        return Images(self._settings, self._connected)

    def models(self) -> tuple[Capabilities, ...]:
        """What the service says of its models: their names, and what they take where that is known.

        Raises:
            R9SError: The service refused, or its answer is no list.
            NoResponseError: The service was not reached.
        """
        return self._connected().models(*self._listing())

    async def models_async(self) -> tuple[Capabilities, ...]:
        """As ``models``."""
        from r9s_notebook.client.threads import in_thread

        call, deadline = self._listing()
        return await in_thread(partial(self._connected().models, call, deadline), deadline)

    def _listing(self) -> tuple[Call, Deadline]:
        from r9s_notebook.client.calls import listing
        from r9s_notebook.client.deadline import Deadline

        call = listing(self._settings)
        return call, Deadline(call.seconds)

    def _connected(self) -> Sender:
        with self._lock:
            if self._sender is None:
                from r9s_notebook.client.sending import Sender

                self._sender = Sender(self._transport)
                self._sender.knows(endpoint(self.server_url, ""))
            return self._sender

    @property
    def kind(self) -> Kind:
        """What is behind it: ``"api"``, ``"offline"`` or ``"replay"``."""
        return self._settings.kind

    @property
    def server_url(self) -> str:
        """The API's base, without a slash at its end."""
        return self._settings.server_url

    @property
    def model(self) -> str | None:
        """The model of calls that name none, from ``R9S_IMAGE_MODEL``; None leaves it to the service."""
        return self._settings.model

    @property
    def asks_for_base64(self) -> bool:
        """Whether calls that ask for neither are sent with ``response_format="b64_json"``, where their model takes it.

        So are those to a service on this computer or its network: its links often lead to its own disk.
        """
        from r9s_notebook.client.addresses import is_own

        return is_own(endpoint(self.server_url, "").host)

    def close(self) -> None:
        """Closes all connections; a later call opens new ones."""
        if self._sender is not None:
            self._sender.close()

    async def aclose(self) -> None:
        """As ``close``."""
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        if "_settings" not in self.__dict__:
            return "<R9S that could not be made>"  # seen in a traceback's variables
        model = f", model={self.model!r}" if self.model else ""
        return f"<R9S {self.kind} {self.server_url.partition('?')[0]}{model}>"  # there may be a key in its query

    def __reduce__(self) -> NoReturn:
        raise TypeError("A client is not pickled or copied: it holds an API key. Make one where it is used.")


_FETCHED_BYTES = 8 * 2**20  # of pictures in this process that their only client has fetched


def _served(engine: str | None, *, otherwise: str | None = None, **options: Any) -> ASGIApp:
    """The embedded API over an engine, and over another for what the first has nothing for."""
    from r9s_notebook import server  # the client's only way to it

    try:
        served = server.open_engine(engine or server.DEFAULT, **options)
        if otherwise is not None:
            served = server.open_engine(server.FALLBACK, engines=[served, server.open_engine(otherwise)])
        return server.create_app(served, max_read_file_bytes=_FETCHED_BYTES)
    except (ValueError, TypeError) as error:
        raise InputError(f"The embedded API cannot be started: {str(error).removesuffix('.')}.") from None


_MEANT = {
    "base_url": "server_url", "api_base": "server_url", "headers": "http_headers", "default_headers": "http_headers",
    "timeout": "timeout_ms", "max_retries": "retry_config", "key": "api_key", "http_client": "transport",
}  # fmt: skip
"""What other clients call it."""


def _meant(misspelt: Mapping[str, Any]) -> str | None:
    """What is to be said of arguments that there are none of."""
    for name in misspelt:
        return f"R9S takes no {name!r}.{did_you_mean(_MEANT.get(name, name), _MEANT.values())}"
    return None
