"""The words of a text as the search knows them: the same for what is kept and for what a user types.

Ligatures, indices, full-width letters and the like become plain ones (Unicode's compatibility forms), capital letters
become small ones ("Straße" and "STRASSE" are one word), and a plus or a number sign that ends a word counts: "C++" is
not "C".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from r9s_notebook.history.records import whole

# Scripts without spaces between words, and emoji: each character is a word of its own, so that any part is found.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U0001f000-\U0001faff\U00020000-\U0003ffff])"
)
# Each sign is a word of its own too, so that "C" still finds "C++"; as a character of private use, since the index
# takes every plus for a gap.
_SIGNS = re.compile(r"(?<=\w)[+#]+")
_PRIVATE = {"+": " \ue02b", "#": " \ue023"}
_MOST_WORDS = 24
_MOST_CHARACTERS = 400


def fold(text: str) -> str:
    """The text in its plainest spelling."""
    text = text.replace("\0", " ")
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", whole(text)).casefold())


def indexed(texts: Iterable[str | None]) -> str:
    """What the index gets of a run's texts; those that are None are left out."""
    return "\n".join(_spaced(fold(text)) for text in texts if text)


def match(text: str) -> str:
    """What FTS5 looks for: every word, the last one as the beginning of a word; ``""`` where there is no word.

    Each piece is quoted, so nothing that a user types is taken for syntax.
    """
    pieces = [piece for piece in _pieces(text) if re.search(r"\w", piece) or _UNSPACED.search(piece)]
    quoted = ['"' + _spaced(piece).replace('"', '""').strip() + '"' for piece in pieces[:_MOST_WORDS]]
    return f"{' '.join(quoted)}*" if quoted else ""


def like(text: str) -> list[str]:
    """The same as patterns for LIKE (a backslash escapes), for a SQLite without FTS5 and for mere signs."""
    return ["%" + re.sub(r"([\\%_])", r"\\\1", piece) + "%" for piece in _pieces(text)[:_MOST_WORDS]]


def _pieces(text: str) -> list[str]:
    return fold(text[:_MOST_CHARACTERS]).split()


def _spaced(text: str) -> str:
    text = _SIGNS.sub(lambda signs: "".join(map(_PRIVATE.__getitem__, signs[0])) + " ", text)
    return text if text.isascii() else _UNSPACED.sub(r" \1 ", text)
