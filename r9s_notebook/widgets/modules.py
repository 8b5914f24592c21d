"""Browser code without a build step: written in several files, loaded as one module, and crossing once for a page.

An anywidget carries its module in its own state, and so once for each widget. Ours carries a few lines that fetch it
from a ``Code`` widget, of which a kernel has one for each module that it uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, ClassVar

import anywidget
import ipywidgets
import traitlets as t

from r9s_notebook.widgets.painter.commands import commands_js
from r9s_notebook.widgets.painter.icons import icon_css

_PAINTER_KEYS = ("painter/commands", "painter/ink/moves")
_PAGE = ("page/dom", "page/wire", "page/words")
_INK = (
    *("ops", "timeline", "snapshots", "surface", "document", "gestures", "stage", "status", "detail", "closeup"),
    *("commands", "crosshair", "keyboard", "pointer", "toolbar", "view", "index"),
)
_PICTURES = (
    *("actions", "menu", "stars", "book", "hands", "lens", "difference", "tree", "differences", "sheet", "viewer"),
    *("tile", "grid", "found", "search", "history", "index"),
)

MODULES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "keys": (
            *("page/own_keys", "page/dom", "page/attention", "page/keys_help", "page/typing", "page/elapsed"),
            *_PAINTER_KEYS,
            *("pictures/view/actions", "keys"),
        ),
        "pictures": ("page/own_keys", *_PAGE, "page/elapsed", *(f"pictures/view/{name}" for name in _PICTURES)),
        "ink": ("page/own_keys", *_PAINTER_KEYS, *(f"painter/ink/{name}" for name in _INK)),
    }
)
"""The files of each module, each after those that it imports; no two of a module may define the same name.

``painter/commands`` is the table in Python, written out."""

STYLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "keys": ("page/lab", "studio"),
        "pictures": ("page/lab", *(f"pictures/view/{name}" for name in ("pictures", "sheet", "history"))),
        "ink": ("page/lab", "painter/ink/painter"),
    }
)
"""The style sheets that come with each module."""

_IMPORT = re.compile(r"^import .*?;\n", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


@cache
def module(name: str) -> str:
    """A module of ``MODULES`` as JavaScript: its default export is a function that gives one widget's methods."""
    parts = [_EXPORT.sub("", _IMPORT.sub("", _script(file))) for file in MODULES[name]]
    return "export default () => {\n" + "\n".join(parts).replace("export default ", "return ") + "};\n"


def _script(file: str) -> str:
    return commands_js() if file == "painter/commands" else text(f"{file}.js")


@cache
def style(name: str) -> str:
    """The style sheet that comes with a module."""
    sheets = [text(f"{file}.css") for file in STYLES[name]]
    return "\n".join([*sheets, icon_css()] if name == "ink" else sheets)


def text(path: str) -> str:
    """A file below this package.

    A widget class takes the text, never the path: anywidget lets every widget listen to a path's file, which may be
    edited while it is shown, and so the file would keep every widget for ever.
    """
    return files(__package__).joinpath(path).read_text(encoding="utf-8")


class Code(ipywidgets.Widget):
    """What all widgets of one kind run in the page; nothing is seen of it."""

    module: Any = t.Unicode().tag(sync=True)
    style: Any = t.Unicode().tag(sync=True)

    _made: ClassVar[dict[str, Code]] = {}

    @classmethod
    def of(cls, name: str) -> Code:
        """The kernel's own of a name in ``MODULES``; another one where somebody has closed it."""
        if name not in cls._made or cls._made[name].comm is None:
            cls._made[name] = cls(module=module(name), style=style(name))
        return cls._made[name]


class PageWidget(anywidget.AnyWidget):
    """An anywidget whose module and style are those of a name in ``MODULES``."""

    _module: ClassVar[str]
    _esm = text("page/load.js")

    code = t.Unicode().tag(sync=True)
    module = t.Unicode().tag(sync=True)

    def __init__(self, *, code: str = "", module: str = "", **kwargs: Any) -> None:
        super().__init__(code=code or Code.of(self._module).model_id, module=module or self._module, **kwargs)
