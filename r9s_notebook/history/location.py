"""Where a store lives: beside the notebook, where ``R9S_NOTEBOOK_HOME`` says, or in the user's data folder."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from r9s_notebook.errors import StoreUnavailableError
from r9s_notebook.history.files import lay_out
from r9s_notebook.translation import Message

FOLDER = ".r9s"
DATABASE = "history.db"
_VISITORS = "visitors"  # of an app, each with a history of their own in a folder there

_ELSEWHERE = Message("The folder {folder} cannot be used ({why}), so runs are kept in {path}.")
_FOR_A_WHILE = Message(
    "The folder {folder} cannot be used ({why}), so runs are kept in {path}, which the system may empty."
)


@dataclass(frozen=True)
class Home:
    """A store's folder, ready for use.

    Attributes:
        path: Absolute.
        notice: Why it is not where one would look for it, as a sentence for the user.
        writable: False for a recorded store on a medium that cannot be written.
        frozen: Nothing in it may change, and it is read as it is now, whoever writes to it later.
    """

    path: Path
    notice: str | None = None
    writable: bool = True
    frozen: bool = False


def find_home(asked: Path | None, environ: Mapping[str, str] = os.environ, *, beside: Path | None = None) -> Home:
    """Chooses the folder and prepares it: the one that was ``asked`` for, or one ``beside`` which the notebook lies.

    A folder that was named in code is used or refused, and is only read where it cannot be written but holds a history.
    A folder that was not named may be replaced by another one, with a notice.

    Raises:
        StoreUnavailableError: The named folder cannot be used, or none can.
    """
    if asked is not None:
        return _named(asked.expanduser().absolute())
    named = environ.get("R9S_NOTEBOOK_HOME")
    wanted = Path(named).expanduser().absolute() if named else (beside or Path.cwd()) / FOLDER
    reason = _prepare(wanted)
    if reason is None:
        return Home(wanted)
    for path, remark in _elsewhere(environ):
        if _prepare(path) is None:
            about = {"folder": wanted, "why": reason, "path": path}
            return Home(path, Message(remark, **about))
    raise StoreUnavailableError(
        Message(
            "No folder for the history can be written: neither {folder} ({why}) nor the user's data "
            "folder. Set R9S_NOTEBOOK_HOME to a folder that can be written.",
            folder=wanted,
            why=reason,
        )
    )


def home_of_visitor(home: Path, name: str) -> Path:
    """The folder of one visitor's history within that of the notebook, by 64 hexadecimal digits."""
    folder = home / _VISITORS
    folder.mkdir(exist_ok=True)
    return folder / name


def home_of_app(home: Path) -> Path | None:
    """The folder of the notebook's own history, where ``home`` is that of a visitor; None where it is not."""
    is_visitors = home.parent.name == _VISITORS and re.fullmatch("[0-9a-f]{64}", home.name)
    return home.parent.parent if is_visitors else None


def project_of(home: Path) -> Path:
    """The folder of the project whose history it is, also where a visitor of its notebook has one."""
    return (home_of_app(home) or home).parent


def user_data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where programs keep a user's data on this system."""
    home = Path(environ.get("HOME") or Path.home())
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "r9s_notebook"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "r9s_notebook"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "r9s_notebook"


def _elsewhere(environ: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    yield user_data_folder(environ) / "history", _ELSEWHERE
    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    yield Path(tempfile.gettempdir()) / f"r9s_notebook-{user}", _FOR_A_WHILE


def _named(path: Path) -> Home:
    reason = _prepare(path)
    if reason is None:
        return Home(path)
    if (path / DATABASE).is_file():
        told = Message("The history in {path} can be read but not written ({why}).", path=path, why=reason)
        return Home(path, told, writable=False)
    raise StoreUnavailableError(
        Message("The folder {path} cannot be used for the history ({why}). Name another folder.", path=path, why=reason)
    )


def _prepare(path: Path) -> str | None:
    """None where the folder is ready, otherwise why it is not."""
    try:
        lay_out(path)
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return None
