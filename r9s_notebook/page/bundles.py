"""Browser code without a build step: written in several files, loaded as one module, and crossing once for a page.

An anywidget carries its module in its own state, and so once for each widget. Ours carries a few lines that fetch it
from a ``Code`` widget, of which a kernel has one for each bundle that it uses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, ClassVar, TypeAlias
from uuid import uuid4

import anywidget
import ipywidgets
import traitlets as t

from r9s_notebook.translation import language, page_words

Part: TypeAlias = str | Callable[[], str]
"""A file below this package, without its suffix; or what writes one, from a table in Python."""

_ONCE = ("page/own_keys",)  # what is loaded once for a page, and keeps nothing of the widget that came first

KEY_PARTS = (*_ONCE, "page/dom", "page/key_names", "page/key_tables", "page/keys_help")
"""What a bundle needs that has tables of keys: they are obeyed, and listed under ?."""

_IMPORT = re.compile(r"^import .*?;\n", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
# On lines of their own; a page needs none.
_COMMENT = re.compile(r"^ *(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)
_TEXT = r'"(?:[^"\\\n]|\\.)*"'
_SAID = re.compile(rf"\bt(?:n|p)?\(\s*(?P<first>{_TEXT})(?:,\s*(?P<second>{_TEXT}))?")


@dataclass(frozen=True)
class Bundle:
    """The files of one kind of widget.

    Attributes:
        name: What the page knows it under.
        scripts: Each after those that it imports; no two may define the same name.
        styles: The style sheets that come with them.
    """

    name: str
    scripts: tuple[Part, ...]
    styles: tuple[Part, ...]

    @property
    def module(self) -> str:
        """The scripts as one module of JavaScript: its default export is a function that gives a widget's methods.

        It speaks the language that is spoken now.
        """
        return _module(self.scripts, language())

    @cached_property
    def style(self) -> str:
        """The style sheets as one."""
        return "\n".join(_read(part, "css") for part in self.styles)


@lru_cache(maxsize=16)
def _module(scripts: tuple[Part, ...], _language: str) -> str:
    once = _code(part for part in scripts if part in _ONCE)
    code = _code(part for part in ("page/translation", *scripts) if part not in _ONCE)
    code = code.replace("export default ", "return ")
    return f"{once}export default () => {{\n{_translation_of(code)}{code}}};\n"


def _code(parts: Iterable[Part]) -> str:
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", _COMMENT.sub("", _read(part, "js")))) for part in parts)


def _translation_of(code: str) -> str:
    """What the texts of a module are in the language that is spoken now, as JavaScript."""
    said = [(json.loads(one["first"]), one["second"], one[0][1]) for one in _SAID.finditer(code)]
    words = page_words([(first, json.loads(second)) if kind == "p" else (None, first) for first, second, kind in said])
    plural = f"(n) => Number({words['plural'] or 'n != 1'})"
    texts, spoken = json.dumps(words["texts"], ensure_ascii=False), json.dumps(words["language"])
    return f"const TRANSLATION = {{ language: {spoken}, plural: {plural}, texts: {texts} }};\n"


def _read(part: Part, suffix: str) -> str:
    return text(f"{part}.{suffix}") if isinstance(part, str) else part()


def text(path: str) -> str:
    """A file below this package.

    A widget class takes the text, never the path: anywidget lets every widget listen to a path's file, which may be
    edited while it is shown, and so the file would keep every widget for ever.
    """
    return files("r9s_notebook").joinpath(path).read_text(encoding="utf-8")


def new_id() -> str:
    """A model id, for a widget whose parts know it before it is made."""
    return uuid4().hex


class Code(ipywidgets.Widget):
    """What all widgets of one kind run in the page; nothing is seen of it."""

    module: Any = t.Unicode().tag(sync=True)
    style: Any = t.Unicode().tag(sync=True)

    _made: ClassVar[dict[tuple[str, str], Code]] = {}

    @classmethod
    def of(cls, bundle: Bundle) -> Code:
        """The kernel's own of a bundle in a language; another one where somebody has closed it."""
        name = bundle.name, language()
        made = cls._made.get(name)
        if made is None or made.comm is None:
            made = cls._made[name] = cls(module=bundle.module, style=bundle.style)
        return made


class PageWidget(anywidget.AnyWidget):
    """An anywidget whose module and style are those of a bundle.

    Attributes:
        whole: The model id of the outermost widget that it belongs to, which may be itself.
        links: The model ids of the links between its parts, which lie in no box.
    """

    _bundle: ClassVar[Bundle]
    _esm = text("page/load.js")

    code = t.Unicode().tag(sync=True)
    module = t.Unicode().tag(sync=True)
    whole = t.Unicode().tag(sync=True)
    links = t.List(t.Unicode()).tag(sync=True)

    def __init__(self, *, code: str = "", module: str = "", whole: str = "", **kwargs: Any) -> None:
        code, module, own = code or Code.of(self._bundle).model_id, module or self._bundle.name, new_id()
        super().__init__(model_id=own, code=code, module=module, whole=whole or own, **kwargs)
        self.on_msg(self._say_read)

    def _say_read(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Tells a page that what it sent is read (``page/whole.js``)."""
        if isinstance(content, dict) and content.get("type") == "read":
            self.send({"type": "read"})
