"""From a call's parameters to the request that is sent: what is not given is not sent."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import httpx

from r9s_notebook._version import __version__
from r9s_notebook.client.addresses import is_own
from r9s_notebook.client.decoding import ENCODINGS
from r9s_notebook.client.retries import Policy, RetryConfig, policy
from r9s_notebook.client.settings import Settings, endpoint, problem_in, seconds, secrets_in
from r9s_notebook.client.signatures import OPTIONS, UNSET
from r9s_notebook.errors import InputError
from r9s_notebook.parameters import EDIT, GENERATION, Parameter
from r9s_notebook.translation import Message

AGENT: Final = f"r9s-notebook/{__version__}"


class Call(NamedTuple):
    """One request, ready to be sent as often as its policy allows."""

    request: httpx.Request  # whole, the key among its headers, which hide it from their repr
    seconds: float  # the whole call's deadline
    rules: Policy  # when it may be sent again
    asked: Mapping[str, Any] = MappingProxyType({})  # without files: to compare with what came
    guarded: bool = False  # to whom an answer's link names, over connections that judge their addresses
    plainer: Callable[[], Call] | None = None  # the same without what nobody asked for, where there is such a thing


def generation(settings: Settings, parameters: Mapping[str, Any]) -> Call:
    """The request of ``images.create``."""

    def made(body: dict[str, Any]) -> Call:
        try:
            content = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        except UnicodeEncodeError:
            raise _half_a_character() from None
        except (TypeError, ValueError) as error:
            raise InputError(Message("A parameter cannot be sent as JSON: {why}.", why=error)) from None
        return _call(settings, parameters, "/images/generations", body, content=content)

    return _asked(settings, parameters, _body(settings, parameters, GENERATION), made)


def edit(settings: Settings, parameters: Mapping[str, Any]) -> Call:
    """The request of ``images.edit``: a form, whose files are sent from where they are, in as many tries as it takes.

    Raises:
        InputError: An image or a mask that the model does not take, and that cannot be converted without a loss.
    """
    from r9s_notebook.capabilities import capabilities
    from r9s_notebook.client.uploads import uploads

    body = _body(settings, parameters, EDIT)
    images, mask = body.pop("image", None), body.pop("mask", None)
    if images is None:
        raise InputError("An edit needs an image: pass image=.")
    files = [(name, tuple(file)) for name, *file in uploads(images, mask, capabilities(body.get("model")))]

    def made(body: dict[str, Any]) -> Call:
        try:
            return _call(settings, parameters, "/images/edits", body, data=_form(body), files=files)
        except UnicodeEncodeError:
            raise _half_a_character() from None

    return _asked(settings, parameters, body, made)


def _asked(
    settings: Settings, parameters: Mapping[str, Any], body: dict[str, Any], made: Callable[[dict[str, Any]], Call]
) -> Call:
    """The call, which asks for base64 where nothing was asked and the service is on one's own computer or network.

    A link of such a service often leads to its own disk, or to where only it can reach. Whoever refuses to be asked
    for base64 is called again without.
    """
    url = parameters.get("server_url") or settings.server_url
    if "response_format" in body or not _takes_base64(url, body.get("model")):
        return made(body)
    return made({**body, "response_format": "b64_json"})._replace(plainer=partial(made, body))


@lru_cache(maxsize=256)
def _takes_base64(server_url: str, model: str | None) -> bool:
    from r9s_notebook.capabilities import capabilities

    own = is_own(endpoint(server_url, "").host)
    return own and "response_format" in capabilities(model).parameters


def listing(settings: Settings) -> Call:
    """The request for the list of models."""
    rules = policy(settings.retries, given=settings.retries is not None)
    url = endpoint(settings.server_url, "/models")
    request = httpx.Request("GET", url, headers=_headers(settings, {"Accept": "application/json"}))
    return Call(request, seconds(settings.timeout_ms), rules)


def _half_a_character() -> InputError:
    return InputError(
        Message(
            "The text holds half of a character (a lone surrogate), which cannot be sent. It often "
            "comes from text that was cut in two: type it again."
        )
    )


def _body(settings: Settings, parameters: Mapping[str, Any], known: Mapping[str, Parameter]) -> dict[str, Any]:
    body = {name: value for name, value in parameters.items() if value is not None and name not in OPTIONS}
    if settings.model is not None:
        body.setdefault("model", settings.model)
    unknown = body.keys() - known.keys()
    if unknown:
        _refuse_misspelt(sorted(unknown), known, body.get("model"))
    prompt = body.get("prompt")
    if not isinstance(prompt, str):
        raise InputError("A call needs a prompt: the words that say what to make, as text.")
    return body


def _refuse_misspelt(unknown: list[str], known: Iterable[str], model: str | None) -> None:
    """A model that is known takes nothing of nearly the same name; one that is not may take anything."""
    import difflib

    from r9s_notebook.capabilities import capabilities

    if model is not None and not capabilities(model).known:
        return
    for name in unknown:
        close = difflib.get_close_matches(name, [*known, *OPTIONS], n=1, cutoff=0.75)
        if close:
            raise InputError(f"There is no parameter {name!r}. Did you mean {close[0]!r}?")


def _call(settings: Settings, parameters: Mapping[str, Any], path: str, asked: dict[str, Any], **content: Any) -> Call:
    timeout_ms, added = parameters.get("timeout_ms"), parameters.get("http_headers")
    problem = problem_in(added) if added else None
    if problem is not None:
        raise InputError(problem)
    given = "retries" in parameters and parameters["retries"] is not UNSET
    retries = parameters["retries"] if given else settings.retries
    if retries is not None and not isinstance(retries, RetryConfig):
        raise InputError("retries takes a RetryConfig of r9s_notebook, or None to send exactly once.")
    own = {
        "Accept": "text/event-stream, application/json" if asked.get("stream") else "application/json",
        "Accept-Encoding": ", ".join(ENCODINGS),
        # The same for every try of this call: a service that keeps it does the work, and bills it, once.
        "Idempotency-Key": os.urandom(16).hex(),
    }
    if "content" in content:
        own["Content-Type"] = "application/json"  # a form's has its boundary in it, and comes with it
    url = endpoint(parameters.get("server_url") or settings.server_url, path)
    rules = policy(retries, given=given or retries is not None)
    whole = seconds(settings.timeout_ms if timeout_ms is None else timeout_ms)
    # With the headers last, no frame of an error's traceback holds the key.
    return Call(httpx.Request("POST", url, headers=_headers(settings, own, added), **content), whole, rules, asked)


def _headers(settings: Settings, own: Mapping[str, str], added: Mapping[str, str] | None = None) -> Any:
    """All headers of a request: the call's before the client's, and these before ``own``."""
    key = {} if settings.key is None else {"Authorization": f"Bearer {settings.key.reveal()}"}
    headers = {**own, "User-Agent": AGENT, **key}
    if not settings.headers and not added:
        return headers
    together = httpx.Headers(headers)
    for given in (settings.headers, secrets_in(added or {})):
        together.update({name: held.reveal() for name, held in given.items()})
    return together


def _form(body: Mapping[str, Any]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value, default=str) for name, value in body.items()}
