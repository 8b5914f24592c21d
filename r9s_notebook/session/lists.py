"""Lists of values by name: variables of the notebook, and text files beside it."""

from __future__ import annotations

import csv
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from r9s_notebook.archive.cell import Cell
from r9s_notebook.archive.host import this_kernel
from r9s_notebook.errors import InputError
from r9s_notebook.session.template import Gap, draw, fill, gaps
from r9s_notebook.translation import Message

_COMMENT = re.compile(r"(^|\s)#.*")
_SEVERAL = (list, tuple, set, frozenset, range)


@dataclass(frozen=True)
class Lists:
    """Where lists are found: ``lists(name)`` gives the values of one, or None.

    Attributes:
        variables: Those of them that are lists, tuples, sets, ranges, arrays or columns.
        folder: In which ``animals.txt`` is the list ``animals``: one value a line, ``#`` begins a comment.
    """

    variables: Mapping[str, Any] = field(default_factory=dict)
    folder: Path = field(default_factory=Path)

    @classmethod
    def here(cls) -> Self:
        """Those of the notebook whose kernel this is; in a script, the files of the working folder."""
        shell, notebook = getattr(this_kernel(), "shell", None), Cell.here().notebook
        return cls(getattr(shell, "user_ns", {}), Path(notebook).parent if notebook else Path())

    def __call__(self, name: str) -> Sequence[Any] | None:
        """The values; None where there is no such list.

        Raises:
            InputError: Its file cannot be read.
        """
        value = self.variables.get(name)
        if isinstance(value, _SEVERAL):
            return list(value)
        if getattr(value, "ndim", 0) == 1 and (to_list := getattr(value, "tolist", None)):
            return list(to_list())
        path = self.folder / f"{name}.txt"
        try:
            lines = path.read_text("utf-8-sig").splitlines()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            told = Message("{file} cannot be read as a list, a text in UTF-8: {why}.", file=path.name, why=error)
            raise InputError(told) from None
        return [words for line in lines if (words := _COMMENT.sub("", line).strip())]


def values_of(template: str, typed: Mapping[str, str], lists: Lists) -> dict[str, Sequence[Any]]:
    """The values of each gap by its name; a gap that nothing fills is left out.

    Args:
        template: The prompt.
        typed: By the gaps' names: ``"fox, owl"``, or the name of a list. What is typed for a gap comes before what it
            says itself.
        lists: Where lists are found; one that is called as a gap fills it.

    Raises:
        InputError: A list that a gap names is not there, or cannot be read.
    """
    found = {name: gap_values(gap, typed.get(name, ""), lists) for name, gap in gaps(template).items()}
    return {name: several for name, several in found.items() if several}


def gap_values(gap: Gap, typed: str, lists: Lists) -> Sequence[Any]:
    """The values of one gap; none where nothing fills it. See ``values_of``."""
    if not (typed := typed.strip()):
        return gap.values(lists) or lists(gap.name) or ()
    named = lists(typed) if re.fullmatch(r"\w[\w/-]*", typed) else None
    return named or [words for words in map(str.strip, next(csv.reader([typed], skipinitialspace=True))) if words]


def drawn(template: str, values: Mapping[str, Sequence[Any]], seed: Any) -> tuple[str, dict[str, Any]]:
    """The template with one of the values in each gap, and which these are; they say the seed where it drew.

    Args:
        template: The prompt.
        values: Of each gap.
        seed: The call's own where it has one: the same seed makes the same words. None takes any.

    Raises:
        InputError: A gap has no value.
    """
    seed = seed if isinstance(seed, int) else secrets.randbelow(2**31)
    chosen = draw(values, seed)
    several = any(len(some) > 1 for some in values.values())
    return fill(template, chosen), {**chosen, **({"drawn by seed": seed} if several else {})}
