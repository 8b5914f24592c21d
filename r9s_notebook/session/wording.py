"""What the status line and the banner say: sentences, in one place, so that they sound like one voice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from r9s_notebook.client.capabilities import Capabilities
from r9s_notebook.client.notices import notices
from r9s_notebook.history import Run
from r9s_notebook.imaging import Mask, OutsideChange
from r9s_notebook.session.request import Request

StatusKind = Literal["idle", "running", "done", "notice", "error"]

CANCELLING = "Cancelling …"
CANCELLED = "Cancelled. The run is kept in the history."
KEEPING_OUTSIDE = "Putting the pixels of the source back outside the mask"
OUTSIDE_KEPT = "Outside the mask, the pixels of the source are back."
PAINT_NOW = "Paint over what should change, say what it should become, and press Edit image."
NOTHING_PAINTED = (
    "Nothing is painted: paint over what should change. To edit the whole picture, press Edit image again, "
    "or in code: generate(whole=True)."
)

_REPLAYING = "Replaying recorded runs: no key and no network are used."


def standing_notice(kind: str, models: Sequence[Capabilities], of_store: str | None) -> str:
    """What the user should know all the time: what is behind the lab, and what is odd about its store."""
    said = _REPLAYING if kind == "replay" else ""
    if kind == "offline":
        said = " ".join(["Offline.", *(one.description for one in models), "Set R9S_API_KEY to use a service."])
    return " ".join(part for part in (said, of_store or "") if part)


def meant_whole(mask: Mask) -> str:
    """Asks whether a mask of nothing or of everything is meant."""
    painted = "Nothing is painted" if mask.is_empty else "The mask covers everything"
    return f"{painted}. Paint what should change, or press Edit image again to change it all."


def doing(request: Request) -> str:
    """What happens now."""
    verb = "Editing" if request.kind == "edit" else "Generating"
    return f"{verb} {_images(request.n)}{f' with {request.model}' if request.model else ''}"


def done(run: Run, change: OutsideChange | None) -> tuple[StatusKind, str]:
    """How it went, and what was not as asked, in the client's words."""
    took = f" in {run.elapsed:.1f} s" if run.elapsed is not None else ""
    odd = [*notices(run.params, len(run.images), run.served_model), *([] if change is None else [str(change)])]
    return ("notice" if odd else "done"), " ".join([f"{_images(len(run.images))}{took}{'.' if odd else ''}", *odd])


def _images(n: int) -> str:
    return "1 image" if n == 1 else f"{n} images"
