"""Where the API key is looked for, in order: the environment, the system's keyring, Colab's secrets, the person."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping

from r9s_notebook.errors import MissingKeyError

NAME = "R9S_API_KEY"
"""The key's name in the environment and in Colab's secrets; its user name in the keyring."""

SERVICE = "r9s"
"""The keyring's service name: ``keyring set r9s R9S_API_KEY`` stores it."""

_HELP = (
    "No API key was found. Set R9S_API_KEY in the environment, pass R9S(api_key=...), store it with "
    "'keyring set r9s R9S_API_KEY', or work without one: R9S.offline()."
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
