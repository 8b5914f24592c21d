"""The words of the lab in a person's language: GNU gettext, whose catalogs lie in ``locale``.

English stands in the code and needs no catalog. What is shown at once goes through ``gettext`` (imported as ``_``),
what is said by an error or kept in a constant is a `Message`: English to whoever programs, and translated where the lab
shows it. In both, ``{names}`` stand for what is filled in, so that a language has its own order of words.
"""

from __future__ import annotations

import contextlib
import os
import re
import string
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

ENGLISH = "en"
DOMAIN = "r9s_notebook"
_LOCALE = re.compile(r"""^[\s{,]*["']?locale["']?\s*:\s*["']([\w-]+)""", re.MULTILINE)  # not where it is commented out


class _Language(NamedTuple):
    code: str
    catalog: Any  # gettext's, None for English


_spoken: _Language | None = None  # by this process


def language() -> str:
    """The language that is spoken, as HTML calls it: ``"en"``, ``"de"``, ``"pt-BR"``."""
    return _now().code


def ask_for_language() -> None:
    """Finds out anew which language a person wants; whoever makes a lab asks.

    It is that of ``R9S_LANGUAGE``, or else of JupyterLab. One without a catalog is English.
    """
    global _spoken  # noqa: PLW0603 - one person sits before a process
    _spoken = _found(os.environ.get("R9S_LANGUAGE", "").strip() or _of_jupyterlab())


def gettext(text: str, /, **values: Any) -> str:
    """The text in the language that is spoken, with ``{names}`` filled in."""
    catalog = _now().catalog
    return _filled(text if catalog is None else catalog.gettext(text), values)


def ngettext(one: str, many: str, count: float, /, **values: Any) -> str:
    """Likewise of two texts the one that fits a ``{count}``."""
    catalog = _now().catalog
    english = one if count == 1 else many
    return _filled(english if catalog is None else catalog.ngettext(one, many, count), {"count": count, **values})


def pgettext(context: str, text: str, /, **values: Any) -> str:
    """Likewise of a word that has several meanings in English; the context says which."""
    catalog = _now().catalog
    return _filled(text if catalog is None else catalog.pgettext(context, text), values)


class Message(str):
    """An English text that knows what it was made of: `translated` gives it in the language that is spoken then.

    Attributes:
        template: The text, with ``{names}``.
        values: What they stand for; Messages among them are translated, too.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Message:
        """Fills the values in: numbers and Messages as they are, anything else as its text, so that nothing is held."""
        values = {name: one if isinstance(one, int | float | Message) else str(one) for name, one in values.items()}
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made


def translated(text: str) -> str:
    """A `Message` in the language that is spoken; any other text as it is."""
    if not isinstance(text, Message):
        return text
    return gettext(text.template, **{name: translated(value) for name, value in text.values.items()})


def joined(*texts: str) -> Message:
    """Sentences, one after the other; what is empty is left out."""
    said = {f"part{number}": text for number, text in enumerate(texts) if text}
    return Message(" ".join(f"{{{name}}}" for name in said), **said)


def number(value: float, spec: str = ",") -> str:
    """A number as the language writes it: ``1,234.5`` is ``1.234,5`` in German."""
    return _filled(f"{{value:{spec}}}", {"value": value})


def page_words(texts: Sequence[tuple[str | None, str]]) -> dict[str, Any]:
    """What a page needs to speak the language: its name, translations, and which plural a number takes.

    Args:
        texts: Context, if any, and text of each that the page knows.
    """
    code, catalog = _now()
    if catalog is None:
        return {"language": code, "plural": "", "texts": {}}
    found = {}
    for context, text in texts:
        name = text if context is None else f"{context}\x04{text}"
        known = catalog._catalog
        several = [known[name, form] for form in range(6) if (name, form) in known]
        if several or name in known:
            found[name] = several or known[name]
    return {
        "language": code,
        "plural": catalog.info()["plural-forms"].partition("plural=")[2].strip("; "),
        "texts": found,
    }


def _now() -> _Language:
    if _spoken is None:
        ask_for_language()
    assert _spoken is not None  # noqa: S101 - it was just asked for
    return _spoken


class _Formatter(string.Formatter):
    """Writes numbers whose format is said as the language does."""

    def format_field(self, value: Any, spec: str) -> str:
        text = format(value, spec)
        catalog = _now().catalog
        if catalog is None or not spec or not isinstance(value, int | float):
            return text
        return text.translate({ord(","): pgettext("in numbers", ","), ord("."): pgettext("in numbers", ".")})


def _filled(text: str, values: Mapping[str, Any]) -> str:
    return _Formatter().vformat(text, (), values) if values else text


@lru_cache(maxsize=8)
def _found(name: str) -> _Language:
    """The language of that name, or of its first part, where there is a catalog."""
    wanted = re.split(r"[.@]", name)[0].replace("-", "_")
    if wanted in ("", ENGLISH):
        return _Language(ENGLISH, None)
    from gettext import GNUTranslations
    from importlib.resources import files

    for code in (wanted, wanted.partition("_")[0]):
        place = files("r9s_notebook").joinpath("locale", code, "LC_MESSAGES", f"{DOMAIN}.mo")
        if re.fullmatch(r"[A-Za-z_]+", code) and place.is_file():
            with place.open("rb") as file:
                return _Language(code.replace("_", "-"), GNUTranslations(file))
    return _Language(ENGLISH, None)


def _of_jupyterlab() -> str:
    """What JupyterLab speaks, as far as this process is a kernel beside it; else ``""``."""
    paths = sys.modules.get("jupyter_core.paths")
    if paths is None:
        return ""
    own = os.environ.get("JUPYTERLAB_SETTINGS_DIR")
    folder = Path(own) if own else Path(paths.jupyter_config_dir(), "lab", "user-settings")
    text = ""
    with contextlib.suppress(OSError, ValueError):
        text = (folder / "@jupyterlab" / "translation-extension" / "plugin.jupyterlab-settings").read_text("utf-8")
    chosen = _LOCALE.search(text)
    return chosen[1] if chosen and chosen[1] != "default" else _of_system()


def _of_system() -> str:
    """The system's own, where JupyterLab takes that too because it has the language pack; else ``""``."""
    import locale  # this and what is imported below: English needs none of it

    name = locale.getlocale()[0] or ""
    if _found(name).catalog is None:
        return ""
    from importlib.metadata import entry_points

    return name if name in entry_points(group="jupyterlab.languagepack").names else ""
