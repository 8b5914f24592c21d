"""Click to code: the Python that makes a call without the lab."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from r9s_notebook.formats import SUFFIXES
from r9s_notebook.parameters import PARAMETERS

_IN_PARTS = frozenset(name for name, parameter in PARAMETERS.items() if parameter.effect == "parts")
"""The script waits for the whole answer."""

_CONSTRUCTORS = {"offline": "R9S.offline()", "api": "R9S.from_env()", "replay": "R9S.replay({recording!r})"}


def call_code(
    params: Mapping[str, Any],
    *,
    client: str,
    image: Path | None = None,
    mask: Path | None = None,
    recording: Path | None = None,
) -> str:
    """A script that runs as it stands: one call, and its images saved beside it.

    Args:
        params: The call's parameters by name, as they are sent.
        client: ``"api"``, ``"offline"`` or ``"replay"``.
        image: The file that an edit starts from; None makes it a generation.
        mask: The file of the edit's mask.
        recording: What a client of ``"replay"`` replays.
    """
    operation = "create" if image is None else "edit"
    files = {"image": image, "mask": mask}
    arguments = [f"{name}=Path({_written(path)!r})" for name, path in files.items() if path is not None]
    arguments += [f"{name}={value!r}" for name, value in params.items() if name not in _IN_PARTS]
    suffix = SUFFIXES.get(f"image/{params.get('output_format')}", "png")
    constructor = _CONSTRUCTORS.get(client, _CONSTRUCTORS["api"]).format(recording=_written(recording or Path()))
    lines = [
        "from pathlib import Path",
        "",
        "from r9s_notebook import R9S",
        "",
        f"with {constructor} as r9s:",
        f"    result = r9s.images.{operation}(",
        *(f"        {argument}," for argument in arguments),
        "    )",
        "    for number, image in enumerate(result.data):",
        f'        Path(f"result_{{number}}.{suffix}").write_bytes(r9s.images.read(image))',
    ]
    return "\n".join(lines) + "\n"


def _written(path: Path) -> str:
    """Relative to the working folder or the user's own: the code moves with the notebook, and names nobody."""
    whole = path.absolute()
    if whole.is_relative_to(Path.cwd()):
        return whole.relative_to(Path.cwd()).as_posix()
    with contextlib.suppress(RuntimeError):  # there is no such folder
        if whole.is_relative_to(Path.home()):
            return f"~/{whole.relative_to(Path.home()).as_posix()}"
    return path.as_posix()
