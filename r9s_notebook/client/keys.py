"""Keys: a box that no repr, pickle or traceback looks into, where a key is looked for, and what hides one in an answer.

A key is looked for in this order: the environment, the system's keyring, Colab's secrets, the person.
"""

from __future__ import annotations

import base64
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NoReturn
from urllib.parse import parse_qsl

from r9s_notebook.errors import InputError, MissingKeyError


class Secret:
    """Holds a key or a header's value, or a function that gives it; ``reveal()`` is the only way out.

    A traceback that shows local variables prints ``<key>``, and pickling is refused. What is wrong with a key is found
    by ``problem`` and raised elsewhere, so that no frame of that error's traceback holds the key.

    Args:
        key: What is held, or what gives it for each call.
        header: The header whose value it is; None for an API key.
    """

    __slots__ = ("_give", "_header")

    def __init__(self, key: str | Callable[[], str], header: str | None = None) -> None:
        self._give: Callable[[], str] = key if callable(key) else lambda: key
        self._header = header

    def problem(self) -> str | None:
        """What is wrong with it, in a sentence that does not show it; None for nothing."""
        return self._problem_of(self._given())

    def reveal(self) -> str:
        """The key itself, as it goes into a header.

        Raises:
            InputError: It cannot be a key.
        """
        key = self._given()
        problem = self._problem_of(key)
        if problem is None:
            return key
        del key
        raise InputError(problem)

    def _given(self) -> str:
        key = self._give()
        return key.strip(None if self._header is None else " ") if isinstance(key, str) else ""

    def _problem_of(self, key: str) -> str | None:
        plain = key.isascii() and key.isprintable()
        if self._header is not None:
            told = f"The value of {self._header} in http_headers must be a line of plain ASCII text."
            return None if key and plain else told
        if not key:
            return "The API key is empty. Copy it again."
        if not plain or " " in key:
            return (
                "The API key is not one word of plain characters: there may be a space, a line break or a curly quote. "
                "Copy it again, without the text around it."
            )
        return None

    def __repr__(self) -> str:
        return "<key>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("An API key is not pickled or copied: make the client where it is used.")


_OURS: Final = frozenset(
    b"accept accept-encoding connection content-length content-type host idempotency-key user-agent".split()
)
_OPENS: Final = re.compile(r"key|token|secret|sig|code|pass|auth", re.IGNORECASE)
_A_KEY: Final = 8
"""Bytes: a shorter one, as in a test, is part of ordinary words."""


def opens(name: str) -> bool:
    """Whether a header or a parameter of a URL is one that carries a key, by its name."""
    return _OPENS.search(name) is not None


def veil(
    headers: Iterable[tuple[bytes, bytes]], query: bytes = b"", proxy: Secret | None = None
) -> Callable[[bytes], bytes]:
    """What takes everything secret that a request carried out of what an answer says.

    Secret are its headers, our own aside, the keys in its URL, and the password of the proxy that it went through.
    """
    named = [(name, held) for name, held in headers if name.lower() not in _OURS]
    if query:
        named += [(name, held) for name, held in parse_qsl(query) if opens(name.decode())]
    if proxy is not None:
        login = proxy.reveal().encode()
        named += [(b"proxy's password", login.partition(b":")[2]), (b"proxy's password", base64.b64encode(login))]
    hidden = []
    for name, held in named:
        shown = b"<the API key>" if name.lower() == b"authorization" else b"<the %s>" % name
        parts = {held, held.rpartition(b" ")[2]}  # the word behind "Bearer"
        parts |= {part.replace(b"/", b"\\/") for part in parts}  # as some write it in JSON
        hidden += [(part, shown) for part in sorted(parts, key=len, reverse=True) if len(part) >= _A_KEY]

    def over(said: bytes) -> bytes:
        """What was said, without secrets; the same object where there was none."""
        for secret, shown in hidden:
            if secret in said:
                said = said.replace(secret, shown)
        return said

    return over


NAME = "R9S_API_KEY"
"""The key's name in the environment and in Colab's secrets; its user name in the keyring."""

SERVICE = "r9s"
"""The keyring's service name: ``keyring set r9s R9S_API_KEY`` stores it."""

_HELP = (
    "No API key was found. Set R9S_API_KEY in the environment, pass R9S(api_key=...), store it with "
    "'keyring set r9s R9S_API_KEY', or work without one: R9S.offline(). A service that wants it in a header of its own "
    'gets it by R9S(http_headers={"api-key": ...}).'
)

Source = Callable[[], str | None]


def find_key(sources: Iterable[Source] | None = None) -> str:
    """The first key that a source has.

    Args:
        sources: Asked in order; None for all that this module knows.

    Raises:
        MissingKeyError: No source has one; the message says what to do.
    """
    for source in (environment, keyring, colab, person) if sources is None else sources:
        key = (source() or "").strip()
        if key:
            return key
    raise MissingKeyError(_HELP)


def environment(environ: Mapping[str, str] = os.environ) -> str | None:
    """``R9S_API_KEY``."""
    return environ.get(NAME)


def keyring() -> str | None:
    """The system's keyring, where the ``keyring`` extra is installed and a keyring can be opened."""
    try:
        import keyring as system
    except ImportError:
        return None
    try:
        found: str | None = system.get_password(SERVICE, NAME)
    except Exception:  # whatever the desktop's keyring raises: a locked or absent one is no reason to stop
        return None
    return found


def colab() -> str | None:
    """Colab's secrets, inside Colab."""
    if "google.colab" not in sys.modules:
        return None
    try:
        from google.colab import userdata

        found: str | None = userdata.get(NAME)
    except Exception:  # not there, or not granted to this notebook
        return None
    return found


def person() -> str | None:
    """Asks, where somebody is there to answer: a terminal, or a notebook whose front end takes input."""
    if not _somebody_is_there():
        return None
    from getpass import getpass

    try:
        return getpass("R9S API key (it is not shown and not stored): ")
    except (EOFError, OSError, NotImplementedError, RuntimeError):  # RuntimeError: a front end that takes no input
        return None


def _somebody_is_there() -> bool:
    kernel = getattr(sys.modules.get("ipykernel.kernelapp"), "IPKernelApp", None)
    if kernel is not None and kernel.initialized():
        shell = getattr(kernel.instance(), "kernel", None)
        return bool(getattr(shell, "_allow_stdin", False))
    return sys.stdin is not None and sys.stdin.isatty()
