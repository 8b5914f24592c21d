"""What runs the notebook of this kernel, where no front end tells its name.

That is a program which executes it (nbclient, nbconvert, papermill), or Voila, which serves it as an app. They are
known by their command lines and by what they put into the environment.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote

_EXECUTE = ("papermill", "jupyter-execute", "jupyter-nbconvert", "nbconvert")
_TAKE_TWO = {"-p", "--parameters", "-r", "--parameters_raw"}  # of papermill: a name and a value


@dataclass(frozen=True)
class Launcher:
    """The process that started this kernel.

    Attributes:
        command: Its command line.
        folders: Where its paths may begin: its working folder, and the one that it was started in.
        environ: Its environment.
    """

    command: Sequence[str]
    folders: Sequence[Path] = ()
    environ: Mapping[str, str] = field(default_factory=dict)


def this_kernel() -> Any:
    """The kernel of the notebook that this process runs, or None."""
    ipython = sys.modules.get("IPython")
    return getattr(ipython.get_ipython(), "kernel", None) if ipython is not None else None


def is_unattended() -> bool:
    """Whether a program executes the notebook: nobody could answer ``input()``."""
    return this_kernel() is not None and not getattr(this_kernel(), "_allow_stdin", True)


def is_app() -> bool:
    """Whether the notebook is served to visitors by Voila."""
    return "VOILA_BASE_URL" in os.environ or os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


def is_forgotten(home: Path) -> bool:
    """Whether a folder goes with the machine: in Colab, whatever does not lie on a drive that was mounted."""
    return "google.colab" in sys.modules and not home.is_relative_to("/content/drive")


def executed_notebook() -> Path | None:
    """The notebook that a program executes here, of papermill's two the one that it writes; None if it is not known."""
    if not is_unattended() or is_app():
        return None
    launcher = _launcher()
    names = getattr(getattr(this_kernel(), "shell", None), "user_ns", {})
    injected = (names.get(f"PAPERMILL_{which}_PATH") for which in ("OUTPUT", "INPUT"))  # papermill --inject-paths
    paths = [path for path in injected if isinstance(path, str) and _is_local(path)] or executed_by(launcher.command)
    return _found(paths[0], launcher.folders) if paths else None


def served_notebook() -> Path | None:
    """The notebook that Voila serves; its kernel works in the notebook's folder."""
    named = unquote(os.environ.get("SCRIPT_NAME", ""))
    names = [named] if named.endswith(".ipynb") else _notebooks(_arguments(_launcher().command, ("voila",)))
    return _found(PurePath(names[0]).name, [Path.cwd()]) if len(names) == 1 else None


def has_own_name() -> bool:
    """Whether ``JPY_SESSION_NAME`` is this kernel's, and not that of the notebook from which it was started."""
    name = os.environ.get("JPY_SESSION_NAME")
    return not is_unattended() or _launcher().environ.get("JPY_SESSION_NAME") != name


def executed_by(command: Sequence[str]) -> list[str]:
    """The notebook that a command line executes; none where it executes none, or several.

    Args:
        command: As ``["python", "/bin/papermill", "in.ipynb", "out/{name}.ipynb", "-p", "name", "fox"]``, of which this
            gives ``["out/fox.ipynb"]``.
    """
    rest = _arguments(command, _EXECUTE)
    given: dict[str, str] = {}
    arguments = iter(rest)
    plain = []
    for argument in arguments:
        if argument in _TAKE_TWO:
            name = next(arguments, "")
            given[name] = next(arguments, "")
        else:
            plain.append(argument)
    paths = _notebooks(plain)
    if "papermill" in [_program(word) for word in command[:4]]:
        written = paths[1:2] or paths[:1]
        return [re.sub(r"\{(\w+)\}", lambda gap: given.get(gap[1], gap[0]), path) for path in written]
    return paths if len(paths) == 1 else []


def id_by_code(notebook: Path, code: str) -> str:
    """A cell's id by its code, where none is sent: the file's if one cell alone has it, else one made of it."""
    try:
        ids = _ids(notebook, notebook.stat().st_mtime_ns).get(code, [])
    except OSError:
        ids = []
    return ids[0] if len(ids) == 1 else hashlib.sha256(code.encode(errors="replace")).hexdigest()[:16]


@functools.lru_cache(maxsize=8)
def _ids(notebook: Path, _changed: int) -> Mapping[str, list[str]]:
    """The ids of a notebook's cells, by their code."""
    found: dict[str, list[str]] = {}
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        for cell in json.loads(notebook.read_bytes())["cells"]:
            if "id" in cell:
                found.setdefault("".join(cell["source"]), []).append(str(cell["id"]))
    return found


def _arguments(command: Sequence[str], programs: Sequence[str]) -> Sequence[str]:
    """What stands behind a program's name, as in ``python -m papermill ...`` or ``/bin/papermill ...``."""
    at = next((number for number, word in enumerate(command[:4]) if _program(word) in programs), None)
    return () if at is None else command[at + 1 :]


def _program(word: str) -> str:
    return re.split(r"[/\\]", word)[-1].removesuffix(".exe").removesuffix("-script.py")


def _notebooks(arguments: Sequence[str]) -> list[str]:
    return [one for one in arguments if one.endswith(".ipynb") and not one.startswith("-") and _is_local(one)]


def _is_local(path: str) -> bool:
    return path.endswith(".ipynb") and "://" not in path


def _found(path: str, folders: Sequence[Path]) -> Path | None:
    there = (Path(os.path.abspath(folder / path)) for folder in folders)  # noqa: PTH100 - as the shell names it
    return next((path for path in there if path.is_file()), None)


def _launcher() -> Launcher:
    parent = os.environ.get("JPY_PARENT_PID", "")
    return _process(int(parent) if parent.isdecimal() else os.getppid())


@functools.lru_cache(maxsize=1)
def _process(number: int) -> Launcher:
    try:
        import psutil  # which every ipykernel brings
    except ImportError:
        return Launcher(())
    with contextlib.suppress(psutil.Error, OSError):
        process = psutil.Process(number)
        command, environ = process.cmdline(), process.environ()
        return Launcher(command, tuple(_folders(process, environ)), environ)
    return Launcher(())


def _folders(process: Any, environ: Mapping[str, str]) -> Iterator[Path]:
    yield Path(process.cwd())
    if "PWD" in environ:  # papermill goes elsewhere with --cwd
        yield Path(environ["PWD"])
