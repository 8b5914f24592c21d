"""What the lab says, in one place and in one voice: the status line, the banner, errors as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from r9s_notebook.capabilities import Capabilities
from r9s_notebook.client.notices import notices
from r9s_notebook.errors import (
    AuthenticationError,
    NoResponseError,
    NotFoundError,
    ParameterError,
    PermissionDeniedError,
    R9SError,
    R9SNotebookError,
    RateLimitError,
)
from r9s_notebook.history import Run
from r9s_notebook.imaging import Mask, OutsideChange
from r9s_notebook.session.request import NAMED, Request

if TYPE_CHECKING:
    from r9s_notebook.session.form import Form

StatusKind = Literal["idle", "running", "done", "notice", "error"]

CANCELLING = "Cancelling …"
TAKEN_OUT = "Taken out of the queue: it was not sent, and not billed."
CANCELLED = "Cancelled. The run is kept in the history."
FETCHING = "Fetching the pictures from their links"
KEEPING_OUTSIDE = "Putting the pixels of the source back outside the mask"
PAINT_NOW = "Paint over what should change, say what it should become, and press Edit image."
ONE_SWEEP = "A sweep is under way: wait for its end, or cancel it first."
FIRST_FRAME = "The image has several frames: the first one is edited."
NO_LIST = "This service lists no models: choose a known one, or type a name."
NOTHING_PAINTED = (
    "Nothing is painted: paint over what should change. To edit the whole picture, press Edit image again, "
    "or in code: generate(whole=True)."
)

_ADVICE = (
    (AuthenticationError, "Check the key in R9S_API_KEY, or work without one: Studio(R9S.offline())."),
    (PermissionDeniedError, "This key may not use this model: choose another model, or ask for access."),
    (NotFoundError, "Check the model's name and the address in R9S_BASE_URL."),
)
_BY_TOPIC = {
    "moderation": "The service's moderation refused it: change the prompt or the picture.",
    "credit": "The account has no credit left: top it up at the service, or use another key.",
}
_REMEDIES = {
    "fetch_again": "From the links that came; costs nothing",
    "ask_for_base64": "Sends the run again, for pictures in the answer itself; is billed like any run",
}
_NOT_UNDERSTOOD = re.compile(r"Drawn by the sketch engine.*(Not understood: .+)")  # as its revised prompts say it
_REPLAYING = "Replaying recorded runs: no key and no network are used."


def starts(calls: int) -> str:
    """What the button says before it sends every combination of a prompt's gaps."""
    return f"Start {calls:,} call{'s' * (calls != 1)}"


def meant_calls(calls: int) -> str:
    """The prompt has gaps, and the button had not said so yet when it was pressed."""
    return f"Nothing is sent yet: the gaps of the prompt make {calls:,} of it. Press {starts(calls)}, or draw one."


def sweeping(calls: int, left: int) -> str:
    """Calls of a sweep are under way; of one that a kernel's end had cut off, those that are left."""
    if left < calls:
        return f"It goes on where the kernel's end had cut it off: {left:,} of {calls:,} calls are left to send."
    return f"{calls:,} calls are sent one after the other: beside the form is how far they are."


def swept(counts: Mapping[str, int], calls: int) -> str:
    """A sweep has ended."""
    others = "".join(f", {number:,} {state}" for state, number in counts.items() if state != "done")
    return f"{counts.get('done', 0):,} of {calls:,} calls done{others}."


def named_as_parameter(name: str) -> str:
    """A gap is called as a parameter that the form sends."""
    return f"{{{name}}} in the prompt is called as the parameter {name}, which is sent as well: call the gap otherwise."


def on_colab(home: Path) -> str:
    """The history goes with the machine."""
    return (
        f"Colab deletes {home} when it takes the machine back. To keep your runs, mount your Drive and set "
        "R9S_NOTEBOOK_HOME to a folder on it before you open a studio."
    )


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


def adjusted(before: Form, after: Form, former: Capabilities) -> str:
    """What had been chosen and another model does not take; ``""`` for nothing, or what was a default."""
    usual = {"size": former.default_size, "quality": former.default_quality, "n": 1}
    changed = [
        f"{name} {was} is {now or 'its default'} now"
        for name in NAMED
        if (was := getattr(before, name)) not in ("", usual.get(name)) and (now := getattr(after, name)) != was
    ]
    return f"{after.model or 'The model'} takes other values: {', '.join(changed)}." if changed else ""


def doing(request: Request) -> str:
    """What happens now."""
    verb = "Editing" if request.kind == "edit" else "Generating"
    return f"{verb} {_images(request.n)}{f' with {request.model}' if request.model else ''}"


def too_dear(price: float | None, spent: float, most: float) -> str:
    """Why a call is not sent, where the lab has a cap."""
    cap = f"this lab may spend {dollars(most)}, and has spent {dollars(spent)}"
    if price is None:
        return (
            f"Not sent: what it costs is not known, and {cap}. Choose size and quality, or write the model's price "
            "into models.json beside the history."
        )
    return f"Not sent: it costs {dollars(price)}, and {cap}. Raise session.max_cost, or ask for less."


def dollars(amount: float) -> str:
    """An amount to read: in cents, or as exactly as it needs."""
    cents = f"{amount:.2f}"
    return f"${cents}" if abs(float(cents) - amount) < 1e-9 else f"${amount:.3g}"


def refused(some: Iterable[tuple[str, str]]) -> str:
    """What a service has refused of a model before."""
    return f"This service refused {', '.join(f'{name}={value}' for name, value in some)} with this model."


def waits(before: int) -> str:
    """What was sent, and is not under way yet."""
    runs = "the run" if before == 1 else f"the {before} runs"
    return f"Sent: it waits for {runs} before it. The draft is free to change."


def draft_not_kept(error: R9SNotebookError) -> str:
    """Why what is written here would not outlive the kernel."""
    return f"What is written here cannot be kept ({error.message.rstrip('.')}): send it before the kernel ends."


def done(run: Run, change: OutsideChange | None) -> tuple[StatusKind, str]:
    """How it went, and what was not as asked, in the client's words."""
    took = f" in {run.elapsed:.1f} s" if run.elapsed is not None else ""
    told = [*notices(run.params, len(run.images), run.served_model), *(run.answer or {}).get("notices", ())]
    found = (_NOT_UNDERSTOOD.match(image.revised_prompt or "") for image in run.images)
    told += [one[1] for one in found if one is not None]
    odd = [*dict.fromkeys(told), *([] if change is None else [str(change)])]
    return ("notice" if odd else "done"), " ".join([f"{_images(len(run.images))}{took}{'.' if odd else ''}", *odd])


def outside_kept(_run: Run, _change: OutsideChange | None) -> tuple[StatusKind, str]:
    """How putting the pixels back went."""
    return "done", "Outside the mask, the pixels of the source are back."


def _images(n: int) -> str:
    return "1 image" if n == 1 else f"{n} images"


def sentence(error: BaseException) -> str:
    """One or two sentences for the status line, never a traceback.

    The service's own reason comes first where it gave one; what to do about it follows.
    """
    if not isinstance(error, R9SNotebookError):
        return f"The lab itself failed ({type(error).__name__}: {error}). The run is kept, so you can try it again."
    return " ".join(part for part in (_ended(_message(error)), _what_to_do(error)) if part)


def _message(error: R9SNotebookError) -> str:
    if not isinstance(error, ParameterError) or len(error.parameter) == 1:
        return error.message
    return f"{error.parameter.replace('_', ' ').capitalize()} {error.reason}"


def _what_to_do(error: R9SNotebookError) -> str:
    if isinstance(error, R9SError) and error.topic:
        return _BY_TOPIC[error.topic]
    if isinstance(error, RateLimitError):
        if re.search(r"try again in \d", error.message, re.IGNORECASE):
            return ""  # the service has said it
        wait = "a minute" if error.retry_after is None else f"{error.retry_after:.0f} seconds"
        return f"Wait {wait}, then try again."
    if isinstance(error, R9SError) and error.status_code >= 500:
        return "It was not your request: try again in a moment."
    if isinstance(error, NoResponseError) and not error.sent:
        return "Nothing was sent, so nothing was billed."
    return next((advice for kind, advice in _ADVICE if isinstance(error, kind)), "")


def remedies(run: Run | None, accepts: Capabilities) -> dict[str, str]:
    """What can be done for pictures whose links are all there is: actions of a session, and what they do."""
    if run is None:
        return {}
    own = accepts.edit_parameters if run.kind == "edit" else accepts.parameters
    asked = run.params.get("response_format") == "b64_json"
    can = {"fetch_again": run.error_type != "UnsafeURLError", "ask_for_base64": not asked and "response_format" in own}
    return {name: tooltip for name, tooltip in _REMEDIES.items() if can[name]}


def _ended(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?" else text + "."
