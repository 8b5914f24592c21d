"""``python -m tests.translation``: finds the lab's words in the code and puts them into the catalogs.

``r9s_notebook/locale/r9s_notebook.pot`` has all words in one place. Each language's catalog gets those that are new,
with an empty translation, loses those that are gone, and is compiled. With the name of a language (``fr``, ``pt_BR``) a
catalog for it is begun.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import r9s_notebook
from r9s_notebook.engines.sketch.engine import MODEL
from r9s_notebook.formats import _NO_PICTURES
from r9s_notebook.painter.commands import COMMANDS
from r9s_notebook.parameters import _KINDS, PARAMETERS

PACKAGE = Path(r9s_notebook.__file__).parent
LOCALE = PACKAGE / "locale"
TEMPLATE = LOCALE / "r9s_notebook.pot"
HEADER = "# The words of r9s_notebook's lab. `python -m tests.translation` writes this file."
PYTHON = {"_": 1, "Message": 1, "ngettext": 2, "pgettext": 2}  # how many texts each takes
PAGE = {"t": None, "tn": (1, 2), "tp": ((1, "c"), 2)}
ABROAD = ("server", "engines")  # an API answers everybody in English


def words() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Every text that is shown: where it stands, it with its plural where it has one, and its context."""
    for path in sorted(PACKAGE.rglob("*.py")) + sorted(PACKAGE.rglob("*.js")):
        place = path.relative_to(PACKAGE.parent).as_posix()
        if path.relative_to(PACKAGE).parts[0] in ABROAD:
            continue
        found = of_page(path.read_bytes()) if path.suffix == ".js" else of_python(path.read_text("utf-8"))
        yield from ((place, text, context) for text, context in found)
    for place, text in of_tables():
        yield f"r9s_notebook/{place}.py", text, None


def of_page(code: bytes) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """What JavaScript says."""
    how = {"parse_template_string": True, "jsx": False}
    for _line, text, _comments, context in extract("javascript", io.BytesIO(code), PAGE, options=how):
        yield text, context


def of_python(code: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """What Python says, within f-strings too, where Babel does not look."""
    for call in ast.walk(ast.parse(code)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in PYTHON:
            texts = [one.value for one in call.args[: PYTHON[call.func.id]] if isinstance(one, ast.Constant)]
            if len(texts) < PYTHON[call.func.id]:
                continue  # a variable: a table's text, which is found there
            if call.func.id == "pgettext":
                yield texts[1], texts[0]
            else:
                yield texts[0] if len(texts) == 1 else tuple(texts), None


def of_tables() -> Iterator[tuple[str, str]]:
    """Texts of tables, which are translated where they are shown."""
    for parameter in PARAMETERS.values():
        yield from (("parameters", text) for text in (parameter.label, parameter.about, parameter.hint) if text)
    yield from (("parameters", words) for _type, words, _json in _KINDS.values())
    for command in COMMANDS.values():
        yield from (("painter/commands", text) for text in (command.label, command.hint, command.announce) if text)
    for _begins, what, advice in _NO_PICTURES:
        yield from (("formats", what), ("formats", advice))
    yield from (("inputs", noun) for noun in ("image", "mask"))  # what is wrong with which of the two
    yield "session/messages", MODEL.description  # of what a lab has without a key


@cache
def template() -> Catalog:
    """All words."""
    catalog = Catalog(project="r9s_notebook", header_comment=HEADER, charset="utf-8", fuzzy=False)
    for place, text, context in words():
        catalog.add(text, locations=[(place, 1)], context=context)
    return catalog


def languages() -> list[Path]:
    """The catalogs as they are written by hand."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/r9s_notebook.po"))


def read(path: Path) -> Catalog:
    """A language's catalog."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def write(catalog: Catalog, path: Path) -> None:
    """Writes a catalog without line numbers and dates, which would change with every line of the code."""
    out = io.BytesIO()
    write_po(out, catalog, width=120, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    unsteady = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator", "Language-Team")
    needless = tuple(f'"{name}' for name in (*unsteady, "Project-Id-Version", "Report-Msgid-Bugs-To"))
    path.write_text("".join(line for line in lines if not line.startswith(needless)), "utf-8")


def missing(catalog: Catalog) -> list[str]:
    """The texts that it does not translate."""
    return [str(one.id) for one in catalog if one.id and not all(forms(one.string))]


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A text, or all of its plural forms."""
    return [text or ""] if isinstance(text, str | None) else list(text)


def compiled(catalog: Catalog) -> bytes:
    """As Python reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def texts(data: bytes) -> dict[Any, str]:
    """What a compiled catalog says; its header has the day and the compiler's version."""
    translations: Any = GNUTranslations(io.BytesIO(data))
    return {text: said for text, said in translations._catalog.items() if text}


def main(new: list[str]) -> None:
    """Renews all of them."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    write(template(), TEMPLATE)
    for language in new:
        path = LOCALE / language / "LC_MESSAGES" / "r9s_notebook.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            write(Catalog(locale=language, header_comment=HEADER, charset="utf-8", fuzzy=False), path)
    for path in languages():
        catalog = read(path)
        catalog.update(template(), no_fuzzy_matching=True, update_header_comment=False)
        write(catalog, path)
        data, binary = compiled(catalog), path.with_suffix(".mo")
        if not binary.exists() or texts(binary.read_bytes()) != texts(data):
            binary.write_bytes(data)
        print(f"{path.parts[-3]}: {len(catalog)} texts, {len(missing(catalog))} of them not translated")


if __name__ == "__main__":
    main(sys.argv[1:])
