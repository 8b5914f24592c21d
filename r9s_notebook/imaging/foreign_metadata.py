"""What other tools write into their pictures, read into the words this package uses.

Each reader takes a text and returns what it found among ``prompt``, ``negative_prompt``, ``model``, ``seed``,
``steps``, ``size`` (``"512x768"``), ``sampler``, ``guidance``; a text that is not its tool's gives nothing. Written
from the formats as their tools' documentation and files show them. ComfyUI, Fooocus and NovelAI are read by sd-parsers
(https://github.com/d3x-at/sd-parsers), where that is installed.
"""

from __future__ import annotations

import json
import logging
import re
import shlex
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

_log = logging.getLogger(__name__)
_SETTING = re.compile(r'\s*(\w[\w \-/]*):\s*("(?:\\.|[^"\\])*"|[^,]*)(?:,|$)')
_SETTINGS_LINE = re.compile(r"^\s*Steps:\s*\d+\s*(,|$)")
_NEGATIVE = "Negative prompt:"


def read(texts: Mapping[str, str]) -> dict[str, Any]:
    """What the texts of a picture, by their keywords, say of how it was made, with ``source`` and ``raw``."""
    for keyword, (source, reader) in READERS.items():
        text = texts.get(keyword)
        if text and (found := reader(text)):
            return {"source": source, **found, "raw": text}
    return by_sd_parsers(texts)


def by_sd_parsers(texts: Mapping[str, str]) -> dict[str, Any]:
    """As ``read``, of the tools that sd-parsers knows and this module does not."""
    try:
        from sd_parsers.parsers import ComfyUIParser, FooocusParser, NovelAIParser
    except ImportError:
        return {}
    for parser in (ComfyUIParser(), FooocusParser(), NovelAIParser()):
        try:
            found = parser.parse(dict(texts))
            sampler = next((one for one in found.samplers if one.prompts), found.samplers[0])
        except Exception as error:  # a graph of strange nodes makes it raise almost anything
            _log.debug("%s does not read it: %r", type(parser).__name__, error)
            continue
        given, more = sampler.parameters, found.metadata
        return {
            "source": found.generator.value.lower(),
            **_known(
                {
                    "prompt": _string(found.full_prompt),
                    "negative_prompt": _string(found.full_negative_prompt),
                    "model": _string(str(sampler.model or next(iter(found.models), ""))),
                    "seed": _whole(given.get("seed", given.get("noise_seed"))),
                    "steps": _whole(given.get("steps", more.get("steps"))),
                    "size": _size(more.get("width"), more.get("height")),
                    "sampler": _string(sampler.name),
                    "guidance": _number(given.get("cfg_scale")),
                }
            ),
            "raw": json.dumps(dict(texts)),
        }
    return {}


def automatic1111(text: str) -> dict[str, Any]:
    """``parameters`` of AUTOMATIC1111's web UI and its descendants.

    The prompt's lines, then ``Negative prompt: ...``, then one line of ``Steps: 20, Sampler: Euler a, Seed: 1, ...``.
    """
    lines = text.strip().split("\n")
    settings: dict[str, str] = {}
    if _SETTINGS_LINE.match(lines[-1]):
        settings = {key.strip().lower(): value.strip().strip('"') for key, value in _SETTING.findall(lines.pop())}
    prompt, found, negative = "\n".join(lines).partition(_NEGATIVE)
    if not settings and not found:
        return {}
    return _known(
        {
            "prompt": prompt.strip(),
            "negative_prompt": negative.strip() or None,
            "model": settings.get("model"),
            "seed": _whole(settings.get("seed")),
            "steps": _whole(settings.get("steps")),
            "size": settings.get("size"),
            "sampler": settings.get("sampler"),
            "guidance": _number(settings.get("cfg scale")),
        }
    )


def invokeai(text: str) -> dict[str, Any]:
    """``invokeai_metadata``: InvokeAI from version 3 on, flat JSON."""
    data = _mapping(text)
    model = data.get("model")
    if isinstance(model, Mapping):
        model = model.get("name") or model.get("model_name")
    return _known(
        {
            "prompt": _string(data.get("positive_prompt")),
            "negative_prompt": _string(data.get("negative_prompt")),
            "model": _string(model),
            "seed": _whole(data.get("seed")),
            "steps": _whole(data.get("steps")),
            "size": _size(data.get("width"), data.get("height")),
            "sampler": _string(data.get("scheduler")),
            "guidance": _number(data.get("cfg_scale")),
        }
    )


def invokeai_2(text: str) -> dict[str, Any]:
    """``sd-metadata``: InvokeAI 2, JSON with its settings under ``image``; ``[...]`` in the prompt is negative."""
    data = _mapping(text)
    image = data.get("image")
    if not isinstance(image, Mapping):
        return {}
    prompt = image.get("prompt")
    if isinstance(prompt, list) and prompt and isinstance(prompt[0], Mapping):
        prompt = prompt[0].get("prompt")
    positive = _string(prompt) or ""
    negatives = re.findall(r"\[([^\]]*)\]", positive)
    return _known(
        {
            "prompt": re.sub(r"\[[^\]]*\]", "", positive).strip() or None,
            "negative_prompt": ", ".join(negatives) or None,
            "model": _string(data.get("model_weights")),
            "seed": _whole(image.get("seed")),
            "steps": _whole(image.get("steps")),
            "size": _size(image.get("width"), image.get("height")),
            "sampler": _string(image.get("sampler")),
            "guidance": _number(image.get("cfg_scale")),
        }
    )


def dream(text: str) -> dict[str, Any]:
    """``Dream``: InvokeAI 1 and 2, the command line, ``"a prompt" -s 50 -S 42 -W 512 -H 512 -C 7.5 -A k_lms``."""
    try:
        words = shlex.split(text)
    except ValueError:
        return {}
    options = {word[1]: after for word, after in pairwise(words) if re.fullmatch(r"-[sSWHCA]", word)}
    for word in words[1:]:  # -s50 as well as -s 50
        if glued := re.fullmatch(r"-([sSWHCA])([\w.]+)", word):
            options[glued[1]] = glued[2]
    if not words or not options:
        return {}
    return _known(
        {
            "prompt": words[0],
            "seed": _whole(options.get("S")),
            "steps": _whole(options.get("s")),
            "size": _size(options.get("W"), options.get("H")),
            "sampler": options.get("A"),
            "guidance": _number(options.get("C")),
        }
    )


READERS = {
    # keyword of the text in a PNG: (where it is from, its reader)
    "invokeai_metadata": ("invokeai", invokeai),
    "sd-metadata": ("invokeai", invokeai_2),
    "Dream": ("invokeai", dream),
    "parameters": ("automatic1111", automatic1111),
}
"""Readers by keyword, the most telling first: some tools write several."""


def _known(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value is not None}


def _mapping(text: str) -> Mapping[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, Mapping) else {}


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _whole(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _size(width: Any, height: Any) -> str | None:
    across, down = _whole(width), _whole(height)
    return f"{across}x{down}" if across and down else None
