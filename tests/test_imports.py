"""The rooms import one way; see CONTRIBUTING.md."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import r9s_notebook

PACKAGE = Path(r9s_notebook.__file__).parent

LIGHT = {"_lazy", "capabilities", "suggestions"}  # what costs nothing to import
EVERYWHERE = {"translation"}
ALLOWED = {
    "translation": set(),
    "errors": set(),
    "parameters": {"errors"},
    "capabilities": {"parameters"},  # what each known model takes of them
    "prices": set(),  # and what it costs
    "_version": set(),
    "_lazy": set(),
    "suggestions": set(),
    "formats": set(),  # what a picture file is called and how it begins: client and history need it without Pillow
    "inputs": {"errors"},
    "client": {*LIGHT, "errors", "formats", "inputs", "parameters", "_version"},
    "imaging": {"suggestions", "errors", "formats", "inputs"},
    "history": {"errors", "formats"},
    "server": {"imaging", "errors", "formats", "parameters", "_version"},
    "engines": {"capabilities", "server", "imaging", "errors", "formats", "parameters"},
    "archive": {
        *LIGHT,
        "client",
        "engines.replay",
        "imaging",
        "history",
        "errors",
        "formats",
        "parameters",
    },
    "session": {
        *LIGHT,
        "prices",
        "archive",
        "client",
        "imaging",
        "history",
        "errors",
        "formats",
        "parameters",
        "_version",
    },
    "page": {"suggestions"},
    "pictures": {*LIGHT, "page", "session", "archive", "client", "imaging", "history", "errors", "parameters"},
    "painter": {"page", "imaging", "errors", "suggestions"},
    "widgets": {
        *LIGHT,
        "page",
        "painter",
        "pictures",
        "session",
        "archive",
        "client",
        "imaging",
        "history",
        "errors",
        "parameters",
    },
    "magics": {"widgets", "session", "client", "suggestions", "errors", "parameters"},
}

# The client reaches the embedded API as it reaches any server: it loads it to talk HTTP to it. And it converts pictures
# where they must be converted; a script that has the right files needs no Pillow.
WHERE_IT_IS_USED = {("client", "server"), ("client", "imaging")}

# Libraries that belong to some rooms only.
RESIDENTS = {
    "ipywidgets": {"page", "painter", "pictures", "widgets"},
    "anywidget": {"page"},
    "ipycanvas": {"painter"},
    "traitlets": {"session", "page", "painter", "pictures", "widgets"},
    "httpx": {"client"},
    "sqlite3": {"history"},
    "starlette": {"server"},
    "uvicorn": {"server"},
    "prometheus_client": {"server"},
    "torch": {"engines"},
    "diffusers": {"engines"},
    "ray": {"engines"},
}


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every imported module's full name, and whether the import waits inside a function."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {id(node) for outer in ast.walk(tree) if is_function(outer) for node in ast.walk(outer)}
    typing_only = {id(node) for outer in ast.walk(tree) if is_type_checking(outer) for node in ast.walk(outer)}
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, id(node) in inside


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem in ALLOWED)


def may_import(room: str, name: str, waits: bool) -> bool:
    top, _, rest = name.partition(".")
    if top == "r9s_notebook" and rest:
        target = rest.split(".")[0]
        if target == room or target in EVERYWHERE or {target, rest} & ALLOWED[room]:
            return True
        return waits and (room, target) in WHERE_IT_IS_USED
    return top not in RESIDENTS or room in RESIDENTS[top]


def test_a_file_imports_only_what_its_room_may():
    found = [(path, name, waits) for path in FILES for name, waits in imports(path)]
    assert len(found) > len(FILES)
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path, name, waits in found
        if not may_import(room_of(path), name, waits)
    ]
    assert not wrong, wrong


def test_every_room_is_held_to_these_lines():
    rooms = {room_of(path) for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE}
    assert rooms - {"__main__"} <= set(ALLOWED)


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import r9s_notebook", ["ipywidgets", "PIL", "numpy", "httpx", "sqlite3", "starlette"]),
        ("from r9s_notebook import R9S, RetryConfig, errors, models", ["ipywidgets", "PIL", "numpy", "starlette"]),
        ("from r9s_notebook.server import create_app; create_app()", ["uvicorn", "prometheus_client"]),
        ("from r9s_notebook import Mask", ["ipywidgets", "httpx", "starlette"]),
        ("from r9s_notebook.engines.diffusers import engine", ["torch", "diffusers", "transformers"]),
        ("from r9s_notebook import History", ["ipywidgets", "anywidget", "ipycanvas", "httpx"]),
    ],
)
def test_a_name_brings_only_what_it_needs(statement, absent):
    code = f"{statement}; import sys; print([name for name in {absent!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("room", ["", ".client", ".session", ".archive", ".widgets"])
def test_the_names_that_a_type_checker_sees_are_those_that_are_loaded(room):
    package = importlib.import_module(f"r9s_notebook{room}")
    assert set(package.__all__) - {"__version__"} == set(package._HOMES)


def test_the_front_door_opens_on_every_name_and_on_no_other():
    for name in r9s_notebook.__all__:
        assert getattr(r9s_notebook, name) is not None
    assert set(r9s_notebook.__all__) <= set(dir(r9s_notebook))
    with pytest.raises(AttributeError, match="Studioo"):
        r9s_notebook.Studioo  # noqa: B018 - the access is the test
