"""What a service gives as its reason, in any of the forms that services use, and what to do about it."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from r9s_notebook.translation import Message

_SHOWN: Final = 600
_MOST: Final = 2000  # names of an answer that are looked at
_DEEPEST: Final = 8

_BY_STATUS: Final = {
    # what it means, where the service does not say; what to do
    400: (Message("The service did not accept the request"), ""),
    401: (
        Message("The service did not accept the API key"),
        Message("Check it: R9S(api_key=...) or the environment's R9S_API_KEY."),
    ),
    402: (Message("The service asks for a payment first"), ""),
    403: (Message("The API key may not do this"), Message("Choose another model, or ask for access.")),
    404: (
        Message("The service has no such model or address"),
        Message("Check the model's name and server_url= (or R9S_BASE_URL)."),
    ),
    407: (
        Message("The proxy asks for a name and a password"),
        Message("Put both into its variable: http://name:password@host:port."),
    ),
    413: (Message("What was uploaded is too large for the service"), Message("Send a smaller image.")),
    422: (Message("The service understood the request and will not do it"), ""),
    429: (
        Message("Too many requests for now"),
        Message("Wait, then send it again; .retry_after has the seconds where they were named."),
    ),
    500: (Message("The service failed"), ""),
    502: (Message("The service behind the gateway failed"), ""),
    503: (Message("The service is not available now"), ""),
    504: (Message("The service behind the gateway did not answer in time"), ""),
}
_BY_TOPIC: Final = {
    "moderation": Message("The service's moderation refused it, as it will again. Change the prompt or the picture."),
    "credit": Message(
        "The account has no credit left: waiting does not help. Top it up at the service, or use another key."
    ),
}
_SERVER_FAILED: Final = Message(
    "It was not sent a second time, so that it is not billed twice. Ask for that with retries=."
)

_TOPICS: Final = {
    "moderation": re.compile(
        r"content[ _-]?(policy|filter|moderation)|moderat(ed|ion)(?! (must|should|may|can|takes|is not|level))"
        r"|safety[ _-]?(system|filter|check|guideline|setting|reason|violat)|^safety$|nsfw|flagged|data_?inspection"
        r"|inappropriate|sensitive|prohibited|violat\w+ .{0,40}(polic|terms|guideline)|policy violation",
        re.IGNORECASE | re.MULTILINE,
    ),
    "credit": re.compile(
        r"insufficient[ _-]?(account|balance|credit|fund|quota|user[ _]quota)|\bbalance\b|no credits?|out of credits?"
        r"|(credits?|quota|money) (is |are |has |have )?(been )?(exhausted|used up|run out|depleted)|overdue|billing"
        r"|exceeded your current quota|payment[ _]required|prepa(id|yment)|arrear|top[ -]?up|recharge|余额|欠费",
        re.IGNORECASE,
    ),
}

_REASONS: Final = (
    "errors", "errormessage", "errormsg", "errordescription", "message", "msg", "statusmsg", "errmsg", "detail",
    "details", "description", "reason", "failurereason", "failreason", "failure", "error", "refusal", "finishreason",
    "output", "choices", "candidates", "content", "parts", "text", "title", "code", "errorcode", "type",
)  # fmt: skip
"""The names under which a reason stands, the best first, in the spelling of ``plainly``."""
_CODES: Final = frozenset({"code", "errorcode", "type", "status", "reason", "finishreason"})
_FAILED: Final = re.compile(r"fail|error|reject|refus|block|cancel|filter|moderat|safety|expired", re.IGNORECASE)
_FINE: Final = frozenset({"", "0", "1", "ok", "success", "successful", "succeeded", "none", "null"})
_PAGE_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TAGS: Final = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)


def plainly(value: Mapping[str, Any]) -> dict[str, Any]:
    """An object's values by their names in the plainest spelling: ``errorMsg`` and ``error_msg`` are one."""
    return {_plain(name[:64]): held for name, held in islice(value.items(), _MOST)}


@lru_cache(maxsize=512)
def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def listed(value: Any) -> list[Any]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """The names and values in a JSON value, the outer ones first; not more of them than are worth looking at."""
    waiting = deque([("", value)])
    for _ in range(_MOST):
        if not waiting:
            return
        name, held = waiting.popleft()
        yield name, held
        several = held.items() if isinstance(held, dict) else ((name, one) for one in listed(held))
        waiting.extend(islice(several, _MOST))


def reason_in(value: Any, depth: int = _DEEPEST, *, fields: bool = True) -> str:
    """The service's own reason in a value; ``""`` where it gives none.

    ``fields`` takes an object that has no known name for a list of fields and what is wrong with each.
    """
    if isinstance(value, str):
        return " ".join(value.split())[:_SHOWN]
    if isinstance(value, list):
        several = (reason_in(one, depth - 1, fields=fields) for one in value[:10])
        return "; ".join(dict.fromkeys(filter(None, several)))[:_SHOWN]
    if not isinstance(value, dict) or depth == 0:
        return ""
    own = plainly(value)
    first = ["error"] if isinstance(own.get("error"), (dict, list)) else []
    for name in (*first, *_REASONS):
        said = reason_in(own.get(name), depth - 1, fields=fields)
        if said:
            where = [*listed(own.get("loc")), own.get("field")]  # FastAPI's, and others'
            field = next((part for part in reversed(where) if isinstance(part, str) and part not in said), None)
            return f"{field}: {said}" if field else said
    told = {name: reason_in(held, depth - 1) for name, held in value.items()} if fields else {}
    return "; ".join(f"{name}: {said}" for name, said in told.items() if said)[:_SHOWN]


def complaint_in(value: Any) -> str:
    """What is wrong, in a value that should have held images; ``""`` where it is not marked as a failure."""
    for name, held in pairs(value):
        if name == "filtered" and held is True:
            return in_short(value)  # by what it was filtered, stands around it
        if isinstance(held, dict) and _failed(plainly(held)):
            said = reason_in(held) or in_short(held)
            if said.lower().strip(" .!") not in _FINE:
                return said
    return ""


def _failed(own: Mapping[str, Any]) -> bool:
    code = own.get("code", own.get("errorcode", own.get("statuscode")))
    states = (own.get(name) for name in ("status", "taskstatus", "state", "finishreason"))
    return (
        any(own.get(name) for name in ("error", "errors", "errormessage", "errormsg", "refusal"))
        or own.get("success") is False
        or any(isinstance(state, str) and _FAILED.search(state) for state in states)
        or (isinstance(code, int) and code not in (0, 1) and not 200 <= code < 300)
        or (isinstance(code, str) and code.lower() not in _FINE and not code.startswith("20"))
    )


def topic_of(reason: str, value: Any = None, status: int = 0) -> str:
    """``"moderation"`` or ``"credit"`` where that is what a reason is about, else ``""``."""
    codes = [held for name, held in pairs(value) if isinstance(held, str) and _plain(name) in _CODES]
    said = "\n".join([reason, *codes])
    found = (topic for topic, words in _TOPICS.items() if words.search(said))
    return next(found, "credit" if status == 402 else "")


def in_short(value: Any) -> str:
    """A JSON value as a line of text, its beginning where it is long."""
    return json.dumps(value, ensure_ascii=False, default=lambda _long: "…")[:_SHOWN]


def words_in(body: bytes | bytearray) -> str:
    """A body that is no JSON as a line of text: a page by its title; ``""`` where it is no text."""
    text = body[: 16 * 1024].decode("utf-8", "replace")
    if text.lstrip("\ufeff \r\n\t").startswith("<"):
        title = _PAGE_TITLE.search(text)
        text = html.unescape(title[1] if title and title[1].strip() else _TAGS.sub(" ", text))
    is_text = "\0" not in text and text.count("\ufffd") <= len(text) // 20
    return " ".join(text.split())[:_SHOWN] if is_text else ""


def unexplained(status: int, said: str, size: int) -> str:
    """The sentence for a refusal of ``size`` bytes that has no reason where reasons stand, but perhaps some words."""
    other = Message("The service answered with status {status}", status=status), ""
    ours, _advice = _BY_STATUS.get(status, other)
    if not size:
        return Message("{what}. It gave no reason.", what=ours)
    if not said:
        return Message("{what}. What it said is no text ({size:,} bytes).", what=ours, size=size)
    return Message("{what}. It said: {words}", what=ours, words=said)


def advice(topic: str, status: int) -> str:
    """What to do about it; ``""`` where nobody knows."""
    return _BY_TOPIC.get(topic) or _BY_STATUS.get(status, ("", ""))[1] or (_SERVER_FAILED if status >= 500 else "")
