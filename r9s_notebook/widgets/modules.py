"""Browser code that is written in several files and loaded as one, without a build step."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files

_IMPORT = re.compile(r"^import .*?;\n", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def joined(package: str, folder: str, names: Iterable[str]) -> str:
    """Plain ES modules as one, since anywidget loads one: each file without its imports and named exports.

    Args:
        package: The Python package that the folder lies in.
        folder: Where the modules are.
        names: Theirs, without ``.js``, each after those that it imports; no two may define the same name.
    """
    sources = (text(package, folder, f"{name}.js") for name in names)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources)


def text(package: str, *path: str) -> str:
    """A file of the package.

    A widget class takes the text, never the path: anywidget lets every widget listen to a path's file, which may be
    edited while it is shown, and so the file would keep every widget for ever.
    """
    return files(package).joinpath(*path).read_text(encoding="utf-8")
