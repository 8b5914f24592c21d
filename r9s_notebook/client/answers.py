"""What an answer holds: its images, wherever a service puts them, or the job that it is in place of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import httpx

from r9s_notebook.client.addresses import joined
from r9s_notebook.client.models import ImageObject
from r9s_notebook.client.reasons import complaint_in, listed, pairs, plainly, topic_of

_BASE64: Final = (
    "b64json", "b64", "base64", "bytesbase64encoded", "imagebase64", "imageb64", "base64image", "partialimageb64",
)  # fmt: skip
_LINKS: Final = ("url", "uri", "link", "imageurl")
_NAMED: Final = frozenset((*_BASE64, *_LINKS))
_HOLDERS: Final = frozenset({
    "data", "images", "image", "imageurl", "output", "outputs", "results", "result", "artifacts", "predictions",
    "delta", "generations", "choices", "message", "content", "candidates", "parts", "inlinedata", "response", "item",
    "sample", "samples", "imageurls", "imagesbase64", "binarydatabase64", "generatedimages",
})  # fmt: skip
"""The names under which images stand, or what holds them; all in the spelling of ``plainly``."""

_PICTURE: Final = re.compile(r"iVBORw0KGgo|/9j/|UklGR|R0lGOD|[\w+/]{256}", re.ASCII)  # in base64; the last is any file
_DATA_URI: Final = re.compile(r"\s*data:[^,]{0,200};base64,", re.IGNORECASE)
_LINK: Final = re.compile(r"https?://\S+|[^\s{}<>]+\.(?:png|jpe?g|webp|gif|avif)(?:\?\S*)?", re.IGNORECASE)
_LONGEST_LINK: Final = 8192
_MARKDOWN: Final = re.compile(r"!\[[^\]]*\]\(\s*([^)\s]+)")
_JOB: Final = re.compile(r"task|job|predict|operation|async", re.IGNORECASE)
_WAITING: Final = re.compile(
    r"submit|queu|pend|process|running|progress|wait|start|creat|accept|schedul", re.IGNORECASE
)
_STATES: Final = frozenset({"status", "taskstatus", "state"})
_ASKED_AT: Final = re.compile(r"poll|(status|response|result)_?ur[li]", re.IGNORECASE)
_ID: Final = re.compile(r"(?:^|_|-)(?:uu|gu)?id$|[a-z]I[dD]$")
_BARE: Final = frozenset({"result", "data", "task", "job"})  # under which some services give an id and nothing else
_WORD: Final = re.compile(r"(?=.*\d)[\w-]{4,80}$")
_POLLED: Final = ("location", "operation-location")
_MOST: Final = 20
_DEEPEST: Final = 8


class Found(NamedTuple):
    """An image of an answer."""

    image: ImageObject
    place: int | None  # which of the images that were asked for, where the service says so
    entry: Mapping[str, Any]  # the object that it stands in; empty where it stands in a list


def images_in(value: Any, base: httpx.URL, index: int | None = None, depth: int = _DEEPEST) -> Iterator[Found]:
    """The images in an answer or an event, in its order; links are joined to ``base``, the answer's own address."""
    if isinstance(value, str):
        inline, text = _inline(value), value.strip()
        if inline is not None:
            yield Found(ImageObject(b64_json=inline), index, {})
        elif len(text) < _LONGEST_LINK and _LINK.fullmatch(text):
            yield Found(ImageObject(joined(text, base)), index, {})
        else:  # a chat's answer, in Markdown
            yield from images_in(_MARKDOWN.findall(text), base, index, depth - 1)
    elif isinstance(value, list) and depth > 0:
        for one in value:
            yield from images_in(one, base, index, depth - 1)
    elif isinstance(value, dict) and depth > 0:
        own = plainly(value)
        index = own["index"] if type(own.get("index")) is int else index
        image = None if _NAMED.isdisjoint(own) else _named(own, base)
        if image is not None:
            yield Found(image, index, value)
            return
        for name, held in own.items():
            if name in _HOLDERS:
                yield from images_in(held, base, index, depth - 1)


def _named(own: Mapping[str, Any], base: httpx.URL) -> ImageObject | None:
    """The image of an object that has one under a name for base64 or for links; which of them it is, its looks tell."""
    data = next(
        (own[name] for name in _BASE64 if isinstance(own.get(name), (str, memoryview)) and len(own[name])), None
    )
    url = next((own[name] for name in _LINKS if isinstance(own.get(name), str) and own[name]), None)
    if isinstance(data, str) and data[:4].lower() == "http":
        data, url = None, url or data
    if url is not None and (inline := _inline(url)) is not None:
        data, url = data or inline, None
    if data is None and (url is None or _is_waiting(own)):  # then it is where to ask again
        return None
    revised = own.get("revisedprompt")
    seed = own["seed"] if type(own.get("seed")) is int else None
    return ImageObject(url and joined(url, base), data, revised if isinstance(revised, str) else None, seed)


def _inline(text: str) -> str | None:
    """The base64 of a text that is a picture itself, a data URI's included; else None."""
    found = _DATA_URI.match(text)
    if found:
        return text[found.end() :]
    return text if _PICTURE.match(text) else None


def _is_waiting(own: Mapping[str, Any]) -> bool:
    return any(isinstance(own.get(name), str) and _WAITING.search(own[name]) for name in _STATES)


def refused_in(value: Any, base: httpx.URL) -> list[tuple[str, str]]:
    """Why some images were not made that an answer has a place for, beside others that were: reasons and topics."""
    if not isinstance(value, dict):
        return []
    slots = [slot for name, held in plainly(value).items() if name in _HOLDERS for slot in listed(held)]
    empty = (slot for slot in slots if not any(images_in(slot, base)))
    return [(said, topic_of(said, slot)) for slot in empty if (said := complaint_in(slot))]


def is_job(value: Any, status: int, headers: Mapping[str, str]) -> bool:
    """Whether an answer without images is a job of an asynchronous service."""
    if status == 202 or any(name in headers for name in _POLLED):
        return True
    return any(
        (isinstance(held, dict) and _is_waiting(plainly(held)))
        or (name in ("object", "type", "kind") and isinstance(held, str) and _JOB.search(held) is not None)
        or (_ID.search(name) is not None and _JOB.search(name) is not None and bool(held))
        or (name == "done" and held is False)
        or (_ASKED_AT.search(name) is not None and isinstance(held, str))
        or (name in _BARE and isinstance(held, str) and _WORD.match(held) is not None)
        for name, held in pairs(value)
    )


def traces_in(value: Any, base: httpx.URL, headers: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Every id and every link in an answer: what its pictures may still be had by."""
    ids: dict[str, str] = {}
    links = [joined(headers[name], base) for name in _POLLED if name in headers]
    for name, held in pairs(value):
        if isinstance(held, str) and (held.startswith(("http://", "https://")) or _is_path(name, held)):
            links.append(joined(held, base))
        elif (
            type(held) in (str, int) and held != "" and (_ID.search(name) or (name in _BARE and _WORD.match(str(held))))
        ):
            ids.setdefault(name, str(held)[:200])
    links = [link for link in dict.fromkeys(links) if len(link) < _LONGEST_LINK]
    return dict(list(ids.items())[:_MOST]), links[:_MOST]


def _is_path(name: str, held: str) -> bool:
    return held.startswith("/") and re.search(r"url|link|href|location", name, re.IGNORECASE) is not None
