"""The API key, in a box that no repr, pickle or traceback looks into."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from r9s_notebook.errors import InputError


class Secret:
    """Holds a key, or a function that gives it; ``reveal()`` is the only way out.

    A traceback that shows local variables prints ``<key>``, and pickling is refused. What is wrong with a key is found
    by ``problem`` and raised elsewhere, so that no frame of that error's traceback holds the key.
    """

    __slots__ = ("_give",)

    def __init__(self, key: str | Callable[[], str]) -> None:
        self._give: Callable[[], str] = key if callable(key) else lambda: key

    def problem(self) -> str | None:
        """What is wrong with the key, in a sentence that does not show it; None for nothing."""
        return _problem(self._given())

    def reveal(self) -> str:
        """The key itself, as it goes into a header.

        Raises:
            InputError: It cannot be a key.
        """
        key = self._given()
        problem = _problem(key)
        if problem is None:
            return key
        del key
        raise InputError(problem)

    def _given(self) -> str:
        key = self._give()
        return key.strip() if isinstance(key, str) else ""

    def __repr__(self) -> str:
        return "<key>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("An API key is not pickled or copied: make the client where it is used.")


def _problem(key: str) -> str | None:
    if not key:
        return "The API key is empty. Copy it again."
    if not key.isascii() or not key.isprintable() or " " in key:
        return (
            "The API key is not one word of plain characters: there may be a space, a line break or a curly quote. "
            "Copy it again, without the text around it."
        )
    return None
