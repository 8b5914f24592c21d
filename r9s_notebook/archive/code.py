"""Click to code: the Python that makes a call without the lab, and that repeats a run."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from r9s_notebook.capabilities import capabilities
from r9s_notebook.errors import HistoryError
from r9s_notebook.formats import SUFFIXES
from r9s_notebook.history import Run, Store
from r9s_notebook.parameters import EDIT, GENERATION, PARAMETERS
from r9s_notebook.translation import Message

_IN_PARTS = frozenset(name for name, parameter in PARAMETERS.items() if parameter.effect == "parts")
"""The script waits for the whole answer."""

_FOREIGN = "# The picture was made with these as well, which the images API does not have:\n"
_CONSTRUCTORS = {"offline": "R9S.offline()", "api": "R9S.from_env()", "replay": "R9S.replay({recording!r})"}


def call_code(
    params: Mapping[str, Any],
    *,
    client: str,
    image: Path | None = None,
    mask: Path | None = None,
    recording: Path | None = None,
    varied: Mapping[str, Sequence[Any]] | None = None,
) -> str:
    """A script that runs as it stands: one call, and its images saved beside it; or a sweep, kept in the history.

    Args:
        params: The call's parameters by name, as they are sent.
        client: ``"api"``, ``"offline"`` or ``"replay"``.
        image: The file that an edit starts from; None makes it a generation.
        mask: The file of the edit's mask.
        recording: What a client of ``"replay"`` replays.
        varied: The values of the prompt's gaps, by their names, where it has gaps.
    """
    operation = "create" if image is None else "edit"
    files = {"image": image, "mask": mask}
    arguments = [f"{name}=Path({_written(path)!r})" for name, path in files.items() if path is not None]
    arguments += [f"{name}={value!r}" for name, value in params.items() if name not in _IN_PARTS]
    suffix = SUFFIXES.get(f"image/{params.get('output_format')}", "png")
    constructor = _CONSTRUCTORS.get(client, _CONSTRUCTORS["api"]).format(recording=_written(recording or Path()))
    if varied is not None:
        return _sweep_code(params, varied, constructor, arguments)
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


def _sweep_code(
    params: Mapping[str, Any], varied: Mapping[str, Sequence[Any]], constructor: str, arguments: Sequence[str]
) -> str:
    several = {name: list(values) for name, values in varied.items()}
    named = [f"{name}={values!r}" for name, values in several.items() if name.isidentifier()]
    if others := {name: values for name, values in several.items() if not name.isidentifier()}:
        named.append(f"**{others!r}")  # a choice is called as it is written
    own = [argument for argument in arguments if not argument.startswith("prompt=")]
    lines = [
        *(["from pathlib import Path", ""] if any("Path(" in argument for argument in own) else []),
        "from r9s_notebook import R9S, sweep",
        "",
        f"with {constructor} as r9s:",
        "    runs = sweep(",
        *(f"        {argument}," for argument in (repr(params["prompt"]), "client=r9s", *own, *named)),
        "    ).run()",
    ]
    return "\n".join(lines) + "\n"


def run_code(run: Run, store: Store, *, picture: int | None = None) -> str:
    """A script that runs as it stands: the same call again, its source image and its mask read from the store.

    It asks the embedded API for what that made, and a service for all else. What the API has no parameter for, as in
    pictures of other programs, is a comment.

    Args:
        run: Any run, a failed one too.
        store: Where its images are.
        picture: Only the picture at this position, which the service must have given a seed.

    Raises:
        HistoryError: The source image or the mask is missing from the store, or there was no prompt.
    """
    if run.kind == "edit" and run.source is None:
        raise HistoryError(
            Message(
                "This edit came here as a picture alone, without the image that it edited, so no code can repeat it."
            )
        )
    if not run.prompt:
        raise HistoryError(Message("This picture came here without a prompt, so no code can repeat it."))
    known = EDIT if run.kind == "edit" else GENERATION
    params = {"prompt": run.prompt, **{name: value for name, value in run.params.items() if name in known}}
    params |= _seed_of(run) if picture is None else {"seed": run.images[picture].seed, "n": 1}
    code = call_code(params, client=_made_by(run), image=_file(store, run.source), mask=_file(store, run.mask_png))
    # A picture's own words name them, so no name may end the comment.
    others = {name: value for name, value in run.params.items() if name not in known and name.isidentifier()}
    foreign = [f"# {name}={value!r}\n" for name, value in others.items()]
    return "".join([_FOREIGN, *foreign, "\n", code]) if foreign else code


def _seed_of(run: Run) -> dict[str, int]:
    """The seed that the service chose, where it says so and takes one: with it the call makes the same pictures."""
    seeds = [image.seed for image in run.images]
    if not seeds or seeds[0] is None or run.params.get("seed") is not None:
        return {}
    known = capabilities(run.served_model or run.requested_model)
    takes_one = not known.known or "seed" in (known.edit_parameters if run.kind == "edit" else known.parameters)
    return {"seed": seeds[0]} if takes_one else {}


def _made_by(run: Run) -> str:
    model = run.served_model or run.requested_model
    if model is None or capabilities(model).known:  # a service's: the embedded API need not be started to tell
        return "api"
    return "offline" if model in _embedded_models() else "api"


@functools.cache
def _embedded_models() -> frozenset[str | None]:
    from r9s_notebook.client import R9S  # which a history needs for nothing else

    with R9S.offline() as client:
        return frozenset(model.model for model in client.models())


def _file(store: Store, sha256: str | None) -> Path | None:
    return None if sha256 is None else store.image_path(sha256)


def _written(path: Path) -> str:
    """Relative to the working folder or the user's own: the code moves with the notebook, and names nobody."""
    whole = path.absolute()
    if whole.is_relative_to(Path.cwd()):
        return whole.relative_to(Path.cwd()).as_posix()
    with contextlib.suppress(RuntimeError):  # there is no such folder
        if whole.is_relative_to(Path.home()):
            return f"~/{whole.relative_to(Path.home()).as_posix()}"
    return path.as_posix()
