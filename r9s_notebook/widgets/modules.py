"""Browser code that is written in several files and loaded as one, without a build step."""

from __future__ import annotations

import re
from importlib.resources import files

_IMPORT = re.compile(r"^import .*?;\n", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def joined(*names: str) -> str:
    """Plain ES modules as one, since anywidget loads one: each file without its imports and named exports.

    Args:
        names: Theirs, from this folder on and without ``.js``, each after those that it imports; no two may define the
            same name.
    """
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text(f"{name}.js"))) for name in names)


def text(*paths: str) -> str:
    """Files of this folder, one after the other.

    A widget class takes the text, never the path: anywidget lets every widget listen to a path's file, which may be
    edited while it is shown, and so the file would keep every widget for ever.
    """
    return "\n".join(files(__package__).joinpath(path).read_text(encoding="utf-8") for path in paths)
