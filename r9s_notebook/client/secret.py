"""The API key, in a box that no repr, pickle or traceback looks into."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from r9s_notebook.errors import InputError


class Secret:
    """Holds a key, or a function that gives it; ``reveal()`` is the only way out.

    A traceback that shows local variables prints ``<key>``, and pickling is refused.
    """

    __slots__ = ("_give",)

    def __init__(self, key: str | Callable[[], str]) -> None:
        if callable(key):
            self._give: Callable[[], str] = key
        else:
            plain = _checked(key)
            self._give = lambda: plain

    def reveal(self) -> str:
        """The key itself, as it goes into a header.

        Raises:
            InputError: A function gave something that is no key.
        """
        return _checked(self._give())

    def __repr__(self) -> str:
        return "<key>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("An API key is not pickled or copied: make the client where it is used.")


def _checked(key: str) -> str:
    stripped = key.strip() if isinstance(key, str) else ""
    # Isolated in a function whose frame is gone when the error travels on.
    if not stripped or not stripped.isascii() or not stripped.isprintable() or " " in stripped:
        kind = (
            "empty" if not stripped else "not one word of plain characters: it may hold a line break or a curly quote"
        )
        del key, stripped
        raise InputError(f"The API key is {kind}. Copy it again, without the text around it.")
    return stripped
