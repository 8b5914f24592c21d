"""Advice where a name is not known: of an option, of a template's gap, of an attribute."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, SupportsIndex

from r9s_notebook.translation import Message


def did_you_mean(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """As ``suggestion``, in English and with a space before it."""
    found = suggestion(name, known, cutoff=cutoff)
    return f" {found}" if found else ""


def suggestion(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """``"Did you mean 'size'?"``, or nothing where no known name is close."""
    import difflib  # a client is often made without any need of it

    close = difflib.get_close_matches(name, [other for other in known if not other.startswith("_")], 1, cutoff)
    return Message("Did you mean {name}?", name=repr(close[0])) if close else ""


def refuse_unknown(who: str, given: Iterable[str], known: Collection[str]) -> None:
    """Refuses options that nobody looks at.

    Raises:
        TypeError: As Python does for an unknown argument, with what may have been meant.
    """
    for name in given:
        if name not in known:
            takes = ", ".join(option for option in known if not option.startswith("_"))
            advice = did_you_mean(name, known) or f" It takes {takes}."
            raise TypeError(f"{who} does not know {name!r}.{advice}")


class Strict:
    """Refuses attributes that nobody reads, and says what may have been meant, of reading one as well.

    The class knows its attributes: by an annotation, a trait or a property with a setter. Private names are free.
    What cannot leave its process has in ``_stays`` why, and is neither pickled nor copied.
    """

    __slots__ = ()
    _stays = ""

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        if self._stays:
            raise TypeError(f"A {type(self).__name__} is not pickled or copied: {self._stays}")
        return super().__reduce_ex__(protocol)

    if not TYPE_CHECKING:  # who checks types knows the attributes without

        def __setattr__(self, name: str, value: Any) -> None:
            if not name.startswith("_") and not _takes(type(self), name):
                if hasattr(type(self), name):
                    raise AttributeError(f"{name!r} of {type(self).__name__} can be read or called, not set.")
                raise _refusal(self, name)
            super().__setattr__(name, value)

        def __getattr__(self, name: str) -> Any:
            if hasattr(type(self), name):  # a property that failed by itself: with its own error
                return object.__getattribute__(self, name)
            raise _refusal(self, name)


def _takes(cls: type, name: str) -> bool:
    """Whether an instance may be given an attribute of that name."""
    for base in cls.__mro__:
        if name in getattr(base, "__annotations__", ()):
            return True
        if name in vars(base):
            found = vars(base)[name]
            if isinstance(found, property):
                return found.fset is not None
            return not inspect.isroutine(found) or not base.__module__.startswith(
                __package__
            )  # traitlets swaps its own
    return False


def _refusal(thing: object, name: str) -> AttributeError:
    cls = type(thing)
    sentence = f"{cls.__name__!r} object has no attribute {name!r}."
    if name.startswith("_"):
        return AttributeError(sentence)
    fields = (field for base in cls.__mro__ for field in getattr(base, "__annotations__", ()))
    return AttributeError(sentence + did_you_mean(name, {*dir(cls), *fields}))
