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
from r9s_notebook.history import Run, Spent
from r9s_notebook.imaging import Mask, OutsideChange
from r9s_notebook.parameters import PARAMETERS
from r9s_notebook.session.request import NAMED, Request
from r9s_notebook.translation import ENGLISH, Message, language, ngettext, number, translated
from r9s_notebook.translation import gettext as _

if TYPE_CHECKING:
    from r9s_notebook.session.form import Form

StatusKind = Literal["idle", "running", "done", "notice", "error"]

CANCELLING = Message("Cancelling …")
TAKEN_OUT = Message("Taken out of the queue: it was not sent, and not billed.")
CANCELLED = Message("Cancelled. The run is kept in the history.")
FETCHING = Message("Fetching the pictures from their links")
KEEPING_OUTSIDE = Message("Putting the pixels of the source back outside the mask")
PAINT_NOW = Message("Paint over what should change, say what it should become, and press Edit image.")
ONE_SWEEP = Message("A sweep is under way: wait for its end, or cancel it first.")
FIRST_FRAME = Message("The image has several frames: the first one is edited.")
NO_LIST = Message("This service lists no models: choose a known one, or type a name.")
NOTHING_PAINTED = Message(
    "Nothing is painted: paint over what should change. To edit the whole picture, press Edit image again, "
    "or in code: generate(whole=True)."
)

_ADVICE = (
    (AuthenticationError, Message("Check the key in R9S_API_KEY, or work without one: Studio(R9S.offline()).")),
    (PermissionDeniedError, Message("This key may not use this model: choose another model, or ask for access.")),
    (NotFoundError, Message("Check the model's name and the address in R9S_BASE_URL.")),
)
_BY_TOPIC = {
    "moderation": Message("The service's moderation refused it: change the prompt or the picture."),
    "credit": Message("The account has no credit left: top it up at the service, or use another key."),
}
_REMEDIES = {
    "fetch_again": Message("From the links that came; costs nothing"),
    "ask_for_base64": Message("Sends the run again, for pictures in the answer itself; is billed like any run"),
}
_IN_STATE = {
    "running": Message("{calls:,} running"),
    "waiting": Message("{calls:,} waiting"),
    "failed": Message("{calls:,} failed"),
    "cancelled": Message("{calls:,} cancelled"),
}
_NOT_UNDERSTOOD = re.compile(r"Drawn by the sketch engine.*Not understood: (.+?)\.?$")  # as its revised prompts say it
_REPLAYING = Message("Replaying recorded runs: no key and no network are used.")


def starts(calls: int) -> str:
    """What the button says before it sends every combination of a prompt's gaps."""
    return ngettext("Start {count:,} call", "Start {count:,} calls", calls)


def meant_calls(calls: int) -> str:
    """The prompt has gaps, and the button had not said so yet when it was pressed."""
    return _(
        "Nothing is sent yet: the gaps of the prompt make {calls:,} of it. Press {button}, or draw one.",
        calls=calls,
        button=starts(calls),
    )


def sweeping(calls: int, left: int) -> str:
    """Calls of a sweep are under way; of one that a kernel's end had cut off, those that are left."""
    if left < calls:
        return _(
            "It goes on where the kernel's end had cut it off: {left:,} of {calls:,} calls are left to send.",
            left=left,
            calls=calls,
        )
    return _("{calls:,} calls are sent one after the other: beside the form is how far they are.", calls=calls)


def swept(counts: Mapping[str, int], calls: int) -> str:
    """A sweep has ended."""
    said = [_("{done:,} of {calls:,} calls done", done=counts.get("done", 0), calls=calls)]
    said += [_(_IN_STATE[state], calls=several) for state, several in counts.items() if state != "done"]
    return f"{', '.join(said)}."


def named_as_parameter(name: str) -> str:
    """A gap is called as a parameter that the form sends."""
    return Message(
        "{gap} in the prompt is called as the parameter {name}, which is sent as well: call the gap otherwise.",
        gap=f"{{{name}}}",
        name=name,
    )


def on_colab(home: Path) -> str:
    """The history goes with the machine."""
    return _(
        "Colab deletes {folder} when it takes the machine back. To keep your runs, mount your Drive and set "
        "R9S_NOTEBOOK_HOME to a folder on it before you open a studio.",
        folder=home,
    )


def standing_notice(kind: str, models: Sequence[Capabilities], of_store: str | None) -> str:
    """What the user should know all the time: what is behind the lab, and what is odd about its store."""
    said = translated(_REPLAYING) if kind == "replay" else ""
    if kind == "offline":
        said = " ".join(
            [_("Offline."), *(_(one.description) for one in models), _("Set R9S_API_KEY to use a service.")]
        )
    return " ".join(part for part in (said, translated(of_store or "")) if part)


def meant_whole(mask: Mask) -> str:
    """Asks whether a mask of nothing or of everything is meant."""
    if mask.is_empty:
        return _("Nothing is painted. Paint what should change, or press Edit image again to change it all.")
    return _("The mask covers everything. Paint what should change, or press Edit image again to change it all.")


def adjusted(before: Form, after: Form, former: Capabilities) -> str:
    """What had been chosen and another model does not take; ``""`` for nothing, or what was a default."""
    usual = {"size": former.default_size, "quality": former.default_quality, "n": 1}
    changed = [
        _("{name} {was} is {now} now", name=name, was=was, now=now or _("its default"))
        for name in NAMED
        if (was := getattr(before, name)) not in ("", usual.get(name)) and (now := getattr(after, name)) != was
    ]
    model = after.model or _("The model")
    return _("{model} takes other values: {changes}.", model=model, changes=", ".join(changed)) if changed else ""


def doing(request: Request) -> str:
    """What happens now."""
    editing, n, model = request.kind == "edit", request.n, request.model
    if editing and model:
        return ngettext("Editing {count} image with {model}", "Editing {count} images with {model}", n, model=model)
    if editing:
        return ngettext("Editing {count} image", "Editing {count} images", n)
    if model:
        return ngettext(
            "Generating {count} image with {model}", "Generating {count} images with {model}", n, model=model
        )
    return ngettext("Generating {count} image", "Generating {count} images", n)


def waiting(doing: str, model_is: str) -> str:
    """The same, and what its model is at before it can begin."""
    return f"{doing} ({model_is})" if model_is else doing


def too_dear(price: float | None, spent: float, most: float) -> str:
    """Why a call is not sent, where the lab has a cap."""
    about = {"most": dollars(most), "spent": dollars(spent)}
    if price is None:
        return Message(
            "Not sent: what it costs is not known, and this lab may spend {most}, and has spent {spent}. Choose size "
            "and quality, or write the model's price into models.json beside the history.",
            **about,
        )
    return Message(
        "Not sent: it costs {price}, and this lab may spend {most}, and has spent {spent}. Raise session.max_cost, or "
        "ask for less.",
        price=dollars(price),
        **about,
    )


def dollars(amount: float) -> str:
    """An amount to read: in cents, or as exactly as it needs."""
    exact = abs(float(f"{amount:.2f}") - amount) < 1e-9
    return _("${amount}", amount=number(amount, ".2f" if exact else ".3g"))


def spent_so_far(spent: Spent) -> str:
    """What runs have cost, and of how many that is not known."""
    unknown = ngettext("what {count:,} run cost is not known", "what {count:,} runs cost is not known", spent.unknown)
    cents = spent.dollars >= 0.005 or not spent.dollars
    amount = _("${amount}", amount=number(spent.dollars, ".2f" if cents else ".2g"))
    if not spent.unknown:
        return amount
    return _("{amount}, and {unknown}", amount=amount, unknown=unknown) if spent.known else unknown


def refused(some: Iterable[tuple[str, str]]) -> str:
    """What a service has refused of a model before."""
    values = ", ".join(f"{name}={value}" for name, value in some)
    return _("This service refused {values} with this model.", values=values)


def waits(before: int) -> str:
    """What was sent, and is not under way yet."""
    return ngettext(
        "Sent: it waits for the run before it. The draft is free to change.",
        "Sent: it waits for the {count} runs before it. The draft is free to change.",
        before,
    )


def draft_not_kept(error: R9SNotebookError) -> str:
    """Why what is written here would not outlive the kernel."""
    why = translated(error.message).rstrip(".")
    return _("What is written here cannot be kept ({why}): send it before the kernel ends.", why=why)


def done(run: Run, change: OutsideChange | None) -> tuple[StatusKind, str]:
    """How it went, and what was not as asked, in the client's words."""
    images = _images(len(run.images))
    took = run.elapsed is not None and _("{images} in {seconds:.1f} s", images=images, seconds=run.elapsed)
    own = map(translated, notices(run.params, len(run.images), run.served_model))
    told = [*own, *(run.answer or {}).get("notices", ())]
    found = (_NOT_UNDERSTOOD.match(image.revised_prompt or "") for image in run.images)
    told += [_("Not understood: {words}.", words=one[1]) for one in found if one is not None]
    odd = [*dict.fromkeys(told), *([] if change is None else [translated(change.told)])]
    return ("notice" if odd else "done"), " ".join([f"{took or images}{'.' if odd else ''}", *odd])


def outside_kept(_run: Run, _change: OutsideChange | None) -> tuple[StatusKind, str]:
    """How putting the pixels back went."""
    return "done", _("Outside the mask, the pixels of the source are back.")


def _images(n: int) -> str:
    return ngettext("{count} image", "{count} images", n)


def sentence(error: BaseException) -> str:
    """One or two sentences for the status line, never a traceback.

    The service's own reason comes first where it gave one; what to do about it follows.
    """
    if not isinstance(error, R9SNotebookError):
        return _(
            "The lab itself failed ({error}). The run is kept, so you can try it again.",
            error=f"{type(error).__name__}: {error}",
        )
    return " ".join(part for part in (_ended(_message(error)), translated(_what_to_do(error))) if part)


def _message(error: R9SNotebookError) -> str:
    if not isinstance(error, ParameterError):
        return translated(error.message)
    name, own = error.parameter, PARAMETERS.get(error.parameter)
    spoken = name if len(name) == 1 else name.replace("_", " ").capitalize()
    if own is not None and own.label and language() != ENGLISH:
        spoken = _(own.label)
    return _("{parameter} {reason}", parameter=spoken, reason=translated(error.reason))


def _what_to_do(error: R9SNotebookError) -> str:
    if isinstance(error, R9SError) and error.topic:
        return _BY_TOPIC[error.topic]
    if isinstance(error, RateLimitError):
        if re.search(r"try again in \d", error.message, re.IGNORECASE):
            return ""  # the service has said it
        named = Message("Wait {seconds:.0f} seconds, then try again.", seconds=error.retry_after or 0)
        return Message("Wait a minute, then try again.") if error.retry_after is None else named
    advice = next((advice for kind, advice in _ADVICE if isinstance(error, kind)), "")
    if isinstance(error, R9SError) and error.status_code >= 500:
        advice = Message("It was not your request: try again in a moment.")
    if isinstance(error, NoResponseError) and not error.sent:
        advice = Message("Nothing was sent, so nothing was billed.")
    return advice


def remedies(run: Run | None, accepts: Capabilities) -> dict[str, str]:
    """What can be done for pictures whose links are all there is: actions of a session, and what they do."""
    if run is None:
        return {}
    own = accepts.edit_parameters if run.kind == "edit" else accepts.parameters
    asked = run.params.get("response_format") == "b64_json"
    can = {"fetch_again": run.error_type != "UnsafeURLError", "ask_for_base64": not asked and "response_format" in own}
    return {name: translated(tooltip) for name, tooltip in _REMEDIES.items() if can[name]}


def _ended(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?" else text + "."
